"""What the audit itself needs to go on seeing, for the officer's overview, and on working, for operators.

declared keys ─upkeep▶ those held and at an end within the month: whose key, until when, who renews it
marker packs ──signs▶ what no page of a registered platform proves any more, or soon: verified by nobody for half a year
disk, rules ───lacks─▶ that it is nearly full, while a letter can still be written; that nights go on by the last rules
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from audits.days import day_of
from audits.digest import Fact
from audits.model import Existence
from audits.reading.markers import blind_soon, blind_to
from audits.wording import phrase
from audits.wording.dates import long_day
from audits.wording.said import told_in
from worker.wiring.asking import held_keys

if TYPE_CHECKING:
    from audits.digest.at_once import Trouble
    from config.keys import DeclaredKey
    from worker.wiring import Deployment


def upkeep(deployment: Deployment, language: str) -> Sequence[Fact]:
    """Rules that cannot be used, and keys that will soon be of no use, each in a line with who acts."""
    return [*_rules(deployment, language), *_keys(deployment, language)]


def signs(deployment: Deployment, language: str) -> Sequence[Fact]:
    """Signs that will soon prove nothing, each in a line with who acts: whoever maintains the packs, never the city."""
    return list(_signs(deployment, language))


def _rules(deployment: Deployment, language: str) -> Iterator[Fact]:
    if why := deployment.rules_unread:
        text = phrase("overview.upkeep.last_rules", language, why=told_in(language, why))
        yield Fact(label=phrase("overview.upkeep.rules", language), text=text)


def _keys(deployment: Deployment, language: str) -> Iterator[Fact]:
    for key in _ending(deployment):
        platforms = ", ".join(_label(deployment, name, language) for name in sorted(key.platforms))
        ends = key.expires_on or date.max
        over = key.expired(day_of(deployment.clock(), key.zone))
        told = "overview.upkeep.key_ended" if over else "overview.upkeep.key_ends"
        owner = told_in(language, key.renewed_by)
        text = phrase(told, language, name=key.name, day=long_day(ends, language), owner=owner)
        yield Fact(label=platforms, text=text)


def _ending(deployment: Deployment) -> Sequence[DeclaredKey]:
    """The held keys that must be renewed within the month, or should have been."""
    from config.files import BadFile
    from config.keys import BadKeys

    try:
        keyring = held_keys(deployment.settings)
    except (BadKeys, BadFile):  # the doctor names what is wrong; the rest of the overview does not wait for it
        return []
    held, now = (keyring.declared[name] for name in sorted(keyring.names)), deployment.clock()
    return [key for key in held if key.expires_soon(day_of(now, key.zone))]


def _signs(deployment: Deployment, language: str) -> Iterator[Fact]:
    """Of the platforms on which the city has an account; the others are not missed."""
    packs, own = deployment.instruments.packs, {account.platform for account in deployment.store.accounts()}
    for name, what in blind_to(packs):
        if name in own:
            yield Fact(label=_label(deployment, name, language), text=_sign("overview.upkeep.blind", what, language))
    for name, what, day in blind_soon(packs):
        if name in own:
            told = _sign("overview.upkeep.blind_soon", what, language, day=long_day(day, language))
            yield Fact(label=_label(deployment, name, language), text=told)


def _sign(key: str, what: Existence, language: str, **facts: str) -> str:
    return phrase(key, language, what=phrase(f"existence.{what}", language), **facts)


def _label(deployment: Deployment, name: str, language: str) -> str:
    platform = deployment.instruments.platforms.get(name)
    return platform.called(language) if platform else name


def lacks(deployment: Deployment) -> Sequence[Trouble]:
    """Told without figures: what is the same is told once a week, and what is free is another every day."""
    from audits.digest.at_once import Trouble

    store = deployment.store
    disk = store.disk(store.db.engine.url)
    scarce = [Trouble(what="scarce", facts={"file": str(disk.file)})] if disk and disk.is_scarce else []
    why = deployment.rules_unread
    return [*scarce, *([Trouble(what="last_rules", facts={"why": why})] if why else [])]
