/* SPDX-License-Identifier: LGPL-3.0-or-later */
#include "trace/loader.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "trace/mapping.h"

/* Where the interpreter is mapped; 0 for a static program. getauxval(3) */
static uint64_t interpreter_base(pid_t tid)
{
	Elf64_auxv_t entry;
	uint64_t base = 0;
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	while (read(fd, &entry, sizeof(entry)) == sizeof(entry))
		if (entry.a_type == AT_BASE)
			base = entry.a_un.a_val;
	close(fd);
	return base;
}

/* Are @base and @instruction in mappings of one and the same file, and the
 * latter in text that nobody can write? */
static bool is_text_of(pid_t tid, uint64_t base, uint64_t instruction)
{
	struct mapping file, text;

	return mapping_find(tid, base, &file) &&
	       mapping_find(tid, instruction, &text) && file.inode &&
	       file.inode == text.inode && file.major == text.major &&
	       file.minor == text.minor && !strcmp(text.permissions, "r-xp");
}

static bool is_loaders_list(const char *path)
{
	return !strcmp(path, "/etc/ld.so.cache") ||
	       !strcmp(path, "/etc/ld.so.preload");
}

static bool is_shared_object(const char *path)
{
	Elf64_Ehdr header;
	ssize_t len;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY |
				    O_NOFOLLOW);

	if (fd < 0)
		return false;
	len = read(fd, &header, sizeof(header));
	close(fd);
	return len == sizeof(header) &&
	       !memcmp(header.e_ident, ELFMAG, SELFMAG) &&
	       header.e_type == ET_DYN;
}

bool loader_opens_library(pid_t tid, uint64_t instruction,
			  const struct call *call)
{
	const struct target *target = call->n_targets ? call->targets : NULL;
	uint64_t base;

	if (call->classes != CLASS_BIT(CLASS_FILE_READ) || !target ||
	    target->kind != TARGET_PATH || call->n_targets != 1)
		return false;
	if (target->resolved && target->exists &&
	    !is_loaders_list(target->resolved) &&
	    !is_shared_object(target->resolved))
		return false;
	base = interpreter_base(tid);
	return base && is_text_of(tid, base, instruction);
}
