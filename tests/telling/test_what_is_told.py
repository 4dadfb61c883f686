"""What a weekly letter says of each account: in its subject, at a glance, and line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from audits.digest import Purpose, Tone, speak
from audits.digest.grave import ELSEWHERE
from audits.model import CaseState, Outcome, PlatformId, RegisteredId, Route, Severity, Standing, Transport
from audits.reconciling import Linked
from audits.reporting import abridged
from audits.rules import CHECKS
from tests.builders import NIGHT, a_blind_observation, a_case, a_finding, an_account
from tests.telling.letters import (
    KULTUR,
    ROUTINES,
    STOCKHOLM,
    a_held,
    answers,
    critical,
    facts_in,
    last_week,
    said,
    shows,
    terms,
    told,
    well,
)


def test_a_letter_about_accounts_that_could_not_be_seen_gives_no_clean_bill():
    letter = said(told(a_held(case=a_case(state=CaseState.NEW), blind=True, standing=Standing())))
    unknown = "Vet inte: inget konto har lästs."
    assert letter.subject == "Vet inte, inget konto har lästs – Kulturförvaltningen"
    assert [letter.opening, *answers(letter)[:2]] == [unknown] * 3


def test_a_letter_about_accounts_of_which_some_were_seen_says_of_how_many():
    unseen = a_held(an_account(id=2), a_case(account_id=2, state=CaseState.NEW), blind=True, standing=Standing())
    letter = said(told(well(), unseen))
    assert letter.opening == "Inget att anmärka på det konto som kunde läsas; 1 kunde inte ses."
    assert answers(letter)[:2] == ["Inte det som kunde läsas.", "Inget för det konto som kunde läsas."]


def test_only_accounts_on_which_a_remark_stands_are_counted_as_having_one():
    unseen = a_held(an_account(id=3), a_case(account_id=3, state=CaseState.NEW), blind=True, standing=Standing())
    sheet = said(told(well(an_account(id=2)), a_held(case=a_case(state=CaseState.EXPLAINED)), unseen))
    told_first = "Inget som vi kan se. Av de 2 konton som kunde läsas har 1 en anmärkning; 1 kunde inte ses."
    assert answers(sheet)[0] == told_first


def test_of_what_is_gone_the_pages_that_still_link_to_it_are_named_and_of_others_none():
    linked = Linked(pages=tuple(f"https://almestad.example/{number}" for number in range(6)), count=9)
    held = a_held()
    lost = replace(held, dossier=replace(held.dossier, linked=linked))
    facts = {fact.label: fact.text for fact in said(told(lost)).blocks[0].entries[0].facts}
    assert facts["Länkas ännu från"].startswith("https://almestad.example/0 · ")
    assert facts["Länkas ännu från"].endswith("https://almestad.example/4 · och 4 sidor till")
    assert "Länkas ännu från" not in {fact.label for fact in said(told(held)).blocks[0].entries[0].facts}


def test_a_confirmed_deviation_is_told_with_how_it_is_known():
    sheet = said(told(a_held()))
    [block] = sheet.blocks
    [entry] = block.entries
    facts = {fact.label: fact.text for fact in entry.facts}
    assert (block.tone, entry.title) == (Tone.DO, "Kontot finns inte längre")
    assert facts["Senast"] == "17 november"
    assert facts["Så vet vi"] == "Sett 3 november kl. 03.15 via öppet flöde."
    assert facts["Stadens rutin"] == "Påhittad rutin: listan ska stämma."


@pytest.mark.parametrize(
    ("source", "label", "text"),
    [
        ("Förslag; ersätt med er egen rutin", "Regel", "Ett förslag som följer med"),
        ("Förslag: ett språk kan vara någon annans.", "Regel", "Förslag: ett språk"),
        ("Lag (2018:1937) om tillgänglighet", "Lag", "Lag (2018:1937)"),
    ],
)
def test_a_proposal_and_the_law_are_not_called_the_citys_routine(source, label, text):
    ruled = {**ROUTINES, "gone": replace(ROUTINES["gone"], source=source)}
    facts = {fact.label: fact.text for fact in said(told(a_held(), routines=ruled)).blocks[0].entries[0].facts}
    assert "Stadens rutin" not in facts
    assert facts[label].startswith(text)


@pytest.mark.parametrize("state", [CaseState.NEW, CaseState.EXPLAINED, CaseState.SAID_NOT_OURS, CaseState.NOT_OURS,
                                   CaseState.VERIFIED_FIXED, CaseState.SUPERSEDED])  # fmt: skip
def test_what_is_unconfirmed_answered_or_over_is_not_told_as_something_to_do(state):
    assert told(a_held(case=a_case(state=state))).parts[0].remarks == ()


def test_a_case_whose_deviation_no_longer_stands_is_not_told():
    passed = Standing(outcome=Outcome.PASSED, fingerprint="present")
    assert told(a_held(standing=passed)).parts[0].remarks == ()


def test_a_blind_night_is_no_news():
    seen, blind = told(a_held(), told=last_week()), told(a_held(blind=True), told=last_week())
    assert [each.case for each in blind.parts[0].remarks] == [each.case for each in seen.parts[0].remarks]
    assert (blind.counts.new, blind.counts.remaining, blind.counts.fixed) == (0, 1, 0)


def test_a_line_that_the_latest_look_could_not_see_says_so():
    [remarks, _, _] = said(told(a_held(blind=True), told=last_week())).blocks
    facts = {fact.label: fact.text for fact in remarks.entries[0].facts}
    assert facts["Så vet vi"] == (
        "Sett 3 november kl. 03.15. Den senaste kontrollen kunde inte avgöra det (kräver inloggning)."
    )


def test_a_line_that_was_seen_since_it_stood_confirmed_tells_the_last_look_that_saw_it():
    held = a_held(blind=True)
    last = a_finding(observed_at=NIGHT + timedelta(days=5), route=Route.PAGE)
    dossier = replace(held.dossier, last_shown={("gone", "gone"): last})
    [remarks, _] = said(told(replace(held, dossier=dossier))).blocks
    known = next(fact.text for fact in remarks.entries[0].facts if fact.label == "Så vet vi")
    assert known.startswith("Senast sett 8 november kl. 03.15 via den öppna sidan. Den senaste kontrollen")


def test_what_is_taken_over_comes_before_everything_else():
    other = an_account(id=2, name="Konsthallen", platform="x")
    sheet = said(told(a_held(), critical(other)))
    assert [block.tone for block in sheet.blocks] == [Tone.GRAVE, Tone.DO]
    assert answers(sheet)[0] == (
        "Ett konto har fått ett annat id än det registrerade: Konsthallen (X). "
        "Kontot finns inte längre: Almestads stad (Mastodon)."
    )
    assert sheet.subject == "1 akut, 1 ny – Kulturförvaltningen"


def test_who_reads_that_an_account_is_gone_is_not_told_first_that_all_are_the_registered_ones():
    assert answers(said(told(a_held())))[0] == "Kontot finns inte längre: Almestads stad (Mastodon)."
    assert answers(said(told(well())))[0] == "Nej, inget som vi kan se."


def test_what_is_not_at_its_place_is_known_by_checks_that_there_are():
    assert CHECKS.keys() >= ELSEWHERE


def test_another_id_is_told_with_the_registered_one_beside_it_and_since_when():
    assert shows(critical()) == "Registrerat id: 6 sedan 29 september 2025 · Id nu: 7"


def test_a_registered_id_of_another_kind_is_not_held_beside_it():
    held = critical()
    other = RegisteredId(PlatformId("channel", "UC6"), NIGHT)
    assert shows(replace(held, dossier=replace(held.dossier, registered=(other,)))) == "Id nu: 7"


def test_another_id_that_could_not_be_read_again_says_so_at_a_glance():
    other = an_account(id=2, name="Konsthallen", platform="x")
    assert answers(said(told(critical(other, blind=True))))[0] == (
        "Ett konto har fått ett annat id än det registrerade: Konsthallen (X). "
        "Vid den senaste kontrollen gick ett konto inte att läsa."
    )


def test_something_else_that_is_urgent_is_told_by_its_own_title():
    case = a_case(severity=Severity.CRITICAL)
    assert answers(said(told(a_held(case=case))))[0] == "Kontot finns inte längre: Almestads stad (Mastodon)."


def test_of_an_account_with_a_remark_that_stands_the_letter_does_not_say_that_there_is_none():
    [_, unseen, _] = said(told(a_held(blind=True), told=last_week())).blocks
    assert unseen.entries[0].facts[0].text.endswith("En bekräftad anmärkning står kvar.")


def test_a_level_stands_beside_how_grave_it_is():
    case = a_case(seen={"last_post": "2026-10-28", "days": "12", "limit_days": "60", "level": "notice"})
    assert said(told(a_held(case=case))).blocks[0].entries[0].mark == "Allvarligt · påminnelse · ny"


@pytest.mark.parametrize(
    ("case", "outcome"),
    [
        (a_case(state=CaseState.VERIFIED_FIXED), "Åtgärdat: sett 3 november."),
        (a_case(state=CaseState.CLAIMED_FIXED, by="Bea"),
         "Bea sa 3 november att det är åtgärdat. Nästa kontroll som kommer fram avgör."),
        (a_case(state=CaseState.EXPLAINED, by="Bea", reason="vilar över vintern", until=date(2027, 3, 1)),
         "Bea förklarade 3 november, till och med 1 mars 2027: vilar över vintern"),
        (a_case(state=CaseState.ACKNOWLEDGED, by="Bea"), "Bea fixar det. Svaret kom 3 november."),
        (a_case(state=CaseState.SAID_NOT_OURS, by="Bea"),
         "Bea sa 3 november att kontot inte är ert. Kommunikationsansvarig avgör."),
        (a_case(state=CaseState.SUPERSEDED), "Kontot visar något annat nu, så anmärkningen är ersatt av en ny."),
        (a_case(state=CaseState.CONFIRMED), "Kvarstår. Ingen har svarat."),
    ],
)  # fmt: skip
def test_every_line_of_last_week_says_what_became_of_it_and_who_answered(case, outcome):
    sheet = said(told(a_held(case=case), told=last_week()))
    [became] = [block for block in sheet.blocks if block.heading == "Förra brevets anmärkningar"]
    assert [fact.text for entry in became.entries for fact in entry.facts] == [outcome]


def test_last_weeks_lines_are_counted_at_a_glance():
    mended = a_held(case=a_case(state=CaseState.VERIFIED_FIXED))
    glanced = answers(said(told(mended, told=last_week())))
    assert glanced[4] == "1 anmärkning: 1 åtgärdad."


def test_what_could_not_be_seen_says_since_when_and_what_opens_it():
    sheet = said(told(a_held(case=a_case(state=CaseState.NEW), blind=True)))
    [block] = sheet.blocks
    facts = {fact.label: fact.text for fact in block.entries[0].facts}
    assert block.heading == "Det här kunde vi inte se"
    assert facts["Senast läst"] == "3 november"
    assert facts["Nästa steg"].startswith("Klistra in länken till senaste inlägget.")
    assert [button.purpose for button in block.entries[0].buttons] == [Purpose.ATTEST]
    assert answers(sheet)[3] == "Almestads stad (Mastodon), sedan 3 november."


def test_why_many_could_not_be_seen_is_said_once_and_each_can_be_confirmed():
    unseen = [a_held(an_account(id=at, name=f"Skola {at}"), a_case(account_id=at, state=CaseState.NEW), blind=True)
              for at in range(1, 41)]  # fmt: skip
    above, *each = said(told(*unseen)).blocks[0].entries
    assert above.title == "40 konton av samma skäl"
    assert [fact.label for fact in above.facts] == ["Varför", "Nästa steg"]
    assert (len(each), {fact.label for entry in each for fact in entry.facts}) == (40, {"Senast läst"})
    assert {button.purpose for entry in each for button in entry.buttons} == {Purpose.ATTEST}


def test_an_answer_that_leaves_open_how_the_account_stands_is_told_as_unseen():
    held = a_held(case=a_case(state=CaseState.NEW), blind=True)
    undecided = a_blind_observation(Transport.OK, reason="Graph error 100")
    told_of = told(replace(held, dossier=replace(held.dossier, observation=undecided)))
    [part] = told_of.parts
    assert (part.read, part.routes, [each.why for each in part.unseen]) == (0, (), ["undecided"])
    facts = {fact.label: fact.text for fact in said(told_of).blocks[0].entries[0].facts}
    assert "svaret sade inte hur det står till med kontot" in facts["Varför"]
    assert facts["Nästa steg"] == "Klistra in länken till senaste inlägget."


def test_a_look_that_saw_the_account_and_not_what_stands_does_not_blame_the_answer():
    held = a_held(finding=a_finding(Outcome.CANNOT_TELL, fingerprint=""))
    [remarks] = said(told(held, told=last_week())).blocks[:1]
    facts = {fact.label: fact.text for fact in remarks.entries[0].facts}
    assert "svaret sade inte" not in facts["Så vet vi"]


def test_where_less_than_half_was_read_the_letter_says_so_first():
    blind = [a_held(an_account(id=number), blind=True) for number in (1, 2)]
    assert answers(said(told(*blind, well(an_account(id=3)))))[2].startswith("Mindre än hälften gick att läsa")


def test_a_week_without_anything_to_say_is_one_line():
    sheet = said(told(well()))
    assert sheet.subject == "Inget att göra – Kulturförvaltningen"
    assert (sheet.opening, sheet.blocks) == ("Inget att göra den här veckan.", ())


def test_each_administration_of_a_recipient_has_its_own_part():
    other = an_account(id=2, administration="Miljöförvaltningen")
    sheet = said(told(a_held(), a_held(other)))
    assert [block.part for block in sheet.blocks] == ["Kulturförvaltningen", "Miljöförvaltningen"]
    assert sheet.subject == "2 nya – 2 förvaltningar"


def test_the_same_is_told_in_english():
    sheet = said(told(a_held(), told=last_week()), "en")
    assert sheet.subject == "1 remains – Kulturförvaltningen"
    assert sheet.blocks[0].entries[0].title == "The account no longer exists"


def test_every_line_can_be_answered_looked_at_again_and_believed():
    [entry] = said(told(a_held())).blocks[0].entries
    assert [button.purpose for button in entry.buttons] == [
        Purpose.FIX, Purpose.EXPLAIN, Purpose.NOT_OURS, Purpose.RECHECK, Purpose.EVIDENCE,
    ]  # fmt: skip


def test_what_somebody_fixes_can_be_said_to_be_fixed_in_the_next_letter():
    [entry] = said(told(a_held(case=a_case(state=CaseState.ACKNOWLEDGED)), told=last_week())).blocks[0].entries
    assert (entry.buttons[0].purpose, entry.buttons[0].label) == (Purpose.FIX, "Redan fixat")


def test_what_the_register_alone_says_is_not_looked_at_again():
    case = a_case(rule="address-missing", fingerprint="")
    [entry] = said(told(a_held(case=case))).blocks[0].entries
    assert Purpose.RECHECK not in {button.purpose for button in entry.buttons}


def test_what_the_public_list_told_is_neither_said_to_be_seen_on_the_page_nor_looked_at_again_there():
    case = a_case(rule="public-list", fingerprint="inte med på den")
    entries = [each for block in said(told(a_held(case=case, blind=True))).blocks for each in block.entries]
    [ways] = [fact.text for each in entries for fact in each.facts if fact.label == "Så vet vi"]
    assert ways.startswith("Enligt den publika listan, läst inför kontrollen ")
    assert Purpose.RECHECK not in {button.purpose for each in entries for button in each.buttons}


def test_what_a_stranger_wrote_stays_on_its_line_and_shows_what_it_is():
    name = "Kultur\u202egnp.exe\r\nBcc: x@y\u200b"
    sheet = said(told(critical(an_account(name=name))))
    assert "Kulturgnp.exe Bcc: x@y (Mastodon)" in answers(sheet)[0]


def test_the_gravest_line_comes_first_and_what_is_new_before_what_remains():
    low = a_held(an_account(id=2), a_case(account_id=2, severity=Severity.LOW))
    high = a_held(an_account(id=3), a_case(account_id=3))
    digest = told(low, a_held(), high, told=last_week())
    assert [each.account.id for each in digest.parts[0].remarks] == [3, 1, 2]


def test_of_posts_that_lack_something_one_sentence_says_in_how_many_and_since_when():
    seen = {"posts": "3", "wanting": "2", "post": "https://x.com/a/1", "posted_on": "2026-11-02"}
    told_of = shows(a_held(case=a_case(seen=seen)))
    assert told_of == (
        "Det saknas i 2 av 3 granskade inlägg, senast i ett från 2 november. Senaste där det saknas: https://x.com/a/1"
    )
    assert shows(a_held(case=a_case(seen={**seen, "posts": "1", "wanting": "1"}))).startswith(
        "Det saknas i det enda inlägget som granskades, från 2 november."
    )


def test_who_answered_no_is_told_as_having_done_so():
    seen = {"answered_by": "redaktören", "answered_on": "2026-11-02"}
    assert shows(a_held(case=a_case(seen=seen))) == "redaktören svarade nej 2 november."


def test_a_pictures_fingerprint_is_no_word_for_people():
    letter = said(told(a_held(case=a_case(seen={"picture": "a5a591b3"}))))
    assert "Det här syns" not in facts_in(letter)


def test_a_long_name_of_an_administration_ends_after_a_whole_word():
    name = "Samhällsbyggnads-, trafik- och stadsmiljöförvaltningens verksamhetsområde för gator och torg"
    assert said(told(a_held(an_account(administration=name)))).title == (
        "Samhällsbyggnads-, trafik- och stadsmiljöförvaltningens …, vecka 46"
    )


def test_a_unit_that_the_account_is_named_after_is_not_told_twice():
    held = a_held(an_account(unit="Museet", name="Museet"), a_case(state=CaseState.NEW), blind=True)
    [entry] = said(told(held)).blocks[0].entries
    assert (entry.title, entry.where) == ("Museet (Mastodon)", "")


def test_a_letter_says_what_comes_of_silence_how_to_object_and_whom_to_ask():
    sheet = speak(told(a_held()), terms(), STOCKHOLM, "kommunikation@almestad.example")
    assert "kommer med i nästa brev" in sheet.blocks[0].note
    assert "Välj Förklara" in sheet.blocks[0].note
    assert "Frågor om brevet? Skriv till kommunikation@almestad.example." in sheet.closing


def test_nobody_is_told_to_write_to_themselves():
    assert speak(told(a_held()), terms(), STOCKHOLM, KULTUR.address).closing == said(told(a_held())).closing


def test_a_statement_stands_beside_what_could_not_be_seen():
    seen = {"stated_by": "KF", "stated_on": "2026-11-03", "latest_post": "2026-11-01"}
    finding = a_finding(Outcome.CANNOT_TELL, seen=seen)
    sheet = said(told(a_held(case=a_case(state=CaseState.NEW), blind=True, finding=finding)))
    facts = {fact.label: fact.text for fact in sheet.blocks[0].entries[0].facts}
    assert facts["Uppgift från er"].startswith("Senast bekräftat 3 november av KF")


def test_what_is_held_back_since_too_many_changed_at_once_is_told_calmly_and_is_no_clean_bill():
    sheet = said(told(well(), doubted={1}))
    assert "1 konto där vi inte litar på vad vi såg" in answers(sheet)[3]
    [block] = sheet.blocks
    assert (block.heading, block.tone) == ("Det här litar vi inte på än", Tone.CALM)
    assert "Konton: Almestads stad (Mastodon)" in facts_in(sheet)
    assert told(well(), doubted={2}).parts[0].doubted == ()


def test_a_long_list_of_words_ends_after_a_whole_one():
    wanted = " / ".join(["closed", "moved", "no longer used", "inte längre i bruk", "flyttat", "avslutat"])
    letter = said(told(a_held(case=a_case(seen={"wanted": wanted}))))
    told_of = next(fact.text for fact in letter.blocks[0].entries[0].facts if fact.label == "Det här syns")
    assert told_of.endswith("no longer used / inte längre i bruk / flyttat …")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kort", "kort"),
        ("ett konto för alla", "ett konto …"),
        ("closed / moved / no longer", "closed …"),
        ("x" * 30, "x" * 13 + " …"),
    ],
)
def test_what_has_no_room_is_never_cut_within_a_word(text: str, shown: str):
    assert abridged(text, 15) == shown


def test_an_account_that_is_registered_twice_under_one_name_is_counted_twice():
    cases = [(an_account(id=at, name=name), a_case(account_id=at, state=CaseState.NEW))
             for at, name in enumerate(("Museet", "Museet", "Badet", "Slottet"), 1)]  # fmt: skip
    unseen = answers(said(told(*(a_held(*each, blind=True, standing=Standing()) for each in cases))))[3]
    assert unseen.startswith("4 konton")
    assert unseen.removesuffix(".").endswith("Museet (Mastodon), Badet (Mastodon) och 2 till")


def test_of_several_things_to_do_the_one_whose_day_comes_first_is_named():
    grave = critical(an_account(id=2, name="Badet"))
    by_when = answers(said(told(a_held(an_account(name="Museet")), grave)))[1]
    assert by_when == "2 saker, först Badet (Mastodon), senast 11 november."
