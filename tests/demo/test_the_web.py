"""The little web: invented from end to end, small, and the same whenever it is asked the same."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import demo
from demo.moments import MOMENTS
from demo.web import CHANNEL_PAGES, read_web

PAGES = sorted(path for path in demo.PAGES.rglob("*") if path.is_file())
STORY = tomllib.loads(demo.WEB.read_text(encoding="utf-8"))
FILES = [*PAGES, demo.REGISTER, demo.RULES, demo.PERMISSIONS, demo.WEB]
PLATFORMS = {
    "facebook.com", "instagram.com", "x.com", "linkedin.com", "youtube.com", "tiktok.com", "vimeo.com", "tumblr.com",
    "googleapis.com", "vimeocdn.com",
}  # fmt: skip
VOCABULARY = {"schema.org"}  # names of words, not of hosts that are asked
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
    assert len(text) < 1_500
    assert "påhittad" in text.lower() or "påhittat" in text.lower()


def test_every_page_is_used():
    used = {thing["page"] for kind in STORY["kind"].values() for thing in kind.values() if "page" in thing}
    used |= {f"youtube/{name}" for name in CHANNEL_PAGES} | {"robots.txt", "nothing.txt"}
    assert used == {path.relative_to(demo.PAGES).as_posix() for path in PAGES}


def test_every_kind_of_account_is_used():
    assert {each["kind"] for each in STORY["presence"]} == {*STORY["kind"], "youtube"}


def test_the_same_question_at_the_same_moment_has_the_same_answer():
    urls = [*WEB.said, "https://x.com/robots.txt", "https://x.com/nobody"]
    again = read_web()
    assert [WEB.answer(url, at) for url in urls for at in MOMENTS] == [
        again.answer(url, at) for url in urls for at in MOMENTS
    ]


def test_an_address_answers_for_itself_with_any_query():
    url = "https://social.almestad.example/api/v1/accounts/102/statuses"
    assert WEB.answer(f"{url}?limit=20", MOMENTS[0]) == WEB.answer(url, MOMENTS[0])


def test_an_address_that_nobody_has_is_not_found():
    answer = WEB.answer("https://social.almestad.example/@nobody", MOMENTS[0])
    assert answer is not None
    assert answer.status == 404


def test_a_silent_host_answers_nobody_not_even_for_its_robots():
    silent = datetime.combine(date(2026, 11, 12), datetime.min.time(), UTC)
    assert WEB.answer("https://natverk.almestad.example/robots.txt", silent) is None


def test_a_list_of_channels_says_nothing_of_those_that_are_not_there():
    url = "https://www.googleapis.com/youtube/v3/channels?part=snippet&id=UCalmestad00000000000001,UCnobody"
    answer = WEB.answer(url, MOMENTS[0])
    assert answer is not None
    assert b'"totalResults": 1' in answer.body
