#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# strace's own options: the same option, the same program, the same lines.

load helpers

# Only what must vary is taken out: numbers of processes, inodes and ports,
# addresses, times.
normalise() {
	sed -E 's/^[0-9]+ +//
		s/0x[0-9a-f]{6,}/ADDRESS/g
		s/(\[|->)[0-9]{4,}/\1INODE/g
		s/[0-9]{2}:[0-9]{2}:[0-9]{2}/TIME/
		s/\.[0-9]{6}/.US/g
		s/^[0-9]{10}\.US/EPOCH/
		s/^ +[0-9]+\.US/RELATIVE/
		s/\(\+ +[0-9]+\.US/(+RELATIVE/
		s/(127\.0\.0\.1:|htons\()[0-9]+/\1PORT/g
		s/sin_port="[^"]*"/PORT/g
		s/^(.*set_tid_address.* =).*/\1 PID/
		s/(getpid\(\) *=|kill\(|si_pid=) ?[0-9]+/\1 PID/g
		s/ += / = /'
}

# Between the two words that the program says, so that the start, which is the
# C library's business, does not count; and the last line.
middle() {
	sed -n '/"begin/,$p' | sed 's/^.*"begin.*$/begin/'
}

# like_strace 'STRACE OPTIONS' ['OUR OPTIONS']
like_strace() {
	local -a theirs ours
	read -ra theirs <<<"$1"
	read -ra ours <<<"${2:-$1}"
	command -v strace >/dev/null || skip "no strace"
	[[ $(strace -V) == *"version 6.1"* ]] || skip "another strace"
	strace -f -o strace.out "${theirs[@]}" "$programs/talker" 2>/dev/null ||
		[ $? = 3 ]
	rm -rf data place sock
	"$SYSWALL" -vv -o syswall.out "${ours[@]}" "$programs/talker" \
		2>/dev/null || [ $? = 3 ]
	rm -rf data place sock
	if grep -q begin strace.out; then
		normalise <strace.out | middle >theirs
		normalise <syswall.out | middle >ours
	else
		# Of the loader only what it does in both alike.
		normalise <strace.out >theirs
		normalise <syswall.out >ours
	fi
	[ -s theirs ]
	diff theirs ours
}

@test "without options" {
	like_strace ""
}

@test "-e: names, groups, everything but, expressions, numbers" {
	like_strace "-e trace=openat,write"
	like_strace "-e write,kill"
	like_strace "-e trace=%file"
	like_strace "-e trace=file"
	like_strace "-e t=%desc,%signal"
	like_strace "-e trace=%network,write"
	like_strace "-e trace=%memory,%process,write"
	like_strace "-e trace=%%stat,%creds,write"
	like_strace "-e trace=!mmap,/^.*ock"
	like_strace "-e trace=/^(un)?link|^write\$"
	like_strace "-e trace=?nothing_like_it,write"
	like_strace "-e trace=1,chmod"
	like_strace "-e trace=none"
	like_strace "-e trace=all"
	like_strace "-e trace=read -e trace=write"
}

@test "-e signal= and -e status=, -z and -Z" {
	like_strace "-e signal=none"
	like_strace "-e signal=!USR1"
	like_strace "-e signal=SIGUSR1,CHLD -e write"
	like_strace "-e status=failed,unfinished"
	like_strace "-e status=!failed"
	like_strace "-z"
	like_strace "-Z"
	like_strace "-z -e openat,write"
}

@test "-P: a path by its name and by its descriptors" {
	like_strace "-P data"
	like_strace "-P place"
}

@test "-y and -yy" {
	like_strace "-y"
	# What is bound and does not listen yet is in no table of /proc/net.
	like_strace "-yy -e trace=!listen"
}

@test "-x, -xx, -X, --string-limit" {
	like_strace "-x"
	like_strace "-xx"
	like_strace "-X raw"
	like_strace "-X verbose"
	like_strace "-X abbrev"
	like_strace "-s 3" "--string-limit 3"
	like_strace "-s 70 -x" "--string-limit=70 -x"
}

@test "-n, -t, -tt, -ttt, -r, -T" {
	like_strace "-n"
	like_strace "-t"
	like_strace "-tt -n"
	like_strace "-ttt"
	like_strace "-r" "--relative-timestamps"
	like_strace "-r -tt" "--relative-timestamps -tt"
	like_strace "-T"
	like_strace "-T -z"
}

@test "-N names the arguments" {
	run "$SYSWALL" -vv -N -e trace=chmod,openat "$programs/talker"
	[[ $output == *'chmod(pathname="place", mode=0700)'* ]]
	[[ $output == *'openat(dirfd=AT_FDCWD, pathname="not there", flags=O_RDWR) = -1 ENOENT'* ]]
}

@test "-ff writes a file for each process" {
	run "$SYSWALL" -vv -ff -o log -e trace=exit_group,write \
		bash -c '(exit 2) & wait; echo ready'
	[ "$output" = ready ]
	[ "$(cat log.* | grep -c exit_group)" = 2 ]
	local files=(log.*)
	[ ${#files[@]} = 2 ]
	run ! grep -l "^[0-9]" log.*
	grep -q "+++ exited with 2 +++" log.*
}

@test "calls that nobody wants to see never stop" {
	# The decisions of -c stop at what they must, and are not shown.
	write_rules allow '{ "action": "block-hard", "syscall": "mkdir" }'
	run "$SYSWALL" -vv -q -c "$rules" -e trace=mkdir,chmod "$programs/talker"
	[[ $output == *'mkdir("place", 0755)'*'= -1 EACCES'*"[block-hard: "*rule\ 1* ]]
	[[ $output == *chmod* && $output != *openat* ]]
}

@test "what is no set is refused, and what needs -vv says so" {
	local words
	for words in "-e trace=nothing_like_it" "-e trace=%nothing" "-e trace=/[" \
		"-e signal=SIGNOTHING" "-e status=good" "-e trace=" \
		"-e trace=read,,write" "-X odd" "--string-limit x" \
		"--string-limit -1" "-e inject=read:error=EIO"; do
		# shellcheck disable=SC2086 # words
		run -125 "$SYSWALL" -vv $words true
		[[ $output == syswall:* ]]
	done
	run -125 "$SYSWALL" -e trace=read true
	[ "$output" = "syswall: -e says what -vv shows: add -vv" ]
	run -125 "$SYSWALL" -vv -ff true
	[ "$output" = "syswall: -ff writes to files: add -o FILE" ]
}

@test "-t dates decisions, too" {
	write_rules allow '{ "action": "block-hard", "syscall": "mkdir" }'
	run "$SYSWALL" -v -q -tt -c "$rules" mkdir place
	[[ $output =~ [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}\ block-hard\ mkdir ]]
}
