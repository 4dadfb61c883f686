"""ActivityPub, the language that the servers of the fediverse speak with each other.

    WebFinger ─self link─▶ actor ─┬▶ facts, an account's own words for moving and being suspended
                                  └outbox─▶ activities ─▶ posts
    Tombstone: the actor was deleted

W3C ActivityPub and Activity Vocabulary (https://www.w3.org/TR/activitypub/); RFC 7033 (WebFinger); `movedTo`,
`suspended` and `memorial` as in Mastodon's documentation, Spec compliance: ActivityPub.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, PlatformId, Post, Reading, Seen
from audits.reading.answer_fields import as_plain_text, or_unseen, read_field
from audits.reading.blanks import names_nobody
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.entities import unescaped
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import latest
from audits.reading.urls import host, path_parts, runs_on
from audits.reading.written_values import first_of, links_in, moment

URI: Final = "uri"
ACTIVITY_JSON: Final = "application/activity+json"
_ACTORS: Final = frozenset({"Person", "Service", "Group", "Organization", "Application"})
_BEFORE_NAMES: Final = frozenset(
    {"users", "user", "u", "c", "m", "accounts", "video-channels", "actors", "actor", "author", "profile", "channel"}
)
_IN_TWO_WORDS: Final = frozenset(  # Mastodon since 4.5, Discourse, WriteFreely, Funkwhale, Owncast
    {("ap", "users"), ("ap", "actor"), ("api", "collections"), ("federation", "actors"), ("federation", "user")}
)
_ITEMS: Final = ("orderedItems", "items")


def is_actor(value: dict[str, Json]) -> bool:
    """Whether the document is an actor's (ActivityPub, section 4)."""
    kind = value.get("type")  # one, or several in a list
    return any(as_text(each) in _ACTORS for each in as_list(kind) or [kind]) and "inbox" in value


def is_collection(value: dict[str, Json]) -> bool:
    """Whether it is a list of things, or a page of one (https://www.w3.org/TR/activitystreams-core/#collections)."""
    return as_text(value.get("type")) in {"OrderedCollection", "OrderedCollectionPage", "Collection", "CollectionPage"}


def read_actor(actor: dict[str, Json]) -> Reading:
    """What an actor document says of its account. Counts are in collections of their own. Who has moved says where to,
    so that one who says nothing of it lives here. What a server acts as itself is nobody's account.
    """
    if _is_the_servers(actor):
        return undecided("says_nothing")
    facts = actor_facts(actor)
    moved_to, uri = _moved_to(actor.get("movedTo")), as_text(actor.get("id"))
    if facts.moved_to is UNSEEN:
        facts = replace(facts, moved_to=None)
    if actor.get("suspended") is True:
        return explicit(_marker("suspended", Existence.SUSPENDED, "true"), facts, stated=True)
    called = read_field(actor, as_text, "preferredUsername") if facts.handle is UNSEEN else facts.handle
    if moved_to and uri and leads_away(moved_to, called, uri, _address(actor.get("url"))):
        return explicit(_marker("movedTo", Existence.MOVED, moved_to), facts, stated=True)
    if actor.get("memorial") is True:
        marker = _marker("memorial", Existence.PRESENT_LIMITED, "true")
        return present(facts, marker, existence=Existence.PRESENT_LIMITED)
    return present(facts)


_MACHINES: Final = frozenset({"Application", "Service"})


def _is_the_servers(actor: dict[str, Json]) -> bool:
    """Lemmy gives its own actor no name to be called by; Mastodon, GoToSocial and NodeBB give it the server's."""
    called = as_text(actor.get("preferredUsername"))
    return as_text(actor.get("type")) in _MACHINES and called in (None, host(as_text(actor.get("id"))))


def leads_away(target: str, handle: Seen[str], *own: str | None) -> bool:
    """Whether an account that names `target` as its new home has left; some servers name the account itself, by any of
    its addresses. One into which something else has run names nowhere, nor does a program's word for nothing;
    and of one that does not say where it lives nobody can tell.
    """
    if runs_on(target) or (names_nobody(target) and not host(target)):
        return False
    if "@" not in str(handle) and not any(map(host, own)):
        return False
    names = _names(handle.lower(), *own) if isinstance(handle, str) else set()
    names_itself = _name_at(target) in names | {_name_at(each) for each in own if each and host(each)}
    return not names_itself and target.rstrip("/").lower() not in {each.rstrip("/").lower() for each in own if each}


def _names(handle: str, *own: str | None) -> set[str]:
    """What it is called, at whichever of its addresses: one of them may be somebody else's."""
    return {handle, *(f"{handle.partition('@')[0]}@{host(each)}" for each in own)}


def _name_at(address: str) -> str:
    """The name at the end of an address, at its host."""
    return f"{(path_parts(address) or ('',))[-1].removeprefix('@')}@{host(address)}".lower()


def read_tombstone(value: dict[str, Json]) -> Reading | None:
    """The server remembers that there was an actor, and that it was deleted.

    Most stones stand for posts, and many do not say what they stand for: then the address must be an actor's.
    """
    if value.get("type") != "Tombstone":
        return None
    former = as_text(value.get("formerType"))
    was_actor = former in _ACTORS if former else is_actors(as_text(value.get("id")))
    if not was_actor:
        return undecided("may_be_a_post")
    return explicit(_marker("type", Existence.GONE, "Tombstone"), stated=True)


def is_actors(address: str | None) -> bool:
    """Whether an address is an actor's: `/@name`, or a name or number behind the words that servers put before it.

    A number behind a letter is a post's.
    """
    match path_parts(address):
        case (name,):
            return name.startswith("@")
        case (kind, name):
            return kind in _BEFORE_NAMES and not (len(kind) == 1 and name.isdigit())
        case (first, second, _):
            return (first, second) in _IN_TWO_WORDS
        case _:
            return False


def handle_at(home: str, name: str | None) -> Seen[str]:
    """The handle as keys have it, `user@host`; unseen where either is not told."""
    return f"{name}@{home}" if name and home else UNSEEN


def actor_facts(actor: dict[str, Json]) -> Facts:
    """What an actor document states of its account."""
    uri = as_text(actor.get("id"))
    name = as_text(actor.get("preferredUsername"))
    home = _home(uri, actor.get("url"))
    told_of = actor.get("attachment") is not None and all(map(_is_readable, _attached(actor)))
    links = tuple(_profile_links(actor)) if told_of else UNSEEN
    return Facts(
        display_name=read_field(actor, _written, "name"),
        handle=handle_at(home, name),
        platform_id=PlatformId(URI, uri) if uri else UNSEEN,
        description=read_field(actor, as_plain_text, "summary"),
        avatar_url=read_field(actor, _address, "icon"),
        website_link=first_of(links),
        links=links,
        created_at=or_unseen(moment(actor.get("published"))),
        moved_to=read_field(actor, _moved_to, "movedTo"),
    )


def _written(name: Json) -> str | None:
    """The name as its owner wrote it: Hubzilla sends it on as a page would have it."""
    return unescaped(as_text(name) or "") or None


def _home(uri: str | None, shown: Json) -> str:
    """The server that the name belongs to: the id's. "" where the only address is another server's, for either may be
    what mirrors the account; of several addresses one may lead to where it is mirrored from. Threads shows
    at `www.` whom it names without.
    """
    addresses = (uri, None if isinstance(shown, list) else _address(shown))
    hosts = {own for each in addresses if each and (own := host(each))}
    return min(hosts, key=len) if len({each.removeprefix("www.") for each in hosts}) == 1 else ""


def _attached(actor: dict[str, Json]) -> list[Json]:
    """What is attached; JSON-LD may write the only one of a list bare."""
    attached = actor.get("attachment")
    if attached is None:
        return []
    return attached if isinstance(attached, list) else [attached]


def _is_readable(attached: Json) -> bool:
    """Whether it is known what stands there, a link or not."""
    return isinstance(attached, dict) and "type" in attached and isinstance(attached.get("value", ""), str)


_FOLLOWERS: Final = frozenset({"followers", "subscribers"})


def read_list(collection: dict[str, Json], asked: str, now: datetime) -> Reading:
    """What a collection of an actor's tells, by what it calls itself, or else by its address. `now` is UTC."""
    named = (as_text(collection.get(key)) for key in ("id", "partOf"))
    parts = {part.partition(".")[0] for each in (*named, asked) for part in path_parts(each)}  # outbox.json
    if "outbox" in parts:
        return _read_outbox(collection, now)
    followers = or_unseen(as_count(collection.get("totalItems"))) if _FOLLOWERS & parts else UNSEEN
    return undecided("other_list", facts=Facts(followers=followers))


def _read_outbox(collection: dict[str, Json], now: datetime) -> Reading:
    """The newest own posts of an outbox; the collection itself only counts them. Lemmy shows anybody none.

    It comes newest first (ActivityPub, section 5.1), from servers that keep to that.
    """
    posts = tuple(posts_of(collection))
    facts = Facts(
        posts_count=as_count(collection.get("totalItems")) or UNSEEN,
        posts=posts or UNSEEN,
        activity=latest(posts, now, "outbox", sees_newest=True, signs=_done_since(collection)),
    )
    return undecided("posts_alone", facts=facts)


def _done_since(collection: dict[str, Json]) -> Iterator[datetime | None]:
    """When whatever an outbox lists was done, be it to like something or to mend what was said."""
    for item in _listed_in(collection):
        yield moment(item.get("published")) if "actor" in item else None


def posts_of(collection: dict[str, Json]) -> Iterator[Post]:
    """The posts that the activities created; boosts (`Announce`) are marked as another's.

    A group, which writes nothing itself, announces what its members create. BookWyrm lists what was written itself.
    """
    for item in _listed_in(collection):
        activity = as_object(item.get("object")) if dig(item, "object", "type") == "Create" else item
        bare = "attributedTo" in activity and "actor" not in activity
        thing = activity if bare else as_object(activity.get("object"))
        at = moment(activity.get("published")) or moment(thing.get("published"))
        kind = as_text(activity.get("type"))
        if bare or kind in {"Create", "Announce"}:
            yield Post(url=_address(thing.get("url")), at=at, repost=kind == "Announce", **_media(thing))


def _listed_in(collection: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """Its items, or those of the first page that came along with it."""
    for page in (collection, as_object(collection.get("first"))):
        for key in _ITEMS:
            yield from map(as_object, as_list(page.get(key)))


def self_link(finger: dict[str, Json]) -> str | None:
    """The actor's address in a WebFinger answer."""
    links = [as_object(link) for link in as_list(finger.get("links"))]
    kinds = (ACTIVITY_JSON, "application/ld+json")
    own = (link for link in links if link.get("rel") == "self" and str(link.get("type", "")).startswith(kinds))
    return next((as_text(link.get("href")) for link in own), None)


def _media(thing: dict[str, Json]) -> dict[str, bool]:
    """Which media a post has, and whether every picture is described (`name` is its alternative text)."""
    if "attachment" not in thing:
        return {}
    attached = [as_object(each) for each in as_list(thing.get("attachment"))]
    kinds = [str(each.get("mediaType") or each.get("type")) for each in attached]
    pictures = [each for each, kind in zip(attached, kinds, strict=True) if kind.startswith(("image", "Image"))]
    seen = {
        "has_picture": bool(pictures),
        "has_video": any(kind.startswith(("video", "Video")) for kind in kinds),
    }
    return {**seen, "has_alt_text": all(as_text(each.get("name")) for each in pictures)} if pictures else seen


def _profile_links(actor: dict[str, Json]) -> Iterator[str]:
    for field in map(as_object, _attached(actor)):
        yield from links_in(as_text(field.get("value")) or as_text(field.get("href")))


def _address(value: Json) -> str | None:
    """An address given plainly, as a link object, or as the first of several."""
    if isinstance(value, list):
        return next((found for each in value if (found := _address(each))), None)
    return as_text(value) or as_text(dig(value, "url")) or as_text(dig(value, "href"))


def _moved_to(value: Json) -> str | None:
    """The new home's id, given plainly, in an object, or as the only one of a list."""
    only = value[0] if isinstance(value, list) and len(value) == 1 else value
    return as_text(only) or as_text(dig(only, "id"))


def _marker(name: str, means: Existence, said: str) -> Marker:
    return Marker(f"activitypub.{name}", means.value, f"{name}: {said}")
