"""What the register does not know, as a chapter: what the sources disagree about, where, and what was decided of it.

Discrepancy …, candidates by key ─▶ Chapter: the one sentence, then a row for each

Who could be taken for the city is a question for its communications officer, and never stands here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from audits.reconciling import Disagreement, Discrepancy, first_sentence
from audits.reporting.chapters import chapter
from audits.reporting.values import Cell, Chapter
from audits.triage import Candidate, CandidateState, state_in_words
from audits.wording import Terms, phrase

MOST: Final = 200  # rows: a chapter is read by people
_COLUMNS: Final = ("channel", "discovery", "administration", "where", "next")


def discoveries(
    found: Sequence[Discrepancy], candidates: Mapping[str, Candidate], terms: Terms, lead: str = ""
) -> Iterator[Chapter]:
    """Everything that was found, the gravest first; no chapter where nothing was. `lead` instead of the sentence."""
    rows = tuple(_row(each, candidates.get(each.key), terms) for each in found[:MOST])
    if rows:
        lead = lead or first_sentence(found, terms.language)
        more = phrase("chapter.discoveries_more", terms.language, shown=MOST, count=len(found))
        told = chapter("discoveries", _COLUMNS, rows, terms, f"{lead} {more}" if len(found) > MOST else lead)
        yield replace(told, by=_COLUMNS.index("discovery"))


def of_accounts(
    found: Sequence[Discrepancy],
    candidates: Mapping[str, Candidate],
    accounts: Collection[int],
    administrations: Collection[str],
) -> Sequence[Discrepancy]:
    """What concerns these accounts, and what their administrations were asked about."""
    asked = {key for key, each in candidates.items() if is_asked(each) and each.administration in administrations}
    return [each for each in found if each.account_id in accounts or each.key in asked]


def is_asked(candidate: Candidate) -> bool:
    """Whether an administration is asked about it, and nobody has decided since."""
    return candidate.state is CandidateState.ASKED


def _row(each: Discrepancy, candidate: Candidate | None, terms: Terms) -> tuple[Cell, ...]:
    return (
        Cell(text=_channel(each, terms), link=each.url),
        Cell(text=_what(each, terms.language)),
        Cell(text=each.administration or (candidate.administration if candidate else None) or ""),
        _where(each),
        _next(each, candidate, terms.language),
    )


def _next(each: Discrepancy, candidate: Candidate | None, language: str) -> Cell:
    """What was decided of it; while nothing was, what would mend it."""
    if candidate is not None and candidate.state is not CandidateState.OPEN:
        return Cell(text=state_in_words(candidate, language))
    if each.should:
        text = f"{_short(each.says)} → {_short(each.should)}".lstrip()
        return Cell(text=text, link=each.should if "://" in each.should else "")
    return Cell(text=phrase(f"reconcile.{each.what}.remedy", language))


def _channel(each: Discrepancy, terms: Terms) -> str:
    """As the register calls it; a channel that is not there by its address, which a link's words may not tell."""
    return f"{each.name} ({terms.label(each.platform)})" if each.account_id else _short(each.url or each.key)


_MAY_BE_OURS: Final = frozenset({Disagreement.LINKED_NOT_REGISTERED, Disagreement.LISTED_NOT_REGISTERED})


def _what(each: Discrepancy, language: str) -> str:
    is_question = each.what in _MAY_BE_OURS and not each.is_likely
    return phrase("reconcile.maybe" if is_question else f"reconcile.{each.what}", language, count=1)


def _where(each: Discrepancy) -> Cell:
    if not each.pages:
        return Cell(text="")
    more = int(each.facts.get("pages", "0")) - 1
    return Cell(text=_short(each.pages[0]) + (f" (+{more})" if more > 0 else ""), link=each.pages[0])


def _short(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/") or address
