"""Spotify: shows, artists and users, each in a space of its own; ids keep their case.

    show by id, in the Swedish market ─ listed ─▶ its newest episodes                the card      the page
                                      └ 404 ────▶ the card, which knows no markets ─ 404 too ─▶ gone
    JSON ─┬ Web API show · artist · user ─▶ present      its episodes ─▶ newest, to the day
          ├ 404 "non existing id" ────────▶ undecided: a show that is not sold in the market asked for gets it too
          └ oEmbed ───────────────────────▶ present, by the id of the player it hands out
    HTML ── initialState (base 64, since 2022) ─▶ the embedded player's __NEXT_DATA__ ─▶ JSON-LD, meta tags
    RSS ─── the show's own feed, by its guid

Sources: developer.spotify.com/documentation/web-api/reference (get-a-show, get-a-shows-episodes);
spotify/web-api#1524 (2020); iamcal/oembed, providers/spotify.yml.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.asking import NAME, Interface, addressed, card_at, listed_at, offer, own_page, stepwise
from audits.model import UNSEEN, AddressKind, Facts, Marker, PlatformId, Post, Reading, Route, Transport
from audits.platform import Asking, Platform, Subject, routed
from audits.reading.answer_fields import as_plain_text, or_unseen, read_field, text_id
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, ld_json, page_props, script_json
from audits.reading.feeds import Entry, Feed
from audits.reading.html import Document
from audits.reading.markers import Packs
from audits.reading.pages import gone, present, undecided
from audits.reading.posts import has_lost_some, latest, proving_life_only
from audits.reading.refusals import own_words, refusal
from audits.reading.site import feed_facts
from audits.reading.urls import path_parts
from audits.reading.written_values import day_or_month, moment, plain
from audits.replies import Reply, other_than, reader

SITE: Final = "https://open.spotify.com"
_BY_ID: Final = ("show", "artist", "playlist")
_POD: Final = "/pod/show|profile/{name}"
_POD_PAGE: Final = "https://creators.spotify.com/pod/profile/{name}/"


def _things(before: str = "") -> tuple[Form, ...]:
    """What an address may name, after a language or the word of an embed."""
    return (
        *(Form(f"{before}/{word}/{{id}}/*", key=f"{word}:{{id}}", url=f"{SITE}/{word}/{{id}}") for word in _BY_ID),
        Form(f"{before}/user/{{name}}/playlist/{{id}}/**", key="playlist:{id}", url=f"{SITE}/playlist/{{id}}"),
        Form(f"{before}/user/{{name}}/*", key="user:{name}", url=f"{SITE}/user/{{name}}"),
        Form(f"{before}/episode/{{post}}/**", AddressKind.POST, url=f"{SITE}/episode/{{post}}"),
        Form(f"{before}/track|album/{{id}}/**", AddressKind.OTHER, notes=("music",)),
        Form(f"{before}/search/**", AddressKind.SEARCH),
    )


GRAMMAR: Final = Grammar(
    platform="spotify",
    names=("spotify", "spotifycom", "spotifypodd", "spotifypodcast"),
    hosts=(
        *(Host(f"{sub}.spotify.com") for sub in ("open", "play", "embed", "creators", "podcasters")),
        *(Host(short, path="short:") for short in ("spotify.link", "spotify.app.link")),
        Host("anchor.fm", path="anchor:"),
        Host("spotify.com", subs="*", path="service:"),
    ),
    schemes={"spotify": ""},
    fields={
        "id": Field(r"[A-Za-z0-9]{22}"),
        "post": Field(r"[A-Za-z0-9]{22}"),
        "name": Field(r"[A-Za-z0-9_.\-]*[A-Za-z0-9_\-]", lower),
        "language": Field(r"[a-z]{2}(?:-[a-z]{2})?"),
    },
    forms=(
        Form("/oembed?url={target}", follow="target", notes=("oembed",)),
        Form("/**?uri={target}", follow="target", notes=("plugin-embed",)),
        Form(f"{_POD}/episodes/{{slug}}/**", AddressKind.POST, owner="pod:{name}", url=f"{_POD_PAGE}episodes/{{slug}}"),
        Form(f"{_POD}/*", key="pod:{name}", url=_POD_PAGE),
        Form("/anchor:/{name}/*", key="pod:{name}", url=_POD_PAGE),
        *(form for before in ("", "/embed|embed-podcast", "/intl-{language}") for form in _things(before)),
    ),
)


# --- what came back ---------------------------------------------------------------------------------------------------


_NOT_LISTED: Final = "spotify.not-in-market"
_OWNERS: Final = ("show", "artist", "user")
_THINGS: Final = ("album", "track", "episode", "playlist", "chapter", "audiobook")
_PICTURES: Final = ["coverArt sources", "visuals avatarImage sources", "relatedEntityCoverArt", "visualIdentity image"]
_CREDITED: Final = re.compile(r"^Podcast · [^·]{1,200} · ")
_NOBODY: Final = re.compile(r"Spotify(?: [–-] Web Player.*)?|Page not found|Unsupported browser")
_TITLE_ENDS: Final = re.compile(r" \| (?:Podcast (?:on|på|auf|sur|en|su|op) )?Spotify$| on Spotify$")
_SHOWS_TITLE: Final = re.compile(r".{1,200} \| Podcast (?:on|på|auf|sur|en|su|op) Spotify")
_URI: Final = re.compile(r"spotify:(show|artist|user):([A-Za-z0-9_.\-]{1,60})$")
_ADDRESS: Final = re.compile(r"spotify\.com/(?:[a-z0-9-]{1,12}/){0,2}(show|artist|user)s?/([\w.\-]{1,60})(?=[/?#\"]|$)")


def id_in(address: str | None) -> PlatformId | None:
    """The id in an address or uri of a show, artist or user; albums, tracks and episodes are nobody's profile."""
    found = _URI.search(address or "") or _ADDRESS.search(address or "")
    return PlatformId(found[1], found[2]) if found else None


def _json(reply: Reply) -> Reading | None:
    answer = reply.object
    if "error" in answer:
        return _refused(answer["error"])
    if answer.get("provider_name") == "Spotify":
        return _card(answer)
    if answer.get("type") in _OWNERS and as_text(answer.get("id")):
        return present(_owner(answer, reply.now))
    if answer.get("type") in _THINGS:
        return undecided("one_track")
    return _episodes(answer, reply.now) if isinstance(answer.get("items"), list) else None


def _refused(error: Json) -> Reading:
    """Of a key alone the error is a word (RFC 6749, section 5.2: invalid_client, invalid_grant)."""
    if isinstance(error, str):
        return Reading(transport=Transport.NOT_PERMITTED, reason=own_words(error))
    status, said = dig(error, "status"), as_text(dig(error, "message")) or ""
    markers = (Marker(_NOT_LISTED, "gone", said),) if status == 404 else ()
    return refusal(status, said) or undecided("not_in_market", *markers)


def _card(answer: dict[str, Json]) -> Reading:
    known = id_in(as_text(answer.get("iframe_url")) or as_text(answer.get("html")))
    if known is None:
        return undecided("one_track")
    name, picture = (read_field(answer, as_text, key) for key in ("title", "thumbnail_url"))
    return present(Facts(display_name=name, platform_id=known, avatar_url=picture))


def _owner(item: dict[str, Json], now: datetime) -> Facts:
    return Facts(
        display_name=read_field(item, as_text, "name", "display_name"),
        platform_id=or_unseen(id_in(as_text(item.get("uri"))) or id_in(f"spotify:{item['type']}:{item['id']}")),
        description=read_field(item, as_plain_text, "description"),
        followers=or_unseen(as_count(dig(item, "followers", "total"))),
        posts_count=or_unseen(as_count(item.get("total_episodes"))),
        activity=Feed(entries=tuple(map(_entry, as_list(dig(item, "episodes", "items"))))).activity(now, "episodes"),
        avatar_url=or_unseen(as_text(dig(item, "images", 0, "url"))),
        language=or_unseen(as_text(dig(item, "languages", 0))),
    )


def _episodes(answer: dict[str, Json], now: datetime) -> Reading | None:
    """The list of a show's episodes; whose it is, only its own address says."""
    items = as_list(answer.get("items"))
    if not any(dig(item, "type") == "episode" for item in items):
        return None
    released = Feed(entries=tuple(map(_entry, items))).activity(now, "episodes")
    known, total = id_in(as_text(answer.get("href"))), or_unseen(as_count(answer.get("total")))
    cut = answer.get("offset") or has_lost_some(len(items), total)
    activity = proving_life_only(released) if cut else released
    return present(Facts(platform_id=or_unseen(known), posts_count=total, activity=activity))


def _entry(episode: Json) -> Entry:
    """What is dated by its year alone gets no date, and may be newer than all others."""
    at, precision = day_or_month(as_text(dig(episode, "release_date")) or "")
    return Entry(at=at, precision=precision)


def _page(reply: Reply) -> Reading | None:
    document = reply.document
    facts = _of_state(document, reply) or _of_player(document, reply.now) or _of_metas(document, reply.page.landed)
    if facts:
        return present(facts)
    of_music = document.meta("og:site_name") == "Spotify" and (document.meta("og:type") or "").startswith("music.")
    return undecided("one_track") if of_music and (reply.page.status or 0) < 400 else None


def _of_state(document: Document, reply: Reply) -> Facts | None:
    """The state that the server hands to its own scripts, since 2022."""
    asked = id_in(document.own_address or reply.page.landed)
    uri = f"spotify:{asked.namespace}:{asked.value}" if asked else ""
    entity = as_object(dig(script_json(document, "initialState"), "entities", "items", uri))
    if asked is None or not as_text(entity.get("name")):
        return None
    episodes = [dig(each, "entity", "data") for each in as_list(dig(entity, "episodesV2", "items"))]
    return Facts(
        display_name=read_field(entity, as_text, "name"),
        platform_id=asked,
        description=read_field(entity, as_plain_text, "description"),
        posts_count=or_unseen(as_count(dig(entity, "episodesV2", "totalCount"))),
        activity=latest(_posts(episodes), reply.now, "page"),
        avatar_url=or_unseen(_picture(entity)),
    )


def _posts(episodes: list[Json]) -> list[Post]:
    return [Post(at=moment(dig(each, "releaseDate", "isoString"))) for each in episodes]


def _picture(entity: dict[str, Json]) -> str | None:
    return next((address for path in _PICTURES if (address := as_text(dig(entity, *path.split(), 0, "url")))), None)


def _of_player(document: Document, now: datetime) -> Facts | None:
    """The player shows a show through one of its episodes, whose line below the title is the show's name."""
    shown = as_object(dig(page_props(document), "state", "data"))
    entity = as_object(shown.get("entity"))
    known = id_in(as_text(shown.get("embeded_entity_uri")) or as_text(entity.get("uri")))
    name = read_field(entity, as_text, *(("subtitle",) if entity.get("type") == "episode" else ("name", "title")))
    lives, picture = latest(_posts([entity]), now, "page"), or_unseen(_picture(entity))
    return Facts(display_name=name, platform_id=known, activity=lives, avatar_url=picture) if known and name else None


def _of_metas(document: Document, landed: str) -> Facts | None:
    """A preview may have neither tags nor an address of its own: then its title tells, if that ends as a show's."""
    known = id_in(document.own_address or landed)
    stated = next(ld_json(document, "PodcastSeries", "MusicGroup", "Person"), {})
    titled = document.title if _SHOWS_TITLE.fullmatch(document.title) else None
    name = as_text(stated.get("name")) or document.meta("og:title", "twitter:title") or titled
    if known is None or name is None or _NOBODY.fullmatch(name):
        return None
    said = as_text(stated.get("description")) or _CREDITED.sub("", document.meta("og:description") or "")
    return Facts(
        display_name=_TITLE_ENDS.sub("", name),
        platform_id=known,
        description=or_unseen(plain(_without_invitation(said, name))) if known.namespace == "show" else UNSEEN,
        avatar_url=or_unseen(as_text(stated.get("image")) or document.meta("og:image")),
        language=or_unseen(as_text(stated.get("inLanguage"))),
    )


def _without_invitation(said: str | None, name: str) -> str | None:
    """Spotify puts "Listen to … on Spotify." before a show's own words, in the visitor's language."""
    head, mark, own = (said or "").partition("Spotify. ")
    return own if mark and name in head else said


def _feed(reply: Reply) -> Reading | None:
    """A show's own feed says most of it: newest episode, home page, and where it has moved."""
    feed = reply.feed if "itunes.com/dtds/podcast" in reply.text else None
    guid = or_unseen(text_id("guid", feed.guid)) if feed else UNSEEN
    return present(replace(feed_facts(feed, reply.page), platform_id=guid)) if feed else None


_SHOWING: Final = other_than(*(f"api.spotify.com/v1/{each}s/*" for each in _OWNERS))
read: Final = reader("spotify", json=_json, xml=_feed, html=_page, of_something_else=_SHOWING)


# --- how to ask -------------------------------------------------------------------------------------------------------


def _show_of(subject: Subject) -> str | None:
    """The id of the show that the register has pinned, or that its key or address names."""
    named = id_in(subject.key) or id_in(subject.url)
    return subject.id_in("show") or (named.value if named and named.namespace == "show" else None)


_MARKET: Final = "market=SE"  # without one, a show that is not sold where the key was made looks missing
_CARD: Final = card_at(f"{SITE}/oembed?url=", of=addressed(f"{SITE}/show/{{name}}", _show_of))
_SHOW: Final = f"https://api.spotify.com/v1/shows/{{items}}?{_MARKET}"
_EPISODES: Final = listed_at(f"https://api.spotify.com/v1/shows/{{name}}/episodes?{_MARKET}&limit=10")
_INTERFACE: Final = Interface(platform="spotify", read=read, key="spotify", newest=_EPISODES, counts_all=False)
_ROUTES: Final = {"api.spotify.com": Route.API_BY_ID, "oembed": Route.OEMBED, "spotify.com": Route.PAGE}


def _show(show: str, subject: Subject, packs: Packs) -> Asking:
    """Of Spotify's own two answers that there is no such show, the card's does not depend on a market."""
    found = read((yield _INTERFACE.about(show, _SHOW, Route.API_BY_ID)), subject, packs)
    if all(marker.id != _NOT_LISTED for marker in found.markers):
        return (yield from _INTERFACE.with_newest(found, _EPISODES(found, show), Route.API_BY_ID, subject, packs))
    card = yield replace(_INTERFACE, key=None).probe(_CARD(subject) or "", Route.OEMBED)
    if card.status == 404 and path_parts(card.url) == ("oembed",):
        return gone("spotify.no-such-show", "neither listed nor embeddable")
    return undecided("not_in_market", *found.markers)


PLATFORM: Final = Platform(
    label="Spotify",
    grammar=GRAMMAR,
    read=read,
    routes=(
        stepwise(Route.API_BY_ID, _show_of, _show, key="spotify"),
        offer(Route.OEMBED, read, _CARD, sees=NAME),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=routed(_ROUTES, otherwise=Route.OPEN),  # a show's own feed may be on any host
)
