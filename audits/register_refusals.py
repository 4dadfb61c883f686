"""Why an address of a register leads to no account, and what would do.

Address ─┬ of a post, a search … ─▶ what it is        ┐
         ├ a plain name, no form of its platform's ─▶ ├ reason, remedy
         └ none that is known ─▶                      ┘
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from audits.columns import folded
from audits.model import Address, AddressKind
from audits.register_cells import BadCell
from audits.wording.said import said

_NOT_AN_ACCOUNT: Final = {
    AddressKind.POST: said("import.post"),
    AddressKind.SHARE: said("import.share"),
    AddressKind.SEARCH: said("import.search"),
    AddressKind.HASHTAG: said("import.hashtag"),
}
_NOTED: Final = frozenset({"display-name-not-handle", "no-account", "not-a-handle", "not-an-address"})
_NO_PLATFORM: Final = "not-an-address"  # of a name alone, where nothing says whose it is
_OF_A_GROUP: Final = frozenset({"group", "group-post"})
_BARE_NAME: Final = ("handle", "repair-needs-human")  # on a platform where a name alone is no account's for sure
_OWN_PAGE: Final = said("import.own_page")
_ELSEWHERE: Final[Mapping[str, str]] = {"unknown-host": said("import.website")}
_OF_A_WEBSITE: Final[Mapping[str, str]] = dict.fromkeys(("unknown-host", "not-a-handle"), said("import.by_its_name"))
_OF_A_STATE: Final = frozenset(
    {"nedlagd", "nedlagt", "nedlagda", "avslutad", "avslutat", "avslutade", "avvecklad", "avvecklat", "borttagen"}
    | {"borttaget", "stangd", "stangt", "vilande", "pausad", "pausat", "inaktiv", "inaktivt", "aktiv", "aktivt"}
    | {"okand", "okant", "ja", "finns", "privat", "closed", "deleted", "removed", "inactive", "active", "paused"}
    | {"dormant", "unknown", "yes", "private", "avsluttet", "stengt", "slettet", "hviler"}
)  # written where an address should stand; each could be a name, and hardly is one
_TICKS: Final = frozenset({"x", "(x)", "xx", "\u2713", "\u2714", "\u221a"})
_PHONE: Final = re.compile(r"(?=(?:\D*\d){7})\+?[\d\s()/\u2013-]+")  # of seven figures or more, however parted
_NAMED_BY: Final = re.compile(r"\A[^\W\d_]+\s*:\s*@?")  # "snap: " before a name
_NAME: Final = re.compile(r"[\w.\-]+")  # what no name is made of ends one
_COUNT: Final = 3  # figures of a number that counts accounts, as below a table; names of so few are rarer


def no_name(raw: str, named: Callable[[str], str | None]) -> BadCell | None:
    """What is told of a cell that could be a name by its form alone; None for anything else.

    Such are "(nedlagt)", the 12 of a line of totals, and "facebook/museet", which would be Facebook's own account.
    With an at sign or as an address any of them is the account's name. `named` tells which platform a word names.
    """
    bare = raw.strip()
    host, _, path = bare.partition("/")
    if path and named(host) is not None and "." not in host:
        return BadCell(raw, said("import.unread"), _OWN_PAGE)
    if bare.isdecimal() and len(bare) <= _COUNT:
        return BadCell(raw, said("import.unread_noted", notes=said("import.note.count")), said("import.or_empty"))
    if not any(sign in bare for sign in "@/.:_") and folded(bare) in _OF_A_STATE:
        return BadCell(raw, said("import.unread_noted", notes=said("import.note.state")), said("import.or_empty"))
    return None


def no_account(raw: str, address: Address, platform: str, *, among_several: bool = False, unknown: str = "") -> BadCell:
    """What is told of a pasted text that names no account, under a `platform` that its row names, or "".

    `among_several`: its cell or column names several platforms, of which a name alone says none; `unknown` is the word
    that stands where its row should name a platform, and names none.
    """
    if raw.strip().casefold() in _TICKS:
        return BadCell(raw, said("import.unread_noted", notes=said("import.note.tick")), said("import.or_empty"))
    if among_several and _NO_PLATFORM in address.notes and not _PHONE.fullmatch(raw.strip()):
        return BadCell(raw, said("import.unread_noted", notes=said("import.note.several")), said("import.of_which"))
    if _OF_A_GROUP & set(address.notes):
        return BadCell(raw, said("import.unread_noted", notes=said("import.note.group")), said("import.not_the_group"))
    if unknown and _NO_PLATFORM in address.notes:
        note = said("import.note.platform", word=unknown)
        return BadCell(raw, said("import.unread_noted", notes=note), _remedy(raw, address, platform))
    return BadCell(raw, _reason(raw, address), _remedy(raw, address, platform))


def _reason(raw: str, address: Address) -> str:
    if _PHONE.fullmatch(raw.strip()):
        return said("import.unread_noted", notes=said("import.note.phone"))
    if address.kind in _NOT_AN_ACCOUNT:
        return _NOT_AN_ACCOUNT[address.kind]
    if address.notes == _BARE_NAME:
        return said("import.unread_noted", notes=said("import.note.bare-name"))
    noted = next((each for each in reversed(address.notes) if each in _NOTED), None)
    return said("import.unread_noted", notes=said(f"import.note.{noted}")) if noted else said("import.unread")


def _remedy(raw: str, address: Address, platform: str) -> str:
    if address.notes == _BARE_NAME:
        name = _NAMED_BY.sub("", raw.strip())
        return said("import.with_at_sign", name=name) if _NAME.fullmatch(name) else _OWN_PAGE
    if known := address.owner_key or address.suggest_key:
        return said("import.perhaps", key=known)
    remedies = _OF_A_WEBSITE if platform == "website" else _ELSEWHERE
    return remedies.get(address.notes[-1] if address.notes else "", _OWN_PAGE)
