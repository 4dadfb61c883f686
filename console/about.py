"""Who asks, why, and how to object: the page that the program's own name in every request leads to."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from audits.wording import LANGUAGES, phrase
from console.asking import answers_of, page

router = APIRouter()


@router.get("/")
def about(request: Request, language: str = "") -> Response:
    """In the reader's language where `?language=` or the browser asks for one that there is."""
    answers = answers_of(request)
    spoken = language or _wanted(request.headers.get("accept-language", ""))
    officer = answers.officer()
    return page(
        "about.html",
        spoken or answers.deployment.settings.language,
        city=answers.letters.terms(LANGUAGES[0]).city,
        agent=answers.agent(),
        address=officer.address if officer else "",
        others={each: phrase("page.about.itself", each) for each in LANGUAGES if each != spoken},
    )


def _wanted(accepted: str) -> str:
    first = accepted.replace(";", ",").split(",", 1)[0].strip()[:2].lower()
    return first if first in LANGUAGES else ""


@router.get("/ready")
async def ready() -> Response:
    """For whoever watches over the process; says nothing else, and needs no thread, which others may all hold."""
    return PlainTextResponse("ready")
