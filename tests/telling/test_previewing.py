"""What the files of previewed letters are called."""

from __future__ import annotations

from audits.digest import Addressee
from tests.builders import an_account
from tests.telling.letters import a_held, told
from worker.previewing import names_of

PARKS, ROADS = (a_held(an_account(administration=name)) for name in ("Parkförvaltningen", "Gatukontoret"))


def test_a_letter_is_called_by_the_administrations_that_it_is_about():
    assert names_of([told(PARKS), told(PARKS, ROADS)]) == ["01-parkforvaltningen", "02-gatukontoret-parkforvaltningen"]


def test_letters_to_two_mailboxes_of_one_administration_are_called_by_the_mailbox_too():
    boxes = [told(PARKS, to=Addressee(address=f"{name}@almestad.example")) for name in ("park", "sjöar")]
    assert names_of(boxes) == ["01-parkforvaltningen-park", "02-parkforvaltningen-sjoar"]
