"""The register as the public list: what it says, and in which forms."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.listing import Declaration, Form, ListState, differ, known_as, publish, state_of
from audits.listing.differing import Change
from audits.model import Kind
from audits.wording import Terms
from tests.builders import TODAY, an_account
from tests.listing.lists import a_listed, an_entry, read
from worker.publishing import FORMS, Publication, as_csv, as_html, as_json, as_json_ld, as_trust_txt


def told(*entries, language: str = "sv") -> Publication:
    terms = Terms(language=language, city="Almestads stad", labels={"instagram": "Instagram"})
    return Publication(entries=entries, terms=terms, url="https://almestad.example", day=TODAY)


# --- what is published is read back


ALL = (
    an_entry(),
    an_entry(key="x:almestad", platform="x", url="https://x.com/almestad", name="=Almestad", administration=""),
    an_entry(key="x:almestadgammal", platform="x", url="https://x.com/almestadgammal", state=ListState.CLOSED),
)
DOCUMENTED = Declaration(form=Form.TABLE, within="main", columns={"address": "Konto", "name": "Konto", "state": "Läge"})


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_what_kanalkoll_writes_is_read_back_without_any_declaration_and_needs_no_change(form, language):
    text = FORMS[form](told(*ALL, language=language))
    assert differ(read(text, Declaration(within="main")).listed, ALL).is_empty
    assert differ(read(f"<html><main>{text}</main></html>" if form.endswith("html") else text, Declaration()).listed,
                  ALL).is_empty  # fmt: skip


def test_the_documented_declaration_reads_what_kanalkoll_writes():
    page = f"<main><h1>Våra konton</h1>{as_html(told(*ALL))}</main>"
    assert differ(read(page, DOCUMENTED).listed, ALL).is_empty


# --- what it says


@pytest.mark.parametrize("form", ["accounts.html", "accounts.csv"])
def test_residents_are_told_no_account_is_in_use_or_closed_that_is_confirmed_not_to_be(form: str):
    entries = (
        an_entry(account_id=1),
        an_entry(account_id=2, key="x:old", state=ListState.CLOSED),
        an_entry(account_id=3),
        an_entry(account_id=4),
    )
    text = FORMS[form](replace(told(*entries), unclear={1}, outlived={2}, unproven={1, 4}))
    states = [
        text.count(words) for words in ("Vi ser över kontot", "Ska avslutas", "Avslutat", "Aktivt", "Registrerat")
    ]
    assert states == [1, 1, 0, 1, 1]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, ListState.ACTIVE),
        ({"kind": Kind.SEASONAL}, ListState.SEASONAL),
        ({"kind": Kind.CRISIS_PARKED}, ListState.PARKED),
        ({"kind": Kind.SIGNPOSTED_CLOSED}, ListState.CLOSED),
        ({"kind": Kind.SEASONAL, "ends_on": TODAY}, ListState.CLOSED),
        ({"ends_on": date(2030, 1, 1)}, ListState.ACTIVE),
    ],
)
def test_an_account_has_one_state(changes, state):
    assert state_of(an_account(**changes), TODAY) is state


def test_an_account_of_an_office_is_called_by_the_office():
    person = an_account(name="En Person", kind=Kind.ROLE, purpose="Stadsdirektören")
    assert publish([person], TODAY)[0].name == "Stadsdirektören"


def test_an_account_without_an_address_is_not_published():
    assert publish([an_account(address=None, key=None)], TODAY) == ()


def test_whom_nobody_answers_for_stands_last():
    listed = publish([an_account(id=1, administration=None), an_account(id=2, administration="Ö")], TODAY)
    assert [each.account_id for each in listed] == [2, 1]


# --- in which forms


def test_the_table_can_be_read_back_as_a_published_list():
    entry = an_entry(purpose="Utställningar")
    declared = Declaration(form=Form.TABLE, within=".kanalkoll-list", columns={"address": "Konto", "state": "Läge"})
    (back,) = read(as_html(told(entry)), declared).listed
    assert (back.administration, back.state) == (entry.administration, "Aktivt")
    assert differ([back], [entry]).is_empty


def test_a_closed_account_is_told_but_not_claimed():
    closed = an_entry(state=ListState.CLOSED)
    assert "Avslutat" in as_html(told(closed))
    assert json.loads(as_json(told(closed)))["accounts"][0]["state"] == "closed"
    assert "social=" not in as_trust_txt(told(closed))
    assert json.loads(as_json_ld(told(closed)))["sameAs"] == []


def test_an_account_that_is_not_vouched_for_keeps_its_line_and_no_program_is_told_that_it_is_ours():
    entry = an_entry()
    doubted = replace(told(entry), unvouched={entry.account_id})
    assert 'rel="me"' in as_html(told(entry))
    assert (entry.url in as_html(doubted), "href" in as_html(doubted)) == (True, False)
    assert "social=" not in as_trust_txt(doubted)
    assert entry.url not in as_json_ld(doubted)
    assert json.loads(as_json(doubted))["accounts"][0]["vouched"] is False


def test_an_address_without_a_link_is_read_back_as_listed():
    entry = an_entry(name="Almestads museum")
    page = as_html(replace(told(entry), unvouched={entry.account_id}))
    declared = Declaration(form=Form.TABLE, within=".kanalkoll-list", columns={"address": "Konto", "state": "Läge"})
    (by_itself,), (by_column,) = read(page, Declaration()).listed, read(page, declared).listed
    assert (by_itself.key, by_itself.name, by_column.key) == (entry.key, entry.name, entry.key)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("instagram:almestadsmuseum", "@almestadsmuseum"),
        ("youtube:@almestad", "@almestad"),
        ("mastodon:museum@social.almestad.example", "@museum@social.almestad.example"),
        ("facebook:almestad", "almestad"),
        ("linkedin:company:almestads-stad", "almestads-stad"),
        ("facebook:id:218267174868954", ""),
        ("youtube:channel:UCabcdefghijklmnopqrstuv", ""),
    ],
)
def test_a_resident_can_compare_the_name_that_an_account_has_on_its_platform(key, name):
    entry = an_entry(key=key, platform=key.partition(":")[0])
    assert known_as(entry) == name
    assert name in as_html(told(entry))


@pytest.mark.parametrize(
    ("language", "says", "asks"), [("sv", "är inte vårt", "Fråga oss"), ("en", "is not ours", "Ask us")]
)
def test_only_a_list_that_names_every_account_says_that_no_other_is_ours(language, says, asks):
    whole = told(an_entry(), language=language)
    assert says in as_html(whole)
    partly = as_html(replace(whole, is_whole=False))
    assert says not in partly
    assert asks in partly


def test_the_claims_are_grouped_by_administration():
    entries = [an_entry(), an_entry(administration="", url="https://x.com/almestad")]
    document = json.loads(as_json_ld(told(*entries)))
    assert document["sameAs"] == ["https://x.com/almestad"]
    assert document["department"][0]["sameAs"] == ["https://www.instagram.com/almestadsmuseum"]


def test_trust_txt_names_each_account_on_a_line():
    assert as_trust_txt(told(an_entry())).splitlines()[1] == "social=https://www.instagram.com/almestadsmuseum"


def test_trust_txt_names_an_account_of_two_administrations_once():
    both = told(an_entry(), an_entry(account_id=2, administration="Miljöförvaltningen"))
    assert as_trust_txt(both).count("social=") == 1
    assert len(both.entries) == 2


STRANGE = st.text(max_size=40) | st.sampled_from(
    ["=HYPERLINK(1)", "+1", "@SUM", "<script>alert(1)</script>", "</script>", '"', "a\nsocial=https://evil.example"]
)


@given(STRANGE, STRANGE, STRANGE)
def test_nothing_that_the_register_says_breaks_out_of_any_form(name, purpose, url):
    entry = an_entry(name=name, purpose=purpose, url=url)
    assert "<script" not in as_html(told(entry))
    assert "</script" not in as_json_ld(told(entry))
    assert len(as_trust_txt(told(entry)).rstrip("\n").split("\n")) == 2
    rows = list(csv.reader(io.StringIO(as_csv(told(entry))), delimiter=";"))
    assert not [cell for cell in rows[1] if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written_in_both_languages_and_empty(language, form):
    assert FORMS[form](told(an_entry(), language=language))
    assert FORMS[form](told(language=language))


# --- held against what is published


def test_the_same_list_differs_in_nothing():
    assert differ([a_listed()], [an_entry()]).is_empty


def test_an_account_that_the_register_holds_twice_is_held_against_the_entry_that_the_list_means():
    twice = [an_entry(administration="KF"), an_entry(administration="SBF")]
    for administration in ("KF", "SBF"):
        assert differ([a_listed(administration=administration)], twice).is_empty


def test_what_is_missing_on_either_side_is_told():
    found = differ([a_listed(key="x:unknown")], [an_entry()])
    assert [each.key for each in found.unknown] == ["x:unknown"]
    assert [each.key for each in found.to_add] == ["instagram:almestadsmuseum"]


def test_a_closed_account_stands_on_the_list_only_where_it_says_so():
    closed = an_entry(state=ListState.CLOSED)
    assert differ([a_listed()], [closed]).to_remove
    assert differ([a_listed(state="Avslutat")], [closed]).is_empty
    assert differ([], [closed]).is_empty


def test_an_account_that_is_being_closed_is_not_put_on_the_list_again():
    assert differ([], [an_entry(account_id=7)], unasked={7}).is_empty
    assert differ([a_listed()], [an_entry(account_id=7)], unasked={7}).is_empty


def test_another_name_or_administration_is_to_be_changed():
    found = differ([a_listed(administration="Skolförvaltningen", name="ALMESTADS  museum")], [an_entry()])
    change = Change(column="administration", published="Skolförvaltningen", generated="Kulturförvaltningen")
    assert found.to_change == {"instagram:almestadsmuseum": (change,)}


def test_an_old_address_of_the_same_account_is_to_be_changed():
    found = differ([a_listed(url="https://instagram.com/old/")], [an_entry()])
    assert found.to_change["instagram:almestadsmuseum"][0].column == "url"
