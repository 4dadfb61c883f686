"""A whole audit of the register: begun, leased, asked, read, judged, written, compared and closed.

    … kanalkoll_audit --prepare URLS_FILE     the register, written beside the addresses; before the clock runs

The platform's page is its only open route here, so that a look is one request, as it is for every other contender.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from audits.model import Observation, Occasion, Route
from audits.registering import ChangeKind, RegisterChange, RegisterRow
from bench.contenders.kanalkoll import PLATFORM, fetcher_for, key_of, named, told
from bench.contenders.lines import tell, urls
from bench.pages import name_of, number_in
from config.settings import Settings
from worker.fetching.fetcher import Fetcher
from worker.ports import RunKind, RunState
from worker.steps import Instruments
from worker.wiring import Deployment, make_instruments, open_store, settle, utc_now


def prepare(urls_file: Path) -> None:
    """Register every address of the file."""
    store = open_store(_settings(urls_file.with_suffix(".sqlite3")))
    rows = [_row(url) for url in urls_file.read_text(encoding="ascii").split()]
    changes = [RegisterChange(kind=ChangeKind.ADD, after=row) for row in rows]
    store.apply_changes(changes, Occasion(by="bench", at=utc_now(), why="bench"), source=urls_file.name)
    store.close()


def _row(url: str) -> RegisterRow:
    name = name_of(number_in(urlsplit(url).path) or 0)
    return RegisterRow(platform=PLATFORM, name=name, administration=name, raw=url, address=named(url), key=key_of(url))


def _settings(database: Path) -> Settings:
    """The defaults, whatever is set for a real deployment."""
    return Settings.model_construct(database_url=SecretStr(f"sqlite:///{database}"))


def by_page_alone(instruments: Instruments) -> Instruments:
    """The same, with the one route."""
    platform = instruments.platforms[PLATFORM]
    routes = tuple(offer for offer in platform.routes if offer.route is Route.PAGE)
    return replace(instruments, platforms={PLATFORM: replace(platform, routes=routes)})


def audit(addresses: list[str], database: Path, fetcher: Fetcher) -> list[dict[str, Any]]:
    """One run over the whole register, closed; what was seen, by address. Raises `RuntimeError` where it is not."""
    settle()
    settings, seen = _settings(database), dict[str, Observation]()
    instruments = by_page_alone(make_instruments(settings, utc_now()))
    deployment = Deployment(settings, open_store(settings), instruments, fetcher, utc_now)
    run = deployment.begin(RunKind.RECHECK, deployment.store.accounts(), "bench")
    while deployment.work(run.id, lambda account, observation: seen.update({account.address or "": observation})):
        pass
    closed, counts = deployment.store.run(run.id), deployment.store.counts(run.id)
    deployment.store.close()
    if closed is None or closed.state is not RunState.CLOSED or counts.done != len(addresses):
        raise RuntimeError(f"the run is not whole: {closed}, {counts}")
    return [told(url, seen[named(url)].facts) for url in addresses]


def main() -> None:
    if sys.argv[1] == "--prepare":
        return prepare(Path(sys.argv[2]))
    with TemporaryDirectory() as folder:
        database = Path(folder, "audit.sqlite3")
        copyfile(Path(sys.argv[1]).with_suffix(".sqlite3"), database)
        return tell(audit(urls(), database, fetcher_for(urls())))


if __name__ == "__main__":
    main()
