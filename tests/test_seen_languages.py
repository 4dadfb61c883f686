"""What a rule saw by a code is told by its name: languages, and what the platform answered; scripts have the code."""

import pytest

from audits.model import Existence
from audits.reporting.seen import in_a_row, told_of

SEEN = {"language": "en", "wanted": "no sv"}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", [("Språk som anges", "engelska"), ("Vi letade efter", "norska / svenska")]),
        ("en", [("Language stated", "English"), ("We looked for", "Norwegian / Swedish")]),
    ],
)
def test_languages_are_told_by_their_names(language, told):
    assert sorted(told_of(SEEN, "2026-11-03", language, str)) == sorted(told)


def test_words_that_another_rule_looked_for_stay_as_they_are():
    assert ("Vi letade efter", "en") in list(told_of({"sender": "x", "wanted": "en"}, "2026-11-03", "sv", str))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (Existence.GONE, "det finns inget konto på adressen"),
        (Existence.SUSPENDED, "plattformen har stängt av kontot"),
        (Existence.DEACTIVATED, "ägaren har stängt av kontot"),
        (Existence.PRIVATE, "bara godkända följare ser innehållet"),
    ],
)
def test_what_the_platform_answered_is_told_and_who_has_closed_the_account(state, told):
    assert list(told_of({"state": state.value}, "2026-11-03", "sv", str)) == [("Plattformens svar", told)]


def test_a_sites_own_server_is_no_platform_and_the_words_that_the_page_had_are_quoted_on_a_line():
    seen = {"quote": "this domain has expired " * 7, "site_state": "gone"}
    row = in_a_row(told_of(seen, "2026-11-03", "en", str))
    assert row.startswith("The address answered: there is nothing there any more · The words read: “this domain")
    assert row.endswith(" …”")
    assert len(row) < 190
