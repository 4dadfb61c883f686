"""Accounts as they are typed: by number, key, address or handle.

ACCOUNT ─▶ a number, or what else was typed ─number_of▶ its number │ BadInput: none, or which ones it fits
                                            ─chosen▶ those that are also of an administration, on a platform
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click

from worker.cli.naming import known_administration, near_to, unknown
from worker.cli.numbers import NUMBER
from worker.cli.showing import BadInput, NothingDone
from worker.cli.speaking import label, words

if TYPE_CHECKING:
    from audits.model import Account
    from worker.wiring import Deployment

Typed: TypeAlias = int | str
"""A number, or a key, an address or a handle."""


class _Account(click.ParamType[Typed]):
    """A number is held to what the database can hold; anything else waits for the register."""

    name = "account"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Typed:
        text = str(value).strip()
        is_number = text.removeprefix("-").isdecimal()
        return NUMBER.convert(text, param, ctx) if is_number else text


ACCOUNT: Final = _Account()


def number_of(deployment: Deployment, typed: Typed) -> int:
    """The number of the account that is meant; a number is taken as it is. Raises `BadInput`."""
    if isinstance(typed, int):
        return typed
    accounts = deployment.store.accounts()
    fitting = list(fitted(typed, accounts))
    if len(fitting) == 1:
        return fitting[0].id
    if not fitting:
        names = (name for each in accounts for name in (each.handle, each.key) if name)
        raise BadInput(f"{words('recheck.no_account', name=typed)}.{near_to(typed, names)}")
    raise BadInput(words("account.several", name=typed, accounts="; ".join(map(called, fitting))))


def must_exist(deployment: Deployment, number: int) -> None:
    """Raises `BadInput` where no account of the register has the number."""
    if not deployment.store.accounts(ids=[number]):
        raise BadInput(words("recheck.no_account", name=str(number)))


def chosen(
    deployment: Deployment, administration: str | None, platform: str | None, typed: Sequence[Typed]
) -> Sequence[Account]:
    """The accounts of the register that fit. Raises `BadInput` for an unknown name, `NothingDone` where none fits."""
    platforms = deployment.instruments.platforms
    if platform and platform not in platforms:
        raise unknown("platform", platform, tuple(platforms))
    whole = known_administration(deployment.store, administration) if administration else None
    ids = [number_of(deployment, each) for each in typed]
    accounts = deployment.store.accounts(administration=whole, platform=platform or None, ids=ids or None)
    if not accounts:
        raise NothingDone(words("audit.no_such"))
    return accounts


def called(account: Account) -> str:
    """Its name, its number and its platform."""
    return f"{words('numbered', name=account.name, number=account.id)} ({label(account.platform)})"


def fitted(typed: str, accounts: Sequence[Account]) -> Iterator[Account]:
    """The accounts whose key, address or handle it is, whatever the case; of one in the fediverse what stands before
    its server will do.
    """
    from audits.addresses import identify
    from audits.platforms import GRAMMARS

    key, handle = identify(typed, None, GRAMMARS).key, typed.removeprefix("@").casefold()
    for each in accounts:
        names = {name.removeprefix("@").casefold() for name in (each.key, each.address, each.handle) if name}
        local = (each.handle or "").removeprefix("@").partition("@")[0].casefold()
        if (key and key == each.key) or handle in names or handle == local:
            yield each
