"""One account under addresses of several kinds, of which no look has told yet that they are one.

facebook:almestad ─┬ facebook:id:123        unless the register has pinned the page's number
youtube:@almestad ─┼ youtube:user:almestad, youtube:c:…, youtube:channel:UC…
linkedin:company:… ─┴ linkedin:company:4711, linkedin:school:…

Until a look has followed such an address, nobody is missing for it, and it is nobody's that the register lacks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from audits.model import Account

if TYPE_CHECKING:  # which asks here what its accounts may be named as
    from audits.reconciling.sources import LinkedChannel

_SHAPES: Final = (
    (re.compile(r"youtube:@.+"), "handle"),
    (re.compile(r"bluesky:did:.+"), "did"),
    (re.compile(r"flickr:\d+@n\d+", re.I), "nsid"),
    (re.compile(r"linkedin:company:\d+"), "number"),
    (re.compile(r"vimeo:user\d+"), "number"),
)
_PINNED_AS: Final[Mapping[tuple[str, str], Collection[str]]] = {
    ("youtube", "channel"): ("channel",),
    ("facebook", "id"): ("page", "profile"),
    ("x", "id"): ("user",),
    ("bluesky", "did"): ("did",),
    ("flickr", "nsid"): ("nsid",),
}
_APART: Final[Mapping[str, Collection[str]]] = {  # kinds that are nobody's other address, but each other's
    "showcase": {"number"},
    "in": {"pub"},
    "pub": {"in"},
    "playlist": (),
    "artist": (),
}


def form_of(key: str) -> str:
    """The kind of address that a key stands for; empty for the platform's usual one."""
    known = next((form for shape, form in _SHAPES if shape.fullmatch(key)), None)
    return known if known is not None else key.partition(":")[2].rpartition(":")[0]


class Held(NamedTuple):
    """What many accounts have in common: by which kinds of addresses they may be named besides their own."""

    platform: str
    form: str
    pinned: frozenset[str]  # the namespaces of its ids


def held_as(account: Account) -> Held:
    """What the account has in common with many: its platform, its key's form and the namespaces of its ids."""
    return Held(account.platform, form_of(account.key or ""), frozenset(known.namespace for known in account.pinned))


def may_be_one(key: str, held: Held, linked: Mapping[str, LinkedChannel]) -> bool:
    """Whether a key that names none of ours may be such an account's, by an address of another kind.

    An id would be known as the account's where the register has pinned one of its kind, and so would an address that
    has been followed to one.
    """
    platform, form = key.partition(":")[0], form_of(key)
    forms = frozenset({form, held.form})
    if platform != held.platform or len(forms) == 1 or any(_is_apart(each, forms) for each in forms):
        return False
    seen = linked.get(key)
    shown = (seen.shown or "").partition(" ")[0] if seen else ""
    told = bool(seen and seen.leads_to) or shown in held.pinned
    return not told and held.pinned.isdisjoint(_PINNED_AS.get((platform, form), ()))


def has_its_id(key: str, account: Account) -> bool:
    """Whether the account's own id of every kind is pinned that the key could hold: another one is another's.

    A page of Facebook has one as a page and one as a profile, and a number does not tell which it is.
    """
    kinds = _PINNED_AS.get((key.partition(":")[0], form_of(key)), ())
    return bool(kinds) and {known.namespace for known in account.pinned}.issuperset(kinds)


def _is_apart(form: str, forms: frozenset[str]) -> bool:
    return form in _APART and forms.isdisjoint(_APART[form])
