"""The tables.

    administration ◀─ unit ◀─ account_owner ─▶ account ◀─ account_key, account_pin        what is registered
    register_import ◀─ register_change ─▶ account                                          who changed it, and why
    run ◀─ run_account ─▶ observation ◀─ finding        the ledger: one slot per run and account, and what it left
    standing, drift, held, cases ◀─ case_event                                             what is held true of it
    lane                                                one row per host; holding its lock is leave to lease it
    statement ─▶ account         control_reading ─▶ run       what people state; whether a route could be trusted
    key_use                                             what the platforms' keys have used up, by day and month
    kept_page                                           pages that may be asked for only if they changed

Dated rows are current while `valid_to` is null. An observation or a finding is a row only where it differs from the
one before: the slots of the ledger point at what was seen, also on the nights that added nothing.
Enumerations are stored as their texts. `migrations/` builds the same tables; a test holds them equal.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from worker.storage.columns import Id, Json, UtcTime, Words
from worker.storage.tables.base import metadata, one_current

# --- register

administration = Table(
    "administration",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False),
    Column("short", Words),
    Column("recipient", Words),  # e-mail address; none: the officer's
    Column("language", Words),  # in which it is told; none: the deployment's
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),
)
one_current(administration.c.name)

unit = Table(
    "unit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("administration_id", Id, ForeignKey(administration.c.id), nullable=False),
    Column("name", Words, nullable=False),
    Column("recipient", Words),  # e-mail address; none: the administration's
    Column("language", Words),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),
)
one_current(unit.c.administration_id, unit.c.name)

account = Table(
    "account",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ref", Words),  # the register file's own id, where it has one
    Column("platform", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("purpose", Words),
    Column("language", Words),
    Column("registered_on", Date),
    Column("ends_on", Date),
    Column("season_months", Json, nullable=False),
    Column("limits", Json, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("removed_at", UtcTime),  # never deleted: what was seen of it stays
)
_IS_REGISTERED = account.c.removed_at.is_(None)
Index("uq_account_ref", account.c.ref, unique=True, sqlite_where=_IS_REGISTERED, postgresql_where=_IS_REGISTERED)

account_key = Table(
    "account_key",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("raw", Words),  # as it was pasted, beside what was made of it
    Column("address", Words),
    Column("key", Words),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),
)
one_current(account_key.c.account_id)

account_owner = Table(
    "account_owner",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("administration_id", Id, ForeignKey(administration.c.id), index=True),
    Column("unit_id", Id, ForeignKey(unit.c.id)),
    Column("recipient", Words),  # what the register's row says, which may be narrower than its unit's
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),
)
one_current(account_owner.c.account_id)

account_pin = Table(
    "account_pin",
    metadata,
    Column("account_id", Id, ForeignKey(account.c.id), primary_key=True),
    Column("namespace", Text, primary_key=True),
    Column("value", Words, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("how", Text, nullable=False),
    Column("again_at", UtcTime),
)

register_import = Table(
    "register_import",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("undoes_id", Id, ForeignKey("register_import.id"), unique=True),
    Column("effective_on", Date),  # the local day from which it holds, where that is not the day it was done
)

register_change = Table(
    "register_change",
    metadata,
    Column("id", Id, primary_key=True),
    Column("import_id", Id, ForeignKey(register_import.c.id), nullable=False, index=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("before", Json),
    Column("after", Json),
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
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
)
_IS_NIGHTLY = run.c.kind == "nightly"
Index("uq_run_night", run.c.local_date, unique=True, sqlite_where=_IS_NIGHTLY, postgresql_where=_IS_NIGHTLY)

lane = Table("lane", metadata, Column("name", Words, primary_key=True))

observation = Table(
    "observation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("run_id", Id, ForeignKey(run.c.id), nullable=False),  # the run that saw it first
    Column("observed_at", UtcTime, nullable=False),
    Column("transport", Text, nullable=False),
    Column("existence", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("route", Text),
    Column("url", Words),
    Column("reason", Words, nullable=False),
    Column("stated", Boolean, nullable=False),
    Column("basis", Words, nullable=False),
    Column("facts", Json, nullable=False),
    Column("markers", Json, nullable=False),
    Column("attempts", Json, nullable=False),
    Column("digest", Text, nullable=False),
    Index("ix_observation_account_id_id", "account_id", "id"),
)

finding = Table(
    "finding",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False, index=True),
    Column("run_id", Id, ForeignKey(run.c.id), nullable=False),  # the run that found it first
    Column("rule", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("seen", Json, nullable=False),
    Column("confirmation", Json, nullable=False),  # looks, hours, gap_hours
    Column("evidence", Json, nullable=False),
    Column("digest", Text, nullable=False),
)

run_account = Table(
    "run_account",
    metadata,
    Column("run_id", Id, ForeignKey(run.c.id), primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), primary_key=True),
    Column("lane", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("lease_token", Text),  # kept when done, so that a repeated commit is known for what it is
    Column("lease_until", UtcTime),
    Column("attempts", Integer, nullable=False),
    Column("observation_id", Id, ForeignKey(observation.c.id)),
    Column("findings", Json),  # ids of all findings of this look, new and old, in the order judged
    Column("observed_at", UtcTime),
    Column("finished_at", UtcTime),
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
    Column("finding_id", Id, ForeignKey(finding.c.id)),  # the latest
    Column("outcome", Text, nullable=False, server_default="passed"),
    Column("fingerprint", Words, nullable=False, server_default=""),
    Column("severity", Text),
    Column("decided_at", UtcTime),
    Column("pending_outcome", Text),
    Column("pending_fingerprint", Words),
    Column("pending_since", UtcTime),
    Column("pending_last", UtcTime),
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
    Column("at", UtcTime, nullable=False),
)

cases = Table(  # the singular is a reserved word
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False),
    Column("rule", Text, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("fingerprint_digest", Text, nullable=False),  # a fingerprint may be longer than an index can hold
    Column("state", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("seen", Json, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("until", Date),
    UniqueConstraint("account_id", "rule", "fingerprint_digest"),
)

case_event = Table(
    "case_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey(cases.c.id, ondelete="CASCADE"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("act", Text, nullable=False),  # what was done; the state itself where a look did it
    Column("state", Text, nullable=False),
    Column("by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("until", Date),
    UniqueConstraint("case_id", "at", "act"),
)

# --- what people state, and what stands around a look

statement = Table(
    "statement",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(account.c.id), nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Words, nullable=False),
    Column("on", Date, nullable=False),  # the day that is spoken of
    Column("source_url", Words),
)

control_reading = Table(
    "control_reading",
    metadata,
    Column("run_id", Id, ForeignKey(run.c.id), primary_key=True),
    Column("platform", Text, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("side", Text, primary_key=True),  # present or absent: which of the two controls
    Column("transport", Text, nullable=False),
    Column("existence", Text, nullable=False),
    Column("reason", Words, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
)

key_use = Table(
    "key_use",
    metadata,
    Column("name", Text, primary_key=True),
    Column("period", Text, primary_key=True),  # a day or a month
    Column("used", BigInteger, nullable=False),  # thousandths of the key's unit
)

kept_page = Table(
    "kept_page",
    metadata,
    Column("url", Text, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("headers", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("kept_at", UtcTime, nullable=False, index=True),
)
