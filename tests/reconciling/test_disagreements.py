"""What the sources disagree about: each kind once, and what must never be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audits.listing import Listed
from audits.model import Existence, Kind, Own, PlatformId, Source
from audits.reconciling import (
    Disagreement,
    Former,
    LinkedChannel,
    Sources,
    first_sentence,
    grouped,
    reconcile,
    where_told,
)
from audits.wording import LANGUAGES
from tests.builders import NIGHT, TODAY, a_sighted, a_sighting, an_account

MUSEUM = an_account(
    id=1, platform="instagram", name="Museet", key="instagram:almestad", address="https://www.instagram.com/almestad"
)
HERE, LISTED = a_sighted(id=1), a_sighted(a_sighting(page=""), id=2, source=Source.LIST)
BOTH = frozenset({Source.SITE, Source.LIST})


def sources(**changes: Any) -> Sources:
    given = {"accounts": [MUSEUM], "sighted": [HERE, LISTED], "read": BOTH}
    return Sources(**{**given, **changes})


def told(**changes: Any) -> list[Disagreement]:
    return [each.what for each in reconcile(sources(**changes), TODAY)]


def a_linked(**changes: Any) -> LinkedChannel:
    given = {"key": "instagram:almestad", "url": "https://www.instagram.com/almestad"}
    return LinkedChannel(**{**given, **changes})


def a_line(**changes: Any) -> Listed:
    given = {"number": 1, "url": MUSEUM.address, "key": MUSEUM.key, "platform": "instagram"}
    return Listed(**{**given, **changes})


def test_where_all_agree_nothing_is_told():
    assert told() == []


def test_an_account_that_is_being_closed_need_be_neither_listed_nor_linked():
    assert told(sighted=[HERE]) == [Disagreement.REGISTERED_NOT_LISTED]
    assert told(sighted=[HERE], leaving={1}) == []


def test_a_channel_that_a_site_links_and_nobody_registered_is_told_with_its_pages():
    (found,) = reconcile(sources(accounts=[], sighted=[HERE]), TODAY)
    assert (found.what, found.code) == (Disagreement.LINKED_NOT_REGISTERED, "LI-1")
    assert found.pages == ("https://almestad.example/",)
    assert found.is_likely


@pytest.mark.parametrize(("own", "likely"), [(Own.LIKELY, [True]), (Own.UNKNOWN, [False]), (Own.UNLIKELY, [])])
def test_a_channel_counts_as_surely_ours_only_where_the_page_says_so(own, likely):
    seen = a_sighted(a_sighting(own=own))
    assert [each.is_likely for each in reconcile(sources(accounts=[], sighted=[seen]), TODAY)] == likely


def test_a_feed_of_the_site_is_no_channel_to_register():
    feed = a_sighted(a_sighting(key="feed:almestad.example/rss", platform="feed"))
    assert told(accounts=[], sighted=[feed]) == []


def test_very_many_pages_are_counted_though_few_are_kept():
    (found,) = reconcile(sources(accounts=[], sighted=[HERE], pages={"instagram:almestad": 2000}), TODAY)
    assert found.facts["pages"] == "2000"


def test_a_channel_that_people_decided_is_not_ours_is_not_asked_about_again():
    assert told(accounts=[], sighted=[HERE], not_ours={"instagram:almestad"}) == []


def test_a_channel_that_is_not_ours_may_not_stand_on_the_list():
    assert told(accounts=[], not_ours={"instagram:almestad"}) == [Disagreement.NOT_OURS_LISTED]


def test_a_listed_channel_that_is_not_registered():
    assert told(accounts=[]) == [Disagreement.LISTED_NOT_REGISTERED]


def test_a_registered_account_that_is_not_listed():
    assert told(sighted=[HERE]) == [Disagreement.REGISTERED_NOT_LISTED]


def test_nothing_is_missing_from_a_source_that_was_never_read():
    assert told(sighted=[], read=frozenset()) == []


def test_an_account_that_no_page_names():
    assert told(sighted=[], read={Source.SITE}) == [Disagreement.NOT_LINKED]


def test_what_was_missed_once_still_stands_and_what_is_gone_does_not():
    assert told(sighted=[HERE, replace(LISTED, missed=1)]) == []
    assert told(sighted=[HERE, replace(LISTED, gone_at=NIGHT)]) == [Disagreement.REGISTERED_NOT_LISTED]


def test_a_closed_account_on_the_list():
    closed = replace(MUSEUM, kind=Kind.SIGNPOSTED_CLOSED)
    assert told(accounts=[closed]) == [Disagreement.CLOSED_STILL_LISTED]
    assert told(accounts=[closed], listed={"instagram:almestad": a_line(state="Avslutat")}) == []
    assert told(accounts=[closed], sighted=[]) == []


def test_an_account_that_is_open_after_its_end_date_is_not_called_closed():
    ended = replace(MUSEUM, ends_on=TODAY - timedelta(days=1))
    signposted = replace(ended, kind=Kind.SIGNPOSTED_CLOSED)
    assert told(accounts=[ended]) == [Disagreement.CLOSED_STILL_LISTED]
    assert told(accounts=[ended], outlived={1}) == []
    assert told(accounts=[signposted], outlived={1}) == [Disagreement.CLOSED_STILL_LISTED]


def test_an_account_that_left_the_register_and_is_still_listed():
    left = {"instagram:almestad": Former(account_id=7, name="Museet", key="instagram:almestad")}
    (found,) = reconcile(sources(accounts=[], left=left), TODAY)
    assert (found.what, found.name) == (Disagreement.CLOSED_STILL_LISTED, "Museet")


def test_an_account_that_left_the_register_and_is_still_linked_waits_for_a_decision_again():
    left = {"instagram:almestad": Former(account_id=7, name="Museet", key="instagram:almestad")}
    assert told(accounts=[], sighted=[HERE], left=left) == [Disagreement.LINKED_NOT_REGISTERED]


def test_a_link_to_the_name_that_an_account_bore_before():
    renamed = replace(MUSEUM, key="instagram:museet", address="https://www.instagram.com/museet")
    found = reconcile(sources(accounts=[renamed], sighted=[HERE], former={"instagram:almestad": 1}, read=()), TODAY)
    assert [(each.what, each.should) for each in found] == [(Disagreement.OLD_ADDRESS, renamed.address)]


def test_a_link_that_leads_to_a_registered_account_is_an_old_address_and_no_unknown_channel():
    other = replace(MUSEUM, key="instagram:museet")
    assert told(accounts=[other], aliases={"instagram:almestad": "instagram:museet"}) == [Disagreement.OLD_ADDRESS]


def test_one_account_under_two_addresses():
    pinned = (PlatformId("channel", "UC1"),)
    twins = [replace(MUSEUM, pinned=pinned), replace(MUSEUM, id=2, key="instagram:museet", pinned=pinned)]
    assert told(accounts=twins, read=()) == [Disagreement.TWO_ADDRESSES]
    assert told(accounts=[MUSEUM, replace(MUSEUM, id=2)], read=()) == []  # the register's own rule tells this


def test_another_administration_on_the_list():
    line = a_line(administration="Skolförvaltningen")
    (found,) = reconcile(sources(listed={"instagram:almestad": line}), TODAY)
    assert (found.what, found.says, found.should) == (
        Disagreement.LISTED_OTHERWISE, "Skolförvaltningen", "Kulturförvaltningen"
    )  # fmt: skip


def test_the_list_may_name_either_administration_of_an_account_that_the_register_holds_twice():
    line = a_line(administration="Skolförvaltningen")
    twice = [MUSEUM, replace(MUSEUM, id=2, administration="Skolförvaltningen")]
    assert reconcile(sources(accounts=twice, listed={"instagram:almestad": line}), TODAY) == ()


@pytest.mark.parametrize(("links_back", "what"), [(False, [Disagreement.LINKS_NOT_BACK]), (True, []), (None, [])])
def test_a_profile_that_does_not_link_back_is_told_only_where_that_was_seen(links_back, what):
    assert told(links_back={1: links_back}) == what


# --- freed and taken names


GONE = {"existence": Existence.GONE, "looks": 3, "since": NIGHT, "last": NIGHT + timedelta(hours=48)}


def test_a_name_that_is_free_while_it_is_still_linked():
    assert told(linked={"instagram:almestad": a_linked(**GONE)}) == [Disagreement.GONE_STILL_LINKED]


@pytest.mark.parametrize(
    "seen",
    [
        {"looks": 2},
        {"last": NIGHT + timedelta(hours=47)},
        {"existence": Existence.UNKNOWN},
        {"existence": Existence.SUSPENDED},
    ],
)
def test_nothing_is_called_gone_before_it_was_seen_often_and_long_enough(seen):
    assert told(linked={"instagram:almestad": a_linked(**{**GONE, **seen})}) == []


def test_an_official_word_is_enough():
    stated = a_linked(existence=Existence.GONE, stated=True)
    assert told(linked={"instagram:almestad": stated}) == [Disagreement.GONE_STILL_LINKED]


def test_an_address_that_shows_another_account_than_before():
    taken = a_linked(pinned="7", shown="8")
    assert told(linked={"instagram:almestad": taken}) == [Disagreement.ANOTHERS_STILL_LINKED]
    assert told(linked={"instagram:almestad": a_linked(pinned="7", shown="7")}) == []
    assert told(linked={"instagram:almestad": a_linked(pinned="7")}) == []


# --- Wikidata


WIKIDATA = a_sighted(a_sighting(page="https://www.wikidata.org/wiki/Q1"), source=Source.WIKIDATA)


def test_wikidata_is_told_where_it_alone_names_an_account_that_is_not_in_use():
    assert told(accounts=[], sighted=[WIKIDATA]) == [Disagreement.WIKIDATA_OTHERWISE]
    assert told(sighted=[HERE, LISTED, WIKIDATA]) == []


def test_wikidata_is_told_the_new_address():
    renamed = replace(MUSEUM, key="instagram:museet", address="https://www.instagram.com/museet")
    found = reconcile(sources(accounts=[renamed], sighted=[WIKIDATA], former={"instagram:almestad": 1}, read=()), TODAY)
    assert [each.should for each in found] == [renamed.address]


# --- telling


def test_the_first_days_sentence_counts_what_is_sure_apart_from_what_may_be():
    unsure = a_sighted(a_sighting(key="x:other", url="https://x.com/other", platform="x", own=Own.UNKNOWN), id=3)
    found = reconcile(sources(accounts=[], sighted=[HERE, unsure]), TODAY)
    assert first_sentence(found, "en") == "One channel you link to is not in the register. One more may be yours."


def test_where_the_counted_channels_stand_in_two_tables_each_is_counted():
    listed_too = a_sighted(a_sighting(key="x:both", url="https://x.com/both", platform="x"), id=3)
    on_list = a_sighted(listed_too.sighting, id=4, source=Source.LIST)
    alone = reconcile(sources(accounts=[], sighted=[HERE]), TODAY)
    assert where_told(alone, "en") == ""
    both = reconcile(sources(accounts=[], sighted=[HERE, listed_too, on_list]), TODAY)
    assert [(each.what.value, len(each.lines)) for each in grouped(both, "en")] == [
        ("linked_not_registered", 1), ("listed_not_registered", 1)
    ]  # fmt: skip
    assert where_told(both, "en").startswith("Of these 2, 1 are in the table of linked channels and 1 in that of")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", Disagreement)
def test_every_disagreement_has_a_title_and_a_remedy(language, what):
    (found,) = reconcile(sources(accounts=[], sighted=[HERE]), TODAY)
    (group,) = grouped([replace(found, what=what)], language)
    assert group.title
    assert group.remedy


@pytest.mark.parametrize("what", [Disagreement.GONE_STILL_LINKED, Disagreement.ANOTHERS_STILL_LINKED])
def test_a_registered_account_that_is_lost_is_told_with_the_pages_to_mend_and_nothing_is_asked_for_it(what):
    (found,) = reconcile(sources(sighted=[HERE], lost={1: what}, links_back={1: False}), TODAY)
    assert (found.what, found.account_id, found.pages) == (what, 1, ("https://almestad.example/",))
    assert told(sighted=[], lost={1: what}) == []
    assert told(sighted=[HERE], lost={1: what}, accounts=[replace(MUSEUM, id=2)], read=()) == []


@pytest.mark.parametrize("platform", ["instagram", None])
def test_nobody_is_missing_where_a_short_link_may_lead_to_the_account(platform):
    hidden = {Source.LIST: frozenset({platform}), Source.SITE: frozenset({platform})}
    assert told(sighted=[HERE], hidden=hidden) == []
    assert told(sighted=[], read=frozenset({Source.SITE}), hidden=hidden) == []


def test_a_short_link_of_another_platform_hides_nobody():
    assert told(sighted=[HERE], hidden={Source.LIST: frozenset({"x"})}) == [Disagreement.REGISTERED_NOT_LISTED]


def test_an_address_of_another_kind_is_asked_about_and_makes_nobody_missing():
    channel = an_account(
        id=1, platform="youtube", name="Museet", key="youtube:@almestad", address="https://www.youtube.com/@almestad"
    )
    named = a_sighted(a_sighting(page="", platform="youtube", key="youtube:user:almestad"), id=2, source=Source.LIST)
    (found,) = reconcile(sources(accounts=[channel], sighted=[named]), TODAY)
    assert (found.what, found.is_likely) == (Disagreement.LISTED_NOT_REGISTERED, False)
