"""Reddit, read: people and communities by the interface, whose "not found" accuses nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audits.model import UNSEEN, Activity, Existence, Page, PlatformId, Reading, Route, Transport
from audits.platform import Subject
from audits.platforms.reddit import PLATFORM
from tests.platforms.asking import asked
from tests.platforms.shown import made, read

API = "https://oauth.reddit.com"
PERSON = f"{API}/user/almestadsstad/about?raw_json=1"
COMMUNITY = f"{API}/r/almestad/about?raw_json=1"
WRITTEN = f"{API}/user/almestadsstad/overview?sort=new&limit=10&raw_json=1"
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def shown(page: Page, key: str = "reddit:u/almestadsstad") -> Reading:
    return read(PLATFORM, page, key)


def person(**changes: Any) -> dict[str, Any]:
    own = {"title": "Almestads stad", "public_description": "Fråga staden", "subscribers": 12}
    data = {"name": "AlmestadsStad", "id": "6c1xj", "created_utc": 1322552953.0, "subreddit": own}
    icon = "https://styles.redditmedia.com/t5_b43nd/a.png?width=256&amp;height=256"
    return {"kind": "t2", "data": {**data, "icon_img": icon, "snoovatar_img": "", **changes}}


def community(**changes: Any) -> dict[str, Any]:
    data = {"display_name": "Almestad", "title": "Almestad, staden", "name": "t5_2qh", "id": "2qh", "subscribers": 900}
    return {"kind": "t5", "data": {**data, "public_description": "Om staden", "subreddit_type": "public", **changes}}


def listing(*things: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"after": None, "children": [{"kind": "t3", "data": each} for each in things]}}


def written(**changes: Any) -> dict[str, Any]:
    return {"author": "AlmestadsStad", "subreddit": "almestad", "created_utc": AT.timestamp(), **changes}


def test_the_interface_names_a_person() -> None:
    reading = shown(made(person(), url=PERSON))
    facts = reading.facts
    assert (reading.existence, facts.display_name, facts.handle) == (
        Existence.PRESENT, "Almestads stad", "u/AlmestadsStad",
    )  # fmt: skip
    assert (facts.platform_id, facts.followers) == (PlatformId("t2", "6c1xj"), 12)
    assert facts.avatar_url == "https://styles.redditmedia.com/t5_b43nd/a.png?width=256&height=256"


def test_a_drawn_head_is_no_picture() -> None:
    drawn = "https://www.redditstatic.com/avatars/avatar_default_12_FFB000.png"
    assert shown(made(person(icon_img=drawn), url=PERSON)).facts.avatar_url is None


def test_whoever_is_suspended_is_told_so_by_the_interface() -> None:
    told = {"kind": "t2", "data": {"name": "AlmestadsStad", "is_suspended": True}}
    reading = shown(made(told, url=PERSON))
    assert (reading.existence, reading.stated) == (Existence.SUSPENDED, True)


def test_not_found_is_said_of_hidden_people_too() -> None:
    reading = shown(made({"message": "Not Found", "error": 404}, url=PERSON, status=404))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize(
    ("changes", "existence"),
    [
        ({}, Existence.PRESENT),
        ({"subreddit_type": "restricted"}, Existence.PRESENT),
        ({"subreddit_type": "private"}, Existence.PRIVATE),
        ({"quarantine": True}, Existence.PRESENT_LIMITED),
    ],
)
def test_a_community_says_who_may_read_it(changes: dict[str, Any], existence: Existence) -> None:
    reading = shown(made(community(**changes), url=COMMUNITY), "reddit:r/almestad")
    assert (reading.existence, reading.facts.handle) == (existence, "r/Almestad")
    assert (reading.facts.platform_id, reading.facts.followers) == (PlatformId("t5", "2qh"), 900)


@pytest.mark.parametrize("changes", [{"id": "6c1xj"}, {"name": "AlmestadsStad"}, {"name": None}])
def test_a_community_that_is_not_named_by_its_id_shows_none(changes: dict[str, Any]) -> None:
    reading = shown(made(community(**changes), url=COMMUNITY), "reddit:r/almestad")
    assert (reading.existence, reading.facts.platform_id) == (Existence.PRESENT, UNSEEN)


@pytest.mark.parametrize(
    ("status", "reason", "url", "told"),
    [
        (403, "private", COMMUNITY, (Transport.OK, Existence.PRIVATE)),
        (404, "banned", COMMUNITY, (Transport.OK, Existence.SUSPENDED)),
        (403, "gated", COMMUNITY, (Transport.WALLED, Existence.UNKNOWN)),
        (403, "quarantined", COMMUNITY, (Transport.WALLED, Existence.UNKNOWN)),
        (403, None, COMMUNITY, (Transport.NOT_PERMITTED, Existence.UNKNOWN)),
        (401, None, PERSON, (Transport.NOT_PERMITTED, Existence.UNKNOWN)),
        (429, None, PERSON, (Transport.RATE_LIMITED, Existence.UNKNOWN)),
        (403, "private", f"{API}/user/almestadsstad/upvoted", (Transport.NOT_PERMITTED, Existence.UNKNOWN)),
        (500, None, PERSON, (Transport.UNREACHABLE, Existence.UNKNOWN)),
    ],
)
def test_an_error_says_why_in_one_word(
    status: int, reason: str | None, url: str, told: tuple[Transport, Existence]
) -> None:
    reading = shown(made({"message": "Forbidden", "error": status, "reason": reason}, url=url, status=status))
    assert (reading.transport, reading.existence) == told


def test_what_a_person_wrote_last_proves_life_alone() -> None:
    later = timedelta(seconds=60)
    pinned = written(pinned=True, created_utc=(AT + later).timestamp())
    reading = shown(made(listing(pinned, written()), url=WRITTEN))
    assert reading.facts.activity == Activity(at=AT, source="listing", stirred=AT + later)


@pytest.mark.parametrize("things", [(), (written(), written(author="annan")), (written(author="annan"),)])
def test_a_list_of_others_is_nobodys(things: tuple[dict[str, Any], ...]) -> None:
    reading = shown(made(listing(*things), url=WRITTEN))
    assert (reading.existence, reading.facts.activity) == (Existence.UNKNOWN, UNSEEN)


def test_a_person_is_asked_for_by_name_and_then_for_what_they_wrote() -> None:
    subject = Subject(platform="reddit", key="reddit:u/almestadsstad")
    probes, reading = asked(PLATFORM, Route.API_BY_HANDLE, subject, person(), listing(written()))
    assert [probe.url for probe in probes] == [PERSON, WRITTEN]
    assert reading.facts.activity == Activity(at=AT, source="listing")


COMMUNITYS = """<shreddit-subreddit-header name="almestad" display-name="Almestad, staden" description="Om staden"
 subscribers="900"></shreddit-subreddit-header>"""
OLD = """<body class="%s"><div class="titlebox"><h1%s><a>%s</a></h1><span class="subscribers"><span class="number">1,234
</span></span></div><div class="thing stickied" data-timestamp="1795248000000"></div>
<div class="thing" data-timestamp="1795161600000"></div></body>"""


def test_a_communitys_page_says_who_it_is_in_its_header() -> None:
    facts = shown(made(COMMUNITYS, url="https://www.reddit.com/r/almestad/"), "reddit:r/almestad").facts
    assert (facts.display_name, facts.handle, facts.followers) == ("Almestad, staden", "r/almestad", 900)


@pytest.mark.parametrize(
    ("page", "handle"),
    [
        (OLD % ("listing-page", ' class="redditname"', "almestad"), "r/almestad"),
        (OLD % ("profile-page", "", "almestadsstad"), "u/almestadsstad"),
    ],
)
def test_the_old_layout_names_whose_it_is_in_its_column(page: str, handle: str) -> None:
    reading = shown(made(page, url="https://old.reddit.com/"))
    assert (reading.existence, reading.facts.handle, reading.facts.followers) == (Existence.PRESENT, handle, 1234)
    assert reading.facts.activity == Activity(
        at=AT, source="page", sees_newest=False, stirred=datetime(2026, 11, 21, 8, tzinfo=UTC)
    )


def test_a_posts_page_says_nothing_of_its_writer() -> None:
    metas = '<meta property="og:site_name" content="Reddit"><meta property="og:url" content="%s">'
    page = metas % "https://www.reddit.com/r/almestad/comments/1pzbv0z/sommar/"
    reading = shown(made(f"<html><head>{page}</head></html>"))
    assert (reading.transport, reading.existence) == (Transport.OK, Existence.UNKNOWN)


@pytest.mark.parametrize("address", ["https://old.reddit.com/over18?dest=x", "https://www.reddit.com/login/?dest=x"])
def test_a_question_of_age_or_name_is_a_wall(address: str) -> None:
    page = made("<title>reddit.com: over 18?</title>", url="https://old.reddit.com/r/almestad/", final_url=address)
    assert shown(page).transport is Transport.WALLED


def test_a_feed_names_whose_it_is() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Almestad</title>'
        '<link rel="self" href="https://www.reddit.com/r/almestad/.rss"/>'
        "<entry><updated>2026-11-20T08:00:00+00:00</updated></entry></feed>"
    )
    facts = shown(made(feed)).facts
    assert (facts.handle, facts.activity) == ("r/almestad", Activity(at=AT, source="feed"))


@pytest.mark.parametrize(
    ("page", "transport"),
    [
        (made("<html><body>You've been blocked by network security.</body></html>", status=403), Transport.BLOCKED),
        (made("<html><body><h1>whoa there, pardner!</h1></body></html>"), Transport.RATE_LIMITED),
        (made("<html><title>Reddit</title><body>This account has been suspended</body></html>"), Transport.UNREADABLE),
    ],
)
def test_a_page_says_nothing_of_the_account(page: Page, transport: Transport) -> None:
    assert (shown(page).transport, shown(page).existence) == (transport, Existence.UNKNOWN)
