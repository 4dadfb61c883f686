"""Who is told of as silent: accounts that live by another kind of post than their lists hold are not, on any night.

answers of an invented account ─visit▶ Observation ─judge▶ inactive · never-posted, on two nights
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from audits.days import Now
from audits.model import Observation, Outcome, Page, PlatformId, Probe, Stated, Statement, Transport
from audits.platforms import PLATFORMS
from audits.rulebook import judge
from audits.sights import Register, sights_of
from audits.visiting import play, visit
from config.rules import load_rules
from tests.builders import STOCKHOLM, an_account
from tests.platforms import bluesky, fediverse
from tests.platforms.facebook import a_graph_page
from tests.platforms.shown import NOW, PACKS, made

ROUTINES = load_rules().routines
KEYS = frozenset({"meta", "instagram", "threads", "x", "linkedin", "youtube", "spotify"})
LONG_AGO, LATELY = "2025-02-01T08:00:00+0000", "2026-11-21T08:00:00+0000"

Answers = Mapping[str, Any]


def observed(key: str, answers: Answers, days: int = 0, *pinned: PlatformId, **answered: Any) -> Observation:
    """What a visit sees so many days later; each answer stands under a part of the address that it is given for."""
    name = key.partition(":")[0]

    def fetch(probe: Probe) -> Page:
        found = next((answer for part, answer in answers.items() if part in probe.url), None)
        page = made(
            found if found is not None else "", url=probe.url, fetched_at=NOW + timedelta(days=days), **answered
        )
        return page if found is not None else Page(url=probe.url, fetched_at=NOW, transport=Transport.NOT_RECORDED)

    account = an_account(platform=name, key=key, address="https://almestad.example/", pinned=pinned)
    ((_, seen),) = play({1: visit(account, PLATFORMS[name], PACKS, KEYS, NOW)}, fetch)
    return seen


def told(key: str, seen: Observation, **beside: Any) -> set[str]:
    """Which of the two rules accuse."""
    account, now = an_account(platform=key.partition(":")[0], key=key), Now(seen.observed_at, STOCKHOLM)
    sights = sights_of(account, seen, Register(**beside), now)
    findings = {rule: judge(ROUTINES[rule], account, seen, sights, now) for rule in ("inactive", "never-posted")}
    return {rule for rule, finding in findings.items() if finding.outcome is Outcome.FAILED}


def mastodon(*statuses: Any, **account: Any) -> Answers:
    shown = fediverse.account(**{"last_status_at": "2025-02-01", **account})
    return {"/lookup": shown, "/statuses": [{**each, "account": shown} for each in statuses]}


def on_mastodon(at: str, **changes: Any) -> dict[str, Any]:
    return {**fediverse.status(1), "created_at": at, **changes}


def on_bluesky(at: str, reposted: str = "") -> dict[str, Any]:
    entry = bluesky.entry(1, "reasonRepost" if reposted else None, record={"createdAt": at}, indexedAt=at)
    return {**entry, "reason": {**entry["reason"], "indexedAt": reposted}} if reposted else entry


def bluesky_of(*entries: Any) -> Answers:
    view = {"did": bluesky.DID, "handle": bluesky.HANDLE, "followersCount": 3, "postsCount": len(entries)}
    return {"getProfiles": {"profiles": [view]}, "getAuthorFeed": {"feed": list(entries)}}


def facebook(posted: str, reel: str = "", *, refuses_reels: bool = False) -> Answers:
    posts = {"data": [{"id": "770001_2", "created_time": posted}]}
    reels = {"video_reels": {"data": [{"id": "9", "created_time": reel}]}} if reel else {}
    refused = {"error": {"message": "(#100) Tried accessing nonexisting field", "code": 100}}
    listed = refused if refuses_reels else a_graph_page(published_posts=posts, **reels)
    return {"video_reels": listed, "/published_posts?": posts, "ids=": {"770001": a_graph_page()}}


def linkedin(*posts: Any) -> Answers:
    found = {"results": {"4711": {"localizedName": "Almestad", "vanityName": "almestad"}}}
    return {"dmaFeedContents": {"elements": list(posts)}, "dmaOrganizations": found}


def rss(*dates: str) -> str:
    items = "".join(f"<item><title>a</title><pubDate>{date}</pubDate></item>" for date in dates)
    return f"<rss><channel><title>Almestad</title><link>https://almestad.example/</link>{items}</channel></rss>"


def a_share(at_milliseconds: int) -> dict[str, Any]:
    return {"id": f"urn:li:share:{at_milliseconds << 22}", "author": "urn:li:organization:4711", "commentary": "Hej"}


PIN = {bluesky.KEY: (bluesky.PINNED,), "facebook:almestadsstad": (PlatformId("page", "770001"),)}
FEBRUARY_2025 = 1_738_400_400_000

LIVING = {
    "boosts alone": (fediverse.KEY, mastodon(on_mastodon(LATELY, reblog={}), last_status_at="2026-11-21")),
    "boosts, and a post of long ago": (
        fediverse.KEY, mastodon(on_mastodon(LATELY, reblog=fediverse.status(2)), on_mastodon(LONG_AGO)),
    ),
    "posts that followers alone see": (fediverse.KEY, mastodon(on_mastodon(LONG_AGO), last_status_at="2026-11-21")),
    "answers, in a feed without them": (fediverse.KEY, {".rss": rss("Sat, 01 Feb 2025 08:00:00 +0000")}),
    "reposts, and a post of long ago": (
        bluesky.KEY, bluesky_of(on_bluesky(LONG_AGO, reposted=LATELY), on_bluesky(LONG_AGO)),
    ),
    "reposts alone": (bluesky.KEY, bluesky_of(on_bluesky(LONG_AGO, reposted=LATELY))),
    "reels": ("facebook:almestadsstad", facebook(LONG_AGO, reel=LATELY)),
    "reels that nobody may list": ("facebook:almestadsstad", facebook(LONG_AGO, refuses_reels=True)),
    "answers on Threads": (
        "threads:almestad",
        {"profile_posts": {"data": [{"id": "1", "timestamp": LONG_AGO}]}, "profile_lookup": {"username": "almestad"}},
    ),
    "a share without words": (
        "linkedin:company:4711", linkedin({"id": "urn:li:instantRepost:(urn:li:share:9,1)"}, a_share(FEBRUARY_2025)),
    ),
    "a feed cut before its newest": (
        "feed:almestad.example/a", {"": rss("Wed, 01 Jan 2025 08:00:00 +0000", "Sat, 01 Feb 2025 08:00:00 +0000")},
    ),
    "a feed that let its old entries go": ("feed:almestad.example/a", {"": rss()}),
}  # fmt: skip

SILENT = {
    "boosts and posts of long ago": (
        fediverse.KEY, mastodon(on_mastodon(LONG_AGO, reblog=fediverse.status(2)), on_mastodon(LONG_AGO)),
    ),
    "reposts and posts of long ago": (
        bluesky.KEY, bluesky_of(on_bluesky(LONG_AGO, reposted="2025-03-01T08:00:00Z"), on_bluesky(LONG_AGO)),
    ),
    "reels and posts of long ago": ("facebook:almestadsstad", facebook(LONG_AGO, reel=LONG_AGO)),
    "shares of long ago": ("linkedin:company:4711", linkedin(a_share(FEBRUARY_2025))),
    "a feed in order": (
        "feed:almestad.example/a", {"": rss("Sat, 01 Feb 2025 08:00:00 +0000", "Wed, 01 Jan 2025 08:00:00 +0000")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("key", "answers"), LIVING.values(), ids=LIVING)
def test_an_account_that_lives_by_what_its_list_leaves_out_is_not_told_of(key: str, answers: Answers) -> None:
    for night in (0, 1):
        seen = observed(key, answers, night, *PIN.get(key, ()))
        assert seen.transport is Transport.OK
        assert told(key, seen) == set()


@pytest.mark.parametrize(("key", "answers"), SILENT.values(), ids=SILENT)
def test_an_account_whose_newest_thing_of_any_kind_is_old_is_told_of(key: str, answers: Answers) -> None:
    assert told(key, observed(key, answers, 0, *PIN.get(key, ()))) == {"inactive"}


@pytest.mark.parametrize("changes", [{"status": 206}, {"headers": {"age": "90000"}}, {"copied": True}])
def test_nobody_is_told_of_by_part_of_an_answer_or_by_a_caches(changes: dict[str, Any]) -> None:
    for key, answers in SILENT.values():
        assert told(key, observed(key, answers, 0, *PIN.get(key, ()), **changes)) == set()


@pytest.mark.parametrize("last_posts", [{}, {1: date(2026, 11, 20)}])
def test_whoever_was_seen_to_post_is_silent_only_since_then(last_posts: dict[int, date]) -> None:
    """A copy of long ago shows old posts, a service without its storage none."""
    nothing = mastodon(last_status_at=None, statuses_count=0)
    for answers, rule in ((mastodon(on_mastodon(LONG_AGO)), "inactive"), (nothing, "never-posted")):
        seen = observed(fediverse.KEY, answers)
        assert told(fediverse.KEY, seen, last_posts=last_posts) == (set() if last_posts else {rule})


@pytest.mark.parametrize(("known", "are_told"), [(date(2026, 9, 1), set()), (date(2026, 8, 20), {"inactive"})])
def test_a_look_that_shows_older_posts_than_one_before_it_is_a_copy_for_ninety_days(
    known: date, are_told: set[str]
) -> None:
    seen = observed(fediverse.KEY, mastodon(on_mastodon(LONG_AGO)))
    assert told(fediverse.KEY, seen, last_posts={1: known}) == are_told


def test_a_day_that_somebody_stated_is_not_taken_for_one_that_was_seen() -> None:
    stated = Statement(account_id=1, what=Stated.LATEST_POST, at=NOW, by="KF", on=date(2026, 11, 20))
    account, now = an_account(platform="mastodon", key=fediverse.KEY), Now(NOW, STOCKHOLM)
    register = Register(statements={1: (stated,)}, last_posts={1: stated.on})
    sights = sights_of(account, observed(fediverse.KEY, mastodon(on_mastodon(LONG_AGO))), register, now)
    assert str(sights["activity"].value) == "2025-02-01"
