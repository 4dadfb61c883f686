"""A routine of one rule, to be changed, and how it is put into use."""

from __future__ import annotations

from config.rules import Rulebook, read_rules
from tests.builders import as_of
from tests.fakes import board, some_instruments
from tests.worker.nights import City
from worker.steps.ruling import note_rules
from worker.storage import SqlStore
from worker.storage.ruling import SqlRules


def rules(
    notice: int = 90, extra: str = "", *, deviation: int = 180, severity: str = "low", looks: int = 1
) -> Rulebook:
    return read_rules(
        f'[rule.silence]\ncheck = "inactive"\nguarded = false\nconfirm = {{ looks = {looks} }}\ntitle.sv = "Tyst"\n'
        f'severity = "{severity}"\nlevels = {{ deviation = "medium" }}\n'
        f"limits = {{ notice_days = {notice}, deviation_days = {deviation}, closing_days = 365 }}\n{extra}"
    )


NAMED = '[rule.named]\ncheck = "matches"\nof = "sender"\nguarded = false\nlimits = { any_of = ["Bergby"] }\n'


def take(city: City, book: Rulebook) -> None:
    """Put rules into use, as the tick does before a night begins."""
    city.instruments = some_instruments(book)
    note_rules(city.store, SqlRules(city.store.db), book, as_of(city.clock()))


def city_that_last_posted(store: SqlStore, *days: str) -> City:
    """Three accounts under that routine, of which the first ones last posted on these days; one night has passed."""
    city = City(store, 3)
    for number, day in enumerate(days):
        city.web[city.addresses[number]] = board(posted=day, number=str(number))
    take(city, rules())
    city.night()
    return city
