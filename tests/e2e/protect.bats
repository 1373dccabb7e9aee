#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# syswall's own process and files are out of the program's reach, whatever the
# rules allow. Everything here is allowed by the rules.

load helpers

# What is done with a file that the run stands on: all of it fails, and the
# file is as it was.
@test "the files of a run cannot be changed by it" {
	write_rules allow
	cp "$rules" before
	cat >attack.sh <<'SH'
echo x >>rules.json
echo x >rules.json
mv rules.json elsewhere
ln rules.json other && echo x >other
rm -f rules.json
chmod 777 rules.json
mv "$PWD" "$PWD.moved"
ln -s rules.json link && echo x >link
echo x >saved.json
rm -f record.json
exit 0
SH
	"$SYSWALL" -q -c "$rules" -s saved.json -r record.json bash attack.sh
	cmp "$rules" before
	[ "$(stat -c %a "$rules")" != 777 ]
	[ -s record.json ]
	grep -q '"version": *1' saved.json
	run grep -c '"by": *"guard"' record.json
	[ "$output" -ge 5 ]
	# Bare, each of them works.
	bash attack.sh
	[ ! -e "$dir" ]
	mv "$dir.moved" "$dir"
}

@test "syswall's process cannot be reached" {
	cat >attack.sh <<'SH'
tracer=$(awk '/TracerPid/ { print $2 }' /proc/self/status)
for signal in CONT STOP TERM KILL 40; do
	kill -$signal "$tracer" 2>/dev/null && echo "kill -$signal"
done
# Writable: reading is root's alone, and changes nothing.
for name in mem fd/0 oom_score_adj; do
	( : >>"/proc/$tracer/$name" ) 2>/dev/null && echo "$name"
done
( echo 0 >"/proc/$tracer/oom_score_adj" ) 2>/dev/null && echo "oom"
prlimit --pid "$tracer" --nofile=3 2>/dev/null && echo limit
taskset -p 1 "$tracer" >/dev/null 2>&1 && echo taskset
renice 19 -p "$tracer" >/dev/null 2>&1 && echo renice
# What ps(1) reads is nobody's secret.
cat "/proc/$tracer/comm"
SH
	run -0 --separate-stderr "$SYSWALL" -q --on-unmatched allow bash attack.sh
	[ "$output" = syswall ]
}

# Signals to the group reach syswall too, for it is in it.
@test "signals to the whole group do not harm syswall" {
	cat >attack.sh <<'SH'
trap '' HUP INT QUIT TERM USR1 USR2 IO PROF VTALRM XCPU SEGV ABRT RTMIN RTMAX
for signal in HUP INT QUIT TERM USR1 USR2 IO PROF VTALRM XCPU SEGV ABRT RTMIN \
	RTMAX PIPE ALRM; do
	kill -$signal 0
done 2>/dev/null
echo alive
SH
	sed -i 's/ RTMAX$/ RTMAX PIPE ALRM/' attack.sh
	# The sanitizers handle faults themselves.
	[ -z "${ASAN_OPTIONS:-}" ] || sed -i 's/ SEGV ABRT//' attack.sh
	run -0 setsid -w "$SYSWALL" -q --on-unmatched allow bash attack.sh
	[ "$output" = alive ]
}

# The program ends as it wanted to, and the record is still written.
@test "SIGKILL for the whole group ends the program alone" {
	run -137 setsid -w "$SYSWALL" -q -r record.json --on-unmatched allow \
		bash -c 'sleep 60 & kill -9 0'
	[ -s record.json ]
}
