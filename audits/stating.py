"""A pasted link becomes the city's statement of an account's latest post.

    link ─read_link▶ Link (platform, owner, moment) ─whose▶ Account ─state▶ Statement
       └▶ StatementRefused: no post │ a link that hides its post │ another's │ no date │ a date that has not come

Platform, owner and date are read from the address itself; nothing is fetched. Where the address does not name its
owner, the account is named by whoever states it; where the id carries no date, the date is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from audits.addresses import Grammar, identify, lower, post_reference
from audits.days import day_of
from audits.model import Account, Address, AddressKind, Stated, Statement
from audits.reading.ids import ID_TIMES
from audits.reconciling.forms import has_its_id
from audits.refusal import Refused
from audits.wording.said import said

_A_DAY = timedelta(days=1)
_FIRST = date(2000, 1, 1)  # no platform is older; a year of two digits makes a date field's year 26


class StatementRefused(Refused):
    """A statement that cannot be taken; the message says why and what would do."""


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a post. `owner` and `moment` (UTC) are None where it does not tell them.

    `author` opens with the name of who posted and "_", on LinkedIn: names may hold that sign as well.
    """

    url: str
    platform: str
    owner: str | None
    moment: datetime | None
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Who states it, when (UTC), and on which of the city's days, where they say one."""

    by: str
    at: datetime
    zone: tzinfo
    on: date | None = None

    @property
    def today(self) -> date:
        return day_of(self.at, self.zone)


def read_link(text: str, grammars: tuple[Grammar, ...]) -> Link:
    """What a pasted link says of itself. Raises `StatementRefused` for anything but the address of a post."""
    address = identify(text, None, grammars)
    if address.kind is not AddressKind.POST or not address.platform or _is_of_group(address):
        raise StatementRefused(said(_why_no_post(address), link=text.strip()[:200]))
    post = post_reference(address, grammars)
    url = address.canonical_url or text.strip()
    moment = _moment(address.platform, post.id if post else "")
    return Link(url, address.platform, address.owner_key, moment, lower(post.author) if post else "")


def _is_of_group(address: Address) -> bool:
    return not {"group", "group-post"}.isdisjoint(address.notes)


def _why_no_post(address: Address) -> str:
    if _is_of_group(address):
        return "refused.paste.group"
    kinds = {AddressKind.PROFILE: "refused.paste.account", AddressKind.SHARE: "refused.paste.short"}
    return kinds.get(address.kind, "refused.paste.no_post")


def whose(link: Link, accounts: Sequence[Account], named: int | None) -> Account:
    """The account that a link speaks of. Raises `StatementRefused` where it is another's, or nobody says whose."""
    if named is not None:
        account = _the_named(link, next((account for account in accounts if account.id == named), None), named)
        return _nobody_elses(link, account, accounts)
    own = [account for account in accounts if is_owner(link, account) or _is_by(link, account)]
    if not own and link.owner is None:
        raise StatementRefused(said("refused.paste.whose"))
    if not own:
        raise StatementRefused(said("refused.paste.nobody", owner=link.owner))
    if len(own) > 1:
        ids = ", ".join(str(account.id) for account in own)
        raise StatementRefused(said("refused.paste.several", owner=link.owner or own[0].key, numbers=ids))
    return own[0]


def is_owner(link: Link, account: Account) -> bool | None:
    """Whether the link names the account as its owner; None where the two cannot be compared."""
    if link.platform != account.platform:
        return False
    if link.owner is None or account.key is None:
        return None
    if link.owner == account.key or any(link.owner.endswith(f":{pinned.value}") for pinned in account.pinned):
        return True
    is_comparable = _form(link.owner) == _form(account.key) or has_its_id(link.owner, account)
    return False if is_comparable else None


def state(link: Link, account: Account, word: Word) -> Statement:
    """The statement that a link makes in somebody's name. Raises `StatementRefused`."""
    if not word.by.strip():
        raise StatementRefused(said("refused.who_states"))
    return Statement(
        account_id=account.id,
        what=Stated.LATEST_POST,
        at=word.at,
        by=word.by.strip(),
        on=_day(link, word),
        source_url=link.url,
    )


def _the_named(link: Link, account: Account | None, named: int) -> Account:
    if account is None:
        raise StatementRefused(said("refused.no_account", number=named))
    if _is_by_another(link, account):
        author = link.author.partition("_")[0]
        raise StatementRefused(said("refused.paste.author", author=author, ours=account.handle))
    if is_owner(link, account) is False:
        theirs, ours = link.owner or link.platform, account.key or account.platform
        raise StatementRefused(said("refused.paste.other", theirs=theirs, ours=ours))
    return account


def _nobody_elses(link: Link, account: Account, accounts: Sequence[Account]) -> Account:
    """The named account, where the link names no other one of the register: its own may be of another kind."""
    theirs = [each.key for each in accounts if each.key != account.key and is_owner(link, each)]
    if theirs and not is_owner(link, account):
        raise StatementRefused(said("refused.paste.other", theirs=theirs[0], ours=account.key or account.platform))
    return account


def _is_by(link: Link, account: Account) -> bool:
    """Whether the author that the link opens with is one of the account's names."""
    return link.platform == account.platform and link.author.startswith(_bylines(account))


def _is_by_another(link: Link, account: Account) -> bool:
    """Whether it is none of them; a number cannot be compared."""
    tells = link.platform == account.platform and "_" in link.author and bool(_bylines(account))
    return tells and not _is_by(link, account)


def _bylines(account: Account) -> tuple[str, ...]:
    """How a link to one of its posts would open; () for an account that is known by number alone."""
    name = account.handle or ""
    if not name or name.isdigit() or "/" in name:
        return ()
    return tuple(f"{each}_" for each in (name, *(id_.value for id_ in account.pinned)))


def _form(key: str) -> tuple[str, bool]:
    """What may be compared: `x:name` with `x:name`, never a name with a number."""
    kind, _, last = key.rpartition(":")
    return kind, last.isdigit()


def _moment(platform: str, post_id: str) -> datetime | None:
    """When the post was made, where its id carries that."""
    read = ID_TIMES.get(platform)
    return read(post_id.rpartition(":")[2]) if read else None


def _day(link: Link, word: Word) -> date:
    """The city's day of the post: from the id, else as stated."""
    read = day_of(link.moment, word.zone) if link.moment else None
    if read and word.on and abs(read - word.on) > _A_DAY:
        raise StatementRefused(said("refused.paste.dated", read=read, stated=word.on))
    day = read or word.on
    if day is None:
        raise StatementRefused(said("refused.paste.undated"))
    if day > word.today:
        raise StatementRefused(said("refused.paste.future", day=day))
    if day < _FIRST:
        raise StatementRefused(said("refused.paste.before", day=day))
    return day
