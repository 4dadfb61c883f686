"""What a fediverse server says of a new home by naming none: an account that came to its place is seen to be mended."""

from __future__ import annotations

from audits.model import UNSEEN, Existence
from tests.platforms.fediverse import HANDLE, LOOKUP, URI, account, actor, shown


def test_a_home_server_that_names_no_new_home_says_that_there_is_none() -> None:
    told = (shown(actor(), url=URI), shown(account(), url=LOOKUP), shown(account(limited=True), url=LOOKUP))
    assert {reading.facts.moved_to for reading in told} == {None}


def test_a_server_that_never_names_new_homes_and_anothers_copy_say_nothing_of_one() -> None:
    copy = f"https://annan.example/api/v1/accounts/lookup?acct={HANDLE}"
    assert shown(account(pleroma={}), url=LOOKUP).facts.moved_to is UNSEEN
    assert shown(account(acct=HANDLE), url=copy).facts.moved_to is UNSEEN


def test_an_answer_that_has_lost_the_accounts_own_name_does_not_say_that_there_is_none() -> None:
    assert shown(account(username=None, moved=None), url=LOOKUP).facts.moved_to is UNSEEN


def test_a_new_home_with_a_page_run_into_it_is_none() -> None:
    run_into = shown(actor(movedTo="https://annan.example/users/bi<!DOCTYPE html><html></html>bl"), url=URI)
    moved = shown(actor(movedTo="https://annan.example/users/bibl"), url=URI)
    assert (run_into.existence, moved.existence) == (Existence.PRESENT, Existence.MOVED)
