"""The rules' versions: kept when the file says something new, and read to know which rules are in their shadow night.

RulesVersion ⇄ rules_version        a run ─shadowed▶ rules changed since all that it looks at was last looked at
                                          ─changed_at▶ when each rule changed last
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select, text

from audits.rehearsing import RuleChanges
from worker.ports import Run, RunKind, RunState
from worker.ports.ruling import RulesVersion
from worker.storage import tables as t
from worker.storage.columns import Cells, dumps
from worker.storage.engine import OnDatabase


@dataclass(frozen=True, slots=True)
class SqlRules(OnDatabase):
    """`ports.ruling.RulesStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    def latest_rules(self) -> RulesVersion | None:
        return self.db.read(_latest)

    def rules_history(self) -> Sequence[RulesVersion]:
        return self.db.read(_every)

    def keep_rules(self, version: RulesVersion, after: str | None) -> bool:
        return self.db.write(lambda conn: _keep(conn, version, after))


def shadowed(conn: Connection, run: Run) -> frozenset[str]:
    """The rules that changed since the last look before this run at all that it looks at."""
    night = t.run.c
    whole = select(func.max(night.started_at)).where(
        night.kind == RunKind.NIGHTLY.value, *_closed_before(run), night.started_at <= run.started_at
    )
    last = conn.scalar(whole)
    since = [each for each in _changes(conn, run) if last is None or each.at > last]
    if not since:
        return frozenset()
    asked = select(func.max(night.started_at)).where(
        *_closed_before(run), night.started_at >= since[0].at, night.local_date < run.local_date, _covers(run)
    )
    seen = conn.scalar(asked)
    return frozenset(rule for each in since if seen is None or each.at > seen for rule in each.rules)


def changed_at(conn: Connection, run: Run) -> Mapping[str, datetime]:
    """When each rule that is not as it was at first changed last before this run began."""
    return {rule: each.at for each in _changes(conn, run) for rule in each.rules}


def text_at(conn: Connection, at: datetime) -> str | None:
    """The text of the version that was in use at that moment."""
    kept = t.rules_version.c
    return conn.scalar(select(kept.text).where(kept.at <= at).order_by(kept.at.desc(), kept.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class _Change:
    at: datetime
    rules: tuple[str, ...]


def _changes(conn: Connection, run: Run) -> Sequence[_Change]:
    """What the versions before this run changed, the oldest first; the very first of all changed nothing."""
    kept = t.rules_version.c
    later = (kept.at <= run.started_at, kept.id > select(func.min(kept.id)).scalar_subquery())
    rows = conn.execute(select(kept.at, kept.changes).where(*later).order_by(kept.at, kept.id))
    return [_Change(at, (*changes["added"], *changes["changed"])) for at, changes in rows]


def _closed_before(run: Run) -> tuple[ColumnElement[bool], ...]:
    return t.run.c.state == RunState.CLOSED.value, t.run.c.id != run.id


def _covers(run: Run) -> ColumnElement[bool]:
    """Whether a run had a slot for every account that this one has."""
    own, other = t.run_account.alias(), t.run_account.alias()
    same = (other.c.run_id == t.run.c.id, other.c.account_id == own.c.account_id)
    looked_at = exists().where(*same).correlate(t.run, own)
    return ~exists().where(own.c.run_id == run.id, ~looked_at).correlate(t.run)


def _latest(conn: Connection) -> RulesVersion | None:
    newest = select(t.rules_version).order_by(t.rules_version.c.id.desc()).limit(1)
    row = conn.execute(newest).mappings().one_or_none()
    return _version(row) if row else None


def _every(conn: Connection) -> Sequence[RulesVersion]:
    rows = conn.execute(select(t.rules_version).order_by(t.rules_version.c.id.desc())).mappings()
    return tuple(map(_version, rows))


def _version(cells: Cells) -> RulesVersion:
    return RulesVersion(
        at=cells["at"],
        digest=cells["digest"],
        text=cells["text"],
        rules=cells["rules"],
        changes=RuleChanges(**{name: tuple(rules) for name, rules in cells["changes"].items()}),
        effect={name: (created, removed) for name, (created, removed) in cells["effect"].items()},
    )


def _keep(conn: Connection, version: RulesVersion, after: str | None) -> bool:
    if conn.dialect.name == "postgresql":  # SQLite has one writer anyway
        conn.execute(text("LOCK TABLE rules_version IN SHARE ROW EXCLUSIVE MODE"))
    latest = _latest(conn)
    if (latest.digest if latest else None) != after:
        return False
    conn.execute(
        insert(t.rules_version).values(
            at=version.at,
            digest=version.digest,
            text=version.text,
            rules=dumps(dict(version.rules)),
            changes=dumps(asdict(version.changes)),
            effect=dumps({name: list(counts) for name, counts in version.effect.items()}),
        )
    )
    return True
