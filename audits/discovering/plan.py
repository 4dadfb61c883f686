"""Where a walk goes and how far: the city's own sites, and the limits that it keeps.

Plan ─┬ sites    https://almestad.example/, with what lies under it, but for some hosts and paths
      └ limits   links away from a start page, pages, hours
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from audits.addresses import is_own_host
from audits.discovering.addresses import host_in

_WWW: Final = "www."


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One of the city's sites. `url` is canonical; `subdomains` takes in every host below its domain."""

    url: str
    subdomains: bool = False
    except_hosts: tuple[str, ...] = ()
    except_paths: tuple[str, ...] = ()  # beginnings

    def holds(self, url: str) -> bool:
        """Whether a canonical address lies on this site."""
        host, own = host_in(url), host_in(self.url)
        is_here = host.removeprefix(_WWW) == own.removeprefix(_WWW) or (
            self.subdomains and is_own_host(host, [own.removeprefix(_WWW)])
        )
        return is_here and not is_own_host(host, self.except_hosts) and not self._excepts(url)

    def _excepts(self, url: str) -> bool:
        return bool(self.except_paths) and urlsplit(url).path.startswith(self.except_paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far one walk goes."""

    depth: int = 8  # links away from a start page
    pages: int = 20_000  # asked for in one walk
    hours: float = 72.0  # from the beginning of a walk to its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which sites a walk goes over, and how far."""

    sites: tuple[Site, ...]
    limits: Limits = Limits()

    def holds(self, url: str) -> bool:
        """Whether a canonical address lies on one of the sites."""
        return any(site.holds(url) for site in self.sites)

    def at_home(self, url: str) -> str:
        """The address by the scheme of its site: a link that forgot the s leads to the same page."""
        if not url.startswith("http://"):
            return url
        secure = f"https://{url.removeprefix('http://')}"
        return secure if any(site.url.startswith("https://") and site.holds(secure) for site in self.sites) else url


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as it is kept with its walk."""
    return asdict(plan)


def from_json(kept: Mapping[str, Any]) -> Plan:
    """The plan that `as_json` gave."""
    sites = tuple(
        Site(**{**site, "except_hosts": tuple(site["except_hosts"]), "except_paths": tuple(site["except_paths"])})
        for site in kept["sites"]
    )
    return Plan(sites=sites, limits=Limits(**kept["limits"]))
