"""What stands between this network and other people's pages, by the name of the setting that mends it.

settings, environment ─declared_obstacles────▶┬▶ Obstacle(name, culprit, told)
hosts ─try_hosts▶ Page of each ─obstacle_of──▶┘

What would mend an obstacle is wording: `doctor.network.` and its name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from audits.model import Page
from audits.wording.said import said
from config.permissions import Pace
from worker.fetching.exchanging import Ask
from worker.fetching.fetcher import Fetcher
from worker.fetching.limits import Agent, Budget
from worker.fetching.making import proxy_of, trust_of
from worker.fetching.networks import BadNetwork, Network
from worker.fetching.outcomes import Failure, NoPage, failure_of
from worker.fetching.urls import vetted

_PROXIES: Final = ("https_proxy", "http_proxy", "all_proxy")
_BUNDLES: Final = ("ssl_cert_file", "ssl_cert_dir", "requests_ca_bundle", "curl_ca_bundle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """`culprit` is the setting that is missing or wrong; `told` is what was seen."""

    name: str
    culprit: str
    told: str


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    culprit: str


_NAMES = _Kind("names_unknown", "egress_proxy_resolves")
_INSIDE = _Kind("resolves_inside", "own_internal_hosts")
_NO_WAY = _Kind("no_way_out", "egress_proxy")
_AUTHORITY = _Kind("unknown_authority", "ca_bundle")
_PROXY = _Kind("proxy_refuses", "egress_proxy")
_KINDS: Final = MappingProxyType(
    {
        Failure.DNS: _NAMES,
        Failure.DNS_TIMEOUT: _NAMES,
        Failure.NOT_PUBLIC: _INSIDE,
        Failure.CONNECT: _NO_WAY,
        Failure.CONNECT_TIMEOUT: _NO_WAY,
        Failure.READ_TIMEOUT: _NO_WAY,
        Failure.DEADLINE: _NO_WAY,
        Failure.RESET: _NO_WAY,
        Failure.CERTIFICATE: _AUTHORITY,
        Failure.TLS: _AUTHORITY,
        Failure.PROXY: _PROXY,
    }
)


def obstacle_of(page: Page) -> Obstacle | None:
    """What kept a trial from its page, where the network may be to blame."""
    failure = failure_of(page)
    kind = _KINDS.get(failure) if failure else None
    if kind is None:
        return None
    return Obstacle(name=kind.name, culprit=kind.culprit, told=f"{page.url}: {page.reason}")


def declared_obstacles(network: Network, agent: Agent, environment: Mapping[str, str]) -> tuple[Obstacle, ...]:
    """What is wrong with the settings themselves, before anything is asked. Values of variables are not repeated."""
    found = (
        _no_contact(agent),
        _wrong("egress_proxy", lambda: network.egress_proxy and proxy_of(network.egress_proxy)),
        _wrong("ca_bundle", lambda: trust_of(network)),
        _unused("egress_proxy", not network.egress_proxy, environment, _PROXIES),
        _unused("ca_bundle", network.ca_bundle is None, environment, _BUNDLES),
    )
    return tuple(each for each in found if each is not None)


async def try_hosts(fetcher: Fetcher, hosts: Collection[str]) -> tuple[Page, ...]:
    """Ask each host for its robots.txt, once, in that order."""
    return tuple([await _tried(fetcher, host) for host in hosts])


async def _tried(fetcher: Fetcher, host: str) -> Page:
    url = f"https://{host}/robots.txt"
    budget = Budget(fetcher.exchange.limits.total_seconds)
    try:
        return await fetcher.exchange.answer(Ask(url=vetted(url), pace=Pace()), budget)
    except NoPage as none:
        return fetcher.exchange.blank(url, none)


def _no_contact(agent: Agent) -> Obstacle | None:
    try:
        agent.check()
    except NoPage as none:
        return Obstacle(name="no_contact", culprit="agent_contact", told=f"{agent.contact!r}: {none.detail}")
    return None


def _wrong(culprit: str, use: Callable[[], object]) -> Obstacle | None:
    try:
        use()
    except BadNetwork as wrong:
        return Obstacle(name=f"bad_{culprit}", culprit=culprit, told=wrong.args[0])
    return None


def _unused(culprit: str, unset: bool, environment: Mapping[str, str], names: Collection[str]) -> Obstacle | None:
    """A variable that other programs follow and this one does not: whoever set it meant something by it."""
    named = sorted(name for name, value in environment.items() if name.lower() in names and value)
    if not unset or not named:
        return None
    return Obstacle(
        name=f"{culprit}_only_in_environment",
        culprit=culprit,
        told=said("doctor.network.unused", count=len(named), names=", ".join(named)),
    )
