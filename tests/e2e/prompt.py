#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The prompt on a real pseudo-terminal: what is asked, what answers do."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest

import pexpect

SYSWALL = os.environ["SYSWALL"]
PROGRAMS = os.environ["TEST_BUILD"] + "/tests/programs/"
PROMPT = "syswall> "
SIGNAL_EXIT = 128

# The loader's and the C library's business is nobody's question here.
LIBRARIES = {
    "version": 1,
    "rules": [
        {"action": "allow", "class": ["file-read", "file-stat"],
         "path": ["/usr/**", "/lib/**", "/lib64/**", "/etc/ld.so.*",
                  "/proc/**", "/dev/null", "/build/**"]},
    ],
}


class PromptTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = os.path.realpath(scratch.name)
        self.libraries = self.write("libraries.json", json.dumps(LIBRARIES))
        self.secret = self.write("secret", "the secret\n")

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def start(self, *command, env=None):
        environment = dict(os.environ, TERM="xterm", LC_ALL="C",
                           PS1="shell> ", **(env or {}))
        child = pexpect.spawn(SYSWALL, ["-c", self.libraries, *command],
                              env=environment, cwd=self.dir, timeout=20,
                              encoding="utf-8", dimensions=(40, 150))
        self.addCleanup(child.close, force=True)
        return child

    def answer(self, child, word, expect=PROMPT):
        child.expect_exact(expect)
        # Keys typed before the prompt appeared are thrown away: be a person.
        time.sleep(0.05)
        child.sendline(word)

    def end(self, child):
        """Everything up to the end, and the status as a shell shows it."""
        child.expect(pexpect.EOF)
        rest = child.before
        child.close()
        if child.signalstatus:
            return rest, SIGNAL_EXIT + child.signalstatus
        return rest, child.exitstatus

    def test_question_names_who_and_what(self):
        child = self.start("-q", "cat", "../" +
                           os.path.basename(self.dir) + "/secret")
        child.expect_exact(PROMPT)
        shown = child.before
        self.assertIn("cat (pid ", shown)
        self.assertIn("READ", shown)
        self.assertIn(self.secret, shown)
        self.assertIn("asked for as ../", shown)
        self.assertIn("openat(AT_FDCWD, ", shown)
        self.assertIn("O_RDONLY", shown)
        child.sendline("bh")
        self.end(child)

    def test_allow_once(self):
        child = self.start("-q", "cat", "secret")
        self.answer(child, "a")
        rest, status = self.end(child)
        self.assertIn("the secret", rest)
        self.assertEqual(status, 0)

    def test_block_hard(self):
        child = self.start("-q", "cat", "secret")
        self.answer(child, "bh")
        rest, status = self.end(child)
        self.assertIn("Permission denied", rest)
        self.assertNotIn("the secret", rest)
        self.assertEqual(status, 1)

    def test_block_soft(self):
        child = self.start("-q", "cat", "secret")
        self.answer(child, "bs")
        rest, status = self.end(child)
        self.assertNotIn("the secret", rest)
        self.assertNotIn("denied", rest)
        self.assertEqual(status, 0)

    def test_once_asks_again_and_always_does_not(self):
        child = self.start("-q", "cat", "secret", "secret", "secret")
        self.answer(child, "a")
        self.answer(child, "aa")
        rest, status = self.end(child)
        self.assertNotIn(PROMPT, rest)
        self.assertEqual(rest.count("the secret"), 2)
        self.assertEqual(status, 0)

    def test_always_for_a_read_allows_no_write(self):
        child = self.start("-q", "bash", "-c",
                           "cat secret >/dev/null; echo x >>secret")
        asked = []
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            asked.append(child.before)
            time.sleep(0.05)
            child.sendline("bh" if "WRITE" in child.before else "aa")
        self.assertIn("READ", "".join(asked))
        self.assertTrue(any("WRITE" in text for text in asked), asked)
        with open(self.secret, encoding="utf-8") as file:
            self.assertEqual(file.read(), "the secret\n")

    def test_kill(self):
        child = self.start("-q", "bash", "-c", "sleep 60 & cat secret")
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            time.sleep(0.05)
            child.sendline("k" if "secret" in child.before else "a")
        child.close()
        self.assertEqual(child.signalstatus, signal.SIGKILL)

    def test_help_more_empty_and_unknown_ask_again(self):
        child = self.start("-q", "cat", "secret")
        self.answer(child, "?")
        child.expect_exact("block")
        self.answer(child, "i")
        child.expect_exact(os.path.realpath("/usr/bin/cat"))
        self.answer(child, "")
        self.answer(child, "yes")
        self.answer(child, "  bh  ")
        rest, status = self.end(child)
        self.assertIn("Permission denied", rest)
        self.assertEqual(status, 1)

    def test_typed_ahead_is_no_answer(self):
        child = self.start("-q", "bash", "-c",
                           "read -t 0.5 _ <&-; sleep 0.3; cat secret")
        child.send("a\na\na\n")
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            if "secret" in child.before and "READ" in child.before:
                break
            time.sleep(0.2)
            child.send("a\n")
        child.expect_exact(pexpect.TIMEOUT, timeout=1)
        child.sendline("bh")
        rest, _ = self.end(child)
        self.assertNotIn("the secret", rest)

    def test_ctrl_c_at_the_prompt_ends_reports_and_saves(self):
        saved, record = self.path("saved.json"), self.path("record.json")
        child = self.start("-s", saved, "-r", record, "cat", "secret",
                           "/etc/hostname")
        self.answer(child, "aa")
        child = self.start("-s", saved, "-r", record, "cat", "secret")
        child.expect_exact(PROMPT)
        time.sleep(0.05)
        child.sendintr()
        rest, status = self.end(child)
        self.assertEqual(status, SIGNAL_EXIT + signal.SIGINT)
        self.assertNotIn("the secret", rest)
        self.assertIn("report", rest)
        with open(saved, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["version"], 1)
        with open(record, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["version"], 1)

    def test_ctrl_c_elsewhere_is_the_programs(self):
        report = self.path("record.json")
        child = self.start("-q", "-r", report, "--on-unmatched", "allow",
                           "bash", "-c", "trap 'echo caught; exit 5' INT;"
                           "echo ready; while :; do sleep 0.1; done")
        child.expect_exact("ready")
        child.sendintr()
        rest, status = self.end(child)
        self.assertIn("caught", rest)
        self.assertEqual(status, 5)
        self.assertTrue(os.path.exists(report))

    def test_a_number_that_nobody_knows_is_asked_about(self):
        for word, result in (("aa", "Function not implemented"),
                             ("bh", "Permission denied")):
            child = self.start("-q", PROGRAMS + "call", "600", "1", "2")
            child.expect_exact("system call 600, which syswall does not know")
            self.answer(child, "aa class")
            child.expect_exact("does not fit")
            self.answer(child, word)
            rest, status = self.end(child)
            self.assertIn(result, rest)
            self.assertEqual(status, 0)

    def test_calls_with_many_names_can_be_answered(self):
        # mount and pivot_root: two paths, and a class of their own.
        for number in ("165", "155"):
            child = self.start("-q", PROGRAMS + "call", number, self.dir,
                               self.dir, "none", "0")
            self.answer(child, "bah")
            rest, _ = self.end(child)
            self.assertIn("Permission denied", rest)

    def test_end_of_file_blocks(self):
        child = self.start("-q", "cat", "secret")
        child.expect_exact(PROMPT)
        time.sleep(0.05)
        child.sendeof()
        rest, status = self.end(child)
        self.assertNotIn("the secret", rest)
        self.assertEqual(status, 1)

    def test_hang_up_blocks(self):
        out = self.path("out")
        child = self.start("-q", "bash", "-c", "trap '' HUP;"
                           f"cat secret >{out} 2>&1; echo done >>{out}")
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            if "secret" in child.before and "READ" in child.before:
                break
            time.sleep(0.05)
            child.sendline("a")
        child.ptyproc.fileobj.close()
        child.closed = True
        for _ in range(100):
            time.sleep(0.1)
            if os.path.exists(out) and os.path.getsize(out):
                break
        with open(out, encoding="utf-8") as file:
            text = file.read()
        self.assertNotIn("the secret", text)

    def test_everybody_stands_still(self):
        ticks = self.path("ticks")
        child = self.start("-q", "--on-unmatched", "ask", "bash", "-c",
                           "exec 8>>ticks; (while :; do printf x >&8;"
                           "done) & exec 8>&-; sleep 0.2; cat secret; kill $!")
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            if "secret" in child.before and "READ" in child.before:
                before = os.path.getsize(ticks)
                time.sleep(0.3)
                self.assertGreater(before, 0)
                self.assertEqual(os.path.getsize(ticks), before)
                child.sendline("bh")
            else:
                time.sleep(0.05)
                child.sendline("aa")

    def test_hostile_name_is_escaped(self):
        name = "x\x1b[2J\x1b[1;1Hallow? y\u202e\n" + PROMPT + "a"
        child = self.start("-q", "cat", name)
        child.expect_exact(PROMPT)
        # No control byte, no second prompt line, no reversed text.
        shown = child.before
        self.assertNotIn("\x1b[2J", shown)
        self.assertNotIn("\u202e", shown)
        self.assertIn("\\u{202E}".lower(), shown.lower())
        child.expect_exact(pexpect.TIMEOUT, timeout=0.3)
        child.sendline("bh")
        self.end(child)

    def test_save_and_replay(self):
        saved = self.path("saved.json")
        child = self.start("-q", "-s", saved, "bash", "-c",
                           "cat secret; mkdir d; rmdir d")
        questions = 0
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            questions += 1
            time.sleep(0.05)
            child.sendline("aa")
        self.assertGreater(questions, 2)
        replay = subprocess.run(
            [SYSWALL, "-q", "-c", saved, "bash", "-c",
             "cat secret; mkdir d; rmdir d"], cwd=self.dir,
            stdin=subprocess.DEVNULL, capture_output=True, check=False,
            start_new_session=True, text=True)
        self.assertEqual(replay.stdout, "the secret\n")
        self.assertEqual(replay.stderr, "")
        self.assertEqual(os.stat(saved).st_mode & 0o777, 0o600)

    def converse(self, child, *answers):
        """Give each answer when it is its turn; return what was shown before
        each prompt, and all that came after the last."""
        shown = []
        for word in answers:
            child.expect_exact(PROMPT)
            shown.append(child.before)
            time.sleep(0.05)
            child.sendline(word)
        rest, _ = self.end(child)
        return shown, rest

    def replay(self, saved, *command):
        return subprocess.run(
            [SYSWALL, "-q", "--no-prompt", "-c", self.libraries, "-c", saved,
             *command], cwd=self.dir, stdin=subprocess.DEVNULL,
            capture_output=True, check=False, text=True)

    def rules(self, saved):
        """The saved rules, but for those of the file given with -c."""
        with open(saved, encoding="utf-8") as file:
            return json.load(file)["rules"][:-len(LIBRARIES["rules"])]

    def tree(self):
        os.makedirs(self.path("d/e"))
        for name in ("d/a.c", "d/b.c", "d/b.txt", "d/e/c"):
            self.write(name, name + "\n")

    def test_scope_this_is_one_file(self):
        self.tree()
        self.write("d/a*", "star\n")
        saved = self.path("saved.json")
        child = self.start("-q", "-s", saved, "cat", "d/a*", "d/a*", "d/a.c")
        shown, rest = self.converse(child, "aa this", "bh")
        self.assertIn("d/a.c", shown[1])
        self.assertIn("a\\\\*", shown[1])
        self.assertIn("it would have matched 0 earlier calls", shown[1])
        self.assertNotIn("d/a.c\r\n", rest.splitlines())
        self.assertEqual(self.rules(saved), [
            {"action": "allow", "class": "file-read",
             "path": "${CWD}/d/a\\*"}])
        run = self.replay(saved, "cat", "d/a*", "d/a.c")
        self.assertEqual(run.stdout, "star\n")

    def test_scope_dir_and_tree(self):
        self.tree()
        saved = self.path("saved.json")
        child = self.start("-q", "-s", saved, "cat", "d/a.c", "d/b.c",
                           "d/e/c", "d/e/c")
        shown, _ = self.converse(child, "aa dir", "aa tree")
        self.assertIn("d/e/c", shown[1])
        self.assertEqual([rule["path"] for rule in self.rules(saved)],
                         ["${CWD}/d/e/**", "${CWD}/d/*"])
        run = self.replay(saved, "cat", "d/b.txt", "d/e/c", "secret")
        self.assertEqual(run.stdout, "d/b.txt\nd/e/c\n")

    def test_wide_answer_replaces_narrow_ones(self):
        self.tree()
        saved = self.path("saved.json")
        child = self.start("-q", "-s", saved, "cat", "d/a.c", "d/b.txt",
                           "d/e/c")
        _, rest = self.converse(child, "aa this", "aa ext", "aa class")
        self.assertIn("it would have matched", rest)
        self.assertIn("and replaces 2 narrower answers", rest)
        self.assertEqual(self.rules(saved),
                         [{"action": "allow", "class": "file-read"}])

    def test_receipt_counts_what_the_rule_matches(self):
        self.tree()
        child = self.start("-q", "cat", "d/a.c", "d/a.c", "secret", "d/b.c")
        _, rest = self.converse(child, "a", "a", "a", "aa dir")
        self.assertIn("it would have matched 2 earlier calls", rest)

    def test_scope_glob_is_edited_and_checked(self):
        self.tree()
        saved = self.path("saved.json")
        child = self.start("-q", "-s", saved, "cat", "d/a.c", "d/b.c")
        self.answer(child, "aa glob /nowhere/*")
        child.expect_exact("the pattern does not match")
        self.answer(child, "aa glob")
        self.answer(child, "", expect=PROMPT + "aa glob ${CWD}/d/a.c")
        child.expect_exact('"path": "${CWD}/d/a.c"}')
        self.answer(child, "bah glob")
        child.expect_exact(PROMPT + "bah glob ${CWD}/d/b.c")
        time.sleep(0.05)
        child.sendline("\x7f" * 3 + "?.*")
        rest, _ = self.end(child)
        self.assertNotIn("d/b.c\r\n", rest.splitlines())
        self.assertEqual([rule["path"] for rule in self.rules(saved)],
                         ["${CWD}/d/?.*", "${CWD}/d/a.c"])

    def test_hostile_name_in_the_pattern_line(self):
        child = self.start("-q", "cat", "x\x1b[2J\u202e*")
        self.answer(child, "aa glob")
        child.expect_exact(PROMPT + "aa glob ${CWD}/x?\\[2J?\\*")
        self.assertNotIn("\x1b[2J", child.before)
        time.sleep(0.05)
        child.sendline("")
        self.end(child)

    def test_scope_that_does_not_fit_asks_again(self):
        child = self.start("-q", "cat", "secret")
        self.answer(child, "aa host")
        child.expect_exact("host does not fit: the call names a file")
        self.answer(child, "aa ext")
        child.expect_exact("the name has no extension")
        self.answer(child, "aa everything")
        child.expect_exact('"everything" is no scope')
        child.expect_exact("this, dir, tree, class, glob")
        self.answer(child, "bh")
        rest, _ = self.end(child)
        self.assertNotIn("the secret", rest)

    def test_tab_completes_scopes(self):
        child = self.start("-q", "cat", "secret")
        child.expect_exact(PROMPT)
        time.sleep(0.05)
        child.send("aa tr\t")
        child.expect_exact("aa tree")
        child.sendline("")
        rest, _ = self.end(child)
        self.assertIn("the secret", rest)

    def test_undo(self):
        self.tree()
        saved = self.path("saved.json")
        child = self.start("-q", "-s", saved, "cat", "d/a.c", "secret",
                           "d/b.c", "d/a.c")
        shown, rest = self.converse(child, "aa dir", "u", "u", "a", "bah this",
                                    "a")
        self.assertIn("undone: rule", shown[2])
        self.assertIn("/d/*", shown[2])
        # The present question stays.
        self.assertIn("secret", shown[2])
        self.assertIn("no lasting answer to undo", shown[3])
        self.assertIn("d/b.c", shown[4])
        self.assertIn("d/a.c", shown[5])
        self.assertIn("d/a.c", rest)
        self.assertEqual([rule["path"] for rule in self.rules(saved)],
                         ["${CWD}/d/b.c"])

    def test_rename_by_scope(self):
        self.tree()
        saved = self.path("saved.json")
        child = self.start("-q", "-s", saved, "mv", "-T", "d/a.c", "d/z.c")
        shown, _ = self.converse(child, "aa this")
        self.assertIn("RENAME", shown[0])
        self.assertEqual(self.rules(saved), [
            {"action": "allow", "class": "file-rename",
             "path": ["${CWD}/d/a.c", "${CWD}/d/z.c"]}])
        os.rename(self.path("d/z.c"), self.path("d/a.c"))
        self.assertEqual(
            self.replay(saved, "mv", "-T", "d/a.c", "d/z.c").returncode, 0)
        self.assertNotEqual(self.replay(saved, "rm", "d/z.c").returncode, 0)

    def test_many_questions_offer_a_way_out(self):
        child = self.start("-q", "cat", *["secret"] * 9)
        shown, _ = self.converse(child, *["bh"] * 8, "bah class")
        self.assertNotIn("questions in", "".join(shown[:7]))
        self.assertIn("8 questions in 10 seconds: aa class", shown[7])
        self.assertIn("8 questions in 10 seconds: aa class", shown[8])

    def test_more_names_rules_that_nearly_match(self):
        child = self.start("-q", "cat", "secret")
        self.answer(child, "i")
        child.expect_exact("nearly")
        child.expect_exact(", but not its path")
        self.answer(child, "bh")
        self.end(child)

    def test_prompt_reads_the_terminal_and_not_standard_input(self):
        child = self.start("-q", "bash", "-c",
                           "exec <&-; read x < <(cat secret); echo got=$x")
        while child.expect_exact([PROMPT, pexpect.EOF]) == 0:
            time.sleep(0.05)
            child.sendline("a")
        self.assertIn("got=the secret", child.before)


class JobControlTest(unittest.TestCase):
    def test_stop_fg_bg_in_a_shell(self):
        env = dict(os.environ, TERM="dumb", PS1="shell> ", HISTFILE="")
        shell = pexpect.spawn("bash", ["--norc", "--noprofile", "-i"],
                              env=env, encoding="utf-8", timeout=20)
        self.addCleanup(shell.close, force=True)
        shell.expect_exact("shell> ")
        shell.sendline(f"{SYSWALL} -q --on-unmatched allow bash -c "
                       "'echo rea''dy; while :; do sleep 0.1; done'")
        shell.expect_exact("ready")
        time.sleep(0.3)
        shell.sendcontrol("z")
        shell.expect_exact("Stopped")
        shell.expect_exact("shell> ")
        shell.sendline("fg")
        time.sleep(0.5)
        shell.sendcontrol("z")
        shell.expect_exact("Stopped")
        shell.expect_exact("shell> ")
        shell.sendline("bg; sleep 0.3; jobs -r | wc -l")
        shell.expect("\r\n1\r\n")
        shell.sendline("fg")
        time.sleep(0.3)
        shell.sendintr()
        shell.expect_exact("shell> ")
        shell.sendline("echo status $?")
        shell.expect_exact("status 130")

    def test_a_question_in_the_background_waits_for_fg(self):
        env = dict(os.environ, TERM="dumb", PS1="shell> ", HISTFILE="")
        shell = pexpect.spawn("bash", ["--norc", "--noprofile", "-i"],
                              env=env, encoding="utf-8", timeout=20)
        self.addCleanup(shell.close, force=True)
        shell.expect_exact("shell> ")
        shell.sendline(f"{SYSWALL} -q cat /etc/hostname &")
        shell.expect_exact("shell> ")
        time.sleep(1)
        shell.sendline("")
        shell.expect_exact("Stopped")
        shell.sendline("fg")
        shell.expect_exact(PROMPT)
        time.sleep(0.1)
        shell.sendline("k")
        shell.expect_exact("shell> ")


if __name__ == "__main__":
    unittest.main(verbosity=1)
