/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * html - the parts of the page: one file, no network, readable without
 * scripts. Whatever came from the program goes through html_name(), so that it
 * stays text; the page's policy runs no script but its own.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stdbool.h>

#include "base/buf.h"
#include "report/state.h"

/* Text of ours or of others, already fit to be shown. */
void html_escape(struct buf *out, const char *text);

/* A name: escaped as for a terminal, @safe ones again, then for HTML. */
void html_name(struct buf *out, const char *name, bool safe);

/* " <span class=n>3 times</span>", nothing for one. */
void html_times(struct buf *out, uint64_t count);

/* "<span class="verb read">read</span>" */
void html_verb(struct buf *out, const char *kind, const char *words);

/* "<section id=ID><h2>HEADING (N)</h2>" */
void html_section(struct buf *out, const char *id, const char *heading,
		  size_t n);

/* The sections. Each writes nothing when there is nothing to tell. */
void html_blocked(struct buf *out, const struct record *record);
void html_processes(struct buf *out, const struct record *record);
void html_files(struct buf *out, const struct record *record);
void html_timeline(struct buf *out, const struct record *record);
void html_sockets(struct buf *out, const struct record *record);
void html_programs(struct buf *out, const struct record *record);
void html_decisions(struct buf *out, const struct record *record);
void html_remarks(struct buf *out, const struct record *record);

#endif
