#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
# run-tests: alone
"""Every line that --log writes keeps to its schema, and none is missing."""

import json
import os
import re
import resource
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
SYSWALL = os.environ.get("SYSWALL", str(ROOT / "build/syswall"))
PROGRAMS = Path(os.environ.get("TEST_BUILD", ROOT / "build")) / "tests/programs"
SCHEMA = json.loads((ROOT / "docs/syswall-log.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ALLOW = ["-q", "--on-unmatched", "allow"]

RULES = {
    "version": 1,
    "default": "allow",
    "rules": [
        {"action": "block-hard", "syscall": ["mkdir", "mkdirat"],
         "errno": "EROFS"},
        {"action": "block-soft", "syscall": ["unlink", "unlinkat"]},
        {"action": "block-soft", "class": "file-read", "path": "/**/source"},
        {"action": "allow", "class": "file-read"},
    ],
}


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def without_numbers(line):
    """The same for lines that the schema cannot tell from one another."""
    return re.sub(r"[0-9]+", "0", json.dumps(line))


class LogTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(os.path.realpath(scratch.name))
        self.log = self.scratch / "log"

    def syswall(self, *arguments, **more):
        more = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE, "timeout": 60, **more}
        return subprocess.run([SYSWALL, *arguments], cwd=self.scratch,
                              check=False, **more)

    def load(self):
        """The lines, each by the schema, numbered without a gap."""
        lines = lines_of(self.log.read_text())
        self.assertEqual([line["seq"] for line in lines],
                         list(range(len(lines))))
        self.assertEqual(lines[0]["type"], "log")
        seen = set()
        for line in lines:
            shape = without_numbers(line)
            if shape not in seen:
                seen.add(shape)
                errors = list(VALIDATOR.iter_errors(line))
                self.assertEqual(errors, [], line)
        clock = [int(line["monotonic_ns"]) for line in lines]
        self.assertEqual(clock, sorted(clock))
        return lines

    def logged(self, *arguments, **more):
        """Run, and return the run and the lines."""
        run = self.syswall("--log", self.log, *arguments, **more)
        return run, self.load()

    def test_the_schema_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_the_schema_refuses(self):
        _, lines = self.logged(*ALLOW, "true")
        for line in lines:
            self.assertFalse(VALIDATOR.is_valid({**line, "more": 1}), line)
            self.assertFalse(VALIDATOR.is_valid({**line, "type": "x"}), line)

    def test_processes(self):
        run, lines = self.logged(*ALLOW, "sh", "-c",
                                 "cat /dev/null; (kill -9 $$)")
        self.assertEqual(run.returncode, -signal.SIGKILL, run.stderr)
        header, end = lines[0], lines[-1]
        self.assertEqual(header["version"], 1)
        self.assertEqual(header["command"][:2], ["sh", "-c"])
        self.assertEqual(end["type"], "end")
        self.assertEqual(end["signal"], "SIGKILL")
        first = lines[1]
        self.assertEqual(first["type"], "start")
        launch = lines[2]
        self.assertEqual((launch["call"], launch["by"]), ("execve", "launch"))
        self.assertEqual(launch["args"]["argv"][0], "sh")
        programs = [os.path.basename(line["exe"]) for line in lines
                    if line["type"] == "exec"]
        self.assertIn("cat", programs)
        started = {line["pid"] for line in lines if line["type"] == "start"}
        ended = {line["pid"]: line for line in lines
                 if line["type"] == "exit"}
        self.assertEqual(started, set(ended))
        self.assertEqual(ended[first["pid"]]["signal"], "SIGKILL")

    def test_calls(self):
        (self.scratch / "rules.json").write_text(json.dumps(RULES))
        (self.scratch / "source").write_text("text")
        run, lines = self.logged(
            "-q", "-c", "rules.json", "sh", "-c",
            "cat source; mkdir dir; rm source; cat missing; : >new")
        self.assertEqual(run.stdout, b"", run.stderr)
        calls = [line for line in lines if line["type"] == "call"]
        results = {line["of"]: line for line in lines
                   if line["type"] == "result"}

        def call_on(name, path):
            found = [call for call in calls if call["call"].startswith(name)
                     and call.get("targets", [{}])[0].get("path")
                     == str(self.scratch / path)]
            self.assertEqual(len(found), 1, (name, path))
            return found[0]

        mkdir = call_on("mkdir", "dir")
        self.assertEqual(mkdir["verdict"], "block-hard")
        self.assertEqual(mkdir["by"], "rule")
        self.assertEqual(mkdir["rule"], {"file": "rules.json", "index": 1})
        self.assertEqual((mkdir["outcome"], mkdir["errno"]),
                         ("blocked", "EROFS"))
        self.assertEqual(mkdir["classes"], ["file-create"])
        self.assertEqual(mkdir["args"]["pathname"], "dir")
        self.assertEqual(os.path.basename(mkdir["exe"]), "mkdir")

        unlink = call_on("unlink", "source")
        self.assertEqual((unlink["outcome"], unlink["result"]),
                         ("faked", "0"))
        read = call_on("open", "source")
        self.assertEqual(read["outcome"], "faked")
        self.assertGreaterEqual(int(results[read["seq"]]["result"]), 3)
        new = call_on("open", "new")
        self.assertEqual((new["by"], new["outcome"]), ("default", "runs"))
        self.assertIn("O_CREAT", new["args"]["flags"])
        self.assertGreaterEqual(int(results[new["seq"]]["result"]), 0)
        for call in calls:
            if call["outcome"] == "runs" and call["call"] != "execve":
                self.assertIn(call["seq"], results)

    def test_every_call(self):
        _, lines = self.logged("-vv", "-o", "/dev/null", "sh", "-c",
                               "echo secret; sleep 0.01")
        calls = {line["call"] for line in lines if line["type"] == "call"}
        self.assertLessEqual({"write", "mmap", "execve", "exit_group"}, calls)
        self.assertNotIn("secret\\n", self.log.read_text())

    def test_contents_only_when_asked(self):
        (self.scratch / "file").write_text("hidden")
        more = {"env": {**os.environ, "PASSWORD": "swordfish"}}
        command = ["-vv", "-o", "/dev/null", "sh", "-c",
                   "cat file; echo written"]
        self.syswall("--log", self.log, *command, **more)
        self.load()
        for word in "swordfish", "hidden", "written\\n":
            self.assertNotIn(word, self.log.read_text())
        self.syswall("--log", self.log, "--log-data", *command, **more)
        self.load()
        for word in "PASSWORD=swordfish", "hidden", "written\\n":
            self.assertIn(word, self.log.read_text())

    def test_bytes_that_are_no_utf8(self):
        name = b"\xff\x1b[2J\n\xe2\x80\xaename"
        (self.scratch / os.fsdecode(name)).write_text("text")
        _, lines = self.logged(*ALLOW, "cat", name)
        self.assertNotIn(b"\x1b", self.log.read_bytes())
        asked = [os.fsencode(line["args"]["pathname"]) for line in lines
                 if line.get("call") == "openat" and "args" in line]
        self.assertIn(name, asked)
        paths = [os.fsencode(target.get("path", "")) for line in lines
                 for target in line.get("targets", [])]
        self.assertIn(os.fsencode(self.scratch) + b"/" + name, paths)

    def test_foreign_abi(self):
        _, lines = self.logged(*ALLOW, PROGRAMS / "foreign_abi")
        refused = [line for line in lines if "abi" in line]
        for line in refused:
            self.assertEqual((line["by"], line["outcome"]),
                             ("guard", "blocked"))

    def test_mode(self):
        self.logged(*ALLOW, "true")
        self.assertEqual(self.log.stat().st_mode & 0o777, 0o600)

    # ---- when it cannot be written ----

    def test_no_such_directory(self):
        run = self.syswall(*ALLOW, "--log", "nowhere/log", "touch", "ran")
        self.assertEqual(run.returncode, 125)
        self.assertIn(b"nowhere/log: No such file", run.stderr)
        self.assertFalse((self.scratch / "ran").exists())

    def test_full_disk(self):
        run = self.syswall(*ALLOW, "--log", "/dev/full", "touch", "ran")
        self.assertEqual(run.returncode, 125)
        self.assertIn(b"/dev/full: No space left", run.stderr)
        self.assertFalse((self.scratch / "ran").exists())

    def test_disk_that_gets_full(self):
        limit = 20000  # of every file, and so of the log
        run = self.syswall(
            *ALLOW, "--log", self.log, PROGRAMS / "files", "0", "made",
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                  (limit, limit)))
        self.assertEqual(run.returncode, 125, run.stderr)
        self.assertIn(b"File too large", run.stderr)
        text = self.log.read_text()
        self.assertEqual(len(text), limit)
        self.assert_made_are_told(lines_of(text[:text.rindex("\n")]))

    def test_closed_pipe(self):
        os.mkfifo(self.log)
        with subprocess.Popen(["head", "-c", "2000", self.log],
                              stdout=subprocess.DEVNULL):
            run = self.syswall(*ALLOW, "--log", self.log,
                               PROGRAMS / "files", "0", "made")
        self.assertEqual(run.returncode, 125)
        self.assertIn(b"Broken pipe", run.stderr)

    def test_file_that_the_program_has(self):
        with open(self.log, "w", encoding="utf-8") as file:
            file.write("kept")
            file.flush()
            run = self.syswall(*ALLOW, "--log", self.log, "touch", "ran",
                               stdout=file)
        self.assertEqual(run.returncode, 125)
        self.assertIn(b"the program could write to it", run.stderr)
        self.assertEqual(self.log.read_text(), "kept")
        self.assertFalse((self.scratch / "ran").exists())

    def test_program_that_wants_to_write_to_it(self):
        run, lines = self.logged(
            *ALLOW, "sh", "-c", "ln log hard; echo forged >>hard;"
            "echo forged >>log; rm log; mv log away; :>other")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertNotIn("forged\n", self.log.read_text())
        self.assertTrue((self.scratch / "other").exists())
        refused = [line for line in lines if line.get("by") == "guard"]
        self.assertGreaterEqual(len(refused), 4)
        for line in refused:
            self.assertEqual((line["verdict"], line["errno"]),
                             ("block-hard", "EACCES"))
            self.assertIn("would change", line["reason"])

    # ---- nothing is lost ----

    def assert_made_are_told(self, lines):
        """Each file that was made has its line."""
        told = {target["path"] for line in lines
                if line.get("call") == "openat"
                for target in line.get("targets", [])}
        made = list(self.scratch.glob("made*"))
        self.assertGreater(len(made), 1)
        for path in made:
            self.assertIn(str(path), told)

    def test_crash(self):
        with subprocess.Popen(
                [SYSWALL, *ALLOW, "--log", self.log, PROGRAMS / "files", "0",
                 "made"], cwd=self.scratch, stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL) as run:
            limit = time.monotonic() + 30
            while not (self.scratch / "made50").exists():
                self.assertLess(time.monotonic(), limit)
                time.sleep(0.001)
            run.kill()
        # PTRACE_O_EXITKILL: the program is about to be dead.
        lines = self.load()
        self.assertNotEqual(lines[-1]["type"], "end")
        made = 0
        while made != len(list(self.scratch.glob("made*"))):
            made = len(list(self.scratch.glob("made*")))
            time.sleep(0.01)
        self.assert_made_are_told(lines)

    def test_many_calls(self):
        """They are all there. What they cost: tests/bench."""
        count = 10000 if "asan" in SYSWALL else 100000
        run, lines = self.logged("-q", "-p", "observe", PROGRAMS / "files",
                                 str(count), "/etc/passwd", timeout=250)
        self.assertEqual(run.returncode, 0, run.stderr)
        opened = [line["seq"] for line in lines if line["type"] == "call" and
                  line["args"].get("pathname") == "/etc/passwd"]
        self.assertEqual(len(opened), count)
        results = {line["of"]: line["result"] for line in lines
                   if line["type"] == "result"}
        self.assertEqual({results[seq] for seq in opened}, {"3"})
        self.assertEqual(lines[-1]["type"], "end")


if __name__ == "__main__":
    unittest.main()
