"""A published list is read as it is declared to be laid out, and nothing is read into it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.listing import BadList, Declaration, Form
from config.public_list import BadPublicList, load_public_list, read_public_list
from tests.corpus import recordings
from tests.listing.lists import AS_JSON, AS_LINKS, AS_TABLE, JSON, LINKS, TABLE, identified, read


def keys(text: str, declared: Declaration) -> list[str]:
    return [each.key for each in read(text, declared).listed]


def test_a_table_is_read_by_its_headings():
    first, second = read(TABLE, AS_TABLE).listed
    assert (first.key, first.name, first.state) == ("facebook:almestadsbibliotek", "Biblioteket", "Aktivt")
    assert (second.key, second.number) == ("instagram:almestadsmuseum", 3)


def test_a_merged_cell_stands_for_the_rows_it_covers():
    assert {each.administration for each in read(TABLE, AS_TABLE).listed} == {"Kulturförvaltningen"}


def test_a_row_that_names_no_account_is_told_with_its_number():
    (unread,) = read(TABLE, AS_TABLE).unread
    assert (unread.number, unread.value) == (4, "/kontakt")


def test_links_are_read_in_their_part_of_the_page_and_under_their_headings():
    listed = read(LINKS, AS_LINKS).listed
    assert [(each.key, each.administration) for each in listed] == [
        ("facebook:almestadsbibliotek", "Kulturförvaltningen"),
        ("instagram:almestadsmuseum", "Kulturförvaltningen"),
        ("x:almestadskola", "Skolförvaltningen"),
    ]


def test_a_share_button_in_the_list_is_told_and_a_link_to_the_site_itself_is_not():
    assert [each.why for each in read(LINKS, AS_LINKS).unread] == ["leads to no account that can be recognised"]


def test_a_page_that_stands_on_one_very_long_line_is_read_all_the_same():
    long = LINKS.replace("\n", " ") + "<p>" + "ord " * 40_000
    assert read(long, AS_LINKS).listed == read(LINKS, AS_LINKS).listed


def test_json_is_read_by_the_names_of_its_fields():
    (only,) = read(JSON, AS_JSON).listed
    assert (only.key, only.name, only.administration) == ("x:almestad", "Staden", "SLF")


@pytest.mark.parametrize(
    ("text", "declared", "complaint"),
    [
        ("<main></main>", AS_LINKS, "no account was found"),
        ("<p>Vi har stängt för underhåll.</p>", AS_TABLE, "no row has the headings 'Länk'"),
        (TABLE, Declaration(form=Form.TABLE, columns={"address": "Adress"}), "the first row says: Förvaltning"),
        ("{}", AS_JSON, "is not a list of objects"),
        (LINKS, Declaration(form=Form.LINKS, within="main[["), "not a CSS selector"),
    ],
)
def test_a_list_that_is_laid_out_otherwise_is_unreadable_and_not_empty(text, declared, complaint):
    with pytest.raises(BadList, match=complaint.replace("[", r"\[")):
        read(text, declared)


@given(st.text(max_size=300), st.sampled_from([AS_TABLE, AS_LINKS, AS_JSON]))
def test_whatever_stands_there_is_read_or_called_unreadable(text, declared):
    with suppress(BadList):
        assert read(f"<main>{text}</main>", declared).listed


@given(st.lists(st.integers(0, 99_999), max_size=8))
def test_no_span_makes_a_table_wider_than_a_page(spans):
    cells = "".join(f'<td rowspan="{each}" colspan="{each}">https://x.com/almestad</td>' for each in spans)
    table = (
        f"<main><table><tr><th>Länk</th></tr><tr><td>x.com/almestad</td></tr><tr>{cells}</tr><tr></tr></table></main>"
    )
    assert keys(table, Declaration(form=Form.TABLE, columns={"address": "Länk"})) == ["x:almestad"]


def test_a_recorded_list_of_accounts_is_read():
    (page,) = [each for each in recordings("website") if "account-listing" in each.file]
    listed = set(keys(page.body().decode(), Declaration(form=Form.LINKS, within=".forall-body")))
    own = {
        identified(each["url"]).key
        for each in page.truth["social_links"]
        if each["kind"] == "own" and each["where"] == "body"
    }
    assert len(own) > 30
    assert own <= listed


# --- its declaration


def test_the_declaration_that_is_shipped_can_be_read():
    assert load_public_list().url == ""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("url = ", "public-list.toml, line 1: "),
        ('addres = "x"', "unknown 'addres'"),
        ('form = "pdf"', "form = .pdf. is not one of table, links, json"),
        ('form = "table"', "needs columns.address"),
        ('[columns]\nlink = "Länk"', "unknown column “link”"),
        ("url = 3", "url = 3 is not text"),
        ("[columns]\naddress = 3", "columns must give a heading for each"),
    ],
)
def test_a_wrong_declaration_is_told_with_what_would_do(text, complaint):
    with pytest.raises(BadPublicList, match=complaint):
        read_public_list(text)


@pytest.mark.parametrize("parting", [";", ",", "\t"])
def test_a_file_of_rows_of_any_make_names_the_accounts_whose_addresses_stand_in_its_cells(parting: str):
    rows = (("Konto", "Länk"), ("Museet", "https://www.instagram.com/almestadsmuseum/"), ("Kontakt", "08-12.30"))
    found = read("\n".join(parting.join(row) for row in rows), Declaration())
    assert [each.key for each in found.listed] == ["instagram:almestadsmuseum"]
    assert found.unread == ()
