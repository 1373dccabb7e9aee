#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# --learn: a run makes rules, the rules allow that run and nothing more.

load helpers

python=/usr/bin/python3

need() {
	command -v "$1" >/dev/null || skip "no $1 here"
}

# A home of our own: what is in the real one is nobody's business.
home() {
	mkdir -p home
	export HOME=$dir/home LC_ALL=C PATH=/usr/bin:/bin
}

learn() {
	run -0 "$SYSWALL" -q --learn -s "$rules" "$@"
	run -0 "$SYSWALL" --check "$rules"
}

# What a person who read the rules adds: no key, and no address beyond these.
review() {
	$python - "$rules" <<-'END'
		import json, sys
		with open(sys.argv[1]) as file:
		    rules = json.load(file)
		rules["rules"].insert(0, {"action": "block-hard", "class": "file-read",
		                          "path": "${HOME}/.ssh/**"})
		rules["rules"].append({"action": "block-hard", "class": "net-connect"})
		with open("reviewed.json", "w") as file:
		    json.dump(rules, file)
	END
	last=$($python -c 'import json; print(len(json.load(open("reviewed.json"))["rules"]))')
	rules=$dir/reviewed.json
	run -0 "$SYSWALL" --check "$rules"
}

# stopped ARGS...: at the key and at the address and at nothing else, and the
# report names the rule for each.
stopped() {
	replay "$@"
	[ "$blocked" = "$(printf '%s\n' "file-read $dir/home/.ssh/id_rsa" \
		'net-connect 127.0.0.1:9')" ]
	run -0 $python -c '
import json
for row in json.load(open("record.json"))["blocked"]:
    print(row["by"], row["rule"]["file"], row["rule"]["index"])'
	[ "$output" = "$(printf '%s\n' "rule $rules 1" "rule $rules $last")" ]
}

# What the report of the replay calls blocked, one "CLASS OBJECT" a line.
replay() {
	run "$SYSWALL" -q --no-prompt -r record.json -c "$rules" "$@"
	blocked=$($python - <<-'END'
		import json
		for row in json.load(open("record.json"))["blocked"]:
		    print(row["class"], row.get("target", ""))
	END
	)
}

# replays AFTER ARGS...: nothing is blocked, and all is as in the first run
replays() {
	local after=$1
	shift
	for _ in 1 2; do
		eval "$after"
		replay "$@"
		echo "status $status, blocked: $blocked"
		[ "$status" = 0 ]
		[ -z "$blocked" ]
	done
}

@test "git clone is learned and replayed" {
	need git
	home
	git init -q project
	echo text >project/file
	git -C project add file
	git -C project -c user.name=n -c user.email=e commit -qm m
	learn git clone -q --no-hardlinks project copy
	replays 'rm -r copy' git clone -q --no-hardlinks project copy
	[ "$(cat copy/file)" = text ]
	run "$SYSWALL" -q --no-prompt -c "$rules" git clone -q project other
	[ "$status" != 0 ]
	[ ! -e other/file ]
}

@test "gcc with its temporary files is learned and replayed" {
	need gcc
	home
	echo 'int main(void) { return 3; }' >a.c
	learn gcc -o a a.c
	replays 'rm a' gcc -o a a.c
	run -3 ./a
}

@test "python3 with a server, a child and temporary files is learned and replayed" {
	home
	cat >p.py <<-'END'
		import os, socket, subprocess, tempfile
		with tempfile.TemporaryDirectory() as d:
		    open(d + "/x", "w").close()
		with tempfile.NamedTemporaryFile(prefix="some-"):
		    pass
		server = socket.create_server(("127.0.0.1", 0))
		client = socket.create_connection(server.getsockname())
		name = socket.socket(socket.AF_UNIX)
		name.bind(os.getcwd() + "/socket")
		os.unlink("socket")
		socket.getaddrinfo("127.0.0.1", 80)
		print(subprocess.check_output(["cat", "/dev/stdin"], input=b"end"))
	END
	learn $python p.py
	replays : $python p.py
	[[ $output == *end* ]]
}

# What the next version of a package does on top.
more() {
	cat <<-'END'
		import os, socket, sys
		def tried(what, *args):
		    try:
		        what(*args)
		    except OSError as error:
		        print(error, file=sys.stderr)
		tried(open, os.path.expanduser("~/.ssh/id_rsa"))
		s = socket.socket()
		tried(s.connect, ("127.0.0.1", 9))
	END
}

@test "a Makefile whose next version does more is stopped at exactly that" {
	need make
	home
	mkdir -p home/.ssh
	echo key >home/.ssh/id_rsa
	printf 'all:\n\t%s build.py >made\n' $python >Makefile
	printf 'import socket\ns = socket.socket()\nprint("built")\n' >build.py
	learn make -s
	replays 'rm made' make -s
	[ "$(cat made)" = built ]
	{
		more
		cat build.py
	} >next.py
	mv next.py build.py
	replay make -s
	[ "$blocked" = "$(printf '%s\n' "file-read $dir/home/.ssh/id_rsa" \
		'net-connect 127.0.0.1:9')" ]
	[ "$(cat made)" = built ]
	# The log names what decided.
	sed -i '2i\  "default": "block-hard",' "$rules"
	run "$SYSWALL" -q -v -c "$rules" make -s
	[[ $output == *'block-hard openat('*'.ssh/id_rsa'*'(default)'* ]]
}

@test "npm install of a package with a script, and of its next version" {
	need npm
	home
	mkdir -p home/.ssh package project
	echo key >home/.ssh/id_rsa
	cat >package/package.json <<-'END'
		{ "name": "p", "version": "1.0.0", "scripts": { "install": "node script.js" } }
	END
	cat >package/script.js <<-'END'
		const net = require("net"), fs = require("fs");
		const server = net.createServer().listen(0, "127.0.0.1", () => server.close());
		fs.writeFileSync("made", "1");
	END
	echo '{ "name": "project", "version": "1.0.0" }' >project/package.json
	export npm_config_update_notifier=false npm_config_audit=false \
		npm_config_fund=false npm_config_offline=true \
		npm_config_install_links=false npm_config_loglevel=error \
		npm_config_logs_max=0 npm_config_cache=$dir/cache UV_THREADPOOL_SIZE=1
	install() {
		rm -rf project/node_modules project/package-lock.json package/made cache
		cp package.json.first project/package.json
	}
	cp project/package.json package.json.first
	# Threads race: two runs see all that there is.
	install
	learn npm --prefix project install ./package
	install
	learn npm --prefix project install ./package
	replays install npm --prefix project install ./package
	[ "$(cat package/made)" = 1 ]
	cat >>package/script.js <<-'END'
		const socket = net.connect(9, "127.0.0.1");
		socket.on("error", e => {});
		try { fs.readFileSync(process.env.HOME + "/.ssh/id_rsa"); } catch (e) {}
	END
	install
	review
	stopped npm --prefix project install ./package
	[ "$(cat package/made)" = 1 ]
}

@test "pip install of a source archive, and of its next version" {
	$python -c 'import setuptools, wheel' || skip "no setuptools here"
	$python -m pip --version || skip "no pip here"
	home
	mkdir -p home/.ssh p-1.0
	echo key >home/.ssh/id_rsa
	echo 'x = 1' >p-1.0/p.py
	cat >p-1.0/setup.py <<-'END'
		import socket
		from setuptools import setup
		socket.socket()
		setup(name="p", version="1.0", py_modules=["p"])
	END
	export PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INDEX=1 \
		PIP_ROOT_USER_ACTION=ignore PIP_CONFIG_FILE=/dev/null
	set -- $python -m pip install -q --no-build-isolation --no-deps \
		--target out p-1.0.tar.gz
	tar czf p-1.0.tar.gz p-1.0
	"$@" || skip "pip does not install without a network here"
	rm -r out
	learn "$@"
	replays 'rm -r out' "$@"
	[ -e out/p.py ]
	{
		more
		cat p-1.0/setup.py
	} >next.py
	mv next.py p-1.0/setup.py
	tar czf p-1.0.tar.gz p-1.0
	rm -r out
	review
	stopped "$@"
	[ -e out/p.py ]
}

@test "another run adds to the rules, and blocks stay in front" {
	home
	echo 1 >one
	echo 2 >two
	write_rules ask '{ "action": "block-hard", "class": "file-read", "path": "/etc/hostname" }'
	cp "$rules" base.json
	learn cat one
	learn cat two
	run grep -c '"file-read"' "$rules"
	[ "$output" = 3 ] # the block, the files, the libraries
	replays : cat one two
	cp "$rules" before.json
	learn cat one two
	cmp "$rules" before.json
	# The block holds while learning, and is not unlearned.
	run -1 "$SYSWALL" -q --learn -c base.json -s "$rules" cat one /etc/hostname
	cmp "$rules" before.json
	run -1 "$SYSWALL" -q --no-prompt -c "$rules" cat /etc/hostname
}

@test "programs that were looked for and not there stand apart" {
	home
	mkdir empty
	echo "env PATH=$dir/empty:/usr/bin true" >x.sh
	learn sh x.sh
	[ "$(grep -c '"exec"' "$rules")" = 2 ]
	run -0 grep -A3 '"exec",$' "$rules"
	# shellcheck disable=SC2016 # as it stands there
	[[ $output == *'"path": "${CWD}/empty/true",'* ]]
	[[ $output == *'"comment": "looked for along '*' and not there"'* ]]
	replays : sh x.sh
}

@test "what a rule asks about is told, and asked about again" {
	home
	echo 1 >one
	write_rules ask '{ "action": "ask", "class": "file-read", "path": "${CWD}/one" }'
	run -0 --separate-stderr "$SYSWALL" --learn -s "$rules" cat one
	[ "$output" = 1 ]
	[[ $stderr == *"will be asked about again, as a rule says: $rules: rule 1"* ]]
	run -1 "$SYSWALL" -q --no-prompt -c "$rules" cat one
}

@test "--learn alone allows, and writes nothing" {
	run -0 "$SYSWALL" -q --learn --no-prompt --on-unmatched kill cat /etc/hostname
	run -0 "$SYSWALL" -q --learn -vv cat /dev/null
}
