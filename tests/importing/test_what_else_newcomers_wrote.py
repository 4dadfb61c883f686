"""Cells of newcomers' lists whose remedy said something else than what stood there, and columns that nobody named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.column_meanings import Meaning
from audits.model import Kind
from audits.register_cells import BadCell, kind, mailbox
from audits.wording.said import told_in
from tests.desk import Desk
from tests.importing.prepared import prepared
from tests.importing.workbooks import Rows, xlsx
from worker.importing.preparing import prepare

LIST = """Namn;Kanaltyp;Adress;Ansvarig
Museet;Facebook;https://www.facebook.com/almestadsmuseum;bo@almestad.example
Badet;Instagram;@almestadsbad;cia@almestad.example
Staden;X;https://x.com/almestad;bo@almestad.example
Jobb;LinkedIn;https://www.linkedin.com/company/almestad;cia@almestad.example
"""


# --- cells


@pytest.mark.parametrize(
    "cell",
    [
        'bo@almestad.example; cia@almestad.example, "Dan Ek" <dan@almestad.example>',
        "bo@almestad.example cia@almestad.example / dan@almestad.example",
    ],
)
def test_several_mailboxes_in_a_cell_are_told_as_several_with_each_of_them(cell: str):
    with pytest.raises(BadCell) as wrong:
        mailbox(cell)
    assert wrong.value.reason == "several mailboxes"
    assert wrong.value.remedy.endswith("bo@almestad.example, cia@almestad.example, dan@almestad.example")


def test_a_mailbox_with_a_name_around_it_is_asked_about_by_the_mailbox_itself():
    with pytest.raises(BadCell) as wrong:
        mailbox('"Dan Ek" <dan@almestad.example>')
    assert wrong.value.remedy == "did you mean dan@almestad.example? If so, write that"


@given(st.text(alphabet="ab@.;, <>\"'()å", max_size=60))
def test_whatever_stands_in_a_mailboxs_cell_is_taken_whole_or_told(cell: str):
    try:
        told = mailbox(cell) in (cell, None)
    except BadCell as wrong:
        told = bool(wrong.reason and wrong.remedy)
    assert told


@pytest.mark.parametrize(
    "link", ["https://www.facebook.com/groups/almestadsfotboll", "https://www.linkedin.com/groups/815/"]
)
def test_a_group_is_told_as_no_account(tmp_path: Path, link: str):
    (row,) = prepared(tmp_path, f"Namn;Adress\nFotboll;{link}\nA;https://x.com/a\n").read.refused
    assert "a group is not an account" in row.reason
    assert "remove the row" in row.remedy


def test_an_at_name_under_several_platforms_is_told_for_that(tmp_path: Path):
    read = prepared(tmp_path, "Namn;Plattform;Adress\nG;Instagram/TikTok;@gymnasiet\nB;Instagram;@badet\n").read
    assert [each.row.key for each in read.stated] == ["instagram:badet"]
    assert "several platforms" in read.refused[0].reason
    (in_a_column,) = prepared(tmp_path, "Enhet;TikTok/YouTube\nA;@museet\nB;https://x.com/a\n").read.refused
    assert "several platforms" in in_a_column.reason


# --- columns


def test_platforms_and_mailboxes_are_known_by_what_stands_there_where_no_heading_says_so(tmp_path: Path):
    read = prepared(tmp_path, LIST)
    columns = read.columns[""]
    assert columns.by_content == ("Kanaltyp", "Ansvarig")
    assert columns.left_over == ()
    assert [each.row.key for each in read.read.stated][1] == "instagram:almestadsbad"
    assert {each.row.recipient for each in read.read.stated} == {"bo@almestad.example", "cia@almestad.example"}


@pytest.mark.parametrize(
    ("instead", "by"),
    [
        (("Namn;Kanaltyp", "Namn;Plattform"), ("Ansvarig",)),  # a heading took the role
        (("Adress;Ansvarig", "Adress;Mottagare"), ("Kanaltyp",)),
        (("Adress;Ansvarig", "Adress;Inloggning"), ("Kanaltyp",)),  # nobody reads letters there
        ((";bo@almestad.example\nBadet", ";Bo Ek\nBadet"), ("Kanaltyp",)),  # not all are mailboxes
        (("Badet;Instagram", "Badet;intern"), ("Ansvarig",)),  # too few are platforms
    ],
)
def test_only_a_role_that_nothing_else_took_is_given_and_only_where_it_is_certain(
    tmp_path: Path, instead: tuple[str, str], by: tuple[str, ...]
):
    assert prepared(tmp_path, LIST.replace(*instead)).columns[""].by_content == by


def test_of_two_columns_that_could_both_be_meant_neither_is_taken(tmp_path: Path):
    twice = "\n".join(f"{line};{line.rpartition(';')[2]}" for line in LIST.splitlines())
    columns = prepared(tmp_path, twice.replace("Ansvarig;Ansvarig", "Ansvarig;Reserv")).columns[""]
    assert Meaning.RECIPIENT not in columns.found
    assert columns.left_over == ("Ansvarig", "Reserv")


def test_what_is_known_by_content_is_told_as_that(tmp_path: Path):
    desk = Desk(tmp_path)
    shown = " ".join(desk.run("register", "import", desk.file("l.csv", LIST), "--dry-run").output.split())
    assert "Kanaltyp Platform, recognised by its contents" in shown
    sheets = desk.answer("register", "import", desk.file("l.csv", LIST), "--dry-run")["sheets"]
    assert isinstance(sheets, dict)
    assert sheets[""]["by_content"] == ["Kanaltyp", "Ansvarig"]


def test_init_takes_a_mapping_as_an_import_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    file = desk.file("l.csv", LIST.replace("Namn;", "Rubrik;"))
    done = desk.run("init", "--city", "Almestad", "--site", "almestad.example", "--register", file,
                    "--map", "name=Rubrik", "--dry-run", "--language", "en", "--yes")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Rubrik Name" in " ".join(done.output.split())


def test_headings_of_two_more_cities_are_known_and_a_note_of_an_end_is_asked_about(tmp_path: Path):
    plan = prepared(
        tmp_path,
        "Sektor\tChannel\tSome\tLänk\tAnm.\n"
        "Bildning\tBiblioteket\tFacebook, Instagram\thttps://www.facebook.com/almestadsbibliotek  ; @almestadsbibl\t\n"
        "Bildning\tBadet\tTwitter\t@almestadsbad\tclosed 2023\n"
        "Teknik\tVatten\tFB\thttps://www.facebook.com/almestadsvatten\tej stängd\n",
    ).read
    assert [(each.row.key, each.row.administration) for each in plan.stated] == [
        ("facebook:almestadsbibliotek", "Bildning"),
        ("x:almestadsbad", "Bildning"),
        ("facebook:almestadsvatten", "Teknik"),
    ]
    assert [each.value for each in plan.refused] == ["@almestadsbibl"]
    asked = [str(remark) for each in plan.stated for remark in each.remarks]
    (one,) = (each for each in asked if "which is not used" in each)
    assert one.startswith("the column Anm., which is not used, says closed 2023: is the account closed?")


# --- secrets, and lists from across the border

SECRET = "Namn;Adress;Passord (IKKE DEL);Lösenord till kontot;Anteckning\n"


def test_only_what_stands_in_a_column_that_is_used_is_repeated_of_a_row(tmp_path: Path):
    rows = "Museet;https://x.com/museet;ett hemligt;två hemligt;tre\nBadet;;fyra hemligt;fem hemligt;;sex hemligt\n"
    told = prepared(tmp_path, SECRET + rows)
    assert [each.value for each in told.read.rejected] == ["…", "Badet"]
    assert "hemligt" not in repr((told.read, told.plan))


def test_a_heading_that_names_a_password_means_nothing_else(tmp_path: Path):
    read = prepared(tmp_path, "Adress;Konto lösenord;Password (e-mail)\nhttps://x.com/museet;hemligt;hemligt\n")
    assert read.columns[""].left_over == ("Konto lösenord", "Password (e-mail)")


NORWEGIAN = """Avdeling;Navn;Kanal;Lenke;Status;Opprettet;Avsluttet dato;Sesong
Kultur;Museet;X;https://x.com/museet;Avsluttet;2016-01-02;;
Kultur;Badet;Instagram;@badet;;;2023-12-31;mai–sep
Kultur;Teatret;Facebook;@teatret;Hviler;;;
"""


def test_a_norwegian_list_is_read_by_its_headings_states_and_months(tmp_path: Path):
    read = prepared(tmp_path, NORWEGIAN).read
    museum, bath, theatre = (each.row for each in read.stated)
    assert (museum.administration, museum.name, museum.registered_on) == ("Kultur", "Museet", date(2016, 1, 2))
    assert (museum.kind, theatre.kind) == (Kind.SIGNPOSTED_CLOSED, Kind.ORDINARY)
    assert (bath.ends_on, bath.season_months) == (date(2023, 12, 31), (5, 6, 7, 8, 9))
    assert [len(each.remarks) for each in read.stated] == [1, 0, 1]


@pytest.mark.parametrize(
    "table",
    [
        "Sosiale medier\n\nEndret i mai\nAvdeling;Navn;Nettside;Språk;Sesong\nBad;Badet;https://badet.example;norsk;mai–sep\n",
        "Enhed;Navn;Hjemmeside;Sprog;Sæson\nBad;Badet;https://badet.example;dansk;maj–september\n",
        "Yksikkö;Nimi;Verkkosivu;Kieli;Kausi\nBad;Badet;https://badet.example;suomi;toukokuu–syyskuu\n",
        "Abteilung;Bezeichnung;Webseite;Sprache;Saison\nBad;Badet;https://badet.example;Deutsch;Mai bis September\n",
    ],
    ids=["below titles in Norwegian", "Danish", "Finnish", "German"],
)
def test_one_account_is_read_in_the_neighbours_languages(tmp_path: Path, table: str):
    [told] = prepared(tmp_path, table).read.stated
    assert (told.row.key, told.row.name, told.row.season_months) == ("website:badet.example", "Badet", (5, 6, 7, 8, 9))
    assert told.remarks == ()


def test_what_is_asked_of_many_rows_is_asked_once(tmp_path: Path):
    rows = "".join(f"https://x.com/a{at};almestadska språket\n" for at in range(6))
    desk = Desk(tmp_path)
    file = desk.file("lista.csv", f"Adress;Språk\n{rows}")
    assert desk.run("register", "import", file, "--dry-run").stdout.count("almestadska") == 1


def test_a_sheet_of_closed_accounts_is_known_in_norwegian_too(tmp_path: Path):
    head = ["Navn", "Lenke"]
    lists: dict[str, Rows] = {
        "Kontoer": [head, ["A", "https://x.com/a"]],
        "Avsluttede": [head, ["B", "https://x.com/b"]],
    }
    (tmp_path / "liste.xlsx").write_bytes(xlsx(lists))
    kinds = [each.row.kind for each in prepare(tmp_path / "liste.xlsx").read.stated]
    assert kinds == [Kind.ORDINARY, Kind.SIGNPOSTED_CLOSED]


def test_a_mailbox_may_be_a_link_to_it_or_stand_behind_a_name(tmp_path: Path):
    rows = [["Adress", "Mottagare"], ["https://x.com/a", "mailto:a@alm.example"], ["https://x.com/b", "Bea på badet"]]
    rows.append(["https://x.com/c", "c@alm.example"])
    links = {(2, 1): "mailto:bea@alm.example?subject=Facebook", (3, 1): "mailto:earlier@alm.example"}
    (tmp_path / "lista.xlsx").write_bytes(xlsx({"Blad1": rows}, links=links))
    told = prepare(tmp_path / "lista.xlsx").read.stated
    assert [each.row.recipient for each in told] == ["a@alm.example", "bea@alm.example", "c@alm.example"]


def test_a_misspelt_platform_is_told_beside_a_name_alone_with_what_may_be_meant(tmp_path: Path):
    rows = "Namn;Plattform;Adress\nA;Fesbok;@almestad\nB;Facebook;@badet\nC;Annat;@cafeet\n"
    slip, other = prepared(tmp_path, rows).read.refused
    assert (slip.value, "Fesbok is not a platform" in told_in("en", slip.reason)) == ("@almestad", True)
    assert told_in("en", slip.remedy) == "did you mean facebook:almestad? If so, write that"
    assert "did you mean" not in told_in("en", other.remedy)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "crisis parked, role, closed"), ("sv", "krisvilande, befattning, avslutad")]
)
def test_every_kind_that_a_remedy_names_can_be_written(language: str, told: str):
    with pytest.raises(BadCell) as wrong:
        kind("konstigt")
    remedy = told_in(language, wrong.value.remedy)
    assert remedy.endswith(told)
    assert len({kind(each) for each in remedy.split(" ", 2)[2].split(", ")}) == len(Kind)


@pytest.mark.parametrize(
    ("name", "heading", "cell", "told"),
    [
        *(("Museet (nedlagt)", "Anm", "", "Museet (nedlagt)"), ("Museet", "Avslutad", "2023", "2023")),
        *(("Museet", "Avslutat", "ja", "ja"), ("Museet", "Avslutad", "nej", ""), ("Museet", "Anm", "hej", "")),
    ],
)
def test_a_name_or_a_column_that_calls_an_account_closed_is_asked_about(
    tmp_path: Path, name: str, heading: str, cell: str, told: str
):
    plan = prepared(tmp_path, f"Namn;Adress;{heading}\n{name};https://x.com/museet;{cell}\n").read
    asked = [str(remark) for each in plan.stated for remark in each.remarks if "closed? If so" in str(remark)]
    assert [told in each for each in asked] == [True] * bool(told)


def test_a_tick_below_a_platform_is_called_a_tick_and_no_address(tmp_path: Path):
    refused = prepared(tmp_path, "Namn;Facebook;X\nMuseet;x;@museet\nBadet;;X\n").read.refused
    assert ["it is a tick" in each.reason for each in refused] == [True, True]
