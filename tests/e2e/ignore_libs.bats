#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# --ignore-libs: what the loader opens, by what it is and not by its name.

load helpers

@test "the loader's own files are neither asked about nor reported" {
	run -0 --separate-stderr env LC_ALL=C "$SYSWALL" --ignore-libs --no-prompt true
	[[ $stderr != *"libc.so"* ]]
	[[ $stderr != *"ld.so.cache"* ]]
	# The control: without the option they block the program.
	run -127 --separate-stderr env LC_ALL=C "$SYSWALL" --no-prompt true
}

@test "a library read as data is still asked about" {
	cp "$(ldd /bin/true | awk '/libc\.so/ { print $3 }')" data.so
	run -1 env LC_ALL=C "$SYSWALL" -q --ignore-libs --no-prompt cat data.so
	[[ $output == *"data.so: Permission denied"* ]]
}

@test "a library that a program loads while it runs" {
	run -0 env LC_ALL=C "$SYSWALL" -q -v --ignore-libs --on-unmatched allow \
		/usr/bin/python3 -S -c 'import ctypes; ctypes.CDLL("libm.so.6")'
	[[ $output != *"libm.so"* ]]
}

@test "a name that ends in .so is no library" {
	echo secret >secret.so
	write_rules block-hard
	run env LC_ALL=C "$SYSWALL" -q --ignore-libs -c "$rules" cat secret.so
	[[ $output == *"secret.so: Permission denied"* ]]
	run env LC_ALL=C LD_PRELOAD="$dir/secret.so" \
		"$SYSWALL" -q -v --ignore-libs -c "$rules" true
	[[ $output == *block-hard*secret.so* ]]
}

@test "a rule that speaks of libraries is obeyed all the same" {
	write_rules ask '{ "action": "block-hard", "class": "file-read", "path": "/usr/lib/**" }'
	run -127 env LC_ALL=C "$SYSWALL" -q --ignore-libs --no-prompt -c "$rules" true
	[[ $output == *"libc.so"*"denied"* ]]
}
