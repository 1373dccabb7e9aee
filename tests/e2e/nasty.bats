#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# run-tests: alone
# What the authors of tracers have had to learn: deaths, stops, executions and
# restarts at the worst moment. Each program is run bare first, to show that
# what it tries does work.

load helpers

# Block the file "secret" with ACTION; everything else is allowed.
guard_secret() {
	echo secret >secret
	write_rules allow "{ \"action\": \"$1\", \"class\": \"file-read\",
		\"path\": \"$dir/secret\" }"
}

guarded() {
	timeout -k 1 20 "$SYSWALL" -q -c "$rules" "$@"
}

@test "children that are killed as soon as they are born" {
	run -0 timeout 20 "$SYSWALL" -q --on-unmatched allow \
		"$programs/newborn" 2000
	[ "$output" = "killed 2000 of 2000" ]
}

@test "SIGKILL for a process whose threads are in ruled calls" {
	guard_secret block-hard
	run -0 "$programs/kill_storm" secret 5
	[ "$output" = "opened 1 refused 0" ]
	run -0 guarded "$programs/kill_storm" secret 100
	[ "$output" = "opened 0 refused 1" ]
}

@test "exec from one of 100 threads that are in ruled calls" {
	guard_secret block-hard
	run -0 "$programs/exec_storm" secret 2 100
	[ "$output" = "opened 1" ]
	run -0 guarded -r record.json "$programs/exec_storm" secret 4 100
	[ "$output" = "opened 0" ]
	# No execution was missed.
	run -0 /usr/bin/python3 -c 'import json
print(json.load(open("record.json"))["programs"][0]["count"])'
	[ "$output" = 5 ]
}

@test "many executions from few threads" {
	guard_secret block-hard
	run -0 guarded -r record.json "$programs/exec_storm" secret 60 5
	[ "$output" = "opened 0" ]
	run -0 /usr/bin/python3 -c 'import json
print(json.load(open("record.json"))["programs"][0]["count"])'
	[ "$output" = 61 ]
}

@test "exit_group against 50 threads in ruled calls, leader alive or gone" {
	guard_secret block-hard
	for leader in stay leave; do
		run -7 "$programs/leader_exits" secret "$leader"
		[ "$output" = "opened 1" ]
		run -7 guarded "$programs/leader_exits" secret "$leader"
		[ "$output" = "opened 0" ]
	done
}

@test "a herd of processes is stopped and continued during ruled calls" {
	guard_secret block-hard
	run -0 guarded "$programs/stop_herd" secret
	[ "$output" = "opened 0 stops 200 continuations 200 moved 0 stuck 0" ]
}

@test "a child stops itself first thing" {
	guard_secret block-hard
	run -0 "$programs/stop_first" secret
	[ "$output" = "stopped 100 opened 50 refused 0" ]
	run -0 guarded "$programs/stop_first" secret
	[ "$output" = "stopped 100 opened 0 refused 50" ]
}

@test "vfork and posix_spawn" {
	guard_secret block-hard
	run -0 guarded "$programs/spawns" secret
	[ "$output" = "vfork: 0 opened 300 refused
posix_spawn: 0 opened 300 refused" ]
}

@test "CLONE_UNTRACED is of no use, and changes no register" {
	guard_secret block-hard
	run -0 "$programs/untraced" secret
	[ "${lines[0]}" = "traced 0 opened 200 of 200" ]
	run -0 guarded "$programs/untraced" secret
	[ "$output" = "traced 200 opened 0 of 200
changed in parent 0 child 0 others 0
clone3 Function not implemented" ]
}

@test "a program's own seccomp filters" {
	guard_secret block-hard
	run -0 guarded "$programs/own_filter" trace secret
	[ "$output" = "opened 0 refused 72" ]
	run -0 guarded "$programs/own_filter" errno0 secret
	[ "$output" = "errno 0" ]
	run -0 "$programs/own_filter" notify secret
	[ "$output" = "notify: opened" ]
	run -0 guarded "$programs/own_filter" notify secret
	[ "$output" = "notify: Device or resource busy" ]
	run -0 guarded "$programs/own_filter" strict secret
	[ "$output" = "strict: 22" ]
}

@test "system call user dispatch" {
	guard_secret block-hard
	run "$programs/dispatch" secret
	[ "$status" != 77 ] || skip "the kernel has none"
	bare=${lines[0]}
	[ "${lines[1]}" = "open: done" ]
	run -0 guarded "$programs/dispatch" secret
	[ "$output" = "$bare
open: Permission denied" ]
}

@test "junk in the upper half of registers" {
	guard_secret block-hard
	run -0 "$programs/odd_entry" upper secret
	[ "$output" = "openat done" ]
	run -0 guarded "$programs/odd_entry" upper secret
	[ "$output" = "openat refused" ]
}

@test "calls through the vsyscall page" {
	run "$programs/odd_entry" vsyscall
	[ "$status" != 77 ] || skip "the kernel has no vsyscall page"
	bare=$output
	run -0 allow "$programs/odd_entry" vsyscall
	[ "$output" = "$bare" ]
	run -0 allow -vv -o log "$programs/odd_entry" vsyscall
	[ "$output" = "$bare" ]
	# These calls have no exit, and a result all the same.
	[ "$(grep -c 'gettimeofday({tv_sec=[0-9]*, tv_usec=[0-9]*}, NULL) = 0$' log)" = 3 ]
	run ! grep -E 'ENOSYS|unfinished' log
	write_rules allow '{ "action": "block-hard", "syscall": "gettimeofday" }'
	run -0 guarded "$programs/odd_entry" vsyscall
	[ "${lines[0]}" = "gettimeofday -13 empty" ]
	[ "${lines[4]}" = "gettimeofday -13 empty" ]
}

# It tells early from late by the clock, which a busy machine can fool once.
as_bare() {
	for _ in 1 2 3; do
		[ "$(allow "$@" "$programs/restarts")" = \
			"$("$programs/restarts")" ] && return
	done
	return 1
}

@test "calls that are broken off by stops and signals go on as without syswall" {
	as_bare
	as_bare -vv -o log
}

@test "300 processes at one time, each in a call that waits" {
	guard_secret block-hard
	run -0 guarded "$programs/crowd" secret 300
	[ "$output" = "refused 300 opened 0
killed 300" ]
}

@test "sessions and orphaned process groups" {
	same "$programs/sessions"
}

@test "a program that traces is refused, and goes on" {
	run -0 allow "$programs/tracers"
	[ "$output" = "TRACEME: Operation not permitted
ATTACH: Operation not permitted
SEIZE: Operation not permitted
CONT: No such process
status 5" ]
}

@test "a deep chain of forks" {
	guard_secret block-hard
	run -0 "$programs/fork_chain" secret 300
	run -13 guarded "$programs/fork_chain" secret 300
}

@test "executions that fail leave everything as it was" {
	guard_secret block-hard
	run -0 guarded "$programs/exec_fails" secret
	bare=$("$programs/exec_fails" secret)
	[ "$(grep -c "open: done" <<<"$bare")" = 10 ]
	[ "$output" = "${bare//open: done/open: Permission denied}" ]
}

@test "soft blocks while signals fly" {
	guard_secret block-soft
	run -0 guarded "$programs/soft_storm" signals secret
	[ "$output" = "good 1200 bad 0 error 0" ]
}

@test "soft blocks when no descriptor is left" {
	guard_secret block-soft
	bare=$("$programs/soft_storm" limit secret)
	run -0 guarded "$programs/soft_storm" limit secret
	[ "$output" = "$bare" ]
}

@test "soft blocks of a process that is killed, or executes" {
	guard_secret block-soft
	run -0 guarded "$programs/soft_storm" killed secret
	[ "$output" = "killed 100" ]
	run -0 guarded "$programs/soft_storm" exec secret
	[ "$output" = executed ]
}

@test "kill ends also who is born meanwhile" {
	echo secret >secret
	write_rules allow "{ \"action\": \"kill\", \"class\": \"file-delete\",
		\"path\": \"$dir/secret\" }"
	for _ in {1..10}; do
		run -137 guarded "$programs/fork_race" secret
		[ "$output" = "" ]
	done
	[ -e secret ]
}

@test "10,000 short lives leave little behind" {
	[ -z "${ASAN_OPTIONS-}" ] || skip "AddressSanitizer keeps what is freed"
	run -0 timeout 20 "$SYSWALL" -q --on-unmatched allow \
		"$programs/short_lives" 10000
	[ "$output" = none ]
}
