"""What residents are told of an account, by `whose` and by the list, once people or looks have spoken against it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audits.model import Existence, Identity, PlatformId, Transport
from tests.builders import NIGHT, a_case, some_facts
from tests.desk import Desk
from tests.storage.nights import a_night, followed, looked, readdressed, seen
from worker.storage import open_store
from worker.storage import tables as t

REGISTER = """Namn;Adress
Gatukontoret;https://social.almestad.example/@gata
Museet;https://www.instagram.com/almestadsmuseum/
"""
STREETS = "https://social.almestad.example/@gata"
SAID_BY = ("--by", "KF", "--reason", "en förenings")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two accounts, seen last night, of which the first has a name that is confirmed to be wrong."""
    desk = Desk(tmp_path)
    assert desk.run("register", "import", desk.file("register.csv", REGISTER)).exit_code == 0
    store = open_store(desk.environment["KANALKOLL_DATABASE_URL"])
    followed(store, a_case(rule="name", fingerprint="Gatan"), a_case(account_id=2, rule="name", fingerprint="M"))
    store.close()
    return desk


def whose(desk: Desk) -> tuple[object, object]:
    told = desk.answer("whose", STREETS)
    return told["whose"], told["state"]


def listed(desk: Desk, *more: str) -> tuple[dict[str, Any], dict[str, bool], str]:
    """What the command says, whether each account on the list is vouched for, and trust.txt."""
    told = desk.answer("public-list", "generate", "--to", str(desk.folder / "list"), *more)
    table = (desk.folder / "list" / "accounts.csv").read_text("utf-8-sig")
    trust = (desk.folder / "list" / "trust.txt").read_text("utf-8")
    return told, {url: url in trust for url in (STREETS, "almestadsmuseum") if url in table}, table


def decided(desk: Desk, act: str) -> None:
    result = desk.run("case", act, "1", "name", *SAID_BY)
    assert result.exit_code == 0, result.output


def test_an_account_that_is_said_not_to_be_ours_is_looked_into_and_left_out_once_that_is_confirmed(desk: Desk):
    assert whose(desk) == ("ours", "active")
    decided(desk, "not_ours")
    assert whose(desk) == ("doubted", "unclear")
    assert listed(desk)[1] == {STREETS: False, "almestadsmuseum": True}
    decided(desk, "confirm_not_ours")
    assert whose(desk)[0] == "doubted"
    told, vouched, _ = listed(desk)
    assert vouched == {"almestadsmuseum": True}
    assert [(each["account"], each["why"], each["vouched"]) for each in told["doubtful"]] == [(1, "disowned", False)]
    assert "is confirmed that" in desk.run("public-list", "generate", "--to", str(desk.folder / "list")).output


def test_an_answer_that_is_taken_back_gives_the_account_back_to_the_list(desk: Desk):
    for act in ("not_ours", "confirm_not_ours"):
        decided(desk, act)
    assert listed(desk, "--vouch", "1")[1] == {STREETS: True, "almestadsmuseum": True}
    for state in (("doubted", "unclear"), ("ours", "active")):
        assert desk.run("case", "undo", "1", "name", "--by", "KF").exit_code == 0
        assert whose(desk) == state
    assert listed(desk)[1] == {STREETS: True, "almestadsmuseum": True}


def test_the_published_list_is_to_lose_what_is_confirmed_not_to_be_ours(desk: Desk):
    listed(desk)
    for act in ("not_ours", "confirm_not_ours"):
        decided(desk, act)
    told: dict[str, Any] = desk.answer("public-list", "diff", "--file", str(desk.folder / "list" / "accounts.csv"))
    assert [each["url"] for each in told["disowned"]] == [STREETS]
    assert (told["unknown"], told["to_add"]) == ([], [])


def to_add(desk: Desk) -> list[str]:
    """What the comparison of a list that names the museum alone asks for."""
    page = desk.file("page.html", '<main><a href="https://www.instagram.com/almestadsmuseum/">Museet</a></main>')
    told: dict[str, Any] = desk.answer("public-list", "diff", "--file", page)
    return [each["url"] for each in told["to_add"]]


def test_nobody_is_asked_to_put_on_the_list_what_the_city_does_not_vouch_for(desk: Desk):
    assert to_add(desk) == [STREETS]
    decided(desk, "not_ours")
    assert to_add(desk) == []


def test_nobody_is_asked_to_put_on_the_list_what_the_last_looks_speak_against(desk: Desk):
    for night in (1, 2):
        looked_at(desk, night, existence=Existence.GONE)
    assert to_add(desk) == []


def test_nobody_is_asked_to_put_a_persons_own_profile_on_the_list(desk: Desk):
    more = f"{REGISTER}Karin;https://www.linkedin.com/in/karin-x/\n"
    assert desk.run("register", "import", desk.file("register.csv", more)).exit_code == 0
    assert to_add(desk) == [STREETS]


def looked_at(desk: Desk, night: int, **shown: Any) -> None:
    """One more night, whose look at the first account shows this; no case comes of it."""
    store, now = open_store(desk.environment["KANALKOLL_DATABASE_URL"]), NIGHT + timedelta(days=night)
    looked(store, a_night(store, [1], now), now, lambda account: seen(account.id, now, **shown))
    store.close()


AGAINST = [
    {"identity": Identity.DIFFERENT},
    *({"existence": each} for each in (Existence.GONE, Existence.MOVED, Existence.RENAMED)),
]


@pytest.mark.parametrize("shown", AGAINST)
def test_nobody_says_yes_against_what_was_seen_last_whatever_became_of_the_case(desk: Desk, shown: dict[str, Any]):
    pinned(desk, "1")
    looked_at(desk, 1, facts=some_facts(platform_id=PlatformId("mastodon", "2")), **shown)
    assert (whose(desk), listed(desk)[1][STREETS]) == (("ours", "active"), True)  # one look alone is heard by nobody
    looked_at(desk, 2, facts=some_facts(platform_id=PlatformId("mastodon", "2")), **shown)
    looked_at(desk, 3, transport=Transport.WALLED, existence=Existence.UNKNOWN, identity=Identity.NOT_READABLE)
    told, vouched, _ = listed(desk)
    assert (whose(desk), vouched[STREETS]) == (("doubted", "unclear"), False)
    assert [each["why"] for each in told["doubtful"]] == ["unsettled"]
    looked_at(desk, 4, identity=Identity.SAME)
    assert (whose(desk), listed(desk)[1][STREETS]) == (("ours", "active"), True)


def test_a_look_that_does_not_tell_whose_it_is_takes_no_strangers_number_back(desk: Desk):
    pinned(desk, "1")
    for night in (1, 2):
        looked_at(desk, night, facts=some_facts(platform_id=PlatformId("mastodon", "2")), identity=Identity.DIFFERENT)
    looked_at(desk, 3, identity=Identity.NOT_READABLE)
    assert whose(desk) == ("doubted", "unclear")


def test_one_last_seen_suspended_is_the_citys_still_and_a_private_one_is_registered(desk: Desk):
    for night in (1, 2):
        looked_at(desk, night, existence=Existence.SUSPENDED)
    assert (whose(desk), listed(desk)[1][STREETS]) == (("doubted", "unclear"), True)
    looked_at(desk, 3, existence=Existence.PRIVATE)
    assert whose(desk) == ("ours", "registered")


def test_a_look_at_an_earlier_address_says_nothing_of_todays(desk: Desk):
    readdressed_to(desk, "gamlagatan", night=0)
    for night in (1, 2):
        looked_at(desk, night, existence=Existence.GONE)
    readdressed_to(desk, "gata", night=3)
    assert whose(desk) == ("ours", "active")


def readdressed_to(desk: Desk, name: str, night: int) -> None:
    store = open_store(desk.environment["KANALKOLL_DATABASE_URL"])
    readdressed(store, 1, key=f"mastodon:{name}@social.almestad.example", at=NIGHT + timedelta(days=night))
    store.close()


def pinned(desk: Desk, number: str) -> None:
    store = open_store(desk.environment["KANALKOLL_DATABASE_URL"])
    row = {"account_id": 1, "namespace": "mastodon", "value": number, "since": NIGHT, "how": "register"}
    store.db.write(lambda conn: conn.execute(t.account_pin.insert(), [row]))
    store.close()
