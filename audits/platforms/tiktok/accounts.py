"""TikTok's accounts and videos, as its pages and interfaces of all years write them.

    user detail ─code─▶ gone · undecided · refused       user, its counts, its videos ─▶ Facts

10202 is TikTok's own USER_NOT_EXIST, and beside videos, music and tags a "page not found" for those
(davidteather/TikTok-Api#403). 10221, its USER_BAN, is said of names that nobody has taken as well, and was of small
accounts that live (ibid. #1158, #1124): it tells nothing. To strangers a private account always has 0 videos, and one
without videos may look private: only the account's own flag decides (yt-dlp/yt-dlp#14585).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Post, Reading, Seen, Transport
from audits.platforms.tiktok.grammar import SITE
from audits.reading.answer_fields import (
    as_flag,
    distinct_ids,
    number_id,
    or_unseen,
    read_field,
    shown_text,
    text_id,
    without_placeholder,
)
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.ids import tiktok_time
from audits.reading.pages import explicit, gone, shown_as, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.written_values import moment

_IDS: Final = ("userId", "uid", "id")
_PICTURES: Final = (
    "avatarLarger", "avatarMedium", "avatarThumb", "avatar_large_url", "avatar_url", "avatar_larger.url_list.0",
    "coversMedium.0", "covers.0",
)  # fmt: skip
_NO_PICTURE: Final = ("/1594805258216454",)
_GONE: Final = 10202
_NOT_SHOWN: Final = 10221
REFUSED: Final = {
    Transport.WALLED: (10102,),
    Transport.BLOCKED: (10000, 10111, 10113, 10114),
    Transport.NOT_PERMITTED: (
        "access_token_invalid", "invalid_token", "scope_not_authorized", "scope_permission_missed",
    ),
    Transport.RATE_LIMITED: ("rate_limit_exceeded", "daily_quota_limit_exceeded"),
    Transport.UNREACHABLE: ("internal_error",),
}  # fmt: skip
"""TikTok's own codes, and the words of its Display and Research APIs (developers.tiktok.com, Error Handling)."""


def read_detail(detail: dict[str, Json], now: datetime) -> Reading | None:
    """The reading of a user's detail: `statusCode` beside `userInfo`, and in some layouts a few videos."""
    code, info = as_count(detail.get("statusCode")) or 0, as_object(detail.get("userInfo"))
    if as_text(dig(info, "user", "uniqueId")) and any(as_text(dig(info, "user", name)) for name in _IDS):
        videos = info.get("itemList") or detail.get("itemList") or detail.get("items")
        return _known(info, code, as_list(videos), now)
    said, sign = f"statusCode {code}", "tiktok.status-code"
    if code == _GONE:
        return gone(sign, said)
    if code == _NOT_SHOWN:
        return undecided(f"withheld: {said}", Marker(sign, "unknown", said))
    return refusal(code, said, REFUSED) or (undecided(own_words(said)) if code else None)


def _known(info: dict[str, Json], code: int, videos: list[Json], now: datetime) -> Reading:
    user = as_object(info["user"])
    facts = facts_of(user, {**as_object(info.get("stats")), **as_object(info.get("statsV2"))})
    if user.get("privateAccount") is True or user.get("isSecret") is True:
        sign = Marker("tiktok.private-account", Existence.PRIVATE, f'statusCode {code}, "privateAccount": true')
        return explicit(sign, replace(facts, posts_count=UNSEEN))
    if code:
        return undecided(f"at_odds: statusCode {code}", facts=replace(facts, posts_count=UNSEEN))
    return with_videos(facts, videos, now, "tiktok.user-detail")


def facts_of(user: dict[str, Json], stats: dict[str, Json]) -> Facts:
    """What a user object states, by the names of all layouts and interfaces; `stats` are its counts."""
    return Facts(
        display_name=read_field(user, as_text, "nickname", "nickName", "display_name"),
        handle=read_field(user, as_text, "uniqueId", "unique_id", "username"),
        platform_id=or_unseen(next(filter(None, (number_id("user", user.get(name)) for name in _IDS)), None)),
        more_ids=distinct_ids(text_id("sec_uid", user.get("secUid") or user.get("sec_uid"))),
        description=read_field(user, as_text, "signature", "bio_description"),
        followers=read_field(stats, as_count, "followerCount", "fans", "follower_count"),
        posts_count=read_field(stats, as_count, "videoCount", "video", "video_count", "aweme_count"),
        avatar_url=without_placeholder(shown_text(user, *_PICTURES), _NO_PICTURE),
        website_link=_website(user),
        verified=read_field(user, as_flag, "verified", "is_verified"),
        created_at=read_field(user, moment, "createTime"),
        language=read_field(user, as_text, "language"),
    )


def _website(user: dict[str, Json]) -> Seen[str]:
    """The link of the profile: on the site in an object of its own, which is missing where there is none; the Display
    API names it plainly.
    """
    link = user.get("bioLink")
    if isinstance(link, dict) and link:
        return read_field(link, as_text, "link")
    return (UNSEEN if link else None) if "signature" in user else read_field(user, as_text, "bio_url")


def with_videos(facts: Facts, videos: list[Json], now: datetime, marker: str) -> Reading:
    """The account with what a page shows of its videos: some, seldom the newest."""
    posts = tuple(post for video in videos if (post := _post(video, facts.handle)))
    own = [post for post in posts if not post.repost]  # others' that stand beside them nobody need have passed on
    shown = replace(facts, activity=latest(own, now, "tiktok.videos"), posts=posts or UNSEEN)
    return shown_as(marker, shown)


def _post(video: Json, owner: object) -> Post | None:
    number = as_text(dig(video, "id")) or ""
    author = as_text(dig(video, "author", "uniqueId")) or as_text(dig(video, "author"))
    at = moment(dig(video, "createTime")) or moment(dig(video, "create_time")) or tiktok_time(number)
    if at is None:
        return None
    return Post(
        url=as_text(dig(video, "share_url")) or (f"{SITE}/@{owner}/video/{number}" if isinstance(owner, str) else None),
        at=at,
        pinned=dig(video, "isPinnedItem") is True,
        repost=author is not None and author.lower() != str(owner).lower(),
        has_video=not as_list(dig(video, "imagePost", "images")),
    )


def maker_of(author: Json) -> Reading:
    """What videos state of whoever made them; words, counts and links of the profile are not shown there."""
    maker = replace(facts_of(as_object(author), {}), description=UNSEEN, website_link=UNSEEN)
    return undecided("posts_alone", facts=maker)
