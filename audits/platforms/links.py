"""Hosts that only point elsewhere and belong to no platform: shorteners, and shims that show their target."""

from __future__ import annotations

from typing import Final

from audits.addresses import NEUTRAL, Form, Grammar, Host
from audits.model import AddressKind

_GOOGLE: Final = "google.com google.se google.no google.dk google.fi google.de"

GRAMMAR: Final = Grammar(
    platform=None,
    hosts=(
        *(Host(host, path="short:") for host in sorted(NEUTRAL)),
        *(Host(host, path="google:") for host in _GOOGLE.split()),
        Host("safelinks.protection.outlook.com", subs="*", path="shim:"),
        Host("lnk.bio", path="none:"),
        Host("odysee.com", path="none:"),
    ),
    forms=(
        Form("/shim:/**?url={target}", follow="target", notes=("link-shim",)),
        Form("/google:/url?q={target}", follow="target", notes=("link-shim",)),
        Form("/google:/url?url={target}", follow="target", notes=("link-shim",)),
        Form("/google:/**", AddressKind.OTHER, notes=("unknown-host",)),
        Form("/none:/**", AddressKind.OTHER, notes=("unknown-host",)),
    ),
)
