"""Whether a run reached anybody: where none of several platforms was, our own network failed, no server of theirs.

    platforms asked, each with how that ended ─own_network_failed▶ bool

One platform alone proves nothing: it may be down by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

UNREACHED: Final = ("dns", "dns_timeout", "connect", "connect_timeout", "proxy")  # as the reason of a look begins
OWN_NETWORK: Final = "own_network"  # as the reason begins of a look that our own network kept from anybody
_STOPPED: Final = "stopped: "
_ENOUGH: Final = 2  # platforms


def is_unreached(reason: str) -> bool:
    """Whether a look ended before anybody answered; a host that was given up says so with its first reason."""
    return reason.removeprefix(_STOPPED).partition(":")[0] in UNREACHED


def own_network_failed(asked: Iterable[tuple[str, str]]) -> bool:
    """By the platforms that one run asked, and the reasons with which that ended ("" where one was read)."""
    ended = list(asked)
    return len({platform for platform, _ in ended}) >= _ENOUGH and all(is_unreached(reason) for _, reason in ended)
