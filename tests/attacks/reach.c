/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* reach: the memory, descriptors, limits and files in /proc of another
 * process: of syswall (bare: of the stand-in), or of ATTACK_VICTIM, which
 * nobody traces. */
#include "attack.h"

#include <linux/kcmp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>

static char mine[64];

static pid_t victim(void)
{
	const char *named = getenv("ATTACK_VICTIM");
	pid_t pid = named ? atoi(named) : tracer_pid();

	return pid > 0 ? pid : getppid();
}

static int done(long result)
{
	return result < 0 ? HELD : WORKED;
}

/* An address that the victim has too: the stack of nobody, the page of a
 * library; the start of its first mapping if we may read that. */
static unsigned long its_address(void)
{
	char path[64], line[256];
	unsigned long at = (unsigned long)mine;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", victim());
	maps = fopen(path, "r");
	while (maps && fgets(line, sizeof(line), maps))
		if (strstr(line, " rw-p "))
			at = strtoul(line, NULL, 16);
	return at;
}

static int vm(long number)
{
	struct iovec local = { mine, 1 }, remote = { (void *)its_address(), 1 };

	return done(sc(number, victim(), &local, 1, &remote, 1, 0));
}

static int vm_read(void)
{
	return vm(SYS_process_vm_readv);
}

static int vm_write(void)
{
	return vm(SYS_process_vm_writev);
}

static int proc_open(const char *name, int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", victim(), name);
	return (int)sc(SYS_openat, AT_FDCWD, path, flags);
}

static int mem_read(void)
{
	return done(proc_open("mem", O_RDONLY));
}

static int mem_write(void)
{
	return done(proc_open("mem", O_RDWR));
}

static int maps(void)
{
	return read(proc_open("maps", O_RDONLY), mine, 1) == 1 ? WORKED : HELD;
}

static int environ_file(void)
{
	return read(proc_open("environ", O_RDONLY), mine, 1) == 1 ? WORKED :
								    HELD;
}

/* Any descriptor of its, opened anew. */
static int descriptors(void)
{
	char name[16];
	int opened = 0;

	for (int i = 0; i < 64; i++) {
		snprintf(name, sizeof(name), "fd/%d", i);
		opened |= proc_open(name, O_RDONLY | O_NONBLOCK) >= 0;
	}
	return opened ? WORKED : HELD;
}

static int through_root(void)
{
	return done(proc_open("root/etc/passwd", O_RDONLY));
}

static int through_cwd(void)
{
	return done(proc_open("cwd", O_RDONLY));
}

static int through_exe(void)
{
	return done(proc_open("exe", O_RDONLY));
}

static int write_proc(const char *name, const char *text)
{
	int fd = proc_open(name, O_WRONLY);
	long result = fd < 0 ? -1 : write(fd, text, strlen(text));

	return done(result);
}

static int oom_score(void)
{
	return write_proc("oom_score_adj", "1000");
}

static int oom_legacy(void)
{
	return write_proc("oom_adj", "15");
}

static int coredump_filter(void)
{
	return write_proc("coredump_filter", "0xff");
}

static int timerslack(void)
{
	return write_proc("timerslack_ns", "4000000000");
}

static int autogroup(void)
{
	int fd = proc_open("autogroup", O_WRONLY);

	if (fd < 0 && errno == ENOENT)
		return cannot("autogroup");
	return done(fd < 0 ? -1 : write(fd, "19", 2));
}

static int clear_refs(void)
{
	return write_proc("clear_refs", "1");
}

static int seize(void)
{
	return done(sc(SYS_ptrace, PTRACE_SEIZE, victim(), 0, 0));
}

static int attach(void)
{
	return done(sc(SYS_ptrace, PTRACE_ATTACH, victim(), 0, 0));
}

static int getfd(void)
{
	int pidfd = (int)sc(SYS_pidfd_open, victim(), 0);

	return done(sc(SYS_pidfd_getfd, pidfd, 0, 0));
}

static int join_namespaces(void)
{
	int pidfd = (int)sc(SYS_pidfd_open, victim(), 0);

	if (geteuid())
		return cannot("setns needs root");
	return done(sc(SYS_setns, pidfd, 0x20000));
}

static int by_kcmp(void)
{
	long result = sc(SYS_kcmp, victim(), getpid(), KCMP_VM, 0, 0);

	if (result < 0 && errno == ENOSYS)
		return cannot("kcmp");
	return done(result);
}

static int robust_list(void)
{
	void *head;
	size_t len;

	return done(sc(SYS_get_robust_list, victim(), &head, &len));
}

static int limit(int resource, rlim_t value)
{
	struct rlimit limit = { value, value };

	return done(sc(SYS_prlimit64, victim(), resource, &limit, NULL));
}

static int limit_files(void)
{
	return limit(RLIMIT_NOFILE, 3);
}

static int limit_cpu(void)
{
	return limit(RLIMIT_CPU, 1);
}

static int limit_size(void)
{
	return limit(RLIMIT_FSIZE, 0);
}

static int limit_upper(void)
{
	struct rlimit limit = { 3, 3 };

	return done(sc(SYS_prlimit64, 0x100000000 | (unsigned)victim(),
		       RLIMIT_NOFILE | 0xf00000000, &limit, NULL));
}

static int affinity(void)
{
	unsigned long all[16];
	long len = sc(SYS_sched_getaffinity, 0, sizeof(all), all);

	return done(sc(SYS_sched_setaffinity, victim(), len, all));
}

static int policy(void)
{
	struct sched_param param = { 0 };

	return done(sc(SYS_sched_setscheduler, victim(), SCHED_IDLE, &param));
}

static int param(void)
{
	struct sched_param param = { 0 };

	return done(sc(SYS_sched_setparam, victim(), &param));
}

static int attr(void)
{
	struct {
		unsigned int size, policy;
		unsigned long long flags;
		int nice;
		unsigned int priority;
		unsigned long long runtime, deadline, period;
	} attr = { .size = 48, .nice = 19 };

	return done(sc(SYS_sched_setattr, victim(), &attr, 0));
}

static int nice_it(void)
{
	return done(sc(SYS_setpriority, PRIO_PROCESS, victim(), 19));
}

static int nice_group(void)
{
	return done(sc(SYS_setpriority, PRIO_PGRP, getpgid(victim()), 19));
}

static int nice_user(void)
{
	/* Their own niceness as it is: all processes of the user get it. */
	if (geteuid() == 0)
		return cannot("would mean everybody");
	return done(sc(SYS_setpriority, PRIO_USER, 0, 19));
}

static int ioprio(void)
{
	return done(sc(SYS_ioprio_set, 1, victim(), 3 << 13));
}

static int ioprio_group(void)
{
	return done(sc(SYS_ioprio_set, 2, getpgid(victim()), 3 << 13));
}

static int move_its_pages(void)
{
	long result = sc(SYS_move_pages, victim(), 0, NULL, NULL, NULL, 0);

	if (result < 0 && errno == ENOSYS)
		return cannot("move_pages");
	return done(result);
}

static int migrate_its_pages(void)
{
	unsigned long nodes[16] = { 1 };
	long result = sc(SYS_migrate_pages, victim(), 64, nodes, nodes);

	if (result < 0 && errno == ENOSYS)
		return cannot("migrate_pages");
	return done(result);
}

/* MADV_PAGEOUT, MADV_COLD */
static int madvise_it(void)
{
	int pidfd = (int)sc(SYS_pidfd_open, victim(), 0);
	unsigned long page = its_address() & ~4095UL;
	struct iovec range = { (void *)page, 4096 };

	return done(sc(440, pidfd, &range, 1, 20, 0));
}

static int core_sched(void)
{
	long result = sc(SYS_prctl, 62, 2, victim(), 1, 0);

	if (result < 0 && (errno == EINVAL || errno == ENODEV))
		return cannot("core scheduling");
	return done(result);
}

/* The same files elsewhere: /proc bound to another place, or a second one. */
static int other_proc(const char *source, const char *type, unsigned long flags)
{
	char path[64];
	int fd;

	if (sc(SYS_unshare, CLONE_NEWNS) ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount(source, "okdir", type, flags, NULL))
		return cannot("mount");
	snprintf(path, sizeof(path), "okdir/%d/oom_score_adj", victim());
	fd = (int)sc(SYS_openat, AT_FDCWD, path, O_RDWR);
	if (fd >= 0)
		return WORKED;
	snprintf(path, sizeof(path), "okdir/%d", victim());
	fd = (int)sc(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY);
	return done(sc(SYS_openat, fd, "oom_score_adj", O_RDWR));
}

static int bound_proc(void)
{
	return other_proc("/proc", NULL, MS_BIND);
}

static int second_proc(void)
{
	return other_proc("proc", "proc", 0);
}

/* Move it into a control group of ours, which can be frozen or killed. */
static int control_group(void)
{
	static const char *const tops[] = { "/sys/fs/cgroup/unified",
					    "/sys/fs/cgroup/freezer",
					    "/sys/fs/cgroup" };
	char dir[128], path[160];
	int here = -1, fd = -1;

	for (int i = 0; i < 3 && fd < 0; i++) {
		snprintf(dir, sizeof(dir), "%s/syswall-attack-%d", tops[i],
			 (int)getpid());
		if (mkdir(dir, 0700))
			continue;
		snprintf(path, sizeof(path), "%s/cgroup.procs", dir);
		fd = open(path, O_WRONLY);
		snprintf(path, sizeof(path), "%s/cgroup.procs", tops[i]);
		here = open(path, O_WRONLY);
		if (fd >= 0 && (dprintf(fd, "%d", victim()) < 0 ||
				dprintf(here, "%d", victim()) < 0)) {
			close(fd);
			fd = -1;
		}
		rmdir(dir);
	}
	if (fd < 0 && tracer_pid() <= 0)
		return cannot("a control group");
	return done(fd);
}

static int perf(void)
{
	struct {
		unsigned int type, size;
		unsigned long long config, rest[14];
	} attr = { .type = 1, .size = 112 };
	long fd;

	attr.rest[3] = 1 << 5 | 1 << 6; /* exclude_kernel, exclude_hv */
	fd = sc(SYS_perf_event_open, &attr, victim(), -1, -1, 0);
	if (fd < 0 && (errno == ENOENT || errno == ENOSYS || errno == EINVAL))
		return cannot("perf_event_open");
	return done(fd);
}

ATTACKS({ "vm-read", vm_read }, { "vm-write", vm_write },
	{ "mem-read", mem_read }, { "mem-write", mem_write }, { "maps", maps },
	{ "environ", environ_file }, { "descriptors", descriptors },
	{ "root", through_root }, { "cwd", through_cwd },
	{ "exe", through_exe }, { "oom-score", oom_score },
	{ "oom-legacy", oom_legacy }, { "coredump-filter", coredump_filter },
	{ "timerslack", timerslack }, { "autogroup", autogroup },
	{ "clear-refs", clear_refs }, { "seize", seize }, { "attach", attach },
	{ "getfd", getfd }, { "setns", join_namespaces }, { "kcmp", by_kcmp },
	{ "robust-list", robust_list }, { "limit-files", limit_files },
	{ "limit-cpu", limit_cpu }, { "limit-size", limit_size },
	{ "limit-upper", limit_upper }, { "affinity", affinity },
	{ "policy", policy }, { "param", param }, { "attr", attr },
	{ "nice", nice_it }, { "nice-group", nice_group },
	{ "nice-user", nice_user }, { "ioprio", ioprio },
	{ "ioprio-group", ioprio_group }, { "move-pages", move_its_pages },
	{ "migrate-pages", migrate_its_pages }, { "madvise", madvise_it },
	{ "core-sched", core_sched }, { "perf", perf },
	{ "bound-proc", bound_proc }, { "second-proc", second_proc },
	{ "control-group", control_group })
