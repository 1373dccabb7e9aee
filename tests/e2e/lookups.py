#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The record names hosts as the program's own lookups told them.

In a network of its own, for only there port 53 is ours.
"""

import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
SYSWALL = os.environ.get("SYSWALL", str(ROOT / "build/syswall"))
SCHEMA = json.loads((ROOT / "docs/syswall-record.schema.json").read_text())
UNSHARE = ["unshare", "--map-root-user", "--net"]
PYTHON = "/usr/bin/python3"

# Each asks in its own way for hostN, then turns to the address 127.0.0.N.
CLIENT = r"""
import os, socket, struct, sys
server = ("127.0.0.1", 53)

def query(number):
    name = b"".join(bytes([len(part)]) + part
                    for part in (b"host%d" % number, b"example", b"com"))
    return (struct.pack(">HHHHHH", number, 0x100, 1, 0, 0, 0) + name +
            b"\0" + struct.pack(">HH", 1, 1))

def recvfrom(udp):
    udp.sendto(query(2), server)
    udp.recvfrom(512)

def recv(udp):
    udp.connect(server)
    udp.send(query(3))
    udp.recv(512)

def recvmsg(udp):
    udp.sendmsg([query(4)], [], 0, server)
    udp.recvmsg(512)

def read(udp):
    udp.connect(server)
    os.write(udp.fileno(), query(5))
    os.read(udp.fileno(), 512)

def readv(udp):
    udp.connect(server)
    udp.send(query(6))
    os.readv(udp.fileno(), [bytearray(7), bytearray(500)])

def whole(tcp):
    tcp.connect(server)
    tcp.send(struct.pack(">H", len(query(7))) + query(7))
    tcp.recv(600)

def parts(tcp):
    tcp.connect(server)
    tcp.send(struct.pack(">H", len(query(8))) + query(8))
    size, = struct.unpack(">H", tcp.recv(2))
    tcp.recv(size)

def other_port(udp):
    udp.sendto(query(9), ("127.0.0.1", 5353))
    udp.recvfrom(512)

ways = {2: recvfrom, 3: recv, 4: recvmsg, 5: read, 6: readv, 9: other_port}
for number, way in ways.items():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        way(udp)
for number, way in {7: whole, 8: parts}.items():
    with socket.socket() as tcp:
        way(tcp)
for number in range(2, 10):
    with socket.socket() as tcp:
        tcp.connect_ex(("127.0.0.%d" % number, 9))
"""


def answer(query):
    """127.0.0.N to a question whose number is N."""
    number, = struct.unpack(">H", query[:2])
    return (struct.pack(">HHHHHH", number, 0x8180, 1, 1, 0, 0) + query[12:] +
            struct.pack(">HHHIHBBBB", 0xc00c, 1, 1, 60, 4, 127, 0, 0, number))


def serve_udp(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", port))

    def run():
        while True:
            query, peer = server.recvfrom(512)
            server.sendto(answer(query), peer)

    threading.Thread(target=run, daemon=True).start()


def serve_tcp():
    server = socket.create_server(("127.0.0.1", 53))

    def run():
        while True:
            connection, _ = server.accept()
            with connection:
                reply = answer(connection.recv(600)[2:])
                connection.sendall(struct.pack(">H", len(reply)) + reply)

    threading.Thread(target=run, daemon=True).start()


def loopback_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914,  # SIOCSIFFLAGS, IFF_UP|IFF_RUNNING
                    struct.pack("16sh14x", b"lo", 0x41))


def may_have_a_network():
    return shutil.which("unshare") and subprocess.run(
        UNSHARE + ["true"], stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=False).returncode == 0


@unittest.skipUnless(may_have_a_network(), "no network namespace to be had")
class LookupsTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.record = Path(scratch.name) / "record.json"

    def hosts(self, *options):
        """The names of 127.0.0.N, by N."""
        run = subprocess.run(
            [*UNSHARE, PYTHON, __file__, "inside", SYSWALL, "-r", self.record,
             *options, PYTHON, "-c", CLIENT], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
            check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.stderr = run.stderr.decode()
        record = json.loads(self.record.read_text())
        jsonschema.Draft202012Validator(SCHEMA).validate(record)
        return {int(row["address"].split(".")[3].split(":")[0]):
                row.get("host") for row in record["sockets"]["out"]
                if row.get("port") == 9}

    def check(self, hosts):
        for number in range(2, 9):
            self.assertEqual(hosts[number], "host%d.example.com" % number)
        self.assertIsNone(hosts[9])

    def test_followed(self):
        self.check(self.hosts("-p", "observe"))
        self.assertIn("127.0.0.2:9 = host2.example.com", self.stderr)
        show = subprocess.run([SYSWALL, "--show", self.record],
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, check=False)
        self.assertIn(b"= host2.example.com", show.stdout)

    def shown(self, *arguments):
        return subprocess.run([SYSWALL, *arguments], check=False,
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE).stdout.decode()

    def test_formats(self):
        self.hosts("-q", "-p", "observe")
        page = self.shown("--show", "--format", "html", self.record)
        self.assertIn(" = host2.example.com</td>", page)
        text = self.shown("--show", "--format", "markdown", self.record)
        self.assertIn("`127.0.0.2:9` = `host2.example.com`", text)

    def test_compare(self):
        """By name: an address may have many names, a name addresses."""
        self.hosts("-q", "-p", "observe")
        text = self.record.read_text()
        moved = self.record.with_name("moved.json")
        moved.write_text(text.replace("127.0.0.2:9", "127.0.0.222:9"))
        self.assertEqual(self.shown("--compare", self.record, moved),
                         "the same\n")
        other = self.record.with_name("other.json")
        other.write_text(text.replace("host2.example", "<b>\\u001b[2J"))
        compared = self.shown("--compare", self.record, other)
        self.assertRegex(compared, r"(?s)gained \(1\)\n.*connected to +"
                         r"<b>\\x1b\[2J.com:9 .*lost \(1\)\n.* "
                         r"host2.example.com:9 ")
        for name in "json", "markdown":
            compared = self.shown("--format=" + name, "--compare",
                                  self.record, other)
            self.assertIn("host2.example.com:9", compared.replace(
                "&#58;", ":"))
            self.assertNotIn("\x1b", compared)

    def test_blocked(self):
        rules = self.record.with_name("rules.json")
        rules.write_text(json.dumps({"version": 1, "default": "allow",
                                     "rules": [
            {"action": "block-soft", "class": "net-connect",
             "address": "127.0.0.2"}]}))
        self.hosts("-c", rules)
        self.assertRegex(self.stderr, r"block-soft +net-connect +"
                         r"127\.0\.0\.2:9 = host2\.example\.com ")
        record = json.loads(self.record.read_text())
        self.assertEqual({row["host"] for row in record["blocked"]},
                         {"host2.example.com"})
        self.assertIn("host2.example.com", [
            row.get("host") for row in record["timeline"]
            if row["what"] == "blocked"])
        page = self.shown("--show", "--format", "html", self.record)
        self.assertIn("127.0.0.2:9 = host2.example.com</td>", page)
        self.assertIn("127.0.0.2:9 = host2.example.com <", page)
        text = self.shown("--show", "--format", "markdown", self.record)
        self.assertIn("| `127.0.0.2:9` = `host2.example.com` |", text)
        again = self.shown("--show", "--format", "json", self.record)
        self.assertEqual(json.loads(again)["timeline"], record["timeline"])

    def test_every_call_watched(self):
        self.check(self.hosts("-vv", "-o", "/dev/null"))
        self.check(self.hosts("-q", "-p", "observe", "--summary"))


def inside(command):
    loopback_up()
    serve_udp(53)
    serve_udp(5353)
    serve_tcp()
    sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        inside(sys.argv[2:])
    unittest.main()
