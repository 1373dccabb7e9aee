/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* html_lists - the sections of the page that are tables. */
#include <stdlib.h>
#include <string.h>

#include "report/html.h"

/* Beyond that a table only counts. */
enum { ROWS_MAX = 2000 };

static void cell_number(struct buf *out, uint64_t number)
{
	buf_printf(out, "<td class=num>%llu</td>", (unsigned long long)number);
}

static void cell_name(struct buf *out, const char *name, bool safe)
{
	buf_str(out, "<td class=name>");
	html_name(out, name, safe);
	buf_str(out, "</td>");
}

static void decider(struct buf *out, const struct fact *fact)
{
	switch (fact->by) {
	case FACT_BY_NOBODY:
		return;
	case FACT_BY_RULE:
		html_name(out, fact->file, false);
		buf_printf(out, " rule %u", fact->index);
		return;
	case FACT_BY_ANSWER:
		buf_str(out, "an answer");
		return;
	case FACT_BY_DEFAULT:
		buf_str(out, "no rule");
		return;
	case FACT_BY_GUARD:
		buf_str(out, "syswall itself");
		return;
	case FACT_BY_ERROR:
		buf_str(out, "cannot be checked");
		return;
	}
}

/* "192.0.2.1:443 = example.org" */
static void cell_fact(struct buf *out, const struct fact *fact)
{
	buf_str(out, "<td class=name>");
	html_name(out, fact->name, fact->safe);
	if (fact->host) {
		buf_str(out, " = ");
		html_name(out, fact->host, false);
	}
	buf_str(out, "</td>");
}

static void row_blocked(struct buf *out, const struct fact *fact)
{
	buf_str(out, "<tr class=row><td>");
	html_verb(out, "blocked", verdict_name(fact->verdict));
	buf_printf(out, "</td><td>%s</td>",
		   fact->class_id < CLASS_COUNT ? class_name(fact->class_id) :
						  "");
	cell_fact(out, fact);
	cell_name(out, fact->call, true);
	buf_printf(out, "<td>%s</td><td>",
		   (fact->error ? strerrorname_np(fact->error) : NULL) ?: "");
	decider(out, fact);
	buf_str(out, "</td>");
	cell_number(out, fact_count(fact));
	buf_str(out, "</tr>\n");
}

static void row_socket(struct buf *out, const struct fact *fact)
{
	const char *kind = section_key(fact->section);

	buf_str(out, "<tr class=row><td>");
	html_verb(out, kind,
		  fact->section == SECTION_CONNECTED ? "out" :
		  fact->section == SECTION_BOUND     ? "in" :
						       "socket");
	buf_str(out, "</td>");
	cell_fact(out, fact);
	cell_name(out, *fact->call ? fact->call : "socket", true);
	cell_number(out, fact->count);
	cell_number(out, fact->failed);
	buf_str(out, "</tr>\n");
}

static void row_signal(struct buf *out, const struct fact *fact)
{
	buf_str(out, "<tr class=row>");
	cell_name(out, fact->name, true);
	cell_name(out, fact->other, true);
	cell_number(out, fact->count);
	buf_str(out, "</tr>\n");
}

static void row_program(struct buf *out, const struct fact *fact)
{
	buf_str(out, "<tr class=row>");
	cell_name(out, fact->name, fact->safe);
	cell_number(out, fact_count(fact));
	buf_str(out, "</tr>\n");
}

static void rows(struct buf *out, const struct record *record,
		 enum section section,
		 void (*row)(struct buf *out, const struct fact *fact))
{
	struct fact **facts = fact_sorted(&record->facts, section);
	size_t i;

	for (i = 0; i < ROWS_MAX && facts[i]; i++)
		row(out, facts[i]);
	if (facts[i])
		buf_printf(out,
			   "<tr><td class=dim colspan=7>… and %zu more</td>"
			   "</tr>\n",
			   record->facts.lists[section].count - i);
	free(facts);
}

static void table(struct buf *out, const char *heads)
{
	buf_printf(out, "<table><thead><tr>%s</tr></thead><tbody>\n", heads);
}

static void end_table(struct buf *out)
{
	buf_str(out, "</tbody></table></section>\n");
}

void html_blocked(struct buf *out, const struct record *record)
{
	size_t n = record->facts.lists[SECTION_BLOCKED].count;

	if (!n)
		return;
	html_section(out, "blocked", "Blocked", n);
	table(out, "<th>how<th>class<th>what<th>call<th>error<th>by"
		   "<th class=num>times");
	rows(out, record, SECTION_BLOCKED, row_blocked);
	end_table(out);
}

void html_sockets(struct buf *out, const struct record *record)
{
	size_t n = record->facts.lists[SECTION_CONNECTED].count +
		   record->facts.lists[SECTION_BOUND].count +
		   record->facts.lists[SECTION_SOCKETS].count;

	html_section(out, "sockets", "Network", n);
	if (!n) {
		buf_str(out, "<p class=dim>No socket was opened.</p>"
			     "</section>\n");
		return;
	}
	table(out, "<th>direction<th>address<th>call<th class=num>times"
		   "<th class=num>failed");
	rows(out, record, SECTION_CONNECTED, row_socket);
	rows(out, record, SECTION_BOUND, row_socket);
	rows(out, record, SECTION_SOCKETS, row_socket);
	end_table(out);
}

void html_programs(struct buf *out, const struct record *record)
{
	size_t n = record->facts.lists[SECTION_PROGRAMS].count;
	size_t n_signals = record->facts.lists[SECTION_SIGNALS].count;

	if (n) {
		html_section(out, "programs", "Programs", n);
		table(out, "<th>executable<th class=num>times");
		rows(out, record, SECTION_PROGRAMS, row_program);
		end_table(out);
	}
	if (n_signals) {
		html_section(out, "signals", "Signals sent", n_signals);
		table(out, "<th>signal<th>to<th class=num>times");
		rows(out, record, SECTION_SIGNALS, row_signal);
		end_table(out);
	}
}

/* ---- decisions ---- */

static void counts(struct buf *out, const struct record *record)
{
	table(out, "<th>class<th class=num>allowed<th class=num>blocked hard"
		   "<th class=num>blocked soft<th class=num>killed");
	for (int i = 0; i <= CLASS_COUNT; i++) {
		const uint64_t *n = record->decided[i];

		if (!n[VERDICT_ALLOW] && !n[VERDICT_BLOCK_HARD] &&
		    !n[VERDICT_BLOCK_SOFT] && !n[VERDICT_KILL])
			continue;
		buf_printf(out, "<tr class=row><td>%s</td>",
			   i == CLASS_COUNT ? "no class" :
					      class_name((enum call_class)i));
		cell_number(out, n[VERDICT_ALLOW]);
		cell_number(out, n[VERDICT_BLOCK_HARD]);
		cell_number(out, n[VERDICT_BLOCK_SOFT]);
		cell_number(out, n[VERDICT_KILL]);
		buf_str(out, "</tr>\n");
	}
	buf_str(out, "</tbody></table>\n");
}

void html_decisions(struct buf *out, const struct record *record)
{
	size_t i;

	html_section(out, "decisions", "Decisions", 0);
	counts(out, record);
	if (record->rules.count) {
		buf_str(out, "<h3>Rules</h3>");
		table(out, "<th class=num>decided<th>where<th>rule");
	}
	for (i = 0; i < record->rules.count && i < ROWS_MAX; i++) {
		const struct record_rule *rule = &record->rules.items[i];

		buf_printf(out, "<tr class=\"row%s\">",
			   rule->hits ? "" : " dim");
		cell_number(out, rule->hits);
		buf_str(out, "<td>");
		html_name(out, rule->file, false);
		buf_printf(out, " %u</td>", rule->index);
		cell_name(out, rule->text, true);
		buf_str(out, "</tr>\n");
	}
	buf_str(out, record->rules.count ? "</tbody></table></section>\n" :
					   "</section>\n");
}

/* What a person should know: notes, and what this page does not tell. */
void html_remarks(struct buf *out, const struct record *record)
{
	size_t i, n = record->facts.lists[SECTION_NOTES].count;
	struct fact **notes = fact_sorted(&record->facts, SECTION_NOTES);
	BUF_AUTO(items);

	for (i = 0; i < n; i++) {
		buf_str(&items, "<li class=row>");
		html_name(&items, notes[i]->name, false);
		html_times(&items, fact_count(notes[i]));
		buf_str(&items, "</li>\n");
	}
	free(notes);
	for (i = 0;; i++) {
		BUF_AUTO(limit);

		if (!record_limit(record, i, &limit))
			break;
		buf_str(&items, "<li class=row>");
		html_name(&items, buf_text(&limit), false);
		buf_str(&items, "</li>\n");
	}
	if (!items.len)
		return;
	html_section(out, "notes", "Notes and limits", 0);
	buf_printf(out, "<ul>%s</ul></section>\n", buf_text(&items));
}
