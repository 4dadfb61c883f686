"""The use cases, written against `ports`: no queue, no network library, no SQL; one file a concern.

a night        beginning     what is due ─▶ nights, rounds, releases
               night         begin ─▶ look ─▶ compare
               comparing     guard ─▶ drift ─▶ cases ─▶ close
               instruments   what an audit looks and judges with    beside       what rules see beside a look
               letting_go    which rules let go of what they found  pictures     profile pictures looked at
               standing_still  platforms that show nothing new      vouching     whom nobody asks to put on the list
people         deciding      on cases             holding     on held changes      attesting   rounds and answers
               resting       planned rests        closing     accounts closed      ruling         changed rules
               answering     buttons of letters   reorganising   administrations
telling        telling       letters written      alerting    what cannot wait
               posting       letters sent         bouncing    letters that came back
               withholding   letters that are not to leave
elsewhere      discovering   the walk             short_links where they lead      linked      linked channels looked at
               public_list   read and published   reconciling the register held against everything else
               lookalikes    who may be taken for ours        triage           what waits for a decision

The steps of a night can be had from here; every other concern from its own file.
"""

from __future__ import annotations

from worker.steps.comparing import compare, compare_account, follow_cases
from worker.steps.instruments import Instruments
from worker.steps.night import (
    Told,
    advance_run,
    begin_audit,
    begin_confirmations,
    begin_due_night,
    judged,
    look,
    slots,
    usual_visit,
)
