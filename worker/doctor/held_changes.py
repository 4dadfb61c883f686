"""What the doctor says of changes that wait for a person's word.

held changes of the latest night ─▶ one answer each, with the command that shows whose they are
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from audits.days import day_of
from audits.languages import LANGUAGES
from audits.platforms import PLATFORMS
from audits.wording.said import Called, Said, said
from config.rules import PATH as RULES
from config.rules import load_rules
from worker.doctor.answer import Answer
from worker.wiring import has_database, open_store, utc_now

if TYPE_CHECKING:  # the doctor asks this module
    from audits.rulebook import Routine
    from config.settings import Settings
    from worker.ports import HeldChange


def held_answers(settings: Settings) -> Sequence[Answer]:
    """What is held, by platform and rule; nothing where nothing is. Raises `StoreUnavailable`."""
    from worker.storage.holding import SqlHolds

    if not has_database(settings):
        return []
    with closing(open_store(settings)) as store:
        waiting = SqlHolds(store.db).held_now(day_of(utc_now(), settings.zone))
    routines = load_rules(settings.rules_file or RULES).routines if waiting else {}
    return [
        Answer(what="held", state="ageing", told=_told(each, routines.get(each.rule)), remedy=_remedy(each))
        for each in waiting
    ]


def _told(held: HeldChange, routine: Routine | None) -> Said:
    platform = PLATFORMS.get(held.platform)
    called = {language: platform.called(language) if platform else held.platform for language in LANGUAGES}
    title = Called(routine.title) if routine and routine.title else held.rule
    return said("doctor.held", changed=held.changed, seen=held.seen, platform=Called(called), title=title)


def _remedy(held: HeldChange) -> Said:
    return said("doctor.held.remedy", platform=held.platform, rule=held.rule)
