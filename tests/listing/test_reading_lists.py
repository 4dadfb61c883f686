"""A published list is read as it is declared to be laid out, and nothing is read into it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.listing import BadList, Declaration, Form, ListState, ReadList, differ, held_by, read_list
from config.public_list import BadPublicList, load_public_list, read_public_list
from tests.builders import an_account
from tests.corpus import recordings
from tests.listing.lists import AS_JSON, AS_LINKS, AS_TABLE, JSON, LINKS, PAGE, TABLE, an_entry, identified, read


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


WORDS = """<main><ul><li>Bluesky: <b>tva.bsky.social</b></li><li>https://www.instagram.com/fyrakonto/</li>
<li><a href="https://x.com/almestad">Staden</a></li><li>kontakt@almestad.example</li></ul>
<table><tr><td>@femkonto</td><td>x.com/trekonto</td></tr></table><p>TikTok och Facebook: @sexkonto</p></main>"""


def named_in_words(text: str) -> ReadList:
    keys_ = ("bluesky:tva.bsky.social", "instagram:fyrakonto", "instagram:femkonto", "x:trekonto", "tiktok:sexkonto")
    registered = [an_account(id=n, key=key, platform=key.partition(":")[0], address=key) for n, key in enumerate(keys_)]
    return read_list(text, Declaration(), PAGE, identified, held_by(registered, (), identified))


def test_addresses_in_plain_text_are_read_and_a_name_alone_may_be_an_accounts():
    found = named_in_words(WORDS)
    assert {each.key for each in found.listed} == {
        *("x:almestad", "bluesky:tva.bsky.social", "instagram:fyrakonto", "x:trekonto", "tiktok:sexkonto")
    }
    assert [(each.value, each.hides) for each in found.unread] == [
        ("@femkonto x.com/trekonto", ("instagram:femkonto",))
    ]
    cells = named_in_words("Konto;Länk\nStaden;x.com/almestad\nEn;@femkonto\nTvå;Instagram: @fyrakonto\n")
    assert ({each.key for each in cells.listed}, set(cells.hidden)) == (
        *({"x:almestad", "instagram:fyrakonto"}, {"instagram:femkonto"}),
    )


@pytest.mark.parametrize(
    ("item", "is_closed"),
    [
        *(("<li><a href='https://x.com/museet'>Museet</a> (avslutat 2024)</li>", True),),
        *(("<h2>Avslutade konton</h2><a href='https://x.com/museet'>Museet</a>", True),),
        *(("<li>x.com/museet – nedlagt</li><li><a href='https://x.com/almestad'>Staden</a></li>", True),),
        *(("<li><a href='https://x.com/museet'>Stadsarkivet</a></li><li>Nedlagt: badet</li>", False),),
    ],
)
def test_a_list_of_links_says_of_a_closed_account_that_it_is_closed_in_its_item_or_heading(item: str, is_closed: bool):
    closed = an_entry(key="x:museet", platform="x", url="https://x.com/museet", state=ListState.CLOSED)
    assert bool(differ(read(f"<main>{item}</main>", AS_LINKS).listed, [closed]).to_remove) is not is_closed
