"""What Kanalkoll writes of the register it knows again, whatever kind of account and form of the list it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.listing import Declaration, Form, ReadList, differ, held_by, publish, read_list
from audits.model import Account, AddressKind
from audits.wording import Terms
from tests.addresses_table import SAMPLES
from tests.builders import an_account
from tests.listing.lists import PAGE, identified
from worker.publishing import FORMS, Publication

TODAY = date(2026, 11, 27)
ROWS = sorted(
    {(each.key, each.platform, each.url) for each in SAMPLES if each.kind is AddressKind.PROFILE and each.key}
)
OWN = [
    ("website", "https://almestad.example/kampanj"),
    ("feed", "https://almestad.example/rss.xml"),
    ("feed", "https://almestad.example/podd.rss"),
    ("website", "https://blogg.almestad.example/"),
    ("website", "https://social.almestad.example/@almestad"),
    ("mastodon", "https://social.almestad.example/@almestad"),
]
ALL = [*ROWS, *((identified(url, platform).key, platform, url) for platform, url in OWN)]
OURS = Declaration()
STATED = Declaration(form=Form.TABLE, within="main", columns={"address": "Konto"})


def registered(*rows: tuple[str | None, str | None, str | None]) -> list[Account]:
    return [
        an_account(id=at, key=key, platform=platform, address=url, name=f"Konto {at}", administration="Kultur")
        for at, (key, platform, url) in enumerate(rows, 1)
    ]


def read(text: str, accounts: list[Account], declared: Declaration = OURS) -> ReadList:
    return read_list(text, declared, PAGE, identified, held_by(accounts, (), identified))


@given(st.lists(st.sampled_from(ALL), min_size=1, max_size=12, unique=True), st.sampled_from(sorted(FORMS)))
def test_every_form_of_the_list_that_is_generated_says_the_same_as_the_register(rows, form: str):
    accounts = registered(*rows)
    entries = publish(accounts, TODAY)
    terms = Terms(language="sv", city="Almestad", note="", labels={})
    text = FORMS[form](Publication(entries=entries, terms=terms, url="https://almestad.example", day=TODAY))
    found = read(text, accounts)
    difference = differ(found.listed, entries, hidden=found.hidden)
    assert (found.unread, difference.is_empty) == ((), True), difference  # what differs says why


def stated(*addresses: str) -> str:
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in addresses)
    return f"<main><table><tr><th>Konto</th></tr>{rows}</table></main>"


X = "https://x.com/almestad"
CAMPAIGN, FEED, ON_X = registered(*ALL[-6:-4], ("x:almestad", "x", X))


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("https://almestad.example/kampanjen", {"feed", "website"}),
        ("https://x.com/a b", {"x"}),
        ("almestads nya konto", {None}),
        ("konto@almestad.example", set()),
        ("https://x.com/intent/tweet?text=1", set()),
    ],
)
def test_beside_a_line_that_is_not_understood_nothing_is_missing_that_it_may_name(line: str, hidden: set[str | None]):
    found = read(stated(line, "https://www.instagram.com/almestad"), [CAMPAIGN, FEED, ON_X], STATED)
    assert found.hidden == hidden
    difference = differ(found.listed, publish([CAMPAIGN, FEED, ON_X], TODAY), hidden=found.hidden)
    assert {each.platform for each in difference.to_add}.isdisjoint(hidden)
    assert len(difference.to_add) + len(difference.may_stand) == 3


def test_two_accounts_at_one_address_are_told_apart_by_their_names():
    site, feed = registered(ALL[-6], ("feed:almestad.example/kampanj", "feed", ALL[-6][2]))
    ended = replace(feed, ends_on=TODAY)
    text = '<section class="kanalkoll-list"><table>' + "".join(
        f'<tr><td><a href="{each.address}">{each.name}</a></td><td>Webb</td><td>{state}</td></tr>'
        for each, state in ((site, "Aktivt"), (ended, "Avslutat"))
    )
    found = read(f"{text}</table></section>", [site, ended])
    assert differ(found.listed, publish([site, ended], TODAY)).is_empty


def test_a_name_that_an_account_bore_before_is_known_again_on_a_host_of_its_own():
    held = held_by([CAMPAIGN], ["feed:almestad.example/gammal.xml"], identified)
    found = read_list(stated("https://almestad.example/gammal.xml"), STATED, PAGE, identified, held)
    assert [each.key for each in found.listed] == ["feed:almestad.example/gammal.xml"]
