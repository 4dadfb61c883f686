"""The pages that need no letter: who asks, why and how to object, where the program's name in every request leads; and
how accessible the pages are, where every page leads.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from audits.wording import LANGUAGES, phrase
from console.asking import answers_of, page

router = APIRouter()
SUPERVISION: Final = "https://www.digg.se/tdosanmalan"  # where the law's supervision takes complaints


@router.get("/")
def about(request: Request, language: str = "") -> Response:
    """In the reader's language where `?language=` or the browser asks for one that there is."""
    answers = answers_of(request)
    return _open_page(request, "about.html", language, agent=answers.agent(), seconds=f"{answers.pace():g}")


@router.get("/accessibility")
def accessibility(request: Request, language: str = "") -> Response:
    """The place of the statement that the law (2018:1937, 13 §) asks of a public body, which only the city can make.

    https://www.digg.se/kunskap-och-stod/digital-tillganglighet/skapa-en-tillganglighetsredogorelse
    """
    statement = answers_of(request).deployment.settings.accessibility_statement
    return _open_page(request, "accessibility.html", language, statement=statement, supervision=SUPERVISION)


def _open_page(request: Request, name: str, language: str, **facts: Any) -> Response:
    answers = answers_of(request)
    wanted = language or _wanted(request.headers.get("accept-language", ""))
    spoken = wanted if wanted in LANGUAGES else answers.deployment.settings.language
    officer = answers.officer()
    return page(
        name,
        spoken,
        city=answers.letters.terms(LANGUAGES[0]).city,
        address=officer.address if officer else "",
        others={each: phrase("page.about.itself", each) for each in LANGUAGES if each != spoken},
        **facts,
    )


def _wanted(accepted: str) -> str:
    first = accepted.replace(";", ",").split(",", 1)[0].strip()[:2].lower()
    return first if first in LANGUAGES else ""


@router.get("/ready")
async def ready() -> Response:
    """For whoever watches over the process; says nothing else, and needs no thread, which others may all hold."""
    return PlainTextResponse("ready")
