"""The fixed order in which any page is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import UNSEEN, Activity, Existence, Facts, Marker, Page, PlatformId, Reading, Transport
from audits.reading.answer import Answer
from audits.reading.markers import Strength, Where
from audits.reading.pages import (
    explicit,
    present,
    read_answer,
    seen_alive,
    shown_as,
    undecided,
    unreadable,
    walled,
    with_facts,
)
from tests.builders import NIGHT
from tests.reading.marked import a_page, a_rule, packs_with

WALL = a_rule(id="test.wall", means=Transport.WALLED, values=("Logga in",))
GONE = a_rule(id="test.gone")
BOTH = "<title>Fel</title><p>Kontot finns inte längre. Logga in."


def sees_nothing(_answer: Answer) -> Reading | None:
    return None


def sees_profile(_answer: Answer) -> Reading | None:
    return present(Facts(display_name="Almestads stad"))


def read(page: Page, *rules: Any, look: Any = sees_nothing) -> Reading:
    return read_answer(page, "test", packs_with(*rules), look)


def test_what_the_edge_could_not_fetch_is_not_read() -> None:
    reading = read(a_page(transport=Transport.NOT_PERMITTED, reason="robots.txt"), GONE, look=sees_profile)
    assert (reading.transport, reading.existence, reading.reason) == (
        Transport.NOT_PERMITTED,
        Existence.UNKNOWN,
        "robots.txt",
    )


def test_a_living_profile_beats_every_word_on_the_page() -> None:
    assert read(a_page(BOTH), WALL, GONE, look=sees_profile).existence is Existence.PRESENT


def test_a_wall_beats_words_of_absence() -> None:
    reading = read(a_page(BOTH), GONE, WALL)
    assert (reading.transport, reading.existence) == (Transport.WALLED, Existence.UNKNOWN)


def test_a_wall_told_by_a_header_beats_what_looks_like_a_profile() -> None:
    challenged = a_rule(means=Transport.BLOCKED, where=Where.HEADER, header="cf-mitigated", values=("challenge",))
    assert (
        read(a_page(headers={"cf-mitigated": "challenge"}), challenged, look=sees_profile).transport
        is Transport.BLOCKED
    )


def test_explicit_words_of_absence_are_believed_with_their_evidence() -> None:
    reading = read(a_page(), GONE)
    assert reading.existence is Existence.GONE
    assert [marker.id for marker in reading.markers] == ["test.gone"]
    assert not reading.stated


def test_ambiguous_words_are_noted_and_prove_nothing() -> None:
    reading = read(a_page(), a_rule(strength=Strength.AMBIGUOUS))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert reading.markers


@pytest.mark.parametrize(
    ("status", "transport"),
    [
        (401, Transport.WALLED),
        (403, Transport.BLOCKED),
        (429, Transport.RATE_LIMITED),
        (451, Transport.BLOCKED),
        (999, Transport.BLOCKED),
        (500, Transport.UNREACHABLE),
        (503, Transport.UNREACHABLE),
    ],
)
def test_a_refusal_says_nothing_of_the_account(status: int, transport: Transport) -> None:
    reading = read(a_page(status=status), GONE)
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


@pytest.mark.parametrize("status", [200, 404, 410, None])
def test_a_page_without_any_known_sign_is_unreadable_whatever_its_status(status: int | None) -> None:
    assert read(a_page("<p>Något nytt", status=status)).transport is Transport.UNREADABLE


def test_json_is_read_as_text_without_a_parser() -> None:
    answer = Answer(a_page('  {"error": "Kontot finns inte"}'))
    assert answer.looks_like_json
    assert answer.document.text == answer.text
    assert read(answer.page, GONE).existence is Existence.GONE


@pytest.mark.parametrize("start", ["<?xml version='1.0'?><rss>", "\n<rss>", "<feed>", "<RDF:rdf>"])
def test_a_feed_is_told_from_a_page(start: str) -> None:
    assert Answer(a_page(start)).looks_like_xml
    assert not Answer(a_page("<html><p>rss")).looks_like_xml


@pytest.mark.parametrize(
    "before_root",
    [
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">',
        '<?xml version="1.0"?><!-- en rad --><?xml-stylesheet href="a"?>',
    ],
)
def test_xhtml_begins_as_xml_does_and_is_a_page_for_people(before_root: str) -> None:
    page = Answer(a_page(f"{before_root}<html xmlns='http://www.w3.org/1999/xhtml'><p>Hej</html>"))
    assert not page.looks_like_xml
    assert not page.is_for_machines


def test_a_reader_may_ask_for_walls_first() -> None:
    found = walled(Answer(a_page(BOTH)), "test", packs_with(GONE, WALL))
    assert found is not None
    assert found.transport is Transport.WALLED


def test_the_small_readings_say_what_they_are() -> None:
    marker = Marker("x", "gone")
    gone = explicit(marker, stated=True)
    assert (gone.existence, gone.markers, gone.stated) == (Existence.GONE, (marker,), True)
    limited = shown_as("board.page", Facts(handle="a"), Existence.PRESENT_LIMITED)
    assert (limited.existence, limited.markers[0].excerpt) == (Existence.PRESENT_LIMITED, "@a")
    assert seen_alive(present(Facts()))
    assert not seen_alive(undecided("a post"))
    assert not seen_alive(unreadable("changed"))
    assert with_facts(undecided("a post"), Facts(handle="a")).facts.handle == "a"


@given(st.binary(max_size=200), st.sampled_from([None, 200, 404, 503]), st.text(max_size=30))
def test_no_answer_is_too_strange(body: bytes, status: int | None, content_type: str) -> None:
    page = a_page(status=status, headers={"content-type": content_type})
    reading = read(Page(url=page.url, fetched_at=page.fetched_at, status=status, headers=page.headers, body=body))
    assert reading.existence is Existence.UNKNOWN


def test_a_long_answer_for_machines_is_not_searched_for_words_of_absence() -> None:
    """Somebody's post may say anything."""
    posts = '{"posts": ["%s"], "said": "Kontot finns inte"}' % ("Välkommen. " * 120)
    assert read(a_page(posts), GONE).transport is Transport.UNREADABLE


@pytest.mark.parametrize("rest", ['sts": ["Kontot finns inte"', '{"error": "Kontot finns inte'])
def test_the_rest_of_a_broken_answer_proves_nothing(rest: str) -> None:
    assert read(a_page(rest), GONE).transport is Transport.UNREADABLE


NEWEST = Activity(at=datetime(2026, 11, 1, tzinfo=UTC), source="page", sees_newest=True)


def sees_posts(_answer: Answer) -> Reading | None:
    return present(Facts(activity=NEWEST))


@pytest.mark.parametrize(
    ("body", "changes", "whole"),
    [
        ("<html><body>Hej</body></html>\n<!-- 12 ms --><script>mätt()</script><img src=/x>", {}, True),
        ('<html><body>Hej</body></html>\n","version":"1.0"}', {}, False),
        ("<p>Hej", {}, True),
        ("<html><body>Hej</body></html>", {"truncated": True}, False),
        ("<!doctype html><HTML lang=sv><body>Hej", {}, False),
        ("<?xml version='1.0'?><rss><channel><item>", {}, False),
    ],
)
def test_a_page_that_breaks_off_or_goes_on_proves_life_and_never_silence(
    body: str, changes: dict[str, Any], whole: bool
) -> None:
    activity = read(a_page(body, **changes), look=sees_posts).facts.activity
    assert activity == replace(NEWEST, sees_newest=whole)


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        ("/statuses?limit=20&exclude_reblogs=true", True),
        ("/outbox?page=true", True),
        ("/videos?start=0&count=12", True),
        ("/photos/almestad/page1/", True),
        ("/homepage/12", True),
        ("/statuses?max_id=1134", False),
        ("/feed?cursor=2026-10-01", False),
        ("/2/users/4711/tweets?pagination_token=7140dibdnow", False),
        ("/v25.0/770001?fields=published_posts.limit(10){id,created_time}", True),
        ("/v25.0/770001?fields=published_posts.limit(10).until(1700000000){id,created_time}", False),
        ("/graphql?variables=%7B%22id%22%3A%2244%22%2C%22after%22%3Anull%7D", True),
        ("/graphql?variables=%7B%22id%22%3A%2244%22%2C%22after%22%3A%22QVFD%22%7D", False),
        ("/resource?data=%7B%22options%22%3A%7B%22bookmarks%22%3A%5B%22%22%5D%7D%7D", True),
        ("/resource?data=%7B%22options%22%3A%7B%22bookmarks%22%3A%5B%22LT4%22%5D%7D%7D", False),
        ("/videos?page=2", False),
        ("/feed/?paged=3", False),
        ("/photos/almestad/page2/", False),
        ("/page/12", False),
    ],
)
def test_a_list_that_is_continued_proves_life_and_never_silence(asked: str, whole: bool) -> None:
    activity = read(a_page("<p>Hej", url=f"https://a.example{asked}"), look=sees_posts).facts.activity
    assert activity == replace(NEWEST, sees_newest=whole)


@pytest.mark.parametrize(
    ("changes", "today"),
    [
        ({"headers": {"age": "3600", "date": "Tue, 03 Nov 2026 01:00:00 GMT"}}, True),
        ({"headers": {"age": "tomorrow", "date": "yesterday", "warning": "199 - hej"}}, True),
        ({"headers": {"age": "86400"}}, False),
        ({"headers": {"date": "Sun, 01 Nov 2026 01:00:00 GMT"}}, False),
        ({"headers": {"warning": '110 cache "Response is Stale"'}}, False),
        ({"status": 203}, False),
        ({"status": 206}, False),
        ({"copied": True}, False),
    ],
)
def test_what_a_cache_kept_from_another_day_proves_life_and_never_silence(changes: dict[str, Any], today: bool) -> None:
    def sees_none(_answer: Answer) -> Reading:
        return present(Facts(activity=None, posts_count=0))

    page = a_page("<p>Hej", **changes)
    assert read(page, look=sees_posts).facts.activity == replace(NEWEST, sees_newest=today)
    none = read(page, look=sees_none).facts
    assert (none.activity, none.posts_count) == ((None, 0) if today else (UNSEEN, UNSEEN))


def test_of_an_account_that_lets_only_some_in_nobody_else_knows_the_newest() -> None:
    def sees_private(_answer: Answer) -> Reading:
        return explicit(Marker("a", "private"), Facts(activity=None, posts_count=0))

    facts = read(a_page("<p>Hej"), look=sees_private).facts
    assert (facts.activity, facts.posts_count) == (UNSEEN, UNSEEN)


OWN = "<meta property='og:url' content='https://a.example/{}'>"


@pytest.mark.parametrize(
    ("body", "names_somebody"),
    [
        ("<html><p>a</p></html>", True),
        ("<html><p>a</p></html><html><p>b</p></html>", False),
        ("<html><p>a</p><rss><channel></channel></rss></html>", False),
        ("<!--[if IE 8]><html class='ie8'><![endif]--><html><p>a</p></html>", True),
        ("<html><script>document.write('<html>')</script></html>", True),
        ("<rss><item><![CDATA[<html><p>a</p></html>]]></item></rss>", True),
        (OWN.format("a") + OWN.format("A/"), True),
        (OWN.format("a") + OWN.format("b"), False),
        (f"<script>{{<html>{OWN.format('a')}</script>{OWN.format('b')}", False),
        ("<html><script>var a = {<html><script></script><p>a</p></html>};</script><p>b</p></html>", False),
        ("<p>a fragment of a page, as cards hand it out</p>", True),
        ("callback({'html': '<p>a</p>'})", True),
        (")]}'\n{}", True),
        ('{"handle": "a", "more": [{"handle": "b"}, {"handle": "c"}], "said": "\\"handle\\": x"}', True),
        ('{"id": 7, "handle": "a", "handle": "b"}', False),
        ('{"id": 7, "posts": [{"id": 8, "of": {"id": 9}}], "more": {"handle": "a"}, "handle": "b"}', True),
        ('{"id": 7, "handle": "a", "fields": [], "handle": "b"}', False),
        ('\ufeff[{"user": {"id": 7, "counts": {"posts": 2}, "id": 8}}]', False),
        ('{"id": 7, "posts": {}}\n{"id": 8, "posts": {}}', True),
        ('{"id": 7}\n{"id": 8, "posts": {}, "id": 9}', False),
        ('callback({"id": 7, "posts": {}, "id": 8});', False),
        ('for (;;);{"id": 7, "posts": {}, "id": 8}', False),
        ('{"id": 7, "handle": "a", "handle": "b', False),
        ("plain words", True),
        ("Warning: no memory<html><p>a</p></html>", True),
        ("'}}, <p>a</p></body></html>", False),
    ],
)
def test_two_pages_in_one_prove_life_and_not_whose(body: str, names_somebody: bool) -> None:
    facts = Facts(display_name="Almestad", handle="almestad", platform_id=PlatformId("board", "7"))
    page = Page(url="https://almestad.example/", fetched_at=NIGHT, status=200, body=body.encode())
    reading = read_answer(page, "board", packs_with(), lambda _answer: present(facts))
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.handle, reading.facts.platform_id) == (
        ("almestad", PlatformId("board", "7")) if names_somebody else (UNSEEN, UNSEEN)
    )


LONG = (
    '{"handle": "almestad", "description": "Nyheter, öppettider och annat från Almestads stad", "followers": 1045}' * 2
)


BROKEN = "\n".join(LONG[at : at + 72] for at in range(0, len(LONG), 72))


@pytest.mark.parametrize("body", [BROKEN, f"3e8\r\n{LONG}\r\n0\r\n\r\n"])
def test_a_page_whose_lines_or_pieces_are_broken_anywhere_proves_life_and_not_whose(body: str) -> None:
    facts = Facts(handle="almestad", platform_id=PlatformId("board", "47"))
    reading = read(a_page(body), look=lambda _answer: present(facts))
    assert (reading.existence, reading.facts) == (Existence.PRESENT, Facts())


def test_two_lines_of_one_length_are_a_chance_where_another_is_longer() -> None:
    facts = Facts(handle="almestad")
    body = f"<html><title>{'a' * 60}\n{'b' * 73}\n<p>{'c' * 80}</p></html>"
    assert read(a_page(body), look=lambda _answer: present(facts)).facts == facts


@pytest.mark.parametrize("handle", ["undefined", "{{username}}", "h?lsan"])
def test_what_stands_in_for_a_name_is_not_read_as_one(handle: str) -> None:
    facts = Facts(handle=handle, platform_id=PlatformId("board", "null"), more_ids=(PlatformId("page", "7"),))
    reading = read(a_page("<html><p>a</p></html>"), look=lambda _answer: present(facts))
    assert reading.facts == Facts(more_ids=(PlatformId("page", "7"),))


TWO = "<html><p>a</p></html><html><p>Kontot finns inte längre</p></html>"


def test_of_two_pages_in_one_no_name_and_no_text_is_anybodys() -> None:
    told = Facts(display_name="Grannby", description="Ord", website_link="https://grannby.example/", followers=7)
    assert read(a_page(TWO), look=lambda _answer: present(told)).facts == Facts()


def test_two_pages_in_one_accuse_nobody_whatever_one_of_them_states() -> None:
    sign = Marker("test.state", "private", "private")
    reading = read(a_page(TWO), look=lambda _answer: explicit(sign))
    assert (reading.existence, reading.reason, reading.markers) == (Existence.UNKNOWN, "two_pages", (sign,))


@pytest.mark.parametrize("body", [TWO, '<html><p>Kontot finns inte längre</p></html>{"name": "Almestads stad"}'])
def test_words_of_absence_that_came_with_something_else_prove_nothing(body: str) -> None:
    assert read(a_page(body), GONE).existence is Existence.UNKNOWN


def test_two_walls_in_one_are_a_wall() -> None:
    wall = Reading(transport=Transport.RATE_LIMITED, reason="88")
    assert read(a_page(TWO), look=lambda _answer: wall) == wall


def test_what_says_nothing_under_a_refusals_status_was_refused() -> None:
    page = Page(url="https://almestad.example/", fetched_at=NIGHT, status=429, body=b"{}")
    reading = read_answer(page, "board", packs_with(), lambda _answer: undecided("an interface"))
    assert (reading.transport, reading.reason) == (Transport.RATE_LIMITED, "an interface")
