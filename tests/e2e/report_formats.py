#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""One record, every format: from the run and from the file alike."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSWALL = os.environ.get("SYSWALL", str(ROOT / "build/syswall"))

HOSTILE = "<script>alert(1)</script>|`x` [a](http://b) \x1b[2J\"'&"
RULES = {
    "version": 1,
    "default": "allow",
    "rules": [{"action": "block-hard", "class": "file-delete",
               "path": "${CWD}/kept*"}],
}


class FormatTest(unittest.TestCase):
    """A run with a bit of everything, written in all formats."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.scratch = Path(os.path.realpath(scratch.name))
        (cls.scratch / "rules.json").write_text(json.dumps(RULES))
        (cls.scratch / "source").write_text("text")
        (cls.scratch / "kept <b>").write_text("text")
        name = HOSTILE.replace("/", "-")
        cls.hostile = str(cls.scratch / name)
        Path(cls.hostile).write_text("text")
        run = cls.syswall(
            "-c", "rules.json", "-r", "run.json", "-r", "run.txt",
            "bash", "-c",
            'cat source "$1" >new; mv new newer; rm "kept <b>";'
            ": </dev/tcp/127.0.0.1/9; exit 3", "sh", name)
        cls.assertEqual(cls(), run.returncode, 3, run.stderr)
        cls.report = run.stderr.decode()
        cls.record = json.loads((cls.scratch / "run.json").read_text())

    @classmethod
    def syswall(cls, *arguments, **more):
        return subprocess.run([SYSWALL, *arguments], cwd=cls.scratch,
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60, **more)

    def shown(self, *arguments):
        run = self.syswall("--show", *arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(run.stderr, b"")
        return run.stdout.decode()

    def test_text(self):
        text = (self.scratch / "run.txt").read_text()
        self.assertIn(text, self.report)
        self.assertEqual(self.shown("run.json"), text)
        self.assertEqual(self.shown("--format", "text", "run.json"), text)
        self.assertNotIn("\x1b", text)

    def test_json(self):
        self.assertEqual(self.shown("--format", "json", "run.json"),
                         (self.scratch / "run.json").read_text())

    def test_arguments_and_times(self):
        first, *others = self.record["processes"]
        program = first["programs"][0]
        self.assertEqual(os.path.basename(program["path"]), "bash")
        self.assertEqual(program["arguments"][:2], ["bash", "-c"])
        self.assertEqual(program["arguments"][4],
                         os.path.basename(self.hostile))
        for process in self.record["processes"]:
            self.assertLessEqual(process["started_us"], process["ended_us"])
        self.assertIn(["rm", "kept <b>"],
                      [p["arguments"] for process in others
                       for p in process["programs"]])

    def test_timeline(self):
        timeline = self.record["timeline"]
        times = [moment["us"] for moment in timeline]
        self.assertEqual(times, sorted(times))
        told = {(moment["what"], moment["name"]) for moment in timeline}
        here = str(self.scratch) + "/"
        self.assertIn(("read", here + "source"), told)
        self.assertIn(("created", here + "new"), told)
        self.assertIn(("renamed", here + "new"), told)
        self.assertIn(("blocked", here + "kept <b>"), told)
        self.assertIn(("out", "127.0.0.1:9"), told)
        ids = {process["id"] for process in self.record["processes"]}
        self.assertLessEqual({moment["process"] for moment in timeline}, ids)

    def test_made_and_gone(self):
        rows = {row["path"]: row for row in self.record["files"]["created"]}
        new = rows[str(self.scratch / "new")]
        self.assertTrue(new["made"] and new["gone"])
        (renamed,) = self.record["files"]["renamed"]
        self.assertTrue(renamed["made"])

    def test_format_beats_the_ending(self):
        self.syswall("--show", "--format", "text", "-r", "other.json",
                     "run.json")
        self.assertTrue((self.scratch / "other.json").read_text()
                        .startswith("syswall: report: "))

    def test_run_reports_in_the_format(self):
        run = self.syswall("--format", "json", "--on-unmatched", "allow",
                           "true")
        self.assertEqual(json.loads(run.stderr)["command"], ["true"])

    def test_refused(self):
        bad = self.scratch / "bad.json"
        whole = (self.scratch / "run.json").read_text()
        for text, why in [
                ("", "1:1"),
                ("[]", "not a record"),
                ('{"version": 1}', "not a record"),
                ('{"version": 2, "processes": []}', "not known"),
                (whole.replace('"count": 1', '"count": -1'), "not a count"),
                (whole.replace('"id": 2', '"id": 1'), "no id, or one twice"),
                (whole.replace('"parent": 1', '"parent": 9999'), "too high"),
                (whole.replace('"us": ', '"us": "x", "was": '), "not a count"),
                (whole[:-3], "bad.json:"),
        ]:
            bad.write_text(text)
            run = self.syswall("--show", "bad.json")
            self.assertEqual(run.returncode, 2, why)
            self.assertIn(why, run.stderr.decode())
            self.assertEqual(run.stdout, b"")
        for arguments in ["missing.json"], [], ["run.json", "run.json"]:
            run = self.syswall("--show", *arguments)
            self.assertEqual(run.returncode, 2, arguments)
        run = self.syswall("--format", "jason", "true")
        self.assertEqual(run.returncode, 125)
        self.assertIn(b"not one of text, json", run.stderr)
        with open("/dev/full", "w", encoding="ascii") as full:
            run = subprocess.run([SYSWALL, "--show", "run.json"],
                                 cwd=self.scratch, stdout=full,
                                 stderr=subprocess.PIPE, check=False)
        self.assertEqual(run.returncode, 2)


if __name__ == "__main__":
    unittest.main()
