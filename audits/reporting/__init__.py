"""What is told of the city, and how it is added up.

values     what a report holds            gathering   dossiers ─▶ Report
writing    one account in words           unseen      why an account could not be seen, and what would open it
chapters   tables beside the accounts      discoveries   what the register does not know
seen       the order of what a rule saw
silence    what may be said where nothing is told      deadlines   by when a remark is to be mended
standing   what stands confirmed, and the last look that showed it   apart   what is not counted as open
sources    what a rule rests on                as_of       as of which look the report tells
"""

from __future__ import annotations

from audits.reporting.apart import apart
from audits.reporting.as_of import as_of, days_unlooked
from audits.reporting.chapters import Held, RuleTurn, held_changes, ruled
from audits.reporting.deadlines import due_on
from audits.reporting.discoveries import discoveries, of_accounts
from audits.reporting.gathering import More, gather
from audits.reporting.seen import (
    READ_FROM,
    abridged,
    bare,
    counted,
    counted_told,
    in_a_row,
    left_out,
    place_of,
    read_as,
    silence_told,
    some,
    told_of,
    value_of,
)
from audits.reporting.silence import Silence, silence
from audits.reporting.sources import foreign, source_of
from audits.reporting.standing import STANDS, hides, is_shown, last_sight, registered_id, unshown
from audits.reporting.unseen import (
    CONTROL,
    ELSEWHERE,
    NO_ADDRESS,
    NO_CONTACT,
    REMEDIES,
    UNDECIDED,
    as_known,
    remedies_of,
    was_read,
    was_seen,
    why_unread,
)
from audits.reporting.values import (
    URGENT,
    Answer,
    Cell,
    Chapter,
    Coverage,
    Dossier,
    Life,
    Line,
    Opening,
    Report,
    Section,
    Unread,
)
