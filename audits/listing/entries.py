"""One line of the public list: as it is published, and as the register would have it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ListState(StrEnum):
    """What the public is told of an account, in one word."""

    ACTIVE = "active"
    SEASONAL = "seasonal"
    PARKED = "parked"  # for a crisis: it is silent until then
    CLOSED = "closed"
    LEAVING = "leaving"  # past its last day, and still open: nobody may call it closed
    REGISTERED = "registered"  # nothing shows that it is in use, or something confirmed says that it is not
    UNCLEAR = "unclear"  # confirmed not to be as the register has it: nobody may call it in use


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the list should say of one account: the function, never a person, and no mailbox."""

    account_id: int
    key: str
    platform: str
    name: str
    url: str
    administration: str = ""
    unit: str = ""
    state: ListState = ListState.ACTIVE
    purpose: str = ""
    language: str = ""
    since: str = ""  # ISO date


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the published list says. `state` and `administration` are its own words, empty where it has no such column;
    `number` is the row, link or item on the page, from 1.
    """

    number: int
    url: str  # made absolute, as it stands there
    key: str
    platform: str
    name: str = ""
    administration: str = ""
    state: str = ""
