/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Which ABI a call was made by: the kernel says so at each call, for a program
 * may change it from one to the next. */
#include "arch/arch.h"

#include <linux/audit.h>
#include <stddef.h>

#define X32_SYSCALL_BIT 0x40000000u

static const struct arch *const arches[] = { &arch_native, &arch_i386 };

static bool is_x32(uint32_t audit_arch, uint64_t number)
{
	/* -1 has the bit, but is nobody's call. */
	return audit_arch == AUDIT_ARCH_X86_64 && (number & X32_SYSCALL_BIT) &&
	       (int)number != -1;
}

const struct arch *arch_of(uint32_t audit_arch, uint64_t number)
{
	if (is_x32(audit_arch, number))
		return NULL;
	for (size_t i = 0; i < sizeof(arches) / sizeof(*arches); i++)
		if (arches[i]->audit_arch == audit_arch)
			return arches[i];
	return NULL;
}

const char *arch_abi_name(uint32_t audit_arch, uint64_t number)
{
	const struct arch *arch = arch_of(audit_arch, number);

	if (arch)
		return arch->name;
	return is_x32(audit_arch, number) ? "x32" : "unknown";
}
