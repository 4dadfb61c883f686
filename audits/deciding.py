"""What a person is handed after a decision on a case.

case before, case after, act ─receipt_of▶ Receipt ─in_words▶ what was decided, by whom, until when, how to undo
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from audits.cases import LAPSED, RELEASED, UNDO
from audits.discretion import speaks_of_health
from audits.model import Account, Case, CaseEvent, CaseState
from audits.wording import phrase
from audits.wording.dates import long_day
from audits.wording.said import Said, said

HEALTH_HINT: Final = "hint.health"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRef:
    """Which case is meant: by its number, or by account, rule and the value that was seen.

    Without a number and a fingerprint it is the account's open case under the rule, the latest if there are several.
    """

    id: int | None = None
    account_id: int | None = None
    rule: str = ""
    fingerprint: str | None = None
    rule_called: str = ""  # by people

    @property
    def named(self) -> Said:
        """What it is called for people."""
        if self.id is not None:
            return said("refused.case.numbered", number=self.id)
        return said("refused.case.of_account", number=self.account_id, rule=self.rule_called or self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCase:
    """A case with its number, whose it is, and everything that has happened to it, in order.

    `waits` says that nobody is told of it before a look has confirmed it: it stood at an address that the register has
    changed, or somebody decided on what was only suspected.
    """

    id: int
    case: Case
    account: Account
    events: tuple[CaseEvent, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was decided. `state` is the case's from now on, `by` whoever acted now; times are UTC.

    `hints` are keys of wording: advice about what was written. `repeated` says that it was already so.
    """

    case_id: int
    account_id: int
    account: str
    administration: str | None
    platform: str
    rule: str
    act: str
    state: CaseState
    by: str
    at: datetime
    reason: str = ""
    until: date | None = None
    hints: tuple[str, ...] = ()
    repeated: bool = False

    @property
    def waits_for_officer(self) -> bool:
        return self.state is CaseState.SAID_NOT_OURS

    @property
    def undo(self) -> str:
        """The command that takes the decision back; "" where there is nothing to take back."""
        return "" if self.act in (UNDO, LAPSED, RELEASED) else f"kanalkoll case undo {self.case_id} --by …"


def receipt_of(kept: KeptCase, after: Case, event: CaseEvent, *, repeated: bool = False) -> Receipt:
    """The receipt of an event that made `after` of the case."""
    return Receipt(
        case_id=kept.id,
        account_id=kept.account.id,
        account=kept.account.name,
        administration=kept.account.administration,
        platform=kept.account.platform,
        rule=after.rule,
        act=event.act,
        state=after.state,
        by=event.by,
        at=event.at,
        reason=event.reason,
        until=after.until,
        hints=(HEALTH_HINT,) if speaks_of_health(event.reason) else (),
        repeated=repeated,
    )


def in_words(receipt: Receipt, title: str, language: str) -> Sequence[str]:
    """The receipt as sentences; `title` is the rule's. Whether it can be undone stands last."""
    facts = {
        "account": receipt.account,
        "title": title,
        "by": receipt.by,
        "until": long_day(receipt.until, language) if receipt.until else "",
        "reason": receipt.reason,
    }
    lines = [phrase("receipt.case", language, **facts), phrase(f"receipt.{receipt.act}", language, **facts)]
    if receipt.act == UNDO:
        lines.append(phrase(f"receipt.now.{receipt.state.value}", language, **facts))
    if receipt.reason:
        lines.append(phrase("receipt.reason", language, **facts))
    lines += [phrase(hint, language) for hint in receipt.hints]
    if receipt.undo:
        lines.append(phrase("receipt.can_undo", language, **facts))
    return lines


def numbers_in_words(receipt: Receipt, rule: str, language: str) -> str:
    """Which number is the case's and which the account's: both are small, and commands take either."""
    facts = {"case": str(receipt.case_id), "number": str(receipt.account_id), "rule": rule}
    return phrase("receipt.numbers", language, account=receipt.account, **facts)
