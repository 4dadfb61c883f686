"""The one truth, in SQLite or PostgreSQL.

open_store(url) ─▶ SqlStore (ports.Store, ports.RegisterStore)        migrate.upgrade(url) ─▶ its tables

one transaction a method   store (register_rows, report_rows), letters, walk_store; elsewhere a class in its concern
below                      engine, dialect, among, columns, refusing    what the two databases do differently; tokens
                           codec, facts                                  values to rows and back
                           tables, migrations (migrate)                  what stands in the database
                           backup, room                                  a copy of it, and whether its disk has room
the register               register, places, organisation, importing, register_writing, undoing, newcomers, refused,
                           left
a night                    runs, leasing, observations, comparing, guarding, cases, controls, keys, pages, clocks
                           circumstances, seen, believing                what a look is worth, and what stands beside it
                           last_shown, last_seen                         the looks that last showed or denied
what was                   reading, timeline, histories, nights, statements
people                     deciding, holding, resting, closings, attesting, pictures, ruling
letters                    correspondence, told_before, outbox, links
elsewhere                  sightings, site_pages, walks, short_links, linked, lists, triage
"""

from worker.storage.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
