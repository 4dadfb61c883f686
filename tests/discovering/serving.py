"""The made city, served: a process of its own on loopback, that writes down what it was asked for.

    python -m tests.discovering.serving --pages 2000 --channels 120     prints its port
    Host: almestad.example, /sidor/… ─▶ that page, 304 where it is known
    Host: control, /heard ─▶ [[host, target, status], …] since this was last asked      /edition/2 ─▶ all pages change

It lives until its standard input is closed, so that it never outlives whoever started it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.discovering.made_site import Answer, MadeSite


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: MadeSite
    heard: list[tuple[str, str, int]]

    def do_GET(self) -> None:  # the library's name
        host = self.headers.get("host", "").partition(":")[0]
        if host == "control":
            self._control()
            return
        answer = self.site.answer(host, self.path)
        if answer.headers.get("etag") and self.headers.get("if-none-match") == answer.headers["etag"]:
            answer = Answer(304, headers={"etag": answer.headers["etag"]})
        self.heard.append((host, self.path, answer.status))
        self._write(answer)

    def _control(self) -> None:
        if self.path.startswith("/edition/"):
            type(self).site = MadeSite(self.site.pages, self.site.channels, int(self.path.removeprefix("/edition/")))
        told = json.dumps(self.heard).encode()
        self.heard.clear()
        self._write(Answer(200, told))

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002  # the library's name


@dataclass(frozen=True, slots=True)
class Served:
    """A site that is being served."""

    port: int

    def heard(self) -> list[tuple[str, str, int]]:
        """Every request since this was last asked: host, target, status."""
        return self._ask("/heard")

    def become(self, edition: int) -> None:
        """Let every page be a new one."""
        self._ask(f"/edition/{edition}")

    def _ask(self, path: str) -> list[tuple[str, str, int]]:
        control = HTTPConnection("127.0.0.1", self.port, timeout=120)
        control.request("GET", path, headers={"host": "control"})
        told = json.loads(control.getresponse().read())
        control.close()
        return [(host, target, status) for host, target, status in told]


@contextmanager
def served(pages: int, channels: int) -> Iterator[Served]:
    command = [sys.executable, "-m", "tests.discovering.serving", "--pages", str(pages), "--channels", str(channels)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Served(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait(timeout=120)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.discovering.serving")
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--channels", type=int, required=True)
    wanted = parser.parse_args()
    Handler.site, Handler.heard = MadeSite(wanted.pages, wanted.channels), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
