"""The public list: what the city says to everybody of its own accounts.

published page ─reading▶ Listed …          register ─publishing▶ Entry …
                     └─────── differing ────────┘
                                  └▶ added, removed, changed

entries     one line of the list           generated   the list as Kanalkoll writes it, known again
holding     the register's accounts, as a list may name them
worded      what a list names in words instead of links
noting      what is written as a purpose and reads like a note to oneself

The forms in which it is published (HTML, JSON, CSV, trust.txt) are written by `worker.publishing`.
"""

from audits.listing.differing import Change, Difference, differ
from audits.listing.entries import Entry, Listed, ListState
from audits.listing.holding import Held, held_by
from audits.listing.publishing import known_as, publish, state_of, told_state
from audits.listing.reading import BadList, Declaration, Form, ReadList, read_list
