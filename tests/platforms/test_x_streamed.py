"""X's page since 2026: schema.org's words in the markup, and what the server streamed into scripts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from audits.model import UNSEEN, Activity, Existence, PlatformId, Reading
from audits.platforms.x import PLATFORM
from tests.platforms.shown import made, read, the_time

OWN, PINNED, QUOTED = "1796823845216456704", "1134730000000000000", "1899999999999999999"


def a_counter(kind: str, action: str, count: int) -> str:
    metas = {"interactionType": f"https://schema.org/{action}", "userInteractionCount": count}
    inner = "".join(f'<meta itemprop="{name}" content="{said}">' for name, said in metas.items())
    return f'<div itemprop="{kind}" itemscope itemtype="https://schema.org/InteractionCounter">{inner}</div>'


COUNTERS = (
    a_counter("agentInteractionStatistic", "FollowAction", 12)
    + a_counter("interactionStatistic", "FollowAction", 4321)
    + a_counter("agentInteractionStatistic", "WriteAction", 987)
)
TOLD = {"identifier": "4711", "additionalName": "HamnstadHamn", "name": "Hamnstads hamn",
        "description": "Påhittad hamn"}  # fmt: skip


def a_page(scripts: str = "", below: str = "", counters: str = COUNTERS) -> str:
    metas = "".join(f'<meta itemprop="{name}" content="{said}">' for name, said in TOLD.items())
    entity = f'<div itemprop="mainEntity" itemscope itemtype="https://schema.org/Person">{metas}{counters}</div>'
    page = f'<div itemscope itemtype="https://schema.org/ProfilePage">{entity}</div>'
    title = "<title>Hamnstads hamn (@HamnstadHamn) / X</title>"
    return f"<html><head>{title}</head><body>{page}</body></html>{below}{scripts}"


def a_posting(name: str, number: str) -> str:
    address = f"https://x.com/{name}/status/{number}"
    kind = "https://schema.org/SocialMediaPosting"
    return f'<div itemscope itemtype="{kind}"><meta itemprop="url" content="{address}"></div>'


def a_message(screen_name: str, result: str) -> str:
    """What the server asked, and was answered, as seroval writes it."""
    key = json.dumps(f'6tXR{{"screenName":"{screen_name}"}}')
    value = f"$R[47]={{data:$R[48]={{user_result_by_screen_name:$R[49]={{result:$R[50]={result}}}}}}}"
    answered = f'result:$R[46]={{kind:"Result.Ok",value:{value}}}'
    said = f'{{kind:"GraphQLRequestStream.Completed",requestId:1,key:{key},{answered}}}'
    return f'<script>($R=>$R[43].next($R[45]={said}))($R["tsr"]);document.currentScript.remove()</script>'


USER = (
    '{__typename:"User",core:$R[9]={name:"Hamnstads hamn",screen_name:"HamnstadHamn"},rest_id:"4711",'
    "verification:$R[10]={is_blue_verified:!0,verified:!1},can_view:!1,about:void 0,seen:$R[9]}"
)
TIMELINE = (
    '{__typename:"User",profile_user_originals_timeline:$R[51]={timeline:$R[52]={instructions:$R[53]=['
    f'$R[54]={{entry:$R[56]={{content:$R[57]={{}},entry_id:"tweet-{PINNED}"}}}},$R[58]={{entries:$R[59]=['
    f'$R[60]={{content:$R[61]={{quoted:$R[62]={{rest_id:"{QUOTED}"}}}},entry_id:"tweet-{OWN}"}}]}}]}}}}}}'
)


def look(page: str) -> Reading:
    return read(PLATFORM, made(page, url="https://x.com/HamnstadHamn"), "x:hamnstadhamn")


def test_what_an_account_does_is_told_apart_from_what_is_done_to_it() -> None:
    facts = look(a_page()).facts
    assert (facts.followers, facts.posts_count) == (4321, 987)
    assert (facts.platform_id, facts.description) == (PlatformId("user", "4711"), "Påhittad hamn")
    alone = look(a_page(counters=a_counter("agentInteractionStatistic", "FollowAction", 12))).facts
    assert alone.followers is UNSEEN


def test_the_posts_below_that_are_called_by_its_name_date_an_account() -> None:
    facts = look(a_page(below=a_posting("HamnstadHamn", OWN) + a_posting("annan", QUOTED))).facts
    assert the_time(facts) == datetime(2024, 6, 1, 8, 39, 22, tzinfo=UTC)
    assert isinstance(facts.activity, Activity)
    assert not facts.activity.sees_newest


def test_the_streamed_timeline_dates_it_and_the_streamed_user_completes_it() -> None:
    facts = look(a_page(a_message("hamnstadhamn", USER) + a_message("hamnstadhamn", TIMELINE))).facts
    assert the_time(facts) == datetime(2024, 6, 1, 8, 39, 22, tzinfo=UTC)
    assert facts.verified is True


def test_what_was_streamed_of_another_is_nobodys() -> None:
    facts = look(a_page(a_message("annan", USER.replace("HamnstadHamn", "annan")) + a_message("annan", TIMELINE))).facts
    assert (facts.activity, facts.verified) == (UNSEEN, UNSEEN)


def test_a_streamed_lock_is_the_platforms_own_word() -> None:
    locked = USER.replace("can_view:!1", "privacy:$R[11]={protected:!0}")
    assert look(a_page(a_message("HamnstadHamn", locked))).existence is Existence.PRIVATE


@pytest.mark.parametrize("broken", ["{__typename:", '{core:function(){return "}"}}', "{core:new Map([])}", ""])
def test_what_is_no_plain_value_tells_nothing(broken: str) -> None:
    reading = look(a_page(a_message("HamnstadHamn", broken)))
    assert (reading.existence, reading.facts.activity) == (Existence.PRESENT, UNSEEN)
