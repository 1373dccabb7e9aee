#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# Memory of a program that never comes when it is looked at.

load helpers

@test "memory that does not answer: its process is killed, others go on" {
	mkdir served
	write_rules allow \
		'{ "action": "block-hard", "class": "file-read", "path": "**/secret" }'
	# shellcheck disable=SC2016 # for the other shell
	run timeout 60 "$programs/served" served "$SYSWALL" -q -c "$rules" sh -c '
		"$0" served/f
		echo "ended: $?"
		cat /dev/null && echo goes on' "$programs/mapped_path"
	[ "$status" != 77 ] || skip "no file system of our own: $output"
	[ "$status" = 0 ]
	grep -qx opens <<<"$output"
	grep -qx "syswall: process [0-9]* is killed: its memory does not answer (Connection timed out)" \
		<<<"$output"
	grep -qx "ended: 137" <<<"$output"
	grep -qx "goes on" <<<"$output"
	[[ $output != *opened* ]]
}
