/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "app/list.h"

#include <stdio.h>

#include "arch/arch.h"
#include "base/buf.h"
#include "base/die.h"
#include "policy/profile.h"
#include "syscall/call.h"
#include "syscall/catalogue.h"
#include "trace/self_test.h"

/* Nothing may be lost silently: "syswall --list-classes >/dev/full". */
static int finish(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	warn_line("cannot write to standard output");
	return EXIT_SYSWALL_FAILED;
}

int list_profiles(void)
{
	for (int id = 0; id < PROFILE_COUNT; id++) {
		BUF_AUTO(summary);

		profile_summary((enum profile_id)id, &summary);
		printf("%-9s  %s\n", profile_name((enum profile_id)id),
		       buf_text(&summary));
	}
	return finish();
}

int list_classes(void)
{
	for (int id = 0; id < CLASS_COUNT; id++)
		printf("%-12s %-7s %s\n", class_name((enum call_class)id),
		       class_quiet_set() & CLASS_BIT(id) ? "allowed" : "asked",
		       class_summary((enum call_class)id));
	return finish();
}

static void add_classes(struct buf *line, uint32_t classes)
{
	const char *comma = "";

	for (int id = 0; id < CLASS_COUNT; id++) {
		if (!(classes & CLASS_BIT(id)))
			continue;
		buf_printf(line, "%s%s", comma,
			   class_name((enum call_class)id));
		comma = ",";
	}
}

int list_syscalls(void)
{
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		const struct syscall_def *def =
			syscall_def((enum syscall_id)id);
		size_t count = syscall_arg_count(def);
		BUF_AUTO(line);

		int number = arch_syscall_number(def->id);
		if (number >= 0)
			buf_printf(&line, "%4d %s(", number, def->name);
		else /* of another ABI alone */
			buf_printf(&line, "%4s %s(", "-", def->name);
		for (size_t i = 0; i < count; i++)
			buf_printf(&line, "%s%s", i ? ", " : "",
				   def->args[i].name);
		buf_str(&line, ") ");
		buf_pad(&line, 60, ' ');
		add_classes(&line, syscall_possible_classes(def));
		puts(buf_text(&line));
	}
	return finish();
}

int list_version(void)
{
	struct features features;
	BUF_AUTO(text);

	self_test(&features);
	features_describe(&features, &text);
	printf("syswall %s\n%s", SYSWALL_VERSION, buf_text(&text));
	return finish();
}
