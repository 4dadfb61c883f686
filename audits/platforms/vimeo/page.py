"""What Vimeo's pages and feeds say of a member.

feed ── may prove life, never silence: called discontinued, and often malformed
HTML ─┬ JSON-LD ProfilePage (2021–) ─▶ app_config.user (2014–2020) ─▶ app links to /users/<id> ─▶ a member
      ├ VideoObject, og:type video ─▶ undecided, with the video's owner
      └ 404 not asked for a member ─▶ undecided: the same page stands before private and missing videos
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import UNSEEN, Facts, Reading, Seen
from audits.platforms.vimeo.interface import USER, as_handle, id_in, name_in
from audits.reading.embedded import Json, as_count, as_object, as_text, assigned, dig, ld_json, texts
from audits.reading.fields import moment
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.schema_org import image_of, profile_entity
from audits.reading.told import as_plain_text, number_id, or_unseen, owner_facts, read_field
from audits.reading.urls import host, path_parts
from audits.replies import Reply

_FEED_TITLE: Final = re.compile(r"^Vimeo / |(?: / |['’]s )(?:uploaded )?videos(?: on Vimeo)?$", re.IGNORECASE)
_TITLE_ENDS: Final = re.compile(r"(?:['’]s (?:videos|profile))? on Vimeo$|['’]s (?:videos|profile)$", re.IGNORECASE)


def read_feed_of(reply: Reply) -> Reading | None:
    """The feed of a member's videos: /name/videos."""
    feed = reply.feed
    if feed is None or not host(feed.url).endswith("vimeo.com"):
        return None
    parts = path_parts(feed.url)
    if parts[1:] not in ((), ("videos",)):
        return undecided("nobodys_own")
    name, handle = _FEED_TITLE.sub("", feed.title or "").strip(), as_handle(parts[0]) if parts else None
    picture = feed.image if feed.image and "/portrait/" in feed.image else None
    lives = feed.life(reply.now)
    return present(
        Facts(
            display_name=or_unseen(name or None),
            handle=or_unseen(handle),
            activity=lives,
            avatar_url=or_unseen(picture),
        )
    )


def read_page(reply: Reply) -> Reading | None:
    """A member, a video's owner, or None where the page shows neither."""
    document = reply.document
    if "vimeocdn.com" not in document.source:
        return _not_a_member(reply)
    member = _of_profile_page(document) or _of_app_config(document) or _of_app_links(document) or _of_head(document)
    return present(member) if member else _video(document) or _not_a_member(reply)


def _of_profile_page(document: Document) -> Facts | None:
    member = profile_entity(document, "vimeo.com")
    if not as_text(member.get("name")):
        return None
    links = _elsewhere(member.get("sameAs"))
    return Facts(
        display_name=read_field(member, as_text, "name"),
        handle=or_unseen(as_handle(as_text(member.get("alternateName"))) or name_in(as_text(member.get("url")))),
        platform_id=or_unseen(number_id(USER, member.get("identifier"))),
        description=read_field(member, as_plain_text, "description"),
        followers=or_unseen(as_count(dig(member, "interactionStatistic", "userInteractionCount"))),
        posts_count=or_unseen(as_count(dig(member, "agentInteractionStatistic", "userInteractionCount"))),
        avatar_url=or_unseen(as_text(image_of(member))),
        website_link=links[0] if links is not UNSEEN and links else UNSEEN,
        links=links,
        created_at=read_field(member, moment, "dateCreated"),
    )


def _of_app_config(document: Document) -> Facts | None:
    member = as_object(dig(assigned(document, "app_config"), "user"))
    known = number_id(USER, member.get("id"))
    if known is None or not as_text(member.get("display_name")):
        return None
    links = _elsewhere(member.get("links"), "url")
    return Facts(
        display_name=read_field(member, as_text, "display_name"),
        handle=or_unseen(as_handle(as_text(member.get("name")))),
        platform_id=known,
        website_link=links[0] if links is not UNSEEN and links else UNSEEN,
        links=links,
        created_at=or_unseen(moment(dig(member, "join_date", "raw"))),
    )


def _elsewhere(links: Json, *path: str) -> Seen[tuple[str, ...]]:
    """Unseen where they are not given, or one of them cannot be read."""
    read = texts(links, *path)
    if not isinstance(links, list) or len(read) < len(links):
        return UNSEEN
    return tuple(link for link in read if not host(link).endswith("vimeo.com"))


def _of_app_links(document: Document) -> Facts | None:
    known = id_in(document.meta("al:ios:url", "al:android:url", "twitter:app:url:iphone"))
    name = _TITLE_ENDS.sub("", document.meta("og:title") or "").strip()
    if known is None or not name:
        return None
    return Facts(display_name=name, handle=or_unseen(name_in(document.own_address)), platform_id=known)


def _of_head(document: Document) -> Facts | None:
    """Until 2013, when no app was to be led anywhere."""
    name, handle = document.meta("og:title"), name_in(document.meta("og:url"))
    known = document.meta("og:type") == "profile" and handle is not None
    return Facts(display_name=name, handle=handle) if known and name else None


def _video(document: Document) -> Reading | None:
    author = as_object(dig(next(ld_json(document, "VideoObject"), None), "author"))
    if not author and not (document.meta("og:type") or "").startswith("video"):
        return None
    return undecided("one_video", facts=owner_facts(author.get("name"), author.get("url"), name_in))


def _not_a_member(reply: Reply) -> Reading | None:
    of_another = reply.page.status == 404 and not name_in(reply.page.url)
    return undecided("other_missing") if of_another else None
