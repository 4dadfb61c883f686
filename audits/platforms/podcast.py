"""Podcasts in directories of their own; a show's own feed is `feed:`.

    Apple: lookup (its newest episode, its feed) ─▶ the feed itself
    Acast: the show's feed
    page: the show in schema.org's words

Apple, iTunes Search API: lookup. A show that is missing in one country's shop may stand in another's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import offer, own_page, stepwise
from audits.model import UNSEEN, Activity, AddressKind, Facts, Page, PlatformId, Post, Probe, Reading, Route
from audits.platform import Asking, Platform, Subject
from audits.reading.answer import Answer
from audits.reading.answer_fields import number_id, one_asked_for, or_unseen, read_field
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, ld_json, try_loads
from audits.reading.markers import Packs
from audits.reading.pages import present, seen_alive, undecided, with_facts
from audits.reading.posts import latest, reconciled
from audits.reading.schema_org import image_of
from audits.reading.site import feed_facts
from audits.reading.urls import host, path_parts
from audits.reading.written_values import moment
from audits.replies import Reply, reader

GRAMMAR: Final = Grammar(
    platform="podcast",
    names=("applepodcasts", "applepodcast", "itunes", "acast"),
    hosts=(
        Host("podcasts.apple.com", path="apple:"),
        Host("itunes.apple.com", path="apple:"),
        Host("acast.com", subs="shows play", path="acast:"),
    ),
    fields={
        "id": Field(r"[0-9]+"),
        "post": Field(r"[0-9]+"),
        "name": Field(r"[A-Za-z0-9_-]+", lower),
        "slug": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form(
            "/apple:/{country}/podcast/{title}/id{id}?i={post}",
            AddressKind.POST,
            owner="apple:{id}",
            url="https://podcasts.apple.com/podcast/id{id}?i={post}",
        ),
        Form(
            "/apple:/podcast/id{id}?i={post}",
            AddressKind.POST,
            owner="apple:{id}",
            url="https://podcasts.apple.com/podcast/id{id}?i={post}",
        ),
        Form(
            "/apple:/{country}/podcast/{title}/id{id}",
            key="apple:{id}",
            url="https://podcasts.apple.com/podcast/id{id}",
        ),
        Form("/apple:/{country}/podcast/id{id}", key="apple:{id}", url="https://podcasts.apple.com/podcast/id{id}"),
        Form("/apple:/podcast/id{id}", key="apple:{id}", url="https://podcasts.apple.com/podcast/id{id}"),
        Form("/acast:/s/{name}/*", key="acast:{name}", url="https://shows.acast.com/{name}"),
        Form(
            "/acast:/{name}/{slug}/**",
            AddressKind.POST,
            url="https://shows.acast.com/{name}/{slug}",
            owner="acast:{name}",
        ),
        Form("/acast:/{name}", key="acast:{name}", url="https://shows.acast.com/{name}"),
    ),
)

_LOOKUP: Final = "https://itunes.apple.com/lookup?entity=podcast&country=se&id={number}"
_SHOWS: Final = ("PodcastSeries", "CreativeWorkSeries", "RadioSeries")


def _lookup(reply: Reply) -> Reading | None:
    answer, page = reply.object, reply.page
    if "resultCount" not in answer:
        return None
    results = [as_object(each) for each in as_list(answer.get("results"))]
    shows = [each for each in results if each.get("kind") == "podcast"]
    if len(shows) > 1 and not _apple_number(reply.subject):
        return undecided("several_shows")
    show = one_asked_for(shows, _apple_number(reply.subject), None, "collectionId")
    return present(_show_facts(show, results, page)) if show else undecided("not_in_market")


def _show_facts(show: dict[str, Json], results: list[dict[str, Json]], page: Page) -> Facts:
    """`releaseDate` is the newest episode's, which may stand beside its show; a directory may lag behind the feed."""
    own = [each for each in results if each.get("collectionId") == show.get("collectionId")]
    episodes = tuple(Post(at=moment(each.get("releaseDate"))) for each in own)
    return Facts(
        display_name=read_field(show, as_text, "collectionName", "trackName"),
        platform_id=or_unseen(number_id("apple", show.get("collectionId"))),
        posts_count=or_unseen(as_count(show.get("trackCount"))),
        avatar_url=or_unseen(as_text(show.get("artworkUrl600")) or as_text(show.get("artworkUrl100"))),
        website_link=UNSEEN,
        activity=latest(episodes, page.fetched_at, "lookup"),
    )


def _show(reply: Reply) -> Reading | None:
    document = reply.document
    show = next(ld_json(document, *_SHOWS), None)
    if show is None or not as_text(show.get("name")):
        return None
    facts = Facts(
        display_name=as_text(show.get("name")),
        platform_id=or_unseen(_number_in(document.link("canonical") or document.meta("og:url"))),
        description=read_field(show, as_text, "description"),
        avatar_url=or_unseen(as_text(image_of(show))),
    )
    return present(facts)


def _number_in(address: str | None) -> PlatformId | None:
    """The number at the end of a show's address at Apple."""
    number = (path_parts(address) or ("",))[-1].removeprefix("id") if _is_apples(address) else None
    return number_id("apple", number)


def _is_apples(address: str | None) -> bool:
    return host(address) in ("podcasts.apple.com", "itunes.apple.com")


def _feed(reply: Reply) -> Reading | None:
    return present(feed_facts(reply.feed, reply.page)) if reply.feed else None


read: Final = reader("podcast", json=_lookup, xml=_feed, html=_show)


def _named(subject: Subject, directory: str) -> str | None:
    kind, _, name = (subject.key or "").removeprefix("podcast:").partition(":")
    return name if kind == directory and name else None


def _apple_number(subject: Subject) -> str | None:
    return _named(subject, "apple")


def _visit(number: str, subject: Subject, packs: Packs) -> Asking:
    """The show as its own feed tells of it. Of two dates the later one counts: either may come from a cache."""
    page = yield Probe(url=_LOOKUP.format(number=number), platform=subject.platform, route=Route.OPEN)
    found = read(page, subject, packs)
    feed = _feed_of(page, number) if seen_alive(found) else None
    if feed is None:
        return found
    told = read((yield Probe(url=feed, platform=subject.platform, route=Route.OPEN)), subject, packs).facts
    if not told.display_name:
        return found
    known, last = found.facts.activity, told.activity
    activity = reconciled(last, known) if isinstance(last, Activity) else known or last
    return with_facts(found, replace(told, platform_id=found.facts.platform_id, activity=activity))


def _feed_of(page: Page, number: str) -> str | None:
    results = map(as_object, as_list(as_object(try_loads(Answer(page).text)).get("results")))
    own = (as_text(each.get("feedUrl")) for each in results if str(each.get("collectionId")) == number)
    return next((address for address in own if host(address)), None)


def _acast_feed(subject: Subject) -> str | None:
    name = _named(subject, "acast")
    return f"https://feeds.acast.com/public/shows/{name}" if name else None


def route_of(url: str) -> Route:
    """The route that an address belongs to."""
    return Route.OPEN if path_parts(url)[:1] == ("lookup",) or host(url).startswith("feeds.") else Route.PAGE


_SEES: Final = frozenset({"existence", "activity"})

PLATFORM: Final = Platform(
    label="Podd",
    grammar=GRAMMAR,
    read=read,
    routes=(
        stepwise(Route.OPEN, _apple_number, _visit, sees=_SEES | {"identity"}),
        offer(Route.OPEN, read, _acast_feed, sees=_SEES),
        offer(Route.PAGE, read, own_page, sees=frozenset({"existence"})),
    ),
    route_of=route_of,
)
