"""A round of questions: each channel on one page, with what the machine knows beside what only people can tell.

GET /round/TOKEN ─▶ the channels with their questions ─POST▶ answers kept in somebody's name; the rest waits
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from audits.digest import Purpose, address_of
from audits.reading.scrub import one_line
from audits.stating import DateMissing, StatementRefused
from console.asking import LINK_LIMIT, NAME_LIMIT, answers_of, day_sent, link_for, page
from worker.steps.answering import Link
from worker.steps.attesting import AnswerRefused, Channel, RoundPage
from worker.wiring.answering import Answers

router = APIRouter()
_FIELD: Final = re.compile(r"answer-(\d{1,18})-([a-z0-9-]{1,60})")
_FIELDS: Final = 2_000  # of a round with a few hundred channels


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One channel as the page shows it: its name, what the machine knows, and its open questions by id."""

    id: int
    name: str
    url: str
    known: str
    asks: Mapping[str, str]
    takes_link: bool


Asked: TypeAlias = Annotated[Link, Depends(link_for(Purpose.ROUND, used=True))]


@router.get("/round/{token}")
def show_round(request: Request, link: Asked) -> Response:
    return _round(answers_of(request), link)


@router.post("/round/{token}")
async def answer_round(request: Request, link: Asked) -> Response:
    """Answers what was ticked, and leaves the rest for later or for a colleague."""
    answers = answers_of(request)
    form = await request.form(max_files=0, max_fields=_FIELDS)
    by = one_line(str(form.get("by", "")), NAME_LIMIT)
    if not by:
        return _round(answers, link, wrong="page.missing.by")
    if not answers.may_press(link):
        return _round(answers, link, by=by, wrong="page.often", status=429)
    to = one_line(str(form.get("to", "")), NAME_LIMIT)
    wrong = _kept(answers, link, form, by)
    if to:
        _hand_over(answers, link, to, by)
    elif wrong is None:
        return _round(answers, link, by=by, wrong="page.round.nothing")
    return _round(answers, link, by=by, wrong=wrong or "", thanks=wrong == "", handed=to if wrong is None else "")


def _kept(answers: Answers, link: Link, form: FormData, by: str) -> str | None:
    """Keep every answer of the form; what could not be kept, as a key of wording, None where nothing was answered."""
    wrong: str | None = None
    asked = {channel.account.id for each in answers.rounds(link) for channel in each.channels}
    for account_id in sorted(asked):
        given = dict(_given(form, account_id))
        post = one_line(str(form.get(f"link-{account_id}", "")), LINK_LIMIT)
        day = day_sent(one_line(str(form.get(f"on-{account_id}", "")), 10))
        if given or post:
            wrong = wrong or ""
            try:
                answers.attest(link, account_id, given, by=by, post=post, on=day)
            except DateMissing:
                wrong = "page.missing.on"
            except (AnswerRefused, StatementRefused):
                wrong = "page.round.some"
    return wrong


def _hand_over(answers: Answers, link: Link, to: str, by: str) -> None:
    for each in answers.rounds(link):
        answers.hand_over(link, each.round.id, to=to, by=by)


def _given(form: FormData, account_id: int) -> Iterator[tuple[str, bool]]:
    for name, value in form.items():
        field = _FIELD.fullmatch(name)
        if field and int(field[1]) == account_id and value in ("yes", "no"):
            yield field[2], value == "yes"


def _round(  # what the page shows
    answers: Answers,
    link: Link,
    *,
    by: str = "",
    wrong: str = "",
    thanks: bool = False,
    handed: str = "",
    status: int = 0,
) -> Response:
    channels = [_shown(answers, link, each) for page_ in answers.rounds(link) for each in _open(page_)]
    told = {
        "channels": channels,
        "by": by,
        "wrong": wrong,
        "thanks": thanks,
        "handed": handed,
        "today": answers.today(),
    }
    return page("round.html", link.language, status=status or (422 if wrong else 200), **told)


def _open(round_: RoundPage) -> list[Channel]:
    return [channel for channel in round_.channels if channel.open]


def _shown(answers: Answers, link: Link, channel: Channel) -> Shown:
    speaking = answers.speaking(link.language)
    asked = [each for each in channel.questions if each.id in channel.open]
    return Shown(
        id=channel.account.id,
        name=speaking.channel(channel.account),
        url=address_of(channel.account),
        known=speaking.last_read(channel.last_seen_at),
        asks={each.id: each.title.get(link.language, each.id) for each in asked},
        takes_link=any(each.takes_link for each in asked),
    )
