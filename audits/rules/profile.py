"""Does the profile say whose it is?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audits.addresses import host_of, is_own_host
from audits.model import Account
from audits.pictures import bits_apart
from audits.rulebook import Verdict, failed, inapplicable, passed, rule
from audits.wording.said import said


@rule
def named(account: Account, sender: str, *, city_names: Sequence[str]) -> Verdict:
    """The name, or the words about the account, show the city or the unit."""
    wanted = [*city_names, *(each for each in (account.unit,) if each)]
    text = sender.casefold()
    shown = next((name for name in wanted if name.casefold() in text), None)
    return passed(shown) if shown else failed(sender[:200], sender=sender[:200], wanted=" / ".join(wanted))


@rule
def links_to_city(links: Sequence[str], *, domains: Sequence[str]) -> Verdict:
    """The profile links to one of the city's own domains, or to a host below one."""
    hosts = [host for link in links if (host := host_of(link))]
    own = next((host for host in hosts if is_own_host(host, domains)), None)
    return passed(own) if own else failed(" ".join(sorted(set(hosts))), links=" ".join(links), wanted=" ".join(domains))


@rule
def signposted(sender: str, *, words: Sequence[str]) -> Verdict:
    """A closed account says that it is closed, or where to go instead."""
    text = sender.casefold()
    shown = next((word for word in words if word.casefold() in text), None)
    return passed(shown) if shown else failed(sender[:200], sender=sender[:200], wanted=" / ".join(words))


@rule
def bids_no_farewell(sender: str, *, words: Sequence[str]) -> Verdict:
    """An account that is registered as living does not say that it is closed."""
    text = sender.casefold()
    shown = next((word for word in words if word.casefold() in text), None)
    return failed(shown, sender=sender[:200], words=shown) if shown else passed(said("evidence.no_farewell"))


@rule
def language_kept(account: Account, language: str | None) -> Verdict:
    """The account says that it is in the language that it is registered in."""
    if not account.language or not language:
        return inapplicable(said("evidence.no_language"))
    stated, shown = account.language.casefold()[:2], language.casefold()[:2]
    return passed(shown) if stated == shown else failed(shown, language=shown, wanted=stated)


@rule
def picture_approved(picture: str, approved_pictures: Mapping[str, str], *, distance: int) -> Verdict:
    """The profile picture is one that somebody of the city has approved; an unknown one is a question."""
    if not approved_pictures:
        return inapplicable(said("evidence.no_picture"))
    near = min(approved_pictures, key=lambda each: bits_apart(each, picture))
    if bits_apart(near, picture) <= distance:
        return passed(approved_pictures[near])
    return failed(picture, picture=picture)
