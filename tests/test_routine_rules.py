"""The sentences of the city's own routine, held against what posts, profiles and people show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from audits.model import (
    UNSEEN,
    Account,
    Answer,
    Asked,
    Circumstances,
    Closing,
    Finding,
    Kind,
    Observation,
    Outcome,
    Picture,
    Post,
    Rest,
    Severity,
)
from audits.rulebook import judge
from audits.rules.activity import season_start
from audits.sights import Register, sights_of
from config.rules import PATH, load_rules, read_rules
from tests.builders import NIGHT, TODAY, a_blind_observation, an_account, an_observation, as_of, some_facts
from tests.judged import last_posted

RULES = load_rules().routines
PASSED, FAILED, CANNOT_TELL, INAPPLICABLE = (
    Outcome.PASSED,
    Outcome.FAILED,
    Outcome.CANNOT_TELL,
    Outcome.INAPPLICABLE,
)


def found(
    rule: str,
    observation: Observation | None = None,
    account: Account | None = None,
    beside: Circumstances | None = None,
    **register: Any,
) -> Finding:
    account, observation = account or an_account(), observation or an_observation()
    known = Register(circumstances={account.id: beside or Circumstances()}, **register)
    return judge(RULES[rule], account, observation, sights_of(account, observation, known, as_of()), as_of())


def a_post(**changes: Any) -> Post:
    given = {
        "url": "https://post.example/1", "at": NIGHT - timedelta(days=1), "has_picture": False, "has_video": False,
    }  # fmt: skip
    return Post(**{**given, **changes})


def showing(*posts: Post) -> Observation:
    return an_observation(facts=some_facts(posts=posts))


def saying(description: str | None) -> Observation:
    return an_observation(facts=some_facts(description=description))


FACEBOOK, YOUTUBE = an_account(platform="facebook"), an_account(platform="youtube")
PICTURE = a_post(has_picture=True)
CAPTIONED = a_post(has_video=True, has_captions=True)
FILM = a_post(has_video=True, has_captions=False)
BARE = a_post()
HALF_SEEN = a_post(has_picture=UNSEEN, has_video=True, has_captions=False)


# --- posts


@pytest.mark.parametrize(
    ("posts", "outcome"),
    [
        ((PICTURE,), PASSED),
        ((CAPTIONED,), PASSED),
        ((PICTURE, BARE), FAILED),
        ((FILM,), FAILED),
        ((a_post(has_video=True, has_captions=UNSEEN),), CANNOT_TELL),
        ((HALF_SEEN,), CANNOT_TELL),
        ((PICTURE, HALF_SEEN), CANNOT_TELL),
        ((BARE, HALF_SEEN), FAILED),
        ((a_post(repost=True),), INAPPLICABLE),
        ((a_post(at=NIGHT - timedelta(days=40)),), INAPPLICABLE),
    ],
    ids=[
        "a picture", "a captioned film", "one without either", "a film without captions", "captions unseen",
        "a picture may be unseen", "one well, one half seen", "one bare, one half seen", "shared on", "too old",
    ],
)  # fmt: skip
def test_every_facebook_post_has_a_picture_or_a_captioned_film(posts, outcome):
    assert found("facebook-picture", showing(*posts), FACEBOOK).outcome is outcome


def test_what_is_told_is_how_many_and_the_newest():
    older = a_post(at=NIGHT - timedelta(days=5), url="https://post.example/0")
    finding = found("facebook-picture", showing(PICTURE, older, BARE), FACEBOOK)
    assert (finding.fingerprint, finding.seen["posts"], finding.seen["wanting"]) == (BARE.url, "3", "2")


@pytest.mark.parametrize(
    ("video", "outcome"), [(CAPTIONED, PASSED), (FILM, FAILED), (a_post(has_video=True), CANNOT_TELL)]
)
def test_only_captions_that_somebody_wrote_count_on_youtube(video, outcome):
    assert found("youtube-captions", showing(video), YOUTUBE).outcome is outcome


def test_automatic_captions_are_told_apart_from_none():
    automatic = a_post(has_video=True, has_captions=False, has_machine_captions=True)
    assert found("youtube-captions", showing(automatic, FILM), YOUTUBE).seen["machine_captions"] == "1"
    assert "machine_captions" not in found("youtube-captions", showing(FILM), YOUTUBE).seen


@pytest.mark.parametrize(("post", "outcome"), [(PICTURE, PASSED), (FILM, PASSED), (BARE, FAILED)])
def test_posts_on_linkedin_carry_a_picture(post, outcome):
    assert found("linkedin-picture", showing(post), an_account(platform="linkedin")).outcome is outcome


@pytest.mark.parametrize(("described", "outcome"), [(True, PASSED), (False, FAILED), (UNSEEN, CANNOT_TELL)])
def test_pictures_are_described_where_the_platform_shows_it(described, outcome):
    assert found("alt-text", showing(a_post(has_picture=True, has_alt_text=described))).outcome is outcome


@pytest.mark.parametrize(("count", "outcome"), [(19, PASSED), (20, FAILED)])
def test_a_flood_of_posts_is_noticed(count, outcome):
    assert found("flood", showing(*[BARE for _ in range(count)])).outcome is PASSED
    today = a_post(at=NIGHT - timedelta(hours=3))
    assert found("flood", showing(*[today] * count)).outcome is outcome


POST_RULES = ["facebook-picture", "linkedin-picture", "youtube-captions", "alt-text", "film-captions", "flood"]


@pytest.mark.parametrize("rule", [*POST_RULES, "picture", "signpost", "farewell", "parked", "parked-notice", "season"])
def test_no_rule_of_the_routine_accuses_on_a_wall(rule):
    account = an_account(
        platform=next(iter(RULES[rule].platforms), "mastodon"),
        kind=next(iter(RULES[rule].kinds), Kind.ORDINARY),
        season_months=tuple(range(1, 13)),
    )
    approved = {"0" * 16: "staden"}
    assert found(rule, a_blind_observation(), account, approved_pictures=approved).outcome is CANNOT_TELL


# --- legitimate silence


SUMMER = an_account(kind=Kind.SEASONAL, season_months=(10, 11, 12))  # in season since 1 October, 33 days
RESTING = Rest(account_id=1, starts_on=TODAY - timedelta(days=60), until=TODAY, reason="ombyggnad", by="KF")


@pytest.mark.parametrize(
    ("kind", "days", "level"), [("rota", 9, ""), ("rota", 10, "notice"), ("rota", 21, "deviation")]
)
def test_a_rota_account_meets_a_new_colleague_every_week(kind, days, level):
    assert found("rota-week", last_posted(days), an_account(kind=Kind(kind))).seen.get("level", "") == level


def test_a_rota_account_is_told_by_its_own_rule_alone():
    assert found("inactive", last_posted(100), an_account(kind=Kind.ROTA)).outcome is INAPPLICABLE


def test_a_season_that_has_begun_in_silence_is_told():
    finding = found("season", last_posted(200), SUMMER)
    assert (finding.outcome, finding.seen["level"], finding.seen["season_since"]) == (FAILED, "deviation", "2026-10-01")
    assert found("inactive", last_posted(200), SUMMER).outcome is INAPPLICABLE


def test_a_first_post_of_the_season_is_enough():
    assert found("season", last_posted(10), SUMMER).outcome is PASSED


@pytest.mark.parametrize(("months", "outcome"), [((6, 7, 8), INAPPLICABLE), ((11,), INAPPLICABLE), ((10, 11), FAILED)])
def test_a_season_is_not_hurried(months, outcome):
    account = an_account(kind=Kind.SEASONAL, season_months=months)
    assert found("season", last_posted(200), account).outcome is outcome


@pytest.mark.parametrize(
    ("months", "day", "begun"),
    [
        ((6, 7, 8), date(2026, 7, 9), date(2026, 6, 1)),
        ((11, 12, 1, 2), date(2027, 1, 9), date(2026, 11, 1)),
        ((5,), date(2026, 5, 31), date(2026, 5, 1)),
        ((4, 6), date(2026, 6, 2), date(2026, 6, 1)),
    ],
)
def test_a_season_begins_with_its_unbroken_run_of_months(months, day, begun):
    assert season_start(months, day) == begun


def test_a_planned_rest_is_no_silence_and_its_end_begins_the_count():
    assert found("inactive", last_posted(200), beside=Circumstances(rest=RESTING)).outcome is INAPPLICABLE
    over = Rest(account_id=1, starts_on=date(2026, 1, 1), until=TODAY - timedelta(days=40), reason="sommar", by="KF")
    finding = found("inactive", last_posted(300), beside=Circumstances(rest=over))
    assert [finding.seen[name] for name in ("level", "days", "counted_from")] == ["notice", "39", "2026-09-25"]


def test_an_account_that_is_being_closed_may_be_silent():
    assert found("inactive", last_posted(300), beside=Circumstances(closing=a_closing())).outcome is INAPPLICABLE


@pytest.mark.parametrize(
    ("observation", "outcome"),
    [
        (last_posted(200), PASSED),
        (last_posted(2), FAILED),
        (last_posted(2, sees_newest=False), FAILED),
        (last_posted(200, sees_newest=False), CANNOT_TELL),
    ],
    ids=["long ago", "two days ago", "two days ago, and maybe later", "long ago, and maybe later"],
)
def test_an_account_parked_for_a_crisis_is_quiet(observation, outcome):
    assert found("parked", observation, an_account(kind=Kind.CRISIS_PARKED)).outcome is outcome


@pytest.mark.parametrize(("words", "outcome"), [("Används vid kris.", PASSED), ("Nyheter.", FAILED)])
def test_a_parked_account_says_what_it_waits_for(words, outcome):
    assert found("parked-notice", saying(words), an_account(kind=Kind.CRISIS_PARKED)).outcome is outcome


@pytest.mark.parametrize(("words", "outcome"), [("Kontot är avslutat, följ oss på …", PASSED), ("Nyheter.", FAILED)])
def test_a_closed_account_says_so(words, outcome):
    assert found("signpost", saying(words), an_account(kind=Kind.SIGNPOSTED_CLOSED)).outcome is outcome


@pytest.mark.parametrize(("words", "outcome"), [("Kontot är avslutat.", FAILED), ("Nyheter.", PASSED), (None, PASSED)])
def test_an_account_in_use_bids_no_farewell(words, outcome):
    assert found("farewell", saying(words)).outcome is outcome


# --- register, list and picture


@pytest.mark.parametrize(
    ("listed", "kind", "outcome"),
    [
        ({1: True}, Kind.ORDINARY, PASSED),
        ({1: False}, Kind.ORDINARY, FAILED),
        ({1: True}, Kind.SIGNPOSTED_CLOSED, FAILED),
        ({1: False}, Kind.SIGNPOSTED_CLOSED, PASSED),
        ({}, Kind.ORDINARY, CANNOT_TELL),
    ],
)
def test_accounts_in_use_stand_on_the_public_list_and_closed_ones_do_not(listed, kind, outcome):
    assert found("public-list", account=an_account(kind=kind), listed=listed).outcome is outcome


@pytest.mark.parametrize(
    ("ended", "listed", "outcome"),
    [(1, True, FAILED), (1, False, PASSED), (0, True, PASSED), (0, False, PASSED), (-1, False, FAILED)],
)
def test_an_account_past_its_last_day_is_closed_to_the_list_and_on_that_day_either_will_do(ended, listed, outcome):
    account = an_account(ends_on=TODAY - timedelta(days=ended))
    assert found("public-list", account=account, listed={1: listed}).outcome is outcome


AVATAR = "https://cdn.example/avatars/1.png?sig=1"
SEEN_PICTURE = Picture(url="https://other.example/avatars/1.png?sig=2", fingerprint="00000000000000ff")


@pytest.mark.parametrize(
    ("approved", "outcome"),
    [
        ({"00000000000000ff": "staden"}, PASSED),
        ({"00000000000000f8": "staden"}, PASSED),
        ({"ffffffffffffff00": "staden"}, FAILED),
        ({}, INAPPLICABLE),
    ],
    ids=["the same", "as good as the same", "another", "none approved yet"],
)
def test_an_unknown_picture_is_a_question_and_a_known_one_is_not(approved, outcome):
    shown = an_observation(facts=some_facts(avatar_url=AVATAR))
    finding = found("picture", shown, beside=Circumstances(picture=SEEN_PICTURE), approved_pictures=approved)
    assert (finding.outcome, finding.severity) == (outcome, Severity.LOW)


def test_a_picture_that_nobody_has_looked_at_is_not_asked_about():
    changed = an_observation(facts=some_facts(avatar_url="https://cdn.example/avatars/2.png"))
    approved = {"ffffffffffffff00": "staden"}
    for observation in (changed, an_observation(facts=some_facts(avatar_url=None))):
        finding = found("picture", observation, beside=Circumstances(picture=SEEN_PICTURE), approved_pictures=approved)
        assert finding.outcome is CANNOT_TELL


# --- what people answer


def answered(question: str, days_ago: int = 0, *, yes: bool = True) -> Circumstances:
    at = NIGHT - timedelta(days=days_ago)
    return Circumstances(answers={question: Answer(account_id=1, question=question, yes=yes, by="KF", at=at)})


def asked(question: str, due_on: date, answers: Circumstances | None = None) -> Circumstances:
    waiting = Asked(round_id=1, account_id=1, question=question, at=NIGHT - timedelta(days=14), due_on=due_on)
    return Circumstances(asked={question: waiting}, answers=answers.answers if answers else {})


@pytest.mark.parametrize(
    ("beside", "outcome"),
    [
        (Circumstances(), INAPPLICABLE),
        (asked("alive", TODAY), INAPPLICABLE),
        (asked("alive", TODAY - timedelta(days=1)), FAILED),
        (answered("alive"), PASSED),
        (answered("alive", 121), INAPPLICABLE),
        (answered("alive", yes=False), FAILED),
        (asked("alive", TODAY, answered("alive", 100)), PASSED),
        (asked("alive", TODAY - timedelta(days=1), answered("alive", 100)), FAILED),
    ],
    ids=[
        "never asked", "asked, in time", "overdue", "confirmed", "expired", "denied", "expiring, in time",
        "expiring, overdue",
    ],
)  # fmt: skip
def test_an_attestation_is_asked_for_holds_and_expires(beside, outcome):
    assert found("attestation-overdue", a_blind_observation(), beside=beside).outcome is outcome


def test_too_few_administrators_of_a_main_account_are_graver():
    beside = answered("two-administrators", yes=False)
    assert found("two-administrators", beside=beside).severity is Severity.MEDIUM
    assert found("two-administrators", beside=beside, main=frozenset({"1"})).severity is Severity.HIGH


def test_only_a_no_says_that_an_account_is_not_the_administrations():
    assert found("ours-denied", beside=answered("ours", yes=False)).outcome is FAILED
    assert found("ours-denied", beside=asked("ours", TODAY - timedelta(days=9))).outcome is INAPPLICABLE


def a_closing(**changes: Any) -> Closing:
    given = {"account_id": 1, "started_at": NIGHT, "closes_on": TODAY, "by": "KF", "reason": "slås ihop"}
    return Closing(**{**given, **changes})


@pytest.mark.parametrize(("days", "outcome"), [(0, PASSED), (-1, FAILED)])
def test_a_decided_closing_is_done_in_time(days, outcome):
    beside = Circumstances(closing=a_closing(closes_on=TODAY + timedelta(days=days)))
    assert found("closing-overdue", beside=beside).outcome is outcome


# --- proposals


SWITCHED = read_rules(PATH.read_text(encoding="utf-8").replace("enabled = false", "enabled = true")).routines


def proposed(rule: str, observation: Observation, account: Account | None = None) -> Outcome:
    account = account or an_account()
    return judge(
        SWITCHED[rule], account, observation, sights_of(account, observation, Register(), as_of()), as_of()
    ).outcome


def linking(link: Any, description: Any = None) -> Observation:
    return an_observation(facts=some_facts(website_link=link, description=description))


@pytest.mark.parametrize(
    ("rule", "observation", "outcome"),
    [
        ("privacy", linking("https://almestad.example/personuppgifter"), PASSED),
        ("privacy", linking("https://almestad.example/"), FAILED),
        ("privacy", linking(UNSEEN), CANNOT_TELL),
        ("contact", linking(None, "Ring 042-10 50 00"), PASSED),
        ("contact", linking(None, "Skriv till kultur@almestad.example"), PASSED),
        ("contact", linking("https://almestad.example/"), PASSED),
        ("contact", linking(None, "Nyheter sedan 1999."), FAILED),
        ("contact", linking(UNSEEN, "Nyheter."), CANNOT_TELL),
        ("sender-statement", saying("En del av Helsingborgs stad."), PASSED),
        ("sender-statement", saying("Nyheter."), FAILED),
        ("outdated-words", saying("Konto för Gamla förvaltningen."), FAILED),
        ("outdated-words", saying("Nyheter."), PASSED),
    ],
)
def test_a_proposal_that_a_city_takes_holds_its_sentence(rule, observation, outcome):
    assert proposed(rule, observation) is outcome


@pytest.mark.parametrize(
    ("stated", "shown", "outcome"),
    [("sv", "sv-SE", PASSED), ("sv", "en", FAILED), (None, "en", INAPPLICABLE), ("sv", None, INAPPLICABLE),
     ("sv", UNSEEN, CANNOT_TELL)],
)  # fmt: skip
def test_a_language_that_nobody_registered_is_noticed(stated, shown, outcome):
    seen = an_observation(facts=some_facts(language=shown))
    assert proposed("language", seen, an_account(language=stated)) is outcome
