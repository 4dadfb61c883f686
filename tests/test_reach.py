"""How far the look comes, and what would take it further: counted without asking anybody."""

from __future__ import annotations

from typing import Any

import pytest

from audits.model import Account, PlatformId, Probe, Route
from audits.platforms import PLATFORMS
from audits.reach import Means, Price, Reach, State, Step, reach, sees, ways
from tests.builders import an_account
from tests.platforms.shown import PACKS

CLOSED = {"facebook", "instagram", "x", "linkedin", "threads"}
FORMS = {
    "youtube": ("youtube:@k{}", "https://www.youtube.com/@k{}"),
    "x": ("x:k{}", "https://x.com/k{}"),
    "facebook": ("facebook:k{}", "https://www.facebook.com/k{}"),
    "mastodon": ("mastodon:k{}@social.almestad.example", "https://social.almestad.example/@k{}"),
    "tiktok": ("tiktok:k{}", "https://www.tiktok.com/@k{}"),
    "website": ("website:almestad.example", "https://almestad.example/"),
}


def terms(probe: Probe) -> bool:
    """Every platform of `CLOSED` closes its pages, and YouTube its feeds."""
    return probe.platform not in CLOSED and "/feeds/" not in probe.url


def means(*keys: str, **changes: Any) -> Means:
    held = frozenset(keys)
    return Means(**{"platforms": PLATFORMS, "packs": PACKS, "leave": terms, "held": held, "usable": held, **changes})


def accounts(**counts: int) -> list[Account]:
    """So many accounts on each platform."""
    made: list[Account] = []
    for platform, count in counts.items():
        key, address = FORMS[platform]
        for at in range(count):
            made.append(an_account(id=len(made) + 1, platform=platform, key=key.format(at), address=address.format(at)))
    return made


def reached(some: list[Account], what: Means | None = None, *keys: str) -> Reach:
    prices = {"x": Price(amount=10, unit="USD")}
    return reach(some, what or means(), keys or ("youtube", "instagram", "meta", "x"), prices)


def opens(found: Reach, what: str, subject: str = "") -> int | None:
    """How many accounts a step would open; None where it is not among the steps."""
    return next((step.opens for step in found.steps if (step.what, step.subject) == (what, subject)), None)


# --- today


def test_a_platform_that_closes_its_pages_is_not_reached_without_a_key() -> None:
    found = reached(accounts(x=3))
    assert (found.accounts, found.existence, found.activity) == (3, 0, 0)
    assert found.platforms[0].routes == {}


def test_an_open_interface_is_reached_with_existence_and_latest_post() -> None:
    found = reached(accounts(mastodon=4))
    assert (found.existence, found.activity) == (4, 4)
    assert found.platforms[0].routes == {Route.API_BY_HANDLE: 4, Route.OPEN: 4, Route.PAGE: 4}


def test_a_page_that_dates_no_posts_is_counted_for_existence_alone() -> None:
    found = reached(accounts(youtube=2))
    assert (found.existence, found.activity) == (2, 0)


def test_a_key_that_may_not_see_an_account_does_not_reach_it_and_a_wider_one_would() -> None:
    refused = frozenset((2, route) for route in (Route.API_BY_ID, Route.API_BY_HANDLE))
    found = reached(accounts(facebook=3), means("meta", refused=refused))
    assert (found.existence, opens(found, "key", "meta"), opens(found, "link")) == (2, 1, 1)


def test_a_held_key_opens_its_route_and_closes_the_pages_where_both_are_forbidden() -> None:
    found = reached(accounts(youtube=2), means("youtube"))
    assert (found.existence, found.activity) == (2, 2)
    assert found.platforms[0].routes == {Route.API_BY_HANDLE: 2}


def test_a_key_that_has_ended_opens_nothing_and_keeps_the_pages_closed() -> None:
    ended = means("youtube", usable=frozenset())
    account = accounts(youtube=1)[0]
    assert sees(account, ended) == frozenset()
    assert {way.state for way in ways(account, ended)} >= {State.KEY, State.CHOSEN}


def test_a_route_is_passed_over_where_the_register_lacks_what_it_needs() -> None:
    (account,) = accounts(youtube=1)
    by_id = ways(account, means("youtube"))[0]
    assert (by_id.route, by_id.state) == (Route.API_BY_ID, State.LACKING)
    pinned = an_account(
        platform="youtube", key=account.key, address=account.address, pinned=(PlatformId("channel", "UC" + "a" * 22),)
    )
    assert ways(pinned, means("youtube"))[0].state is State.OPEN


def test_an_account_that_no_reader_knows_is_counted_and_not_reached() -> None:
    found = reached([an_account(platform="friendster", key="friendster:almestad")])
    assert (found.accounts, found.existence) == (1, 0)


def test_nobody_is_asked() -> None:
    """Only the first question of a route is looked at: nothing answers it here, and none is needed."""
    asked: list[Probe] = []

    def listening(probe: Probe) -> bool:
        asked.append(probe)
        return True

    some = accounts(mastodon=1, website=1, tiktok=1)
    assert reached(some, means(leave=listening)).existence == 3
    assert all(probe.key is None for probe in asked)


# --- what would open the rest


def test_one_key_opens_every_account_of_its_platform() -> None:
    found = reached(accounts(youtube=12, x=7))
    assert opens(found, "key", "youtube") == 12
    assert opens(found, "key", "x") == 7


def test_a_key_that_is_held_is_no_step() -> None:
    assert opens(reached(accounts(youtube=12), means("youtube")), "key", "youtube") is None


def test_a_key_for_a_platform_where_there_is_no_account_is_no_step() -> None:
    assert opens(reached(accounts(x=7)), "key", "youtube") is None


def test_x_costs_a_cent_for_each_account_and_night() -> None:
    step = next(step for step in reached(accounts(x=30)).steps if step.subject == "x" and step.what == "key")
    assert step.monthly == Price(amount=9_000, unit="USD")


def test_a_decision_opens_the_pages_of_one_platform() -> None:
    found = reached(accounts(facebook=5, x=2))
    assert opens(found, "decision", "facebook") == 5
    assert opens(found, "decision", "x") == 2


def test_a_decision_on_a_platform_that_is_open_is_no_step() -> None:
    assert opens(reached(accounts(mastodon=5)), "decision", "mastodon") is None


def test_a_pasted_link_tells_of_every_account_whose_latest_post_is_not_seen() -> None:
    found = reached(accounts(x=3, tiktok=2, mastodon=4, website=1))
    assert opens(found, "link") == 5


def test_an_attestation_is_left_for_all_that_cannot_be_seen() -> None:
    assert opens(reached(accounts(x=3, tiktok=2, mastodon=4)), "attestation") == 3


def test_an_address_that_is_missing_is_the_cheapest_step_of_all() -> None:
    nowhere = an_account(id=9, platform="facebook", key=None, address=None)
    found = reached([*accounts(x=1), nowhere])
    assert found.steps[0] == Step(what="address", subject="", opens=1)
    assert opens(found, "key", "meta") is None


@pytest.mark.parametrize("order", [("x", "youtube"), ("youtube", "x")])
def test_keys_come_in_the_order_in_which_they_are_declared(order: tuple[str, ...]) -> None:
    found = reached(accounts(x=1, youtube=1), None, *order)
    assert tuple(step.subject for step in found.steps if step.what == "key") == order


def test_keys_come_before_decisions_and_decisions_before_links_and_attestations() -> None:
    kinds = [step.what for step in reached(accounts(x=1, facebook=1, youtube=1)).steps]
    assert kinds == ["key", "key", "key", "decision", "decision", "link", "attestation"]
