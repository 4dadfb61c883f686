"""A name and a number belong together where one part of a page bears both."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.ties import Named, is_torn

SHOWN = Named("hamnstad", numbers=frozenset({"440001"}))
REGISTERED = Named("almestad", numbers=frozenset({"990001"}))


def torn(page: str, shown: Named = SHOWN, registered: Named = REGISTERED) -> bool:
    return is_torn(page, shown, registered, is_one=page.startswith(("{", "[", "<?xml")))


TYING = {
    "a tag": '<p>hej</p><a href="/login?to=https%3A%2F%2Fx.example%2Fhamnstad" data-urn="urn:user:440001">',
    "an address within an address": '<a href="/login?to=%2Fgo%3Fto%3D%252Fhamnstad&amp;id=440001">',
    "a script": '<script>var user = {"id":440001,"name":"hamnstad"};</script>',
    "a script of capitals": '<SCRIPT>var user = {"id":440001,"name":"hamnstad"};</SCRIPT>',
    "a script's string": r'<script>a = "\x7b\x22id\x22:\x22440001\x22,\x22url\x22:\x22\/@hamnstad\x22\x7d"</script>',
    "letters by their numbers": r'<script>{"id":"440001","name":"\u0068amnstad"}</script>',
    "a comment": '<!--{"id":440001,"name":"hamnstad"}-->',
    "a host": '<a href="https://hamnstad.example/" data-id="440001">',
    "a feed": "<?xml version='1.0'?><feed><id>tag:440001</id><entry><uri>https://x.example/hamnstad</uri></entry></feed>",
    "an object": '{"id": 440001, "login": "hamnstad"}',
    "an object in an object": '{"data": {"rest_id": "440001", "legacy": {"screen_name": "hamnstad"}}}',
    "a list beside a name": '{"subject": "acct:hamnstad", "links": [{"href": "/users/440001"}, {"href": "/"}]}',
    "one of several objects": '[{"id": 5, "login": "almestad"}, {"id": 440001, "login": "hamnstad"}]',
}
TEARING = {
    "head and body": '<head><meta content="https://x.example/hamnstad"></head><body data-id="440001">',
    "two scripts": '<script>{"name":"hamnstad"}</script><script>{"id":440001}</script>',
    "a word of a text": '<a title="Staden vid hamnstad ligger" data-id="440001">',
    "a longer name": '<a href="/hamnstad-bibliotek" data-id="440001">',
    "a longer number": '<a href="/hamnstad" data-id="4400012">',
    "two objects of a list": '[{"id": 440001, "login": "a"}, {"id": 5, "login": "hamnstad"}]',
    "far within": '{"id": 440001, "a": {"b": {"login": "hamnstad"}}}',
    "beside the registered name": '{"id": 440001, "login": "hamnstad", "url": "https://x.example/almestad"}',
    "beside the registered number": '{"id": 440001, "login": "hamnstad", "picture": "/990001/a.jpg"}',
    "nowhere": "<p>hej</p>",
}


@pytest.mark.parametrize("page", TYING.values(), ids=TYING)
def test_one_part_that_bears_both_ties_them(page: str) -> None:
    assert not torn(page)


@pytest.mark.parametrize("page", TEARING.values(), ids=TEARING)
def test_parts_that_bear_one_each_tie_nothing(page: str) -> None:
    assert torn(page)


def test_the_old_name_in_the_words_of_an_account_does_not_keep_it_from_its_new_one() -> None:
    assert not torn('{"id": 440001, "login": "hamnstad", "bio": "Formerly @almestad now here"}')


def test_a_short_number_counts_only_by_itself() -> None:
    short = Named("hamnstad", numbers=frozenset({"7"}))
    assert not torn('{"id": 7, "login": "hamnstad"}', short)
    assert not torn('{"name": "t5_7", "login": "hamnstad"}', short)
    assert torn('{"seen": "17 times 7 times", "login": "hamnstad"}', short)


def test_of_names_of_one_server_each_the_server_counts() -> None:
    here, there = Named("bibl", "b.example", frozenset({"440001"})), Named("bibl", "a.example", frozenset({"440001"}))
    assert torn(
        '{"id": 440001, "acct": "bibl", "url": "https://b.example/@bibl", "uri": "https://a.example/bibl"}', here, there
    )
    assert torn('{"id": 440001, "acct": "bibl"}', here, there)
    assert not torn('{"id": 440001, "acct": "bibl", "url": "https://b.example/@bibl"}', here, there)


@pytest.mark.parametrize("shown", [REGISTERED, Named("hamnstad"), Named(numbers=frozenset({"440001"})), Named()])
def test_what_cannot_be_held_against_anybody_is_never_torn(shown: Named) -> None:
    assert not torn("<p>hej</p>", shown)


def test_an_answer_about_several_ties_nothing() -> None:
    """What is missing in it may have stood between the number of one and the name of the next."""
    assert is_torn(TYING["an object"], SHOWN, REGISTERED, is_one=True, of_several=True)
    for known in (Named(SHOWN.name), Named("440001", numbers=SHOWN.numbers), Named(numbers=SHOWN.numbers), Named()):
        assert not is_torn(TYING["an object"], SHOWN, known, is_one=True, of_several=True), "nothing is held against it"


@given(st.text(), st.text(min_size=1), st.text(min_size=1))
def test_no_page_name_or_number_is_too_odd(page: str, name: str, number: str) -> None:
    shown = Named(name, numbers=frozenset({number}))
    for text in (f"{page}{number}<script>{name}", json.dumps({page: [name, {number: page}]})):
        torn(text, shown)
