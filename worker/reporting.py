"""A deployment's report: what its nights add up to, as values and as files.

    deployment ─reported▶ Report ─written▶ report.html · .csv · .xlsx · .json, all of them or none

The demo's report is made and written by the same steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from audits.days import day_of
from audits.model import Account
from audits.news import Night, tell
from audits.reach import Price, Reach
from audits.reading.markers import blind_to
from audits.reporting import (
    Chapter,
    Dossier,
    Held,
    More,
    Opening,
    Report,
    RuleTurn,
    discoveries,
    gather,
    held_changes,
    of_accounts,
    ruled,
)
from audits.wording import Terms, phrase
from worker.gathering import Told, dossiers
from worker.ports import NightSeen, RunKind
from worker.rendering import render_all
from worker.replacing import write_together
from worker.steps import Instruments

if TYPE_CHECKING:
    from worker.wiring import Deployment

DRAWN: Final = timedelta(days=60)  # the nights that are drawn, and told one by one
MOST_NIGHTS: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which report is wanted; `administration` is a name or a short form, None for the whole city."""

    language: str
    administration: str | None = None
    note: str = ""


def reported(deployment: Deployment, wish: Wish, told: Told | None = None) -> Report:
    """What everything adds up to now. Asks nobody but the database."""
    now, instruments, store = deployment.clock(), deployment.instruments, deployment.store
    terms = instruments.terms(wish.language, wish.note)
    found = dossiers(store, instruments.rulebook.routines, now - DRAWN, wish.administration, told)
    nights = store.nights(now - DRAWN, MOST_NIGHTS)
    more = replace(
        _more(deployment, wish, terms, found),
        nights=_nights(nights, [each.account for each in found], instruments, terms),
        blind=blind_to(instruments.packs),
    )
    return gather(found, instruments.rulebook.routines, terms, now, more)


def _more(deployment: Deployment, wish: Wish, terms: Terms, own: Sequence[Dossier]) -> More:
    """What would open more, and what is held: of the whole city, and so told to the whole city alone."""
    zone = deployment.settings.zone
    if wish.administration is not None:
        return More(zone=zone, chapters=tuple(discovered(deployment, terms, own)))
    held = held_of(deployment, terms)
    chapters = (*discovered(deployment, terms), *held_changes(held, terms), *rules_turned(deployment, terms))
    return More(zone=zone, openings=openings(*deployment.reach(wish.language), wish.language), chapters=chapters)


def discovered(deployment: Deployment, terms: Terms, own: Sequence[Dossier] | None = None) -> Iterator[Chapter]:
    """What the register does not know; with `own`, what concerns those accounts and who answers for them."""
    from worker.wiring.reconciling import Reconciling

    reconciling = Reconciling(deployment)
    found, decided = reconciling.find_out(), reconciling.decided()
    if own is None:
        return discoveries(found, decided, terms)
    accounts = {each.account.id for each in own}
    names = {each.account.administration for each in own if each.account.administration}
    lead = phrase("chapter.discoveries_own", terms.language)
    return discoveries(of_accounts(found, decided, accounts, names), decided, terms, lead)


def held_of(deployment: Deployment, terms: Terms) -> Sequence[Held]:
    """What the latest night found too much of at once and nobody has vouched for since, in words."""
    from worker.wiring.holding import Holding

    return [
        Held(
            platform=each.platform,
            title=terms.title(each.rule),
            changed=each.changed,
            seen=each.seen,
            accounts=tuple(account.name for account in each.accounts),
        )
        for each in Holding(deployment).waiting()
    ]


def rules_turned(deployment: Deployment, terms: Terms) -> Iterator[Chapter]:
    """What changed in the rules since the nights that are drawn began, newest first; never the rules it began with."""
    from worker.wiring.ruling import Ruling

    since, zone, ruling = deployment.clock() - DRAWN, deployment.settings.zone, Ruling(deployment)
    versions = ruling.history()
    turns = [
        (version, how, rule)
        for version in versions[:-1]
        if version.at >= since
        for how, rules in asdict(version.changes).items()
        for rule in rules
    ]
    known = ruling.last_known({rule for _, _, rule in turns}, versions)
    return ruled(
        [
            RuleTurn(on=day_of(version.at, zone), how=how, rule=rule, routine=known.get(rule))
            for version, how, rule in turns
        ],
        terms,
    )


def openings(found: Reach, texts: Sequence[str], language: str) -> Sequence[Opening]:
    """What would let more be seen, cheapest first, with the words for each step."""
    return [
        Opening(
            what=step.what,
            text=text,
            opens=step.opens,
            price=price(step.monthly, language) if step.monthly else "",
        )
        for step, text in zip(found.steps, texts, strict=True)
    ]


def price(monthly: Price, language: str) -> str:
    """An amount a month as people of that language write it: `1,5 USD`."""
    return f"{format_decimal(monthly.amount / 1000, locale=language)} {monthly.unit}"


def _nights(
    nights: Sequence[NightSeen], accounts: Sequence[Account], instruments: Instruments, terms: Terms
) -> list[Night]:
    """The nights in words; of the accounts that are told of, and no others."""
    routines = instruments.rulebook.routines
    own, platforms = {each.id for each in accounts}, {each.platform for each in accounts}
    return [
        Night(
            at=each.run.started_at,
            recheck=each.run.kind is not RunKind.NIGHTLY,
            accounts=each.accounts,
            read=each.read,
            told=tell(
                [piece for piece in each.pieces if piece.account.id in own and piece.finding.rule in routines],
                routines,
                terms,
                [platform for platform in each.misread if platform in platforms],
            ),
        )
        for each in nights
    ]


def written(report: Report, zone: ZoneInfo, folder: Path, stem: str = "report") -> dict[str, Path]:
    """Write the report in every shape; gives the files by shape. Raises `OSError`, and then no file is replaced.

    Whoever opens a file meanwhile finds the earlier one or the new one, never a part.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shapes = render_all(report, zone)
    write_together(folder, {f"{stem}.{shape}": content for shape, content in shapes.items()})
    return {shape: folder / f"{stem}.{shape}" for shape in shapes}


__all__ = ["DRAWN", "Wish", "discovered", "held_of", "openings", "reported", "rules_turned", "written"]
