"""What the head of an Instagram page tells, in any language: name, handle, and three counts in their order."""

from __future__ import annotations

import pytest

from audits.model import UNSEEN, Existence, Facts, Transport
from audits.platforms.instagram import PLATFORM
from tests.platforms.shown import made, read


def a_head(description: str, title: str = "Almestads stad (@almestadsstad) • Instagram") -> Facts:
    """What is read of a page that has only a head."""
    body = f'<html><title>{title}</title><meta property="og:description" content="{description}"></html>'
    return read(PLATFORM, made(body, url=""), "instagram:almestadsstad").facts


@pytest.mark.parametrize(
    "counted",
    [
        "1,234 Followers, 56 Following, 78 Posts - See Instagram photos",
        "1.234 Follower, 56 gefolgt, 78 Beiträge – Sieh dir Instagram-Fotos an",
        "1 234 подписчиков, 56 подписок, 78 публикаций — Посмотрите",
        "\u200f١٬٢٣٤\u200f متابع، يتابع ٥٦، ٧٨ منشورًا - عرض صور",
        "۱٬۲۳۴ دنبال‌کننده, ۵۶ دنبال‌شونده, ۷۸ پست - دیدن",
        "フォロワー1,234人、フォロー中56人、投稿78件 ― 写真",
    ],
)
def test_the_counts_in_a_head_are_read_in_the_digits_of_any_language(counted: str) -> None:
    facts = a_head(counted)
    assert (facts.followers, facts.posts_count) == (1234, 78)


def test_a_head_with_other_than_three_counts_tells_none() -> None:
    facts = a_head("12 3456 Followers, 0 Following, 78 Posts - See Instagram photos")
    assert (facts.followers, facts.posts_count, facts.activity) == (UNSEEN, UNSEEN, UNSEEN)


def test_the_marks_of_direction_around_a_name_are_none_of_it() -> None:
    title = "\u200fAlmestads stad\u200f (@\u200ealmestadsstad\u200e) • صور وفيديوهات Instagram"
    facts = a_head("", title)
    assert (facts.display_name, facts.handle) == ("Almestads stad", "almestadsstad")


def test_nothing_but_zeros_in_a_head_may_stand_for_an_account_that_is_kept_back() -> None:
    facts = a_head("0 Followers, 0 Following, 0 Posts - See Instagram photos")
    assert (facts.followers, facts.posts_count, facts.activity) == (UNSEEN, UNSEEN, UNSEEN)


def test_a_head_that_counts_followers_and_no_posts_tells_of_none() -> None:
    facts = a_head("12 Followers, 0 Following, 0 Posts - See Instagram photos")
    assert (facts.followers, facts.posts_count, facts.activity) == (12, 0, None)


@pytest.mark.parametrize("left", ["title", "canonical", "instagram://"])
def test_a_page_that_was_left_for_anothers_within_the_browser_is_nobodys(left: str) -> None:
    named = {each: "grannby" if each == left else "almestadsstad" for each in ("title", "canonical", "instagram://")}
    body = (
        f"<html><title>Namn (@{named['title']}) • Instagram</title>"
        f"<link rel=canonical href='https://www.instagram.com/{named['canonical']}/'>"
        f"<meta property='al:ios:url' content='instagram://user?username={named['instagram://']}'></html>"
    )
    reading = read(PLATFORM, made(body, url=""), "instagram:almestadsstad")
    assert (reading.existence, reading.facts.handle, reading.facts.display_name) == (Existence.PRESENT, UNSEEN, UNSEEN)


def test_a_page_that_calls_itself_another_sites_shows_no_account_of_instagrams() -> None:
    body = (
        "<html><title>Grannby (@grannby) | TikTok</title>"
        "<link rel=canonical href='https://www.tiktok.com/@grannby'></html>"
    )
    reading = read(PLATFORM, made(body, url="https://www.instagram.com/almestadsstad/"), "instagram:almestadsstad")
    assert (reading.transport, reading.facts) == (Transport.UNREADABLE, Facts())


def test_a_number_that_stands_in_no_script_is_not_the_pages_own() -> None:
    head = "<html><title>Grannby (@grannby) • Instagram</title></html>"
    before = '{"logging_page_id": "profilePage_4400001"}'
    assert read(PLATFORM, made(f"{before}{head}", url="")).facts.platform_id is UNSEEN


@pytest.mark.parametrize("title", ["Almestads stad (@almestadsstad)", "Almestads stad (@almestadsstad) • Instagram"])
def test_a_title_names_the_account_with_or_without_the_sites_name_behind_it(title: str) -> None:
    facts = a_head("", title)
    assert (facts.display_name, facts.handle) == ("Almestads stad", "almestadsstad")


def test_a_title_in_which_more_follows_than_the_handle_names_no_account() -> None:
    assert a_head("", "Almestads stad (@almestadsstad): Badet öppnar").handle is UNSEEN


def test_a_head_that_speaks_to_visitors_alone_is_a_wall_and_under_an_accounts_name_no_words_of_its() -> None:
    pitch = "Create an account or log in to Instagram - Share what you're into with the people who get you."
    body = f'<html><title>Instagram</title><meta name="description" content="{pitch}"></html>'
    assert read(PLATFORM, made(body, url="")).transport is Transport.WALLED
    assert a_head(pitch).description is UNSEEN
