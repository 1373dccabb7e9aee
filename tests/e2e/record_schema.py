#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The record that --report writes keeps to its schema, and tells the truth."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
SYSWALL = os.environ.get("SYSWALL", str(ROOT / "build/syswall"))
SCHEMA = json.loads((ROOT / "docs/syswall-record.schema.json").read_text())

BLOCK_CONNECT = {
    "version": 1,
    "default": "allow",
    "rules": [
        # Not all of them: bash may ask a name service for the user's name.
        {"action": "block-hard", "class": "net-connect",
         "address": "127.0.0.0/8"},
        {"action": "block-soft", "syscall": ["unlink", "unlinkat"]},
        {"action": "allow", "syscall": "reboot"},
    ],
}


class RecordTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(os.path.realpath(scratch.name))
        self.record = self.scratch / "record.json"

    def run_syswall(self, *arguments):
        return subprocess.run([SYSWALL, "-r", self.record, *arguments],
                              cwd=self.scratch, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60)

    def load(self):
        """The record, checked against the schema."""
        record = json.loads(self.record.read_text())
        jsonschema.Draft202012Validator(SCHEMA).validate(record)
        return record

    def test_the_schema_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_files(self):
        (self.scratch / "source").write_text("text")
        run = self.run_syswall(
            "--on-unmatched", "allow", "sh", "-c",
            "cat source >new; mv new newer; chmod 600 newer; rm newer;"
            "cat missing; exit 3")
        self.assertEqual(run.returncode, 3, run.stderr)
        record = self.load()
        self.assertEqual(record["ended"], {"exit": 3})
        self.assertEqual(record["command"][0], "sh")
        files = {what: {row.get("path", row.get("from")) for row in rows}
                 for what, rows in record["files"].items()}
        path = str(self.scratch) + "/"
        self.assertIn(path + "source", files["read"])
        self.assertIn(path + "new", files["written"])
        self.assertIn(path + "new", files["created"])
        self.assertIn(path + "new", files["renamed"])
        self.assertIn(path + "newer", files["attributes"])
        self.assertIn(path + "newer", files["deleted"])
        self.assertNotIn(path + "missing", files["read"])
        programs = [os.path.basename(row["path"])
                    for row in record["programs"]]
        for program in "cat", "chmod", "mv", "rm":
            self.assertIn(program, programs)
        first, *others = record["processes"]
        self.assertNotIn("parent", first)
        self.assertEqual({process["parent"] for process in others}, {1})
        for process in record["processes"]:
            self.assertIsNotNone(process["ended"])

    def test_blocked_and_rules(self):
        rules = self.scratch / "rules.json"
        rules.write_text(json.dumps(BLOCK_CONNECT))
        (self.scratch / "kept").write_text("text")
        run = self.run_syswall("-c", "rules.json", "bash", "-c",
                               "rm kept; : </dev/tcp/127.0.0.1/9")
        self.assertTrue((self.scratch / "kept").exists(), run.stderr)
        record = self.load()
        soft, hard = None, None
        for row in record["blocked"]:
            if row["verdict"] == "block-soft":
                soft = row
            elif row["verdict"] == "block-hard":
                hard = row
        self.assertEqual(soft["target"], str(self.scratch / "kept"))
        self.assertEqual(soft["rule"], {"file": "rules.json", "index": 2})
        self.assertEqual(hard["target"], "127.0.0.1:9")
        self.assertEqual(hard["port"], 9)
        self.assertEqual(hard["errno"], "EACCES")
        self.assertEqual(record["sockets"]["out"], [])
        self.assertEqual(record["sockets"]["opened"][0]["family"], "AF_INET")
        self.assertEqual([rule["hits"] > 0 for rule in record["rules"]],
                         [True, True, False])
        self.assertEqual(record["decisions"]["net-connect"]["block-hard"], 1)
        report = run.stderr.decode()
        self.assertIn("  blocked (2)\n", report)
        self.assertIn("  rules that never matched\n", report)

    def test_killed_by_a_signal(self):
        self.run_syswall("--on-unmatched", "allow", "sh", "-c",
                         "kill -TERM $$")
        record = self.load()
        self.assertEqual(record["ended"], {"signal": "SIGTERM", "core": False})
        self.assertEqual(record["signals"][0]["signal"], "SIGTERM")

    def test_names_that_are_no_utf8(self):
        name = os.fsencode(self.scratch) + b"/\xff\x1b[2J\nname"
        Path(os.fsdecode(name)).write_text("text")
        run = self.run_syswall("--on-unmatched", "allow", "cat", name)
        read = [os.fsencode(row["path"])
                for row in self.load()["files"]["read"]]
        self.assertIn(name, read)
        self.assertNotIn(b"\x1b", run.stderr)
        self.assertNotIn(b"\xff", run.stderr)

    def test_mode_and_failure(self):
        self.run_syswall("--on-unmatched", "allow", "true")
        self.assertEqual(self.record.stat().st_mode & 0o777, 0o600)
        self.record = self.scratch / "nowhere" / "record.json"
        run = self.run_syswall("--on-unmatched", "allow", "true")
        self.assertEqual(run.returncode, 125)
        self.assertIn(b"nowhere/record.json", run.stderr)


if __name__ == "__main__":
    unittest.main()
