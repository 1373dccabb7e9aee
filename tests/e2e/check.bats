#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# --check: errors and warnings with their place, and the exit status.

# shellcheck disable=SC2016 # for syswall
load helpers

@test "nothing to say about a good file" {
	write_rules ask '{ "action": "allow", "class": "file-read", "path": "/usr/**" }'
	run -0 "$SYSWALL" --check "$rules"
	[ "$output" = "" ]
	run -0 "$SYSWALL" --check --strict "$rules" "$rules"
	[ "$output" = "" ]
}

@test "an error: place, reason, status 1" {
	printf '{ "version": 1, "rules": [\n  { "action": "might" }\n] }' >bad
	run -1 --separate-stderr "$SYSWALL" --check bad
	[[ $output == 'bad:2:5: error: unknown action "might"; '* ]]
	# shellcheck disable=SC2154 # set by run
	[ "$stderr" = "" ]
	: >empty
	run -1 "$SYSWALL" --check empty
	[[ $output == "empty:1:1: error: "* ]]
}

@test "what --check calls an error, -c refuses" {
	printf '{ "version": 1, "rules": [ { "action": "block-soft", "syscall": "fork" } ] }' >bad
	run -1 "$SYSWALL" --check bad
	run -125 "$SYSWALL" -c bad echo ran
}

@test "warnings alone: 0, and 1 with --strict" {
	write_rules ask '{ "action": "block-hard", "class": "exec" }' \
		'{ "action": "allow", "syscall": "execve" }'
	run -0 "$SYSWALL" --check "$rules"
	[ "$output" = "$rules:3:1: warning: rule 2 never decides: rule 1 in line 2 comes first and matches all that it matches" ]
	run -1 "$SYSWALL" --strict --check "$rules"
	[ "${#lines[@]}" = 1 ]
}

@test "links of this machine" {
	ln -s "$dir" link
	write_rules ask "{ \"action\": \"allow\", \"class\": \"file-create\", \"path\": \"$PWD/link/**\" }"
	run -0 "$SYSWALL" --check "$rules"
	[[ $output == *"rule 1 names \"$PWD/link/**\" in vain: $PWD/link is a symbolic link to $dir, "* ]]
}

@test "several files, the worst counts" {
	write_rules ask
	printf '{}' >bad
	run -1 "$SYSWALL" --check "$rules" bad "$rules"
	[ "${#lines[@]}" = 1 ]
	run -2 "$SYSWALL" --check bad missing "$rules"
	[ "${lines[0]}" = "bad:1:1: error: no rules file: \"version\": 1 is missing" ]
	[ "${lines[1]}" = "syswall: missing: No such file or directory" ]
}

@test "no file, and a file that cannot be read: 2" {
	run -2 "$SYSWALL" --check
	[ "$output" = "syswall: --check: no rules file to look at (try --help)" ]
	run -2 "$SYSWALL" --check "$dir"
	write_rules ask '{ "action": "allow", "class": "file-read" }'
	run -2 bash -c '"$0" --check "$1" >/dev/full' "$SYSWALL" "$rules"
}

@test "names of files and rules reach the terminal escaped" {
	printf '{ "version": 1, "x": 1 }' >$'a\033b'
	run -1 "$SYSWALL" --check $'a\033b'
	[[ $output != *$'\033'* ]]
	[[ $output == 'a\x1bb:1:17: error: '* ]]
}

@test "the examples and profiles load, and warn of what they mean to do alone" {
	local top
	top=$(dirname "$BATS_TEST_DIRNAME")/..
	run -0 "$SYSWALL" --check "$top"/docs/examples/*.json "$top"/profiles/*.json
	[[ $output != *error* ]]
	run -0 "$SYSWALL" --check --strict "$top"/profiles/{observe,offline,read-only,no-exec,paranoid,secrets}.json
	# The list of secrets is consulted before it.
	run -1 "$SYSWALL" --check --strict "$top"/profiles/workspace.json
	[ "${#lines[@]}" = 1 ]
	[[ $output == *"allows file-read of the secrets in"* ]]
}
