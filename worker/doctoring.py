"""Is everything in place? Each question has an answer and, where it is not well, a remedy.

settings · contact · rules · markers · time zone · database · Redis · keys · controls · public list · mail · network
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from audits.model import Transport
from audits.reading.markers import absences
from config.settings import Settings
from config.stated import load_settings
from worker.wiring import utc_now

if TYPE_CHECKING:
    from audits.controls import ControlReading
    from config.keys import DeclaredKey
    from worker.fetching.keyring import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`state` is well, ageing, absent (optional and not set up) or wrong."""

    what: str
    state: str
    told: str = ""
    remedy: str = ""


_NOT_REACHED: Final = ("dns", "dns_timeout", "connect", "connect_timeout", "proxy")  # as a reading's reason begins
Question: TypeAlias = Callable[[Settings], Answer | list[Answer]]


def examine() -> list[Answer]:
    """Ask everything; a question that fails is an answer too."""
    try:
        settings = load_settings()
    except ValueError as error:
        return [Answer(what="settings", state="wrong", told=str(error), remedy="mend the variable or kanalkoll.toml")]
    questions: tuple[tuple[str, Question, str], ...] = (
        ("contact", contact_answer, "set KANALKOLL_AGENT_CONTACT"),
        ("time zone", _zone, "set KANALKOLL_TIMEZONE to a name such as Europe/Stockholm"),
        ("rules", _rules, "mend config/rules.toml, or the file named by KANALKOLL_RULES_FILE"),
        ("markers", _markers, "mend the pack in config/markers"),
        ("database", _database, "set KANALKOLL_DATABASE_URL to a database that can be reached and written"),
        ("redis", _redis, "start Redis, or leave KANALKOLL_REDIS_URL out for the embedded deployment"),
        ("keys", _keys, "mend config/keys.toml, or the file named by KANALKOLL_KEYS_FILE"),
        ("mail", _mail, "set KANALKOLL_SMTP_HOST, KANALKOLL_SMTP_TLS and KANALKOLL_MAIL_FROM; see docs/digest.md"),
        ("controls", _controls, "mend config/controls.toml, or the file named by KANALKOLL_CONTROLS_FILE"),
        ("public list", _public_list, "mend config/public-list.toml, wikidata.toml or lookalikes.toml, as told"),
    )
    return [answer for what, ask, remedy in questions for answer in _asked(what, ask, remedy, settings)]


def _asked(what: str, ask: Question, remedy: str, settings: Settings) -> list[Answer]:
    try:
        found = ask(settings)
    except Exception as error:  # noqa: BLE001  # whatever is wrong, a doctor says so and goes on to the next question
        first = next(iter(str(error).splitlines()), type(error).__name__)
        return [Answer(what=what, state="wrong", told=first[:300], remedy=remedy)]
    return [found] if isinstance(found, Answer) else found


def contact_answer(settings: Settings) -> Answer:
    """Whether there is an address to name in every request; without one nobody is asked."""
    from worker.fetching.limits import Agent
    from worker.fetching.outcomes import NoPage

    if not settings.live:
        return Answer(what="contact", state="absent", told="nobody is asked: KANALKOLL_LIVE is false")
    try:
        Agent(contact=settings.agent_contact).check()
    except NoPage:
        told = f"KANALKOLL_AGENT_CONTACT is {settings.agent_contact or 'not set'}: nothing is read on any platform"
        remedy = "set KANALKOLL_AGENT_CONTACT, or agent_contact in kanalkoll.toml, to the https address of a page that "
        return Answer(what="contact", state="wrong", told=told, remedy=f"{remedy}says who asks and why")
    return Answer(what="contact", state="well", told=settings.agent_contact)


def _zone(settings: Settings) -> Answer:
    here = utc_now().astimezone(settings.zone)
    return Answer(what="time zone", state="well", told=f"{settings.timezone}, now {here:%Y-%m-%d %H:%M}")


def _public_list(settings: Settings) -> Answer:
    """Where the list is, and that what stands around it can be used."""
    from config import lookalikes, public_list, wikidata

    wikidata.load_wikidata(settings.wikidata_file or wikidata.PATH)
    lookalikes.load_places(settings.lookalikes_file or lookalikes.PATH)
    declared = public_list.load_public_list(settings.public_list_file or public_list.PATH)
    if declared.url:
        return Answer(what="public list", state="well", told=f"{declared.url}, read as {declared.form} every night")
    remedy = "set url in config/public-list.toml: then the register is held against the list"
    return Answer(what="public list", state="absent", told="nobody has said where it is", remedy=remedy)


def _rules(settings: Settings) -> Answer:
    from config.own_words import lacking
    from config.rules import PATH, load_rules

    book = load_rules(settings.rules_file or PATH)
    told = f"{len(book.routines)} rules for {', '.join(book.city.names)}"
    if not (waiting := lacking(book.routines.values())):
        return Answer(what="rules", state="well", told=told)
    remedy = "write your own routine's sentence as the rule's source: it is what letters quote"
    return Answer(what="rules", state="well", told=f"{told}; {waiting} lack your own routine's sentence", remedy=remedy)


def _markers(settings: Settings) -> Answer:
    from config.markers import FOLDER, load_packs

    packs = load_packs(utc_now().date(), settings.markers_folder or FOLDER)
    told = f"{sum(len(pack.markers) for pack in packs.by_platform.values())} markers in {len(packs.by_platform)} packs"
    weak = sorted(rule.id for _, rule in absences(packs) if rule.has_aged(packs.today))
    soon = sorted(rule.id for _, rule in absences(packs) if rule.ages_soon(packs.today))
    if not weak and not soon:
        return Answer(what="markers", state="well", told=told)
    ages = [f"{word}: {', '.join(ids)}" for word, ids in (("weak", weak), ("weak within 30 days", soon)) if ids]
    remedy = "an absence shown only by a weak marker is not believed: see whether it still holds, set verified_on"
    return Answer(what="markers", state="ageing", told="; ".join([told, *ages]), remedy=remedy)


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


def _keys(settings: Settings) -> list[Answer]:
    """One answer for each key that is held or half given; one for all where there is none."""
    from worker.wiring import held_keys, open_store

    keyring, now = held_keys(settings), utc_now()
    answers = [
        Answer(what="keys", state="wrong", told=f"{name} belongs to no declared key", remedy="see config/keys.toml")
        for name in keyring.safe.unknown(keyring.declared)
    ]
    with closing(open_store(settings)) as store:
        for key in keyring.declared.values():
            periods = [limit.period for limit in key.limits(now)]
            answers += _of_key(key, keyring, store.key_uses(key.name, periods), now)
    told = "none is held: no platform's official interface is open"
    return answers or [
        Answer(what="keys", state="absent", told=told, remedy="kanalkoll reach says what each would open")
    ]


def _of_key(key: DeclaredKey, keyring: Keyring, used: Mapping[str, int], now: datetime) -> Iterator[Answer]:
    if missing := keyring.safe.lacks(key):
        told, remedy = "only partly given", f"set {', '.join(missing)}"
        yield Answer(what=f"key {key.name}", state="wrong", told=told, remedy=remedy)
    elif key.name in keyring.names:
        yield _held_key(key, keyring, used, now)


def _held_key(key: DeclaredKey, keyring: Keyring, used: Mapping[str, int], now: datetime) -> Answer:
    from config.safe import NoValue

    told = "; ".join(key.told(used, now))
    try:
        keyring.safe.values(key)
    except NoValue as none:
        return Answer(what=f"key {key.name}", state="wrong", told=str(none), remedy=f"{key.owner}: give it anew")
    today = now.astimezone(key.zone).date()
    if key.expired(today):
        return Answer(what=f"key {key.name}", state="wrong", told=f"expired; {told}", remedy=f"{key.owner}: renew it")
    if key.expires_soon(today) or key.spent(used, now):
        remedy = f"{key.owner}: renew it" if key.expires_soon(today) else "closed until then; or raise the ceiling"
        return Answer(what=f"key {key.name}", state="ageing", told=told, remedy=remedy)
    return Answer(what=f"key {key.name}", state="well", told=told)


def _mail(settings: Settings) -> list[Answer]:
    from worker.mailing import mail_answer

    return mail_answer(settings)


def _controls(settings: Settings) -> list[Answer]:
    """Which controls read wrong in the latest run: an answer each, one for all where none did."""
    from config.controls import PATH, load_controls
    from worker.wiring import open_store

    declared = load_controls(settings.controls_file or PATH)
    with closing(open_store(settings)) as store:
        run = store.latest_run()
        readings = store.control_readings(run.id) if run else ()
    if run is None:
        told = f"not looked at yet; {len(declared)} routes will be in the first run"
        return [Answer(what="controls", state="absent", told=told)]
    asked = [reading for reading in readings if not reading.closed]
    if asked and all(_reached_nobody(reading) for reading in asked):
        return [_no_network(asked)]
    wrong = [_of_control(reading) for reading in asked if not reading.right]
    if wrong:
        return wrong
    right = sum(reading.right for reading in readings)
    told = f"{len(declared)} routes are controlled; {right} looks at them read right in the latest run"
    return [Answer(what="controls", state="well" if declared else "absent", told=told)]


def _reached_nobody(reading: ControlReading) -> bool:
    return reading.reason.partition(":")[0] in _NOT_REACHED


def _no_network(readings: Sequence[ControlReading]) -> Answer:
    """One line for all of them: what keeps every control away is no platform's doing."""
    told = f"this machine reaches nobody ({readings[0].reason})"
    remedy = (
        "see that this machine may look up names and connect to port 443; KANALKOLL_EGRESS_PROXY where all go by one"
    )
    return Answer(what="network", state="wrong", told=told, remedy=remedy)


def _of_control(reading: ControlReading) -> Answer:
    """Wrong where the control was read as what it is not; only ageing where it could not be seen tonight."""
    misread = reading.transport is Transport.OK
    saw = reading.existence.value if misread else reading.transport.value
    told = f"the {reading.side} one read as {saw}" + (f" ({reading.reason})" if reading.reason else "")
    remedy = "what this route says against accounts is not told until both controls read right"
    state = "wrong" if misread else "ageing"
    return Answer(what=f"control {reading.platform} {reading.route}", state=state, told=told, remedy=remedy)
