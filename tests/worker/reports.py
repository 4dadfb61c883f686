"""A report to be rendered."""

from __future__ import annotations

from collections.abc import Mapping

from audits.model import CaseState, Existence, Marker, Outcome, Route, Standing
from audits.news import Night, Told, Turn
from audits.reporting import Dossier, More, Report, gather
from audits.wording import Terms
from config.rules import load_rules
from tests.builders import NIGHT, a_blind_observation, a_case, a_finding, an_account, an_observation


def a_report(
    language: str = "sv",
    name: str = "Almestads museum",
    address: str = "https://x.com/museum",
    seen: Mapping[str, str] | None = None,
) -> Report:
    """One line of each sort, with a stranger's words wherever there may be some."""
    finding = a_finding(seen=seen or {"handle": name}, evidence=(Marker("x", "gone", name),), route=Route.PAGE)
    told = Dossier(
        account=an_account(name=name, address=address, administration=name),
        observation=an_observation(existence=Existence.GONE, basis=name),
        findings=((finding, Standing(outcome=Outcome.FAILED, fingerprint="gone")),),
        cases=(a_case(state=CaseState.EXPLAINED), a_case(rule="moved", state=CaseState.VERIFIED_FIXED)),
        told_at={("gone", "gone"): NIGHT},
    )
    unread = Dossier(account=an_account(id=2, name=name), observation=a_blind_observation(), findings=())
    night = Night(at=NIGHT, recheck=False, accounts=2, read=1, told=(Told(turn=Turn.TOLD, label="!", sentence=name),))
    terms = Terms(language=language, city=name, note=name, labels={"mastodon": name})
    return gather([told, unread], load_rules().routines, terms, NIGHT, More(nights=[night]))
