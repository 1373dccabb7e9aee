/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* html_tree - what is a tree: processes, and files. */
#include <stdlib.h>
#include <string.h>

#include "report/html.h"
#include "report/tree.h"
#include "report/usual.h"

enum {
	WORDS_SHOWN = 160,   /* bytes of arguments that are not folded */
	DEPTH_MAX = 16,	     /* steps to the right */
	PROCESS_ROWS = 2000, /* further ones are counted */
	CHILDREN_MAX = 500,  /* of one directory */
	CHILDREN_OPEN = 40,  /* a directory with more is shut at first */
};

/* ---- processes ---- */

/* The words after the first, which is only what the program was called: its
 * path is told. Words are never cut; from @limit bytes on, the rest is left. */
static size_t arguments(struct buf *out, const struct process_program *run,
			size_t at, size_t limit)
{
	size_t start = out->len, len;

	for (; at < run->arguments_len && out->len - start < limit;
	     at += len + 1) {
		len = strlen(run->arguments + at);
		buf_char(out, ' ');
		html_name(out, len ? run->arguments + at : "\"\"", false);
	}
	if (at >= run->arguments_len && run->arguments_cut)
		buf_str(out, " …");
	return at;
}

static void program(struct buf *out, const struct process_program *run)
{
	size_t at;
	BUF_AUTO(first);

	if (!run->arguments) {
		html_name(out, run->path, false);
		return;
	}
	at = arguments(&first, run, strlen(run->arguments) + 1, WORDS_SHOWN);
	if (at < run->arguments_len)
		buf_str(out, "<details class=args><summary>");
	html_name(out, run->path, false);
	buf_printf(out, "<span class=dim>%s</span>", buf_text(&first));
	if (at >= run->arguments_len)
		return;
	buf_str(out, " …</summary><span class=dim>");
	arguments(out, run, at, SIZE_MAX);
	buf_str(out, "</span></details>");
}

/* When it lived, as a bar below the whole time of the run. */
static void span(struct buf *out, const struct record *record,
		 const struct process *process)
{
	uint64_t whole = record_duration_ms(record) * 1000;
	uint64_t from = process->started_us;
	uint64_t to = process->ended ? process->ended_us : whole;
	double scale;

	if (!whole || from > whole)
		from = whole = 1;
	if (to < from || to > whole)
		to = whole;
	scale = 100.0 / (double)whole;
	buf_printf(out,
		   "<span class=span title=\"%.3f s to %.3f s\">"
		   "<i style=\"left:%.2f%%;width:%.2f%%\"></i></span>",
		   (double)from / 1e6, (double)to / 1e6, (double)from * scale,
		   (double)(to - from) * scale);
}

static void process_row(struct buf *out, const struct record *record,
			const struct process *process)
{
	size_t i;
	BUF_AUTO(ending);

	buf_printf(out,
		   "<li class=\"row proc\"><span class=name style=\"--d:%u\">",
		   process->depth < DEPTH_MAX ? process->depth : DEPTH_MAX);
	buf_printf(out, "<span class=dim>%d</span> ", (int)process->pid);
	for (i = 0; i < process->programs.count; i++) {
		buf_str(out, i ? "<div><span class=dim>then</span> " : "");
		program(out, &process->programs.items[i]);
		buf_str(out, i ? "</div>" : "");
	}
	if (!i)
		buf_str(out, "<span class=dim>(no program of its own)</span>");
	if (process->programs_beyond)
		buf_printf(out, " <span class=n>and %llu more</span>",
			   (unsigned long long)process->programs_beyond);
	if (process->ended)
		ending_text(&ending, process->status);
	else
		buf_str(&ending, "end not seen");
	buf_printf(out, "</span><span class=\"%s\">",
		   process->ended && process->status ? "bad" : "dim");
	html_escape(out, buf_text(&ending));
	buf_str(out, "</span>");
	span(out, record, process);
	buf_str(out, "</li>\n");
}

void html_processes(struct buf *out, const struct record *record)
{
	struct process **order = process_order(&record->processes);
	size_t i;

	html_section(out, "processes", "Processes", record->processes.started);
	buf_str(out, "<ul class=procs>\n");
	for (i = 0; i < PROCESS_ROWS && order[i]; i++)
		process_row(out, record, order[i]);
	buf_str(out, "</ul>\n");
	if (record->processes.started > i)
		buf_printf(out, "<p class=dim>… and %llu more</p>\n",
			   (unsigned long long)record->processes.started - i);
	buf_str(out, "</section>\n");
	free(order);
}

/* ---- files ---- */

static const struct {
	enum section section;
	const char *words;
} done[] = {
	{ SECTION_BLOCKED, "blocked" },	 { SECTION_READ, "read" },
	{ SECTION_WRITTEN, "written" },	 { SECTION_CREATED, "created" },
	{ SECTION_DELETED, "deleted" },	 { SECTION_RENAMED, "renamed" },
	{ SECTION_ATTRIBUTES, "chmod" }, { SECTION_PROGRAMS, "run" },
};

static const char *words_of(enum section section)
{
	for (size_t i = 0; i < sizeof(done) / sizeof(*done); i++)
		if (done[i].section == section)
			return done[i].words;
	return "";
}

static void node_name(struct buf *out, const struct tree_node *node)
{
	BUF_AUTO(name);

	buf_add(&name, node->path + node->name_at,
		node->path_len - node->name_at);
	/* Only what hangs below the root shows where it hangs. */
	html_name(out,
		  buf_text(&name) + (*buf_text(&name) == '/' && node->name_at),
		  false);
}

static void verbs(struct buf *out, const struct tree_node *node)
{
	for (size_t i = 0; i < node->n_entries; i++) {
		const struct fact *fact = node->entries[i].fact;

		html_verb(out, section_key(fact->section),
			  words_of(fact->section));
		if (fact->section == SECTION_RENAMED) {
			buf_str(out, " → <span class=name>");
			html_name(out, fact->other, false);
			buf_str(out, "</span>");
		}
		html_times(out, fact_count(fact));
	}
}

static void leaf(struct buf *out, const struct tree_node *node)
{
	buf_str(out, "<li class=row>");
	if (node->path_len)
		node_name(out, node);
	else
		buf_char(out, '/');
	verbs(out, node);
	buf_str(out, "</li>\n");
}

static void open_folder(struct buf *out, const struct tree_node *node)
{
	bool open = !node->usual && node->n_children <= CHILDREN_OPEN;

	buf_printf(out, "<li><details%s%s><summary>",
		   node->usual ? " class=usual" : "", open ? " open" : "");
	node_name(out, node);
	buf_printf(out, "/<span class=n>%zu</span>", node->n_below);
	buf_str(out, "</summary><ul>\n");
	/* The folder itself is one of the things that were touched. */
	if (node->n_entries) {
		buf_str(out, "<li class=row>.");
		verbs(out, node);
		buf_str(out, "</li>\n");
	}
}

static void children(struct buf *out, const struct tree_node *parent);

/* The depth of a tree is bounded: TREE_DEPTH_MAX. */
static void node_row(struct buf *out, const struct tree_node *node)
{
	if (!node->n_children) {
		leaf(out, node);
		return;
	}
	open_folder(out, node);
	children(out, node);
	buf_str(out, "</ul></details></li>\n");
}

static void children(struct buf *out, const struct tree_node *parent)
{
	const struct tree_node *node;
	size_t n = 0, left = parent->n_below - (parent->n_entries > 0);

	for (node = parent->first_child; node && n < CHILDREN_MAX;
	     node = node->next, n++) {
		node_row(out, node);
		left -= node->n_below;
	}
	if (left)
		buf_printf(out, "<li class=dim>… and %zu more</li>\n", left);
}

static void add_section(struct tree *tree, const struct record *record,
			enum section section, struct buf *others)
{
	for (size_t i = 0; i < record->facts.lists[section].count; i++) {
		const struct fact *fact = record->facts.lists[section].items[i];

		if (fact->resolved && *fact->name == '/') {
			tree_add(tree, fact->name, fact,
				 usual_fact(record, fact));
		} else if (section != SECTION_BLOCKED) {
			/* Where it leads is not known. */
			buf_str(others, "<li class=row>");
			html_name(others, fact->name, fact->safe);
			html_verb(others, section_key(section),
				  words_of(section));
			html_times(others, fact_count(fact));
			buf_str(others, "</li>\n");
		}
	}
}

void html_files(struct buf *out, const struct record *record)
{
	struct tree tree = { 0 };
	BUF_AUTO(others);

	for (size_t i = 0; i < sizeof(done) / sizeof(*done); i++)
		add_section(&tree, record, done[i].section, &others);
	tree_build(&tree);
	html_section(out, "files", "Files", tree.root ? tree.root->n_below : 0);
	buf_str(out, "<ul class=tree>\n");
	if (tree.root && tree.root->n_entries)
		leaf(out, tree.root);
	if (tree.root)
		children(out, tree.root);
	buf_str(out, buf_text(&others));
	buf_str(out, "</ul></section>\n");
	tree_free(&tree);
}
