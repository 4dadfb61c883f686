"""Markup made to hurt is cut; markup made to be read is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audits.reading.guard import ATTRIBUTE_CAP, ELEMENT_CAP, guarded
from audits.reading.html import read_html
from tests.quickness import seconds_of

SIZE = 2_000_000


def many(attribute: str, times: int, between: str = " ") -> str:
    return between.join(attribute.format(number) for number in range(times))


HURTING: dict[str, Callable[[], str]] = {
    "nested": lambda: "<div>" * 400_000,
    "nested formatting": lambda: "<b><i>" * 300_000,
    "nested tables": lambda: "<table><tr><td>" * 130_000,
    "nested lists": lambda: "<ul><li>" * 250_000,
    "nested foreign anchors": lambda: "<svg><a href=x>" * 130_000,
    "nested foreign anchors with words": lambda: "<svg>" + ("<a href=x>" + "words " * 100) * 3_200,
    "nested foreign scripts with words": lambda: "<svg>" + ("<script>" + "words " * 100) * 3_200,
    "nested selects": lambda: "<select><option>" * 125_000,
    "nested templates": lambda: "<template>" * 200_000,
    "nested framesets": lambda: "<frameset>" * 180_000,
    "nested mathematics": lambda: "<math><mi><mglyph>" * 110_000,
    "nested forms": lambda: "<form><div>" * 180_000,
    "flat paragraphs": lambda: "<p>x</p>" * 250_000,
    "unclosed paragraphs": lambda: "<p>" * 600_000,
    "line breaks": lambda: "<br>" * 500_000,
    "anchors": lambda: "<a href=x>y</a>" * 130_000,
    "metas": lambda: "<meta name=a content=b>" * 85_000,
    "links": lambda: "<link rel=a href=b>" * 100_000,
    "scripts": lambda: "<script>1</script>" * 110_000,
    "unclosed script": lambda: "<script>" * 250_000,
    "unclosed title": lambda: "<title>" * 280_000,
    "misnested": lambda: "<b><p></b></p>" * 140_000,
    "misnested anchors": lambda: "<a><p></a>" * 200_000,
    "misnested nobr": lambda: "<nobr><p>" * 200_000,
    "text in tables": lambda: "<table>" + "x<b>" * 400_000,
    "cells": lambda: "<table><td>" * 180_000,
    "one crowded tag": lambda: f"<div {many('a{}=b', 250_000)}>",
    "one crowded tag in quotes": lambda: "<div " + many('a{}="<>"', 160_000) + ">",
    "many crowded tags": lambda: f"<div {many('a{}=b', 250)[:900]}>" * 2_000,
    "crowded without spaces": lambda: "<div " + many('a{}="b"', 160_000, "") + ">",
    "crowded with equals signs": lambda: "<div " + many("=a{}=b", 160_000) + ">",
    "nested before a crowded tag that is never closed": lambda: "<div>" * 200_000 + f"<div {many('a{}=b', 250_000)}",
    "the same attribute": lambda: "<div " + "a=b " * 500_000 + ">",
    "bare attributes": lambda: "<div " + many("a{}", 280_000) + ">",
    "names never ended": lambda: "<b<i" * 500_000,
    "long names": lambda: ("<b" * 500 + ">") * 2_000,
    "names in quotes": lambda: "<z y='" + '<a b="<c ' * 200_000,
    "comments never closed": lambda: "<!--" * 500_000,
    "declarations never closed": lambda: "<![CDATA[" * 220_000,
    "processing instructions": lambda: "<?" * 900_000,
    "end tags never closed": lambda: "</" * 900_000,
    "end tags of nothing": lambda: "</x>" * 500_000,
    "less-than signs": lambda: "<" * 1_900_000,
    "ampersands": lambda: "&" * 1_900_000,
    "entities": lambda: "&nbsp;&ampx;&notit;" * 100_000,
    "numbered entities": lambda: "&#x110000;" * 190_000,
    "quotes never closed": lambda: '<a href="' * 210_000,
    "white space": lambda: " " * 1_900_000,
    "null bytes": lambda: "\x00" * 1_900_000,
}


@pytest.mark.parametrize("name", HURTING)
def test_no_markup_of_the_largest_size_takes_two_seconds(name: str) -> None:
    markup = HURTING[name]()[:SIZE]

    def reading() -> None:
        page = read_html(guarded(markup).text)
        _ = page.text, page.anchors

    assert seconds_of(reading, 2) < 2


def test_an_ordinary_page_is_left_as_it_is() -> None:
    page = "<html><body>" + "<p>Öppettider <a href='/x'>här</a></p>" * 2_000
    assert guarded(page).text is page
    assert not guarded(page).cut


def test_a_long_page_within_the_limits_is_left_as_it_is() -> None:
    page = "<ul>" + "<li>Rad" * (ELEMENT_CAP - 10)
    assert guarded(page).text is page


def test_depth_is_cut_where_it_begins() -> None:
    page = "<p>Hej</p>" * 1_000 + "<div>" * 11_000
    kept = guarded(page)
    assert kept.cut
    assert kept.text.startswith("<p>Hej</p>" * 800)
    assert kept.text.count("<div>") <= 256


def test_elements_are_cut_at_the_limit() -> None:
    kept = guarded("<p>x" * (ELEMENT_CAP * 2))
    assert kept.cut
    assert ELEMENT_CAP * 0.9 < kept.text.count("<p>") <= ELEMENT_CAP


@pytest.mark.parametrize(
    "attribute", ["a{}=b", "a{}", 'a{}="<p>"', "a{}='>'", 'a{} = "x y"', 'a{}=b"c', "=a{}=b", "a{0}='b'c{0}='d'"]
)
def test_a_crowded_tag_is_cut_before_it_begins(attribute: str) -> None:
    crowd = " ".join(attribute.format(number) for number in range(ATTRIBUTE_CAP + 20))
    assert guarded(f"<p>Hej</p><div {crowd}>då</div>").text == "<p>Hej</p>"


@pytest.mark.parametrize("name", ["div", "my-tag", "b<1", "b<!--", "b<", "b<<"])
@pytest.mark.parametrize("space", [" ", "\n", "\t", "/", " / ", "\r\n\f"])
def test_a_crowded_tag_is_cut_whatever_its_name_and_the_space_in_it(name: str, space: str) -> None:
    crowd = "".join(f'{space}a{number}="b"' for number in range(ATTRIBUTE_CAP + 20))
    assert guarded(f"<p>Hej</p><{name}{crowd} >då</div>").text == "<p>Hej</p>"


def test_a_crowded_tag_in_the_name_of_another_is_cut_before_it_begins() -> None:
    crowd = " ".join(f"a{number}" for number in range(ATTRIBUTE_CAP + 20))
    assert guarded(f"<p>Hej</p><b<i {crowd}>då").text == "<p>Hej</p><b"


def test_code_that_only_looks_like_a_crowded_tag_is_left_as_it_is() -> None:
    page = "<script>for (i = 0; i <n; i++) { " + "a = b; " * 500 + "}</script><p>Hej"
    assert guarded(page).text is page
