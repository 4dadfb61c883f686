"""What Vimeo's pages say of a member.

    JSON-LD ProfilePage (2021–) ─▶ app_config.user (2014–2020) ─▶ app links to /users/<id> ─▶ a member
    VideoObject, og:type video  ─▶ undecided, with the video's owner
    404 not asked for a member  ─▶ undecided: the same page stands before private and missing videos

Sources: soxoj/socid-extractor, schemes.py (Vimeo HTML, two generations).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from audits.model import UNSEEN, Facts, Page, PlatformId, Reading
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, dig, ld_json
from audits.reading.fields import moment, plain
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.schema_org import image_of, profile_entity
from audits.reading.told import either, told
from audits.reading.urls import host, path_parts

USER: Final = "user"
_USER_PATH = re.compile(r"/users/(\d{1,19})(?:[/?]|$)")
_HANDLE = re.compile(r"[A-Za-z0-9_-]{2,60}")
_TITLE_ENDS = re.compile(r"(?:['’]s (?:videos|profile))? on Vimeo$|['’]s (?:videos|profile)$", re.IGNORECASE)


def read_page(document: Document, page: Page) -> Reading | None:
    """A member, a video's owner, or None where the page shows neither."""
    if "vimeocdn.com" not in document.source:
        return _not_a_member(page)
    member = _of_profile_page(document) or _of_app_config(document) or _of_app_links(document)
    return present(member) if member else _video(document) or _not_a_member(page)


def user_in(address: str | None) -> PlatformId | None:
    """The number in an address or uri such as /users/123."""
    found = _USER_PATH.search(address or "")
    return PlatformId(USER, found[1]) if found else None


def name_in(address: str | None) -> str | None:
    """The member's name in an address; `user123` is what Vimeo writes for those who chose none."""
    parts = path_parts(address)
    return handle(parts[0]) if len(parts) == 1 and host(address).endswith("vimeo.com") else None


def handle(text: str | None) -> str | None:
    return text if text and _HANDLE.fullmatch(text) and not text.isdigit() else None


def _of_profile_page(document: Document) -> Facts | None:
    member = profile_entity(document, "vimeo.com")
    if not as_text(member.get("name")):
        return None
    links = _elsewhere(as_text(each) for each in as_list(member.get("sameAs")))
    return Facts(
        display_name=told(member, as_text, "name"),
        handle=either(handle(as_text(member.get("alternateName"))) or name_in(as_text(member.get("url")))),
        platform_id=either(_numbered(member.get("identifier"))),
        description=told(member, _words, "description"),
        followers=either(as_count(dig(member, "interactionStatistic", "userInteractionCount"))),
        posts_count=either(as_count(dig(member, "agentInteractionStatistic", "userInteractionCount"))),
        avatar_url=either(as_text(image_of(member))),
        website_link=either(next(iter(links), None)),
        links=links if "sameAs" in member else UNSEEN,
        created_at=told(member, moment, "dateCreated"),
    )


def _of_app_config(document: Document) -> Facts | None:
    member = as_object(dig(assigned(document, "app_config"), "user"))
    known = _numbered(member.get("id"))
    if known is None or not as_text(member.get("display_name")):
        return None
    links = _elsewhere(as_text(dig(each, "url")) for each in as_list(member.get("links")))
    return Facts(
        display_name=told(member, as_text, "display_name"),
        handle=either(handle(as_text(member.get("name")))),
        platform_id=known,
        website_link=either(next(iter(links), None)),
        links=links if "links" in member else UNSEEN,
        created_at=either(moment(dig(member, "join_date", "raw"))),
    )


def _elsewhere(links: Iterable[str | None]) -> tuple[str, ...]:
    """Links that lead away from Vimeo."""
    return tuple(link for link in links if link and not host(link).endswith("vimeo.com"))


def _of_app_links(document: Document) -> Facts | None:
    known = user_in(document.meta("al:ios:url", "al:android:url", "twitter:app:url:iphone"))
    name = _TITLE_ENDS.sub("", document.meta("og:title") or "").strip()
    if known is None or not name:
        return None
    address = document.meta("og:url") or document.link("canonical")
    return Facts(display_name=name, handle=either(name_in(address)), platform_id=known)


def _video(document: Document) -> Reading | None:
    author = as_object(dig(next(ld_json(document, "VideoObject"), None), "author"))
    if not author and not (document.meta("og:type") or "").startswith("video"):
        return None
    owner = Facts(
        display_name=either(as_text(author.get("name"))),
        handle=either(name_in(as_text(author.get("url")))),
    )
    return undecided("the page of one video", facts=owner)


def _not_a_member(page: Page) -> Reading | None:
    if page.status != 404 or name_in(page.url):
        return None
    return undecided("an error page that was not asked for a member")


def _words(value: Json) -> str | None:
    return plain(as_text(value))


def _numbered(value: Json) -> PlatformId | None:
    number = as_count(value)
    return PlatformId(USER, str(number)) if number else None
