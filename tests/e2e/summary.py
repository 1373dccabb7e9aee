#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""--summary counts every call, and the time that a person took."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import jsonschema
import pexpect

ROOT = Path(__file__).resolve().parents[2]
SYSWALL = os.environ.get("SYSWALL", str(ROOT / "build/syswall"))
FILES = str(Path(os.environ.get("TEST_BUILD", ROOT / "build")) /
            "tests/programs/files")
SCHEMA = json.loads((ROOT / "docs/syswall-record.schema.json").read_text())
OBSERVE = ["-q", "-p", "observe"]


def rows_of(text):
    """The table as {call: (calls, errors, seconds, waited)}."""
    rows = {}
    for line in text.splitlines():
        fields = line.split()
        if len(fields) in (6, 7) and fields[0].replace(".", "").isdigit():
            errors = int(fields[4]) if len(fields) == 7 else 0
            rows[fields[-1]] = (int(fields[3]), errors, float(fields[1]),
                                float(fields[-2]))
    return rows


class SummaryTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(os.path.realpath(scratch.name))

    def syswall(self, *arguments):
        return subprocess.run([SYSWALL, *arguments], cwd=self.scratch,
                              stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, check=False)

    def test_counts(self):
        once = rows_of(self.syswall(*OBSERVE, "--summary", FILES, "1",
                                    "/etc/passwd").stderr)
        rows = rows_of(self.syswall(*OBSERVE, "--summary", FILES, "30",
                                    "/etc/passwd").stderr)
        self.assertEqual(rows["openat"][0] - once["openat"][0], 29)
        self.assertEqual(rows["close"][0] - once["close"][0], 29)
        self.assertEqual(rows["openat"][1], 0)
        self.assertGreater(rows["openat"][2], 0)
        calls = sum(row[0] for call, row in rows.items() if call != "total")
        self.assertEqual(rows["total"][0], calls)
        rows = rows_of(self.syswall(*OBSERVE, "--summary", FILES, "30",
                                    "missing").stderr)
        self.assertEqual(rows["openat"][1], 30)

    def test_order(self):
        run = self.syswall(*OBSERVE, "--summary-sort", "name", "true")
        names = [name for name in rows_of(run.stderr) if name != "total"]
        self.assertEqual(names, sorted(names))
        run = self.syswall("--summary-sort", "size", "true")
        self.assertEqual(run.returncode, 125)
        self.assertIn("not one of time", run.stderr)

    def test_where_it_goes(self):
        run = self.syswall("-vv", "-o", "log", "--summary", "true")
        self.assertNotIn("% time", run.stderr)
        log = (self.scratch / "log").read_text()
        self.assertIn("execve(", log)
        self.assertIn("% time", log)

    def test_record(self):
        self.syswall(*OBSERVE, "-r", "record", "--summary", FILES, "7",
                     "missing")
        record = json.loads((self.scratch / "record").read_text())
        jsonschema.Draft202012Validator(SCHEMA).validate(record)
        openat = [row for row in record["statistics"]
                  if row["call"] == "openat"][0]
        self.assertEqual(openat["errors"], 7)
        again = self.syswall("--show", "--format", "json", "record")
        self.assertEqual(json.loads(again.stdout), record)
        shown = self.syswall("--show", "--summary-sort", "errors", "record")
        rows = rows_of(shown.stdout.partition("% time")[2])
        self.assertEqual(rows["openat"][:2], (openat["count"], 7))
        self.assertEqual(list(rows)[:2], ["close", "openat"])
        bad = (self.scratch / "record").read_text().replace(
            '"call": "openat", "count"', '"call": "\\u001b[2J", "count"')
        (self.scratch / "bad").write_text(bad)
        shown = self.syswall("--show", "--summary", "bad")
        self.assertEqual(shown.returncode, 2)
        self.assertIn("no name of a call", shown.stderr)
        self.syswall(*OBSERVE, "-r", "record", "true")
        record = json.loads((self.scratch / "record").read_text())
        self.assertNotIn("statistics", record)
        shown = self.syswall("--show", "--summary", "record")
        self.assertEqual(shown.returncode, 0)
        self.assertNotIn("% time", shown.stdout)
        self.assertIn("no statistics", shown.stderr)

    def test_waited(self):
        """The time that the question was open is told, and not as the
        call's own."""
        rules = {"version": 1, "default": "allow", "rules": [
            {"action": "ask", "syscall": ["mkdir", "mkdirat"]}]}
        (self.scratch / "rules").write_text(json.dumps(rules))
        child = pexpect.spawn(SYSWALL, ["-q", "-c", "rules", "--summary",
                                        "--log", "log", "mkdir", "new"],
                              cwd=str(self.scratch), timeout=30,
                              encoding="utf-8", dimensions=(50, 100))
        child.expect("syswall> ")
        # Longer than the call; this is what is measured, not a wait for it.
        with self.assertRaises(pexpect.TIMEOUT):
            child.expect("never", timeout=0.2)
        child.sendline("a")
        text = child.read()
        child.close()
        self.assertTrue((self.scratch / "new").is_dir())
        name = "mkdir" if "mkdir" in rows_of(text) else "mkdirat"
        calls, errors, seconds, waited = rows_of(text)[name]
        self.assertEqual((calls, errors), (1, 0))
        self.assertGreaterEqual(waited, 0.2)
        self.assertLess(seconds, waited)
        answered = [json.loads(line)
                    for line in (self.scratch / "log").open()
                    if '"answer"' in line]
        self.assertEqual(len(answered), 1)
        self.assertGreaterEqual(int(answered[0]["waited_ns"]), 2e8)


if __name__ == "__main__":
    unittest.main()
