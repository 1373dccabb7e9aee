/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* daemon FILE: a daemonised grandchild writes FILE a while after the parent
 * has ended, and says whether it is still traced. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	char status[4096];
	const char *at;
	ssize_t len;
	int fd;

	if (argc != 2)
		return 99;
	if (fork())
		return 0;
	setsid();
	if (fork())
		return 0;
	usleep(300000);
	fd = open("/proc/self/status", O_RDONLY);
	len = read(fd, status, sizeof(status) - 1);
	status[len > 0 ? len : 0] = '\0';
	at = strstr(status, "TracerPid:");
	fd = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dprintf(fd, "traced %d\n", at && atoi(at + 10) > 0);
	return 0;
}
