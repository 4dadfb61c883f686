"""Forms read, and pages written.

token ─link_for▶ link ─subject_for▶ what it is about        else TurnedAway, Gone ─turned_away▶ a page that says why
form ─given▶ who, why, until when, a link, each on one line        template + words ─page▶ HTMLResponse
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse

from audits.digest import Purpose
from audits.reading.scrub import one_line, scrub
from audits.stating import StatementRefused
from audits.wording import LANGUAGES, phrase
from worker.steps.answering import Link, LinkState, LinkUsed, Opened, Subject
from worker.wiring.answering import Answers
from worker.wiring.templates import templates_of

NAME_LIMIT, REASON_LIMIT, LINK_LIMIT = 80, 1000, 2000
_STATUS: Final[Mapping[LinkState, int]] = {
    LinkState.GOOD: 200,
    LinkState.USED: 409,
    LinkState.OVER: 410,
    LinkState.UNKNOWN: 404,
}
_WRONG_LINKS: Final[Mapping[str, str]] = {
    "refused.paste.undated": "page.missing.on",
    "refused.paste.short": "page.bad.short",
    "refused.paste.group": "page.bad.group",
    "refused.paste.author": "page.bad.author",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a form holds, made fit to keep."""

    by: str = ""
    what: str = ""
    reason: str = ""
    until: str = ""
    link: str = ""
    new_link: str = ""
    on: str = ""

    @property
    def day(self) -> date | None:
        """The last day that was chosen, or None."""
        return day_sent(self.until)

    @property
    def posted_on(self) -> date | None:
        """The day of a post, or None."""
        return day_sent(self.on)


def day_sent(text: str) -> date | None:
    """The day that a form sends; None where none was chosen, or what was sent is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def given(request: Request) -> Given:
    """The form of a request."""
    form = await request.form(max_files=0, max_fields=20)
    return Given(
        by=one_line(_text(form, "by"), NAME_LIMIT),
        what=one_line(_text(form, "what"), 40),
        reason=" ".join(scrub(_text(form, "reason"), REASON_LIMIT).split()),
        until=one_line(_text(form, "until"), 10),
        link=one_line(_text(form, "link"), LINK_LIMIT),
        new_link=one_line(_text(form, "new-link"), LINK_LIMIT),
        on=one_line(_text(form, "on"), 10),
    )


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def page(name: str, language: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
    """One page in a language that there is."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    text = templates_of("console").get_template(name).render(language=spoken, say=saying(spoken), **facts)
    return HTMLResponse(text, status)


def saying(language: str) -> Callable[..., str]:
    """The words of a language."""

    def say(key: str, **facts: object) -> str:
        return phrase(key, language, **facts)

    return say


def answers_of(request: Request) -> Answers:
    """The deployment behind this request, as the application holds it."""
    found: Answers = request.app.state.answers
    return found


def wrong_link(refused: StatementRefused) -> str:
    """What kept a pasted link from being kept, as a key of wording."""
    return _WRONG_LINKS.get(getattr(refused.args[0], "key", ""), "page.bad.link")


class TurnedAway(Exception):
    """The link does nothing here, or nothing any more."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened.state.value)
        self.opened = opened


class Gone(Exception):
    """What the link was about has left the register."""

    def __init__(self, link: Link) -> None:
        super().__init__(link.purpose.value)
        self.link = link


def link_for(purpose: Purpose, *, used: bool = False) -> Callable[[Request, str], Link]:
    """A dependency: the link behind the token of a page, good for it; with `used`, also once it has been used."""
    fine = {LinkState.GOOD, LinkState.USED} if used else {LinkState.GOOD}

    def link(request: Request, token: str) -> Link:
        opened = answers_of(request).opened(purpose, token)
        if opened.link is None or opened.state not in fine:
            raise TurnedAway(opened)
        return opened.link

    return link


def subject_for(answers: Answers, link: Link) -> Subject:
    """What a link is about, as it stands. Raises `Gone`."""
    subject = answers.subject(link)
    if subject is None or (link.case is not None and subject.case is None):
        raise Gone(link)
    return subject


async def turned_away(request: Request, error: Exception) -> HTMLResponse:
    """Why a link does nothing, and what would help."""
    answers = answers_of(request)
    if isinstance(error, LinkUsed):
        error = TurnedAway(Opened(state=LinkState.USED, link=error.link))
    if isinstance(error, Gone):
        return page("refused.html", error.link.language, status=410, why="closed", told={})
    if not isinstance(error, TurnedAway):
        raise error
    link, told = error.opened.link, {}
    if error.opened.state is LinkState.USED and link is not None and link.used_at is not None:
        told = {"by": link.used_by, "day": answers.speaking(link.language).day_of(link.used_at)}
    language = link.language if link else answers.deployment.settings.language
    facts = {"hint": "page.used.officer"} if link and link.purpose is Purpose.OURS else {}  # nothing to take back
    state = error.opened.state
    return page("refused.html", language, status=_STATUS[state], why=state.value, told=told, **facts)
