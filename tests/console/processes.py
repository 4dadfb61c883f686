"""Consoles as processes of their own over one database, whose buttons are pressed as by browsers.

database ─with_buttons▶ paths by purpose        started(url) ─▶ where it is served, and the process to kill
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Final

import httpx

from audits.digest import Purpose
from tests.forkserver import forked
from tests.servers.processes import held_port
from tests.telling.letters import STOCKHOLM
from tests.telling.offices import CONSOLE, a_row, known
from worker.ports.telling import NewLink
from worker.steps.telling import LIFETIMES, PATHS, hash_of
from worker.storage import SqlStore, open_store
from worker.storage.letters import SqlLetters
from worker.storage.tokens import new_token
from worker.wiring import utc_now

WAITS: Final = 120.0  # seconds; the machine may be busy with other things
_OF_CASES: Final = (Purpose.FIX, Purpose.EXPLAIN, Purpose.NOT_OURS, Purpose.RECHECK, Purpose.EVIDENCE)


def with_buttons(url: str, purposes: Sequence[Purpose], count: int) -> Mapping[Purpose, Sequence[str]]:
    """The paths of that many buttons of each purpose, each about an account of its own and in a mailbox of its own."""
    with closing(open_store(url)) as store:
        addresses = [f"https://www.facebook.com/almestad{number}" for number in range(count)]
        known(store, *(a_row(platform="facebook", raw=each, address=each, key=f"facebook:{each[-9:]}",
                             name=f"Konto {number}") for number, each in enumerate(addresses)))  # fmt: skip
        return {each: list(_buttons(store, each)) for each in purposes}


def _buttons(store: SqlStore, purpose: Purpose) -> Iterator[str]:
    letters, until = SqlLetters(store.db, STOCKHOLM), utc_now() + LIFETIMES[purpose]
    for case in store.cases():
        token, key = new_token(), (case.account_id, case.rule, case.fingerprint)
        link = NewLink(hash=hash_of(token), purpose=purpose, expires_at=until, account_id=case.account_id,
                       case=key if purpose in _OF_CASES else None)  # fmt: skip
        letters.add([link], f"kultur{case.account_id}@almestad.example", "sv")
        yield f"/{PATHS[purpose]}/{token}"


@contextmanager
def started(url: str, **settings: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A console over the database, as an operator starts it: where it listens, and its process."""
    named = {"DATABASE_URL": url, "LIVE": "false", "CONSOLE_URL": CONSOLE, "OFFICER_RECIPIENT": "ka@almestad.example",
             "MAIL_FROM": "Kanalkoll <kanalkoll@almestad.example>", **settings}  # fmt: skip
    environment = {**os.environ, **{f"KANALKOLL_{name}": value for name, value in named.items()}}
    with held_port() as port:
        words = [str(forked()), "console", "--port", str(port)]
        process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait_for(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.kill()
            process.wait()


def _wait_for(root: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAITS
    with httpx.Client(timeout=WAITS) as browser:
        while not _answers(browser, root):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)


def _answers(browser: httpx.Client, root: str) -> bool:
    try:
        browser.get(f"{root}/ready")
    except httpx.TransportError:
        return False
    return True
