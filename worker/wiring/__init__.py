"""Settings to real adapters: the only place where steps, storage, network and clock meet.

settings ─wire▶ Deployment ─▶ a run begun, worked and told        one file beside it for each other concern:

people      answering, attesting, deciding, holding, resting, ruling
rules       last_rules: those with which a run began, and the last ones that could be used
letters     telling, awaiting, upkeep, templates, tokens
elsewhere   discovering, short_links, reconciling
asking      the live way out: keys, conduct, network
beside      pictures, queueing, refused, clocks, missed, forms (of settings)
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audits.wording.said import said
from config.settings import Settings
from config.stated import load_settings
from worker.locking import Lock, locked
from worker.ports import NoDatabase, StoreUnavailable

if TYPE_CHECKING:
    from audits.days import Now
    from audits.model import Account
    from audits.platform import Platforms
    from audits.reach import Reach
    from audits.reading.markers import Packs
    from audits.recipients import Recipient
    from config.rules import Rulebook
    from worker.ports import Asker, Clock, Run, RunKind
    from worker.stating import Taken
    from worker.steps import Instruments, Told
    from worker.storage import SqlStore


_log = logging.getLogger(__name__)
PICTURE_SECONDS = 60  # a night, for profile pictures at a new place


def utc_now() -> datetime:
    """The one clock of a deployment."""
    return datetime.now(UTC)


def reading_instruments(now: datetime, settings: Settings | None = None) -> tuple[Platforms, Packs]:
    """Readers and marker packs as of `now` (UTC), for reading pages without a register."""
    from audits.days import day_of
    from audits.platforms import PLATFORMS
    from config.markers import FOLDER, load_packs

    folder = (settings.markers_folder if settings else None) or FOLDER
    zone = settings.zone if settings else UTC
    return PLATFORMS, load_packs(day_of(now, zone), folder, zone)


def make_instruments(settings: Settings, now: datetime, rulebook: Rulebook | None = None) -> Instruments:
    """What an audit looks and judges with as of `now` (UTC): by the rules given, else by those of the settings' file.

    Raises `BadRules` or `BadPack` where a declaration is wrong.
    """
    from config.rules import PATH, load_rules
    from worker.steps import Instruments

    platforms, packs = reading_instruments(now, settings)
    rulebook = rulebook or load_rules(settings.rules_file or PATH)
    return Instruments(platforms=platforms, packs=packs, rulebook=rulebook, zone=settings.zone)


def open_store(settings: Settings, *, begins: bool = True) -> SqlStore:
    """The database, migrated to the newest schema, of which an older one is told, for an earlier release cannot use it
    afterwards. Where there is none yet, one is made, if whoever asks `begins`.

    Raises `StoreUnavailable`; `NoDatabase` where one would have to be made.
    """
    from worker import storage
    from worker.storage import migrate

    url = settings.database_url.get_secret_value()
    revision = _revision(settings)
    if revision is None and not begins:
        raise NoDatabase(said("refused.database.none", where=migrate.place_of(url)))
    if revision != (newest := migrate.newest()):
        migrate.upgrade(url)
        if revision is not None:
            where = migrate.place_of(url)
            _log.warning("%s", said("refused.database.updated", where=where, before=revision, now=newest))
    return storage.open_store(url)


def has_database(settings: Settings) -> bool:
    """Whether the database holds tables of ours, told without making a file. Raises `StoreUnavailable`."""
    return _revision(settings) is not None


def _revision(settings: Settings) -> str | None:
    """The schema of the database; None where there is none, or no table of ours in it. Raises `StoreUnavailable`."""
    from sqlalchemy import make_url

    from worker.storage import migrate
    from worker.storage.engine import without_a_folder

    url = make_url(settings.database_url.get_secret_value())
    if lost := without_a_folder(url):
        raise StoreUnavailable(said("refused.database.closed", file=lost))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return None
    return migrate.current(url)


@dataclass(frozen=True, slots=True)
class Deployment:
    """One wired deployment: what tasks, commands and pages call."""

    settings: Settings
    store: SqlStore
    instruments: Instruments
    asker: Asker
    clock: Clock
    rules_unread: str = ""  # why the last rules that could be used stand in for those of the file

    @property
    def now(self) -> Now:
        """The moment, by the deployment's clock, in the city's zone."""
        from audits.days import Now

        return Now(self.clock(), self.settings.zone)

    def begin_and_list_open(self) -> Sequence[int]:
        """Begin what is due and end what has lapsed; the ids of every run not closed."""
        from worker.steps.beginning import Beginning, begin_due
        from worker.storage import correspondence
        from worker.storage.attesting import SqlAttestations
        from worker.storage.deciding import SqlDecisions
        from worker.storage.ruling import SqlRules

        db = self.store.db
        begin = Beginning(
            store=self.store,
            decisions=SqlDecisions(db),
            attestations=SqlAttestations(db),
            rules=SqlRules(db),
            instruments=self.instruments,
            zone=self.settings.zone,
            night_starts=self.settings.night_starts,
            released=lambda: db.read(correspondence.released),
        )
        return begin_due(begin, self.clock())

    def work(self, run_id: int, told: Told | None = None) -> bool:
        """One slice of one run; True while there may be more for this worker."""
        from worker.ports import RunKind
        from worker.steps import advance_run
        from worker.wiring.last_rules import rules_of

        run = self.store.run(run_id)
        if run is None:
            return False
        seconds = self.settings.lane_seconds
        instruments = replace(self.instruments, rulebook=rules_of(run, self.store, self.instruments.rulebook))
        if advance_run(self.store, self.asker, instruments, run, self.clock, seconds=seconds, told=told):
            return True
        if run.kind is RunKind.NIGHTLY and self.settings.live:
            self._look_at_pictures()
        return False

    def _look_at_pictures(self) -> None:
        from worker.wiring.pictures import Pictures

        Pictures(self).look(PICTURE_SECONDS)

    def begin(self, kind: RunKind, accounts: Sequence[Account], request_id: str, *, silent: bool = False) -> Run:
        """Begin a run over these accounts, or go on with the open one that the same request began, wherever."""
        from worker.steps import begin_audit
        from worker.steps.deciding import release_cases
        from worker.steps.ruling import lately_gone, note_rules
        from worker.storage.deciding import SqlDecisions
        from worker.storage.ruling import SqlRules

        now, rules, of = self.now, self.instruments.rulebook, {account.id for account in accounts}
        kept = SqlRules(self.store.db)
        note_rules(self.store, kept, rules, now)
        awaited = lately_gone(kept, rules, now)
        release_cases(SqlDecisions(self.store.db), self.store, rules.routines, now, of, awaited)
        return begin_audit(
            self.store, kind, accounts, now.today, now.at, request_id=request_id, silent=silent, comes_again=True
        )

    def paste(self, link: str, account: int | None, by: str, on: date | None) -> Taken:
        """Keep what the link of a post states in somebody's name. Raises `StatementRefused`."""
        from audits.platforms import GRAMMARS
        from audits.stating import Word
        from worker.stating import paste

        word = Word(by=by, at=self.clock(), zone=self.settings.zone, on=on)
        return paste(self.store, self.instruments, GRAMMARS, link, account, word)

    def who_is_told(self) -> Mapping[int, Recipient]:
        """Whom to tell of each account, in which language; an account for which nobody is named is left out."""
        from audits.recipients import Mailbox, whom_to_tell

        own = self.settings
        officer = Mailbox(recipient=own.officer_recipient or None, language=own.officer_language or own.language)
        around = self.store.mailboxes_around(None)
        told = ((id_, whom_to_tell(boxes, officer)) for id_, boxes in around.items())
        return {id_: recipient for id_, recipient in told if recipient is not None}

    def reach(self, language: str) -> tuple[Reach, list[str]]:
        """How far the look comes today, and each step that would take it further in words; asks nobody."""
        from worker.reaching import how_far, in_words
        from worker.wiring.asking import held_keys, permissions_of

        keyring = held_keys(self.settings)
        permissions = permissions_of(self.settings)
        found = how_far(
            self.store, self.store, self.instruments, keyring, permissions, self.clock(), self.settings.zone
        )
        platforms = self.instruments.platforms
        return found, [in_words(step, keyring, platforms, language) for step in found.steps]


@cache
def settle() -> None:
    """Once a process: what is loaded stays, so the collector need not go through it again for every page read."""
    import gc

    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@contextmanager
def wired(
    settings: Settings | None = None,
    replay: Path | None = None,
    *,
    asks: bool = True,
    begins: bool = True,
    goes_on: bool = False,
) -> Iterator[Deployment]:
    """A deployment from its settings; with `replay`, one that asks a folder of recordings and no network.

    With `asks` false it asks nobody: for whoever only looks at what is kept. With `begins` false it makes no database
    where there is none (`NoDatabase`). What `goes_on` by itself, night after night, does so by the last rules that
    could be used where the file's cannot be, and says so (`rules_unread`). Raises `Unusable` (`BadRules`, `BadPack`,
    `BadControls`, `BadKeys`, `BadPermissions`, `BadNetwork`, `BadRecording`) or `StoreUnavailable`.
    """
    settings = settings or load_settings()
    settle()
    by_the_file = None if goes_on else make_instruments(settings, utc_now())  # before a database is made
    store = open_store(settings, begins=begins)
    try:
        instruments, unread = (by_the_file, "") if by_the_file else _to_go_on(settings, store)
        if not asks:
            yield Deployment(settings, store, instruments, _nobody(), utc_now, unread)
            return
        asker, instruments = _asking(settings, instruments, store, replay or settings.replay_folder)
        yield Deployment(settings, store, instruments, asker, utc_now, unread)
    finally:
        store.close()


def _to_go_on(settings: Settings, store: SqlStore) -> tuple[Instruments, str]:
    from worker.wiring.last_rules import rules_to_go_on

    rulebook, unread = rules_to_go_on(settings, store)
    return make_instruments(settings, utc_now(), rulebook), unread


def _asking(
    settings: Settings, instruments: Instruments, store: SqlStore, replay: Path | None
) -> tuple[Asker, Instruments]:
    """Who answers probes here, and the instruments as that has it. Keys are held only where the network is asked."""
    if replay is not None:
        return _replaying(replay, instruments)
    if not settings.live:
        return _nobody(), instruments
    from config.controls import PATH, load_controls
    from worker.wiring.asking import held_keys, live_asker

    keyring, controls = held_keys(settings), load_controls(settings.controls_file or PATH)
    instruments = replace(instruments, keys=keyring.names, order=_shuffled, controls=controls)
    return live_asker(settings, keyring, store), instruments


def _nobody() -> Asker:
    from worker.replay import NobodyAsks

    return NobodyAsks(utc_now)


def _shuffled(accounts: Sequence[Account]) -> Sequence[Account]:
    """Another order every night, so that it is not always the same accounts that meet a host's patience at its end."""
    import random

    return random.sample(accounts, len(accounts))


def _replaying(folder: Path, instruments: Instruments) -> tuple[Asker, Instruments]:
    from worker.replay import ReplayAsker, open_recording, recorded_visits

    recording = open_recording(folder, utc_now())
    return ReplayAsker(recording), replace(instruments, visit=recorded_visits(recording))


def register_recording(deployment: Deployment, folder: Path) -> None:
    """Make a register of a recording: one account for each response that has an address."""
    from audits.model import Occasion
    from worker.replay import open_recording, recorded_register

    changes = recorded_register(open_recording(folder, utc_now()), deployment.instruments.platforms)
    occasion = Occasion(by="replay", at=utc_now(), why="no register given")
    deployment.store.apply_changes(changes, occasion, source=str(folder))


def is_embedded(settings: Settings) -> bool:
    """Whether the database is a file, which one process works on."""
    return settings.database_url.get_secret_value().startswith("sqlite:///")


@contextmanager
def alone(settings: Settings) -> Iterator[bool]:
    """Whether this process is the one that holds an embedded database; whoever is not is at work beside it."""
    if not is_embedded(settings):
        yield False
        return
    with locked(_lock_of(settings, "lock"), Lock.ALONE) as is_held:
        if is_held:
            yield True
            return
    with locked(_lock_of(settings, "beside"), Lock.AMONG_OTHERS):
        yield False


@contextmanager
def with_nobody_beside(settings: Settings) -> Iterator[bool]:
    """Whether nobody is at work beside the one who holds an embedded database, and until the end nobody begins to:
    leases that were left behind are dead.
    """
    with locked(_lock_of(settings, "beside"), Lock.ALONE) as is_held:
        yield is_held


def _lock_of(settings: Settings, which: str) -> Path:
    url = settings.database_url.get_secret_value()
    return Path(f"{url.removeprefix('sqlite:///')}.{which}")
