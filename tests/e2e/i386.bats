#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# Calls by the i386 ABI: decided, told and made as all others are.

load helpers

needs_i386() {
	"$programs/i386" open /dev/null || skip "no i386 calls here"
}

# build32: a program of 32 bits, without a C library, that makes CALLS.
build32() {
	cat >small.c <<-END
		static inline long call(long n, long a, long b, long c, long d)
		{
			long r;
			__asm__ volatile("int \$0x80" : "=a"(r)
				: "a"(n), "b"(a), "c"(b), "d"(c), "S"(d) : "memory");
			return r;
		}
		static char buffer[256];
		void start(void)
		{
			$1
			call(1, 7, 0, 0, 0);
		}
		__asm__(".globl _start\n_start: call start\n");
	END
	gcc -m32 -O1 -nostdlib -static -fno-pic -no-pie -fno-stack-protector \
		-o small small.c || skip "no compiler for 32 bits"
	run ./small
	[ "$status" -lt 126 ] || skip "no 32-bit programs here"
}

@test "a rule holds for calls by int 0x80 too" {
	needs_i386
	echo secret >file
	run -0 allow "$programs/i386" open file
	[[ $output == *secret* ]]
	write_rules allow '{ "action": "block-hard", "class": "file-read",
		"path": "${CWD}/file", "errno": "EBUSY" }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/i386" open file
	[ "$output" = "errno 16" ]
	write_rules allow '{ "action": "block-soft", "class": "file-read",
		"path": "${CWD}/file" }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/i386" open file
	[ "$output" = "" ]
}

@test "a number without a row is refused" {
	needs_i386
	run -0 "$SYSWALL" --on-unmatched allow "$programs/i386" unknown
	[[ $output == *"-38"* ]]
	[[ $output == *"i386: this ABI has no such call"* ]]
}

@test "registers are as before, upper halves included" {
	needs_i386
	echo secret >file
	run -0 allow "$programs/i386" registers file
	[ "$output" = $'kept\nopened' ]
	for action in block-hard block-soft; do
		write_rules allow '{ "action": "'$action'", "class": "file-read",
			"path": "${CWD}/file" }'
		run -0 "$SYSWALL" -q -c "$rules" "$programs/i386" registers file
		[[ $output == kept* ]]
	done
}

@test "socketcall is what it stands for" {
	needs_i386
	run -0 "$SYSWALL" -q -vv "$programs/i386" socketcall
	[[ $output == *', {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16) = 0'* ]]
	write_rules allow '{ "action": "block-hard", "class": "net-connect",
		"address": "127.0.0.1" }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/i386" socketcall
	[ "$output" = "Permission denied" ]
}

@test "threads make calls on checked copies below 4 GiB" {
	needs_i386
	echo text >file
	write_rules allow '{ "action": "block-hard", "class": "file-read",
		"path": "${CWD}/other" }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/i386" threads file
	[ "$output" = "100 opened" ]
}

@test "a 32-bit program, from and to 64 bits" {
	needs_i386
	# shellcheck disable=SC2016
	build32 'static char *argv[] = { "/bin/echo", "hi", 0 };
		static char *iov[] = { "ab\n", (char *)3 };
		call(5, (long)"/etc/passwd", 0, 0, 0);
		call(146, 1, (long)iov, 1, 0);
		call(195, (long)"/", (long)buffer, 0, 0);
		call(193, (long)"/nowhere", 1, 2, 0);
		call(11, (long)argv[0], (long)argv, 0, 0);'
	run "$SYSWALL" -q -vv ./small
	[[ $output == *"runs in 32 bit mode. ]"* ]]
	[[ $output == *'open("/etc/passwd", O_RDONLY)           = '* ]]
	[[ $output == *'writev(1, [{iov_base="ab\n", iov_len=3}], 1'* ]]
	[[ $output == *'stat64("/", {st_mode=S_IFDIR|0'* ]]
	[[ $output == *'truncate64("/nowhere", 8589934593)      = -1 ENOENT'* ]]
	[[ $output == *'execve("/bin/echo", ["/bin/echo", "hi"], NULL) = 0'* ]]
	[[ $output == *"runs in 64 bit mode. ]"* ]]
	[[ $output == *"+++ exited with 0 +++"* ]]
}

# The same lines as strace's, wherever there is no number of this run.
@test "structures of 32 bits read as in strace" {
	needs_i386
	strace -V 2>/dev/null | grep -q " m32-mpers" || skip "no strace that knows 32 bits"
	build32 'static unsigned name[4] = { 0x09000002, 0x0100007f };
		static unsigned iov[2] = { 0, 2 };
		static unsigned message[8];
		static unsigned sleep[2] = { 0, 5 }, limits[2], action[8];
		iov[0] = (unsigned)"hi";
		message[0] = (unsigned)name, message[1] = 16;
		message[2] = (unsigned)iov, message[3] = 1;
		call(370, -1, (long)message, 0, 0);
		call(345, -1, (long)message, 1, 0);
		call(362, -1, (long)name, 16, 0);
		call(162, (long)sleep, 0, 0, 0);
		call(191, 7, (long)limits, 0, 0);
		call(174, 10, 0, (long)action, 8);
		call(180, -1, (long)buffer, 5, 6);
		call(192, 0, 0, 3, 2);
		call(5, (long)"/", 0600, 0, 0);'
	run -7 "$SYSWALL" -q -vv ./small
	grep -v "^execve\|bit mode" <<<"$output" >ours
	run -7 strace ./small
	grep -v "^execve\|bit mode" <<<"$output" >theirs
	diff theirs ours
}
