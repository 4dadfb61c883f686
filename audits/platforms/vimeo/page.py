"""What Vimeo's pages and feeds say of a member.

feed ── may prove life, never silence: called discontinued, and often malformed
HTML ─┬ JSON-LD ProfilePage (2021–) ─▶ app_config.user (2014–2020) ─▶ the head's links to the app ─▶ a member
      ├ VideoObject, og:type video ─▶ undecided, with the video's owner
      └ 404 not asked for a member ─▶ undecided: the same page stands before private and missing videos
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Facts, Page, Reading
from audits.platforms.vimeo.interface import USER, as_handle, id_in, name_in
from audits.reading.answer_fields import as_plain_text, number_id, or_unseen, owner_facts, read_field
from audits.reading.embedded import Json, as_count, as_object, as_text, assigned, dig, ld_json, texts
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.schema_org import profile_entity, profile_facts
from audits.reading.urls import host, path_parts
from audits.reading.written_values import moment
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
        preview = _of_preview(document, reply.page)
        return present(preview) if preview else _not_a_member(reply)
    member = _of_profile_page(document) or _of_app_config(document) or _of_head(document)
    return present(member) if member else _video(document) or _not_a_member(reply)


def _of_profile_page(document: Document) -> Facts | None:
    member = profile_entity(document, "vimeo.com")
    facts = replace(
        profile_facts(member),
        handle=or_unseen(as_handle(as_text(member.get("alternateName"))) or name_in(as_text(member.get("url")))),
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
        handle=or_unseen(as_handle(as_text(member.get("name")))),
        platform_id=or_unseen(number_id(USER, member.get("id"))),
        created_at=or_unseen(moment(dig(member, "join_date", "raw"))),
    )
    known = facts.platform_id and facts.display_name
    return _leading_on(facts, member.get("links"), "url") if known else None


def _leading_on(facts: Facts, links: Json, *path: str) -> Facts:
    """With the links to other sites; unseen where they are not given, or one of them cannot be read."""
    read = texts(links, *path)
    if not isinstance(links, list) or len(read) < len(links):
        return facts
    elsewhere = tuple(link for link in read if not host(link).endswith("vimeo.com"))
    return replace(facts, website_link=next(iter(elsewhere), UNSEEN), links=elsewhere)


def _of_head(document: Document) -> Facts | None:
    """The links to the app hold the number; until 2013, when there were none, the page said what it is."""
    known = id_in(document.meta("al:ios:url", "al:android:url", "twitter:app:url:iphone"))
    name, handle = _TITLE_ENDS.sub("", document.meta("og:title") or "").strip(), name_in(document.own_address)
    shown = known or (handle and document.meta("og:type") == "profile")
    return Facts(display_name=name, handle=or_unseen(handle), platform_id=or_unseen(known)) if name and shown else None


_PREVIEWS_TITLE: Final = re.compile(r"(.{1,100}) on Vimeo")


def _of_preview(document: Document, page: Page) -> Facts | None:
    """The member of a page of which the head, or the title, alone is left, at a member's address."""
    if document.own_address:
        return _of_head(document)
    titled, handle = _PREVIEWS_TITLE.fullmatch(document.title), name_in(page.landed)
    if titled is None or handle is None or handle != name_in(page.url):  # "Log in on Vimeo" is at an address of its own
        return None
    return Facts(display_name=titled[1], handle=handle)


def _video(document: Document) -> Reading | None:
    author = as_object(dig(next(ld_json(document, "VideoObject"), None), "author"))
    if not author and not (document.meta("og:type") or "").startswith("video"):
        return None
    return undecided("one_video", facts=owner_facts(author.get("name"), author.get("url"), name_in))


def _not_a_member(reply: Reply) -> Reading | None:
    of_another = reply.page.status == 404 and not name_in(reply.page.url)
    return undecided("other_missing") if of_another else None
