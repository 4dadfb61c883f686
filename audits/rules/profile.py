"""Does the profile say whose it is?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from audits.addresses import host_of, is_own_host
from audits.model import Account, Closing
from audits.pictures import bits_apart
from audits.reading.languages import languages_in
from audits.rulebook import Verdict, failed, inapplicable, passed, rule
from audits.rules.written import is_telling, shows_any, shows_city, shows_word
from audits.sights import Register
from audits.wording.said import said


@rule
def named(account: Account, sender: str, *, city_names: Sequence[str]) -> Verdict:
    """The name, the handle beside it or the words about the account show the city or the unit."""
    shown = f"{sender} {_handle(account)}"
    city = next((name for name in city_names if shows_city(shown, name)), None)
    if found := city or shows_any(sender, _units(account)):
        return passed(found)
    wanted = [*city_names, *(each for each in (account.unit,) if each)]
    return failed(sender[:200], sender=sender[:200], wanted=" / ".join(wanted))


def _handle(account: Account) -> str:
    """The handle itself: the server behind it is somebody's who lends it."""
    return (account.handle or "").partition("@")[0]


def _units(account: Account) -> Iterator[str]:
    """Who answers for it, and its own name where that is one of its own and no everyday word."""
    yield from (each for each in (account.unit, account.administration) if each)
    if is_telling(account.name):
        yield account.name


@rule
def links_to_city(account: Account, links: Sequence[str], register: Register, *, domains: Sequence[str]) -> Verdict:
    """The profile links to one of the city's own domains or registered sites, or is on one itself."""
    hosts = [host for link in links if (host := host_of(link))]
    own = next((host for host in [*hosts, _standing_on(account)] if is_own_host(host, domains)), None)
    own = own or next((host for host in hosts if is_own_host(host, register.sites)), None)
    return passed(own) if own else failed(" ".join(sorted(set(hosts))), links=" ".join(links), wanted=" ".join(domains))


_PARTS_OF_SITES: Final = frozenset({"website", "feed", "podcast"})


def _standing_on(account: Account) -> str:
    """The host of what is a site itself, or a part of one."""
    return host_of(account.address or "") or "" if account.platform in _PARTS_OF_SITES else ""


@rule
def signposted(sender: str, *, words: Sequence[str]) -> Verdict:
    """A closed account says that it is closed, or where to go instead."""
    shown = next((word for word in words if shows_word(sender, word)), None)
    return passed(shown) if shown else failed(sender[:200], sender=sender[:200], wanted=" / ".join(words))


_SENTENCE: Final = re.compile(r"[.!?|•](?:\s|\Z)|\n")  # where a sentence ends


@rule
def bids_no_farewell(sender: str, closing: Closing | None, *, words: Sequence[str]) -> Verdict:
    """An account that is registered as living does not say that it is closed, but while it is being closed: to say so
    is a step of that. Most pages hold none of the words.
    """
    if closing is not None:
        return passed(said("evidence.being_closed"))
    said_so = [part.casefold() for part in _SENTENCE.split(sender)]
    sentences = dict.fromkeys([*said_so, *map(_plainly, said_so)])
    whole = "\n".join(sentences)
    held = (word for word in words if word.casefold() in whole)
    shown = next((word for word in held if any(_says(each, word.casefold()) for each in sentences)), None)
    return failed(shown, sender=sender[:200], words=shown) if shown else passed(said("evidence.no_farewell"))


_CLOSED: Final = re.compile(  # "är nu stängt", "har avslutats": that an account is closed
    r"(?<!\w)(?P<verb>är|har)(?: (?:nu|numera|tyvärr|permanent|helt|därför|sedan(?: \w+)? \d{4}))*"
    r" (?P<how>stäng|avsluta|nedlag)(?P<end>ts?|d)(?!\w)"
)


_CALLED: Final = r"(?:konto|sida|kanal|flöde)(?:t|n|en|et)?"
_WHERE: Final = r"(?:facebook|instagram|twitter|linkedin|youtube|tiktok|snapchat|threads|mastodon|bluesky|x)[ -]?"
_THIS_ONE: Final = re.compile(
    rf"(?<!\w)(?:(?:denna|detta|den här|det här) (?:{_WHERE})?|vårt? (?:här )?){_CALLED}(?!\w)"
)


def _plainly(sentence: str) -> str:
    """Whatever is called "this" or "our" account, page or channel as the account, and closed without an adverb; both
    the sentence and the answer are in lower case. A canal, a road and a library that are closed stay what they are.
    """
    return _CLOSED.sub(_neuter, _THIS_ONE.sub("kontot", sentence))


def _neuter(closed: re.Match[str]) -> str:
    return f"{closed['verb']} {closed['how']}{'t' if closed['end'] == 'd' else closed['end']}"


_OF_ANOTHER: Final = re.compile(  # the old one, one elsewhere, or one that might be
    r"(?<!\w)(?:gamla|tidigare|förra|andra|annat|om|när|ifall|innan|old|former|previous|other|if|when|once"
    r"|twitter|x|facebook|instagram|linkedin|youtube|tiktok|snapchat|threads|mastodon|bluesky|@\w\S*)(?!\w)"
)
_PASSING: Final = r"(?:semester|sommar|jul|helg|ledig|sjuk|underhåll|teknisk)"  # causes that pass by themselves
_FOR_A_WHILE: Final = re.compile(
    r",?+ ?+(?:för|under|till|tills|mellan|vid|på|i|över|for|until|during|between|on|at|in|over)\b"
    rf"(?! (?:gott|alltid|förmån|good|ever|favou?r|grund av(?! {_PASSING}))\b)"
)


def _says(sentence: str, words: str) -> bool:
    """Whether a sentence says it of this account, and for good: not of an older one, nor of its evenings.

    Both are given in lower case; most pages hold none of the words, which costs no regular expression.
    """
    found = re.search(rf"(?<![\w-]){re.escape(words)}(?!\w)", sentence) if words in sentence else None
    if found is None:
        return False
    return not (_OF_ANOTHER.search(sentence, 0, found.start()) or _FOR_A_WHILE.match(sentence, found.end()))


@rule
def language_kept(account: Account, language: str | None) -> Verdict:
    """The account says that it is in one of the languages that it is registered in."""
    stated, shown = languages_in(account.language or ""), languages_in(language or "")
    if not stated or not shown:
        return inapplicable(said("evidence.no_language"))
    if stated & shown:
        return passed(" ".join(sorted(shown)))
    return failed(" ".join(sorted(shown)), language=" ".join(sorted(shown)), wanted=" ".join(sorted(stated)))


@rule
def picture_approved(picture: str, approved_pictures: Mapping[str, str], *, distance: int) -> Verdict:
    """The profile picture is one that somebody of the city has approved; an unknown one is a question."""
    if not approved_pictures:
        return inapplicable(said("evidence.no_picture"))
    near = min(approved_pictures, key=lambda each: bits_apart(each, picture))
    if bits_apart(near, picture) <= distance:
        return passed(approved_pictures[near])
    return failed(picture, picture=picture)
