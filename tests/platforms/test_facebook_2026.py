"""Facebook's pages of 2026: heads that count followers, and what the page is drawn from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.model import UNSEEN, Existence, PlatformId, Reading, Transport
from audits.platforms.facebook import PLATFORM
from tests.platforms.shown import made, read, the_time

SITE = "https://www.facebook.com/almestadsstad"
OWNER = "100064435000001"
WORDS = "Stadens egen sida. Vi svarar på vardagar."
PICTURE = "https://scontent.xx.fbcdn.net/v/t39/309_n.jpg"
SHIM = "https://l.facebook.com/l.php?u=https%3A%2F%2Falmestad.example%2Fkontakt&h=AT0"
BEHIND = "https://almestad.example/kontakt"


def look(*drawn: Any, description: str = "", head: bool = True) -> Reading:
    title = "Almestads stad | Almestad" if head else "Facebook"
    metas = (
        f'<meta property="og:title" content="{title}"><meta property="og:url" content="{SITE}">'
        f'<meta property="al:android:url" content="fb://profile/{OWNER}">'
        f'<meta property="og:description" content="{description}">'
    )
    scripts = "".join(f'<script type="application/json">{json.dumps({"require": [each]})}</script>' for each in drawn)
    page = f"<html><head><title>{title}</title>{metas if head else ''}</head><body>{scripts}</body></html>"
    return read(PLATFORM, made(page.encode(), url=SITE), "facebook:almestadsstad")


def drawn(**changes: Any) -> dict[str, Any]:
    shown = {"text": "2 345 följare", "uri": f"{SITE}/followers/"}
    own = {
        "__isProfile": "User",
        "id": OWNER,
        "name": "Almestads stad",
        "url": SITE,
        "show_verified_badge_on_profile": True,
        "profilePicMedium": {"uri": PICTURE},
        "profile_social_context": {"content": [shown]},
        "delegate_page": {"id": "770001234", "best_description": {"text": "Om staden, i korthet."}},
    }
    return {"user": {"profile_header_renderer": {"user": {**own, **changes}}}}


def card(**context: Any) -> dict[str, Any]:
    return {"timeline_context_list_item_type": "INTRO_CARD_WEBSITE", "renderer": {"context_item": context}}


def beside(*nodes: Any) -> dict[str, Any]:
    return {"user": {"id": OWNER, "nodes": list(nodes)}}


@pytest.mark.parametrize(
    ("counted", "followers"),
    [
        ("2 345 följare · 812 pratar om detta · 12 har varit här", 2345),
        ("2,345 followers · 12 were here", 2345),
        ("1 follower", 1),
        ("2.345 Follower · 812 sprechen darüber", 2345),
        ("48K followers · 12 were here", UNSEEN),
        ("2 345 gillar · 812 pratar om detta", UNSEEN),
    ],
)
def test_the_head_tells_followers_where_it_counts_those(counted: str, followers: object) -> None:
    reading = look(description=f"Almestads stad, Almestad. {counted}. {WORDS}")
    assert reading.existence is Existence.PRESENT
    assert (reading.facts.followers, reading.facts.description) == (followers, WORDS)


def test_followers_in_the_pages_words_are_not_its_own() -> None:
    assert look(description="Almestads stad. 12 gillar. 7 followers. Så få var vi.").facts.followers is UNSEEN


@pytest.mark.parametrize("head", [True, False])
def test_what_the_page_is_drawn_from_tells_it_all_even_without_a_head(head: bool) -> None:
    facts = look(drawn(), head=head).facts
    assert (facts.display_name, facts.handle) == ("Almestads stad", "almestadsstad")
    assert facts.platform_id == PlatformId("profile", OWNER)
    assert facts.more_ids == (PlatformId("page", "770001234"),)
    assert (facts.followers, facts.verified, facts.avatar_url) == (2345, True, PICTURE)
    assert facts.description == "Om staden, i korthet."


def test_two_headers_are_nobodys() -> None:
    assert look(drawn(), drawn(id="100064435000002"), head=False).existence is Existence.UNKNOWN


@pytest.mark.parametrize(("mark", "verified"), [(False, False), (None, UNSEEN)])
def test_a_page_without_the_mark_says_so(mark: bool | None, verified: object) -> None:
    assert look(drawn(show_verified_badge_on_profile=mark)).facts.verified is verified


@pytest.mark.parametrize(
    ("node", "website"),
    [
        (card(title={"text": "almestad.example", "ranges": [{"entity": {"external_url": SHIM}}]}), BEHIND),
        (card(title={"text": "almestad.example"}, url=SHIM), BEHIND),
        (card(plaintext_title={"text": "almestad.example"}), "almestad.example"),
        ({"field_type": "website", "title": {"text": "https://almestad.example/"}}, "https://almestad.example/"),
    ],
)
def test_the_website_is_read_from_its_card_or_its_field(node: Any, website: str) -> None:
    assert look(drawn(), beside(node)).facts.website_link == website


def test_the_first_of_several_websites_is_the_pages() -> None:
    assert look(drawn(), beside(card(url=SHIM), card(url="http://mail.example/"))).facts.website_link == BEHIND


@pytest.mark.parametrize(("writer", "dated"), [(OWNER, True), ("100064435000009", False)])
def test_a_post_is_its_first_signers(writer: str, dated: bool) -> None:
    post = {"post_id": "122", "creation_time": 1786353437, "actors": [{"id": writer}, {"id": OWNER}]}
    facts = look(drawn(), beside(post)).facts
    assert (the_time(facts) if dated else facts.activity) == (
        datetime(2026, 8, 10, 9, 17, 17, tzinfo=UTC) if dated else UNSEEN
    )


@pytest.mark.parametrize(("error", "transport"), [(1357001, Transport.WALLED), (1357004, Transport.UNREADABLE)])
def test_scripts_are_told_by_number_that_nobody_is_logged_in(error: int, transport: Transport) -> None:
    told = {"__ar": 1, "error": error, "errorSummary": "Inte inloggad", "payload": None}
    page = made(f"for (;;);{json.dumps(told)}".encode(), url="https://www.facebook.com/api/graphql/")
    reading = read(PLATFORM, page, "facebook:almestadsstad")
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)


def test_followers_that_lead_nowhere_are_known_by_their_word() -> None:
    context = {"content": [{"text": "8 följer"}, {"text": "70 följare"}]}
    row = {"profile_user": {"profile_social_context": context}}
    reading = look(drawn(profile_social_context=None, header_top_row=row))
    assert reading.facts.followers == 70


@pytest.mark.parametrize("writer", [OWNER, [OWNER], {"id": OWNER}, None])
def test_a_story_is_the_pages_own_only_by_a_writer_that_can_be_read(writer: object) -> None:
    story = {"creation_time": 1_790_000_000, "post_id": "1", "actors": [{"id": writer}]}
    activity = look(drawn(), beside(story)).facts.activity
    assert (activity is UNSEEN) is (writer != OWNER)
