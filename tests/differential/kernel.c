/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* bpf, seccomp, perf events, keys, landlock, modules, ptrace, prctl. */
#include "case.h"

#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/uio.h>

CASE(seccomp)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0xc000003e, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 5),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, 0x12345678),
		BPF_STMT(BPF_RET | BPF_A, 0),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_X, 0, 2, 3),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff),
	};
	struct sock_fprog program = { 9, code };
	uint32_t action = SECCOMP_RET_TRAP;
	struct seccomp_notif_sizes sizes;

	sc(seccomp, SECCOMP_SET_MODE_FILTER, 0xff00, &program);
	sc(seccomp, SECCOMP_SET_MODE_FILTER, 0xff00, NOWHERE);
	program.filter = NOWHERE;
	sc(seccomp, SECCOMP_SET_MODE_FILTER, 0xff00, &program);
	program.len = 0;
	sc(seccomp, SECCOMP_SET_MODE_FILTER, 0xff00, &program);
	sc(seccomp, SECCOMP_SET_MODE_STRICT, 5, NULL);
	sc(seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action);
	sc(seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes);
	sc(seccomp, 99, 0, NULL);
}

CASE(perf)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE,
					.size = sizeof(attr),
					.config = PERF_COUNT_SW_CPU_CLOCK };

	sc(perf_event_open, &attr, 0, -1, -1, 0xf0);
	attr.type = PERF_TYPE_HARDWARE;
	attr.config = PERF_COUNT_HW_INSTRUCTIONS;
	attr.sample_period = 1000;
	attr.sample_type = PERF_SAMPLE_IP | PERF_SAMPLE_TID;
	attr.read_format = PERF_FORMAT_GROUP;
	attr.disabled = 1;
	attr.exclude_kernel = 1;
	sc(perf_event_open, &attr, 0, -1, -1, 0xf0);
	attr.type = 99;
	attr.freq = 1;
	attr.precise_ip = 2;
	sc(perf_event_open, &attr, -1, 0, 5, 0xf0);
	attr.size = 64;
	sc(perf_event_open, &attr, -1, 0, 5, 0xf0);
	sc(perf_event_open, NOWHERE, -1, 0, 5, 0xf0);
	sc(perf_event_open, NULL, -1, 0, 5, PERF_FLAG_FD_CLOEXEC);
}

CASE(keys)
{
	char text[16];

	sc(add_key, "nothing", "name", "data", 4, KEY_SPEC_PROCESS_KEYRING);
	sc(add_key, "user", "name", NOWHERE, 4, 55);
	sc(request_key, "user", "nothing", NULL, KEY_SPEC_USER_KEYRING);
	sc(request_key, "user", "nothing", "info", 0);
	sc(keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_THREAD_KEYRING, 0);
	sc(keyctl, KEYCTL_JOIN_SESSION_KEYRING, NOWHERE);
	sc(keyctl, KEYCTL_UPDATE, 5, "data", 4);
	sc(keyctl, KEYCTL_REVOKE, KEY_SPEC_GROUP_KEYRING);
	sc(keyctl, KEYCTL_CHOWN, 5, 0, -1);
	sc(keyctl, KEYCTL_SETPERM, 5, 0x3f3f0000);
	sc(keyctl, KEYCTL_DESCRIBE, 5, text, sizeof(text));
	sc(keyctl, KEYCTL_CLEAR, 5);
	sc(keyctl, KEYCTL_LINK, 5, -3);
	sc(keyctl, KEYCTL_UNLINK, 5, -3);
	sc(keyctl, KEYCTL_SEARCH, 5, "user", "name", 0);
	sc(keyctl, KEYCTL_READ, 5, text, sizeof(text));
	sc(keyctl, KEYCTL_SET_REQKEY_KEYRING, 99);
	sc(keyctl, KEYCTL_SET_TIMEOUT, 5, 60);
	sc(keyctl, KEYCTL_INVALIDATE, 5);
	sc(keyctl, KEYCTL_GET_PERSISTENT, -1, 5);
	sc(keyctl, 99, 1, 2, 3, 4);
}

CASE(landlock)
{
	struct landlock_ruleset_attr attr = {
		.handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE |
				     LANDLOCK_ACCESS_FS_READ_FILE,
	};
	struct {
		uint64_t access;
		int32_t fd;
	} __attribute__((packed)) beneath = { LANDLOCK_ACCESS_FS_EXECUTE, 5 };

	sc(landlock_create_ruleset, NULL, 0, 8);
	sc(landlock_create_ruleset, &attr, 4, 0);
	sc(landlock_create_ruleset, NOWHERE, 8, 0);
	attr.handled_access_fs |= 1ULL << 60;
	sc(landlock_create_ruleset, &attr, 8, 0);
	sc(landlock_add_rule, -1, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	sc(landlock_add_rule, -1, 9, &beneath, 1);
	sc(landlock_add_rule, -1, LANDLOCK_RULE_PATH_BENEATH, NOWHERE, 0);
	sc(landlock_restrict_self, -1, 1);
}

CASE(bpf)
{
	struct bpf_insn code[] = { { .code = 0xb7, .dst_reg = 0, .imm = 5 },
				   { .code = 0x95 } };
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.key_size = 4;
	attr.value_size = 8;
	attr.max_entries = 1;
	sc(bpf, BPF_MAP_CREATE, &attr, 16);
	sc(bpf, BPF_MAP_CREATE, &attr, 3);
	sc(bpf, BPF_MAP_CREATE, NOWHERE, 16);
	sc(bpf, 99, &attr, 16);
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = 99;
	sc(bpf, BPF_MAP_LOOKUP_ELEM, &attr, 32);
	sc(bpf, BPF_MAP_UPDATE_ELEM, &attr, 32);
	sc(bpf, BPF_MAP_DELETE_ELEM, &attr, 16);
	sc(bpf, BPF_MAP_GET_NEXT_KEY, &attr, 24);
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insns = (uint64_t)code;
	attr.insn_cnt = 2;
	attr.license = (uint64_t) "none";
	attr.prog_flags = 0x8000;
	sc(bpf, BPF_PROG_LOAD, &attr, 48);
	memset(&attr, 0, sizeof(attr));
	attr.pathname = (uint64_t) "nothing";
	attr.bpf_fd = 99;
	sc(bpf, BPF_OBJ_PIN, &attr, 16);
	sc(bpf, BPF_OBJ_GET, &attr, 16);
	memset(&attr, 0, sizeof(attr));
	sc(bpf, BPF_PROG_GET_NEXT_ID, &attr, 12);
	sc(bpf, BPF_MAP_GET_FD_BY_ID, &attr, 12);
}

CASE(modules)
{
	sc(init_module, NOWHERE, 5, "param=1");
	sc(init_module, page, 0, NOWHERE);
	sc(finit_module, -1, "param=1", 3);
	sc(delete_module, "nothing", O_NONBLOCK);
	sc(kexec_load, 0, 0, NULL, 0x3e0001);
	sc(kexec_load, 5, 99, NOWHERE, 0x80000000);
	sc(kexec_file_load, -1, -1, 4, NULL, 0x8);
}

CASE(ptrace)
{
	sc(ptrace, 16, 99999999, 0, 0);
	sc(ptrace, 12, 99999999, 0, page);
	sc(ptrace, 1, 99999999, 8, page);
	sc(ptrace, 3, 99999999, 16, page);
	sc(ptrace, 4, 99999999, 8, 5);
	sc(ptrace, 7, 99999999, 0, 5);
	sc(ptrace, 0x4200, 99999999, 0, 0x1000ff);
	sc(ptrace, 0x4201, 99999999, 0, page);
	sc(ptrace, 0x4202, 99999999, 0, page);
	sc(ptrace, 0x4203, 99999999, 0, NOWHERE);
	sc(ptrace, 0x4204, 99999999, 1, NOWHERE);
	sc(ptrace, 0x4206, 99999999, 0, 1);
	sc(ptrace, 0x420e, 99999999, 88, page);
	sc(ptrace, 17, 99999999, 0, SIGUSR1);
	sc(ptrace, 8, 99999999, 0, 0);
	sc(ptrace, 24, 99999999, 0, SIGTERM);
	sc(ptrace, 99, 99999999, 1, 2);
}

CASE(process_vm)
{
	struct iovec here = { page, 3 }, there = { NOWHERE, 3 };

	memcpy(page, "abc", 3);
	sc(process_vm_readv, 99999999, &here, 1, &there, 1, 0);
	sc(process_vm_writev, 99999999, &here, 1, &there, 1, 5);
	sc(process_vm_readv, 99999999, NOWHERE, 1, NOWHERE, 2, 0);
	sc(process_madvise, -1, &here, 1, 4, 0);
	sc(process_madvise, -1, NOWHERE, 1, 99, 7);
	sc(process_mrelease, -1, 0);
	sc(pidfd_open, 99999999, 0);
	sc(pidfd_getfd, -1, 3, 1);
}

/* Each command, with the whole attribute and with its beginning. */
CASE(bpf_commands)
{
	static char attr[256];

	for (int command = 0; command < 32; command++) {
		if (command == 23) /* BPF_BTF_GET_NEXT_ID succeeds */
			continue;
		memset(attr, 0, sizeof(attr));
		sc(bpf, command, attr, 152);
		sc(bpf, command, attr, 8);
		attr[130] = 1;
		sc(bpf, command, attr, 152);
		sc(bpf, command, NULL, 0);
		sc(bpf, command, page, PAGE + 1);
	}
}

CASE(perf_caches)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_HW_CACHE,
					.size = sizeof(attr) };

	for (uint64_t i = 0; i < 8; i++) {
		attr.config = i | i % 4 << 8 | i % 3 << 16;
		sc(perf_event_open, &attr, 99999999, -1, -1, 0);
	}
	attr.type = PERF_TYPE_TRACEPOINT;
	attr.config = 77;
	sc(perf_event_open, &attr, 99999999, -1, -1, 0);
}

CASE(key_widths)
{
	for (int operation = 2; operation < 22; operation++) {
		if (operation == 18) /* KEYCTL_SESSION_TO_PARENT */
			continue;
		sc(keyctl, operation, 0x7fffffff, NULL, -3, -4);
	}
}
