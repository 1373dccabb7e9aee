#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Compare what syswall -vv prints with what strace 6.1 prints, line by line.

usage: compare.py [-v] [FAMILY[/CASE]...]

Each case of tests/differential/*.c runs under `strace -f -o` and under
`syswall -vv -o`, one after the other. Only what must vary is taken out of the
lines before they are compared: process ids, times and, where the system does
not let us switch its randomness off, addresses.

docs/differences.md lists the differences that are known, with their reasons.
A difference that is not listed fails the test, and so does a listed one that
is not there any more. Without arguments this is a unittest program: a test
for each family, one for the list and one for the share of equal lines. With
arguments (or -v: with all cases) it prints the differences.
"""

import ctypes
import difflib
import fnmatch
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIST = ROOT / "docs/differences.md"
BUILD = Path(os.environ.get("TEST_BUILD", ROOT / "build"))
SYSWALL = os.environ.get("SYSWALL", str(BUILD / "syswall"))
STRACE = shutil.which("strace") or "/usr/bin/strace"
STRACE_VERSION = "6.1"

BEGIN = "== the case begins =="
TRIES = 5  # of a case that differs: chance does not repeat itself
TIMEOUT_S = 20
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
WANTED_SHARE = 0.95

ADDR_NO_RANDOMIZE = 0x0040000
LIBC = ctypes.CDLL(None, use_errno=True)


# ---- running ---------------------------------------------------------------

def addresses_are_fixed():
    """Can a child run without randomised addresses?"""
    child = os.fork()
    if not child:
        refused = LIBC.personality(ADDR_NO_RANDOMIZE) < 0
        os._exit(1 if refused else 0)
    return os.waitpid(child, 0)[1] == 0


FIXED = addresses_are_fixed()


def before_exec():
    if FIXED:
        LIBC.personality(ADDR_NO_RANDOMIZE)
    os.umask(0o022)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def run_traced(command, program, case, where):
    """The log's lines, from where the case begins; None: it went wrong."""
    log = where / "log"
    work = where / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    log.unlink(missing_ok=True)
    job = subprocess.Popen(
        command + [str(log), str(program), case], cwd=work, env=ENVIRONMENT,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=before_exec)
    try:
        job.wait(TIMEOUT_S)
    except subprocess.TimeoutExpired:
        os.killpg(job.pid, signal.SIGKILL)
        job.wait()
    text = log.read_text(errors="surrogateescape") if log.exists() else ""
    lines = text.split("\n")[:-1]
    begins = [i for i, line in enumerate(lines) if BEGIN in line]
    return Log(lines[begins[0] + 1:] if begins else ["no log"],
               job.pid)


class Log:
    """Lines and the pid of the tracer, which the program sees as parent."""

    def __init__(self, lines, tracer):
        self.lines, self.tracer = lines, tracer


# ---- taking out what varies ------------------------------------------------

PREFIX = re.compile(r"(\d+) +(?=\S)")
BIRTH = re.compile(r"(?:\bv?fork\(|\bclone3?\(|(?:v?fork|clone3?) resumed>)"
                   r".* = (\d+)(?: |$)")
UNFINISHED = " <unfinished ...>"
RESUMED = re.compile(r"<\.\.\. \w+ resumed>")


def names_of_pids(log):
    """A name for each process, from its place in the family tree. A child may
    be seen before its parent's call has come back."""
    names, births = {log.tracer: "TRACER"}, []
    for line in log.lines:
        if not (prefix := PREFIX.match(line)):
            continue
        if len(names) == 1:
            names[int(prefix[1])] = "P"
        if birth := BIRTH.search(line):
            births.append((int(prefix[1]), int(birth[1])))
    children = Counter()
    for _ in births:
        for parent, child in births:
            if parent in names and child not in names:
                children[parent] += 1
                names[child] = "%s.%d" % (names[parent], children[parent])
    return names


def align(line):
    """One space before "=" where there are as many as there should be."""
    found = re.match(r"(.*\S)( +)= ", line)
    if not found:
        return line
    wanted = max(1, 40 - len(found[1]))
    if len(found[2]) != wanted:
        return line
    return found[1] + " = " + line[found.end():]


def hide_time(found):
    """Times that nobody asked for: they are not round."""
    sec, unit, part = found[1], found[2], int(found[3])
    if part % (100000 if unit == "nsec" else 100) == 0:
        return found[0]
    return "tv_sec=%s, tv_%s=N" % ("T" if int(sec) > 1 else sec, unit)


REPLACED = [
    (re.compile(r"tv_sec=(\d+), tv_(nsec|usec)=(\d+)"), hide_time),
    (re.compile(r"(?<=tv_)sec=\d{9,}"), "sec=T"),
    (re.compile(r"/\* \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6,9})?"
                r"[+-]\d{4} \*/"),
     lambda found: "/* DATE%s */" % (".N" if found[1] else "")),
    (re.compile(r"(?<= = )(\d{9,}) \(\d{4}-\d\d-\d\dT[\d:]+[+-]\d{4}\)"),
     "T (DATE)"),
    (re.compile(r"\bsi_(utime|stime)=\d+"), r"si_\1=N"),
    (re.compile(r"\bst_(ino|dev)=[^,}]+"), r"st_\1=N"),
    (re.compile(r'(?<=^getrandom\(")(\\x[0-9a-f]{2})+'),
     lambda found: "RANDOM%d" % len(found[0])),
    (re.compile(r"(?<=^time\(\[)\d{9,}"), "T"),
    (re.compile(r"(?<=^times\().* = \d+$"),
     lambda found: re.sub(r"\d+", "N", found[0])),
    (re.compile(r"\b(uptime|loads|totalram|freeram|sharedram|bufferram|"
                r"totalswap|freeswap|procs|totalhigh|freehigh|f_bfree|"
                r"f_bavail|f_ffree)=(\[[^]]*\]|\d+)"), r"\1=N"),
]
ADDRESS = re.compile(r"\b0x(?:7[ef]|5[56])[0-9a-f]{10}\b")


def normalise(line, names):
    for pattern, text in REPLACED:
        line = pattern.sub(text, line)
    if not FIXED:
        line = ADDRESS.sub("ADDRESS", line)
    return re.sub(r"(?<![\w.\"])\d+(?![\w.\"])",
                  lambda found: names.get(int(found[0]), found[0]), line)


# ---- comparing -------------------------------------------------------------

def streams_of(log):
    """The lines of each process: a line, or two halves of one."""
    names = names_of_pids(log)
    streams = {}
    for line in log.lines:
        prefix = PREFIX.match(line)
        who = names.get(int(prefix[1]), "P?") if prefix else "?"
        stream = streams.setdefault(who, [])
        text = normalise(PREFIX.sub("", align(line), 1), names)
        half = stream[-1] if stream else ""
        if (resumed := RESUMED.match(text)) and half.endswith(UNFINISHED):
            whole = half[:-len(UNFINISHED)] + text[resumed.end():]
            stream[-1] = (half, text, re.sub(r" += ", " = ", whole))
        else:
            stream.append(text)
    return streams


def merged(item):
    return item[2] if isinstance(item, tuple) else item


def is_same(one, other):
    """Two halves of a line are compared by halves; where only one of the
    two logs had to interrupt the line, by the whole."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one == other
    return merged(one) == merged(other)


def diff_streams(old, new):
    """Pairs (strace's line or None, ours or None) that differ, and how many
    are the same."""
    matcher = difflib.SequenceMatcher(None, [merged(i) for i in old],
                                      [merged(i) for i in new], False)
    same, pairs = 0, []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        left, right = old[i:i_end], new[j:j_end]
        for at in range(max(len(left), len(right))):
            one = left[at] if at < len(left) else None
            other = right[at] if at < len(right) else None
            if tag == "equal" and is_same(one, other):
                same += 1
            elif tag == "equal":
                pairs.append((" ".join(one[:2]), " ".join(other[:2])))
            else:
                pairs.append((one and merged(one), other and merged(other)))
    return same, pairs


class Result:
    def __init__(self, name, same, pairs):
        self.name, self.same, self.pairs = name, same, pairs


def compare_once(program, case, where):
    old = run_traced([STRACE, "-f", "-o"], program, case, where)
    new = run_traced([SYSWALL, "-vv", "-o"], program, case, where)
    olds, news = streams_of(old), streams_of(new)
    same, pairs = 0, []
    for who in list(olds) + [who for who in news if who not in olds]:
        equal, differ = diff_streams(olds.get(who, []), news.get(who, []))
        same += equal
        pairs += differ
    return Result("%s/%s" % (program.name, case), same, pairs)


def compare(program, case):
    best = None
    with tempfile.TemporaryDirectory(prefix="differential") as where:
        for _ in range(TRIES):
            result = compare_once(program, case, Path(where))
            if best is None or len(result.pairs) < len(best.pairs):
                best = result
            if not unlisted(best):
                break
    return best


# ---- the list --------------------------------------------------------------

class Known:
    """CASE [sometimes], then "-" strace's line and "+" ours: globs with *."""

    def __init__(self, case, sometimes):
        self.case, self.sometimes = case, sometimes
        self.old = self.new = None
        self.hits = 0

    def matches(self, name, pair):
        return fnmatch.fnmatchcase(name, self.case) and \
            self.line_matches(self.old, pair[0]) and \
            self.line_matches(self.new, pair[1])

    @staticmethod
    def line_matches(glob, line):
        if glob is None or line is None:
            return glob is None and line is None
        pattern = ".*".join(re.escape(part) for part in glob.split("*"))
        # A star that is meant is matched by the star that means anything.
        return re.fullmatch(pattern, line, re.DOTALL) is not None


def read_list():
    """The blocks between ``` in the document."""
    known, inside = [], False
    for line in LIST.read_text().splitlines():
        if line.startswith("```"):
            inside = not inside
        elif not inside or not line:
            continue
        elif line.startswith("- "):
            known[-1].old = line[2:]
        elif line.startswith("+ "):
            known[-1].new = line[2:]
        else:
            case, *rest = line.split()
            known.append(Known(case, rest == ["sometimes"]))
    return known


KNOWN = read_list()


def unlisted(result):
    return [pair for pair in result.pairs
            if not any(known.matches(result.name, pair) for known in KNOWN)]


def show(name, pairs):
    text = name + "\n"
    for old, new in pairs:
        text += "  - %s\n" % old if old is not None else ""
        text += "  + %s\n" % new if new is not None else ""
    return text


# ---- all of them -----------------------------------------------------------

def programs():
    return [BUILD / "tests/differential" / source.stem
            for source in sorted(HERE.glob("*.c"))]


def cases_of(program):
    text = subprocess.run([program, "--list"], stdout=subprocess.PIPE,
                          check=True, text=True).stdout
    return sorted(text.split())


def run_cases(jobs):
    with ThreadPoolExecutor(len(os.sched_getaffinity(0)) + 1) as pool:
        results = list(pool.map(lambda job: compare(*job), jobs))
    for result in results:
        for pair in result.pairs:
            for known in KNOWN:
                known.hits += known.matches(result.name, pair)
    return results


def totals(results):
    same = sum(result.same for result in results)
    return same, same + sum(len(result.pairs) for result in results)


def strace_is_the_one():
    try:
        text = subprocess.run([STRACE, "-V"], stdout=subprocess.PIPE,
                              check=False, text=True).stdout
    except OSError:
        return False
    return text.startswith("strace -- version %s\n" % STRACE_VERSION)


@unittest.skipUnless(strace_is_the_one(), "no strace " + STRACE_VERSION)
class Differential(unittest.TestCase):
    results = []


def add_family(program):
    def test(self):
        results = run_cases([(program, case) for case in cases_of(program)])
        Differential.results += results
        new = [(result.name, unlisted(result)) for result in results]
        self.assertFalse([pair for pair in new if pair[1]], "\n" + "".join(
            show(name, pairs) for name, pairs in new if pairs))

    setattr(Differential, "test_%s" % program.name, test)


def test_zz_list(self):
    gone = ["%s: - %s + %s" % (known.case, known.old, known.new)
            for known in KNOWN if not known.hits and not known.sometimes]
    self.assertFalse(gone, "no longer differ: take them out of %s:\n%s" %
                     (LIST.name, "\n".join(gone)))


def test_zz_share(self):
    same, total = totals(self.results)
    print("%d cases, %d of %d lines equal: %.2f %%" % (
        len(self.results), same, total, 100 * same / total))
    self.assertGreaterEqual(same / total, WANTED_SHARE)


def print_differences(names, all_pairs):
    jobs = [(program, case) for program in programs()
            for case in cases_of(program)
            if not names or any(
                fnmatch.fnmatchcase("%s/%s" % (program.name, case), name) or
                program.name == name for name in names)]
    results = run_cases(jobs)
    for result in results:
        pairs = result.pairs if all_pairs else unlisted(result)
        if pairs:
            print(show(result.name, pairs), end="")
    same, total = totals(results)
    print("%d cases, %d of %d lines equal: %.2f %%" % (
        len(results), same, total, 100 * same / max(1, total)))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        arguments = sys.argv[1:]
        everything = arguments[0] == "-v"
        print_differences(arguments[1:] if everything else arguments,
                          everything)
        sys.exit(0)
    for family in programs():
        add_family(family)
    Differential.test_zz_list = test_zz_list
    Differential.test_zz_share = test_zz_share
    unittest.main()
