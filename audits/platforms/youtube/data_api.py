"""The YouTube Data API v3, three lists of it, and others that only name a channel.

    channels.list ─▶ the channel: stated by the platform      an id asked for alone and not listed ─▶ gone
    playlistItems.list of the uploads ─▶ newest upload
    videos.list ─▶ authored captions, video by video
    captions.list ─▶ undecided, with what one video has
    activities, playlists, search, sections ─▶ undecided, with the one channel that all of their items name
    any other list ─▶ undecided

Sources: developers.google.com/youtube/v3/docs (channels, playlistItems, videos; errors).
Costs 1 unit a call; up to 50 ids a call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Activity, Existence, Facts, Marker, Page, Post, Reading, Seen, Transport
from audits.platform import Subject
from audits.platforms.youtube.channel_page import channel_id
from audits.reading.answer_fields import or_unseen, read_field
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.pages import explicit, gone, left_out, present, undecided
from audits.reading.posts import agreed, latest
from audits.reading.refusals import own_words, refusal
from audits.reading.urls import path_parts, query_value
from audits.reading.written_values import moment

MOST_IDS: Final = 50
WATCH: Final = "https://www.youtube.com/watch?v="


def read_list(answer: dict[str, Json], page: Page, subject: Subject) -> Reading | None:
    """What a list answer says of the subject; None where it is another kind of answer."""
    of_some_fields = "kind" not in answer and "items" in answer and path_parts(page.url)[-1:] == ("channels",)
    match "youtube#channelListResponse" if of_some_fields else answer.get("kind"):
        case "youtube#channelListResponse":
            return _channel(answer, page, subject)
        case "youtube#playlistItemListResponse":
            return _uploads(answer, page)
        case "youtube#videoListResponse":
            return _videos(answer)
        case "youtube#channel" if wanted_id(subject) in (None, as_text(answer.get("id"))):
            return _stated(answer)
        case str(kind):
            return _of_something_else(kind, as_list(answer.get("items")), page.fetched_at)
        case _:
            return None


_OF_ONE_CHANNEL: Final = frozenset(
    f"youtube#{each}ListResponse" for each in ("activity", "playlist", "search", "channelSection")
)


def _of_something_else(kind: str, items: list[Json], now: datetime) -> Reading | None:
    """A list that tells no channel's state: of captions, of what one channel has, or of anything."""
    if kind == "youtube#captionListResponse":
        return undecided("one_video", facts=Facts(posts=tuple(_tracks(items))))
    if kind in _OF_ONE_CHANNEL:
        return undecided("says_nothing", facts=replace(_named(items), activity=_last_upload(items, now)))
    return undecided("says_nothing") if kind.startswith("youtube#") and kind.endswith("Response") else None


def wanted_id(subject: Subject) -> str | None:
    """The channel id that the register has pinned, or that the subject's key is made of."""
    return subject.id_in("channel", "channel:(.+)")


def _channel(answer: dict[str, Json], page: Page, subject: Subject) -> Reading:
    listed = {as_text(dig(item, "id")): as_object(item) for item in as_list(answer.get("items"))}
    asked = _asked(page)
    wanted = wanted_id(subject) or (asked[0] if len(asked) == 1 else None)
    if wanted in listed:
        return _stated(listed[wanted])
    if wanted is None and len(listed) == 1 and len(asked) <= 1:
        return _stated(next(iter(listed.values())))
    if asked == (wanted,) and not listed and _is_whole(answer):  # a list for many may leave somebody out
        return gone("youtube.api-no-such-channel", f"{wanted} is not listed")
    return left_out()


def _asked(page: Page) -> tuple[str, ...]:
    """The ids that the request named."""
    return tuple(each for each in (query_value(page.url, "id") or "").split(",") if each)


def _is_whole(empty: dict[str, Json]) -> bool:
    """Whether an empty list is all there is: a page of a longer list proves nobody's absence."""
    return "nextPageToken" not in empty and as_count(dig(empty, "pageInfo", "totalResults")) == 0


def _stated(item: dict[str, Json]) -> Reading:
    privacy = as_text(dig(item, "status", "privacyStatus"))
    facts = _facts(item)
    if privacy == "private":
        return explicit(Marker("youtube.api-private", Existence.PRIVATE, privacy), facts, stated=True)
    return present(facts)


def _facts(item: dict[str, Json]) -> Facts:
    branding, statistics = as_object(dig(item, "brandingSettings", "channel")), as_object(item.get("statistics"))
    snippet = as_object(item.get("snippet")) or branding
    hidden = statistics.get("hiddenSubscriberCount") is True
    return Facts(
        display_name=read_field(snippet, as_text, "title"),
        handle=or_unseen(as_text(snippet.get("customUrl"))),
        platform_id=or_unseen(channel_id(item.get("id"))),
        description=read_field(snippet, as_text, "description"),
        followers=None if hidden else read_field(statistics, as_count, "subscriberCount"),
        posts_count=read_field(statistics, as_count, "videoCount"),
        avatar_url=or_unseen(_picture(snippet)),
        created_at=or_unseen(moment(snippet.get("publishedAt"))),
        language=or_unseen(as_text(snippet.get("defaultLanguage"))),
    )


def _picture(snippet: dict[str, Json]) -> str | None:
    sizes = (as_text(dig(snippet, "thumbnails", size, "url")) for size in ("high", "medium", "default"))
    return next((each for each in sizes if each), None)


def _last_upload(items: list[Json], now: datetime) -> Seen[Activity]:
    """The newest video that the one channel of a list put up; what it liked, or plans to broadcast, is none."""
    uploads = [item for item in items if dig(item, "snippet", "type") == "upload" or _is_found(item)]
    if len({as_text(dig(item, "snippet", "channelId")) for item in items}) != 1:
        return UNSEEN
    posts = [Post(at=moment(dig(item, "snippet", "publishedAt")), has_video=True) for item in uploads]
    return latest(posts, now, "youtube.list")


def _is_found(item: Json) -> bool:
    """Whether a search found a video that is out."""
    out = dig(item, "snippet", "liveBroadcastContent") != "upcoming"
    return dig(item, "id", "kind") == "youtube#video" and out


def _named(items: list[Json]) -> Facts:
    """The one channel that all items name; None where they name several."""
    owners = (tuple(as_text(dig(item, "snippet", key)) for key in ("channelId", "channelTitle")) for item in items)
    known, name = agreed(owners) or (None, None)
    return Facts(display_name=or_unseen(name), platform_id=or_unseen(channel_id(known)))


def _uploads(answer: dict[str, Json], page: Page) -> Reading:
    items = as_list(answer.get("items"))
    owner = next((dig(item, "snippet") for item in items if dig(item, "snippet")), None)
    facts = _named([item for item in items if dig(item, "snippet")])
    if not _is_uploads(owner):
        return undecided("one_video", facts=facts)
    posts = tuple(_upload(item) for item in items)
    activity = latest(posts, page.fetched_at, "youtube.uploads", sees_newest=True)
    return present(replace(facts, posts=posts, activity=activity))


def _is_uploads(owner: Json) -> bool:
    """Each channel's uploads are a list whose id is the channel's own, with UU for UC."""
    playlist, channel = as_text(dig(owner, "playlistId")), as_text(dig(owner, "channelId"))
    return bool(playlist and channel and playlist[:2] == "UU" and playlist[2:] == channel[2:])


def _upload(item: Json) -> Post:
    """`videoPublishedAt` is the upload; `snippet.publishedAt` only says when it was put on the list."""
    video = as_text(dig(item, "contentDetails", "videoId")) or as_text(dig(item, "snippet", "resourceId", "videoId"))
    at = moment(dig(item, "contentDetails", "videoPublishedAt"))
    return Post(url=f"{WATCH}{video}" if video else None, at=at, has_video=True)


def _videos(answer: dict[str, Json]) -> Reading:
    items = as_list(answer.get("items"))
    posts = tuple(_video(as_object(item)) for item in items)
    return undecided("one_video", facts=replace(_named(items), posts=posts))


def _video(item: dict[str, Json]) -> Post:
    caption = dig(item, "contentDetails", "caption")
    return Post(
        url=f"{WATCH}{as_text(item.get('id'))}",
        at=moment(dig(item, "snippet", "publishedAt")),
        has_video=True,
        has_captions={"true": True, "false": False}.get(as_text(caption) or "", UNSEEN),
    )


def _tracks(items: list[Json]) -> Iterator[Post]:
    """The one video whose captions are listed; `trackKind` ASR is speech that a machine wrote down."""
    video = agreed(as_text(dig(item, "snippet", "videoId")) for item in items)
    kinds = {(as_text(dig(item, "snippet", "trackKind")) or "").lower() for item in items}
    if video:
        by_person, by_machine = bool(kinds - {"asr"}), "asr" in kinds
        yield Post(url=f"{WATCH}{video}", has_video=True, has_captions=by_person, has_machine_captions=by_machine)


def captioned(posts: tuple[Post, ...], answer: Seen[tuple[Post, ...]]) -> Iterator[Post]:
    """The uploads, each with what the list of videos says of its captions."""
    known = {post.url: post.has_captions for post in answer} if isinstance(answer, tuple) else {}
    yield from (replace(post, has_captions=known.get(post.url, post.has_captions)) for post in posts)


_TROUBLE: Final = {
    Transport.RATE_LIMITED: (
        429, "quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded",
    ),
    Transport.NOT_PERMITTED: (
        401, 403, "keyInvalid", "keyExpired", "accessNotConfigured", "ipRefererBlocked", "forbidden", "authError",
    ),
    Transport.UNREACHABLE: range(500, 600),
}  # fmt: skip
_ABSENT: Final = {
    "channelClosed": Existence.GONE, "accountClosed": Existence.GONE,
    "channelSuspended": Existence.SUSPENDED, "accountSuspended": Existence.SUSPENDED,
}  # fmt: skip


def read_error(error: Json, page: Page, subject: Subject) -> Reading:
    """An error says something of the asking; two lists (playlists, subscriptions) say what became of the channel."""
    reasons = [as_text(dig(each, "reason")) for each in as_list(dig(error, "errors"))]
    said = as_text(dig(error, "message")) or ""
    became, asked = next((each for each in _ABSENT if each in reasons), None), query_value(page.url, "channelId")
    if became and asked and asked == (wanted_id(subject) or asked):
        return explicit(Marker("youtube.api-error", _ABSENT[became], became))
    asked_in_vain = (*reasons, "keyInvalid" if "API key" in said else dig(error, "code"))
    return next(filter(None, (refusal(each, said, _TROUBLE) for each in asked_in_vain)), undecided(own_words(said)))
