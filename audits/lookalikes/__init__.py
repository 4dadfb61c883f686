"""Accounts that could be taken for ours: a question for the communications officer, never a fact, never public.

    skeletons · words · pictures ─▶ comparing ─▶ asking

searching   accounts named like ours, on platforms that let everybody search
mirrors     one account shown in two networks, which is no copy

Whoever carries a like name may have every right to it: a namesake, a fan, a newspaper, a neighbour. So nothing here
says what an account is; it says why somebody could mistake it, and a person looks.
"""

from audits.lookalikes.asking import likest, questions
from audits.lookalikes.comparing import Comparer, Face, Likeness, Sign
from audits.lookalikes.pictures import picture_hash, same_picture
from audits.lookalikes.skeletons import drawn, letters, skeleton
