"""What can be looked at, by the names that checks use.

    account, observation, register, now ─▶ {"account": …, "existence": …, "activity": …, "bio": …}

A sight is a value, `None` (looked, there was none) or `UNSEEN`; a *partial* one may acquit but never accuse, a
*glimpsed* one may accuse but never acquit, and what is only *stated* may acquit in the name of whoever states it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeAlias
from unicodedata import normalize
from urllib.parse import unquote

from audits.addresses import leads_elsewhere, visible
from audits.days import Dated, Now
from audits.model import (
    NO_CIRCUMSTANCES,
    NO_FACTS,
    UNSEEN,
    Account,
    Activity,
    Circumstances,
    Existence,
    Facts,
    Identity,
    Observation,
    Seen,
    Stated,
    Statement,
    is_seen,
)
from audits.pictures import place_of
from audits.postings import QUESTIONS, of_each
from audits.wording.said import said


@dataclass(frozen=True, slots=True)
class Hearsay:
    """What somebody states instead of what was seen."""

    value: object
    statement: Statement


class Sight(NamedTuple):  # some thirty for each look, and made in half the time of a dataclass
    """What a check may look at, and how far it reaches."""

    value: object
    partial: bool = False
    glimpsed: bool = False
    stated: Hearsay | None = None
    waits: str = ""  # why it is unseen, where that is not the look's doing


Sights: TypeAlias = Mapping[str, Sight]


@dataclass(frozen=True, slots=True)
class Register:
    """The register as rules see it: which administrations stand, which accounts share a key, what people state."""

    administrations: frozenset[str] = frozenset()
    sharing: Mapping[str, Sequence[int]] = field(default_factory=dict)  # key → ids of the accounts that hold it
    statements: Mapping[int, Sequence[Statement]] = field(default_factory=dict)  # account id → the latest of each kind
    circumstances: Mapping[int, Circumstances] = field(default_factory=dict)  # account id → what stands beside it
    approved_pictures: Mapping[str, str] = field(default_factory=dict)  # fingerprint → sub-brand
    main: frozenset[str] = frozenset()  # keys or numbers of the city's main accounts
    listed: Mapping[int, bool] = field(default_factory=dict)  # account id → on the public list; left out: not known
    unvouched: frozenset[int] = frozenset()  # ids of accounts that nobody is asked to put on the public list
    sites: frozenset[str] = frozenset()  # hosts of the city's registered websites
    last_posts: Mapping[int, date] = field(default_factory=dict)  # account id → the newest day that any look has shown
    doubted: frozenset[int] = frozenset()  # ids of accounts that stand, or are suspected, as not there or not their own


def register_of(accounts: Sequence[Account], administrations: frozenset[str]) -> Register:
    """What the register's own rules need, read once for a whole night."""
    sharing: dict[str, list[int]] = {}
    for account in accounts:
        if account.key:
            sharing.setdefault(account.key, []).append(account.id)
    twice = {key: ids for key, ids in sharing.items() if len(ids) > 1}
    return Register(administrations, twice)


def sights_of(account: Account, observation: Observation | None, register: Register, now: Now) -> Sights:
    """Everything that any check may name. Whatever was once comes with the city's day for it."""
    facts = _shown(account, observation)
    return {
        **_postings(facts),
        **_of_the_profile(facts),
        **_of_the_register(account, register),
        "now": Sight(now),
        "existence": Sight(_existence(observation)),
        "identity": Sight(_identity(observation)),
        "activity": _activity(facts, register.statements.get(account.id, ()), register.last_posts.get(account.id), now),
        "latest_known": _latest_known(facts, now),
        "picture": _picture(facts, _beside(account, register)),
    }


def _of_the_profile(facts: Facts) -> Sights:
    return {
        "sender": _sender(facts),
        "display_name": Sight(facts.display_name),
        "handle": Sight(facts.handle),
        "platform_id": Sight(facts.platform_id),
        "bio": Sight(facts.description, partial=_goes_on(facts.description)),
        "links": _links(facts),
        "avatar": Sight(facts.avatar_url),
        "verified": Sight(facts.verified),
        "language": Sight(facts.language),
        "posts": Sight(facts.posts),
        "moved_to": Sight(facts.moved_to),
        "contact": _contact(facts),
    }


def _of_the_register(account: Account, register: Register) -> Sights:
    beside = _beside(account, register)
    return {
        "account": Sight(account),
        "register": Sight(register),
        "purpose": Sight(account.purpose),
        "circumstances": Sight(beside),
        "rest": Sight(beside.rest),
        "closing": Sight(beside.closing),
        "is_main": Sight(str(account.id) in register.main or account.key in register.main),
        "listed": Sight(register.listed.get(account.id, UNSEEN)),
        "vouched": Sight(account.id not in register.unvouched),
        "approved_pictures": Sight(register.approved_pictures),
    }


def _beside(account: Account, register: Register) -> Circumstances:
    return register.circumstances.get(account.id, NO_CIRCUMSTANCES)


_NO_POSTS_SEEN = {name: Sight(UNSEEN) for name in QUESTIONS}


def _postings(facts: Facts) -> Mapping[str, Sight]:
    """For each question about posts: those that answer it; glimpsed where others could not be told."""
    if not isinstance(facts.posts, tuple):
        return _NO_POSTS_SEEN
    told = {name: of_each(facts.posts, question) for name, question in QUESTIONS.items()}
    return {name: Sight(forms or (UNSEEN if more else ()), glimpsed=more) for name, (forms, more) in told.items()}


def _picture(facts: Facts, beside: Circumstances) -> Sight:
    """The fingerprint of the picture that the profile shows, where that very picture has been looked at."""
    known = beside.picture
    if not isinstance(facts.avatar_url, str):
        return Sight(UNSEEN)
    if known is None or place_of(facts.avatar_url) != place_of(known.url):
        return Sight(UNSEEN, waits=said("evidence.picture_waits"))
    return Sight(known.fingerprint)


_SHUT = frozenset({Existence.SUSPENDED, Existence.DEACTIVATED, Existence.GONE})


def _shown(account: Account, observation: Observation | None) -> Facts:
    """What the account shows of itself.

    A look that leaves open how the account stands, as at a site that leads elsewhere, may show another's words. Of one
    that is shut the platform shows blanks, which are not its words; another's account under the same name shows nothing
    but its number, of the kind that the registered one is of: alike by every route.
    """
    if observation is None or observation.existence in _SHUT:
        return NO_FACTS
    if not is_seen(observation.transport, observation.existence):
        return NO_FACTS
    if observation.identity is Identity.DIFFERENT:
        kinds = {known.namespace for known in account.pinned}
        held = (each for each in observation.facts.ids if each.namespace in kinds)
        return Facts(platform_id=next(held, observation.facts.platform_id))
    return observation.facts


def _existence(observation: Observation | None) -> Seen[Existence]:
    """What became of another's account under the same name says nothing of the registered one."""
    if observation is None or observation.existence is Existence.UNKNOWN or observation.identity is Identity.DIFFERENT:
        return UNSEEN
    return observation.existence


def _identity(observation: Observation | None) -> Seen[Identity]:
    """An account that is seen under another name does not tell who bears the registered one."""
    if observation is None or observation.identity is Identity.NOT_READABLE:
        return UNSEEN
    return UNSEEN if observation.existence is Existence.RENAMED else observation.identity


_BY_ZONES: Final = timedelta(days=1)  # by as much two tellings of one day may differ
_OLDEST_COPY: Final = timedelta(days=90)  # for longer no cache gives out what it kept


def _activity(facts: Facts, statements: Sequence[Statement], known: date | None, now: Now) -> Sight:
    """The newest post. One that was seen once has been: a look that shows older ones alone, or none, is out of date,
    or shows what is left after something was removed. While it may be a copy that was kept, newer ones may be missing.
    """
    activity, stated = facts.activity, _latest_post(statements, now)
    partial, dated = isinstance(activity, Activity) and not activity.sees_newest, _dated(activity, now)
    if known is None or known in {each.on for each in statements}:
        return Sight(dated, partial=partial, stated=stated)
    if dated is None:
        return Sight(UNSEEN, stated=stated, waits=said("evidence.shown_before", day=known))
    if isinstance(dated, Dated) and known - dated.alive.day > _BY_ZONES:
        dated = replace(now.some_time_on(known), source=dated.source)
        partial = partial or now.today - known < _OLDEST_COPY
    return Sight(dated, partial=partial, stated=stated)


def _latest_known(facts: Facts, now: Now) -> Sight:
    """The newest post that was seen: it proves that there was one, and not that there was none."""
    activity = facts.activity
    return Sight(_dated(activity, now), glimpsed=isinstance(activity, Activity) and not activity.sees_newest)


def _dated(activity: Seen[Activity], now: Now) -> Seen[Dated]:
    return now.dated(activity) if isinstance(activity, Activity) else activity


def _latest_post(statements: Sequence[Statement], now: Now) -> Hearsay | None:
    """The latest post that somebody states: they name its day."""
    stated = {each.what: each for each in statements}.get(Stated.LATEST_POST)
    return Hearsay(now.some_time_on(stated.on), stated) if stated else None


def _sender(facts: Facts) -> Sight:
    """The words by which a profile says whose it is; partial while some of them cannot be seen."""
    if facts.display_name is UNSEEN:
        return Sight(UNSEEN)
    words = (facts.display_name, facts.description)
    return Sight(" — ".join(each for each in words if isinstance(each, str)), partial=any(map(_goes_on, words)))


def _goes_on(text: Seen[str]) -> bool:
    """Whether more may stand in a text than is shown: previews and pages of another layout break off long ones."""
    return text is UNSEEN or (isinstance(text, str) and text.rstrip().endswith(("…", "...")))


def _links(facts: Facts) -> Sight:
    """Partial where there are more, where the text about it may hold one, and where one is shortened, broken off or a
    page of links: it may lead to the very page that is wanted.
    """
    shown = shown_links(facts)
    hides = isinstance(shown, tuple) and any(leads_elsewhere(each) or _goes_on(each) for each in shown)
    return Sight(shown, partial=facts.more_links is True or _goes_on(facts.description) or hides)


_WRITTEN_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'()]{3,200}|\b(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,63}\b", re.I)
_INNER_LINK = re.compile(r"https?://[^\s&<>\"']{3,300}", re.I)


def shown_links(facts: Facts) -> Seen[tuple[str, ...]]:
    """Every link that the profile shows, in its own field or written out in the text about itself, in whatever
    letters, and where those lead that name it: the platform's own redirects, mail filters.
    """
    if facts.website_link is UNSEEN and facts.links is UNSEEN:
        return UNSEEN
    fields = (facts.website_link,) if isinstance(facts.website_link, str) else ()
    listed = facts.links if isinstance(facts.links, tuple) else ()
    told = visible(normalize("NFKC", facts.description)) if isinstance(facts.description, str) else ""
    shown = (*fields, *listed, *_WRITTEN_LINK.findall(told))
    return (*shown, *(inner for link in shown for inner in _INNER_LINK.findall(unquote(link)[1:])))


_WAYS = {
    "e-mail": re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.[a-z]{2,24}\b", re.I),
    "telephone": re.compile(r"(?<!\d)(?:\+\d{1,3}|0)[\d\s()/-]{5,18}\d(?!\d)"),
}


def _contact(facts: Facts) -> Sight:
    """The ways to reach the sender that the profile shows; partial while some of it cannot be seen."""
    if facts.description is UNSEEN:
        return Sight(UNSEEN)
    links = shown_links(facts)
    written = facts.description if isinstance(facts.description, str) else ""
    ways = [name for name, form in _WAYS.items() if form.search(written)]
    linked = ["link"] if isinstance(links, tuple) and links else []
    return Sight((*ways, *linked), partial=links is UNSEEN or _goes_on(facts.description))
