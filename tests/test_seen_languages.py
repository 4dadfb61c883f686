"""Languages that a rule saw are told by their names; scripts have their codes."""

import pytest

from audits.reporting.seen import told_of

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
