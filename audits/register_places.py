"""What a register's file says of administrations and units: where they are told, and in which language.

(Line, administration) … + Columns ─read_places▶ {Place: Mailbox} and Rejected where two lines disagree
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from audits.column_meanings import Meaning
from audits.columns import Columns
from audits.languages import CALLED, LANGUAGES
from audits.recipients import NO_MAILBOX, Mailbox, Place
from audits.register_cells import BadCell, mailbox
from audits.register_lines import Line, Rejected
from audits.register_rows import refused
from audits.wording.said import said

_LEVELS = (
    (Meaning.ADMINISTRATION_RECIPIENT, Meaning.ADMINISTRATION_LANGUAGE),
    (Meaning.UNIT_RECIPIENT, Meaning.UNIT_LANGUAGE),
)


def read_places(
    lines: Iterable[tuple[Line, str | None]], columns: Columns
) -> tuple[Mapping[Place, Mailbox], tuple[Rejected, ...]]:
    """Read the mailboxes of every place; each line comes with the administration that it belongs to."""
    said: dict[Place, Mailbox] = {}
    rejected: list[Rejected] = []
    for line, administration in lines:
        for place, stated in _stated(line, administration, columns, rejected):
            before = said.get(place, NO_MAILBOX)
            if _disagree(before, stated):
                rejected.append(_second(line, place, before, stated))
            else:
                said[place] = Mailbox(
                    recipient=before.recipient or stated.recipient, language=before.language or stated.language
                )
    return said, tuple(rejected)


def _stated(
    line: Line, administration: str | None, columns: Columns, rejected: list[Rejected]
) -> Iterator[tuple[Place, Mailbox]]:
    unit = columns.text(line.cells, Meaning.UNIT)
    for (recipient, language), of in zip(_LEVELS, (None, unit or None), strict=True):
        stated = Mailbox(
            recipient=_read(mailbox, columns.text(line.cells, recipient), line, columns.heading(recipient), rejected),
            language=_read(_language, columns.text(line.cells, language), line, columns.heading(language), rejected),
        )
        if administration and stated != NO_MAILBOX and (of or recipient is Meaning.ADMINISTRATION_RECIPIENT):
            yield Place(administration, of), stated


def _read(
    read: Callable[[str], str | None], text: str, line: Line, column: str, rejected: list[Rejected]
) -> str | None:
    try:
        return read(text)
    except BadCell as wrong:
        rejected.append(refused(line, column, wrong))
        return None


def _language(text: str) -> str | None:
    if text and text.casefold() not in CALLED:
        raise BadCell(text, said("import.language"), said("import.languages", languages=", ".join(LANGUAGES)))
    return CALLED.get(text.casefold())


def _disagree(before: Mailbox, stated: Mailbox) -> bool:
    pairs = ((before.recipient, stated.recipient), (before.language, stated.language))
    return any(one and other and one != other for one, other in pairs)


def _second(line: Line, place: Place, before: Mailbox, stated: Mailbox) -> Rejected:
    first = f"{before.recipient or ''} {before.language or ''}".strip()
    value = f"{stated.recipient or ''} {stated.language or ''}".strip()
    reason = said("import.other_mailbox", place=str(place), first=str(first))
    remedy = said("import.same_mailbox")
    return refused(line, "", BadCell(value, reason, remedy))
