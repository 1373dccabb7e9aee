#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
#
# tools/lint-layers must be seen to fail: each test is one small bad tree.

LINT=$BATS_TEST_DIRNAME/../../tools/lint-layers
SPDX='/* SPDX-License-Identifier: LGPL-3.0-or-later */'

setup() {
	tree=$(mktemp -d)
	put include/base/buf.h 'struct buf;'
	put include/syscall/call.h '#include "base/buf.h"'
	put src/base/buf.c '#include "base/buf.h"'
}

teardown() {
	rm -rf "$tree"
}

# put PATH LINE...: a file of these lines under an SPDX line
put() {
	local path=$tree/$1

	shift
	mkdir -p "${path%/*}"
	printf '%s\n' "$SPDX" "$@" >"$path"
}

refused() {
	run "$LINT" "$tree"
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"$1"* ]]
}

@test "a clean tree passes in silence" {
	run "$LINT" "$tree"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "a lower folder must not include a higher one" {
	put include/policy/rule.h
	put src/syscall/call.c '#include "policy/rule.h"'
	refused 'src/syscall/call.c:2: syscall must not include policy'
}

@test "folders of one level must not include each other" {
	put include/prompt/ask.h
	put include/report/text.h '#include "prompt/ask.h"'
	refused 'include/report/text.h:2: report must not include prompt'
}

@test "the engine must not include the policy" {
	put include/policy/rule.h
	put src/trace/tracer.c '  #  include "policy/rule.h"'
	refused 'trace must not include policy'
}

@test "app may include everything" {
	put include/policy/rule.h
	put include/trace/tracer.h
	put src/app/main.c '#include "policy/rule.h"' '#include "trace/tracer.h"'
	run "$LINT" "$tree"
	[ "$status" -eq 0 ]
}

@test "a folder that the table does not know is refused" {
	put src/utils/misc.c '#include "base/buf.h"'
	refused "folder 'utils' is not in tools/layers"
}

@test "a header that does not exist is named" {
	put src/base/log.c '#include "base/gone.h"'
	refused 'src/base/log.c:2: "base/gone.h": no such file'
}

@test "modules in a circle are refused" {
	put include/base/vec.h
	put include/base/map.h '#include "base/vec.h"'
	put src/base/vec.c '#include "base/vec.h"' '#include "base/map.h"'
	refused 'base/map'
	[[ $output == *'in a circle'* ]]
}

@test "a header that leans on its includer is refused" {
	put include/base/log.h 'void log_buf(size_t n);'
	refused 'include/base/log.h: does not compile alone'
}

@test "each library keeps to its door" {
	put src/policy/load.c '#include <cJSON.h>'
	refused 'src/policy/load.c:2: <cJSON.h> has its one door in src/base/json'
	put src/policy/load.c '#include <cjson/cJSON.h>'
	refused '<cjson/cJSON.h> has its one door'
	put src/policy/load.c '#include <seccomp.h>'
	refused '<seccomp.h> has its one door'
	put src/trace/spawn.c '#include <seccomp.h>'
	refused 'src/trace/spawn.c:2: <seccomp.h> has its one door'
	put src/app/session.c '#include <readline/history.h>'
	refused '<readline/history.h> has its one door'
	put src/app/session.c '#include <sys/ptrace.h>'
	refused '<sys/ptrace.h> has its one door'
}

@test "a library passes through its door" {
	put src/base/json.c '#include <cJSON.h>'
	put src/trace/filter.c '#include <seccomp.h>' '#include <linux/seccomp.h>'
	put src/prompt/line.c '#include <readline/readline.h>'
	put src/arch/x86_64/x86_64.c '#include <sys/ptrace.h>'
	run "$LINT" "$tree"
	[ "$status" -eq 0 ]
}

@test "the processor is asked for nowhere but in src/arch" {
	put src/arch/x86_64/x86_64.c '#ifdef __x86_64__' '#endif'
	run "$LINT" "$tree"
	[ "$status" -eq 0 ]
	put src/trace/regs.c '#if defined(__x86_64__)' '#endif'
	refused 'src/trace/regs.c:2: __x86_64__ belongs in src/arch/'
}

@test "a file without a licence line is named" {
	mkdir -p "$tree/tests/unit"
	echo 'int x;' >"$tree/tests/unit/test_x.c"
	refused 'tests/unit/test_x.c: no SPDX-License-Identifier'
}
