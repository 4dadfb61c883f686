"""Forms read, and pages written.

form ─▶ Given (who, why, until when, a link), each on one line       template + words ─▶ HTMLResponse
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse

from audits.reading.scrub import one_line, scrub
from audits.wording import LANGUAGES, phrase
from worker.steps.answering import LinkState, Opened
from worker.wiring.answering import Answers

NAME_LIMIT, REASON_LIMIT, LINK_LIMIT = 80, 1000, 2000
_STATUS: Final[Mapping[LinkState, int]] = {
    LinkState.GOOD: 200,
    LinkState.USED: 409,
    LinkState.OVER: 410,
    LinkState.UNKNOWN: 404,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a form holds, made fit to keep."""

    by: str = ""
    what: str = ""
    reason: str = ""
    until: str = ""
    link: str = ""

    @property
    def day(self) -> date | None:
        """The chosen day; None where none was chosen, or what was sent is none."""
        try:
            return date.fromisoformat(self.until)
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
    )


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(name: str, language: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
    """One page in a language that there is."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    text = _environment().get_template(name).render(language=spoken, say=saying(spoken), **facts)
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


def turned_away(answers: Answers, opened: Opened) -> HTMLResponse:
    """A link that does nothing (any more): why, and what would help."""
    link = opened.link
    told = {}
    if opened.state is LinkState.USED and link is not None and link.used_at is not None:
        day = link.used_at.astimezone(answers.deployment.settings.zone).date()
        told = {"by": link.used_by, "day": answers.speaking(link.language).day(day)}
    language = link.language if link else answers.deployment.settings.language
    return page("refused.html", language, status=_STATUS[opened.state], why=opened.state.value, told=told)


def gone(answers: Answers, language: str) -> HTMLResponse:
    """What a link was about has left the register."""
    del answers
    return page("refused.html", language, status=410, why="closed", told={})
