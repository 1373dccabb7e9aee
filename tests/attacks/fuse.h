/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* fuse - a file system with one file, "f", of one page, whose server does not
 * answer one kind of request. */
#ifndef FUSE_H
#define FUSE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FUSE_FILE_SIZE = 4096, FUSE_FILE_NODE = 2 };

static inline void fuse_answer(int fd, uint64_t unique, int error,
			       const void *out, size_t len)
{
	struct fuse_out_header header = {
		.len = (uint32_t)(sizeof(header) + len),
		.error = error,
		.unique = unique,
	};
	struct iovec parts[] = { { &header, sizeof(header) },
				 { (void *)out, len } };

	if (writev(fd, parts, 2) < 0)
		_exit(1);
}

static inline struct fuse_attr fuse_attributes(uint64_t node)
{
	return (struct fuse_attr){
		.ino = node,
		.size = FUSE_FILE_SIZE,
		.mode = node == FUSE_FILE_NODE ? S_IFREG | 0444 :
						 S_IFDIR | 0755,
		.nlink = 1,
	};
}

static inline void fuse_answer_init(int fd, const struct fuse_in_header *header)
{
	const struct fuse_init_out out = {
		.major = FUSE_KERNEL_VERSION,
		.minor = 31,
		.max_readahead = FUSE_FILE_SIZE,
		.flags = FUSE_ASYNC_READ,
		.max_write = FUSE_FILE_SIZE,
	};

	fuse_answer(fd, header->unique, 0, &out, sizeof(out));
}

static inline void fuse_answer_lookup(int fd,
				      const struct fuse_in_header *header)
{
	const struct fuse_entry_out out = {
		.nodeid = FUSE_FILE_NODE,
		.attr_valid = 60,
		.entry_valid = 60,
		.attr = fuse_attributes(FUSE_FILE_NODE),
	};

	fuse_answer(fd, header->unique, 0, &out, sizeof(out));
}

static inline void fuse_answer_attributes(int fd,
					  const struct fuse_in_header *header)
{
	const struct fuse_attr_out out = {
		.attr_valid = 60,
		.attr = fuse_attributes(header->nodeid),
	};

	fuse_answer(fd, header->unique, 0, &out, sizeof(out));
}

/* Never ends by itself. @silent: the call that is not answered. */
static inline void fuse_serve(int fd, uint32_t silent)
{
	static char request[1 << 16];
	const struct fuse_in_header *header = (const void *)request;
	const struct fuse_open_out opened = { .fh = 1 };

	while (read(fd, request, sizeof(request)) >= (ssize_t)sizeof(*header)) {
		if (header->opcode == silent)
			continue;
		switch (header->opcode) {
		case FUSE_INIT:
			fuse_answer_init(fd, header);
			break;
		case FUSE_LOOKUP:
			fuse_answer_lookup(fd, header);
			break;
		case FUSE_GETATTR:
			fuse_answer_attributes(fd, header);
			break;
		case FUSE_OPEN:
			fuse_answer(fd, header->unique, 0, &opened,
				    sizeof(opened));
			break;
		case FUSE_FORGET:
		case FUSE_BATCH_FORGET:
		case FUSE_INTERRUPT:
			break;
		default:
			fuse_answer(fd, header->unique, -ENOSYS, NULL, 0);
		}
	}
	_exit(0);
}

static inline int fuse_become_root_of(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	int ok = fd >= 0 && write(fd, text, strlen(text)) > 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* In a mount namespace, and if need be a user namespace of our own. */
static inline int fuse_own_mounts(void)
{
	char map[40];

	if (unshare(CLONE_NEWNS)) {
		snprintf(map, sizeof(map), "0 %d 1", (int)geteuid());
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) ||
		    !fuse_become_root_of("/proc/self/uid_map", map))
			return 0;
	}
	return !mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

/* Returns the server, or 0. Whoever waits for it is freed when it is killed. */
static inline pid_t fuse_mount(const char *dir, uint32_t silent)
{
	char options[80];
	int fd = open("/dev/fuse", O_RDWR);
	pid_t server;

	if (fd < 0 || !fuse_own_mounts())
		return 0;
	snprintf(options, sizeof(options),
		 "fd=%d,rootmode=40755,user_id=%d,group_id=%d", fd,
		 (int)geteuid(), (int)getegid());
	if (mount("stuck", dir, "fuse", MS_NOSUID | MS_NODEV, options))
		return 0;
	server = fork();
	if (!server)
		fuse_serve(fd, silent);
	close(fd);
	return server;
}

#endif
