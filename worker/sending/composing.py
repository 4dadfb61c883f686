"""Finished messages, and the one place where their headers are built.

    Envelope + text + HTML ─compose▶ bytes ─read back▶ the headers that were meant, and no other

A stranger's text that reaches a header is put on one line, and `=?` is broken: Python 3.11 has folded a word such as
`=?utf-8?Q?=0A?=Bcc: …` into a header of its own (python/cpython#121650, CVE-2024-6923). So that nothing has to be
trusted, the finished bytes are read again and held against what was meant.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from typing import Final

import idna

from audits.reading.scrub import one_line
from audits.refusal import Refused
from audits.wording.said import said

SUBJECT_LIMIT: Final = 200
_WIDE: Final = policy.SMTP.clone(max_line_length=998)  # the default folds a long List-Unsubscribe into encoded words
_BODY: Final = policy.SMTP
_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_URL: Final = re.compile(r"https?://[\x21\x23-\x3b\x3d\x3f-\x7e]+")  # printable ASCII without quotes and angles
_OWN_PARTS: Final = ("MIME-Version", "Content-Type")  # what the two parts need


class BadAddress(Refused):
    """This is no address to write to; the message says why."""


class HeadersBroken(RuntimeError):
    """The finished message does not read as it was meant. It must not leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the headers say. `key` gives the Message-ID; with a secret in it, none can be told beforehand."""

    key: str
    sender: str  # name <address>, or an address
    recipient: str
    subject: str
    language: str
    at: datetime
    stop_url: str = ""  # RFC 8058: a POST there pauses the letters
    stop_address: str = ""


def compose(envelope: Envelope, text: str, html: str) -> bytes:
    """The whole message with CRLF line ends, text part first. Raises `BadAddress` or `HeadersBroken`."""
    meant = headers(envelope)
    message = EmailMessage(policy=_BODY)
    message.set_content(_plain_lines(text), cte="quoted-printable")
    message.add_alternative(_plain_lines(html), subtype="html", cte="quoted-printable")
    for name, value in meant.items():  # after the parts, which would take Content-Language for their own
        message[name] = value
    message.set_boundary(hashlib.sha256(f"{envelope.key}{text}{html}".encode("utf-8", "replace")).hexdigest()[:40])
    finished = message.as_bytes(policy=_WIDE)
    _read_back(finished, meant)
    return finished


def headers(envelope: Envelope) -> dict[str, str]:
    """Every header of a letter, in order. Raises `BadAddress`."""
    name, sender = sender_of(envelope.sender)
    domain = sender.rpartition("@")[2]
    built = {
        "From": str(Address(display_name=unencoded(name, 80), addr_spec=sender)),
        "To": mailbox(envelope.recipient),
        "Subject": unencoded(envelope.subject, SUBJECT_LIMIT),
        "Date": format_datetime(envelope.at),
        "Message-ID": f"<{hashlib.sha256(envelope.key.encode()).hexdigest()[:32]}@{domain}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answers
        "X-Auto-Response-Suppress": "All",  # the same, for Exchange
        "Precedence": "bulk",
        "List-Id": f"<kanalkoll.{domain}>",
        "Content-Language": envelope.language if re.fullmatch("[a-z]{2}", envelope.language) else "sv",
    }
    return {**built, **_stopping(envelope)}


def sender_of(sender: str) -> tuple[str, str]:
    """The name and the address of `name <address>`, or of an address alone. Raises `BadAddress`."""
    name, _, rest = one_line(sender, 4_000).rpartition("<")
    return name.strip(), mailbox(rest.removesuffix(">").strip())


def _stopping(envelope: Envelope) -> dict[str, str]:
    """RFC 2369 and RFC 8058. The mail relay's DKIM signature must cover both headers."""
    ways = []
    if _URL.fullmatch(envelope.stop_url):
        ways.append(f"<{envelope.stop_url}>")
    if envelope.stop_address:
        ways.append(f"<mailto:{mailbox(envelope.stop_address)}?subject=pause>")
    if not ways:
        return {}
    one_click = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if envelope.stop_url else {}
    return {"List-Unsubscribe": ", ".join(ways), **one_click}


def unencoded(text: str, limit: int) -> str:
    """A stranger's text, fit for a header: one line, nothing invisible, and no encoded word in it."""
    line = one_line(text, limit)
    while "=?" in line or "?=" in line:
        line = line.replace("=?", "= ?").replace("?=", "? =")
    return line[:limit].rstrip()


def mailbox(address: str) -> str:
    """One address as a mail server takes it: ASCII before the @, the domain in its ASCII form. Raises `BadAddress`.

    https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1: 64 octets before the @, 255 after it.
    """
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or len(local) > 64:
        raise BadAddress(said("refused.mail.address", value=one_line(address)))
    try:
        ascii_domain = idna.encode(domain, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadAddress(said("refused.mail.domain", value=one_line(address), domain=one_line(domain))) from error
    if len(ascii_domain) > 255 or ascii_domain.startswith(".") or "." not in ascii_domain:
        raise BadAddress(said("refused.mail.domain", value=one_line(address), domain=one_line(domain)))
    return f"{local}@{ascii_domain}"


def _plain_lines(body: str) -> str:
    """Line feeds alone, of which the message makes its own ends; nothing that a mail program might obey."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32)


def _read_back(finished: bytes, meant: dict[str, str]) -> None:
    """Hold the finished bytes against what was meant. Raises `HeadersBroken`."""
    read = BytesParser(policy=_BODY).parsebytes(finished)
    wanted = [*meant.items()]
    found = [(name, str(value)) for name, value in read.items() if name not in _OWN_PARTS]
    if found != wanted or read.defects:
        odd = next((name for (name, _), pair in zip(found, wanted, strict=False) if (name, _) != pair), "a header")
        raise HeadersBroken(f"the finished message does not say what was meant: {one_line(odd, 60)}")
