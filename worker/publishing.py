"""The public list in every form that is published.

Entry … ─┬▶ HTML fragment   a table that any page can hold
         ├▶ JSON            for the site's own program
         ├▶ CSV             opens right in Swedish Excel, and no cell is a formula
         ├▶ trust.txt       `social=` lines for the accounts in use
         └▶ JSON-LD         schema.org: the city, its administrations, and the accounts of each

Closed accounts are told in the table, the JSON and the CSV, so that whoever looks for one learns that it is closed;
trust.txt and JSON-LD claim accounts, so they name none that is closed, nor any that the city does not vouch for, whose
address the table tells without a link; a link says `rel="me"` of those that are in use alone.
Sources: JournalList.net trust.txt specification 1.3 (`social`, `contact`); schema.org GovernmentOrganization,
`department`, `sameAs`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

import orjson

from audits.exporting import harmless
from audits.listing import Entry, ListState, known_as, told_state
from audits.reading.scrub import one_line
from audits.wording import Terms, phrase
from audits.wording.dates import long_day
from worker.rendering import safe_link
from worker.rendering.template import template


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What every form of the list needs to know. `url` is the city's own front page, `day` is local.

    `unvouched` are accounts that no program shall be told are the city's, `unclear` those that are confirmed to be
    another's, gone or shut, `outlived` those that are open after their last day, `unproven` those that nothing shows to
    be in use; `is_whole`: every registered one is named.
    """

    entries: Sequence[Entry]
    terms: Terms
    url: str
    day: date
    unvouched: Collection[int] = frozenset()
    unclear: Collection[int] = frozenset()
    outlived: Collection[int] = frozenset()
    unproven: Collection[int] = frozenset()
    is_whole: bool = True

    def vouches(self, entry: Entry) -> bool:
        """Whether the city says to programs that the account is its own and in use."""
        return entry.state is not ListState.CLOSED and entry.account_id not in self.unvouched

    def leads_to(self, entry: Entry) -> bool:
        """Whether the table's name is a link: whoever trusts the city follows it, and would come to somebody else."""
        return entry.account_id not in self.unvouched

    def state_of(self, entry: Entry) -> ListState:
        return told_state(entry, unclear=self.unclear, outlived=self.outlived, unproven=self.unproven)

    @property
    def claimed(self) -> Sequence[Entry]:
        return [each for each in self.entries if self.vouches(each)]


def as_html(told: Publication) -> str:
    """A fragment: no head, and no style but what lets it fit a telephone; classes and `data-state` are there for the
    site's own.
    """

    def say(key: str, **facts: object) -> str:
        return phrase(key, told.terms.language, **facts)

    groups = [(name, list(group)) for name, group in groupby(told.entries, key=lambda each: each.administration)]
    return template("public_list.html").render(
        told=told, groups=groups, say=say, safe_link=safe_link, known_as=known_as, long_day=long_day
    )


def as_json(told: Publication) -> str:
    """The list as one JSON document, each account with whether the city leads anybody there (`vouched`)."""
    document = {
        "city": told.terms.city,
        "as_of": told.day.isoformat(),
        "count": len(told.entries),
        "accounts": [{**_plain(each, told), "vouched": told.vouches(each)} for each in told.entries],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def as_csv(told: Publication) -> str:
    """Semicolons and a byte order mark, as Swedish Excel expects them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    columns = ("name", "platform", "url", "administration", "unit", "state", "purpose", "language", "since")
    writer.writerow(phrase(f"list.{column}", told.terms.language) for column in columns)
    for each in told.entries:
        cells = _plain(each, told) | {"state": phrase(f"list.state.{told.state_of(each)}", told.terms.language)}
        writer.writerow(harmless(cells[column]) for column in columns)
    return "\N{BYTE ORDER MARK}" + out.getvalue()


def as_trust_txt(told: Publication) -> str:
    """The accounts that the city claims, one `social=` line each."""
    heading = phrase("list.trust", told.terms.language, city=told.terms.city, day=told.day.isoformat())
    claims = dict.fromkeys(
        f"social={_one_line(each.url)}" for each in told.claimed
    )  # one account may stand on two rows
    return "\n".join([f"# {heading}", *claims]) + "\n"


def as_json_ld(told: Publication) -> str:
    """The accounts that the city claims, as schema.org's `sameAs` by department."""
    by_administration = groupby(told.claimed, key=lambda each: each.administration)
    grouped = {name: list(dict.fromkeys(each.url for each in group)) for name, group in by_administration}
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": told.terms.city,
        **({"url": told.url} if told.url else {}),
        "sameAs": grouped.pop("", []),
        "department": [
            {"@type": "GovernmentOrganization", "name": name, "sameAs": urls} for name, urls in grouped.items()
        ],
    }
    dumped = orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()
    return dumped.replace("<", "\\u003c") + "\n"  # it is meant to stand inside a script element


def _plain(entry: Entry, told: Publication) -> dict[str, str]:
    return {
        "key": entry.key,
        "name": entry.name,
        "platform": told.terms.label(entry.platform),
        "known_as": known_as(entry),
        "url": entry.url,
        "administration": entry.administration,
        "unit": entry.unit,
        "state": told.state_of(entry).value,
        "purpose": entry.purpose,
        "language": entry.language,
        "since": entry.since,
    }


def _one_line(url: str) -> str:
    """Nothing that could begin a line of its own, or that cannot be seen."""
    return "".join(one_line(url, 2_000).split())


FORMS: Final[Mapping[str, Callable[[Publication], str]]] = {
    "accounts.html": as_html,
    "accounts.json": as_json,
    "accounts.csv": as_csv,
    "trust.txt": as_trust_txt,
    "accounts.jsonld": as_json_ld,
}
