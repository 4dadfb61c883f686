"""Every question of `kanalkoll doctor` in turn, and those that need no file of their own.

each setting that is set · contact · network · time zone · clock · rules · permissions · discovery · short links
markers · database · Redis · held changes · keys · mail · controls · public list
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from audits.clocks import CLOCKS_DIFFER
from audits.days import Now, day_of
from audits.reading.markers import absences
from audits.reporting import days_unlooked
from audits.wording.reasons import quoted
from audits.wording.said import Said, said
from config.settings import Settings
from config.stated import load_settings
from worker.doctor.answer import Answer, State
from worker.doctor.clock import clock_answers
from worker.doctor.controls import control_answers
from worker.doctor.held_changes import held_answers
from worker.doctor.keys import key_answers
from worker.doctor.mail import mail_answer
from worker.doctor.network import contact_answer, network_answers
from worker.doctor.rules import rules_answer
from worker.doctor.settings import settings_answers
from worker.ports import StoreUnavailable
from worker.storage.engine import may_be_written
from worker.storage.room import Disk, disk_of
from worker.wiring import utc_now

if TYPE_CHECKING:
    from worker.ports import Run


DATABASE: Final = "database"
_NAMED: Final = 5  # of many short links
Question: TypeAlias = Callable[[Settings], Answer | Sequence[Answer]]


def examine() -> list[Answer]:
    """Ask everything; a question that fails is an answer too."""
    try:
        settings = load_settings()
    except ValueError as error:
        return [Answer(what="settings", state="wrong", told=error.args[0], remedy=said("doctor.mend.settings"))]
    questions: tuple[tuple[str, Question, str], ...] = (
        ("settings", settings_answers, said("doctor.mend.settings")),
        ("contact", contact_answer, said("doctor.mend.contact")),
        ("network", network_answers, said("doctor.mend.network")),
        ("time zone", _zone, said("doctor.mend.zone")),
        ("clock", clock_answers, said("doctor.database.ahead.remedy")),
        ("rules", rules_answer, said("doctor.mend.rules")),
        ("permissions", _permissions, said("doctor.mend.permissions")),
        ("discovery", _discovery, said("doctor.mend.discovery")),
        ("short links", _short_links, said("doctor.mend.database")),
        ("markers", _markers, said("doctor.mend.markers")),
        (DATABASE, database_in_place, said("doctor.mend.database")),
        ("redis", _redis, said("doctor.mend.redis")),
        ("held", held_answers, said("doctor.mend.database")),
        ("keys", key_answers, said("doctor.mend.keys")),
        ("mail", mail_answer, said("doctor.mend.mail")),
        ("controls", control_answers, said("doctor.mend.controls")),
        ("public list", _public_list, said("doctor.mend.list")),
    )
    return [answer for what, ask, remedy in questions for answer in _asked(what, ask, remedy, settings)]


def _asked(what: str, ask: Question, remedy: str, settings: Settings) -> list[Answer]:
    try:
        found = ask(settings)
    except StoreUnavailable as error:
        return [_without_database(what, error)]
    except Exception as error:  # noqa: BLE001  # whatever is wrong, a doctor says so and goes on to the next question
        return [Answer(what=what, state="wrong", told=_told(error), remedy=remedy)]
    return [found] if isinstance(found, Answer) else list(found)


def _without_database(what: str, error: StoreUnavailable) -> Answer:
    """What keeps the database away is told of the database; whatever else needs it waits for that to be mended."""
    if what != DATABASE:
        return Answer(what=what, state="ageing", told=said("doctor.unasked"), remedy=said("doctor.unasked.remedy"))
    told = _told(error)
    knows = isinstance(told, Said) and told.key != "refused.database"
    return Answer(
        what=what, state="wrong", told=told, remedy=said("doctor.mend.as_told" if knows else "doctor.mend.database")
    )


def _told(error: Exception) -> str:
    """What an error says in words of ours; of another's the first line, which is long enough for a table."""
    sentence = error.args[0] if error.args else None
    if isinstance(sentence, Said):
        return sentence
    return said("reasons.own_words", words=quoted(next(iter(str(error).splitlines()), type(error).__name__)[:300]))


def _zone(settings: Settings) -> Answer:
    here = utc_now().astimezone(settings.zone)
    return Answer(
        what="time zone", state="well", told=said("doctor.zone", zone=settings.timezone, now=f"{here:%Y-%m-%d %H:%M}")
    )


def _public_list(settings: Settings) -> Answer:
    """Where the list is, and that what stands around it can be used."""
    from config import lookalikes, public_list, wikidata

    wikidata.load_wikidata(settings.wikidata_file or wikidata.PATH)
    lookalikes.load_places(settings.lookalikes_file or lookalikes.PATH)
    declared = public_list.load_public_list(settings.public_list_file or public_list.PATH)
    if declared.url:
        return Answer(what="public list", state="well", told=said("doctor.list", url=declared.url, form=declared.form))
    told, remedy = said("doctor.list.none"), said("doctor.list.remedy")
    return Answer(what="public list", state="absent", told=told, remedy=remedy)


def _permissions(settings: Settings) -> Answer:
    """Whether the decisions on file can be used, and still hold."""
    from config.permissions import PATH, load_permissions
    from config.toml import one_a_line

    permissions = load_permissions(settings.permissions_file or PATH)
    told = said("doctor.permissions", count=len(permissions.decisions))
    if wrong := permissions.complaints(day_of(utc_now(), settings.zone)):
        remedy = said("doctor.mend.permissions")
        return Answer(what="permissions", state="ageing", told=one_a_line(wrong), remedy=remedy)
    return Answer(what="permissions", state="well", told=told)


def _discovery(settings: Settings) -> Answer:
    """Whether the walk over the city's own sites can begin, and where."""
    from config.discover import PATH, load_discovery
    from config.rules import PATH as RULES
    from config.rules import load_rules

    domains = load_rules(settings.rules_file or RULES).city.domains
    sites = load_discovery(settings.discover_file or PATH, domains).plan.sites
    if not sites:
        return Answer(
            what="discovery", state="absent", told=said("doctor.discovery.none"), remedy=said("doctor.discovery.remedy")
        )
    return Answer(what="discovery", state="well", told=said("doctor.discovery", count=len(sites), first=sites[0].url))


def _short_links(settings: Settings) -> list[Answer]:
    """Which short links keep accounts from being told as missing; nothing where none does."""
    from worker.storage.short_links import SqlShortLinks
    from worker.wiring import has_database, open_store

    if not has_database(settings):
        return []
    with closing(open_store(settings)) as store:
        hiding = SqlShortLinks(store.db).unfollowed()
    if not hiding:
        return []
    named = ", ".join(f"{each.url} ({each.page})" if each.page else each.url for each in hiding[:_NAMED])
    told = said("doctor.short_links", count=len(hiding), named=named)
    return [Answer(what="short links", state="ageing", told=told, remedy=said("doctor.short_links.remedy"))]


def _markers(settings: Settings) -> Answer:
    from config.markers import FOLDER, load_packs

    packs = load_packs(day_of(utc_now(), settings.zone), settings.markers_folder or FOLDER, settings.zone)
    count = sum(len(pack.markers) for pack in packs.by_platform.values())
    told = said("doctor.markers", count=count, packs=len(packs.by_platform))
    weak = sorted(rule.id for _, rule in absences(packs) if rule.has_aged(packs.today))
    own = absences(packs) if settings.markers_folder else ()  # the next release sees to its own
    soon = sorted(rule.id for _, rule in own if rule.ages_soon(packs.today))
    if not weak and not soon:
        return Answer(what="markers", state="well", told=told)
    for word, ids in (("weak", weak), ("soon", soon)):
        if ids:
            told = said(f"doctor.markers.{word}", told=told, ids=", ".join(ids))
    return Answer(what="markers", state="ageing", told=told, remedy=said("doctor.markers.remedy"))


def database_in_place(
    settings: Settings,
    may_write: Callable[[Path], bool] = may_be_written,
    disk: Callable[[str], Disk | None] = disk_of,
) -> Answer:
    """Whether it can be opened, read and written, and what it holds. Raises `StoreUnavailable`."""
    from worker.ports import NoDatabase
    from worker.storage.clocks import newest_run
    from worker.storage.engine import unwritable
    from worker.wiring import open_store

    if shut := unwritable(settings.database_url.get_secret_value(), may_write):
        told, remedy = said("doctor.database.shut", where=shut), said("doctor.database.shut.remedy")
        return Answer(what=DATABASE, state="wrong", told=told, remedy=remedy)
    try:
        with closing(open_store(settings, begins=False)) as store:
            accounts, last = store.accounts(), newest_run(store.db)
    except NoDatabase:
        return Answer(
            what=DATABASE, state="absent", told=said("doctor.database.none"), remedy="kanalkoll register import FILE"
        )
    if not accounts:
        told = said("doctor.database.never", count=0)
        return Answer(what=DATABASE, state="well", told=told, remedy=said("doctor.database.import"))
    answer = database_answer(len(accounts), last, Now(utc_now(), settings.zone), live=settings.live)
    return _with_room(answer, disk(settings.database_url.get_secret_value()))


def _with_room(answer: Answer, disk: Disk | None) -> Answer:
    """The same where its disk has room; a database that nothing can be written to is wrong, whatever else it is."""
    if disk is None or not disk.is_scarce:
        return answer
    key = "doctor.database.full" if disk.is_full else "doctor.database.scarce"
    told = said(key, told=answer.told, file=disk.file, free=disk.megabytes)
    state: State = "wrong" if disk.is_full or answer.state == "wrong" else "ageing"
    return Answer(what=DATABASE, state=state, told=told, remedy=said("doctor.database.room.remedy"))


_STOPPED: Final = 3  # days without a run: no night that was merely missed


def database_answer(accounts: int, last: Run | None, now: Now, *, live: bool = True) -> Answer:
    """How many accounts there are, and whether they are looked at every night: without `up` or a worker nobody is, and
    whoever watches by the exit status is to hear of it. No night is missed where nothing is asked (not `live`: a demo).

    Whether a run that lies ahead makes the clock wrong is said of the clock, and not here.
    """
    if last is None:
        return Answer(what=DATABASE, state="well", told=said("doctor.database.never", count=accounts))
    told = said("doctor.database", count=accounts, day=last.local_date)
    if last.started_at > now.at + CLOCKS_DIFFER:
        return Answer(what=DATABASE, state="well", told=said("doctor.database.ahead", told=told))
    if not (days := days_unlooked(last.started_at, now)):
        return Answer(what=DATABASE, state="well", told=told)
    late = said("doctor.database.late", told=told, count=days)
    state: State = "wrong" if live and days >= _STOPPED else "ageing"
    return Answer(what=DATABASE, state=state, told=late, remedy=said("doctor.database.late.remedy"))


def _redis(settings: Settings) -> Answer:
    if settings.redis_url is None:
        return Answer(what="redis", state="absent", told=said("doctor.redis.none"))
    from redis import Redis

    with Redis.from_url(settings.redis_url.get_secret_value(), socket_connect_timeout=3) as server:
        server.set("kanalkoll:doctor", "", px=1)  # a full one answers, and takes nothing
    return Answer(what="redis", state="well", told=said("doctor.answers"))
