"""Bounce letters that come later: what a mail server reports of a letter that it had taken.

    bytes ─read_bounce▶ Bounce: which letter, and of each address whether it is refused for good │ None: no such report

A delivery status notification has a fixed form (RFC 3464, RFC 6522); only that form is read. Out-of-office answers,
notes from people and whatever else lies in a mailbox is none. Nothing here says that a report is true: whoever reads it
holds it against the letters that were sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from typing import Final

from audits.reading.scrub import one_line

LARGEST: Final = 10_000_000  # bytes; a report may carry the whole letter that it is about
_REPORT, _STATUS = "multipart/report", "message/delivery-status"
_ORIGINAL: Final = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"})
# The Message-ID in the headers of a letter that came back.
_MESSAGE_ID: Final = re.compile(rb"^message-id:\s*(<[^<>\s]{1,250}>)\s*$", re.IGNORECASE | re.MULTILINE)
_PERMANENT, _FOR_NOW = re.compile(r"5\.\d{1,3}\.\d{1,3}"), re.compile(r"4\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What became of the letter at one recipient: `addresses` are the names it goes by, in lower case."""

    addresses: frozenset[str]
    for_good: bool
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A report on one letter. `message_id` is the letter's own, with its angles."""

    message_id: str
    refusals: tuple[Refusal, ...]


def read_bounce(raw: bytes) -> Bounce | None:
    """What a message reports as not delivered; None where it reports nothing of that kind."""
    if len(raw) > LARGEST:
        return None
    try:
        return _read(BytesParser(policy=policy.compat32).parsebytes(raw))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError):
        return None  # what the library raises for messages that only look like mail


def number_of(message: bytes) -> str:
    """The Message-ID of a finished letter, with its angles; "" where it has none."""
    return str(BytesParser(policy=policy.compat32).parsebytes(message, headersonly=True)["Message-ID"] or "").strip()


def _read(message: Message) -> Bounce | None:
    if message.get_content_type() != _REPORT or str(message.get_param("report-type")).lower() != "delivery-status":
        return None
    parts = [part for part in message.walk() if part is not message]
    status = next((part for part in parts if part.get_content_type() == _STATUS), None)
    original = next((part for part in parts if part.get_content_type() in _ORIGINAL), None)
    if status is None or original is None:
        return None
    message_id, refusals = _id_of(original), tuple(_refusals(status))
    return Bounce(message_id=message_id, refusals=refusals) if message_id and refusals else None


def _id_of(original: Message) -> str:
    """From the headers of the letter that comes back, as they stand."""
    headers = original.as_bytes(policy=policy.compat32).replace(b"\r\n", b"\n")
    found = _MESSAGE_ID.search(headers)
    return found[1].decode("ascii", "replace") if found else ""


def _refusals(status: Message) -> Iterator[Refusal]:
    blocks = status.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if not isinstance(block, Message):
            continue
        said = {name.lower(): _as_sent(value) for name, value in block.raw_items()}
        refusal = _refusal(said) if said.get("action", "").strip().lower() in ("failed", "delayed") else None
        if refusal is not None:
            yield refusal


def _as_sent(value: str) -> str:
    """A field that may hold UTF-8 (RFC 6533), which the library keeps as bytes in disguise."""
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _refusal(said: dict[str, str]) -> Refusal | None:
    """For good only where both the action and the status say so: a server gives a full queue up as `failed`, 4.4.7."""
    status = said.get("status", "").strip().partition(" ")[0]
    addresses = frozenset(
        filter(None, (_address(said.get(name, "")) for name in ("final-recipient", "original-recipient")))
    )
    permanent, for_now = _PERMANENT.fullmatch(status), _FOR_NOW.fullmatch(status)
    if not addresses or not (permanent or for_now):
        return None
    answer = one_line(f"{status} {said.get('diagnostic-code', '')}", 300)
    failed = said["action"].strip().lower() == "failed"
    return Refusal(addresses=addresses, for_good=bool(permanent) and failed, answer=answer)


def _address(value: str) -> str:
    """`rfc822; kultur@almestad.example` without its kind."""
    kind, _, address = value.partition(";")
    return address.strip().strip("<>").lower() if kind.strip().lower() in ("rfc822", "utf-8") else ""
