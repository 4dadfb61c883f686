"""Instagram's page of 2013 and its interface of until 2020, read."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from audits.model import Existence, PlatformId, Reading, Transport
from audits.platforms.instagram import PLATFORM
from tests.platforms.shown import made, read, the_time

OWN = {"username": "almestadsstad", "id": "770001", "full_name": "Almestads stad"}
ACCOUNT = {**OWN, "website": "http://almestad.example", "bio": "Nyheter", "counts": {"media": 56, "followed_by": 1234}}


def look(body: object, **page: str) -> Reading:
    return read(PLATFORM, made(body, **page), "instagram:almestadsstad")


def a_page_of_2013(writer: dict[str, str]) -> str:
    posts = [{"created_time": "1370000000", "id": "1_770001", "user": writer}]
    shared = json.dumps({"entry_data": {"UserProfile": [{"user": ACCOUNT, "userMedia": posts}]}})
    head = '<meta property="og:url" content="http://instagram.com/almestadsstad">'
    return f"<html><head>{head}</head><body><script>window._sharedData = {shared};</script></body></html>"


def test_posts_that_stand_beside_the_account_date_it() -> None:
    facts = look(a_page_of_2013(OWN), url="http://instagram.com/almestadsstad").facts
    assert (facts.display_name, facts.platform_id) == ("Almestads stad", PlatformId("pk", "770001"))
    assert (facts.description, facts.followers, facts.posts_count) == ("Nyheter", 1234, 56)
    assert the_time(facts) == datetime(2013, 5, 31, 11, 33, 20, tzinfo=UTC)


def test_posts_of_another_that_stand_beside_it_do_not() -> None:
    another = {"username": "grannby", "id": "9", "full_name": "Grannby"}
    assert not look(a_page_of_2013(another), url="http://instagram.com/almestadsstad").facts.activity


@pytest.mark.parametrize(
    ("kind", "transport"),
    [
        ("OAuthAccessTokenException", Transport.NOT_PERMITTED),
        ("OAuthRateLimitException", Transport.RATE_LIMITED),
        ("APINotFoundError", Transport.OK),
        ("APINotAllowedError", Transport.OK),
    ],
)
def test_an_error_of_the_old_interface_proves_no_absence(kind: str, transport: Transport) -> None:
    answer = {"meta": {"error_type": kind, "code": 400, "error_message": "this user does not exist"}}
    reading = look(answer, url="https://api.instagram.com/v1/users/770001/")
    assert (reading.transport, reading.existence) == (transport, Existence.UNKNOWN)
