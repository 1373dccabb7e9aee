/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* files COUNT NAME: open and close the file so many times. With a COUNT of 0,
 * make NAME0, NAME1, NAME2 ... until somebody ends us. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	int count = argc == 3 ? atoi(argv[1]) : -1;
	char name[4096];

	if (count < 0)
		return 2;
	for (int i = 0; i < count; i++)
		close(open(argv[2], O_RDONLY));
	for (int i = 0; !count; i++) {
		snprintf(name, sizeof(name), "%s%d", argv[2], i);
		close(open(name, O_WRONLY | O_CREAT, 0600));
	}
	return 0;
}
