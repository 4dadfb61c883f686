"""The register held against everything else, from what was remembered; nobody is asked.

register, sightings, list, linked channels, cases, triage ─▶ Sources ─reconcile▶ Discrepancy …
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest
from itertools import groupby
from typing import Final

from audits.addresses import Grammar, identify
from audits.model import Address, Outcome, Own, Page, Sighted, Source, Standing, Transport
from audits.reading.answer import Answer
from audits.reconciling import (
    Discrepancy,
    Followed,
    NoItem,
    Sources,
    Wanted,
    accounts_of,
    aliases_of,
    follow,
    lost,
    outlived,
    reconcile,
)
from audits.triage import CandidateState, candidates_from
from audits.wording.reasons import heard
from audits.wording.said import said
from worker.ports import OnlyRead, ReportStore, Store
from worker.ports.sightings import SightingStore
from worker.ports.triage import ListStore, SourceStore, TriageStore
from worker.steps import Instruments
from worker.steps.public_list import last_listed

MOST_PLACES: Final = 100  # of one channel
_OWN: Final = (Own.LIKELY, Own.UNKNOWN, Own.UNLIKELY)
_LINK_CHECK: Final = "links_to_city"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """Where all that is known is kept."""

    store: ReportStore
    sightings: SightingStore
    lists: ListStore
    sources: SourceStore
    triage: TriageStore


def gather(shelves: Shelves, instruments: Instruments, grammars: tuple[Grammar, ...]) -> Sources:
    """Everything that the register is held against."""
    accounts = tuple(shelves.store.each_account())
    sighted, pages = _places(shelves.sightings)
    linked, cases = shelves.sources.linked_channels(), tuple(shelves.store.cases())

    def identified(raw: str, context: str | None) -> Address:
        return identify(raw, context, grammars)

    return Sources(
        accounts=accounts,
        sighted=sighted,
        pages=pages,
        listed=last_listed(shelves.lists),
        hidden=shelves.sources.hidden(),
        former=shelves.sources.former_keys(),
        left=shelves.sources.left(),
        linked={each.key: each for each in linked},
        aliases=aliases_of(accounts, linked, identified),
        links_back=_links_back(shelves.store, instruments),
        lost=lost(cases, instruments.rulebook.routines),
        outlived=outlived(cases, instruments.rulebook.routines),
        leaving=shelves.store.closings_of([account.id for account in accounts]),
        not_ours=not_ours(shelves.triage),
        read=shelves.sources.sources_read(),
    )


def _places(sightings: SightingStore) -> tuple[tuple[Sighted, ...], Mapping[str, int]]:
    """The surest places of each channel, and how many there are: a footer alone may name one on every page."""
    kept: list[Sighted] = []
    pages: dict[str, int] = {}
    with_key = (each for each in sightings.each_sighting() if each.sighting.key)
    for key, group in groupby(with_key, key=lambda each: each.sighting.key or ""):
        counted = _Counted(group)
        kept += nsmallest(MOST_PLACES, counted, key=_surest)
        pages[key] = counted.pages
    return tuple(kept), pages


@dataclass(slots=True)
class _Counted:
    """Counts the pages of the city's sites as they pass by."""

    places: Iterable[Sighted]
    pages: int = 0

    def __iter__(self) -> Iterator[Sighted]:
        for each in self.places:
            self.pages += each.source is Source.SITE
            yield each


def _surest(each: Sighted) -> tuple[bool, int]:
    """Lists and items stand alone, so they come first."""
    return each.source is Source.SITE, _OWN.index(each.sighting.own)


def not_ours(triage: TriageStore) -> Collection[str]:
    """Keys of channels that people decided are not the city's."""
    return frozenset(each.key for each in triage.candidates({CandidateState.NOT_OURS}))


def _links_back(store: Store, instruments: Instruments) -> Mapping[int, bool | None]:
    """Whether each profile links to the city, as the rule about it has it by now; None while that is undecided."""
    rules = {rule for rule, each in instruments.rulebook.routines.items() if each.check.name == _LINK_CHECK}
    told: dict[int, bool | None] = {}
    for account, finding, standing in store.current_findings():
        if finding.rule in rules:
            told[account.id] = _answer(standing)
    return told


def _answer(standing: Standing) -> bool | None:
    """What was never decided counts as passed elsewhere; here nothing is known of it."""
    if standing.outcome is Outcome.FAILED:
        return False
    return True if standing.decided_at is not None and standing.outcome is Outcome.PASSED else None


def find_out(
    shelves: Shelves, instruments: Instruments, grammars: tuple[Grammar, ...], today: date, now: datetime
) -> tuple[Discrepancy, ...]:
    """Everything that the sources disagree about; what is linked or listed and not registered is put up for triage.

    Where the database may only be read it is told all the same: whoever may write puts it up the next time.
    """
    found = reconcile(gather(shelves, instruments, grammars), today)
    with suppress(OnlyRead):
        shelves.triage.keep_found(tuple(candidates_from(found, now)))
    return found


def follow_item(
    page: Page, item: str, wanted: Wanted, grammars: tuple[Grammar, ...], sightings: SightingStore, now: datetime
) -> Followed:
    """Remember what an item of Wikidata names. Raises `NoItem` where the answer does not hold it."""
    if page.transport is not Transport.OK:
        raise NoItem(
            said("refused.page", what=item, how=said(f"short.{page.transport}"), why=heard(page.reason) or "–")
        )

    def identified(raw: str, context: str | None) -> Address:
        return identify(raw, context, grammars)

    seen = accounts_of(Answer(page).text, item, wanted, identified)
    address = Wanted.page_of(item)
    followed = follow(sightings.sightings_on(Source.WIKIDATA, address), seen, now)
    sightings.save_look(Source.WIKIDATA, address, followed.look, now)
    return followed
