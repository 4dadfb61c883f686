"""Whatever TikTok answered, read.

HTML ─▶ universal data (2023 on) │ SIGI_STATE (2021 to 2023) │ __NEXT_DATA__ (2019 to 2021) │ embed page
     └▶ schema.org, meta tags, where the data is cut off
JSON ─▶ user detail │ Display API │ Research API │ oEmbed
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import APP_SCOPED, NO_FACTS, UNSEEN, Existence, Facts, Reading
from audits.platform import Subject
from audits.platforms.tiktok.accounts import REFUSED, facts_of, maker_of, read_detail, with_videos
from audits.reading.answer_fields import card_owner, filled, or_unseen, text_id
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, dig, page_props, script_json
from audits.reading.html import Document
from audits.reading.pages import seen_alive, shown_as, undecided
from audits.reading.refusals import own_words, refusal
from audits.reading.schema_org import profile_entity, profile_facts, website_of
from audits.reading.urls import name_in, path_parts, query_value
from audits.reading.written_values import only_count
from audits.replies import Reply, reader

_TITLE: Final = re.compile(r"(.+?) ?[(（]@([\w.\-]{1,64})[)）](?:[\Wの].{0,200})?", re.DOTALL)  # twice in 2022
_VIDEO_KEYS: Final = ("webapp.video-detail", "webapp.reflow.video.detail")


def _page(reply: Reply) -> Reading | None:
    document, now = reply.document, reply.now
    newest = _universal(dig(script_json(document, "__UNIVERSAL_DATA_FOR_REHYDRATION__"), "__DEFAULT_SCOPE__"), now)
    if newest and newest.existence is not Existence.GONE:
        return newest
    shown = _earlier(reply)
    return undecided("at_odds", *newest.markers) if newest and shown and seen_alive(shown) else newest or shown


def _earlier(reply: Reply) -> Reading | None:
    document, now = reply.document, reply.now
    routed = as_object(assigned(document, "__INIT_PROPS__"))  # 2018 and 2019: {"/share/user/:id": {"userData": {}}}
    handed_on = (page_props(document), *map(as_object, routed.values()))
    return (
        _sigi(as_object(script_json(document, "SIGI_STATE") or assigned(document, "SIGI_STATE")), now)
        or next(filter(None, (_next(_of_its_place(shown, reply.page.landed), now) for shown in handed_on)), None)
        or _embed(as_object(dig(script_json(document, "__FRONTITY_CONNECT_STATE__"), "source", "data")), now)
        or _described(document, reply.page.landed)
    )


_DETAIL: Final = ("user", "detail")
_THINGS: Final = frozenset({"challenge", "comment", "item", "music", "photo", "post", "search", "tag", "video"})


def _of_its_place(shown: dict[str, Json], address: str) -> dict[str, Json]:
    """What was handed on at an address; that of a video, a tune or a list is about those, as is a code in it."""
    parts = path_parts(address)
    of_others = _THINGS.intersection(parts) or ("api" in parts and parts[-2:] != _DETAIL)
    return {"itemInfo": None, **shown} if of_others and shown else shown


def _universal(scope: Json, now: datetime) -> Reading | None:
    if detail := as_object(dig(scope, "webapp.user-detail")):
        return read_detail(detail, now)
    videos = (video for key in _VIDEO_KEYS if (video := dig(scope, key)))
    return next((maker_of(dig(video, "itemInfo", "itemStruct", "author")) for video in videos), None)


def _sigi(state: dict[str, Json], now: datetime) -> Reading | None:
    """Users and videos by key; `UserPage` says whose page it is, and is missing on the page of a video. A live room
    has its owner in one object.
    """
    if owner := as_object(dig(state, "LiveRoom", "liveRoomUserInfo")):
        return read_detail({"userInfo": owner}, now)
    videos = list(as_object(state.get("ItemModule")).values())
    name = dig(state, "UserPage", "uniqueId") if "UserPage" in state else dig(videos, 0, "author")
    user, stats = (dig(state, "UserModule", kind, as_text(name) or "") for kind in ("users", "stats"))
    if "UserPage" not in state:
        return maker_of(user) if user else None
    code = dig(state, "UserPage", "statusCode")
    return read_detail({"statusCode": code, "userInfo": {"user": user, "stats": stats}, "items": videos}, now)


_OF_OTHERS: Final = frozenset({"itemInfo", "itemList", "musicInfo", "challengeInfo"})  # a code beside them is theirs


def _next(shown: dict[str, Json], now: datetime) -> Reading | None:
    """What pages of 2019 to 2021 hand to their scripts, and the site's own interface answers."""
    if as_text(dig(shown, "userData", "uniqueId")):
        user = shown["userData"]  # until 2020, with its counts
        return read_detail({"statusCode": shown.get("statusCode"), "userInfo": {"user": user, "stats": user}}, now)
    if "stats" in shown and as_text(dig(shown, "user", "uniqueId")):
        return read_detail({"userInfo": shown}, now)  # as scrapers keep it
    if "userInfo" in shown or ("statusCode" in shown and not _OF_OTHERS & shown.keys()):
        return read_detail(shown, now)
    videos = as_list(shown.get("itemList")) or [dig(shown, "itemInfo", "itemStruct")]
    authors = {str(dig(each, "author", "uniqueId")): dig(each, "author") for each in videos}
    return maker_of(authors.popitem()[1] if len(authors) == 1 else None) if _OF_OTHERS & shown.keys() else None


def _embed(data: dict[str, Json], now: datetime) -> Reading | None:
    held = next((each for each in data.values() if as_text(dig(each, "userInfo", "uniqueId"))), None)
    user, videos = as_object(dig(held, "userInfo")), as_list(dig(held, "videoList"))
    return with_videos(facts_of(user, user), videos, now, "tiktok.embed-page") if user else None


def _described(document: Document, landed: str) -> Reading | None:
    """What the head tells of the account that its title and its own address name alike; a preview may have none."""
    found = next(filter(None, map(_TITLE.fullmatch, document.titles)), None)  # some say the name alone
    parts = path_parts(document.own_address or landed)
    if found is None or [part.lower() for part in parts] != [f"@{found[2].lower()}"]:
        return None
    entity, counted = profile_entity(document, "tiktok.com"), _counted(document, found[1])
    said = profile_facts(entity)
    facts = Facts(
        display_name=found[1],
        handle=found[2],
        description=said.description or counted.description,
        followers=said.followers,
        website_link=website_of(entity),
        avatar_url=or_unseen(document.meta("og:image")),
    )
    return shown_as("tiktok.meta-profile", filled(facts, counted))


_COUNTED: Final = re.compile(r"\|\s*\d[^|]{0,40}?\D\.\s+(\d[^|]{0,40}?\D)\.(.*)", re.DOTALL)
_LONGEST_HEAD: Final = 1000


def _counted(document: Document, name: str) -> Facts:
    """Followers and words out of the head, where likes, followers and words stand in this order in every language: "|
    7.8M Likes. 231 Followers. Words.Watch Name's …".
    """
    found = _COUNTED.search((document.meta("description", "og:description") or "")[:_LONGEST_HEAD])
    if found is None:
        return NO_FACTS
    said = f".{found[2].strip()}"
    invited = list(re.finditer(rf"\.(?=\S)[^.]{{1,60}}?{re.escape(name)}", said))
    words = said[1 : invited[-1].start()] if invited else said[1:]
    return Facts(
        followers=only_count(found[1]),
        description=UNSEEN if words.endswith(("...", "…")) else words.strip() or UNSEEN,
    )


_OWN_VIDEOS: Final = ("video", "list")  # of whoever has let us in
_POSTED: Final = ("post", "item_list")  # by one account, of which every video tells


def _json(reply: Reply) -> Reading | None:
    """The reading of the site's own interface, however its answer was kept, or else of those made for others."""
    answer, now = reply.object or as_object(dig(reply.value, 0)), reply.now
    parts = path_parts(reply.page.url)
    if parts[-2:] == _OWN_VIDEOS and (videos := as_list(dig(answer, "data", "videos"))):
        return with_videos(Facts(), videos, now, "tiktok.display-api")
    kept = (as_object(answer.get("body")), as_object(answer.get("data")), answer)  # `body` on m.tiktok.com, until 2020
    own = (_next(_of_its_place(each, reply.page.url), now) for each in kept if each)
    told = next(filter(None, own), None)
    if parts[-2:] == _POSTED and told and isinstance(told.facts.handle, str):
        return with_videos(told.facts, as_list(answer.get("itemList")), now, "tiktok.item-list")
    refused = refusal(as_count(answer.get("code")), f"statusCode {answer.get('code')}", REFUSED)
    if told and told.existence is Existence.GONE and _asks_for_another(reply):
        return undecided("another_account")
    return told or refused or _mobile(answer) or _display(answer, now) or _oembed(answer, reply.subject)


def _asks_for_another(reply: Reply) -> bool:
    asked, wanted = query_value(reply.page.url, "uniqueId"), reply.subject.handle
    return bool(asked and wanted) and str(asked).lower() != str(wanted).lower()


def _mobile(answer: dict[str, Json]) -> Reading | None:
    """The apps' own interface, under names of its own; a user elsewhere in it is a video's or a comment's."""
    user = as_object(answer.get("user"))
    known = as_text(user.get("unique_id")) and as_text(user.get("uid"))
    return shown_as("tiktok.mobile-user", facts_of(user, user)) if known else None


def _display(answer: dict[str, Json], now: datetime) -> Reading | None:
    """Display API: the account itself has let us in; its videos come newest first. Research API: without a name."""
    shown = as_object(answer.get("data"))
    user = as_object(shown.get("user")) or shown
    known = text_id(APP_SCOPED, user.get("open_id"))
    if known is None and not {"display_name", "follower_count"} <= user.keys():
        code = as_text(dig(answer, "error", "code"))
        return refusal(code, code, REFUSED) or undecided(own_words(code)) if code else None
    handle = as_text(user.get("username")) or name_in(as_text(user.get("profile_deep_link")))
    facts = replace(facts_of(user, user), handle=or_unseen(handle), platform_id=or_unseen(known))
    return with_videos(facts, as_list(shown.get("videos")), now, "tiktok.display-api")


def _oembed(answer: dict[str, Json], subject: Subject) -> Reading | None:
    """The reading of a card: that of a profile shows that it exists, that of a video whose it is. A 400 says the same
    of missing and of closed accounts.
    """
    facts = card_owner(answer, name_in)
    if answer.get("provider_name") != "TikTok" or not isinstance(facts.handle, str):
        return None
    if "/video/" in str(answer.get("html")) or "video" in (answer.get("type"), answer.get("embed_type")):
        return undecided("one_video", facts=facts)
    if subject.handle and subject.handle.lower() != facts.handle.lower():
        return undecided("another_account", facts=facts)
    return shown_as("tiktok.oembed-profile", facts)


read: Final = reader("tiktok", json=_json, html=_page)
