#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# --compare: what one run did that another did not, and nothing else.

load helpers

python=/usr/bin/python3
docs=${BATS_TEST_DIRNAME}/../../docs

need() {
	command -v "$1" >/dev/null || skip "no $1 here"
}

# at NAME: a home and a working directory that no other run has
at() {
	mkdir -p "$dir/$1/home" "$dir/$1/work"
	export HOME=$dir/$1/home LC_ALL=C PATH=/usr/bin:/bin
	cd "$dir/$1/work" || return 1
}

# record NAME COMMAND...
record() {
	local name=$1
	shift
	run -0 "$SYSWALL" -q -p observe -r "$dir/$name.json" "$@"
}

compare() {
	run "$SYSWALL" --compare "$@"
}

same() {
	compare "$@"
	[ "$status" = 0 ]
	[ "${lines[0]}" = "the same" ]
}

@test "other pids, temporary names, home and working directory are the same" {
	for i in 1 2 3; do
		at "place$i"
		echo secret >"$HOME/.some"
		record $i $python -c '
import os, pathlib, socket, subprocess, tempfile, uuid
with tempfile.TemporaryDirectory() as d:
    open(d + "/x", "w").close()
with tempfile.NamedTemporaryFile(prefix="some-"):
    pass
pathlib.Path.home().joinpath(".some").read_text()
open("%d.pid" % os.getpid(), "w").close()
os.unlink("%d.pid" % os.getpid())
open("run-%s" % uuid.uuid4(), "w").close()
open("/proc/%d/status" % os.getpid()).read()
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname())
subprocess.run(["true"])
'
	done
	cd "$dir"
	same 1.json 2.json
	same 1.json 3.json
	same --strict 2.json 3.json
}

@test "one more file, host, program or deleted file is named" {
	at one
	echo 1 >a
	echo 1 >b
	record one sh -c 'cat a'
	record file sh -c 'cat a b'
	record program sh -c 'cat a; /usr/bin/env true'
	record delete sh -c 'cat a; rm b'
	record host bash -c 'cat a; echo </dev/tcp/127.0.0.1/9' || true
	cd "$dir"
	compare one.json file.json
	[ "$status" = 1 ]
	[ "$output" = "gained (1)
   1  read            \${CWD}/b" ]
	compare file.json one.json
	[ "$status" = 1 ]
	[ "${lines[0]}" = "lost (1)" ]
	compare one.json program.json
	[ "$status" = 1 ]
	[[ $output == *"  ran             /usr/bin/env"* ]]
	compare one.json delete.json
	[ "$status" = 1 ]
	[[ $output == *"  4  deleted         \${CWD}/b"* ]]
}

# The second version of a package that reads a key and calls home.
write_package() {
	cat >build.py <<-'END'
		import os, socket
		s = socket.socket()
		s.close()
		open("made", "w").write("built")
	END
	[ "$1" = 1 ] || cat >>build.py <<-'END'
		open(os.path.expanduser("~/.ssh/id_rsa")).read()
		s = socket.socket()
		s.connect_ex(("127.0.0.1", 9))
	END
}

@test "what the next version of a package does more is exactly that" {
	for i in 1 2; do
		at "version$i"
		mkdir "$HOME/.ssh"
		echo key >"$HOME/.ssh/id_rsa"
		write_package $i
		record "$i" $python build.py
	done
	cd "$dir"
	compare 1.json 2.json
	[ "$status" = 1 ]
	[ "$output" = "gained (2)
   9  read            \${HOME}/.ssh/id_rsa (a credential)
   5  connected to    127.0.0.1:9 (this machine)" ]
	run "$SYSWALL" --format json --compare 1.json 2.json
	[ "$status" = 1 ]
	echo "$output" >result.json
	$python - "$docs/syswall-compare.schema.json" <<-'END'
		import json, sys, jsonschema
		result = json.load(open("result.json"))
		schema = json.load(open(sys.argv[1]))
		jsonschema.Draft202012Validator.check_schema(schema)
		jsonschema.Draft202012Validator(schema).validate(result)
		assert [row["severity"] for row in result["gained"]] == [9, 5]
		assert result["gained"][0]["seen"].endswith("/home/.ssh/id_rsa")
	END
	run "$SYSWALL" --format markdown --compare 1.json 2.json
	[ "$status" = 1 ]
	[[ $output == *"| **9** | read | <code>"*".ssh/id&#95;rsa</code> | a credential |"* ]]
}

@test "git clone is the same each time" {
	need git
	for i in 1 2 3; do
		at "git$i"
		git init -q project
		echo "text $i" >project/file
		git -C project add file
		git -C project -c user.name=n -c user.email=e commit -qm "m $i"
		record $i git clone -q --no-hardlinks project copy
	done
	cd "$dir"
	same 1.json 2.json
	same 1.json 3.json
}

@test "gcc is the same each time" {
	need gcc
	for i in 1 2 3; do
		at "gcc$i"
		echo 'int main(void) { return 3; }' >a.c
		record $i gcc -o a a.c
	done
	cd "$dir"
	same 1.json 2.json
	same 1.json 3.json
}

@test "python3 is the same with and without its byte code" {
	for i in 1 2 3; do
		at "python$i"
		mkdir package
		echo 'from . import other' >package/__init__.py
		echo 'x = 1' >package/other.py
		[ $i != 2 ] || $python -c 'import package'
		record $i env -u PYTHONDONTWRITEBYTECODE $python -c \
			'import sys; sys.path.insert(0, "."); import package'
	done
	cd "$dir"
	same 1.json 2.json
	same 2.json 1.json
	same 1.json 3.json
}

@test "byte code that is written for no source that was read is told" {
	at code
	mkdir __pycache__
	record 1 true
	record 2 sh -c 'echo >__pycache__/x.cpython-311.pyc'
	cd "$dir"
	compare 1.json 2.json
	[ "$status" = 1 ]
	[[ $output == *"wrote           \${CWD}/__pycache__/x.cpython-311.pyc"* ]]
}

@test "npm install is the same each time" {
	need npm
	for i in 1 2 3; do
		at "npm$i"
		mkdir package project
		cat >package/package.json <<-'END'
			{ "name": "p", "version": "1.0.0", "scripts": { "install": "node script.js" } }
		END
		echo 'require("fs").writeFileSync("made", "1")' >package/script.js
		echo '{ "name": "project", "version": "1.0.0" }' >project/package.json
		export npm_config_update_notifier=false npm_config_audit=false \
			npm_config_fund=false npm_config_offline=true
		record $i npm --prefix project install ./package
	done
	cd "$dir"
	same 1.json 2.json
	same 1.json 3.json
}

@test "several runs of a side: what was seen once is no difference" {
	at runs
	echo 1 >a
	echo 1 >b
	mkdir "$dir/old" "$dir/new"
	record old/1 cat a
	record old/2 cat a b
	record new/1 cat a
	record new/2 cat a b
	record new/3 cat a /etc/hosts
	cd "$dir"
	# Not every earlier run read b: not reading it is nothing new.
	compare old/1.json old/2.json -- new/1.json
	[ "$status" = 0 ]
	[[ $output == "the same
not counted: 1 thing that not every earlier run did"* ]]
	same old -- new/2.json
	same old new/2.json
	compare old new
	[ "$status" = 1 ]
	[[ $output == *"read            /etc/hosts (configuration of the system, in 1 of 3 runs)"* ]]
}

@test "what is blocked is told apart from what is done" {
	at blocked
	echo 1 >a
	record 1 cat a
	write_rules allow '{ "action": "block-hard", "class": "file-read", "path": "${CWD}/a" }'
	run -1 "$SYSWALL" -q -c "$rules" -r "$dir/2.json" cat a
	cd "$dir"
	compare 1.json 2.json
	[ "$status" = 1 ]
	[[ $output == *"blocked         file-read:\${CWD}/a"* ]]
}

@test "names stay text" {
	at names
	name=$'<script>\033[31m|`x`\nb'
	echo >"$name"
	record 1 true
	record 2 cat "$name"
	cd "$dir"
	for format in text markdown json; do
		run "$SYSWALL" --format $format --compare 1.json 2.json
		[ "$status" = 1 ]
		[[ $output != *$'\033'* ]]
		[ $format != markdown ] || [[ $output != *"<script>"* ]]
	done
	run "$SYSWALL" --compare 1.json 2.json
	[[ $output == *'<script>\x1b[31m|`x`\nb'* ]]
}

@test "what is no record is trouble: 2" {
	at trouble
	record 1 true
	cd "$dir"
	compare 1.json
	[ "$status" = 2 ]
	compare 1.json 1.json 1.json
	[ "$status" = 2 ]
	compare 1.json missing.json
	[ "$status" = 2 ]
	[ "$output" = "syswall: missing.json: No such file or directory" ]
	head -c 900 1.json >cut.json
	compare cut.json 1.json
	[ "$status" = 2 ]
	[[ $output == "syswall: cut.json:"*:* ]]
	sed 's/"version": 1/"version": 2/' 1.json >later.json
	compare 1.json later.json
	[ "$status" = 2 ]
	[[ $output == "syswall: later.json:2:3: "*version* ]]
	echo '{ "version": 1, "rules": [] }' >rules.json
	compare rules.json 1.json
	[ "$status" = 2 ]
	[[ $output == "syswall: rules.json:1:1: not a record"* ]]
	sed 's/"count": 1}/"count": -1}/' 1.json >negative.json
	compare 1.json negative.json
	[ "$status" = 2 ]
	mkdir empty
	compare empty 1.json
	[ "$status" = 2 ]
	run -2 bash -c '"$0" --compare 1.json 1.json >/dev/full' "$SYSWALL"
	run -2 "$SYSWALL" --format html --compare 1.json 1.json
}

@test "an incomplete record is never called the same" {
	at limits
	record 1 true
	cd "$dir"
	sed 's/"limits": \[\]/"limits": ["it was too much"]/' 1.json >full.json
	compare 1.json full.json
	[ "$status" = 2 ]
	[[ $output == *"not complete: it was too much"* ]]
}

# As in docs/compare.md.
@test "a lock file: record, commit, compare, accept" {
	mkdir project
	cp "$docs/examples/syswall-lock.sh" project/
	cd project
	printf '#!/bin/sh\necho built >made\n' >build
	chmod +x build
	run -0 ./syswall-lock.sh accept ./build
	[ -s syswall.lock.json ]
	rm made
	run -0 ./syswall-lock.sh check ./build
	printf '#!/bin/sh\necho built >made\ncat /etc/hosts\n' >build
	rm made
	run -1 ./syswall-lock.sh check ./build
	[[ $output == *"/etc/hosts"* ]]
	rm made
	run -0 ./syswall-lock.sh accept ./build
	rm made
	run -0 ./syswall-lock.sh check ./build
}
