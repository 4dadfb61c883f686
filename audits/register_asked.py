"""What is asked about one account of the register by its own words: the same of a row in a file and of one that stands.

account ─asked_of▶ {question's name: the question}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from audits.model import Kind
from audits.reading.languages import languages_in
from audits.register_lines import Stated
from audits.register_states import is_closed
from audits.wording.said import Said, said

ENDS_FIRST, STRANGE_LANGUAGE, CALLED_CLOSED = "ends_first", "strange_language", "called_closed"
QUESTIONS: Final = (ENDS_FIRST, STRANGE_LANGUAGE, CALLED_CLOSED)


class Worded(Protocol):
    """What an account, and a row of a register's file, say of themselves."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def registered_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def language(self) -> str | None: ...


def asked_of(account: Worded) -> Mapping[str, Said]:
    """The questions about it, by name; {} where it raises none."""
    asked: dict[str, Said] = {}
    starts, ends, language = account.registered_on, account.ends_on, account.language
    if starts and ends and ends < starts:
        asked[ENDS_FIRST] = said("evidence.ends_first", ends=ends, starts=starts)
    if language and not languages_in(language):
        asked[STRANGE_LANGUAGE] = said("evidence.strange_language", language=language)
    if is_closed(account.name) and account.kind is not Kind.SIGNPOSTED_CLOSED and not ends:
        asked[CALLED_CLOSED] = said("evidence.called_closed", name=account.name)
    return asked


def with_questions(stated: Iterable[Stated]) -> tuple[Stated, ...]:
    """The same accounts, each with the questions about it among its remarks."""
    return tuple(replace(each, remarks=(*each.remarks, *asked_of(each.row).values())) for each in stated)
