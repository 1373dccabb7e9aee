#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# Hard and soft blocks: what the program sees, and that nothing is touched.

load helpers

@test "a hard block is permission denied, or the rule's errno" {
	touch file
	write_rules allow '{ "action": "block-hard", "syscall": "unlink" }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/registers" file
	[ "$output" = "result -13" ]
	write_rules allow '{ "action": "block-hard", "syscall": "unlink", "errno": "EBUSY" }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/registers" file
	[ "$output" = "result -16" ]
	[ -e file ]
}

@test "a soft block changes no register but the result" {
	touch file
	write_rules allow '{ "action": "block-soft", "syscall": "unlink" }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/registers" file
	[ "$output" = "result 0" ]
	[ -e file ]
}

@test "an allowed call changes no register but the result" {
	touch file
	run -0 allow "$programs/registers" file
	[ "$output" = "result 0" ]
	[ ! -e file ]
}

@test "everything that can be blocked softly looks like success" {
	echo secret >read.me
	echo content >write.me
	write_rules allow "$libraries" \
		'{ "action": "block-soft", "class": ["file-read", "file-write",
		   "file-create", "file-delete", "file-rename", "file-attr",
		   "net-socket", "net-connect", "net-bind", "signal", "exec"] }'
	run -0 "$SYSWALL" -q -c "$rules" "$programs/soft" "$dir"
	[ "$output" = "open 1 1 different 1
cloexec 0 1
read 0
write 3
creat 1
directory 1
socket 1
connect 0
bind 0
listen 0
unlink 0
rename 0
mkdir 0
chmod 0
chown 0
truncate 0
symlink 0
link 0
kill 0" ]
	[ "$(cat read.me)" = secret ]
	[ "$(cat write.me)" = content ]
	[ "$(stat -c %a read.me)" != 0 ]
	[ ! -e new.file ] && [ ! -e dir ] && [ ! -e b ] && [ ! -e c ] && [ ! -e other ]
}

@test "a socket that was blocked softly connects, whatever else is allowed" {
	write_rules allow '{ "action": "block-soft", "syscall": "socket" }'
	run -0 "$SYSWALL" -c "$rules" bash -c 'exec 3<>/dev/tcp/127.0.0.1/9 && echo connected'
	[[ $output == *connected* ]]
	[[ $output == *"block-soft  net-connect  127.0.0.1:9"* ]]
}

@test "a softly blocked exec ends the process with 0" {
	write_rules allow '{ "action": "block-soft", "syscall": "execve" }'
	run -0 "$SYSWALL" -q -c "$rules" bash -c '/bin/false; echo "status $?"'
	[ "$output" = "status 0" ]
}

@test "kill ends everything" {
	write_rules allow '{ "action": "kill", "syscall": ["unlink", "unlinkat"] }'
	touch file
	run -137 "$SYSWALL" -q -c "$rules" bash -c 'sleep 60 & rm file; echo not reached'
	[ "$output" = "" ]
	[ -e file ]
}

@test "foreign ABIs are refused and reported" {
	echo secret >file
	run -0 "$SYSWALL" --on-unmatched allow "$programs/foreign_abi" x32 file
	[[ $output == *"x32: Function not implemented"* ]]
	[[ $output == *"x32:"* ]]
}

@test "without a terminal a question is a block, said once" {
	echo secret >file
	write_rules ask "$libraries"
	run -1 "$SYSWALL" -q -c "$rules" cat file file </dev/null
	[[ $output == *"ermission denied"* ]]
	[ "$(grep -c "no terminal" <<<"$output")" = 1 ]
}

@test "nobody can hold up exit or the return from a handler" {
	write_rules allow '{ "action": "block-hard",
		"syscall": ["exit", "exit_group", "rt_sigreturn"] }'
	run -3 "$SYSWALL" -q -c "$rules" "$programs/end" status 3
	run -0 "$SYSWALL" -q -c "$rules" bash -c 'trap "echo caught" USR1; kill -USR1 $$; echo on'
	[ "$output" = $'caught\non' ]
}

@test "what the engine refuses is told as any call is" {
	run -0 "$SYSWALL" -vv "$programs/call" 425 8 0
	[[ $output == *"io_uring_setup(8, NULL)                 = -1 ENOSYS (Function not implemented) [refused: "* ]]
	run -0 "$SYSWALL" --on-unmatched allow "$programs/call" 425 8 0
	[[ $output == *"io_uring_setup refused: "* ]]
	# clone3 has a fallback: -vv shows it, nobody else hears of it.
	run -0 "$SYSWALL" -vv "$programs/call" 435 0 0
	[[ $output == *"clone3("*" = -1 ENOSYS (Function not implemented)"* ]]
	run -0 "$SYSWALL" -v --on-unmatched allow "$programs/call" 435 0 0
	[[ $output != *clone3* ]]
}
