"""A route, played against prepared answers.

asked(platform, route, subject, first answer, second answer, …) ─▶ the probes, and the reading they led to
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from audits.model import Page, Probe, Reading, Route
from audits.platform import Platform, Subject
from tests.platforms.shown import PACKS, made


def asked(platform: Platform, route: Route, subject: Subject, *answers: Any) -> tuple[list[Probe], Reading]:
    """What the route asks, and what it makes of the answers; fails where it asks for more."""
    offer = next(offer for offer in platform.routes if offer.route is route)
    asking = offer.ask(subject, PACKS)
    assert asking is not None
    probes = [next(asking)]
    try:
        for answer in answers:
            probes.append(asking.send(_came(answer, probes[-1].url)))
    except StopIteration as end:
        assert len(probes) == len(answers)
        reading: Reading = end.value
        return probes, reading
    raise AssertionError(f"the route still asks for {probes[-1].url}")


def _came(answer: Any, url: str) -> Page:
    """A page as it is given, or one of what is to stand on it."""
    return replace(answer, url=url) if isinstance(answer, Page) else made(answer, url=url)


def passed_over(platform: Platform, route: Route, subject: Subject) -> bool:
    """Whether the route says that it cannot be tried for this subject."""
    offer = next(offer for offer in platform.routes if offer.route is route)
    return offer.ask(subject, PACKS) is None
