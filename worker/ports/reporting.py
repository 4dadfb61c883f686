"""What a report needs of the store: everything that is held of many accounts, in few questions.

ReportStore   the night's own Store, and histories · last observations · what each night changed
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from audits.model import Account, Closing, Observation, RegisteredId, Sighted
from worker.ports.night import Run, Store, TimelineEntry

if TYPE_CHECKING:  # as in night.py
    from audits.digest import CaseKey
    from audits.history import History
    from audits.news import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class NightSeen:
    """One closed run: how many accounts were looked at and read, what that changed, and on which platforms a control
    was misread.
    """

    run: Run
    accounts: int
    read: int
    pieces: tuple[Piece, ...]
    misread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldChange:
    """On one platform and rule, so many accounts changed at once, of so many that could be decided.

    `accounts` are those of which nobody has been told; the others of the wave were told in the nights before.
    """

    platform: str
    rule: str
    changed: int
    seen: int
    accounts: tuple[Account, ...] = ()


class ReportStore(Store, Protocol):
    """Every method is one transaction. Times are UTC."""

    def last_observations(self, account_ids: Collection[int]) -> Mapping[int, Observation]:
        """What the latest look at each account saw; an account that nobody looked at is left out."""
        ...

    def last_known(self, accounts: Sequence[Account]) -> Mapping[int, Observation]:
        """The same as far as it may be believed: what a route with a misread control said against an account counts for
        nothing, and a look that our own network kept from everybody says so.
        """
        ...

    def registered_ids(self, account_ids: Collection[int]) -> Mapping[int, Sequence[RegisteredId]]:
        """The unchanging ids that each account is registered by."""
        ...

    def closings_of(self, account_ids: Collection[int]) -> Mapping[int, Closing]:
        """The closings of these accounts that are decided and under way."""
        ...

    def histories(self, account_ids: Collection[int], since: datetime) -> Mapping[int, History]:
        """What became of each account: looks, posts and verdicts since then, what people said as a whole."""
        ...

    def timelines(self, account_ids: Collection[int]) -> Mapping[int, Sequence[TimelineEntry]]:
        """Every dated line of each account, oldest first."""
        ...

    def first_told(self) -> Mapping[CaseKey, datetime]:
        """When whoever answers for the account was first told of each case, by a weekly letter or at once.

        A case of which only others were told, such as the officer or who answered for it before, is left out.
        """
        ...

    def site_sightings(self, keys: Collection[str]) -> Sequence[Sighted]:
        """Where these channels stand linked on the city's own sites, in order of appearance."""
        ...

    def nights(self, since: datetime, most: int) -> Sequence[NightSeen]:
        """The latest closed runs begun since then, at most so many, the oldest first."""
        ...
