"""What one answered page adds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.discovering.comparing import compared
from audits.discovering.finding import Found, Outcome, found
from audits.discovering.frontier import Role, Spot
from audits.model import Page, Transport
from audits.reading.leads import read_leads
from audits.reading.sitemaps import read_sitemap
from tests.builders import NIGHT, a_page, a_sighted
from tests.discovering.guides import FRONT, GUIDE
from tests.quickness import seconds_of

HERE = Spot(f"{FRONT}kultur", 1)
HTML = {"content-type": "text/html"}


def an_answer(body: str | bytes = "", **changes: Any) -> Page:
    return a_page(body, **{"url": HERE.url, "headers": HTML, **changes})


def read(page: Page, spot: Spot = HERE) -> Found:
    return found(page, spot, GUIDE, NIGHT)


def keys(told: Found) -> list[str | None]:
    return [each.key for each in told.sightings]


def urls(told: Found) -> list[str]:
    return [each.url.removeprefix(FRONT) for each in told.spots]


def test_a_page_adds_its_channels_and_where_it_leads():
    told = read(an_answer('<footer><a href="https://vimeo.com/almestad">Film</a></footer><a href="/bad">Bad</a>'))
    assert (told.outcome, keys(told), urls(told)) == (Outcome.READ, ["vimeo:almestad"], ["bad"])


@pytest.mark.parametrize(
    "link",
    [
        "https://www.facebook.com/sharer/sharer.php?u=x", "https://www.youtube.com/watch?v=almestadvid",
        "https://www.facebook.com/privacy/policy", "https://x.com/", "https://twitter.com/intent/tweet?text=x",
    ],
)  # fmt: skip
def test_share_buttons_posts_and_privacy_pages_are_dropped(link: str):
    assert read(an_answer(f'<footer><a href="{link}">Länk</a></footer>')).sightings == ()


def test_a_short_link_is_kept_since_it_may_lead_to_a_channel():
    (kept,) = read(an_answer('<footer><a href="https://fb.me/almestad1">Facebook</a></footer>')).sightings
    assert (kept.key, kept.url) == (None, "https://fb.me/almestad1")


def test_a_redirect_to_a_channel_is_a_link_to_it():
    told = read(an_answer(status=302, headers={"location": "https://www.instagram.com/almestad/"}))
    assert [(each.key, each.place, each.page) for each in told.sightings] == [
        ("instagram:almestad", "redirect", HERE.url)
    ]


def test_a_redirect_on_the_site_leads_on_at_the_same_depth():
    (ahead,) = read(an_answer(status=301, headers={"location": "/kultur/"})).spots
    assert (ahead.url, ahead.depth) == (f"{HERE.url}/", HERE.depth)


def test_a_page_that_is_gone_names_nothing_any_more():
    told = read(an_answer("<footer>https://vimeo.com/almestad</footer>", status=410))
    assert (told.outcome, told.sightings) == (Outcome.GONE, ())


@pytest.mark.parametrize(
    "page",
    [
        an_answer(transport=Transport.UNREACHABLE, status=None, reason="connect"),
        an_answer(transport=Transport.BLOCKED, status=403, reason="challenge"),
        an_answer("<a href='/bad'>x</a>", status=403),
        an_answer("<a href='/bad'>x</a>", status=500),
        an_answer(b"%PDF-1.7", headers={"content-type": "application/pdf"}),
    ],
)
def test_a_page_that_could_not_be_had_says_nothing_of_its_channels(page: Page):
    told = read(page)
    assert (told.outcome, told.spots) == (Outcome.NOT_HAD, ())


def test_what_a_page_that_broke_off_does_not_name_is_not_missed():
    told = read(an_answer("<p>Början", truncated=True))
    assert not told.whole
    assert compared([a_sighted()], told.sightings, NIGHT, whole=told.whole).missed == ()
    assert compared([a_sighted()], told.sightings, NIGHT).missed == (1,)


def test_nofollow_is_heeded():
    meta = '<meta name="robots" content="noindex, nofollow">'
    assert urls(read(an_answer(f'{meta}<a href="/bad">Bad</a>'))) == []
    assert urls(read(an_answer('<a rel="nofollow" href="/bad">Bad</a><a href="/sim">Sim</a>'))) == ["sim"]


def test_a_page_leads_on_by_more_than_anchors():
    body = """<base href="/fritid/"><area href="a"><iframe src="b"></iframe><link rel="next" href="c">
    <meta http-equiv="refresh" content="0; url=d"><link rel="alternate" type="application/rss+xml" href="flode">"""
    assert urls(read(an_answer(body))) == ["fritid/a", "fritid/b", "fritid/c", "fritid/d"]


def test_a_sitemap_that_is_a_page_of_excuses_is_none():
    assert read(an_answer("<html><body>Hoppsan</body></html>"), Spot(HERE.url, 0, Role.SITEMAP)).outcome is (
        Outcome.NOT_HAD
    )


SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/'
)


def test_a_sitemap_that_breaks_off_is_read_as_far_as_it_goes():
    told = read_sitemap(SITEMAP + b"</loc></url><url><loc>https://a.example/b</lo")
    assert told is not None
    assert told.pages == ("https://a.example/",)


def test_a_sitemap_expands_no_entities():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + SITEMAP[21:] + b"&a;&a;</loc></url></urlset>"
    told = read_sitemap(bomb)
    assert told is not None
    assert "aaaa" not in "".join(told.pages)


@pytest.mark.parametrize(
    "endless", [b"<a ", b"<a x=", b'<a href="1" ', b"<a>", b"<a><b>", b"&a;", b"<![CDATA[", b"<!--"]
)
def test_no_sitemap_of_tags_that_never_end_takes_long(endless: bytes):
    sitemap = SITEMAP + b"</loc></url>" + endless * (600_000 // len(endless)) + b"</urlset>"
    told = read_sitemap(sitemap)
    assert told is not None
    assert told.pages == ("https://a.example/",)
    assert seconds_of(lambda: read_sitemap(sitemap), 1) < 1


def test_a_sitemap_may_be_a_text_of_addresses():
    told = read_sitemap(b"https://a.example/\nhttps://a.example/b\n")
    assert told is not None
    assert told.pages == ("https://a.example/", "https://a.example/b")
    assert read_sitemap(b"inget alls") is None


def test_an_address_with_half_a_letter_is_left_out_of_a_sitemap():
    told = read_sitemap(SITEMAP + b"</loc></url><url><loc>https://a.example/&#xD800;</loc></url></urlset>")
    assert told is not None
    assert told.pages == ("https://a.example/",)


@given(st.binary(max_size=300), st.sampled_from([b"", SITEMAP, b"\x1f\x8b", b"<"]))
def test_whatever_a_server_sends_as_a_sitemap_breaks_nothing(sent: bytes, before: bytes):
    read_sitemap(before + sent)


@given(st.text(max_size=300))
def test_whatever_a_page_leads_to_breaks_nothing(text: str):
    read_leads(f'<base href="{text}"><a href="{text}">{text}', HERE.url)
    found(an_answer(text, status=302, headers={"location": text}), HERE, GUIDE, NIGHT)
