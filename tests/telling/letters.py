"""Letters of an invented city; a test changes one thing.

a_dossier() · held() · a_briefing() ─▶ told() ─▶ Digest, and `said` for its sheet
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from audits.digest import Addressee, Briefing, Digest, Held, Sheet, ToldBefore, gather, speak
from audits.model import (
    Account,
    Case,
    CaseState,
    Finding,
    Marker,
    Outcome,
    PlatformId,
    RegisteredId,
    Route,
    Severity,
    Standing,
)
from audits.reporting import Dossier
from audits.rulebook import Routine
from audits.wording import Terms
from config.rules import read_rules
from tests.builders import NIGHT, a_blind_observation, a_case, a_finding, an_account, an_observation

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
TUESDAY: Final = datetime(2026, 11, 10, 7, 30, tzinfo=UTC)  # 08:30 in Stockholm
SLOT: Final = "2026-W46"
KULTUR: Final = Addressee(address="kultur@almestad.example")
ROUTINES: Final[Mapping[str, Routine]] = read_rules(
    '[city]\nnames = ["Almestad"]\ndomains = ["almestad.example"]\n'
    '[rule.gone]\ncheck = "gone"\nseverity = "high"\ndue_days = 7\nsource = "Påhittad rutin: listan ska stämma."\n'
    'title.sv = "Kontot finns inte längre"\ntitle.en = "The account no longer exists"\n'
    'fix.sv = "Stäng kontot i registret."\nfix.en = "Close the account in the register."\n'
    '[rule.taken-over]\ncheck = "taken_over"\nseverity = "critical"\ndue_days = 1\n'
    'title.sv = "Namnet tillhör ett annat konto"\ntitle.en = "The name belongs to another account"\n'
    'fix.sv = "Ta bort länkarna."\nfix.en = "Unlink the account."\n'
    '[rule.two-factor]\ncheck = "attested"\nlevels = { main = "critical" }\n'
    'limits = { question = "two-factor", days = 395 }\n'
    'title.sv = "Två steg är inte bekräftat"\ntitle.en = "Two factors are not confirmed"\n'
    '[question.two-factor]\ntitle.sv = "Är två steg på?"\ntitle.en = "Two factors?"\nsource = "Påhittat."\n'
    '[rule.address-missing]\ncheck = "has_address"\ntitle.sv = "Adress saknas"\ntitle.en = "No address"\n'
    '[rule.public-list]\ncheck = "on_the_list"\ntitle.sv = "Listan säger annat"\ntitle.en = "The list differs"\n'
).routines


def terms(language: str = "sv") -> Terms:
    return Terms(language=language, city="Almestad", note="Påhittat.", labels={"mastodon": "Mastodon", "x": "X"})


def a_held(  # each is what one test changes
    account: Account | None = None,
    case: Case | None = None,
    *,
    blind: bool = False,
    standing: Standing | None = None,
    finding: Finding | None = None,
    last_read: datetime | None = NIGHT,
) -> Held:
    """An account with one case under `gone`; `blind`: the latest look saw nothing."""
    account = account or an_account()
    case = case or a_case(account_id=account.id)
    failed = a_finding(
        account_id=account.id, rule=case.rule, fingerprint=case.fingerprint, severity=case.severity,
        seen=case.seen, route=Route.OPEN, evidence=(Marker("board.gone", "gone", "no such notice board"),),
    )  # fmt: skip
    unseen = a_finding(Outcome.CANNOT_TELL, account_id=account.id, rule=case.rule, fingerprint="")
    stands = standing or Standing(
        outcome=Outcome.FAILED, fingerprint=case.fingerprint, severity=case.severity, decided_at=NIGHT
    )
    observation = a_blind_observation(account_id=account.id) if blind else an_observation(account_id=account.id)
    found = finding or (unseen if blind else failed)
    dossier = Dossier(account=account, observation=observation, findings=((found, stands),), cases=(case,))
    return Held(dossier=dossier, last_read=last_read)


def well(account: Account | None = None) -> Held:
    """An account of which there is nothing to say."""
    account = account or an_account()
    found = (a_finding(Outcome.PASSED, account_id=account.id), Standing(fingerprint="present", decided_at=NIGHT))
    dossier = Dossier(account=account, observation=an_observation(account_id=account.id), findings=(found,))
    return Held(dossier=dossier, last_read=NIGHT)


def critical(account: Account | None = None, *, blind: bool = False, **changes: Any) -> Held:
    account = account or an_account()
    case = a_case(account_id=account.id, rule="taken-over", fingerprint="user:7", severity=Severity.CRITICAL,
                  seen={"platform_id": "user:7"}, **changes)  # fmt: skip
    held = a_held(account, case, blind=blind)
    known = RegisteredId(PlatformId("user", "6"), NIGHT - timedelta(days=400))
    return replace(held, dossier=replace(held.dossier, registered=(known,)))


def unanswered(account: Account | None = None, **changes: Any) -> Held:
    """An account of which something was asked a fortnight ago, to be answered yesterday."""
    account = account or an_account()
    seen = {"asked_on": "2026-10-26", "due_on": "2026-11-09"}
    case = a_case(account_id=account.id, rule="two-factor", fingerprint="overdue", seen=seen, **changes)
    return a_held(account, case)


def a_briefing(**changes: Any) -> Briefing:
    given = {"slot": SLOT, "now": TUESDAY, "zone": STOCKHOLM, "routines": ROUTINES}
    return Briefing(**{**given, **changes})


def told(*held: Held, to: Addressee = KULTUR, **changes: Any) -> Digest:
    return gather(to, held, a_briefing(**changes))


def said(digest: Digest, language: str = "sv") -> Sheet:
    return speak(digest, terms(language), STOCKHOLM)


def last_week(weeks: int = 1) -> Mapping[tuple[int, str, str], ToldBefore]:
    """The case of `a_held`, told so many weeks ago."""
    since = date(2026, 11, 10) - timedelta(weeks=weeks)
    return {(1, "gone", "gone"): ToldBefore(since=since, state=CaseState.CONFIRMED)}


def answers(sheet: Sheet) -> Sequence[str]:
    """What the glance says, in the order asked: taken over, to do, how known, unseen, last week."""
    return [fact.text for fact in sheet.glance]


def full(language: str = "sv") -> Sheet:
    """A letter in which everything that can be told is told."""
    other = an_account(id=2, name="Konsthallen", platform="x", address="https://x.com/konsthallen", key="x:konsthallen")
    blind = a_held(an_account(id=3, name="Museet"), a_case(account_id=3, state=CaseState.NEW), blind=True)
    return said(told(a_held(), critical(other), blind, told=last_week()), language)


def facts_in(sheet: Sheet) -> str:
    """Every fact of a sheet, one a line."""
    facts = (fact for block in sheet.blocks for entry in block.entries for fact in entry.facts)
    return "\n".join(f"{fact.label}: {fact.text}" for fact in facts)


def shows(held: Held) -> str:
    """What stands as seen in the first line of a letter about this account."""
    facts = {fact.label: fact.text for fact in said(told(held)).blocks[0].entries[0].facts}
    return facts["Det här syns"]
