"""Telegram and WhatsApp channels, read: cards, messages, and the card that nobody holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, PlatformId, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms import telegram, whatsapp
from tests.platforms.asking import asked
from tests.platforms.shown import kept, made, read

KEY = "telegram:almestad"
LATEST = Activity(at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC), source="messages", sees_newest=True)


def shown(name: str, **changes: object) -> Reading:
    return read(telegram.PLATFORM, kept("telegram", name, url="https://t.me/almestad", **changes), KEY)


def test_a_card_says_who_it_is() -> None:
    reading = shown("card.html")
    facts = reading.facts
    assert reading.existence is Existence.PRESENT
    assert (facts.display_name, facts.handle, facts.followers) == ("Almestads stad", "almestad", 2805)
    assert facts.description == "Nyheter från staden. https://almestad.example/"
    assert facts.website_link == "https://almestad.example/"
    assert facts.avatar_url == "https://cdn4.example/file/almestad.jpg"


@pytest.mark.parametrize("second_line", [b"@almestad2805", b"2 345 678 monthly users"])
def test_the_second_line_of_a_persons_or_a_bots_card_counts_no_followers(second_line: bytes) -> None:
    card = made(kept("telegram", "card.html").body.replace(b"2 805 subscribers", second_line))
    assert read(telegram.PLATFORM, card, KEY).facts.followers is UNSEEN


@pytest.mark.parametrize("path", ["joinchat/AAAAAE", "+AAAAAE", "addstickers/Katter"])
def test_an_invitation_has_no_name_to_be_called_by(path: str) -> None:
    body = kept("telegram", "card.html").body.replace(b"tg://resolve?domain=almestad", b"tg://join?invite=AAAAAE")
    googles = f'<meta name="twitter:app:url:googleplay" content="https://t.me/{path}"></head>'
    assert read(telegram.PLATFORM, made(body.replace(b"</head>", googles.encode()))).facts.handle is UNSEEN


def test_a_link_without_a_scheme_is_a_link_and_a_name_is_none() -> None:
    page = kept("telegram", "card.html").body.replace(
        b"https://almestad.example/",
        b'<a href="https://t.me/almestadbibliotek">@almestadbibliotek</a> <a href="http://almestad.example/">almestad.example</a>',
    )
    assert read(telegram.PLATFORM, made(page), KEY).facts.website_link == "http://almestad.example/"


def test_the_sign_of_whoever_is_quoted_verifies_nobody_else() -> None:
    page = kept("telegram", "channel.html").body.replace(
        b"tgme_channel_info_header_labels", b"tgme_widget_message_author"
    )
    assert read(telegram.PLATFORM, made(page), KEY).facts.verified is False


def test_the_sign_of_a_verified_card_is_no_part_of_its_name() -> None:
    mark = b'<i class="verified-icon"> \xe2\x9c\x94</i></div>\n'
    sign = mark + b'<div class="tgme_page_extra">'
    page = kept("telegram", "card.html").body.replace(b'</div>\n<div class="tgme_page_extra">', sign)
    facts = read(telegram.PLATFORM, made(page), KEY).facts
    assert (facts.display_name, facts.verified) == ("Almestads stad", True)


def test_a_card_that_nobody_holds_proves_nothing() -> None:
    reading = shown("empty-card.html")
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)
    assert [marker.id for marker in reading.markers] == ["telegram.empty-card"]


def test_a_channel_shows_who_it_is_and_its_newest_own_message() -> None:
    facts = shown("channel.html").facts
    assert (facts.display_name, facts.handle, facts.followers) == ("Almestads stad", "almestad", 2800)
    assert facts.verified is True
    assert isinstance(facts.posts, tuple)
    assert [post.has_picture for post in facts.posts] == [False, True, False]


def test_a_channel_that_forwards_or_changes_its_picture_after_its_newest_message_has_stirred() -> None:
    forwarded = kept("telegram", "channel.html").body.replace(b" service_message", b" another")
    pictured = shown("channel.html").facts.activity
    assert pictured == replace(LATEST, stirred=datetime(2026, 11, 21, 10, 0, tzinfo=UTC))
    posted = read(telegram.PLATFORM, made(forwarded), KEY).facts.activity
    assert posted == replace(LATEST, at=datetime(2026, 11, 21, 10, 0, tzinfo=UTC))


def test_older_messages_prove_no_silence() -> None:
    page = kept("telegram", "channel.html", url="https://t.me/s/almestad?before=3")
    activity = read(telegram.PLATFORM, page, KEY).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


def test_one_message_names_its_channel_and_proves_nothing() -> None:
    reading = shown("message.html")
    assert (reading.existence, reading.facts.display_name, reading.facts.handle) == (
        Existence.UNKNOWN,
        "Almestads stad",
        "almestad",
    )


@pytest.mark.parametrize(
    ("address", "newer"),
    [("/s/almestad/3", ""), ("/s/almestad?q=bad", ""), ("/s/almestad", '<link rel="next" href="/s/almestad?after=9">')],
)
def test_messages_that_others_may_follow_prove_no_silence(address: str, newer: str) -> None:
    body = newer.encode() + kept("telegram", "channel.html").body
    activity = read(telegram.PLATFORM, made(body, url=f"https://t.me{address}"), KEY).facts.activity
    assert isinstance(activity, Activity)
    assert not activity.sees_newest


def test_subscribers_are_counted_wherever_their_counter_stands() -> None:
    body = kept("telegram", "channel.html").body
    turned = (
        body.replace(b"subscribers", b"-").replace(b"photos", b"subscribers").replace(b"-</span>", b"photos</span>")
    )
    assert read(telegram.PLATFORM, made(turned), KEY).facts.followers == 63


def test_stickers_and_invitations_that_count_nobody_are_no_channel() -> None:
    card = '<div class="tgme_page_title">Join group chat on Telegram</div>'
    app = '<meta property="al:ios:url" content="tg://join?invite=AAA">'
    reading = read(telegram.PLATFORM, made(f"<html><head>{app}</head><body>{card}</body></html>"))
    assert (reading.existence, reading.facts.display_name) == (Existence.UNKNOWN, UNSEEN)


def test_a_message_that_is_not_there_is_no_channel_that_is_not_there() -> None:
    for words in ("Post not found", "Channel with username <b>almestad</b> not found"):
        page = made(f'<html><body><div class="tgme_widget_message_error">{words}</div></body></html>')
        reading = read(telegram.PLATFORM, page, KEY)
        assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


def test_the_messages_are_asked_for_before_the_card() -> None:
    subject = Subject(platform="telegram", key=KEY)
    probes, reading = asked(telegram.PLATFORM, Route.PAGE, subject, kept("telegram", "channel.html").body)
    assert probes[0].url == "https://t.me/s/almestad"
    assert isinstance(reading.facts.activity, Activity)
    assert reading.facts.activity.at == LATEST.at


def test_a_whatsapp_channel_says_who_it_is() -> None:
    facts = read(whatsapp.PLATFORM, kept("whatsapp", "channel.html")).facts
    assert (facts.display_name, facts.followers) == ("Almestads stad", 1200)
    assert facts.platform_id == PlatformId("channel", "0029VaAlmestadAlmestad1A")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("WhatsApp-kanal för X. 1,2 tn följare", 1200), ("WhatsApp Channel: X. 45K followers", 45_000),
        ("Canal de WhatsApp de X. 1,2 mil seguidores", 1200), ("WhatsApp-Kanal von X. 1.234 Follower", 1234),
        ("Chaîne WhatsApp X. 12 k abonnés", 12_000), ("X WhatsApp-kanaal. 1,5K volgers", 1500),
        ("Fem 5 ord, 2 till", UNSEEN),
    ],
)  # fmt: skip
def test_a_whatsapp_channel_counts_its_followers_in_any_language(said: str, count: object) -> None:
    head = f'<meta property="og:title" content="X | WhatsApp"><meta property="og:description" content="{said}">'
    assert read(whatsapp.PLATFORM, made(f"<html><head>{head}</head></html>")).facts.followers == count


@pytest.mark.parametrize("title", ["WhatsApp Channel", "Share on WhatsApp", ""])
def test_a_whatsapp_page_without_a_name_is_nobodys_fault(title: str) -> None:
    page = made(f'<meta property="og:title" content="{title}"><p>Hej')
    assert read(whatsapp.PLATFORM, page).transport is Transport.UNREADABLE
