from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from audits.days import Now
from audits.digest import WhenWell
from audits.digest.at_once import Trouble, trouble_sheet
from audits.digest.overview import overview_sheet
from audits.model import CaseState, Severity
from audits.registering import ChangeKind, RegisterChange
from tests.builders import NIGHT, an_occasion
from tests.telling.letters import ROUTINES, STOCKHOLM, TUESDAY, terms
from tests.telling.offices import Office, a_row, body, office
from worker.ports import RunKind
from worker.ports.telling import LetterKind, LetterState
from worker.steps.alerting import overview, troubles, write_overview, write_trouble, write_urgent
from worker.steps.telling import Telling, week, write_week

MONDAY = TUESDAY - timedelta(days=1)


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


def kinds(office_: Office) -> list[str]:
    return sorted(letter.kind.value for letter in office_.letters.stored.letters())


def critical(office_: Office) -> None:
    """The office's one case becomes a critical one."""
    [case] = office_.store.cases()
    office_.store.save_case(replace(case, severity=Severity.CRITICAL), "test", NIGHT)


def all_well(office_: Office) -> None:
    """The office's one case is none of its administration's any more."""
    [case] = office_.store.cases()
    office_.store.save_case(replace(case, state=CaseState.SAID_NOT_OURS), "not_ours", NIGHT)


def test_a_weeks_letters_are_written_once_from_their_moment_on(an_office: Office):
    telling = an_office.letters.telling()
    assert write_week(telling, TUESDAY - timedelta(minutes=1)) is None
    assert write_week(telling, TUESDAY) == 1
    assert write_week(telling, TUESDAY) is None
    [letter] = an_office.letters.stored.letters()
    assert (letter.kind, letter.recipient) == (LetterKind.WEEKLY, "kultur@almestad.example")


def test_an_administration_that_is_not_released_is_written_nothing(an_office: Office):
    an_office.letters.stored.withdraw("Kulturförvaltningen", NIGHT)
    assert write_week(an_office.letters.telling(), TUESDAY) == 0


def test_whoever_wants_silence_gets_none_when_all_is_well(an_office: Office):
    all_well(an_office)
    telling = an_office.letters.telling()
    silent = replace(telling, manner=replace(telling.manner, when_well=WhenWell.SILENCE))
    assert write_week(silent, TUESDAY) == 0
    assert write_week(telling, TUESDAY + timedelta(days=7)) == 1


def test_each_mailbox_chooses_between_a_line_and_silence(an_office: Office):
    all_well(an_office)
    stored = an_office.letters.stored
    stored.wish("KULTUR@almestad.example", WhenWell.SILENCE, "Bea", NIGHT)
    assert write_week(an_office.letters.telling(), TUESDAY) == 0
    stored.wish("kultur@almestad.example", WhenWell.LINE, "Bea", NIGHT)
    telling = an_office.letters.telling()
    silent = replace(telling, manner=replace(telling.manner, when_well=WhenWell.SILENCE))
    assert write_week(silent, TUESDAY + timedelta(days=7)) == 1, "its own choice comes before the deployment's"


def test_silence_keeps_no_question_from_anybody(an_office: Office):
    all_well(an_office)
    an_office.letters.stored.wish("kultur@almestad.example", WhenWell.SILENCE, "Bea", NIGHT)
    telling = replace(an_office.letters.telling(), questions=lambda: {1: [date(2026, 11, 24)]})
    assert write_week(telling, TUESDAY) == 1


def test_one_person_gets_one_letter_about_all_of_theirs(tmp_path: Path):
    rows = [a_row(), a_row(name="Museet", unit="Museet", key="board:museet", address="https://board.example/museet"),
            a_row(name="Kajen", administration="Miljöförvaltningen", key="board:kajen",
                  address="https://board.example/kajen", recipient="Kultur@Almestad.example")]  # fmt: skip
    with office(tmp_path, *rows) as opened:
        opened.letters.stored.release("Miljöförvaltningen", "KA", NIGHT)
        assert write_week(opened.letters.telling(), TUESDAY) == 1
        [message] = [each for each in opened.write() if "2 förvaltningar" in each["Subject"]]
        assert "3 nya" in message["Subject"]


def test_what_nobody_else_is_named_for_is_told_to_the_officer(tmp_path: Path):
    with office(tmp_path, a_row(recipient=None)) as opened:
        [(digest, _)] = opened.letters.this_week()
        view = overview(opened.letters.telling(), opened.letters.stored, "2026-W46", TUESDAY)
        [named] = opened.deployment.who_is_told().values()
    assert digest.recipient.address == named.recipient == "kommunikation@almestad.example"
    assert [mailing.addresses for mailing in view.mailings] == [("kommunikation@almestad.example",)]
    assert [account.name for account in view.unnamed] == ["Almestads stad"]


def test_an_address_that_is_none_keeps_nobody_waiting(tmp_path: Path):
    rows = [a_row(), a_row(name="Museet", key="board:museet", address="https://board.example/museet",
                           recipient="museet")]  # fmt: skip
    with office(tmp_path, *rows) as opened:
        assert write_week(opened.letters.telling(), TUESDAY) == 2
        [bounced] = opened.letters.stored.letters([LetterState.BOUNCED])
        assert bounced.answer == 'no_mail_address: "museet"'
        view = overview(opened.letters.telling(), opened.letters.stored, "2026-W46", TUESDAY)
        assert view.bounced is not None
        assert list(view.bounced) == ["museet"]


def test_a_critical_deviation_is_told_at_once_and_once(an_office: Office):
    critical(an_office)
    assert write_urgent(an_office.letters.telling(), MONDAY) == 1
    assert write_urgent(an_office.letters.telling(), MONDAY + timedelta(hours=1)) == 0
    letters = an_office.letters.stored.letters()
    assert sorted(letter.recipient for letter in letters) == [
        "kommunikation@almestad.example",
        "kultur@almestad.example",
    ]


def test_a_critical_deviation_that_comes_back_is_told_again(an_office: Office):
    critical(an_office)
    write_urgent(an_office.letters.telling(), MONDAY)
    [case] = an_office.store.cases()
    an_office.store.save_case(replace(case, state=CaseState.VERIFIED_FIXED), "verified_fixed", MONDAY)
    an_office.store.save_case(replace(case, state=CaseState.CONFIRMED), "confirmed", MONDAY + timedelta(hours=1))
    assert write_urgent(an_office.letters.telling(), MONDAY + timedelta(hours=2)) == 1


def test_before_an_administration_is_released_only_the_officer_is_told(an_office: Office):
    critical(an_office)
    an_office.letters.stored.withdraw("Kulturförvaltningen", NIGHT)
    write_urgent(an_office.letters.telling(), MONDAY)
    assert [letter.recipient for letter in an_office.letters.stored.letters()] == ["kommunikation@almestad.example"]


def telling_with_days(office_: Office) -> Telling:
    """As letters are written, by rules that want an account that is gone mended within seven days."""
    return replace(office_.letters.telling(), routines=ROUTINES)


def remarks_of_the_week(office_: Office) -> Sequence[tuple[date | None, date | None]]:
    """Since when the week's letter says that each remark is known, and by when it is to be mended."""
    [(digest, _)] = week(telling_with_days(office_), "2026-W46", TUESDAY)
    return [(each.known, each.due) for each in digest.parts[0].remarks]


def test_what_was_told_at_once_keeps_its_day_in_the_weekly_letter_which_says_when_it_was_told(an_office: Office):
    critical(an_office)
    write_urgent(telling_with_days(an_office), TUESDAY - timedelta(days=5))
    assert remarks_of_the_week(an_office) == [(date(2026, 11, 5), date(2026, 11, 12))]
    [(_, sheet)] = week(telling_with_days(an_office), "2026-W46", TUESDAY)
    assert "kvarstår, meddelat 5 november" in str(sheet)
    assert "1 anmärkning: 1 utan svar." in str(sheet)


def test_the_officers_overview_counts_from_what_was_told_at_once(an_office: Office):
    critical(an_office)
    write_urgent(telling_with_days(an_office), MONDAY - timedelta(days=4))
    view = overview(telling_with_days(an_office), an_office.letters.stored, "2026-W46", MONDAY)
    assert [each.due for each in view.remarks] == [date(2026, 11, 12)]
    assert view.became == (CaseState.CONFIRMED,)


def test_what_was_told_this_morning_is_news_in_the_weekly_letter_and_not_followed_up_yet(an_office: Office):
    critical(an_office)
    write_urgent(telling_with_days(an_office), TUESDAY - timedelta(hours=2))
    assert remarks_of_the_week(an_office) == [(None, date(2026, 11, 17))]
    [(digest, _)] = week(telling_with_days(an_office), "2026-W46", TUESDAY)
    assert digest.parts[0].became == ()


def test_a_letter_to_the_officer_alone_has_told_nobody_who_answers_for_the_account(an_office: Office):
    critical(an_office)
    an_office.letters.stored.withdraw("Kulturförvaltningen", NIGHT)
    write_urgent(telling_with_days(an_office), MONDAY)
    assert an_office.store.first_told() == {}
    an_office.letters.stored.release("Kulturförvaltningen", "KA", TUESDAY)
    assert remarks_of_the_week(an_office) == [(None, date(2026, 11, 17))]


def test_the_officer_who_answers_for_an_account_has_been_told_at_once(tmp_path: Path):
    with office(tmp_path, a_row(recipient=None)) as opened:
        critical(opened)
        assert write_urgent(telling_with_days(opened), MONDAY) == 1
        assert len(opened.letters.stored.letters()) == 1
        assert remarks_of_the_week(opened) == [(MONDAY.date(), date(2026, 11, 16))]


def test_the_officer_looks_through_on_mondays(an_office: Office):
    stored = an_office.letters.stored
    assert not write_overview(an_office.letters.telling(), stored, MONDAY - timedelta(hours=1))
    assert write_overview(an_office.letters.telling(), stored, MONDAY)
    assert not write_overview(an_office.letters.telling(), stored, TUESDAY)
    an_office.clock.now = MONDAY
    [message] = an_office.write()
    assert message["To"] == "kommunikation@almestad.example"
    assert "Hur vet vi det? 1 av 1 konto läst" in body(message)
    told = " ".join(body(message).split())
    assert "kultur@almestad.example. Konton: 1. Öppna anmärkningar: 1. Får brev (KA)." in told


def test_of_a_register_without_accounts_no_overview_is_written_and_none_says_that_all_were_read(tmp_path: Path):
    with office(tmp_path) as opened:
        [(id_, row)] = opened.store.register_rows()
        gone = RegisterChange(kind=ChangeKind.REMOVE, account_id=id_, before=row)
        opened.store.apply_changes([gone], an_occasion(NIGHT), source="test")
        telling, stored = opened.letters.telling(), opened.letters.stored
        assert not write_overview(telling, stored, MONDAY)
        sheet = overview_sheet(overview(telling, stored, "2026-W46", MONDAY), terms(), STOCKHOLM)
        assert "Inget konto är registrerat." in str(sheet)
        assert "alla konton" not in str(sheet)


def test_what_was_never_looked_at_is_told_as_that_and_not_as_a_replay_would(tmp_path: Path):
    rows = [a_row(), a_row(name="Museet", key="board:museet", address="https://board.example/museet")]
    with office(tmp_path, *rows[:1]) as opened:
        new = RegisterChange(kind=ChangeKind.ADD, after=rows[1])
        opened.store.apply_changes([new], an_occasion(NIGHT), source="test")
        telling, stored = opened.letters.telling(), opened.letters.stored
        sheet = overview_sheet(overview(telling, stored, "2026-W46", MONDAY), terms(), STOCKHOLM)
        assert "(inte kontrollerat än: 1)" in str(sheet)
        assert "inspelad" not in str(sheet)


def test_an_administration_that_answers_nothing_for_eight_weeks_is_named(an_office: Office):
    for weeks in range(9):
        write_week(an_office.letters.telling(), TUESDAY + timedelta(weeks=weeks))
    later = TUESDAY + timedelta(weeks=8)
    view = overview(an_office.letters.telling(), an_office.letters.stored, "2027-W01", later)
    assert [each.administration for each in view.silent] == ["Kulturförvaltningen"]
    early = overview(an_office.letters.telling(), an_office.letters.stored, "2026-W50", TUESDAY + timedelta(weeks=4))
    assert early.silent == ()


def test_an_account_said_to_be_somebody_elses_waits_for_the_officer(an_office: Office):
    [case] = an_office.store.cases()
    an_office.store.save_case(replace(case, state=CaseState.SAID_NOT_OURS, by="Bea"), "not_ours", NIGHT)
    view = overview(an_office.letters.telling(), an_office.letters.stored, "2026-W46", TUESDAY)
    assert [each.case.by for each in view.said_not_ours] == ["Bea"]


@pytest.mark.parametrize(("language", "quoted"), [("sv", "”en skolas”"), ("en", "“en skolas”")])
def test_what_was_said_is_quoted_as_the_officers_language_quotes(an_office: Office, language: str, quoted: str):
    [case] = an_office.store.cases()
    said = replace(case, state=CaseState.SAID_NOT_OURS, by="Bea", reason="en skolas")
    an_office.store.save_case(said, "not_ours", NIGHT)
    view = overview(an_office.letters.telling(), an_office.letters.stored, "2026-W46", TUESDAY)
    assert quoted in str(overview_sheet(view, terms(language), STOCKHOLM))


def a_parked_letter(office_: Office) -> None:
    """The server broke off while it took the week's one letter."""
    write_week(office_.letters.telling(), TUESDAY)
    held = office_.letters.stored.claim(TUESDAY, 60)
    assert held is not None
    office_.letters.stored.start(held, TUESDAY)
    office_.letters.stored.recover(TUESDAY + timedelta(minutes=5))


def test_operators_alone_are_told_of_trouble_and_once_a_day(an_office: Office):
    stored = an_office.letters.stored
    assert not write_trouble(an_office.letters.telling(), stored, TUESDAY)
    a_parked_letter(an_office)
    assert [each.what for each in troubles(an_office.letters.telling(), stored, TUESDAY)] == ["letters_parked"]
    assert write_trouble(an_office.letters.telling(), stored, TUESDAY)
    assert not write_trouble(an_office.letters.telling(), stored, TUESDAY + timedelta(hours=1))
    [trouble] = [letter for letter in stored.letters() if letter.kind is LetterKind.TROUBLE]
    assert trouble.recipient == "drift@almestad.example"


def test_operators_are_told_other_trouble_the_next_day_and_the_same_in_the_next_week(an_office: Office):
    a_parked_letter(an_office)
    first = [write_trouble(an_office.letters.telling(), an_office.letters.stored, TUESDAY)]
    an_office.deployment.begin(RunKind.NIGHTLY, an_office.store.accounts(), "a night that does not end")
    later = [
        write_trouble(an_office.letters.telling(), an_office.letters.stored, TUESDAY + timedelta(days=days))
        for days in range(1, 8)
    ]
    assert first + later == [True, True, False, False, False, False, True, False]


def test_the_same_trouble_of_two_controls_is_told_once_and_by_the_platforms_own_name():
    misread = [Trouble(what="misread", facts={"platform": "mastodon", "route": "page"})] * 2
    sheet = trouble_sheet(misread, terms(), Now(TUESDAY, STOCKHOLM))
    assert sheet.subject == "1 sak att åtgärda i driften av Kanalkoll"
    assert [entry.title.split(" läses")[0] for entry in sheet.blocks[0].entries] == ["Kontrollkontona på Mastodon"]


def test_without_an_address_to_write_from_nothing_is_written(tmp_path: Path):
    with office(tmp_path, mail_from="") as opened:
        assert not opened.letters.write_due()
        assert kinds(opened) == []


def test_without_a_console_letters_have_no_buttons(tmp_path: Path):
    with office(tmp_path, console_url="") as opened:
        [weekly] = [each for each in opened.write() if each["To"] == "kultur@almestad.example"]
        assert "http" not in body(weekly).replace("https://board.example/almestad", "")
        assert "List-Unsubscribe" not in weekly


def test_the_officer_is_told_how_it_is_known_and_what_became_of_last_weeks_lines(an_office: Office):
    telling, stored = an_office.letters.telling(), an_office.letters.stored

    def answers(slot: str, at: datetime) -> str:
        sheet = overview_sheet(overview(telling, stored, slot, at), terms(), STOCKHOLM)
        return " ".join(fact.text for fact in sheet.glance)

    assert "Inga anmärkningar gick ut förra gången." in answers("2026-W46", MONDAY)
    assert "1 av 1 konto läst 3 november kl. 03.15" in answers("2026-W46", MONDAY)
    write_week(telling, TUESDAY)
    assert "1 anmärkning: 1 utan svar." in answers("2026-W47", MONDAY + timedelta(days=7))
