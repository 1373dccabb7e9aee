/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* html - the page around the sections, and what they share. */
#include "report/html.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/escape.h"
#include "report/render.h"
#include "report/summary.h"

/* The style and the script as they stand in src/report/html/. */
#define PAGE_FILE(id, name)                                                    \
	__asm__(".pushsection .rodata, \"a\", @progbits\n"                     \
		".globl html_" #id "\n.hidden html_" #id "\n"                  \
		"html_" #id ":\n"                                              \
		".incbin \"src/report/html/" name "\"\n"                       \
		".byte 0\n"                                                    \
		".popsection\n");                                              \
	extern const char html_##id[]
PAGE_FILE(style, "page.css");
PAGE_FILE(script, "page.js");

enum { CARD_ITEMS = 8 };

void html_escape(struct buf *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&':
			buf_str(out, "&amp;");
			break;
		case '<':
			buf_str(out, "&lt;");
			break;
		case '>':
			buf_str(out, "&gt;");
			break;
		case '"':
			buf_str(out, "&quot;");
			break;
		case '\'':
			buf_str(out, "&#39;");
			break;
		default:
			buf_char(out, *text);
		}
	}
}

void html_name(struct buf *out, const char *name, bool safe)
{
	BUF_AUTO(shown);

	if (safe)
		escape_again(&shown, name, strlen(name));
	else
		escape_str(&shown, name);
	html_escape(out, buf_text(&shown));
}

void html_times(struct buf *out, uint64_t count)
{
	if (count > 1)
		buf_printf(out, " <span class=n>%llu times</span>",
			   (unsigned long long)count);
}

void html_verb(struct buf *out, const char *kind, const char *words)
{
	buf_printf(out, "<span class=\"verb %s\">", kind);
	html_escape(out, words);
	buf_str(out, "</span>");
}

void html_section(struct buf *out, const char *id, const char *heading,
		  size_t n)
{
	buf_printf(out, "<section id=%s><h2>%s", id, heading);
	if (n)
		buf_printf(out, " <span class=n>%zu</span>", n);
	buf_str(out, "</h2>\n");
}

/* ---- the top ---- */

static void command(struct buf *out, const struct record *record)
{
	size_t i;

	for (i = 0; i < record->command.count; i++) {
		buf_str(out, i ? " " : "");
		html_name(out, record->command.items[i], false);
	}
}

static void pill(struct buf *out, const char *kind, const char *text)
{
	buf_printf(out, "<span class=\"pill %s\">", kind);
	html_escape(out, text);
	buf_str(out, "</span>");
}

static void pill_count(struct buf *out, uint64_t n, const char *one,
		       const char *many)
{
	BUF_AUTO(text);

	buf_printf(&text, "%llu %s", (unsigned long long)n,
		   n == 1 ? one : many);
	pill(out, "", buf_text(&text));
}

static void pills(struct buf *out, const struct record *record)
{
	const struct process *first = record->processes.all.count ?
					      record->processes.all.items[0] :
					      NULL;
	uint64_t ms = record_duration_ms(record);
	char when[sizeof("2026-01-01 00:00:00 UTC")];
	struct tm utc;
	BUF_AUTO(ending);
	BUF_AUTO(lasted);

	buf_str(out, "<div class=pills>");
	if (first && first->ended)
		ending_text(&ending, first->status);
	else
		buf_str(&ending, "end not seen");
	pill(out,
	     !first || !first->ended ? "" :
	     first->status	     ? "bad" :
				       "good",
	     buf_text(&ending));
	buf_printf(&lasted, "%llu.%03llu s", (unsigned long long)ms / 1000,
		   (unsigned long long)ms % 1000);
	pill(out, "", buf_text(&lasted));
	pill_count(out, record->processes.started, "process", "processes");
	pill_count(out, record->calls, "call seen", "calls seen");
	pill_count(out, record->answered, "answer", "answers");
	if (gmtime_r(&record->started.tv_sec, &utc)) {
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S UTC", &utc);
		pill(out, "", when);
	}
	buf_str(out, "</div>\n");
}

static void card(struct buf *out, const struct record *record,
		 enum summary_id id)
{
	static const char *const headings[] = {
		[SUMMARY_READ] = "read outside the usual",
		[SUMMARY_WROTE] = "written",
		[SUMMARY_TALKED] = "talked to",
	};
	struct summary summary;
	size_t i, told = 0;

	summary_make(&summary, record, id, CARD_ITEMS);
	buf_printf(out, "<div class=card><h2><b>%zu</b> %s</h2><ul>\n",
		   summary.n_things, headings[id]);
	for (i = 0; i < summary.items.count && i < CARD_ITEMS; i++) {
		const struct summary_item *item = &summary.items.items[i];

		buf_printf(out, "<li class=name>%s", item->verb);
		html_name(out, item->name, item->safe);
		if (item->fact && item->fact->host) {
			buf_str(out, " = ");
			html_name(out, item->fact->host, false);
		}
		if (item->folded)
			buf_printf(out, "<span class=n>%zu files</span>",
				   item->folded);
		buf_str(out, "</li>\n");
		told += item->folded ?: 1;
	}
	if (summary.n_things > told)
		buf_printf(out, "<li class=dim>… and %zu more</li>\n",
			   summary.n_things - told);
	if (!summary.items.count)
		buf_printf(out, "<li class=dim>%s</li>\n", summary.nothing);
	buf_str(out, "</ul></div>\n");
	summary_free(&summary);
}

static void navigation(struct buf *out, const struct record *record)
{
	buf_str(out, "<nav><input id=filter type=search hidden "
		     "placeholder=\"Filter: words, all of which a row has\" "
		     "aria-label=Filter><span id=found class=dim></span>");
	if (record->facts.lists[SECTION_BLOCKED].count)
		buf_str(out, "<a href=\"#blocked\" class=bad>blocked</a>");
	buf_str(out, "<a href=\"#processes\">processes</a>"
		     "<a href=\"#files\">files</a>"
		     "<a href=\"#sockets\">network</a>"
		     "<a href=\"#timeline\">timeline</a>"
		     "<a href=\"#decisions\">decisions</a></nav>\n");
}

/* No page of ours asks the network for anything, whatever it is fed. */
static void head(struct buf *out, const struct record *record)
{
	buf_str(out, "<!doctype html>\n<html lang=en><head>"
		     "<meta charset=utf-8>\n"
		     "<meta http-equiv=Content-Security-Policy content=\""
		     "default-src 'none'; style-src 'unsafe-inline'; "
		     "script-src 'sha256-" SYSWALL_PAGE_SHA256
		     "'; base-uri 'none'; form-action 'none'\">\n"
		     "<meta name=viewport "
		     "content=\"width=device-width, initial-scale=1\">\n"
		     "<meta name=referrer content=no-referrer>\n"
		     "<title>syswall: ");
	command(out, record);
	buf_str(out, "</title>\n<style>\n");
	buf_str(out, html_style);
	buf_str(out, "</style></head>\n<body>\n");
}

void html_render(struct buf *out, const struct record *record,
		 const struct layout *layout)
{
	(void)layout;
	head(out, record);
	buf_str(out, "<header><h1>syswall report</h1><div class=cmd>");
	command(out, record);
	buf_str(out, "</div>\n");
	pills(out, record);
	buf_str(out, "</header>\n<div class=cards>\n");
	for (int i = 0; i < SUMMARY_COUNT; i++)
		card(out, record, (enum summary_id)i);
	buf_str(out, "</div>\n");
	navigation(out, record);
	html_blocked(out, record);
	html_processes(out, record);
	html_files(out, record);
	html_sockets(out, record);
	html_programs(out, record);
	html_timeline(out, record);
	html_decisions(out, record);
	html_remarks(out, record);
	buf_str(out, "<footer>Written by syswall " SYSWALL_VERSION
		     ".</footer>\n<script>");
	buf_str(out, html_script);
	buf_str(out, "</script></body></html>\n");
}
