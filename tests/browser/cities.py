"""A report of an invented city with as many accounts as a test wants: every standing, sixty nights, people's answers.

a_city(2_000) ─▶ Report
"""

from __future__ import annotations

from datetime import timedelta

from audits.history import Answered, Entered, Glance, History, Turned
from audits.model import (
    Account,
    CaseState,
    DriftStage,
    Existence,
    Marker,
    Outcome,
    Route,
    Severity,
    Standing,
    Transport,
)
from audits.news import Night, Told, Turn
from audits.reporting import Dossier, Held, More, Opening, Report, gather, held_changes
from audits.wording import Terms
from config.rules import load_rules
from tests.builders import (
    NIGHT,
    STOCKHOLM,
    a_blind_observation,
    a_case,
    a_finding,
    an_account,
    an_observation,
    nights,
    some_facts,
)

PLATFORMS = {"facebook": "Facebook", "instagram": "Instagram", "mastodon": "Mastodon", "youtube": "YouTube"}
OWNERS = ("Kulturförvaltningen", "Stadsbyggnadsförvaltningen", "Vård- och omsorgsförvaltningen", None)
SILENT = {"last_post": "2026-09-01", "days": "63", "limit_days": "30", "level": "notice"}
SIXTY = tuple(NIGHT - timedelta(days=60 - night) for night in range(60))


def a_city(accounts: int, language: str = "sv") -> Report:
    """The report of a city of so many accounts: of ten, four are told of, three could not be read, three are well."""
    terms = Terms(language=language, city="Almestad", note="Påhittad stad", labels=PLATFORMS)
    held = Held(platform="youtube", title="Kontot finns inte längre", changed=12, seen=20)
    told = Told(turn=Turn.TOLD, label="bekräftat", sentence="Konto 1 (Facebook): Inget nytt inlägg", number=1)
    lately = [
        Night(at=at, recheck=False, accounts=accounts, read=accounts * 7 // 10, told=(told,)) for at in SIXTY[-14:]
    ]
    more = More(
        zone=STOCKHOLM,
        nights=lately,
        openings=[Opening(what="key", text="en nyckel", opens=accounts // 10, price="1.2 USD")],
        chapters=tuple(held_changes([held], terms)),
    )
    everyone = [_dossier(number) for number in range(1, accounts + 1)]
    return gather(everyone, load_rules().routines, terms, nights(1), more)


def _dossier(number: int) -> Dossier:
    account = an_account(
        id=number,
        name=f"Konto {number}",
        platform=tuple(PLATFORMS)[number % 4],
        administration=OWNERS[number % 3 if number % 7 else 3],
        unit=f"Enhet {number % 40}",
        address=f"https://social.almestad.example/@konto{number}",
        key=f"mastodon:konto{number}@social.almestad.example",
        purpose="Påhittat konto",
    )
    if number % 10 < 4:
        return _told(number, account)
    return _unread(account) if number % 10 < 7 else _well(account)


def _told(number: int, account: Account) -> Dossier:
    rule, severity = ("gone", Severity.HIGH) if number % 20 == 1 else ("inactive", Severity.LOW)
    case = a_case(account_id=number, rule=rule, severity=severity, state=CaseState.ACKNOWLEDGED, by="KF")
    finding = a_finding(
        account_id=number, rule=rule, severity=severity, route=Route.PAGE, seen=SILENT if rule == "inactive" else {},
        evidence=(Marker("x", "gone", "no such account"),) if rule == "gone" else (),
    )  # fmt: skip
    standing = Standing(outcome=Outcome.FAILED, fingerprint="gone", decided_at=NIGHT)
    look = an_observation(account_id=number, route=Route.PAGE, facts=some_facts(followers=100))
    return Dossier(
        account=account, observation=look, findings=((finding, standing),), cases=(case,), history=_history(rule)
    )  # fmt: skip


def _unread(account: Account) -> Dossier:
    return Dossier(
        account=account, observation=a_blind_observation(Transport.NOT_PERMITTED), findings=(), history=_history()
    )


def _well(account: Account) -> Dossier:
    return Dossier(account=account, observation=an_observation(), findings=(), history=_history())


def _history(rule: str = "") -> History:
    glances = tuple(
        Glance(at=at, transport=Transport.WALLED if night % 17 == 3 else Transport.OK, existence=Existence.PRESENT)
        for night, at in enumerate(SIXTY)
    )
    turned = (
        Turned(at=SIXTY[40], rule=rule, stage=DriftStage.PENDING, severity=Severity.HIGH),
        Turned(at=SIXTY[42], rule=rule, stage=DriftStage.CONFIRMED, severity=Severity.HIGH),
    )
    answered = (Answered(at=SIXTY[45], rule=rule, state=CaseState.ACKNOWLEDGED, by="KF", reason="Vi ser över det."),)
    return History(
        looks=glances,
        posts=SIXTY[::4],
        turned=turned if rule else (),
        answered=answered if rule else (),
        entered=(Entered(at=SIXTY[0], kind="add", by="KF", why="Registret"),),
    )
