#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# How the screen looks, in a real terminal emulator (tmux).

load helpers

setup() {
	dir=$(mktemp -d "${BATS_TMPDIR:-/tmp}/syswall-test.XXXXXX")
	cd "$dir" || exit
	rules="$dir/rules.json"
	write_rules ask "$libraries"
	echo 'the secret' >secret
	# A server of its own, so that nobody's sessions are touched.
	export TMUX_TMPDIR="$dir"
	unset TMUX
	tmux -f /dev/null new-session -d -s test -x 100 -y 30 \
		"env PS1='$ ' LC_ALL=C PATH=\"$PATH\" bash --norc --noprofile"
	type_line "PS1='\$ '; clear"
}

teardown() {
	tmux kill-server || true
	cd / && rm -rf "$dir"
}

screen() {
	tmux capture-pane -p -t test
}

type_line() {
	tmux send-keys -t test -l "$1"
	tmux send-keys -t test Enter
}

# wait_for TEXT: until it stands on the screen
wait_for() {
	for _ in {1..300}; do
		screen | grep -qF -- "$1" && return
		sleep 0.1
	done
	screen
	return 1
}

@test "a question is one block, and the answer line starts with syswall>" {
	type_line "$SYSWALL -q -c $rules cat secret"
	wait_for "syswall>"
	shown=$(screen | sed -n '/wants to/,/^syswall>/p')
	[ "$(wc -l <<<"$shown")" = 4 ]
	[[ $(sed -n 1p <<<"$shown") == "  cat (pid "*", from bash) wants to READ a file" ]]
	[[ $(sed -n 2p <<<"$shown") == "    $dir/secret"* ]]
	[[ $(sed -n 3p <<<"$shown") == '    openat(AT_FDCWD, "secret", O_RDONLY)'* ]]
	[[ $(sed -n 4p <<<"$shown") == "syswall>"* ]]
	type_line bh
	wait_for "cat: secret: Permission denied"
}

@test "TAB completes an answer" {
	type_line "$SYSWALL -q -c $rules cat secret"
	wait_for "syswall>"
	tmux send-keys -t test -l ba
	tmux send-keys -t test Tab Tab
	wait_for "bah"
	tmux send-keys -t test C-u
	type_line bh
	wait_for "Permission denied"
}

@test "a hostile name cannot move the cursor or clear the screen" {
	cat >hostile.sh <<'SH'
exec cat "$(printf 'x\033[2J\033[1;1Hallow? y\033]0;title\007\n\nsyswall> a')"
SH
	# One question only: answering others by the clock would answer this one.
	write_rules allow \
		'{ "action": "ask", "class": "file-read", "path": "'"$dir"'/x*" }'
	type_line "echo above; $SYSWALL -q -c $rules bash hostile.sh"
	wait_for 'x\x1b[2J'
	wait_for "syswall>"
	screen >shown
	grep -q '^above$' shown
	grep -qF 'x\x1b[2J\x1b[1;1Hallow? y' shown
	# One answer line, at the end, and still empty.
	[ "$(grep -v '^$' shown | tail -1 | tr -d ' ')" = "syswall>" ]
	type_line k
}

@test "the terminal is as it was after an answer, a kill and Ctrl-C" {
	# The words waited for are split, or typing them would already do.
	type_line "stty -a >before; echo rea''dy"
	wait_for ready
	for answer in a bh k; do
		type_line "clear; $SYSWALL -q -c $rules cat secret"
		wait_for "syswall>"
		type_line $answer
		type_line "clear; stty -a >after; echo sav''ed-$answer"
		wait_for "saved-$answer"
		cmp before after
	done
	type_line "clear; $SYSWALL -q -c $rules cat secret"
	wait_for "syswall>"
	tmux send-keys -t test C-c
	type_line "clear; stty -a >after; echo sav''ed-c"
	wait_for saved-c
	cmp before after
}

@test "a full-screen program asks and goes on" {
	command -v less >/dev/null || skip "no less here"
	seq 100 >numbers
	write_rules ask "$libraries" '{ "action": "allow", "path": "/dev/**" }' \
		'{ "action": "allow", "class": ["file-read", "tty"], "path": ["'"$HOME"'/**", "/etc/**"] }'
	type_line "clear; env -u LESSOPEN LESSHISTFILE=- TERM=screen $SYSWALL -q -c $rules less numbers"
	for _ in {1..10}; do
		sleep 0.4
		screen | grep -q '^27$' && break
		type_line a
	done
	wait_for 27
	tmux send-keys -t test q
	type_line "clear; echo ba''ck"
	wait_for back
}

# own_screen PROGRAM...: start it with --pty; only the secret is asked about
own_screen() {
	seq 100 >numbers
	write_rules allow \
		'{ "action": "ask", "class": "file-read", "path": "'"$dir"'/secret" }'
	type_line "clear; env -u LESSOPEN LESSHISTFILE=- TERM=screen $SYSWALL -q --pty -c $rules $*"
	wait_for 22
}

@test "with --pty a question leaves the screen of less as it was" {
	command -v less >/dev/null || skip "no less here"
	own_screen less numbers
	screen >before
	tmux send-keys -t test -l ':e secret'
	tmux send-keys -t test Enter
	wait_for "syswall>"
	screen >asked
	run ! grep -qx 22 asked
	type_line bh
	wait_for 22
	tmux send-keys -t test Enter
	tmux send-keys -t test q
	type_line "clear; echo ba''ck"
	wait_for back
}

@test "with --pty a question leaves the screen of vim as it was" {
	command -v vim >/dev/null || skip "no vim here"
	own_screen vim -u NONE -i NONE -n numbers
	type_line ':2r secret'
	wait_for "syswall>"
	screen >asked
	run ! grep -qx 22 asked
	# Once more, where a signal broke the call off.
	type_line "aa"
	wait_for "the secret"
	wait_for 22
	type_line ':q!'
	type_line "clear; echo ba''ck"
	wait_for back
}

@test "htop works in --pty, and follows the size" {
	command -v htop >/dev/null || skip "no htop here"
	write_rules allow
	type_line "clear; TERM=screen $SYSWALL -q --pty -c $rules htop"
	wait_for "Tasks"
	tmux resize-window -t test -x 90 -y 25
	wait_for "Quit"
	tmux send-keys -t test q
	type_line "clear; echo ba''ck"
	wait_for back
}
