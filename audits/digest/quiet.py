"""What may be said where nothing is told: of every account, of those that were read, or that nobody knows.

looks ─silence▶ well: the plain answer │ partly: of how many │ unknown
"""

from __future__ import annotations

from audits.digest.letters import Looks
from audits.reporting import Silence, silence
from audits.wording import phrase


def quiet(looks: Looks, answer: str, language: str) -> str:
    """The answer to a question of which there is nothing to tell; `answer` names its words for when all were read."""
    means = silence(looks.read, looks.accounts)
    if means is Silence.WELL:
        return phrase(answer, language)
    partly = means is Silence.PARTLY and not looks.remarked
    return phrase(f"{answer}.partly", language, count=looks.read) if partly else limited(looks, language)


def limited(looks: Looks, language: str) -> str:
    """How little may be said of accounts that could not all be read."""
    how = "remarked" if looks.read and looks.remarked else silence(looks.read, looks.accounts)
    return phrase(f"silence.{how}", language, count=looks.read, remarked=looks.remarked, unseen=looks.unseen)
