"""By which rules nights go on: no half a file may judge, and none may stop a city's nights without a word.

rules.toml ─┬ can be used ─▶ these
            └ cannot ─▶ the last ones that were in use, as the database keeps them, and why
a run ─▶ the rules with which it began, whichever are in the file by now
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from config.declaring import BadRules
from config.files import BadFile
from config.rules import PATH, Rulebook, load_rules, read_rules
from worker.storage.ruling import SqlRules

if TYPE_CHECKING:
    from config.settings import Settings
    from worker.ports import Run
    from worker.storage import SqlStore


def rules_to_go_on(settings: Settings, store: SqlStore) -> tuple[Rulebook, str]:
    """The rules for whoever works by itself, and why those of the file are not used; "" where they are.

    Raises `BadRules` or `BadFile` where the file cannot be used and no version that can be read was ever kept.
    """
    try:
        return load_rules(settings.rules_file or PATH), ""
    except (BadRules, BadFile) as wrong:
        kept = SqlRules(store.db).latest_rules()
        last = _read(kept.text) if kept else None
        if last is None:
            raise
        return last, wrong.args[0]


def rules_of(run: Run, store: SqlStore, today: Rulebook) -> Rulebook:
    """The rules by which all of a run's accounts are judged: those that were in use when it began, so that a change
    while it is under way judges no half of a night. Today's where another release has kept those.
    """
    text = store.rules_text(run.started_at)
    return today if text is None or text == today.text else _read(text) or today


@lru_cache(2)  # each slice of a run reads them anew, and each reading takes 30 ms
def _read(text: str) -> Rulebook | None:
    try:
        return read_rules(text)
    except BadRules:
        return None
