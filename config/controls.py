"""`controls.toml`, read and checked: two accounts for each controlled route, by their addresses.

text ─▶ (Control, …) | BadControls with the entry and the remedy
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from audits.addresses import identify
from audits.controls import Control, Side
from audits.model import Account, AddressKind, Existence, PlatformId, Route
from audits.platforms import GRAMMARS, PLATFORMS
from config.files import read_text
from config.toml import bad, only_known, parsed
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "controls.toml"
_KNOWN: Final = {"platform", "route", "present", "present_id", "absent", "absent_id", "absent_reads"}
_READS: Final = (Existence.GONE, Existence.UNKNOWN)
_OF_NOBODY: Final = 0  # no account of a register has this number


class BadControls(Unusable):
    """The controls cannot be used; the message says where, what was there and what would do."""


def load_controls(path: Path = PATH) -> tuple[Control, ...]:
    """Read a controls file. Raises `BadControls` or `BadFile`."""
    return read_controls(read_text(path), path.name)


def read_controls(text: str, name: str = "controls.toml") -> tuple[Control, ...]:
    """Read controls from their TOML text. Raises `BadControls`."""
    declared = parsed(text, name, BadControls)
    if unknown := sorted(set(declared) - {"control"}):
        raise bad(BadControls, name, "declared.unknown", name=repr(unknown[0]), known="[[control]]")
    rows = enumerate(declared.get("control", []), 1)
    return tuple(_control(entry, f"{name}, [[control]] {number}") for number, entry in rows)


def _control(entry: Mapping[str, Any], where: str) -> Control:
    only_known(entry, _KNOWN, BadControls, where)
    platform, route = str(entry.get("platform")), entry.get("route")
    if platform not in PLATFORMS:
        raise bad(BadControls, where, "declared.platform", name=platform, known=", ".join(sorted(PLATFORMS)))
    if route not in {offer.route for offer in PLATFORMS[platform].routes}:
        raise bad(BadControls, where, "declared.no_route", platform=platform, route=route)
    reads = entry.get("absent_reads", Existence.GONE)
    if reads not in _READS:
        raise bad(BadControls, where, "declared.no_choice", key="absent_reads", value=reads, known=", ".join(_READS))
    accounts = {side: _account(platform, side, entry, where) for side in Side}
    return Control(platform=platform, route=Route(route), accounts=accounts, absent_reads=Existence(reads))


def _account(platform: str, side: Side, entry: Mapping[str, Any], where: str) -> Account:
    given = str(entry.get(side, ""))
    address = identify(given, None, GRAMMARS)
    if address.platform != platform or address.kind is not AddressKind.PROFILE:
        raise bad(BadControls, where, "declared.no_account", key=side, value=given, platform=platform)
    return Account(
        id=_OF_NOBODY,
        platform=platform,
        name=f"control: {side}",
        address=address.canonical_url,
        key=address.key,
        pinned=tuple(_pin(str(pin), where) for pin in [entry.get(f"{side}_id")] if pin),
    )


def _pin(text: str, where: str) -> PlatformId:
    namespace, colon, value = text.partition(":")
    if not (namespace and colon and value):
        raise bad(BadControls, where, "declared.no_id", value=text)
    return PlatformId(namespace, value)
