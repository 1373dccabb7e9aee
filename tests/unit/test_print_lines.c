/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Calls in strace's format: the lines are what strace 6.1 prints. */
#include "print_memory.h"

#define Y32 "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
#define PATH8                                                                  \
	"\"/etc/x\", \"/etc/x\", \"/etc/x\", \"/etc/x\", "                     \
	"\"/etc/x\", \"/etc/x\", \"/etc/x\", \"/etc/x\", "
#define ACTION_TEXT                                                            \
	"{sa_handler=0x401000, sa_mask=[], sa_flags=SA_RESTORER|SA_RESTART, "  \
	"sa_restorer=0x402000}"
#define EBADF_TEXT " = -1 EBADF (Bad file descriptor)"

static const struct line lines[] = {
	/* numbers, flags, constants */
	{ "openat",
	  { S32(AT_FDCWD), PATH, O_RDONLY | O_CLOEXEC },
	  3,
	  "openat(AT_FDCWD, \"/etc/x\", O_RDONLY|O_CLOEXEC) = 3" },
	{ "openat",
	  { 5, PATH, O_RDWR | O_CREAT | 4, 0644 },
	  -2,
	  "openat(5, \"/etc/x\", O_RDWR|O_CREAT|0x4, 0644) = -1 ENOENT "
	  "(No such file or directory)" },
	{ "open",
	  { 0, 3 },
	  -14,
	  "open(NULL, O_ACCMODE)                   "
	  "= -1 EFAULT (Bad address)" },
	{ "open",
	  { END, 020200000, 01 },
	  -14,
	  "open(0x12000, O_RDONLY|O_TMPFILE, 001)  = -1 EFAULT (Bad address)" },
	{ "chmod",
	  { PATH, 0 },
	  0,
	  "chmod(\"/etc/x\", 000)                    = 0" },
	{ "mknod",
	  { PATH, S_IFREG | 0644, 5 },
	  0,
	  "mknod(\"/etc/x\", S_IFREG|0644)           = 0" },
	{ "mknod",
	  { PATH, S_IFCHR | 0644, 0x1234 },
	  0,
	  "mknod(\"/etc/x\", S_IFCHR|0644, makedev(0x12, 0x34)) = 0" },
	{ "umask",
	  { 022 },
	  0,
	  "umask(022)                              = 000" },
	{ "chown",
	  { PATH, UINT32_MAX, 0 },
	  0,
	  "chown(\"/etc/x\", -1, 0)                  = 0" },
	{ "lseek",
	  { S32(-1), S32(-5), 5 },
	  -9,
	  "lseek(-1, -5, 0x5 /* SEEK_??? */)       "
	  "= -1 EBADF "
	  "(Bad file descriptor)" },
	{ "statx",
	  { 3, PATH, 0x400, 0xfff, STATX },
	  0,
	  "statx(3, \"/etc/x\", AT_STATX_SYNC_AS_STAT|AT_SYMLINK_FOLLOW, "
	  "STATX_ALL, {stx_mask=STATX_BASIC_STATS, stx_attributes=0, "
	  "stx_mode=S_IFDIR|S_ISVTX|0777, stx_size=4096, ...}) = 0" },
	{ "dup3",
	  { 1, 2, 1 },
	  -22,
	  "dup3(1, 2, 0x1 /* O_??? */)             "
	  "= -1 EINVAL (Invalid argument)" },
	{ "mmap",
	  { 0, 1, 3, 0x22 | 21u << 26, S32(-1), 0x1000 },
	  0x7000,
	  "mmap(NULL, 1, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS|"
	  "21<<MAP_HUGE_SHIFT, -1, 0x1000) = 0x7000" },
	{ "mmap",
	  { 0, 1, 0, 4, S32(-1), 0 },
	  -22,
	  "mmap(NULL, 1, PROT_NONE, 0x4 /* MAP_??? */, -1, 0) = -1 EINVAL "
	  "(Invalid argument)" },
	{ "memfd_create",
	  { PATH, 21u << 26 },
	  3,
	  "memfd_create(\"/etc/x\", 21<<MFD_HUGE_SHIFT) = 3" },
	{ "mount",
	  { 0, PATH, 0, 0xC0ED0001, 0 },
	  0,
	  "mount(NULL, \"/etc/x\", NULL, MS_MGC_VAL|MS_RDONLY, NULL) = 0" },
	{ "brk",
	  { 0 },
	  0x555000,
	  "brk(NULL)                               "
	  "= 0x555000" },
	{ "mremap",
	  { BASE, 1, 2, 1, 7 },
	  BASE,
	  "mremap(0x10000, 1, 2, MREMAP_MAYMOVE)   = 0x10000" },
	{ "ioctl",
	  { 0, 0x5401, 8 },
	  -25,
	  "ioctl(0, TCGETS, 0x8)                   = -1 ENOTTY "
	  "(Inappropriate ioctl for device)" },
	{ "ioctl",
	  { 0, 0x40049409, 5 },
	  0,
	  "ioctl(0, BTRFS_IOC_CLONE or FICLONE, 5) = 0" },
	{ "ioctl",
	  { 0, 0x12345678, 5 },
	  0,
	  "ioctl(0, _IOC(_IOC_NONE, 0x56, 0x78, 0x1234), 0x5) = 0" },

	/* strings */
	{ "chdir",
	  { ODD },
	  0,
	  "chdir(\"\\1\\0022\\n\\\"\\\\\\177\\377\")          = 0" },
	{ "chdir", { LONG }, 0, "chdir(\"" Y32 "yyyyyyyy\") = 0" },
	{ "write", { 1, LONG, 40 }, 40, "write(1, \"" Y32 "\"..., 40) = 40" },
	{ "write",
	  { 1, END - 4, 8 },
	  -14,
	  "write(1, 0x11ffc, 8)                    = -1 EFAULT (Bad address)" },
	{ "write",
	  { 1, PATH, 0 },
	  0,
	  "write(1, \"\", 0)                         = 0" },
	{ "read",
	  { 0, PATH, 100 },
	  4,
	  "read(0, \"/etc\", 100)                    = 4" },
	{ "read",
	  { 0, PATH, 100 },
	  -9,
	  "read(0, 0x10000, 100)                  " EBADF_TEXT },
	{ "readlink",
	  { PATH, LONG, 40 },
	  40,
	  "readlink(\"/etc/x\", \"" Y32 "\"..., 40) = 40" },
	{ "getcwd",
	  { LONG, 100 },
	  41,
	  "getcwd(\"" Y32 "yyyyyyyy\", 100) = 41" },
	{ "execve",
	  { PATH, ARGV, ARGV },
	  -2,
	  "execve(\"/etc/x\", [\"/etc/x\", \"" Y32 "\"...], 0x10240 "
	  "/* 2 vars */) = -1 ENOENT (No such file or directory)" },
	{ "execve",
	  { PATH, ARGV + 16, ARGV + 8 },
	  0,
	  "execve(\"/etc/x\", [], 0x10248 /* 1 var */) = 0" },
	{ "execve",
	  { PATH, 0, 0 },
	  0,
	  "execve(\"/etc/x\", NULL, NULL)            = 0" },
	{ "execve",
	  { PATH, LAST_ARGS, LAST_ARGS },
	  0,
	  "execve(\"/etc/x\", [\"/etc/x\", 0x8, ... /* 0x12000 */], 0x11ff0 "
	  "/* 2 vars, unterminated */) = 0" },
	{ "execve",
	  { PATH, MANY_ARGS, 0 },
	  0,
	  "execve(\"/etc/x\", [" PATH8 PATH8 PATH8 PATH8 "...], NULL) = 0" },
	{ "execve",
	  { PATH, END, END - 3 },
	  0,
	  "execve(\"/etc/x\", 0x12000, 0x11ffd)      = 0" },
	{ "writev",
	  { 1, IOV, 4 },
	  9,
	  "writev(1, [{iov_base=\"yyy\", iov_len=3}, {iov_base=\"/etc/x\", "
	  "iov_len=6}, {iov_base=0x8, iov_len=4}, {iov_base=NULL, "
	  "iov_len=0}], 4) = 9" },
	{ "readv",
	  { 0, IOV, 2 },
	  4,
	  "readv(0, [{iov_base=\"yyy\", iov_len=3}, {iov_base=\"/\", "
	  "iov_len=6}], 2) = 4" },
	{ "readv",
	  { 0, IOV, 1 },
	  -9,
	  "readv(0, [{iov_base=0x10100, iov_len=3}], 1)" EBADF_TEXT },
	{ "writev",
	  { 1, LAST_ARGS, 3 },
	  0,
	  "writev(1, [{iov_base=\"/etc/x\\0\\0\", iov_len=8}, ... /* 0x12000 */], 3) "
	  "= 0" },
	{ "writev",
	  { 1, IOV, 0 },
	  0,
	  "writev(1, [], 0)                        = 0" },
	{ "writev",
	  { 1, UINT64_MAX - 8, UINT32_MAX },
	  0,
	  "writev(1, 0xfffffffffffffff7, 4294967295) = 0" },

	/* newer than strace 6.1 */
	{ "futex_wake",
	  { END, 0xffffffff, 3, 2 | 128 },
	  1,
	  "futex_wake(0x12000, 0xffffffff, 3, FUTEX_32|FUTEX_PRIVATE_FLAG)"
	  " = 1" },
	{ "futex_wait",
	  { END, 7, 1, 2, 0, 1 },
	  -11,
	  "futex_wait(0x12000, 7, 0x1, FUTEX_32, NULL, CLOCK_MONOTONIC)"
	  " = -1 EAGAIN (Resource temporarily unavailable)" },
	{ "futex_requeue",
	  { END, 0, 1, 2 },
	  -14,
	  "futex_requeue(0x12000, 0, 1, 2)         = -1 EFAULT "
	  "(Bad address)" },
	{ "statmount",
	  { END, END, 512, 0 },
	  -14,
	  "statmount(0x12000, 0x12000, 512, 0)     = -1 EFAULT "
	  "(Bad address)" },
	{ "lsm_get_self_attr",
	  { 100, 0, 0, 1 },
	  -14,
	  "lsm_get_self_attr(LSM_ATTR_CURRENT, NULL, NULL, LSM_FLAG_SINGLE)"
	  " = -1 EFAULT (Bad address)" },
	{ "lsm_list_modules",
	  { 0, 0, 0 },
	  -14,
	  "lsm_list_modules(NULL, NULL, 0)         = -1 EFAULT "
	  "(Bad address)" },
	{ "mseal",
	  { END, 4096, 0 },
	  0,
	  "mseal(0x12000, 4096, 0)                 = 0" },
	{ "getxattrat",
	  { 3, PATH, 0x100, PATH, 0, 16 },
	  -9,
	  "getxattrat(3, \"/etc/x\", AT_SYMLINK_NOFOLLOW, \"/etc/x\", NULL, 16)" EBADF_TEXT },
	{ "listxattrat",
	  { 3, PATH, 0, END, 16 },
	  -9,
	  "listxattrat(3, \"/etc/x\", 0, 0x12000, 16)" EBADF_TEXT },
	{ "removexattrat",
	  { 3, PATH, 0, PATH },
	  -9,
	  "removexattrat(3, \"/etc/x\", 0, \"/etc/x\")" EBADF_TEXT },
	{ "open_tree_attr",
	  { 3, PATH, 1, END, 32 },
	  -9,
	  "open_tree_attr(3, \"/etc/x\", OPEN_TREE_CLONE, 0x12000, 32)" EBADF_TEXT },
	{ "file_getattr",
	  { 3, PATH, END, 24, 0 },
	  -9,
	  "file_getattr(3, \"/etc/x\", 0x12000, 24, 0)" EBADF_TEXT },
	{ "file_setattr",
	  { 3, PATH, END, 24, 0x100 },
	  -9,
	  "file_setattr(3, \"/etc/x\", 0x12000, 24, AT_SYMLINK_NOFOLLOW)" EBADF_TEXT },
	{ "fchmodat2",
	  { 3, PATH, 0600, 0x100 },
	  -9,
	  "fchmodat2(3, \"/etc/x\", 0600, AT_SYMLINK_NOFOLLOW)" EBADF_TEXT },
	{ "uretprobe",
	  { 0 },
	  -38,
	  "uretprobe()                             = -1 ENOSYS "
	  "(Function not implemented)" },
	{ "uprobe",
	  { 0 },
	  -38,
	  "uprobe()                                = -1 ENOSYS "
	  "(Function not implemented)" },
	{ "cachestat",
	  { 3, IOV, 0, 0 },
	  -9,
	  "cachestat(3, {off=65792, len=3}, NULL, 0)" EBADF_TEXT },
	{ "map_shadow_stack",
	  { 0, 4096, 3 },
	  0x7000,
	  "map_shadow_stack(NULL, 4096, "
	  "SHADOW_STACK_SET_TOKEN|SHADOW_STACK_SET_MARKER) = 0x7000" },
	{ "setxattrat",
	  { 3, PATH, 0, PATH, IOV, 16 },
	  -9,
	  "setxattrat(3, \"/etc/x\", 0, \"/etc/x\", {value=\"yyy\", size=3, "
	  "flags=0}, 16)" EBADF_TEXT },
	{ "listmount",
	  { END, END, 1, 1 },
	  -14,
	  "listmount(0x12000, 0x12000, 1, LISTMOUNT_REVERSE) = -1 EFAULT "
	  "(Bad address)" },
	{ "lsm_set_self_attr",
	  { 100, 0, 8, 0 },
	  -14,
	  "lsm_set_self_attr(LSM_ATTR_CURRENT, NULL, 8, 0) = -1 EFAULT "
	  "(Bad address)" },

	/* sockets */
	{ "socket",
	  { 1, SOCK_STREAM | SOCK_CLOEXEC, 0 },
	  3,
	  "socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3" },
	{ "socket",
	  { S32(-1), S32(-1), S32(-1) },
	  -22,
	  "socket(0xffffffff /* AF_??? */, SOCK_CLOEXEC|SOCK_NONBLOCK|"
	  "0xfff7f7ff, 4294967295) = -1 EINVAL (Invalid argument)" },
	{ "socket",
	  { 17, 3, 0x300 },
	  3,
	  "socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)) = 3" },
	{ "connect",
	  { 3, UNIX, 110 },
	  0,
	  "connect(3, {sa_family=AF_UNIX, sun_path=\"/run/s\"}, 110) = 0" },
	{ "connect",
	  { 3, ABSTRACT, 6 },
	  0,
	  "connect(3, {sa_family=AF_UNIX, sun_path=@\"a\\0\\\"\"}, 6) = 0" },
	{ "bind",
	  { 3, UNIX, 2 },
	  0,
	  "bind(3, {sa_family=AF_UNIX}, 2)         = 0" },
	{ "connect",
	  { 3, INET, 16 },
	  0,
	  "connect(3, {sa_family=AF_INET, sin_port=htons(80), "
	  "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0" },
	{ "connect",
	  { 3, INET, 7 },
	  0,
	  "connect(3, {sa_family=AF_INET, sa_data=\"\\0P\\177\\0\\0\"}, 7) "
	  "= 0" },
	{ "connect",
	  { 3, INET6, 28 },
	  0,
	  "connect(3, {sa_family=AF_INET6, sin6_port=htons(80), "
	  "sin6_flowinfo=htonl(5), inet_pton(AF_INET6, \"2001:db8::1\", "
	  "&sin6_addr), sin6_scope_id=7}, 28) = 0" },
	{ "connect",
	  { 3, NETLINK, 12 },
	  0,
	  "connect(3, {sa_family=AF_NETLINK, nl_pid=5, nl_groups=0x000010}, "
	  "12) = 0" },
	{ "connect",
	  { 3, STRANGE, 5 },
	  0,
	  "connect(3, {sa_family=0x4d /* AF_??? */, sa_data=\"abc\"}, 5) "
	  "= 0" },
	{ "connect",
	  { 3, INET, S32(-1) },
	  -22,
	  "connect(3, 0x10500, -1)                 = -1 EINVAL "
	  "(Invalid argument)" },
	{ "connect",
	  { 3, END - 4, 16 },
	  -14,
	  "connect(3, 0x11ffc, 16)                 = -1 EFAULT "
	  "(Bad address)" },
	{ "accept",
	  { 3, INET, LENGTH },
	  4,
	  "accept(3, {sa_family=AF_INET, sin_port=htons(80), "
	  "sin_addr=inet_addr(\"127.0.0.1\")}, [16]) = 4" },
	{ "accept",
	  { 3, INET, LENGTH },
	  -9,
	  "accept(3, 0x10500, [16])               " EBADF_TEXT },
	{ "accept",
	  { 3, 0, 0 },
	  4,
	  "accept(3, NULL, NULL)                   = 4" },
	{ "sendmsg",
	  { 3, MSG, 0x4000 },
	  9,
	  "sendmsg(3, {msg_name={sa_family=AF_UNIX, sun_path=\"/run/s\"}, "
	  "msg_namelen=10, msg_iov=[{iov_base=\"yyy\", iov_len=3}, "
	  "{iov_base=\"/etc/x\", iov_len=6}], msg_iovlen=2, "
	  "msg_control=[{cmsg_len=24, cmsg_level=SOL_SOCKET, "
	  "cmsg_type=SCM_RIGHTS, cmsg_data=[1, 2]}, {cmsg_len=28, "
	  "cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, "
	  "cmsg_data={pid=12, uid=0, gid=0}}, ... /* 0x106b8 */], msg_controllen=64, "
	  "msg_flags=0}, MSG_NOSIGNAL) = 9" },
	{ "recvmsg",
	  { 3, MSG, 0 },
	  -11,
	  "recvmsg(3, {msg_namelen=10}, 0)         = -1 EAGAIN "
	  "(Resource temporarily unavailable)" },
	{ "sendmmsg",
	  { 3, END, 2, 0 },
	  -14,
	  "sendmmsg(3, 0x12000, 2, 0)              = -1 EFAULT "
	  "(Bad address)" },
	{ "setsockopt",
	  { 3, 1, 2, LENGTH, 4 },
	  0,
	  "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [16], 4) = 0" },
	{ "setsockopt",
	  { 3, 6, 200, LENGTH, 2 },
	  0,
	  "setsockopt(3, SOL_TCP, 0xc8 /* TCP_??? */, \"\\20\\0\", 2) = 0" },
	{ "socketpair",
	  { 1, 1, 0, FDS },
	  0,
	  "socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0" },

	/* files */
	{ "stat",
	  { PATH, STAT },
	  0,
	  "stat(\"/etc/x\", {st_mode=S_IFREG|S_ISUID|0755, st_size=9, ...}) "
	  "= 0" },
	{ "fstat",
	  { 0, DEVICE },
	  0,
	  "fstat(0, {st_mode=S_IFCHR|0666, st_rdev=makedev(0x5, 0x3), ...}) "
	  "= 0" },
	{ "stat",
	  { PATH, END },
	  -14,
	  "stat(\"/etc/x\", 0x12000)                 = -1 EFAULT "
	  "(Bad address)" },
	{ "fstatfs",
	  { 0, STATFS },
	  0,
	  "fstatfs(0, {f_type=PROC_SUPER_MAGIC, f_bsize=4096, f_blocks=0, "
	  "f_bfree=0, f_bavail=0, f_files=0, f_ffree=0, f_fsid={val=[0x15, "
	  "0]}, f_namelen=255, f_frsize=4096, f_flags=ST_VALID|ST_RELATIME}) "
	  "= 0" },
	{ "getdents64",
	  { 3, ENTRIES, 100 },
	  48,
	  "getdents64(3, 0x10c00 /* 2 entries */, 100) = 48" },
	{ "getdents64",
	  { 3, ENTRIES, 100 },
	  72,
	  "getdents64(3, 0x10c00 /* 2 entries */, 100) = 72" },
	{ "openat2",
	  { 3, PATH, HOW, 24 },
	  4,
	  "openat2(3, \"/etc/x\", {flags=O_WRONLY|O_CREAT, mode=0600, "
	  "resolve=RESOLVE_BENEATH}, 24) = 4" },
	{ "openat2",
	  { 3, PATH, HOW, 10 },
	  -22,
	  "openat2(3, \"/etc/x\", 0x10780, 10)       = -1 EINVAL "
	  "(Invalid argument)" },
	{ "openat2",
	  { 3, PATH, END - 24, 32 },
	  -14,
	  "openat2(3, \"/etc/x\", {flags=O_RDONLY, mode=0200000, "
	  "resolve=RESOLVE_BENEATH, ???}, 32) = -1 EFAULT (Bad address)" },
	{ "fcntl",
	  { 3, F_GETFD },
	  1,
	  "fcntl(3, F_GETFD)                       = 0x1 "
	  "(flags FD_CLOEXEC)" },
	{ "fcntl",
	  { 3, F_GETFD },
	  0,
	  "fcntl(3, F_GETFD)                       = 0" },
	{ "fcntl",
	  { 3, F_GETFL },
	  0x8002,
	  "fcntl(3, F_GETFL)                       = 0x8002 "
	  "(flags O_RDWR|O_LARGEFILE)" },
	{ "fcntl",
	  { 3, F_SETFL, 0x802 },
	  0,
	  "fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK)    = 0" },
	{ "fcntl",
	  { 3, 6, LOCK },
	  0,
	  "fcntl(3, F_SETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=0, "
	  "l_len=10}) = 0" },
	{ "fcntl",
	  { 3, 5, LOCK },
	  0,
	  "fcntl(3, F_GETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=0, "
	  "l_len=10, l_pid=77}) = 0" },
	{ "fcntl",
	  { 3, 999, 5 },
	  -22,
	  "fcntl(3, 0x3e7 /* F_??? */, 0x5)        = -1 EINVAL "
	  "(Invalid argument)" },

	/* processes and signals */
	{ "kill", { 5, 9 }, 0, "kill(5, SIGKILL)                        = 0" },
	{ "rt_sigprocmask",
	  { 0, SET, FULL_SET, 8 },
	  0,
	  "rt_sigprocmask(SIG_BLOCK, [INT CHLD], ~[RTMIN RT_1], 8) = 0" },
	{ "rt_sigprocmask",
	  { 0, SET, 0, 4 },
	  -22,
	  "rt_sigprocmask(SIG_BLOCK, 0x10700, NULL, 4) = -1 EINVAL "
	  "(Invalid argument)" },
	{ "rt_sigaction",
	  { 10, ACTION, ACTION, 8 },
	  0,
	  "rt_sigaction(SIGUSR1, " ACTION_TEXT ", " ACTION_TEXT ", 8) = 0" },
	{ "wait4",
	  { S32(-1), STATUS, 1, 0 },
	  7,
	  "wait4(-1, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL && "
	  "WCOREDUMP(s)}], WNOHANG, NULL) = 7" },
	{ "wait4",
	  { S32(-1), STATUS, 1, 0 },
	  0,
	  "wait4(-1, 0x10740, WNOHANG, NULL)       = 0" },
	{ "wait4",
	  { S32(-1), STATUS, 0, 0 },
	  -512,
	  "wait4(-1, 0x10740, 0, NULL)             = ? ERESTARTSYS "
	  "(To be restarted if SA_RESTART is set)" },
	{ "prlimit64",
	  { 0, 3, 0, LIMIT },
	  0,
	  "prlimit64(0, RLIMIT_STACK, NULL, {rlim_cur=8192*1024, "
	  "rlim_max=RLIM64_INFINITY}) = 0" },
	{ "clone",
	  { 0x1200011, 0, 0, 0x7000 },
	  12,
	  "clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|"
	  "CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7000) = 12" },
	{ "clone",
	  { 0x100011, 0x8000, FDS },
	  3,
	  "clone(child_stack=0x8000, flags=CLONE_PARENT_SETTID|SIGCHLD, "
	  "parent_tid=[3]) = 3" },
	{ "clone3",
	  { CLONE, 88 },
	  3,
	  "clone3({flags=CLONE_PIDFD|CLONE_PARENT_SETTID, pidfd=0x10760, "
	  "parent_tid=0x10760, exit_signal=SIGCHLD, stack=NULL, "
	  "stack_size=0} => {pidfd=[3], parent_tid=[3]}, 88) = 3" },
	{ "futex",
	  { FDS, 128, 1, TIME },
	  -11,
	  "futex(0x10760, FUTEX_WAIT_PRIVATE, 1, {tv_sec=1, tv_nsec=500}) = "
	  "-1 EAGAIN (Resource temporarily unavailable)" },
	{ "futex",
	  { FDS, 1, 1, 9, 9, 9 },
	  0,
	  "futex(0x10760, FUTEX_WAKE, 1)           = 0" },
	{ "nanosleep",
	  { TIME, TIME },
	  0,
	  "nanosleep({tv_sec=1, tv_nsec=500}, 0x107c0) = 0" },
	{ "nanosleep",
	  { TIME, TIME },
	  -516,
	  "nanosleep({tv_sec=1, tv_nsec=500}, {tv_sec=1, tv_nsec=500}) = ? "
	  "ERESTART_RESTARTBLOCK (Interrupted by signal)" },
	{ "prctl",
	  { 15, PATH },
	  0,
	  "prctl(PR_SET_NAME, \"/etc/x\")            = 0" },
	{ "exit_group",
	  { 3 },
	  0,
	  "exit_group(3)                           "
	  "= ?" },
	{ "getpid",
	  { 0 },
	  -4000,
	  "getpid()                                = -1 (errno 4000)" },
};

static void test_lines(void **state)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		BUF_AUTO(out);
		struct call call;

		set_up(state);
		make_call(&call, lines[i].call, lines[i].args);
		print_line(&out, &call, lines[i].result);
		assert_string_equal(buf_text(&out), lines[i].text);
		call_free(&call);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
