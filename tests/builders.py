"""A valid value of each kind that most tests need: a test names only what it is about.

an_account() · a_page() · some_facts() · an_observation(), a_blind_observation() · a_finding() · a_case()
an_occasion() ─ on whose word
a_sighting(), a_sighted() · a_candidate() ─ of discoveries      a_belief(), a_control_reading() ─ of what is held
as_of(), nights() ─ moments
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from audits.controls import ControlReading, Side
from audits.days import Now
from audits.holding import Belief
from audits.model import (
    Account,
    Activity,
    Case,
    CaseState,
    Existence,
    Facts,
    Finding,
    Identity,
    Observation,
    Occasion,
    Outcome,
    Own,
    Page,
    PlatformId,
    Route,
    Severity,
    Sighted,
    Sighting,
    SightingKind,
    Source,
    Transport,
)
from audits.triage import About, Candidate, Origin

NIGHT = datetime(2026, 11, 3, 2, 15, tzinfo=UTC)
TODAY = date(2026, 11, 3)
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def nights(count: int) -> datetime:
    """So many nights after the first one."""
    return NIGHT + timedelta(days=count)


def as_of(at: datetime = NIGHT, zone: tzinfo = STOCKHOLM) -> Now:
    """The city's own moment."""
    return Now(at, zone)


def an_occasion(at: datetime = NIGHT, by: str = "KF", why: str = "") -> Occasion:
    return Occasion(by=by, at=at, why=why)


def an_account(**changes: Any) -> Account:
    given = {
        "id": 1,
        "platform": "mastodon",
        "name": "Almestads stad",
        "administration": "Kulturförvaltningen",
        "address": "https://social.almestad.example/@almestad",
        "key": "mastodon:almestad@social.almestad.example",
        "registered_on": date(2024, 1, 1),
    }
    return Account(**{**given, **changes})


def some_facts(**changes: Any) -> Facts:
    given = {
        "display_name": "Almestads stad",
        "handle": "almestad@social.almestad.example",
        "platform_id": PlatformId("mastodon:uri", "https://social.almestad.example/users/almestad"),
        "description": "Nyheter från Almestad.",
        "website_link": "https://almestad.example/kultur",
        "activity": Activity(at=NIGHT - timedelta(days=2), source="statuses", sees_newest=True),
    }
    return Facts(**{**given, **changes})


def an_observation(**changes: Any) -> Observation:
    given = {
        "account_id": 1,
        "observed_at": NIGHT,
        "transport": Transport.OK,
        "existence": Existence.PRESENT,
        "identity": Identity.SAME,
        "route": Route.OPEN,
        "facts": some_facts(),
    }
    return Observation(**{**given, **changes})


def a_blind_observation(transport: Transport = Transport.WALLED, **changes: Any) -> Observation:
    blind = {
        "transport": transport,
        "existence": Existence.UNKNOWN,
        "identity": Identity.NOT_READABLE,
        "facts": Facts(),
    }
    return an_observation(**{**blind, **changes})


def a_finding(outcome: Outcome = Outcome.FAILED, **changes: Any) -> Finding:
    given = {
        "account_id": 1,
        "rule": "gone",
        "outcome": outcome,
        "observed_at": NIGHT,
        "fingerprint": "gone" if outcome is Outcome.FAILED else "present",
        "severity": Severity.HIGH,
    }
    return Finding(**{**given, **changes})


def a_case(**changes: Any) -> Case:
    given = {
        "account_id": 1,
        "rule": "gone",
        "fingerprint": "gone",
        "state": CaseState.CONFIRMED,
        "severity": Severity.HIGH,
        "opened_at": NIGHT,
        "changed_at": NIGHT,
    }
    return Case(**{**given, **changes})


def a_page(body: str | bytes = "", **changes: Any) -> Page:
    given = {
        "url": "https://social.almestad.example/@almestad",
        "status": 200,
        "body": body.encode() if isinstance(body, str) else body,
        "fetched_at": NIGHT,
    }
    return Page(**{**given, **changes})


def a_sighting(**changes: Any) -> Sighting:
    given = {
        "page": "https://almestad.example/",
        "url": "https://www.instagram.com/almestad/",
        "kind": SightingKind.PROFILE,
        "place": "footer",
        "platform": "instagram",
        "key": "instagram:almestad",
        "text": "Instagram",
        "own": Own.LIKELY,
        "why": "in what frames the site's pages",
    }
    return Sighting(**{**given, **changes})


def a_sighted(sighting: Sighting | None = None, **changes: Any) -> Sighted:
    given = {
        "id": 1,
        "source": Source.SITE,
        "sighting": sighting or a_sighting(),
        "first_seen_at": NIGHT,
        "last_seen_at": NIGHT,
    }
    return Sighted(**{**given, **changes})


def a_candidate(**changes: Any) -> Candidate:
    given = {
        "id": 1,
        "key": "instagram:almestad",
        "about": About.NEW,
        "platform": "instagram",
        "url": "https://www.instagram.com/almestad/",
        "name": "Instagram",
        "origin": Origin.LINKED,
        "first_seen_at": NIGHT,
        "changed_at": NIGHT,
    }
    return Candidate(**{**given, **changes})


def a_belief(**changes: Any) -> Belief:
    """The officer's word that the notice boards were closed."""
    given = {
        "platform": "board",
        "rule": "gone",
        "by": "kommunikationschefen",
        "reason": "anslagstavlorna stängdes i måndags",
        "at": NIGHT,
        "until": TODAY + timedelta(days=14),
    }
    return Belief(**{**given, **changes})


def a_control_reading(side: Side = Side.PRESENT, **changes: Any) -> ControlReading:
    given = {
        "platform": "x",
        "route": Route.PAGE,
        "side": side,
        "transport": Transport.OK,
        "existence": Existence.PRESENT if side is Side.PRESENT else Existence.GONE,
        "reason": "",
        "right": True,
        "at": NIGHT,
    }
    return ControlReading(**{**given, **changes})
