"""Which column of a register means what.

    header, a sample of rows ─recognise▶ Columns(meaning → position, platforms' own columns, columns left over)

What a person has stated wins. Else a heading is known by its words (`column_meanings`), and by what
stands below it: a column of addresses is one whatever it is called, and one whose values are no dates is no date's.
In a wide table each platform has a column of its own; in a long one a row is one account.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from string import ascii_uppercase

from audits.column_meanings import MEANING_OF, Meaning
from audits.columns_by_content import MAILBOXES, by_content
from audits.recipients import mailto
from audits.wording.said import said

_EMPTY = frozenset(
    {"", "-", "–", "—", "n/a", "na", "no", "none", "null"}
    | {"saknas", "nej", "ingen", "inget", "inga", "finns ej", "finns inte", "inget konto"}
    | {"ej aktuellt", "inte aktuellt"}
)
_SORT = re.compile(r"(?<=.) ?(?:sidan?|kontot?|kanal(?:en)?)\Z")  # what an account is called after its platform
_JOINING = frozenset({"och", "and", "eller", "or", "samt", "till", "to", "pa", "on"})  # between words of a heading
_LINKS = frozenset(
    {"lank", "lanken", "lankar", "adress", "url", "link", "links", "konto", "kontot", "account", "profil", "profile"}
    | {"sida", "page", "handle", "anvandarnamn", "username"}
)  # beside a platform's name: where its account is
_OF_ANYTHING = frozenset({"website", "feed"})  # an address of either may be anything's
_FOOTNOTES = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079]+")  # small raised figures
_OTHER_LETTERS = str.maketrans({"æ": "ae", "ø": "o"})  # whose strokes are no accents
_SECRET = re.compile("losen|passord|password|passwort|kennwort|adgangskode|salasana|mot de passe")  # read by nobody
_SLIPS = 3
_SHARED = 2  # headings of a line that shares them with another
_QUOTES = ("'", '"', "#")
_TOLD, _LONGEST = 8, 40  # headings in an answer, and letters of each
_LINK = "\N{SYMBOL FOR UNIT SEPARATOR}"


class BadColumns(ValueError):
    """The table cannot be read as a register; the message names the columns and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Positions count from 0. `wide` tells which platform's addresses a column holds ("" of one that names several,
    where only the address can tell), `ids` which one's numbers.
    """

    found: Mapping[Meaning, int] = field(default_factory=dict)
    wide: Mapping[int, str] = field(default_factory=dict)
    ids: Mapping[int, str] = field(default_factory=dict)
    left_over: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()  # columns left over in which accounts stand all the same
    header: tuple[str, ...] = ()
    by_content: tuple[str, ...] = ()  # columns whose heading said nothing, known by what stands below alone
    by_words: bool = True  # whether any heading was known by its words, or stated; else by what stands below alone

    @property
    def is_bare(self) -> bool:
        """Whether addresses stand there and nothing is said of them."""
        return not self.wide and not self.ids and set(self.found) == {Meaning.ADDRESS}

    def is_used(self, at: int) -> bool:
        return at in self.wide or at in self.ids or at in self.found.values()

    def text(self, cells: Sequence[str], meaning: Meaning) -> str:
        """What a row says there; "" where it says nothing, or in a word that there is none."""
        text = self.bare(cells, meaning)
        return "" if says_none(text) else text

    def bare(self, cells: Sequence[str], meaning: Meaning) -> str:
        """What stands there, a word that there is none too; "" where no column means that.

        Of mailboxes the one that a name leads to.
        """
        at = self.found.get(meaning)
        shown, target = shown_and_target(cells[at]) if at is not None and at < len(cells) else ("", "")
        if meaning in MAILBOXES:
            shown = mailto(shown) or (shown if "@" in shown else mailto(target) or shown)
        return shown.strip()

    def heading(self, meaning: Meaning) -> str:
        """The file's own word for it; "" where no column means that."""
        at = self.found.get(meaning)
        return "" if at is None else self.header[at]

    def denies(self, cells: Sequence[str], meaning: Meaning) -> bool:
        """Whether the cell says in a word that there is none: an empty one may be a merged one."""
        text = self.bare(cells, meaning)
        return bool(text) and says_none(text)

    def shown(self) -> dict[str, str]:
        """The mapping in the words of the file: header → meaning."""
        named = {at: meaning.value for meaning, at in self.found.items()}
        wide = {at: f"address on {platform}" if platform else "address" for at, platform in self.wide.items()}
        ids = {at: f"id on {platform}" for at, platform in self.ids.items()}
        return {self.header[at]: what for at, what in sorted({**named, **wide, **ids}.items())}

    def stated(self) -> dict[str, list[str]]:
        """The mapping as a person would state it: meaning or platform → headings. It can be kept and given again."""
        told: dict[str, list[str]] = {meaning.value: [self.header[at]] for meaning, at in self.found.items()}
        for at, platform in self.wide.items():
            if platform:  # another is known again by its heading
                told.setdefault(platform, []).append(self.header[at])
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the words and values of a register are held against."""

    platform_of: Callable[[str], str | None]  # which platform a word names
    is_address: Callable[[str], bool]  # whether a value names an account by itself
    fits: Mapping[Meaning, Callable[[str], bool]] = field(default_factory=dict)  # what values a meaning must have


Stated = Mapping[str, Sequence[str]]  # a meaning or a platform → the headings that a person says hold it
Sample = Sequence[Sequence[str]]


def recognise(header: Sequence[str], sample: Sample, known: Known, stated: Stated | None) -> Columns:
    """Recognise the columns of a header, given some of the rows below it.

    Raises `BadColumns` where nothing could hold an address, or a stated heading or meaning does not exist.
    """
    return _Recognising(tuple(header), sample, known).columns(stated or {})


def header_at(rows: Sequence[Sequence[str]], known: Known) -> int | None:
    """Which row holds the headings: the first of those with most known words; None where an address comes before any.

    A title, a date or an empty line may stand above it.
    """
    best, most = None, 0
    for at, row in enumerate(rows):
        words = sum(_is_known(cell, known) for cell in row)
        if words > most:
            best, most = at, words
        if any(known.is_address(cell) for cell in row):
            break
    return best


def headings_at(rows: Sequence[Sequence[str]], at: int, known: Known) -> tuple[tuple[str, ...], int]:
    """The headings of a row and the last row of them: with the row below or above where the two share them.

    So does a file write whose cells were merged: one line gathers ("Sociala medier") what the next one parts.
    """
    if at + 1 < len(rows) and _parts(rows[at + 1], known):
        at += 1
    elif not at or len(set(filter(None, _titles(rows[at - 1])))) < _SHARED:  # a title above stands alone
        return _titles(rows[at]), at
    pairs = zip_longest(_titles(rows[at - 1]), _titles(rows[at]), fillvalue="")
    return tuple(lower or upper for upper, lower in pairs), at


def _parts(row: Sequence[str], known: Known) -> bool:
    """Whether nothing but platforms stands there, and several of them: no account's row does so."""
    named = {known.platform_of(title) for title in _titles(row) if title}
    return len(named) >= _SHARED and None not in named


def _titles(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(shown_and_target(title)[0].strip() for title in row)


def _is_known(title: str, known: Known) -> bool:
    return (_is_title(title) and folded(title) in MEANING_OF) or known.platform_of(title) is not None


def _is_title(text: str) -> bool:
    """Whether a cell could be a heading at all: no line of a program, quoted, assigned or with a bracket left open."""
    bare = text.strip()
    whole = all(bare.count(start) == bare.count(end) for start, end in ("()", "[]", "{}"))
    return whole and not bare.startswith(_QUOTES) and "=" not in bare


class _Recognising:
    """One header being read; every column is taken once."""

    def __init__(self, header: tuple[str, ...], sample: Sample, known: Known) -> None:
        self.header = tuple(shown_and_target(title)[0] for title in header)
        self.sample, self.known = sample, known
        self.found: dict[Meaning, int] = {}
        self.wide: dict[int, str] = {}
        self.ids: dict[int, str] = {}

    def columns(self, stated: Stated) -> Columns:
        for word, headings in stated.items():
            for heading in headings:
                self._state(word, heading)
        for read in (self._exactly, self._by_its_last_part, self._by_its_platforms, self._by_one_word):
            for at in self._free():
                if _is_title(self.header[at]) and not _SECRET.search(folded(self.header[at])):
                    read(at)
        by_words = bool(self.found or self.wide or self.ids)
        if not self.wide and Meaning.ADDRESS not in self.found:
            self._by_its_values()
        known = self._by_what_can_be_nothing_else()
        left = self._free()
        return _checked(
            Columns(
                found=self.found,
                wide=self.wide,
                ids=self.ids,
                left_over=tuple(self.header[at] for at in left if self.header[at].strip()),
                unread=tuple(self.header[at].strip() or letters(at) for at in left if self._holds_an_address(at)),
                header=self.header,
                by_content=known,
                by_words=by_words,
            )
        )

    def _free(self) -> list[int]:
        return [at for at in range(len(self.header)) if self._is_free(at)]

    def _is_free(self, at: int) -> bool:
        return at not in self.wide and at not in self.ids and at not in self.found.values()

    def _state(self, word: str, heading: str) -> None:
        if heading not in self.header:
            raise BadColumns(said("refused.columns.heading", heading=heading, found=_named(self.header)))
        at = self.header.index(heading)
        if (platform := self.known.platform_of(word)) is not None:
            self.wide[at] = platform
        elif word in set(Meaning):
            self.found[Meaning(word)] = at
        else:
            words = ", ".join(each.value for each in Meaning)
            raise BadColumns(said("refused.columns.meaning", heading=heading, word=word, words=words))

    def _exactly(self, at: int) -> None:
        """ "Youtube", and "Youtube-kanal" where anything below names a place: it is no column of platforms then."""
        title = folded(self.header[at])
        self._take(at, self._without_sort(title) if any(map(self._is_placed, self._values(at))) else title)

    def _by_its_last_part(self, at: int) -> None:
        """`social.twitter`: what was nested in the file has a path for its heading."""
        self._take(at, folded(self.header[at].rpartition(".")[2]))

    def _by_its_platforms(self, at: int) -> None:
        """ "Fb-länk": the platform of which it holds the address. "TikTok/YouTube": each address has to say whose."""
        words = [each for each in map(self._without_sort, folded(self.header[at]).split()) if each not in _JOINING]
        named = [platform for each in words if (platform := self.known.platform_of(each)) is not None]
        platforms, others = set(named), len(words) - len(named)
        if len(platforms) > 1 and (not others or any(map(self._is_placed, self._values(at)))):
            self.wide[at] = ""
        elif (
            len(platforms) == 1 and 0 < others == sum(each in _LINKS for each in words) and self._may_hold(named[0], at)
        ):
            self.wide[at] = named[0]

    def _may_hold(self, platform: str, at: int) -> bool:
        """Whether nothing but accounts there could stand below; "Vårt museum" is what one is called."""
        values = self._values(at)
        is_words = any(" " in each for each in values) and not any(map(self._is_placed, values))
        return platform not in _OF_ANYTHING and not is_words

    def _by_one_word(self, at: int) -> None:
        """ "Länk till kontot", "X (Twitter)": the first known word, where what stands below fits it."""
        for word in map(self._without_sort, folded(self.header[at]).split()):
            if self._is_free(at) and len(word) > 2 and (self.known.platform_of(word) is None or self._accounts(at)):
                self._take(at, word)

    def _without_sort(self, word: str) -> str:
        """ "facebooksida": the platform that a compound begins with; any other word as it is."""
        bare = _SORT.sub("", word)
        return word if self.known.platform_of(bare) is None else bare

    def _take(self, at: int, title: str) -> None:
        platform, meaning = self.known.platform_of(title), MEANING_OF.get(title)
        owner = self.known.platform_of(title.removesuffix(" id")) if title.endswith(" id") else None
        if platform is not None:
            self.wide[at] = platform
        elif owner is not None:
            self.ids[at] = owner
        elif meaning is not None and meaning not in self.found and self._fits(at, meaning):
            self.found[meaning] = at

    def _fits(self, at: int, meaning: Meaning) -> bool:
        """Whether what stands below could mean that; a few that do not may be slips."""
        fits = self._names_a_platform if meaning is Meaning.PLATFORM else self.known.fits.get(meaning)
        values = self._values(at)
        return fits is None or len(values) < _SLIPS or any(map(fits, values))

    def _names_a_platform(self, value: str) -> bool:
        """ "Facebook, Instagram" and "X/Twitter" too; what accounts are called stands under "Channel" as well."""
        return any(self.known.platform_of(each) is not None for each in (value, *folded(value).split()))

    def _by_its_values(self) -> None:
        """The column in which most values are addresses, whatever it is called."""
        counts = {at: sum(map(self.known.is_address, self._values(at))) for at in range(len(self.header))}
        at = max(counts, key=lambda each: counts[each], default=0)
        if self._addresses(at):
            self.found = {meaning: place for meaning, place in self.found.items() if place != at or self._leads(at)}
            self.found[Meaning.ADDRESS] = at

    def _by_what_can_be_nothing_else(self) -> tuple[str, ...]:
        """Roles that are still free, each with the one column that could have no other; its headings, to be told."""
        values = {at: self._values(at) for at in self._free()}
        found = by_content(values, self.header, frozenset(self.found), self.known.platform_of)
        self.found |= found
        return tuple(self.header[at] for at in found.values())

    def _holds_an_address(self, at: int) -> bool:
        return any(map(self.known.is_address, self._values(at)))

    def _addresses(self, at: int) -> bool:
        """Whether most of what stands below names accounts."""
        values = self._values(at)
        return sum(map(self.known.is_address, values)) * 2 > len(values)

    def _accounts(self, at: int) -> bool:
        """Whether most of what stands below names accounts where the platform is known: an @name does too."""
        values = self._values(at)
        return sum(each.startswith("@") or self.known.is_address(each) for each in values) * 2 > len(values)

    def _is_placed(self, value: str) -> bool:
        """Whether a value says where something is: a link to a film, a short one and an @name do too."""
        return value.startswith("@") or "://" in value or self.known.is_address(value)

    def _leads(self, at: int) -> bool:
        """Whether the column shows something else than the addresses behind it: it may mean that too."""
        return any(_LINK in row[at] for row in self.sample if at < len(row))

    def _values(self, at: int) -> list[str]:
        cells = (shown_and_target(row[at]) for row in self.sample if at < len(row))
        values = (mailto(target or shown) or target or shown.strip() for shown, target in cells)
        return [each for each in values if not says_none(each)]


def letters(at: int) -> str:
    """A column's letters in a spreadsheet: A, B, … Z, AA."""
    before, last = divmod(at, len(ascii_uppercase))
    return (letters(before - 1) if before else "") + ascii_uppercase[last]


def linked(text: str, target: str) -> str:
    """A cell whose text leads somewhere: what is shown, and the address behind it."""
    return f"{text}{_LINK}{target}"


def shown_and_target(cell: str) -> tuple[str, str]:
    """What a cell shows, and where it leads; "" where it leads nowhere."""
    shown, _, target = cell.partition(_LINK)
    return shown, target


def says_none(text: str) -> bool:
    """Whether a cell is empty, or says in a word that there is nothing."""
    return text.strip().casefold() in _EMPTY


def folded(title: str) -> str:
    """Lower case, without accents, one space for any run of other signs."""
    bare = unicodedata.normalize("NFKD", _FOOTNOTES.sub("", title.casefold()).translate(_OTHER_LETTERS))
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


def _checked(columns: Columns) -> Columns:
    if Meaning.ADDRESS not in columns.found and not columns.wide:
        raise BadColumns(said("refused.columns.addresses", found=_named(columns.header), known=said("import.headings")))
    return columns


def _named(header: Sequence[str]) -> str:
    named = [each for each in header if each.strip()][:_TOLD]
    told = [repr(each if len(each) <= _LONGEST else f"{each[:_LONGEST]}…") for each in named]
    return ", ".join([*told, *["…"][: len(header) > _TOLD]])


def refuse_unknown(columns: Collection[Columns]) -> None:
    """Raises `BadColumns` where no heading of any sheet was known by its words: what would stand in a register then?"""
    if not any(each.by_words for each in columns):
        headings = (heading for each in columns for heading in each.header)
        raise BadColumns(said("refused.columns.headings", found=_named(list(headings)), known=said("import.headings")))
