/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * without WHAT[,WHAT...] PROGRAM [ARG...]
 *
 * Run PROGRAM where the kernel lacks or forbids something, as an older one
 * does, or a container: a seccomp filter answers in its place.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MSEAL 462
/* SECCOMP_IOCTL_NOTIF_ADDFD, and PTRACE_O_EXITKILL */
#define ADDFD	 0x40182103
#define EXITKILL (1u << 20)

/* On the low half of the argument. No mask: it does not count. */
struct condition {
	unsigned int arg;
	uint32_t mask, value;
};

static const struct lack {
	const char *what;
	long number;
	int error;
	struct condition when[2];
} lacks[] = {
	{ "ptrace", SYS_ptrace, EPERM, { { 0 } } },
	{ "ptrace-info",
	  SYS_ptrace,
	  EIO,
	  { { 0, UINT32_MAX, PTRACE_GET_SYSCALL_INFO } } },
	{ "exitkill",
	  SYS_ptrace,
	  EINVAL,
	  { { 0, UINT32_MAX, PTRACE_SEIZE }, { 3, EXITKILL, EXITKILL } } },
	{ "process_vm_readv", SYS_process_vm_readv, EPERM, { { 0 } } },
	{ "seccomp", SYS_seccomp, EINVAL, { { 0 } } },
	{ "listener", SYS_seccomp, EINVAL, { { 1, 8, 8 } } },
	{ "addfd", SYS_ioctl, EINVAL, { { 1, UINT32_MAX, ADDFD } } },
	{ "dumpable",
	  SYS_prctl,
	  EPERM,
	  { { 0, UINT32_MAX, PR_SET_DUMPABLE } } },
	{ "pidfd_getfd", SYS_pidfd_getfd, EPERM, { { 0 } } },
	{ "memfd", SYS_memfd_create, ENOSYS, { { 0 } } },
	{ "mseal", MSEAL, ENOSYS, { { 0 } } },
	{ "openat2", SYS_openat2, ENOSYS, { { 0 } } },
	{ "kcmp", SYS_kcmp, EPERM, { { 0 } } },
};

enum { STATEMENTS_MAX = 200 };

static struct sock_filter code[STATEMENTS_MAX];
static unsigned short length;

static void add(struct sock_filter statement)
{
	code[length++] = statement;
}

static void load(size_t offset)
{
	add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
					 (uint32_t)offset));
}

/* Go on behind the next @skip statements unless it is equal. */
static void unless_equal(uint32_t value, unsigned int skip)
{
	add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0,
					 (unsigned char)skip));
}

static void add_lack(const struct lack *lack)
{
	unsigned int conditions = !!lack->when[0].mask + !!lack->when[1].mask;

	load(offsetof(struct seccomp_data, nr));
	unless_equal((uint32_t)lack->number, 3 * conditions + 1);
	for (unsigned int i = 0; i < conditions; i++) {
		const struct condition *condition = &lack->when[i];

		load(offsetof(struct seccomp_data, args) + 8 * condition->arg);
		add((struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K,
						 condition->mask));
		unless_equal(condition->value, 3 * (conditions - i - 1) + 1);
	}
	add((struct sock_filter)BPF_STMT(
		BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)lack->error));
}

static int add_named(const char *what)
{
	for (size_t i = 0; i < sizeof(lacks) / sizeof(lacks[0]); i++)
		if (!strcmp(what, lacks[i].what)) {
			add_lack(&lacks[i]);
			return 0;
		}
	fprintf(stderr, "without: what is %s?\n", what);
	return 1;
}

int main(int argc, char *argv[])
{
	struct sock_fprog program = { .filter = code };

	if (argc < 3)
		return 2;
	for (char *what = strtok(argv[1], ","); what; what = strtok(NULL, ","))
		if (add_named(what))
			return 2;
	add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
	program.len = length;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
		perror("without: seccomp");
		return 2;
	}
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return 127;
}
