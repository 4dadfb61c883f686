"""The rules' versions: kept when the file says something new, and read to know which rules are in their shadow night.

RulesVersion ⇄ rules_version        a run ─shadowed▶ rules changed since the last whole night before it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, insert, select, text

from audits.rehearsing import RuleChanges
from worker.ports import Run, RunKind, RunState
from worker.ports.ruling import RulesVersion
from worker.storage import tables as t
from worker.storage.columns import Cells, dumps
from worker.storage.engine import Database


@dataclass(frozen=True, slots=True)
class SqlRules:
    """`ports.ruling.RulesStore` on SQLite or PostgreSQL. Every method may raise `StoreUnavailable`."""

    db: Database

    def latest_rules(self) -> RulesVersion | None:
        return self.db.read(_latest)

    def rules_history(self) -> Sequence[RulesVersion]:
        return self.db.read(_every)

    def keep_rules(self, version: RulesVersion, after: str | None) -> bool:
        return self.db.write(lambda conn: _keep(conn, version, after))


def shadowed(conn: Connection, run: Run) -> frozenset[str]:
    """The rules that changed since the last whole night before this run; the very first version shadows nothing."""
    night, kept = t.run.c, t.rules_version.c
    whole = select(func.max(night.started_at)).where(
        night.kind == RunKind.NIGHTLY.value,
        night.state == RunState.CLOSED.value,
        night.id != run.id,
        night.started_at <= run.started_at,
    )
    query = select(kept.changes).where(kept.at <= run.started_at, kept.id > select(func.min(kept.id)).scalar_subquery())
    if (last := conn.scalar(whole)) is not None:
        query = query.where(kept.at > last)
    return frozenset(rule for changes in conn.scalars(query) for rule in (*changes["added"], *changes["changed"]))


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
