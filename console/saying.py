"""What people say unasked or in the machine's place: an account confirmed, one reported, letters paused.

GET /attest, /report, /stop/TOKEN ─▶ a form ─POST▶ kept, and the officer told; a pause can be taken back
"""

from __future__ import annotations

import re
from typing import Annotated, Final, TypeAlias

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from audits.addresses import host_of
from audits.digest import Purpose, WhenWell
from audits.stating import StatementRefused
from audits.triage import About, TriageRefused
from console.asking import Given, Said, answers_of, link_for, page, subject_for, wrong_link
from worker.steps.answering import AccountReport, Link
from worker.steps.triage import NO_ACCOUNT, TWIN
from worker.wiring.answering import Answers

router = APIRouter()
KINDS: Final = tuple(About)


Attested: TypeAlias = Annotated[Link, Depends(link_for(Purpose.ATTEST))]
Reported: TypeAlias = Annotated[Link, Depends(link_for(Purpose.REPORT))]
Paused: TypeAlias = Annotated[Link, Depends(link_for(Purpose.STOP, used=True))]
_STOP: Final = link_for(Purpose.STOP)
_REFUSED: Final = {TWIN: "page.report.twin", NO_ACCOUNT: "page.report.unregistered"}
_PAUSE, _RESUME, _OFTEN, _NOBODY = "pause", "resume", "page.often", Given()


@router.get("/attest/{token}")
def show_attest(request: Request, link: Attested) -> Response:
    return _attesting(answers_of(request), link, Given())


@router.post("/attest/{token}")
def attest(request: Request, link: Attested, said: Said) -> Response:
    answers = answers_of(request)
    subject = subject_for(answers, link)
    wrong = "page.missing.by" if not said.by else "" if said.link else "page.missing.link"
    if wrong:
        return _attesting(answers, link, said, wrong)
    try:
        taken = answers.paste(link, subject.account, said.link, said.by, said.posted_on)
    except StatementRefused as refused:
        return _attesting(answers, link, said, wrong_link(refused))
    told = "page.attest.older" if taken.newer else "page.attest.thanks"
    facts = {"by": said.by, "day": answers.speaking(link.language).day(taken.statement.on)}
    return page("thanks.html", link.language, title="button.attest", told=told, facts=facts)


def _attesting(answers: Answers, link: Link, said: Given, wrong: str = "") -> Response:
    subject = subject_for(answers, link)
    status = 422 if wrong else 200
    entry = answers.entry(subject, link)
    return page("attest.html", link.language, status=status, entry=entry, said=said, wrong=wrong, today=answers.today())


@router.get("/report/{token}")
def show_report(request: Request, link: Reported) -> Response:
    del request
    return page("report.html", link.language, said=Given(what="new"), wrong="", kinds=KINDS)


@router.post("/report/{token}")
def report(request: Request, link: Reported, said: Said) -> Response:
    """A letter's button may report several accounts, one after the other."""
    answers = answers_of(request)
    wrong = _lacking(said)
    if wrong:
        return page("report.html", link.language, status=422, said=said, wrong=wrong, kinds=KINDS)
    if not answers.may_press(link):
        return page("report.html", link.language, status=429, said=said, wrong="page.often", kinds=KINDS)
    try:
        answers.report(link, _reported(said))
    except TriageRefused as refused:
        wrong = _REFUSED[refused.args[0].key]
        return page("report.html", link.language, status=422, said=said, wrong=wrong, kinds=KINDS)
    told, what = "page.report.thanks", _about(said).value
    return page("thanks.html", link.language, title="button.report", told=told, facts={}, sent=said, what=what)


def _reported(said: Given) -> AccountReport:
    link, new = _web_address(said.link), _web_address(said.new_link)
    return AccountReport(about=_about(said), by=said.by, address=link, new_address=new, note=said.reason)


def _about(said: Given) -> About:
    return About(said.what) if said.what in KINDS else About.NEW


def _lacking(said: Given) -> str:
    """What must still be filled in or made clear, as a key of wording."""
    if not said.by:
        return "page.missing.by"
    if not _web_address(said.link) or (said.new_link and not _web_address(said.new_link)):
        return "page.report.bad_url"
    if _about(said) is not About.CHANGED:
        return "page.report.which" if said.new_link else ""
    return "" if said.new_link or said.reason else "page.report.changed_how"


def _web_address(text: str) -> str:
    """The address as a browser opens it; a link may lack its scheme, as in a register.

    "" where it names no host, or a name and a password before one: such a link shows another address than it leads to.
    """
    has_scheme = text.startswith(("https://", "http://"))
    before = re.split(r"[/?#\\]", text.partition("://")[2] if has_scheme else text, maxsplit=1)[0]
    misleading = "@" in before or (":" in before and not has_scheme)
    host = "" if misleading else host_of(before)
    return (text if has_scheme else f"https://{text}") if host else ""


@router.get("/stop/{token}")
def show_stop(request: Request, token: str, link: Paused) -> Response:
    """Mail scanners follow every link, so this shows a form and does nothing."""
    answers = answers_of(request)
    return _standing(answers, link) or _stopping(answers, _STOP(request, token), Given())


def _standing(answers: Answers, link: Link, said: Given = _NOBODY, wrong: str = "") -> Response | None:
    """What the link has done, while that stands."""
    if link.used_at is not None and (day := answers.paused_until(link)):
        return _paused(link, answers.speaking(link.language).day(day), said, wrong)
    if link.used_at is not None and (chosen := answers.wished(link)):
        return _wished(link, chosen, said, wrong)
    return None


def _stopping(answers: Answers, link: Link, said: Given, wrong: str = "") -> Response:
    quiet = answers.when_well(link) is WhenWell.SILENCE
    facts = {"address": link.recipient, "quiet": quiet, "said": said, "wrong": wrong}
    return page("stop.html", link.language, status=422 if wrong else 200, **facts)


@router.post("/stop/{token}")
def stop(request: Request, link: Paused, said: Said) -> Response:
    """RFC 8058: a mail program posts `List-Unsubscribe=One-Click`, without a log-in, a cookie or an Origin.

    Whoever came to the page may choose instead what a week without anything to say is to be; and whoever has paused
    or chosen may take that back by the same link. The way out is never used up: it pauses whatever was done by it.
    All but the mail program says who presses, as on every page: what scans letters presses buttons too.
    """
    answers = answers_of(request)
    if said.one_click:
        return _rested(answers, link, Given(by=said.by or link.recipient))
    if said.what not in (_PAUSE, _RESUME, *WhenWell) or not said.by:
        wrong = "page.missing.what" if said.by else "page.missing.by"
        return _standing(answers, link, said, wrong) or _stopping(answers, link, said, wrong)
    if said.what in tuple(WhenWell):
        answers.wish(link, WhenWell(said.what), said.by)
        return _wished(link, WhenWell(said.what), said)
    return _resume(answers, link, said) if said.what == _RESUME else _rested(answers, link, said)


def _rested(answers: Answers, link: Link, said: Given) -> Response:
    day = answers.rest(link, said.by)
    return _paused(link, answers.speaking(link.language).day(day), said)


def _paused(link: Link, day: str, said: Given, wrong: str = "") -> Response:
    return _done(link, "page.stop.done", _RESUME, said, wrong, day=day)


def _wished(link: Link, chosen: WhenWell, said: Given, wrong: str = "") -> Response:
    other = next(each for each in WhenWell if each is not chosen)
    return _done(link, f"page.stop.{chosen.value}.done", other.value, said, wrong)


def _done(link: Link, told: str, back: str, said: Given, wrong: str, **facts: str) -> Response:
    """What stands now, and the button that takes it back."""
    facts["address"] = link.recipient
    status = 429 if wrong == _OFTEN else 422 if wrong else 200
    return page("paused.html", link.language, status=status, told=told, facts=facts, back=back, said=said, wrong=wrong)


def _resume(answers: Answers, link: Link, said: Given) -> Response:
    """Pressed twice it says the same. What was never paused by this link is not taken back by it either."""
    if link.used_at is None:
        return _stopping(answers, link, said, "page.missing.what")
    if not answers.may_press(link):
        return _standing(answers, link, said, _OFTEN) or _stopping(answers, link, said, _OFTEN)
    answers.resume(link, said.by)
    return _thanked(link, "page.stop.resumed")


def _thanked(link: Link, told: str) -> Response:
    return page("thanks.html", link.language, title="page.stop", told=told, facts={"address": link.recipient})
