"""What a rule saw, by name: the order and the form in which people read it, in report, letter and terminal.

seen, the day of the look ─told_of▶ (label, words) …, where figures make a sentence that alone
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from babel import Locale

from audits.languages import LANGUAGES, LOCALES
from audits.model import QUOTE
from audits.wording import catalogue, phrase

_ORDER: Final = (
    "state", "site_state", "quote",
    "last_post", "stirred_on", "counted_from", "days", "limit_days", "quiet_days", "sender", "links", "wanted",
    "posts", "wanting", "post", "posted_on",
    "registered_id", "platform_id",
)  # fmt: skip


READ_FROM: Final = "read_from"  # the name of the list: for scripts, and for what it leaves out
_STATES: Final = frozenset({"state", "site_state"})  # what answered of the account, by the model's name
_ABSENT: Final = "none"  # kept where a rule found that there is nothing to look at: cases are known by it
_LISTED: Final = " / "  # between several words of which any would have done
_MOST: Final = 5
_LONGEST_QUOTE: Final = 100
_OF_LANGUAGES: Final = frozenset({"language", "wanted"})  # codes, for scripts
_SENTENCE: Final = frozenset({
    "last_post", "stirred_on", "counted_from", "registered_on", "season_since", "days", "limit_days",
    "quiet_days",
})  # fmt: skip


def told_of(seen: Mapping[str, str], on: str, language: str, plain: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """What was seen by a look `on` a day in words, each with its label; a sentence has none.

    `plain` writes a value for people.
    """
    silent = silence_told(seen, on, language, plain)
    sentence, within = (silent, _SENTENCE) if silent else counted_told(seen, language, plain)
    if sentence:
        yield "", sentence
    for name in sorted(seen, key=place_of):
        value = plain(some(read_as(name, seen, language)) if name == "wanted" else read_as(name, seen, language))
        if value and name != READ_FROM and name not in within:
            known = f"seen.{name}" in catalogue(language)
            yield phrase(f"seen.{name}", language) if known else name, counted(name, value, on, language)
    if not silent and (words := left_out(seen, language)):
        yield "", words


def in_a_row(told: Iterable[tuple[str, str]]) -> str:
    """What was seen on one line: a blank after a sentence, a dot between values that are told by name."""
    row = ""
    for label, value in told:
        between = " " if row.endswith(".") else " · "
        row += (between if row else "") + (f"{label}: {value}" if label else value)
    return row


_SINCE: Final = (  # from when the days are counted; where there are several, the first is the latest
    ("counted_from", "saw.rested"), ("stirred_on", "saw.stirred"), ("last_post", "saw.silence"),
    ("season_since", "saw.season"), ("registered_on", "saw.never"),
)  # fmt: skip


def silence_told(seen: Mapping[str, str], on: str, language: str, plain: Callable[[str], str]) -> str:
    """Since when there was no post, to which day that is counted, and which kinds of post the look could not see; ""
    where the figures are not all there.
    """
    how, since = next(((how, seen[name]) for name, how in _SINCE if name in seen), ("", ""))
    limit = seen.get("limit_days", seen.get("quiet_days"))
    if not how or "days" not in seen or limit is None:
        return ""
    how = "saw.parked" if "quiet_days" in seen else how
    told = phrase(
        how, language, count=int(seen["days"]), last=plain(seen.get("last_post", "")), since=plain(since),
        limit=limit, day=on,
    )  # fmt: skip
    return " ".join(filter(None, (told, left_out(seen, language))))


_COUNTED: Final = (  # what makes a sentence, where all of it is there, and its words
    (frozenset({"posts", "wanting", "posted_on"}), "saw.wanting"),
    (frozenset({"posts", "limit_posts"}), "saw.flood"),
    (frozenset({"answered_by", "answered_on"}), "saw.denied"),
)


def counted_told(seen: Mapping[str, str], language: str, plain: Callable[[str], str]) -> tuple[str, frozenset[str]]:
    """How many posts were not as they should be, or who has said no, in one sentence, and the names that it tells; ""
    and none where the figures make no sentence.
    """
    names, key = next((each for each in _COUNTED if each[0] <= seen.keys()), (frozenset[str](), ""))
    if not key:
        return "", names
    facts = {name: plain(seen[name]) for name in names}
    return phrase(key, language, **facts, count=int(seen.get("posts", "1"))), names


def left_out(seen: Mapping[str, str], language: str) -> str:
    """Which kinds of post the list that was read does not hold; "" where there are none worth a word."""
    key = f"left_out.{seen.get(READ_FROM, '')}"
    return phrase(key, language) if key in catalogue(language) else ""


def counted(name: str, value: str, on: str, language: str) -> str:
    """A count of days with the day of the look that it was counted to; any other value as it is."""
    return phrase("saw.counted", language, days=value, day=on) if name == "days" else value


def place_of(name: str) -> tuple[int, str]:
    """What to sort by: what was seen comes before what it is held against."""
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), name)


def bare(name: str, value: str) -> str:
    """An account's number without the name of its kind, which only programs ask for; any other value as it is."""
    return value.rpartition(":")[2] if name == "platform_id" else value


def language_named(code: str, language: str) -> str:
    """What a language is called in another: `en` is engelska in Swedish; a code that CLDR does not know, as it is."""
    names = Locale.parse(LOCALES.get(language, LOCALES[LANGUAGES[0]])).languages
    return str(names.get(code, code))


def read_as(name: str, seen: Mapping[str, str], language: str) -> str:
    """What was seen under a name as people read it: languages by their names, an account's number alone, and what
    answered in words, with those that the page had in quotation marks.
    """
    if name in _STATES:
        return phrase(f"saw.{name}.{seen[name]}", language)
    if name == QUOTE:
        return phrase("saw.quote", language, words=abridged(seen[name], _LONGEST_QUOTE))
    if "language" in seen and name in _OF_LANGUAGES:
        return _LISTED.join(language_named(code, language) for code in seen[name].split())
    return bare(name, seen[name])


def value_of(fingerprint: str, seen: Mapping[str, str]) -> str:
    """What a case is known by, as people are told it: another id as its number alone, and of a moment the city's day,
    which the fingerprint need not be. "" where the case is that there is none.
    """
    if fingerprint == _ABSENT:
        return ""
    return bare("platform_id" if seen.get("platform_id") == fingerprint else "", seen.get("last_post", fingerprint))


def some(wanted: str) -> str:
    """The first of several words that would have done; the report's tables have them all."""
    words = wanted.split(_LISTED)
    return wanted if len(words) <= _MOST else f"{_LISTED.join(words[:_MOST])} …"


def abridged(text: str, limit: int) -> str:
    """At most so many characters, ended after a whole word where there is one, with a sign that there is more."""
    if len(text) <= limit:
        return text
    begun = text[: limit - 2]
    return f"{begun.rpartition(' ')[0].rstrip(' /') or begun} …"
