#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# As whom the program starts, in what environment: -u, -E.

load helpers

@test "-E sets a variable, and takes one out" {
	export KEPT=1 REMOVED=1 CHANGED=1 CHANGED_NOT=1
	run -0 allow -E CHANGED=2 -E CHANGED=3=4 -E NEW= -E REMOVED \
		-E NOT_THERE env
	grep -qx KEPT=1 <<<"$output"
	grep -qx CHANGED=3=4 <<<"$output"
	grep -qx CHANGED_NOT=1 <<<"$output"
	grep -qx NEW= <<<"$output"
	[[ $output != *REMOVED* && $output != *NOT_THERE* ]]
	[ "$(grep -c ^CHANGED= <<<"$output")" = 1 ]
}

@test "-E reaches a script without #!, too" {
	echo 'echo "$WORD"' >script
	chmod +x script
	run -0 allow --env WORD=heard ./script
	[ "$output" = heard ]
}

@test "-E is the program's: search and rules keep ours" {
	write_rules allow \
		'{ "action": "block-hard", "class": "file-read", "path": "${HOME}/secret" }'
	mkdir home other
	echo words >home/secret
	echo words >other/secret
	export HOME=$dir/home
	# shellcheck disable=SC2016 # for the other shell
	run -0 "$SYSWALL" -q -c "$rules" -E "HOME=$dir/other" -E PATH=/nowhere \
		"$BASH" -c 'read -r a <"$HOME/secret" && echo "$a"
			read -r a <"$1" || echo blocked' _ "$dir/home/secret"
	[ "${lines[0]}" = words ]
	[ "${lines[-1]}" = blocked ]
	run -0 allow -E PATH=/nowhere env
	grep -qx PATH=/nowhere <<<"$output"
}

@test "-E without a name, -u without such a user are refused" {
	run -125 "$SYSWALL" -E =x true
	[ "$output" = "syswall: -E: a variable without a name" ]
	[ "$(id -u)" = 0 ] || skip "not root"
	run -125 "$SYSWALL" -u no-such-user true
	[[ $output == "syswall: -u: 'no-such-user': "* ]]
}

@test "-u is for root" {
	[ "$(id -u)" != 0 ] || skip "root"
	run -125 "$SYSWALL" -u root true
	[[ $output == "syswall: -u: 'root': only root"* ]]
}

@test "-u runs the program as the user, in its groups, under the same rules" {
	[ "$(id -u)" = 0 ] || skip "not root"
	id nobody >/dev/null 2>&1 || skip "no such user here"
	# To look into another user's process is a privilege of its own.
	(((0x$(awk '/^CapEff/ { print $2 }' /proc/self/status) >> 19) & 1)) ||
		skip "no CAP_SYS_PTRACE"
	chmod 755 .
	run -0 allow -u nobody id
	[ "$output" = "$(id nobody | sed 's/^\(uid=[^ ]* gid=[^ ]*\).*/\1/') groups=$(
		id nobody | sed 's/.*groups=//')" ]
	echo words >mine
	chmod 600 mine
	run ! allow --user=nobody cat mine
	[[ $output == *"Permission denied"* ]]
	chmod 644 mine
	write_rules allow \
		'{ "action": "block-hard", "class": "file-read", "path": "**/mine" }'
	run ! "$SYSWALL" -q -c "$rules" -u nobody cat mine
	[[ $output == *"Permission denied"* ]]
	run -0 "$SYSWALL" -vv -u nobody -e read,openat cat mine
	[[ $output == *'"words\n"'* ]]
	# What only root could start is not started.
	cp "$(type -P true)" closed
	chmod 700 closed
	run -126 allow -u nobody ./closed
}
