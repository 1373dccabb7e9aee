/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * normal - names without what is another one in each run of the same program:
 *
 *	home, working and temporary directory	${HOME} ${CWD} ${TMP}
 *	random parts of names			<random> <uuid> <hash>
 *	times and long numbers			<date> <number>
 *	processes				/proc/self <pid>
 *	ports that the kernel chose		<ephemeral>
 *
 * Each name is told twice: by its text alone, and with what the record knows,
 * the numbers of its processes and which files were made under random names.
 * Who compares takes the first that is equal: a number that happens to be that
 * of a process ("x.311") is still the one that the other run saw.
 */
#ifndef REPORT_NORMAL_H
#define REPORT_NORMAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "report/state.h"

/* What one record knows. */
struct normal;

struct normal *normal_new(const struct record *record);
void normal_free(struct normal *normal);

/* Append the name of a fact: a path, an address, a socket, "pid 12". @knowing:
 * with what the record knows. */
void normal_name(const struct normal *normal, const char *name, bool knowing,
		 struct buf *out);

/* "127.0.0.1:43210" at @port; @offered: bound, not connected to. */
void normal_address(const struct normal *normal, const char *address, int port,
		    bool offered, bool knowing, struct buf *out);

/* Was it said of one of the record's own processes: "pid 12", "itself"? */
bool normal_is_own(const struct normal *normal, const char *name);

/* Python keeps the byte code of what it runs: "d/__pycache__/x.cpython-311.pyc"
 * is read in place of "d/x.py". Append the path of the source; false, and
 * nothing appended, when @path is no such file. */
bool normal_source(const char *path, struct buf *out);

/* Was the file or directory @path made because Python keeps byte code, of a
 * source that the same run read? */
bool normal_is_cache(const struct normal *normal, const char *path);

#endif
