from datetime import datetime, timedelta

from tests.builders import NIGHT
from worker.keeping import StoredPages
from worker.ports import KeptPage, StoreUnavailable
from worker.storage import SqlStore

URL = "https://social.almestad.example/@almestad"
PAGE = KeptPage(status=200, headers={"etag": '"a"'}, body=b"sida" * 1000, etag='"a"', last_modified="")


def test_a_page_comes_back_as_it_was_kept(store: SqlStore):
    kept_pages = StoredPages(store, lambda: NIGHT)
    assert kept_pages.get(URL) is None
    kept_pages.put(URL, PAGE)
    assert kept_pages.get(URL) == PAGE


def test_the_newest_version_replaces_the_one_before(store: SqlStore):
    kept_pages = StoredPages(store, lambda: NIGHT)
    kept_pages.put(URL, PAGE)
    newer = KeptPage(status=200, headers={}, body=b"ny", etag="", last_modified="Tue, 03 Nov 2026 02:15:00 GMT")
    kept_pages.put(URL, newer)
    assert kept_pages.get(URL) == newer


def test_what_was_kept_too_long_ago_is_forgotten(store: SqlStore):
    StoredPages(store, lambda: NIGHT).put(URL, PAGE)
    assert store.forget_pages(NIGHT) == 0
    assert store.forget_pages(NIGHT + timedelta(seconds=1)) == 1
    assert store.kept_page(URL) is None


class Unanswering:
    """A database that does not answer."""

    def kept_page(self, url: str) -> KeptPage | None:
        raise StoreUnavailable(url)

    def keep_page(self, url: str, page: KeptPage, now: datetime) -> None:
        raise StoreUnavailable(f"{url}: {len(page.body)} bytes at {now}")

    def forget_pages(self, before: datetime) -> int:
        raise StoreUnavailable(str(before))


def test_a_database_that_does_not_answer_costs_no_look_that_a_kept_page_would_only_have_saved() -> None:
    kept_pages = StoredPages(Unanswering(), lambda: NIGHT)
    kept_pages.put(URL, PAGE)
    assert kept_pages.get(URL) is None
