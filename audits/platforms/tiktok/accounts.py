"""TikTok's own words for an account, wherever they stand: a status code, a user, some videos.

    statusCode 0 ─▶ present        10202 ───────▶ gone         10222 and privateAccount ─▶ private
    any other ──▶ undecided        10000, 1011x ─▶ blocked     10102 ─▶ walled

10202 is TikTok's own USER_NOT_EXIST. 10221 is its USER_BAN; it is said of names that nobody has taken as well, and was
of small accounts that live (davidteather/TikTok-Api#1158, #1124), so nothing is told of it. To strangers a private
account always has 0 videos, and an account without videos may look like a private one: only the account's own flag
decides (yt-dlp/yt-dlp#14585). Codes: pablouser1/TikScraperPHP, Codes.php; mikf/gallery-dl, tiktok.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Page, PlatformId, Post, Reading, Transport
from audits.platforms.tiktok.grammar import SITE
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.fields import moment
from audits.reading.ids import tiktok_time
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.told import as_flag, either, numbered, told, unless

USER: Final = "user"
SEC_UID: Final = "sec_uid"
_NO_PICTURE: Final = ("/1594805258216454",)
_GONE: Final = 10202
_NOT_SHOWN: Final = 10221
_BLOCKED: Final = {10102: Transport.WALLED, **dict.fromkeys((10000, 10111, 10113, 10114), Transport.BLOCKED)}


def read_detail(detail: dict[str, Json], videos: list[Json], page: Page) -> Reading | None:
    """A user's detail: `statusCode` beside `userInfo`. `videos` are those that stand beside it."""
    code = as_count(detail.get("statusCode"))
    user = as_object(dig(detail, "userInfo", "user"))
    if as_text(user.get("uniqueId")) and as_text(user.get("id")):
        return _known(detail, user, code or 0, videos, page)
    if code == _GONE:
        return explicit(Existence.GONE, Marker("tiktok.status-code", Existence.GONE, f"statusCode {code}"))
    if refused := refusal(code):
        return refused
    if code == _NOT_SHOWN:
        return undecided(f"statusCode {code}: shut by TikTok, never there, or kept back", _sign_of(code))
    return undecided(f"statusCode {code}") if code else None


def _sign_of(code: int) -> Marker:
    return Marker("tiktok.status-code", "unknown", f"statusCode {code}")


def refusal(code: Json) -> Reading | None:
    """What a code says of the visitor; None where it says nothing of that kind."""
    transport = _BLOCKED.get(code) if isinstance(code, int) else None
    return Reading(transport=transport, reason=f"statusCode {code}") if transport else None


def _known(detail: dict[str, Json], user: dict[str, Json], code: int, videos: list[Json], page: Page) -> Reading:
    info = as_object(detail.get("userInfo"))
    facts = user_facts(user, {**as_object(info.get("stats")), **as_object(info.get("statsV2"))})
    if user.get("privateAccount") is True:
        sign = Marker("tiktok.private-account", Existence.PRIVATE, f'statusCode {code}, "privateAccount": true')
        return explicit(Existence.PRIVATE, sign, replace(facts, posts_count=UNSEEN))
    if code:
        return undecided(f"statusCode {code} beside the account", facts=replace(facts, posts_count=UNSEEN))
    return with_videos(facts, videos, page, "tiktok.user-detail")


def with_videos(facts: Facts, videos: list[Json], page: Page, marker: str) -> Reading:
    """The account with what a page shows of its videos: some, seldom the newest."""
    posts = tuple(post for video in videos if (post := _post(video, facts.handle)))
    newest = latest(posts, page.fetched_at, "tiktok.videos", sees_newest=False)
    shown = replace(facts, activity=newest, posts=posts or UNSEEN)
    return present(shown, Marker(marker, Existence.PRESENT, f"@{facts.handle}"))


def user_facts(user: dict[str, Json], stats: dict[str, Json]) -> Facts:
    """What a user object states; `stats` are its counts, rounded ones overlaid with exact ones."""
    sec_uid = as_text(user.get("secUid"))
    return Facts(
        display_name=told(user, as_text, "nickname", "nickName"),
        handle=told(user, as_text, "uniqueId"),
        platform_id=either(numbered(USER, user.get("id"))),
        more_ids=(PlatformId(SEC_UID, sec_uid),) if sec_uid else (),
        description=told(user, as_text, "signature"),
        followers=told(stats, as_count, "followerCount"),
        posts_count=told(stats, as_count, "videoCount"),
        avatar_url=unless(told(user, as_text, "avatarLarger", "avatarMedium", "avatarThumb"), _NO_PICTURE),
        website_link=as_text(dig(user, "bioLink", "link")) if "signature" in user else UNSEEN,
        verified=told(user, as_flag, "verified"),
        created_at=told(user, moment, "createTime"),
        language=told(user, as_text, "language"),
    )


def owner_of(video: dict[str, Json]) -> Facts:
    """What a video states of whoever made it; words and links of the profile are not shown there."""
    author = as_object(video.get("author"))
    facts = user_facts(author, as_object(video.get("authorStats")))
    return replace(facts, description=UNSEEN, followers=UNSEEN, posts_count=UNSEEN, website_link=UNSEEN)


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
