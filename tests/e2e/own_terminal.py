#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""--pty: a terminal of the program's own, seen from the real one."""

import json
import os
import signal
import subprocess
import tempfile
import time
import unittest

import pexpect

SYSWALL = os.environ["SYSWALL"]
PROMPT = "syswall> "
OTHER_SCREEN, BACK = "\x1b[?1049h", "\x1b[?1049l"


class PtyTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = os.path.realpath(scratch.name)
        self.rules = self.write("rules.json", json.dumps({
            "version": 1, "default": "allow",
            "rules": [{"action": "ask", "class": "file-read",
                       "path": self.dir + "/secret"}]}))
        self.write("secret", "the secret\n")

    def write(self, name, text):
        path = os.path.join(self.dir, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def start(self, *command, program=SYSWALL, term="xterm"):
        environment = dict(os.environ, TERM=term, LC_ALL="C", PS1="shell> ")
        arguments = list(command)
        if program == SYSWALL:
            arguments = ["-q", "--pty", "-c", self.rules, *arguments]
        child = pexpect.spawn(program, arguments, env=environment,
                              cwd=self.dir, timeout=20, encoding="utf-8",
                              dimensions=(40, 150))
        self.addCleanup(child.close, force=True)
        return child

    def answer(self, child, word):
        child.expect_exact(PROMPT)
        time.sleep(0.05)
        child.sendline(word)

    def end(self, child):
        child.expect(pexpect.EOF)
        rest = child.before
        child.close()
        return rest, child.exitstatus

    def test_terminal_is_another_one_of_the_same_size(self):
        child = self.start("--norc", "--noprofile", "-c", "tty; $SYSWALL -q"
                           " --pty --on-unmatched allow sh -c"
                           " 'tty; stty size; exit 7'", program="/bin/bash")
        rest, status = self.end(child)
        real, own, *size = rest.split()
        self.assertNotEqual(real, own)
        self.assertEqual(size, ["40", "150"])
        self.assertEqual(status, 7)

    def test_output_is_unaltered(self):
        child = self.start("sh", "-c", r"stty -onlcr; printf 'a\nb\033[1mc\r\nd'")
        self.assertEqual(self.end(child), ("a\nb\x1b[1mc\r\nd", 0))

    def test_much_output_arrives(self):
        child = self.start("seq", "30000")
        rest, status = self.end(child)
        self.assertEqual(rest.split(), [str(n) for n in range(1, 30001)])
        self.assertEqual(status, 0)

    def test_size_follows(self):
        child = self.start("bash", "-c", "trap 'stty size; exit' WINCH;"
                           " echo ready; while :; do read -t 0.1; done")
        child.expect_exact("ready")
        child.setwinsize(33, 77)
        child.expect_exact("33 77")
        self.end(child)

    def test_keys_signal_the_programs_session(self):
        child = self.start("sh", "-c", "trap 'echo caught; exit 3' INT;"
                           " echo ready; while :; do sleep 0.1; done")
        child.expect_exact("ready")
        child.send("\x03")
        child.expect_exact("caught")
        self.assertEqual(self.end(child)[1], 3)

    def test_job_control_of_a_shell_inside(self):
        child = self.start("bash", "--norc", "--noprofile", "-i")
        child.expect_exact("shell> ")
        child.sendline("sleep 100")
        child.expect_exact("sleep 100\r\n")
        time.sleep(0.2)
        child.send("\x1a")
        child.expect_exact("Stopped")
        child.sendline("fg")
        child.expect_exact("sleep 100\r\n")
        time.sleep(0.2)
        child.send("\x03")
        child.expect_exact("shell> ")
        child.sendline("exit 5")
        self.assertEqual(self.end(child)[1], 5)

    def test_question_has_a_screen_of_its_own(self):
        child = self.start("sh", "-c", "printf before; cat secret; echo after")
        child.expect_exact("before")
        child.expect_exact(OTHER_SCREEN)
        self.answer(child, "a")
        child.expect_exact(BACK)
        rest, status = self.end(child)
        self.assertIn("the secret\r\nafter\r\n", rest)
        self.assertNotIn("wants to", rest)
        self.assertEqual(status, 0)

    def test_dumb_terminal_gets_no_sequences(self):
        child = self.start("cat", "secret", term="dumb")
        child.expect_exact(PROMPT)
        self.assertNotIn("\x1b", child.before)
        child.sendline("a")
        self.assertIn("the secret", self.end(child)[0])

    def test_receipt_stands_until_a_key(self):
        child = self.start("sh", "-c", "cat secret; echo after")
        self.answer(child, "aa")
        child.expect_exact("it would have matched")
        child.send(" ")
        child.expect_exact(BACK)
        child.expect_exact("after")
        self.end(child)

    def test_modes_are_undone_for_the_question_and_restored(self):
        child = self.start("sh", "-c", r"printf '\033[?25l\033[?1003h\033]0;';"
                           " cat secret")
        child.expect_exact("\x1b[?25l\x1b[?1003h\x1b]0;")
        child.expect_exact("wants to")
        for undo in ("\x18", "\x1b\\", "\x1b[?25h", "\x1b[?1003l"):
            self.assertIn(undo, child.before)
        self.answer(child, "a")
        rest, _ = self.end(child)
        self.assertIn("\x1b[?25l", rest)
        self.assertIn("\x1b[?1003h", rest)

    def test_program_cannot_spoil_the_real_terminals_state(self):
        child = self.start("sh", "-c", "stty raw -echo -isig min 0 time 9;"
                           " cat secret")
        child.expect_exact(PROMPT)
        time.sleep(0.05)
        child.sendline("bh")
        self.assertIn("denied", self.end(child)[0])

    def test_keys_typed_ahead_are_no_answer(self):
        child = self.start("sh", "-c", "echo go; read line; echo got $line;"
                           " sleep 0.3; cat secret")
        child.expect_exact("go\r\n")
        child.send("one\na\na\n")
        child.expect_exact("got one")
        child.expect_exact(PROMPT)
        self.assertEqual(child.expect_exact(["the secret", pexpect.TIMEOUT],
                                            timeout=0.5), 1)
        child.sendline("bh")
        self.assertIn("denied", self.end(child)[0])

    def test_interrupt_at_the_question_ends_the_program(self):
        child = self.start("cat", "secret")
        child.expect_exact(PROMPT)
        child.send("\x03")
        child.expect(pexpect.EOF)
        child.close()
        self.assertEqual(child.signalstatus, signal.SIGINT)

    def test_hang_up_reaches_the_program(self):
        self.write("said", "")
        child = self.start("bash", "-c", "trap 'echo hup >said; exit' HUP;"
                           " echo ready; while :; do read -t 0.1; done")
        child.expect_exact("ready")
        child.ptyproc.fileobj.close()
        for _ in range(200):
            with open(os.path.join(self.dir, "said"), encoding="utf-8") as said:
                if said.read() == "hup\n":
                    return
            time.sleep(0.05)
        self.fail("the program heard nothing")

    def test_state_is_restored(self):
        for command, keys in (("true", ""), ("kill -9 $$", ""),
                              ("echo parent $PPID.; sleep 100", "TERM"),
                              ("cat secret", "k\n"), ("cat secret", "\x03")):
            shell = self.start("--norc", "--noprofile", "-c",
                               f"stty -a >before; $SYSWALL -q --pty -c "
                               f"{self.rules} sh -c '{command}';"
                               " stty -a >after; cmp before after && echo same",
                               program="/bin/bash")
            if keys == "TERM":
                shell.expect(r"parent (\d+)\.")
                os.kill(int(shell.match.group(1)), signal.SIGTERM)
            elif keys:
                shell.expect_exact(PROMPT)
                time.sleep(0.05)
                shell.send(keys)
            shell.expect_exact("same")
            self.end(shell)

    def test_redirections_stay(self):
        child = self.start("--norc", "--noprofile", "-c",
                           "echo in | $SYSWALL -q --pty --on-unmatched allow"
                           " sh -c 'cat; tty; echo on >/dev/tty' >out;"
                           " echo done", program="/bin/bash")
        child.expect_exact("on\r\n")
        child.expect_exact("done")
        self.end(child)
        with open(os.path.join(self.dir, "out"), encoding="utf-8") as out:
            self.assertEqual(out.read(), "in\nnot a tty\n")

    def test_no_terminal_is_an_error(self):
        result = subprocess.run([SYSWALL, "--pty", "true"], cwd=self.dir,
                                capture_output=True, text=True, timeout=20,
                                stdin=subprocess.DEVNULL, check=False,
                                start_new_session=True)
        self.assertEqual(result.returncode, 125)
        self.assertIn("--pty: there is no terminal", result.stderr)

    def test_real_terminal_is_out_of_reach(self):
        """Neither by its input queue nor by what the program inherited."""
        child = self.start("/usr/bin/python3", "-c",
                           "import fcntl, termios\n"
                           "try: fcntl.ioctl(0, termios.TIOCSTI, b'y')\n"
                           "except OSError as error: print(error.strerror)")
        self.assertIn("Operation not permitted", self.end(child)[0])


if __name__ == "__main__":
    unittest.main()
