"""Vimeo: members and their videos.

    interface by number, by name ─▶ their newest videos      page
    JSON ─┬ a member ─▶ present      "user … not found" ─▶ gone, where asked by the number or none is known
          ├ videos of one member ─▶ present, with the newest
          └ oEmbed ─▶ undecided: cards are handed out even for videos that nobody may see
    feed ── may prove life, never silence: called discontinued, and often malformed
    HTML ─┬ JSON-LD ProfilePage (2021–) ─▶ app_config.user (2014–2020) ─▶ app links to /users/<id> ─▶ a member
          ├ VideoObject, og:type video ─▶ undecided, with the video's owner
          └ 404 not asked for a member ─▶ undecided: the same page stands before private and missing videos

Sources: developer.vimeo.com/api/reference/users; matthooks/vimeo; soxoj/socid-extractor; gpodder#920, feedbin#318
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import Interface, by_handle, by_id, listed_at, offer, own_page
from audits.model import UNSEEN, AddressKind, Existence, Facts, Marker, PlatformId, Post, Reading, Route, Transport
from audits.platform import Platform, Subject
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, dig, ld_json, texts
from audits.reading.fields import moment
from audits.reading.html import Document
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.schema_org import image_of, profile_entity
from audits.reading.told import either, named, numbered, told, words
from audits.reading.urls import host, path_parts
from audits.replies import Reply, reader

SITE: Final = "https://vimeo.com"

GRAMMAR: Final = Grammar(
    platform="vimeo",
    names=("vimeo", "vimeocom"),
    hosts=(Host("vimeo.com"), Host("player.vimeo.com"), Host("vimeo.com", subs="*", path="service:")),
    fields={
        "name": Field(r"(?![0-9]+(?:/|\Z))[A-Za-z0-9_-]+", lower),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/api/oembed.json?url={target}", follow="target", notes=("oembed",)),
        Form("/search/**", AddressKind.SEARCH),
        Form("/video|videos/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/channels|groups/{list}/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/channels|groups/{list}/videos/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/showcase|album/{list}/video/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/{post}/**", AddressKind.POST, url=f"{SITE}/{{post}}"),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "group": "channels groups",
        "playlist": "showcase album ondemand",
        "service": "event events watchlater upload features blog about help join log_in manage settings categories "
        "stock watch create solutions pricing enterprise terms privacy api site_map explore staffpicks user robots.txt",
    },
)


# --- what the interface says ------------------------------------------------------------------------------------------


USER: Final = "user"
_GATHERED: Final = frozenset({"appearances", "channels", "feed", "following", "groups", "likes", "watched"})
_ADDRESSES: Final = ("link", "profile_url", "profileurl")
_CONNECTED: Final = ("metadata", "connections")
_UPLOADED: Final = ("total", "total_videos_uploaded", "number_of_uploads")
_TROUBLE: Final = {Transport.NOT_PERMITTED: range(8000, 8004), Transport.RATE_LIMITED: (9000, 9001)}
_NO_SUCH_USER: Final = re.compile(r"\buser\b.{1,40}\b(?:found|exist)", re.IGNORECASE)  # and not "the requested page"


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    if answer.get("provider_name") == "Vimeo":
        author = named(answer.get("author_name"), answer.get("author_url"), _name_in)
        return undecided("one_video", facts=author)
    if "error" in answer or "error_code" in answer:
        return _refused(answer, reply)
    person = as_object(answer.get("person")) or answer
    if _id_in(as_text(person.get("uri"))) or {"videos_url", "videosurl"} & person.keys():
        return present(_member(person))
    if maker := as_object(answer.get("user")):
        return undecided("one_video", facts=_member(maker))
    return _videos(answer, reply.page.url, reply.now) if isinstance(answer.get("data"), list) else None


def _refused(answer: dict[str, Json], reply: Reply) -> Reading | None:
    status, said = reply.page.status, as_text(answer.get("error")) or ""
    refused = refusal(as_count(answer.get("error_code")), said, _TROUBLE)
    if refused or status == 401:
        return refused or Reading(transport=Transport.NOT_PERMITTED, reason=own_words(said))
    said_of_user = status in (None, 404) and _NO_SUCH_USER.search(said) is not None
    if said_of_user and _asked_for_member(reply.page.url, reply.subject):
        return explicit(Existence.GONE, Marker("vimeo.api-no-such-user", Existence.GONE, said))
    return undecided(own_words(said)) if status in (None, 400, 404) else None


def _asked_for_member(url: str, subject: Subject) -> bool:
    """By its number; by its name only while no number is known, since a name may have been given up for another."""
    asked = path_parts(url)
    if host(url) != "api.vimeo.com" or len(asked) != 2 or asked[0] != "users":
        return False
    return asked[1].isdigit() or subject.id_in(USER) is None


def _member(member: dict[str, Json]) -> Facts:
    """A member, by the names of the interface and of those before it (2008 to 2015, and v2, which still answers)."""
    sites, sizes = texts(member.get("websites"), "link"), texts(dig(member, "pictures", "sizes"), "link")
    return Facts(
        display_name=told(member, as_text, "display_name", "name"),
        handle=either(next(filter(None, (_name_in(as_text(member.get(key))) for key in _ADDRESSES)), None)),
        platform_id=either(_id_in(as_text(member.get("uri"))) or numbered(USER, member.get("id"))),
        description=told(member, words, "bio"),
        followers=either(as_count(dig(member, *_CONNECTED, "followers", "total"))),
        posts_count=told({**as_object(dig(member, *_CONNECTED, "videos")), **member}, as_count, *_UPLOADED),
        avatar_url=either(sizes[-1] if sizes else as_text(member.get("portrait_huge"))),
        website_link=(sites[0] if sites else None) if "websites" in member else told(member, as_text, "url"),
        links=tuple(sites) if "websites" in member else UNSEEN,
        created_at=told(member, moment, "created_time", "created_on"),
    )


def _videos(answer: dict[str, Json], asked: str, now: datetime) -> Reading:
    items = [as_object(item) for item in as_list(answer.get("data"))]
    owners = {_id_in(as_text(dig(item, "user", "uri"))) for item in items}
    posts = tuple(_post(item) for item in items)
    if len(owners) != 1 or None in owners or _is_gathered(asked):
        return undecided("nobodys_own", facts=Facts(posts=posts))
    activity = latest(posts, now, "videos", sees_newest=_newest_first(asked))
    return present(replace(_member(as_object(items[0]["user"])), posts=posts, activity=activity))


def _newest_first(asked: str) -> bool:
    """Whether all of a member's own were asked for by date: albums hold some of them, and other orders hide them."""
    return "sort=date" in asked and "direction=asc" not in asked and path_parts(asked)[::2] == ("users", "videos")


def _is_gathered(asked: str) -> bool:
    """Whether the list was asked for as one of what others made: liked, followed, found."""
    lists = path_parts(asked) if host(asked) == "api.vimeo.com" else ("users",)
    return lists[:1] not in (("users",), ("me",)) or not _GATHERED.isdisjoint(lists[1:])


def _post(item: dict[str, Json]) -> Post:
    tracks = as_count(dig(item, "metadata", "connections", "texttracks", "total"))
    return Post(
        url=as_text(item.get("link")),
        at=moment(item.get("release_time")) or moment(item.get("created_time")),
        has_video=True,
        has_captions=False if tracks == 0 else UNSEEN,  # what tracks there are may be machine-made
    )


# --- what feeds and pages say -----------------------------------------------------------------------------------------


_FEED_TITLE: Final = re.compile(r"^Vimeo / |(?: / |['’]s )(?:uploaded )?videos(?: on Vimeo)?$", re.IGNORECASE)
_USER_PATH: Final = re.compile(r"/users/(\d{1,19})(?:[/?]|$)")
_HANDLE: Final = re.compile(r"[A-Za-z0-9_-]{2,60}")
_TITLE_ENDS: Final = re.compile(r"(?:['’]s (?:videos|profile))? on Vimeo$|['’]s (?:videos|profile)$", re.IGNORECASE)


def _feed(reply: Reply) -> Reading | None:
    """The feed of a member's videos: /name/videos."""
    feed = reply.feed
    if feed is None or not host(feed.url).endswith("vimeo.com"):
        return None
    parts = path_parts(feed.url)
    if parts[1:] not in ((), ("videos",)):
        return undecided("nobodys_own")
    name, handle = _FEED_TITLE.sub("", feed.title or "").strip(), _handle(parts[0]) if parts else None
    return present(Facts(display_name=either(name or None), handle=either(handle), activity=feed.life(reply.now)))


def _page(reply: Reply) -> Reading | None:
    """A member, a video's owner, or None where the page shows neither."""
    document = reply.document
    if "vimeocdn.com" not in document.source:
        return _not_a_member(reply)
    member = _of_profile_page(document) or _of_app_config(document) or _of_app_links(document)
    return present(member) if member else _video(document) or _not_a_member(reply)


def _of_profile_page(document: Document) -> Facts | None:
    member = profile_entity(document, "vimeo.com")
    if not as_text(member.get("name")):
        return None
    links = _elsewhere(texts(member.get("sameAs")))
    return Facts(
        display_name=told(member, as_text, "name"),
        handle=either(_handle(as_text(member.get("alternateName"))) or _name_in(as_text(member.get("url")))),
        platform_id=either(numbered(USER, member.get("identifier"))),
        description=told(member, words, "description"),
        followers=either(as_count(dig(member, "interactionStatistic", "userInteractionCount"))),
        posts_count=either(as_count(dig(member, "agentInteractionStatistic", "userInteractionCount"))),
        avatar_url=either(as_text(image_of(member))),
        website_link=either(next(iter(links), None)),
        links=links if "sameAs" in member else UNSEEN,
        created_at=told(member, moment, "dateCreated"),
    )


def _of_app_config(document: Document) -> Facts | None:
    member = as_object(dig(assigned(document, "app_config"), "user"))
    known = numbered(USER, member.get("id"))
    if known is None or not as_text(member.get("display_name")):
        return None
    links = _elsewhere(texts(member.get("links"), "url"))
    return Facts(
        display_name=told(member, as_text, "display_name"),
        handle=either(_handle(as_text(member.get("name")))),
        platform_id=known,
        website_link=either(next(iter(links), None)),
        links=links if "links" in member else UNSEEN,
        created_at=either(moment(dig(member, "join_date", "raw"))),
    )


def _elsewhere(links: list[str]) -> tuple[str, ...]:
    return tuple(link for link in links if not host(link).endswith("vimeo.com"))


def _of_app_links(document: Document) -> Facts | None:
    known = _id_in(document.meta("al:ios:url", "al:android:url", "twitter:app:url:iphone"))
    name = _TITLE_ENDS.sub("", document.meta("og:title") or "").strip()
    if known is None or not name:
        return None
    return Facts(display_name=name, handle=either(_name_in(document.own_address)), platform_id=known)


def _video(document: Document) -> Reading | None:
    author = as_object(dig(next(ld_json(document, "VideoObject"), None), "author"))
    if not author and not (document.meta("og:type") or "").startswith("video"):
        return None
    return undecided("one_video", facts=named(author.get("name"), author.get("url"), _name_in))


def _not_a_member(reply: Reply) -> Reading | None:
    of_another = reply.page.status == 404 and not _name_in(reply.page.url)
    return undecided("other_missing") if of_another else None


def _id_in(address: str | None) -> PlatformId | None:
    """The number in an address or uri such as /users/123."""
    found = _USER_PATH.search(address or "")
    return PlatformId(USER, found[1]) if found else None


def _name_in(address: str | None) -> str | None:
    """The member's name in an address; `user123` is what Vimeo writes for those who chose none."""
    parts = path_parts(address)
    return _handle(parts[0]) if len(parts) == 1 and host(address).endswith("vimeo.com") else None


def _handle(text: str | None) -> str | None:
    return text if text and _HANDLE.fullmatch(text) and not text.isdigit() else None


read: Final = reader("vimeo", json=_json, xml=_feed, html=_page)


# --- how to ask -------------------------------------------------------------------------------------------------------


_USERS: Final = "https://api.vimeo.com/users"


_VIDEOS: Final = listed_at(f"{_USERS}/{{name}}/videos?sort=date&direction=desc&per_page=10")
_JSON: Final = "application/vnd.vimeo.*+json;version=3.4"
_INTERFACE: Final = Interface(platform="vimeo", read=read, key="vimeo", accept=_JSON, newest=_VIDEOS)


def route_of(url: str) -> Route:
    """Which route an address belongs to."""
    parts = path_parts(url)
    if host(url) == "api.vimeo.com":
        return Route.API_BY_ID if parts[1:2] and parts[1].isdigit() else Route.API_BY_HANDLE
    return Route.OEMBED if "oembed.json" in parts else Route.PAGE


PLATFORM: Final = Platform(
    label="Vimeo",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_ID, by_id(USER), f"{_USERS}/{{items}}"),
        _INTERFACE.offer(Route.API_BY_HANDLE, by_handle, f"{_USERS}/{{items}}"),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=route_of,
)
