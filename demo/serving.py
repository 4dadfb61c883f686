"""The little web served over HTTP on loopback: one port for every host, told apart by the Host header.

    with served(web, clock) as sites ─▶ {"x.com": ("127.0.0.1", port), …}, for a resolver that is led there

It decides nothing: `LittleWeb.answer` does. Where nobody answers, the connection is closed and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from demo.web import Answer, LittleWeb

_LOOPBACK: Final = "127.0.0.1"


class _Server(ThreadingHTTPServer):
    """Hears on a free port of loopback alone."""

    daemon_threads = True
    request_queue_size = 128  # every host is called at once, and whoever finds no room calls again a second later

    def __init__(self, web: LittleWeb, clock: Callable[[], datetime]) -> None:
        super().__init__((_LOOPBACK, 0), _Hearing)
        self.web, self.clock = web, clock


class _Hearing(BaseHTTPRequestHandler):
    server: _Server
    wbufsize = -1  # an answer leaves in one piece: small pieces wait for each other's acknowledgement

    def do_GET(self) -> None:  # the name is http.server's
        url = f"https://{self.headers.get('host', '')}{self.path}"
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.web.answer(url, self.server.clock(), headers)
        if answer is not None:
            self._say(answer)

    def _say(self, answer: Answer) -> None:
        self.send_response(answer.status, "Invented")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the name is http.server's
        """The moment of the little web's own clock, or what it answers would be of another day."""
        return format_datetime(self.server.clock().astimezone(UTC), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing of single requests."""


@contextmanager
def served(web: LittleWeb, clock: Callable[[], datetime]) -> Iterator[Mapping[str, tuple[str, int]]]:
    """Serve the web until the block ends; gives every host with the (loopback address, port) that answers for it."""
    server = _Server(web, clock)
    hearing = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    hearing.start()
    try:
        port = server.server_address[1]
        yield dict.fromkeys(web.hosts(), (_LOOPBACK, port))
    finally:
        server.shutdown()
        server.server_close()
        hearing.join()
