"""What was seen, and looking again.

GET /evidence/TOKEN ─▶ what the look left behind            GET /recheck/TOKEN ─POST▶ a look now ─▶ its outcome
GET /letter/TOKEN   ─▶ all that had no room in a letter
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse, Response

from audits.digest import Purpose
from audits.model import Case
from audits.reading.scrub import one_line
from audits.reporting import bare, value_of
from audits.wording import phrase
from audits.wording.evidence import in_words
from console.asking import Gone, Said, answers_of, link_for, page, subject_for
from worker.steps.answering import Link, LinkUsed, Looked, Subject
from worker.wiring.answering import Answers

router = APIRouter()


@router.get("/evidence/{token}")
def evidence(request: Request, link: Annotated[Link, Depends(link_for(Purpose.EVIDENCE, used=True))]) -> Response:
    answers = answers_of(request)
    subject = subject_for(answers, link)
    return page(
        "evidence.html",
        link.language,
        entry=answers.entry(subject, link),
        excerpts=answers.excerpts(subject),
        decided=_id_told(subject, link.language),
        value=_value_of(subject.case, link.language) if subject.case else "",
    )


def _id_told(subject: Subject, language: str) -> str:
    """The two ids where another than the registered one is what decided; "" else."""
    seen = subject.case.seen.get("platform_id") if subject.case else None
    if not seen:
        return ""
    number = one_line(bare("platform_id", seen), 200)
    known = subject.remark.registered if subject.remark else None
    if known is None:
        return phrase("page.evidence.other_id", language, id=number)
    return phrase("page.evidence.ids", language, id=number, registered=one_line(known.id.value, 200))


def _value_of(case: Case, language: str) -> str:
    return in_words(one_line(value_of(case.fingerprint, case.seen), 400), language)


@router.get("/letter/{token}")
def whole(request: Request, link: Annotated[Link, Depends(link_for(Purpose.WHOLE, used=True))]) -> Response:
    """What a letter would say now, to the last line; the letter itself has the buttons."""
    sheet = answers_of(request).whole(link)
    if sheet is None:
        raise Gone(link)
    return page("letter.html", link.language, sheet=sheet)


Looking: TypeAlias = Annotated[Link, Depends(link_for(Purpose.RECHECK, used=True))]


@router.get("/recheck/{token}")
def show_recheck(request: Request, link: Looking) -> Response:
    answers = answers_of(request)
    return _shown(answers, link, subject_for(answers, link))


@router.post("/recheck/{token}")
def recheck(request: Request, link: Looking, said: Said) -> Response:
    """The answer goes out before the workers are called: whether they hear it is nothing to wait for."""
    answers = answers_of(request)
    subject = subject_for(answers, link)
    if not said.by:
        return _shown(answers, link, subject, wrong="page.missing.by", status=422)
    if not answers.may_press(link):
        return _shown(answers, link, subject, wrong="page.often", status=429)
    try:
        run = answers.recheck(link, subject.account, said.by)
    except LinkUsed:
        return _shown(answers, link, subject, wrong="page.recheck.soon", status=409)
    return RedirectResponse(request.url.path, 303, background=BackgroundTask(answers.call, run))


def _shown(answers: Answers, link: Link, subject: Subject, wrong: str = "", status: int = 200) -> Response:
    looked = answers.looked(subject, link) if link.used_at else None
    return page(
        "recheck.html",
        link.language,
        status=status,
        entry=answers.entry(subject, link),
        looked=looked.value if looked else "",
        may_ask=looked is not Looked.WAITING,
        wrong=wrong,
    )
