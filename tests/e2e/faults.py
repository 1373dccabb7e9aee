#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Whatever syswall needs fails, one call after the other: nothing forbidden is
read, nothing hangs, and nobody is told that all went well.

tests/faults/wrap.c makes the calls fail.
"""

import errno
import json
import os
import signal
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("TEST_BUILD", ROOT / "build"))
SYSWALL = BUILD / "tests/faults/syswall"
PROGRAM = BUILD / "tests/programs/secrets"

CALLS_MAX = 150  # of one function
EACH_OF_FIRST = 12
TIMEOUT_S = 10

# Its end: the program's own, syswall's, or a program that was killed.
OURS = 125
SANE = {0, 3, OURS, 126, 127, -signal.SIGKILL}  # 127: the loader's


def calls():
    """1, 2, 3 ... and then larger and larger steps."""
    call = 1
    while call <= CALLS_MAX:
        yield call
        call += 1 if call < EACH_OF_FIRST else max(2, call // 4)


class FaultTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = Path(os.path.realpath(scratch.name))
        for name in ("forbidden", "soft", "allowed"):
            (self.dir / name).write_text(name + "\n")
        (self.dir / "rules.json").write_text(json.dumps({
            "version": 1, "default": "allow", "rules": [
                {"action": "block-hard", "class": "file-read",
                 "path": str(self.dir / "forbidden")},
                {"action": "block-soft", "class": "file-read",
                 "path": str(self.dir / "soft")}]}))

    def run_with(self, fault, threads, *options):
        """Returns the exit status, the output and whether it came to it."""
        with tempfile.TemporaryDirectory(dir=self.dir) as own:
            flag = Path(own, "fired")
            env = {name: value for name, value in os.environ.items()
                   if not name.startswith("SYSWALL_")}
            env.update(SYSWALL_FAULT=fault, SYSWALL_FAULT_FILE=str(flag),
                       ASAN_OPTIONS="exitcode=99:detect_leaks=0"
                                    ":allocator_may_return_null=1")
            job = subprocess.Popen(
                [SYSWALL, "-q", "--no-prompt", "-c", self.dir / "rules.json",
                 "-r", Path(own, "record"), "--log", Path(own, "journal"),
                 *options, PROGRAM, str(threads),
                 *(self.dir / name for name in
                   ("soft", "forbidden", "allowed"))],
                env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, start_new_session=True)
            try:
                out, messages = job.communicate(timeout=TIMEOUT_S)
            except subprocess.TimeoutExpired:
                os.killpg(job.pid, signal.SIGKILL)
                job.communicate()
                return "hangs", b"", b"", True
            return job.returncode, out, messages, flag.exists()

    def check_one(self, fault, threads):
        """Returns what is wrong ("" when nothing is) and whether it fired."""
        status, out, messages, fired = self.run_with(fault, threads)
        what = ""
        if status not in SANE:
            what = f"ends with {status}"
        elif b"forbidden" in out:
            what = "the forbidden file was read"
        elif b"soft" in out:
            what = "the softly blocked file was read"
        elif status == OURS and b"syswall: " not in messages:
            what = "fails without a message"
        elif status == 0 and b"allowed" not in out:
            what = "tells of success where there was none"
        if what:
            what = f"{fault}, {threads} threads: {what}: " \
                   f"{out!r} {messages[-500:]!r}"
        return what, fired

    def check_all(self, function, error, kind=""):
        """Each call fails in turn until there are no more of them."""
        wrong, number = [], getattr(errno, error)
        for threads in (0, 2):
            fired = False
            for call in calls():
                what, fired = self.check_one(
                    f"{function}:{call}:{number}{kind}", threads)
                if what:
                    wrong.append(what)
                if not fired:
                    break
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def check_side_by_side(self, *faults):
        with ThreadPoolExecutor(2) as pool:
            for job in [pool.submit(self.check_all, *fault)
                        for fault in faults]:
                job.result()

    def test_without_a_fault(self):
        for threads in (0, 2):
            with self.subTest(threads=threads):
                status, out, messages, fired = self.run_with("none:1:1",
                                                             threads)
                self.assertEqual((status, out, messages, fired),
                                 (0, b"allowed\n", b"", False))

    def test_ptrace(self):
        self.check_side_by_side(("ptrace", "EIO"), ("ptrace", "EIO", ":on"))

    def test_waitpid(self):
        self.check_side_by_side(("waitpid", "EINTR"), ("waitpid", "EINVAL"),
                                ("waitpid", "ECHILD", ":on"))

    def test_memory_of_the_program(self):
        self.check_side_by_side(("process_vm_readv", "EFAULT"),
                                ("process_vm_readv", "EPERM", ":on"))

    def test_own_memory(self):
        self.check_side_by_side(*((name, "ENOMEM") for name in
                                  ("malloc", "calloc", "realloc", "strdup")))

    def test_files(self):
        self.check_side_by_side(
            ("open", "EMFILE"), ("open", "EMFILE", ":on"),
            ("openat", "EMFILE"), ("read", "EIO"), ("readlink", "EACCES"),
            ("fcntl", "EMFILE"), ("write", "ENOSPC", ":on"),
            ("write", "ENOSPC"))

    def test_descriptors_for_the_program(self):
        self.check_side_by_side(("ioctl", "EINVAL"), ("ioctl", "EINVAL", ":on"))

    def test_the_page(self):
        self.check_side_by_side(("memfd_create", "ENOMEM"), ("mmap", "ENOMEM"),
                                ("fork", "EAGAIN"), ("syscall", "ENOSYS"))


if __name__ == "__main__":
    unittest.main()
