"""From a name to the addresses that may be dialled, once per connection.

PublicInternet   one lookup, every record checked, own internal hosts excepted by name
ByProxy          the same, but a name that only the city's proxy can look up is left to the proxy
LoopbackWeb      a table of names served on this machine, for the demo and the tests; never made from settings
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Protocol, TypeAlias

from audits.wording.reasons import quoted
from worker.fetching.outcomes import Failure, NoPage
from worker.fetching.public_addresses import is_address, is_inside, why_refused
from worker.fetching.urls import PORTS

Resolver: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
"""A host name to all its addresses; raises `OSError`."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a connection is opened to: a literal address, but for names that are left to a proxy."""

    host: str
    port: int


class Whereabouts(Protocol):
    """Where a host may be dialled."""

    async def targets(self, host: str, port: int) -> Sequence[Target]:
        """Where `host` may be dialled; raises `NoPage`."""
        ...


class SystemResolver:
    """The machine's own resolver, in threads of its own: a hanging lookup holds up no other work."""

    def __init__(self, threads: int = 8) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="lookup")

    async def __call__(self, host: str) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host)
        return tuple(dict.fromkeys(str(record[4][0]) for record in found))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str) -> Sequence[tuple[object, object, object, str, tuple[object, ...]]]:
    return socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)


@dataclass(frozen=True, slots=True)
class PublicInternet:
    """`own_internal_hosts` may resolve to private addresses as well; a lookup may take `seconds`."""

    resolver: Resolver
    own_internal_hosts: Collection[str] = frozenset()
    seconds: float = 5

    async def targets(self, host: str, port: int) -> Sequence[Target]:
        if port not in PORTS:
            raise NoPage(Failure.PORT, str(port))
        addresses = [host] if is_address(host) else await self.look_up(host)
        for address in addresses:
            self._check(host, address)
        return [Target(str(ip_address(address)), port) for address in addresses]

    async def look_up(self, host: str) -> Sequence[str]:
        try:
            async with asyncio.timeout(self.seconds):
                addresses = await self.resolver(host)
        except TimeoutError as late:
            raise NoPage(Failure.DNS_TIMEOUT, host) from late
        except (OSError, UnicodeError) as wrong:
            raise NoPage(Failure.DNS, host) from wrong
        if not addresses:
            raise NoPage(Failure.DNS, f"no_address: {host}")
        return addresses

    def _check(self, host: str, address: str) -> None:
        """One bad record spoils the name: which of them would be dialled is not ours to foresee."""
        why = why_refused(address)
        if why and not (host in self.own_internal_hosts and is_inside(address)):
            raise NoPage(Failure.NOT_PUBLIC, f"{host}, {address}, {quoted(why)}")


@dataclass(frozen=True, slots=True)
class ByProxy:
    """Behind a proxy that does the lookups. What can be looked up here as well is still checked here.

    A name that only a network's own names can be is never left to it. Where a name of the internet leads is the
    proxy's to see to: it must not connect to what lies inside.
    """

    public: PublicInternet

    async def targets(self, host: str, port: int) -> Sequence[Target]:
        try:
            await self.public.targets(host, port)
        except NoPage as wrong:
            if wrong.failure not in {Failure.DNS, Failure.DNS_TIMEOUT}:
                raise
            if is_a_networks_own(host) and host not in self.public.own_internal_hosts:
                raise NoPage(Failure.NOT_PUBLIC, host) from wrong
        return [Target(host, port)]


_NEVER_DELEGATED: Final = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan"}
)


def is_a_networks_own(host: str) -> bool:
    """Whether no name of the internet can be called so: one label, or one that ends as only inner networks' names do.

    RFC 6761 and RFC 6762 with its appendix G, RFC 8375; `internal` is reserved by ICANN (2024-07-29).
    """
    labels = host.rstrip(".").split(".")
    return len(labels) == 1 or labels[-1] in _NEVER_DELEGATED or labels[-2:] == ["home", "arpa"]


@dataclass(frozen=True, slots=True)
class LoopbackWeb:
    """Names that live on this machine, each at its own (address, port). Every other name is unknown."""

    sites: Mapping[str, tuple[str, int]]

    async def targets(self, host: str, port: int) -> Sequence[Target]:  # noqa: ARG002 - a site has one port for both
        if host not in self.sites:
            raise NoPage(Failure.DNS, host)
        address, own_port = self.sites[host]
        if not ip_address(address).is_loopback:
            raise NoPage(Failure.NOT_PUBLIC, address)
        return [Target(address, own_port)]
