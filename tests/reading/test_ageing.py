"""Signs age: what nobody has seen true for half a year proves nothing, and somebody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from audits.model import Existence, Page
from audits.reading.markers import Strength, blind_to
from audits.reading.pages import read_answer
from audits.reporting import Dossier, More, Report, gather
from audits.wording import Terms
from tests.builders import NIGHT, an_account, an_observation
from tests.reading.signs import TODAY, a_sign, packs


def test_a_sign_ages_after_half_a_year_and_is_told_of_a_month_ahead() -> None:
    assert [a_sign(days).has_aged(TODAY) for days in (180, 181)] == [False, True]
    assert [a_sign(days).ages_soon(TODAY) for days in (150, 151, 180, 181)] == [False, True, True, False]


def test_a_sign_that_never_was_explicit_does_not_age() -> None:
    assert not a_sign(4_000, strength=Strength.AMBIGUOUS).has_aged(TODAY)


def test_we_are_blind_to_what_no_fresh_sign_tells() -> None:
    assert blind_to(packs(a_sign())) == (("vimeo", Existence.GONE),)


def test_one_fresh_sign_is_enough_to_see_by() -> None:
    assert blind_to(packs(a_sign(), a_sign(10, id="vimeo.newer"))) == ()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_fresh_sign_is_believed_though_an_aged_one_stands_on_the_page_too(order: tuple[int, int]) -> None:
    signs = (a_sign(200, id="vimeo.aged"), a_sign(10, id="vimeo.fresh", values=("kontot är borta",)))
    page = Page(url="https://vimeo.com/almestad", status=200, fetched_at=NIGHT, body="<p>Kontot är borta".encode())
    known = replace(packs(*(signs[at] for at in order)), today=NIGHT.date())
    reading = read_answer(page, "vimeo", known, lambda _answer: None)
    assert (reading.existence, [marker.id for marker in reading.markers]) == (Existence.GONE, ["vimeo.fresh"])


def test_a_sign_that_had_aged_before_its_pack_was_published_is_nobodys_loss() -> None:
    told = packs(a_sign(400), a_sign(200, means=Existence.SUSPENDED))
    published = replace(told.by_platform["vimeo"], version=str(TODAY - timedelta(days=100)))
    assert blind_to(replace(told, by_platform={"vimeo": published})) == (("vimeo", Existence.SUSPENDED),)


def test_each_state_is_lost_by_itself() -> None:
    suspended = a_sign(10, id="vimeo.suspended", means=Existence.SUSPENDED)
    assert blind_to(packs(a_sign(), suspended)) == (("vimeo", Existence.GONE),)


def test_what_was_never_told_is_not_lost() -> None:
    assert blind_to(packs(a_sign(strength=Strength.AMBIGUOUS))) == ()
    assert blind_to(packs(a_sign(10))) == ()


def test_the_signs_of_a_platforms_errors_are_the_platforms() -> None:
    assert blind_to(packs(a_sign(), platform="vimeo-error")) == (("vimeo", Existence.GONE),)


def reported(platform: str) -> Report:
    dossier = Dossier(account=an_account(platform=platform), observation=an_observation(), findings=())
    words = Terms(language="sv", labels={"vimeo": "Vimeo"})
    return gather([dossier], {}, words, NIGHT, More(blind=blind_to(packs(a_sign()))))


def test_the_report_says_in_one_line_what_we_have_become_blind_to() -> None:
    assert reported("vimeo").blind.startswith("Vi har blivit blinda för: Vimeo (borttagna konton).")


def test_a_platform_on_which_the_city_has_no_account_is_not_missed() -> None:
    assert reported("mastodon").blind == ""
