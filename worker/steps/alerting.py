"""What cannot wait for a Tuesday: critical deviations, the officer's overview, operators' trouble.

critical, confirmed, not told since it was last mended ─▶ officer, who answers for it, and every other channel
Monday ─▶ the officer's overview        anything broken ─▶ operators, at most once a day, the same once a week
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from audits.attesting import is_unanswered
from audits.days import Now, day_of
from audits.digest import Addressee, Briefing, Fact, Remark, due_slot, is_remarked, key_of, remarks_of, week_of
from audits.digest.at_once import Trouble, trouble_sheet, urgent_sheet
from audits.digest.overview import SILENT_WEEKS, Mailing, Overview, overview_sheet
from audits.model import Case, CaseState, Severity
from audits.reporting import as_of, was_seen
from audits.reporting import gather as gather_report
from worker.ports import Run
from worker.ports.telling import LetterKind, LetterState, NewLetter, Outbox
from worker.steps.telling import Telling, addressed, finished, mint

_LATE: Final = timedelta(hours=20)  # a night that has not ended by then needs somebody
_NOTE_TO: Final = "channel"

Discovered: TypeAlias = Callable[[], Sequence[Fact]]
"""Channels that wait for the officer's decision: what each is, and how it was found."""


def write_urgent(telling: Telling, now: datetime) -> int:
    """Tell every critical deviation that is confirmed and has not been told. How many were told now."""
    briefing = Briefing(slot="", now=now, zone=telling.manner.zone, routines=telling.routines)
    released = telling.letters.released()
    critical = [
        remark
        for held in telling.held.values()
        for remark in remarks_of(held.dossier, replace(briefing, tells=held.dossier.account.administration in released))
        if remark.case.severity is Severity.CRITICAL
        and remark.case.state is CaseState.CONFIRMED
        and not remark.is_unanswered
    ]
    rounds = telling.letters.rounds([remark.case for remark in critical]) if critical else {}
    return sum(_write_one(telling, each, rounds.get(key_of(each.case), 0), now) for each in critical)


def _write_one(telling: Telling, remark: Remark, round_: int, now: datetime) -> bool:
    key = ":".join((*map(str, key_of(remark.case)), str(round_)))
    slot = hashlib.sha256(key.encode()).hexdigest()[:32]
    if telling.letters.written(LetterKind.URGENT, slot):
        return False
    new = [*_urgent_mails(telling, remark, slot, now), *_urgent_notes(telling, remark, slot, now)]
    return telling.letters.write(LetterKind.URGENT, slot, new, now)


def _urgent_mails(telling: Telling, remark: Remark, slot: str, now: datetime) -> Iterator[NewLetter]:
    """To the officer at once, and to who answers for the account. Only the latter has then been told of the case."""
    officer, answers = telling.manner.officer, _who_answers(telling, remark)
    resting = {pause.recipient.casefold() for pause in telling.letters.pauses(now)}
    if officer and not (answers and _same(answers, officer)):
        yield _urgent_mail(telling, remark, slot, now, officer)
    if answers and (answers.address.casefold() not in resting or (officer and _same(answers, officer))):
        yield _urgent_mail(telling, remark, slot, now, answers, [remark.case])


def _urgent_mail(  # the lines are what the letter counts as having told
    telling: Telling, remark: Remark, slot: str, now: datetime, to: Addressee, lines: Sequence[Case] = ()
) -> NewLetter:
    sheet = urgent_sheet(remark, telling.terms(to.language), Now(now, telling.manner.zone))
    return finished(telling, sheet, f"urgent:{slot}:{to.address}", to, now, lines)


def _who_answers(telling: Telling, remark: Remark) -> Addressee | None:
    """Who is told of the account; None where its administration may not be written to."""
    if (remark.account.administration or "") not in telling.letters.released():
        return None
    return next((to for to, accounts in telling.addressees.items() if remark.account.id in accounts), None)


def _same(one: Addressee, other: Addressee) -> bool:
    return one.address.casefold() == other.address.casefold()


def _urgent_notes(telling: Telling, remark: Remark, slot: str, now: datetime) -> Iterator[NewLetter]:
    for channel in telling.manner.channels:
        to = telling.manner.officer or Addressee(address=_NOTE_TO, language=telling.manner.language)
        sheet = urgent_sheet(remark, telling.terms(to.language), Now(now, telling.manner.zone))
        minted = mint(sheet, telling.manner.console_url, telling.token, now)
        text = telling.writer.note(sheet, addressed(minted))
        links = [link for _, link in minted.values()]
        yield NewLetter(key=f"urgent:{slot}:{channel}", recipient=to, subject=sheet.subject, message=text,
                        channel=channel, links=links)  # fmt: skip


def write_overview(telling: Telling, outbox: Outbox, now: datetime, discovered: Discovered = tuple) -> bool:
    """Write the officer's overview once its moment has come; False where it is not due, written, for nobody, or about
    nothing: of a register without accounts there is nothing to say.
    """
    slot = due_slot(now, telling.manner.zone, telling.manner.overview)
    to = telling.manner.officer
    if slot is None or to is None or telling.letters.written(LetterKind.OVERVIEW, slot) or not telling.held:
        return False
    view = overview(telling, outbox, slot, now, discovered())
    sheet = overview_sheet(view, telling.terms(to.language), telling.manner.zone)
    return telling.letters.write(
        LetterKind.OVERVIEW, slot, [finished(telling, sheet, f"overview:{slot}:{to.address}", to, now)], now
    )


def overview(telling: Telling, outbox: Outbox, slot: str, now: datetime, discoveries: Sequence[Fact] = ()) -> Overview:
    """Everything that the officer looks through."""
    briefing = Briefing(slot=slot, now=now, zone=telling.manner.zone, routines=telling.routines, tells=False)
    everything = [each.dossier for each in telling.held.values()]
    told = [remark for each in everything for remark in remarks_of(each, briefing)]
    remarks = [each for each in told if not each.is_unanswered]
    language = telling.manner.officer.language if telling.manner.officer else telling.manner.language
    report = gather_report(everything, telling.routines, telling.terms(language), now)
    pauses = telling.letters.pauses(now)
    looks = [each.observation for each in everything if each.observation]
    return Overview(
        slot=slot,
        made_at=now,
        remarks=tuple(remarks),
        coverage=report.coverage,
        mailings=tuple(_mailings(telling, told, now)),
        said_not_ours=tuple(_in_state(telling, briefing, CaseState.SAID_NOT_OURS)),
        remarked=sum(is_remarked(each, briefing) for each in everything),
        unanswered=len(told) - len(remarks),
        explained=len(list(_in_state(telling, briefing, CaseState.EXPLAINED))),
        discoveries=tuple(discoveries),
        held=tuple(telling.mass_changes()),
        upkeep=tuple(telling.upkeep()),
        signs=tuple(telling.signs()),
        bounced=_refusing_still(telling, outbox, now),
        paused={each.recipient: day_of(each.ends_at, briefing.zone) for each in pauses},
        unnamed=tuple(each.account for each in everything if each.account.id in telling.unnamed),
        last_look=as_of(look.observed_at for look in looks),
        routes=tuple(sorted({look.route.value for look in looks if look.route and was_seen(look)})),
        became=tuple(_became(telling, slot, now)),
    )


def _became(telling: Telling, slot: str, now: datetime) -> Iterator[CaseState | None]:
    """How last week's lines stand, whoever they were told to."""
    every = [case for each in telling.held.values() for case in each.dossier.cases]
    cases, asked = (
        {key_of(each): each.state for each in every},
        {key_of(each) for each in every if is_unanswered(each.seen)},
    )
    told = {key: before for to in telling.addressees for key, before in telling.letters.told(to.address, slot).items()}
    today = day_of(now, telling.manner.zone)
    return (cases.get(key) for key, before in told.items() if before.awaits(today) and key not in asked)


def _in_state(telling: Telling, briefing: Briefing, state: CaseState) -> Iterator[Remark]:
    for held in telling.held.values():
        yield from remarks_of(held.dossier, briefing, frozenset({state}))


def _mailings(telling: Telling, remarks: Sequence[Remark], now: datetime) -> Iterator[Mailing]:
    released = telling.letters.released()
    quiet = _quiet(telling, now)
    owners = sorted({each.dossier.account.administration or "" for each in telling.held.values()} - {""})
    for owner in owners:
        mine = {id_ for id_, each in telling.held.items() if each.dossier.account.administration == owner}
        addresses = [to.address for to, accounts in telling.addressees.items() if mine & set(accounts)]
        own = [each for each in remarks if each.account.id in mine]
        unanswered = sum(each.is_unanswered for each in own)
        yield Mailing(
            administration=owner,
            accounts=len(mine),
            remarks=len(own) - unanswered,
            unanswered=unanswered,
            released_by=released.get(owner, ""),
            addresses=tuple(addresses),
            silent=bool(own) and bool(addresses) and all(address in quiet for address in addresses),
        )


def _quiet(telling: Telling, now: datetime) -> frozenset[str]:
    """Who has been written to for eight weeks and has pressed nothing."""
    since = now - timedelta(weeks=SILENT_WEEKS)
    answered = telling.letters.answered_since(since)
    first = telling.letters.first_written()
    return frozenset(address for address, at in first.items() if at <= since and address not in answered)


def refusing(outbox: Outbox, now: datetime) -> Mapping[str, str]:
    """Addresses that were refused for good, and have not taken a later letter; what the mail server answered."""
    fates: dict[str, tuple[LetterState, str]] = {}
    ended = (LetterState.SENT, LetterState.BOUNCED)
    for letter in outbox.letters(ended, now - timedelta(weeks=SILENT_WEEKS)):
        fates.setdefault(letter.recipient, (letter.state, letter.answer))  # the latest comes first
    return {address: answer for address, (state, answer) in fates.items() if state is LetterState.BOUNCED}


def _refusing_still(telling: Telling, outbox: Outbox, now: datetime) -> Mapping[str, str]:
    """Of the addresses that refuse letters those that any are still written to."""
    own = telling.manner
    told = {to.address for to in (*telling.addressees, *own.operators, *([own.officer] if own.officer else []))}
    return {address: answer for address, answer in refusing(outbox, now).items() if address in told}


def write_trouble(telling: Telling, outbox: Outbox, now: datetime) -> bool:
    """Tell operators, at most once a day, what needs mending, and the same but once a week: who reads it every morning
    reads it no more. False where nothing does or they have been told.
    """
    as_of = Now(now, telling.manner.zone)
    slot = as_of.today.isoformat()
    if not telling.manner.operators or telling.letters.written(LetterKind.TROUBLE, slot):
        return False
    found = list(troubles(telling, outbox, now))
    same = _same_this_week(found, as_of)
    if not found or telling.letters.written(LetterKind.TROUBLE, same):
        return False
    sheets = ((to, trouble_sheet(found, telling.terms(to.language), as_of)) for to in telling.manner.operators)
    new = [finished(telling, sheet, f"trouble:{slot}:{to.address}", to, now) for to, sheet in sheets]
    wrote = telling.letters.write(LetterKind.TROUBLE, slot, new, now)
    telling.letters.write(LetterKind.TROUBLE, same, (), now)  # after the letter: to be told twice is better than never
    return wrote


def _same_this_week(found: Sequence[Trouble], now: Now) -> str:
    """The slot of just this trouble, in whatever order it was found, in the week of `now`."""
    told = "\n".join(sorted({repr((each.what, sorted(each.facts.items()))) for each in found}))
    return f"{week_of(now.today)}:{hashlib.sha256(told.encode()).hexdigest()[:20]}"


def troubles(telling: Telling, outbox: Outbox, now: datetime) -> Iterator[Trouble]:
    """Letters that are stuck, a night that does not end, accounts that break every look, routes that misread, and what
    the machine lacks.
    """
    yield from telling.of_the_house()
    for state in (LetterState.PARKED, LetterState.FAILED):
        stuck = outbox.letters((state,), now - timedelta(days=14))
        if stuck:
            yield Trouble(what=f"letters_{state.value}", facts={"count": len(stuck), "answer": stuck[0].answer[:200]})
    for run in telling.store.open_runs():
        if now - run.started_at > _LATE:
            yield Trouble(what="late", facts={"day": run.local_date, "run": run.id})
    if last := telling.store.latest_run():
        yield from _of_the_night(telling, last)


def _of_the_night(telling: Telling, last: Run) -> Iterator[Trouble]:
    if broken := telling.store.counts(last.id).quarantined:
        yield Trouble(what="quarantined", facts={"count": broken})
    for reading in telling.store.control_readings(last.id):
        if reading.misread:
            yield Trouble(what="misread", facts={"platform": reading.platform, "route": reading.route.value})
