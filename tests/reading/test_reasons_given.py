"""Why an answer does not say how the account stands: whatever a reader names has its words in every language."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import audits.platforms
import audits.reading
import audits.wording
from audits.reading.refusals import own_words
from audits.wording import LANGUAGES, catalogue
from audits.wording.reasons import in_words

READERS = (audits.platforms, audits.reading)
CONCLUDING = {"undecided", "unreadable"}  # each takes the reason first; a `Reading` made by hand by that name
LOOKS = Path(audits.wording.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "looks.po"


def modules() -> Iterator[ast.Module]:
    for package in READERS:
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            yield ast.parse(path.read_text())


def reasons_in(module: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in CONCLUDING:
                yield first
            case ast.Call(func=ast.Name(id="Reading"), keywords=words):
                yield from (word.value for word in words if word.arg == "reason")


def names_of(reason: ast.expr, constants: Mapping[str, ast.expr]) -> Iterator[str]:
    """The names that an expression may give; its own text, where it gives a name that cannot be told from it."""
    match reason:
        case ast.IfExp(body=one, orelse=other):
            yield from (*names_of(one, constants), *names_of(other, constants))
        case ast.JoinedStr(values=[ast.Constant(value=str(begins)), *_]) if ": " in begins:
            yield begins.partition(": ")[0]
        case ast.Constant(value=str(name)):
            yield name
        case ast.Name(id=name) if name in constants:
            yield from names_of(constants[name], constants)
        case ast.Call(func=ast.Name(id="own_words")) | ast.Attribute(attr="reason" | "id"):
            pass  # another's own words; what a page or another reading gave; a marker, by its id
        case _:
            yield ast.unparse(reason)


def names_in(module: ast.Module) -> Iterator[str]:
    made = (each for each in module.body if isinstance(each, ast.AnnAssign) and each.value)
    constants = {each.target.id: each.value for each in made if isinstance(each.target, ast.Name) and each.value}
    for reason in reasons_in(module):
        yield from names_of(reason, constants)


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Without what `undecided` and `unreadable` hand on, and a status, which is the same in every language."""
    return {name for module in modules() for name in names_in(module)} - {"reason", "f'HTTP {status}'"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_reader_concludes_is_named_and_the_name_has_words(names: set[str], language: str):
    assert len(names) > 40
    assert {name for name in names if f"reason.{name}" not in catalogue(language)} == set()


def test_no_name_has_words_that_no_reader_gives(names: set[str]):
    worded = {
        line.split('"')[1].removeprefix("reason.") for line in LOOKS.read_text().splitlines() if "reason." in line
    }
    assert worded - names == {"they_said", "unexplained"}


@pytest.mark.parametrize(
    ("kept", "swedish"),
    [
        ("one_post", "ett enskilt inlägg, inte kontot"),
        ("another_domain: museet.example", "en annan domän svarade: museet.example"),
        ("says_nothing: HTTP 404", "svaret säger inget om kontot: HTTP 404"),
        (own_words("Graph error 100: no such field"), 'plattformens egna ord: "Graph error 100: no such field"'),
        (own_words(""), "ett fel, utan ett ord om varför"),
        (own_words("robots: " * 90), f'plattformens egna ord: "{("robots: " * 90)[:300]}"'),
        ("what anybody wrote under a tag", "what anybody wrote under a tag"),  # kept before reasons had names
    ],
)
def test_what_a_reader_concluded_is_read_in_swedish(kept: str, swedish: str):
    assert in_words(kept, "sv") == swedish
