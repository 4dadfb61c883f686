"""One account shown in two networks, and accounts that stand under the city's own name.

mastodon:almestad@threads.net                  ─▶ threads:almestad
mastodon:almestad.bsky.social@bsky.brid.gy     ─▶ bluesky:almestad.bsky.social
bluesky:almestad.social.example.ap.brid.gy     ─▶ mastodon:almestad@social.example
bluesky:kultur.almestad.example                ─▶ whoever has that domain: the name is proven by DNS

Sources: Threads in the fediverse (help.instagram.com); fed.brid.gy/docs; atproto.com/specs/handle.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from audits.addresses import is_own_host

_FORMS: Final = (
    (re.compile(r"mastodon:([^@]+)@(?:www\.)?threads\.(?:net|com)"), "threads:{0}"),
    (re.compile(r"mastodon:([^@]+)@bsky\.brid\.gy"), "bluesky:{0}"),
    (re.compile(r"bluesky:([^.]+)\.(.+)\.ap\.brid\.gy"), "mastodon:{0}@{1}"),
)
_NAMED_BY_HOST: Final = ("bluesky", "mastodon")


def is_one_of(key: str, ours: Collection[str], domains: Iterable[str]) -> bool:
    """Whether a key shows one of our accounts in another network, or lies under a domain of ours."""
    found = ((form.fullmatch(key), shown) for form, shown in _FORMS)
    mirrored = next((shown.format(*match.groups()) for match, shown in found if match), None)
    platform, _, handle = key.partition(":")
    host = handle.rpartition("@")[2]
    return mirrored in ours or (platform in _NAMED_BY_HOST and is_own_host(host, domains))
