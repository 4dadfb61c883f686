"""What the buttons of a letter do.

    token ─hash▶ link, for one purpose ─▶ good │ used │ over │ unknown
    good ─▶ the case and its account, as they stand ─▶ a decision, a re-check, a rest …

A link is used up first of all, in the name of whoever pressed and in the transaction that keeps what it does: of many
presses, in however many processes, one is kept, and the others find out whose. "We will fix it" alone has a second
part: until the case moves on, the same button says that it is done. A token is looked up by its hash, so the
database holds nothing that could be pressed. What may be pressed again is counted by mailbox, never
by where it comes from: a city's editors share one address of the network.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from audits.cases import OPEN, Act
from audits.deciding import CaseRef, Receipt
from audits.digest import Briefing, CaseKey, Purpose, Remark, remarks_of
from audits.model import Account, Case, CaseState, Finding, Observation, Occasion, is_seen
from audits.reconciling import NOWHERE
from audits.reporting import Dossier, hides
from audits.triage import (
    About,
    Answer,
    Candidate,
    CandidateState,
    TriageEvent,
    TriageRefused,
    answer_of,
    understood,
)
from worker.gathering import pages_linking
from worker.ports import Run, RunKind, Store
from worker.ports.attesting import AskedRound
from worker.ports.deciding import DecisionStore
from worker.ports.reporting import ReportStore
from worker.ports.telling import Link as Link  # noqa: PLC0414  # the console knows steps, and no port
from worker.ports.telling import Links, NewLink
from worker.ports.triage import CandidateMoved
from worker.steps.deciding import AnsweredSince, decide_case, undo_decision
from worker.steps.night import begin_audit
from worker.steps.telling import LIFETIMES, Telling, hash_of
from worker.steps.triage import (
    NO_ACCOUNT,
    TWIN,
    Desk,
    NoSuchCandidate,
    Report,
    Waiting,
    answer,
    history,
    report,
    waiting,
)

AGAIN_AFTER: Final = timedelta(minutes=10)  # between two re-checks that people ask for
REST: Final = timedelta(days=30)
A_DAY: Final = timedelta(days=1)
MOST_A_DAY: Final[Mapping[Purpose, int]] = {
    Purpose.REPORT: 20,
    Purpose.RECHECK: 60,
    Purpose.ROUND: 60,
    Purpose.UNDO: 20,  # "done" and its taking back may follow each other for as long as the case stands
    Purpose.STOP: 5,  # of the way back, which is told to the officer as each pause is; the way out has no number
}
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits in base 64, as links carry them
DONE: Final = "claim_fixed"
ACTS: Final = {
    Purpose.FIX: ("acknowledge", DONE),
    Purpose.EXPLAIN: ("explain",),
    Purpose.NOT_OURS: ("not_ours",),
}


class LinkState(StrEnum):
    """Whether a link may still be used."""

    GOOD = "good"
    USED = "used"
    OVER = "over"  # its time has run out
    UNKNOWN = "unknown"  # no such link, or not for this


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What was found behind a token."""

    state: LinkState
    link: Link | None = None


class LinkUsed(Exception):
    """Somebody has pressed this button since it was opened; `link` is as it then stands."""

    def __init__(self, link: Link) -> None:
        super().__init__(link.purpose.value)
        self.link = link


class AskedNoMore(Exception):
    """The officer has decided on what the link asks about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReport:
    """What a form says of an account; `new_address` where it has changed."""

    about: About
    by: str
    address: str
    new_address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a link is about, as it stands now. `remark` is there while the case is one that is told, `finding` is what a
    look showed of it last.
    """

    account: Account
    case: Case | None = None
    remark: Remark | None = None
    finding: Finding | None = None

    @property
    def is_open(self) -> bool:
        """Whether a decision can still be taken."""
        return self.case is not None and self.case.state in OPEN

    @property
    def is_being_fixed(self) -> bool:
        """Whether somebody has said that it will be fixed, and nothing has come of it yet."""
        return self.case is not None and self.case.state is CaseState.ACKNOWLEDGED


def open_link(links: Links, token: str, purpose: Purpose, now: datetime) -> Opened:
    """Look behind a token. Changes nothing."""
    link = links.find(hash_of(token)) if _TOKEN.fullmatch(token) else None
    if link is None or link.purpose is not purpose:
        return Opened(state=LinkState.UNKNOWN)
    if link.expires_at <= now:
        return Opened(state=LinkState.OVER, link=link)
    return Opened(state=LinkState.USED if link.used_at else LinkState.GOOD, link=link)


def use_up(links: Links, link: Link, by: str, at: datetime, *, again: bool = False) -> None:
    """Use the link up before anything is done; with `again` also one that had been used when it was opened. Raises
    `LinkUsed` where it has been used since: a button is pressed twice by a finger that slips, and by colleagues who
    share a mailbox.
    """
    before = link.used_at + timedelta.resolution if again and link.used_at else None
    if not links.use(link.hash, by, at, again_before=before):
        raise LinkUsed(links.find(link.hash) or link)


def undo_token(token: str, at: datetime) -> str:
    """The token that takes back what was answered at `at` by the button of `token`.

    Whoever holds the button's letter finds it again, also where the answer's page never reached them; from the
    database neither can be told.
    """
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    digest = hashlib.sha256(f"undo:{moment}:{token}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def subject_of(
    store: ReportStore, link: Link, briefing: Briefing, told_at: Mapping[CaseKey, datetime]
) -> Subject | None:
    """The account, and the case, that a link is about; None where it has left the register.

    `told_at` is when a letter first told of each case (UTC).
    """
    if link.account_id is None:
        return None
    account = next(iter(store.accounts(ids=[link.account_id])), None)
    if account is None:
        return None
    ids = [account.id]
    look, findings = store.last_known([account]).get(account.id), store.latest_findings(ids).get(account.id, ())
    cases = store.cases_of(ids)
    dossier = Dossier(
        account=account,
        observation=look,
        findings=tuple(findings),
        cases=tuple(cases.get(account.id, ())),
        linked=pages_linking(store, [account], cases, briefing.routines).get(account.key or "", NOWHERE),
        told_at={(rule, seen): at for (id_, rule, seen), at in told_at.items() if id_ == account.id},
        last_shown=store.last_shown(ids).get(account.id, {}) if hides(findings, briefing.routines, look) else {},
        registered=tuple(store.registered_ids(ids).get(account.id, ())),
    )
    case = next((each for each in dossier.cases if link.case and _same(each, link.case)), None)
    told = (each for each in remarks_of(dossier, briefing, frozenset(CaseState)) if case and each.case == case)
    return Subject(
        account=account, case=case, remark=next(told, None), finding=_sight_of(dossier, case) if case else None
    )


def _sight_of(dossier: Dossier, case: Case) -> Finding | None:
    """What the last look that showed the case found; where none is kept, what the latest look has of its rule."""
    latest = next((each for each, _ in dossier.findings if each.rule == case.rule), None)
    return dossier.last_shown.get((case.rule, case.fingerprint), latest)


def _same(one: Case, other: Case) -> bool:
    return (one.account_id, one.rule, one.fingerprint) == (other.account_id, other.rule, other.fingerprint)


def answer_case(decisions: DecisionStore, links: Links, link: Link, act: Act, undo: str, stood: str = "") -> Receipt:
    """Decide in somebody's name, so that `undo`, a token, can take it back; in one transaction.

    Raises `LinkUsed`, `CaseRefused`, `NoSuchCase` where the case has gone, or `AnsweredSince` as `decide_case` does.
    """
    if act.what not in ACTS.get(link.purpose, ()) or link.case is None:
        raise ValueError(f"a link for {link.purpose.value} cannot {act.what}")
    use_up(links, link, act.by, act.at, again=act.what == DONE)
    receipt = decide_case(decisions, _ref(link.case), act, stood)
    key = (link.case.account_id, link.case.rule, link.case.fingerprint)
    kept = NewLink(hash=hash_of(undo), purpose=Purpose.UNDO, expires_at=act.at + LIFETIMES[Purpose.UNDO], case=key)
    links.add([kept], link.recipient, link.language)
    return receipt


def undo_answer(decisions: DecisionStore, links: Links, link: Link, by: str, at: datetime) -> Receipt:
    """Take back what was decided, in one transaction. Raises `LinkUsed`, `CaseRefused` where a look has come since, or
    `NoSuchCase`.
    """
    if link.case is None:
        raise ValueError("this link is about no case")
    use_up(links, link, by, at)
    return undo_decision(decisions, _ref(link.case), by, at)


def _ref(case: Case) -> CaseRef:
    return CaseRef(account_id=case.account_id, rule=case.rule, fingerprint=case.fingerprint)


def may_press(links: Links, link: Link, at: datetime) -> bool:
    """Count one press; False where the link's mailbox has pressed as often as a day allows.

    Links that are used up by one press need no count, but for the taking back: what was taken back may be said again.
    Of the way out only its taking back is counted.
    """
    most = MOST_A_DAY.get(link.purpose)
    return most is None or links.press(link, most, at - A_DAY, at)


def take_report(desk: Desk, link: Link, said: AccountReport, at: datetime) -> Candidate | None:
    """Take what a form says of an account into triage; None where it names none that triage could decide on.

    Raises `TriageRefused` where a new account is in the register already, or another is not.
    """
    heard = understood(said.about, said.address, said.new_address, desk.store.each_account(), desk.grammars)
    was = f"{heard.was} → {heard.address}" if heard.was else ""
    told = Report(
        about=heard.about,
        by=f"{said.by} ({link.recipient})",
        at=at,
        address=heard.address,
        account_id=heard.account_id,
        note="\n".join(filter(None, (was, said.note))),
    )
    try:
        return report(desk, told)
    except TriageRefused as refused:
        if getattr(refused.args[0], "key", "") in (TWIN, NO_ACCOUNT):
            raise
        return None


def accounts_behind(recipient: str, telling: Telling) -> frozenset[int]:
    """The accounts that a mailbox answers for."""
    told = ((to.address.casefold(), ids) for to, ids in telling.addressees.items())
    return frozenset(id_ for address, ids in told if address == recipient.casefold() for id_ in ids)


def owners_behind(recipient: str, telling: Telling) -> frozenset[str]:
    """The administrations whose accounts a mailbox answers for."""
    mine = accounts_behind(recipient, telling)
    owners = (telling.held[id_].dossier.account.administration for id_ in mine if id_ in telling.held)
    return frozenset(filter(None, owners))


def asked_by(link: Link, telling: Telling, desk: Desk) -> Waiting | None:
    """The channel that a link asks about; None where it was decided since, or somebody else is asked now."""
    waits = (each for each in waiting(desk, (CandidateState.ASKED,)) if each.candidate.id == link.candidate_id)
    found = next(waits, None)
    if found is None or found.candidate.administration not in owners_behind(link.recipient, telling):
        return None
    return found


def stamp_of_answer(answered: TriageEvent | None) -> str:
    """By what a form knows the answer that stood when it was drawn; where there was none it has one as well."""
    return answered.at.isoformat() if answered else "-"


def say_whose(desk: Desk, links: Links, link: Link, said: Answer, occasion: Occasion, stood: str = "") -> None:
    """Keep the answer to a link's question, in one transaction. Raises `LinkUsed`; `AskedNoMore` where the officer has
    decided just now; `AnsweredSince` where another answer than the one of the stamp `stood` is somebody else's.
    """
    use_up(links, link, occasion.by, occasion.at)
    id_, mine = link.candidate_id or 0, replace(occasion, by=f"{occasion.by} ({link.recipient})")
    try:
        answer(desk, id_, said, mine)
        before = answer_of(history(desk, id_).events[:-1])  # read behind the write: nobody else's can come between
    except (CandidateMoved, NoSuchCandidate, TriageRefused) as moved:
        raise AskedNoMore from moved
    if stood and before and before.by != mine.by and stamp_of_answer(before) != stood:
        raise AnsweredSince


def rounds_asked_of(mine: Collection[int], rounds: Sequence[AskedRound]) -> Sequence[int]:
    """The rounds in which something waits that is asked about one of these accounts."""
    return [each.id for each in rounds if any(account_id in mine for account_id, _ in each.open)]


def ask_again(store: Store, links: Links, link: Link, account: Account, by: str, day: date, at: datetime) -> Run:
    """Begin a re-check of the account, in one transaction. Raises `LinkUsed` where one was asked for by this link in
    the last ten minutes.

    Whoever asks by another link meanwhile has the same look for an answer, and so from when that was asked for.
    """
    slice_ = int(at.timestamp() // AGAIN_AFTER.total_seconds())
    run = begin_audit(store, RunKind.RECHECK, [account], day, at, request_id=f"asked:{account.id}:{slice_}")
    if not links.use(link.hash, by, run.started_at, again_before=at - AGAIN_AFTER):
        raise LinkUsed(link)
    return run


class Looked(StrEnum):
    """What became of a re-check, as far as its case goes."""

    WAITING = "waiting"
    FIXED = "fixed"
    RELEASED = "released"
    STANDS = "stands"
    BLIND = "blind"


def outcome_of(subject: Subject, link: Link, look: Observation | None) -> Looked:
    """What the look that was asked for has found, where `look` is the account's last."""
    if link.used_at is None or look is None or look.observed_at < link.used_at:
        return Looked.WAITING
    case = subject.case
    if case is not None and case.state is CaseState.VERIFIED_FIXED:
        return Looked.FIXED
    if case is not None and case.state is CaseState.RELEASED:
        return Looked.RELEASED
    return Looked.STANDS if is_seen(look.transport, look.existence) else Looked.BLIND
