"""What the invented city's people do between two looks, through the same steps as anybody.

Deed ─enact▶ a link pasted │ a case decided
"""

from __future__ import annotations

from demo.people import PASTE, Deed
from worker.steps.deciding import CaseRef
from worker.wiring import Deployment
from worker.wiring.deciding import Deciding


def enact(deployment: Deployment, deed: Deed) -> None:
    """Do it, as of the deployment's clock.

    Raises `StatementRefused`, `CaseRefused` or `NoSuchCase` where it may not be done.
    """
    if deed.what == PASTE:
        deployment.paste(deed.link, deed.account, deed.by, None)
        return
    case = CaseRef(account_id=deed.account, rule=deed.rule)
    Deciding(deployment).decide(case, deed.what, by=deed.by, reason=deed.reason, until=deed.until)
