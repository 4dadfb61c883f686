"""Pages of other years, languages and visitors than those at hand, and every guard before every platform.

(platform, address, what came back) ─▶ transport/existence, and the facts that stand there
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from audits.model import Transport
from audits.platforms import PLATFORMS
from tests.platforms.shown import PACKS, kept, made
from tests.reading.shown import Shown
from tests.reading.walls import BLOCKED
from worker.inspecting import inspect_page

BLIND = frozenset({Transport.BLOCKED.value, Transport.WALLED.value, Transport.RATE_LIMITED.value})
ADDRESSES = {
    "facebook": "https://www.facebook.com/almestad",
    "instagram": "https://www.instagram.com/almestad/",
    "threads": "https://www.threads.com/@almestad",
    "x": "https://x.com/almestad",
    "linkedin": "https://www.linkedin.com/company/almestad/",
    "youtube": "https://www.youtube.com/@almestad",
    "tiktok": "https://www.tiktok.com/@almestad",
    "mastodon": "https://social.almestad.example/@almestad",
    "bluesky": "https://bsky.app/profile/almestad.bsky.social",
    "pinterest": "https://www.pinterest.com/almestad/",
    "flickr": "https://www.flickr.com/photos/almestad/",
    "vimeo": "https://vimeo.com/almestad",
    "soundcloud": "https://soundcloud.com/almestad",
    "snapchat": "https://www.snapchat.com/add/almestad",
    "twitch": "https://www.twitch.tv/almestad",
    "spotify": "https://open.spotify.com/show/38bS44xjbVVZ3No3ByF1dJ",
    "telegram": "https://t.me/s/almestad",
    "wordpress": "https://almestad.wordpress.com/",
    "blogspot": "https://almestad.blogspot.com/",
    "feed": "https://almestad.example/feed.xml",
    "website": "https://almestad.example/kultur",
}


def answer(url: str, body: Any, platform: str | None = None, **changes: Any) -> dict[str, Any]:
    """What `kanalkoll inspect` says, where neither status nor headers were kept unless stated."""
    return inspect_page(made(body, **{"url": url, "status": None, **changes}), PLATFORMS, PACKS, platform)


def said(found: dict[str, Any]) -> str:
    return f"{found['transport']}/{found['existence']}"


def page(title: str, head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def described(words: str) -> str:
    """What Instagram's head says of an account, in a language."""
    own = "<meta property='og:type' content='profile'><meta property='og:url' content='https://www.instagram.com/almestad/'>"
    title = "Almestads stad (@almestad) • Instagram photos and videos"
    return page(title, f'{own}<meta property="og:description" content="{words}">')


# --- walls ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", sorted(ADDRESSES))
def test_a_guard_is_known_before_every_platform(platform: str) -> None:
    for marker, walls in BLOCKED.items():
        for wall in walls:
            if wall.landed == Shown().landed:
                found = answer(ADDRESSES[platform], wall.html, platform, status=wall.status, headers=wall.headers)
                assert found["transport"] in BLIND, marker


@pytest.mark.parametrize("platform", sorted(ADDRESSES))
def test_a_status_alone_refuses_and_accuses_nobody(platform: str) -> None:
    for status in (401, 403, 429, 451, 500, 503, 999):
        found = answer(ADDRESSES[platform], "", platform, status=status)
        assert found["existence"] == "unknown", status
        assert found["transport"] not in ("ok", "unreadable"), status


@pytest.mark.parametrize("platform", sorted(ADDRESSES))
def test_what_is_no_page_says_nothing(platform: str) -> None:
    for body in (b"", bytes(range(256)) * 40, b"null", b"[]", b"{}", b"\x1f\x8b\x08\x00" * 50):
        assert said(answer(ADDRESSES[platform], body, platform)) in ("unreadable/unknown", "ok/unknown"), body


WALLS = {
    "a visitor of LinkedIn's in Swedish": (
        "https://www.linkedin.com/company/almestad/",
        page("Gå med på LinkedIn", body="<form action='https://www.linkedin.com/uas/login-submit'></form>"),
        "walled",
    ),
    "LinkedIn's wall by its own address": (
        "https://www.linkedin.com/company/almestad/",
        page("LinkedIn", '<link rel="canonical" href="https://www.linkedin.com/authwall?sessionRedirect=x">'),
        "walled",
    ),
    "X's log-in page in German": ("https://x.com/almestad", page("Bei X anmelden / X"), "walled"),
    "X to a browser of other days": (
        "https://x.com/almestad",
        page("Twitter", body="<h1>This browser is no longer supported.</h1>"),
        "blocked",
    ),
    "YouTube's consent page in Greek": (
        "https://www.youtube.com/@almestad",
        page("Πριν συνεχίσετε στο YouTube"),
        "consent",
    ),
    "Cloudflare's page in Swedish, its script gone": ("https://almestad.example/", page("Ett ögonblick…"), "blocked"),
    "Vimeo before whom it takes for a robot": ("https://vimeo.com/almestad", page("Verify to continue"), "blocked"),
    "Bluesky's limit": (
        "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=almestad.bsky.social",
        {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"},
        "rate_limited",
    ),
    "Vimeo's limit": (
        "https://api.vimeo.com/users/almestad",
        {"error": "Too many API requests. Wait an hour, and try again.", "error_code": 9000},
        "rate_limited",
    ),
    "DataDome's answer for programs": (
        "https://almestad.example/",
        {"url": "https://geo.captcha-delivery.com/captcha/?initialCid=AH&t=fe"},
        "blocked",
    ),
}


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_a_wall_in_every_language(name: str) -> None:
    url, body, transport = WALLS[name]
    assert said(answer(url, body)) == f"{transport}/unknown"


# --- what platforms say of an account that is not there ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "existence"),
    [
        ("This channel does not exist.", "gone"),
        ("Este canal no existe.", "gone"),
        ("Kanalen finns inte.", "unknown"),
        ("Dieser Kanal existiert nicht.", "unknown"),
        ("This account has been terminated for violating YouTube's Community Guidelines.", "suspended"),
        ("This channel is not available in your country.", "unknown"),
        ("Den här kanalen är inte tillgänglig i ditt land.", "unknown"),
        ("Kanalen finns inte kvar på listan.", "unknown"),
    ],
)
@pytest.mark.parametrize("year", ["alert.html", "alert-2019.html"])
def test_an_alert_of_youtubes_is_read_in_every_layout_and_only_word_for_word(
    year: str, words: str, existence: str
) -> None:
    body = kept("youtube", year).body.replace(b"ALERT", words.encode())
    assert said(answer("https://www.youtube.com/channel/UChamnstad0000000000bibl", body)) == f"ok/{existence}"


@pytest.mark.parametrize(
    ("url", "body", "existence"),
    [
        ("https://vimeo.com/almestad", page("VimeUhOh"), "unknown"),
        ("https://www.instagram.com/almestad/", page("Page not found • Instagram"), "unknown"),
        ("https://social.almestad.example/@almestad/1099", kept("mastodon", "not-found.html").body, "unknown"),
        ("https://social.almestad.example/@almestad", kept("mastodon", "not-found.html").body, "gone"),
        (
            "https://social.almestad.example/@almestad",
            page(
                "Fel", body="<div class='dialog'><div class=\"dialog__illustration\"></div><h1>Seite fehlt</h1></div>"
            ),
            "gone",
        ),
        (
            "https://social.almestad.example/users/almestad/statuses/1",
            {"type": "Tombstone", "id": "https://social.almestad.example/users/almestad/statuses/1"},
            "unknown",
        ),
        ("https://x.com/almestad/status/1", {"errors": [{"code": 50, "message": "User not found."}]}, "unknown"),
        ("https://x.com/almestad", {"errors": [{"code": 50, "message": "User not found."}]}, "gone"),
        (
            "https://api.vimeo.com/users/4711",
            {"error": "The requested user couldn't be found.", "error_code": 5000},
            "gone",
        ),
        (
            "https://api.flickr.com/services/rest/?method=flickr.people.getInfo&user_id=4711001%40N03",
            {"stat": "fail", "code": 5, "message": "User deleted"},
            "gone",
        ),
    ],
)
def test_what_is_missing_is_the_account_or_else_nothing_is_told(url: str, body: Any, existence: str) -> None:
    platform = "mastodon" if "social." in url else None
    assert said(answer(url, body, platform, status=404)) == f"ok/{existence}"


# --- facts in other languages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "followers", "posts"),
    [
        ("1 234 följare, 56 följer, 789 inlägg – Se foton och videoklipp från Almestads stad (@almestad)", 1234, 789),
        (
            "1.234 Follower, 56 Gefolgt, 789 Beiträge – Instagram-Fotos von Almestads stad (@almestad)",
            1234,
            789,
        ),
        ("1 234 followers, 56 suivi(e)s, 789 publications – Voir les photos de Almestads stad (@almestad)", 1234, 789),
        ("フォロワー1,234人、フォロー中56人、投稿789件 ― Almestads stad(@almestad)さんの写真", 1234, 789),
        ("12M Followers, 56 Following, 789 Posts - See photos and videos from Almestads stad (@almestad)", None, 789),
        ("12,3 tn följare, 56 följer, 1 789 inlägg – Se foton från Almestads stad (@almestad)", None, 1789),
        ("12万フォロワー、フォロー中56人、投稿789件 ― Almestads stad(@almestad)", None, 789),
    ],
)
def test_counts_are_read_in_every_language_and_rounded_ones_are_left(words: str, followers: Any, posts: int) -> None:
    facts = answer("https://www.instagram.com/almestad/", described(words))["facts"]
    assert (facts.get("followers"), facts.get("posts_count")) == (followers, posts)


@pytest.mark.parametrize(
    ("shown", "followers"),
    [
        ("1,23 mn prenumeranter", 1_230_000),
        ("12,3 tn prenumeranter", 12_300),
        ("1,23 Mio. Abonnenten", 1_230_000),
        ("12,3 k abonnés", 12_300),
        ("登録者数 1.23万人", 12_300),
        ("구독자 1.23만명", 12_300),
        ("12,3 тыс. подписчиков", 12_300),
        ("12,3 B abone", 12_300),
        ("1,23 Mn abone", 1_230_000),
    ],
)
def test_what_youtube_rounds_is_read_in_every_language(shown: str, followers: int) -> None:
    row = [{"metadataParts": [{"text": {"content": shown}}]}]
    view = {
        "title": {"dynamicTextViewModel": {"text": {"content": "Almestad"}}},
        "metadata": {"contentMetadataViewModel": {"metadataRows": row}},
    }
    tree = {"header": {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": view}}}}
    assert answer("https://www.youtube.com/@almestad", tree)["facts"]["followers"] == followers


def test_a_number_that_is_cut_off_is_nobodys() -> None:
    body = kept("instagram", "shell.html").body
    cut = body[: body.index(b"profilePage_") + len(b"profilePage_44")]
    facts = answer("https://www.instagram.com/almestadsstad/", cut)["facts"]
    assert (facts["handle"], facts.get("platform_id")) == ("almestadsstad", None)


def test_what_is_no_handle_names_nobody() -> None:
    body = {"business_discovery": {"id": "17841400000000001", "username": "f3&_nc_ohc=c7he", "name": "Almestads stad"}}
    facts = answer("https://graph.facebook.com/v25.0/1?fields=business_discovery", body, "instagram")["facts"]
    assert "handle" not in facts


@pytest.mark.parametrize(
    "title",
    [
        "Almestads stad (@almestad) • Instagram-foton och -videoklipp",
        "Almestads stad(@almestad)님 • Instagram 사진 및 동영상",
        "Almestads stad (@almestad) • Photos et vidéos Instagram",
        "@almestad • Instagram photos and videos",
    ],
)
def test_a_title_names_the_account_in_every_language(title: str) -> None:
    found = answer("https://www.instagram.com/almestad/", page(title))
    assert (said(found), found["facts"]["handle"]) == ("ok/present", "almestad")


def test_an_embed_of_instagrams_tells_what_its_account_says_of_itself() -> None:
    found = answer("https://www.instagram.com/almestadsstad/embed/", kept("instagram", "embed.html").body)
    facts = found["facts"]
    assert said(found) == "ok/present"
    assert (facts["handle"], facts["platform_id"], facts["followers"], facts["posts_count"]) == (
        "almestadsstad", "1234567", 4321, 77,
    )  # fmt: skip
    assert facts["verified"] is True
    assert (facts["last_post_at"], facts["last_post_is"]) == ("2026-09-21T14:13:20Z", "at_least")


PLUGIN = "https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2F"


def test_facebooks_plugin_shows_the_page_that_it_was_asked_for() -> None:
    found = answer(f"{PLUGIN}almestadsstad%2F", kept("facebook", "plugin.html").body)
    facts = found["facts"]
    assert (said(found), facts["display_name"], facts["handle"]) == ("ok/present", "Almestads stad", "Almestads.stad")
    assert (facts["last_post_at"], facts["last_post_is"]) == ("2026-09-21T14:13:20Z", "at_least")
    assert facts["followers"] == 43123
    assert said(answer(f"{PLUGIN}almestadsbibliotek", kept("facebook", "plugin.html").body)) == "unreadable/unknown"


@pytest.mark.parametrize("body", ["", '"contextJSON":"{"', '"contextJSON":"{\\"context\\":{\\"media\\":null}}"'])
def test_an_embed_that_shows_nobody_names_nobody(body: str) -> None:
    found = answer("https://www.instagram.com/almestad/embed/", page("Instagram", body=f"<script>{body}</script>"))
    assert said(found) == "unreadable/unknown"


def test_an_address_that_an_account_left_empty_is_none() -> None:
    body = {"data": [{"id": "123", "username": "almestad", "name": "Almestad", "url": "", "description": ""}]}
    facts = answer("https://api.x.com/2/users/by?usernames=almestad", body)["facts"]
    assert (facts["website_link"], facts["description"]) == (None, None)


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_a_page_of_another_platform_is_not_vimeos() -> None:
    other = {
        "@type": "ProfilePage",
        "mainEntity": {"@type": "Person", "name": "Hamnstad", "identifier": "99", "url": "https://x.com/hamnstad"},
    }
    body = page(
        "Vimeo", f'<script type="application/ld+json">{json.dumps(other)}</script>', "<img src='//i.vimeocdn.com/a'>"
    )
    assert said(answer("https://vimeo.com/almestad", body)) == "unreadable/unknown"


def test_a_page_that_gives_two_addresses_has_no_owner() -> None:
    body = kept("facebook", "new-page.html").body
    two = body.replace(b"</head>", b'<meta property="og:url" content="https://www.facebook.com/hamnstad/"></head>')
    assert "platform_id" in answer("https://www.facebook.com/almestad", body)["facts"]
    assert "platform_id" not in answer("https://www.facebook.com/almestad", two)["facts"]


def test_an_id_made_for_one_app_is_told_from_the_account_s_own() -> None:
    body = {"user_id": "17841400000000001", "id": "7123456789012345", "username": "almestad", "name": "Almestads stad"}
    facts = answer("https://graph.instagram.com/v25.0/me?fields=user_id,username,name", body)["facts"]
    assert (facts["platform_id"], facts["id_namespace"]) == ("17841400000000001", "graph")
    assert facts["more_ids"] == ["app:7123456789012345"]


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://www.googleapis.com/youtube/v3/channels?id=UC_x5XG1OV2P6uZZ5FSM9Ttw", "youtube"),
        ("https://graph.threads.net/v1.0/profile_lookup?username=almestad", "threads"),
        ("https://api.flickr.com/services/feeds/photos_public.gne?id=1@N01", "flickr"),
        ("https://open.tiktokapis.com/v2/user/info/", "tiktok"),
        ("https://social.almestad.example/api/v1/accounts/lookup?acct=almestad", "mastodon"),
        ("https://www.almestad.example/api/kultur", "website"),
    ],
)
def test_an_interface_is_known_by_its_address(url: str, platform: str) -> None:
    assert answer(url, {})["platform"] == platform
