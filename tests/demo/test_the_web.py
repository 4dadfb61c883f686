"""The little web: invented from end to end, small, and the same whenever it is asked the same."""

from __future__ import annotations

import re
import tomllib
from contextlib import ExitStack
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from socket import create_connection
from urllib.parse import urlsplit

import pytest
from PIL import Image

import demo
from demo.moments import MOMENTS
from demo.painting import painted
from demo.people import read_people
from demo.serving import _Server, served
from demo.story import read_register, read_web

PAGES = sorted(path for path in demo.PAGES.rglob("*") if path.is_file())
STORY = tomllib.loads(demo.WEB.read_text(encoding="utf-8"))
FILES = [*PAGES, demo.REGISTER, demo.RULES, demo.PERMISSIONS, demo.KEYS, demo.PEOPLE, demo.WEB]
PLATFORMS = {
    "facebook.com", "instagram.com", "x.com", "linkedin.com", "youtube.com", "tiktok.com", "vimeo.com", "tumblr.com",
    "googleapis.com", "vimeocdn.com", "bsky.app", "acast.com", "wordpress.com", "threads.com", "flickr.com",
}  # fmt: skip
VOCABULARY = {
    "schema.org",
    "google.com",
    "microsoft.com",
}  # names of words and of what was read, not of hosts that are asked
LONG = {"list.html", "posts-flood.json"}  # the city's list of its accounts, and more posts than anybody wants
WRAPS = {"statuses-none.json"}  # holds nothing at all
WEB = read_web()


def own(host: str) -> str:
    """The registrable part of a host."""
    return ".".join(host.split(".")[-2:])


def hosts_in(path: Path) -> set[str]:
    links = re.findall(r"https?://[^\s\"'<>;\\,]+", path.read_text(encoding="utf-8"))
    return {host for link in links if (host := urlsplit(link).hostname) and "$" not in host}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_host_is_named_but_the_invented_citys_and_the_platforms(path: Path):
    assert {own(host) for host in hosts_in(path)} <= PLATFORMS | VOCABULARY | {"almestad.example"}


def test_every_host_that_answers_is_the_invented_citys_or_a_platforms():
    assert {own(host) for host in WEB.hosts()} <= PLATFORMS | {"almestad.example"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_page_is_small_and_says_that_it_is_invented(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text) < 1_500 or path.name in LONG
    assert "påhitta" in text.lower() or path.name in WRAPS


def test_every_page_is_used():
    things = [thing for kind in STORY["kind"].values() for thing in kind.values()]
    things += [*STORY["keyed"].values(), *({"page": page} for page in STORY["place"].values())]
    things += [each["empty"] for each in STORY["list"].values() if "empty" in each]
    used = {thing.get("page") or thing.get("item") for thing in things} | {*STORY["robots"].values()}
    used |= {each.get("around") for each in STORY["list"].values()} | {"robots.txt", "nothing.txt"}
    assert used - {None} == {path.relative_to(demo.PAGES).as_posix() for path in PAGES}


def test_every_picture_is_small_says_that_it_is_invented_and_is_shown_by_somebody():
    pictures, tellers = painted(), [*STORY["platform"].values(), *STORY["turn"]]
    assert {each.get("words", {}).get("picture") for each in tellers} - {None} == {*pictures}
    for body in pictures.values():
        with Image.open(BytesIO(body)) as picture:
            assert (len(body) < 1_500, "Påhittad" in picture.info["Comment"]) == (True, True)


def test_every_kind_of_page_is_used():
    usual = {each["kind"] for each in STORY["platform"].values()}
    assert usual | {each["kind"] for each in STORY["turn"] if "kind" in each} == {*STORY["kind"]}


def test_every_turn_happens_to_somebody():
    rows = read_register()
    numbers, platforms = {int(row["Nr"]) for row in rows}, {row["Plattform"] for row in rows}
    numbers |= {int(row["Nr"]) for row in STORY["beside"]}
    assert {each["nr"] for each in STORY["turn"] if "nr" in each} <= numbers
    assert {each["platform"] for each in STORY["turn"] if "platform" in each} <= platforms


def test_a_new_account_is_one_row_of_the_register(tmp_path: Path):
    added = "99;Socialförvaltningen;;Ny i Almestad;Mastodon;https://social.almestad.example/@ny;vanligt;;;;;Påhittat"
    register = tmp_path / "register.csv"
    register.write_text(demo.REGISTER.read_text(encoding="utf-8") + added, encoding="utf-8")
    answer = read_web(register=register).answer(
        "https://social.almestad.example/api/v1/accounts/lookup?acct=ny", MOMENTS[0]
    )
    assert answer is not None
    assert b"Ny i Almestad" in answer.body


def test_an_address_of_another_form_than_its_platforms_is_told(tmp_path: Path):
    register = tmp_path / "register.csv"
    register.write_text(demo.REGISTER.read_text(encoding="utf-8").replace("https://x.com/", "https://x.com/i/user/"))
    with pytest.raises(KeyError, match="is not of the form"):
        read_web(register=register)


def test_the_same_question_at_the_same_moment_has_the_same_answer():
    urls = [*WEB.addresses(), "https://x.com/robots.txt", "https://x.com/nobody"]
    again = read_web()
    assert [WEB.answer(url, at) for url in urls for at in MOMENTS] == [
        again.answer(url, at) for url in urls for at in MOMENTS
    ]


def test_an_address_answers_for_itself_with_any_query():
    url = "https://social.almestad.example/api/v1/accounts/015/statuses"
    answer = WEB.answer(url, MOMENTS[0])
    assert answer is not None
    assert answer.status == 200
    assert WEB.answer(f"{url}?limit=20", MOMENTS[0]) == answer


def test_an_address_that_nobody_has_is_not_found():
    answer = WEB.answer("https://social.almestad.example/@nobody", MOMENTS[0])
    assert answer is not None
    assert answer.status == 404


def test_a_silent_host_answers_nobody_not_even_for_its_robots():
    silent = datetime.combine(date(2026, 11, 12), datetime.min.time(), UTC)
    assert WEB.answer("https://natverk.almestad.example/robots.txt", silent) is None


CHANNELS = "https://www.googleapis.com/youtube/v3/channels?part=snippet&id=UCalmestad00000000000002,UCnobody"
KEY = {"x-goog-api-key": "any"}


def test_a_list_of_channels_says_nothing_of_those_that_are_not_there():
    answer = WEB.answer(CHANNELS, MOMENTS[0], KEY)
    assert answer is not None
    assert b'"totalResults": 1' in answer.body


PAGE = "https://graph.facebook.com/v25.0/vuxalmestad?fields=id"


def test_an_interface_takes_its_key_where_it_asks_for_it():
    answers = [WEB.answer(url, MOMENTS[0], KEY) for url in (PAGE, f"{PAGE}&access_token=any")]
    assert [answer and answer.status for answer in answers] == [400, 200]


def test_an_interface_answers_nobody_without_a_key():
    answer = WEB.answer(CHANNELS, MOMENTS[0])
    assert answer is not None
    assert (answer.status, b"UCalmestad" in answer.body) == (403, False)


def test_a_turn_is_over_when_it_is_over():
    url = "https://www.facebook.com/almestad"
    answers = [WEB.answer(url, at) for at in MOMENTS if at.day in (10, 11, 12)]
    assert [answer and answer.status for answer in answers] == [200, 302, 200, 200, 200]


def test_every_deed_is_done_by_a_role_within_the_week_and_to_an_account_of_the_register_if_to_any():
    numbers = {int(row["Nr"]) for row in read_register()}
    for deed in read_people():
        assert deed.account in numbers or deed.administration or deed.rules
        assert deed.by.startswith(("redaktören för ", "kommunikation"))
        assert MOMENTS[0] < deed.at < MOMENTS[-1]


def test_its_answers_are_dated_by_its_own_clock():
    with served(WEB, lambda: datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC)) as hosts:
        line = HTTPConnection(*next(iter(hosts.values())), timeout=60)
        line.request("GET", "/")
        assert line.getresponse().headers["Date"] == "Thu, 02 Jan 2031 03:04:05 GMT"
        line.close()


def test_all_its_hosts_may_be_called_before_it_hears_the_first():
    """On a busy machine they are: whoever found no room called again a second later, or was told as unreachable."""
    with _Server(WEB, lambda: MOMENTS[0]) as hears_nobody_yet, ExitStack() as calls:
        for _ in WEB.hosts():
            calls.enter_context(create_connection(hears_nobody_yet.socket.getsockname(), timeout=60))
