"""A letter in words, in one language: what the mail's two parts are made of.

Sheet ◀─ Block ◀─ Entry ◀─ Fact, Button
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audits.digest.letters import CaseKey, Purpose


class Tone(StrEnum):
    """How a block looks: what is grave, what is to do, what is merely said."""

    GRAVE = "grave"
    DO = "do"
    CALM = "calm"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a letter: what it is about, and what is told of it.

    `language` is that of the text where it is known not to be the letter's: a sentence of the city's own routine.
    """

    label: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A link that is made for this letter alone. `main` is the one that is meant to be pressed first."""

    label: str
    purpose: Purpose
    case: CaseKey | None = None
    account_id: int | None = None
    candidate_id: int | None = None
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is told. `where` says of which channel, `url` is the channel's own address."""

    title: str
    where: str = ""
    url: str = ""
    mark: str = ""
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Entries of a letter under one heading."""

    heading: str
    note: str = ""
    tone: Tone = Tone.CALM
    entries: tuple[Entry, ...] = ()
    part: str = ""  # stands above the heading where a letter is about several administrations


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A letter in words. `glance` answers the reader's questions one by one before anything is told at length.

    `preview` is what a list of letters shows behind the subject; it stands in the letter as well.
    """

    language: str
    subject: str
    title: str
    opening: str
    preview: str = ""
    glance: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    closing: tuple[str, ...] = ()
    stop: Button | None = None
