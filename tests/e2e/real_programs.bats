#!/usr/bin/env bats
# SPDX-License-Identifier: LGPL-3.0-or-later
# Programs that we did not write give the same output and status both ways.

load helpers

@test "git init, commit, log, clone" {
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a \
		GIT_COMMITTER_EMAIL=a@b GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' \
		GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' GIT_CONFIG_GLOBAL=/dev/null
	story='git init -q -b main $0 && cd $0 && echo x >file && git add . &&
		git commit -q -m one && git log --stat && cd .. &&
		git clone -q $0 $0.clone && git -C $0.clone log -1 --format=%H'
	bare=$(bash -c "$story" bare 2>&1)
	traced=$(allow bash -c "$story" traced 2>&1)
	[ "$bare" = "$traced" ]
}

@test "gcc, make -j and the program that they make" {
	mkdir bare traced
	for place in bare traced; do
		for i in 1 2 3 4 5 6; do
			echo "int f$i(void) { return $i; }" >$place/f$i.c
		done
		echo 'int f6(void); int main(void) { return f6(); }' >$place/main.c
		printf 'main: main.o f1.o f2.o f3.o f4.o f5.o f6.o\n\t$(CC) -o $@ $^\n' \
			>$place/Makefile
	done
	make -s -C bare -j4
	run -0 allow make -s -C traced -j4
	[ "$output" = "" ]
	cmp bare/main.o traced/main.o
	run -6 ./traced/main
}

@test "python3 with threads and subprocesses" {
	cat >test.py <<'PY'
import concurrent.futures, hashlib, subprocess, threading, json, socket
total = []
lock = threading.Lock()
def work(i):
    digest = hashlib.sha256(str(i).encode() * 1000).hexdigest()
    with lock:
        total.append(digest)
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    list(pool.map(work, range(200)))
print(hashlib.sha256("".join(sorted(total)).encode()).hexdigest())
print(subprocess.run(["sh", "-c", "echo child; exit 3"],
                     stdout=subprocess.PIPE).stdout)
a, b = socket.socketpair()
a.sendall(b"x" * 1000)
print(len(b.recv(2000)))
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
peer, _ = server.accept()
client.sendall(b"hello")
print(peer.recv(10), json.dumps({"a": 1}))
raise SystemExit(4)
PY
	same /usr/bin/python3 test.py
}

@test "tar, gzip and find" {
	mkdir -p tree/a/b/c
	for i in {1..40}; do echo "$i" >tree/a/b/file"$i"; done
	ln -s ../a tree/a/loop
	same bash -c 'tar czf - tree | tar tzf - | sort; find tree | sort'
}

@test "bash with job control" {
	same bash -c 'set -m
		sleep 2 & pid=$!
		kill -STOP $pid; sleep 0.3; jobs -s | wc -l; kill -CONT $pid
		sleep 0.3; wait $pid; echo "job $?"
		(exit 7) | cat; echo "${PIPESTATUS[0]}"
		trap "echo got int" INT; kill -INT $$; echo end'
}

@test "perl" {
	same perl -e '$SIG{ALRM} = sub { print "alarm\n" }; alarm 1; sleep 5;
		my $pid = fork; if (!$pid) { exit 5 } waitpid $pid, 0;
		print $? >> 8, "\n"; print `echo backticks`; exit 6'
}

@test "node" {
	command -v node >/dev/null || skip "no node here"
	same node -e 'const { execSync } = require("child_process");
		console.log(execSync("echo child").toString());
		require("fs").readFile("/etc/hostname", (e, d) => console.log(!e));
		setTimeout(() => process.exit(5), 50)'
}

@test "many short processes" {
	same bash -c 'for i in $(seq 150); do /bin/true; done; echo done'
}

@test "stopped and continued in a sleep, the whole time is slept" {
	cat >stop.py <<'PY'
import os, signal, subprocess, sys, time
child = subprocess.Popen(["sleep", "1"])
time.sleep(0.2)
child.send_signal(signal.SIGSTOP)
time.sleep(0.3)
child.send_signal(signal.SIGCONT)
begin = time.monotonic()
print(child.wait(), 0.2 < time.monotonic() - begin < 1.5)
PY
	same /usr/bin/python3 stop.py
}
