"""What the doctor says of keys: which are held, half given or unknown, what they have used up, which end soon.

settings, environment ─key_answers▶ Answer …        of a key that nobody holds nothing is said
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime

from audits.days import day_of
from audits.wording.said import said
from config.keys import DeclaredKey
from config.safe import NoKeyFile, NoValue
from config.settings import Settings
from worker.doctor.answer import Answer
from worker.fetching.keyring import Keyring
from worker.ports import StoreUnavailable
from worker.wiring import has_database, open_store, utc_now
from worker.wiring.asking import held_keys


def key_answers(settings: Settings) -> list[Answer]:
    """One answer for each key that is held or half given; one for all where there is none. Raises `BadKeys`."""
    keyring, now = held_keys(settings), utc_now()
    answers = [
        Answer(what="keys", state="wrong", told=said("doctor.key.unknown", name=name), remedy=_near_key(name, keyring))
        for name in keyring.safe.unknown(keyring.declared)
    ]
    spent = _spent(settings, keyring, now)
    for key in keyring.declared.values():
        answers += _of_key(key, keyring, spent.get(key.name, {}), now)
    return answers or [
        Answer(what="keys", state="absent", told=said("doctor.keys.none"), remedy=said("doctor.keys.remedy"))
    ]


def _spent(settings: Settings, keyring: Keyring, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """What each key has used up, by its name; nothing where no database can be asked, of which another answer tells."""
    try:
        if not has_database(settings):
            return {}
        with closing(open_store(settings)) as store:
            return {
                key.name: store.key_uses(key.name, [limit.period for limit in key.limits(now)])
                for key in keyring.declared.values()
            }
    except StoreUnavailable:
        return {}


def _near_key(name: str, keyring: Keyring) -> str:
    """What would mend a variable that belongs to no key: the nearest that does."""
    near = difflib.get_close_matches(name, keyring.safe.known(keyring.declared), n=1)
    return said("doctor.key.near", name=near[0]) if near else said("doctor.key.see")


def _of_key(key: DeclaredKey, keyring: Keyring, used: Mapping[str, int], now: datetime) -> Iterator[Answer]:
    if missing := keyring.safe.lacks(key):
        told, remedy = said("doctor.key.partly"), said("doctor.key.set", names=", ".join(missing))
        yield Answer(what=f"key {key.name}", state="wrong", told=told, remedy=remedy)
    elif key.name in keyring.names:
        yield _held_key(key, keyring, used, now)


def _held_key(key: DeclaredKey, keyring: Keyring, used: Mapping[str, int], now: datetime) -> Answer:
    told, renew = key.told(used, now), said("doctor.key.renew", owner=key.renewed_by)
    try:
        keyring.safe.values(key)
    except NoKeyFile as none:
        return Answer(what=f"key {key.name}", state="wrong", told=none.args[0], remedy=said("doctor.key.file"))
    except NoValue as none:
        anew = said("doctor.key.anew", owner=key.renewed_by)
        return Answer(what=f"key {key.name}", state="wrong", told=none.args[0], remedy=anew)
    today = day_of(now, key.zone)
    if key.expired(today):
        return Answer(what=f"key {key.name}", state="wrong", told=said("doctor.key.expired", told=told), remedy=renew)
    if key.expires_soon(today) or key.spent(used, now):
        remedy = renew if key.expires_soon(today) else said("doctor.key.spent")
        return Answer(what=f"key {key.name}", state="ageing", told=told, remedy=remedy)
    return Answer(what=f"key {key.name}", state="well", told=told)
