"""A list that has something before it proves life and never silence: its address says so, or it says so itself."""

from __future__ import annotations

from typing import Any

import pytest

from audits.model import Activity, Facts, PlatformId
from audits.platforms.threads import PLATFORM as THREADS
from audits.platforms.x import PLATFORM as X
from tests.platforms import instagram, linkedin
from tests.platforms.shown import made, read

# --- Instagram --------------------------------------------------------------------------------------------------------


def _sees_newest(facts: Facts) -> bool:
    assert isinstance(facts.activity, Activity)
    return facts.activity.sees_newest


def _listed(**info: Any) -> dict[str, Any]:
    nodes = [{**instagram.a_node(), "owner": {"id": "4400001"}} for _ in range(12)]
    media = {"count": 99, "page_info": info, "edges": [{"node": node} for node in nodes]}
    return {"data": {"user": instagram.a_user(edge_owner_to_timeline_media=media)}}


@pytest.mark.parametrize(
    ("info", "sees_newest"),
    [
        ({"has_next_page": True}, True),
        ({"has_next_page": True, "has_previous_page": False}, True),
        ({"has_next_page": True, "has_previous_page": True}, False),
    ],
)
def test_a_page_of_a_list_that_says_it_has_one_before_it_proves_no_silence(
    info: dict[str, Any], *, sees_newest: bool
) -> None:
    assert _sees_newest(instagram.look(_listed(**info)).facts) is sees_newest


@pytest.mark.parametrize(
    ("link", "sees_newest"),
    [("https://graph.instagram.com/1/media?limit=5&before=QVF", False), ("https://graph.instagram.com/1/media", True)],
)
def test_a_link_to_what_stands_before_a_list_says_so_too(link: str, *, sees_newest: bool) -> None:
    posts = [{"id": str(n), "timestamp": f"2026-11-{20 - n}T08:00:00+0000", "username": "almestadsstad",
              "media_type": "IMAGE"} for n in range(6)]  # fmt: skip
    facts = instagram.look({"data": posts, "paging": {"previous": link}}).facts
    assert _sees_newest(facts) is sees_newest


def test_a_list_up_to_a_moment_proves_no_silence() -> None:
    asked = "https://www.instagram.com/api/v1/feed/user/4400001/?max_timestamp=1600000001"
    assert not _sees_newest(instagram.look(_listed(), url=asked).facts)


def test_what_others_say_of_an_account_dates_nothing_of_its_own() -> None:
    written = [{"code": f"C{n}", "taken_at": 1_763_600_000, "media_type": 1, "user": {"pk": n, "username": f"gast{n}"}}
               for n in (1, 2)]  # fmt: skip
    signed = {**written[0], "coauthor_producers": [{"username": "almestadsstad"}]}
    assert instagram.look({"items": written, "more_available": True}).facts == Facts()
    together = instagram.look({"items": [signed, written[1]], "more_available": True}).facts
    assert isinstance(together.activity, Activity)


# --- LinkedIn ---------------------------------------------------------------------------------------------------------

_POSTS = "https://api.linkedin.com/rest/posts?q=author&author=urn%3Ali%3Aorganization%3A4711"


@pytest.mark.parametrize(
    ("asked", "start", "sees_newest"),
    [
        (f"{_POSTS}&sortBy=CREATED", 0, True),
        (f"{_POSTS}&sortBy=CREATED", 10, False),
        (f"{_POSTS}&sortBy=LAST_MODIFIED", 0, False),
        (_POSTS, 0, False),
        ("https://api.linkedin.com/v2/ugcPosts?q=authors&authors=List(urn)", 0, False),
        ("https://api.linkedin.com/rest/dmaFeedContentsExternal?q=postsByAuthor", 0, True),
    ],
)
def test_posts_that_are_listed_by_their_changes_or_from_the_middle_prove_no_silence(
    asked: str, start: int, *, sees_newest: bool
) -> None:
    post = {"id": "urn:li:share:7380000000000000000", "author": "urn:li:organization:4711", "commentary": "Badet",
            "lifecycleState": "PUBLISHED", "publishedAt": 1_760_000_000_000}  # fmt: skip
    listed = {"elements": [post], "paging": {"start": start, "count": 10}}
    facts = linkedin.shown(made(listed, url=asked), linkedin.KEY, linkedin.PINNED).facts
    assert _sees_newest(facts) is sees_newest


# --- Threads, X -------------------------------------------------------------------------------------------------------


def test_the_threads_of_an_account_date_it_by_its_own_posts_alone() -> None:
    own, another = ({"pk": n, "username": name} for n, name in (("63", "almestad"), ("99", "annan")))
    posts = [{"code": "DA", "taken_at": 1_763_600_000, "user": another},
             {"code": "DB", "taken_at": 1_760_000_000, "user": own}]  # fmt: skip
    threads = [{"thread_items": [{"post": post}]} for post in posts]
    answer = made({"data": {"mediaData": {"threads": threads}}}, url="https://www.threads.net/api/graphql")
    facts = read(THREADS, answer, "threads:almestad").facts
    assert isinstance(facts.activity, Activity)
    assert facts.activity.at is not None
    assert (facts.platform_id, facts.activity.at.year, facts.activity.at.month) == (PlatformId("pk", "63"), 2025, 10)
    assert read(THREADS, answer, "threads:tredje").facts == Facts()


@pytest.mark.parametrize(
    "damage", ["<user><id>1</id>", "<user/>", "<users></users>", '<user>&amp;<!ENTITY x "y"></user>']
)
def test_what_is_left_of_xs_xml_says_nothing(damage: str) -> None:
    answer = made(f'<?xml version="1.0"?>\n{damage}'.encode(), url="https://api.twitter.com/1/users/show.xml")
    assert read(X, answer, "x:almestad").facts == Facts()
