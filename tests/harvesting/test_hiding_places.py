"""Where a page may hide an account, and what only looks like one."""

from __future__ import annotations

import pytest

from audits.model import Own, Sighting, SightingKind
from tests.harvesting.looking import CITY, PROFILE, accounts, kept, only, seen_on


def front(key: str) -> Sighting:
    return next(each for each in kept("front.html") if each.key == key and each.kind is PROFILE)


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("x:almestadstad", "meta twitter:site"),
        ("facebook:almestadsstad", "meta article:publisher"),
        ("facebook:id:100200300400501", "meta fb:pages"),
        ("mastodon:almestad@social.almestad.example", "link rel=me"),
        ("mastodon:press@social.almestad.example", "meta fediverse:creator"),
        ("feed:almestad.example/nyheter.rss", "feed link"),
        ("linkedin:company:almestads-stad", "json-ld"),
        ("bluesky:almestad.example", "json-ld"),
        ("snapchat:almestadstad", "json-ld"),
        ("youtube:@almestadsbibliotek", "itemprop sameAs"),
        ("pinterest:almestadsstad", "script"),
        ("threads:almestadsstad", "script"),
        ("linkedin:company:1234567", "page"),
        ("flickr:almestadsstad", "page"),
        ("instagram:almestadsstad", "header"),
        ("facebook:almestadsmuseer", "main text"),
        ("facebook:almestadsbibliotek", "main text"),
        ("x:almestadtrafik", "main text"),
        ("youtube:channel:UCalmestadalmestadalmest", "main text"),
        ("spotify:show:4almestadpoddenalmesta", "main text"),
        ("facebook:almestadskultur", "main text"),
        ("flickr:12345678@N00", "main text"),
        ("tiktok:almestadsstad", "main text"),
        ("instagram:almestadkonsthall", "main text"),
        ("twitch:almestadesport", "onclick of button"),
        ("tumblr:almestadsarkivet", "footer"),
        ("xing:pages:almestad", "footer"),
    ],
)
def test_an_account_is_found_wherever_a_page_hides_it(key: str, place: str) -> None:
    found = front(key)
    assert place in found.place
    assert found.own is Own.LIKELY


@pytest.mark.parametrize(
    "key",
    ["facebook:regionteatern", "x:exempelperson", "instagram:ett.exempel", "instagram:byranexempel", "x:wordpress"],
)
def test_what_structured_data_states_say_and_footers_credit_of_others_is_theirs(key: str) -> None:
    assert front(key).own is Own.UNLIKELY


def test_two_spellings_of_one_account_have_one_answer() -> None:
    spellings = [each for each in kept("front.html") if each.key == "facebook:almestadsstad"]
    assert [each.url[-2:] for each in spellings] == ["ad", "d/"]
    assert {(each.own, each.why) for each in spellings} == {(Own.LIKELY, spellings[0].why)}


def test_a_player_is_shown_by_its_address_and_its_account_by_its_own() -> None:
    kinds = {each.url.partition("?")[0]: each.kind for each in kept("front.html") if "kultur" in each.url}
    assert kinds == {
        "https://www.facebook.com/v19.0/plugins/page.php": SightingKind.EMBED,
        "https://www.facebook.com/almestadskultur": PROFILE,
    }


def test_a_feed_of_comments_is_not_the_citys() -> None:
    assert not any("comments" in each.url for each in kept("front.html"))


def test_the_accounts_of_an_article_are_told_apart() -> None:
    assert accounts(kept("article.html", f"{CITY}bad")) == {
        "linkedin:in:ett-exempel": Own.UNLIKELY,
        "instagram:kakbolaget": Own.UNLIKELY,
        "x:ett_exempel": Own.UNLIKELY,
        "instagram:almestadssimklubb": Own.UNKNOWN,
        "facebook:regionteatern": Own.UNLIKELY,
        "facebook:almestadsstad": Own.LIKELY,
        "x:enbadgast": Own.UNLIKELY,
        "instagram:poeten": Own.UNLIKELY,
        "x:enkommentator": Own.UNLIKELY,
        "facebook:sponsorn": Own.UNLIKELY,
    }


@pytest.mark.parametrize(
    ("fragment", "kind"),
    [
        ("facebook.com/sharer", SightingKind.SHARE),
        ("twitter.com/intent/tweet", SightingKind.SHARE),
        ("linkedin.com/sharing", SightingKind.SHARE),
        ("api.whatsapp.com", SightingKind.SHARE),
        ("t.me/share", SightingKind.SHARE),
        ("reddit.com/submit", SightingKind.SHARE),
        ("bsky.app/intent", SightingKind.SHARE),
        ("pinterest.com/pin/create", SightingKind.SHARE),
        ("twitter.com/share", SightingKind.SHARE),
        ("youtube.com/watch", SightingKind.POST),
        ("/posts/123456789", SightingKind.POST),
        ("/status/1234567890123456789", SightingKind.EMBED),
        ("facebook.com/privacy", SightingKind.OTHER),
        ("twitter.com/en/privacy", SightingKind.OTHER),
        ("vimeo.com/cookie_policy", SightingKind.OTHER),
        ("https://www.facebook.com/", SightingKind.OTHER),
        ("https://www.youtube.com/", SightingKind.OTHER),
        ("yourusername", SightingKind.OTHER),
        ("fb.me", SightingKind.OTHER),
        ("t.co", SightingKind.OTHER),
    ],
)
def test_share_buttons_posts_embeds_and_platform_pages_are_no_accounts(fragment: str, kind: SightingKind) -> None:
    found = [each for each in kept("article.html", f"{CITY}bad") if fragment in each.url]
    assert kind in {each.kind for each in found}
    assert all(each.key is None and each.why for each in found if each.kind is kind)


def test_an_address_like_the_fediverses_on_any_host_is_not_taken_for_one() -> None:
    assert not any("unknown.example" in each.url for each in kept("article.html", f"{CITY}bad"))
    named = only('<a href="https://unknown.example/@almestad">Mastodon</a>')
    assert named.key == "mastodon:almestad@unknown.example"


def test_a_site_on_a_platform_does_not_find_itself() -> None:
    body = '<nav><a href="https://almestad.wordpress.com/om">Om</a></nav>'
    assert not seen_on(body, "https://almestad.wordpress.com/")
    assert only(body).key == "wordpress:almestad"


def test_a_redirector_of_the_site_is_seen_through_however_it_writes_its_target() -> None:
    assert only('<a href="/ut?url=https%3A%2F%2Fvimeo.com%2Falmestad">Film</a>').key == "vimeo:almestad"
    assert only('<a href="/ut?url=https://vimeo.com/almestad">Film</a>').key == "vimeo:almestad"


def test_a_page_without_channels_has_none() -> None:
    assert seen_on("<main><p>Inget här.</p></main>") == ()
