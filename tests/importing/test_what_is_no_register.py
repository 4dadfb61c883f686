"""Text that is no register changes none: not by a word that looks like a heading, nor by an address here and there."""

from __future__ import annotations

import pytest

from audits.columns import BadColumns
from audits.registering import RegisterRow
from tests.importing.prepared import prepared
from worker.importing.preparing import Known

PROGRAM = """import csv
PLATFORMS = ['Instagram', 'Facebook', 'x']
rows = [
    ('Kommunledningskontoret', 'Almestad', 'Facebook', 'https://www.facebook.com/almestad'),
    ('Kommunledningskontoret', 'Museet', 'Instagram', 'https://www.instagram.com/almestadsmuseum'),
]
with open('register.csv', 'w') as file:
    writer = csv.writer(file, delimiter=';')
    writer.writerow(['Namn', 'Plattform', 'Adress'])
    for row in rows:
        writer.writerow(row)
"""
STANDING = Known(rows={1: RegisterRow(platform="x", name="Staden", key="x:almestad", address="https://x.com/almestad")})


def test_a_program_is_no_register(tmp_path):
    with pytest.raises(BadColumns, match="Known headings: Administration"):
        prepared(tmp_path, PROGRAM)


def test_addresses_below_headings_that_nobody_knows_change_no_register_that_stands(tmp_path):
    text = "Vad;Var\nStaden;https://x.com/almestad\nMuseet;https://x.com/museet\n"
    with pytest.raises(BadColumns, match="already has accounts"):
        prepared(tmp_path, text, known=STANDING)
    stated = prepared(tmp_path, text, known=STANDING, stated={"address": ["Var"], "name": ["Vad"]})
    assert [each.row.name for each in stated.read.stated] == ["Staden", "Museet"]


def test_a_text_with_hardly_an_address_is_no_register_until_a_person_says_how_to_read_it(tmp_path):
    text = "Namn;Adress\n" + "Möte;om en sak\n" * 3 + "Staden;https://x.com/almestad\n"
    assert prepared(tmp_path, text).is_no_register
    assert not prepared(tmp_path, text, stated={"address": ["Adress"]}).is_no_register


def test_a_register_most_of_whose_kinds_are_mistyped_is_one_all_the_same(tmp_path):
    rows = "".join(f"https://x.com/a{at};vanlgt\n" for at in range(3))
    assert not prepared(tmp_path, f"Adress;Typ\n{rows}https://x.com/b;vanligt\n").is_no_register
