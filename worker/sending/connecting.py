"""A conversation with a mail server: begun, kept from others' eyes, and bounded.

    connect ─▶ TLS ─▶ log in ─▶ a connection that may carry letters │ Unsendable: a person has to mend something first

TLS is required wherever the server is not this machine: a server that stops offering it gets no letter and no password.
smtplib bounds each wait; here the whole is bounded as well, and what a server may say.
"""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO, Final

from audits.reading.scrub import one_line
from audits.wording.reasons import quoted

STEP_SECONDS: Final = 30  # that any one answer may take
WHOLE_SECONDS: Final = 120  # that one letter may take, whatever the server does meanwhile
_MOST_SAID: Final = 256_000  # bytes that a server may say in one conversation
_OWN: Final = frozenset({"too_much", "half_an_answer"})  # of what a server does, what smtplib has no error for
_NAMES: Final = {
    "ConnectionRefusedError": "connection_refused", "TimeoutError": "timed_out", "gaierror": "dns",
    "ConnectionResetError": "reset", "BrokenPipeError": "reset",
}  # fmt: skip  # by name: nothing here opens a socket of its own
_BEYOND_ASCII: Final = "letters beyond ASCII in KANALKOLL_SMTP_USER or KANALKOLL_SMTP_PASSWORD"
_BOTH_WAYS: Final = 2  # socket.SHUT_RDWR: also wakes a thread that waits for the other side


class Tls(StrEnum):
    """How a connection to a mail server is kept from others' eyes."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    LOOPBACK = "loopback"  # none, and only to this machine


class Unsendable(RuntimeError):
    """Nothing can be sent until a person has mended something; the message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where letters are handed over. `token` gives an OAuth 2 access token, in place of a password."""

    host: str
    port: int = 587
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    ca_file: Path | None = None
    sender: str = ""
    step_seconds: float = STEP_SECONDS
    whole_seconds: float = WHOLE_SECONDS


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by its own name or number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connected(server: MailServer) -> smtplib.SMTP:
    """A connection that may carry letters. Raises `Unsendable`, or what smtplib raises."""
    if server.tls is Tls.LOOPBACK and not is_loopback(server.host):
        raise Unsendable(f"no_tls: {server.host}")
    talk = _opened(server)
    try:
        with in_time(talk, server.whole_seconds):
            if server.tls is Tls.STARTTLS:
                _start_tls(talk, server)
            _log_in(talk, server)
    except BaseException:
        talk.close()
        raise
    return talk


def _opened(server: MailServer) -> smtplib.SMTP:
    if server.tls is not Tls.IMPLICIT:
        return _Bounded(server)
    try:
        return _BoundedTls(server, context=trusting(server))
    except ssl.SSLCertVerificationError as wrong:
        raise Unsendable(f"certificate: {quoted(wrong.verify_message)}") from wrong


def _start_tls(talk: smtplib.SMTP, server: MailServer) -> None:
    """Never without: a server, or whoever stands between, that does not offer TLS gets no letter."""
    try:
        talk.starttls(context=trusting(server))
    except smtplib.SMTPNotSupportedError as wrong:
        raise Unsendable(f"no_starttls: {server.host}") from wrong
    except ssl.SSLCertVerificationError as wrong:
        raise Unsendable(f"certificate: {quoted(wrong.verify_message)}") from wrong
    except smtplib.SMTPResponseException as wrong:
        raise Unsendable(f"starttls_refused: {quoted(said(wrong.smtp_code, wrong.smtp_error))}") from wrong


def trusting(server: MailServer) -> ssl.SSLContext:
    """The usual authorities, and the city's own beside them. Raises `Unsendable`."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if server.ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(server.ca_file))
        except OSError as wrong:  # ssl.SSLError is one
            raise Unsendable(f"no_certificates: {server.ca_file}") from wrong
    return context


def _log_in(talk: smtplib.SMTP, server: MailServer) -> None:
    talk.ehlo_or_helo_if_needed()
    if not server.user:
        return
    if not f"{server.user}{server.password}".isascii():
        raise Unsendable(f"not_let_in: {quoted(_BEYOND_ASCII)}")  # as smtplib encodes them
    try:
        if server.token is not None:
            talk.auth("XOAUTH2", xoauth2(server.user, server.token()))
        else:
            talk.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as wrong:
        raise Unsendable(f"not_let_in: {quoted(said(wrong.smtp_code, wrong.smtp_error))}") from wrong
    except smtplib.SMTPNotSupportedError as wrong:
        raise Unsendable(f"no_common_log_in: {server.host}") from wrong


def xoauth2(user: str, token: str) -> Callable[..., str]:
    """https://developers.google.com/workspace/gmail/imap/xoauth2-protocol, which Microsoft 365 follows.

    A refusal comes as a challenge that wants an empty answer before the error itself.
    """
    words = f"user={user}\x01auth=Bearer {token}\x01\x01"

    def answer(challenge: bytes | None = None) -> str:
        return words if challenge is None else ""

    return answer


class _Sparing:
    """Reads a server's lines, and no more of them than any conversation needs."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._room = file, _MOST_SAID

    def readline(self, limit: int = -1) -> bytes:
        line = self._file.readline(limit)
        self._room -= len(line)
        if self._room < 0:
            raise smtplib.SMTPServerDisconnected("too_much")
        if line and not line.endswith(b"\n"):  # half an answer is none: "2" may have been the beginning of anything
            raise smtplib.SMTPServerDisconnected("half_an_answer")
        return line

    def close(self) -> None:
        self._file.close()


class _Bounded(smtplib.SMTP):
    """Bounded in connecting as a whole, and in what the server may say."""

    def __init__(self, server: MailServer, **more: Any) -> None:
        self.whole_seconds = server.whole_seconds
        super().__init__(server.host, server.port, timeout=server.step_seconds, **more)

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        with in_time(self, self.whole_seconds):
            return super().connect(host, port, source_address)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Sparing(self.sock.makefile("rb"))
        return super().getreply()


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""


@contextmanager
def in_time(talk: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """End the conversation, from outside it, when it has taken so long."""
    clock = Timer(seconds, _cut, [talk])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _cut(talk: smtplib.SMTP) -> None:
    """End a conversation that has taken too long, from outside it."""
    sock = talk.sock
    if sock is not None:
        try:
            sock.shutdown(_BOTH_WAYS)
        except OSError:
            return  # it has ended by itself


def why(wrong: Exception) -> str:
    """What went wrong on the way to a mail server, named as in `audits.wording.reasons`; its own answer as it was."""
    if isinstance(wrong, smtplib.SMTPResponseException):
        return said(wrong.smtp_code, wrong.smtp_error)
    if name := _NAMES.get(type(wrong).__name__):
        return name
    if isinstance(wrong, Unsendable) or str(wrong) in _OWN:
        return one_line(str(wrong), 300)
    if isinstance(wrong, smtplib.SMTPServerDisconnected):
        return "reset"
    return f"mail_fault: {quoted(one_line(str(wrong) or type(wrong).__name__, 300))}"


def said(code: int, words: bytes | str) -> str:
    """A server's answer on one line."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return one_line(f"{code} {text}", 300)
