from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.model import (
    UNSEEN,
    Activity,
    Confirmation,
    Existence,
    Facts,
    Identity,
    Marker,
    Observation,
    PlatformId,
    Post,
    Precision,
    Route,
    Transport,
)
from tests.builders import NIGHT, a_finding, an_observation, some_facts
from worker.storage.codec import (
    finding_columns,
    finding_from,
    observation_columns,
    observation_from,
)
from worker.storage.facts import facts_from, facts_json

TIMES = st.datetimes(datetime(2004, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds only
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def seen(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(UNSEEN), st.none(), values)


IDS = st.builds(PlatformId, TEXTS, TEXTS)
FLAGS = seen(st.booleans())
POSTS = st.builds(
    Post, url=st.none() | TEXTS, at=st.none() | TIMES, pinned=st.booleans(), repost=st.booleans(), has_picture=FLAGS,
    has_video=FLAGS, has_captions=FLAGS, has_alt_text=FLAGS,
)  # fmt: skip
ACTIVITIES = st.builds(
    Activity, at=st.none() | TIMES, source=TEXTS, precision=st.sampled_from(Precision), sees_newest=st.booleans(),
    stirred=st.none() | TIMES,
)  # fmt: skip
FACTS = st.builds(
    Facts,
    display_name=seen(TEXTS), handle=seen(TEXTS), platform_id=seen(IDS), more_ids=st.tuples(IDS) | st.just(()),
    description=seen(TEXTS), followers=seen(st.integers(0, 2**50)), posts_count=seen(st.integers(0, 2**50)),
    activity=seen(ACTIVITIES), avatar_url=seen(TEXTS), website_link=seen(TEXTS), links=seen(st.tuples(TEXTS, TEXTS)),
    verified=FLAGS, created_at=seen(TIMES), language=seen(TEXTS), posts=seen(st.tuples(POSTS)), moved_to=seen(TEXTS),
)  # fmt: skip
OBSERVATIONS = st.builds(
    Observation,
    account_id=st.just(1), observed_at=TIMES, transport=st.sampled_from(Transport),
    existence=st.sampled_from(Existence), identity=st.sampled_from(Identity), route=st.none() | st.sampled_from(Route),
    url=st.none() | TEXTS, facts=FACTS, markers=st.tuples(st.builds(Marker, TEXTS, TEXTS, TEXTS)) | st.just(()),
    reason=TEXTS, stated=st.booleans(), basis=TEXTS, attempts=st.tuples(TEXTS),
)  # fmt: skip


JSON_CELLS = ("facts", "markers", "attempts", "seen", "confirmation", "evidence")


def stored(columns: dict[str, Any]) -> dict[str, Any]:
    """What a database gives back: its JSON read again."""
    return {name: orjson.loads(value) if name in JSON_CELLS else value for name, value in columns.items()}


def digest(observation: Observation) -> str:
    return str(observation_columns(observation)["digest"])


@given(OBSERVATIONS)
def test_an_observation_comes_back_as_it_was_seen(observation: Observation) -> None:
    assert observation_from(stored(observation_columns(observation)), observation.observed_at) == observation


def test_what_could_not_be_seen_is_absent_and_what_is_not_there_is_null() -> None:
    packed = facts_json(Facts(display_name="unseen", description=None))
    assert packed == {"display_name": "unseen", "description": None}
    assert facts_from(packed) == Facts(display_name="unseen", description=None)


def test_a_fact_of_a_later_release_is_passed_over() -> None:
    assert facts_from({"display_name": "Almestads stad", "mood": "sunny"}) == Facts(display_name="Almestads stad")


def test_a_finding_comes_back_with_the_time_and_route_of_its_look() -> None:
    finding = a_finding(
        seen={"limit": "60"}, why="", confirmation=Confirmation(looks=3, hours=48), evidence=(Marker("m", "gone", "x"),)
    )
    later = finding.observed_at + timedelta(days=1)
    again = finding_from(stored(finding_columns(finding)), later, "page")
    assert again == finding._replace(observed_at=later, route=Route.PAGE)


@pytest.mark.parametrize(
    "same",
    [
        {"observed_at": NIGHT + timedelta(days=1)},
        {"attempts": ("open: walled", "page: ok")},
        {"url": "https://social.almestad.example/@almestad?batch=7#top"},
        {"facts": some_facts(avatar_url="https://cdn2.example/a/b.jpg?signature=2")},
    ],
    ids=["later", "tried otherwise", "asked otherwise", "the picture's address signed anew"],
)
def test_what_differs_at_every_look_is_no_news(same: dict[str, Any]) -> None:
    first = an_observation(
        url="https://social.almestad.example/@almestad",
        facts=some_facts(avatar_url="https://cdn1.example/a/b.jpg?signature=1"),
    )
    assert digest(replace(first, **same)) == digest(first)


@pytest.mark.parametrize(
    "other",
    [
        {"transport": Transport.WALLED},
        {"existence": Existence.GONE},
        {"identity": Identity.DIFFERENT},
        {"route": Route.PAGE},
        {"url": "https://other.example/@almestad"},
        {"reason": "a login page"},
        {"stated": True},
        {"basis": "the city's assessment KS 2026/1"},
        {"markers": (Marker("m", "gone"),)},
        {"facts": some_facts(followers=2)},
        {"facts": some_facts(avatar_url="https://cdn1.example/a/c.jpg")},
        {"facts": some_facts(avatar_url=None)},
    ],
    ids=str,
)
def test_anything_else_is_news(other: dict[str, Any]) -> None:
    first = an_observation(facts=some_facts(avatar_url="https://cdn1.example/a/b.jpg"))
    assert digest(replace(first, **other)) != digest(first)


@pytest.mark.parametrize(
    "other",
    [{"fingerprint": "b"}, {"why": "b"}, {"seen": {"a": "b"}}, {"confirmation": Confirmation(looks=1)}],
    ids=str,
)
def test_a_finding_that_says_something_else_is_news(other: dict[str, Any]) -> None:
    first = a_finding()
    assert finding_columns(first._replace(**other))["digest"] != finding_columns(first)["digest"]


def test_a_finding_of_another_night_or_route_is_no_news() -> None:
    first = a_finding()
    again = first._replace(observed_at=NIGHT + timedelta(days=1), route=Route.PAGE, evidence=(Marker("m", "gone"),))
    assert finding_columns(again)["digest"] == finding_columns(first)["digest"]
