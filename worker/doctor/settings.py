"""What the doctor says of single settings: each that is set is held against its form, whatever else is set.

settings ─settings_answers▶ Answer … of those that nothing could be done with; nothing where all are well

What was set and is used by nobody yet would otherwise be told on the day on which it is needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from audits.wording.said import said
from worker.doctor.answer import Answer
from worker.wiring.forms import ill_formed

if TYPE_CHECKING:
    from config.settings import Settings

_OAUTH: Final = ("smtp_oauth_tenant", "smtp_oauth_client", "smtp_oauth_secret")  # of which none serves alone


def settings_answers(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[Answer]:
    """What cannot be used, by the variable or the line of the file; nothing of what is well or not set."""
    remedy = said("doctor.mend.settings")
    wrong = (
        Answer(what="settings", state="wrong", told=told, remedy=remedy)
        for told in ill_formed(settings, environ=environ)
    )
    return [*wrong, *_half_given(settings)]


def _half_given(settings: Settings) -> Iterator[Answer]:
    held = [name for name in _OAUTH if _text(getattr(settings, name))]
    if held and len(held) < len(_OAUTH):
        names = ", ".join(f"KANALKOLL_{name.upper()}" for name in _OAUTH if name not in held)
        told = said("declared.at", where=f"KANALKOLL_{held[0].upper()}", what=said("doctor.key.partly"))
        yield Answer(what="settings", state="wrong", told=told, remedy=said("doctor.key.set", names=names))


def _text(value: object) -> str:
    secret = getattr(value, "get_secret_value", None)
    return str(secret() if secret else value)
