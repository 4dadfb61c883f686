"""Answers to a line: we will fix it, an explanation, not ours; and taking an answer back.

GET /fix, /explain, /not-ours/TOKEN ─▶ the line and a form ─POST▶ decision ─▶ /undo/TOKEN shows what was kept
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from audits.cases import LONGEST_EXPLANATION, CaseRefused
from audits.digest import Purpose
from console.asking import Given, answers_of, given, gone, page, turned_away
from worker.steps.answering import ACTS, Link, LinkState, Subject
from worker.steps.deciding import NoSuchCase
from worker.wiring.answering import Answers

router = APIRouter()
_TEMPLATES: Final = {Purpose.FIX: "fix.html", Purpose.EXPLAIN: "explain.html", Purpose.NOT_OURS: "not_ours.html"}


@router.get("/fix/{token}")
def show_fix(request: Request, token: str) -> Response:
    return _show(answers_of(request), Purpose.FIX, token)


@router.post("/fix/{token}")
async def fix(request: Request, token: str) -> Response:
    return _decide(answers_of(request), Purpose.FIX, token, await given(request))


@router.get("/explain/{token}")
def show_explain(request: Request, token: str) -> Response:
    return _show(answers_of(request), Purpose.EXPLAIN, token)


@router.post("/explain/{token}")
async def explain(request: Request, token: str) -> Response:
    return _decide(answers_of(request), Purpose.EXPLAIN, token, await given(request))


@router.get("/not-ours/{token}")
def show_not_ours(request: Request, token: str) -> Response:
    return _show(answers_of(request), Purpose.NOT_OURS, token)


@router.post("/not-ours/{token}")
async def not_ours(request: Request, token: str) -> Response:
    return _decide(answers_of(request), Purpose.NOT_OURS, token, await given(request))


@router.get("/undo/{token}")
def show_undo(request: Request, token: str) -> Response:
    answers = answers_of(request)
    opened = answers.opened(Purpose.UNDO, token)
    if opened.link is None or opened.state in (LinkState.OVER, LinkState.UNKNOWN):
        return turned_away(answers, opened)
    return _receipt(answers, opened.link, taken_back=opened.state is LinkState.USED)


@router.post("/undo/{token}")
async def undo(request: Request, token: str) -> Response:
    answers, said = answers_of(request), await given(request)
    opened = answers.opened(Purpose.UNDO, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    try:
        answers.undo(opened.link, said.by or opened.link.recipient)
    except (CaseRefused, NoSuchCase):
        return _receipt(answers, opened.link, taken_back=False, wrong="page.undo.stays", status=409)
    return RedirectResponse(request.url.path, 303)


def _show(answers: Answers, purpose: Purpose, token: str) -> Response:
    opened = answers.opened(purpose, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    subject = answers.subject(opened.link)
    if subject is None or subject.case is None:
        return gone(answers, opened.link.language)
    return _form(answers, purpose, opened.link, subject, Given())


def _form(answers: Answers, purpose: Purpose, link: Link, subject: Subject, said: Given, wrong: str = "") -> Response:
    today = answers.today()
    return page(
        _TEMPLATES[purpose],
        link.language,
        status=422 if wrong else 200,
        entry=answers.entry(subject, link.language),
        open=subject.is_open,
        said=said,
        wrong=wrong,
        today=today,
        last_day=today + LONGEST_EXPLANATION,
    )


def _decide(answers: Answers, purpose: Purpose, token: str, said: Given) -> Response:
    opened = answers.opened(purpose, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    subject = answers.subject(opened.link)
    if subject is None or subject.case is None:
        return gone(answers, opened.link.language)
    wrong = _lacking(purpose, said)
    if wrong:
        return _form(answers, purpose, opened.link, subject, said, wrong)
    what = said.what if said.what in ACTS[purpose] else ACTS[purpose][0]
    day = said.day if purpose is Purpose.EXPLAIN else None
    try:
        _, undo_token = answers.decide(opened.link, what, by=said.by, reason=said.reason, until=day)
    except CaseRefused:
        wrong = "page.missing.until" if purpose is Purpose.EXPLAIN and subject.is_open else "page.closed"
        return _form(answers, purpose, opened.link, subject, said, wrong)
    except NoSuchCase:
        return gone(answers, opened.link.language)
    return RedirectResponse(f"/undo/{undo_token}", 303)


def _lacking(purpose: Purpose, said: Given) -> str:
    """What must still be filled in, as a key of wording."""
    if not said.by:
        return "page.missing.by"
    if purpose is not Purpose.EXPLAIN:
        return ""
    if not said.reason:
        return "page.missing.reason"
    return "" if said.day else "page.missing.until"


def _receipt(answers: Answers, link: Link, *, taken_back: bool, wrong: str = "", status: int = 200) -> Response:
    subject = answers.subject(link)
    if subject is None or subject.case is None:
        return gone(answers, link.language)
    speaking = answers.speaking(link.language)
    return page(
        "receipt.html",
        link.language,
        status=status,
        entry=answers.entry(subject, link.language),
        answer=speaking.answer_of(subject.case),
        taken_back=taken_back,
        wrong=wrong,
    )
