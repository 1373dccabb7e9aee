/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The order of arguments, prompts, signals, hostile memory. */
#include "print_memory.h"

/* Lengths that the kernel changes are told twice. */
static void test_before_and_after(void **state)
{
	const uint64_t args[6] = { 3, INET, LENGTH };
	const uint64_t msg[6] = { 3, MSG, 0 };
	struct call call;
	BUF_AUTO(out);
	BUF_AUTO(second);
	int first;

	set_up(state);
	PUT(LENGTH, 5);
	make_call(&call, "getsockname", args);
	first = print_entry(&out, &call, &fake, &options);
	assert_string_equal(buf_text(&out), "getsockname(3, ");
	assert_int_equal(first, 1);
	PUT(LENGTH, 16);
	print_exit_args(&out, &call, first, 0, &fake, &options);
	assert_string_equal(buf_text(&out),
			    "getsockname(3, {sa_family=AF_INET, "
			    "sa_data=\"\\0P\\177\"}, [5 => 16])");
	call_free(&call);

	PUT(MSG, 0x5000, 110, IOV, 2, 0, 0, 0);
	make_call(&call, "recvmsg", msg);
	first = print_entry(&second, &call, &fake, &options);
	PUT(MSG + 8, 0);
	print_exit_args(&second, &call, first, 4, &fake, &options);
	assert_string_equal(
		buf_text(&second),
		"recvmsg(3, {msg_name=0x5000, msg_namelen=110 => 0, "
		"msg_iov=[{iov_base=\"yyy\", iov_len=3}, {iov_base=\"/\", "
		"iov_len=6}], msg_iovlen=2, msg_controllen=0, msg_flags=0}, "
		"0)");
	call_free(&call);
}

/* Results are aligned to the line's column, whatever stands before. */
static void test_alignment(void **state)
{
	const uint64_t args[6] = { 0 };
	struct call call;
	BUF_AUTO(out);

	(void)state;
	buf_str(&out, "[pid 12345] ");
	make_call(&call, "fork", args);
	print_line(&out, &call, 12);
	assert_string_equal(buf_text(&out),
			    "[pid 12345] fork()                      = 12");
	call_free(&call);
}

static void test_unknown_call(void **state)
{
	const uint64_t args[6] = { 1, 0, 3, 4, 5, UINT64_MAX };
	struct call call;
	BUF_AUTO(out);
	BUF_AUTO(text);

	(void)state;
	call_decode(&call, NULL, 500, args, &fake);
	print_line(&out, &call, -38);
	assert_string_equal(buf_text(&out),
			    "syscall_0x1f4(0x1, 0, 0x3, 0x4, 0x5, "
			    "0xffffffffffffffff) = -1 ENOSYS (Function not "
			    "implemented)");
	print_call(&text, &call);
	assert_string_equal(buf_text(&text),
			    "syscall_500(0x1, 0, 0x3, 0x4, 0x5, "
			    "0xffffffffffffffff)");
	call_free(&call);
}

/* From the copy alone: what was checked is what is shown. */
static void test_print_call(void **state)
{
	static const struct line rows[] = {
		{ "openat",
		  { S32(AT_FDCWD), PATH, O_RDONLY },
		  0,
		  "openat(AT_FDCWD, \"/etc/x\", O_RDONLY)" },
		{ "openat",
		  { S32(AT_FDCWD), END, O_RDONLY },
		  0,
		  "openat(AT_FDCWD, 0x12000, O_RDONLY)" },
		{ "openat2",
		  { 3, PATH, HOW, 24 },
		  0,
		  "openat2(3, \"/etc/x\", {flags=O_WRONLY|O_CREAT, mode=0600, "
		  "resolve=RESOLVE_BENEATH}, 24)" },
		{ "rename",
		  { PATH, ODD },
		  0,
		  "rename(\"/etc/x\", \"\\1\\0022\\n\\\"\\\\\\177\\377\")" },
		{ "connect",
		  { 3, UNIX, 110 },
		  0,
		  "connect(3, {sa_family=AF_UNIX, sun_path=\"/run/s\"}, 110)" },
		{ "sendmsg", { 3, MSG, 0 }, 0, "sendmsg(3, 0x10640, 0)" },
		{ "read", { 0, PATH, 100 }, 0, "read(0, 0x10000, 100)" },
		{ "write", { 1, PATH, 6 }, 0, "write(1, 0x10000, 6)" },
		{ "execve",
		  { PATH, ARGV, ARGV },
		  0,
		  "execve(\"/etc/x\", [\"/etc/x\", "
		  "\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\"], 0x10240)" },
		{ "stat", { PATH, STAT }, 0, "stat(\"/etc/x\", 0x10880)" },
		{ "clone",
		  { 0x100011, 0x8000, FDS },
		  0,
		  "clone(child_stack=0x8000, flags=CLONE_PARENT_SETTID|"
		  "SIGCHLD, parent_tid=0x10760)" },
		{ "prctl", { 16, PATH }, 0, "prctl(PR_GET_NAME, 0x10000)" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		BUF_AUTO(out);
		struct call call;

		set_up(state);
		make_call(&call, rows[i].call, rows[i].args);
		memset(memory, 'Z', sizeof(memory));
		print_call(&out, &call);
		assert_string_equal(buf_text(&out), rows[i].text);
		call_free(&call);
	}
}

static void test_signal_line(void **state)
{
	siginfo_t info = { .si_signo = SIGCHLD, .si_code = CLD_EXITED };
	BUF_AUTO(child);
	BUF_AUTO(fault);
	BUF_AUTO(user);

	(void)state;
	info.si_pid = 12;
	info.si_status = 3;
	info.si_stime = 106;
	print_signal_line(&child, &info);
	assert_string_equal(buf_text(&child),
			    "--- SIGCHLD {si_signo=SIGCHLD, "
			    "si_code=CLD_EXITED, si_pid=12, si_uid=0, "
			    "si_status=3, si_utime=0, si_stime=106 "
			    "/* 1.06 s */} ---");
	memset(&info, 0, sizeof(info));
	info.si_signo = SIGSEGV;
	info.si_code = SEGV_MAPERR;
	info.si_addr = (void *)7;
	print_signal_line(&fault, &info);
	assert_string_equal(buf_text(&fault),
			    "--- SIGSEGV {si_signo=SIGSEGV, "
			    "si_code=SEGV_MAPERR, si_addr=0x7} ---");
	memset(&info, 0, sizeof(info));
	info.si_signo = SIGUSR1;
	info.si_code = SI_QUEUE;
	info.si_int = 4660;
	print_signal_line(&user, &info);
	assert_string_equal(buf_text(&user),
			    "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_QUEUE, "
			    "si_pid=0, si_uid=0, si_int=4660, si_ptr=0x1234} "
			    "---");
}

/* Every call with every sort of bad pointer and number: nothing but text. */
static void test_hostile(void **state)
{
	static const uint64_t values[] = {
		0,
		1,
		BASE,
		BASE + 1,
		END - 1,
		END - 8,
		END,
		8,
		4096,
		INT32_MAX,
		UINT32_MAX,
		INT64_MAX,
		UINT64_MAX,
		UINT64_MAX - 7,
		(uint64_t)INT64_MIN,
		MSG,
		CONTROL,
		IOV,
	};
	const size_t count = sizeof(values) / sizeof(*values);
	const int64_t results[] = { 0, -14, INT32_MAX, INT64_MAX, INT64_MIN };
	unsigned int next = 1;

	set_up(state);
	memset(memory + 0x1000, 0xff, 0x1000);
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		for (int round = 0; round < 100; round++) {
			struct call call;
			uint64_t args[6];
			BUF_AUTO(out);

			for (int i = 0; i < 6; i++) {
				next = next * 1103515245 + 12345;
				args[i] = values[(next >> 16) % count];
			}
			call_decode(&call, syscall_def((enum syscall_id)id), 0,
				    args, &fake);
			print_line(&out, &call, results[round % 5]);
			print_call(&out, &call);
			assert_true(out.len < 100000);
			call_free(&call);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_before_and_after),
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_unknown_call),
		cmocka_unit_test(test_print_call),
		cmocka_unit_test(test_signal_line),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
