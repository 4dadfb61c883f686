"""A deployment with something to tell: one account that is gone, and one that nobody may look at.

office(folder)         ─▶ Office: the deployment, its clock, and ─write▶ letters whose buttons can be pressed
written_office(folder) ─▶ the same, with the week's letters written: most of what a test of a button takes
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from pydantic import SecretStr

from audits.digest import Purpose
from audits.model import Look, Marker, Outcome, Route, Source, Standing
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from audits.triage import Decision
from config.settings import Settings
from tests.builders import NIGHT, a_candidate, a_case, a_finding, a_sighting, an_observation, an_occasion
from tests.empty import empty_database
from tests.fakes import DictAsker, HandClock, some_instruments
from tests.telling.letters import STOCKHOLM, TUESDAY
from worker.ports import Compared, RunKind, Seen
from worker.ports.telling import NewLink
from worker.steps.telling import LIFETIMES, PATHS, hash_of
from worker.storage import SqlStore, open_store
from worker.storage.letters import SqlLetters
from worker.storage.sightings import SqlSightings
from worker.storage.tokens import new_token
from worker.storage.triage import SqlTriage
from worker.wiring import Deployment
from worker.wiring.reconciling import Reconciling
from worker.wiring.telling import Letters

CONSOLE: Final = "https://kanalkoll.almestad.example"
TOKEN: Final = re.compile(re.escape(CONSOLE) + r"/([a-z-]+)/([A-Za-z0-9_-]{43})")
GONE: Final = "https://board.example/almestad"


def a_row(**changes: Any) -> RegisterRow:
    given = {
        "platform": "board",
        "name": "Almestads stad",
        "administration": "Kulturförvaltningen",
        "unit": "Biblioteket",
        "recipient": "kultur@almestad.example",
        "raw": GONE,
        "address": GONE,
        "key": "board:almestad",
    }
    return RegisterRow(**{**given, **changes})


@dataclass(slots=True)
class Office:
    """A deployment, and the clock that it goes by."""

    deployment: Deployment
    clock: HandClock
    asker: DictAsker
    written: Mapping[str, str] | None = None
    """What `links` found, where that was before this office's database was copied."""

    @property
    def letters(self) -> Letters:
        return Letters(self.deployment)

    @property
    def store(self) -> SqlStore:
        return self.deployment.store

    def write(self) -> list[EmailMessage]:
        """Write whatever is due; the messages that wait, as a mail program reads them."""
        self.letters.write_due()
        return [read(letter.message) for letter in self._waiting()]

    def _waiting(self) -> Iterator[Any]:
        stored = self.letters.stored
        while letter := stored.claim(self.clock(), 60):
            yield letter

    def links(self) -> Mapping[str, str]:
        """The first path of each purpose in the week's letter to the administration."""
        if self.written is not None:
            return self.written
        found: dict[str, str] = {}
        for message in self.write():
            if message["To"] == "kultur@almestad.example":
                for purpose, token in TOKEN.findall(body(message)):
                    found.setdefault(purpose, f"/{purpose}/{token}")
        return found

    def path(self, purpose: Purpose) -> str:
        return self.links()[PATHS[purpose]]

    def made(self, purpose: Purpose, account_id: int | None = 1, candidate_id: int | None = None) -> str:
        """The path of a link to the administration that this office's own letters do not carry."""
        token, now = new_token(), self.clock()
        link = NewLink(
            hash=hash_of(token), purpose=purpose, expires_at=now + LIFETIMES[purpose], account_id=account_id,
            candidate_id=candidate_id,
        )  # fmt: skip
        self.letters.stored.add([link], "kultur@almestad.example", "sv")
        return f"/{PATHS[purpose]}/{token}"


PAGE: Final = "https://almestad.example/kultur"


def ask_about_a_channel(office: Office, administration: str = "Kulturförvaltningen") -> Reconciling:
    """The officer asks about a channel that one page names."""
    SqlSightings(office.store.db).save_look(Source.SITE, PAGE, Look(seen=(a_sighting(page=PAGE),)), NIGHT)
    SqlTriage(office.store.db).keep_found([a_candidate(id=None, name="Almestads kultur")])
    desk = Reconciling(office.deployment)
    desk.decide(1, Decision(act="ask", by="KA", at=NIGHT, administration=administration))
    return desk


def read(message: bytes) -> EmailMessage:
    parsed = BytesParser(policy=policy.default).parsebytes(message)
    assert isinstance(parsed, EmailMessage)
    return parsed


def body(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def settings(url: str, **changes: Any) -> Settings:
    given = {
        "database_url": SecretStr(url),
        "mail_from": "Kanalkoll <kanalkoll@almestad.example>",
        "officer_recipient": "kommunikation@almestad.example",
        "console_url": CONSOLE,
        "operators": ("drift@almestad.example",),
    }
    return Settings.model_construct(**{**given, **changes})


@contextmanager
def office(folder: Path, *rows: RegisterRow, **changes: Any) -> Iterator[Office]:
    """An office on a Tuesday morning, whose administration may be written to."""
    with _copied(database_of(rows or (a_row(),)), folder, **changes) as opened:
        yield opened


@contextmanager
def written_office(folder: Path, *rows: RegisterRow) -> Iterator[Office]:
    """An office that has asked about a channel and written the week's letters, as it is on that morning."""
    told = repr(rows)
    if told not in _letters:
        _letters[told] = _written(rows)
    database, links = _letters[told]
    with _copied(database, folder) as opened:
        opened.written = links
        yield opened


@contextmanager
def _copied(database: Path, folder: Path, **changes: Any) -> Iterator[Office]:
    url = f"sqlite:///{shutil.copy(database, folder / 'office.sqlite3')}"
    store = open_store(url)
    clock = HandClock(TUESDAY)
    asker = DictAsker({}, clock)
    opened = Office(Deployment(settings(url, **changes), store, some_instruments(), asker, clock), clock, asker)
    try:
        yield opened
    finally:
        store.close()


_letters: Final[dict[str, tuple[Path, Mapping[str, str]]]] = {}


def _written(rows: Sequence[RegisterRow]) -> tuple[Path, Mapping[str, str]]:
    folder = Path(mkdtemp(dir=empty_database().parent))
    with office(folder, *rows) as opened:
        ask_about_a_channel(opened)
        links = opened.links()
    return folder / "office.sqlite3", links


_made: Final[dict[str, Path]] = {}


def database_of(rows: Sequence[RegisterRow]) -> Path:
    """A database of these accounts, whose administration may be written to: made once and copied."""
    told = repr(rows)
    if told not in _made:
        path = Path(shutil.copy(empty_database(), empty_database().with_name(f"office{len(_made)}.sqlite3")))
        store = open_store(f"sqlite:///{path}")
        known(store, *rows)
        store.close()
        _made[told] = path
    return _made[told]


def known(store: SqlStore, *rows: RegisterRow) -> None:
    """Register these accounts, each of them found gone and confirmed; their administration may be written to."""
    changes = [RegisterChange(kind=ChangeKind.ADD, after=row) for row in rows]
    store.apply_changes(changes, an_occasion(NIGHT - timedelta(days=9)), source="test")
    ids = [account.id for account in store.accounts()]
    run, _ = store.start_run(RunKind.NIGHTLY, NIGHT.date(), NIGHT, [(id_, f"lane{id_}") for id_ in ids])
    lease = store.lease(run.id, store.lanes(run.id, NIGHT), len(ids), NIGHT, 240)
    store.record(lease, [_gone(id_) for id_ in ids], NIGHT)
    store.begin_comparing(run.id, NIGHT)
    stands = Standing(outcome=Outcome.FAILED, fingerprint="gone", severity=a_case().severity, decided_at=NIGHT)
    compared = [Compared(account_id=id_, standings={"gone": stands}, drifts=()) for id_ in ids]
    store.save_compared(run.id, compared, [a_case(account_id=id_) for id_ in ids], [], NIGHT)
    store.close_run(run.id, NIGHT)
    SqlLetters(store.db, STOCKHOLM).release("Kulturförvaltningen", "KA", NIGHT)


def _gone(account_id: int) -> Seen:
    mark = Marker("board.gone", "gone", "no such notice board")
    finding = a_finding(account_id=account_id, route=Route.OPEN, evidence=(mark,))
    return Seen(observation=an_observation(account_id=account_id), findings=(finding,))
