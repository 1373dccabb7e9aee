#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# --explain: the verdict, the rule, the rules it beat; runs nothing.

# shellcheck disable=SC2016 # for syswall
load helpers

allow_read='{"action": "allow", "class": "file-read"}'
block_here='{"action": "block-hard", "class": "file-read", "path": "${CWD}/**"}'

@test "the first rule that matches, and the ones that come too late" {
	write_rules ask "$block_here" "$allow_read"
	run -1 "$SYSWALL" -c rules.json --explain open x O_RDONLY
	[ "$output" = "open(\"x\", O_RDONLY)
file-read $dir/x: block-hard EACCES
  rule 1 is the first that matches
    rules.json:2:1: rule 1: $block_here
  these match too, but come later:
    rules.json:3:1: rule 2: $allow_read" ]
	run -0 "$SYSWALL" --explain -c rules.json open /etc/passwd O_RDONLY
	[[ $output == *"file-read /etc/passwd: allow"*"rules.json:3:1: rule 2: "* ]]
}

@test "what explains is what happens" {
	echo content >file
	write_rules allow "$block_here"
	run -1 "$SYSWALL" -c rules.json --explain openat AT_FDCWD file O_RDONLY
	run -1 "$SYSWALL" -q -c rules.json cat file
	run -0 "$SYSWALL" -c rules.json --explain openat AT_FDCWD /etc/passwd O_RDONLY
	run -0 "$SYSWALL" -q -c rules.json cat /etc/passwd
}

@test "each thing that a call does, and the strictest counts" {
	write_rules allow '{"action": "block-hard", "class": "file-write", "errno": "EROFS"}'
	run -1 "$SYSWALL" -c rules.json --explain open /etc/passwd 'O_RDWR|O_CREAT' 0644
	[[ $output == *"file-read /etc/passwd: allow"*"the default is allow"* ]]
	[[ $output == *"file-write /etc/passwd: block-hard EROFS"* ]]
	[ "${lines[-1]}" = "the strictest counts: block-hard EROFS" ]
	# A rename is told of what it does on the side only where a rule stops it.
	run -1 "$SYSWALL" -c rules.json --explain rename /a /b
	[[ $output == *"file-write /b (on the side): block-hard EROFS"* ]]
	[[ $output != *"file-delete"* ]]
}

@test "defaults, quiet classes, and options" {
	run -1 "$SYSWALL" --explain unlink /x
	[[ $output == *"file-delete /x: ask"*"no file states a default: ask"* ]]
	run -0 "$SYSWALL" --explain --on-unmatched allow unlink /x
	[[ $output == *"--on-unmatched is allow"* ]]
	run -1 "$SYSWALL" --explain --no-prompt unlink /x
	[[ $output == *"block-hard EACCES"*"nobody may be asked (--no-prompt)"* ]]
	run -0 "$SYSWALL" --explain read 3 buf 100
	[[ $output == *"no rule names it, and io is allowed unasked"* ]]
	run -1 "$SYSWALL" --explain -a read read 3 buf 100
	[[ $output == *"--ask names it"* ]]
	run -1 "$SYSWALL" --explain syscall_999 1
	[[ $output == *"unknown: ask"* ]]
}

@test "addresses, profiles, programs" {
	run -1 "$SYSWALL" --explain -p offline connect 3 10.0.0.1:80
	[[ $output == *"net-connect 10.0.0.1:80: block-hard ENETUNREACH"*"profile:offline:7:5: rule 2: "* ]]
	run -1 "$SYSWALL" --explain -p secrets connect 3 unix:/run/docker.sock
	[[ $output == *"net-connect unix:/run/docker.sock: block-hard"* ]]
	write_rules ask '{"action": "allow", "class": "net-connect", "address": "::1", "program": "/usr/bin/git"}'
	run -0 "$SYSWALL" --explain -c rules.json connect@/usr/bin/git 3 '[::1]:80'
	run -1 "$SYSWALL" --explain -c rules.json connect@/usr/bin/curl 3 '[::1]:80'
	run -1 "$SYSWALL" --explain -c rules.json connect 3 '[::1]:80'
	[[ $output == *"these would have to know more:"*'"program": "/usr/bin/git"'* ]]
}

@test "paths are found as a program would find them" {
	mkdir real && ln -s real link
	run -1 "$SYSWALL" --explain open link/../x O_RDONLY
	[[ $output == *"file-read $dir/x: ask"* ]]
	run -1 "$SYSWALL" --explain open link/x O_RDONLY
	[[ $output == *"file-read $dir/real/x: ask"* ]]
	run -1 "$SYSWALL" --explain unlink link
	[[ $output == *"file-delete $dir/link: ask"* ]]
	run -1 "$SYSWALL" --explain openat ./link y O_RDONLY
	[[ $output == *"file-read $dir/real/y: ask"* ]]
	run -1 "$SYSWALL" --explain fchmod ./real 0700
	[[ $output == *"file-attr $dir/real: ask"* ]]
	# What is not there yet is named all the same.
	run -1 "$SYSWALL" --explain mkdir link/a/b/../c 0700
	[[ $output == *"file-create $dir/real/a/c: ask"* ]]
}

@test "trouble is 2, in one line" {
	local words
	write_rules ask '{"action": "allow"'
	while read -r -a words; do
		run -2 "$SYSWALL" --explain "${words[@]}"
		[ "${#lines[@]}" = 1 ]
		[[ $output == "syswall: "* ]]
	done <<-'ROWS'

		nosuch
		open /x O_RDNLY
		open /x 0 0 0
		connect 3 localhost:80
		-c rules.json open /x 0
		-c missing open /x 0
		-p nosuch open /x 0
	ROWS
}

@test "nothing runs, nothing is written" {
	run -1 "$SYSWALL" --explain -p paranoid -s saved -r record unlink "$rules"
	[ ! -e saved ] && [ ! -e record ]
	run -1 "$SYSWALL" --explain open $'/a\033b' O_RDONLY
	[[ $output != *$'\033'* ]]
}
