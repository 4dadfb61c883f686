"""Labelled pairs of an official account and another: all names are invented.

pairs.csv ─▶ Pair ─half by its digest─▶ chosen on | held out ─▶ Score(recall, false alarms)

An impostor is whatever a resident could take for the official account; a neighbour shares its words and is nobody's
copy. The words and limits of `audits/lookalikes` were chosen on one half alone. Later pairs say their half themselves:
fifty with words that no list held showed that words alone do not do, and became ground to choose on; forty-five more
were written once the rules stood, and are held out.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audits.lookalikes import Comparer, Face, Likeness, likest
from config.confusables import load_confusables

HELD_OUT = "held out"
FILE = Path(__file__).with_name("pairs.csv")
OUR_PICTURE, SAVED_ANEW, ANOTHER = 0x3C66_C3A5_99F0_0F81, 0x3C66_C3A5_99F0_0F83, 0xA5A5_0FF0_3333_CC5A

OFFICIAL = {
    "almestad": ("instagram", "almestadsstad", "Almestads stad", "Almestad"),
    "bibliotek": ("facebook", "almestadsbibliotek", "Almestads bibliotek", "Almestad"),
    "bjorkholm": ("facebook", "bjorkholmskommun", "Björkholms kommun", "Björkholm"),
    "viksund": ("x", "regionviksund", "Region Viksund", "Region Viksund"),
    "odeby": ("instagram", "odebykommun", "Ödeby kommun", "Ödeby"),
    "raddning": ("facebook", "raddningstjanstenalmestad", "Räddningstjänsten Almestad", "Almestad"),
    "stenvag": ("tiktok", "stenvagskommun", "Stenvågs kommun", "Stenvåg"),
    "gymnasium": ("instagram", "vastragymnasiet", "Västra gymnasiet", "Västra gymnasiet"),
    "director": ("instagram", "stadsdirektorenalmestad", "Stadsdirektören i Almestad", "Almestad"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    ours: Face
    theirs: Face
    city: str
    is_impostor: bool
    what: str
    held_out: bool

    def asked(self) -> Likeness | None:
        return likest([self.ours], self.theirs, Comparer(load_confusables(), (self.city,)))


@dataclass(frozen=True, slots=True)
class Score:
    impostors: int
    found: int
    neighbours: int
    alarms: int

    @property
    def recall(self) -> float:
        return self.found / self.impostors

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.neighbours


def pairs() -> tuple[Pair, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_pair(row) for row in csv.DictReader(file))


def _pair(row: dict[str, str]) -> Pair:
    platform, handle, name, city = OFFICIAL[row["ours"]]
    ours = Face(platform=platform, key=f"{platform}:{handle}", handle=handle, name=name, picture=OUR_PICTURE)
    picture = {"same": SAVED_ANEW, "other": ANOTHER}.get(row["picture"])
    theirs = Face(
        platform="mastodon",
        key=f"mastodon:{row['handle']}@elsewhere.example",
        handle=row["handle"],
        name=row["name"],
        picture=picture,
    )
    digest = hashlib.sha256(f"{row['ours']}|{row['handle']}|{row['name']}".encode()).digest()
    held_out = row["half"] == HELD_OUT if row["half"] else bool(digest[0] & 1)
    return Pair(ours, theirs, city, row["label"] == "impostor", row["what"], held_out)


def score(some: Iterable[Pair]) -> Score:
    told = [(pair.is_impostor, pair.asked() is not None) for pair in some]
    return Score(
        impostors=sum(is_impostor for is_impostor, _ in told),
        found=sum(is_impostor and asked for is_impostor, asked in told),
        neighbours=sum(not is_impostor for is_impostor, _ in told),
        alarms=sum(asked and not is_impostor for is_impostor, asked in told),
    )
