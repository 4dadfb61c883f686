"""Grammars, made ready to be asked.

    Grammar ─▶ Book: its forms as compiled shapes, by the word they open with
    Grammars ▶ Atlas: which book a host, a word or a URI scheme belongs to

An atlas is built once for a table of grammars and only read afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from audits.addresses.grammar import ALIASES, STANDING, Field, Form, Grammar, Host, Strangers
from audits.model import AddressKind

Values = dict[str, str]

# A piece of a pattern: a field, the rest of the path, plain words, or a stroke.
_PIECE = re.compile(r"\{(?P<field>\w+)\}|(?P<rest>/\*{1,2}\Z)|(?P<words>[^{}/]+)|(?P<slash>/)")
# A parameter of a pattern whose value is a field: "actor={actor}".
_PARAMETER = re.compile(r"(?<![^=&])(?P<name>[^=&]++)=\{(?P<field>\w+)\}")
_ANY: Final = Field(r"[^/]+")
_WORD = re.compile(r"[^\W_]+")
_FILLER: Final = frozenset({
    "account", "kanal", "kanalen", "channel", "konto", "kontot", "page", "sida", "sidan", "profil", "profile",
    "officiell", "official", "url", "link", "länk", "webbadress", "adress", "feed", "flöde", "handle",
    "användarnamn", "username", "på", "on",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A form, compiled."""

    form: Form
    pattern: re.Pattern[str]
    query: tuple[tuple[str, str, re.Pattern[str]], ...]  # parameter, field, what it may hold
    folds: tuple[tuple[str, Field], ...]
    needs_host: bool

    def read(self, path: str, query: Mapping[str, str]) -> tuple[Values, bool] | None:
        """The form's fields, folded, and whether further segments were left over; None where it does not fit."""
        found = self.pattern.fullmatch(path)
        if found is None:
            return None
        values = found.groupdict()
        rest = bool(values.pop("rest", None))
        for parameter, field, pattern in self.query:
            value = query.get(parameter, "")
            if not pattern.fullmatch(value):
                return None
            values[field] = value
        return (values, rest) if self._fold(values) else None

    def _fold(self, values: Values) -> bool:
        for name, field in self.folds:
            folded = field.fold(values[name])
            if folded is None:
                return False
            values[name] = folded
        return True


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """One grammar's shapes: those that open with a word, and the others."""

    grammar: Grammar
    worded: Mapping[str, Sequence[Shape]]
    open: Sequence[Shape]
    squashes: Sequence[tuple[str, Field]]

    def shapes(self, first: str) -> Sequence[Shape]:
        """The shapes that a path may have that begins with this segment, in order."""
        return self.worded.get(first.lower(), self.open)


@dataclass(frozen=True, slots=True)
class Place:
    """The book of a host, and the label before the host's name."""

    book: Book
    host: Host
    sub: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Every book of a table, by what leads to it."""

    exact: Mapping[str, Place]
    under: Mapping[str, Sequence[tuple[Host, Book]]]
    words: Mapping[str, Book]
    schemes: Mapping[str, tuple[Book, str]]
    likenesses: Mapping[str, Book]
    strangers: Sequence[Book]  # those that may claim a host that nobody names

    def place(self, host: str) -> Place | None:
        """Which platform a host (ASCII, lower case) belongs to, matched on whole labels."""
        bare = host.removeprefix("www.")
        return self.exact.get(bare) or self._under(bare)

    def _under(self, host: str) -> Place | None:
        sub, _, parent = host.partition(".")
        while parent:
            for rule, book in self.under.get(parent, ()):
                if _takes(rule.subs.split(), sub):
                    return Place(book, rule, sub)
            label, _, parent = parent.partition(".")
            sub = f"{sub}.{label}"
        return None

    def named(self, text: str | None) -> Book | None:
        """The platform that a column value or a word names; None where it names none, or two."""
        return _named(self, text[:80]) if text else None

    def like(self, host: str) -> Book | None:
        """The platform whose main host differs from this one in its last label only (instagram.fr)."""
        labels = host.split(".")
        return self.likenesses.get(labels[-2]) if len(labels) > 1 else None


@lru_cache(maxsize=16)
def atlas_of(grammars: tuple[Grammar, ...]) -> Atlas:
    """The atlas of a table of grammars."""
    books = tuple(_book(grammar) for grammar in grammars)
    hosts = [(host, book) for book in books for host in book.grammar.hosts]
    return Atlas(
        exact={host.name: Place(book, host) for host, book in reversed(hosts) if "{sub}" not in host.path},
        under=_grouped((host.name, (host, book)) for host, book in hosts if host.subs),
        words={word: book for book in books for word in book.grammar.names},
        schemes={scheme: (book, path) for book in books for scheme, path in book.grammar.schemes.items()},
        likenesses={host.name.split(".")[0]: book for host, book in hosts if _is_telling(host)},
        strangers=tuple(book for book in books if book.grammar.strangers is Strangers.BY_FORM),
    )


def _is_telling(host: Host) -> bool:
    shortest_telling_name = 5  # "x.se" and "t.se" are anybody's
    return not host.path and len(host.name.split(".")[0]) >= shortest_telling_name


def _grouped(pairs: Iterable[tuple[str, tuple[Host, Book]]]) -> dict[str, list[tuple[Host, Book]]]:
    groups: dict[str, list[tuple[Host, Book]]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups


_SUBS: Final = {
    "*": re.compile(r".+"),
    "{cc}": re.compile(r"[a-z]{2}"),
    "{locale}": re.compile(r"[a-z]{2}-[a-z]{2}"),
}


def _takes(rules: Sequence[str], sub: str) -> bool:
    return any(_SUBS[rule].fullmatch(sub) if rule in _SUBS else rule == sub for rule in rules)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, tuple[str, ...]]:
    found = tuple(_WORD.findall(text.lower().replace("+", "plus")))
    return "".join(found), tuple(word for word in found if word not in _FILLER)


def _named(atlas: Atlas, text: str) -> Book | None:
    joined, words = _words(text)
    whole = atlas.words.get(joined) or atlas.words.get("".join(words))
    named = {atlas.words.get(word) for word in words}
    return whole or (named.pop() if len(named) == 1 else None)


def _book(grammar: Grammar) -> Book:
    forms = [
        *grammar.forms,
        *(form for path, form in ALIASES.items() if any(host.path == path for host in grammar.hosts)),
        *(Form(f"/{word}/**", AddressKind.OTHER, notes=(why,)) for word, why in _reserved(grammar)),
    ]
    worded: dict[str, list[Shape]] = {}
    for form in forms:
        for word in _first_words(form.path):
            worded.setdefault(word, []).append(_shape(form, grammar))
    for word, shapes in worded.items():
        if not word.endswith(":"):  # where no form of an alias host fits, the path is read as on the main host
            shapes.append(_shape(Form(f"/{word}/**", AddressKind.OTHER), grammar))
    return Book(
        grammar=grammar,
        worded=worded,
        open=tuple(_shape(form, grammar) for form in forms if not _first_words(form.path)),
        squashes=tuple(grammar.fields.items()),
    )


def _reserved(grammar: Grammar) -> list[tuple[str, str]]:
    return [(word, why) for why, words in grammar.reserved.items() for word in words.split()]


def _first_words(path: str) -> tuple[str, ...]:
    first = path.partition("?")[0].removeprefix("/").partition("/")[0]
    return () if "{" in first or "*" in first else tuple(first.lower().split("|"))


def _shape(form: Form, grammar: Grammar) -> Shape:
    path, _, query = form.path.partition("?")
    fields = {**STANDING, **grammar.fields}
    pattern = re.compile("".join(_part(piece, fields) for piece in _PIECE.finditer(path)), re.DOTALL)
    parameters = tuple(
        (found["name"], found["field"], re.compile(fields.get(found["field"], _ANY).pattern, re.DOTALL))
        for found in _PARAMETER.finditer(query)
    )
    names = {*pattern.groupindex, *(field for _, field, _ in parameters)}
    folds = tuple((name, field) for name, field in fields.items() if name in names)
    return Shape(form, pattern, parameters, folds, needs_host="{host}" in form.url)


def _part(piece: re.Match[str], fields: Mapping[str, Field]) -> str:
    if piece["field"]:
        return f"(?P<{piece['field']}>{fields.get(piece['field'], _ANY).pattern})"
    if piece["rest"]:
        return "(?P<rest>/.*)?" if piece["rest"] == "/*" else "(?:/.*)?"
    return "/" if piece["slash"] else f"(?i:{'|'.join(map(re.escape, piece['words'].split('|')))})"
