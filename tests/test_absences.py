"""Whose absence a page tells: the account's that was asked about, or a neighbour's whose page came in its place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from audits.absences import of_the_account
from audits.model import ALIVE, Existence, Marker, Observation, PlatformId, Route
from audits.observing import Look, observe
from audits.platform import Subject
from audits.platforms import PLATFORMS
from audits.reading.pages import explicit
from tests.builders import NIGHT, a_page, an_account
from tests.platforms.shown import PACKS
from worker.inspecting import inspect_page


def a_tiktok(code: int, canonical: str = "", more: str = "") -> str:
    detail = {"__DEFAULT_SCOPE__": {"webapp.user-detail": {"statusCode": code}}}
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    data = f'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{json.dumps(detail)}</script>'
    return f"<!doctype html><html><head><title>TikTok</title>{link}</head><body>{data}{more}</body></html>"


def a_blog(host: str) -> str:
    said = f"{host} is no longer available. The authors have deleted this site."
    return f"<!doctype html><html><head><title>{host}</title></head><body><p>{said}</p></body></html>"


def shown(platform: str, key: str, url: str, body: str, **changes: Any) -> Observation:
    page = a_page(body, url=url, headers={"content-type": "text/html; charset=utf-8"}, **changes)
    reading = PLATFORMS[platform].read(page, Subject(platform=platform, key=key, url=url), PACKS)
    account = an_account(platform=platform, key=key, address=url, pinned=(PlatformId("user", "71"),))
    return observe(account, PLATFORMS[platform], [Look(route=Route.PAGE, reading=reading, page=page)], NIGHT)


TIKTOK = ("tiktok", "tiktok:almestad", "https://www.tiktok.com/@almestad")
BLOG = ("wordpress", "wordpress:almestad", "https://almestad.wordpress.com/")


def test_an_absence_under_the_accounts_own_address_is_its_own() -> None:
    assert shown(*TIKTOK, a_tiktok(10202, "https://www.tiktok.com/@Almestad")).existence is Existence.GONE
    assert shown(*BLOG, a_blog("almestad.wordpress.com"), status=404).existence is Existence.GONE


@pytest.mark.parametrize(
    "changes", [{"final_url": "https://www.tiktok.com/@grannen"}, {}], ids=["led to", "calls itself"]
)
def test_an_absence_on_a_neighbours_page_is_not_the_accounts(changes: dict[str, Any]) -> None:
    canonical = "" if changes else "https://www.tiktok.com/@grannen"
    seen = shown(*TIKTOK, a_tiktok(10202, canonical), **changes)
    assert (seen.existence, seen.stated) == (Existence.UNKNOWN, False)
    assert seen.reason == "leads to an account of another name: grannen"


def test_words_that_name_a_neighbour_as_missing_are_about_that_one() -> None:
    assert shown(*BLOG, a_blog("grannen.wordpress.com"), status=404).existence is Existence.UNKNOWN


def test_an_address_that_leads_to_a_wall_or_to_no_account_names_nobody() -> None:
    led = shown(*TIKTOK, a_tiktok(10202), final_url="https://www.tiktok.com/about")
    assert led.existence is Existence.GONE


def test_an_address_made_of_the_pinned_id_is_the_accounts_own() -> None:
    led = shown(*TIKTOK, a_tiktok(10202), final_url="https://www.tiktok.com/@71")
    assert led.existence is Existence.GONE


def test_a_site_may_tell_under_another_of_its_addresses_that_a_page_is_missing() -> None:
    told = replace(explicit(Marker("site.missing", Existence.GONE, "404")), goes_by=("https://almestad.example/404",))
    assert of_the_account(told, PLATFORMS["website"], "website:almestad.example/bibliotek") == told


def test_an_inspected_page_is_held_to_the_same() -> None:
    page = a_page(a_tiktok(10202), url=TIKTOK[2], final_url="https://www.tiktok.com/@grannen")
    told = inspect_page(page, PLATFORMS, PACKS)
    assert told["existence"] == "unknown"
    assert inspect_page(a_page(a_tiktok(10202), url=TIKTOK[2]), PLATFORMS, PACKS)["existence"] == "gone"


def test_an_absence_beside_the_living_account_is_at_odds_with_it() -> None:
    user = {"id": "71", "uniqueId": "almestad", "nickname": "Almestad", "privateAccount": False}
    state = {"UserPage": {"uniqueId": "almestad", "statusCode": 0}, "UserModule": {"users": {"almestad": user}}}
    beside = f'<script id="SIGI_STATE" type="application/json">{json.dumps(state)}</script>'
    assert shown(*TIKTOK, a_tiktok(10202, more=beside)).existence is Existence.UNKNOWN
    assert shown(*TIKTOK, a_tiktok(10222, more=beside)).existence not in (*ALIVE, Existence.GONE)


@pytest.mark.parametrize(("asked", "existence"), [("grannen", Existence.UNKNOWN), ("Almestad", Existence.GONE)])
def test_a_page_that_says_for_whom_it_was_asked_tells_of_no_other(asked: str, existence: Existence) -> None:
    data = {"props": {"pageProps": {"statusCode": 404}}, "query": {"profile": asked}}
    said = "The page you’re looking for doesn’t exist."
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    body = f"<!doctype html><html><head><title>{said}</title></head><body><h1>{said}</h1>{script}</body></html>"
    assert shown("linktree", "linktree:almestad", "https://linktr.ee/almestad", body, status=404).existence is existence


def test_a_blog_that_quotes_another_blogs_end_is_not_removed() -> None:
    quoted = "<h1>Almestads blogg</h1><p>Grannens blogg: ”Blog has been removed”.</p><p>Nytt inlägg</p>"
    at = ("blogspot", "blogspot:almestad", "https://almestad.blogspot.com/")
    assert (
        shown(*at, f"<html><head><title>Almestad</title></head><body>{quoted}</body></html>").existence
        is not Existence.GONE
    )
