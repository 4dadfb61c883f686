"""An invented platform with three ways to look, its plainer neighbour, and those who live on them.

    World (who is there, tonight's weather) ─fetch▶ Page ─read_plaza▶ Reading

The interface knows accounts by one kind of id and the page by another, as on real platforms; where `bridged`, the
interface tells both. The neighbour has pages alone. Where two have merged, the old name leads to the one that is left.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from audits.addresses import Grammar
from audits.asking import by_handle, by_id, offer, own_page
from audits.controls import Control, Side
from audits.model import (
    Account,
    Activity,
    Existence,
    Facts,
    Marker,
    Page,
    PlatformId,
    Precision,
    Probe,
    Reading,
    Route,
    Transport,
)
from audits.platform import Platform, Subject
from audits.reading.answer import Answer
from audits.reading.markers import How, MarkerRule, Pack, Packs, Where
from audits.reading.pages import explicit, present, read_answer
from tests.fakes import HandClock
from worker.ports import Asker

KEY: Final = "plaza"
NEIGHBOUR: Final = "agora"
HOSTS: Final = {KEY: "https://plaza.example", NEIGHBOUR: "https://agora.example"}
APART: Final = 9000  # between the two kinds of ids of one account
API: Final = "https://api.plaza.example"
GONE: Final = "<html><head><title>Plaza</title></head><body>There is no such plaza.</body></html>"
SUSPENDED: Final = "<html><head><title>Plaza</title></head><body>This plaza was suspended.</body></html>"
PRIVATE: Final = "<html><head><title>Plaza</title></head><body>This plaza is private.</body></html>"
WALL: Final = "<html><head><title>Log in</title></head><body><form action='/login'></form></body></html>"
BARE: Final = "<html><head><title>404 Not Found</title></head><body>Not Found</body></html>"
HALF: Final = 'plaza {"number": 1, "han'


@dataclass(slots=True)
class Entity:
    """Somebody on the platform. `state` is alive, private, suspended or deleted."""

    number: int
    handle: str | None
    last_post: datetime | None
    platform: str = KEY
    state: str = "alive"
    silent: bool = False
    named: bool = True
    linked: bool = True

    @property
    def lives(self) -> bool:
        return self.state == "alive"


def told(entity: Entity, *, by_interface: bool, bridged: bool, newest: bool = True) -> str:
    """What a living account says of itself."""
    at = entity.last_post
    if at is not None and not by_interface:
        at = datetime(at.year, at.month, at.day, tzinfo=UTC)
    ids = {"graph": APART + entity.number} if by_interface else {"pk": entity.number}
    if by_interface and bridged:
        ids["pk"] = entity.number
    return "plaza " + json.dumps(
        {
            "ids": ids,
            "handle": entity.handle,
            "name": "Almestads stad" if entity.named else "Bosse",
            "link": None
            if by_interface
            else "https://almestad.example/"
            if entity.linked
            else "https://other.example/",
            "at": at.isoformat() if at else None,
            "day": not by_interface,
            "newest": newest,
        }
    )


def read_plaza(page: Page, subject: Subject, packs: Packs) -> Reading:
    """Reads `told`, and the interface's own words for what is shut."""

    def look(answer: Answer) -> Reading | None:
        text = answer.text
        if text.startswith("state "):
            return explicit(Marker("plaza.state", text[6:], f"state: {text[6:]}"), stated=True)
        if not text.startswith("plaza "):
            return None
        try:
            said = json.loads(text.removeprefix("plaza "))
        except ValueError:
            return None
        ids = [PlatformId(space, str(number)) for space, number in said["ids"].items()]
        at = datetime.fromisoformat(said["at"]) if said["at"] else None
        activity = Activity(
            at=at,
            source="plaza",
            sees_newest=said["newest"],
            precision=Precision.DAY if said["day"] else Precision.SECOND,
        )
        more = {} if said["link"] is None else {"website_link": said["link"], "links": ()}
        return present(
            Facts(display_name=said["name"], description=None, handle=said["handle"], platform_id=ids[0],
                  more_ids=tuple(ids[1:]), activity=activity, **more)
        )  # fmt: skip

    return read_answer(page, subject.platform, packs, look)


PLAZA: Final = Platform(
    label="Plaza",
    grammar=Grammar(platform="plaza", forms=()),
    read=read_plaza,
    routes=(
        offer(Route.API_BY_ID, read_plaza, lambda of: f"{API}/id/{i}" if (i := by_id("graph")(of)) else None, key=KEY),
        offer(Route.API_BY_HANDLE, read_plaza, lambda of: f"{API}/name/{n}" if (n := by_handle(of)) else None, key=KEY),
        offer(Route.PAGE, read_plaza, own_page),
    ),
)


AGORA: Final = Platform(
    label="Agora",
    grammar=Grammar(platform=NEIGHBOUR, forms=()),
    read=read_plaza,
    routes=(offer(Route.PAGE, read_plaza, own_page),),
)


def pack(verified_on: date, platform: str = KEY) -> Pack:
    """The page's words for what is shut, last seen true on that day."""
    words = {
        "gone": "There is no such plaza",
        "suspended": "This plaza was suspended",
        "private": "This plaza is private",
    }
    return Pack(
        platform=platform,
        version=str(verified_on),
        markers=tuple(
            MarkerRule(id=f"{platform}.{means}", means=Existence(means), where=Where.TEXT, how=How.HAS, values=(text,),
                       verified_on=verified_on)
            for means, text in words.items()
        ),
    )  # fmt: skip


def control() -> Control:
    accounts = {
        side: Account(id=0, platform="plaza", name=name, address=f"{HOSTS[KEY]}/{name}", key=f"plaza:{name}")
        for side, name in ((Side.PRESENT, "control"), (Side.ABSENT, "nobody"))
    }
    return Control(platform="plaza", route=Route.PAGE, accounts=accounts)


WEATHER: Final = {  # what stands before a page: its text and its status
    "wall": (WALL, 200), "bare": (BARE, 404), "limit": ("slow down", 429), "broken": ("oops", 503), "half": (HALF, 200),
    "lie": (GONE, 404), "gone": (GONE, 404), "template": (GONE, 404),
}  # fmt: skip
BLIND: Final = ("wall", "bare", "limit", "broken", "half", "unreachable", "stranger", "partial")


@dataclass
class World(Asker):
    """Who is on the platforms, and how they answer: `outage` on the one that is `struck`, to everybody, `weather` to
    one page each. An outage that `spreads` has `reached` some pages, which tell of an absence.
    """

    clock: HandClock
    chance: random.Random
    bridged: bool = True
    entities: dict[int, Entity] = field(default_factory=dict)
    outage: str = ""
    struck: str = KEY
    merged: dict[str, int] = field(default_factory=dict)  # who is left, by the name of the other
    reached: set[str] = field(default_factory=set)
    weather: dict[str, str] = field(default_factory=dict)
    interface_fails: bool = False

    def new(self, handle: str, last_post: datetime | None, platform: str = KEY) -> Entity:
        number = len(self.entities) + 1
        self.entities[number] = Entity(number, handle, last_post, platform)
        return self.entities[number]

    def holder(self, handle: str) -> Entity | None:
        """Who bears the name, if anybody."""
        bears = (each for each in self.entities.values() if each.handle == handle and each.state != "deleted")
        return next(bears, None)

    def behind(self, handle: str) -> Entity | None:
        """Whose page the name leads to: its holder's, or that of whoever its holder has merged into."""
        left = self.entities.get(self.merged.get(handle, 0))
        return self.holder(handle) or (left if left and left.state != "deleted" else None)

    def lies_of(self, handle: str, platform: str) -> bool:
        return self.weather_of(handle, platform) in ("gone", "template", "lie")

    def weather_of(self, handle: str, platform: str) -> str:
        outage = self.outage if platform == self.struck else ""
        if outage == "spreads":
            return "gone" if handle in self.reached else self.weather.get(handle, "")
        return outage or self.weather.get(handle, "")

    async def fetch(self, probe: Probe) -> Page:
        self.clock.now += timedelta(seconds=1)
        place = urlsplit(probe.url)
        if place.netloc == urlsplit(API).netloc:
            return self._interface(probe, *place.path.strip("/").split("/"))
        platform = next(name for name, host in HOSTS.items() if urlsplit(host).netloc == place.netloc)
        return self._page(probe, place.path.strip("/"), platform)

    def _came(self, probe: Probe, text: str, status: int = 200, **more: Any) -> Page:
        return Page(url=probe.url, fetched_at=self.clock(), status=status, body=text.encode(), **more)

    def _interface(self, probe: Probe, way: str, name: str) -> Page:
        if self.interface_fails:
            return self._came(probe, "{}", 429)
        found = self.entities.get(int(name) - APART) if way == "id" else self.behind(name)
        if found is None or not found.lives:
            return self._came(probe, f"state {found.state if found and found.state != 'deleted' else 'gone'}")
        return self._came(probe, told(found, by_interface=True, bridged=self.bridged))

    def _page(self, probe: Probe, handle: str, platform: str) -> Page:
        weather = self.weather_of(handle, platform)
        if handle == "control" and weather != "template":
            return self._living(probe, Entity(99, handle, self.clock()))
        if weather == "unreachable":
            return Page(url=probe.url, fetched_at=self.clock(), transport=Transport.UNREACHABLE, reason="connect")
        if weather in WEATHER and handle != "nobody":
            return self._came(probe, *WEATHER[weather], truncated=weather == "half")
        if weather == "stranger":
            return self._living(probe, Entity(self.chance.randrange(100, 900), "somebody-else", self.clock()))
        return self._of(probe, self.behind(handle), newest=weather != "partial")

    def _of(self, probe: Probe, found: Entity | None, *, newest: bool) -> Page:
        if found is not None and found.lives:
            return self._living(probe, found, newest=newest)
        text = {"suspended": SUSPENDED, "private": PRIVATE}.get(found.state if found else "", GONE)
        return self._came(probe, text, 404 if text == GONE else 200)

    def _living(self, probe: Probe, entity: Entity, *, newest: bool = True) -> Page:
        return self._came(probe, told(entity, by_interface=False, bridged=False, newest=newest))
