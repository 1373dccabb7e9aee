#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# The built-in profiles: what is common runs without a question, what a
# profile says is out of reach is.

# shellcheck disable=SC2016,SC2154 # for other shells; set by helpers
load helpers

names="observe offline read-only workspace no-exec paranoid secrets"

# A home with a secret, a temporary directory of its own, and a workspace.
prepare() {
	mkdir -p home/.ssh home/.config/gcloud tmp work
	echo secret | tee home/.ssh/id_rsa home/.netrc home/.config/gcloud/key >/dev/null
	echo plain >home/notes
	cd work || exit
	echo 'int main(void) { return 0; }' >a.c
}

# with NAME PROGRAM...: under a profile, and nobody to ask
with() {
	local name=$1
	shift
	HOME="$dir/home" TMPDIR="$dir/tmp" \
		"$SYSWALL" -q -p "$name" --no-prompt "$@"
}

@test "--list-profiles names each in one line" {
	run -0 "$SYSWALL" --list-profiles
	[ "$(awk '{ print $1 }' <<<"$output" | xargs)" = "$names" ]
	[[ ${lines[1]} == "offline    no sockets of any family but unnamed pairs;"* ]]
}

@test "an unknown profile is refused" {
	run -125 "$SYSWALL" -p nothing echo ran
	[ "$output" = 'syswall: no profile "nothing" (see --list-profiles)' ]
	run -125 "$SYSWALL" -p ../x echo ran
}

@test "common programs run without a question" {
	local name
	prepare
	git init -q .
	for name in observe offline read-only workspace no-exec secrets; do
		[ "$name" != secrets ] || set -- --on-unmatched allow
		run -0 with "$name" "$@" ls -l a.c
		[[ $output == *a.c ]]
		run -0 with "$name" "$@" git status --short
		[ "$output" = "?? a.c" ]
		run -0 with "$name" "$@" /usr/bin/python3 -c 'print(open("a.c").read())'
		[[ $output == int* ]]
		run -0 with "$name" "$@" tar cf "$dir/tmp/$name.tar" a.c
		tar tf "$dir/tmp/$name.tar"
	done
	for name in observe offline read-only workspace; do
		run -0 with "$name" gcc -o "$dir/tmp/$name" a.c
		"$dir/tmp/$name"
	done
}

@test "no secret is read but under observe" {
	local name
	prepare
	run -0 with observe cat ../home/.ssh/id_rsa
	[ "$output" = secret ]
	for name in offline read-only workspace no-exec secrets; do
		[ "$name" != secrets ] || set -- --on-unmatched allow
		run -1 with "$name" "$@" cat ../home/.ssh/id_rsa
		run -1 with "$name" "$@" cat "$dir/home/.netrc"
		run -1 with "$name" "$@" cat ../home/.config/gcloud/key
		run -2 with "$name" "$@" ls ../home/.ssh
		run -0 with "$name" "$@" cat ../home/notes
		[ "$output" = plain ]
	done
}

@test "no way around the secrets: links, renames, directories above" {
	prepare
	run -1 with offline ln ../home/.ssh/id_rsa here
	run -1 with offline mv ../home/.ssh ../home/ssh
	run -1 with offline mv ../home/.config ../home/config
	run -1 with offline mv ../home ../house
	run -1 with offline rm ../home/.netrc
	ln -s ../home/.ssh way
	run -1 with offline cat way/id_rsa
	[ "$(cat ../home/.ssh/id_rsa)" = secret ]
}

@test "a rule of one's own beats the secrets, and is saved without them" {
	prepare
	rules="$dir/rules.json"
	write_rules allow '{ "action": "allow", "class": "file-read", "path": "${HOME}/.netrc" }'
	run -0 with offline -c "$rules" -s "$dir/saved" cat ../home/.netrc
	[ "$output" = secret ]
	run -1 with offline -c "$rules" cat ../home/.ssh/id_rsa
	[ "$(grep -c action "$dir/saved")" = 1 ]
}

# Exit status 3: the kernel would have let it, syswall did not.
sockets='
import socket, sys
family, kind = getattr(socket, sys.argv[1]), getattr(socket, sys.argv[2])
a, b = socket.socketpair()
a.send(b"x")
assert b.recv(1) == b"x"
try:
    socket.socket(family, kind)
except PermissionError:
    sys.exit(3)
'

@test "offline: no socket but a pair" {
	local family
	prepare
	for family in AF_INET AF_INET6 AF_UNIX; do
		run -3 with offline /usr/bin/python3 -c "$sockets" $family SOCK_STREAM
	done
	run -3 with offline /usr/bin/python3 -c "$sockets" AF_INET SOCK_DGRAM
	run -3 with offline /usr/bin/python3 -c "$sockets" AF_NETLINK SOCK_RAW
}

@test "read-only: changes in the temporary directory alone" {
	prepare
	run -0 with read-only sh -c 'echo x >$TMPDIR/x && chmod 600 $TMPDIR/x &&
		mv $TMPDIR/x $TMPDIR/y && mkdir $TMPDIR/z && rm -r $TMPDIR/y $TMPDIR/z'
	run -0 with read-only sh -c 'echo x >/dev/null'
	for change in 'echo x >new' 'echo x >>a.c' ': >a.c' 'rm a.c' 'mkdir d' \
		'mv a.c b.c' 'ln a.c b.c' 'ln -s a.c b.c' 'chmod 777 a.c' 'touch a.c' \
		'mv a.c $TMPDIR' 'cp $TMPDIR/../home/notes .' 'truncate -s 0 a.c'; do
		run with read-only sh -c "$change"
		[ "$status" != 0 ]
		[ "$(cat a.c)" = 'int main(void) { return 0; }' ]
		[ "$(ls)" = a.c ]
	done
}

@test "workspace: writes here, reads elsewhere, asks for the rest" {
	prepare
	run -0 with workspace sh -c 'echo x >new && mv new newer && rm newer'
	run -0 with workspace sh -c 'echo x >$TMPDIR/x'
	run -2 with workspace sh -c 'echo x >../home/notes'
	run -1 with workspace rm ../home/notes
	[ "$(cat ../home/notes)" = plain ]
	run -3 with workspace /usr/bin/python3 -c "$sockets" AF_INET SOCK_STREAM
	run -0 with workspace /usr/bin/python3 -c "$sockets" AF_UNIX SOCK_STREAM
}

@test "no-exec: no other program" {
	prepare
	run -126 with no-exec sh -c /bin/true
	run -0 with no-exec sh -c 'echo built in'
	[ "$output" = "built in" ]
}

@test "paranoid: nothing is allowed unasked, and observe lets all pass" {
	prepare
	run -0 with observe cat ../home/notes
	run with paranoid cat ../home/notes
	[ "$status" != 0 ]
	[[ $output != *plain* ]]
}

@test "profiles add up" {
	prepare
	run -3 with offline -p no-exec /usr/bin/python3 -c "$sockets" AF_INET SOCK_STREAM
	run -126 with offline -p no-exec sh -c /bin/true
	run -2 with read-only -p offline sh -c 'echo x >new'
}
