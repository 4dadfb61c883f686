"""Post ids that carry their own time, against ids whose time is known from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.reading.ids import ID_TIMES, bluesky_time, instagram_time, linkedin_time, mastodon_time, tiktok_time, x_time


@pytest.mark.parametrize(
    ("read", "post_id", "at"),
    [
        # X API docs, Twitter IDs (snowflake): the post shown there, with its created_at
        (x_time, "1050118621198921728", datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)),
        # obsidianforensics/unfurl, unfurl/tests/unit/test_linkedin.py
        (linkedin_time, "6685980502161199104", datetime(2020, 7, 6, 18, 59, 31, tzinfo=UTC)),
        # Mastodon API docs, Status entity: the example's id and created_at
        (mastodon_time, "103270115826048975", datetime(2019, 12, 8, 3, 48, 33, tzinfo=UTC)),
        # a recorded video page and a recorded post page, which state the time beside the id
        (tiktok_time, "6806030056956251397", datetime(2020, 3, 19, 21, 12, 41, tzinfo=UTC)),
        (bluesky_time, "3mddvy5bv6k27", datetime(2026, 1, 26, 18, 50, 48, tzinfo=UTC)),
        # a recorded profile: the upload begins a little before the post is public
        (instagram_time, "BxIfL3iAuhV", datetime(2019, 5, 6, 19, 20, 59, tzinfo=UTC)),
    ],
)
def test_an_id_tells_when_it_was_made(read: Callable[[str], datetime], post_id: str, at: datetime) -> None:
    assert abs(read(post_id) - at) < timedelta(seconds=5)


def test_a_short_code_and_its_number_tell_the_same_time() -> None:
    assert instagram_time("ySl7G9tO_q") == instagram_time("905953264702648298")


@pytest.mark.parametrize("platform", sorted(ID_TIMES))
@pytest.mark.parametrize("post_id", ["", "0", "1", "abc!", "pfbid02abcdef", "9" * 25, "-1", "٣٣٣", " 1"])
def test_what_is_no_id_has_no_time(platform: str, post_id: str) -> None:
    assert ID_TIMES[platform](post_id) is None


@given(st.sampled_from(sorted(ID_TIMES)), st.text(max_size=25) | st.integers(0, 2**70).map(str))
def test_no_id_lies_outside_the_years_of_these_platforms(platform: str, post_id: str) -> None:
    at = ID_TIMES[platform](post_id)
    assert at is None or 2004 <= at.year <= 2100


@given(st.sampled_from(["x", "linkedin", "tiktok", "mastodon"]), st.integers(2**62, 2**63 - 2**33))
def test_a_larger_id_is_never_older(platform: str, number: int) -> None:
    earlier, later = ID_TIMES[platform](str(number)), ID_TIMES[platform](str(number + 2**33))
    assert earlier is None or later is None or earlier <= later
