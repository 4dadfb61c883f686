"""Linktree, read: a page of links by the account that its page was made from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from audits.addresses import identify
from audits.model import UNSEEN, Existence, Page, PlatformId, Reading, Transport
from audits.platforms.linktree import GRAMMAR, PLATFORM
from tests.platforms.shown import kept, made, read


def shown(page: Page) -> Reading:
    return read(PLATFORM, page, "linktree:almestadsstad")


def changed(was: str, becomes: str) -> Page:
    return made(kept("linktree", "profile.html").body.replace(was.encode(), becomes.encode()))


def test_a_page_of_links_names_its_owner_and_every_link() -> None:
    reading = shown(kept("linktree", "profile.html"))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (
        Existence.PRESENT, "Almestads stad", "almestadsstad",
    )  # fmt: skip
    assert (facts.platform_id, facts.description) == (PlatformId("account", "4711"), "Stadens alla kanaler")
    assert facts.website_link == "https://almestad.example/"
    assert facts.links == ("https://almestad.example/", "https://instagram.com/almestadsstad")
    assert facts.avatar_url == "https://ugc.production.linktr.ee/almestad.png"
    assert facts.created_at == datetime(2021, 7, 11, 11, 31, 31, tzinfo=UTC)


def test_a_list_of_links_that_has_not_come_says_nothing_of_them() -> None:
    page = kept("linktree", "profile.html").body
    start, end = page.index(b'"links":['), page.index(b"]", page.index(b'"links":[')) + 1
    facts = shown(made(page[:start] + b'"links":null' + page[end:])).facts
    assert (facts.website_link, facts.links) == (UNSEEN, UNSEEN)


def test_a_change_of_the_page_is_no_post() -> None:
    assert shown(kept("linktree", "profile.html")).facts.activity is UNSEEN


def test_a_page_behind_a_question_of_age_is_there() -> None:
    reading = shown(changed('"contentGating":"none"', '"contentGating":"sensitive"'))
    assert reading.existence is Existence.PRESENT_LIMITED


def test_an_account_that_is_not_in_use_accuses_nobody() -> None:
    assert shown(changed('"isActive":true', '"isActive":false')).existence is Existence.UNKNOWN


@pytest.mark.parametrize(
    ("status", "existence"), [(404, Existence.GONE), (None, Existence.UNKNOWN), (200, Existence.UNKNOWN)]
)
def test_only_linktrees_own_error_page_with_its_own_status_says_gone(status: int | None, existence: Existence) -> None:
    assert shown(kept("linktree", "missing.html", status=status)).existence is existence
    for of_a_gateway in ("<html><h1>404 Not Found</h1></html>", {"statusCode": 404, "message": "Not Found"}):
        assert shown(made(of_a_gateway, status=status)).existence is Existence.UNKNOWN


def test_a_refusal_is_a_block() -> None:
    assert shown(made("Forbidden", status=403)).transport is Transport.BLOCKED


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://linktr.ee/AlmestadsStad?utm_source=linktree_admin_share", "linktree:almestadsstad"),
        ("linktr.ee/mc.garin", "linktree:mc.garin"),
        ("https://linktr.ee/login", None),
        ("https://linktr.ee/", None),
    ],
)
def test_an_address_of_one_name_is_an_account(address: str, key: str | None) -> None:
    assert identify(address, None, (GRAMMAR,)).key == key
