"""Answers to a line: we will fix it, an explanation, not ours; and taking an answer back.

GET /fix, /explain, /not-ours/TOKEN ─▶ the line and a form ─POST▶ decision ─▶ /undo/TOKEN shows what was kept
                                          another's answer since ─▶ that answer, and the form once more
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from audits.cases import LONGEST_EXPLANATION, CaseRefused
from audits.digest import Purpose
from audits.model import CaseState
from console.asking import Given, Gone, Said, TurnedAway, answers_of, link_for, page, subject_for
from worker.steps.answering import ACTS, DONE, Link, LinkState, Opened, Subject
from worker.steps.deciding import AnsweredSince, NoSuchCase, stamp_of
from worker.steps.telling import PATHS
from worker.wiring.answering import Answers

router = APIRouter()
_TEMPLATES: Final = {Purpose.FIX: "fix.html", Purpose.EXPLAIN: "explain.html", Purpose.NOT_OURS: "not_ours.html"}

_SINCE: Final = "page.answered_since"


def _answering(purpose: Purpose) -> None:
    """The page of one kind of answer, and what its form does."""
    good = Depends(link_for(purpose, used=purpose is Purpose.FIX))

    def show(request: Request, token: str, link: Link = good) -> Response:
        answers = answers_of(request)
        undo = answers.receipt_of(link, token) if link.used_at else ""
        return _form(answers, purpose, link, _unspent(answers, link, DONE), Given(), undo=undo)

    def act(request: Request, token: str, said: Said, link: Link = good) -> Response:
        return _decide(answers_of(request), purpose, link, token, said)

    path = f"/{PATHS[purpose]}/{{token}}"
    router.add_api_route(path, show, methods=["GET"])
    router.add_api_route(path, act, methods=["POST"])


for each in _TEMPLATES:
    _answering(each)


@router.get("/undo/{token}")
def show_undo(request: Request, link: Annotated[Link, Depends(link_for(Purpose.UNDO, used=True))]) -> Response:
    return _receipt(answers_of(request), link, taken_back=link.used_at is not None)


@router.post("/undo/{token}")
def undo(request: Request, link: Annotated[Link, Depends(link_for(Purpose.UNDO))], said: Said) -> Response:
    answers = answers_of(request)
    if not said.by:
        return _receipt(answers, link, taken_back=False, wrong="page.missing.by", status=422)
    if not answers.may_press(link):
        return _receipt(answers, link, taken_back=False, wrong="page.often", status=429)
    try:
        answers.undo(link, said.by)
    except (CaseRefused, NoSuchCase):
        return _receipt(answers, link, taken_back=False, wrong="page.undo.stays", status=409)
    return RedirectResponse(request.url.path, 303)


def _unspent(answers: Answers, link: Link, what: str) -> Subject:
    """What the link is about. Raises `TurnedAway` where it has been used, and no second part of it is left."""
    subject = subject_for(answers, link)
    if link.used_at and not (subject.is_being_fixed and what == DONE):
        raise TurnedAway(Opened(state=LinkState.USED, link=link))
    return subject


def _form(
    answers: Answers, purpose: Purpose, link: Link, subject: Subject, said: Given, *, wrong: str = "", undo: str = ""
) -> Response:
    today = answers.today()
    return page(
        _TEMPLATES[purpose],
        link.language,
        status=409 if wrong == _SINCE else 422 if wrong else 200,
        entry=answers.entry(subject, link),
        open=subject.is_open,
        being_fixed=subject.is_being_fixed,
        said=said,
        wrong=wrong,
        undo=undo,
        today=today,
        last_day=today + LONGEST_EXPLANATION,
        stood=stamp_of(subject.case),
        since=answers.speaking(link.language).answer_of(subject.case) if wrong == _SINCE and subject.case else "",
    )


def _decide(answers: Answers, purpose: Purpose, link: Link, token: str, said: Given) -> Response:
    subject = _unspent(answers, link, said.what)
    wrong = _lacking(purpose, said)
    if wrong:
        return _form(answers, purpose, link, subject, said, wrong=wrong)
    what = said.what or ACTS[purpose][0]
    day = said.day if purpose is Purpose.EXPLAIN else None
    try:
        undo_token = answers.decide(link, token, what, by=said.by, reason=said.reason, until=day, stood=said.stood)
    except AnsweredSince:
        return _form(answers, purpose, link, _unspent(answers, link, said.what), said, wrong=_SINCE)
    except CaseRefused:
        wrong = "page.missing.until" if purpose is Purpose.EXPLAIN and subject.is_open else "page.closed"
        return _form(answers, purpose, link, subject, said, wrong=wrong)
    except NoSuchCase as gone:
        raise Gone(link) from gone
    return RedirectResponse(f"/{PATHS[Purpose.UNDO]}/{undo_token}", 303)


def _lacking(purpose: Purpose, said: Given) -> str:
    """What must still be filled in, as a key of wording."""
    if not said.by:
        return "page.missing.by"
    if said.what not in ("", *ACTS[purpose]):
        return "page.missing.what"
    if purpose is not Purpose.EXPLAIN:
        return ""
    if not said.reason:
        return "page.missing.reason"
    return "" if said.day else "page.missing.until"


def _receipt(answers: Answers, link: Link, *, taken_back: bool, wrong: str = "", status: int = 200) -> Response:
    subject = subject_for(answers, link)
    answer = answers.speaking(link.language).answer_of(subject.case) if subject.case and not taken_back else ""
    entry = answers.entry(subject, link)
    return page(
        "receipt.html",
        link.language,
        status=status,
        entry=replace(entry, facts=tuple(fact for fact in entry.facts if fact.text != answer)),
        answer=answer,
        being_fixed=subject.is_being_fixed,
        is_open=subject.case is not None and subject.case.state is CaseState.CONFIRMED,
        taken_back=taken_back,
        said=Given(),
        wrong=wrong,
    )
