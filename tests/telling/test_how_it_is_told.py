"""In which language, and in which tone, the lines of a letter stand, and which wait for an account to be back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audits.digest import Tone
from audits.model import CaseState
from audits.rulebook import PROPOSALS
from audits.rules import CHECKS
from tests.builders import a_case
from tests.telling.letters import ROUTINES, a_held, last_week, said, told


@pytest.mark.parametrize(
    ("read_in", "source", "said_in"),
    [
        ("en", "Påhittad rutin: listan ska stämma.", "sv"),
        ("sv", "Påhittad rutin: listan ska stämma.", ""),
        ("en", PROPOSALS["sv"], ""),
    ],
)
def test_the_citys_own_sentence_names_its_language_where_that_is_not_the_letters(read_in, source, said_in):
    ruled = {**ROUTINES, "gone": replace(ROUTINES["gone"], source=source)}
    facts = said(told(a_held(), routines=ruled), read_in).blocks[0].entries[0].facts
    assert facts[-1].language == said_in
    assert {fact.language for fact in facts[:-1]} == {""}


@pytest.mark.parametrize(
    ("state", "tone"),
    [(CaseState.VERIFIED_FIXED, Tone.GOOD), (CaseState.ACKNOWLEDGED, Tone.GOOD), (CaseState.CONFIRMED, Tone.CALM)],
)
def test_last_weeks_lines_are_no_good_news_while_one_waits_for_an_answer(state, tone):
    sheet = said(told(a_held(case=a_case(state=state)), told=last_week()))
    assert [block.tone for block in sheet.blocks if block.heading == "Förra brevets anmärkningar"] == [tone]


def test_what_cannot_be_mended_while_an_account_is_gone_is_not_asked_in_the_same_letter():
    gone, unlinked = a_held(), a_held(case=a_case(rule="link-to-city", fingerprint="none"))
    both = replace(
        gone.dossier,
        findings=(*gone.dossier.findings, *unlinked.dossier.findings),
        cases=(*gone.dossier.cases, *unlinked.dossier.cases),
    )
    ruled = {**ROUTINES, "link-to-city": replace(ROUTINES["gone"], check=CHECKS["links_to_city"])}
    asked = (told(each, routines=ruled).parts[0].remarks for each in (replace(gone, dossier=both), unlinked))
    assert [[remark.case.rule for remark in remarks] for remarks in asked] == [["gone"], ["link-to-city"]]
