"""No visitor waits for another's press, and no press for the workers.

What would be waited for goes on only once the answer is here: whoever waited all the same would wait in vain.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from audits.digest import Purpose
from audits.model import CaseState
from console.app import make_app
from tests.console.serving import served
from tests.telling.offices import CONSOLE, Office
from worker.ports import Run
from worker.ports.telling import Link
from worker.wiring.answering import Answers

AT_HOME: Final = {"host": urlsplit(CONSOLE).netloc}
WAITS: Final = 60.0  # seconds; the machine may be busy with other things


@dataclass(frozen=True, slots=True)
class Slow(Answers):
    """A deployment whose workers do not hear, and whose database takes no pause, before they may."""

    may: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)

    def call(self, run: Run) -> None:
        del run
        self.begun.set()
        assert self.may.wait(WAITS)

    def resume(self, link: Link, by: str) -> None:
        self.begun.set()
        assert self.may.wait(WAITS)
        Answers.resume(self, link, by)


@contextmanager
def slow(office: Office) -> Iterator[tuple[httpx.Client, Slow]]:
    """A visitor of such a deployment."""
    app, answers = make_app(office.deployment), Slow(office.deployment)
    app.state.answers = answers
    with served(app) as root, httpx.Client(base_url=root, headers=AT_HOME, timeout=WAITS) as visitor:
        try:
            yield visitor, answers
        finally:
            answers.may.set()


def test_who_asks_for_a_look_does_not_wait_until_the_workers_hear_of_it(an_office: Office):
    path = an_office.path(Purpose.RECHECK)
    with slow(an_office) as (visitor, answers):
        assert visitor.post(path, data={"by": "Bea"}).status_code == 303
        assert answers.begun.wait(WAITS)
        assert "tittar inom någon minut" in visitor.get(path).text


def test_who_goes_away_in_the_middle_of_a_form_answers_nothing_and_is_no_mistake_of_ours(an_office: Office):
    path, sent = an_office.path(Purpose.FIX), []
    parts: list[dict[str, Any]] = [
        {"type": "http.request", "body": b"by=Bea", "more_body": True},
        {"type": "http.disconnect"},
    ]
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    headers = [(b"host", AT_HOME["host"].encode()), (b"content-length", b"600"), kind]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message.get("status"))

    asyncio.run(make_app(an_office.deployment)(scope, receive, send))
    assert sent[0] == 400
    assert [case.state for case in an_office.store.cases()] == [CaseState.CONFIRMED]


def test_nobody_waits_for_anothers_press(an_office: Office):
    links = an_office.links()
    with slow(an_office) as (visitor, answers), ThreadPoolExecutor() as another:
        visitor.post(links["stop"], data={"by": "Bea", "what": "pause"})
        pressed = another.submit(visitor.post, links["stop"], data={"by": "Bea", "what": "resume"})
        assert answers.begun.wait(WAITS)
        assert visitor.get(links["fix"]).status_code == visitor.get("/ready").status_code == 200
        assert not pressed.done()
        answers.may.set()
        assert pressed.result().status_code == 200
