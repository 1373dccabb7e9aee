/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* rules_file: change what decides now, or at the next run. syswall's rules lie
 * next to the directory of the attack, its record is written there at the end;
 * bare there is a file of that name as well. */
#include "attack.h"

#include <sys/stat.h>

#define RULES "../rules.json"

static int done(long result)
{
	return result < 0 ? HELD : WORKED;
}

static int by_write(void)
{
	return done(open(RULES, O_WRONLY));
}

static int by_truncate(void)
{
	return done(truncate(RULES, 0));
}

static int by_rename(void)
{
	return done(rename(OK, RULES));
}

static int by_unlink(void)
{
	return done(unlink(RULES));
}

static int by_link(void)
{
	if (link(RULES, "other") && symlink(RULES, "other"))
		return HELD;
	return done(open("other", O_WRONLY));
}

static int by_mode(void)
{
	return done(chmod(RULES, 0666));
}

/* Where the record will be written: a link to what nobody may touch. */
static int record_link(void)
{
	return done(symlink("world/ok", "../record.json"));
}

/* Settings for the next run. */
static int settings(void)
{
	mkdir("../home/.config", 0700);
	mkdir("../home/.config/syswall", 0700);
	return done(open("../home/.config/syswall/rules.json",
			 O_WRONLY | O_CREAT, 0600));
}

ATTACKS({ "write", by_write }, { "truncate", by_truncate },
	{ "rename", by_rename }, { "unlink", by_unlink }, { "link", by_link },
	{ "mode", by_mode }, { "record-link", record_link },
	{ "settings", settings })
