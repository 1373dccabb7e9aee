/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* Calls of many kinds, some of which fail, in the working directory. */
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static void files(void)
{
	struct stat status;
	struct rlimit limit;
	char bytes[8];
	int fd = open("data", O_RDWR | O_CREAT | O_CLOEXEC, 0644), pair[2];
	struct pollfd ready = { fd, POLLIN, 0 };

	write(fd, "h\303\251llo\n", 7);
	lseek(fd, 0, SEEK_SET);
	read(fd, bytes, sizeof(bytes));
	fstat(fd, &status);
	poll(&ready, 1, 0);
	mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	fcntl(fd, F_GETFL);
	unlink("data");
	dup(fd);
	close(fd);
	pipe(pair);
	write(pair[1], "x", 1);
	open("not there", O_RDWR);
	fd = open("/dev/null", O_WRONLY);
	write(fd, "\1 2", 3);
	getrlimit(RLIMIT_STACK, &limit);
	mkdir("place", 0755);
	chmod("place", 0700);
	syscall(999, 1, 2, 3, 4, 5, 6);
}

static void sockets(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_un un = { .sun_family = AF_UNIX, .sun_path = "sock" };
	socklen_t len = sizeof(in);
	int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), client;
	int pair[2];

	bind(server, (void *)&in, sizeof(in));
	listen(server, 1);
	getsockname(server, (void *)&in, &len);
	client = socket(AF_INET, SOCK_STREAM, 0);
	connect(client, (void *)&in, sizeof(in));
	write(client, "x", 1);
	shutdown(accept(server, NULL, NULL), SHUT_RD);
	server = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(server, (void *)&un, sizeof(un));
	listen(server, 1);
	shutdown(server, SHUT_RD);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	write(pair[0], "y", 1);
}

int main(void)
{
	write(2, "begin\n", 6);
	files();
	sockets();
	signal(SIGUSR1, SIG_IGN);
	kill(getpid(), SIGUSR1);
	write(2, "end\n", 4);
	return 3;
}
