"""A finished message, and the headers that it must have."""

from __future__ import annotations

from typing import Any, Final

from tests.telling.letters import TUESDAY
from worker.sending.composing import Envelope, compose

EXPECTED: Final = [
    "MIME-Version", "Content-Type", "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "X-Auto-Response-Suppress", "Precedence", "List-Id", "Content-Language", "List-Unsubscribe",
    "List-Unsubscribe-Post",
]  # fmt: skip


def an_envelope(**changes: Any) -> Envelope:
    given_ = {
        "key": "weekly:2026-W46:kultur@almestad.example",
        "sender": "Kanalkoll Almestad <kanalkoll@almestad.example>",
        "recipient": "kultur@almestad.example",
        "subject": "1 ny, 2 kvarstår – Kulturförvaltningen",
        "language": "sv",
        "at": TUESDAY,
        "stop_url": "https://kanalkoll.almestad.example/stop/" + "x" * 43,
        "stop_address": "kanalkoll@almestad.example",
    }
    return Envelope(**{**given_, **changes})


def composed(**changes: Any) -> bytes:
    return compose(an_envelope(**changes), "Hej åäö\n", "<p>Hej åäö</p>\n")
