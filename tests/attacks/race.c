/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* race: change an argument between the look at it and its use. Each case has
 * somebody who flips and somebody who tries, until ATTACK_SECONDS have passed
 * (1 under syswall if unset, and then the first win ends it). Says how often it won. */
#include "attack.h"

#include <arpa/inet.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

/* What both sides see; shared, so that processes can take part. */
static struct shared {
	char path[64];
	struct open_how how;
	struct sockaddr_in address;
	struct msghdr msg;
	char program[64];
	volatile int over;
} * shared;

static struct sockaddr_in open_port, closed_port;
static int dir_fd, ok_dir, secret_dir;

/* ---- the harness ---- */

struct race {
	void (*flip)(int turn);
	int (*try_it)(void); /* 1: won */
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Flip, in a rhythm that never fits for long. */
static void *flip_for_ever(void *race)
{
	void (*flip)(int) = ((const struct race *)race)->flip;

	for (unsigned int i = 0; !shared->over; i++) {
		flip((int)(i & 1));
		for (volatile unsigned int k = 0; k < i % 1500; k++)
			;
	}
	return NULL;
}

static int run_tries(const struct race *race)
{
	const char *text = getenv("ATTACK_SECONDS");
	double end = now() + (text ? atof(text) : tracer_pid() > 0 ? 1 : 10);
	long wins = 0, tries = 0;

	while (now() < end && (!wins || text)) {
		wins += race->try_it();
		tries++;
	}
	shared->over = 1;
	printf("won %ld of %ld\n", wins, tries);
	fflush(stdout);
	return wins ? WORKED : HELD;
}

static int with_thread(const struct race *race)
{
	pthread_t thread;
	int result;

	pthread_create(&thread, NULL, flip_for_ever, (void *)race);
	result = run_tries(race);
	pthread_join(thread, NULL);
	return result;
}

static int with_process(const struct race *race)
{
	pid_t pid = fork();
	int result;

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		flip_for_ever((void *)race);
		_exit(0);
	}
	result = run_tries(race);
	status_of(pid);
	return result;
}

/* ---- who flips what ---- */

static void flip_path(int turn)
{
	/* One byte decides: "secret" or "ok" lies behind it. */
	shared->path[0] = turn ? 'S' : 'O';
}

static int try_open(void)
{
	return can_read(shared->path);
}

static int try_open2(void)
{
	struct open_how how = { .flags = O_RDONLY };

	return is_secret_fd((int)sc(SYS_openat2, AT_FDCWD, shared->path, &how,
				    sizeof(how)));
}

static int prepare_path(void)
{
	strcpy(shared->path, "O-file");
	return symlink(OK, "O-file") || symlink(SECRET, "S-file");
}

static int path_thread(void)
{
	static const struct race race = { flip_path, try_open };

	return prepare_path() ? cannot("symlink") : with_thread(&race);
}

/* Memory of the parent's own, which a child writes to all the same. */
static char own_path[64];
static int parent_memory = -1;

static void flip_by_file(int turn)
{
	char path[32];

	if (parent_memory < 0) {
		snprintf(path, sizeof(path), "/proc/%d/mem", (int)getppid());
		parent_memory = open(path, O_RDWR);
	}
	(void)!pwrite(parent_memory, turn ? "S" : "O", 1, (off_t)own_path);
}

static void flip_by_call(int turn)
{
	struct iovec local = { turn ? "S" : "O", 1 };
	struct iovec remote = { own_path, 1 };

	process_vm_writev(getppid(), &local, 1, &remote, 1, 0);
}

static int try_own_open(void)
{
	return can_read(own_path);
}

static int path_remote(const struct race *race)
{
	/* Where only ancestors may: PR_SET_PTRACER(2const) */
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
	if (prepare_path())
		return cannot("symlink");
	strcpy(own_path, shared->path);
	return with_process(race);
}

static int path_by_file(void)
{
	static const struct race race = { flip_by_file, try_own_open };

	return path_remote(&race);
}

static int path_by_call(void)
{
	static const struct race race = { flip_by_call, try_own_open };

	return path_remote(&race);
}

static int path_process(void)
{
	static const struct race race = { flip_path, try_open };

	return prepare_path() ? cannot("symlink") : with_process(&race);
}

static int path_openat2(void)
{
	static const struct race race = { flip_path, try_open2 };

	return prepare_path() ? cannot("symlink") : with_thread(&race);
}

/* The flags: reading is allowed here, writing is not. */
static void flip_how(int turn)
{
	shared->how.flags = turn ? O_WRONLY : O_RDONLY;
}

static int try_how(void)
{
	int fd = (int)sc(SYS_openat2, AT_FDCWD, SECRET, &shared->how,
			 sizeof(shared->how));
	int won = fd >= 0 && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY;

	close(fd);
	return won;
}

static int open_how(void)
{
	static const struct race race = { flip_how, try_how };

	return with_thread(&race);
}

/* A port that is allowed, and one that is not; both are listened on. */
static int udp_at(int fd, struct sockaddr_in *at, const char *host)
{
	socklen_t len = sizeof(*at);

	at->sin_family = AF_INET;
	inet_pton(AF_INET, host, &at->sin_addr);
	return bind(fd, (void *)at, len) || getsockname(fd, (void *)at, &len);
}

static int receiver;

static int prepare_ports(void)
{
	receiver = socket(AF_INET, SOCK_DGRAM, 0);
	if (udp_at(receiver, &closed_port, "127.0.0.1"))
		return cannot("no loopback");
	open_port = closed_port;
	inet_pton(AF_INET, "127.0.0.2", &open_port.sin_addr);
	shared->address = open_port;
	return 0;
}

static void flip_address(int turn)
{
	shared->address.sin_addr =
		turn ? closed_port.sin_addr : open_port.sin_addr;
}

static int arrived(void)
{
	char byte;

	return recv(receiver, &byte, 1, MSG_DONTWAIT) == 1;
}

static int sender(void)
{
	static int fd = -1;

	if (fd < 0)
		fd = socket(AF_INET, SOCK_DGRAM, 0);
	return fd;
}

static int try_sendto(void)
{
	sc(SYS_sendto, sender(), "x", 1, 0, &shared->address,
	   sizeof(shared->address));
	return arrived();
}

static int try_sendmsg(void)
{
	struct iovec iov = { "x", 1 };

	shared->msg.msg_name = &shared->address;
	shared->msg.msg_namelen = sizeof(shared->address);
	shared->msg.msg_iov = &iov;
	shared->msg.msg_iovlen = 1;
	sc(SYS_sendmsg, sender(), &shared->msg, 0);
	return arrived();
}

static int try_sendmmsg(void)
{
	struct iovec iov = { "x", 1 };
	struct mmsghdr msgs[2] = { 0 };

	for (int i = 0; i < 2; i++) {
		msgs[i].msg_hdr.msg_name = &shared->address;
		msgs[i].msg_hdr.msg_namelen = sizeof(shared->address);
		msgs[i].msg_hdr.msg_iov = &iov;
		msgs[i].msg_hdr.msg_iovlen = 1;
	}
	sc(SYS_sendmmsg, sender(), msgs, 2, 0);
	return arrived();
}

static int try_connect(void)
{
	struct sockaddr_in peer;
	socklen_t len = sizeof(peer);

	connect(sender(), (void *)&shared->address, sizeof(shared->address));
	return !getpeername(sender(), (void *)&peer, &len) &&
	       peer.sin_addr.s_addr == closed_port.sin_addr.s_addr;
}

static int try_bind(void)
{
	struct sockaddr_in name = { 0 };
	socklen_t len = sizeof(name);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	int won;

	shared->address.sin_port = 0;
	bind(fd, (void *)&shared->address, sizeof(shared->address));
	won = !getsockname(fd, (void *)&name, &len) &&
	      name.sin_addr.s_addr == closed_port.sin_addr.s_addr;
	close(fd);
	return won;
}

static int race_address(int (*try_it)(void))
{
	struct race race = { flip_address, try_it };
	int error = prepare_ports();

	return error ? error : with_thread(&race);
}

static int sendto_race(void)
{
	return race_address(try_sendto);
}

static int sendmsg_race(void)
{
	return race_address(try_sendmsg);
}

static int sendmmsg_race(void)
{
	return race_address(try_sendmmsg);
}

static int connect_race(void)
{
	return race_address(try_connect);
}

/* Nobody has to listen here. */
static int bind_race(void)
{
	static const struct race race = { flip_address, try_bind };

	closed_port.sin_family = open_port.sin_family = AF_INET;
	inet_pton(AF_INET, "127.0.0.1", &closed_port.sin_addr);
	inet_pton(AF_INET, "127.0.0.2", &open_port.sin_addr);
	shared->address = open_port;
	return with_thread(&race);
}

/* The path lies across two pages; the second one is taken away and given
 * back, so that whoever reads it waits. */
static char *straddling;
static int straddling_fd;

static void flip_page(int turn)
{
	char *page = straddling + 4096;

	madvise(page, 4096, MADV_DONTNEED);
	if (pwrite(straddling_fd, turn ? "S-f" : "O-f", 3, 4096) != 3)
		return;
	madvise(page, 4096, 21 /* MADV_PAGEOUT */);
}

static int try_straddle(void)
{
	return can_read(straddling + 4096 - 2);
}

static int straddle(void)
{
	static const struct race race = { flip_page, try_straddle };

	straddling_fd = open("page", O_RDWR | O_CREAT, 0600);
	if (ftruncate(straddling_fd, 8192) ||
	    pwrite(straddling_fd, "./O-file", 9, 4094) != 9)
		return cannot("file");
	straddling = mmap(NULL, 8192, PROT_READ, MAP_SHARED, straddling_fd, 0);
	return prepare_path() ? cannot("symlink") : with_thread(&race);
}

/* ---- the file system instead of memory ---- */

static void flip_link(int turn)
{
	const char *to = turn ? "sdir" : "okdir";

	unlink("new");
	if (!symlink(to, "new"))
		rename("new", "link");
}

static int try_link(void)
{
	return can_read("link/f");
}

static int symlink_race(void)
{
	static const struct race race = { flip_link, try_link };

	flip_link(0);
	return with_process(&race);
}

/* The directories are copies: renaming the blocked one is another matter. */
static void flip_directories(int turn)
{
	(void)turn;
	sc(SYS_renameat2, AT_FDCWD, "okdir", AT_FDCWD, "sdir", 2);
}

static int try_directories(void)
{
	return can_read("okdir/f");
}

static int directory_race(void)
{
	static const struct race race = { flip_directories, try_directories };

	return with_process(&race);
}

static void flip_cwd(int turn)
{
	if (fchdir(turn ? secret_dir : ok_dir))
		abort();
}

static int try_cwd(void)
{
	return can_read("f");
}

static void flip_fd(int turn)
{
	dup2(turn ? secret_dir : ok_dir, dir_fd);
}

static int try_fd(void)
{
	return is_secret_fd((int)sc(SYS_openat, dir_fd, "f", O_RDONLY));
}

static void open_dirs(void)
{
	ok_dir = open("okdir", O_PATH);
	secret_dir = open("sdir", O_PATH);
	dir_fd = dup(ok_dir);
}

static int cwd_race(void)
{
	static const struct race race = { flip_cwd, try_cwd };

	open_dirs();
	return with_thread(&race);
}

static int fd_race(void)
{
	static const struct race race = { flip_fd, try_fd };

	open_dirs();
	return with_thread(&race);
}

/* ---- programs ---- */

static void flip_program(int turn)
{
	shared->program[0] = turn ? 'S' : 'O';
}

/* The child shares the page that the parent's other thread flips. */
static int try_exec(void)
{
	pid_t pid = fork();

	if (!pid) {
		execl(shared->program, "x", (char *)NULL);
		_exit(1);
	}
	return status_of(pid) == WORKED;
}

static int exec_race(void)
{
	static const struct race race = { flip_program, try_exec };

	if (symlink("/bin/true", "O-run") || symlink("blocked", "S-run"))
		return cannot("symlink");
	strcpy(shared->program, "O-run");
	return with_process(&race);
}

static void flip_interpreter(int turn)
{
	unlink("new");
	if (!symlink(turn ? "blocked" : "/bin/true", "new"))
		rename("new", "interpreter");
}

static int try_script(void)
{
	pid_t pid = fork();

	if (!pid) {
		execl("./script", "x", (char *)NULL);
		_exit(1);
	}
	return status_of(pid) == WORKED;
}

static int script_race(void)
{
	static const struct race race = { flip_interpreter, try_script };
	int fd = open("script", O_WRONLY | O_CREAT, 0700);
	char here[4096], line[4200];
	int len = snprintf(line, sizeof(line), "#!%s/interpreter\n",
			   getcwd(here, sizeof(here)) ? here : ".");

	if (len > 250)
		return cannot("the path is too long for #!");
	if (write(fd, line, (size_t)len) != len || close(fd))
		return cannot("script");
	flip_interpreter(0);
	return with_process(&race);
}

/* The flags of clone3, or the name of a socket in a message: what is a
 * pointer behind a pointer. */

static void flip_name_pointer(int turn)
{
	static struct sockaddr_in names[2];

	names[0] = open_port;
	names[1] = closed_port;
	shared->msg.msg_name = &names[turn];
}

static int try_pointer(void)
{
	static struct iovec iov = { "x", 1 };

	shared->msg.msg_namelen = sizeof(struct sockaddr_in);
	shared->msg.msg_iov = &iov;
	shared->msg.msg_iovlen = 1;
	sc(SYS_sendmsg, sender(), &shared->msg, 0);
	return arrived();
}

static int pointer_race(void)
{
	static const struct race race = { flip_name_pointer, try_pointer };
	int error = prepare_ports();

	flip_name_pointer(0);
	return error ? error : with_thread(&race);
}

int main(int argc, char *argv[])
{
	static const struct attack_case cases[] = {
		{ "path-thread", path_thread },
		{ "path-process", path_process },
		{ "path-by-file", path_by_file },
		{ "path-by-call", path_by_call },
		{ "path-openat2", path_openat2 },
		{ "open-how", open_how },
		{ "sendto", sendto_race },
		{ "sendmsg", sendmsg_race },
		{ "sendmmsg", sendmmsg_race },
		{ "name-pointer", pointer_race },
		{ "connect", connect_race },
		{ "bind", bind_race },
		{ "straddle", straddle },
		{ "symlink", symlink_race },
		{ "directory", directory_race },
		{ "cwd", cwd_race },
		{ "fd", fd_race },
		{ "exec", exec_race },
		{ "script", script_race },
	};

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return attack_main(argc, argv, cases, sizeof(cases) / sizeof(cases[0]));
}
