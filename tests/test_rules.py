from dataclasses import replace
from datetime import timedelta

import pytest

from audits.model import (
    UNSEEN,
    Existence,
    Facts,
    Identity,
    Kind,
    Marker,
    Observation,
    Outcome,
    PlatformId,
    Severity,
    Transport,
)
from audits.sights import Register, register_of
from config.rules import read_rules
from tests.builders import NIGHT, a_blind_observation, an_account, an_observation, some_facts
from tests.judged import finding_of, last_posted, outcome_of

CITY = read_rules(
    '[city]\nnames = ["Almestad"]\ndomains = ["almestad.example"]\n'
    '[rule.name]\ncheck = "named"\n[rule.link-to-city]\ncheck = "links_to_city"\n'
)


OBSERVING_RULES = [
    "taken-over", "gone", "suspended", "private", "moved", "renamed", "inactive", "never-posted", "name",
    "link-to-city",
]  # fmt: skip


@pytest.mark.parametrize("rule", OBSERVING_RULES)
@pytest.mark.parametrize("transport", [each for each in Transport if each is not Transport.OK])
def test_no_rule_accuses_on_what_could_not_be_seen(rule, transport):
    assert outcome_of(rule, a_blind_observation(transport)) is Outcome.CANNOT_TELL


@pytest.mark.parametrize("rule", ["name", "link-to-city", "inactive"])
def test_a_look_that_could_not_tell_whom_it_showed_holds_nothing_against_anybody(rule):
    anybodys = some_facts(display_name="Annat", description="", website_link="https://annan.example/", activity=None)
    assert outcome_of(rule, an_observation(existence=Existence.UNKNOWN, facts=anybodys)) is Outcome.CANNOT_TELL


def test_facts_that_came_through_a_wall_are_not_used():
    behind = an_observation(transport=Transport.WALLED, existence=Existence.UNKNOWN, identity=Identity.NOT_READABLE)
    assert outcome_of("inactive", behind) is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("rule", "existence"),
    [
        ("gone", Existence.GONE),
        ("suspended", Existence.SUSPENDED),
        ("suspended", Existence.DEACTIVATED),
        ("private", Existence.PRIVATE),
    ],
)
def test_a_state_that_was_seen_fails_its_rule_and_no_other(rule, existence):
    seen = an_observation(existence=existence)
    failing = {each for each in ("gone", "suspended", "private") if outcome_of(each, seen) is Outcome.FAILED}
    assert failing == {rule}


@pytest.mark.parametrize("existence", [Existence.SUSPENDED, Existence.DEACTIVATED, Existence.GONE])
def test_the_blanks_of_an_account_that_is_shut_are_not_held_against_it(existence):
    blank = some_facts(display_name=None, description=None, website_link=None, activity=None)
    shut = an_observation(existence=existence, facts=blank)
    for rule in ("inactive", "never-posted", "name", "link-to-city"):
        assert outcome_of(rule, shut) is Outcome.CANNOT_TELL


@pytest.mark.parametrize("existence", [Existence.SUSPENDED, Existence.DEACTIVATED, Existence.GONE])
def test_an_account_that_is_shut_is_not_thereby_open_again(existence):
    shut = an_observation(existence=existence, facts=some_facts(moved_to=None))
    rules = ("gone", "suspended", "private", "moved", "renamed")
    assert Outcome.PASSED not in {outcome_of(rule, shut) for rule in rules}


@pytest.mark.parametrize("existence", [Existence.MOVED, Existence.PRESENT_LIMITED, Existence.PRIVATE])
def test_only_a_full_look_shows_that_an_account_has_its_registered_name_back(existence):
    assert outcome_of("renamed", an_observation(existence=existence)) is Outcome.INAPPLICABLE


@pytest.mark.parametrize(
    ("handle", "outcome"), [("almestad", Outcome.PASSED), (None, Outcome.INAPPLICABLE), (UNSEEN, Outcome.CANNOT_TELL)]
)
def test_a_page_without_a_name_does_not_show_that_the_registered_one_has_been_taken_back(handle, outcome):
    assert outcome_of("renamed", an_observation(facts=some_facts(handle=handle))) is outcome


def test_what_a_page_shows_is_evidence_of_what_the_look_found_and_of_nothing_else():
    sign = Marker("mastodon.gone", "gone", "no such account")
    look = an_observation(existence=Existence.GONE, facts=Facts(), markers=(sign,))
    assert finding_of("gone", look).evidence == (sign,)
    nobodys = finding_of("no-administration", look, an_account(administration=None))
    assert (nobodys.outcome, nobodys.evidence) == (Outcome.FAILED, ())


def test_an_end_that_was_told_from_words_quotes_them_and_says_who_answered():
    shown = Marker("website.parked", "gone", "this domain has\u202e expired.\n contact it", is_words=True)
    look = an_observation(existence=Existence.GONE, markers=(shown,))
    site = finding_of("gone", look, an_account(platform="website"))
    assert site.seen == {"site_state": "gone", "quote": "this domain has expired. contact it"}
    field = replace(shown, excerpt="deleted: true", is_words=False)
    assert finding_of("gone", replace(look, markers=(field,))).seen == {"state": "gone"}


def test_another_id_under_the_same_handle_is_a_takeover():
    other = PlatformId("mastodon:uri", "https://social.almestad.example/users/other")
    finding = finding_of("taken-over", an_observation(identity=Identity.DIFFERENT, facts=Facts(platform_id=other)))
    assert finding.outcome is Outcome.FAILED
    assert finding.severity is Severity.CRITICAL
    assert str(other) in finding.fingerprint


def test_another_holder_is_known_by_the_registered_kind_of_id_by_whatever_route():
    account, other = an_account(pinned=(PlatformId("page", "7"),)), PlatformId("page", "8")
    by_page = Facts(platform_id=other)
    by_interface = Facts(platform_id=PlatformId("graph", "9008"), more_ids=(other,))
    looks = [an_observation(identity=Identity.DIFFERENT, facts=facts) for facts in (by_page, by_interface)]
    assert {finding_of("taken-over", look, account).fingerprint for look in looks} == {"page:8"}


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"identity": Identity.FIRST_SEEN}, Outcome.INAPPLICABLE),
        ({"identity": Identity.SAME, "existence": Existence.RENAMED}, Outcome.CANNOT_TELL),
        ({"identity": Identity.SAME}, Outcome.PASSED),
    ],
    ids=["an id of another kind", "seen under another name", "the registered id"],
)
def test_only_the_registered_id_under_the_registered_name_acquits_of_a_takeover(changes, outcome):
    account = an_account(pinned=(PlatformId("page", "7"),))
    assert outcome_of("taken-over", an_observation(**changes), account) is outcome


@pytest.mark.parametrize("rule", [each for each in OBSERVING_RULES if each != "taken-over"])
def test_what_anothers_account_shows_under_the_name_neither_accuses_nor_acquits(rule):
    assert outcome_of(rule, an_observation(identity=Identity.DIFFERENT)) is Outcome.CANNOT_TELL


@pytest.mark.parametrize(("days", "level"), [(29, ""), (30, "notice"), (90, "deviation"), (180, "closing")])
def test_silence_is_told_in_three_levels(days, level):
    assert finding_of("inactive", last_posted(days)).seen.get("level", "") == level


def test_the_finding_tells_which_limit_was_used():
    seen = finding_of("inactive", last_posted(100)).seen
    assert (seen["limit_days"], seen["days"]) == ("90", "100")


def test_an_accounts_own_limit_wins_over_the_routines():
    patient = an_account(limits={"notice_days": 200, "deviation_days": 300, "closing_days": 400})
    assert outcome_of("inactive", last_posted(100), patient) is Outcome.PASSED


def test_a_platforms_limit_wins_over_the_general_one():
    assert outcome_of("inactive", last_posted(60), an_account(platform="youtube")) is Outcome.PASSED


def test_a_date_that_may_not_be_the_newest_acquits_but_never_accuses():
    assert outcome_of("inactive", last_posted(1, sees_newest=False)) is Outcome.PASSED
    assert outcome_of("inactive", last_posted(900, sees_newest=False)) is Outcome.CANNOT_TELL


def test_an_account_that_passes_on_others_posts_is_silent_only_since_it_last_did():
    assert outcome_of("inactive", last_posted(900, stirred=NIGHT - timedelta(days=1))) is Outcome.PASSED
    finding = finding_of("inactive", last_posted(900, stirred=NIGHT - timedelta(days=100)))
    told = ("level", "last_post", "stirred_on", "days")
    assert [finding.seen[name] for name in told] == ["deviation", "2024-05-17", "2026-07-26", "100"]


def test_an_account_that_passes_on_others_posts_in_its_season_is_not_silent_in_it():
    autumn = an_account(kind=Kind.SEASONAL, season_months=(9, 10, 11))
    assert outcome_of("season", last_posted(300, stirred=NIGHT - timedelta(days=5)), autumn) is Outcome.PASSED


@pytest.mark.parametrize("kind", [Kind.CRISIS_PARKED, Kind.SIGNPOSTED_CLOSED])
def test_a_parked_or_closed_account_may_be_silent(kind):
    assert outcome_of("inactive", last_posted(900), an_account(kind=kind)) is Outcome.INAPPLICABLE


def test_a_seasonal_account_may_be_silent_out_of_season():
    summer = an_account(kind=Kind.SEASONAL, season_months=(6, 7, 8))
    assert outcome_of("inactive", last_posted(100), summer) is Outcome.INAPPLICABLE


def test_an_account_that_never_posted_is_told_by_its_own_rule():
    silent = an_observation(facts=some_facts(activity=None))
    assert outcome_of("never-posted", silent) is Outcome.FAILED
    assert outcome_of("inactive", silent) is Outcome.INAPPLICABLE


NAMELESS = an_account(name="Biblioteket", key="mastodon:biblioteket@social.example", administration=None)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"display_name": "Almestads bibliotek"}, Outcome.PASSED),
        ({"display_name": "Biblioteket", "description": "En del av ALMESTADS stad"}, Outcome.PASSED),
        ({"display_name": "Biblioteket", "description": "Böcker"}, Outcome.FAILED),
        ({"display_name": "Biblioteket", "description": UNSEEN}, Outcome.CANNOT_TELL),
        ({"display_name": "Almestads bibliotek", "description": UNSEEN}, Outcome.PASSED),
    ],
)
def test_the_name_or_the_description_shows_the_city(changes, outcome):
    seen = an_observation(facts=some_facts(**changes))
    assert outcome_of("name", seen, NAMELESS, rules=CITY) is outcome


@pytest.mark.parametrize(
    ("link", "outcome"),
    [
        ("https://bibliotek.almestad.example/", Outcome.PASSED),
        ("https://evilalmestad.example/", Outcome.FAILED),
        ("https://almestad.example.evil.example/", Outcome.FAILED),
        (None, Outcome.FAILED),
        (UNSEEN, Outcome.CANNOT_TELL),
    ],
)
def test_the_link_leads_to_the_citys_own_domain_or_below_it(link, outcome):
    seen = an_observation(facts=some_facts(website_link=link))
    assert outcome_of("link-to-city", seen, rules=CITY) is outcome


def test_an_account_without_an_administration_is_a_finding():
    assert outcome_of("no-administration", account=an_account(administration=None)) is Outcome.FAILED


def test_an_administration_that_no_longer_stands_is_a_finding():
    register = Register(administrations=frozenset({"Socialförvaltningen"}))
    assert outcome_of("no-administration", register=register) is Outcome.FAILED


def test_two_rows_for_one_account_find_each_other():
    twins = [an_account(id=1), an_account(id=2)]
    register = register_of(twins, frozenset())
    assert finding_of("duplicate", account=twins[0], register=register).seen["same_as"] == "2"


def test_a_missing_address_is_a_finding_and_everything_else_cannot_be_told():
    nowhere = an_account(address=None, key=None)
    unasked: Observation = a_blind_observation(Transport.NOT_PERMITTED, route=None)
    assert outcome_of("address-missing", unasked, nowhere) is Outcome.FAILED
    assert outcome_of("gone", unasked, nowhere) is Outcome.CANNOT_TELL


@pytest.mark.parametrize("link", ["https://bit.ly/almestad", "http://www.tinyurl.com/a1", "t.co/a1"])
def test_a_profile_whose_link_is_shortened_is_not_told_to_link_elsewhere(link):
    seen = an_observation(facts=some_facts(website_link=link, links=None, description="Stadens konto"))
    assert outcome_of("link-to-city", seen, rules=CITY) is Outcome.CANNOT_TELL
    beside = an_observation(facts=some_facts(website_link=link, links=("https://almestad.example/",)))
    assert outcome_of("link-to-city", beside, rules=CITY) is Outcome.PASSED


@pytest.mark.parametrize("end", ["…", "...", ". Läs mer: www.exam…"])
def test_a_text_that_is_broken_off_is_not_held_against_anybody_for_what_it_leaves_out(end):
    cut = some_facts(display_name="Hamnen", description=f"Båtplatser och bad{end}", website_link=None, links=())
    whole = replace(cut, description="Båtplatser och bad.")
    for facts, outcome in ((cut, Outcome.CANNOT_TELL), (whole, Outcome.FAILED)):
        seen, hidden = an_observation(facts=facts), an_account(platform="flickr", key="flickr:hamnen")
        assert outcome_of("name", seen, hidden, rules=CITY) is outcome
        assert outcome_of("link-to-city", seen, hidden, rules=CITY) is outcome
