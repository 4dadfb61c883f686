"""What a pasted text must be told to be.

profile(raw, key, url) · post(raw, url, owner, id) · hashtag(raw, platform, url) · nothing(raw, platform, kind)
"""

from __future__ import annotations

from dataclasses import dataclass

from audits.model import AddressKind


@dataclass(frozen=True, slots=True)
class Sample:
    """A pasted text, its column, and what it must be told to be."""

    raw: str
    platform: str | None
    kind: AddressKind
    key: str | None = None
    url: str | None = None
    owner: str | None = None
    suggest: str | None = None
    post: str | None = None
    context: str | None = None


def profile(raw: str, key: str, url: str, *, context: str | None = None) -> Sample:
    return Sample(raw, key.partition(":")[0], AddressKind.PROFILE, key, url, context=context)


def post(raw: str, url: str, platform: str, *, owner: str | None = None, post: str | None = None) -> Sample:
    return Sample(raw, platform, AddressKind.POST, url=url, owner=owner, post=post)


def hashtag(raw: str, platform: str, url: str) -> Sample:
    return Sample(raw, platform, AddressKind.HASHTAG, url=url)


def nothing(
    raw: str,
    platform: str | None = None,
    kind: AddressKind = AddressKind.OTHER,
    *,
    owner: str | None = None,
    suggest: str | None = None,
    context: str | None = None,
) -> Sample:
    return Sample(raw, platform, kind, owner=owner, suggest=suggest, context=context)
