"""Published lists of an invented city, in the three forms."""

from __future__ import annotations

from typing import Any

from audits.addresses import identify
from audits.listing import Declaration, Entry, Form, Listed, ListState, ReadList, read_list
from audits.model import Address
from audits.platforms import GRAMMARS

PAGE = "https://almestad.example/konton"
TABLE = """
<nav><a href="https://www.facebook.com/aDifferentPage">Facebook</a></nav>
<main><table><caption>Konton</caption>
<tr><th>Förvaltning</th><th>Konto</th><th>Länk</th><th>Läge</th></tr>
<tr><td rowspan="2">Kulturförvaltningen</td><td>Biblioteket</td>
    <td><a href="https://www.facebook.com/almestadsbibliotek/">öppna</a></td><td>Aktivt</td></tr>
<tr><td>Museet</td><td><a href="//www.instagram.com/almestadsmuseum">öppna</a></td><td>Avslutat</td></tr>
<tr><td>Skolförvaltningen</td><td>Skolan</td><td><a href="/kontakt">hör av dig</a></td><td></td></tr>
</table></main>
"""
LINKS = """
<main><h2>Kulturförvaltningen</h2><ul>
<li><a href="https://www.facebook.com/almestadsbibliotek">Biblioteket på Facebook</a></li>
<li><a href="https://www.instagram.com/almestadsmuseum">Museet</a></li></ul>
<h2>Skolförvaltningen</h2><p><a href="/skola">Skolan</a> <a href="https://x.com/almestadskola">Skolan på X</a>
<a href="https://www.facebook.com/sharer/sharer.php?u=https://almestad.example">Dela</a></p></main>
<footer><a href="https://www.youtube.com/@almestad">YouTube</a></footer>
"""
JSON = '{"result": {"items": [{"link": {"href": "https://x.com/almestad"}, "title": "Staden", "owner": "SLF"}, {}]}}'

AS_TABLE = Declaration(
    form=Form.TABLE,
    within="main",
    columns={"address": "Länk", "name": "Konto", "administration": "Förvaltning", "state": "Läge"},
)
AS_LINKS = Declaration(form=Form.LINKS, within="main")
AS_JSON = Declaration(
    form=Form.JSON,
    within="result.items",
    columns={"address": "link.href", "name": "title", "administration": "owner"},
)


def identified(raw: str, context: str | None = None) -> Address:
    return identify(raw, context, GRAMMARS)


def read(text: str, declared: Declaration) -> ReadList:
    return read_list(text, declared, PAGE, identified)


def an_entry(**changes: Any) -> Entry:
    given = {
        "account_id": 1,
        "key": "instagram:almestadsmuseum",
        "platform": "instagram",
        "name": "Almestads museum",
        "url": "https://www.instagram.com/almestadsmuseum",
        "administration": "Kulturförvaltningen",
        "state": ListState.ACTIVE,
    }
    return Entry(**{**given, **changes})


def a_listed(**changes: Any) -> Listed:
    given = {
        "number": 1,
        "url": "https://www.instagram.com/almestadsmuseum/",
        "key": "instagram:almestadsmuseum",
        "platform": "instagram",
        "name": "Almestads museum",
        "administration": "Kulturförvaltningen",
    }
    return Listed(**{**given, **changes})
