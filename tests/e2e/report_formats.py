#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""One record, every format: from the run and from the file alike."""

import base64
import hashlib
import html.parser
import json
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
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


VOID = {"meta", "input", "br", "th", "td", "tr", "li", "thead", "tbody"}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Page(html.parser.HTMLParser):
    """The elements of a page and the text of its rows."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.attributes, self.rows = [], [], []
        self.texts, self.open = {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)
        if "row" in (attrs.get("class") or "").split():
            self.rows.append("")

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, tag

    def handle_data(self, data):
        where = self.open[-1] if self.open else ""
        self.texts[where] = self.texts.get(where, "") + data
        if self.rows:
            self.rows[-1] += data


class Browser:
    """Chromium, led through a pipe: one JSON object and a NUL a message."""

    def __init__(self, home):
        commands, self.write = os.pipe()
        self.read, answers = os.pipe()
        # Descriptors 3 and 4, by way of numbers that are neither.
        self.process = subprocess.Popen(
            ["sh", "-c", 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"', "sh",
             str(commands), str(answers), CHROMIUM, "--headless",
             "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--user-data-dir=%s" % (home / "led"),
             "--remote-debugging-pipe", "about:blank"],
            env={**os.environ, "HOME": str(home)}, pass_fds=(commands, answers),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self.rest, self.number, self.session = b"", 0, {}
        try:
            target = self.ask("Target.createTarget", url="about:blank")
        except BaseException:
            self.__exit__()
            raise
        self.session = {"sessionId": self.ask(
            "Target.attachToTarget", targetId=target["targetId"],
            flatten=True)["sessionId"]}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.write)
        os.close(self.read)

    def message(self):
        while b"\0" not in self.rest:
            if not select.select([self.read], [], [], 60)[0]:
                raise EOFError
            data = os.read(self.read, 1 << 16)
            if not data:
                raise EOFError
            self.rest += data
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, **parameters):
        self.number += 1
        os.write(self.write, json.dumps(
            {"id": self.number, "method": method, "params": parameters,
             **self.session}).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.number:
                return message["result"]

    def open(self, address):
        self.ask("Page.navigate", url=address)
        until = time.monotonic() + 60
        while self.value("location.href + document.readyState") != (
                address + "complete"):
            if time.monotonic() > until:
                raise EOFError
            time.sleep(0.01)

    def value(self, expression):
        return self.ask("Runtime.evaluate", expression=expression,
                        returnByValue=True)["result"].get("value")

    def press(self, key, **more):
        for kind in "keyDown", "keyUp":
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, **more)

    def type(self, text):
        for letter in text:
            self.press(letter, text=letter)


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

    # How the name stands in a terminal, and so in every format.
    def shown_hostile(self):
        return (self.hostile.replace("\x1b", "\\x1b"))

    def page(self):
        text = self.shown("--format", "html", "run.json")
        page = Page(text)
        self.assertEqual(page.open, [])
        return text, page

    def test_html_from_the_run_is_the_same(self):
        self.syswall("--show", "-r", "page.html", "run.json")
        self.assertEqual((self.scratch / "page.html").read_text(),
                         self.shown("--format", "html", "run.json"))

    def test_html_keeps_names_text(self):
        _, page = self.page()
        self.assertEqual(page.elements.count("script"), 1)
        self.assertEqual(page.elements.count("b"), 3)
        for element in "img", "iframe", "link", "base", "object", "form":
            self.assertNotIn(element, page.elements)
        for attribute in page.attributes:
            self.assertFalse(attribute.startswith("on"), attribute)
        name = os.path.basename(self.shown_hostile())
        self.assertTrue(any(name in row and "read" in row
                            for row in page.rows), name)
        self.assertTrue(any("kept <b>" in row and "rules.json rule 1" in row
                            for row in page.rows))
        self.assertIn(name, page.texts["title"] + page.texts["div"])

    def test_html_needs_nothing_and_runs_nothing_else(self):
        text, page = self.page()
        self.assertNotRegex(text, r"(src|href)=[\"']?[^#\"' >]*[:/]")
        self.assertNotIn("url(", text)
        self.assertNotIn("@import", text)
        script = re.search("<script>(.*?)</script>", text, re.DOTALL)[1]
        digest = hashlib.sha256(script.encode()).digest()
        self.assertIn("script-src 'sha256-%s';" %
                      base64.b64encode(digest).decode(), text)
        self.assertIn("default-src 'none'", text)
        for section in ("processes", "files", "sockets", "timeline",
                        "decisions", "blocked"):
            self.assertIn("<section id=%s>" % section, text)
        self.assertNotIn("\x1b", text)
        self.assertGreater(len(page.rows), 20)

    @unittest.skipUnless(CHROMIUM, "no chromium")
    def test_html_in_a_browser(self):
        """The script runs (the filter box shows), the names do nothing."""
        self.syswall("--show", "-r", "page.html", "run.json")
        run = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--virtual-time-budget=1000",
             "--user-data-dir=%s" % (self.scratch / "chromium"),
             "--dump-dom", (self.scratch / "page.html").as_uri()],
            env={**os.environ, "HOME": str(self.scratch)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=90, check=False)
        dom = run.stdout.decode()
        if not dom:
            self.skipTest("chromium does not start here")
        box = re.search("<input[^>]*id=\"filter\"[^>]*>", dom)
        self.assertIsNotNone(box, dom[:2000])
        self.assertNotIn("hidden", box[0])
        self.assertEqual(dom.count("<script"), 1)
        self.assertIn("&lt;script&gt;alert(1)&lt;", dom)

    @unittest.skipUnless(CHROMIUM, "no chromium")
    def test_html_filter(self):
        """Typing a word leaves the rows that have it, in any letters."""
        self.syswall("--show", "-r", "page.html", "run.json")
        rows = ("Array.from(document.querySelectorAll('.row'))"
                ".filter(row => row.checkVisibility())"
                ".map(row => row.textContent)")
        try:
            browser = Browser(self.scratch)
        except (OSError, EOFError):
            self.skipTest("chromium does not start here")
        with browser:
            browser.open((self.scratch / "page.html").as_uri())
            everything = browser.value("document.querySelectorAll('.row')"
                                       ".length")
            browser.type("/KEPT")  # the slash leads to the box
            left = browser.value(rows)
            self.assertTrue(left)
            self.assertLess(len(left), everything)
            for row in left:
                self.assertIn("kept", row.lower())
            self.assertEqual(
                browser.value("document.getElementById('found').textContent"),
                "%d of %d rows" % (browser.value(
                    "document.querySelectorAll('.row:not([hidden])').length"),
                                   everything))
            browser.type(" nothing-has-this")
            self.assertEqual(browser.value(rows), [])
            browser.press("Escape")
            self.assertGreater(len(browser.value(rows)), len(left))

    def test_markdown(self):
        text = self.shown("--format", "markdown", "run.json")
        self.assertIn("**read:** ", text)
        self.assertIn("| block-hard | file-delete | `%s/kept <b>` |" %
                      self.scratch, text)
        # Outside of code spans stands nothing but our own words.
        outside = re.sub("`[^`\n]*`", "", text)
        outside = re.sub("</?(details|summary)>", "", outside)
        self.assertNotIn("`", outside)
        for character in "<>[]\\\x1b":
            self.assertNotIn(character, outside)
        self.assertNotIn("alert", outside)
        for line in text.splitlines():
            if line.startswith("| block"):
                self.assertEqual(line.count("|"), 8)

    def test_hostile_record(self):
        """A record may come from anywhere: nothing in it reaches a terminal
        as it is."""
        text = (self.scratch / "run.json").read_text()
        evil = "\\u001b[2J\\u202e"
        for old in ("127.0.0.1:9", "AF_INET", "connect", "bash", "rules.json",
                    "unlinkat"):
            text = text.replace('"%s"' % old, '"%s"' % evil)
        text = text.replace('"limits": []', '"limits": ["%s"]' % evil)
        (self.scratch / "evil.json").write_text(text)
        for name in "text", "markdown", "html":
            shown = self.shown("--format", name, "evil.json")
            self.assertIn("\\x1b[2J", shown, name)
            self.assertNotIn("\x1b", shown, name)
            self.assertNotIn("\u202e", shown, name)
        for name in "text", "markdown":
            run = self.syswall("--format", name, "--compare", "run.json",
                               "evil.json")
            self.assertNotIn(b"\x1b", run.stdout)
            self.assertNotIn("\u202e", run.stdout.decode())

    def test_long_rule(self):
        paths = [str(self.scratch / ("some-file-%d" % number))
                 for number in range(2000)] + ["/**"]
        (self.scratch / "long.json").write_text(json.dumps(
            {"version": 1, "rules": [{"action": "allow", "class": "file-read",
                                      "path": paths}]}))
        run = self.syswall("-c", "long.json", "--on-unmatched", "allow",
                           "cat", "source")
        (line,) = [line for line in run.stderr.decode().splitlines()
                   if "long.json rule 1" in line]
        self.assertLess(len(line), 500)
        self.assertTrue(line.endswith("…"))

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
