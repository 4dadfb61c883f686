"""TikTok: whatever came back for an account, read in one order.

    JSON ─▶ user detail │ Display API │ oEmbed
    HTML ─▶ universal data (2023 on) │ SIGI_STATE (2021 to 2023) │ __NEXT_DATA__ (2019 to 2021) │ embed page
         └▶ schema.org, meta tags, where the data is cut off

The words "Couldn't find this account" stand among the translations of every page, so only the data is asked.
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import APP_SCOPED, UNSEEN, Existence, Facts, Marker, Page, PlatformId, Reading
from audits.platform import Subject
from audits.platforms.tiktok.accounts import owner_of, read_detail, refusal, user_facts, with_videos
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, dig, script_json
from audits.reading.html import Document
from audits.reading.pages import present, undecided
from audits.reading.schema_org import interactions, profile_entity
from audits.reading.told import as_flag, either, told
from audits.reading.urls import path_parts
from audits.replies import Reply, reader

_TITLE: Final = re.compile(r"(.+?) \(@([\w.\-]{1,64})\)(?:\W.{0,200})?", re.DOTALL)  # in 2022 it named the owner twice
_UNIVERSAL: Final = "__UNIVERSAL_DATA_FOR_REHYDRATION__"
_VIDEO_KEYS: Final = ("webapp.video-detail", "webapp.reflow.video.detail")


# --- data in pages --------------------------------------------------------------------------------------------------


def _page(reply: Reply) -> Reading | None:
    return _data(reply.document, reply.page) or _described(reply.document)


def _data(document: Document, page: Page) -> Reading | None:
    return (
        _universal(as_object(dig(script_json(document, _UNIVERSAL), "__DEFAULT_SCOPE__")), page)
        or _sigi(as_object(script_json(document, "SIGI_STATE") or assigned(document, "SIGI_STATE")), page)
        or _next(as_object(dig(script_json(document, "__NEXT_DATA__"), "props", "pageProps")), page)
        or _embed(as_object(dig(script_json(document, "__FRONTITY_CONNECT_STATE__"), "source", "data")), page)
    )


def _universal(scope: dict[str, Json], page: Page) -> Reading | None:
    detail = as_object(scope.get("webapp.user-detail"))
    if detail:
        videos = as_list(dig(detail, "userInfo", "itemList")) or as_list(detail.get("itemList"))
        return read_detail(detail, videos, page)
    videos = [dig(scope, key, "itemInfo", "itemStruct") for key in _VIDEO_KEYS]
    return next((_single_video(as_object(video)) for video in videos if dig(video, "author")), None)


def _sigi(state: dict[str, Json], page: Page) -> Reading | None:
    """Users and videos by key; `UserPage` says whose page it is, and is missing on the page of a video."""
    handle = as_text(dig(state, "UserPage", "uniqueId")) or ""
    videos = list(as_object(state.get("ItemModule")).values())
    user = dig(state, "UserModule", "users", handle)
    if "UserPage" in state:
        info: Json = {"user": user, "stats": dig(state, "UserModule", "stats", handle)}
        return read_detail({"statusCode": dig(state, "UserPage", "statusCode"), "userInfo": info}, videos, page)
    owner = as_text(dig(videos[0], "author")) if videos else None
    author = as_object(dig(state, "UserModule", "users", owner or ""))
    return _single_video({"author": author}) if author else None


def _next(shown: dict[str, Json], page: Page) -> Reading | None:
    if as_text(dig(shown, "userData", "uniqueId")):
        return read_detail(_of_2019(as_object(shown["userData"]), shown), [], page)
    if "userInfo" in shown or ("statusCode" in shown and "itemInfo" not in shown):
        return read_detail(shown, as_list(shown.get("items")), page)
    video = as_object(dig(shown, "itemInfo", "itemStruct"))
    return _single_video(video) if dig(video, "author", "uniqueId") else None


def _of_2019(user: dict[str, Json], shown: dict[str, Json]) -> dict[str, Json]:
    """Until 2020 the account stood in one object with its counts, under other names (drawrowfly/tiktok-scraper)."""
    covers = as_list(user.get("coversMedium")) or as_list(user.get("covers"))
    picture: dict[str, Json] = {"avatarLarger": covers[0]} if covers else {}
    stats: Json = {new: user[old] for old, new in (("fans", "followerCount"), ("video", "videoCount")) if old in user}
    own: Json = {**user, **picture, "id": user.get("userId"), "privateAccount": user.get("isSecret") is True}
    return {"statusCode": shown.get("statusCode"), "userInfo": {"user": own, "stats": stats}}


def _embed(data: dict[str, Json], page: Page) -> Reading | None:
    for held in data.values():
        user = as_object(dig(held, "userInfo"))
        if as_text(user.get("uniqueId")):
            facts = user_facts(user, user)
            return with_videos(facts, as_list(dig(held, "videoList")), page, "tiktok.embed-page")
    return None


def _single_video(video: dict[str, Json]) -> Reading:
    return undecided("a single video", facts=owner_of(video))


# --- what stands around the data ------------------------------------------------------------------------------------


def _described(document: Document) -> Reading | None:
    found = _TITLE.fullmatch(document.meta("og:title", "twitter:title") or document.title)
    parts = path_parts(document.own_address)
    if found is None or [part.lower() for part in parts] != [f"@{found[2].lower()}"]:
        return None
    entity = profile_entity(document, "tiktok.com")
    facts = Facts(
        display_name=found[1],
        handle=found[2],
        description=told(entity, as_text, "description"),
        followers=either(interactions(entity, "FollowAction")),
        website_link=as_text(next(iter(as_list(entity.get("sameAs"))), None)) if entity else UNSEEN,
        avatar_url=either(document.meta("og:image")),
    )
    return present(facts, Marker("tiktok.meta-profile", Existence.PRESENT, f"@{found[2]}"))


# --- interfaces -----------------------------------------------------------------------------------------------------


def _json(reply: Reply) -> Reading | None:
    answer, page = reply.object, reply.page
    if "userData" in as_object(answer.get("body")):  # m.tiktok.com/node/share/user, until 2020
        return _next(as_object(answer["body"]), page)
    if "userInfo" in answer or "statusCode" in answer:
        return read_detail(answer, [], page)
    return refusal(answer.get("code")) or _display(answer, page) or _oembed(answer, reply.subject)


def _display(answer: dict[str, Json], page: Page) -> Reading | None:
    """Display API: the account itself has let us in. Its videos come newest first."""
    user = as_object(dig(answer, "data", "user"))
    if not as_text(user.get("open_id")):
        return None
    address = path_parts(as_text(user.get("profile_deep_link")))
    handle = as_text(user.get("username")) or (address[0].removeprefix("@") if address else None)
    facts = Facts(
        display_name=told(user, as_text, "display_name"),
        handle=either(handle),
        platform_id=PlatformId(APP_SCOPED, str(user["open_id"])),
        description=told(user, as_text, "bio_description"),
        followers=told(user, as_count, "follower_count"),
        posts_count=told(user, as_count, "video_count"),
        avatar_url=told(user, as_text, "avatar_large_url", "avatar_url"),
        verified=told(user, as_flag, "is_verified"),
    )
    return with_videos(facts, as_list(dig(answer, "data", "videos")), page, "tiktok.display-api")


def _oembed(answer: dict[str, Json], subject: Subject) -> Reading | None:
    """Of a profile: it exists. Of a video: its owner. A 400 says the same of missing and of closed accounts."""
    handle = next(iter(path_parts(as_text(answer.get("author_url")))), "").removeprefix("@")
    if answer.get("provider_name") != "TikTok" or not handle:
        return None
    facts = Facts(display_name=either(as_text(answer.get("author_name"))), handle=handle)
    if "/video/" in str(answer.get("html")) or answer.get("type") == "video" or answer.get("embed_type") == "video":
        return undecided("a single video", facts=facts)
    if subject.handle and subject.handle.lower() != handle.lower():
        return undecided("about another account", facts=facts)
    return present(facts, Marker("tiktok.oembed-profile", Existence.PRESENT, f"@{handle}"))


read: Final = reader("tiktok", json=_json, html=_page)
