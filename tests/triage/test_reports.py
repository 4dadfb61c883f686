"""What an editor's form says of an account, held against the register."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.platforms import GRAMMARS
from audits.triage import About, Understood, channel_in_words, understood
from tests.builders import a_candidate, an_account

OLD, NEW = "https://www.instagram.com/almestad_old/", "https://www.instagram.com/almestad/"
KNOWN = [an_account(id=7, platform="instagram", address=OLD, key="instagram:almestad_old")]


@pytest.mark.parametrize(
    ("about", "address", "new_address", "heard"),
    [
        (About.NEW, NEW, "", Understood(about=About.NEW, address=NEW)),
        (About.CLOSED, OLD, "", Understood(about=About.CLOSED, account_id=7)),
        (About.CLOSED, OLD, NEW, Understood(about=About.CLOSED, account_id=7)),
        (About.CHANGED, OLD, NEW, Understood(about=About.CHANGED, account_id=7, address=NEW)),
        (About.CHANGED, OLD, "", Understood(about=About.CHANGED, account_id=7)),
        (About.CLOSED, NEW, "", Understood(about=About.CLOSED)),
    ],
)
def test_an_account_is_found_by_the_address_that_the_register_knows(about, address, new_address, heard):
    assert understood(about, address, new_address, KNOWN, GRAMMARS) == heard


def test_a_changed_account_that_the_register_never_knew_is_new_to_it():
    heard = understood(About.CHANGED, "https://x.com/almestad_old", NEW, KNOWN, GRAMMARS)
    assert heard == Understood(about=About.NEW, address=NEW, was="https://x.com/almestad_old")


@given(st.text(), st.text(), st.sampled_from(list(About)))
def test_whatever_is_typed_is_understood_as_something(address, new_address, about):
    heard = understood(about, address, new_address, KNOWN, GRAMMARS)
    assert heard.account_id in (None, 7)


def test_a_changed_account_is_shown_as_it_was_and_as_it_is_to_be():
    changed = a_candidate(about=About.CHANGED, key="instagram:almestad_old", url=NEW)
    assert channel_in_words(changed, GRAMMARS) == f"{OLD} → {NEW}"
    assert channel_in_words(replace(changed, url=""), GRAMMARS) == OLD
    assert channel_in_words(a_candidate(url=NEW), GRAMMARS) == NEW
