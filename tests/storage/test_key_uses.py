"""The uses of keys are counted once for all processes, and never past a ceiling."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from config.keys import KeyUse, Limit
from worker.storage import SqlStore, open_store

TODAY, MONTH = Limit("2026-11-03", 10_000), Limit("2026-11", 25_000)


def a_use(cost: int = 1_000, day: str = TODAY.period, name: str = "x") -> KeyUse:
    return KeyUse(name=name, cost=cost, unit="USD", limits=(Limit(day, TODAY.ceiling), MONTH))


def used(store: SqlStore, name: str = "x") -> dict[str, int]:
    return dict(store.key_uses(name, [TODAY.period, MONTH.period, "2026-11-04"]))


def test_a_use_counts_in_its_day_and_in_its_month(store: SqlStore) -> None:
    assert store.take_key_use(a_use()) is None
    assert store.take_key_use(a_use(500)) is None
    assert used(store) == {"2026-11-03": 1_500, "2026-11": 1_500}


def test_a_key_that_was_never_used_has_used_nothing(store: SqlStore) -> None:
    assert used(store) == {}


def test_a_use_that_would_pass_a_ceiling_is_not_counted_at_all(store: SqlStore) -> None:
    assert store.take_key_use(a_use(9_500)) is None
    assert store.take_key_use(a_use(501)) == TODAY
    assert store.take_key_use(a_use(500)) is None
    assert used(store) == {"2026-11-03": 10_000, "2026-11": 10_000}


def test_a_new_day_is_open_again_until_the_month_is_full(store: SqlStore) -> None:
    for day in ("2026-11-03", "2026-11-04"):
        assert store.take_key_use(a_use(10_000, day)) is None
    assert store.take_key_use(a_use(5_000, "2026-11-05")) is None
    assert store.take_key_use(a_use(1, "2026-11-05")) == MONTH
    assert used(store)["2026-11"] == 25_000


def test_a_use_that_was_not_made_is_given_back(store: SqlStore) -> None:
    store.take_key_use(a_use(10_000))
    store.give_back_key_use(a_use(10_000))
    assert used(store) == {"2026-11-03": 0, "2026-11": 0}


def test_keys_are_counted_apart(store: SqlStore) -> None:
    store.take_key_use(a_use(10_000))
    assert store.take_key_use(a_use(10_000, name="youtube")) is None


def test_a_key_without_a_ceiling_is_counted_all_the_same(store: SqlStore) -> None:
    free = KeyUse(name="vimeo", cost=10**12, unit="calls", limits=(Limit("2026-11-03", None), Limit("2026-11", None)))
    assert store.take_key_use(free) is None
    assert used(store, "vimeo")["2026-11"] == 10**12


def test_many_who_ask_at_once_never_pass_the_ceiling_together(store_url: str) -> None:
    def take(_: int) -> bool:
        own = open_store(store_url)
        try:
            return own.take_key_use(a_use(1_000)) is None
        finally:
            own.close()

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(take, range(24)))
    store = open_store(store_url)
    assert sum(taken) == 10
    assert used(store) == {"2026-11-03": 10_000, "2026-11": 10_000}
    store.close()
