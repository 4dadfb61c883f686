"""YouTube: five spaces of names that no address relates to each other, and channel ids whose case counts."""

from __future__ import annotations

from typing import Final

from audits.addresses import LETTERS, Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.youtube.com"
_NAME: Final = Field(rf"(?:{LETTERS})*(?!\.)(?:{LETTERS})", lower)
_POST: Final = f"{SITE}/watch?v={{post}}"


def _channel(path: str, *notes: str, bare: str = "handle") -> Form:
    return Form(path, key="channel:{channel}", url=f"{SITE}/channel/{{channel}}", notes=notes, bare=bare)


GRAMMAR: Final = Grammar(
    platform="youtube",
    names=("youtube", "yt", "youtubecom", "youttube", "youtub"),
    hosts=(
        Host("youtube.com", subs="m music gaming {cc}"),
        Host("youtubekids.com"),
        Host("youtube-nocookie.com", notes=("plugin-embed",)),
        Host("youtu.be", path="video:"),
        Host("consent.youtube.com"),
        Host("studio.youtube.com", path="studio:"),
        Host("youtube.com", subs="*", path="service:"),
    ),
    fields={
        "channel": Field(r"UC[A-Za-z0-9_-]{22}"),
        "handle": _NAME,
        "name": _NAME,
        "post": Field(r"[A-Za-z0-9_-]{11}"),
        "community": Field(r"Ug[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/m|ml|d?continue={target}", follow="target", notes=("consent",)),
        Form("/redirect?q={target}", follow="target", notes=("link-shim",)),
        Form("/attribution_link?u={target}", follow="target", notes=("link-shim",)),
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/video:/{post}/**", AddressKind.POST, url=_POST),
        Form("/watch|movie|watch_popup/**?v={post}", AddressKind.POST, url=_POST),
        _channel("/embed/live_stream?channel={channel}", "plugin-embed"),
        Form("/shorts|live|embed|e|v|w|watch/{post}/**", AddressKind.POST, url=_POST),
        Form("/post/{community}/**", AddressKind.POST, url=f"{SITE}/post/{{community}}", post="{community}"),
        Form("/playlist|view_play_list/**", AddressKind.OTHER, notes=("playlist",)),
        Form("/results/**", AddressKind.SEARCH),
        Form("/hashtag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/hashtag/{{tag}}"),
        _channel("/feeds/videos.xml?channel_id={channel}", "feed"),
        Form("/feeds/videos.xml?user={name}", key="user:{name}", url=f"{SITE}/user/{{name}}", notes=("feed",)),
        Form("/subscription_center?add_user={name}", key="user:{name}", url=f"{SITE}/user/{{name}}"),
        Form("/profile?user={name}", key="user:{name}", url=f"{SITE}/user/{{name}}"),
        _channel("/studio:/channel/{channel}/**", "admin-url"),
        _channel("/channel/{channel}/*"),
        Form("/user/{name}/*", key="user:{name}", url=f"{SITE}/user/{{name}}"),
        Form("/c/{name}/*", key="c:{name}", url=f"{SITE}/c/{{name}}"),
        Form("/@{handle}/*", key="@{handle}", url=f"{SITE}/@{{handle}}"),
        _channel("/{channel}/*", "channel-id", bare="channel-id"),
        Form("/{name}/*", key="name:{name}", url=f"{SITE}/{{name}}", notes=("bare-name",)),
    ),
    reserved={
        "service": "clip search feed trending explore movies storefront iframe_api account about upload signin logout "
        "t terms index source shared oops premium gaming ads intl howyoutubeworks channels browse videos "
        "paid_memberships xhr youtubei robots.txt signup my_videos profile playlists subscribe_widget "
        "group groups show p testtube subscription_manager live_chat",
    },
)
