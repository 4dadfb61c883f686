"""Fetchers from their parts.

public_fetcher     the internet, from declared settings: guard, the city's proxy and authorities, pace, permissions
loopback_fetcher   a little web on this machine and nothing else: for the demo and the tests, called by their code only
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from ssl import SSLContext
from urllib.parse import unquote, urlsplit

import httpcore

from config.permissions import Permissions
from config.toml import bad
from worker.fetching.credentials import Credentials, HeldKeys, Meter, Uncounted
from worker.fetching.engine import GuardedTransport, MakeTransport, trusting
from worker.fetching.exchanging import Exchange
from worker.fetching.fetcher import Fetcher
from worker.fetching.guarding import GuardedBackend
from worker.fetching.kept_pages import KeptPages, NothingKept
from worker.fetching.limits import Agent, Limits
from worker.fetching.networks import BadNetwork, Network
from worker.fetching.permitting import Gate
from worker.fetching.resolving import ByProxy, LoopbackWeb, PublicInternet, Resolver, Whereabouts
from worker.fetching.robots import Copies
from worker.fetching.streams import AsyncioBackend
from worker.fetching.tunnelling import Proxy, TunnelBackend
from worker.pacing import Pacer


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How this deployment behaves towards others. `copies` and `kept_pages` outlive a fetcher; they may be shared.

    Days of decisions are those of `zone`.
    """

    permissions: Permissions
    pacer: Pacer
    agent: Agent
    clock: Callable[[], datetime]
    zone: tzinfo = UTC
    credentials: Credentials = field(default_factory=HeldKeys)
    meter: Meter = field(default_factory=Uncounted)
    kept_pages: KeptPages = field(default_factory=NothingKept)
    copies: Copies = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    follows: bool = True  # False: a redirect is an answer


def public_fetcher(network: Network, conduct: Conduct, resolver: Resolver) -> Fetcher:
    """Asks the internet, and only the internet. Raises `BadNetwork`."""
    backend = _way_out(network, resolver, conduct.limits)
    return guarded_fetcher(backend, trust_of(network), conduct, network.own_internal_hosts)


def public_transports(network: Network, resolver: Resolver) -> MakeTransport:
    """The same way out for what is no page: an access token. Raises `BadNetwork`."""
    return _transports(_way_out(network, resolver, Limits()), trust_of(network))


def _way_out(network: Network, resolver: Resolver, limits: Limits) -> httpcore.AsyncNetworkBackend:
    public = PublicInternet(resolver, network.own_internal_hosts, limits.connect_seconds)
    inner = AsyncioBackend()
    if not network.egress_proxy:
        return GuardedBackend(public, inner)
    where: Whereabouts = ByProxy(public) if network.egress_proxy_resolves else public
    return GuardedBackend(where, TunnelBackend(proxy_of(network.egress_proxy), inner))


def loopback_fetcher(sites: Mapping[str, tuple[str, int]], conduct: Conduct) -> Fetcher:
    """Asks only the named sites, each at its (loopback address, port), without TLS whatever their addresses say."""
    backend = GuardedBackend(LoopbackWeb(sites), AsyncioBackend(), plain=True)
    return guarded_fetcher(backend, trusting(), conduct)


def guarded_fetcher(
    backend: httpcore.AsyncNetworkBackend,
    trust: SSLContext,
    conduct: Conduct,
    own_internal_hosts: frozenset[str] = frozenset(),
) -> Fetcher:
    """A fetcher whose connections are all opened by `backend`."""
    exchange = Exchange(
        make_transport=_transports(backend, trust),
        pacer=conduct.pacer,
        kept_pages=conduct.kept_pages,
        agent=conduct.agent,
        limits=conduct.limits,
        clock=conduct.clock,
        meter=conduct.meter,
    )
    gate = Gate(
        permissions=conduct.permissions,
        credentials=conduct.credentials,
        copies=conduct.copies,
        exchange=exchange,
        clock=conduct.clock,
        zone=conduct.zone,
        own_internal_hosts=own_internal_hosts,
    )
    return Fetcher(
        gate=gate,
        exchange=exchange,
        credentials=conduct.credentials,
        follows=conduct.follows,
    )


def proxy_of(address: str) -> Proxy:
    """Raises `BadNetwork`."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme != "http" or not parts.hostname or port is None:
        raise bad(BadNetwork, "egress_proxy", "setting.no_proxy")
    return Proxy.at(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


def trust_of(network: Network) -> SSLContext:
    """Raises `BadNetwork`."""
    try:
        return trusting(network.ca_bundle)
    except OSError as wrong:  # ssl.SSLError is one
        raise bad(BadNetwork, "ca_bundle", "setting.no_certificates", file=network.ca_bundle) from wrong


def _transports(backend: httpcore.AsyncNetworkBackend, trust: SSLContext) -> MakeTransport:
    def make() -> GuardedTransport:
        return GuardedTransport(backend, trust)

    return make
