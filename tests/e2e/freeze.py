#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Everybody stands still while a question is open, and nobody notices."""

import json
import os
import signal
import tempfile
import time
import unittest

import pexpect

SYSWALL = os.environ["SYSWALL"]
PROGRAMS = os.environ["TEST_BUILD"] + "/tests/programs/"
PROMPT = "syswall> "


def children_of(parent):
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="latin-1") as file:
                fields = file.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(name))
    return found


class FreezeTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = os.path.realpath(scratch.name)
        self.secret = os.path.join(self.dir, "secret")
        with open(self.secret, "w", encoding="utf-8") as file:
            file.write("the secret\n")

    def start(self, calls, *command):
        rules = os.path.join(self.dir, "rules.json")
        with open(rules, "w", encoding="utf-8") as file:
            json.dump({"version": 1, "default": "allow", "rules": [
                {"action": "ask", "syscall": calls, "path": self.secret},
            ]}, file)
        child = pexpect.spawn(SYSWALL, ["-q", "-c", rules, *command],
                              env=dict(os.environ, TERM="xterm", LC_ALL="C"),
                              cwd=self.dir, timeout=20, encoding="utf-8",
                              dimensions=(40, 150))
        self.addCleanup(child.close, force=True)
        return child

    def answer_all(self, child, word):
        """Give the same answer to the end. Returns how often, and the rest."""
        asked = 0
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            asked += 1
            time.sleep(0.05)
            child.sendline(word)
        return asked, child.before

    def check_waiters(self, *options):
        child = self.start("openat", *options, PROGRAMS + "waiters",
                           self.secret)
        asked, rest = self.answer_all(child, "a")
        self.assertEqual(asked, 3)
        for name, result in (("epoll_wait", 1), ("poll", 1), ("msgrcv", 0),
                             ("semop", 0), ("sigwaitinfo", 0)):
            self.assertIn(f"{name} {result} Success", rest)

    def test_nobody_who_waits_is_woken(self):
        self.check_waiters()

    def test_nobody_who_waits_is_woken_when_results_are_watched(self):
        self.check_waiters("-vv", "-o", "/dev/null")

    def test_each_call_is_asked_about_once(self):
        for word, opened in (("a", 8), ("bs", 8), ("bh", 0)):
            with self.subTest(word):
                child = self.start("openat", PROGRAMS + "openers",
                                   self.secret)
                asked, rest = self.answer_all(child, word)
                self.assertIn(f"opened {opened} of 8", rest)
                self.assertEqual(asked, 8)

    def test_all_are_killed_while_the_question_is_open(self):
        child = self.start("openat", PROGRAMS + "openers", self.secret)
        child.expect_exact(PROMPT)
        for pid in children_of(child.pid):
            os.kill(pid, signal.SIGKILL)
        child.sendline("a")
        child.expect_exact(pexpect.EOF)
        child.wait()
        self.assertEqual(child.signalstatus, signal.SIGKILL)

    def test_a_stopped_task_does_not_hold_up_later_questions(self):
        child = self.start("openat", "bash", "-c", f"""
            (while :; do echo $((n++)) >count; done) & busy=$!
            sleep 0.2; kill -STOP $busy; sleep 0.1
            cat {self.secret} >/dev/null
            kill -CONT $busy; sleep 0.1
            cat {self.secret} >/dev/null
            kill -STOP $busy; sleep 0.1; kill -CONT $busy; sleep 0.1
            cat {self.secret} >/dev/null
            kill -KILL $busy""")
        counter = os.path.join(self.dir, "count")
        for _ in range(3):
            child.expect_exact(PROMPT)
            before = os.stat(counter).st_mtime_ns
            time.sleep(0.3)
            self.assertEqual(before, os.stat(counter).st_mtime_ns)
            child.sendline("a")
        child.expect(pexpect.EOF)

    def test_the_death_of_syswall_is_no_answer(self):
        child = self.start(["unlink", "unlinkat"], "sh", "-c",
                           f"echo $$ >pid; rm -f {self.secret}; echo $? >rc")
        child.expect_exact(PROMPT)
        os.kill(child.pid, signal.SIGKILL)
        child.expect(pexpect.EOF)
        with open(os.path.join(self.dir, "pid"), encoding="utf-8") as file:
            pid = int(file.read())
        for _ in range(100):
            if not os.path.exists(f"/proc/{pid}/exe"):
                break
            time.sleep(0.02)
        self.assertFalse(os.path.exists(f"/proc/{pid}/exe"))
        time.sleep(0.1)
        self.assertTrue(os.path.exists(self.secret))
        self.assertFalse(os.path.exists(os.path.join(self.dir, "rc")))


if __name__ == "__main__":
    unittest.main()
