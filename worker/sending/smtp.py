"""Letters to a mail server, each at most once.

    connect, TLS, log in ─▶ MAIL ─▶ RCPT ─▶ DATA ─354─▶ started? ─▶ the letter ─250─▶ sent

Until the server has said 354 nothing of the letter has left, so any fault there only means later. After that only the
server's own word counts; without one the letter may have arrived, and nobody can tell.
"""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass

from audits.reading.scrub import one_line
from audits.wording.reasons import quoted
from worker.ports.telling import Fate, Handover, Letter, Started
from worker.sending.composing import BadAddress, mailbox
from worker.sending.connecting import MailServer, Unsendable, connected, in_time, said, why


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
                self._talk = connected(self.server)
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
            self._talk = connected(self.server)
        except (Unsendable, OSError, smtplib.SMTPException) as wrong:
            return why(wrong)
        return ""

    def close(self) -> None:
        """Say good-bye, if anybody is there to hear it."""
        talk, self._talk = self._talk, None
        if talk is not None:
            talk.close()


@dataclass(slots=True)
class _Attempt:
    """One letter on its way; knows how far it came."""

    server: MailServer
    letter: Letter
    started: Started
    has_left: bool = False

    def made(self, talk: smtplib.SMTP) -> Handover:
        with in_time(talk, self.server.whole_seconds):
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


def stuffed(message: bytes) -> bytes:
    """The message as DATA carries it: CRLF ends, dots doubled, a lone dot at the end (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    doubled = re.sub(rb"(?m)^\.", b"..", lines)
    return doubled + (b"" if doubled.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _refused(code: int, words: bytes, for_good: Fate) -> Handover:
    """4xx may be otherwise later (greylisting, a full disk), 5xx will not; anything else is no answer to build on."""
    return Handover(fate=for_good if 500 <= code < 600 else Fate.LATER, answer=said(code, words))
