#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# What makes syswall fast must change nothing but the time.

load helpers

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo secret >secret
	echo open >open
	cat >rules.json <<-END
	{ "version": 1, "default": "allow", "rules": [
	  { "action": "block-hard", "class": "file-read",
	    "path": "$PWD/secret" },
	  { "action": "block-hard", "syscall": "getsid", "errno": "EINTR" } ] }
	END
	cat >program.sh <<-'END'
	for i in 1 2 3 4 5 6 7 8; do cat open; cat secret 2>&1; done
	cat open >copy; rm copy
	END
}

# Numbers of processes, addresses and times differ from run to run.
plain() {
	sed -E 's/after [0-9.]+ s/after T/; s/\b[0-9]{2,}\b/N/g
		s/0x[0-9a-f]+/0xN/g' "$1"
}

@test "with and without polling: the same output, log and status" {
	"$SYSWALL" -q -v -o log1 -c rules.json sh program.sh >out1
	"$SYSWALL" -q -v -o log2 --no-poll -c rules.json sh program.sh >out2
	cmp out1 out2
	diff <(plain log1) <(plain log2)
	[ "$(grep -c "Permission denied" out1)" -eq 8 ]
}

@test "with and without polling: the same report" {
	"$SYSWALL" -c rules.json sh program.sh >/dev/null 2>report1
	"$SYSWALL" --no-poll -c rules.json sh program.sh >/dev/null 2>report2
	diff <(plain report1) <(plain report2)
	grep -q secret report1
}

@test "nobody reads the record: the verdicts are the same" {
	"$SYSWALL" -c rules.json sh program.sh >out1 2>/dev/null
	"$SYSWALL" -q -c rules.json sh program.sh >out2
	cmp out1 out2
}
