"""What each recipient is told this week, and the officer's overview.

letters    the facts                              gathering  what is held ─▶ Digest
sheets     the words they are told in
speaking   Digest ─▶ Sheet                        due        which week's letters have come due
voice      words, days and channels          glancing   the five answers on the first screen
fitting    what of a Sheet a mail program shows whole
grave      how grave a remark is, and what it rests on       leaving    accounts that are to be closed
overview   the officer's overview                            at_once    what cannot wait for a week's letter
quiet      what may be said where nothing is told            headline   the subject, as long as it is shown
"""

from __future__ import annotations

from audits.digest.due import WEEKDAYS, Weekly, due_slot, week_of
from audits.digest.fitting import ROOM, first_of, fitted
from audits.digest.gathering import TOLD, Briefing, Held, gather, is_remarked, remarks_of
from audits.digest.letters import Addressee, CaseKey, Digest, Purpose, Question, Remark, ToldBefore, WhenWell, key_of
from audits.digest.sheets import Block, Button, Entry, Fact, Sheet, Tone
from audits.digest.speaking import Speaking, address_of, speak
