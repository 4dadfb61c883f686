"""What Vimeo's interface says, and its cards and feeds.

    /users/<id>         ─▶ the member          404 ─▶ gone, where asked by the id or where no id is known
    /users/<id>/videos  ─▶ newest video
    oEmbed              ─▶ undecided: cards are handed out even for videos that nobody may see
    /<name>/videos/rss  ─▶ may prove life, never silence: called discontinued, and often malformed

Sources: developer.vimeo.com/api/reference/users; gpodder/gpodder#920 (2020); feedbin/feedbin#318 (2019).
"""

from __future__ import annotations

import re

from audits.model import UNSEEN, Activity, Existence, Facts, Marker, Page, Post, Reading, Transport
from audits.platform import Subject
from audits.platforms.vimeo.pages import USER, handle, name_in, user_in
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.feeds import read_feed
from audits.reading.fields import moment
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.told import either, told
from audits.reading.urls import host, path_parts


def read_json(answer: dict[str, Json], page: Page, subject: Subject) -> Reading | None:
    """What an answer says; None where it is none of Vimeo's."""
    if answer.get("provider_name") == "Vimeo":
        return _card(answer)
    if "error" in answer or "error_code" in answer:
        return _refused(answer, page, subject)
    if user_in(as_text(answer.get("uri"))):
        return present(_member(answer))
    return _videos(answer, page) if isinstance(answer.get("data"), list) else None


def read_rss(text: str, page: Page) -> Reading | None:
    """The feed of a member's videos."""
    feed = read_feed(text)
    if feed is None or not host(feed.url).endswith("vimeo.com"):
        return None
    latest_video = feed.newest(page.fetched_at)
    facts = Facts(
        display_name=either(_FEED_TITLE.sub("", feed.title or "").strip() or None),
        handle=either(_owner_of_list(feed.url)),
        activity=Activity(at=latest_video, source="feed") if latest_video else UNSEEN,
    )
    return present(facts)


_FEED_TITLE = re.compile(r"^Vimeo / |(?: / |['’]s )(?:uploaded )?videos(?: on Vimeo)?$", re.IGNORECASE)


def _owner_of_list(address: str | None) -> str | None:
    """The member in /name/videos."""
    parts = path_parts(address)
    return handle(parts[0]) if parts and parts[1:] in ((), ("videos",)) else None


def _card(answer: dict[str, Json]) -> Reading:
    author = as_text(answer.get("author_url"))
    owner = Facts(
        display_name=either(as_text(answer.get("author_name"))),
        handle=either(name_in(author)),
    )
    return undecided("the card of one video", facts=owner)


_TROUBLE = {
    **dict.fromkeys((8000, 8001, 8002, 8003), Transport.NOT_PERMITTED),
    **dict.fromkeys((9000, 9001), Transport.RATE_LIMITED),
}
_NO_SUCH_USER = re.compile(r"The requested user could(?:n['’]t| not) be found")


def _refused(answer: dict[str, Json], page: Page, subject: Subject) -> Reading | None:
    said = as_text(answer.get("error")) or "an error"
    code = as_count(answer.get("error_code"))
    if code in _TROUBLE or page.status == 401:
        return Reading(transport=_TROUBLE.get(code or 0, Transport.NOT_PERMITTED), reason=said)
    if (page.status == 404 or _NO_SUCH_USER.match(said)) and _asked_for_member(page, subject):
        return explicit(Existence.GONE, Marker("vimeo.api-no-such-user", Existence.GONE, said))
    return undecided(said) if page.status in (None, 400, 404) else None


def _asked_for_member(page: Page, subject: Subject) -> bool:
    """By its number; by its name only while no number is known, since a name may have been given up for another."""
    asked = path_parts(page.url)
    if host(page.url) != "api.vimeo.com" or len(asked) != 2 or asked[0] != "users":
        return False
    return asked[1].isdigit() or subject.id_in(USER) is None


def _member(member: dict[str, Json]) -> Facts:
    sites = tuple(link for each in as_list(member.get("websites")) if (link := as_text(dig(each, "link"))))
    connections = dig(member, "metadata", "connections")
    return Facts(
        display_name=told(member, as_text, "name"),
        handle=either(name_in(as_text(member.get("link")))),
        platform_id=either(user_in(as_text(member.get("uri")))),
        description=told(member, as_text, "bio"),
        followers=either(as_count(dig(connections, "followers", "total"))),
        posts_count=either(as_count(dig(connections, "videos", "total"))),
        avatar_url=either(_picture(member)),
        website_link=(sites[0] if sites else None) if "websites" in member else UNSEEN,
        links=sites if "websites" in member else UNSEEN,
        created_at=told(member, moment, "created_time"),
    )


def _picture(member: dict[str, Json]) -> str | None:
    sizes = [as_text(dig(each, "link")) for each in as_list(dig(member, "pictures", "sizes"))]
    return next((link for link in reversed(sizes) if link), None)


def _videos(answer: dict[str, Json], page: Page) -> Reading:
    items = [as_object(item) for item in as_list(answer.get("data"))]
    owners = {user_in(as_text(dig(item, "user", "uri"))) for item in items}
    posts = tuple(_post(item) for item in items)
    owner = owners.pop() if len(owners) == 1 else None
    if owner is None:
        return undecided("videos of several members, or of none", facts=Facts(posts=posts))
    activity = latest(posts, page.fetched_at, "videos", sees_newest=True)  # asked for by date, newest first
    return present(Facts(platform_id=owner, posts=posts, activity=activity))


def _post(item: dict[str, Json]) -> Post:
    tracks = as_count(dig(item, "metadata", "connections", "texttracks", "total"))
    return Post(
        url=as_text(item.get("link")),
        at=moment(item.get("release_time")) or moment(item.get("created_time")),
        has_video=True,
        has_captions=False if tracks == 0 else UNSEEN,  # what tracks there are may be machine-made
    )
