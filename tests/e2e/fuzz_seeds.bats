#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# The seeds of the fuzzers, once more: what was found stays found.

seeds=$BATS_TEST_DIRNAME/../fuzz/seeds

@test "no fuzzer minds its seeds" {
	for target in "$seeds"/*; do
		"$TEST_BUILD/tests/seeds/${target##*/}" "$target"/*
	done
}
