"""Registers in the shapes in which public bodies publish theirs; what each row should become was written down first.

Shapes: the bulk upload of the U.S. Digital Registry, New York City's sampled inventory, an export of Wikidata's query
service, EveryPolitician's terms, lists of ministries as JSON, of a country's municipalities as a spreadsheet, and a
municipality's own list under headings. All accounts are invented.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.importing.workbooks import xlsx
from worker.importing.preparing import Prepared, prepare

Labels = Mapping[int, set[str]]  # by line: the accounts that stand there; none: it holds none, or none is plain

REGISTRY = """account_platform,account_url,account_name,short_description,language,agencies,contacts,notes
Twitter,http://twitter.com/almestad_parks,Parks,News,English,Parks Department|Culture Department,a@almestad.example,
Instagram,http://instagram.com/almestad_parks,Parks,News,English,Parks Department,a@almestad.example,
YouTube,https://www.youtube.com/user/almestadparks/videos,Parks on film,,English,Parks Department,,
Flickr,https://www.flickr.com/photos/12345678@N00/,Parks in pictures,,English,Parks Department,,
Facebook,https://www.facebook.com/pages/Almestad-Parks/123456789012345,Parks,,English,Parks Department,,
Twitter,http://twitter.com/#!/almestad_old,Old,,English,Parks Department,,closed 2019
Twitter,http://twitter.com/almestad_parks/status/1234567890123456789,A post,,English,Parks Department,,
Other,n/a,,,English,Parks Department,,
"""
SAMPLED = """Agency,Platform,URL,Date Sampled,Likes/Followers/Visits/Downloads
Parks,Twitter,https://twitter.com/almestadparks,01/08/2024,1204
Parks,Twitter,https://twitter.com/almestadparks,02/08/2024,1301
Parks,Facebook,http://www.facebook.com/almestadparks,01/08/2024,88
Parks,Foursquare (Badge Unlock),N/A,01/08/2024,12
Library,SMS,,01/08/2024,77
Library,Youtube,www.youtube.com/almestadlibrary,01/08/2024,5
TOTAL,,,,1487
"""
WIKIDATA = """item,itemLabel,facebook,twitter,instagram,youtube,website
http://www.wikidata.org/entity/Q1,Almestad,almestad,AlmestadKommun,almestadskommun,UCabcdefghijklmnopqrstuv,https://www.almestad.example/
http://www.wikidata.org/entity/Q2,Björkby,100064123456789,,bjorkby_kommun,,http://bjorkby.example
http://www.wikidata.org/entity/Q3,Cederstad,,,,,
"""
TERM = """id,name,sort_name,email,twitter,facebook,group,area,start_date,end_date
c216f406,Ada Almestad,"Almestad, Ada",ada@almestad.example,adaalmestad,100004567890123,Partiet,Norra,2022-09-01,
5a76ebe1,Bo Björkby,"Björkby, Bo",,,bo.bjorkby,Partiet,Södra,2022-09-01,2024-01-31
7c8d9e0f,Cia Ceder,"Ceder, Cia",,,,Partiet,Östra,2022-09-01,
"""
MINISTRIES = json.dumps([
    {"name": "MDS", "website": "https://www.mds.example/", "facebook": "https://www.facebook.com/MdsAlmestad",
     "instagram": "https://www.instagram.com/mdsalmestad/?hl=es", "twitter": "https://x.com/mdsalmestad"},
    {"name": "SESA", "facebook": "https://www.facebook.com/Sesa/", "tiktok": "https://www.tiktok.com/@sesa"},
])  # fmt: skip
MUNICIPALITIES = """Sveriges kommuner i sociala medier;;;;;;;
;;;;;;;
Kommun;Kommunkod;Webbplats;Facebook;Instagram;X/Twitter;Följare Facebook;Kommentar
Almestad;9901;www.almestad.example;facebook.com/almestad;@almestad;Saknas;12 500;
Björkby;9902;bjorkby.example;Björkby kommun;bjorkby1, bjorkby2;-;;Två konton
Cederstad;9903;;https://sv-se.facebook.com/cederstad/?ref=hl;(nedlagt);https://twitter.com/cederstad?lang=sv;900;
Dalby;9904;;https://www.facebook.com/groups/dalby;https://www.instagram.com/explore/tags/dalby/;;;
Summa;4;2;3;3;1;13 400;
"""
UNDER_HEADINGS = [
    ["Almestads kommun i sociala medier", ""],
    ["Namn", "Länk"],
    ["Bibliotek", ""],
    ["Stadsbiblioteket, Facebook", "https://www.facebook.com/almestadsbibliotek"],
    ["Skolor", ""],
    ["Floraskolans kök Tik tok", "https://www.tiktok.com/@florakok"],
    ["Skolblogg", "https://floraskolan.blogspot.com/"],
    ["* uppdateras varje höst", ""],
]
REGISTERS: dict[str, tuple[str | bytes, Labels]] = {
    "registry.csv": (REGISTRY, {
        2: {"x:almestad_parks"}, 3: {"instagram:almestad_parks"}, 4: {"youtube:user:almestadparks"},
        5: {"flickr:12345678@N00"}, 6: {"facebook:id:123456789012345"}, 7: {"x:almestad_old"}, 8: set(), 9: set(),
    }),
    "sampled.csv": (SAMPLED, {
        2: {"x:almestadparks"}, 3: set(), 4: {"facebook:almestadparks"}, 5: set(), 6: set(),
        7: {"youtube:name:almestadlibrary"}, 8: set(),
    }),
    "wikidata.csv": (WIKIDATA, {
        2: {"facebook:almestad", "x:almestadkommun", "instagram:almestadskommun",
            "youtube:channel:UCabcdefghijklmnopqrstuv", "website:almestad.example"},
        3: {"facebook:id:100064123456789", "instagram:bjorkby_kommun", "website:bjorkby.example"}, 4: set(),
    }),
    "term.csv": (TERM, {
        2: {"x:adaalmestad", "facebook:id:100004567890123"}, 3: {"facebook:bobjorkby"}, 4: set(),
    }),
    "ministries.json": (MINISTRIES, {
        2: {"website:mds.example", "facebook:mdsalmestad", "instagram:mdsalmestad", "x:mdsalmestad"},
        3: {"facebook:sesa", "tiktok:sesa"},
    }),
    "kommuner.csv": (MUNICIPALITIES, {
        4: {"website:almestad.example", "facebook:almestad", "instagram:almestad"},
        5: {"website:bjorkby.example", "instagram:bjorkby1", "instagram:bjorkby2"},
        6: {"facebook:cederstad", "x:cederstad"}, 7: set(), 8: set(),
    }),
    "rubriker.xlsx": (xlsx({"Blad1": UNDER_HEADINGS}), {
        3: set(), 4: {"facebook:almestadsbibliotek"}, 5: set(), 6: {"tiktok:florakok"}, 7: {"blogspot:floraskolan"},
        8: set(),
    }),
}  # fmt: skip


def read(folder: Path, name: str) -> Prepared:
    file, content = folder / name, REGISTERS[name][0]
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return prepare(file)


@pytest.mark.parametrize("name", REGISTERS)
def test_no_row_becomes_an_account_that_does_not_stand_there(tmp_path: Path, name: str) -> None:
    labels = REGISTERS[name][1]
    wrong = {
        (each.line, each.row.key) for each in read(tmp_path, name).read.stated
        if each.row.key is not None and each.row.key not in labels[each.line]
    }  # fmt: skip
    assert wrong == set()


@pytest.mark.parametrize("name", REGISTERS)
def test_every_account_that_stands_there_is_taken(tmp_path: Path, name: str) -> None:
    stated = {(each.line, each.row.key) for each in read(tmp_path, name).read.stated}
    wanted = {(line, key) for line, keys in REGISTERS[name][1].items() for key in keys}
    assert wanted - stated == set()


@pytest.mark.parametrize("name", REGISTERS)
def test_a_row_of_which_nothing_is_taken_is_told_with_what_would_do(tmp_path: Path, name: str) -> None:
    prepared = read(tmp_path, name)
    told = {each.line: each.remedy for each in prepared.read.rejected}
    silent = REGISTERS[name][1].keys() - {each.line for each in prepared.read.stated} - told.keys()
    assert (silent, all(told.values())) == (set(), True)
