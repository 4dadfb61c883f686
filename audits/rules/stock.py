"""Checks for sentences of a routine that need no code: `rules.toml` names one and what it looks at.

[rule.has-bio]   check = "present"   of = "bio"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from audits.addresses import host_of, is_own_host
from audits.days import Dated, Now
from audits.rulebook import Check, Verdict, failed, inapplicable, passed, rule
from audits.rules.written import shows_word
from audits.wording.said import said


def present(of: str) -> Check:
    """Something is stated at all."""

    def present(sight: object) -> Verdict:
        if sight in (None, "", ()):
            return failed(said("evidence.nothing_stated"), of=of)
        return passed(said("evidence.stated"))

    return _looking_at(present, of)


def matches(of: str) -> Check:
    """The text holds at least one of the words, alone or within a longer one, in whatever letters."""

    def matches(sight: object, *, any_of: Sequence[str]) -> Verdict:
        text = str(sight or "")
        shown = next((word for word in any_of if shows_word(text, word)), None)
        return passed(shown) if shown else failed(text[:200], wanted=" / ".join(any_of))

    return _looking_at(matches, of)


_NO_MORE: Final = "".join(
    rf"(?<!{before}\s)"
    for before in ("tidigare", "förut", "före detta", r"f\.d\.", r"f\. d\.", "fd", "formerly", "former")
)


def avoids(of: str) -> Check:
    """The text holds none of the words, letter case aside, but as what was: "tidigare …"."""

    def avoids(sight: object, *, none_of: Sequence[str]) -> Verdict:
        text = str(sight or "")
        found = [word for word in none_of if re.search(rf"{_NO_MORE}(?<!\w){re.escape(word)}(?!\w)", text, re.I)]
        return failed(found[0], words=" / ".join(found)) if found else passed(said("evidence.none_of_the_words"))

    return _looking_at(avoids, of)


def _links_in(sight: object) -> Sequence[str]:
    """One link, or several."""
    if isinstance(sight, str):
        return [sight]
    return sight if isinstance(sight, tuple) else ()


def links_to(of: str) -> Check:
    """At least one link leads to one of the domains."""

    def links_to(sight: object, *, domains: Sequence[str]) -> Verdict:
        hosts = sorted({host for link in _links_in(sight) if (host := host_of(link))})
        own = [host for host in hosts if is_own_host(host, domains)]
        return passed(own[0]) if own else failed(" ".join(hosts), wanted=" ".join(domains))

    return _looking_at(links_to, of)


def links_with(of: str) -> Check:
    """At least one link holds one of the words in its address, letter case aside."""

    def links_with(sight: object, *, any_of: Sequence[str]) -> Verdict:
        links = _links_in(sight)
        found = [link for link in links if any(word.casefold() in link.casefold() for word in any_of)]
        return passed(found[0]) if found else failed(" ".join(sorted(links)), wanted=" / ".join(any_of))

    return _looking_at(links_with, of)


def newer_than(of: str) -> Check:
    """The date is at most so many days old."""

    def newer_than(sight: object, now: Now, *, days: int) -> Verdict:
        if not isinstance(sight, Dated):
            return inapplicable(said("evidence.no_date"))
        if now.full_days_since(sight.alive) < days:
            return passed(sight)
        gone_by = now.days_since(sight.alive)
        return failed(
            sight.mark, last_post=sight, stirred_on=sight.stirred, days=gone_by, limit_days=days,
            read_from=sight.source or None,
        )  # fmt: skip

    return _looking_at(newer_than, of)


def _looking_at(function: Callable[..., Verdict], of: str) -> Check:
    check = rule(function)
    return Check(check.name, check.function, (of, *check.sees[1:]), check.limits, check.required)


STOCK: Mapping[str, Callable[[str], Check]] = {
    "present": present,
    "matches": matches,
    "avoids": avoids,
    "links_to": links_to,
    "links_with": links_with,
    "newer_than": newer_than,
}
