#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Pointers that lead nowhere, in every argument of every call, under -vv:
syswall neither crashes nor hangs nor grows."""

import os
import re
import subprocess
import tempfile
import time
import unittest

SYSWALL = os.environ["SYSWALL"]
HOSTILE = os.environ["TEST_BUILD"] + "/tests/programs/hostile"
ENOUGH_CALLS = 20000
LIMIT_S = 150
# Most of it is the sanitizer's own, where there is one.
LIMIT_KIB = 1 << 20 if "ASAN_OPTIONS" in os.environ else 64 << 10


def peak_kib(pid):
    """The most memory that a process has had, 0 when it is gone."""
    try:
        with open("/proc/%d/status" % pid, encoding="ascii") as status:
            found = re.search(r"^VmHWM:\s+(\d+)", status.read(), re.M)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) if found else 0


class Hostile(unittest.TestCase):
    def test_every_call(self):
        with tempfile.TemporaryDirectory() as where:
            log = os.path.join(where, "log")
            job = subprocess.Popen(
                [SYSWALL, "-vv", "-o", log, HOSTILE], cwd=where, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE)
            peak, end = 0, time.monotonic() + LIMIT_S
            while job.poll() is None and time.monotonic() < end:
                peak = max(peak, peak_kib(job.pid))
                time.sleep(0.05)
            if job.poll() is None:
                job.kill()
                self.fail("still busy after %d seconds" % LIMIT_S)
            out, errors = job.communicate()
            self.assertEqual(job.returncode, 0, errors)
            self.assertRegex(out, r"^\d+ calls\n$")
            calls = int(out.split()[0])
            self.assertGreater(calls, ENOUGH_CALLS)
            with open(log, encoding="ascii") as lines:
                self.assertGreater(sum(1 for _ in lines), calls)
            self.assertLess(peak, LIMIT_KIB)


if __name__ == "__main__":
    unittest.main()
