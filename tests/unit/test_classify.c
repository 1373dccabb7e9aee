/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* What a call does, by its arguments; and the facets that rules decide. */
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/if_tun.h>
#include <linux/kd.h>
#include <linux/loop.h>
#include <linux/sched.h>
#include <linux/sockios.h>
#include <linux/vt.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cmocka.h>

#include "fake_memory.h"
#include "syscall/call.h"

#define UPPER (UINT64_C(1) << 32)

static struct fake_memory memory;

/* The names of the classes of a call, with spaces between. */
static void expect(const char *name, const uint64_t args[6],
		   const char *classes)
{
	struct mem_reader mem = fake_reader(&memory);
	const struct syscall_def *def = syscall_by_name(name);
	struct call call;
	BUF_AUTO(out);

	assert_non_null(def);
	call_decode(&call, def, 0, args, &mem);
	for (int i = 0; i < CLASS_COUNT; i++) {
		if (call.classes & CLASS_BIT(i))
			buf_printf(&out, "%s%s", out.len ? " " : "",
				   class_name((enum call_class)i));
	}
	assert_string_equal(buf_text(&out), classes);
	assert_int_equal(call.classes & ~syscall_possible_classes(def), 0);
	call_free(&call);
}

#define ARGS(...) ((const uint64_t[6]){ __VA_ARGS__ })

static void expect_open(uint64_t flags, const char *classes)
{
	struct {
		uint64_t flags, mode, resolve;
	} how = { .flags = flags };
	uint64_t path = fake_string(&memory, "/x");
	uint64_t at = fake_put(&memory, &how, sizeof(how));

	expect("open", ARGS(path, flags), classes);
	expect("openat", ARGS(0, path, flags), classes);
	expect("openat", ARGS(0, path, flags | UPPER), classes);
	expect("openat2", ARGS(0, path, at, sizeof(how)), classes);
}

static void test_open(void **state)
{
	(void)state;
	memory.used = 0;
	expect_open(O_RDONLY, "file-read");
	expect_open(O_RDONLY | O_DIRECTORY, "file-read");
	expect_open(O_WRONLY, "file-write");
	expect_open(O_RDWR, "file-read file-write");
	expect_open(O_ACCMODE, "file-read file-write");
	expect_open(O_RDONLY | O_TRUNC, "file-read file-write");
	expect_open(O_RDONLY | O_CREAT, "file-read file-create");
	expect_open(O_WRONLY | O_CREAT, "file-write file-create");
	expect_open(O_WRONLY | O_CREAT | O_TRUNC, "file-write file-create");
	expect_open(O_TMPFILE | O_WRONLY, "file-write file-create");
	expect_open(O_TMPFILE | O_RDWR, "file-read file-write file-create");
	expect_open(O_PATH, "file-stat");
	expect_open(O_PATH | O_RDWR | O_CREAT | O_TRUNC, "file-stat");
	expect("creat", ARGS(fake_string(&memory, "/x"), 0644),
	       "file-write file-create");
	expect("open_by_handle_at", ARGS(3, 4, O_RDWR),
	       "file-read file-write system");
	/* Nobody knows what it wants. */
	expect("openat2", ARGS(0, fake_string(&memory, "/x"), 1, 24),
	       "file-read file-write file-create");
}

static void test_clone(void **state)
{
	uint64_t args[8] = { CLONE_THREAD | CLONE_VM };

	(void)state;
	memory.used = 0;
	expect("fork", ARGS(0), "process");
	expect("vfork", ARGS(0), "process");
	expect("clone", ARGS(SIGCHLD), "process");
	expect("clone", ARGS(CLONE_VM | CLONE_THREAD), "self");
	expect("clone", ARGS(SIGCHLD | UPPER * CLONE_THREAD), "process");
	expect("clone", ARGS(CLONE_NEWUSER | SIGCHLD), "process system");
	/* CLONE_NEWTIME is a signal to clone(2), a flag to clone3(2). */
	expect("clone", ARGS(CLONE_NEWTIME), "process");
	expect("clone3", ARGS(fake_put(&memory, args, sizeof(args)), 64),
	       "self");
	args[0] = CLONE_NEWTIME;
	expect("clone3", ARGS(fake_put(&memory, args, sizeof(args)), 64),
	       "process system");
	expect("clone3", ARGS(fake_put(&memory, args, sizeof(args)), 8),
	       "process");
	expect("clone3", ARGS(1, 64), "process");
}

static void test_send(void **state)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	uint64_t at;

	(void)state;
	memory.used = 0;
	at = fake_put(&memory, &in, sizeof(in));
	expect("sendto", ARGS(3, at, 1, 0, 0, 0), "io");
	expect("sendto", ARGS(3, at, 1, 0, 0, 16), "io");
	expect("sendto", ARGS(3, at, 1, 0, at, 0), "io");
	expect("sendto", ARGS(3, at, 1, 0, at, 16), "net-connect io");
	expect("sendto", ARGS(3, at, 1, 0, at, UPPER | 16), "net-connect io");
	expect("sendto", ARGS(3, at, 1, 0, 1, 16), "net-connect io");
	expect("sendto", ARGS(3, at, 1, 0, at, 4096), "net-connect io");
	expect("sendto", ARGS(3, at, 1, MSG_FASTOPEN, 0, 0), "net-connect io");
	expect("sendmsg", ARGS(3, 1, 0), "net-connect io");
}

static void test_ioctl(void **state)
{
	static const struct {
		uint64_t command;
		const char *classes;
	} rows[] = {
		{ TCGETS, "io" },
		{ TCSETS, "io" },
		{ TIOCSPGRP, "io" },
		{ TIOCGWINSZ, "io" },
		{ TIOCSWINSZ, "io" },
		{ FIONREAD, "io" },
		{ FIONBIO, "io" },
		{ FIOCLEX, "io" },
		{ TIOCSTI, "tty" },
		{ TIOCSTI | UPPER, "tty" },
		{ TIOCLINUX | UPPER * 0xffff, "tty" },
		{ TIOCSCTTY, "tty" },
		{ TIOCCONS, "tty" },
		{ TIOCSETD, "tty" },
		{ KDSETMODE, "tty" },
		{ KDSKBENT, "tty" },
		{ VT_ACTIVATE, "tty" },
		{ VT_LOCKSWITCH, "tty" },
		{ FIOSETOWN, "signal" },
		{ SIOCSPGRP, "signal" },
		{ TIOCSIG, "signal" },
		{ FS_IOC_GETFLAGS, "io" },
		{ FS_IOC_SETFLAGS, "file-attr" },
		{ FS_IOC32_SETFLAGS, "file-attr" },
		{ FS_IOC_FSSETXATTR, "file-attr" },
		{ FS_IOC_SETVERSION, "file-attr" },
		{ FICLONE, "file-write" },
		{ FICLONE | UPPER, "file-write" },
		{ FICLONERANGE, "file-write" },
		{ FIDEDUPERANGE, "file-write" },
		{ FIFREEZE, "system" },
		{ FITRIM, "system" },
		{ SIOCGIFCONF, "io" },
		{ SIOCGIFFLAGS, "io" },
		{ SIOCGIFINDEX, "io" },
		{ SIOCSIFFLAGS, "system" },
		{ SIOCSIFADDR, "system" },
		{ SIOCSIFHWADDR, "system" },
		{ SIOCADDRT, "system" },
		{ SIOCETHTOOL, "system" },
		{ SIOCBRADDBR, "system" },
		{ SIOCDEVPRIVATE, "system" },
		{ 0x8b01, "io" },
		{ 0x8b1a, "system" },
		{ TUNSETIFF, "system" },
		{ BLKGETSIZE64, "io" },
		{ BLKDISCARD, "system" },
		{ BLKRRPART, "system" },
		{ BLKROSET, "system" },
		{ LOOP_GET_STATUS64, "io" },
		{ LOOP_SET_FD, "system" },
		{ LOOP_CTL_ADD, "system" },
		{ 0xc138fd03, "system" },
		{ 0x0000fd03, "system" },
		{ 0xaa00, "system" },
		{ 0, "io" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect("ioctl", ARGS(0, rows[i].command, 0), rows[i].classes);
}

static void test_fcntl_and_prctl(void **state)
{
	(void)state;
	expect("fcntl", ARGS(0, F_GETFL), "io");
	expect("fcntl", ARGS(0, F_SETFL, O_ASYNC), "io");
	expect("fcntl", ARGS(0, F_SETOWN, 1), "signal");
	expect("fcntl", ARGS(0, F_SETOWN | UPPER, 1), "signal");
	expect("fcntl", ARGS(0, F_SETOWN_EX, 1), "signal");
	expect("fcntl", ARGS(0, F_SETSIG, SIGKILL), "signal");
	expect("prctl", ARGS(PR_SET_NAME), "self");
	expect("prctl", ARGS(PR_SET_PDEATHSIG), "self");
	expect("prctl", ARGS(PR_SET_MM), "process");
	expect("prctl", ARGS(PR_SET_MM | UPPER), "process");
	expect("prctl", ARGS(PR_SET_PTRACER), "process");
	expect("prctl", ARGS(0x53564d41), "memory");
}

static void test_own_pid(void **state)
{
	(void)state;
	expect("prlimit64", ARGS(0), "self");
	expect("prlimit64", ARGS(UPPER), "self");
	expect("prlimit64", ARGS(1), "process");
	expect("prlimit64", ARGS((uint64_t)-1), "process");
	expect("sched_setaffinity", ARGS(0), "self");
	expect("sched_setscheduler", ARGS(77), "process");
	expect("setpriority", ARGS(0, 0, 5), "self");
	expect("setpriority", ARGS(0, 77, 5), "process");
	expect("setpriority", ARGS(1, 0, 5), "process");
	expect("setpriority", ARGS(2, 0, 5), "process");
	expect("ioprio_set", ARGS(1, 0, 5), "self");
	expect("ioprio_set", ARGS(2, 0, 5), "process");
	expect("ioprio_set", ARGS(0, 0, 5), "process");
	expect("process_vm_readv", ARGS(0), "process");
}

/* "class@target" for each facet, implied ones in brackets. */
static void expect_facets(const char *name, const uint64_t args[6],
			  const char *text)
{
	struct mem_reader mem = fake_reader(&memory);
	struct call call;
	struct facet facet;
	BUF_AUTO(out);

	call_decode(&call, name ? syscall_by_name(name) : NULL, 999, args,
		    &mem);
	for (size_t i = 0; call_facet(&call, i, &facet); i++) {
		buf_printf(&out, "%s%s%s", out.len ? " " : "",
			   facet.implied ? "+" : "",
			   class_name(facet.class_id));
		if (facet.target)
			buf_printf(&out, "@%d",
				   (int)(facet.target - call.targets));
	}
	assert_string_equal(buf_text(&out), text);
	call_free(&call);
}

static void test_facets(void **state)
{
	uint64_t a, b, in, un;
	struct sockaddr_in in4 = { .sin_family = AF_INET };
	struct sockaddr unix_path = { .sa_family = AF_UNIX, .sa_data = "x" };

	(void)state;
	memory.used = 0;
	a = fake_string(&memory, "a");
	b = fake_string(&memory, "b");
	in = fake_put(&memory, &in4, sizeof(in4));
	un = fake_put(&memory, &unix_path, sizeof(unix_path));
	expect_facets("openat", ARGS(0, a, O_RDWR | O_CREAT),
		      "file-read@0 file-write@0 file-create@0");
	expect_facets("rename", ARGS(a, b),
		      "file-rename@0 file-rename@1 +file-delete@0 "
		      "+file-write@1 +file-create@1");
	expect_facets("link", ARGS(a, b),
		      "file-create@0 file-create@1 +file-read@0 "
		      "+file-write@0");
	expect_facets("symlink", ARGS(a, b), "file-create@0");
	expect_facets("mount", ARGS(a, b, a), "system@0 system@1");
	expect_facets("mount", ARGS(0, b, a), "system@0");
	expect_facets("read", ARGS(0, a, 1), "io");
	expect_facets("sync", ARGS(0), "io");
	expect_facets("socket", ARGS(2, 1, 0), "net-socket");
	expect_facets("connect", ARGS(3, in, 16), "net-connect@0");
	expect_facets("connect", ARGS(3, un, 16), "net-connect@0");
	expect_facets("bind", ARGS(3, in, 16), "net-bind@0");
	expect_facets("bind", ARGS(3, un, 16), "net-bind@0 +file-create@0");
	expect_facets("bind", ARGS(3, un, 2), "net-bind@0");
	expect_facets("bind", ARGS(3, 1, 16), "net-bind@0");
	expect_facets("listen", ARGS(3, 5), "net-bind");
	expect_facets("sendto", ARGS(3, a, 1, 0, in, 16), "net-connect@0 io");
	expect_facets("sendto", ARGS(3, a, 1, MSG_FASTOPEN), "net-connect io");
	expect_facets("kill", ARGS(1, 9), "signal@0");
	expect_facets("tgkill", ARGS(1, 2, 9), "signal@0");
	expect_facets("kcmp", ARGS(1, 2), "process@0 process@1");
	expect_facets("fork", ARGS(0), "process");
	expect_facets("ioctl", ARGS(0, TIOCSTI), "tty@0");
	expect_facets("ioctl", ARGS(0, TCGETS), "io");
	expect_facets("fchmod", ARGS(3, 0), "file-attr@0");
	expect_facets(NULL, ARGS(0), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_clone),
		cmocka_unit_test(test_send),
		cmocka_unit_test(test_ioctl),
		cmocka_unit_test(test_fcntl_and_prctl),
		cmocka_unit_test(test_own_pid),
		cmocka_unit_test(test_facets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
