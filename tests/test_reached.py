"""Our own network is to blame only where none of several platforms was reached."""

from __future__ import annotations

import pytest

from audits.reached import own_network_failed

DNS = "dns: mastodon.example"


@pytest.mark.parametrize(
    ("asked", "failed"),
    [
        ({("mastodon", DNS), ("x", "connect")}, True),
        ({("mastodon", DNS), ("x", "stopped: dns: x.com")}, True),
        ({("mastodon", DNS)}, False),
        ({("mastodon", DNS), ("mastodon", "dns_timeout")}, False),
        ({("mastodon", DNS), ("x", "")}, False),
        ({("mastodon", DNS), ("x", "reset: no_answer")}, False),
        (set(), False),
    ],
)
def test_where_none_of_several_platforms_was_reached_it_is_our_own_network(asked: set[tuple[str, str]], failed: bool):
    assert own_network_failed(asked) is failed
