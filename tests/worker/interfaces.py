"""The platforms' interfaces on loopback, with invented accounts, and a city that asks them.

Interfaces.answer ─▶ YouTube Data API · X API v2 · Bluesky · Vimeo · Twitch Helix, in the shapes that they document
a_city(store, platform, count) ─▶ register        audited(store, interfaces, keyring) ─▶ a run lived through
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from audits.controls import Control
from audits.model import Observation
from audits.platforms import PLATFORMS
from audits.reading.markers import Packs
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from config.keys import Keys, load_keys
from config.permissions import load_permissions
from config.safe import Safe
from tests.builders import NIGHT, STOCKHOLM, TODAY, an_occasion
from tests.fakes import some_rules
from tests.fetching.webs import Heard, RawServer, a_conduct, no_pause, response
from worker.fetching.keyring import Keyring
from worker.fetching.making import loopback_fetcher
from worker.metering import StoreMeter
from worker.ports import Asker, Run, RunKind
from worker.steps import Instruments, advance_run, begin_audit
from worker.storage import SqlStore

HOSTS = ("www.googleapis.com", "api.x.com", "public.api.bsky.app", "api.vimeo.com", "api.twitch.tv", "x.com")


ABSENT = "q7zkx2vw"  # how the names of the shipped absent controls begin, after UC for a channel


def channel(number: int) -> str:
    return f"UCalmestad{number:014}"


def _is_there(name: str) -> bool:
    return not name.removeprefix("UC").startswith(ABSENT)


def _youtube_channels(asked: Mapping[str, list[str]]) -> Any:
    ids = [each for each in asked["id"][0].split(",") if _is_there(each)]
    items = [
        {
            "id": each,
            "snippet": {"title": f"Almestad {each[-4:]}", "description": "Påhittad kanal"},
            "statistics": {"videoCount": "3"},
            "status": {"privacyStatus": "public"},
        }
        for each in ids
    ]
    return {"kind": "youtube#channelListResponse", "pageInfo": {"totalResults": len(items)}, "items": items}


def _youtube_uploads(asked: Mapping[str, list[str]]) -> Any:
    playlist = asked["playlistId"][0]
    snippet = {"channelId": f"UC{playlist[2:]}", "playlistId": playlist}
    when = {"videoId": f"film{playlist[-7:]}", "videoPublishedAt": "2026-10-30T08:00:00Z"}
    return {"kind": "youtube#playlistItemListResponse", "items": [{"snippet": snippet, "contentDetails": when}]}


def _youtube_videos(asked: Mapping[str, list[str]]) -> Any:
    items = [{"id": each, "contentDetails": {"caption": "true"}} for each in asked["id"][0].split(",")]
    return {"kind": "youtube#videoListResponse", "items": items}


def _x_users(asked: Mapping[str, list[str]]) -> Any:
    names = asked["usernames"][0].split(",")
    return {
        "errors": [
            {"value": name, "detail": f"Could not find user with usernames: [{name}].", "resource_type": "user",
             "parameter": "usernames", "resource_id": name,
             "type": "https://api.twitter.com/2/problems/resource-not-found"}
            for name in names if not _is_there(name)
        ],
        "data": [
            {"id": str(4711 + at), "username": name, "name": f"Almestad {name}", "protected": False,
             "description": "Påhittat konto", "most_recent_tweet_id": "1134726326424887296"}
            for at, name in enumerate(names) if _is_there(name)
        ],
    }  # fmt: skip


def _bluesky_profiles(asked: Mapping[str, list[str]]) -> Any:
    return {"profiles": [{"did": f"did:plc:{name[:5]}", "handle": name, "labels": []} for name in asked["actors"]]}


def _twitch_users(asked: Mapping[str, list[str]]) -> Any:
    (login,) = asked["login"]
    return {"data": [{"id": "4711", "login": login, "display_name": login, "description": "Påhittad kanal"}]}


_ANSWERS: Mapping[str, Callable[[Mapping[str, list[str]]], Any]] = {
    "www.googleapis.com/youtube/v3/channels": _youtube_channels,
    "www.googleapis.com/youtube/v3/playlistItems": _youtube_uploads,
    "www.googleapis.com/youtube/v3/videos": _youtube_videos,
    "api.x.com/2/users/by": _x_users,
    "public.api.bsky.app/xrpc/app.bsky.actor.getProfiles": _bluesky_profiles,
    "public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed": lambda _: {"feed": []},
    "api.twitch.tv/helix/users": _twitch_users,
    "api.twitch.tv/helix/videos": lambda _: {"data": []},
}


@dataclass(slots=True)
class Interfaces:
    """Answers what it knows, 404 to everything else, and keeps what it heard. `repeats` is added to every answer."""

    repeats: str = ""
    heard: list[Heard] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = (line.split(": ", 1) for line in head[1:] if ": " in line)
        heard = Heard(head[0].split(" ")[1], {name.lower(): value for name, value in named}, 0.0)
        self.heard.append(heard)
        writer.write(self._answer(heard))

    def paths(self) -> list[str]:
        """What was asked for, in order, without queries; nobody's robots.txt."""
        asked = [f"{each.host}{urlsplit(each.target).path}" for each in self.heard]
        return [each for each in asked if not each.endswith("/robots.txt")]

    def _answer(self, heard: Heard) -> bytes:
        parts = urlsplit(heard.target)
        make = _ANSWERS.get(f"{heard.host}{parts.path}")
        if make is None:
            return response(404)
        told = {**make(parse_qs(parts.query)), "next": self.repeats}
        return response(200, json.dumps(told).encode(), content_type="application/json")


_FORMS: Mapping[str, Callable[[int], tuple[str, str]]] = {
    "youtube": lambda at: (f"youtube:channel:{channel(at)}", f"https://www.youtube.com/channel/{channel(at)}"),
    "x": lambda at: (f"x:almestad{at}", f"https://x.com/almestad{at}"),
    "bluesky": lambda at: (f"bluesky:k{at}.almestad.example", f"https://bsky.app/profile/k{at}.almestad.example"),
    "twitch": lambda at: (f"twitch:almestad{at}", f"https://www.twitch.tv/almestad{at}"),
}


def a_city(store: SqlStore, platform: str, count: int) -> None:
    """So many registered accounts on one platform."""
    forms = [_FORMS[platform](at) for at in range(count)]
    rows = [
        RegisterRow(platform=platform, name=f"Konto {at}", address=address, key=key, administration="KF")
        for at, (key, address) in enumerate(forms)
    ]
    additions = [RegisterChange(kind=ChangeKind.ADD, after=row) for row in rows]
    store.apply_changes(additions, an_occasion(), source="test")


def a_keyring(environ: Mapping[str, str], keys: Keys | None = None) -> Keyring:
    return Keyring(keys or load_keys(), Safe(environ), lambda: NIGHT)


@asynccontextmanager
async def _asking(interfaces: Interfaces, keyring: Keyring, store: SqlStore):
    async with RawServer(interfaces.serve) as server:
        sites = dict.fromkeys(HOSTS, ("127.0.0.1", server.port))
        permissions = replace(load_permissions(), pace=no_pause().pace, paces={})
        yield loopback_fetcher(sites, a_conduct(permissions=permissions, credentials=keyring, meter=StoreMeter(store)))


@dataclass(slots=True)
class _Threaded(Asker):
    """The fetcher, asked from the steps' own loop, while the interfaces live in another."""

    fetcher: Any
    loop: asyncio.AbstractEventLoop

    async def fetch(self, probe):
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self.fetcher.fetch(probe), self.loop))


def audited(store: SqlStore, interfaces: Interfaces, keyring: Keyring, controls: tuple[Control, ...] = ()) -> Run:
    """One run over the whole register, lived through to its end."""
    instruments = Instruments(
        platforms=PLATFORMS,
        packs=Packs(today=TODAY),
        rulebook=some_rules(),
        zone=STOCKHOLM,
        keys=keyring.names,
        controls=controls,
    )

    async def live() -> Run:
        async with _asking(interfaces, keyring, store) as fetcher:
            asker = _Threaded(fetcher, asyncio.get_running_loop())
            run = begin_audit(store, RunKind.RECHECK, store.accounts(), TODAY, NIGHT)
            while await asyncio.to_thread(advance_run, store, asker, instruments, run, lambda: NIGHT, seconds=30):
                pass
            await fetcher.aclose()
            return run

    return asyncio.run(live())


def seen(store: SqlStore) -> list[Observation]:
    """What the last look saw of every account."""
    looks = [store.last_observation(account.id) for account in store.accounts()]
    return [look for look in looks if look is not None]
