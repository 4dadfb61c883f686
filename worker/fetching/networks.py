"""What a city's network needs to be told: Settings ─▶ Network, or BadNetwork.

Apart from `making`, so that whoever only names them loads no client.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from config.unusable import Unusable


class BadNetwork(Unusable):
    """The network settings cannot be used; the message names the setting, its value and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What a city's network needs to be told. Nothing of it is taken from proxy variables of the environment.

    `egress_proxy`            `http://[name:password@]host:port`, through which every connection is opened
    `egress_proxy_resolves`   True where names of the internet can only be looked up by the proxy
    `ca_bundle`               PEM file of the authorities that sign for the city's own inspection of TLS
    `own_internal_hosts`      hosts of the city's own that resolve to private addresses from within
    """

    egress_proxy: str = field(default="", repr=False)
    egress_proxy_resolves: bool = False
    ca_bundle: Path | None = None
    own_internal_hosts: frozenset[str] = frozenset()
