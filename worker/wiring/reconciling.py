"""The public list, reconciling, triage and look-alikes, wired to a deployment's database, clock and fetcher."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from audits.addresses import identify
from audits.days import day_of
from audits.listing import BadList, Declaration, Difference, Entry, ListState, ReadList, differ, held_by, told_state
from audits.lookalikes import Comparer, Face, Likeness, likest
from audits.lookalikes.searching import Places, Refused
from audits.model import Address, Case, Existence, Page, Probe, Route
from audits.platforms import GRAMMARS
from audits.reconciling import (
    Discrepancy,
    Doubt,
    Followed,
    Sources,
    doubts,
    idle,
    is_unsaid,
    last_seen,
    outlived,
    together,
    unvouched,
)
from audits.reconciling.aliases import named_by_id
from audits.reconciling.whose import Known, Left, Reply, whose_is
from audits.triage import About, Candidate, CandidateState, Decision
from audits.wording.said import said
from config.confusables import load_confusables
from config.lookalikes import PATH as LOOKALIKES_PATH
from config.lookalikes import load_places
from config.public_list import PATH as LIST_PATH
from config.public_list import BadPublicList, load_public_list
from config.towns import load_towns
from config.wikidata import PATH as WIKIDATA_PATH
from config.wikidata import load_wikidata
from worker.ports.night import Against
from worker.ports.triage import Copied, KeptCandidate, ListCopy
from worker.publishing import FORMS, Publication
from worker.steps.lookalikes import Search, ask_about, face_of, names_of, own_faces, search, with_pictures
from worker.steps.public_list import (
    News,
    Reading,
    entries,
    follow_published,
    is_due,
    keep_generated,
    news,
    read_through,
)
from worker.steps.reconciling import Shelves, find_out, follow_item, gather
from worker.steps.triage import Desk, Report, Waiting, history, report, take, take_back, waiting
from worker.steps.vouching import strangers
from worker.storage.cases import disowned
from worker.storage.correspondence import last_reads
from worker.storage.last_seen import against
from worker.storage.left import left_register
from worker.storage.lists import SqlLists
from worker.storage.short_links import SqlShortLinks
from worker.storage.sightings import SqlSightings
from worker.storage.triage import SqlTriage
from worker.wiring import Deployment
from worker.wiring.short_links import short_links


@dataclass(frozen=True)
class Reconciling:
    """What commands, tasks and pages call; each method raises what its step raises."""

    deployment: Deployment

    # --- the public list

    @cached_property
    def declared(self) -> Declaration:
        """How the published list is laid out. Raises `BadPublicList`."""
        return load_public_list(self.deployment.settings.public_list_file or LIST_PATH)

    def read_list(self, file: Path | None = None) -> tuple[ReadList, str]:
        """The published list, from a file or from its address, and where it was read. Raises `BadList`."""
        if file is not None:
            page = Page(url=self.declared.url or file.resolve().as_uri(), fetched_at=self.now(), body=file.read_bytes())
            return self._read(page), str(file)
        page = self._asked(self.declared.url, "website", Route.PAGE)
        return self._read(page), self.declared.url

    def _read(self, page: Page) -> ReadList:
        """The list on a page, its short links followed to the accounts that they hide."""
        links = short_links(self.deployment)
        accounts, former = tuple(self.deployment.store.each_account()), self._lists.former_keys()
        held = held_by(accounts, former, _identified)
        return read_through(page, self.declared, links, self.deployment.settings.lane_seconds, held)

    def follow_list(self, confirmed: int | None = None) -> Reading:
        """Read the list at its address, and remember what it names. Raises `BadList`."""
        return self.take_list(*self.read_list(), confirmed)

    def take_list(self, read: ReadList, source: str, confirmed: int | None = None, *, keeps: bool = True) -> Reading:
        """What a list that was read changes; where it `keeps`, it is remembered as what is published.

        Raises `BadList` where another worker has read it meanwhile.
        """
        now = self.now()
        return follow_published(read, source, self._sightings, self._lists, now, confirmed=confirmed, keeps=keeps)

    def forget_list(self) -> ListCopy | None:
        """Take back what was last remembered as published; None where nothing ever was."""
        return self._lists.forget_reading(self.now())

    def list_is_due(self) -> bool:
        """Whether the nightly reading of the list is due; never where nobody has said where it is."""
        zone, last = self.deployment.settings.zone, self._lists.last_copy(Copied.PUBLISHED)
        begins = datetime.combine(self.today(), self.deployment.settings.night_starts, zone)
        return is_due(last.last_at if last else None, self.now(), begins) and self._has_list()

    def _has_list(self) -> bool:
        """A declaration that cannot be used counts: reading the list says what is wrong with it."""
        try:
            return bool(self.declared.url)
        except BadPublicList:
            return True

    def follow_if_due(self) -> str:
        """Read the list if that is due, and say in words what came of it; "" where it is not due."""
        try:
            if not self.list_is_due():
                return ""
            reading = self.follow_list()
        except (BadList, BadPublicList) as error:
            return said("terminal.list.not_read", why=error)
        followed = reading.followed
        if followed.held is None:
            return said("terminal.list.followed", added=len(followed.added), removed=len(followed.removed))
        missing, standing = followed.held
        return said(f"terminal.list.{'lost' if reading.is_news else 'lacks'}", missing=missing, standing=standing)

    def entries(self) -> Sequence[Entry]:
        return entries(tuple(self.deployment.store.each_account()), self.today())

    def asked(self, vouched_for: Collection[int] = ()) -> Sequence[Entry]:
        """Persons' own profiles of which nobody has said that they are an office's: nothing is published of them."""
        asked = {each.id for each in self.deployment.store.each_account() if is_unsaid(each, _identified)}
        return [each for each in self.entries() if each.account_id in asked and each.account_id not in vouched_for]

    def published(self, vouched_for: Collection[int] = ()) -> Sequence[Entry]:
        """What the list that is written says."""
        unnamed = {each.account_id for each in (*self.asked(vouched_for), *self._disowned(vouched_for))}
        return [each for each in self.entries() if each.account_id not in unnamed]

    def _disowned(self, vouched_for: Collection[int] = ()) -> Sequence[Entry]:
        """The accounts that are confirmed not to be the city's: the list names none of them."""
        unnamed = {account for account, doubt in self._doubts.items() if doubt.forbids_naming}.difference(vouched_for)
        return [each for each in self.entries() if each.account_id in unnamed]

    def doubtful(self, vouched_for: Collection[int] = ()) -> Sequence[tuple[Entry, Doubt]]:
        """What the list would name as in use though it is confirmed to be another's, gone, moved or suspended, and what
        it leaves out since it is confirmed not to be the city's.
        """
        found, left_out = self._doubts, self._disowned(vouched_for)
        named = [each for each in self.published(vouched_for) if each.state is not ListState.CLOSED]
        return [(each, found[each.account_id]) for each in (*named, *left_out) if each.account_id in found]

    def compare(self, read: ReadList) -> Difference:
        """What must be done to the published list; an account is known again under an address by its id."""
        aliases = self.sources().aliases
        listed = (replace(each, key=aliases.get(each.key, each.key)) for each in read.listed)
        not_ours = {each.account_id: each.key for each in self._disowned()}
        wanted = [each for each in self.entries() if each.account_id not in not_ours]
        leaving = self.deployment.store.closings_of([each.account_id for each in wanted])
        unasked = {*leaving, *self._unvouched}
        return differ(listed, wanted, unasked, frozenset(not_ours.values()), read.hidden)

    def publication(self, language: str, vouched_for: Collection[int] = ()) -> Mapping[str, str]:
        """Every form of the list, by the name of its file. `vouched_for` are accounts that a person vouches for,
        whatever stands confirmed of them.
        """
        accounts = tuple(self.deployment.store.each_account())
        doubtful = {
            each.account_id: doubt for each, doubt in self.doubtful(vouched_for) if each.account_id not in vouched_for
        }
        cases, routines = self.deployment.store.cases(), self.deployment.instruments.rulebook.routines
        named = self.published(vouched_for)
        told = Publication(
            entries=named,
            terms=self.deployment.instruments.terms(language),
            url=self._front,
            day=self.today(),
            unvouched={account for account, doubt in doubtful.items() if doubt.forbids_vouching},
            unclear=doubtful.keys(),
            outlived=outlived(cases, routines),
            unproven=self._unproven(cases),
            is_whole=len(named) + len(self._disowned(vouched_for)) == len(accounts),
        )
        return {name: form(told) for name, form in FORMS.items()}

    def news(self, target: str, vouched_for: Collection[int] = ()) -> News:
        return news(self._lists, self.published(vouched_for), target)

    def keep_generated(self, target: str, vouched_for: Collection[int] = ()) -> str:
        return keep_generated(self._lists, self.published(vouched_for), target, self.now())

    def list_copies(self) -> Sequence[ListCopy]:
        return self._lists.copies()

    # --- reconciling

    def find_out(self) -> tuple[Discrepancy, ...]:
        """Everything that the sources disagree about; what waits for a decision is put up for triage."""
        return find_out(self._shelves, self.deployment.instruments, GRAMMARS, self.today(), self.now())

    def decided(self) -> Mapping[str, Candidate]:
        """Every channel that was ever found or reported as a new one, by key, as it stands in triage."""
        return {each.key: each for each in self._triage.candidates() if each.about is About.NEW}

    def sources(self) -> Sources:
        return gather(self._shelves, self.deployment.instruments, GRAMMARS)

    def follow_wikidata(self) -> Mapping[str, Followed]:
        """Read every declared item; none is declared as shipped. Raises `BadWikidata` or `NoItem`."""
        wanted = load_wikidata(self.deployment.settings.wikidata_file or WIKIDATA_PATH)
        asked = ((item, self._asked(wanted.address_of(item), "wikidata", Route.OPEN)) for item in wanted.items)
        return {item: follow_item(page, item, wanted, GRAMMARS, self._sightings, self.now()) for item, page in asked}

    # --- triage

    def waiting(self, states: Sequence[CandidateState]) -> Sequence[Waiting]:
        self.find_out()
        return waiting(self.desk, states)

    def report(self, said: Report) -> Candidate:
        return report(self.desk, said)

    def decide(self, id_: int, decision: Decision, name: str = "") -> Candidate:
        return take(self.desk, id_, decision, self.today(), name=name)

    def undo(self, id_: int, by: str) -> Candidate:
        return take_back(self.desk, id_, by, self.now())

    def history(self, id_: int) -> KeptCandidate:
        return history(self.desk, id_)

    # --- look-alikes

    def lookalikes(self, *, searching: bool = False) -> tuple[Sequence[Likeness], Sequence[Refused]]:
        """Accounts that could be taken for ours among those that were seen and, where asked, on open platforms; and
        the questions that were refused. Raises `BadLookalikes`.
        """
        sources, city = self.sources(), self.deployment.instruments.rulebook.city
        ours: Sequence[Face] = own_faces(self.deployment.store, sources.accounts)
        found = Search()
        if searching:
            places = load_places(self.deployment.settings.lookalikes_file or LOOKALIKES_PATH)
            ours, found = asyncio.run(self._searched(places, names_of(sources.accounts, city.names), ours))
        comparer = Comparer(load_confusables(), city.names, load_towns())
        return ask_about(ours, sources, found.faces, comparer, city.domains), found.refused

    def whose(self, given: Sequence[str]) -> Sequence[Reply]:
        """Whose each of these pasted addresses is, as far as the register knows. Raises `BadLookalikes`."""
        store, city = self.deployment.store, self.deployment.instruments.rulebook.city
        comparer, sources = Comparer(load_confusables(), city.names, load_towns()), self.sources()
        ours = own_faces(store, sources.accounts)
        zone = self.deployment.settings.zone
        left, cases = left_register(store.db).items(), store.cases()
        routines = self.deployment.instruments.rulebook.routines
        doubted, open_, unproven = self._doubts.keys(), outlived(cases, routines), self._unproven(cases)
        known = Known(
            entries={
                each.key: replace(each, state=told_state(each, unclear=doubted, outlived=open_, unproven=unproven))
                for each in self.entries()
            },
            doubted=doubted,
            by_id=dict(named_by_id(each for each in sources.accounts if each.key)),
            earlier=sources.aliases,
            left={key: Left(name=name, until=day_of(at, zone)) for key, (name, at) in left},
            domains=city.domains,
        )

        def closest(address: Address) -> Likeness | None:
            return likest(ours, face_of(address.key or address.owner_key or "", address.canonical_url or ""), comparer)

        return [whose_is(_meant(each, known.entries), known, closest) for each in given]

    async def _searched(
        self, places: Places, names: Sequence[str], ours: Sequence[Face]
    ) -> tuple[Sequence[Face], Search]:
        asker = self.deployment.asker
        try:
            found = await search(asker, places, names)
            if not found.faces:
                return ours, found
            pictured = await with_pictures(asker, found.faces)
            return await with_pictures(asker, ours), replace(found, faces=tuple(pictured))
        finally:
            await asker.aclose()

    # --- parts

    @property
    def _unvouched(self) -> frozenset[int]:
        """The accounts that nobody is asked to put on the list."""
        return unvouched(tuple(self.deployment.store.each_account()), self._doubts, _identified)

    @property
    def _doubts(self) -> Mapping[int, Doubt]:
        """By account, what stands against naming it, or calling it the city's."""
        store = self.deployment.store
        cases = (*store.cases(), *store.db.read(disowned))
        return together(doubts(cases, self.deployment.instruments.rulebook.routines), self._left_open)

    @property
    def _left_open(self) -> Mapping[int, Doubt]:
        """What the last looks leave open; what becomes of a closed account's own page is as it should be."""
        closed = {each.account_id for each in self.entries() if each.state is ListState.CLOSED}
        stood = {id_: existence for id_, existence in self._against.existences.items() if id_ not in closed}
        anothers = strangers(self.deployment.store.each_account(), self._against.strangers)
        return last_seen(stood, anothers)

    @cached_property
    def _against(self) -> Against:
        """What the last looks said against accounts, read once: the whole ledger is asked."""
        return self.deployment.store.db.read(against)

    def _unproven(self, cases: Sequence[Case]) -> frozenset[int]:
        """The accounts that no look ever saw, that are confirmed to be silent or shut, or were shut when last seen."""
        seen = self.deployment.store.db.read(last_reads)
        unseen = frozenset(each.id for each in self.deployment.store.each_account() if each.id not in seen)
        shut = {id_ for id_, existence in self._against.existences.items() if existence is Existence.PRIVATE}
        return unseen | shut | idle(cases, self.deployment.instruments.rulebook.routines)

    def now(self) -> datetime:
        return self.deployment.clock()

    def today(self) -> date:
        return day_of(self.now(), self.deployment.settings.zone)

    def _asked(self, url: str, platform: str, route: Route) -> Page:
        probe = Probe(url=url, platform=platform, route=route)
        return asyncio.run(_fetched(self.deployment, probe))

    @property
    def _front(self) -> str:
        domains = self.deployment.instruments.rulebook.city.domains
        return f"https://{domains[0]}" if domains else ""

    @property
    def _lists(self) -> SqlLists:
        return SqlLists(self.deployment.store.db)

    @property
    def _sightings(self) -> SqlSightings:
        return SqlSightings(self.deployment.store.db)

    @property
    def _triage(self) -> SqlTriage:
        return SqlTriage(self.deployment.store.db)

    @property
    def _shelves(self) -> Shelves:
        lists = self._lists
        return Shelves(
            store=self.deployment.store, sightings=self._sightings, lists=lists, sources=lists, triage=self._triage
        )

    @property
    def desk(self) -> Desk:
        return Desk(
            store=self.deployment.store,
            register=self.deployment.store,
            triage=self._triage,
            sightings=self._sightings,
            short_links=SqlShortLinks(self.deployment.store.db),
            grammars=GRAMMARS,
            names=self.deployment.instruments.rulebook.city.names,
        )


async def _fetched(deployment: Deployment, probe: Probe) -> Page:
    try:
        return await deployment.asker.fetch(probe)
    finally:
        await deployment.asker.aclose()


def _identified(raw: str, context: str | None) -> Address:
    return identify(raw, context, GRAMMARS)


def _meant(raw: str, registered: Collection[str]) -> Address:
    """What somebody pasted; as a web site's address where it is that of a registered one, which no host tells."""
    site = identify(raw, "website", GRAMMARS)
    return site if site.key in registered else identify(raw, None, GRAMMARS)
