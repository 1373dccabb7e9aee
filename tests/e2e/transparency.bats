#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# A program that is allowed everything behaves as it does without syswall.

load helpers

@test "exit statuses are passed on" {
	for status in 0 1 2 3 77 125 126 127 128 200 255; do
		run -"$status" allow "$programs/end" status "$status"
	done
}

@test "fatal signals are passed on" {
	for signal in 1 2 3 6 8 9 11 13 14 15 24 31; do
		run -$((128 + signal)) allow "$programs/end" signal "$signal"
	done
}

@test "a program that does not exist gives 127" {
	run -127 "$SYSWALL" "$dir/nothing"
	[[ $output == "syswall: "*"nothing: No such file or directory" ]]
	run -127 "$SYSWALL" no-such-command-anywhere
	[[ $output == "syswall: no-such-command-anywhere: command not found" ]]
	run -127 "$SYSWALL" ""
	mkdir closed
	chmod 0 closed
	PATH="$dir/closed:$PATH" run -127 "$SYSWALL" no-such-command-anywhere
}

@test "a program that cannot be executed gives 126" {
	printf 'hello' >file
	run -126 "$SYSWALL" ./file
	[[ $output == "syswall: ./file: Permission denied" ]]
	mkdir directory
	run -126 "$SYSWALL" ./directory
	[[ $output == "syswall: ./directory: Is a directory" ]]
	printf '\177ELF\0broken' >broken
	chmod +x broken
	run -126 "$SYSWALL" -q --on-unmatched allow ./broken
}

@test "a script without #! is run by the shell" {
	printf 'echo "script $1 $0"; exit 5\n' >script
	chmod +x script
	run -5 allow ./script argument
	[ "$output" = "script argument ./script" ]
}

@test "a script whose interpreter is missing gives 127" {
	printf '#!/no/such/interpreter\n' >script
	chmod +x script
	run -127 "$SYSWALL" -q --on-unmatched allow ./script
	[[ $output == "syswall: cannot execute ./script: No such file or directory" ]]
}

@test "signals, umask, directory, environment, descriptors are inherited" {
	(
		trap '' PIPE USR2
		umask 027
		exec 7</dev/null 9>&1
		same "$programs/inherited"
	)
}

@test "closed standard descriptors stay closed" {
	bare=$("$programs/inherited" 0<&- 2>&- 5>&1 | grep open)
	traced=$(allow "$programs/inherited" 0<&- 2>&- 5>&1 | grep open)
	[ "$bare" = "$traced" ]
}

@test "a blocked signal is inherited as blocked, and none is pending" {
	/usr/bin/python3 - "$SYSWALL" "$programs/inherited" <<'PY'
import signal, subprocess, sys
syswall, program = sys.argv[1:]
def block():
    signal.pthread_sigmask(signal.SIG_BLOCK,
                           [signal.SIGCONT, signal.SIGINT, signal.SIGTERM])
run = lambda *c: subprocess.run(c, preexec_fn=block, stdout=subprocess.PIPE,
                                check=True).stdout
assert run(program) == run(syswall, "-q", "--on-unmatched", "allow", program)
PY
}

@test "signals arrive with siginfo, in order" {
	same "$programs/siginfo"
}

@test "bad pointers and unknown numbers get the kernel's answers" {
	same "$programs/oddities"
}

@test "exec from a thread, leader alive or gone" {
	for leader in stay leave; do
		for _ in 1 2 3 4 5; do
			run -0 allow "$programs/exec_from_thread" "$leader" \
				/bin/echo here
			[ "$output" = here ]
		done
	done
}

@test "a daemonised grandchild stays traced, and is waited for" {
	run -0 allow "$programs/daemon" "$dir/result"
	[ "$(cat result)" = "traced 1" ]
}

@test "standard input, output and error are the program's own" {
	run -0 bash -c 'printf abc | "$0" -q --on-unmatched allow cat 2>/dev/null' \
		"$SYSWALL"
	[ "$output" = abc ]
}

@test "a signal sent to syswall reaches the program" {
	"$SYSWALL" -q --on-unmatched allow bash -c '
		trap "echo caught; exit 9" TERM
		echo ready >ready
		while :; do sleep 0.05; done' >out &
	pid=$!
	for _ in {1..100}; do [ -s ready ] && break; sleep 0.05; done
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	[ $status = 9 ]
	[ "$(cat out)" = caught ]
}

@test "SIGKILL of syswall kills the program" {
	"$SYSWALL" -q --on-unmatched allow bash -c 'echo $$ >pid; sleep 60' &
	pid=$!
	for _ in {1..100}; do [ -s pid ] && break; sleep 0.05; done
	kill -KILL $pid
	wait $pid || true
	for _ in {1..100}; do
		kill -0 "$(cat pid)" 2>/dev/null || break
		sleep 0.05
	done
	run ! kill -0 "$(cat pid)"
}
