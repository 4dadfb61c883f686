"""The first release's tables, as they were then: `tables` may change, a revision never does.

upgrade ─▶ every table below        downgrade ─▶ none of them
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Id = BigInteger().with_variant(Integer, "sqlite")
Time = DateTime(timezone=True)


def upgrade() -> None:
    metadata.create_all(op.get_bind(), checkfirst=False)


def downgrade() -> None:
    metadata.drop_all(op.get_bind(), checkfirst=False)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _one_current(*columns: Column[Any]) -> None:
    """At most one row with these values is current."""
    table = columns[0].table
    still = table.c.valid_to.is_(None)
    Index(f"uq_{table.name}_current", *columns, unique=True, sqlite_where=still, postgresql_where=still)


# --- register

administration = Table(
    "administration",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("short", Text),
    Column("valid_from", Time, nullable=False),
    Column("valid_to", Time),
)
_one_current(administration.c.name)

unit = Table(
    "unit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("administration_id", Id, ForeignKey(administration.c.id), nullable=False),
    Column("name", Text, nullable=False),
    Column("recipient", Text),
    Column("valid_from", Time, nullable=False),
    Column("valid_to", Time),
)
_one_current(unit.c.administration_id, unit.c.name)

account = Table(
    "account",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ref", Text),
    Column("platform", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("purpose", Text),
    Column("language", Text),
    Column("registered_on", Date),
    Column("ends_on", Date),
    Column("season_months", JSON, nullable=False),
    Column("limits", JSON, nullable=False),
    Column("added_at", Time, nullable=False),
    Column("removed_at", Time),
)
_IS_REGISTERED = account.c.removed_at.is_(None)
Index("uq_account_ref", account.c.ref, unique=True, sqlite_where=_IS_REGISTERED, postgresql_where=_IS_REGISTERED)

account_key = Table(
    "account_key",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("raw", Text),
    Column("address", Text),
    Column("key", Text),
    Column("valid_from", Time, nullable=False),
    Column("valid_to", Time),
)
_one_current(account_key.c.account_id)

account_owner = Table(
    "account_owner",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("administration_id", Id, ForeignKey(administration.c.id), index=True),
    Column("unit_id", Id, ForeignKey(unit.c.id)),
    Column("recipient", Text),
    Column("valid_from", Time, nullable=False),
    Column("valid_to", Time),
)
_one_current(account_owner.c.account_id)

account_pin = Table(
    "account_pin",
    metadata,
    Column("account_id", Id, ForeignKey(account.c.id), primary_key=True),
    Column("namespace", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("since", Time, nullable=False),
    Column("how", Text, nullable=False),
)

register_import = Table(
    "register_import",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Time, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("undoes_id", Id, ForeignKey("register_import.id"), unique=True),
)

register_change = Table(
    "register_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("import_id", Id, ForeignKey(register_import.c.id), nullable=False, index=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
)

# --- runs

run = Table(
    "run",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("request_id", Text, unique=True),
    Column("state", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("started_at", Time, nullable=False),
    Column("finished_at", Time),
)
_IS_NIGHTLY = run.c.kind == "nightly"
Index("uq_run_night", run.c.local_date, unique=True, sqlite_where=_IS_NIGHTLY, postgresql_where=_IS_NIGHTLY)

lane = Table("lane", metadata, Column("name", Text, primary_key=True))

observation = Table(
    "observation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("run_id", Id, ForeignKey(run.c.id), nullable=False),
    Column("observed_at", Time, nullable=False),
    Column("transport", Text, nullable=False),
    Column("existence", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("route", Text),
    Column("url", Text),
    Column("reason", Text, nullable=False),
    Column("stated", Boolean, nullable=False),
    Column("basis", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("markers", JSON, nullable=False),
    Column("attempts", JSON, nullable=False),
    Column("digest", Text, nullable=False),
    Index("ix_observation_account_id_id", "account_id", "id"),
)

finding = Table(
    "finding",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False, index=True),
    Column("run_id", Id, ForeignKey(run.c.id), nullable=False),
    Column("rule", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("seen", JSON, nullable=False),
    Column("confirmation", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("digest", Text, nullable=False),
)

run_account = Table(
    "run_account",
    metadata,
    Column("run_id", Id, ForeignKey(run.c.id), primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), primary_key=True),
    Column("lane", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("lease_token", Text),
    Column("lease_until", Time),
    Column("attempts", Integer, nullable=False),
    Column("observation_id", Id, ForeignKey(observation.c.id)),
    Column("findings", JSON),
    Column("observed_at", Time),
    Column("finished_at", Time),
    Column("compared", Boolean, nullable=False, server_default=false()),
    Index("ix_run_account_account_id_finished_at", "account_id", "finished_at"),
)
_IS_LEASED = run_account.c.state == "leased"
Index("ix_run_account_leased", run_account.c.lane, sqlite_where=_IS_LEASED, postgresql_where=_IS_LEASED)

# --- what is held true

standing = Table(
    "standing",
    metadata,
    Column("account_id", Id, ForeignKey(account.c.id), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("finding_id", Id, ForeignKey(finding.c.id)),
    Column("outcome", Text, nullable=False, server_default="passed"),
    Column("fingerprint", Text, nullable=False, server_default=""),
    Column("severity", Text),
    Column("decided_at", Time),
    Column("pending_outcome", Text),
    Column("pending_fingerprint", Text),
    Column("pending_since", Time),
    Column("pending_last", Time),
    Column("pending_looks", Integer),
)

drift = Table(
    "drift",
    metadata,
    Column("run_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("finding_id", Id, ForeignKey(finding.c.id), nullable=False),
    ForeignKeyConstraint(
        ["run_id", "account_id"], [run_account.c.run_id, run_account.c.account_id], name="fk_drift_run_account"
    ),
)

held = Table(
    "held",
    metadata,
    Column("run_id", Id, ForeignKey(run.c.id), primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("changed", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("at", Time, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("rule", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("fingerprint_digest", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("opened_at", Time, nullable=False),
    Column("changed_at", Time, nullable=False),
    Column("seen", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date),
    UniqueConstraint("account_id", "rule", "fingerprint_digest"),
)

case_event = Table(
    "case_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey(cases.c.id, ondelete="CASCADE"), nullable=False),
    Column("at", Time, nullable=False),
    Column("act", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date),
    UniqueConstraint("case_id", "at", "act"),
)
