"""Three hundred digests, and a sender that is killed forty times.

KANALTEST_MAIL_SEEDS=5 (make mail-deep) kills at other moments each time.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pytest

from audits.digest import Addressee
from tests.empty import migrated
from tests.servers.scripted_smtp import Conversation, Script, ScriptedServer, scripted_server
from tests.telling.envelopes import an_envelope, composed
from tests.telling.letters import STOCKHOLM, TUESDAY
from worker.ports.telling import LetterKind, LetterState, NewLetter
from worker.sending.composing import headers
from worker.storage import open_store
from worker.storage.letters import SqlLetters

DIGESTS, KILLS = 300, 40
SEEDS: Final = range(int(os.environ.get("KANALTEST_MAIL_SEEDS", "1")))


def slow(talk: Conversation) -> bool:
    """A server that thinks before it takes a letter, and before it says so: kills meet both moments."""
    time.sleep(0.002)
    talk.store()
    time.sleep(0.002)
    talk.reply("250 taken")
    return True


def key(number: int) -> str:
    return f"weekly:2026-W46:{number}@almestad.example"


def a_letter(number: int) -> NewLetter:
    address = f"{number}@almestad.example"
    message = composed(key=key(number), recipient=address)
    return NewLetter(key=key(number), recipient=Addressee(address=address), subject="1 ny", message=message)


@contextmanager
def nursery(database: str, server: ScriptedServer) -> Iterator[tuple[IO[str], IO[str]]]:
    """The process that senders are forked from: where to ask for one, and where it says its pid and its end."""
    command = [sys.executable, "-m", "tests.telling.sender", database, str(server.port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdin, process.stdout
        process.stdin.close()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.long
def test_no_digest_arrives_twice_however_often_its_sender_is_killed(tmp_path: Path, seed: int) -> None:
    database = migrated(tmp_path / "letters.sqlite3")
    store = open_store(database)
    letters = SqlLetters(store.db, STOCKHOLM)
    letters.write(LetterKind.WEEKLY, "2026-W46", [a_letter(number) for number in range(DIGESTS)], TUESDAY)
    chance, killed = random.Random(seed), 0  # noqa: S311  # moments, no secret
    with scripted_server(Script("slow", {"CONTENT": (slow,)}, forever=True)) as server:
        with nursery(database, server) as (ask, told):
            for generation in range(KILLS + 1):
                ask.write(f"{generation}\n")
                pid = int(told.readline())
                if generation < KILLS:
                    time.sleep(chance.uniform(0.005, 0.08))
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
                ask.write("wait\n")
                assert told.readline() == "ended\n"
        parked = letters.recover(TUESDAY.replace(year=2027))
        taken = Counter({id_.decode(): count for id_, count in server.taken.items()})
    states = {letter.key: letter.state for letter in letters.letters()}
    store.close()
    numbers = {headers(an_envelope(key=name))["Message-ID"]: name for name in states}
    assert killed == KILLS
    assert max(taken.values()) == 1, "never twice"
    assert set(states.values()) <= {LetterState.SENT, LetterState.PARKED}, "every digest ends in a named place"
    sent = {name for name, state in states.items() if state is LetterState.SENT}
    assert sent <= {numbers[id_] for id_ in taken}, "what is called sent has arrived"
    assert len(states) - len(sent) <= KILLS, "a kill parks one digest at most"
    assert parked <= 1
