"""What was seen, and looking again.

GET /evidence/TOKEN ─▶ what the look left behind            GET /recheck/TOKEN ─POST▶ a look now ─▶ its outcome
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from audits.digest import Purpose
from audits.reading.scrub import one_line
from console.asking import answers_of, given, gone, page, turned_away
from worker.steps.answering import Link, LinkState, Looked, Subject
from worker.wiring.answering import Answers

router = APIRouter()


@router.get("/evidence/{token}")
def evidence(request: Request, token: str) -> Response:
    answers = answers_of(request)
    opened = answers.opened(Purpose.EVIDENCE, token)
    if opened.link is None or opened.state is LinkState.OVER:
        return turned_away(answers, opened)
    subject = answers.subject(opened.link)
    if subject is None or subject.case is None:
        return gone(answers, opened.link.language)
    return page(
        "evidence.html",
        opened.link.language,
        entry=answers.entry(subject, opened.link.language),
        excerpts=answers.excerpts(subject),
        value=one_line(subject.case.fingerprint, 400),
    )


@router.get("/recheck/{token}")
def show_recheck(request: Request, token: str) -> Response:
    answers = answers_of(request)
    opened = answers.opened(Purpose.RECHECK, token)
    if opened.link is None or opened.state in (LinkState.OVER, LinkState.UNKNOWN):
        return turned_away(answers, opened)
    subject = answers.subject(opened.link)
    if subject is None:
        return gone(answers, opened.link.language)
    return _shown(answers, opened.link, subject)


@router.post("/recheck/{token}")
async def recheck(request: Request, token: str) -> Response:
    answers, said = answers_of(request), await given(request)
    opened = answers.opened(Purpose.RECHECK, token)
    if opened.link is None or opened.state in (LinkState.OVER, LinkState.UNKNOWN):
        return turned_away(answers, opened)
    subject = answers.subject(opened.link)
    if subject is None:
        return gone(answers, opened.link.language)
    if not said.by:
        return _shown(answers, opened.link, subject, wrong="page.missing.by", status=422)
    if answers.recheck(opened.link, subject.account, said.by) is None:
        return _shown(answers, opened.link, subject, wrong="page.recheck.soon", status=409)
    return RedirectResponse(request.url.path, 303)


def _shown(answers: Answers, link: Link, subject: Subject, wrong: str = "", status: int = 200) -> Response:
    looked = answers.looked(subject, link) if link.used_at else None
    return page(
        "recheck.html",
        link.language,
        status=status,
        entry=answers.entry(subject, link.language),
        looked=looked.value if looked else "",
        may_ask=looked is not Looked.WAITING,
        wrong=wrong,
    )
