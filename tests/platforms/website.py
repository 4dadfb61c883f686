"""A little site on a host of its own, and what is read of it."""

from __future__ import annotations

from typing import Any

from audits.asking import made_up_path
from audits.model import Page, Reading
from audits.platform import Asking, Subject
from audits.platforms.website import PLATFORM
from tests.platforms.shown import PACKS, kept, made

URL = "https://almestad.example/sommarlov"
FRONT = "https://almestad.example/"
SELLER = "https://www.afternic.com/forsale/almestad.example"
SUBJECT = Subject(platform="website", url=URL)
CONTROL = f"https://almestad.example{made_up_path(URL)}"


def site(**changes: Any) -> Page:
    return kept("website", "site.html", **{"url": URL, **changes})


def shown(page: Page, url: str = URL) -> Reading:
    return PLATFORM.read(page, Subject(platform="website", url=url), PACKS)


def visited(answers: dict[str, Page], url: str = URL) -> tuple[list[str], Reading]:
    """The addresses that a visit asked for, and what it made of the answers; whatever is not there is a plain 404."""
    asking: Asking | None = PLATFORM.routes[0].ask(Subject(platform="website", url=url), PACKS)
    assert asking is not None
    asked = [next(asking).url]
    try:
        while True:
            answer = answers.get(asked[-1]) or made("<h1>Finns inte</h1>", url=asked[-1], status=404)
            asked.append(asking.send(answer).url)
    except StopIteration as end:
        reading: Reading = end.value
        return asked, reading
