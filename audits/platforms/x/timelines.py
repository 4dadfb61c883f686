"""Lists of posts that X's interfaces give: whose they are, and which is the newest.

    API v2, v1.1 ─▶ by its address somebody's own posts ─▶ newest own post │ mentions, likes, searches: anybody's
    web GraphQL  ─▶ its entries' author ────────────────▶ newest own post, a lower bound │ one post ─▶ its owner

The web shows visitors who are not logged in well-liked posts out of order (wet-boew/wet-boew#9704).
Sources: docs.x.com, GET /2/users/:id/tweets, /mentions and /liked_tweets; developer.x.com, GET statuses/user_timeline;
vladkens/twscrape and FxEmbed/FxEmbed for the web's entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from audits.model import NO_FACTS, Existence, Facts, Marker, Page, Post, Reading
from audits.platform import Subject
from audits.platforms.x.users import v1_facts, v2_facts, wanted_handle, wanted_id, web_facts
from audits.reading.embedded import Json, as_list, as_object, as_text, dig
from audits.reading.ids import x_time
from audits.reading.pages import present, undecided
from audits.reading.posts import agreed, latest
from audits.reading.urls import host, path_parts, query_value
from audits.reading.written_values import moment

_MANY: Final = "nobodys_own"  # what somebody likes, or follows
_ONE: Final = "one_post"
Node: TypeAlias = "dict[str, Json]"


def is_of_an_interface(url: str) -> bool:
    """Whether the address is one of the official interfaces', which says what its answer lists."""
    return host(url) in ("api.x.com", "api.twitter.com")


def asks_for_posts(url: str) -> bool:
    """Whether posts were asked for by themselves: who is missing there is whoever wrote them."""
    match path_parts(url) if host(url).startswith(("api.", "publish.", "cdn.")) else ():
        case ("2", "tweets", *_) | ("1.1", "statuses", *_) | ("oembed", *_) | ("tweet-result", *_):
            return not _lists_own_posts(url)
    return False


def _lists_own_posts(url: str) -> bool:
    match path_parts(url):
        case ("2", "users", _, "tweets") | ("1" | "1.1", "statuses", "user_timeline.json" | "user_timeline.xml"):
            return True
    return False


_NO: Final = ("false", "0")


def _is_whole(url: str) -> bool:
    """Whether the list leaves out neither replies nor retweets, which are signs of life, nor what is newest."""
    kept_out = (query_value(url, name) for name in ("exclude", "exclude_replies", "end_time"))
    return all(value in (None, "false", "0") for value in kept_out) and query_value(url, "include_rts") not in _NO


# --- API v2 and v1.1 ------------------------------------------------------------------------------------------------


def v2_posts(answer: Node, page: Page) -> Reading | None:
    """A post, or several, newest first. An empty list proves nothing: old posts may lie outside of it."""
    given = answer.get("data")
    posts = [as_object(each) for each in (given if isinstance(given, list) else [given])]
    if not posts or not all("text" in post for post in posts):
        return None
    authors = {as_text(post.get("author_id")) for post in posts}
    users = (as_object(user) for user in as_list(dig(answer, "includes", "users")))
    owner = next((v2_facts(user, page.fetched_at) for user in users if as_text(user.get("id")) in authors), NO_FACTS)
    if "meta" not in answer:
        return undecided(_ONE, facts=owner) if len(posts) == 1 else undecided(_MANY)
    if len(authors) > 1 or not _may_be_own(page, named=authors != {None}):
        return undecided(_MANY)
    begins = _is_whole(page.url) and dig(answer, "meta", "previous_token") is None  # else newer ones stand before these
    return _timeline(owner, tuple(_post(post, post.get("id")) for post in posts), page, in_order=begins)


def _may_be_own(page: Page, *, named: bool) -> bool:
    """Mentions and likes come as own posts do; elsewhere than at an interface's address, only posts tell by whom."""
    return _lists_own_posts(page.url) if is_of_an_interface(page.url) else named


def v1_posts(posts: list[Node], page: Page, *, alone: bool) -> Reading:
    """Posts that carry their user; `alone` says that one was asked for, and no list."""
    owner = v1_facts(as_object(posts[0].get("user")))
    if alone:
        return undecided(_ONE, facts=owner)
    if len({as_text(dig(post, "user", "screen_name")) for post in posts}) > 1 or not _may_be_own(page, named=True):
        return undecided(_MANY)
    posted = tuple(_post(post, post.get("id_str")) for post in posts)
    return _timeline(owner, posted, page, in_order=_is_whole(page.url))


def newest_of_a_user(user: Node, page: Page, facts: Facts) -> Facts:
    """A user of version 1.1 comes with its newest post, which may be somebody else's that it passed on."""
    status = as_object(user.get("status"))
    if not status:
        return facts
    post = _post(status, status.get("id_str"))
    return replace(facts, activity=latest([post], page.fetched_at, "x.status", sees_newest=True))


def _post(post: Node, number: Json) -> Post:
    kinds = {as_text(dig(each, "type")) for each in as_list(post.get("referenced_tweets"))}
    words = as_text(post.get("text")) or as_text(post.get("full_text")) or ""
    at = moment(post.get("created_at")) or x_time(as_text(number) or "")
    passed_on = {"retweeted_status", "retweeted_status_result", "retweeted_status_id_str"} & post.keys()
    return Post(
        url=f"https://x.com/i/status/{number}",
        at=at.replace(microsecond=0) if at else None,
        repost="retweeted" in kinds or bool(passed_on) or words.startswith("RT @"),
    )


def _timeline(owner: Facts, posts: tuple[Post, ...], page: Page, *, in_order: bool = True) -> Reading:
    newest = latest(posts, page.fetched_at, "x.api-posts" if in_order else "x.timeline", sees_newest=in_order)
    facts = replace(owner, activity=newest, posts=posts)
    return present(facts, Marker("x.api-posts", Existence.PRESENT, f"{len(posts)} posts"))


# --- web GraphQL ----------------------------------------------------------------------------------------------------

_ENTRIES: Final = ("timeline", "timeline_v2", "profile_timeline_v2")
_SINGLE: Final = ("tweetResult", "tweet_result", "tweetResults")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A post in a timeline; `alone`, or within a conversation, where others answer."""

    post: Node
    pinned: bool
    alone: bool

    @property
    def author(self) -> Node:
        """Who wrote it; empty where the answer leaves that out."""
        return _author(self.post)

    @property
    def writer(self) -> str | None:
        """The number of who wrote it."""
        return as_text(dig(self.post, "legacy", "user_id_str")) or as_text(self.author.get("rest_id"))

    @property
    def name(self) -> str:
        """The handle of who wrote it, lower case."""
        core, old = dig(self.author, "core", "screen_name"), dig(self.author, "legacy", "screen_name")
        return (as_text(core) or as_text(old) or "").lower()


def web_posts(answer: Node, subject: Subject, page: Page) -> Reading | None:
    """The entries of somebody's timeline, or a single post; None where it is neither."""
    data = as_object(answer.get("data"))
    if conversation := data.get("threaded_conversation_with_injections_v2"):
        return _web_post([entry.post for entry in _entries({"timeline": conversation}) if entry.alone])
    for name in _SINGLE:
        if name in data:
            found = data[name]
            return _web_post([dig(each, "result") for each in (found if isinstance(found, list) else [found])])
    user = as_object(dig(data, "user", "result")) or as_object(dig(data, "user_result_by_rest_id", "result"))
    timeline = next((user[name] for name in _ENTRIES if name in user), None)
    entries = [*_entries(timeline)]
    return _web_timeline(entries, subject, page) if entries else None


def _web_post(posts: Sequence[Json]) -> Reading:
    """Whose it is, where there is just one: below another in a conversation the one asked for is not marked."""
    owner = _author(_unwrapped(posts[0])) if len(posts) == 1 else {}
    return undecided(_ONE, facts=web_facts(owner) if owner else NO_FACTS)


def _entries(timeline: Json) -> Iterator[_Entry]:
    for instruction in as_list(dig(timeline, "timeline", "instructions")):
        pinned = "TimelinePinEntry" in (dig(instruction, "type"), dig(instruction, "__typename"))
        for entry in (*as_list(dig(instruction, "entries")), dig(instruction, "entry")):
            alone = dig(entry, "content", "itemContent")
            within = [dig(each, "item", "itemContent") for each in as_list(dig(entry, "content", "items"))]
            for item in (alone, *within):
                post = _unwrapped(dig(item, "tweet_results", "result"))
                if post and dig(item, "promotedMetadata") is None:
                    yield _Entry(post, pinned, alone=item is alone)


def _unwrapped(post: Json) -> Node:
    """A post whose visibility is limited comes in a wrapping."""
    return as_object(dig(post, "tweet")) or as_object(post)


def _author(post: Node) -> Node:
    holder = as_object(post.get("core"))
    return as_object(dig(holder, "user_results", "result")) or as_object(dig(holder, "user_result", "result"))


def _web_timeline(entries: Sequence[_Entry], subject: Subject, page: Page) -> Reading:
    """Of the one asked for, or of whoever wrote all of it: what somebody likes comes as what somebody writes does."""
    number = _asked_for(entries, subject) or _only_writer(entries)
    if number is None:
        return undecided(_MANY)
    own = [entry for entry in entries if entry.writer == number]
    posts = tuple(_web_entry(entry) for entry in own)
    owner = next((web_facts(entry.author) for entry in own if entry.author), NO_FACTS)
    return _timeline(owner, posts, page, in_order=False)


def _asked_for(entries: Sequence[_Entry], subject: Subject) -> str | None:
    number, handle = wanted_id(subject), (wanted_handle(subject) or "").lower()
    meant = (each for each in entries if (each.writer == number if number else handle and each.name == handle))
    return next((entry.writer for entry in meant), None)


def _only_writer(entries: Sequence[_Entry]) -> str | None:
    return agreed(entry.writer for entry in entries if entry.alone) or agreed(entry.writer for entry in entries)


def _web_entry(entry: _Entry) -> Post:
    return replace(_post(as_object(entry.post.get("legacy")), entry.post.get("rest_id")), pinned=entry.pinned)
