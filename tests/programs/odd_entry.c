/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* odd_entry upper PATH | odd_entry vsyscall: enter the kernel with junk in the
 * upper half of rax, or through the vsyscall page. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int vsyscall_page_is_there(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[4096];
	int found = 0;

	while (maps && fgets(line, sizeof(line), maps))
		found |= strstr(line, "[vsyscall]") != NULL;
	return found;
}

int main(int argc, char *argv[])
{
	if (argc == 3) {
		long result = (long)0xdeadbeef00000000 | SYS_openat;
		long fd = (long)0xdeadbeef00000000 | (unsigned int)AT_FDCWD;
		register long mode __asm__("r10") = 0;

		__asm__ volatile("syscall"
				 : "+a"(result)
				 : "D"(fd), "S"(argv[2]), "d"(O_RDONLY),
				   "r"(mode)
				 : "rcx", "r11", "memory");
		printf("openat %s\n", result >= 0   ? "done" :
				      result == -13 ? "refused" :
						      "failed");
		return 0;
	}
	if (!vsyscall_page_is_there()) {
		puts("no vsyscall page");
		return 77;
	}
	for (int i = 0; i < 3; i++) {
		struct timeval now = { 0, 0 };
		long (*get)(struct timeval *, void *) =
			(long (*)(struct timeval *, void *))0xffffffffff600000;
		long result = get(&now, NULL);

		printf("gettimeofday %ld %s\n", result,
		       now.tv_sec ? "filled" : "empty");
		printf("close %d\n", (int)syscall(SYS_close, -1));
	}
	return 0;
}
