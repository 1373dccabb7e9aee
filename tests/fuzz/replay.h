/* SPDX-License-Identifier: LGPL-3.0-or-later */
/* replay - a main() for the fuzzers, without a fuzzer: each file named on the
 * command line is one input. Put in front by the Makefile. */
#ifndef REPLAY_H
#define REPLAY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char *argv[])
{
	static char bytes[1 << 20];

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		size_t size = file ? fread(bytes, 1, sizeof(bytes), file) : 0;
		uint8_t *own = malloc(size + 1); /* its end is guarded */

		if (!file || !own || ferror(file)) {
			perror(argv[i]);
			return 1;
		}
		fclose(file);
		for (size_t at = 0; at < size; at++)
			own[at] = (uint8_t)bytes[at];
		printf("%s\n", argv[i]);
		fflush(stdout);
		LLVMFuzzerTestOneInput(own, size);
		free(own);
	}
	return 0;
}

#endif
