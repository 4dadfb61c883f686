"""What the invented city's people do between two looks, through the same steps as anybody.

Deed ─enact▶ a link pasted │ a case decided │ a question answered │ a closing decided │ a picture approved
             │ letters let out │ units moved
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from audits.deciding import CaseRef
from audits.model import Occasion
from audits.reorganising import Wish, WishKind
from demo.people import ANSWER, APPROVE, CLOSE, PASTE, RELEASE, SPLIT, Deed
from worker.wiring import Deployment
from worker.wiring.attesting import Attesting
from worker.wiring.deciding import Deciding
from worker.wiring.pictures import Pictures
from worker.wiring.resting import Resting
from worker.wiring.telling import Letters


def enact(deployment: Deployment, deed: Deed) -> None:
    """Do it, as of the deployment's clock.

    Raises `StatementRefused`, `CaseRefused`, `NoSuchCase`, `PictureRefused` or `ValueError` where it may not be done.
    """
    _WAYS.get(deed.what, _decide)(deployment, deed)


def _paste(deployment: Deployment, deed: Deed) -> None:
    deployment.paste(deed.link, deed.account, deed.by, None)


def _decide(deployment: Deployment, deed: Deed) -> None:
    case = CaseRef(account_id=deed.account, rule=deed.rule)
    Deciding(deployment).decide(case, deed.what, by=deed.by, reason=deed.reason, until=deed.until)


def _release(deployment: Deployment, deed: Deed) -> None:
    Letters(deployment).stored.release(deed.administration, deed.by, deployment.clock())


def _answer(deployment: Deployment, deed: Deed) -> None:
    answers = {**dict.fromkeys(deed.yes, True), **dict.fromkeys(deed.no, False)}
    Attesting(deployment).answer(deed.account, answers, by=deed.by)


def _close(deployment: Deployment, deed: Deed) -> None:
    Resting(deployment).start(deed.account, on=_day(deed), by=deed.by, reason=deed.reason)


def _split(deployment: Deployment, deed: Deed) -> None:
    wish = Wish(kind=WishKind.SPLIT, sources=(deed.administration,), target=deed.into, effective_on=_day(deed),
                units=tuple(deed.units))  # fmt: skip
    deployment.store.plan_reorganisation(wish, Occasion(by=deed.by, at=deployment.clock(), why=deed.reason))


def _approve(deployment: Deployment, deed: Deed) -> None:
    Pictures(deployment).approve(deed.account, sub_brand=deed.brand, by=deed.by)


def _day(deed: Deed) -> date:
    if deed.on is None:
        raise ValueError(f"{deed.what} at {deed.at} names no day: on = 2026-11-14")
    return deed.on


_WAYS: Final[Mapping[str, Callable[[Deployment, Deed], None]]] = {
    PASTE: _paste, RELEASE: _release, ANSWER: _answer, CLOSE: _close, SPLIT: _split, APPROVE: _approve,
}  # fmt: skip
