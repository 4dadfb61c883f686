"""Several consoles over one database, as behind a proxy that spreads its visitors: each button is answered once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from typing import Any, Final

import httpx
import pytest
from sqlalchemy import select

from audits.digest import Purpose, WhenWell
from tests.builders import NIGHT
from tests.console.processes import WAITS, started, with_buttons
from tests.telling.letters import STOCKHOLM
from worker.storage import open_store
from worker.storage import tables as t
from worker.storage.engine import Database, connect
from worker.storage.letters import SqlLetters
from worker.storage.migrate import upgrade

HANDS: Final = 4
BUTTONS: Final = 3
POST: Final = "https://www.facebook.com/almestad{button}/posts/1234567890"
ANSWERS: Final[Mapping[Purpose, Callable[[int, int], Mapping[str, str]]]] = {
    Purpose.FIX: lambda hand, _: {"by": f"Bea{hand}", "what": "acknowledge"},  # after which "it is done" is open
    Purpose.ATTEST: lambda hand, button: {"by": f"Bea{hand}", "link": POST.format(button=button), "on": "2026-11-09"},
    Purpose.RECHECK: lambda hand, _: {"by": f"Bea{hand}"},
    Purpose.STOP: lambda *_: {"List-Unsubscribe": "One-Click"},
    Purpose.REPORT: lambda _, button: {"by": "Bea", "what": "new", "link": f"https://x.com/konsthallen{button}"},
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database, of each kind in turn."""
    found: str = request.getfixturevalue("sqlite_copy" if request.param == "sqlite" else "postgres_url")
    upgrade(found)
    return found


@pytest.fixture
def two(url: str) -> Iterator[list[str]]:
    """Where two consoles over that database are served."""
    with ExitStack() as open_:
        yield [open_.enter_context(started(url))[0] for _ in range(2)]


def pressed_by_all(roots: list[str], purpose: Purpose, paths: Sequence[str]) -> list[Counter[int]]:
    """What many are answered who press each button at the same moment, in one process or another."""
    ready = threading.Barrier(HANDS)

    def press(hand: int, button: int) -> int:
        ready.wait(WAITS)
        data = ANSWERS[purpose](hand, button)
        return browser.post(f"{roots[hand % 2]}{paths[button]}", data=data).status_code

    with httpx.Client(timeout=WAITS) as browser, ThreadPoolExecutor(HANDS) as hands:
        return [Counter(hands.map(press, range(HANDS), [button] * HANDS)) for button in range(BUTTONS)]


def rows(url: str, table: Any) -> list[Mapping[str, Any]]:
    engine = connect(url)
    try:
        return Database(engine).read(lambda conn: [dict(row) for row in conn.execute(select(table)).mappings()])
    finally:
        engine.dispose()


@pytest.mark.long
def test_of_many_who_press_one_button_in_two_processes_one_is_answered(url: str, two: list[str]):
    paths = with_buttons(url, list(ANSWERS), BUTTONS)
    answered = {each: pressed_by_all(two, each, paths[each]) for each in ANSWERS}
    for purpose, won in ((Purpose.FIX, 303), (Purpose.ATTEST, 200), (Purpose.RECHECK, 303)):
        assert answered[purpose] == [{won: 1, 409: HANDS - 1}] * BUTTONS, purpose
    for purpose in (Purpose.STOP, Purpose.REPORT):
        assert answered[purpose] == [{200: HANDS}] * BUTTONS, "who presses such a button twice hears the same"
    assert len([each for each in rows(url, t.case_event) if each["act"] == "acknowledge"]) == BUTTONS
    assert len([each for each in rows(url, t.link) if each["purpose"] == "undo"]) == BUTTONS
    assert len(rows(url, t.statement)) == len(rows(url, t.mail_pause)) == BUTTONS
    assert len([each for each in rows(url, t.letter) if each["kind"] == "notice"]) == 2 * BUTTONS
    assert len([each for each in rows(url, t.run) if each["kind"] == "recheck"]) == BUTTONS


def kept_of(url: str) -> tuple[set[int], set[int], set[int]]:
    """The cases whose button is used, those with a decision, and those whose decision can be taken back."""
    links = rows(url, t.link)
    used = {each["case_id"] for each in links if each["purpose"] == "fix" and each["used_at"]}
    undone = [each["case_id"] for each in links if each["purpose"] == "undo"]
    decided = [each["case_id"] for each in rows(url, t.case_event) if each["by"].startswith("Bea")]
    assert len(undone) == len(set(undone))
    assert len(decided) == len(set(decided))
    return used, set(decided), set(undone)


@pytest.mark.long
def test_a_press_that_is_killed_anywhere_is_kept_whole_or_not_at_all(url: str):
    paths = list(with_buttons(url, [Purpose.FIX], 24)[Purpose.FIX])
    for kills_left in reversed(range(3)):
        with started(url) as (root, process), _browser(root) as browser, ThreadPoolExecutor(3) as hands:
            for number, _ in enumerate(hands.map(partial(_press, browser), paths)):
                if kills_left and number == 8 * (3 - kills_left):
                    process.kill()  # while others are being pressed
        used, decided, undoable = kept_of(url)
        assert used == decided == undoable
    assert len(kept_of(url)[0]) == len(paths), "who was told nothing presses again"


def _browser(root: str) -> httpx.Client:
    return httpx.Client(base_url=root, timeout=WAITS)


def _press(browser: httpx.Client, path: str) -> None:
    try:
        browser.post(path, data={"by": "Bea", "what": "acknowledge"})
    except httpx.TransportError:
        return  # killed meanwhile: whoever pressed presses again


def test_what_fails_in_the_middle_leaves_nothing_of_it(url: str):
    def cut_off(db: Database) -> None:
        SqlLetters(db, STOCKHOLM).wish("kultur@almestad.example", WhenWell.LINE, "Bea", NIGHT)
        assert SqlLetters(db, STOCKHOLM).wishes(), "what one store writes the next one reads"
        raise RuntimeError("cut off")

    with closing(open_store(url)) as store:
        with pytest.raises(RuntimeError, match="cut off"):
            store.db.together(cut_off)
        assert SqlLetters(store.db, STOCKHOLM).wishes() == {}
