"""Letters to a mail server, each at most once.

    connect, TLS, log in ─▶ MAIL ─▶ RCPT ─▶ DATA ─354─▶ started? ─▶ the letter ─250─▶ sent

Until the server has said 354 nothing of the letter has left, so any fault there only means later. After that only the
server's own word counts; without one the letter may have arrived, and nobody can tell. TLS is required wherever the
server is not this machine: a server that stops offering it gets no letter and no password.
"""

from __future__ import annotations

import ipaddress
import re
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
from worker.ports.telling import Fate, Handover, Letter, Started
from worker.sending.composing import BadAddress, mailbox

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
    """smtplib bounds each wait; this bounds connecting as a whole, and what a server may say."""

    def __init__(self, server: MailServer, **more: Any) -> None:
        self.whole_seconds = server.whole_seconds
        super().__init__(server.host, server.port, timeout=server.step_seconds, **more)

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        with _in_time(self, self.whole_seconds):
            return super().connect(host, port, source_address)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Sparing(self.sock.makefile("rb"))
        return super().getreply()


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""


@contextmanager
def _in_time(talk: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """End the conversation, from outside it, when it has taken so long."""
    clock = Timer(seconds, _cut, [talk])
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


@dataclass(slots=True)
class SmtpPost:
    """One connection, kept from letter to letter while the server keeps it."""

    server: MailServer
    _talk: smtplib.SMTP | None = None

    def hand_over(self, letter: Letter, started: Started) -> Handover:
        """Offer one letter; whatever happens has a name."""
        attempt = _Attempt(self.server, letter, started)
        try:
            if self._talk is None:
                self._talk = _connected(self.server)
            fate = attempt.made(self._talk)
        except Unsendable as wrong:
            fate = Handover(fate=Fate.BLOCKED, answer=str(wrong))
        except BadAddress:
            fate = Handover(fate=Fate.BOUNCED, answer=f"mail_fault: {quoted(one_line(letter.recipient, 300))}")
        except (OSError, smtplib.SMTPException) as wrong:
            fate = attempt.broken(wrong)
        if fate.fate is not Fate.SENT:
            self.close()  # a conversation that went wrong is not gone on with
        return fate

    def greet(self) -> str:
        """Connect and log in, and nothing more; "" where all is well, else what is not."""
        try:
            self._talk = _connected(self.server)
        except (Unsendable, OSError, smtplib.SMTPException) as wrong:
            return why(wrong)
        return ""

    def close(self) -> None:
        """Say good-bye, if anybody is there to hear it."""
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    """A connection that may carry letters. Raises `Unsendable`, or what smtplib raises."""
    if server.tls is Tls.LOOPBACK and not is_loopback(server.host):
        raise Unsendable(f"no_tls: {server.host}")
    talk = _opened(server)
    try:
        with _in_time(talk, server.whole_seconds):
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


@dataclass(slots=True)
class _Attempt:
    """One letter on its way; knows how far it came."""

    server: MailServer
    letter: Letter
    started: Started
    has_left: bool = False

    def made(self, talk: smtplib.SMTP) -> Handover:
        with _in_time(talk, self.server.whole_seconds):
            return self._offered(talk)

    def broken(self, wrong: Exception) -> Handover:
        return Handover(fate=Fate.UNKNOWN if self.has_left else Fate.LATER, answer=why(wrong))

    def _offered(self, talk: smtplib.SMTP) -> Handover:
        size = f"size={len(self.letter.message)}"
        code, words = talk.mail(self.server.sender, [size] if talk.has_extn("size") else [])
        if code != 250:
            return _refused(code, words, Fate.REFUSED)
        code, words = talk.rcpt(mailbox(self.letter.recipient))  # smtplib would take no letter beyond ASCII
        if code not in (250, 251):
            return _refused(code, words, Fate.BOUNCED)
        code, words = talk.docmd("DATA")
        if code != 354:
            return _refused(code, words, Fate.REFUSED)
        return self._poured(talk)

    def _poured(self, talk: smtplib.SMTP) -> Handover:
        if not self.started():
            return Handover(fate=Fate.LATER, answer="other_sender")
        self.has_left = True
        talk.send(stuffed(self.letter.message))
        code, words = talk.getreply()
        if 200 <= code < 300:
            return Handover(fate=Fate.SENT, answer=said(code, words))
        if 400 <= code < 600:
            return _refused(code, words, Fate.REFUSED)
        return Handover(fate=Fate.UNKNOWN, answer=said(code, words))


def _cut(talk: smtplib.SMTP) -> None:
    """End a conversation that has taken too long, from outside it."""
    sock = talk.sock
    if sock is not None:
        try:
            sock.shutdown(_BOTH_WAYS)
        except OSError:
            return  # it has ended by itself


def stuffed(message: bytes) -> bytes:
    """The message as DATA carries it: CRLF ends, dots doubled, a lone dot at the end (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    doubled = re.sub(rb"(?m)^\.", b"..", lines)
    return doubled + (b"" if doubled.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _refused(code: int, words: bytes, for_good: Fate) -> Handover:
    """4xx may be otherwise later (greylisting, a full disk), 5xx will not; anything else is no answer to build on."""
    return Handover(fate=for_good if 500 <= code < 600 else Fate.LATER, answer=said(code, words))


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
