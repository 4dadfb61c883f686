"""Is everything in place? Each question has an answer and, where it is not well, a remedy.

settings · contact · network · time zone · clock · rules · permissions · discovery · short links · markers
database · Redis · held changes · keys · mail · controls · public list
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from audits.clocks import CLOCKS_DIFFER
from audits.days import Now, day_of
from audits.model import Transport
from audits.reached import is_unreached
from audits.reading.markers import absences
from audits.reporting import days_unlooked
from audits.wording.reasons import heard, quoted
from audits.wording.said import Said, said
from config.settings import Settings
from config.stated import load_settings
from worker.ports import StoreUnavailable
from worker.storage.engine import may_be_written
from worker.wiring import utc_now

if TYPE_CHECKING:
    from audits.controls import ControlReading
    from worker.ports import Run


State: TypeAlias = Literal["well", "set", "ageing", "absent", "wrong"]
"""`set`: given, and tried by nobody. `ageing`: to be seen to soon. `absent`: optional, and not set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one question; `told` and `remedy` may be `Said`."""

    what: str
    state: State
    told: str = ""
    remedy: str = ""


DATABASE: Final = "database"
_NAMED: Final = 5  # of many short links
Question: TypeAlias = Callable[[Settings], Answer | list[Answer]]


def examine() -> list[Answer]:
    """Ask everything; a question that fails is an answer too."""
    try:
        settings = load_settings()
    except ValueError as error:
        return [Answer(what="settings", state="wrong", told=error.args[0], remedy=said("doctor.mend.settings"))]
    questions: tuple[tuple[str, Question, str], ...] = (
        ("contact", contact_answer, said("doctor.mend.contact")),
        ("network", _network, said("doctor.mend.network")),
        ("time zone", _zone, said("doctor.mend.zone")),
        ("clock", _clock, said("doctor.database.ahead.remedy")),
        ("rules", _rules, said("doctor.mend.rules")),
        ("permissions", _permissions, said("doctor.mend.permissions")),
        ("discovery", _discovery, said("doctor.mend.discovery")),
        ("short links", _short_links, said("doctor.mend.database")),
        ("markers", _markers, said("doctor.mend.markers")),
        (DATABASE, database_in_place, said("doctor.mend.database")),
        ("redis", _redis, said("doctor.mend.redis")),
        ("held", _held, said("doctor.mend.database")),
        ("keys", _keys, said("doctor.mend.keys")),
        ("mail", _mail, said("doctor.mend.mail")),
        ("controls", _controls, said("doctor.mend.controls")),
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
    return [found] if isinstance(found, Answer) else found


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


def contact_answer(settings: Settings) -> Answer:
    """Whether there is an address to name in every request; without one nobody is asked."""
    from worker.fetching.limits import Agent
    from worker.fetching.outcomes import NoPage

    if not settings.live:
        return Answer(what="contact", state="absent", told=said("doctor.quiet"))
    try:
        Agent(contact=settings.agent_contact).check()
    except NoPage:
        given = settings.agent_contact
        told = said("doctor.contact.bad", given=given) if given else said("doctor.contact.none")
        return Answer(what="contact", state="wrong", told=told, remedy=said("doctor.contact.remedy"))
    return Answer(what="contact", state="set", told=said("doctor.contact", given=settings.agent_contact))


def _network(settings: Settings) -> list[Answer]:
    from worker.obstructing import network_answers

    return network_answers(settings)


def _zone(settings: Settings) -> Answer:
    here = utc_now().astimezone(settings.zone)
    return Answer(
        what="time zone", state="well", told=said("doctor.zone", zone=settings.timezone, now=f"{here:%Y-%m-%d %H:%M}")
    )


def _clock(settings: Settings) -> list[Answer]:
    from worker.clocked import clock_answers

    return list(clock_answers(settings))


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


def _rules(settings: Settings) -> Answer:
    from worker.ruled import rules_answer

    return rules_answer(settings)


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
    soon = sorted(rule.id for _, rule in absences(packs) if rule.ages_soon(packs.today))
    if not weak and not soon:
        return Answer(what="markers", state="well", told=told)
    for word, ids in (("weak", weak), ("soon", soon)):
        if ids:
            told = said(f"doctor.markers.{word}", told=told, ids=", ".join(ids))
    return Answer(what="markers", state="ageing", told=told, remedy=said("doctor.markers.remedy"))


def database_in_place(settings: Settings, may_write: Callable[[Path], bool] = may_be_written) -> Answer:
    """Whether it can be opened, read and written, and what it holds. Raises `StoreUnavailable`."""
    from worker.ports import NoDatabase
    from worker.storage.engine import unwritable
    from worker.wiring import open_store

    if shut := unwritable(settings.database_url.get_secret_value(), may_write):
        told, remedy = said("doctor.database.shut", where=shut), said("doctor.database.shut.remedy")
        return Answer(what=DATABASE, state="wrong", told=told, remedy=remedy)
    try:
        with closing(open_store(settings, begins=False)) as store:
            accounts, last = store.accounts(), store.latest_run()
    except NoDatabase:
        return Answer(
            what=DATABASE, state="absent", told=said("doctor.database.none"), remedy="kanalkoll register import FILE"
        )
    if not accounts:
        told = said("doctor.database.never", count=0)
        return Answer(what=DATABASE, state="well", told=told, remedy=said("doctor.database.import"))
    return database_answer(len(accounts), last, Now(utc_now(), settings.zone))


def database_answer(accounts: int, last: Run | None, now: Now) -> Answer:
    """How many accounts there are, and whether they are looked at every night: without `up` or a worker nobody is."""
    if last is None:
        return Answer(what=DATABASE, state="well", told=said("doctor.database.never", count=accounts))
    told = said("doctor.database", count=accounts, day=last.local_date)
    if last.started_at > now.at + CLOCKS_DIFFER:
        ahead, remedy = said("doctor.database.ahead", told=told), said("doctor.database.ahead.remedy")
        return Answer(what=DATABASE, state="wrong", told=ahead, remedy=remedy)
    if not (days := days_unlooked(last.started_at, now)):
        return Answer(what=DATABASE, state="well", told=told)
    late = said("doctor.database.late", told=told, count=days)
    return Answer(what=DATABASE, state="ageing", told=late, remedy=said("doctor.database.late.remedy"))


def _redis(settings: Settings) -> Answer:
    if settings.redis_url is None:
        return Answer(what="redis", state="absent", told=said("doctor.redis.none"))
    from redis import Redis

    with Redis.from_url(settings.redis_url.get_secret_value(), socket_connect_timeout=3) as server:
        server.ping()
    return Answer(what="redis", state="well", told=said("doctor.redis"))


def _held(settings: Settings) -> list[Answer]:
    from worker.awaited import held_answers

    return list(held_answers(settings))


def _keys(settings: Settings) -> list[Answer]:
    from worker.keyed import key_answers

    return key_answers(settings)


def _mail(settings: Settings) -> list[Answer]:
    from worker.mailing import mail_answer

    return mail_answer(settings)


def _controls(settings: Settings) -> list[Answer]:
    """Which controls read wrong in the latest run: an answer each, one for all where none did."""
    from config.controls import PATH, load_controls
    from worker.wiring import has_database, open_store

    declared = load_controls(settings.controls_file or PATH)
    not_yet = Answer(what="controls", state="absent", told=said("doctor.controls.not_yet", count=len(declared)))
    if not has_database(settings):
        return [not_yet]
    with closing(open_store(settings)) as store:
        run = store.latest_run()
        readings = store.control_readings(run.id) if run else ()
    if run is None:
        return [not_yet]
    asked = [reading for reading in readings if not reading.closed]
    if nobody := no_network(asked):
        return [nobody]
    if not asked:
        return [Answer(what="controls", state="absent", told=said("doctor.controls.none", count=len(declared)))]
    wrong = [_of_control(reading) for reading in asked if not reading.right]
    right = said("doctor.controls", count=len(declared), right=len(asked))
    return wrong or [Answer(what="controls", state="well", told=right)]


def no_network(readings: Sequence[ControlReading]) -> Answer | None:
    """One line for all of them, where not one was reached: what keeps every control away is no platform's doing."""
    if not readings or not all(is_unreached(each.reason) for each in readings):
        return None
    reason = said(f"doctor.reason.{readings[0].reason.partition(':')[0]}")
    told = said("doctor.network", reason=reason)
    return Answer(what="network", state="wrong", told=told, remedy=said("doctor.network.remedy"))


def _of_control(reading: ControlReading) -> Answer:
    """Wrong where the control was read as what it is not; only ageing where it could not be seen tonight."""
    misread = reading.transport is Transport.OK
    saw = reading.existence.value if misread else reading.transport.value
    seen = said(f"terminal.value.{saw}")
    because = said("doctor.control.because", saw=seen, reason=heard(reading.reason)) if reading.reason else seen
    told = said(f"doctor.control.{reading.side}", saw=because)
    remedy = said("doctor.control.remedy")
    state: State = "wrong" if misread else "ageing"
    return Answer(what=f"control {reading.platform} {reading.route}", state=state, told=told, remedy=remedy)
