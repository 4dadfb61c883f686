"""Bluesky's public interface, and the states of an account in the AT Protocol's own words.

    profile · profiles (a batch) ─▶ present, or shown only to those who sign in
    author feed                  ─▶ present, with its posts; a timeline, a list's feed or what somebody liked is none
    repository status            ─▶ present · suspended · deactivated · gone
    anything else that names an account ─▶ undecided, with who it is about
    error                        ─▶ as its marker in the pack means

Lexicons app.bsky.actor.defs, app.bsky.feed.getAuthorFeed, com.atproto.sync.getRepoStatus (bluesky-social/atproto).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Page, Post, Reading, Seen, Transport
from audits.platform import Subject
from audits.platforms.bluesky.ids import NAMESPACE, did_id, names_another
from audits.reading.answer_fields import or_unseen, read_field
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, find_objects
from audits.reading.html import Document
from audits.reading.markers import find_marker
from audits.reading.pages import explicit, left_out, present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words
from audits.reading.urls import path_parts, query_value
from audits.reading.written_values import moment
from audits.replies import Reply

_NO_HANDLE: Final = "handle.invalid"  # shown where the handle's own domain no longer confirms it
_SIGNED_IN_ONLY: Final = frozenset({"!no-unauthenticated", "!hide", "!warn"})
_REPOST: Final = "app.bsky.feed.defs#reasonRepost"
_PIN: Final = "app.bsky.feed.defs#reasonPin"
_FILM: Final = "app.bsky.embed.video"
_ERRORS: Final = "bluesky-error"  # held against the name and words of an interface's error, and nothing else
_NOT_FOUND: Final = "bluesky.no-such-profile"
NOT_ON_THIS_SERVER: Final = "bluesky.not-on-this-server"
_ASKED: Final = ("actor", "actors", "did", "repo")
_OWNED: Final = ("feed", "list", "starterPack", "uri", "uris")  # asked for by addresses that begin with their owner
_VERIFYING: Final = ("verifiedStatus", "trustedVerifierStatus")  # whoever may verify others bears a badge of their own
_STATES: Final = {
    "takendown": Existence.SUSPENDED,
    "suspended": Existence.SUSPENDED,
    "deleted": Existence.GONE,
    "deactivated": Existence.DEACTIVATED,
}


def read_answer(reply: Reply) -> Reading | None:
    """What an answer says of the account that was asked for."""
    if "error" in reply.object or reply.object.keys() == {"message"}:
        return _error(reply)
    if reply.object.get("active") is False and _of_whoever_asks(reply.page.url):
        return undecided("not_active")  # a session's, and so the visitor's own
    return _told(reply.object, _wanted(reply), reply)


def _told(answer: dict[str, Json], wanted: frozenset[str], reply: Reply) -> Reading | None:
    if "feed" in answer:
        return _read_feed(as_list(answer["feed"]), wanted, reply.page.url, reply.now)
    if _is_view(answer):
        return _read_profile(answer)
    if "didDoc" in answer:  # com.atproto.repo.describeRepo: whose it is, and nothing of how they show themselves
        return present(Facts(platform_id=or_unseen(did_id(answer.get("did"))), handle=_handle(answer)))
    if "profiles" in answer:
        return _one_of(as_list(answer["profiles"]), wanted)
    if "active" in answer and "did" in answer:
        return _read_status(answer)
    return _about(answer, wanted)


_SHOWING: Final = frozenset({"app.bsky.actor.getProfile", "app.bsky.actor.getProfiles", "app.bsky.feed.getAuthorFeed"})


def of_something_else(address: str) -> bool:
    """Whether another method was asked than those that show accounts: of those a new layout is to be told."""
    parts = path_parts(address)
    return "xrpc" in parts and _SHOWING.isdisjoint(parts)


def _wanted(reply: Reply) -> frozenset[str]:
    """The did and the handle that were asked for; empty where neither is known."""
    values = (query_value(reply.page.url, name) or "" for name in (*_ASKED, *_OWNED))
    asked = {value.removeprefix("at://").partition("/")[0].lower() for value in values} - {""}
    named, did = (reply.subject.key or "").removeprefix("bluesky:"), reply.subject.id_in(NAMESPACE)
    return frozenset(asked if not named and not did else {each.lower() for each in (named, did) if each})


def _is_view(value: dict[str, Json]) -> bool:
    return "did" in value and "handle" in value and "didDoc" not in value


def _read_profile(profile: dict[str, Json]) -> Reading:
    labels = {as_text(dig(label, "val")) for label in as_list(profile.get("labels")) if not dig(label, "neg")}
    hidden = sorted(label for label in labels if label in _SIGNED_IN_ONLY)
    markers = tuple(Marker("bluesky.label", Existence.PRESENT_LIMITED.value, label) for label in hidden)
    if profile.get("handle") == _NO_HANDLE:
        markers = (*markers, Marker("bluesky.handle-invalid", Existence.PRESENT.value, _NO_HANDLE))
    existence = Existence.PRESENT_LIMITED if hidden else Existence.PRESENT
    return present(profile_facts(profile), *markers, existence=existence)


_SHOWN: Final = ("displayName", "avatar")
_FILLED_IN: Final = (*_SHOWN, "description", "website")


def profile_facts(view: dict[str, Json]) -> Facts:
    """What a view of a profile states. A full view leaves out what the owner never filled in; the short views beside
    posts leave out more.
    """
    whole = "followersCount" in view or "followsCount" in view
    left_out = _FILLED_IN if whole else _SHOWN if "handle" in view else ()
    told = {**dict.fromkeys(left_out), **view}
    states = {as_text(dig(view, "verification", each)) for each in _VERIFYING} - {None}
    return Facts(
        display_name=read_field(told, as_text, "displayName"),
        handle=_handle(view),
        platform_id=or_unseen(did_id(view.get("did"))),
        description=read_field(told, as_text, "description"),
        followers=or_unseen(as_count(view.get("followersCount"))),
        posts_count=or_unseen(as_count(view.get("postsCount"))),
        avatar_url=read_field(told, as_text, "avatar"),
        website_link=read_field(told, as_text, "website"),
        verified="valid" in states if states else UNSEEN,
        created_at=or_unseen(moment(view.get("createdAt"))),
    )


def _handle(view: dict[str, Json]) -> Seen[str]:
    handle = read_field(view, as_text, "handle")
    return handle if handle != _NO_HANDLE else None


def _is_wanted(view: dict[str, Json], wanted: frozenset[str]) -> bool:
    return bool({as_text(view.get("did")), (as_text(view.get("handle")) or "").lower()} & wanted)


def _one_of(profiles: list[Json], wanted: frozenset[str]) -> Reading:
    """The profile asked for, out of several: the answer leaves out whom it cannot show, and does not say why."""
    views = [as_object(profile) for profile in profiles]
    named = (view for view in views if _is_wanted(view, wanted))
    view = views[0] if len(views) == 1 and not wanted else next(named, None)
    return _read_profile(view) if view else left_out()


def _read_status(status: dict[str, Json]) -> Reading:
    facts = Facts(platform_id=or_unseen(did_id(status["did"])))
    said = as_text(status.get("status")) or ""
    if status["active"] is True:
        return present(facts)
    if said not in _STATES:
        return undecided(f"not_active: {said}" if said else "not_active", facts=facts)
    means = _STATES[said]
    return explicit(Marker(f"bluesky.repository-{said}", means.value, f"status: {said}"), facts, stated=True)


_LISTS: Final = frozenset(
    {"actors", "starterPacks", "feeds", "lists", "posts", "records", "follows", "followers", "thread", "cursor"}
)


def _about(answer: dict[str, Json], wanted: frozenset[str]) -> Reading | None:
    """Lists, starter packs, handles resolved and documents of a DID: they name an account and say no more of it."""
    view = next((each for each in find_objects(answer, "did", "handle") if _is_wanted(each, wanted)), None)
    if view:
        return undecided("names_it", facts=profile_facts(view))
    did = did_id(answer.get("did")) or did_id(answer.get("id"))
    if did is None:
        return undecided("nobodys_own") if answer.keys() & _LISTS else None
    known = (as_text(name) or "" for name in as_list(answer.get("alsoKnownAs")))
    handle = next((name.removeprefix("at://") for name in known if name.startswith("at://")), None)
    return undecided("names_it", facts=Facts(platform_id=did, handle=or_unseen(handle)))


# --- posts ------------------------------------------------------------------------------------------------------------


_OF_ONE_AUTHOR: Final = "app.bsky.feed.getAuthorFeed"
_WHOLE: Final = (None, "posts_with_replies")  # the other filters leave posts out


def _read_feed(items: list[Json], wanted: frozenset[str], asked: str, now: datetime) -> Reading:
    entries = [as_object(item) for item in items]
    author = _author(entries, wanted) if "/xrpc/" not in asked or _OF_ONE_AUTHOR in asked else None
    if author is None:
        return undecided("no_own_post")
    posts = tuple(posts_of([entry for entry in entries if _is(entry, _REPOST) or _by(entry) == author.get("did")]))
    readable = all(as_text(_by(entry)) for entry in entries)  # else the newest may be among those left out
    whole = readable and query_value(asked, "filter") in _WHOLE
    newest = latest(posts, now, "author feed", sees_newest=whole, signs=_brought_in(entries))
    return present(replace(profile_facts(author), posts=posts, activity=newest))


def _author(entries: list[dict[str, Json]], wanted: frozenset[str]) -> dict[str, Json] | None:
    """Who wrote what nobody reposted; None where several did, as in a timeline, and nobody says who is meant."""
    authors = [as_object(dig(entry, "post", "author")) for entry in entries if not _is(entry, _REPOST)]
    named = [author for author in authors if author and (_is_wanted(author, wanted) or not wanted)]
    return named[0] if len({as_text(author.get("did")) for author in named}) == 1 else None


def _by(entry: dict[str, Json]) -> Json:
    return dig(entry, "post", "author", "did")


def _is(entry: dict[str, Json], reason: str) -> bool:
    return dig(entry, "reason", "$type") == reason


def posts_of(entries: list[dict[str, Json]]) -> Iterator[Post]:
    """The posts of a feed's entries; a view leaves out what a record says of films, a record has no view."""
    for entry in entries:
        post = as_object(entry.get("post"))
        yield Post(
            url=_address(post),
            at=moment(dig(entry, "reason", "indexedAt")) if _is(entry, _REPOST) else _when(post),
            pinned=_is(entry, _PIN),
            repost=_is(entry, _REPOST),
            **_media(as_object(post.get("embed") or dig(post, "record", "embed"))),
            **_captions(as_object(dig(post, "record", "embed"))),
        )


def _when(post: dict[str, Json]) -> datetime | None:
    """When a post was made: by the author's own clock, but never later than the server first saw it."""
    times = (moment(dig(post, "record", "createdAt")), moment(post.get("indexedAt")))
    return min((at for at in times if at), default=None)


_A_DAY: Final = timedelta(days=1)  # what a slow clock or a queue may take


def _brought_in(entries: list[dict[str, Json]]) -> Iterator[datetime]:
    """When the server first saw what bears an earlier date: whoever brings old posts over from elsewhere is there."""
    for post in (as_object(entry.get("post")) for entry in entries if not _is(entry, _REPOST)):
        seen, dated = moment(post.get("indexedAt")), _when(post)
        if seen and dated and seen - dated > _A_DAY:
            yield seen


def _address(post: dict[str, Json]) -> str | None:
    did, key = as_text(dig(post, "author", "did")), (as_text(post.get("uri")) or "").rsplit("/", 1)[-1]
    return f"https://bsky.app/profile/{did}/post/{key}" if did and key else None


def _media(embed: dict[str, Json]) -> dict[str, bool]:
    shown = as_object(embed.get("media")) or embed
    kind = as_text(shown.get("$type")) or ""
    pictures = [as_object(image) for image in as_list(shown.get("images"))]
    seen = {"has_picture": bool(pictures), "has_video": kind.startswith(_FILM)}
    return {**seen, "has_alt_text": all(as_text(each.get("alt")) for each in pictures)} if pictures else seen


def _captions(written: dict[str, Json]) -> dict[str, bool]:
    """Whether the sender laid captions beside a film; a view of the post leaves them out.

    Lexicon: app.bsky.embed.video (captions), github.com/bluesky-social/atproto.
    """
    film = as_object(written.get("media")) or written
    return {"has_captions": bool(as_list(film.get("captions")))} if film.get("$type") == _FILM else {}


# --- errors -----------------------------------------------------------------------------------------------------------


def _error(reply: Reply) -> Reading:
    """What an error says: its name decides, its words only where several errors share the name ("InvalidRequest").

    That a *handle* is not found says that it leads nowhere today: its own domain may have failed, or the account may
    live under another. That a *DID* is not found says that there is no such account.
    """
    answer, page, packs = reply.object, reply.page, reply.packs
    said = " · ".join(text for key in ("error", "message") if (text := as_text(answer.get(key))))
    found = find_marker(
        page, Document(said=said, source=said), packs, _ERRORS, lambda rule: rule.id.startswith("bluesky.")
    )
    if found is None:
        return undecided(own_words(said))
    rule, marker = found
    if isinstance(rule.means, Transport):
        return Reading(transport=rule.means, markers=(marker,), reason=rule.id)
    if rule.id == _NOT_FOUND and not _asked_by_did(page, reply.subject):
        return undecided("handle_unknown", marker)
    anothers = _of_whoever_asks(page.url) or names_another(page.url, reply.subject.key)
    if anothers or not rule.may_prove(packs.day_of(page)):
        return undecided(f"no_proof: {rule.id}", marker)
    return explicit(marker, stated=rule.id != _NOT_FOUND)


def _of_whoever_asks(address: str) -> bool:
    """Whether a method was asked about nobody: what it then tells became of the account that asked."""
    return "xrpc" in path_parts(address) and not any(query_value(address, name) for name in _ASKED)


def _asked_by_did(page: Page, subject: Subject) -> bool:
    asked = next((value for name in _ASKED if (value := query_value(page.url, name))), None)
    return (asked or next(reversed(path_parts(page.url)), "") or (subject.key or "")).startswith("did:")
