"""A channel's own page: one tree, whether it came inside HTML or as a browse answer.

    tree ─┬ metadata ─────────────▶ present: name, words, id, handle, picture
          ├ header (6 kinds) ─────▶ badge, counts, links; topics and artists have nothing else
          ├ channelAgeGateRenderer ▶ walled: shown only to those who sign in, beside its name
          └ alerts, type ERROR ───▶ the alert's own words decide, no other words on the page

Where the tree is missing (stripped or cut pages, layouts before 2017) the page's meta tags are read.
Field names: TeamNewPipe/NewPipeExtractor, YoutubeChannelHelper.java; iv-org/invidious, channels/about.cr;
sigma67/ytmusicapi, browsing.py (music.youtube.com).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from audits.model import UNSEEN, Facts, Marker, Page, PlatformId, Reading, Seen, Transport
from audits.reading.answer_fields import or_unseen, read_field
from audits.reading.embedded import Json, as_list, as_object, as_text, dig, find, texts
from audits.reading.html import Document
from audits.reading.markers import Packs, find_marker, is_existence
from audits.reading.pages import explicit, present, undecided
from audits.reading.urls import path_parts, query_value
from audits.reading.written_values import count_in, exact_counts

ALERTS = "youtube-alert"  # the pack that is held against the words of an alert, and nothing else
NAMESPACE = "channel"
_CHANNEL_ID = re.compile(r"UC[\w-]{22}")
_HANDLE = re.compile(r"/(@[^/?#]{3,90})")
_BADGES = frozenset({"BADGE_STYLE_TYPE_VERIFIED", "BADGE_STYLE_TYPE_VERIFIED_ARTIST"})
_BADGE_IMAGES = frozenset({"CHECK_CIRCLE_FILLED", "AUDIO_BADGE", "MUSIC_FILLED"})


def read_tree(tree: Json, page: Page, packs: Packs) -> Reading | None:
    """What the tree says of a channel; None where it is no channel's tree."""
    metadata = as_object(dig(tree, "metadata", "channelMetadataRenderer"))
    header = _header(tree)
    if as_text(metadata.get("title")) or (_title(header) and _is_channels(tree)):
        return present(_facts(tree, metadata, header))
    return _gated(tree) or _alerted(tree, header, page, packs)


def channel_id(value: Json) -> PlatformId | None:
    """An id of the form UC and 22 letters; anything else is not one."""
    text = as_text(value) or ""
    return PlatformId(NAMESPACE, text) if _CHANNEL_ID.fullmatch(text) else None


def id_in(address: str | None) -> PlatformId | None:
    """The channel id in an address such as /channel/UC…"""
    found = re.search(rf"/channel/({_CHANNEL_ID.pattern})(?![\w-])", address or "")
    return PlatformId(NAMESPACE, found[1]) if found else None


def handle_in(address: str | None) -> str | None:
    """The handle in an address such as /@name, decoded."""
    found = _HANDLE.search(unquote(address or ""))
    return found[1] if found else None


def words(value: Json) -> str | None:
    """The text of a value, in the three forms in which YouTube writes one."""
    plain = as_text(dig(value, "simpleText")) or as_text(dig(value, "content")) or as_text(value)
    return plain or as_text("".join(str(dig(run, "text") or "") for run in as_list(dig(value, "runs"))))


def _lies_at(tree: Json) -> PlatformId | None:
    """The channel that was asked for; topics made by YouTube say it in their address alone."""
    return _asked_for(tree) or id_in(as_text(dig(tree, "microformat", "microformatDataRenderer", "urlCanonical")))


def _is_channels(tree: Json) -> bool:
    """Since 2024 playlists and hashtags have the same header: what was browsed, or lies there, tells them apart."""
    browsed = next((value for name, value in _accounting(tree) if name == "browse_id"), None)
    lies_at = as_text(dig(tree, "microformat", "microformatDataRenderer", "urlCanonical"))
    if browsed is not None:
        return channel_id(browsed) is not None
    return lies_at is None or (id_in(lies_at) or handle_in(lies_at)) is not None


_HEADERS = (
    "c4TabbedHeaderRenderer", "interactiveTabbedHeaderRenderer", "musicImmersiveHeaderRenderer",
    "musicVisualHeaderRenderer",
)  # fmt: skip


def _header(tree: Json) -> dict[str, Json]:
    header = as_object(dig(tree, "header"))
    for name in _HEADERS:
        if name in header:
            return as_object(header[name])
    carousel = dig(header, "carouselHeaderRenderer", "contents")
    topic = next(find(carousel, "topicChannelDetailsRenderer"), None)
    return as_object(topic) or as_object(dig(header, "pageHeaderRenderer", "content", "pageHeaderViewModel"))


def _title(header: dict[str, Json]) -> str | None:
    return words(header.get("title")) or words(dig(header, "title", "dynamicTextViewModel", "text"))


def _facts(tree: Json, metadata: dict[str, Json], header: dict[str, Json]) -> Facts:
    followers, videos = _counts(header)
    links, complete = tuple(dict.fromkeys(_links(tree, header))), _all_links(header)
    return Facts(
        display_name=as_text(metadata.get("title")) or _title(header),
        handle=or_unseen(_handle(metadata, header)),
        platform_id=or_unseen(channel_id(metadata.get("externalId")) or _header_id(header) or _lies_at(tree)),
        description=_description(metadata, header),
        followers=followers,
        posts_count=videos,
        avatar_url=or_unseen(_picture(tree, metadata, header)),
        website_link=links[0] if links else (None if complete else UNSEEN),
        links=links if complete else UNSEEN,
        more_links=UNSEEN if complete else True,
        verified=_verified(header) if header else UNSEEN,
    )


def _description(metadata: dict[str, Json], header: dict[str, Json]) -> Seen[str]:
    if metadata:
        return read_field(metadata, as_text, "description")
    return or_unseen(words(header.get("description")))


def _picture(tree: Json, metadata: dict[str, Json], header: dict[str, Json]) -> str | None:
    stated = dig(tree, "microformat", "microformatDataRenderer", "thumbnail")
    drawn = dig(header, "foregroundThumbnail", "musicThumbnailRenderer", "thumbnail")
    framed = dig(header, "image", "decoratedAvatarViewModel", "avatar", "avatarViewModel", "image")
    places = (metadata.get("avatar"), header.get("avatar"), header.get("boxArt"), drawn, framed, stated)
    return next((picture for each in places if (picture := _largest(each))), None)


def _handle(metadata: dict[str, Json], header: dict[str, Json]) -> str | None:
    addresses = (metadata.get("vanityChannelUrl"), *as_list(metadata.get("ownerUrls")))
    stated = (handle_in(as_text(address)) for address in addresses)
    shown = (line.lstrip("\u200e\u200f") for line in _lines(header))
    return next((each for each in stated if each), None) or next((each for each in shown if each[:1] == "@"), None)


def _header_id(header: dict[str, Json]) -> PlatformId | None:
    shown = (
        header.get("channelId"),
        dig(header, "navigationEndpoint", "browseEndpoint", "browseId"),
        dig(header, "subscriptionButton", "subscribeButtonRenderer", "channelId"),
    )
    return next((known for each in shown if (known := channel_id(each))), None)


def _lines(header: dict[str, Json]) -> Iterator[str]:
    """The short lines under a channel's name, in the order shown."""
    fields = ("channelHandleText", "subscriberCountText", "subtitle", "videosCountText")
    yield from (line for name in fields if (line := words(header.get(name))))
    button = dig(header, "subscriptionButton", "subscribeButtonRenderer", "longSubscriberCountText")
    yield from filter(None, (words(button),))
    for row in as_list(dig(header, "metadata", "contentMetadataViewModel", "metadataRows")):
        yield from (line for part in as_list(dig(row, "metadataParts")) if (line := words(dig(part, "text"))))


_OF_SUBSCRIBERS = re.compile(
    r"subscri|prenumerant|abonn|suscriptor|iscritt|inscri|tilaa|seguidor|odběratel|subskryb|подписчик|підписник|"
    r"abone|登録者|구독자|订阅|訂閱|feliratkoz|sledujúc|naročnik",
    re.IGNORECASE,
)
_OF_VIDEOS = re.compile(r"video|vídeo|vidéo|видео|відео|動画|동영상|视频|影片", re.IGNORECASE)


def _counts(header: dict[str, Json]) -> tuple[Seen[int], Seen[int]]:
    """The counts of subscribers (YouTube rounds them) and videos (only where given exactly): in this order where both
    are shown.
    """
    lines = [line for line in _lines(header) if not line.lstrip("\u200e\u200f").startswith("@")]
    followers = next((line for line in lines if _OF_SUBSCRIBERS.search(line)), None)
    videos = next((line for line in lines if _OF_VIDEOS.search(line) and line != followers), None)
    match _last_row(header):
        case [first, second] if not _OF_VIDEOS.search(first) and not _OF_SUBSCRIBERS.search(second):
            followers, videos = followers or first, videos or second
    return or_unseen(followers_in(followers)), or_unseen(next(iter(exact_counts(videos)), None))


def _last_row(header: dict[str, Json]) -> list[str]:
    """Since 2023 the counts stand in a row of their own, below the handle."""
    rows = as_list(dig(header, "metadata", "contentMetadataViewModel", "metadataRows"))
    parts = as_list(dig(rows[-1], "metadataParts")) if rows else []
    lines = [line for part in parts if (line := words(dig(part, "text")))]
    return lines if not any(line.lstrip("\u200e\u200f").startswith("@") for line in lines) else []


_THOUSANDS_IN_TURKISH = re.compile(r"(?<=\d\s)B\b|(?<=\d)B\b")


def followers_in(line: str | None) -> int | None:
    """The count of subscribers in a text. In Turkish B stands for bin, a thousand; elsewhere for billions, which no
    channel has.
    """
    return count_in(_THOUSANDS_IN_TURKISH.sub("K", line) if line and "abone" in line else line)


def _largest(picture: Json) -> str | None:
    sizes = texts(dig(picture, "thumbnails") or dig(picture, "sources"), "url")
    return re.sub(r"^//", "https://", sizes[-1]) if sizes else None


def _verified(header: dict[str, Json]) -> bool | None:
    """Whether the badge stands there; None where none does, for it may be drawn in a way not known here."""
    styles = {as_text(style) for style in find(header.get("badges"), "style")}
    runs = dig(header, "title", "dynamicTextViewModel", "text", "attachmentRuns")
    images = {as_text(name) for name in find(runs, "imageName")}
    return True if styles & _BADGES or images & _BADGE_IMAGES else None


def _links(tree: Json, header: dict[str, Json]) -> Iterator[str]:
    about = dig(tree, "contents", "twoColumnBrowseResultsRenderer", "tabs")
    places = (dig(header, "attribution", "attributionViewModel", "text"), header.get("headerLinks"),
              *find(about, "channelAboutFullMetadataRenderer"))  # fmt: skip
    for place in places:
        for endpoint in find(place, "urlEndpoint"):
            address = as_text(dig(endpoint, "url"))
            if address:
                yield behind_redirect(address)


def behind_redirect(address: str) -> str:
    """Where youtube.com/redirect?q=… leads; any other address as it stands."""
    return (query_value(address, "q") if path_parts(address) == ("redirect",) else None) or address


def _all_links(header: dict[str, Json]) -> bool:
    """Since 2023 a header shows the first link and says how many more there are; older ones say neither."""
    since_2023 = dig(header, "title", "dynamicTextViewModel") is not None
    attribution = as_object(header.get("attribution", {"attributionViewModel": {}}))
    first = attribution.get("attributionViewModel")
    return since_2023 and isinstance(first, dict) and (not first or "text" in first) and first.get("suffix") is None


def _gated(tree: Json) -> Reading | None:
    """The reading of "Sign in to view this channel": a wall, which says in passing whose channel stands behind it."""
    gate = next(find(dig(tree, "contents"), "channelAgeGateRenderer"), None)
    if gate is None:
        return None
    facts = Facts(
        display_name=or_unseen(words(dig(gate, "channelTitle"))),
        platform_id=or_unseen(_asked_for(tree)),
        avatar_url=or_unseen(_largest(dig(gate, "avatar"))),
    )
    marker = Marker("youtube.age-gate", Transport.WALLED.value, words(dig(gate, "header")) or "")
    return Reading(transport=Transport.WALLED, facts=facts, markers=(marker,), reason=marker.id)


def _asked_for(tree: Json) -> PlatformId | None:
    """The channel that the answer is about, as the answer's own accounting names it."""
    return next((known for _, value in _accounting(tree) if (known := channel_id(value))), None)


def _accounting(tree: Json) -> Iterator[tuple[Json, Json]]:
    """Names and values; under `browse_id` a channel, a playlist, a hashtag or one of YouTube's own pages."""
    for params in find(dig(tree, "responseContext", "serviceTrackingParams"), "params"):
        yield from ((dig(each, "key"), dig(each, "value")) for each in as_list(params))


def _alerted(tree: Json, header: dict[str, Json], page: Page, packs: Packs) -> Reading | None:
    """An ERROR alert, read by its own words alone: they come in the visitor's language, so most are unknown.

    It stands in the place of a channel: beside films it is about something else, or the page is two in one.
    """
    alert = next((each for each in find(dig(tree, "alerts"), "alertRenderer") if dig(each, "type") == "ERROR"), None)
    if alert is None:
        return None
    facts, said = Facts(platform_id=_header_id(header) or _asked_for(tree) or UNSEEN), words(dig(alert, "text")) or ""
    beside_films = next(find(dig(tree, "contents"), "videoId"), None) is not None
    return _unproven(said, facts) if beside_films else read_alert(said, facts, page, packs)


def read_alert(said: str, facts: Facts, page: Page, packs: Packs) -> Reading:
    """What an alert says in the channel's place; `facts` are what else is known of it."""
    found = find_marker(page, Document(said=said), packs, ALERTS, is_existence)
    if found is None or not found[0].may_prove(packs.day_of(page)):
        return _unproven(said, facts)
    return explicit(found[1], facts)


def _unproven(said: str, facts: Facts) -> Reading:
    return undecided("no_proof", Marker("youtube.alert", "unknown", said[:160]), facts=facts)
