"""The closing word about skipped tests."""

from tests.left_out import left_out


def test_every_reason_is_told_once_with_its_count() -> None:
    assert left_out(["no corpus", "no redis-server", "no corpus"]) == [
        "Left out: 2 tests: no corpus",
        "Left out: 1 test: no redis-server",
    ]


def test_nothing_left_out_says_nothing() -> None:
    assert left_out([]) == []
