"""What a report is made of: a dossier of one account, and the report and the line that it comes to."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from audits.model import (
    Account,
    Existence,
    Finding,
    Observation,
    Outcome,
    Standing,
)
from audits.reporting import (
    Dossier,
    Report,
    gather,
)
from audits.wording import Terms
from audits.wording.binding import unbound
from config.rules import load_rules
from tests.builders import (
    NIGHT,
    a_finding,
    an_account,
    an_observation,
)
from worker.rendering import render_page

ROUTINES = load_rules().routines
ENGLISH = Terms(language="en", labels={"mastodon": "Mastodon"})
GONE = ("gone", "gone")  # what the case is known by, beside its account
FAILED = Standing(outcome=Outcome.FAILED, fingerprint="gone")


def a_dossier(
    finding: Finding | None = None,
    standing: Standing = FAILED,
    observation: Observation | None = None,
    account: Account | None = None,
    **more: Any,
) -> Dossier:
    observed = observation or an_observation(existence=Existence.GONE)
    findings = ((finding or a_finding(), standing),)
    return Dossier(account=account or an_account(), observation=observed, findings=findings, **more)


def reported(*dossiers: Dossier) -> Report:
    return gather(dossiers, ROUTINES, ENGLISH, NIGHT)


def the_line(dossier: Dossier):
    (line,) = reported(dossier).lines
    return line


def read_page(report: Report, zone: ZoneInfo) -> str:
    """A report's page as it is read: what holds a number to its word is a space to whoever reads."""
    return unbound(render_page(report, zone))
