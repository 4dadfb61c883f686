"""Does the profile say whose it is?"""

from __future__ import annotations

from collections.abc import Sequence

from audits.addresses import host_of, is_own_host
from audits.model import Account
from audits.rulebook import Verdict, failed, passed, rule


@rule
def named(account: Account, sender: str, *, city_names: Sequence[str]) -> Verdict:
    """The name, or the words about the account, show the city or the unit."""
    wanted = [*city_names, *(each for each in (account.unit,) if each)]
    said = sender.casefold()
    shown = next((name for name in wanted if name.casefold() in said), None)
    return passed(shown) if shown else failed(sender[:200], sender=sender[:200], wanted=" / ".join(wanted))


@rule
def links_to_city(links: Sequence[str], *, domains: Sequence[str]) -> Verdict:
    """The profile links to one of the city's own domains, or to a host below one."""
    hosts = [host for link in links if (host := host_of(link))]
    own = next((host for host in hosts if is_own_host(host, domains)), None)
    return passed(own) if own else failed(" ".join(sorted(set(hosts))), links=" ".join(links), wanted=" ".join(domains))
