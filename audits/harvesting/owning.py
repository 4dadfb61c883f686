"""Whose an account is, from all the places where a page names it.

    each mention:  what its place says × how its handle is named ─▶ likely · unlikely · unknown
    each account:  the best that any of its places says, then
                   a crowd               many on one platform, none named like the publisher: its staff, its members
                   listed together       what stands in one list with the publisher's own accounts
                   named by one pattern  …_almestad, …2030: a way of naming that its accounts share
                   the body above        its accounts are not those of a site that has its own
                   an office             whose a mayor's account is, the register says and no page
                   one row, one owner    what stands in one row with mostly others' accounts
                   a second row          buttons of another's, in the middle of a page that has its own
                   neighbours            a club, a paper or a person that is named after the place

Nothing here is a decision: `likely` asks a person to look, and `unknown` says that the page does not tell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from audits.harvesting.exclusions import Exclusion
from audits.harvesting.likeness import Likeness, parts_of
from audits.harvesting.mentions import ROW, Mention, Standing
from audits.harvesting.neighbours import is_a_neighbours, is_another_body, is_somebodys
from audits.harvesting.publisher import Publisher
from audits.harvesting.words import OFFICE
from audits.model import Own

_TABLE: Final[Mapping[Standing, tuple[Own, Own, Own]]] = {  # not named like the publisher, alike, the same
    Standing.CLAIMED: (Own.LIKELY, Own.LIKELY, Own.LIKELY),
    Standing.CHROME: (Own.LIKELY, Own.LIKELY, Own.LIKELY),
    Standing.INVITED: (Own.LIKELY, Own.LIKELY, Own.LIKELY),
    Standing.LISTED: (Own.LIKELY, Own.LIKELY, Own.LIKELY),
    Standing.OPEN: (Own.UNKNOWN, Own.LIKELY, Own.LIKELY),
    Standing.PROSE: (Own.UNLIKELY, Own.UNKNOWN, Own.LIKELY),
    Standing.EMBEDDED: (Own.UNLIKELY, Own.UNKNOWN, Own.LIKELY),
    Standing.FOREIGN: (Own.UNLIKELY, Own.UNLIKELY, Own.UNKNOWN),
}
_SAID: Final[Mapping[Standing, str]] = {
    Standing.CLAIMED: "the site names it as its own",
    Standing.CHROME: "in what frames the site's pages",
    Standing.INVITED: "beside an invitation to follow",
    Standing.LISTED: "on a page that lists channels",
    Standing.OPEN: "in a place that says nothing",
    Standing.PROSE: "in running text",
    Standing.EMBEDDED: "in an embedded post",
    Standing.FOREIGN: "in a part of the page that is about others",
}
_NAMED: Final = ("", "named partly like the publisher", "named like the publisher")
_ORDER: Final = (Own.LIKELY, Own.UNLIKELY, Own.UNKNOWN)  # the first that any place says


@dataclass(frozen=True, slots=True)
class Account:
    """One account and every place that names it. `handle` is what it is called, where it is called anything."""

    key: str
    handle: str
    mentions: tuple[Mention, ...]
    likeness: Likeness = Likeness.NONE
    standing: Standing = Standing.OPEN  # of the place that told most
    own: Own = Own.UNKNOWN
    why: str = ""

    def told(self, own: Own, why: str) -> Account:
        return replace(self, own=own, why=why)


@dataclass(frozen=True, slots=True)
class Seen:
    """An account before it has been judged, and the exclusion that holds for it."""

    key: str
    handle: str
    mentions: tuple[Mention, ...]
    exclusion: Exclusion | None = None


def owned(seen: Iterable[Seen], publisher: Publisher) -> dict[str, Account]:
    """Every account by its key, with whose it seems to be and why."""
    given = list(seen)
    excluded = [_excluded(each, each.exclusion) for each in given if each.exclusion]
    accounts = [_judged(each, publisher) for each in given if not each.exclusion]
    for step in _STEPS:
        accounts = step(accounts, publisher)
    return {account.key: account for account in (*accounts, *excluded)}


def _excluded(seen: Seen, exclusion: Exclusion) -> Account:
    return Account(seen.key, seen.handle, seen.mentions, own=Own.UNLIKELY, why=f"{exclusion.why} ({exclusion.id})")


_STRENGTH: Final = tuple(_TABLE)


def _judged(seen: Seen, publisher: Publisher) -> Account:
    like = publisher.likeness(seen.handle)
    verdicts = [(_verdict(mention, like, seen.key), mention.standing) for mention in seen.mentions]
    own, standing = min(verdicts, key=lambda each: (_ORDER.index(each[0]), _STRENGTH.index(each[1])))
    why = "; ".join(part for part in (_SAID[standing], _NAMED[like]) if part)
    return Account(seen.key, seen.handle, seen.mentions, like, standing, own, why)


def _verdict(mention: Mention, like: Likeness, key: str) -> Own:
    is_person = key.startswith(("linkedin:in:", "linkedin:pub:"))
    if is_person and not like and mention.standing is Standing.CHROME:
        return Own.UNKNOWN
    return _TABLE[mention.standing][like]


# --- what accounts say of each other --------------------------------------------------------------------------------

_FAMILY: Final = 5
_LIST: Final = 3
_TWO: Final = 2
_CROWD: Final = 4
_NUMBER: Final = re.compile(r"\d{2,4}\Z")


def _named_by_one_pattern(accounts: list[Account], _publisher: Publisher) -> list[Account]:
    """What five handles begin or end with, two of them the publisher's, is its way of naming."""
    patterns = {account.key: _patterns(account.handle) for account in accounts}
    likely = {account.key for account in accounts if account.own is Own.LIKELY}
    used = Counter(pattern for found in patterns.values() for pattern in found)
    trusted = Counter(pattern for key in likely for pattern in patterns[key])
    proven = {pattern for pattern, count in used.items() if count >= _FAMILY and trusted[pattern] >= _TWO}
    return [
        account.told(Own.LIKELY, "named by the pattern of the publisher's accounts")
        if account.own is not Own.LIKELY and not _is_foreign(account) and not proven.isdisjoint(patterns[account.key])
        else account
        for account in accounts
    ]


def _patterns(handle: str) -> frozenset[str]:
    """What may be a way of naming in a handle: its first and last word, and a number at its end."""
    parts = parts_of(handle.partition("@")[0])
    words = {f"{parts[0]}…", f"…{parts[-1]}"} if len(parts) > 1 else set()
    number = _NUMBER.search("".join(parts))
    return frozenset({*words, f"…{number[0]}"} if number else words)


def _is_foreign(account: Account) -> bool:
    return all(mention.standing is Standing.FOREIGN for mention in account.mentions)


def _listed_together(accounts: list[Account], _publisher: Publisher) -> list[Account]:
    """In a list where most accounts are the publisher's, the others are too."""
    members: dict[int, set[str]] = defaultdict(set)
    for account in accounts:
        for mention in account.mentions:
            if mention.standing in (Standing.OPEN, Standing.PROSE):
                for box in mention.boxes:
                    members[box].add(account.key)
    likely = {account.key for account in accounts if account.own is Own.LIKELY}
    ours = {key for keys in members.values() if _is_ours(keys, likely) for key in keys}
    return [
        account.told(Own.LIKELY, "listed among the publisher's accounts")
        if account.key in ours and account.own is not Own.LIKELY
        else account
        for account in accounts
    ]


def _is_ours(keys: set[str], likely: set[str]) -> bool:
    known = len(keys & likely)
    return len(keys) >= _LIST and known >= _TWO and 2 * known >= len(keys)


def _without_crowds(accounts: list[Account], _publisher: Publisher) -> list[Account]:
    by_place = [each for each in accounts if each.standing is Standing.CHROME and not each.likeness]
    counts = Counter(each.key.partition(":")[0] for each in by_place if each.own is Own.LIKELY)
    crowded = {each.key for each in by_place if counts[each.key.partition(":")[0]] >= _CROWD}
    return [
        account.told(Own.UNKNOWN, "one of many on its platform, and not named like the publisher")
        if account.key in crowded and account.own is Own.LIKELY
        else account
        for account in accounts
    ]


def _without_the_body_above(accounts: list[Account], publisher: Publisher) -> list[Account]:
    has_own = any(account.own is Own.LIKELY and account.likeness is Likeness.SAME for account in accounts)
    return [
        account.told(Own.UNKNOWN, "named like the body above, and the site has accounts of its own")
        if has_own and account.own is Own.LIKELY and publisher.is_above(account.handle)
        else account
        for account in accounts
    ]


def _without_offices(accounts: list[Account], publisher: Publisher) -> list[Account]:
    is_office = any(OFFICE.search(name.whole) for name in publisher.names)
    return [
        account.told(Own.UNKNOWN, "named after an office; whose it is, the register says")
        if not is_office and account.own is Own.LIKELY and OFFICE.search("".join(parts_of(account.handle)))
        else account
        for account in accounts
    ]


def _with_their_row(accounts: list[Account], _publisher: Publisher) -> list[Account]:
    """In a row of the page's frame where most accounts are another's, the rest say no more than they do."""
    framed = [account for account in accounts if account.standing is Standing.CHROME]
    anothers = {account.key for account in framed if account.own is Own.UNKNOWN}
    rows = _members(framed)
    return [
        account.told(Own.UNKNOWN, "in one row with accounts that are mostly another's")
        if account.own is Own.LIKELY and account in framed and _is_anothers(_row_of(account, rows), anothers)
        else account
        for account in accounts
    ]


def _members(accounts: Iterable[Account]) -> Mapping[int, set[str]]:
    """Which accounts each box holds."""
    members: dict[int, set[str]] = defaultdict(set)
    for account in accounts:
        for mention in account.mentions:
            for box in mention.boxes:
                members[box].add(account.key)
    return members


def _row_of(account: Account, rows: Mapping[int, set[str]]) -> set[str]:
    """The nearest company of at least three."""
    boxes = (rows[box] for mention in account.mentions for box in mention.boxes)
    return next((keys for keys in boxes if len(keys) >= _LIST), set())


def _is_anothers(row: set[str], anothers: set[str]) -> bool:
    return 2 * len(row & anothers) > len(row)


def _without_second_rows(accounts: list[Account], _publisher: Publisher) -> list[Account]:
    """A row of buttons in the middle of a page that frames its own is another's, if nothing in it is named like it."""
    framed = {
        _platform(each) for each in accounts if each.likeness is Likeness.SAME and any(map(_is_framed, each.mentions))
    }
    return [
        account.told(Own.UNKNOWN, "in a row beside the site's own accounts, and not named like the publisher")
        if account.own is Own.LIKELY and not account.likeness and _is_but_row(account) and _platform(account) in framed
        else account
        for account in accounts
    ]


def _platform(account: Account) -> str:
    return account.key.partition(":")[0]


def _is_framed(mention: Mention) -> bool:
    return mention.standing is Standing.CLAIMED or (mention.standing is Standing.CHROME and mention.place != ROW)


def _is_but_row(account: Account) -> bool:
    """Whether nothing but its row says that it is the site's."""
    return account.standing is Standing.CHROME and not any(map(_is_framed, account.mentions))


def _without_neighbours(accounts: list[Account], publisher: Publisher) -> list[Account]:
    """Whose an account is that another body, or a person, seems to have named after the place, no page tells."""
    return [
        account.told(Own.UNKNOWN, why)
        if account.own is Own.LIKELY and (why := _neighbourly(account, publisher))
        else account
        for account in accounts
    ]


def _neighbourly(account: Account, publisher: Publisher) -> str:
    """Why it may be a neighbour's; "" where nothing says so, or where the site claims it."""
    if account.likeness is Likeness.SAME or any(each.standing is Standing.CLAIMED for each in account.mentions):
        return ""
    if is_a_neighbours(account.handle, publisher):
        return "named after the place, as a body of its own"
    if not account.likeness and is_another_body(account.handle):
        return "named like another public body"
    is_open = account.standing in (Standing.OPEN, Standing.PROSE, Standing.EMBEDDED) or _is_but_row(account)
    return "named after the place, by somebody" if is_open and is_somebodys(account.handle, publisher) else ""


_STEPS: Final = (
    _without_crowds,
    _listed_together,
    _named_by_one_pattern,
    _without_second_rows,
    _without_neighbours,
    _without_the_body_above,
    _without_offices,
    _with_their_row,
)
