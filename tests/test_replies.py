"""What came back, given to what understands its kind."""

from __future__ import annotations

import pytest

from audits.model import Facts, Reading, Transport
from audits.platform import Subject
from audits.reading.embedded import Json
from audits.reading.pages import present
from audits.replies import Reply, other_than, reader
from tests.platforms.shown import NOW, PACKS, made

SUBJECT = Subject(platform="board", key="board:a")


def said(kind: str, reply: Reply) -> Reading:
    return present(Facts(description=f"{kind} of {reply.subject.handle} at {reply.now:%Y}: {reply.text[:4]}"))


def as_json(reply: Reply) -> Reading | None:
    return said("json", reply)


def as_xml(reply: Reply) -> Reading | None:
    return said("xml", reply)


def as_html(reply: Reply) -> Reading | None:
    return said("html", reply)


@pytest.mark.parametrize(
    ("body", "kind"), [('{"a": 1}', "json"), ("<?xml version='1.0'?><rss></rss>", "xml"), ("<html></html>", "html")]
)
def test_every_kind_of_reply_is_understood_by_its_own(body: str, kind: str) -> None:
    reading = reader("board", json=as_json, xml=as_xml, html=as_html)(made(body), SUBJECT, PACKS)
    assert reading.facts.description == f"{kind} of a at {NOW:%Y}: {body[:4]}"


@pytest.mark.parametrize("body", ['{"a": 1}', "<rss></rss>"])
def test_a_kind_without_its_own_is_looked_at_as_a_page(body: str) -> None:
    reading = reader("board", html=as_html)(made(body), SUBJECT, PACKS)
    assert str(reading.facts.description).startswith("html")


@pytest.mark.parametrize("body", ['show({"a": 1});', ' jsonBoard.feed({"a": 1} )', '{"a": 1}'])
def test_json_counts_as_such_where_it_is_handed_to_a_function(body: str) -> None:
    found: list[Json] = []

    def keep(reply: Reply) -> None:
        found.append(reply.value)

    reader("board", json=keep, html=as_html)(made(body), SUBJECT, PACKS)
    assert found == [{"a": 1}]


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ('{"data": 1}', {"data": 1}),
        (
            '{"data":{"user":{}},"hasNext":true}\n{"label":"a","path":[],"data":{}}\n',
            {"data": {"user": {}}, "hasNext": True},
        ),
        ('{"data":{}}\r\n{"path":["b"]}', {"data": {}}),
        ('{"data":{}}\n{"data":{}}', None),
        ('{"data":{}\n{"label":"a"}', None),
        ('{"error":{}}\n{"label":"a"}', None),
    ],
)
def test_of_an_answer_in_pieces_the_first_counts(body: str, value: Json) -> None:
    found: list[Json] = []
    reader("board", json=lambda reply: found.append(reply.value), html=as_html)(made(body), SUBJECT, PACKS)
    assert found == [value]


def test_what_says_nothing_is_unreadable() -> None:
    reading = reader("board", html=lambda _reply: None)(made("<html></html>"), SUBJECT, PACKS)
    assert reading.transport is Transport.UNREADABLE


def test_an_interface_is_asked_for_something_else_wherever_it_shows_no_accounts() -> None:
    asked = other_than("api.board.example/*/users", "api.board.example/me")
    shown = ("https://api.board.example/v2/users/7/posts", "https://api.board.example/me")
    elsewhere = ("https://api.board.example/users", "https://api.board.example/v2/rooms", "https://api.board.example")
    assert [asked(each) for each in (*shown, *elsewhere)] == [False, False, True, True, True]
    assert not asked("https://board.example/v2/rooms")
