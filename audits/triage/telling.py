"""What speaks for a candidate, in words, for the terminal, a page and a mail.

Candidate, Evidence ─▶ one short sentence for each thing that speaks
"""

from __future__ import annotations

from collections.abc import Iterator

from audits.addresses import Grammar, identify
from audits.harvesting.likeness import Likeness
from audits.triage.candidates import About, Candidate
from audits.triage.evidence import Evidence
from audits.wording import phrase


def evidence_in_words(candidate: Candidate, evidence: Evidence, language: str) -> tuple[str, ...]:
    """The surest first; what an editor reported last, in their own words."""
    return tuple(phrase(key, language, **facts) for key, facts in _told(candidate, evidence))


def channel_in_words(candidate: Candidate, grammars: tuple[Grammar, ...]) -> str:
    """Where the channel is; of a changed account where it was, and where it is now, if that was said."""
    platform, _, name = candidate.key.partition(":")
    registered = identify(name, platform, grammars).canonical_url or candidate.key
    if candidate.about is About.CHANGED and candidate.url:
        return f"{registered} → {candidate.url}"
    return candidate.url or registered


def state_in_words(candidate: Candidate, language: str) -> str:
    """What became of it: it waits, it was registered, somebody is asked, or whose it is instead."""
    whose = phrase(f"triage.whose.{candidate.whose}", language) if candidate.whose else ""
    return phrase(f"triage.state.{candidate.state}", language, administration=candidate.administration, whose=whose)


def _told(candidate: Candidate, evidence: Evidence) -> Iterator[tuple[str, dict[str, object]]]:
    if evidence.is_listed:
        yield "triage.listed", {}
    if evidence.pages:
        what = "triage.linked" if evidence.is_likely else "triage.mentioned"
        yield what, {"count": evidence.pages_in_all, "page": evidence.pages[0]}
    if evidence.named_by:
        yield "triage.named_by", {"count": len(evidence.named_by), "page": evidence.named_by[0]}
    if evidence.likeness is not Likeness.NONE:
        yield f"triage.{evidence.likeness.name.lower()}", {}
    if evidence.guess is not None:
        yield "triage.guess", {"administration": evidence.guess.administration, "where": evidence.guess.where}
    if candidate.note:
        yield "triage.reported", {"note": candidate.note}
