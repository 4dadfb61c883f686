"""An account of an invented platform, the ids that may be shown of it, and looks that show them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from audits.model import Account, Facts, Observation, PlatformId, Route, Transport
from audits.observing import Look, observe
from audits.reading.pages import present
from tests.builders import NIGHT, an_account
from tests.fakes import BOARD

PINNED: Final = PlatformId("board", "7")
OTHERS: Final = PlatformId("board", "4711")
OTHER_KIND: Final = PlatformId("graph", "9007")
LED_TO: Final = PlatformId("board", "4711", unproven_since=NIGHT)  # OTHERS, seen once under the registered name


def registered(**changes: Any) -> Account:
    """The account, whose id is known and proven."""
    return an_account(**{"platform": "board", "key": "board:almestad", "pinned": (PINNED,), **changes})


def seen(account: Account, *, transport: Transport = Transport.OK, **facts: Any) -> Observation:
    """What a night notes of a page that states these facts."""
    reading = replace(present(Facts(**facts)), transport=transport)
    return observe(account, BOARD, [Look(route=Route.PAGE, reading=reading)], NIGHT)


def by_two_routes(first: Facts, second: Facts) -> Observation:
    """What a night notes where the interface states the first and the page the second."""
    looks = [Look(route=route, reading=present(facts)) for route, facts in
             ((Route.API_BY_HANDLE, first), (Route.PAGE, second))]  # fmt: skip
    return observe(registered(), BOARD, looks, NIGHT)
