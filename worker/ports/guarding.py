"""What the guard against too much at once counts, holds, and lets through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # every command loads the ports; what stands only in their signatures it need not
    from audits.health import Failure, MassChange


class GuardStore(Protocol):
    """Every method is one transaction and safe to repeat."""

    def failures(self, run_id: int) -> Iterator[Failure]:
        """What failed in the run, streamed."""
        ...

    def unseen_failures(self, run_id: int, since: datetime) -> Sequence[Failure]:
        """What looks since then (UTC) found wanting, and the run could not see again: told, suspected or held."""
        ...

    def decided_counts(self, run_id: int) -> Mapping[tuple[str, str], int]:
        """On how many accounts each rule passed or failed, by platform and rule."""
        ...

    def hold(self, run_id: int, change: MassChange, now: datetime) -> None: ...
    def held(self, run_id: int) -> frozenset[tuple[str, str]]: ...
    def held_back(self, day: date) -> frozenset[tuple[str, str]]:
        """The platforms and rules of which something was held that no look has decided since, and that nobody vouches
        for on that day.
        """
        ...

    def believed(self, day: date) -> frozenset[tuple[str, str]]:
        """The platforms and rules whose changes somebody vouches for on that day, however many they are."""
        ...

    def vouched(self) -> Mapping[tuple[str, str], date]:
        """By platform and rule, the last day for which somebody vouches for its changes, or has vouched."""
        ...
