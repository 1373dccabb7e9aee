/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* registers PATH: unlink PATH by hand and print the result and which registers
 * have changed (rax, rcx and r11 may). */
#include <stdio.h>
#include <sys/syscall.h>

int main(int argc, char *argv[])
{
	long before[12] = { (long)argv[1], 0x2222, 0x3333, 0x4444, 0x5555,
			    0x6666,	   0x7777, 0x8888, 0x9999, 0xaaaa };
	long after[12], result;

	if (argc != 2)
		return 99;
	__asm__ volatile(
		"mov 0(%[in]), %%rdi\n\t"
		"mov 8(%[in]), %%rsi\n\t"
		"mov 16(%[in]), %%rdx\n\t"
		"mov 24(%[in]), %%r10\n\t"
		"mov 32(%[in]), %%r8\n\t"
		"mov 40(%[in]), %%r9\n\t"
		"mov 48(%[in]), %%r12\n\t"
		"mov 56(%[in]), %%r13\n\t"
		"mov 64(%[in]), %%r14\n\t"
		"mov %[number], %%rax\n\t"
		"syscall\n\t"
		"mov %%rdi, 0(%[out])\n\t"
		"mov %%rsi, 8(%[out])\n\t"
		"mov %%rdx, 16(%[out])\n\t"
		"mov %%r10, 24(%[out])\n\t"
		"mov %%r8, 32(%[out])\n\t"
		"mov %%r9, 40(%[out])\n\t"
		"mov %%r12, 48(%[out])\n\t"
		"mov %%r13, 56(%[out])\n\t"
		"mov %%r14, 64(%[out])\n\t"
		: "=&a"(result)
		: [in] "b"(before), [out] "r"(after), [number] "i"(SYS_unlink)
		: "rdi", "rsi", "rdx", "r10", "r8", "r9", "r12", "r13", "r14",
		  "rcx", "r11", "memory");
	for (int i = 0; i < 9; i++)
		if (before[i] != after[i])
			printf("register %d changed\n", i);
	printf("result %ld\n", result);
	return 0;
}
