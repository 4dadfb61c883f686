"""TikTok: accounts and their videos.

    oEmbed of the profile: is it there? ─▶ page: who is it?        page alone, where oEmbed says nothing
    JSON ─▶ user detail │ Display API │ oEmbed
    HTML ─▶ universal data (2023 on) │ SIGI_STATE (2021 to 2023) │ __NEXT_DATA__ (2019 to 2021) │ embed page
         └▶ schema.org, meta tags, where the data is cut off
    statusCode 0 ─▶ present        10202 ───────▶ gone         10222 and privateAccount ─▶ private
    any other ──▶ undecided        10000, 1011x ─▶ blocked     10102 ─▶ walled

The Display API needs each account's own log-in, the Research API is for researchers; robots.txt closes the embed page,
which lists the newest videos. "Couldn't find this account" stands among the translations of every page.
10202 is TikTok's own USER_NOT_EXIST, and beside videos, music and tags a "page not found" for those
(davidteather/TikTok-Api#403). 10221, its USER_BAN, is said of names that nobody has taken as well, and was of small
accounts that live (ibid. #1158, #1124): it tells nothing. To strangers a private account always has 0 videos, and one
without videos may look private: only the account's own flag decides (yt-dlp/yt-dlp#14585).
Sources: developers.tiktok.com, Embed Creator Profiles; pablouser1/TikScraperPHP, Codes.php; mikf/gallery-dl, tiktok.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import addressed, card_and_page, offer
from audits.model import APP_SCOPED, UNSEEN, AddressKind, Existence, Facts, Marker, Post, Reading, Route, Transport
from audits.platform import Platform, Subject, routed
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, assigned, dig, page_props, script_json
from audits.reading.fields import moment
from audits.reading.html import Document
from audits.reading.ids import tiktok_time
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.schema_org import interactions, profile_entity
from audits.reading.told import as_flag, either, ids, lettered, named, numbered, told, unless
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
    said, sign = f"statusCode {code}", "tiktok.status-code"
    if code == _GONE:
        return explicit(Existence.GONE, Marker(sign, Existence.GONE, said))
    if code == _NOT_SHOWN:
        return undecided(f"withheld: {said}", Marker(sign, "unknown", said))
    return refusal(code, said, _REFUSED) or (undecided(own_words(said)) if code else None)


def _known(info: dict[str, Json], code: int, videos: list[Json], now: datetime) -> Reading:
    user = as_object(info["user"])
    facts = _facts(user, {**as_object(info.get("stats")), **as_object(info.get("statsV2"))})
    if user.get("privateAccount") is True:
        sign = Marker("tiktok.private-account", Existence.PRIVATE, f'statusCode {code}, "privateAccount": true')
        return explicit(Existence.PRIVATE, sign, replace(facts, posts_count=UNSEEN))
    if code:
        return undecided(f"at_odds: statusCode {code}", facts=replace(facts, posts_count=UNSEEN))
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
        website_link=as_text(dig(user, "bioLink", "link")) if "signature" in user else told(user, as_text, "bio_url"),
        verified=told(user, as_flag, "verified", "is_verified"),
        created_at=told(user, moment, "createTime"),
        language=told(user, as_text, "language"),
    )


def _with_videos(facts: Facts, videos: list[Json], now: datetime, marker: str) -> Reading:
    """The account with what a page shows of its videos: some, seldom the newest."""
    posts = tuple(post for video in videos if (post := _post(video, facts.handle)))
    own = [post for post in posts if not post.repost]  # others' that stand beside them nobody need have passed on
    shown = replace(facts, activity=latest(own, now, "tiktok.videos", sees_newest=False), posts=posts or UNSEEN)
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


def _videos_of(author: dict[str, Json]) -> Reading:
    """What videos state of whoever made them; words, counts and links of the profile are not shown there."""
    maker = replace(_facts(author, {}), description=UNSEEN, website_link=UNSEEN)
    return undecided("posts_alone", facts=maker)


# --- what came back ---------------------------------------------------------------------------------------------------


_TITLE: Final = re.compile(r"(.+?) ?[(（]@([\w.\-]{1,64})[)）](?:[\Wの].{0,200})?", re.DOTALL)  # twice in 2022
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
    videos = filter(None, (as_object(dig(scope, key)) for key in _VIDEO_KEYS))
    return next((_videos_of(as_object(dig(video, "itemInfo", "itemStruct", "author"))) for video in videos), None)


def _sigi(state: dict[str, Json], now: datetime) -> Reading | None:
    """Users and videos by key; `UserPage` says whose page it is, and is missing on the page of a video."""
    videos = list(as_object(state.get("ItemModule")).values())
    name = dig(state, "UserPage", "uniqueId") if "UserPage" in state else dig(videos, 0, "author")
    user, stats = (dig(state, "UserModule", kind, as_text(name) or "") for kind in ("users", "stats"))
    if "UserPage" not in state:
        return _videos_of(as_object(user)) if user else None
    code = dig(state, "UserPage", "statusCode")
    return _detail({"statusCode": code, "userInfo": {"user": user, "stats": stats}, "items": videos}, now)


def _next(shown: dict[str, Json], now: datetime) -> Reading | None:
    """What pages of 2019 to 2021 hand to their scripts, and the site's own interface answers."""
    if as_text(dig(shown, "userData", "uniqueId")):
        return _detail(_of_2019(as_object(shown["userData"]), shown.get("statusCode")), now)
    if "stats" in shown and as_text(dig(shown, "user", "uniqueId")):
        return _detail({"userInfo": shown}, now)  # as scrapers keep it
    if "userInfo" in shown or ("statusCode" in shown and not _OF_OTHERS & shown.keys()):
        return _detail(shown, now)
    videos = as_list(shown.get("itemList")) or [dig(shown, "itemInfo", "itemStruct")]
    authors = {str(dig(each, "author", "uniqueId")): as_object(dig(each, "author")) for each in videos}
    return _videos_of(authors.popitem()[1] if len(authors) == 1 else {}) if _OF_OTHERS & shown.keys() else None


_OF_OTHERS: Final = frozenset({"itemInfo", "itemList", "musicInfo", "challengeInfo"})  # a code beside them is theirs


def _of_2019(user: dict[str, Json], code: Json) -> dict[str, Json]:
    """Until 2020 the account stood in one object with its counts, under other names (drawrowfly/tiktok-scraper)."""
    covers = as_list(user.get("coversMedium")) or as_list(user.get("covers"))
    picture: dict[str, Json] = {"avatarLarger": covers[0]} if covers else {}
    own: Json = {**user, **picture, "id": user.get("userId"), "privateAccount": user.get("isSecret")}
    return {"statusCode": code, "userInfo": {"user": own, "stats": user}}


def _embed(data: dict[str, Json], now: datetime) -> Reading | None:
    held = next((each for each in data.values() if as_text(dig(each, "userInfo", "uniqueId"))), None)
    user, videos = as_object(dig(held, "userInfo")), as_list(dig(held, "videoList"))
    return _with_videos(_facts(user, user), videos, now, "tiktok.embed-page") if user else None


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
    """The site's own interface, however its answer was kept; else what is made for others."""
    answer, now = reply.object or as_object(dig(reply.value, 0)), reply.now
    told_of = {"itemInfo": None} if _THINGS.intersection(path_parts(reply.page.url)) else {}
    kept = (as_object(answer.get("body")), as_object(answer.get("data")), answer)  # `body` on m.tiktok.com, until 2020
    own = (_next({**told_of, **each}, now) for each in kept if each)
    refused = refusal(answer.get("code"), f"statusCode {answer.get('code')}", _REFUSED)
    return next(filter(None, own), None) or refused or _display(answer, now) or _oembed(answer, reply.subject)


_THINGS: Final = frozenset({"challenge", "comment", "item", "music", "post", "search", "video"})  # asked for instead


def _display(answer: dict[str, Json], now: datetime) -> Reading | None:
    """Display API: the account itself has let us in; its videos come newest first. Research API: without a name."""
    shown = as_object(answer.get("data"))
    user = as_object(shown.get("user")) or shown
    known = lettered(APP_SCOPED, user.get("open_id"))
    if known is None and not {"display_name", "follower_count"} <= user.keys():
        code = as_text(dig(answer, "error", "code"))
        return undecided(own_words(code)) if code else None
    handle = as_text(user.get("username")) or name_in(as_text(user.get("profile_deep_link")))
    facts = replace(_facts(user, user), handle=either(handle), platform_id=either(known))
    return _with_videos(facts, as_list(shown.get("videos")), now, "tiktok.display-api")


def _oembed(answer: dict[str, Json], subject: Subject) -> Reading | None:
    """Of a profile: it exists. Of a video: its owner. A 400 says the same of missing and of closed accounts."""
    facts = named(answer.get("author_name"), answer.get("author_url"), name_in)
    if answer.get("provider_name") != "TikTok" or not isinstance(facts.handle, str):
        return None
    if "/video/" in str(answer.get("html")) or "video" in (answer.get("type"), answer.get("embed_type")):
        return undecided("one_video", facts=facts)
    if subject.handle and subject.handle.lower() != facts.handle.lower():
        return undecided("another_account", facts=facts)
    return present(facts, Marker("tiktok.oembed-profile", Existence.PRESENT, f"@{facts.handle}"))


read: Final = reader("tiktok", json=_json, html=_page)


# --- how to ask -------------------------------------------------------------------------------------------------------


_PROFILE: Final = addressed(f"{SITE}/@{{name}}")


PLATFORM: Final = Platform(
    label="TikTok",
    grammar=GRAMMAR,
    read=read,
    routes=(card_and_page(f"{SITE}/oembed?url=", read, _PROFILE), offer(Route.PAGE, read, _PROFILE)),
    route_of=routed({"oembed": Route.OEMBED}),
    interfaces=("open.tiktokapis.com/", "open-api.tiktok.com/"),
)
