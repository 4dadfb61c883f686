"""TikTok: accounts and their videos.

    oEmbed of the profile: is it there? ─▶ page: who is it?        page alone, where oEmbed says nothing
    JSON ─▶ user detail │ Display API │ oEmbed
    HTML ─▶ universal data (2023 on) │ SIGI_STATE (2021 to 2023) │ __NEXT_DATA__ (2019 to 2021) │ embed page
         └▶ schema.org, meta tags, where the data is cut off
    statusCode 0 ─▶ present        10202 ───────▶ gone         10222 and privateAccount ─▶ private
    any other ──▶ undecided        10000, 1011x ─▶ blocked     10102 ─▶ walled

No official interface answers about others: the Display API needs each account's own log-in, the Research API is for
researchers; robots.txt closes the embed page, which lists the newest videos. "Couldn't find this account" stands
among the translations of every page, so only the data is asked.
10202 is TikTok's own USER_NOT_EXIST. 10221, its USER_BAN, is said of names that nobody has taken as well, and was of
small accounts that live (davidteather/TikTok-Api#1158, #1124): it tells nothing. To strangers a private account always
has 0 videos, and one without videos may look private: only the account's own flag decides (yt-dlp/yt-dlp#14585).
Sources: developers.tiktok.com, Embed Creator Profiles; pablouser1/TikScraperPHP, Codes.php; mikf/gallery-dl, tiktok.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import JSON, WHO, addressed, look, offer, quoted, stepwise
from audits.model import APP_SCOPED, UNSEEN, AddressKind, Existence, Facts, Marker, Post, Reading, Route, Transport
from audits.platform import Asking, Platform, Subject, routed
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, dig, page_props, script_json
from audits.reading.fields import moment
from audits.reading.html import Document
from audits.reading.ids import tiktok_time
from audits.reading.markers import Packs
from audits.reading.pages import explicit, present, seen_alive, undecided
from audits.reading.posts import latest
from audits.reading.refusals import refusal
from audits.reading.schema_org import interactions, profile_entity
from audits.reading.told import as_flag, either, ids, lettered, numbered, told, unless
from audits.reading.urls import name_in, path_parts
from audits.replies import Reply, reader

SITE: Final = "https://www.tiktok.com"
_NOBODYS: Final = ("/share|@/video/{post}/**", "/embed/{post}/**", "/embed/v1|v2|v3/{post}/**", "/v/{post}.html/**")

GRAMMAR: Final = Grammar(
    platform="tiktok",
    names=("tiktok", "tiktokcom"),
    hosts=(
        Host("tiktok.com", subs="m {cc}"),
        Host("vm.tiktok.com", path="short:"),
        Host("vt.tiktok.com", path="short:"),
        Host("tiktok.com", subs="*", path="service:"),
    ),
    fields={
        "name": Field(r"(?=.{1,64}(?:/|\Z))[A-Za-z0-9_.\-]*[A-Za-z0-9_\-]", lower),
        "type": Field(r"video|photo"),
        "post": Field(r"[0-9]+"),
    },
    forms=(
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/login/**?redirect_url={target}", follow="target", notes=("login",)),
        Form("/t/{code}/**", AddressKind.SHARE, notes=("short-link",)),
        *(Form(path, AddressKind.POST, url=f"{SITE}/embed/v2/{{post}}") for path in _NOBODYS),
        Form("/share/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/tag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/tag/{{tag}}"),
        Form("/embed/@{name}", key="{name}", url=f"{SITE}/@{{name}}", notes=("plugin-embed",)),
        Form("/@{name}/{type}/{post}/**", AddressKind.POST, url=f"{SITE}/@{{name}}/{{type}}/{{post}}", owner="{name}"),
        Form("/@{name}/collection|playlist/{list}/**", AddressKind.OTHER, owner="{name}", notes=("playlist",)),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/@{{name}}"),
        Form("/{name}", key="{name}", url=f"{SITE}/@{{name}}", notes=("bare-name",)),
    ),
    reserved={
        "service": "music sticker discover foryou following explore about legal live upload friends messages setting "
        "business creators community-guidelines safety api en sv channel effect question topics",
    },
)


# --- accounts and videos ----------------------------------------------------------------------------------------------


_PICTURES: Final = ("avatarLarger", "avatarMedium", "avatarThumb", "avatar_large_url", "avatar_url")
_NO_PICTURE: Final = ("/1594805258216454",)
_GONE: Final = 10202
_NOT_SHOWN: Final = 10221
_REFUSED: Final = {Transport.WALLED: (10102,), Transport.BLOCKED: (10000, 10111, 10113, 10114)}


def _detail(detail: dict[str, Json], now: datetime) -> Reading | None:
    """A user's detail: `statusCode` beside `userInfo`, and in some layouts a few videos."""
    code, info = as_count(detail.get("statusCode")) or 0, as_object(detail.get("userInfo"))
    if as_text(dig(info, "user", "uniqueId")) and as_text(dig(info, "user", "id")):
        videos = info.get("itemList") or detail.get("itemList") or detail.get("items")
        return _known(info, code, as_list(videos), now)
    said = f"statusCode {code}"
    if code == _GONE:
        return explicit(Existence.GONE, Marker("tiktok.status-code", Existence.GONE, said))
    if code == _NOT_SHOWN:
        sign = Marker("tiktok.status-code", "unknown", said)
        return undecided(f"{said}: shut by TikTok, never there, or kept back", sign)
    return refusal(code, said, _REFUSED) or (undecided(said) if code else None)


def _known(info: dict[str, Json], code: int, videos: list[Json], now: datetime) -> Reading:
    user = as_object(info["user"])
    facts = _facts(user, {**as_object(info.get("stats")), **as_object(info.get("statsV2"))})
    if user.get("privateAccount") is True:
        sign = Marker("tiktok.private-account", Existence.PRIVATE, f'statusCode {code}, "privateAccount": true')
        return explicit(Existence.PRIVATE, sign, replace(facts, posts_count=UNSEEN))
    if code:
        return undecided(f"statusCode {code} beside the account", facts=replace(facts, posts_count=UNSEEN))
    return _with_videos(facts, videos, now, "tiktok.user-detail")


def _facts(user: dict[str, Json], stats: dict[str, Json]) -> Facts:
    """What a user object states, by the names of all layouts and of the Display API; `stats` are its counts."""
    return Facts(
        display_name=told(user, as_text, "nickname", "nickName", "display_name"),
        handle=told(user, as_text, "uniqueId", "username"),
        platform_id=either(numbered("user", user.get("id"))),
        more_ids=ids(lettered("sec_uid", user.get("secUid"))),
        description=told(user, as_text, "signature", "bio_description"),
        followers=told(stats, as_count, "followerCount", "fans", "follower_count"),
        posts_count=told(stats, as_count, "videoCount", "video", "video_count"),
        avatar_url=unless(told(user, as_text, *_PICTURES), _NO_PICTURE),
        website_link=as_text(dig(user, "bioLink", "link")) if "signature" in user else UNSEEN,
        verified=told(user, as_flag, "verified", "is_verified"),
        created_at=told(user, moment, "createTime"),
        language=told(user, as_text, "language"),
    )


def _with_videos(facts: Facts, videos: list[Json], now: datetime, marker: str) -> Reading:
    """The account with what a page shows of its videos: some, seldom the newest."""
    posts = tuple(post for video in videos if (post := _post(video, facts.handle)))
    shown = replace(facts, activity=latest(posts, now, "tiktok.videos", sees_newest=False), posts=posts or UNSEEN)
    return present(shown, Marker(marker, Existence.PRESENT, f"@{facts.handle}"))


def _post(video: Json, owner: object) -> Post | None:
    number = as_text(dig(video, "id")) or ""
    author = as_text(dig(video, "author", "uniqueId")) or as_text(dig(video, "author"))
    at = moment(dig(video, "createTime")) or moment(dig(video, "create_time")) or tiktok_time(number)
    if at is None:
        return None
    return Post(
        url=f"{SITE}/@{owner}/video/{number}",
        at=at,
        pinned=dig(video, "isPinnedItem") is True,
        repost=author is not None and author.lower() != str(owner).lower(),
        has_video=not as_list(dig(video, "imagePost", "images")),
    )


def _single_video(author: dict[str, Json]) -> Reading:
    """What a video states of whoever made it; words, counts and links of the profile are not shown there."""
    return undecided("a single video", facts=replace(_facts(author, {}), description=UNSEEN, website_link=UNSEEN))


# --- what came back ---------------------------------------------------------------------------------------------------


_TITLE: Final = re.compile(r"(.+?) \(@([\w.\-]{1,64})\)(?:\W.{0,200})?", re.DOTALL)  # in 2022 it named the owner twice
_VIDEO_KEYS: Final = ("webapp.video-detail", "webapp.reflow.video.detail")


def _page(reply: Reply) -> Reading | None:
    document, now = reply.document, reply.now
    return (
        _universal(dig(script_json(document, "__UNIVERSAL_DATA_FOR_REHYDRATION__"), "__DEFAULT_SCOPE__"), now)
        or _sigi(as_object(script_json(document, "SIGI_STATE") or assigned(document, "SIGI_STATE")), now)
        or _next(page_props(document), now)
        or _embed(as_object(dig(script_json(document, "__FRONTITY_CONNECT_STATE__"), "source", "data")), now)
        or _described(document)
    )


def _universal(scope: Json, now: datetime) -> Reading | None:
    if detail := as_object(dig(scope, "webapp.user-detail")):
        return _detail(detail, now)
    authors = (as_object(dig(scope, key, "itemInfo", "itemStruct", "author")) for key in _VIDEO_KEYS)
    return next((_single_video(author) for author in authors if author), None)


def _sigi(state: dict[str, Json], now: datetime) -> Reading | None:
    """Users and videos by key; `UserPage` says whose page it is, and is missing on the page of a video."""
    videos = list(as_object(state.get("ItemModule")).values())
    name = dig(state, "UserPage", "uniqueId") if "UserPage" in state else dig(videos, 0, "author")
    user, stats = (dig(state, "UserModule", kind, as_text(name) or "") for kind in ("users", "stats"))
    if "UserPage" not in state:
        return _single_video(as_object(user)) if user else None
    code = dig(state, "UserPage", "statusCode")
    return _detail({"statusCode": code, "userInfo": {"user": user, "stats": stats}, "items": videos}, now)


def _next(shown: dict[str, Json], now: datetime) -> Reading | None:
    if as_text(dig(shown, "userData", "uniqueId")):
        return _detail(_of_2019(as_object(shown["userData"]), shown.get("statusCode")), now)
    if "userInfo" in shown or ("statusCode" in shown and "itemInfo" not in shown):
        return _detail(shown, now)
    author = as_object(dig(shown, "itemInfo", "itemStruct", "author"))
    return _single_video(author) if as_text(author.get("uniqueId")) else None


def _of_2019(user: dict[str, Json], code: Json) -> dict[str, Json]:
    """Until 2020 the account stood in one object with its counts, under other names (drawrowfly/tiktok-scraper)."""
    covers = as_list(user.get("coversMedium")) or as_list(user.get("covers"))
    picture: dict[str, Json] = {"avatarLarger": covers[0]} if covers else {}
    own: Json = {**user, **picture, "id": user.get("userId"), "privateAccount": user.get("isSecret")}
    return {"statusCode": code, "userInfo": {"user": own, "stats": user}}


def _embed(data: dict[str, Json], now: datetime) -> Reading | None:
    for held in data.values():
        user = as_object(dig(held, "userInfo"))
        if as_text(user.get("uniqueId")):
            return _with_videos(_facts(user, user), as_list(dig(held, "videoList")), now, "tiktok.embed-page")
    return None


def _described(document: Document) -> Reading | None:
    found = _TITLE.fullmatch(document.meta("og:title", "twitter:title") or document.title)
    if found is None or [part.lower() for part in path_parts(document.own_address)] != [f"@{found[2].lower()}"]:
        return None
    entity = profile_entity(document, "tiktok.com")
    facts = Facts(
        display_name=found[1],
        handle=found[2],
        description=told(entity, as_text, "description"),
        followers=either(interactions(entity, "FollowAction")),
        website_link=as_text(dig(entity, "sameAs", 0)) if entity else UNSEEN,
        avatar_url=either(document.meta("og:image")),
    )
    return present(facts, Marker("tiktok.meta-profile", Existence.PRESENT, f"@{found[2]}"))


def _json(reply: Reply) -> Reading | None:
    answer, now = reply.object, reply.now
    if "userData" in as_object(answer.get("body")):  # m.tiktok.com/node/share/user, until 2020
        return _next(as_object(answer["body"]), now)
    if "userInfo" in answer or "statusCode" in answer:
        return _detail(answer, now)
    refused = refusal(answer.get("code"), f"statusCode {answer.get('code')}", _REFUSED)
    return refused or _display(answer, now) or _oembed(answer, reply.subject)


def _display(answer: dict[str, Json], now: datetime) -> Reading | None:
    """Display API: the account itself has let us in. Its videos come newest first."""
    user = as_object(dig(answer, "data", "user"))
    known = lettered(APP_SCOPED, user.get("open_id"))
    if known is None:
        return None
    handle = as_text(user.get("username")) or name_in(as_text(user.get("profile_deep_link")))
    facts = replace(_facts(user, user), handle=either(handle), platform_id=known)
    return _with_videos(facts, as_list(dig(answer, "data", "videos")), now, "tiktok.display-api")


def _oembed(answer: dict[str, Json], subject: Subject) -> Reading | None:
    """Of a profile: it exists. Of a video: its owner. A 400 says the same of missing and of closed accounts."""
    handle = name_in(as_text(answer.get("author_url")))
    if answer.get("provider_name") != "TikTok" or not handle:
        return None
    facts = Facts(display_name=either(as_text(answer.get("author_name"))), handle=handle)
    if "/video/" in str(answer.get("html")) or "video" in (answer.get("type"), answer.get("embed_type")):
        return undecided("a single video", facts=facts)
    if subject.handle and subject.handle.lower() != handle.lower():
        return undecided("about another account", facts=facts)
    return present(facts, Marker("tiktok.oembed-profile", Existence.PRESENT, f"@{handle}"))


read: Final = reader("tiktok", json=_json, html=_page)


# --- how to ask -------------------------------------------------------------------------------------------------------


_PROFILE: Final = addressed(f"{SITE}/@{{name}}")


def _both(profile: str, subject: Subject, packs: Packs) -> Asking:
    """What oEmbed has seen alive, a page that is refused to strangers now and then does not deny."""
    heard = yield from look(f"{SITE}/oembed?url={quoted(profile)}", Route.OEMBED, read, subject, packs, accept=JSON)
    if not seen_alive(heard):
        return heard
    seen = yield from look(profile, Route.PAGE, read, subject, packs)
    return seen if seen_alive(seen) or seen.existence is Existence.PRIVATE else heard


PLATFORM: Final = Platform(
    label="TikTok",
    grammar=GRAMMAR,
    read=read,
    routes=(stepwise(Route.OEMBED, _PROFILE, _both, sees=WHO), offer(Route.PAGE, read, _PROFILE)),
    route_of=routed({"oembed": Route.OEMBED}),
    interfaces=("open.tiktokapis.com/", "open-api.tiktok.com/"),
)
