/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The system as a whole, limits, capabilities, scheduling attributes. */
#include "case.h"

#include <linux/capability.h>
#include <linux/reboot.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <sys/utsname.h>

CASE(names)
{
	struct utsname names;

	sc(uname, &names);
	sc(uname, NULL);
	sc(uname, NOWHERE);
	sc(sethostname, "abc", -1);
	sc(sethostname, NOWHERE, 3);
	sc(setdomainname, "abc", 100);
	sc(sysinfo, NULL);
	sc(sysinfo, NOWHERE);
	sc(times, NOWHERE);
}

CASE(adjtimex)
{
	struct timex timex = { .modes = 7 };

	sc(clock_adjtime, 77, &timex);
	sc(adjtimex, NULL);
	sc(adjtimex, NOWHERE);
	sc(clock_adjtime, -5, NULL);
}

CASE(rlimits)
{
	struct rlimit limit = { 100, RLIM_INFINITY };

	sc(prlimit64, 0, RLIMIT_NOFILE, NULL, &limit);
	sc(prlimit64, 0, RLIMIT_CORE, &limit, NULL);
	limit.rlim_cur = 0;
	sc(prlimit64, 0, RLIMIT_CORE, &limit, &limit);
	sc(prlimit64, 0, RLIMIT_NOFILE, NOWHERE, NULL);
	sc(prlimit64, 0, 44, NULL, &limit);
	sc(getrlimit, RLIMIT_STACK, &limit);
	sc(setrlimit, RLIMIT_CORE, &limit);
	sc(getrlimit, RLIMIT_STACK, NOWHERE);
	sc(getrlimit, RLIMIT_CPU, &limit);
	sc(getrusage, RUSAGE_SELF, NULL);
	sc(getrusage, RUSAGE_CHILDREN, NOWHERE);
}

struct attributes {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t util_min, util_max;
};

CASE(sched_getattr)
{
	struct attributes attr = { 0 };

	sc(sched_getattr, 0, &attr, sizeof(attr), 0);
	sc(sched_getattr, 0, &attr, 48, 0);
	sc(sched_getattr, 0, &attr, 4, 0);
	sc(sched_getattr, 0, NOWHERE, 48, 1);
	sc(sched_getattr, -1, &attr, 48, 0);
}

CASE(sched_setattr)
{
	struct attributes attr = { .size = 56, .flags = 1, .nice = 3 };

	sc(sched_setattr, 0, &attr, 0);
	attr.policy = 6;
	attr.runtime = 1;
	attr.deadline = 2;
	attr.period = 3;
	attr.size = 48;
	attr.flags = 0x8f;
	sc(sched_setattr, 0, &attr, 1);
	attr.policy = 1;
	attr.priority = 4;
	attr.size = 100;
	attr.flags = 0x60;
	attr.util_min = 4;
	attr.util_max = 7;
	sc(sched_setattr, 55555555, &attr, 0);
	attr.policy = 99;
	attr.size = 8;
	sc(sched_setattr, 55555555, &attr, 0);
	attr.size = 56;
	sc(sched_setattr, 55555555, &attr, 0);
	attr.size = 0;
	attr.flags = 0x10;
	sc(sched_setattr, 55555555, &attr, 0);
	sc(sched_setattr, 0, NULL, 0);
	sc(sched_setattr, 0, page + PAGE - 20, 0);
	sc(sched_setattr, 0, NOWHERE, 0);
}

CASE(capabilities)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3,
						 0 };
	struct __user_cap_data_struct data[2];

	sc(capget, &head, data);
	sc(capset, &head, data);
	sc(capget, &head, NULL);
	head.pid = 1;
	data[0].effective = 0xf;
	data[0].permitted = 0xffffffff;
	data[0].inheritable = 0;
	data[1].effective = 0;
	data[1].permitted = 0x1ff;
	data[1].inheritable = 1u << 31;
	sc(capset, &head, data);
	head.version = _LINUX_CAPABILITY_VERSION_2;
	sc(capset, &head, NOWHERE);
	head.version = _LINUX_CAPABILITY_VERSION_1;
	sc(capset, &head, data);
	head.version = 5;
	sc(capset, &head, data);
	sc(capget, NULL, NULL);
	sc(capset, NOWHERE, NOWHERE);
}

CASE(syslog)
{
	char text[16];

	sc(syslog, 10, NULL, 0);
	sc(syslog, 9, text, 5);
	sc(syslog, 99, text, 10);
	sc(syslog, 8, NULL, 77);
	sc(syslog, 2, NOWHERE, -3);
}

CASE(reboot)
{
	sc(reboot, 1, 2, 3, NULL);
	sc(reboot, LINUX_REBOOT_MAGIC1, 1, 77, "abc");
	sc(reboot, LINUX_REBOOT_MAGIC1, 1, LINUX_REBOOT_CMD_RESTART2, "abc");
	sc(reboot, 1, LINUX_REBOOT_MAGIC2A, LINUX_REBOOT_CMD_HALT, NOWHERE);
}

CASE(personality)
{
	sc(personality, 0xffffffff);
	sc(personality, 0x0040000);
	sc(personality, 0x8000008);
	sc(personality, 1);
	sc(personality, 0x99);
	sc(personality, 0x1000);
	sc(personality, 0x200b);
	sc(personality, 0);
}

CASE(ioprio)
{
	sc(ioprio_get, 1, 0);
	sc(ioprio_set, 1, 0, 0x4004);
	sc(ioprio_get, 1, 0);
	sc(ioprio_set, 1, 77777777, 0xe007);
	sc(ioprio_set, 7, 77777777, 1);
}

CASE(membarrier)
{
	sc(membarrier, 0, 0, 0);
	sc(membarrier, 8, 1, 3);
	sc(membarrier, 16, 0, 0);
	sc(membarrier, 3, 2, 0);
}

CASE(oddments)
{
	sc(kcmp, 1, 1, 0, 0, 1);
	sc(kcmp, 1, 1, 1, 0, 1);
	sc(kcmp, 1, 1, 9, 1, 2);
	sc(kcmp, 1, 1, 7, 1, NOWHERE);
	sc(sysfs, 1, NOWHERE, 0);
	sc(sysfs, 7, 1, 2);
	sc(rseq, NULL, 32, 2, 0);
	sc(rseq, page, 32, 1, 5);
	sc(get_robust_list, 0, NOWHERE, NOWHERE);
	sc(get_robust_list, 99999999, page, page + 8);
	sc(set_robust_list, 0x10, 24);
	sc(get_robust_list, 0, page, page + 8);
	sc(swapon, "nothing", 0x18005);
	sc(swapon, "nothing", 5);
	sc(swapon, "nothing", 0x40000);
	sc(lookup_dcookie, 5, page, 10);
	sc(ioperm, 70000, 2, 3);
	sc(iopl, 7);
}
