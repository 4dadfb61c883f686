"""The words people read: whole in every language, and one for everything that can be shown."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

import audits.rules
import audits.wording
from audits.history import Ending
from audits.languages import CALLED, CLOCKS, LOCALES, MOMENTS
from audits.model import CaseState, DriftStage, Route, Severity, Stated, Transport
from audits.news import Turn
from audits.reached import OWN_NETWORK
from audits.registering import ChangeKind
from audits.reporting import CONTROL, ELSEWHERE, NO_ADDRESS, NO_CONTACT, REMEDIES, UNDECIDED
from audits.rulebook import PROPOSALS
from audits.wording import LANGUAGES, Words, catalogue, phrase
from audits.wording.quoting import as_written

SWEDISH, ENGLISH = catalogue("sv"), catalogue("en")
TOLD_ELSEWHERE = {"level"}
OURS = (
    NO_ADDRESS,
    NO_CONTACT,
    OWN_NETWORK,
    CONTROL,
    ELSEWHERE,
    UNDECIDED,
)  # why an account is not read, beside transports
LOCALE = Path(audits.wording.__file__).parent / "locale"


def placeholders(words: Words) -> set[str]:
    return {name for form in words.forms for _, name, _, _ in Formatter().parse(form) if name}


def names_seen_by_rules() -> set[str]:
    """Every name under which a check hands on what it saw."""
    files = Path(audits.rules.__file__).parent.glob("*.py")
    calls = (node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    failing = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "failed")
    return {each.arg for call in failing for each in call.keywords if each.arg}


def test_both_languages_say_the_same_things():
    assert SWEDISH.keys() == ENGLISH.keys()


def test_both_languages_name_the_same_facts():
    assert [key for key in SWEDISH if placeholders(SWEDISH[key]) != placeholders(ENGLISH[key])] == []


def test_everything_that_can_be_shown_has_its_words():
    shown = [
        *(f"transport.{each}" for each in (*Transport, *OURS)),
        *(f"short.{each}" for each in (*Transport, *OURS) if each is not Transport.OK),
        *(f"severity.{each}" for each in Severity),
        *(f"route.{each}" for each in Route),
        *(f"turn.{each}" for each in Turn),
        *(f"answer.{each}" for each in CaseState),
        *(f"said.{each}" for each in Stated),
        *(f"stage.{each}" for each in DriftStage if each is not DriftStage.HELD),
        *(f"held.{each}" for each in Ending),
        *(f"entered.{each}" for each in ChangeKind),
        *(f"{what}.{each}" for each in REMEDIES for what in ("remedy", "how")),
        *(f"seen.{each}" for each in sorted(names_seen_by_rules() - TOLD_ELSEWHERE)),
    ]
    nothing = Words(("",), Locale("sv"))
    unsaid = [(lang, key) for lang in LANGUAGES for key in shown if not all(catalogue(lang).get(key, nothing).forms)]
    assert unsaid == []


def test_rules_are_found_to_hand_on_what_they_saw():
    assert {"last_post", "days", "wanted", "same_as"} <= names_seen_by_rules()


def test_every_language_says_how_its_days_and_clocks_are_written():
    ways = (LOCALES, CLOCKS, MOMENTS, PROPOSALS)
    assert [set(each) for each in ways] == [set(LANGUAGES)] * len(ways)
    assert set(CALLED.values()) == set(LANGUAGES)


def test_a_language_that_is_not_there_is_answered_in_swedish():
    assert phrase("transport.ok", "xx") == phrase("transport.ok", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_is_there(language):
    for key, words in catalogue(language).items():
        assert len(words.forms) in (1, len(words.locale.plural_form.tags) + 1), key
        assert all(words.forms), key


@pytest.mark.parametrize("subject", sorted({path.name for path in LOCALE.glob("*/LC_MESSAGES/*.po")}))
def test_every_subject_is_there_in_every_language_and_names_no_key_twice(subject):
    for language in LANGUAGES:
        lines = (LOCALE / language / "LC_MESSAGES" / subject).read_text().splitlines()
        keys = [line for line in lines if line.startswith("msgid ") and line != 'msgid ""']
        assert len(keys) == len(set(keys))


def test_no_subject_says_again_what_another_says():
    for language in LANGUAGES:
        lines = [line for path in (LOCALE / language).rglob("*.po") for line in path.read_text().splitlines()]
        keys = [line for line in lines if line.startswith("msgid ") and line != 'msgid ""']
        assert len(keys) == len(set(keys)) == len(catalogue(language))


def test_a_count_chooses_the_form():
    words = Words(("{count} nytt", "{count} nya"), Locale("sv"))
    assert [words.text({"count": count}) for count in (0, 1, 2)] == ["{count} nya", "{count} nytt", "{count} nya"]


def test_a_sentence_that_nobody_has_written_is_not_made_up():
    with pytest.raises(KeyError):
        phrase("transport.bored", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_could_not_be_seen_is_told_in_one_sentence_on_page_letter_and_overview(language):
    places = ("report.unseen_calm", "digest.unseen.note", "overview.coverage.note")
    assert len({phrase(key, language) for key in places}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_an_account_on_which_nothing_stands_is_said_to_be_without_remark(language):
    """An account that could not be seen may have a remark from before: elsewhere this would say the opposite."""
    neither = phrase("unread.open", language).rstrip(".").casefold()
    said = {
        key for key, words in catalogue(language).items() if any(neither in each.casefold() for each in words.forms)
    }
    assert said == {"unread.open", "terminal.unseen"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_wrote_is_quoted_as_the_language_quotes_and_never_as_a_program_does(language):
    """`!r` shows a value as a file of settings writes it, so it stands behind the sign that such a file has."""
    said_of_files = {"declared.no_table", "declared.property", "declared.pace", "declared.pace_amounts"}
    texts = {key: words.forms for key, words in catalogue(language).items() if key not in said_of_files}
    assert {key for key, forms in texts.items() if any(re.search(r"(?<!= )\{\w+!r\}", form) for form in forms)} == set()


def test_a_value_of_a_file_is_repeated_as_the_file_writes_it():
    written = {'"a”b\\n"': "a”b\n", "true": True, '["x", 1]': ["x", 1], "2027-01-31": date(2027, 1, 31)}
    assert [as_written(each) for each in (*written.values(), {"a": 1})] == [*written, "{ a = 1 }"]
    assert phrase("declared.no_whole", "sv", key="days", value="tio") == 'days = "tio" är inget heltal'
    assert phrase("terminal.unknown.rule", "sv", name="tyst") == "Det finns ingen regel ”tyst”."
    assert phrase("terminal.unknown.rule", "en", name="quiet") == "There is no rule “quiet”."
