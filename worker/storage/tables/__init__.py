"""The tables, one file a concern, all in one metadata.

base        what every table stands on
core        the register, the runs' ledger, what is held true, what people state
attesting   what administrations are asked to attest, and what they answered
resting     silence that is planned, and accounts that are being closed
holding     words on changes that were held
pictures    profile pictures seen, and those approved
refused     rows of registers that were not taken
ruling      the rules as they have stood
sightings   where channels stand linked, and the walk that finds them
organisation   what becomes of administrations and units
telling     letters, what their buttons are good for, who may be written to
triage      what waits for a decision, and what the public list said when
"""

from __future__ import annotations

from worker.storage.tables.attesting import (
    attestation_answer,
    attestation_hand_over,
    attestation_item,
    attestation_round,
)
from worker.storage.tables.base import metadata
from worker.storage.tables.core import (
    account,
    account_key,
    account_owner,
    account_pin,
    administration,
    case_event,
    cases,
    control_reading,
    drift,
    finding,
    held,
    kept_page,
    key_use,
    lane,
    observation,
    register_change,
    register_import,
    run,
    run_account,
    standing,
    statement,
    unit,
)
from worker.storage.tables.holding import belief
from worker.storage.tables.organisation import place_change, reorganisation
from worker.storage.tables.pictures import picture, picture_approval
from worker.storage.tables.refused import refused_row
from worker.storage.tables.resting import closing, closing_step, rest
from worker.storage.tables.ruling import rules_version
from worker.storage.tables.sightings import linked_channel, short_link, sighting, site_page, walk
from worker.storage.tables.telling import (
    letter,
    letter_line,
    letter_slot,
    link,
    mail_pause,
    mail_release,
    mail_wish,
    press,
)
from worker.storage.tables.triage import candidate, candidate_event, list_copy
