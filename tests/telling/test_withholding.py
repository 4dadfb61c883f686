"""Whoever withholds an administration's letters stops those that wait as well."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.telling.offices import Office, a_row, office
from worker.ports.telling import LetterState

KF, SLF = "Kulturförvaltningen", "Stadsledningsförvaltningen"
OTHERS = a_row(name="Almestads stadshus", administration=SLF, unit=None, raw="https://board.example/hus",
               address="https://board.example/hus", key="board:hus")  # fmt: skip


def states(an_office: Office, recipient: str) -> Counter[str]:
    letters = an_office.letters.stored.letters()
    return Counter(each.state.value for each in letters if each.recipient == recipient)


def released_too(an_office: Office) -> None:
    assert an_office.letters.stored.release(SLF, "KA", an_office.clock())


@pytest.mark.parametrize("officer", ["", "officer@almestad.example"])
def test_letters_that_wait_for_an_administration_do_not_leave_once_it_is_withheld(tmp_path: Path, officer: str):
    with office(tmp_path, officer_recipient=officer) as an_office:
        an_office.letters.write_due()
        before = states(an_office, officer)
        withheld = an_office.letters.withhold(KF, "KA")
        assert withheld is not None
        assert len(withheld.dropped) == states(an_office, "kultur@almestad.example")["dropped"] > 0
        assert states(an_office, "kultur@almestad.example").keys() == {"dropped"}
        assert states(an_office, officer) == before, "the officer may always be written to"
        assert an_office.letters.withhold(KF, "KA") is None


def test_letters_to_a_mailbox_that_others_have_as_well_wait_for_a_person(tmp_path: Path):
    with office(tmp_path, a_row(), OTHERS) as an_office:
        released_too(an_office)
        an_office.letters.write_due()
        withheld = an_office.letters.withhold(KF, "KA")
        assert withheld is not None
        assert (withheld.dropped, len(withheld.waiting) > 0) == ((), True)
        assert an_office.letters.stored.claim(an_office.clock(), 60) is not None


def test_what_another_administration_is_told_leaves(tmp_path: Path):
    apart = a_row(name="Almestads stadshus", administration=SLF, unit=None, raw="https://board.example/hus",
                  address="https://board.example/hus", key="board:hus", recipient="stab@almestad.example")  # fmt: skip
    with office(tmp_path, a_row(), apart) as an_office:
        released_too(an_office)
        an_office.letters.write_due()
        an_office.letters.withhold(KF, "KA")
        waiting = an_office.letters.stored.letters([LetterState.WAITING])
        assert "stab@almestad.example" in {each.recipient for each in waiting}
        assert "kultur@almestad.example" not in {each.recipient for each in waiting}
