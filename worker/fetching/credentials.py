"""Keys, added at the last moment and never seen again.

    probe.key ─Credentials.apply─▶ Applied(headers, params) ─▶ the request ─hushed─▶ a page without their values

A key goes to its own hosts over https only, and a keyed request follows no redirect.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from audits.model import Probe
from config.keys import KeyUse
from worker.fetching.outcomes import Failure, NoPage
from worker.fetching.urls import host_of
from worker.pacing import Stop

_SILENT = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a key adds to one request. `secrets` are the values that must not be kept; `use` is what it costs."""

    hosts: Collection[str]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: Collection[str] = field(default=(), repr=False)
    use: KeyUse | None = None

    def onto(self, url: httpx.URL) -> httpx.URL:
        """The address with the key's parameters; raises `NoPage` where the key has no business."""
        if url.scheme != "https" or host_of(url) not in self.hosts:
            raise NoPage(Failure.KEY_ELSEWHERE, f"{url.scheme}://{host_of(url)}")
        return url.copy_merge_params(dict(self.params)) if self.params else url


class Credentials(Protocol):
    """What keys add to a request."""

    def apply(self, probe: Probe) -> Applied | None:
        """What the key named by `probe.key` adds; None where this deployment does not hold it.

        Raises `NoPage` where it holds one that cannot be used: expired, or its value not to be had.
        """
        ...

    def connected(self, platform: str) -> bool:
        """Whether this deployment holds any key of the platform."""
        ...


class Meter(Protocol):
    """Counts the uses of keys, for all processes together."""

    async def take(self, use: KeyUse) -> Stop | None:
        """Count a use before it is made; why it may not be made, where a ceiling is reached."""
        ...

    async def give_back(self, use: KeyUse) -> None:
        """Uncount a use that was not made after all."""
        ...


class Uncounted:
    """For keys that nobody has set a ceiling for."""

    async def take(self, use: KeyUse) -> Stop | None:
        del use
        return None

    async def give_back(self, use: KeyUse) -> None:
        del use


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: `header` or `param` carries `prefix` and the value, to `hosts` alone."""

    platform: str
    hosts: frozenset[str]
    value: str = field(repr=False)
    header: str = ""
    param: str = ""
    prefix: str = ""

    def applied(self) -> Applied:
        word = f"{self.prefix}{self.value}"
        return Applied(
            hosts=self.hosts,
            headers={self.header: word} if self.header else {},
            params={self.param: word} if self.param else {},
            secrets=(self.value,),
        )


@dataclass(frozen=True, slots=True)
class HeldKeys:
    """The keys of a deployment by the name that probes use."""

    keys: Mapping[str, Key] = field(default_factory=dict)

    def apply(self, probe: Probe) -> Applied | None:
        key = self.keys.get(probe.key or "")
        return key.applied() if key else None

    def connected(self, platform: str) -> bool:
        return any(key.platform == platform for key in self.keys.values())


def hushed(text: str, applied: Applied | None) -> str:
    """The text without the key, however an answer came to repeat it."""
    for secret in applied.secrets if applied else ():
        text = text.replace(secret, _SILENT)
    return text


def hushed_bytes(body: bytes, applied: Applied | None) -> bytes:
    """The body without the secrets that the question carried, which an answer may repeat."""
    for secret in applied.secrets if applied else ():
        body = body.replace(secret.encode(), _SILENT.encode())
    return body
