"""A real SMTP server in a thread of the tests: keeps what arrives, refuses what a test tells it to.

sender ─▶ MAIL, RCPT, DATA ─▶ a planned reply, if there is one ─▶ else 250 and a Delivery
"""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict, deque
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 OK"
STARTS_WITHIN = 300.0  # seconds; the machine may be busy with other things


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message that the server took responsibility for."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass  # without slots: aiosmtpd reads every attribute of its handler, and Python 3.11.2 trips over those of slots
class SmtpServer:
    """What has arrived, and what will be said instead of 250."""

    host: str
    port: int
    deliveries: list[Delivery] = field(default_factory=list)
    planned: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))

    def reply(self, verb: str, *replies: str) -> None:
        """Answer the next uses of `verb` (MAIL, RCPT or DATA) with `replies`, one each, then 250 again."""
        self.planned[verb].extend(replies)

    def answer(self, verb: str) -> str:
        """The planned reply, or the ordinary one."""
        return self.planned[verb].popleft() if self.planned[verb] else ACCEPTED

    # The names below, and their arguments, are aiosmtpd's ("Handlers" in its documentation).

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.answer("MAIL")
        if reply == ACCEPTED:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.answer("RCPT")
        if reply == ACCEPTED:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        reply = self.answer("DATA")
        if reply == ACCEPTED:
            self.deliveries.append(delivery(envelope))
        return reply


def delivery(envelope: Envelope) -> Delivery:
    """The envelope as it will be remembered, byte for byte."""
    return Delivery(str(envelope.mail_from), tuple(map(str, envelope.rcpt_tos)), envelope.original_content or b"")


class Listening(Controller):
    """Serves on a socket that listens already; its name is given, for aiosmtpd would ask the network for one."""

    def __init__(self, server: SmtpServer, listening: socket.socket) -> None:
        super().__init__(
            server, server.host, server.port, ident="kanalkoll tests", server_hostname="mail.example",
            ready_timeout=STARTS_WITHIN,
        )  # fmt: skip
        self.listening = listening

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self.listening)

    def _trigger_server(self) -> None:
        with socket.create_connection((self.hostname, self.port), STARTS_WITHIN) as client:
            client.recv(1024)


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    """Serve SMTP on a private loopback port until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = SmtpServer("127.0.0.1", listening.getsockname()[1])
        controller = Listening(server, listening)
        controller.start()
        try:
            yield server
        finally:
            controller.stop(no_assert=True)
