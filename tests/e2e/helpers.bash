# SPDX-License-Identifier: LGPL-3.0-or-later
# What the bats files share. SYSWALL and TEST_BUILD come from tools/run-tests.
# shellcheck shell=bash disable=SC2034 # used by the files that load this

bats_require_minimum_version 1.5.0
# A make under test is no part of the one that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL CC CFLAGS CPPFLAGS LDFLAGS

programs="$TEST_BUILD/tests/programs"

setup() {
	dir=$(mktemp -d "${BATS_TMPDIR:-/tmp}/syswall-test.XXXXXX")
	cd "$dir" || exit
	rules="$dir/rules.json"
}

teardown() {
	cd / && rm -rf "$dir"
}

# Let everything happen, say nothing.
allow() {
	"$SYSWALL" -q --on-unmatched allow "$@"
}

# write_rules DEFAULT RULE...: a rules file, one rule a line
write_rules() {
	local default=$1 comma='' rule
	shift
	{
		printf '{ "version": 1, "default": "%s", "rules": [\n' "$default"
		for rule in "$@"; do
			printf '%s%s' "$comma" "$rule"
			comma=$',\n'
		done
		printf '\n] }\n'
	} >"$rules"
}

# What a program needs to start; the rest of a file is up to the test.
libraries='{ "action": "allow", "class": ["file-read", "file-stat"],
	"path": ["/usr/**", "/lib/**", "/lib64/**", "/etc/ld.so.*", "/proc/**"] }'

# same ARGS...: the program prints and returns the same bare and traced
same() {
	local bare traced bare_status=0 traced_status=0
	bare=$("$@" 2>&1) || bare_status=$?
	traced=$(allow "$@" 2>&1) || traced_status=$?
	if [ "$bare" != "$traced" ] || [ $bare_status != $traced_status ]; then
		printf 'bare (%s):\n%s\ntraced (%s):\n%s\n' \
			"$bare_status" "$bare" "$traced_status" "$traced"
		return 1
	fi
}
