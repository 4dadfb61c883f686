"""Telegram: public channels, groups and bots share one space of names.

    t.me/name      ─▶ the name's card: who, how many; a name that nobody holds shows an empty card, as hidden ones may
    t.me/s/name    ─▶ a channel's newest messages, which prove it alone if need be
    t.me/name/123  ─▶ one message

Class names of the pages: JustAnotherArchivist/snscrape, modules/telegram.py; RSS-Bridge, TelegramBridge.php.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, identify, lower
from audits.asking import addressed, offer, own_page
from audits.model import UNSEEN, AddressKind, Facts, Page, Post, Reading, Route, Seen
from audits.platform import Platform, Subject
from audits.reading.answer import Answer
from audits.reading.answer_fields import or_unseen
from audits.reading.elements import elements, first, said_at
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import present, read_answer, undecided
from audits.reading.posts import latest
from audits.reading.urls import host, path_parts, query_value
from audits.reading.written_values import count_in, moment

SITE: Final = "https://t.me"

GRAMMAR: Final = Grammar(
    platform="telegram",
    names=("telegram", "telegramme", "tme"),
    hosts=(
        Host("t.me"),
        Host("telegram.me"),
        Host("telegram.dog"),
        Host("t.me", subs="*", path="{sub}"),
        Host("telegram.org", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z][A-Za-z0-9_]{2,31}", lower),
        "post": Field(r"[0-9]+"),
        "invitation": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/joinchat|addlist|boost/**", AddressKind.SHARE, notes=("invite-link",)),
        Form("/+{invitation}/**", AddressKind.SHARE, notes=("invite-link",)),
        Form("/share/**", AddressKind.SHARE),
        Form("/s/{name}/{post}/**", AddressKind.POST, url=f"{SITE}/{{name}}/{{post}}", owner="{name}"),
        Form("/s/{name}", key="{name}", url=f"{SITE}/{{name}}", notes=("subpage",)),
        Form("/{name}/{post}/**", AddressKind.POST, url=f"{SITE}/{{name}}/{{post}}", owner="{name}"),
        Form("/@{name}", key="{name}", url=f"{SITE}/{{name}}", notes=("at-in-path",)),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "service": "c iv proxy socks addstickers addemoji addtheme setlanguage confirmphone login invoice giftcode bg "
        "contact m",
    },
)

_WRITTEN: Final = re.compile(r"https?://[^\s<>\"'()]+")
_OWN_HOSTS: Final = ("t.me", "telegram.me", "telegram.org")
_RESOLVE: Final = re.compile(r"tg://resolve\?domain=(\w+)")
_MESSAGE: Final = re.compile(
    r'class="(?P<kind>tgme_widget_message\b[^"]{0,200})"[^>]{0,100}?\bdata-post="(?P<name>\w+)/(?P<id>\d+)"'
)
_SENT: Final = re.compile(r'<time[^>]{0,80}?datetime="([^"]{10,40})"')
_OF_ONE_MESSAGE: Final = ("data-telegram-post", "tgme_widget_message_owner_name", "tgme_widget_message_error")


def read(page: Page, _subject: Subject, packs: Packs) -> Reading:
    """Read one page of t.me, whatever it turned out to be. Raises nothing."""

    def look(answer: Answer) -> Reading | None:
        document = answer.document
        if "tgme_channel_info_header_title" in document.source:
            return _channel(document, page)
        if any(each in document.source for each in _OF_ONE_MESSAGE):
            return _listed(document, page) or _message(document)
        return _card(document) if "tgme_page_title" in document.source else _listed(document, page)

    return read_answer(page, "telegram", packs, look)


_OF_NO_FOLLOWERS: Final = re.compile(r"^@|\bmonthly\b")  # a person's name; how many used a bot this month


def _card(document: Document) -> Reading:
    """The card of a person, a group or a bot; its extra line counts members, or repeats the name of a person."""
    extra = said_at(document, ".tgme_page_extra")
    description = said_at(document, ".tgme_page_description")
    facts = Facts(
        display_name=_name(document, ".tgme_page_title"),
        handle=_handle(document),
        description=description,
        followers=or_unseen(count_in(extra)) if extra and not _OF_NO_FOLLOWERS.search(extra) else UNSEEN,
        avatar_url=_picture(document),
        website_link=_website(document, ".tgme_page_description", description),
        verified=_verified(document),
    )
    return present(facts) if extra or facts.handle is not UNSEEN else undecided("invitation")


def _name(document: Document, place: str) -> str | None:
    """The name without the sign of verification, which cards put behind it."""
    name, sign = said_at(document, place), said_at(document, f"{place} .verified-icon")
    return name.removesuffix(sign).strip() or None if name and sign else name


def _channel(document: Document, page: Page) -> Reading:
    description = said_at(document, ".tgme_channel_info_description")
    username = said_at(document, ".tgme_channel_info_header_username")
    posts = tuple(_posts(document.source))
    facts = Facts(
        display_name=_name(document, ".tgme_channel_info_header_title"),
        handle=or_unseen((username or "").removeprefix("@") or None),
        description=description,
        followers=_subscribers(document),
        avatar_url=_picture(document),
        website_link=_website(document, ".tgme_channel_info_description", description),
        verified=_verified(document),
        posts=posts or UNSEEN,
        activity=latest(
            posts[::-1],
            page.fetched_at,
            "messages",
            sees_newest=_ends_with_the_newest(document, page.landed),
            signs=[_sent(body) for opening, body in _messages(document.source) if _of_the_channel(opening)],
        ),
    )
    return present(facts)


def _ends_with_the_newest(document: Document, address: str) -> bool:
    """Whether the page ends with the newest message: not where older ones, some words or the neighbours of one message
    were asked for, or newer ones follow.
    """
    asked = path_parts(address)[2:] or query_value(address, "before") or query_value(address, "q")
    return not asked and not query_value(document.link("next"), "after")


def _subscribers(document: Document) -> Seen[int]:
    """The counter of subscribers, among those of pictures, videos, files and links."""
    counters = (each.text for each in elements(document, ".tgme_channel_info_counter"))
    return or_unseen(next((count_in(each) for each in counters if "subscriber" in each), None))


def _messages(source: str) -> Iterator[tuple[re.Match[str], str]]:
    """How each message opens, and what it holds."""
    openings = list(_MESSAGE.finditer(source))
    ends = [*(opening.start() for opening in openings[1:]), len(source)]
    for opening, end in zip(openings, ends, strict=False):  # without openings, one end is left over
        yield opening, source[opening.end() : end]


def _of_the_channel(opening: re.Match[str]) -> bool:
    """Whether it tells what was done to the channel, as a new picture or a pinned message, and says nothing."""
    return "service_message" in opening["kind"]


def _posts(source: str) -> Iterator[Post]:
    """The channel's posts; messages forwarded from elsewhere are another's."""
    for opening, body in _messages(source):
        if not _of_the_channel(opening):
            yield Post(
                url=f"{SITE}/{opening['name']}/{opening['id']}",
                at=_sent(body),
                repost="tgme_widget_message_forwarded_from" in body,
                has_picture="tgme_widget_message_photo_wrap" in body,
                has_video="tgme_widget_message_video" in body,
            )


def _sent(message: str) -> datetime | None:
    """When a message was sent: the last time in it is its own, and earlier ones belong to what it quotes."""
    times = _SENT.findall(message)
    return moment(times[-1]) if times else None


def _listed(document: Document, page: Page) -> Reading | None:
    """A channel whose messages alone stand at the address of their list, without the head that says the rest of it:
    nobody knows whether what is left ends with the newest.
    """
    names, posts = [opening["name"] for opening, _ in _messages(document.source)], tuple(_posts(document.source))
    ours = len(posts) > 1 and all(path_parts(page.landed.lower())[:2] == ("s", name.lower()) for name in names)
    activity = latest(posts[::-1], page.fetched_at, "messages")
    return present(Facts(handle=names[0], posts=posts, activity=activity)) if ours else None


def _message(document: Document) -> Reading:
    title = document.meta("og:title")
    facts = Facts(
        display_name=or_unseen(said_at(document, ".tgme_widget_message_owner_name") or title),
        handle=_handle(document),
        avatar_url=or_unseen(document.meta("og:image")),
    )
    return undecided("one_post", facts=facts)


def _handle(document: Document) -> Seen[str]:
    """The channel's handle; an invitation to a closed group, or a set of stickers, has none."""
    found = _RESOLVE.search(document.app_address or "")
    if found:
        return found[1]
    address = document.meta("twitter:app:url:googleplay", "og:url")
    named = identify(address or "", "telegram", (GRAMMAR,))
    key = named.key or named.owner_key
    return or_unseen(key.removeprefix("telegram:") if key else None)


_OWN_SIGN: Final = ", ".join(
    f"{place} .verified-icon"
    for place in (".tgme_channel_info_header_labels", ".tgme_channel_info_header_title", ".tgme_page_title")
)


def _verified(document: Document) -> bool:
    """Whether the sign stands beside its own name: messages carry the signs of whom they were forwarded from."""
    return "verified-icon" in document.source and first(document, _OWN_SIGN) is not None


def _picture(document: Document) -> Seen[str]:
    source = said_at(document, ".tgme_page_photo_image img, img.tgme_page_photo_image", "src") or ""
    return source if source.startswith("https://") else None


def _website(document: Document, selector: str, description: str | None) -> str | None:
    """The first address in the description: Telegram links those written without a scheme as well."""
    linked = (anchor.get("href") for anchor in elements(document, f"{selector} a[href]"))
    outward = (href for href in linked if href.startswith("http") and host(href) not in _OWN_HOSTS)
    written = _WRITTEN.search(description or "")
    return next(outward, None) or (written[0].rstrip(".,") if written else None)


_MESSAGES: Final = addressed(f"{SITE}/s/{{name}}")
_CARD: Final = addressed(f"{SITE}/{{name}}", otherwise=own_page)


PLATFORM: Final = Platform(
    label="Telegram",
    grammar=GRAMMAR,
    read=read,
    routes=(
        offer(Route.PAGE, read, _MESSAGES, sees=frozenset({"existence", "activity"})),
        offer(Route.PAGE, read, _CARD, sees=frozenset({"existence"})),
    ),
)
