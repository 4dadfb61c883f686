"""A pasted link says whose post it is and from when; what it does not say, a person must."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.drift import advance
from audits.model import (
    STATED_BY,
    Account,
    AddressKind,
    DriftStage,
    Finding,
    Kind,
    Observation,
    Outcome,
    PlatformId,
    Severity,
    Standing,
    Stated,
    Statement,
    Transport,
)
from audits.platforms import GRAMMARS, PLATFORMS
from audits.reporting import Dossier, gather, remedies_of
from audits.rulebook import judge
from audits.sights import Register, sights_of
from audits.stating import StatementRefused, Word, read_link, state, whose
from audits.wording import Terms
from config.rules import load_rules
from tests.builders import NIGHT, STOCKHOLM, a_blind_observation, an_account, an_observation, as_of, some_facts
from tests.judged import last_posted

OURS = an_account(id=1, platform="x", key="x:almestad", address="https://x.com/almestad")
OTHER = an_account(id=2, platform="x", key="x:almestadkonst", address="https://x.com/almestadkonst")
FACEBOOK = an_account(id=3, platform="facebook", key="facebook:almestad", address="https://www.facebook.com/almestad")
INSTAGRAM = an_account(id=4, platform="instagram", key="instagram:almestad")
REGISTER = [OURS, OTHER, FACEBOOK, INSTAGRAM]


def snowflake(at: datetime) -> int:
    """The id that X gives to a post of that moment."""
    return (int(at.timestamp() * 1000) - 1_288_834_974_657) << 22


def on_x(days_ago: float = 5, owner: str = "almestad") -> str:
    return f"https://x.com/{owner}/status/{snowflake(NIGHT - timedelta(days=days_ago))}"


def a_word(**changes: Any) -> Word:
    return Word(**{"by": "KF", "at": NIGHT, "zone": STOCKHOLM, **changes})


def stated(link: str, account: int | None = None, accounts: list[Account] = REGISTER, **word: Any) -> Statement:
    read = read_link(link, GRAMMARS)
    return state(read, whose(read, accounts, account), a_word(**word))


# --- what a link says


def test_platform_owner_and_date_are_read_from_the_address() -> None:
    statement = stated(on_x(days_ago=5))
    assert statement == Statement(
        account_id=1, what=Stated.LATEST_POST, at=NIGHT, by="KF", on=date(2026, 10, 29), source_url=on_x(days_ago=5)
    )


def test_the_address_of_a_post_is_kept_without_what_tracks_its_reader() -> None:
    assert stated(f" {on_x(days_ago=5)}?s=20 ").source_url == on_x(days_ago=5)


def test_the_day_is_the_citys_and_not_greenwichs() -> None:
    late = datetime(2026, 10, 29, 23, 30, tzinfo=UTC)
    assert stated(f"https://x.com/almestad/status/{snowflake(late)}").on == date(2026, 10, 30)


@pytest.mark.parametrize(
    ("link", "account"),
    [
        ("https://www.instagram.com/almestad/p/DQZcdEFghiJ/", 4),
        ("https://www.linkedin.com/posts/almestads-stad_hej-activity-7263000000000000000-AbCd", 5),
        ("https://www.tiktok.com/@almestad/video/7437000000000000000", 6),
        ("https://www.threads.com/@almestad/post/DAbcdEFghiJ", 7),
        ("https://bsky.app/profile/almestad.example/post/3lb2abcdefg2x", 8),
    ],
)
def test_other_platforms_links_say_whose_they_are_and_carry_their_date_as_well(link: str, account: int) -> None:
    accounts = [
        INSTAGRAM,
        an_account(id=5, platform="linkedin", key="linkedin:company:almestads-stad"),
        an_account(id=6, platform="tiktok", key="tiktok:almestad"),
        an_account(id=7, platform="threads", key="threads:almestad"),
        an_account(id=8, platform="bluesky", key="bluesky:almestad.example"),
    ]
    statement = stated(link, None, accounts)
    assert (statement.account_id, statement.on.year in range(2024, 2027)) == (account, True)


def test_facebook_asks_the_date() -> None:
    link = "https://www.facebook.com/almestad/posts/pfbid0abcDEF"
    with pytest.raises(StatementRefused, match="give the date of the post with --on"):
        stated(link)
    assert stated(link, on=date(2026, 11, 1)).on == date(2026, 11, 1)


@pytest.mark.parametrize("link", ["https://x.com/almestad", "@almestad på x"])
def test_an_account_itself_is_no_post(link: str) -> None:
    with pytest.raises(StatementRefused, match=r"paste the link to its latest post"):
        stated(link)


@pytest.mark.parametrize("link", ["", "hej", "https://almestad.example/", "https://x.com/search?q=a"])
def test_what_is_no_post_is_refused(link: str) -> None:
    with pytest.raises(StatementRefused, match="is not the address of a post on a platform"):
        stated(link)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.facebook.com/share/p/1AbcDEF/",
        "https://fb.watch/abc/",
        "https://vm.tiktok.com/ZM123/",
        "https://www.instagram.com/share/xyz",
        "https://bit.ly/abc",
    ],
)
def test_a_short_link_hides_whose_post_it_is_and_what_to_copy_is_told(link: str) -> None:
    with pytest.raises(StatementRefused, match="hides whose post it is; open it in a browser and copy the address"):
        stated(link, account=3, on=date(2026, 11, 1))


@pytest.mark.parametrize(
    "link", ["https://www.facebook.com/groups/1/posts/2", "https://www.facebook.com/groups/torget"]
)
def test_a_group_is_no_account(link: str) -> None:
    with pytest.raises(StatementRefused, match="a group is not an account"):
        stated(link, account=3, on=date(2026, 11, 1))


def test_a_story_shows_that_its_account_was_in_use_on_its_day() -> None:
    assert stated("https://www.instagram.com/stories/almestad/3763000000000000000/").on.year == 2025


# --- whose


def on_linkedin(opening: str) -> str:
    return f"https://www.linkedin.com/posts/{opening}activity-7391111111111111111-AbCd"


def a_page(key: str, **changes: Any) -> Account:
    return an_account(id=5, platform="linkedin", key=f"linkedin:{key}", **changes)


@pytest.mark.parametrize(
    "opening", ["helsingborgs-stad_hej-", "helsingborgs-stad_", "almestad-kultur_hej-", "alme_hej-"]
)
def test_a_linkedin_post_that_names_another_author_is_asked_about(opening: str) -> None:
    with pytest.raises(
        StatementRefused, match=f"link, {opening.partition('_')[0]} wrote the post.* account under another"
    ):
        stated(on_linkedin(opening), 5, [a_page("company:almestad")])
    with pytest.raises(StatementRefused, match="does not say whose post it is"):
        stated(on_linkedin(opening), None, [a_page("company:almestad")])


@pytest.mark.parametrize(
    ("opening", "key"),
    [
        ("almestad_hej-", "company:almestad"),
        ("Almestad_", "company:almestad"),
        ("almestad_2_hej-", "company:almestad_2"),
        ("v%C3%A5rd-i-almestad_hej-", "showcase:vård-i-almestad"),
        ("hej-", "company:almestad"),
        ("helsingborgs-stad_hej-", "company:1234567"),
        ("anna-ek_hej-", "pub:anna-ek/1/2/3"),
    ],
)
def test_a_linkedin_post_of_the_accounts_name_or_without_one_to_compare_is_taken(opening: str, key: str) -> None:
    assert stated(on_linkedin(opening), 5, [a_page(key)]).account_id == 5


def test_any_name_that_the_account_is_known_by_may_open_a_linkedin_post() -> None:
    known = a_page("company:almestad", pinned=(PlatformId("name", "almestads-stad"),))
    assert stated(on_linkedin("almestads-stad_hej-"), 5, [known]).account_id == 5


def test_anothers_link_is_refused_by_both_names() -> None:
    with pytest.raises(StatementRefused, match="belongs to x:almestadkonst, not to x:almestad"):
        stated(on_x(owner="almestadkonst"), account=1)


def test_a_link_of_nobody_in_the_register_is_refused() -> None:
    with pytest.raises(StatementRefused, match="no account in the register is x:granne"):
        stated(on_x(owner="granne"))


def test_another_platforms_link_is_refused() -> None:
    with pytest.raises(StatementRefused, match="the link belongs to x:almestad, not to facebook:almestad"):
        stated(on_x(), account=3)


def test_a_link_that_does_not_name_its_owner_wants_the_account() -> None:
    link = "https://www.instagram.com/p/DQZcdEFghiJ/"
    with pytest.raises(StatementRefused, match="name the account with --account"):
        stated(link)
    assert stated(link, account=4).account_id == 4


def test_an_account_that_stands_twice_wants_its_number() -> None:
    twice = [OURS, replace(OURS, id=9)]
    with pytest.raises(StatementRefused, match="accounts 1, 9"):
        stated(on_x(), accounts=twice)
    assert stated(on_x(), account=9, accounts=twice).account_id == 9


def test_a_number_that_is_not_in_the_register_is_refused() -> None:
    with pytest.raises(StatementRefused, match="no account 77"):
        stated(on_x(), account=77)


def test_an_owner_named_by_number_is_known_by_the_pinned_one() -> None:
    link = "https://www.facebook.com/permalink.php?story_fbid=12&id=10005"
    pinned = replace(FACEBOOK, pinned=(PlatformId("page", "10005"),))
    assert stated(link, accounts=[pinned], on=date(2026, 11, 1)).account_id == 3


def test_a_number_and_a_name_cannot_be_compared_so_the_account_must_be_named() -> None:
    link = "https://www.facebook.com/permalink.php?story_fbid=12&id=10005"
    with pytest.raises(StatementRefused, match="--account"):
        stated(link, on=date(2026, 11, 1))
    assert stated(link, account=3, on=date(2026, 11, 1)).account_id == 3


# --- when


def test_a_date_that_has_not_come_is_refused() -> None:
    with pytest.raises(StatementRefused, match="is in the future"):
        stated(on_x(days_ago=-2))
    with pytest.raises(StatementRefused, match="is in the future"):
        stated("https://www.facebook.com/almestad/posts/pfbid0abcDEF", on=date(2026, 11, 4))


def test_today_is_no_day_to_come() -> None:
    assert stated("https://www.facebook.com/almestad/posts/pfbid0abcDEF", on=date(2026, 11, 3)).on == date(2026, 11, 3)


def test_a_stated_day_that_the_link_contradicts_is_refused() -> None:
    with pytest.raises(StatementRefused, match="from 2026-10-04, not 2026-11-02"):
        stated(on_x(days_ago=30), on=date(2026, 11, 2))


def test_a_statement_needs_a_name() -> None:
    with pytest.raises(StatementRefused, match="--by"):
        stated(on_x(), by="  ")


@given(st.text(max_size=200))
def test_any_text_is_a_statement_or_a_refusal(text: str) -> None:
    with suppress(StatementRefused):
        stated(text)


# --- what it is worth

RULES = load_rules().routines


def judged(observation: Observation, days: float | None, rule: str = "inactive", account: Account = OURS) -> Finding:
    """The rule held against an observation, and a statement of a post so many days ago."""
    said = () if days is None else (stated(on_x(days), accounts=[OURS]),)
    sights = sights_of(account, observation, Register(statements={account.id: said}), as_of())
    return judge(RULES[rule], account, observation, sights, as_of())


def test_a_statement_acquits_where_nobody_could_look_and_says_who_stated_it() -> None:
    finding = judged(a_blind_observation(), days=5)
    assert (finding.outcome, finding.why) == (Outcome.PASSED, "confirmed by KF on 2026-11-03")
    assert finding.stated_by == "KF"
    assert finding.seen == {STATED_BY: "KF", "stated_on": "2026-11-03", "latest_post": "2026-10-29"}


def test_without_a_statement_a_blind_look_cannot_tell() -> None:
    finding = judged(a_blind_observation(), days=None)
    assert (finding.outcome, finding.stated_by) == (Outcome.CANNOT_TELL, "")


def test_an_old_statement_never_accuses() -> None:
    assert judged(a_blind_observation(), days=400).outcome is Outcome.CANNOT_TELL


def test_an_old_statement_does_not_hide_what_was_seen() -> None:
    assert judged(last_posted(200), days=400).outcome is Outcome.FAILED
    assert judged(last_posted(200), days=100).outcome is Outcome.FAILED


def test_a_newer_post_that_somebody_states_acquits_of_silence_in_their_name() -> None:
    finding = judged(last_posted(200), days=5)
    assert (finding.outcome, finding.stated_by) == (Outcome.PASSED, "KF")


def test_what_was_seen_to_live_needs_nobodys_word() -> None:
    assert judged(last_posted(2), days=5).stated_by == ""


@pytest.mark.parametrize("rule", ["gone", "suspended", "private", "taken-over", "name", "link-to-city"])
def test_a_statement_of_a_post_speaks_of_nothing_else(rule: str) -> None:
    assert judged(a_blind_observation(), days=5, rule=rule).outcome is Outcome.CANNOT_TELL


def test_somebody_elses_statement_is_not_this_accounts() -> None:
    said = {2: (stated(on_x(owner="almestadkonst")),)}
    sights = sights_of(OURS, a_blind_observation(), Register(statements=said), as_of())
    assert judge(RULES["inactive"], OURS, a_blind_observation(), sights, as_of()).outcome is Outcome.CANNOT_TELL


def test_a_stated_post_shows_that_an_account_has_posted_at_all() -> None:
    silent = an_observation(facts=some_facts(activity=None))
    assert judged(silent, days=None, rule="never-posted").outcome is Outcome.FAILED
    assert judged(silent, days=5, rule="never-posted").stated_by == "KF"


def test_an_account_that_may_be_silent_needs_no_statement() -> None:
    parked = replace(OURS, kind=Kind.CRISIS_PARKED)
    assert judged(last_posted(400), days=5, account=parked).outcome is Outcome.INAPPLICABLE


# --- what it moves

HELD_TRUE = Standing(outcome=Outcome.FAILED, fingerprint="2026-04-17", severity=Severity.LOW, decided_at=NIGHT)


def test_a_word_mends_nothing_that_a_look_has_found() -> None:
    assert advance(HELD_TRUE, judged(a_blind_observation(), days=5)) == (HELD_TRUE, None)


def test_a_clear_look_mends_it() -> None:
    after, drift = advance(HELD_TRUE, judged(last_posted(2), days=None))
    assert after.outcome is Outcome.PASSED
    assert drift is not None
    assert drift.stage is DriftStage.MENDED


def test_the_report_says_who_confirmed_what_it_could_not_see() -> None:
    blind = a_blind_observation(Transport.NOT_PERMITTED)
    findings = ((judged(blind, days=5), Standing()),)
    dossier = Dossier(account=OURS, observation=blind, findings=findings)
    (section,) = gather([dossier], RULES, Terms(language="sv"), NIGHT).sections
    assert section.unread[0].stated == (
        "Senast bekräftat 3 november 2026 av KF: senaste inlägget är från 29 oktober 2026. Vi har inte sett det."
    )
    assert section.lines == ()


def test_a_link_is_asked_for_wherever_an_address_may_be_a_posts_and_nowhere_else():
    forms = {name: each.grammar.forms for name, each in PLATFORMS.items()}
    postless = {name for name in forms if not any(form.kind is AddressKind.POST for form in forms[name])}
    assert postless == {name for name in forms if "link" not in remedies_of("walled", name, keyed=False)}


@pytest.mark.parametrize(
    ("namespaces", "number", "complaint"),
    [(["page"], 17, "facebook:museet"), (["page", "profile"], 99, "facebook:id:70000000099"), (["page"], 99, None)],
)
def test_a_link_with_an_id_is_refused_where_that_is_another_accounts_or_surely_none_of_this_ones(
    namespaces: list[str], number: int, complaint: str | None
):
    link = read_link(f"https://www.facebook.com/permalink.php?story_fbid=5&id=700000000{number}", GRAMMARS)
    ours = replace(FACEBOOK, pinned=tuple(PlatformId(each, "70000000004") for each in namespaces))
    other = replace(FACEBOOK, id=9, key="facebook:museet", pinned=(PlatformId("page", "70000000017"),))
    if complaint is None:
        assert whose(link, [ours, other], ours.id) is ours
        return
    with pytest.raises(StatementRefused, match=complaint):
        whose(link, [ours, other], ours.id)
