"""The register held against the list, the sites and Wikidata, both ways.

    every channel that is named somewhere ─▶ at most one thing that is the matter with it, the gravest
    every registered account              ─▶ what is missing: on the list, on the sites, on its own profile

A source that was never read says nothing, so nothing is missing from it. A channel that people decided is not ours is
not asked about again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from audits.columns import folded
from audits.listing import ListState, state_of
from audits.listing.differing import says_closed
from audits.model import Account, Existence, Kind, Own, Sighted, Source
from audits.reconciling.discrepancies import Disagreement, Discrepancy
from audits.reconciling.forms import held_as, may_be_one
from audits.reconciling.lost import MOST_PAGES
from audits.reconciling.sources import Sources

_NO_CHANNELS: Final = frozenset({"feed", "website"})  # a site's own feed and its neighbours are nothing to register
_NAMED_BY_US: Final = (Source.LIST, Source.SITE)


def reconcile(sources: Sources, today: date) -> tuple[Discrepancy, ...]:
    """Everything that the sources disagree about, in the order of `Disagreement`, then by key. `today` is local."""
    found = (*_of_channels(sources, today), *_of_accounts(sources, today), *_of_twins(sources))
    order = list(Disagreement)
    return tuple(sorted(found, key=lambda each: (order.index(each.what), not each.is_likely, each.key)))


# --- channels that are named somewhere


def _of_channels(sources: Sources, today: date) -> Iterator[Discrepancy]:
    for key in sources.places:
        ours = [each for source in _NAMED_BY_US for each in sources.among(source, key)]
        if ours:
            yield from _first(key, ours, sources, today)
        elif sources.among(Source.WIKIDATA, key):
            yield from _wikidata(key, sources, today)


def _first(key: str, ours: Sequence[Sighted], sources: Sources, today: date) -> Iterator[Discrepancy]:
    """The gravest thing that is the matter with a channel."""
    for check in _CHECKS:
        found = check(key, ours, sources, today)
        if found is not None:
            yield found
            return


Check = Callable[[str, Sequence[Sighted], Sources, date], Discrepancy | None]


def _anothers(key: str, ours: Sequence[Sighted], sources: Sources, today: date) -> Discrepancy | None:  # noqa: ARG001  # one signature for all
    linked = sources.linked.get(key)
    shown = linked.shown if linked is not None and linked.is_anothers and key not in sources.not_ours else None
    if shown is None and sources.lost_as(key) is not Disagreement.ANOTHERS_STILL_LINKED:
        return None
    return replace(_told(Disagreement.ANOTHERS_STILL_LINKED, key, ours, sources), says=shown or "")


def _gone(key: str, ours: Sequence[Sighted], sources: Sources, today: date) -> Discrepancy | None:  # noqa: ARG001  # as above
    linked = sources.linked.get(key)
    is_seen = linked is not None and linked.is_gone
    if not is_seen and sources.lost_as(key) is not Disagreement.GONE_STILL_LINKED:
        return None
    return _told(Disagreement.GONE_STILL_LINKED, key, ours, sources)


def _closed(key: str, ours: Sequence[Sighted], sources: Sources, today: date) -> Discrepancy | None:
    """On the list as if it were in use: an account that is closed, or has left the register.

    One that is open after its end date is not closed yet: its own case tells of it.
    """
    listed = [each for each in ours if each.source is Source.LIST and not _says_closed(key, sources)]
    account, left = sources.account_of(key), sources.left.get(key)
    is_closed = _is_closed(account, sources, today) if account else left is not None
    return _told(Disagreement.CLOSED_STILL_LISTED, key, listed, sources) if listed and is_closed else None


def _is_closed(account: Account, sources: Sources, today: date) -> bool:
    is_open = account.id in sources.outlived and account.kind is not Kind.SIGNPOSTED_CLOSED
    return state_of(account, today) is ListState.CLOSED and not is_open


def _says_closed(key: str, sources: Sources) -> bool:
    listed = sources.listed.get(key)
    return listed is not None and says_closed(listed.state)


def _old_address(key: str, ours: Sequence[Sighted], sources: Sources, today: date) -> Discrepancy | None:  # noqa: ARG001  # as above
    """A name that a registered account bore before, or an address that leads to it."""
    if key in sources.by_key:
        return None
    account = sources.by_id.get(sources.former.get(key, 0)) or sources.account_of(key)
    if account is None:
        return None
    return replace(_told(Disagreement.OLD_ADDRESS, key, ours, sources, account), should=account.address or "")


def _unregistered(key: str, ours: Sequence[Sighted], sources: Sources, today: date) -> Discrepancy | None:  # noqa: ARG001  # as above
    if key in sources.by_key:
        return None
    listed, may_be_ours = sources.among(Source.LIST, key), _may_be_ours(key, sources)
    if key in sources.not_ours:
        return _told(Disagreement.NOT_OURS_LISTED, key, listed, sources) if listed else None
    if listed:
        return replace(_told(Disagreement.LISTED_NOT_REGISTERED, key, ours, sources), is_likely=not may_be_ours)
    seen = sources.named_as_ours(key) if key.partition(":")[0] not in _NO_CHANNELS else ()
    likely = any(each.sighting.own is Own.LIKELY for each in seen) and not may_be_ours
    return replace(_told(Disagreement.LINKED_NOT_REGISTERED, key, seen, sources), is_likely=likely) if seen else None


def _may_be_ours(key: str, sources: Sources) -> bool:
    """Whether an account of the register may have the address besides its own."""
    return any(may_be_one(key, held, sources.linked) for held in sources.held)


def _otherwise(key: str, ours: Sequence[Sighted], sources: Sources, today: date) -> Discrepancy | None:  # noqa: ARG001  # as above
    """The list calls another administration the owner."""
    account, line = sources.by_key.get(key), sources.listed.get(key)
    listed = [each for each in ours if each.source is Source.LIST]
    says = line.administration if line and listed else ""
    if account is None or not says or not account.administration:
        return None
    if folded(says) in map(folded, sources.owners[key]):
        return None
    found = _told(Disagreement.LISTED_OTHERWISE, key, listed, sources)
    return replace(found, says=says, should=account.administration)


_CHECKS: Final[tuple[Check, ...]] = (_anothers, _gone, _closed, _old_address, _unregistered, _otherwise)


def _wikidata(key: str, sources: Sources, today: date) -> Iterator[Discrepancy]:
    """Wikidata alone names it: an address that is old, an account that is closed, or one that nobody here knows."""
    seen = sources.among(Source.WIKIDATA, key)
    account = sources.by_key.get(key)
    is_in_use = account is not None and state_of(account, today) is not ListState.CLOSED
    if is_in_use or key in sources.not_ours:
        return
    now = sources.by_id.get(sources.former.get(key, 0)) or account or sources.account_of(key)
    should = now.address or "" if now is not None and now is not account else ""
    yield replace(_told(Disagreement.WIKIDATA_OTHERWISE, key, seen, sources, now), should=should)


# --- registered accounts


def _of_accounts(sources: Sources, today: date) -> Iterator[Discrepancy]:
    for account in sources.accounts:
        is_wanted = state_of(account, today) is not ListState.CLOSED and account.id not in {
            *sources.lost,
            *sources.leaving,
        }
        if account.key and is_wanted:  # nobody shall list, or link to, what is gone, another's or being closed
            yield from _missing(account, account.key, sources)


def _missing(account: Account, key: str, sources: Sources) -> Iterator[Discrepancy]:
    is_gone = key in sources.linked and sources.linked[key].existence is Existence.GONE
    names = sources.names_of(account, key)
    may_be_listed = _stands(Source.LIST, names, account, sources)
    if Source.LIST in sources.read and not may_be_listed:
        seen = sources.among(Source.SITE, key)
        yield _told(Disagreement.REGISTERED_NOT_LISTED, key, seen, sources, account)
    elif Source.SITE in sources.read and not may_be_listed and not _stands(Source.SITE, names, account, sources):
        yield _told(Disagreement.NOT_LINKED, key, (), sources, account)
    if sources.links_back.get(account.id) is False and not is_gone:
        yield _told(Disagreement.LINKS_NOT_BACK, key, sources.named_as_ours(key), sources, account)


def _stands(source: Source, names: Collection[str], account: Account, sources: Sources) -> bool:
    """Whether the account is named there, or may be, behind a short link or by an address of another kind."""
    if any(sources.among(source, name) for name in names) or sources.may_hide(source, account):
        return True
    return (source, held_as(account)) in sources.hinted


def _of_twins(sources: Sources) -> Iterator[Discrepancy]:
    """Two accounts of the register that are one: one unchanging id, or one address that leads to the other."""
    holders: dict[str, Account] = {}
    for account in sources.accounts:
        signs = [str(each) for each in account.pinned]
        signs.append(sources.aliases.get(account.key or "", account.key or ""))
        first = next((holders[sign] for sign in signs if sign in holders), None)
        if first is not None and first.key != account.key and account.key:
            found = _told(Disagreement.TWO_ADDRESSES, account.key, (), sources, account)
            yield replace(found, should=first.address or "")
        holders |= {sign: account for sign in signs if sign and sign not in holders}


# --- telling


def _told(
    what: Disagreement, key: str, seen: Sequence[Sighted], sources: Sources, account: Account | None = None
) -> Discrepancy:
    account = account or sources.account_of(key)
    left = sources.left.get(key)
    texts = (each.sighting.text for each in seen if each.sighting.text)
    pages = dict.fromkeys(each.sighting.page for each in seen if each.sighting.page)
    url = seen[0].sighting.url if seen else (account.address or "" if account else "")
    return Discrepancy(
        what=what,
        key=key,
        url=url,
        platform=key.partition(":")[0],
        name=account.name if account else left.name if left else next(texts, key),
        account_id=account.id if account else left.account_id if left else None,
        administration=account.administration if account else None,
        pages=tuple(pages)[:MOST_PAGES],
        facts={"pages": str(max(len(pages), sources.pages.get(key, 0) if seen else 0))},
    )
