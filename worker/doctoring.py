"""Is everything in place? Each question has an answer and, where it is not well, a remedy.

settings · rules · markers · time zone · database · register · Redis · mail · network
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audits.reading.markers import Packs, is_existence
from config.settings import Settings
from worker.wiring import utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`state` is well, ageing, absent (optional and not set up) or wrong."""

    what: str
    state: str
    told: str = ""
    remedy: str = ""


def examine() -> list[Answer]:
    """Ask everything; a question that fails is an answer too."""
    try:
        settings = Settings()
    except ValueError as error:
        return [Answer(what="settings", state="wrong", told=str(error), remedy="mend the variable or kanalkoll.toml")]
    questions: tuple[tuple[str, Callable[[Settings], Answer], str], ...] = (
        ("time zone", _zone, "set KANALKOLL_TIMEZONE to a name such as Europe/Stockholm"),
        ("rules", _rules, "mend config/rules.toml, or the file named by KANALKOLL_RULES_FILE"),
        ("markers", _markers, "mend the pack in config/markers"),
        ("database", _database, "set KANALKOLL_DATABASE_URL to a database that can be reached and written"),
        ("redis", _redis, "start Redis, or leave KANALKOLL_REDIS_URL out for the embedded deployment"),
    )
    return [_asked(what, ask, remedy, settings) for what, ask, remedy in questions]


def _asked(what: str, ask: Callable[[Settings], Answer], remedy: str, settings: Settings) -> Answer:
    try:
        return ask(settings)
    except Exception as error:  # noqa: BLE001  # whatever is wrong, a doctor says so and goes on to the next question
        first = next(iter(str(error).splitlines()), type(error).__name__)
        return Answer(what=what, state="wrong", told=first[:300], remedy=remedy)


def _zone(settings: Settings) -> Answer:
    here = utc_now().astimezone(settings.zone)
    return Answer(what="time zone", state="well", told=f"{settings.timezone}, now {here:%Y-%m-%d %H:%M}")


def _rules(settings: Settings) -> Answer:
    from config.rules import PATH, load_rules

    book = load_rules(settings.rules_file or PATH)
    return Answer(what="rules", state="well", told=f"{len(book.routines)} rules for {', '.join(book.city.names)}")


def _markers(settings: Settings) -> Answer:
    from config.markers import FOLDER, load_packs

    packs = load_packs(utc_now().date(), settings.markers_folder or FOLDER)
    count = sum(len(pack.markers) for pack in packs.by_platform.values())
    weak = sorted(_weak(packs))
    if weak:
        remedy = "an absence shown only by a weak marker is not believed: see whether it still holds, set verified_on"
        return Answer(
            what="markers", state="ageing", told=f"{count} markers, {len(weak)} weak: {weak[0]} …", remedy=remedy
        )
    return Answer(what="markers", state="well", told=f"{count} markers in {len(packs.by_platform)} packs")


def _weak(packs: Packs) -> Iterator[str]:
    """Markers of an absence that have not been seen true for so long that they prove nothing any more."""
    for pack in packs.by_platform.values():
        for marker in pack.markers:
            if is_existence(marker) and marker.strength_on(packs.today) is not marker.strength:
                yield marker.id


def _database(settings: Settings) -> Answer:
    from worker.wiring import open_store

    store = open_store(settings)
    accounts = store.accounts()
    last = store.latest_run()
    told = f"{len(accounts)} accounts; last run {last.local_date if last else 'never'}"
    if not accounts:
        return Answer(what="database", state="well", told=told, remedy="kanalkoll register import FILE")
    return Answer(what="database", state="well", told=told)


def _redis(settings: Settings) -> Answer:
    if settings.redis_url is None:
        return Answer(what="redis", state="absent", told="embedded deployment: one process, no queue")
    from redis import Redis

    with Redis.from_url(settings.redis_url.get_secret_value(), socket_connect_timeout=3) as server:
        server.ping()
    return Answer(what="redis", state="well", told="answers")
