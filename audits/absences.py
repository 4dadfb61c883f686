"""Whether an absence is told of the account that was asked about.

    absence ─▶ the addresses of the page that tells it ─┬▶ none of another account ─▶ as it was told
                                                        └▶ another name's ─▶ unknown: whither the address leads

A registered address may lead to somebody else's, who is gone, suspended or hidden in the account's place, and a cache
may answer with the page of a neighbour. What such a page tells of its own account is held against no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audits.addresses import Strangers, identify
from audits.model import ALIVE, NO_FACTS, Existence, PlatformId, Reading
from audits.platform import Platform
from audits.wording.said import said


def of_the_account(
    reading: Reading, platform: Platform | None, key: str | None, pinned: tuple[PlatformId, ...] = ()
) -> Reading:
    """The reading, or nothing but whither its page belongs, where that tells an absence of another name than the key's.

    `pinned` are the ids of the account: an address that is made of one of them is its own.
    """
    if platform is None or reading.existence in (*ALIVE, Existence.UNKNOWN):
        return reading
    other = next(_other_names(reading.goes_by, platform, key, {known.value for known in pinned}), None)
    if other is None:
        return reading
    reason = said("evidence.leads_elsewhere", name=other)
    return replace(reading, existence=Existence.UNKNOWN, facts=NO_FACTS, reason=reason, stated=False)


def _other_names(addresses: tuple[str, ...], platform: Platform, key: str | None, own: set[str]) -> Iterator[str]:
    """The names in addresses of the platform's accounts that are not the key's. Ids name nobody, nor do addresses of no
    account, nor those of websites: a site may tell under another of its addresses that a page is missing.
    """
    registered = platform.handle_in(key)
    if registered is None or registered in own or platform.grammar.strangers is Strangers.BY_NAME:
        return
    for address in addresses:
        shown = platform.handle_in(identify(address, platform.name, (platform.grammar,)).key)
        if shown and shown not in own and platform.fold(shown) != platform.fold(registered):
            yield shown
