/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * job - syswall as a member of a shell's job.
 *
 * syswall shares the program's process group, so Ctrl-C and Ctrl-Z reach the
 * program by themselves and syswall stands aside. What is sent to syswall
 * alone is passed on; when the program stops, syswall stops too, so that the
 * shell notices.
 */
#ifndef APP_JOB_H
#define APP_JOB_H

#include <stdbool.h>
#include <sys/types.h>

/* Fill descriptors 0 to 2 where they are closed, so that no file of ours gets
 * such a number. They are close-on-exec: the program finds them closed. */
void job_reserve_standard_fds(void);

/* Stand aside from now on; after spawn_save_signals(). */
void job_install_handlers(void);

/* From here on signals that are meant for the program go to @pid; 0: it has
 * ended, and they are meant for whoever is left. */
void job_set_program(pid_t pid);

/* A signal that asks for an end came after the program had ended. */
bool job_end_requested(void);

/* Wake tracer_next() every second (TRACE_WOKEN), or no longer. */
void job_tick(bool on);

/* The program was stopped by @signal: stop likewise, if a shell with job
 * control is there to continue us. Returns after it has. */
void job_stop_like(int signal);

/* End as the program did: with its exit status, or of its signal. */
int job_exit_status(int wait_status);

#endif
