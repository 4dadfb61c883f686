"""The one truth, in SQLite or PostgreSQL.

open_store(url) ─▶ SqlStore (ports.Store, ports.RegisterStore)        migrate.upgrade(url) ─▶ its tables

store ─▶ register importing runs leasing observations comparing cases reading timeline ─▶ codec dialect tables
"""

from worker.storage.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
