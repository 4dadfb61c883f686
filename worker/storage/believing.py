"""The latest looks as they are known once their runs are over.

latest looks ─┬─ controls that did not read right ─▶ Trust ─────────────────┐
              └─ how everybody that the run asked answered ─▶ own network? ─┴▶ Observation that may be told
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from audits.controls import UNCONTROLLED, trust_in
from audits.model import Account, Observation
from audits.reached import is_unreached, own_network_failed
from audits.reporting import as_known
from worker.storage import controls, nights, reading


def last_known(conn: Connection, accounts: Sequence[Account]) -> Mapping[int, Observation]:
    """What the latest look at each of these accounts saw, as far as its run may be believed; one that nobody looked at
    is left out.
    """
    looks = reading.last_looks(conn, [account.id for account in accounts])
    wrong = controls.read_wrong(conn, {run_id for run_id, _ in looks.values()})
    trusts = {run_id: trust_in(readings) for run_id, readings in wrong.items()}
    unreached = {run_id for run_id, seen in looks.values() if is_unreached(seen.reason)}
    endings = nights.endings(conn, unreached) if unreached else {}
    cut_off = {run_id for run_id, ended in endings.items() if own_network_failed(ended)}
    return {
        account.id: as_known(account.platform, seen, trusts.get(run_id, UNCONTROLLED), cut_off=run_id in cut_off)
        for account in accounts
        if account.id in looks
        for run_id, seen in [looks[account.id]]
    }
