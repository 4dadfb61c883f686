"""Reddit: people (`u/`) and communities (`r/`).

    API by name: about ─▶ what was written last      feed: robots.txt closes it
    JSON ─┬ t2, t5 ─▶ present · suspended · private      a list of one author, of one community ─▶ a sign of life
          └ error ─▶ private, banned in so many words; "Not Found" is said of deleted and of hidden people alike
    Atom ── a sign of life of whomever it names
    HTML ── never asked for; what others recorded is read: the header of a community, the column of old.reddit.com

People may keep what they write out of every list, so none proves silence.
Sources: praw-dev/praw, cassettes TestRedditor.*; reddit/devvit#66 and redlib-org/redlib, client.rs (`error`, `reason`).
"""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import ALL, Interface, addressed, offer, stepwise
from audits.model import (
    UNSEEN,
    AddressKind,
    Existence,
    Facts,
    Marker,
    PlatformId,
    Post,
    Reading,
    Route,
    Seen,
    Transport,
)
from audits.platform import Asking, Platform, Subject, routed
from audits.reading.answer_fields import or_unseen, read_field, text_id, without_placeholder
from audits.reading.elements import elements, first, said_at
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig
from audits.reading.entities import unescaped
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import explicit, present, undecided
from audits.reading.posts import agreed, latest
from audits.reading.refusals import own_words, refusal
from audits.reading.urls import host, path_parts
from audits.reading.written_values import count_in, moment
from audits.replies import Reply, reader

SITE: Final = "https://www.reddit.com"

GRAMMAR: Final = Grammar(
    platform="reddit",
    names=("reddit", "redditcom"),
    hosts=(
        Host("reddit.com", subs="old new np m i amp {cc}"),
        Host("redd.it", path="post:"),
        Host("reddit.com", subs="*", path="service:"),
    ),
    fields={
        "user": Field(r"[A-Za-z0-9_-]{1,30}", lower),
        "community": Field(r"[A-Za-z0-9_]{1,30}", lower),
        "post": Field(r"[a-z0-9]+"),
    },
    forms=(
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/post:/{post}", AddressKind.POST, url=f"{SITE}/comments/{{post}}/"),
        Form("/submit/**", AddressKind.SHARE),
        Form("/search/**", AddressKind.SEARCH),
        Form("/comments/{post}/**", AddressKind.POST, url=f"{SITE}/comments/{{post}}/"),
        Form("/r/{community}/comments/{post}/**", AddressKind.POST, url=f"{SITE}/r/{{community}}/comments/{{post}}/"),
        Form(
            "/u|user/{user}/comments/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/user/{{user}}/comments/{{post}}/",
            owner="u/{user}",
        ),
        Form("/r|u|user/{place}/s/{code}/**", AddressKind.SHARE, notes=("short-link",)),
        Form("/r/{community}/search/**", AddressKind.SEARCH),
        Form("/u|user/{user}/*", key="u/{user}", url=f"{SITE}/user/{{user}}/"),
        Form("/r/{community}/*", key="r/{community}", url=f"{SITE}/r/{{community}}/"),
    ),
    reserved={"service": "login register settings popular all message chat premium coins policies"},
)


# --- what came back ---------------------------------------------------------------------------------------------------


_PERSON: Final = "t2"
_COMMUNITY: Final = "t5"
_NO_PICTURE: Final = ("avatar_default",)
_REASONS: Final = {"private": Existence.PRIVATE, "banned": Existence.SUSPENDED}
_TYPES: Final = {"private": Existence.PRIVATE, "employees_only": Existence.PRIVATE}


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    about = as_object(answer.get("data"))
    match answer.get("kind"):
        case "t2" if as_text(about.get("name")):
            return _person(about)
        case "t5" if as_text(about.get("display_name")):
            return _community(about)
        case "Listing":
            return _listed(about, reply)
    return _refused(answer, reply) if isinstance(answer.get("error"), int) else None


def _person(about: dict[str, Json]) -> Reading:
    """The facts of a person; of whoever is suspended nothing is told but the name."""
    handle = f"u/{about['name']}"
    if about.get("is_suspended") is True:
        marker = Marker("reddit.is-suspended", Existence.SUSPENDED, "is_suspended: true")
        return explicit(marker, Facts(handle=handle), stated=True)
    page, number = as_object(about.get("subreddit")), as_text(about.get("id"))
    facts = Facts(
        display_name=or_unseen(as_text(page.get("title")) or as_text(about.get("name"))),
        handle=handle,
        platform_id=or_unseen(text_id(_PERSON, number)),
        description=read_field(page, as_text, "public_description"),
        followers=read_field(page, as_count, "subscribers"),
        avatar_url=_picture(about, "snoovatar_img", "icon_img"),
        created_at=or_unseen(moment(about.get("created_utc"))),
    )
    return present(facts)


def _community(about: dict[str, Json]) -> Reading:
    kind = as_text(about.get("subreddit_type")) or ""
    facts = Facts(
        display_name=read_field(about, as_text, "title"),
        handle=f"r/{about['display_name']}",
        platform_id=_number(about),
        description=read_field(about, as_text, "public_description"),
        followers=read_field(about, as_count, "subscribers"),
        avatar_url=_picture(about, "community_icon", "icon_img"),
        created_at=or_unseen(moment(about.get("created_utc"))),
    )
    if kind in _TYPES:
        return explicit(Marker("reddit.subreddit-type", _TYPES[kind], kind), facts, stated=True)
    warned = about.get("quarantine") is True
    return present(facts, existence=Existence.PRESENT_LIMITED if warned else Existence.PRESENT)


def _number(about: dict[str, Json]) -> Seen[PlatformId]:
    """A community's id, which it is also named by: alone it may be of whatever else ran into the answer."""
    number = as_text(about.get("id"))
    return or_unseen(text_id(_COMMUNITY, number)) if about.get("name") == f"{_COMMUNITY}_{number}" else UNSEEN


def _picture(about: dict[str, Json], *names: str) -> str | None:
    """Addresses come with `&amp;` in them; the drawn heads of those who gave no picture are nobody's."""
    stated = without_placeholder(
        or_unseen(next((text for name in names if (text := as_text(about.get(name)))), None)), _NO_PICTURE
    )
    return unescaped(stated) if isinstance(stated, str) else None


def _listed(listing: dict[str, Json], reply: Reply) -> Reading:
    """What one person wrote, or what was written in one community: asked for by that name, and by no other's."""
    things = [as_object(dig(child, "data")) for child in as_list(listing.get("children"))]
    key = "author" if path_parts(reply.page.url)[:1] == ("user",) else "subreddit"
    name = agreed(as_text(thing.get(key)) for thing in things)
    if name is None or name.lower() not in map(str.lower, path_parts(reply.page.url)):
        return undecided("nobodys_own")
    posts = [Post(at=moment(thing.get("created_utc")), pinned=_on_top(thing)) for thing in things]
    handle = f"{'u' if key == 'author' else 'r'}/{name}"
    return present(Facts(handle=handle, activity=latest(posts, reply.now, "listing")))


def _on_top(thing: dict[str, Json]) -> bool:
    return thing.get("stickied") is True or thing.get("pinned") is True


_WARNED: Final = ("quarantined", "gated")  # shown to whoever has said that they want to


def _refused(answer: dict[str, Json], reply: Reply) -> Reading:
    said, why = as_text(answer.get("message")) or "", as_text(answer.get("reason")) or ""
    if why in _REASONS and path_parts(reply.page.url)[:1] == ("r",):
        return explicit(Marker(f"reddit.{why}", _REASONS[why], f"reason: {why}"), stated=True)
    if why in _WARNED:
        return Reading(transport=Transport.WALLED, reason=own_words(why))
    return refusal(answer["error"], said) or undecided(own_words(said))


_PLACES: Final = {"r": "r", "u": "u", "user": "u"}


def _feed(reply: Reply) -> Reading | None:
    feed = reply.feed
    place = path_parts(feed.self_url or reply.page.landed) if feed else ()
    if feed is None or len(place) < len(("r", "name")) or place[0] not in _PLACES:
        return undecided("nobodys_own") if feed else None
    return present(Facts(handle=f"{_PLACES[place[0]]}/{place[1]}", activity=feed.life(reply.now)))


def _page(reply: Reply) -> Reading | None:
    """A community or a person by what only their own pages hold, and never an end of either."""
    document = reply.document
    if "shreddit-subreddit-header" in document.source:
        return _headed(document)
    if "titlebox" in document.source:
        return _beside(document, reply)
    of_a_post = document.meta("og:site_name") == "Reddit" and "comments" in path_parts(document.meta("og:url"))
    return undecided("one_post") if of_a_post else None


def _headed(document: Document) -> Reading | None:
    """A community by the header that its pages have had since 2023."""
    header = first(document, "shreddit-subreddit-header[name]")
    if header is None:
        return None
    facts = Facts(
        display_name=or_unseen(header.get("display-name") or None),
        handle=f"r/{header.get('name')}",
        description=or_unseen(header.get("description") or None),
        followers=or_unseen(count_in(header.get("subscribers"))),
    )
    return present(facts)


def _beside(document: Document, reply: Reply) -> Reading | None:
    """A community by the column beside its posts: the layout before 2018, which old.reddit.com keeps."""
    community, person = first(document, ".titlebox .redditname"), first(document, ".profile-page .titlebox h1")
    named = community or person
    if named is None or not named.text:
        return None
    readers = said_at(document, ".titlebox .subscribers .number")
    things = elements(document, ".thing[data-timestamp]")
    posts = [Post(at=moment(each.get("data-timestamp")), pinned="stickied" in each.get("class")) for each in things]
    facts = Facts(
        handle=f"{'r' if community else 'u'}/{named.text}",
        followers=or_unseen(count_in(readers)),
        activity=latest(posts, reply.now, "page"),
    )
    return present(facts)


def _of_something_else(address: str) -> bool:
    return host(address) == "oauth.reddit.com" and "about" not in path_parts(address)


read: Final = reader("reddit", html=_page, json=_json, xml=_feed, of_something_else=_of_something_else)


# --- how to ask -------------------------------------------------------------------------------------------------------


_API: Final = "https://oauth.reddit.com"
_INTERFACE: Final = Interface(platform="reddit", read=read, key="reddit")


def _place(subject: Subject) -> str | None:
    """Where the account lies in the interface: user/name or r/name."""
    kind, _, name = (subject.handle or "").partition("/")
    return f"{'user' if kind == 'u' else 'r'}/{name}" if name else None


def _about(place: str, subject: Subject, packs: Packs) -> Asking:
    found = read((yield _INTERFACE.probe(f"{_API}/{place}/about?raw_json=1", Route.API_BY_HANDLE)), subject, packs)
    newest = f"{_API}/{place}/{'overview' if place.startswith('user') else 'new'}?sort=new&limit=10&raw_json=1"
    return (yield from _INTERFACE.with_newest(found, newest, Route.API_BY_HANDLE, subject, packs))


_FEED: Final = addressed(f"{SITE}/{{name}}/.rss", _place)

PLATFORM: Final = Platform(
    label="Reddit",
    grammar=GRAMMAR,
    read=read,
    routes=(
        stepwise(Route.API_BY_HANDLE, _place, _about, sees=ALL, key="reddit"),
        offer(Route.OPEN, read, _FEED, sees=frozenset({"existence", "activity"})),
    ),
    route_of=routed({"oauth.reddit.com": Route.API_BY_HANDLE, ".rss": Route.OPEN, "about.json": Route.OPEN}),
    interfaces=("oauth.reddit.com/",),
)
