"""Whose a channel is that was found: the administration that is asked answers, the officer decides.

GET /ours/TOKEN ─▶ the channel, the pages that name it, what speaks for it ─POST▶ an answer kept in somebody's name
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, TypeAlias

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from audits.digest import Entry, Purpose
from audits.reading.scrub import one_line
from audits.triage import Answer, answer_in_words, evidence_in_words
from console.asking import Given, Gone, Said, answers_of, link_for, page
from worker.steps.answering import Link, stamp_of_answer
from worker.steps.deciding import AnsweredSince
from worker.steps.triage import Waiting
from worker.wiring.answering import Answers

router = APIRouter()
WORDS: Final = {"ours": Answer.OURS, "not_ours": Answer.NOT_OURS, "unknown": Answer.UNKNOWN}
_SINCE: Final = "page.answered_since"

Asked: TypeAlias = Annotated[Link, Depends(link_for(Purpose.OURS))]


@router.get("/ours/{token}")
def show_ours(request: Request, link: Asked) -> Response:
    return _question(answers_of(request), link, Given())


@router.post("/ours/{token}")
def ours(request: Request, link: Asked, said: Said) -> Response:
    answers = answers_of(request)
    wrong = "page.missing.by" if not said.by else "" if said.what in WORDS else "page.ours.which"
    if wrong:
        return _question(answers, link, said, wrong)
    _asked(answers, link)
    try:
        is_asked = answers.say_whose(link, WORDS[said.what], by=said.by, reason=said.reason, stood=said.stood)
    except AnsweredSince:
        return _question(answers, link, said, _SINCE)
    if not is_asked:
        raise Gone(link)
    facts = {"by": said.by}
    return page("thanks.html", link.language, title="page.ours", told="page.ours.thanks", facts=facts)


def _asked(answers: Answers, link: Link) -> Waiting:
    """What the link asks about. Raises `Gone` where that is no question any more."""
    asked = answers.asked(link)
    if asked is None:
        raise Gone(link)
    return asked


def _question(answers: Answers, link: Link, said: Given, wrong: str = "") -> Response:
    asked = _asked(answers, link)
    candidate, evidence = asked.candidate, asked.evidence
    return page(
        "ours.html",
        link.language,
        status=409 if wrong == _SINCE else 422 if wrong else 200,
        entry=Entry(title=one_line(candidate.name or candidate.key, 80), url=one_line(candidate.url, 400)),
        speaks=[_parted(each, evidence.pages) for each in evidence_in_words(candidate, evidence, link.language)],
        pages=[one_line(each, 400) for each in evidence.pages[1:]],  # the first stands in what speaks
        more=evidence.pages_in_all - len(evidence.pages),
        answered=answer_in_words(asked.answer, link.language) if asked.answer else "",
        stood=stamp_of_answer(asked.answer),
        is_since=wrong == _SINCE,
        words=tuple(WORDS),
        said=said,
        wrong=wrong,
    )


def _parted(told: str, pages: Sequence[str]) -> tuple[str, str]:
    """A sentence, and the page that it ends with, which becomes a link; "" where it names none."""
    named = next((each for each in pages if told.endswith(f" {each}")), "")
    return one_line(told.removesuffix(named), 400), one_line(named, 400)
