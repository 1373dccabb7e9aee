/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* soft DIR: do what can be blocked softly in DIR, and say how it looks. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const char *what, long result)
{
	printf("%s %ld%s\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(int argc, char *argv[])
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons(9) };
	char byte;
	int a, b, s;

	if (argc != 2 || chdir(argv[1]))
		return 99;
	inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
	a = open("read.me", O_RDONLY);
	b = open("read.me", O_RDONLY | O_CLOEXEC);
	printf("open %d %d different %d\n", a >= 0, b >= 0, a != b);
	printf("cloexec %d %d\n", fcntl(a, F_GETFD), fcntl(b, F_GETFD));
	say("read", read(a, &byte, 1));
	a = open("write.me", O_WRONLY | O_TRUNC);
	say("write", write(a, "abc", 3));
	say("creat", creat("new.file", 0600) >= 0);
	say("directory", open(".", O_RDONLY | O_DIRECTORY) >= 0);
	s = socket(AF_INET, SOCK_STREAM, 0);
	say("socket", s >= 0);
	say("connect", connect(s, (void *)&address, sizeof(address)));
	say("bind", bind(s, (void *)&address, sizeof(address)));
	say("listen", listen(s, 1));
	say("unlink", unlink("read.me"));
	say("rename", rename("read.me", "other"));
	say("mkdir", mkdir("dir", 0700));
	say("chmod", chmod("read.me", 0));
	say("chown", chown("read.me", 1, 1));
	say("truncate", truncate("write.me", 0));
	say("symlink", symlink("a", "b"));
	say("link", link("read.me", "c"));
	say("kill", kill(getppid(), 0));
	fflush(stdout);
	execl("/bin/false", "false", (char *)NULL);
	say("exec", -1);
	return 3;
}
