"""What people say unasked or in the machine's place: an account confirmed, one reported, letters paused.

GET /attest, /report, /stop/TOKEN ─▶ a form ─POST▶ kept, and the officer told
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from audits.digest import Purpose
from audits.stating import StatementRefused
from console.asking import Given, answers_of, given, gone, page, turned_away
from worker.steps.answering import Link, LinkState
from worker.wiring.answering import Answers

router = APIRouter()
KINDS: Final = ("new", "changed", "closed")


@router.get("/attest/{token}")
def show_attest(request: Request, token: str) -> Response:
    answers = answers_of(request)
    opened = answers.opened(Purpose.ATTEST, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    return _attesting(answers, opened.link, Given())


@router.post("/attest/{token}")
async def attest(request: Request, token: str) -> Response:
    answers, said = answers_of(request), await given(request)
    opened = answers.opened(Purpose.ATTEST, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    subject = answers.subject(opened.link)
    if subject is None:
        return gone(answers, opened.link.language)
    wrong = "page.missing.by" if not said.by else "" if said.link else "page.missing.link"
    if wrong:
        return _attesting(answers, opened.link, said, wrong)
    try:
        answers.paste(opened.link, subject.account, said.link, said.by)
    except StatementRefused:
        return _attesting(answers, opened.link, said, "page.bad.link")
    return page("thanks.html", opened.link.language, title="page.attest", told="page.attest.thanks",
                facts={"by": said.by})  # fmt: skip


def _attesting(answers: Answers, link: Link, said: Given, wrong: str = "") -> Response:
    subject = answers.subject(link)
    if subject is None:
        return gone(answers, link.language)
    status = 422 if wrong else 200
    entry = answers.entry(subject, link.language)
    return page("attest.html", link.language, status=status, entry=entry, said=said, wrong=wrong)


@router.get("/report/{token}")
def show_report(request: Request, token: str) -> Response:
    answers = answers_of(request)
    opened = answers.opened(Purpose.REPORT, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    return page("report.html", opened.link.language, said=Given(what="new"), wrong="", kinds=KINDS)


@router.post("/report/{token}")
async def report(request: Request, token: str) -> Response:
    """A letter's button may report several accounts, one after the other."""
    answers, said = answers_of(request), await given(request)
    opened = answers.opened(Purpose.REPORT, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    wrong = _lacking(said)
    if wrong:
        return page("report.html", opened.link.language, status=422, said=said, wrong=wrong, kinds=KINDS)
    what = said.what if said.what in KINDS else KINDS[0]
    answers.report(opened.link, by=said.by, what=what, url=said.link, note=said.reason)
    return page("thanks.html", opened.link.language, title="page.report", told="page.report.thanks", facts={})


def _lacking(said: Given) -> str:
    if not said.by:
        return "page.missing.by"
    return "" if said.link.startswith(("https://", "http://")) else "page.report.bad_url"


@router.get("/stop/{token}")
def show_stop(request: Request, token: str) -> Response:
    """Mail scanners follow every link, so this shows a form and does nothing."""
    answers = answers_of(request)
    opened = answers.opened(Purpose.STOP, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    return page("stop.html", opened.link.language, address=opened.link.recipient)


@router.post("/stop/{token}")
async def stop(request: Request, token: str) -> Response:
    """RFC 8058: a mail program posts `List-Unsubscribe=One-Click`, without a log-in, a cookie or an Origin."""
    answers, said = answers_of(request), await given(request)
    opened = answers.opened(Purpose.STOP, token)
    if opened.link is None or opened.state is not LinkState.GOOD:
        return turned_away(answers, opened)
    day = answers.rest(opened.link, said.by or opened.link.recipient)
    told = {"address": opened.link.recipient, "day": answers.speaking(opened.link.language).day(day)}
    return page("thanks.html", opened.link.language, title="page.stop", told="page.stop.done", facts=told)
