"""The order in which any page is read, so that no platform can get it wrong.

the edge already failed ──▶ blind
status or header of a wall ─▶ blind
the profile itself ────────▶ present (a living profile beats every word on the page)
words of a wall ───────────▶ blind
explicit words of absence ─▶ gone, suspended, … with the marker as evidence
words as walls have them ──▶ blind, by its likeliest name
anything else ─────────────▶ unreadable: a changed layout is nobody's fault
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property, partial
from typing import TypeAlias

from audits.model import (
    ALIVE,
    NO_FACTS,
    UNSEEN,
    Activity,
    Existence,
    Facts,
    Marker,
    Page,
    Reading,
    Transport,
)
from audits.reading.blanks import without_blanks
from audits.reading.charsets import Decoded, decoded
from audits.reading.fields import moment
from audits.reading.html import Document, read_html
from audits.reading.markers import (
    MarkerRule,
    Packs,
    Strength,
    Where,
    find_marker,
    first_shown,
    is_existence,
    is_transport,
)
from audits.reading.posts import proving_life_only
from audits.reading.urls import is_continued, path_parts
from audits.reading.viewed import as_served

_LONGEST_ERROR = 1000  # characters
_ROOT = re.compile(r"<(html|rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_BEGINNING = re.compile(r"[\s\ufeff]*+(?:[<{\[]|[\w.$]{1,60}\(|\)\]\}|for ?\(;;\)|/[/*])")  # markup, JSON, a script's
_WITHIN = re.compile(r"</(?:html|body|head|script)\b", re.IGNORECASE)
_TELLING = re.compile(  # where a page begins, and what it calls itself: both in one go
    r"<(?=[hrfm])(?:(?:html|rss|feed|rdf:RDF)[\s>]|meta\s[^<>]{0,500}[\"']og:url[\"'][^<>]{0,500}>)", re.IGNORECASE
)
_BEGUN = re.compile(
    r"<!--(?:.*?-->|.*)|<script\b(?:.*?</script|.*)|<!\[CDATA\[(?:.*?\]\]>|.*)|"
    r"(?P<begins><(?:html|rss|feed|rdf:RDF)[\s>])|(?P<ends></(?:html|rss|feed|rdf:RDF)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)
_PROLOGUE = 2000  # characters
_LONGEST_END = 4000
_BEFORE_ROOT = re.compile(r"\A(?>(?:\s++|<\?[^>]*+>|<!--.*?-->)*)", re.DOTALL)  # what may stand before it
_NO_WORDS = re.compile(
    r"<!--.*?-->|<(?P<code>script|style|noscript)\b.*?</(?P=code)\b[^<>]*>|<[^<>]*+>", re.IGNORECASE | re.DOTALL
)
_CONTENT = re.compile(r"\bcontent=[\"']([^\"']{1,500})", re.IGNORECASE)
_NAME = re.compile(r'"(\w+)"\s*:')
_BRACKET = re.compile(r"[\[\]{}]")
_NARROWEST = 60  # characters: letters are broken at 72 or 76 of them
_CHUNK = re.compile(r"[0-9a-f]{1,8}\r\n")  # RFC 9112, section 7.1


@dataclass(frozen=True)
class Answer:
    """A page with its text decoded and its markup read, each at most once."""

    page: Page

    @cached_property
    def decoded(self) -> Decoded:
        return decoded(self.page.body, self.page.headers.get("content-type"))

    @cached_property
    def text(self) -> str:
        return as_served(self.decoded.text)

    @cached_property
    def document(self) -> Document:
        return Document(source=self.text, said=self.text) if self.looks_like_json else read_html(*self.decoded)

    @property
    def looks_like_json(self) -> bool:
        return self.text[:64].lstrip("\ufeff \t\r\n").startswith(("{", "["))

    @property
    def breaks_off(self) -> bool:
        """Whether the end is missing; a fragment that never began as a whole page has no end to miss."""
        began = _ROOT.search(self.text[:1000])
        return self.page.truncated or bool(began and f"</{began[1].lower()}" not in self.text[-1000:].lower())

    @property
    def lacks_its_beginning(self) -> bool:
        """Whether a page starts within itself: what is left may be of a second one, whose it may not be to tell."""
        begins = _BEGINNING.match(self.text) or _ROOT.search(self.text)
        return not begins and _WITHIN.search(self.text) is not None

    @property
    def goes_on(self) -> bool:
        """Whether words stand behind its end: then it came inside an answer that may be newer than itself."""
        small = self.text.rfind("</html")
        end = max(small, self.text.rfind("</HTML", max(small, 0)))
        return end >= 0 and bool(_NO_WORDS.sub("", self.text[end : end + _LONGEST_END]).strip())

    @cached_property
    def is_two(self) -> bool:
        """Whether it begins more than once, scripts and comments aside, or calls itself by two addresses.

        These count wherever they stand: a page that begins inside a script that broke off is swallowed by it.
        """
        tags = _TELLING.findall(self.text)
        metas = [tag for tag in tags if tag[1:5].lower() == "meta"]
        begun = len(tags) - len(metas) > 1 and self._begins_or_ends_twice
        stated = filter(None, map(_CONTENT.search, metas))
        return begun or len({path_parts(found[1].lower()) for found in stated}) > 1

    @property
    def _begins_or_ends_twice(self) -> bool:
        """Scripts and comments aside: a page may begin inside one, but ends outside."""
        found = [each.lastgroup for each in _BEGUN.finditer(self.text)]
        return max(found.count("begins"), found.count("ends")) > 1

    @property
    def names_twice(self) -> bool:
        """Whether one object of an answer for machines bears a name twice: none is written so, a piece came again."""
        return self.looks_like_json and any(
            len(names) != len({*names}) for names in map(_NAME.findall, _BRACKET.split(self.text))
        )

    @property
    def is_cut_up(self) -> bool:
        """Whether its lines were broken at one length, or the marks of the pieces it was sent in stand in it: within
        names and numbers as well.
        """
        first = self.text.find("\n")
        second = self.text.find("\n", first + 1)
        return second - first == first + 1 > _NARROWEST or _CHUNK.match(self.text) is not None

    @property
    def is_for_machines(self) -> bool:
        """By its beginning, or by what it holds: the rest of a broken answer begins anywhere."""
        debris = '":' in self.text and not _TAG.search(self.text)
        return self.looks_like_json or self.looks_like_xml or debris

    @property
    def may_be_an_error(self) -> bool:
        """A short answer for machines, and all of it."""
        return len(self.text) < _LONGEST_ERROR and self.text.rstrip().endswith(("}", "]", ">"))

    @property
    def looks_like_xml(self) -> bool:
        """XHTML begins as XML does, and is a page for people."""
        start = self.text[:_PROLOGUE].lstrip("\ufeff \t\r\n").lower()
        begins = start.startswith(("<?xml", "<rss", "<feed", "<rdf"))
        return begins and not _BEFORE_ROOT.sub("", start, count=1).startswith(("<!doctype html", "<html"))


Look: TypeAlias = Callable[[Answer], Reading | None]


def read_answer(page: Page, platform: str, packs: Packs, look: Look) -> Reading:
    """Read one page of one platform.

    `look` finds the profile itself (or an explicit machine-readable state) and returns None when the page
    shows neither; walls, absences and the unknown are told apart here.
    """
    if page.transport is not Transport.OK:
        return Reading(transport=page.transport, reason=page.reason)
    answer = Answer(page)
    return (
        _wall(answer, platform, packs, _at_the_edge)
        or _looked(answer, look)
        or _wall(answer, platform, packs, _in_the_words)
        or refused(page)
        or _absence(answer, platform, packs)
        or _guessed(answer, platform, packs)
        or unreadable("no_sign")
    )


def _looked(answer: Answer, look: Look) -> Reading | None:
    """What is missing at the end of a page that broke off, or before one that continues a list, may be its newest post.

    Where the page itself says nothing of the account, a status that refuses or breaks down says why.
    """
    reading, page = look(answer), answer.page
    reading = without_blanks(reading) if reading else None
    if reading and _proves_silence(reading) and _may_hide_the_newest(reading, page):
        reading = without_silence(reading)
    if reading and reading.transport is Transport.OK and reading.existence is Existence.UNKNOWN:
        refusal = refused(page)
        return replace(reading, transport=refusal.transport) if refusal else reading
    if reading and (answer.is_two or answer.lacks_its_beginning or answer.names_twice or answer.is_cut_up):
        return nobodys(reading)
    return without_silence(reading) if reading and (answer.breaks_off or answer.goes_on) else reading


def _proves_silence(reading: Reading) -> bool:
    """Whether it claims to know of the newest post, or that there is none."""
    activity, counted = reading.facts.activity, reading.facts.posts_count
    return counted == 0 or (activity.sees_newest if isinstance(activity, Activity) else activity is None)


def _may_hide_the_newest(reading: Reading, page: Page) -> bool:
    """From whoever is not let in, from a later part of a list, or because it is not of today."""
    later_in_a_list = is_continued(page.url) or is_continued(page.landed)
    return reading.existence is Existence.PRIVATE or later_in_a_list or _is_of_another_day(page)


_A_DAY = timedelta(days=1)
_LONGEST_AGE = 12  # digits
_STALE = ("110", "111", "112")
_NOT_THE_SOURCES = (203, 206)


def _is_of_another_day(page: Page) -> bool:
    """Whether it shows what was there on an earlier day, or only part of it: an archive's copy, or what a cache kept.

    RFC 9110, sections 15.3.4 and 15.3.7 (203, 206) and 6.6.1 (Date); RFC 9111, sections 5.1 (Age) and 5.5 (Warning).
    """
    headers = page.headers
    age, made = headers.get("age", ""), moment(headers.get("date"))
    kept_for_long = age.isascii() and age.isdigit() and int(age[:_LONGEST_AGE]) >= _A_DAY.total_seconds()
    made_earlier = made is not None and page.fetched_at - made >= _A_DAY
    said_to_be_old = headers.get("warning", "").startswith(_STALE)
    return page.copied or page.status in _NOT_THE_SOURCES or kept_for_long or made_earlier or said_to_be_old


def nobodys(reading: Reading) -> Reading:
    """What two pages in one show may be either's: it proves life, and not whose, and no name, text or state is held
    against anybody.
    """
    if reading.transport is not Transport.OK:
        return reading
    if reading.existence not in ALIVE:
        return undecided("two_pages", *reading.markers)
    facts = Facts(activity=reading.facts.activity, posts=reading.facts.posts)
    return without_silence(replace(reading, facts=facts))


def without_silence(reading: Reading) -> Reading:
    """The same, but its latest date may prove life only, and never silence; nor does a list without one, or a count
    of none.
    """
    facts = reading.facts
    counted = UNSEEN if facts.posts_count == 0 else facts.posts_count
    return replace(reading, facts=replace(facts, activity=proving_life_only(facts.activity), posts_count=counted))


def present(facts: Facts, *markers: Marker, existence: Existence = Existence.PRESENT) -> Reading:
    """The profile was there and said this of itself."""
    return Reading(transport=Transport.OK, existence=existence, facts=facts, markers=markers)


def shown_as(sign: str, facts: Facts, existence: Existence = Existence.PRESENT) -> Reading:
    """The profile was there, under its handle, in the layout that `sign` names."""
    return present(facts, Marker(sign, existence, f"@{facts.handle}"), existence=existence)


def explicit(marker: Marker, facts: Facts = NO_FACTS, *, stated: bool = False) -> Reading:
    """The platform's own words for what became of the account: `marker` holds them and means it.

    `stated` says that an official interface gave a state made for machines: then one look is enough.
    """
    existence = Existence(marker.means)
    return Reading(transport=Transport.OK, existence=existence, facts=facts, markers=(marker,), stated=stated)


def unreadable(reason: str) -> Reading:
    """Nothing is known of what came; `reason` is named as that of `undecided` is."""
    return Reading(transport=Transport.UNREADABLE, reason=reason)


def undecided(reason: str, *markers: Marker, facts: Facts = NO_FACTS) -> Reading:
    """The page was read and says nothing about whether the account exists.

    `reason` is a name that `looks.po` has words for, alone or before a fact: `another_domain: museet.example`.
    """
    return Reading(transport=Transport.OK, existence=Existence.UNKNOWN, reason=reason, markers=markers, facts=facts)


def left_out() -> Reading:
    """An answer about several accounts does not show the one that was asked for, and says nothing of why."""
    return replace(undecided("not_listed"), is_left_out=True)


def walled(answer: Answer, platform: str, packs: Packs, *, tended: bool = False) -> Reading | None:
    """The wall whose words the page shows. For readers to whom any page is a profile: they must ask this first.

    On a page that somebody is seen to tend only the title counts, and none that tells of maintenance: guards' words
    stand in its forms and notices too, and a city writes about the upkeep of its playgrounds.
    """
    return _wall(answer, platform, packs, _in_the_title if tended else _in_the_words)


def _guessed(answer: Answer, platform: str, packs: Packs) -> Reading | None:
    """What a page for people is likely to be of which nothing could be read."""
    return None if answer.is_for_machines else _wall(answer, platform, packs, _as_a_guess)


def titled_as(answer: Answer, platform: str, packs: Packs, means: Callable[[MarkerRule], bool] = bool) -> bool:
    """Whether the title is one that the platform's own pages of such a meaning have: of any, where none is given.

    Titles of walls anywhere are left out: accounts are called "Maintenance" and "Logga in på livet" too.
    """
    own = replace(packs, by_platform={name: pack for name, pack in packs.by_platform.items() if name == platform})
    search = partial(find_marker, answer.page, answer.document, own, platform)
    return search(lambda rule: rule.where is Where.TITLE and means(rule)) is not None


def _at_the_edge(rule: MarkerRule) -> bool:
    return rule.is_at_the_edge and is_transport(rule)


def _absent_at_the_edge(rule: MarkerRule) -> bool:
    return rule.is_at_the_edge and is_existence(rule)


def _in_the_words(rule: MarkerRule) -> bool:
    return not rule.is_at_the_edge and is_transport(rule) and not _as_a_guess(rule)


def _as_a_guess(rule: MarkerRule) -> bool:
    """Words that many kinds of walls have: why nothing was seen, where nothing is seen in any case."""
    return is_transport(rule) and rule.strength is Strength.WEAK


def _in_the_title(rule: MarkerRule) -> bool:
    return rule.where is Where.TITLE and _in_the_words(rule) and rule.means is not Transport.UNREACHABLE


def _wall(answer: Answer, platform: str, packs: Packs, which: Callable[[MarkerRule], bool]) -> Reading | None:
    found = first_shown(packs.chosen(platform, which), answer.page, answer.document)
    if found is None:
        return None
    rule, marker = found
    return Reading(transport=Transport(rule.means.value), markers=(marker,), reason=rule.id)


_REFUSALS = {401: Transport.WALLED, 403: Transport.BLOCKED, 407: Transport.BLOCKED, 429: Transport.RATE_LIMITED,
             451: Transport.BLOCKED, 511: Transport.WALLED, 999: Transport.BLOCKED}  # fmt: skip


def refused(page: Page) -> Reading | None:
    """A refusal or a server's own trouble, by the status alone, says nothing about the account."""
    status = page.status
    if status in _REFUSALS:
        return Reading(transport=_REFUSALS[status], reason=f"HTTP {status}")
    if status is not None and status >= 500:
        return Reading(transport=Transport.UNREACHABLE, reason=f"HTTP {status}")
    return None


def _absence(answer: Answer, platform: str, packs: Packs) -> Reading | None:
    """Only an explicit marker, fresh on the page's own day, proves an absence; any other is noted and proves nothing.

    Words in an answer made for machines are believed where it is an error, short and whole: in longer ones, and in
    what is left of them, they may be anybody's post. Where something else came along, they may be about that.
    """
    came_with_others = answer.is_two or answer.goes_on
    words_may_be_anybodys = came_with_others or (answer.is_for_machines and not answer.may_be_an_error)
    means, day = _absent_at_the_edge if words_may_be_anybodys else is_existence, packs.day_of(answer.page)
    search = partial(find_marker, answer.page, answer.document, packs, platform)
    if proof := search(lambda rule: means(rule) and rule.may_prove(day)):
        return explicit(proof[1])
    if hint := search(means):
        return undecided(f"no_proof: {hint[0].id}", hint[1])
    return None


def seen_alive(reading: Reading) -> bool:
    return reading.transport is Transport.OK and reading.existence in ALIVE


def with_facts(reading: Reading, facts: Facts) -> Reading:
    return replace(reading, facts=facts)
