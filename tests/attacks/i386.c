/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* i386: everything again by int 0x80, from a 64-bit program: other numbers,
 * other registers, other structures. What pointers lead to lies below 4 GiB. */
#include "attack.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>

#define UPPER 0xdeadbeef00000000

/* The numbers of asm/unistd_32.h. */
enum {
	NR_fork = 2,
	NR_open = 5,
	NR_unlink = 10,
	NR_execve = 11,
	NR_kill = 37,
	NR_rename = 38,
	NR_ptrace = 26,
	NR_mmap = 90,
	NR_truncate = 92,
	NR_socketcall = 102,
	NR_clone = 120,
	NR_rt_sigqueueinfo = 178,
	NR_truncate64 = 193,
	NR_chown32 = 212,
	NR_tkill = 238,
	NR_tgkill = 270,
	NR_openat = 295,
	NR_prlimit64 = 340,
	NR_sendmmsg = 345,
	NR_seccomp = 354,
	NR_connect = 362,
	NR_io_uring_setup = 425,
	NR_openat2 = 437,
};

static struct low {
	char path[64], other[64];
	struct sockaddr_in good, bad;
	uint32_t args[6];
	struct narrow_iovec {
		uint32_t base, len;
	} iov;
	struct narrow_msghdr {
		uint32_t name, name_len, iov, iov_count, control, control_len,
			flags, sent;
	} messages[2];
	uint64_t how[3];
	uint32_t argv[3];
	volatile int over;
} * low;

static uint32_t at(const volatile void *object)
{
	return (uint32_t)(uintptr_t)object;
}

static long call6(unsigned long number, unsigned long a, unsigned long b,
		  unsigned long c, unsigned long d, unsigned long e)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

#define i386(number, a, b, c) call6(number, a, b, c, 0, 0)

/* False: this kernel has no such calls. */
static int set_up(void)
{
	low = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (low == MAP_FAILED)
		return 0;
	strcpy(low->path, SECRET);
	strcpy(low->other, OK);
	low->good.sin_family = low->bad.sin_family = AF_INET;
	low->good.sin_port = low->bad.sin_port = htons(9);
	low->good.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
	low->bad.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return i386(20, 0, 0, 0) == getpid();
}

static int secret(long fd)
{
	return is_secret_fd((int)fd) ? WORKED : HELD;
}

static int done(long result)
{
	return result < 0 ? HELD : WORKED;
}

/* ---- files ---- */

static int by_open(void)
{
	return secret(i386(NR_open, at(low->path), O_RDONLY, 0));
}

static int by_openat(void)
{
	return secret(
		i386(NR_openat, (unsigned)AT_FDCWD, at(low->path), O_RDONLY));
}

static int by_openat2(void)
{
	return secret(call6(NR_openat2, (unsigned)AT_FDCWD, at(low->path),
			    at(low->how), sizeof(low->how), 0));
}

/* The kernel looks at the lower halves. */
static int by_upper(void)
{
	return secret(i386(UPPER | NR_open, UPPER | at(low->path),
			   UPPER | O_RDONLY, UPPER));
}

static int by_truncate(void)
{
	return done(i386(NR_truncate, at(low->path), 1, 0));
}

/* A length of 64 bits, in two registers. */
static int by_truncate64(void)
{
	return done(i386(NR_truncate64, at(low->path), 1, 0));
}

static int by_unlink(void)
{
	return done(i386(NR_unlink, at(low->path), 0, 0));
}

static int by_rename(void)
{
	return done(i386(NR_rename, at(low->path), at(low->other), 0));
}

static int by_chown(void)
{
	return done(i386(NR_chown32, at(low->path), getuid(), getgid()));
}

static int by_execve(void)
{
	strcpy(low->path, "./blocked");
	low->argv[0] = at(low->path);
	i386(NR_execve, at(low->path), at(low->argv), 0);
	return HELD;
}

/* One call of the one ABI, one of the other. */
static int by_turns(void)
{
	for (int i = 0; i < 100; i++)
		if (can_read(OK) != 0 || by_open() == WORKED ||
		    can_read(SECRET))
			return WORKED;
	return HELD;
}

/* ---- children ---- */

static int by_fork(void)
{
	long pid = i386(NR_fork, 0, 0, 0);

	if (!pid)
		_exit(by_open());
	return pid < 0 ? HELD : status_of((pid_t)pid);
}

static int by_clone_untraced(void)
{
	long pid = i386(NR_clone, 0x00800000 | SIGCHLD, 0, 0);

	if (!pid)
		_exit(read_it());
	return pid < 0 ? HELD : status_of((pid_t)pid);
}

/* ---- syswall itself ---- */

static pid_t victim(void)
{
	pid_t pid = tracer_pid();

	return pid > 0 ? pid : getppid();
}

static int by_kill(void)
{
	return done(i386(NR_kill, (unsigned)victim(), SIGSTOP, 0));
}

static int by_kill_upper(void)
{
	return done(i386(NR_kill, UPPER | (unsigned)victim(), SIGSTOP, 0));
}

static int by_tkill(void)
{
	return done(i386(NR_tkill, (unsigned)victim(), SIGSTOP, 0));
}

static int by_tgkill(void)
{
	return done(i386(NR_tgkill, (unsigned)victim(), (unsigned)victim(),
			 SIGSTOP));
}

static int by_prlimit(void)
{
	low->how[0] = low->how[1] = 5;
	return done(i386(NR_prlimit64, (unsigned)victim(), 7, at(low->how)));
}

static int by_uring(void)
{
	return done(i386(NR_io_uring_setup, 8, at(low + 1), 0));
}

/* ---- sockets ---- */

/* Does the socket @fd talk to the address that is blocked? */
static int is_connected(int fd)
{
	struct sockaddr_in peer = { 0 };
	socklen_t len = sizeof(peer);

	return !getpeername(fd, (struct sockaddr *)&peer, &len) &&
	       peer.sin_addr.s_addr == low->bad.sin_addr.s_addr;
}

static int by_connect(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	i386(NR_connect, (unsigned)fd, at(&low->bad), sizeof(low->bad));
	return is_connected(fd) ? WORKED : HELD;
}

static void pack(int fd, const struct sockaddr_in *address)
{
	low->args[0] = (unsigned)fd;
	low->args[1] = at(address);
	low->args[2] = sizeof(*address);
}

static int by_socketcall(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	pack(fd, &low->bad);
	i386(NR_socketcall, UPPER | 3, UPPER | at(low->args), 0);
	return is_connected(fd) ? WORKED : HELD;
}

static void pack_message(int index, const struct sockaddr_in *address)
{
	low->iov = (struct narrow_iovec){ at(low->path), 3 };
	low->messages[index] = (struct narrow_msghdr){
		.name = at(address),
		.name_len = sizeof(*address),
		.iov = at(&low->iov),
		.iov_count = 1,
	};
}

/* A socket that waits where nothing may be sent. */
static int server(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	socklen_t len = sizeof(low->bad);

	low->bad.sin_port = 0;
	if (bind(fd, (struct sockaddr *)&low->bad, len) ||
	    getsockname(fd, (struct sockaddr *)&low->bad, &len))
		return -1;
	return fd;
}

static int arrived(int fd)
{
	char byte;

	return recv(fd, &byte, 1, MSG_DONTWAIT) == 1 ? WORKED : HELD;
}

static int by_sendmsg(void)
{
	int to = server(), fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (to < 0)
		return cannot("no loopback");
	pack_message(0, &low->bad);
	low->args[0] = (unsigned)fd;
	low->args[1] = at(low->messages);
	low->args[2] = 0;
	i386(NR_socketcall, 16, at(low->args), 0);
	return arrived(to);
}

static int by_sendmmsg(void)
{
	int to = server(), fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (to < 0)
		return cannot("no loopback");
	pack_message(0, &low->good);
	pack_message(1, &low->bad);
	call6(NR_sendmmsg, (unsigned)fd, at(low->messages), 2, 0, 0);
	return arrived(to);
}

/* ---- races ---- */

struct race {
	void (*flip)(int turn);
	int (*try_it)(void); /* 1: won */
};

static void *flip_for_ever(void *race)
{
	void (*flip)(int) = ((const struct race *)race)->flip;

	for (unsigned int i = 0; !low->over; i++) {
		flip((int)(i & 1));
		for (volatile unsigned int k = 0; k < i % 1500; k++)
			;
	}
	return NULL;
}

static int run_race(void (*flip)(int), int (*try_it)(void))
{
	struct race race = { flip, try_it };
	const char *text = getenv("ATTACK_SECONDS");
	double seconds = text ? atof(text) : tracer_pid() > 0 ? 1 : 10;
	time_t end = time(NULL) + (time_t)seconds + 1;
	pthread_t thread;
	long wins = 0, tries = 0;

	pthread_create(&thread, NULL, flip_for_ever, &race);
	while (time(NULL) < end && (!wins || text)) {
		wins += race.try_it();
		tries++;
	}
	low->over = 1;
	pthread_join(thread, NULL);
	printf("won %ld of %ld\n", wins, tries);
	fflush(stdout);
	return wins ? WORKED : HELD;
}

/* One byte decides: "secret" or "Oecret" lies behind it. */
static void flip_path(int turn)
{
	*(volatile char *)low->path = turn ? 's' : 'O';
}

static int try_open(void)
{
	return by_open() == WORKED;
}

static int race_path(void)
{
	return run_race(flip_path, try_open);
}

static void flip_args(int turn)
{
	*(volatile uint32_t *)&low->args[1] = at(turn ? &low->bad : &low->good);
}

static int try_socketcall(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), won;

	low->args[0] = (unsigned)fd;
	low->args[2] = sizeof(low->bad);
	i386(NR_socketcall, 3, at(low->args), 0);
	won = is_connected(fd);
	close(fd);
	return won;
}

static int race_socketcall(void)
{
	low->args[1] = at(&low->good);
	return run_race(flip_args, try_socketcall);
}

static void flip_address(int turn)
{
	*(volatile in_addr_t *)&low->good.sin_addr.s_addr =
		htonl(INADDR_LOOPBACK + (turn ? 0 : 1));
}

static int try_connect(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), won;

	i386(NR_connect, (unsigned)fd, at(&low->good), sizeof(low->good));
	won = is_connected(fd);
	close(fd);
	return won;
}

static int race_address(void)
{
	return run_race(flip_address, try_connect);
}

/* The name in a message: of a 32-bit program it stands elsewhere. */
static int waiting;

static void flip_name(int turn)
{
	*(volatile uint32_t *)&low->messages[0].name =
		at(turn ? &low->bad : &low->good);
}

static int try_sendmsg(void)
{
	static int fd = -1;

	if (fd < 0)
		fd = socket(AF_INET, SOCK_DGRAM, 0);
	low->args[0] = (unsigned)fd;
	low->args[1] = at(low->messages);
	low->args[2] = 0;
	i386(NR_socketcall, 16, at(low->args), 0);
	return arrived(waiting) == WORKED;
}

static int race_sendmsg(void)
{
	waiting = server();
	if (waiting < 0)
		return cannot("no loopback");
	pack_message(0, &low->good);
	return run_race(flip_name, try_sendmsg);
}

static const struct attack_case cases[] = {
	{ "open", by_open },
	{ "openat", by_openat },
	{ "openat2", by_openat2 },
	{ "upper", by_upper },
	{ "truncate", by_truncate },
	{ "truncate64", by_truncate64 },
	{ "unlink", by_unlink },
	{ "rename", by_rename },
	{ "chown", by_chown },
	{ "execve", by_execve },
	{ "turns", by_turns },
	{ "fork", by_fork },
	{ "clone-untraced", by_clone_untraced },
	{ "kill", by_kill },
	{ "kill-upper", by_kill_upper },
	{ "tkill", by_tkill },
	{ "tgkill", by_tgkill },
	{ "prlimit", by_prlimit },
	{ "uring", by_uring },
	{ "connect", by_connect },
	{ "socketcall", by_socketcall },
	{ "sendmsg", by_sendmsg },
	{ "sendmmsg", by_sendmmsg },
	{ "race-path", race_path },
	{ "race-socketcall", race_socketcall },
	{ "race-address", race_address },
	{ "race-sendmsg", race_sendmsg },
};

int main(int argc, char *argv[])
{
	if (!set_up())
		return cannot("no i386 calls");
	return attack_main(argc, argv, cases, sizeof(cases) / sizeof(*cases));
}
