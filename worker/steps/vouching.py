"""Which accounts nobody is asked to put on the public list, as far as it is known of those that it does not name.

accounts + their cases + what the last two looks saw ─▶ ids of those that the city vouches for nowhere
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audits.addresses import identify
from audits.model import Account, Address, Facts, Identity
from audits.observing import identify_owner
from audits.platforms import GRAMMARS
from audits.reconciling import doubts, last_seen, together, unvouched
from audits.rulebook import Routine
from audits.rules.register import on_the_list
from worker.ports import Store


def unvouched_among(store: Store, accounts: Sequence[Account], routines: Mapping[str, Routine]) -> frozenset[int]:
    """The same as `public-list diff` goes by, of these accounts alone. What is answered to the rule on the list itself
    leaves that as it is: an answer would end the very case that holds it, and be forgotten with it.
    """
    if not accounts:
        return frozenset()
    ids = [account.id for account in accounts]
    own = {rule for rule, routine in routines.items() if routine.check.name == on_the_list.name}
    cases = [case for each in store.cases_of(ids).values() for case in each if case.rule not in own]
    seen = store.against(ids)
    left_open = last_seen(seen.existences, strangers(accounts, seen.strangers))
    return unvouched(accounts, together(doubts(cases, routines), left_open), identified)


def strangers(accounts: Iterable[Account], shown: Mapping[int, Facts]) -> frozenset[int]:
    """The accounts of which the last looks `shown` another's id than the register's."""
    seen = (account for account in accounts if account.id in shown)
    return frozenset(each.id for each in seen if identify_owner(each.pinned, shown[each.id]) is Identity.DIFFERENT)


def identified(raw: str, context: str | None) -> Address:
    return identify(raw, context, GRAMMARS)
