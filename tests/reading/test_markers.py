"""Known signs are found where they are declared to stand, and prove no more than they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from audits.model import Existence, Page, Transport
from audits.reading.html import read_html
from audits.reading.markers import (
    STALE_AFTER,
    How,
    MarkerRule,
    Strength,
    Where,
    find_marker,
    is_existence,
    is_transport,
    landing,
)
from config.markers import BadPack, load_packs, read_pack
from tests.reading.marked import TODAY, a_page, a_rule, packs_with


def shows(rule: MarkerRule, page: Page) -> bool:
    found = find_marker(page, read_html(page.body.decode()), packs_with(rule), "test", lambda _: True)
    return found is not None


@pytest.mark.parametrize(("landed", "led"), [("https://x.example/login", True), ("https://x.example/a?b=1", False)])
def test_a_sign_in_an_address_is_seen_only_where_one_was_led_there(landed: str, led: bool) -> None:
    rule = a_rule(where=Where.LANDED, how=How.ENDS, values=("/login", "/a"))
    assert shows(rule, a_page(final_url=landed)) is led


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, True),
        ({"values": ("kontot FINNS inte",)}, True),
        ({"values": ("annat", "finns inte")}, True),
        ({"how": How.STARTS}, True),
        ({"how": How.IS}, False),
        ({"how": How.ENDS, "values": ("längre",)}, True),
        ({"where": Where.TITLE}, False),
        ({"where": Where.TITLE, "how": How.IS, "values": ("fel",)}, True),
        ({"where": Where.SOURCE, "values": ("<title>",)}, True),
        ({"where": Where.LANDED, "how": How.ENDS, "values": ("/a",)}, False),
        ({"where": Where.STATUS, "values": ("404",)}, False),
        ({"where": Where.HEADER, "header": "server", "values": ("x",)}, False),
        ({"text_under": 10}, False),
        ({"text_under": 100}, True),
        ({"statuses": (404,)}, False),
    ],
)
def test_a_sign_is_found_where_it_is_declared_to_stand(changes: dict[str, Any], shown: bool) -> None:
    assert shows(a_rule(**changes), a_page()) is shown


def test_a_sign_bound_to_a_status_needs_that_status() -> None:
    bound = a_rule(statuses=(404, 410))
    assert shows(bound, a_page(status=404))
    assert not shows(bound, a_page(status=200))


def test_headers_and_statuses_are_signs_too() -> None:
    assert shows(a_rule(where=Where.STATUS, values=("410",)), a_page(status=410))
    assert shows(
        a_rule(where=Where.HEADER, header="cf-mitigated", values=("Challenge",)),
        a_page(headers={"cf-mitigated": "challenge"}),
    )


def test_the_words_that_stood_there_are_kept_as_evidence() -> None:
    page = a_page()
    found = find_marker(page, read_html(page.body.decode()), packs_with(a_rule()), "test", is_existence)
    assert found is not None
    assert found[1].excerpt == "kontot finns inte längre"
    assert found[1].means == "gone"


def test_the_platforms_own_signs_come_before_the_generic_ones() -> None:
    packs = packs_with(a_rule(id="test.own"), generic=(a_rule(id="generic.same"),))
    page = a_page()
    found = find_marker(page, read_html(page.body.decode()), packs, "test", is_existence)
    assert found is not None
    assert found[0].id == "test.own"


def test_signs_are_chosen_once_for_all_pages_and_anew_for_other_packs() -> None:
    packs = packs_with(a_rule(id="test.old"))
    assert packs.chosen("test", is_existence) is packs.chosen("test", is_existence)
    renewed = replace(packs, by_platform=packs_with(a_rule(id="test.new")).by_platform)
    assert [rule.id for rule in renewed.chosen("test", is_existence)] == ["test.new"]
    assert [rule.id for rule in packs.chosen("test", is_existence)] == ["test.old"]


def test_a_sign_nobody_has_seen_true_for_half_a_year_proves_nothing() -> None:
    fresh, stale = a_rule(verified_on=TODAY - STALE_AFTER), a_rule(verified_on=TODAY - STALE_AFTER - timedelta(days=1))
    assert fresh.may_prove(TODAY)
    assert not stale.may_prove(TODAY)
    assert stale.strength_on(TODAY) is Strength.WEAK


@pytest.mark.parametrize("strength", [Strength.WEAK, Strength.AMBIGUOUS])
def test_only_an_explicit_sign_proves_an_absence(strength: Strength) -> None:
    assert not a_rule(strength=strength).may_prove(TODAY)


def test_a_wall_stays_a_wall_however_old_its_sign() -> None:
    assert a_rule(means=Transport.WALLED, verified_on=date(2016, 1, 1)).may_prove(TODAY)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:url" content="https://Board.example/login?next=a">',
        "<link href='https://board.example/login' rel=canonical>",
    ],
)
def test_a_page_may_be_known_by_the_address_that_it_gives_itself(head: str) -> None:
    own = a_rule(where=Where.OWN, how=How.IS, values=("board.example/login",))
    assert shows(own, a_page(f"<html><head>{head}</head></html>"))
    assert not shows(own, a_page("<a href='https://board.example/login'>"))


@pytest.mark.parametrize(
    ("url", "landed"),
    [("https://X.example/A?b=1", "x.example/a"), ("https://x.example", "x.example"), ("", ""), ("http://[", "")],
)
def test_the_address_that_answered_is_host_and_path(url: str, landed: str) -> None:
    assert landing(a_page(url=url)) == landed


# --- packs as they are declared ---------------------------------------------------------------------------------------

GOOD = """version = "1"
[[marker]]
id = "x.gone"
means = "gone"
where = "text"
values = ["Kontot finns inte"]
verified_on = 2026-11-01
"""


def test_a_pack_is_read_with_its_defaults() -> None:
    rule = read_pack("x", GOOD).markers[0]
    assert (rule.how, rule.strength, rule.means) == (How.HAS, Strength.EXPLICIT, Existence.GONE)


@pytest.mark.parametrize(
    ("line", "instead", "told"),
    [
        ('means = "gone"', 'means = "vanished"', "vanished"),
        ('where = "text"', 'where = "somewhere"', "somewhere"),
        ('values = ["Kontot finns inte"]', "", "values"),
        ("verified_on = 2026-11-01", 'verified_on = "igår"', "2027-01-31"),
        ('id = "x.gone"', 'id = "x.gone"\nwhen = 3', "when"),
        ("version", "[[", "x.toml"),
        ('means = "gone"', 'means = "unknown"', "unknown"),
        ('means = "gone"', 'means = "ok"', "ok"),
    ],
)
def test_a_pack_that_cannot_be_used_says_where_and_why(line: str, instead: str, told: str) -> None:
    with pytest.raises(BadPack, match=told):
        read_pack("x", GOOD.replace(line, instead))


def test_every_shipped_pack_is_usable_and_every_marker_has_a_source() -> None:
    packs = load_packs(TODAY)
    rules = [rule for pack in packs.by_platform.values() for rule in pack.markers]
    assert len({rule.id for rule in rules}) == len(rules)
    assert not [rule.id for rule in rules if not rule.source or not rule.values]


def test_no_shipped_pack_calls_an_account_present() -> None:
    """Presence is read from the profile itself, never from a word on the page."""
    rules = [rule for pack in load_packs(TODAY).by_platform.values() for rule in pack.markers if not is_transport(rule)]
    assert not [rule.id for rule in rules if rule.means is Existence.PRESENT]
