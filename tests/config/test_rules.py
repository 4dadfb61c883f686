"""The rules file is refused by name, line and remedy, or read whole."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.model import Kind, Outcome
from audits.rulebook import judge
from audits.sights import Register, sights_of
from config.declaring import in_every
from config.rules import PATH, BadRules, load_rules, read_rules
from tests.builders import NIGHT, an_account, an_observation, as_of
from tests.judged import last_posted

SILENCE = '[rule.silence]\ncheck = "inactive"\nlimits = { notice_days = 30, deviation_days = 90, closing_days = 180 }\n'
PRIVATE = '[rule.private]\ncheck = "private"\n'
SHIPPED = load_rules()


def outcome(text: str, rule: str, account: Any = None, observation: Any = None, at: Any = NIGHT) -> Outcome:
    account, observation = account or an_account(), observation or an_observation()
    sights = sights_of(account, observation, Register(), as_of(at))
    return judge(read_rules(text).routines[rule], account, observation, sights, as_of(at)).outcome


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", r"line 1: there is no rule at all in the file; restore it"),
        ("[guard]\nshare = 0.5\n", r"line 2: there is no rule at all in the file"),
        ('[rule.gone]\ncheck = "gone"\nenabled = false\n', r"line 3: every rule is switched off"),
        ("[colours]\n", r"line 1: unknown table “colours”; the known ones are .*window"),
        ("\n[rule.a]\ncheck = 'gone'\ncolour = 1\n", r"line 4, rule “a”: unknown key “colour”"),
        ("[rule.a]\ncheck = 'going'\n", r"line 2, rule “a”: unknown check “going”; the known ones are gone"),
        ("[rule.a]\ncheck = 'present'\n", r"line 2, rule “a”: check “present” needs `of`"),
        (
            "[rule.a]\ncheck = 'gone'\nseverity = 'awful'\n",
            r"line 3, rule “a”: severity = .awful. is not one of critical",
        ),
        ("[rule.a]\ncheck = 'inactive'\nlimits = { notice_days = 3 }\n", r"rule “a”: .*needs the limit closing_days"),
        (SILENCE.replace("30", "-1"), r"line 3, rule “silence”: notice_days = -1 is below 0"),
        (SILENCE.replace("30", "99999"), r"notice_days = 99999 is above 3660"),
        (SILENCE.replace("30", "'soon'"), r"notice_days = .soon. is not a whole number"),
        (SILENCE.replace("30", "true"), r"notice_days = true is not a whole number"),
        (SILENCE.replace("30", "91"), r"line 3, rule “silence”: notice_days = 91 comes after deviation_days = 90"),
        (SILENCE + "limits_for.youtube = { notice_days = 95 }\n", r"line 4, .*notice_days = 95 comes after"),
        (SILENCE + "limits_for.telepathy = { notice_days = 5 }\n", r"line 4, .*“telepathy” is neither a platform"),
        (PRIVATE + "platforms = ['telepathy']\n", r"line 3, rule “private”: unknown platform “telepathy”"),
        (PRIVATE + "kinds = ['odd']\n", r"line 3, rule “private”: kinds = .odd. is not one of ordinary"),
        (PRIVATE + "confirm = { looks = 0 }\n", r"line 3, rule “private”: looks = 0 is below 1"),
        (PRIVATE + "confirm = { nights = 2 }\n", r"line 3, rule “private”: confirm = .*it takes looks"),
        (PRIVATE + "due_days = -3\n", r"line 3, rule “private”: due_days = -3 is below 0"),
        (PRIVATE + "guarded = 'yes'\n", r"line 3, .*neither true nor false"),
        (PRIVATE + "title = 'Private'\n", r"line 3, rule “private”: title = .Private. is not a table"),
        ("[guard]\nshare = 2\n", r"line 2, guard: share = 2 is not a share of a whole"),
        ("[guard]\nleast = 0\n", r"line 2, guard: least = 0 is below 1"),
        ("[city]\nnames = 'Almestad'\n", r"line 2, city: names = .Almestad. is not a list"),
        ("[rule]\na = 3\n", r"rule “a”: 3 is not a table"),
        ("rule = 3\n", r"line 1, rule: 3 is not a table"),
        (PRIVATE + "[window.w]\nfirst = 2026-01-01\nlast = 2025-01-01\n", r"line 5, window “w”: last = 2025"),
        (
            PRIVATE + "[window.w]\nfirst = '13-01'\nlast = '01-31'\n",
            r"line 4, window “w”: first = .13-01. is not a day",
        ),
        (PRIVATE + "[window.w]\nfirst = '01-01'\nlast = 2026-01-31\n", r"window “w”: first and last must both"),
        (PRIVATE + "[window.w]\nfirst = '01-01'\nlast = '01-31'\nsuspend = ['x']\n", r"line 6, .*unknown rule “x”"),
        (
            SILENCE + "[window.w]\nfirst = '01-01'\nlast = '01-31'\nlimits.silence = { notice_days = 91 }\n",
            r"window “w”: notice_days = 91 comes after",
        ),
        (PRIVATE + "[[exemption]]\nrules = ['private']\nkinds = ['role']\n", r"line 3, exemption: reason is missing"),
        (
            PRIVATE + "[[exemption]]\nrules = ['private']\nreason = 'r'\ndecided_by = 'd'\n",
            r"line 3, exemption: whom does it exempt",
        ),
        (PRIVATE + "[question.q]\ntitle.sv = 'Är?'\n", r"line 4, question “q”: title.en is missing"),
        ("[rule.a]\ncheck = 'attested'\nlimits = { question = 'q', days = 3 }\n", r"question “q” is not declared"),
        ("[rule.a\n", "rules.toml"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_line(text, complaint):
    with pytest.raises(BadRules, match=complaint):
        read_rules(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 9_999) | st.text(max_size=8) | st.dates(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3),
    max_leaves=6,
)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(name)} = {_toml(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, int | date):
        return str(value)
    return _quoted(value or "")


def _quoted(text: str) -> str:
    return '"' + "".join(each if each.isalnum() else f"\\U{ord(each):08X}" for each in text if each.isprintable()) + '"'


KEYS = (
    "check", "of", "severity", "levels", "limits", "limits_for", "confirm", "platforms", "kinds", "title", "acts",
    "due_days", "enabled", "first", "last", "suspend", "reason", "rules", "accounts", "every_days", "main", "share",
)  # fmt: skip
HEADERS = ("[rule.private]", "[window.w]", "[[exemption]]", "[question.q]", "[guard]", "[city]", "[attestation]")


@settings(max_examples=300)
@given(header=st.sampled_from(HEADERS), key=st.sampled_from(KEYS), value=VALUES)
def test_whatever_stands_in_a_rules_file_is_read_or_refused_and_never_breaks(header, key, value):
    text = f"{'' if 'private' in header else PRIVATE}{header}\n{key} = {_toml(value)}\n"
    try:
        tomllib.loads(text)
        read_rules(text)
    except (BadRules, tomllib.TOMLDecodeError):
        pass


# --- windows and exemptions


SUMMER = SILENCE + '[window.summer]\nfirst = "11-01"\nlast = "11-30"\nreason = "sommar"\n'


def test_a_window_suspends_a_rule_on_its_days_and_no_others():
    text = SUMMER + 'suspend = ["silence"]\n'
    assert outcome(text, "silence", observation=last_posted(100)) is Outcome.INAPPLICABLE
    assert outcome(text, "silence", observation=last_posted(100), at=NIGHT.replace(month=12)) is Outcome.FAILED


def test_a_window_sharpens_or_eases_a_rules_limits():
    text = SUMMER + "limits.silence = { notice_days = 80 }\n"
    assert outcome(text, "silence", observation=last_posted(79)) is Outcome.PASSED
    assert outcome(text, "silence", observation=last_posted(80)) is Outcome.FAILED


@pytest.mark.parametrize(("month", "day", "holds"), [(12, 20, True), (1, 6, True), (1, 7, False), (12, 19, False)])
def test_a_yearly_window_may_span_new_years_eve(month, day, holds):
    text = PRIVATE + '[window.w]\nfirst = "12-20"\nlast = "01-06"\nsuspend = ["private"]\n'
    [window] = read_rules(text).routines["private"].windows
    assert window.holds(date(2026, month, day)) is holds


EXEMPT = PRIVATE + '[[exemption]]\nrules = ["private"]\nreason = "beslut"\ndecided_by = "KA"\n'


@pytest.mark.parametrize(
    ("who", "spared"),
    [
        ("accounts = [1]", True),
        ("accounts = [2]", False),
        (f'accounts = ["{an_account().key}"]', True),
        ('accounts = ["#1"]', True),
        (f'accounts = ["{an_account().address}"]', True),
        ('kinds = ["role"]', False),
        ("accounts = [1]\nuntil = 2026-11-03", True),
        ("accounts = [1]\nuntil = 2026-11-02", False),
    ],
)
def test_a_decision_frees_the_accounts_it_names_until_its_last_day(who, spared):
    expected = Outcome.INAPPLICABLE if spared else Outcome.PASSED
    assert outcome(f"{EXEMPT}{who}\n", "private") is expected


def test_an_address_that_names_no_account_for_certain_is_refused_with_where_the_key_stands():
    with pytest.raises(
        BadRules, match=r"line \d+, exemption: “https://almestad\.example\.org/a b”.*register export --json"
    ):
        read_rules(EXEMPT + 'accounts = ["https://almestad.example.org/a b"]\n')


def test_a_politicians_own_account_is_exempt_by_kind():
    text = EXEMPT + 'kinds = ["role"]\n'
    assert outcome(text, "private", an_account(kind=Kind.ROLE)) is Outcome.INAPPLICABLE


# --- what ships


def test_every_shipped_rule_says_where_it_comes_from_who_acts_by_when_and_what_to_do_in_both_languages():
    for routine in SHIPPED.routines.values():
        assert all((routine.source, routine.acts, routine.due_days)), routine.id
        assert routine.title.keys() & routine.fix.keys() >= {"sv", "en"}, routine.id


def test_every_question_says_whose_sentence_it_is():
    assert all(each.source and each.title["sv"].endswith("?") for each in SHIPPED.questions.every.values())


def test_a_proposal_that_is_switched_on_is_a_rule_too():
    switched = read_rules(PATH.read_text(encoding="utf-8").replace("enabled = false", "enabled = true"))
    assert switched.routines.keys() - SHIPPED.routines.keys() == {
        "contact", "purpose", "language", "privacy", "sender-statement", "outdated-words",
    }  # fmt: skip


def test_a_mistyped_role_is_refused_by_name_and_line():
    with pytest.raises(
        BadRules, match=r"line 3, rule “gone”: acts = .editr.: unknown role “editr”; the known ones are admin"
    ):
        read_rules('[rule.gone]\ncheck = "gone"\nacts = "editr"\n')


def test_a_language_that_came_to_be_after_the_file_is_told_as_the_first_is():
    assert in_every({"sv": "Är?", "en": "Is it?"}, ("sv", "en", "xx")) == {"sv": "Är?", "en": "Is it?", "xx": "Är?"}
    assert in_every({"en": "Is it?"}, ("sv", "en", "xx")) == {"en": "Is it?"}
    assert in_every({"sv": "Är?", "xx": "?"}, ("sv", "en", "xx")) == {"sv": "Är?", "xx": "?"}
