#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# What syswall rests on is missing or forbidden: named, and nothing is run on a
# promise that is not kept. --version, --weaker.

load helpers

# without WHAT ARGS...: syswall where the kernel lacks WHAT
without() {
	"$programs/without" "$1" "$SYSWALL" "${@:2}"
}

@test "--version lists all that it rests on" {
	run -0 "$SYSWALL" --version
	[[ ${lines[0]} == "syswall "* ]]
	for name in /proc ptrace PTRACE_GET_SYSCALL_INFO process_vm_readv \
		"seccomp RET_TRACE" PTRACE_O_EXITKILL "seccomp listener" \
		SECCOMP_ADDFD_FLAG_SEND; do
		grep -q "^$name: yes (" <<<"$output"
	done
	for name in PR_SET_DUMPABLE F_SEAL_FUTURE_WRITE mseal openat2 kcmp \
		/proc/PID/pagemap; do
		grep -q "^$name: \(yes\|no\)" <<<"$output"
	done
	run -0 without mseal,exitkill,listener --version
	grep -q "^mseal: no, Function not implemented (" <<<"$output"
	grep -q "^PTRACE_O_EXITKILL: no, Invalid argument (" <<<"$output"
	grep -q "^seccomp listener: no, Invalid argument (" <<<"$output"
	grep -q "^SECCOMP_ADDFD_FLAG_SEND: no, could not be tried (" <<<"$output"
}

@test "what nothing works without is named, --weaker or not" {
	# The leak checker needs ptrace itself.
	export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"
	while read -r what name; do
		for option in --no-prompt --weaker; do
			run -125 without "$what" $option -q --on-unmatched allow \
				sh -c 'echo ran >&2; touch ran'
			[ "${#lines[@]}" = 1 ]
			[[ $output == "syswall: $name: missing or forbidden here ("*"): syswall cannot "* ]]
			[[ $output != *--weaker* ]]
			[ ! -e ran ]
		done
	done <<-END
		ptrace ptrace
		ptrace-info PTRACE_GET_SYSCALL_INFO
		process_vm_readv process_vm_readv
		seccomp seccomp RET_TRACE
	END
}

@test "a promise that cannot be kept stops, --weaker goes on and says so" {
	while read -r what name; do
		run -125 without "$what" -q --on-unmatched allow touch ran
		[ "${#lines[@]}" = 1 ]
		[[ $output == "syswall: $name: missing or forbidden here ("*"): syswall cannot "*"; --weaker goes on without" ]]
		[ ! -e ran ]
		run -7 without "$what" -q --weaker --on-unmatched allow \
			-r record.json sh -c 'exit 7'
		[ "${#lines[@]}" = 1 ]
		[[ $output == "syswall: weaker: no $name ("*"): "* ]]
		grep -q "weaker: no $name" record.json
	done <<-END
		exitkill PTRACE_O_EXITKILL
		listener seccomp listener
		addfd SECCOMP_ADDFD_FLAG_SEND
	END
}

@test "a syswall that can be looked into stops" {
	! grep -q __asan_init "$SYSWALL" ||
		skip "AddressSanitizer has to look into it"
	run -125 without dumpable -q --on-unmatched allow true
	[[ $output == "syswall: PR_SET_DUMPABLE: missing or forbidden here"* ]]
	run -0 without dumpable -q --weaker --on-unmatched allow true
	[ "$output" = "syswall: weaker: no PR_SET_DUMPABLE (Operation not permitted): the program may look into syswall's memory" ]
}

@test "who only watches promises nothing" {
	run -0 without exitkill,listener -vv -o log true
	[ -z "$output" ]
	grep -q 'execve(.* = 0$' log
}

@test "what is only slower or stricter is no reason to stop" {
	for what in memfd mseal openat2 kcmp pidfd_getfd \
		memfd,mseal,openat2,kcmp,pidfd_getfd; do
		run -0 without "$what" -q --on-unmatched allow sh -c 'echo ran'
		[ "$output" = ran ]
	done
}

@test "no promise is broken for what is missing" {
	echo words >secret
	echo words >soft
	echo words >open
	write_rules allow \
		'{ "action": "block-hard", "class": "file-read", "path": "**/secret" }' \
		'{ "action": "block-soft", "class": "file-read", "path": "**/soft" }'
	for what in mseal memfd openat2 kcmp listener addfd \
		listener,openat2,kcmp,mseal; do
		for threads in 0 2; do
			run without "$what" -q --weaker -c "$rules" \
				"$programs/secrets" $threads soft secret secret
			[[ $output != *words* ]]
			run without "$what" -q --weaker -c "$rules" \
				"$programs/secrets" $threads open \
				"/proc/self/cwd/secret" "/proc/thread-self/cwd/./secret"
			[[ $(grep -c words <<<"$output") -le 1 ]]
		done
		run without "$what" -q --weaker -c "$rules" \
			"$programs/own_filter" notify "$dir/secret"
		[[ $output != *opened* && $output != *words* ]]
	done
	# One thread and its own memory: nothing to protect from anybody.
	run -0 without mseal,memfd -q -c "$rules" cat open
	[ "$output" = words ]
}

@test "links of /proc lead where they lead without openat2" {
	for path in /proc/self/mounts /proc/self/exe /proc/thread-self/exe; do
		run -0 without openat2 -q --on-unmatched allow \
			dd if=$path of=/dev/null count=1
	done
	for path in /proc/thread-self/cwd/ /proc/self/cwd/. /proc/self/fd/; do
		run -0 without openat2 -q --on-unmatched allow ls $path
	done
	run -0 without openat2 -q --on-unmatched allow cat /proc/mounts
	[ -n "$output" ]
}
