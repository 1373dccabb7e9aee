/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* The tables of system calls, argument kinds, classes and numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arch/arch.h"
#include "syscall/call.h"
#include "syscall/catalogue.h"
#include "syscall/verdict.h"

static void test_rows_are_sorted(void **state)
{
	(void)state;
	for (int i = 1; i < SYSCALL_COUNT; i++)
		assert_true(strcmp(syscall_def((enum syscall_id)(i - 1))->name,
				   syscall_def((enum syscall_id)i)->name) < 0);
}

static void test_every_row_is_found(void **state)
{
	(void)state;
	for (int i = 0; i < SYSCALL_COUNT; i++) {
		const struct syscall_def *def = syscall_def((enum syscall_id)i);

		assert_int_equal(def->id, i);
		assert_ptr_equal(syscall_by_name(def->name), def);
		assert_true(strlen(def->name) <
			    sizeof(((struct call *)NULL)->name));
	}
	assert_null(syscall_by_name(""));
	assert_null(syscall_by_name("opena"));
	assert_null(syscall_by_name("openat3"));
	assert_null(syscall_by_name("OPENAT"));
	assert_null(syscall_by_name("zzz"));
}

static void test_every_row_has_a_class(void **state)
{
	(void)state;
	for (int i = 0; i < SYSCALL_COUNT; i++) {
		const struct syscall_def *def = syscall_def((enum syscall_id)i);

		if (!syscall_possible_classes(def))
			fail_msg("%s is in no class", def->name);
		if (!def->classes && def->classify == CLASSIFY_FIXED)
			fail_msg("%s is in no class", def->name);
	}
}

static void test_arguments_stand_in_order(void **state)
{
	(void)state;
	for (int i = 0; i < SYSCALL_COUNT; i++) {
		const struct syscall_def *def = syscall_def((enum syscall_id)i);
		size_t n = syscall_arg_count(def);

		assert_true(n <= SYSCALL_ARGS_MAX);
		for (size_t a = 0; a < n; a++) {
			assert_non_null(def->args[a].name);
			for (size_t b = 0; b < a; b++)
				if (strcmp(def->args[a].name,
					   def->args[b].name) == 0)
					fail_msg("%s: two arguments %s",
						 def->name, def->args[a].name);
		}
		for (size_t a = n; a < SYSCALL_ARGS_MAX; a++)
			assert_int_equal(def->args[a].kind, ARG_END);
	}
}

/* A length stands behind what it measures. */
static void test_lengths_follow(void **state)
{
	(void)state;
	for (int i = 0; i < SYSCALL_COUNT; i++) {
		const struct syscall_def *def = syscall_def((enum syscall_id)i);

		for (size_t a = 0; a < syscall_arg_count(def); a++) {
			const struct arg_kind_def *kind =
				arg_kind_def(def->args[a].kind);

			if (kind->target == TARGET_ADDRESS)
				assert_int_equal(def->args[a + 1].kind,
						 ARG_SOCKLEN);
			if (kind->target == TARGET_MMSG)
				assert_int_equal(def->args[a + 1].kind,
						 ARG_UINT);
			if (def->args[a].kind == ARG_DIRFD)
				assert_in_range(
					arg_kind_def(def->args[a + 1].kind)
						->target,
					TARGET_PATH, TARGET_NEW);
		}
	}
}

/* A call that names something of the world can have something to say of it. */
static void test_targets_have_a_class(void **state)
{
	const uint32_t files =
		CLASS_BIT(CLASS_FILE_READ) | CLASS_BIT(CLASS_FILE_WRITE) |
		CLASS_BIT(CLASS_FILE_CREATE) | CLASS_BIT(CLASS_FILE_DELETE) |
		CLASS_BIT(CLASS_FILE_RENAME) | CLASS_BIT(CLASS_FILE_ATTR) |
		CLASS_BIT(CLASS_FILE_STAT) | CLASS_BIT(CLASS_EXEC) |
		CLASS_BIT(CLASS_SYSTEM);
	const uint32_t nets =
		CLASS_BIT(CLASS_NET_CONNECT) | CLASS_BIT(CLASS_NET_BIND);
	const uint32_t pids =
		CLASS_BIT(CLASS_PROCESS) | CLASS_BIT(CLASS_SIGNAL);

	(void)state;
	for (int i = 0; i < SYSCALL_COUNT; i++) {
		const struct syscall_def *def = syscall_def((enum syscall_id)i);
		uint32_t possible = syscall_possible_classes(def);

		for (size_t a = 0; a < syscall_arg_count(def); a++) {
			enum target_kind target =
				arg_kind_def(def->args[a].kind)->target;
			uint32_t fit = 0;

			if (target == TARGET_NONE)
				continue;
			if (target <= TARGET_FD)
				fit = files;
			else if (target <= TARGET_MMSG)
				fit = nets;
			else
				fit = pids;
			if (!(possible & fit))
				fail_msg("%s: nothing rules %s", def->name,
					 def->args[a].name);
		}
	}
}

/* What a call does on the side, through any of its arguments. */
static uint32_t implied_classes(const struct syscall_def *def)
{
	uint32_t classes = 0;

	for (size_t a = 0; a < syscall_arg_count(def); a++)
		classes |= arg_kind_def(def->args[a].kind)->implied;
	return classes;
}

/* Ways to do one thing: a rule about a class must cover them all. */
static void test_old_and_new_variants_agree(void **state)
{
	static const char *const families[] = {
		"open openat openat2",
		"access faccessat faccessat2",
		"stat lstat fstat newfstatat statx",
		"statfs fstatfs",
		"readlink readlinkat",
		"chdir fchdir",
		"unlink unlinkat rmdir",
		"rename renameat renameat2",
		"link linkat",
		"symlink symlinkat",
		"mkdir mkdirat mknod mknodat symlink",
		"ftruncate fallocate write", /* opened for writing before */
		"chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat",
		"utime utimes utimensat futimesat chmod",
		"setxattr lsetxattr fsetxattr setxattrat file_setattr",
		"removexattr lremovexattr fremovexattr removexattrat setxattr",
		"getxattr lgetxattr fgetxattr getxattrat listxattr llistxattr "
		"flistxattr listxattrat file_getattr",
		"execve execveat",
		"fork vfork",
		"clone clone3",
		"kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo "
		"pidfd_send_signal",
		"sendto sendmsg sendmmsg",
		"recvfrom recvmsg recvmmsg",
		"accept accept4 listen",
		"read readv pread64 preadv preadv2",
		"write writev pwrite64 pwritev pwritev2 sendfile splice "
		"copy_file_range tee vmsplice",
		"dup dup2 dup3",
		"pipe pipe2 eventfd eventfd2 epoll_create epoll_create1",
		"poll ppoll select pselect6 epoll_wait epoll_pwait "
		"epoll_pwait2",
		"ptrace process_vm_readv process_vm_writev pidfd_getfd",
		"setuid setgid setreuid setregid setresuid setresgid setfsuid "
		"setfsgid setgroups",
		"mount umount2 move_mount open_tree open_tree_attr fsmount "
		"fsopen fsconfig mount_setattr pivot_root chroot setns unshare",
		"io_uring_setup io_uring_enter io_uring_register",
		"init_module finit_module delete_module",
		"kexec_load kexec_file_load reboot",
		"msgget msgsnd msgrcv msgctl semget semop semtimedop semctl "
		"shmget shmat shmctl shmdt",
		"mmap munmap mprotect pkey_mprotect mremap brk",
		"time gettimeofday clock_gettime nanosleep clock_nanosleep",
		"settimeofday clock_settime adjtimex clock_adjtime",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		char words[200], *rest = words, *word;
		const struct syscall_def *first = NULL, *def;

		assert_true(strlen(families[i]) < sizeof(words));
		strcpy(words, families[i]);
		while ((word = strsep(&rest, " "))) {
			def = syscall_by_name(word);
			if (!def)
				fail_msg("no call %s", word);
			if (!first)
				first = def;
			if (syscall_possible_classes(def) !=
			    syscall_possible_classes(first))
				fail_msg("%s and %s", first->name, word);
			if (implied_classes(def) != implied_classes(first))
				fail_msg("on the side: %s and %s", first->name,
					 word);
		}
	}
}

/* Far beyond the last number of today. */
enum { NUMBERS_END = 1024 };

static void test_numbers_and_rows_agree(void **state)
{
	int named = 0;

	(void)state;
	for (int n = 0; n < NUMBERS_END; n++) {
		enum syscall_id id = arch_syscall_id(n);

		if (id == SYSCALL_UNKNOWN)
			continue;
		named++;
		assert_int_equal(arch_syscall_number(id), n);
	}
	/* The others are those of another ABI alone. */
	for (int id = 0; id < SYSCALL_COUNT; id++) {
		if (arch_syscall_number((enum syscall_id)id) >= 0)
			continue;
		named++;
		assert_true(arch_i386.number((enum syscall_id)id) >= 0);
	}
	assert_int_equal(named, SYSCALL_COUNT);
	assert_int_equal(arch_syscall_number(SYSCALL_UNKNOWN), -1);
}

static void test_numbers_of_linux_6_18(void **state)
{
	(void)state;
	assert_int_not_equal(arch_syscall_id(469), SYSCALL_UNKNOWN);
	for (int n = 470; n < NUMBERS_END; n++)
		assert_int_equal(arch_syscall_id(n), SYSCALL_UNKNOWN);
	for (int n = 0; n <= 336; n++)
		assert_int_not_equal(arch_syscall_id(n), SYSCALL_UNKNOWN);
	for (int n = 337; n < 424; n++)
		assert_int_equal(arch_syscall_id(n), SYSCALL_UNKNOWN);
	for (int n = 424; n <= 469; n++)
		assert_int_not_equal(arch_syscall_id(n), SYSCALL_UNKNOWN);
	assert_int_equal(arch_syscall_id(0), SYSCALL_read);
	assert_int_equal(arch_syscall_id(257), SYSCALL_openat);
	assert_int_equal(arch_syscall_id(335), SYSCALL_uretprobe);
	assert_int_equal(arch_syscall_id(469), SYSCALL_file_setattr);
	assert_int_equal(arch_syscall_id(470), SYSCALL_UNKNOWN);
	assert_int_equal(arch_syscall_id(-1), SYSCALL_UNKNOWN);
	assert_int_equal(arch_syscall_id(INT32_MIN), SYSCALL_UNKNOWN);
	assert_int_equal(arch_syscall_id(INT32_MAX), SYSCALL_UNKNOWN);
	assert_int_equal(arch_syscall_id(0x40000000), SYSCALL_UNKNOWN);
}

static void test_registers_are_cut(void **state)
{
	(void)state;
	assert_int_equal(arg_truncate(ARG_FD, UINT64_C(0x1ffffff9c)), -100);
	assert_int_equal(arg_truncate(ARG_FD, UINT64_C(0xdead00000003)), 3);
	assert_true(arg_truncate(ARG_UINT, UINT64_MAX) == UINT32_MAX);
	assert_int_equal(arg_truncate(ARG_MODE, UINT64_C(0xffff01a4)), 0644);
	assert_true(arg_truncate(ARG_SIZE, UINT64_MAX) == UINT64_MAX);
	assert_int_equal(arg_truncate(ARG_IOCTL_CMD, UINT64_C(0x100005412)),
			 0x5412);
	assert_int_equal(arg_truncate(ARG_CLONE_FLAGS, UINT64_C(0x300000100)),
			 0x100);
}

static void test_class_names(void **state)
{
	enum call_class class_id;

	(void)state;
	for (int i = 0; i < CLASS_COUNT; i++) {
		const char *name = class_name((enum call_class)i);

		assert_true(class_by_name(name, &class_id));
		assert_int_equal(class_id, i);
		assert_true(strlen(class_verb(class_id)) > 0);
		assert_true(strlen(class_summary(class_id)) > 0);
	}
	assert_false(class_by_name("file", &class_id));
	assert_false(class_by_name("", &class_id));
	assert_string_equal(class_name(CLASS_COUNT), "unknown");
	assert_int_equal(class_quiet_set(), CLASS_BIT(CLASS_FILE_STAT) |
						    CLASS_BIT(CLASS_IO) |
						    CLASS_BIT(CLASS_MEMORY) |
						    CLASS_BIT(CLASS_SELF));
}

static void test_verdict_names(void **state)
{
	enum verdict verdict;

	(void)state;
	for (int i = 0; i < VERDICT_COUNT; i++) {
		assert_true(verdict_by_name(verdict_name((enum verdict)i),
					    &verdict));
		assert_int_equal(verdict, i);
	}
	assert_false(verdict_by_name("deny", &verdict));
	assert_false(verdict_by_name("", &verdict));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_are_sorted),
		cmocka_unit_test(test_every_row_is_found),
		cmocka_unit_test(test_every_row_has_a_class),
		cmocka_unit_test(test_arguments_stand_in_order),
		cmocka_unit_test(test_lengths_follow),
		cmocka_unit_test(test_targets_have_a_class),
		cmocka_unit_test(test_old_and_new_variants_agree),
		cmocka_unit_test(test_numbers_and_rows_agree),
		cmocka_unit_test(test_numbers_of_linux_6_18),
		cmocka_unit_test(test_registers_are_cut),
		cmocka_unit_test(test_class_names),
		cmocka_unit_test(test_verdict_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
