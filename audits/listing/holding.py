"""What the register itself holds, known again on a list before an address is asked what it is.

accounts, former keys ─held_by▶ Held        address of a line ─┬ as it stands in the register        ─┐
                                                               └ read as each platform that it may be ─┴▶ keys

A website, a feed or a podcast stands on a host that tells nothing: only who knows the platform knows the account.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audits.columns import folded
from audits.harvesting.handles import handle_of
from audits.listing.publishing import function_of
from audits.model import Account, Address, AddressKind

Identify = Callable[[str, str | None], Address]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The register's accounts as a list may name them. `platforms` and `names` are by key, `at` are the keys by bare
    address, `called` those by the account's own name there; `unmarked` are the platforms of those whose address alone
    does not tell what they are.
    """

    platforms: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Collection[str]] = field(default_factory=dict)
    at: Mapping[str, Sequence[str]] = field(default_factory=dict)
    called: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unmarked: Sequence[str] = ()

    def named_by(self, url: str, name: str, identify: Identify) -> Sequence[str]:
        """The keys of the registered accounts that a line means: of several at one address those of that name."""
        told = (identify(url, context) for context in (None, *self.unmarked))
        keys = [each.key for each in told if each.key in self.platforms and each.kind is AddressKind.PROFILE]
        found = dict.fromkeys(key for key in (*self.at.get(bare(url), ()), *keys) if key)
        called = [key for key in found if folded(name) in self.names.get(key, ())]
        return called or list(found)


NOTHING_HELD = Held()


def held_by(accounts: Iterable[Account], former: Collection[str], identify: Identify) -> Held:
    """What is registered; `former` are keys that accounts bore before, which a list may still name them by."""
    keyed = [account for account in accounts if account.key]
    at: dict[str, list[str]] = {}
    names: dict[str, set[str]] = {}
    called: dict[str, list[str]] = {}
    for account in keyed:
        key = account.key or ""
        at.setdefault(bare(account.address or ""), []).append(key)
        called.setdefault(handle_of(key, account.address or "").casefold(), []).append(key)
        names.setdefault(key, set()).update((folded(account.name), folded(function_of(account))))
    unmarked = {each.platform for each in keyed if identify(each.address or "", None).key != each.key}
    platforms = {key: key.partition(":")[0] for key in former} | {each.key or "": each.platform for each in keyed}
    earlier = {platforms[key] for key in former}
    at.pop("", None)
    called.pop("", None)
    return Held(platforms=platforms, names=names, at=at, called=called, unmarked=sorted(unmarked | earlier))


def bare(url: str) -> str:
    """An address without what a browser adds or leaves out; a path keeps its letters."""
    host, _, path = url.strip().partition("://")[2].partition("/")
    return f"{host.casefold().removeprefix('www.')}/{path}".rstrip("/")
