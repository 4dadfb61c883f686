"""The rules that Almestad turns on during the week: two a day, each tried for a night, each where it is one remark."""

from __future__ import annotations

import tomllib
from itertools import chain

import pytest

import demo
from config.rules import PATH, read_rules
from demo.people import TURN_ON, read_people
from demo.ruling import rules_before, turned_on_after
from tests.demo.lived import City, Shown

TEXT = demo.RULES.read_text(encoding="utf-8")
TURNED_ON = {rule: deed for deed in read_people() if deed.what == TURN_ON for rule in deed.rules}


def test_every_proposal_of_the_product_is_turned_on_and_nothing_else():
    rules = tomllib.loads(PATH.read_text(encoding="utf-8"))["rule"]
    assert {*TURNED_ON} == {name for name, rule in rules.items() if rule.get("enabled") is False}


def test_the_rules_file_is_what_the_rules_have_come_to():
    later = turned_on_after(read_people(), min(deed.at for deed in TURNED_ON.values()))
    assert len(later) == 4
    assert read_rules(TEXT).routines.keys() - read_rules(rules_before(TEXT, later)).routines.keys() == {*later}
    assert rules_before(TEXT, []) == TEXT


def test_a_rule_that_the_file_does_not_hold_is_told():
    with pytest.raises(KeyError, match="no-such-rule"):
        rules_before(TEXT, ["no-such-rule"])


@pytest.mark.parametrize("rule", TURNED_ON)
def test_a_rule_is_tried_for_a_night_before_anybody_hears_of_it_and_is_one_remark(city: City, rule: str):
    after = [night for night in city.nights if night["at"] > TURNED_ON[rule].at.isoformat()]
    tried, *counts = ([piece for piece in night["changes"] if piece["rule"] == rule] for night in after)
    assert tried == []
    told = [piece for piece in chain.from_iterable(counts) if piece["turn"] == "told"]
    assert len({piece["account"] for piece in told}) == 1


def test_what_is_mended_for_one_rule_is_mended_for_the_one_that_was_turned_on(city: City):
    assert city.turns("Miljö i Almestad", "contact", "mastodon") == [(3, "suspected"), (4, "told"), (7, "fixed")]


@pytest.mark.parametrize(
    ("page", "heading"), [("report.html", "Regler som ändrats"), ("report.en.html", "Rules that have changed")]
)
def test_the_report_names_the_rules_that_were_turned_on_and_the_routine_they_come_from(shown: Shown, page, heading):
    chapter = (
        (shown.out / page).read_text(encoding="utf-8").partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]
    )
    language = "en" if ".en." in page else "sv"
    routines = [read_rules(TEXT).routines[rule] for rule in TURNED_ON]
    assert [each.id for each in routines if each.title[language] not in chapter or each.source not in chapter] == []
    assert chapter.count("<tr>") == 1 + len(routines)
