"""Sheets into finished messages: both parts, and the headers around them.

Sheet ─▶ HTML and text ─compose▶ bytes        Sheet ─▶ a short note for another channel
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from audits.digest import Addressee, Button, Purpose, Sheet
from worker.rendering.letters import letter_html, letter_text
from worker.sending.composing import Envelope, compose


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWriter:
    """Writes as this sender; `stop_address` takes mail from those who would rather write than press."""

    sender: str
    stop_address: str = ""

    def letter(self, sheet: Sheet, key: str, to: Addressee, at: datetime, link_to: Callable[[Button], str]) -> bytes:
        """The finished message. Raises `BadAddress`, a `ValueError`."""
        stop = link_to(sheet.stop) if sheet.stop else ""
        envelope = Envelope(
            key=key,
            sender=self.sender,
            recipient=to.address,
            subject=sheet.subject,
            language=sheet.language,
            at=at,
            stop_url=stop,
            stop_address=self.stop_address if sheet.stop else "",
        )
        return compose(envelope, letter_text(sheet, link_to), letter_html(sheet, link_to))

    def note(self, sheet: Sheet, link_to: Callable[[Button], str]) -> bytes:
        """The opening, the first facts and the way to the evidence."""
        evidence = [button for block in sheet.blocks for entry in block.entries for button in entry.buttons]
        links = [link_to(button) for button in evidence if button.purpose is Purpose.EVIDENCE]
        facts = [f"{fact.label}: {fact.text}" for fact in sheet.glance]
        return "\n".join([sheet.title, sheet.opening, *facts, *filter(None, links)]).encode()
