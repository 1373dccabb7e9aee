/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* list - the modes that print what syswall knows. All return exit statuses. */
#ifndef APP_LIST_H
#define APP_LIST_H

int list_profiles(void);
int list_classes(void);
int list_syscalls(void);
int list_version(void);

#endif
