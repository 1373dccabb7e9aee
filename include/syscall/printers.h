/* SPDX-License-Identifier: LGPL-3.0-or-later */
/*
 * printers - one function for each way in which an argument can read.
 *
 * Only src/syscall/print*.c need this. A printer appends one argument to
 * ctx->out in strace's format. What it reads from the program's memory may be
 * anything: counts are capped, an object that cannot be read as a whole is
 * shown as its address.
 */
#ifndef SYSCALL_PRINTERS_H
#define SYSCALL_PRINTERS_H

#include <signal.h>

#include "syscall/consts.h"
#include "syscall/print.h"

#define PRINTER(name)                                                          \
	void print_##name(const struct print_ctx *ctx, uint64_t value);

/* print_number.c */
PRINTER(signed)
PRINTER(unsigned)
PRINTER(hex)
PRINTER(pointer)
PRINTER(fd)
PRINTER(dirfd)
PRINTER(uid)
PRINTER(ipc_key)
PRINTER(ipc_flags)
PRINTER(mode)
PRINTER(mode_creat) /* nothing when the open creates nothing */
PRINTER(mode_nod)
PRINTER(dev)	  /* nothing after the mode of what is no device */
PRINTER(constant) /* from the kind's table, as are the next */
PRINTER(flags)
PRINTER(open_flags)
PRINTER(statx_flags)
PRINTER(huge_flags)
PRINTER(mmap_flags)
PRINTER(mount_flags)
PRINTER(fanotify_flags)
PRINTER(mremap_to) /* nothing unless the flags name a place */
PRINTER(nothing)

/* print_string.c */
PRINTER(path)
PRINTER(string)
PRINTER(string_out)
PRINTER(argv)
PRINTER(envp)
PRINTER(buf_in)
PRINTER(buf_out)
PRINTER(sent)
PRINTER(received)
PRINTER(random_out)
PRINTER(iov_in)
PRINTER(iov_out)
PRINTER(iov_elsewhere) /* of another process */
PRINTER(xattr_in)
PRINTER(xattr_out)
PRINTER(xattr_list)

/* print_file.c */
PRINTER(fd_pair)
PRINTER(open_how)
PRINTER(stat_out)
PRINTER(statx_out)
PRINTER(statfs_out)
PRINTER(dirents_out)

/* print_fcntl.c, print_ioctl.c */
PRINTER(fcntl_arg)
PRINTER(ioctl_cmd)
PRINTER(ioctl_arg)

/* print_sockaddr.c, print_socket.c, print_msg.c */
PRINTER(sockaddr)
PRINTER(sockaddr_out)
PRINTER(socklen_out)
PRINTER(socket_type)
PRINTER(socket_protocol)
PRINTER(sockopt_name)
PRINTER(sockopt_in)
PRINTER(sockopt_out)
PRINTER(msghdr_in)
PRINTER(msghdr_out)
PRINTER(mmsghdr_in)
PRINTER(mmsghdr_out)

/* print_signal.c, print_siginfo.c */
PRINTER(signal)
PRINTER(sigset_in)
PRINTER(sigset_out)
PRINTER(sigaction_in)
PRINTER(sigaction_out)
PRINTER(sigframe)
PRINTER(siginfo_in)
PRINTER(siginfo_out)

/* print_process.c, print_clone.c, print_futex.c */
PRINTER(clone_flags)
PRINTER(clone_args)
PRINTER(wait_status_out)
PRINTER(rusage_out)
PRINTER(rlimit_in)
PRINTER(rlimit_out)
PRINTER(futex_op)
PRINTER(futex_waiters)

/* print_time.c */
PRINTER(timespec)
PRINTER(timespec_out)
PRINTER(timespec_left)
PRINTER(itimerspec)
PRINTER(itimerval)

/* print_dates.c, print_list.c */
PRINTER(timevals_of_file)
PRINTER(timespecs_of_file)
PRINTER(utimbuf)
PRINTER(time_out)
PRINTER(groups_in)
PRINTER(groups_out)
PRINTER(cpus_in)
PRINTER(cpus_out)
PRINTER(nodes_in)
PRINTER(nodes_out)
PRINTER(mempolicy)
PRINTER(mempolicy_out)
PRINTER(residence)
PRINTER(offset_in)
PRINTER(offset_moved)

/* print_poll.c */
PRINTER(epoll_change)
PRINTER(epoll_ready)
PRINTER(pollfds)
PRINTER(fd_set)
PRINTER(sigmask_pair)

/* print_sched.c */
PRINTER(sched_attr)
PRINTER(ioprio)
PRINTER(cpu_id)

/* print_system.c */
PRINTER(cap_data)
PRINTER(personality)
PRINTER(reboot_arg)
PRINTER(syslog_action)
PRINTER(syslog_buf)
PRINTER(syslog_size)
PRINTER(kcmp_index)
PRINTER(swap_flags)
PRINTER(pointer_out)
PRINTER(ulong_out)
PRINTER(uint_out)
PRINTER(int_out)
PRINTER(name_in)

/* print_ipc.c */
PRINTER(ipc_cmd)
PRINTER(msgctl_arg)
PRINTER(shmctl_arg)
PRINTER(semctl_arg)
PRINTER(sembufs)
PRINTER(msgbuf_in)
PRINTER(msgbuf_out)
PRINTER(mq_attr_creat)
PRINTER(sigevent)

/* print_prctl.c, print_handle.c */
PRINTER(arch_prctl_arg)
PRINTER(handle_made)
PRINTER(handle_in)
PRINTER(mount_id_out)

/* print_aio.c */
PRINTER(iocb)
PRINTER(iocbs)
PRINTER(io_events)

/* print_uring.c */
PRINTER(uring_params)
PRINTER(uring_arg)

/* print_segment.c */
PRINTER(segment)
PRINTER(segment_asked)

/* print_key.c */
PRINTER(key)

/* print_kernel.c */
PRINTER(iov_addrs)
PRINTER(landlock_ruleset)
PRINTER(landlock_rule)
PRINTER(kexec_flags)
PRINTER(perf_attr)
PRINTER(seccomp_flags)
PRINTER(seccomp_arg)
/* print_bpf.c */
PRINTER(bpf_attr)

/* print_mount.c */
PRINTER(mount_type)
PRINTER(mount_data)
PRINTER(mount_attr_in)
PRINTER(fsconfig_key)
PRINTER(fsconfig_value)
PRINTER(fsconfig_aux)
PRINTER(quota_cmd)
PRINTER(quota_id)
PRINTER(quota_arg)

/* print_newer.c */
PRINTER(futex_pair)
PRINTER(mnt_ids)
PRINTER(lsm_ids)
PRINTER(lsm_ctx)
PRINTER(xattr_args)

/* print_struct.c */
#define STRUCT(id, ...) PRINTER(id)
#include "syscall/structs.def"
#undef STRUCT
#undef PRINTER

/* Calls whose arguments read in an order of their own: all of them between
 * the parentheses, first at entry, then, with ctx->exiting, what the exit
 * adds. */
void print_clone(const struct print_ctx *ctx);
void print_futex(const struct print_ctx *ctx);
void print_keyctl(const struct print_ctx *ctx);
void print_prctl(const struct print_ctx *ctx);
void print_ptrace(const struct print_ctx *ctx);

/* Results: all behind " = ". */
void print_adjtimex_result(const struct print_ctx *ctx);
void print_ioprio_result(const struct print_ctx *ctx);
void print_ldt_result(const struct print_ctx *ctx);
void print_membarrier_result(const struct print_ctx *ctx);
void print_personality_result(const struct print_ctx *ctx);
void print_prctl_result(const struct print_ctx *ctx);
void print_poll_result(const struct print_ctx *ctx);
void print_signal_result(const struct print_ctx *ctx);
void print_scheduler_result(const struct print_ctx *ctx);
void print_select_result(const struct print_ctx *ctx);

/* ---- for printers ---- */

/* Argument @arg, 0 when the call has not so many. */
uint64_t print_arg(const struct print_ctx *ctx, int arg);

/* The argument of this kind, 0 when there is none. */
uint64_t print_arg_of(const struct print_ctx *ctx, enum arg_kind kind);

/* The call failed, and wrote nothing. */
bool print_failed(const struct print_ctx *ctx);

/* Read an object; when that cannot be, append the address, say false. */
bool print_fetch(const struct print_ctx *ctx, uint64_t addr, void *object,
		 size_t size);

/* The same for what the kernel fills in: also false when the call failed. */
bool print_fetch_out(const struct print_ctx *ctx, uint64_t addr, void *object,
		     size_t size);

/* Pointers or longs of the program: how large they are; up to @count of them
 * at @addr, and how many there were. */
size_t print_word_size(const struct print_ctx *ctx);
size_t print_words(const struct print_ctx *ctx, uint64_t addr, uint64_t *words,
		   size_t count);

/* "NULL", "0x7ffc..." */
void print_addr(struct buf *out, uint64_t addr);

/* @len bytes between quotes, octal escapes; hexadecimal where the options say
 * so, or in any case. */
void print_quoted(struct buf *out, const void *bytes, size_t len);
void print_quoted_hex(struct buf *out, const void *bytes, size_t len);

/* The same without the quotes; the bytes in @also are escaped, too. */
void print_unquoted(struct buf *out, const void *bytes, size_t len,
		    const char *also);

/* A descriptor, with what it is open on where the options ask for that; and
 * that alone. */
void print_fd_number(struct buf *out, int fd);
void print_describe_fd(struct buf *out, int fd);

/* Is it a netlink socket, and of which protocol (-1: not known)? What a family
 * of generic netlink is called; NULL: not known. print.h */
bool print_netlink_fd(int fd, int *protocol);
const char *print_generic_name(uint16_t type);

/* A C string at @addr cut at @limit bytes, or the address. */
void print_string_at(const struct print_ctx *ctx, uint64_t addr, size_t limit);

/* @len bytes at @addr, cut at the option's limit, or the address. */
void print_bytes_at(const struct print_ctx *ctx, uint64_t addr, uint64_t len);

/* The same in hexadecimal. */
void print_bytes_hex_at(const struct print_ctx *ctx, uint64_t addr,
			uint64_t len);

/* "[a, b, ...]": @count elements of @size bytes (at most 128) at @addr, each
 * shown by @element, where @owner is passed on. As many as fit the option's
 * limit; what cannot be read ends it with its address. */
void print_array(const struct print_ctx *ctx, uint64_t addr, uint64_t count,
		 size_t size,
		 void (*element)(const struct print_ctx *ctx,
				 const void *object, void *owner),
		 void *owner);

/* iovec[@count] at @addr, of which @bytes are filled; UINT64_MAX: all. */
void print_iovec(const struct print_ctx *ctx, uint64_t addr, uint64_t count,
		 uint64_t bytes);

/* The same of a message that goes through descriptor @fd. */
void print_iovec_of(const struct print_ctx *ctx, int fd, uint64_t addr,
		    uint64_t count, uint64_t bytes);

/* The same without what they hold. */
void print_iovec_addrs(const struct print_ctx *ctx, uint64_t addr,
		       uint64_t count);

/* A socket address of @len bytes at @addr, or the address. */
void print_sockaddr_at(const struct print_ctx *ctx, uint64_t addr, int64_t len);

/* The same of @size bytes that were read. */
void print_sockaddr_object(struct buf *out, const void *object, size_t size);

/* "if_nametoindex("lo")", "77" */
void print_interface(struct buf *out, unsigned int index);

/* Names of all of the open flags, the access mode among them. */
void print_open_word(struct buf *out, uint64_t flags);

/* "S_IFREG|S_ISUID|0644" */
void print_symbolic_mode(struct buf *out, unsigned int mode);

/* "[0 2]": the bits of @size bytes at @addr, or the address. */
void print_cpu_set(const struct print_ctx *ctx, uint64_t addr, uint64_t size);

/* "makedev(0x8, 0x1)" */
void print_device(struct buf *out, uint64_t dev);

/* "8192*1024", "RLIM64_INFINITY" */
void print_limit(struct buf *out, uint64_t limit);

/* "SIGINT", "0" */
void print_signal_number(struct buf *out, int number);

/* "[INT CHLD]", "~[]" */
void print_sigset(struct buf *out, uint64_t set);

/* "{si_signo=...}" */
void print_siginfo(struct buf *out, const siginfo_t *info);

/* Does the argument wait for the exit, though its kind does not? */
bool print_fcntl_reads(uint64_t command);
bool print_syslog_reads(uint64_t action);
bool print_arch_prctl_reads(uint64_t option);
bool print_command_reads(const struct call *call, enum arg_kind kind);

/* What stands in parentheses behind the result of fcntl. */
void print_fcntl_result(struct buf *out, const struct call *call,
			int64_t result);

#endif
