"""Is this account really the city's? What the register knows is answered, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from audits.addresses import ascii_host, identify
from audits.listing import Entry, ListState
from audits.lookalikes import Face, Likeness, Sign
from audits.model import Address
from audits.platforms import GRAMMARS
from audits.reconciling.whose import Known, Left, Reply, Whose, whose_is
from tests.desk import Desk

MUSEUM: Final = Entry(
    account_id=1, key="x:almestadsmuseum", platform="x", name="Museet", url="https://x.com/almestadsmuseum"
)
ALIKE: Final = Likeness(
    ours=Face(platform="x", key=MUSEUM.key, name="Museet"),
    theirs=Face(platform="x", key="x:a1mestadsmuseum"),
    signs=(Sign.DRAWN_ALIKE,),
)
LEFT: Final = Left(name="Biblioteket", until=date(2025, 12, 31))


def asked(raw: str, known: Known | None = None, like: Likeness | None = None) -> Reply:
    def likest(_: Address) -> Likeness | None:
        return like

    known = known or Known(entries={MUSEUM.key: MUSEUM}, domains=("almestad.example",))
    return whose_is(identify(raw, None, GRAMMARS), known, likest)


@pytest.mark.parametrize(
    "raw", ["https://x.com/ALMESTADSMUSEUM", "mobile.twitter.com/almestadsmuseum?lang=sv",
            "https://x.com/AlmestadsMuseum/status/1234567890123456789"],
)  # fmt: skip
def test_the_citys_own_account_is_known_in_any_letters_and_by_its_posts(raw: str):
    assert (asked(raw).whose, asked(raw).entry) == (Whose.OURS, MUSEUM)


@pytest.mark.parametrize(
    "raw", ["https://x.com/i/user/7000000018", "https://twitter.com/intent/user?user_id=7000000018"]
)
def test_the_address_by_its_unchanging_id_is_the_accounts_own_and_no_earlier_one(raw: str):
    by_id = {"x:id:7000000018": MUSEUM.key}
    known = Known(entries={MUSEUM.key: MUSEUM}, by_id=by_id, earlier=by_id)
    assert asked(raw, known).whose is Whose.OURS
    assert asked(raw, replace(known, doubted={1})).whose is Whose.DOUBTED


def test_one_that_is_confirmed_to_be_anothers_or_gone_is_not_vouched_for():
    known = Known(entries={MUSEUM.key: MUSEUM}, doubted={1})
    assert asked(MUSEUM.url, known).whose is Whose.DOUBTED


def test_a_closed_one_is_the_citys_and_closed():
    closed = Entry(**{**{name: getattr(MUSEUM, name) for name in MUSEUM.__slots__}, "state": ListState.CLOSED})
    assert asked(MUSEUM.url, Known(entries={MUSEUM.key: closed})).whose is Whose.CLOSED


def test_an_earlier_address_is_told_with_todays():
    known = Known(entries={MUSEUM.key: MUSEUM}, earlier={"x:museet": MUSEUM.key})
    assert asked("https://x.com/museet", known) == Reply(whose=Whose.EARLIER, key="x:museet", entry=MUSEUM)


def test_nobody_is_sent_from_an_earlier_address_to_an_account_that_is_confirmed_to_be_anothers():
    known = Known(entries={MUSEUM.key: MUSEUM}, earlier={"x:museet": MUSEUM.key}, doubted={1})
    assert asked("https://x.com/museet", known).whose is Whose.DOUBTED


def test_what_was_the_citys_until_last_year_is_not_the_citys_and_never_merely_like_it():
    known = Known(entries={MUSEUM.key: MUSEUM}, left={"x:almestadbib": LEFT})
    assert asked("https://x.com/almestadbib", known, ALIKE).left == LEFT


@pytest.mark.parametrize("raw", ["Museet", "@almestadsmuseum", "x almestadsmuseum", "Almestadsmuseum", "museet X"])
def test_to_a_name_the_citys_accounts_of_that_name_are_told_and_never_yes(raw: str):
    assert asked(raw) == Reply(whose=Whose.NAMED, named=(MUSEUM,))
    assert asked(raw, Known(entries={MUSEUM.key: MUSEUM}, doubted={1})).whose is Whose.NONE


def test_one_that_is_easily_taken_for_the_citys_is_said_to_be_like_it_and_nobodys():
    reply = asked("https://x.com/a1mestadsmuseum", like=ALIKE)
    assert (reply.whose, reply.like, reply.entry) == (Whose.LIKE, ALIKE, None)


@pytest.mark.parametrize(
    ("raw", "host"),
    [
        ("x.com@evil.example/almestadsmuseum", "evil.example"),
        ("https://x.com@evil.example/almestadsmuseum", "evil.example"),
        ("https://x.com\\@evil.example/almestadsmuseum", "evil.example"),
        ("https://x.com.evil.example/almestadsmuseum", "x.com.evil.example"),
        ("https://evil.example/?u=https://x.com/almestadsmuseum", "evil.example"),
        ("https://evil.example/x.com/almestadsmuseum", "evil.example"),
        ("https://evil.example#@x.com/almestadsmuseum", "evil.example"),
        ("https://х.com/almestadsmuseum", "х.com"),
        ("https://nitter.net/almestadsmuseum", "nitter.net"),
    ],
)
def test_an_impostors_address_is_never_ours_and_its_host_is_named(raw: str, host: str):
    assert asked(raw) == Reply(whose=Whose.ELSEWHERE, host=ascii_host(host))


@pytest.mark.parametrize(
    "raw",
    [
        "https://x.com/almestadsmuseum/../evil",
        "https://x.com/almestadsmuseum/%2e%2E/evil",
        "https://x.com:8443/almestadsmuseum",
        "https://x.com/аlmestadsmuseum",
        "https://evil.example\\@x.com/almestadsmuseum",
        "http://x.com%2eevil.example/almestadsmuseum",
        "data:text/html,https://x.com/almestadsmuseum",
        "javascript:open('https://x.com/almestadsmuseum')//https://x.com/almestadsmuseum",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2Falmestadsmuseum",
    ],
)
def test_what_only_looks_like_the_citys_address_is_never_said_to_be_it(raw: str):
    assert asked(raw).whose in (Whose.NONE, Whose.UNKNOWN, Whose.ELSEWHERE)


@pytest.mark.parametrize(
    ("raw", "host"),
    [
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Falmestadsmuseum&h=AT0", "l.facebook.com"),
        ("https://evil.example/@museet@social.almestad.example", "evil.example"),
    ],
)
def test_an_address_that_goes_by_way_of_another_host_is_answered_with_the_accounts_own(raw: str, host: str):
    url = "https://social.almestad.example/@museet"
    server = replace(MUSEUM, account_id=2, key="mastodon:museet@social.almestad.example", platform="mastodon", url=url)
    reply = asked(raw, Known(entries={each.key: each for each in (MUSEUM, server)}))
    assert (reply.whose, reply.host, reply.entry in (MUSEUM, server)) == (Whose.ROUNDABOUT, host, True)


@pytest.mark.parametrize(
    ("raw", "whose"),
    [
        *(("https://bit.ly/abc", Whose.SHORT), ("https://qrco.de/abc", Whose.SHORT), ("hejsan", Whose.NONE)),
        *(("https://x.com/stockholm", Whose.UNKNOWN), ("https://almestad.example/kontakt", Whose.SITE)),
        *(("kontakt@almestad.example", Whose.NONE), ("https://x@almestad.example/", Whose.NONE)),
    ],
)
def test_nothing_is_said_of_short_links_of_what_is_no_address_and_of_strangers(raw: str, whose: Whose):
    assert asked(raw).whose is whose


@pytest.mark.parametrize("raw", ["https://youtu.be/abcdefghijk", "https://www.youtube.com/shorts/abcdefghijk"])
def test_a_film_that_names_nobody_is_denied_only_where_the_city_has_no_account_on_its_platform(raw: str):
    film = replace(MUSEUM, key="youtube:@almestad", platform="youtube", url="https://www.youtube.com/@almestad")
    assert asked(raw, Known(entries={film.key: film})).whose is Whose.NONE
    assert asked(raw).whose is Whose.ELSEWHERE


@pytest.mark.parametrize(
    "raw",
    ["https://x.com/аlmestadsmuseum", "https://www.facebook.com/%D0%B0lmestadsmuseum?fbclid=a", "x.com/аlmestad/"],
)
def test_a_name_in_letters_of_another_script_may_look_like_the_citys(raw: str):
    assert (asked(raw, like=ALIKE).whose, asked(raw, like=ALIKE).like) == (Whose.LIKE, ALIKE)
    assert asked(raw).whose is Whose.NONE or "facebook" in raw


def test_the_command_answers_in_words_and_for_scripts(tmp_path: Path):
    desk = Desk(tmp_path)
    head = "Förvaltning;Namn;Plattform;Adress\nKF;Simhallen;Webbplats;https://simhallen.example\n"
    rows = f"{head}KF;Almestads museum;;https://x.com/almestadsmuseum\nKF;Almestads bibliotek;;"
    desk.answer("register", "import", desk.file("r.csv", f"{rows}https://x.com/almestadbib\n"))
    desk.answer(
        "register", "import", desk.file("r.csv", rows.partition("\nKF;Almestads b")[0]), "--confirm-removals", "1"
    )
    assert (
        "Yes. It is our account: Almestads museum (X), KF. Registered."
        in desk.run("whose", "https://x.com/AlmestadsMuseum").stdout
    )
    assert desk.answer("whose", "https://simhallen.example/")["whose"] == "ours"
    gone = desk.answer("whose", "https://x.com/almestadbib")
    assert (gone["whose"], gone["name"]) == ("left", "Almestads bibliotek")
    elsewhere = desk.run("whose", "https://x.com@evil.example/almestadsmuseum").stdout
    assert "No. The address leads to evil.example, and none of our accounts is there." in elsewhere
    cyrillic = desk.answer("whose", "https://x.com/аlmestadsmuseum")
    assert (cyrillic["whose"], cyrillic["like"], cyrillic["key"]) == ("like", "x:almestadsmuseum", None)
    like = desk.answer("whose", "https://x.com/a1mestadsmuseum")
    assert (like["whose"], like["like"], like["account"]) == ("like", "x:almestadsmuseum", None)
