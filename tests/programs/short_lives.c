/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* short_lives N: N processes, one after the other, in ten parts; says how much
 * the memory of whoever traces us has grown between the second and the last
 * part: "none", or KiB when it is more than 256 bytes a process, which a line
 * in a report may take. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static long field(const char *file, const char *name)
{
	char text[4096];
	int fd = open(file, O_RDONLY);
	ssize_t len = read(fd, text, sizeof(text) - 1);
	const char *at;

	close(fd);
	text[len > 0 ? len : 0] = '\0';
	at = strstr(text, name);
	return at ? atol(at + strlen(name)) : -1;
}

int main(int argc, char *argv[])
{
	long before = 0, after = 0, tracer;
	char file[64];

	if (argc != 2)
		return 99;
	tracer = field("/proc/self/status", "TracerPid:");
	snprintf(file, sizeof(file), "/proc/%ld/status", tracer);
	for (int part = 0; part < 10; part++) {
		for (int i = 0; i < atoi(argv[1]) / 10; i++) {
			pid_t pid = fork();

			if (!pid)
				_exit(open("/no/such/file", O_RDONLY) >= 0);
			if (waitpid(pid, NULL, 0) != pid)
				return 98;
		}
		after = field(file, "VmRSS:");
		if (part == 1)
			before = after;
	}
	if (tracer <= 0 || after <= 0)
		puts("no tracer");
	else if (after - before < atol(argv[1]) / 4)
		puts("none");
	else
		printf("%ld\n", after - before);
	return 0;
}
