"""How grave a remark is and what it rests on; the first answer of a letter: what is no longer the registered account.

grave remarks ─gravest▶ another id than the registered one · the title of anything else · what could not be read now
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from audits.digest.letters import Remark
from audits.digest.sheets import Fact
from audits.model import Account, Severity
from audits.reporting import foreign, source_of
from audits.rulebook import Routine
from audits.wording import phrase

ELSEWHERE: Final = frozenset({"gone", "moved", "renamed"})  # the checks by which an account is not at its place


def is_no_longer(remark: Remark) -> bool:
    """Whether the account that is registered is another's, free for anybody to take, or not at its place any more."""
    return remark.case.severity is Severity.CRITICAL or remark.routine.check.name in ELSEWHERE


def gravest(taken: Sequence[Remark], language: str, named: Callable[[Iterable[Account]], str]) -> str:
    """One sentence for each kind of thing that was seen, with the accounts as `named`."""
    other = [each for each in taken if "platform_id" in each.seen]
    told = [phrase("digest.glance.taken", language, count=len(other), names=_names(other, named))] if other else []
    rest: dict[str, list[Remark]] = {}
    for each in taken:
        if each not in other:
            rest.setdefault(each.routine.title.get(language, each.case.rule), []).append(each)
    told += [f"{title}: {_names(own, named)}." for title, own in rest.items()]
    if blind := sum(each.blind not in ("", "ok") for each in taken):
        told.append(phrase("digest.glance.taken_blind", language, count=blind))
    return " ".join(told)


def severity_of(remark: Remark, language: str) -> str:
    """How grave a remark is, and where its rule has levels, which."""
    level, grave = remark.seen.get("level"), phrase(f"severity.{remark.case.severity.value}", language)
    return f"{grave} · {phrase(f'level.{level}', language)}" if level else grave


def rests_on(routine: Routine, language: str) -> Fact:
    """The sentence behind a rule; a proposal and the law are never called the city's routine."""
    label = phrase(f"digest.{routine.basis}", language)
    return Fact(label=label, text=source_of(routine, language), language=foreign(routine, language))


def _names(remarks: Sequence[Remark], named: Callable[[Iterable[Account]], str]) -> str:
    return named(each.account for each in remarks)
