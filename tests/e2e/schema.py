#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""docs/syswall-rules.schema.json accepts every example, and no bad file."""

import glob
import json
import os
import re
import unittest

import jsonschema

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
VERDICT_TABLES = "tests/verdicts/*.tests"


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def rule(**keys):
    return {"version": 1, "rules": [keys]}


BAD = [
    [],
    {},
    {"version": 2},
    {"version": "1"},
    {"version": 1, "rule": []},
    {"version": 1, "rules": {}},
    {"version": 1, "default": "deny"},
    {"version": 1, "syscalls": {}},
    {"syscalls": {"read": "Allowed"}},
    {"syscalls": {"0": "allowed"}},
    {"syscalls": {}, "rules": []},
    rule(),
    rule(action="Allow"),
    rule(action="allow", pth="/x"),
    rule(action="allow", comment=1),
    rule(action="allow", syscall=0),
    rule(action="allow", syscall=[]),
    rule(action="allow", syscall="no such"),
    rule(action="allow", **{"class": "files"}),
    rule(action="allow", **{"class": []}),
    rule(action="allow", path="tmp/x"),
    rule(action="allow", path="~/x"),
    rule(action="allow", path="/tmp/"),
    rule(action="allow", path="/a/../b"),
    rule(action="allow", path="/a//b"),
    rule(action="allow", path="${HOMES}/x"),
    rule(action="allow", path=[]),
    rule(action="allow", program="git"),
    rule(action="allow", address="localhost"),
    rule(action="allow", address="1.2.3.4:80"),
    rule(action="allow", port=65536),
    rule(action="allow", port=-1),
    rule(action="allow", port=1.5),
    rule(action="allow", port="http"),
    rule(action="allow", port=[]),
    rule(action="block-hard", errno="eperm"),
    rule(action="allow", errno="EPERM"),
    rule(action="kill", errno="EPERM"),
    rule(action="allow", args=[]),
    rule(action="allow", args={}),
    rule(action="allow", args={"a": None}),
    rule(action="allow", args={"a": []}),
    rule(action="allow", args={"a": {"is": 1}}),
    rule(action="allow", args={"a": {"has": []}}),
    rule(action="allow", args={"a": {"has": [1]}}),
]


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        schema = json.loads(read("docs/syswall-rules.schema.json"))
        jsonschema.Draft202012Validator.check_schema(schema)
        cls.validator = jsonschema.Draft202012Validator(schema)

    def assert_valid(self, rules, where):
        errors = list(self.validator.iter_errors(rules))
        self.assertEqual(errors, [], where)

    def test_example_files(self):
        paths = glob.glob(os.path.join(ROOT, "docs/examples/*.json"))
        paths += glob.glob(os.path.join(ROOT, "profiles/*.json"))
        self.assertGreater(len(paths), 9)
        for path in paths:
            self.assert_valid(json.loads(read(path)), path)

    def test_examples_in_rules_md(self):
        blocks = re.findall(r"```json\n(.*?)```", read("docs/rules.md"),
                            re.DOTALL)
        self.assertGreater(len(blocks), 8)
        for block in blocks:
            self.assert_valid(json.loads(block), block)

    def test_verdict_tables(self):
        """What the reader takes in the tests, the schema takes too."""
        for path in glob.glob(os.path.join(ROOT, VERDICT_TABLES)):
            for block in re.findall(r"^rules .*\n((?:.+\n)+)", read(path),
                                    re.MULTILINE):
                self.assert_valid(json.loads(block), block)

    def test_bad_files(self):
        for rules in BAD:
            self.assertFalse(self.validator.is_valid(rules), rules)

    def test_classes_are_those_of_the_program(self):
        names = re.findall(r'^CLASS\(\w+, "([a-z-]+)"',
                           read("include/syscall/classes.def"), re.MULTILINE)
        enum = self.validator.schema["$defs"]["class"]["enum"]
        self.assertEqual(enum, names)


if __name__ == "__main__":
    unittest.main()
