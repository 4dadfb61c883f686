"""The published list held against what the register would publish.

    published × generated, by key ─┬ only published ─▶ to be taken off, or registered
                                   ├ only generated ─▶ to be put on
                                   └ both, and some column says something else ─▶ to be changed

A closed account may stand on the list, where it says that it is closed; otherwise it is to be taken off. One that is
being closed is taken off on the way, and is not to be put on again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audits.columns import folded
from audits.listing.entries import Entry, Listed, ListState

_CLOSED_WORDS = ("closed", "avslut", "stang", "nedlag", "archived", "arkiv", "inactive", "inaktiv", "leaving")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one column says on the published list, and what it should say."""

    column: str
    published: str
    generated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What must be done to the published list."""

    to_add: tuple[Entry, ...] = ()
    to_remove: tuple[Listed, ...] = ()  # registered as closed, and listed as if it were in use
    unknown: tuple[Listed, ...] = ()  # listed, and not in the register
    disowned: tuple[Listed, ...] = ()  # listed, registered, and confirmed not to be the city's
    may_stand: tuple[Entry, ...] = ()  # not recognised there; a line that nobody understands may name them
    to_change: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)  # by key
    same: int = 0

    @property
    def is_empty(self) -> bool:
        told = (self.to_add, self.to_remove, self.unknown, self.disowned, self.may_stand, self.to_change)
        return not any(told)


def differ(
    published: Iterable[Listed],
    generated: Iterable[Entry],
    unasked: Collection[int] = (),
    disowned: Collection[str] = (),
    hidden: Collection[str | None] = (),
) -> Difference:
    """What must be done to the published list; columns that it does not have are not compared. `unasked` are the
    accounts that are not to be put on it: the city vouches for none of them, or is closing them. `disowned` are the
    keys of those that are confirmed not to be the city's; of the platforms, or keys, `hidden` (None: of any) nothing
    is missing.
    """
    there, several = {each.key: each for each in published}, _by_key(generated)
    wanted = {key: _nearest(there.get(key), entries) for key, entries in several.items()}
    both = [key for key in there if key in wanted]
    to_remove = tuple(there[key] for key in both if not may_stand(there[key], wanted[key]))
    kept = [key for key in both if may_stand(there[key], wanted[key])]
    changes = {key: found for key in kept if (found := tuple(_changes(there[key], wanted[key])))}
    in_use = (each for each in wanted.values() if each.state is not ListState.CLOSED and each.account_id not in unasked)
    absent = [each for each in in_use if each.key not in there]
    return Difference(
        to_add=tuple(each for each in absent if not _may_stand(each, hidden)),
        may_stand=tuple(each for each in absent if _may_stand(each, hidden)),
        to_remove=to_remove,
        unknown=tuple(each for key, each in there.items() if key not in wanted and key not in disowned),
        disowned=tuple(each for key, each in there.items() if key not in wanted and key in disowned),
        to_change=changes,
        same=len(kept) - len(changes),
    )


def _may_stand(entry: Entry, hidden: Collection[str | None]) -> bool:
    return not {None, entry.platform, entry.key}.isdisjoint(hidden)


def _by_key(generated: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for each in generated:
        found.setdefault(each.key, []).append(each)
    return found


def _nearest(listed: Listed | None, entries: Sequence[Entry]) -> Entry:
    """Of an account that the register holds more than once, the entry that the list means."""
    if listed is None:
        return entries[-1]
    return min(entries, key=lambda entry: len(tuple(_changes(listed, entry))))


def may_stand(listed: Listed, entry: Entry) -> bool:
    """Whether the account belongs on the list: a closed one does where the list says so."""
    return entry.state is not ListState.CLOSED or says_closed(listed.state)


def says_closed(words: str) -> bool:
    """Whether a list's words for a state, in any letters, say that the account is closed."""
    return any(word in folded(words) for word in _CLOSED_WORDS)


def tells_closed(words: str) -> bool:
    """The same of words that may say anything else: an archive's account is no closed one."""
    return any(word in folded(words) for word in _CLOSED_WORDS if word != "arkiv")


def _changes(listed: Listed, entry: Entry) -> Iterator[Change]:
    told = {"url": entry.url, "name": entry.name, "administration": entry.administration}
    for column, should in told.items():
        says = getattr(listed, column)
        if says and not _is_same(column, says, should):
            yield Change(column=column, published=says, generated=should)


def _is_same(column: str, says: str, should: str) -> bool:
    """Addresses that a browser takes for one, and words that differ in case or spaces only, are the same."""
    if column == "url":
        return _bare(says) == _bare(should)
    return folded(says) == folded(should) or not should


def _bare(url: str) -> str:
    return (url.partition("://")[2] or url).removeprefix("www.").rstrip("/").casefold()
