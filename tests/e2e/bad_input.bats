#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# One clear line, the right exit status, nothing half written.

load helpers

# refused PATTERN ARGS...: status 125, one line that matches, nothing was run
refused() {
	local pattern=$1
	shift
	run -125 --separate-stderr "$SYSWALL" "$@"
	# shellcheck disable=SC2053 # a pattern
	[[ $stderr == $pattern ]]
	[ "$(wc -l <<<"$stderr")" = 1 ]
	[ "$output" = "" ]
}

@test "options" {
	refused "syswall: no program to run*"
	refused "syswall: option --bogus: unknown*" --bogus echo ran
	refused "syswall: option -G: unknown*" -G echo ran
	refused "syswall: option -c: its argument is missing*" -c
	refused "syswall: option --config: its argument is missing*" --config
	refused "syswall: option --quiet=3: takes no argument*" --quiet=3 echo ran
	refused "syswall: --on-unmatched: 'maybe': not one of*" --on-unmatched maybe echo ran
	refused "syswall: --ask: \"foo\": no system call and no class" -a foo echo ran
}

@test "options end at the program" {
	run -0 "$SYSWALL" -q --on-unmatched allow echo -c --bogus
	[ "$output" = "-c --bogus" ]
	run -0 "$SYSWALL" -q --on-unmatched allow -- echo -v
	[ "$output" = "-v" ]
}

@test "rules files that cannot be read" {
	refused "syswall: missing: No such file or directory" -c missing echo ran
	refused "syswall: $dir: Is a directory" -c "$dir" echo ran
	refused "syswall: /dev/zero: not a regular file" -c /dev/zero echo ran
	mkfifo fifo
	refused "syswall: fifo: not a regular file" -c fifo echo ran
	truncate -s 100M huge
	refused "syswall: huge: too large" -c huge echo ran
	ln -s loop loop
	refused "syswall: loop: Too many levels of symbolic links" -c loop echo ran
}

@test "rules files that are no rules" {
	local text
	: >bad
	refused "syswall: bad:1:1: *" -c bad echo ran
	while read -r position text; do
		printf '%s' "$text" >bad
		refused "syswall: bad:$position: *" -c bad echo ran
	done <<-'ROWS'
		1:1 []
		1:27 {"version": 1, "rules": []
		1:29 {"version": 1, "rules": []} x
		1:16 {"version": 1, "version": 1, "rules": []}
		1:2 {"version": 2, "rules": []}
		1:16 {"version": 1, "rulez": []}
		1:28 {"version": 1, "rules": [ {"action": "maybe"} ]}
		1:47 {"version": 1, "rules": [ {"action": "allow", "sycall": "open"} ]}
		1:47 {"version": 1, "rules": [ {"action": "allow", "syscall": "opn"} ]}
		1:47 {"version": 1, "rules": [ {"action": "allow", "class": "files"} ]}
		1:52 {"version": 1, "rules": [ {"action": "block-soft", "syscall": "fork"} ]}
		1:52 {"version": 1, "rules": [ {"action": "block-hard", "errno": "EFOO"} ]}
		1:15 {"syscalls": {"0": "Perhaps"}}
		1:15 {"syscalls": {"read": "Allowed"}}
	ROWS
}

@test "invalid UTF-8, control bytes and deep nesting in a rules file" {
	printf '{"version": 1, "rules": [], "x": "\377"}' >bad
	refused "syswall: bad:1:*" -c bad echo ran
	printf '{"version": 1,\n "rules": [], "a\001": 1}' >bad
	refused "syswall: bad:2:*" -c bad echo ran
	{ printf '[%.0s' {1..100000}; } >bad
	refused "syswall: bad:1:*" -c bad echo ran
	# A hostile name in the file reaches the terminal escaped.
	printf '{"version": 1, "rules": [], "\\u001b[2J": 1}' >bad
	refused 'syswall: bad:1:*unknown key*' -c bad echo ran
	[[ $stderr != *$'\033'* ]]
}

@test "the original's format" {
	printf '{"syscalls": {"0": "Allowed", "87": "HardBlocked", "263": "SoftBlocked"}}' >old
	touch file
	run -0 "$SYSWALL" -q -c old --on-unmatched allow rm file
	[ -e file ]
	run -0 "$SYSWALL" -q -c old --on-unmatched allow "$programs/registers" file
	[ "$output" = "result -13" ]
	printf '{"syscalls": {"83": "SoftBlocked"}}' >old
	run -0 "$SYSWALL" -q -c old --on-unmatched allow mkdir made
	[ ! -e made ]
}

@test "the saved rules cannot be written: 125, and the old file is kept" {
	echo old >saved
	mkdir closed
	refused "syswall: /no/where/saved: *" -q --on-unmatched allow -s /no/where/saved true
	refused "syswall: /dev/full: No space left on device" -q --on-unmatched allow -s /dev/full true
	refused "syswall: closed: *" -q --on-unmatched allow -s closed true
	[ "$(cat saved)" = old ]
	[ -z "$(find . -name 'saved?*')" ]
}

@test "a full disk leaves the old rules as they were" {
	[ "$(id -u)" = 0 ] || skip "needs root to mount a small file system"
	mkdir small
	unshare -m bash -c 'mount -t tmpfs -o size=8k none small &&
		echo old >small/saved && dd if=/dev/zero of=small/fill bs=4k 2>/dev/null
		"$0" -q --on-unmatched allow -s small/saved true; status=$?
		cat small/saved; ls small; exit $status' "$SYSWALL" >out 2>err ||
		status=$?
	grep -q "^syswall: .*No space left on device" err || skip "no mounts here"
	[ "$status" = 125 ]
	[ "$(cat out)" = $'old\nfill\nsaved' ]
}

@test "record and log that cannot be written" {
	refused "syswall: /dev/full: No space left on device" -q --on-unmatched allow -r /dev/full true
	refused "syswall: /no/where: No such file or directory" -q --on-unmatched allow -r /no/where true
	refused "syswall: cannot write the log: /no/where: *" -v -o /no/where echo ran
	refused "syswall: cannot write the log: /dev/full: No space*" -q --on-unmatched allow -v -o /dev/full true
}

@test "no place for what is to be written: told before the start" {
	local words
	mkdir closed
	for words in "-s" "-r" "--log" "-v -o" "-vv -ff -o"; do
		# shellcheck disable=SC2086 # words
		run -125 "$SYSWALL" -q --on-unmatched allow $words no/where touch ran
		[[ $output == "syswall: "*"no/where"*": No such file or directory" ]]
		[ ! -e ran ]
	done
	ln -s no/where dangling
	run -125 "$SYSWALL" -q --on-unmatched allow -s dangling touch ran
	run -125 "$SYSWALL" -q --on-unmatched allow -r closed touch ran
	chmod 500 closed
	if [ "$(id -u)" != 0 ]; then
		run -125 "$SYSWALL" -q --on-unmatched allow -r closed/x touch ran
		[[ $output == "syswall: closed/x: Permission denied" ]]
	fi
	[ ! -e ran ]
	# What was only tried leaves nothing; the old file stays till the end.
	echo '{ "version": 1, "rules": [] }' >saved
	run -0 allow -s saved sh -c 'ls -A; cat saved'
	[ "$output" = $'closed\ndangling\nsaved\n{ "version": 1, "rules": [] }' ]
}

@test "a limit on file sizes is an error of the log, not the end" {
	run -125 --separate-stderr bash -c 'ulimit -f 1
		"$0" -q --on-unmatched allow -vv -o log ls / >/dev/null' "$SYSWALL"
	[ "$stderr" = "syswall: cannot write the log: log: File too large" ]
}

@test "standard error closed or full" {
	run -0 bash -c '"$0" --on-unmatched allow echo hello 2>&-' "$SYSWALL"
	[ "$output" = hello ]
	run -0 bash -c '"$0" --on-unmatched allow echo hello 2>/dev/full' "$SYSWALL"
	[ "$output" = hello ]
}

@test "standard output full" {
	run -125 bash -c '"$0" --list-syscalls >/dev/full' "$SYSWALL"
	[ "$output" = "syswall: cannot write to standard output" ]
}

@test "few descriptors: it runs guarded, or it does not run" {
	local n status
	for n in 4 5 6 7 8 9 10 12 16; do
		status=0
		bash -c "ulimit -n $n; "'"$0" -q --on-unmatched allow echo hello' \
			"$SYSWALL" >out 2>err || status=$?
		case $status in
		0) [ "$(cat out)" = hello ] ;;
		125 | 127) [ "$(cat out)" = "" ] && [ -s err ] ;; # 127: the loader's
		# Its memory is looked at by a process that needs a pipe.
		137) [ "$(cat out)" = "" ] && grep -q "answer (Too many" err ;;
		*) false ;;
		esac
	done
}

@test "syswall under syswall says why not" {
	# The leak checker cannot work below a tracer.
	export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"
	run -125 "$SYSWALL" -q --on-unmatched allow "$SYSWALL" -q --on-unmatched allow echo ran
	[[ $output == "syswall: ptrace: "*" forbidden here "* ]]
	[ "$(wc -l <<<"$output")" = 1 ]
}
