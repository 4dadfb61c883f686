"""The public list: what the city says to everybody of its own accounts.

published page ─reading▶ Listed …          register ─publishing▶ Entry … ─formats▶ HTML, JSON, CSV, trust.txt
                     └──────── differing ────────┘
                                   └▶ added, removed, changed
"""

from audits.listing.differing import Change, Difference, differ
from audits.listing.entries import Entry, Listed, ListState
from audits.listing.publishing import known_as, publish, state_of
from audits.listing.reading import BadList, Declaration, Form, ReadList, read_list

__all__ = [
    "BadList",
    "Change",
    "Declaration",
    "Difference",
    "Entry",
    "Form",
    "ListState",
    "Listed",
    "ReadList",
    "differ",
    "known_as",
    "publish",
    "read_list",
    "state_of",
]
