"""Pinterest: one space of names behind some sixty country hosts.

    feed: the newest pin ─▶ page: who is it?      oEmbed, where both say nothing
    HTML ─▶ state │ schema.org, meta tags      XML ─▶ feed of the profile      JSON ─▶ oEmbed, resource, interface

A page's state also holds the visitor's own account and everyone whose pins are shown: only the one whose address
it is counts. The official interface answers only about the account whose log-in is used.
Fields: soxoj/socid-extractor, schemes.py; mikf/gallery-dl, pinterest.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import JSON, addressed, card_at, look, offer, stepwise, with_posts
from audits.model import (
    UNSEEN,
    Activity,
    AddressKind,
    Existence,
    Facts,
    Marker,
    PlatformId,
    Reading,
    Route,
    Seen,
)
from audits.platform import Asking, Platform, Subject, routed
from audits.reading.answer_fields import as_flag, first_told, is_number, or_unseen, read_field, without_placeholder
from audits.reading.embedded import Json, all_json, as_count, as_object, as_text, dig, find
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import explicit, gone, present, seen_alive, undecided
from audits.reading.refusals import own_words
from audits.reading.schema_org import image_of, interactions, profile_entity
from audits.reading.urls import path_parts
from audits.reading.written_values import moment
from audits.replies import Reply, reader

SITE: Final = "https://www.pinterest.com"
_ENDINGS: Final = (
    "at be ca ch cl co co.at co.in co.kr co.nz co.uk com.au com.bo com.ec com.mx com.pe com.py com.uy com.vn de dk ec "
    "engineering es fr hu id ie in info it jp kr mx nl nz pe ph pt ru se th tw uk vn"
)

GRAMMAR: Final = Grammar(
    platform="pinterest",
    names=("pinterest", "pintrest", "pinterestcom"),
    hosts=(
        Host("pinterest.com", subs="m {cc}"),
        *(Host(f"pinterest.{ending}") for ending in _ENDINGS.split()),
        Host("pin.it", path="short:"),
        Host("pinterest.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z0-9_-]{1,30}", lower),
        "post": Field(r"[0-9]+|[A-Za-z0-9_-]*--[0-9]+"),
        "tab": Field(r"_saved|_created|_pins|pins|boards|followers|following|_shop|_profile|feed\.rss"),
    },
    forms=(
        Form("/oembed.json?url={target}", follow="target", notes=("oembed",)),
        Form("/pin/create/**", AddressKind.SHARE),
        Form("/pin/{post}/**", AddressKind.POST, url=f"{SITE}/pin/{{post}}/"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/{name}", key="{name}", url=f"{SITE}/{{name}}/"),
        Form("/{name}/{tab}/**", key="{name}", url=f"{SITE}/{{name}}/", notes=("subpage",)),
        Form("/{name}/{board}/**", AddressKind.OTHER, owner="{name}", notes=("board",)),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/{{name}}/", notes=("at-in-path",)),
    ),
    reserved={
        "service": "ideas explore categories today business settings login resource topics about password secure shop "
        "discover news_hub convert offsite",
    },
)


# --- what came back ---------------------------------------------------------------------------------------------------


USER: Final = "user"
_TITLE: Final = re.compile(r"(.+) \(@?([A-Za-z0-9_-]{1,30})\)(?: .{0,60})?", re.DOTALL)
_NO_PICTURE: Final = ("/images/user/default_", "/default_")
_ASKED: Final = re.compile(r'\busername\\?"?\s?[=:]\s?\\?"([A-Za-z0-9_-]{1,30})')  # whom the answer was asked about


def _asked_of_another(reply: Reply) -> Reading | None:
    """An answer that tells of nobody and was asked about other names alone: what it says is missing is one of them."""
    asked = {name.lower() for name in _ASKED.findall(reply.text)}
    other = asked and reply.subject.handle not in (None, *asked)
    return undecided("no_account_shown") if other and "User not found" in reply.text else None


def _page(reply: Reply) -> Reading | None:
    document = reply.document
    kind = document.meta("og:type") or ""
    if kind in ("pinterestapp:pin", "pinterestapp:pinboard", "article", "video.other"):
        return undecided("one_pin")  # made by one, saved by many: nobody's page
    name = _whose(document, reply.subject)
    users = [user for state in all_json(document, '"username"') for user in _users(state, name)]
    if users:
        return _known(max(users, key=len), "pinterest.state")
    return _described(document, name) or _asked_of_another(reply)


def _whose(document: Document, subject: Subject) -> str:
    """The name in the page's own address; a page that carries none is held to be the one asked for."""
    parts = path_parts(document.own_address)
    return (parts[0] if parts else subject.handle or "").lower()


_HOLDERS: Final = ("users", "data", "user", "UserResource")


def _users(state: Json, name: str) -> Iterator[dict[str, Json]]:
    for holder in (each for key in _HOLDERS for each in find(state, key)):
        held = as_object(holder)
        for user in (held, *(as_object(each) for each in held.values())):
            if str(user.get("username")).lower() == name and ({"full_name", "fullName"} & user.keys()):
                yield user


_PICTURES: Final = (
    "image_xlarge_url", "imageXlargeUrl", "image_large_url", "imageLargeUrl", "profile_image",
    "image_medium_url", "imageMediumUrl", "image_small_url", "imageSmallUrl",
)  # fmt: skip


def _known(user: dict[str, Json], marker: str) -> Reading:
    facts = Facts(
        display_name=read_field(user, as_text, "full_name", "fullName", "business_name"),
        handle=read_field(user, as_text, "username"),
        platform_id=_id(as_text(user.get("entityId")) or as_text(user.get("id"))),
        description=read_field(user, as_text, "about", "bio"),
        followers=read_field(user, as_count, "follower_count", "followerCount"),
        posts_count=read_field(user, as_count, "pin_count", "pinCount"),
        activity=_last_save(user),
        avatar_url=without_placeholder(read_field(user, as_text, *_PICTURES), _NO_PICTURE),
        website_link=read_field(user, as_text, "website_url", "websiteUrl"),
        verified=read_field(user, as_flag, "domain_verified", "domainVerified"),
        created_at=read_field(user, moment, "created_at", "createdAt"),
    )
    if True in (user.get("is_private_profile"), user.get("isPrivateProfile")):
        return explicit(Marker(marker, Existence.PRIVATE, '"is_private_profile": true'), facts)
    return present(facts, Marker(marker, Existence.PRESENT, f"{facts.handle}"))


def _id(digits: str | None) -> Seen[PlatformId]:
    return PlatformId(USER, digits) if digits and is_number(digits) else UNSEEN


def _last_save(user: dict[str, Json]) -> Seen[Activity]:
    """The day on which a pin was last saved, one's own or another's: it proves life, and not that anything new was
    made.
    """
    at = moment(user.get("last_pin_save_time") or user.get("lastPinSaveTime"))
    return Activity(at=at, source="pinterest.last_pin_save_time") if at else UNSEEN


def _described(document: Document, name: str) -> Reading | None:
    entity = profile_entity(document, "pinterest")
    matches = filter(None, map(_TITLE.fullmatch, document.titles))  # the first was bare in 2013
    found = max(matches, key=lambda match: match[2].lower() == name, default=None)  # towns stand in brackets as well
    titled = found is not None and found[2].lower() == name
    if not name or not (titled or as_text(entity.get("name"))):
        return None
    facts = Facts(
        display_name=as_text(entity.get("name")) or (found[1] if found else UNSEEN),
        handle=found[2] if found else name,
        description=read_field(entity, as_text, "description"),
        followers=first_told(_meta_count(document, "followers"), interactions(entity, "FollowAction")),
        posts_count=or_unseen(_meta_count(document, "pins")),
        avatar_url=without_placeholder(or_unseen(as_text(image_of(entity)) or document.meta("og:image")), _NO_PICTURE),
    )
    return present(facts, Marker("pinterest.meta-profile", Existence.PRESENT, f"{facts.handle}"))


def _meta_count(document: Document, what: str) -> int | None:
    return as_count(document.meta(f"pinterestapp:{what}"))


def _feed(reply: Reply) -> Reading | None:
    """The profile's feed lists its newest pins; a board's feed has a longer address, and is not the profile."""
    feed = reply.feed
    parts = path_parts(feed.url) if feed else ()
    if feed is None or not parts:
        return None
    if len(parts) > 1 and parts[1] != "feed.rss":
        return undecided("one_pin")
    activity = feed.activity(reply.now, "pinterest.feed")
    facts = Facts(display_name=or_unseen(feed.title), handle=parts[0], activity=activity)
    return present(facts, Marker("pinterest.feed", Existence.PRESENT, f"{len(feed.entries)} pins"))


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    if answer.get("provider_name") == "Pinterest":
        return _oembed(answer)
    held = next((user for path in _HELD if _is_user(user := as_object(dig(answer, *path)))), _of_a_widget(answer))
    if _is_user(held):
        return _known(held, "pinterest.user")
    words = as_text(dig(answer, "resource_response", "error", "message")) or as_text(answer.get("message")) or ""
    about_another = "user_account" in path_parts(reply.page.url)  # whom the log-in's own account is asked to follow
    if words.rstrip(".").lower() == "user not found" and not about_another:
        return _asked_of_another(reply) or gone("pinterest.user-not-found", words)
    return undecided(own_words(words)) if words else None


_HELD: Final = (
    ("resource_response", "data"), (), ("data",),  # the site's own interface, the official one, the applications'
    ("data", "v3GetUserHandlerQuery", "data"),
)  # fmt: skip


def _is_user(held: dict[str, Json]) -> bool:
    return "username" in held and not held.keys().isdisjoint({"full_name", "fullName", "account_type"})


def _of_a_widget(answer: dict[str, Json]) -> dict[str, Json]:
    """The user of an answer to widgets (/v3/pidgets/users/…), which names the handle in the profile's address alone."""
    user = as_object(dig(answer, "data", "user"))
    handle = next(iter(path_parts(as_text(user.get("profile_url")))), None)
    return {"username": handle, **user} if handle else user


def _oembed(answer: dict[str, Json]) -> Reading:
    parts = path_parts(as_text(answer.get("author_url")))
    if "embedUser" not in str(answer.get("html")) or not parts:
        return undecided("one_pin")
    facts = Facts(display_name=or_unseen(as_text(answer.get("author_name"))), handle=parts[0])
    return present(facts, Marker("pinterest.oembed-profile", Existence.PRESENT, parts[0]))


read: Final = reader("pinterest", json=_json, xml=_feed, html=_page)


# --- how to ask -------------------------------------------------------------------------------------------------------


_PROFILE: Final = addressed(f"{SITE}/{{name}}/")


def _both(profile: str, subject: Subject, packs: Packs) -> Asking:
    """The feed knows the newest pin and not the id, the page the id and not the newest pin."""
    feed = yield from look(f"{profile}feed.rss", Route.OPEN, read, subject, packs)
    seen = yield from look(profile, Route.PAGE, read, subject, packs)
    if not seen_alive(feed):
        return seen
    return with_posts(seen, feed) if seen_alive(seen) else feed


_CARD: Final = card_at(f"{SITE}/oembed.json?url=", of=_PROFILE)

PLATFORM: Final = Platform(
    label="Pinterest",
    grammar=GRAMMAR,
    read=read,
    routes=(
        stepwise(Route.OPEN, _PROFILE, _both),
        offer(Route.OEMBED, read, _CARD, sees=frozenset({"existence"}), accept=JSON),
    ),
    route_of=routed({"oembed.json": Route.OEMBED, "feed.rss": Route.OPEN}),
)
