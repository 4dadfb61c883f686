"""Snapchat: `/add/name` and `/@name` are the same account.

    page ─┬ __NEXT_DATA__: public profile, or the bare name ─▶ present
          ├ own address and title, schema.org's words ──────▶ present
          └ "NOT_FOUND" with 404, where a name was asked for ▶ gone (config/markers/snapchat.toml)

There is no interface for this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import addressed, offer
from audits.model import UNSEEN, AddressKind, Facts, Page, Post, Reading, Route
from audits.platform import Platform, Subject
from audits.reading.answer_fields import or_unseen, read_field, text_id
from audits.reading.embedded import Json, as_count, as_object, as_text, dig, find, page_props
from audits.reading.html import Document
from audits.reading.pages import shown_as, undecided, unreadable, walled
from audits.reading.posts import latest
from audits.reading.schema_org import profile_entity, profile_facts
from audits.reading.urls import path_parts
from audits.reading.written_values import moment
from audits.replies import Reply, reader

SITE: Final = "https://www.snapchat.com"

GRAMMAR: Final = Grammar(
    platform="snapchat",
    names=("snapchat", "snap", "snapchatcom"),
    hosts=(
        Host("snapchat.com"),
        Host("story.snapchat.com"),
        Host("t.snapchat.com", path="short:"),
        Host("snapchat.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"[A-Za-z](?:[A-Za-z0-9_.\-]{0,28}[A-Za-z0-9_\-])?", lower),
        "post": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/t/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/share|scan/**", AddressKind.SHARE),
        Form("/spotlight/{post}/**", AddressKind.POST, url=f"{SITE}/spotlight/{{post}}"),
        Form("/add|s|u/{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form(
            "/@{name}/spotlight|highlight/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/@{{name}}/spotlight/{{post}}",
            owner="{name}",
        ),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form("/{name}", AddressKind.OTHER, suggest="{name}", notes=("bare-name",)),
    ),
    reserved={"service": "lens discover map ads spotlight explore stories p unlock download login accounts business"},
)


# --- what a page says -------------------------------------------------------------------------------------------------


PROFILE: Final = "business_profile"
_TITLE: Final = re.compile(
    r"(.+?) (?:\(@([\w.\-]{3,30})\)|(?:on|på|auf|sur|en|su|op) Snapchat)(?: .{0,60})?", re.DOTALL
)


def _page(reply: Reply) -> Reading | None:
    document = reply.document
    found = _shown(document, reply.page) or _described(document) or _titled(document, reply.page.landed)
    if found:
        return _of_the_one_asked_for(found, reply.subject)
    of_a_thing = not reply.subject.key and '"NOT_FOUND"' in reply.document.source
    return undecided("other_missing") if of_a_thing else None


def _json(reply: Reply) -> Reading:
    return walled(reply.answer, "snapchat", reply.packs) or unreadable("for_machines")


def _of_the_one_asked_for(found: Reading, subject: Subject) -> Reading:
    """Accounts without a public profile show no id: under another name it may be anybody."""
    shown, wanted = found.facts.handle, subject.handle
    if not isinstance(shown, str) or not wanted or shown.lower() == wanted.lower():
        return found
    return undecided(f"another_account: @{shown}", facts=found.facts)


def _shown(document: Document, page: Page) -> Reading | None:
    shown = page_props(document)
    profile = as_object(shown.get("userProfile"))
    public = as_object(profile.get("publicProfileInfo"))
    user = public or as_object(profile.get("userInfo"))
    if not as_text(user.get("username")):
        return None
    facts = _public_facts(user) if public else _bare_facts(user)
    posts = tuple(_snaps(shown))
    return shown_as("snapchat.profile", replace(facts, activity=latest(posts, page.fetched_at, "snapchat.snaps")))


def _public_facts(user: dict[str, Json]) -> Facts:
    return Facts(
        display_name=read_field(user, as_text, "title"),
        handle=read_field(user, as_text, "username"),
        platform_id=or_unseen(text_id(PROFILE, user.get("businessProfileId"))),
        description=read_field(user, as_text, "bio"),
        followers=or_unseen(as_count(user.get("subscriberCount")) or None),  # 0 where the owner hides the count
        avatar_url=read_field(user, as_text, "profilePictureUrl"),
        website_link=read_field(user, as_text, "websiteUrl"),
    )


def _bare_facts(user: dict[str, Json]) -> Facts:
    return Facts(display_name=read_field(user, as_text, "displayName"), handle=read_field(user, as_text, "username"))


_KEPT: Final = ("story", "curatedHighlights", "spotlightHighlights")


def _snaps(shown: dict[str, Json]) -> Iterator[Post]:
    """Snaps of the story, of highlights and of Spotlight, each with its second."""
    for stamp in find({key: shown.get(key) for key in _KEPT}, "timestampInSec"):
        at = moment(dig(stamp, "value") or stamp)
        if at:
            yield Post(at=at)


def _described(document: Document) -> Reading | None:
    """The account by the page's address and title; a video of Spotlight names its owner in the address too."""
    parts = _own_address(document)
    handle, entity = _handle(parts), profile_entity(document, "snapchat.com")
    name = _name(document, handle or "") or _named_in(entity, handle)
    if handle is None or name is None:
        return None
    said = profile_facts(entity)
    facts = replace(said, display_name=name, handle=handle, followers=said.followers or UNSEEN)
    if len(parts) > 2 or (len(parts) == 2 and parts[0].startswith("@")):
        return undecided("one_video", facts=facts)
    return shown_as("snapchat.meta-profile", facts)


def _titled(document: Document, landed: str) -> Reading | None:
    """A preview that has no address of its own: its title names whoever lives where it was found."""
    found = _TITLE.fullmatch(document.title)
    named = found[2] if found and not document.own_address else None
    if not found or not named or named.lower() != (_handle(path_parts(landed)) or "").lower():
        return None
    return shown_as("snapchat.meta-profile", Facts(display_name=found[1], handle=named))


def _own_address(document: Document) -> tuple[str, ...]:
    addresses = (document.link("canonical"), document.meta("og:url"))
    return next((parts for address in addresses if _handle(parts := path_parts(address))), ())


def _handle(parts: tuple[str, ...]) -> str | None:
    match parts:
        case ("add" | "u" | "s", name, *_):
            return name
        case (name, *_) if name.startswith("@"):
            return name[1:]
        case _:
            return None


def _name(document: Document, handle: str) -> str | None:
    """ "Name (@handle)" in the title; where only "Name on Snapchat" stands, it may be the handle, or "Add" and it."""
    titles = (document.title, document.meta("og:title") or "", document.meta("twitter:title") or "")
    found = [match for title in titles if (match := _TITLE.fullmatch(title))]
    named = (match[1] for match in found if (match[2] or "").lower() == handle.lower())
    nobody = {handle.lower(), "me", "mig", "mich", "moi", "meg", "mij"}  # "Add me on Snapchat"
    plain = (match[1] for match in found if not match[2] and match[1].lower().split()[-1] not in nobody)
    return next(named, None) or next(plain, None)


def _named_in(entity: dict[str, Json], handle: str | None) -> str | None:
    """As the page's JSON-LD calls whom it is about, where that is whoever the address names."""
    alias = (as_text(entity.get("alternateName")) or "").removeprefix("@")
    return as_text(entity.get("name")) if handle and alias.lower() == handle.lower() else None


read: Final = reader("snapchat", json=_json, html=_page)


# --- how to ask -------------------------------------------------------------------------------------------------------


PLATFORM: Final = Platform(
    label="Snapchat",
    grammar=GRAMMAR,
    read=read,
    routes=(offer(Route.PAGE, read, addressed(f"{SITE}/@{{name}}")),),
)
