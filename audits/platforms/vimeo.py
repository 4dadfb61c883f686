"""Vimeo: members and their videos.

    interface by number, by name ─▶ their newest videos      page
    JSON ─┬ a member, videos of one member ─▶ present      oEmbed ─▶ undecided: even hidden videos have cards
          └ "user … not found" ─▶ gone, where asked by the number or none is known
    feed ── may prove life, never silence: called discontinued, and often malformed
    HTML ─┬ JSON-LD ProfilePage (2021–) ─▶ app_config.user (2014–2020) ─▶ the head's links to the app ─▶ a member
          ├ VideoObject, og:type video ─▶ undecided, with the video's owner
          └ 404 not asked for a member ─▶ undecided: the same page stands before private and missing videos

Names of fields are those of the interface of today and of those before it (2008 to 2015, and v2, which still answers).
Sources: developer.vimeo.com/api/reference/users; matthooks/vimeo; soxoj/socid-extractor; gpodder#920, feedbin#318
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import Interface, by_handle, by_id, listed_at, offer, own_page
from audits.model import UNSEEN, AddressKind, Facts, PlatformId, Post, Reading, Route, Transport
from audits.platform import Platform, Subject, routed
from audits.reading.answer_fields import as_plain_text, card_owner, number_id, or_unseen, owner_facts, read_field
from audits.reading.embedded import Json, all_texts, as_count, as_list, as_object, as_text, assigned, dig, ld_json
from audits.reading.html import Document
from audits.reading.pages import gone, present, undecided
from audits.reading.posts import agreed, by_day, latest
from audits.reading.refusals import own_words, refusal
from audits.reading.schema_org import profile_entity, profile_facts
from audits.reading.urls import host, id_in, path_parts
from audits.reading.written_values import first_of, moment
from audits.replies import Reply, other_than, reader

SITE: Final = "https://vimeo.com"
_IN_LISTS: Final = ("/channels|groups/{list}/", "/channels|groups/{list}/videos/", "/showcase|album/{list}/video/")
_VIDEOS_AT: Final = ("/", "/video|videos/", *_IN_LISTS)

GRAMMAR: Final = Grammar(
    platform="vimeo",
    names=("vimeo", "vimeocom"),
    hosts=(Host("vimeo.com"), Host("player.vimeo.com"), Host("vimeo.com", subs="*", path="service:")),
    fields={
        "name": Field(r"(?![0-9]+(?:/|\Z))[A-Za-z0-9_-]+", lower),  # and never a number, which is a video's
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/api/oembed.json?url={target}", follow="target", notes=("oembed",)),
        Form("/search/**", AddressKind.SEARCH),
        *(Form(f"{at}{{post}}/**", AddressKind.POST, url=f"{SITE}/{{post}}") for at in _VIDEOS_AT),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "group": "channels groups",
        "playlist": "showcase album ondemand",
        "service": "event events watchlater upload features blog about help join log_in manage settings categories "
        "stock watch create solutions pricing enterprise terms privacy api site_map explore staffpicks user robots.txt",
    },
)


# --- members and videos -----------------------------------------------------------------------------------------------

USER: Final = "user"
_USER_PATH: Final = re.compile(r"/users/(\d{1,19})(?:[/?]|$)")
_HANDLE: Final = re.compile(r"(?![0-9]{2,60}\Z)[A-Za-z0-9_-]{2,60}")
_ADDRESSES: Final = ("link", "profile_url", "profileurl")
_CONNECTED: Final = ("metadata", "connections")
_UPLOADED: Final = ("total", "total_videos_uploaded", "number_of_uploads")


def _id_in(address: Json) -> PlatformId | None:
    """The number in an address or uri such as /users/123."""
    return id_in(as_text(address), USER, _USER_PATH)


def _name_in(address: str | None) -> str | None:
    """The member's name in an address; `user123` is what Vimeo writes for those who chose none."""
    parts = path_parts(address)
    return as_text(parts[0], _HANDLE) if len(parts) == 1 and host(address).endswith("vimeo.com") else None


def _member(member: dict[str, Json]) -> Facts:
    links, largest = all_texts(member.get("websites"), "link"), dig(member, "pictures", "sizes", -1, "link")
    return Facts(
        display_name=read_field(member, as_text, "display_name", "name"),
        handle=or_unseen(next(filter(None, (_name_in(as_text(member.get(key))) for key in _ADDRESSES)), None)),
        platform_id=or_unseen(_id_in(member.get("uri")) or number_id(USER, member.get("id"))),
        description=read_field(member, as_plain_text, "bio"),
        followers=or_unseen(as_count(dig(member, *_CONNECTED, "followers", "total"))),
        posts_count=read_field({**as_object(dig(member, *_CONNECTED, "videos")), **member}, as_count, *_UPLOADED),
        avatar_url=or_unseen(as_text(largest or member.get("portrait_huge"))),
        website_link=read_field(member, as_text, "url") if links is UNSEEN else first_of(links),
        links=links,
        created_at=read_field(member, moment, "created_time", "created_on"),
    )


def _post(video: dict[str, Json]) -> Post:
    tracks = as_count(dig(video, *_CONNECTED, "texttracks", "total"))
    return Post(
        url=as_text(video.get("link")),
        at=moment(video.get("release_time")) or moment(video.get("created_time") or video.get("upload_date")),
        has_video=True,
        has_captions=False if tracks == 0 else UNSEEN,  # what tracks there are may be machine-made
    )


# --- interfaces -------------------------------------------------------------------------------------------------------

_TROUBLE: Final = {Transport.NOT_PERMITTED: (401, *range(8000, 8004)), Transport.RATE_LIMITED: (9000, 9001)}
_NO_SUCH_USER: Final = re.compile(r"\buser\b.{1,40}\b(?:found|exist)", re.IGNORECASE)  # and not "the requested page"


def _json(reply: Reply) -> Reading | None:
    answer, videos = reply.object, [as_object(each) for each in as_list(reply.value)]
    if videos and all({"user_url", "upload_date"} <= each.keys() for each in videos):
        return _first_videos(videos, reply)
    if answer.get("provider_name") == "Vimeo":
        return undecided("one_video", facts=card_owner(answer, _name_in))
    if "error" in answer or "error_code" in answer:
        return _refused(answer, reply)
    person = as_object(answer.get("person")) or answer
    if _id_in(person.get("uri")) or {"videos_url", "videosurl"} & person.keys():
        return present(_member(person))
    if maker := as_object(answer.get("user")):
        return undecided("one_video", facts=_member(maker))
    return _videos(answer, reply.page.url, reply.now) if isinstance(answer.get("data"), list) else None


def _refused(answer: dict[str, Json], reply: Reply) -> Reading | None:
    status, said = reply.page.status, as_text(answer.get("error")) or ""
    refused = refusal(as_count(answer.get("error_code")), said, _TROUBLE) or refusal(status, said, _TROUBLE)
    if refused or status not in (None, 400, 404):
        return refused
    if status != 400 and _NO_SUCH_USER.search(said) and _asked_for_member(reply.page.url, reply.subject):
        return gone("vimeo.api-no-such-user", said)
    return undecided(own_words(said))


def _asked_for_member(url: str, subject: Subject) -> bool:
    """By its number; by its name only while no number is known, since a name may have been given up for another."""
    match (host(url), *path_parts(url)):
        case ("api.vimeo.com", "users", asked):
            return asked.isdigit() or subject.id_in(USER) is None
    return False


_OF_SOMETHING_ELSE: Final = other_than("api.vimeo.com/users", "api.vimeo.com/me")
_GATHERED: Final = frozenset({"appearances", "channels", "feed", "following", "groups", "likes", "watched"})  # others'


def _videos(answer: dict[str, Json], asked: str, now: datetime) -> Reading:
    items = [as_object(item) for item in as_list(answer.get("data"))]
    owner = agreed(_id_in(dig(item, "user", "uri")) for item in items)
    posts = tuple(map(_post, items))
    if owner is None or _OF_SOMETHING_ELSE(asked) or not _GATHERED.isdisjoint(path_parts(asked)[1:]):
        return undecided("nobodys_own", facts=Facts(posts=posts))
    activity = latest(posts, now, "videos", sees_newest=_newest_first(asked))
    return present(replace(_member(as_object(items[0]["user"])), posts=posts, activity=activity))


def _newest_first(asked: str) -> bool:
    """Whether all of a member's own were asked for by date: albums hold some of them, and other orders hide them."""
    return "sort=date" in asked and "direction=asc" not in asked and path_parts(asked)[::2] == ("users", "videos")


def _first_videos(videos: list[dict[str, Json]], reply: Reply) -> Reading:
    """Twenty of a member's videos, as version 2 still lists them; its dates tell no zone."""
    of_member = path_parts(reply.page.url)[3:] == ("videos.json",)  # /api/v2/<name>/likes.json: of other people's
    if not of_member or len({as_text(each["user_url"]) for each in videos}) > 1:
        return undecided("nobodys_own")
    owner = {name.removeprefix("user_"): value for name, value in videos[0].items() if name.startswith("user_")}
    facts = _member({"profile_url": owner.pop("url"), **owner})
    return present(replace(facts, activity=by_day(latest(list(map(_post, videos)), reply.now, "videos"))))


# --- feeds and pages --------------------------------------------------------------------------------------------------

_FEED_TITLE: Final = re.compile(r"^Vimeo / |(?: / |['’]s )(?:uploaded )?videos(?: on Vimeo)?$", re.IGNORECASE)
_TITLE_ENDS: Final = re.compile(r"(?:['’]s (?:videos|profile))? on Vimeo$|['’]s (?:videos|profile)$", re.IGNORECASE)


def _feed(reply: Reply) -> Reading | None:
    """The feed of a member's videos: /name/videos."""
    feed = reply.feed
    if feed is None or not host(feed.url).endswith("vimeo.com"):
        return None
    parts = path_parts(feed.url)
    if parts[1:] not in ((), ("videos",)):
        return undecided("nobodys_own")
    facts = Facts(
        display_name=or_unseen(_FEED_TITLE.sub("", feed.title or "").strip() or None),
        handle=or_unseen(as_text(parts[0], _HANDLE) if parts else None),
        activity=feed.life(reply.now),
        avatar_url=or_unseen(feed.image if "/portrait/" in (feed.image or "") else None),
    )
    return present(facts)


def _page(reply: Reply) -> Reading | None:
    """A member, a video's owner, or None where the page shows neither."""
    document = reply.document
    if "vimeocdn.com" in document.source:
        member = _of_profile_page(document) or _of_app_config(document) or _of_head(document)
        told = present(member) if member else _of_video(document)
    else:
        told = _of_preview(reply)
    of_another = reply.page.status == 404 and not _name_in(reply.page.url)
    return told or (undecided("other_missing") if of_another else None)


def _of_profile_page(document: Document) -> Facts | None:
    member = profile_entity(document, "vimeo.com")
    facts = replace(
        profile_facts(member),
        handle=or_unseen(as_text(member.get("alternateName"), _HANDLE) or _name_in(as_text(member.get("url")))),
        platform_id=or_unseen(number_id(USER, member.get("identifier"))),
        description=read_field(member, as_plain_text, "description"),
        followers=or_unseen(as_count(dig(member, "interactionStatistic", "userInteractionCount"))),
        posts_count=or_unseen(as_count(dig(member, "agentInteractionStatistic", "userInteractionCount"))),
    )
    return _leading_on(facts, member.get("sameAs")) if facts.display_name else None


def _of_app_config(document: Document) -> Facts | None:
    member = as_object(dig(assigned(document, "app_config"), "user"))
    facts = Facts(
        display_name=read_field(member, as_text, "display_name"),
        handle=or_unseen(as_text(member.get("name"), _HANDLE)),
        platform_id=or_unseen(number_id(USER, member.get("id"))),
        created_at=or_unseen(moment(dig(member, "join_date", "raw"))),
    )
    known = facts.platform_id and facts.display_name
    return _leading_on(facts, member.get("links"), "url") if known else None


def _leading_on(facts: Facts, links: Json, *path: str) -> Facts:
    """With the links to other sites, where all that there are can be read."""
    told = all_texts(links, *path)
    if told is UNSEEN:
        return facts
    elsewhere = tuple(link for link in told if not host(link).endswith("vimeo.com"))
    return replace(facts, website_link=next(iter(elsewhere), UNSEEN), links=elsewhere)


def _of_head(document: Document) -> Facts | None:
    """The links to the app hold the number; until 2013, when there were none, the page said what it is."""
    known = _id_in(document.app_address)
    name, handle = _TITLE_ENDS.sub("", document.meta("og:title") or "").strip(), _name_in(document.own_address)
    shown = known or (handle and document.meta("og:type") == "profile")
    return Facts(display_name=name, handle=or_unseen(handle), platform_id=or_unseen(known)) if name and shown else None


def _of_video(document: Document) -> Reading | None:
    author = as_object(dig(next(ld_json(document, "VideoObject"), None), "author"))
    if not author and not (document.meta("og:type") or "").startswith("video"):
        return None
    return undecided("one_video", facts=owner_facts(author.get("name"), author.get("url"), _name_in))


_PREVIEWS_TITLE: Final = re.compile(r"(.{1,100}) on Vimeo")


def _of_preview(reply: Reply) -> Reading | None:
    """The member of a page of which the head, or the title, alone is left, at a member's address."""
    document, handle = reply.document, _name_in(reply.page.landed)
    titled = _PREVIEWS_TITLE.fullmatch(document.title) if handle == _name_in(reply.page.url) else None
    named = Facts(display_name=titled[1], handle=handle) if titled and handle else None
    member = _of_head(document) if document.own_address else named
    return present(member) if member else None


read: Final = reader("vimeo", json=_json, xml=_feed, html=_page, of_something_else=_OF_SOMETHING_ELSE)


# --- how to ask -------------------------------------------------------------------------------------------------------

_USERS: Final = "https://api.vimeo.com/users"
_VIDEOS: Final = listed_at(f"{_USERS}/{{name}}/videos?sort=date&direction=desc&per_page=10")
_JSON: Final = "application/vnd.vimeo.*+json;version=3.4"
_INTERFACE: Final = Interface(platform="vimeo", read=read, key="vimeo", accept=_JSON, newest=_VIDEOS)
_ROUTES: Final = {
    "api.vimeo.com/{number}": Route.API_BY_ID, "api.vimeo.com": Route.API_BY_HANDLE, "oembed.json": Route.OEMBED,
}  # fmt: skip

PLATFORM: Final = Platform(
    label="Vimeo",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _INTERFACE.offer(Route.API_BY_ID, by_id(USER), f"{_USERS}/{{items}}"),
        _INTERFACE.offer(Route.API_BY_HANDLE, by_handle, f"{_USERS}/{{items}}"),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=routed(_ROUTES),
)
