"""House rules that a linter does not know, each by name and with its reason.

    file ─▶ Source (path, text, nodes of its syntax tree, what its names stand for) ─▶ Rule.sins ─▶ line numbers ─▶ told

Names are resolved through the file's own imports, so `import datetime as dt; dt.datetime.now` is found too.
`tests/test_architecture.py` holds every file against every rule, and every rule against snippets it must catch.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

Lines: TypeAlias = Iterator[int]

PRODUCT: Final = ("audits/", "config/", "worker/", "console/", "demo/")
EVERYWHERE: Final = (*PRODUCT, "tests/")
LONGEST_FILE: Final = 400


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file, read once. `path` is relative to the repository, with forward slashes."""

    path: str
    text: str = field(repr=False)
    nodes: tuple[ast.AST, ...] = field(repr=False)  # of its syntax tree, all of them
    names: Mapping[str, str] = field(repr=False)  # a local name → what it was imported as, in full


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence that files below `where` keep; `unless` names those that need not, each with its reason."""

    name: str
    reason: str
    sins: Callable[[Source], Lines]
    where: tuple[str, ...] = EVERYWHERE
    unless: Mapping[str, str] = field(default_factory=dict)

    def covers(self, path: str) -> bool:
        """Whether the file at `path` must keep this rule."""
        return path.startswith(self.where) and not path.startswith(tuple(self.unless))


# --- reading a file -------------------------------------------------------------------------------------------------


def read_source(path: str, text: str) -> Source:
    """Parse one file; raises `SyntaxError`."""
    nodes = tuple(ast.walk(ast.parse(text)))
    return Source(path, text, nodes, dict(imported_names(nodes)))


def python_files(root: Path) -> list[Path]:
    """Every Python file of the product and its tests."""
    return sorted(path for package in EVERYWHERE for path in (root / package).rglob("*.py"))


def imported_names(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Local name and full name of everything that any import binds: `dt` → `datetime`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (root_of(alias.name),) * 2
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported: `from a import b` gives `a.b`."""
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def root_of(dotted: str) -> str:
    """The first part of a dotted name."""
    return dotted.partition(".")[0]


def within(name: str, modules: tuple[str, ...]) -> bool:
    """Whether the dotted `name` is one of `modules` or lies in one."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def full_name(source: Source, node: ast.expr) -> str:
    """What a name or a chain of attributes stands for, "" when it does not begin with an imported name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in source.names:
        return ""
    return ".".join([source.names[node.id], *reversed(parts)])


def mentions(source: Source, forbidden: frozenset[str]) -> Lines:
    """Where one of the `forbidden` full names is used, called or handed on."""
    for node in source.nodes:
        if isinstance(node, ast.Name | ast.Attribute) and full_name(source, node) in forbidden:
            yield node.lineno


def calls(source: Source, *names: str) -> Iterator[ast.Call]:
    """Every call of one of the full `names`."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and full_name(source, node.func) in names:
            yield node


def imports_from(source: Source, *modules: str) -> Lines:
    """Where anything in `modules` is imported."""
    return (line for line, name in imports(source) if within(name, modules))


# --- the rules ------------------------------------------------------------------------------------------------------

NETWORK: Final = (
    "aiohttp", "ftplib", "http.client", "httpcore", "httpx", "requests", "smtplib", "socket", "ssl", "telnetlib",
    "urllib.request", "urllib3",
)  # fmt: skip
MAIL: Final = ("smtplib", "ssl")
DECODING: Final = frozenset({"text", "json", "encoding"})
RESPONSES: Final = frozenset({"answer", "r", "reply", "resp", "response"})
PARSERS: Final = ("lxml", "lxml-xml")
CLOCKS: Final = frozenset({
    "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow",
    "time.time", "time.time_ns",
})  # fmt: skip
CANVAS: Final = ("celery.chain", "celery.chord", "celery.chunks", "celery.group", "celery.canvas")
CONSOLE_MAY: Final = ("worker.steps", "worker.wiring")


def network(source: Source) -> Lines:
    """Modules that open connections, but for what a place may have of them."""
    allowed = MAIL if source.path.startswith("worker/sending") else ()
    return (line for line, name in imports(source) if within(name, NETWORK) and not within(name, allowed))


def console_reaches_past_the_steps(source: Source) -> Lines:
    """Any module of worker but the two that console may know."""
    inside = ((line, name) for line, name in imports(source) if within(name, ("worker",)))
    return (line for line, name in inside if not within(name, CONSOLE_MAY))


def guessed_decoding(source: Source) -> Lines:
    """`.text`, `.json` and `.encoding` of whatever may be a response: anything in fetching, elsewhere by its name."""
    fetching = source.path.startswith("worker/fetching/")
    for node in source.nodes:
        if not (isinstance(node, ast.Attribute) and node.attr in DECODING) or full_name(source, node):
            continue
        if fetching or is_called_a_response(node.value):
            yield node.lineno


def is_called_a_response(node: ast.expr) -> bool:
    """Whether the last word of an expression names a response."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in RESPONSES
        case ast.Call(func=function) | ast.Await(value=ast.Call(func=function)):
            return isinstance(function, ast.Attribute) and function.attr in {"get", "post", "request", "send"}
        case _:
            return False


def quadratic_parsers(source: Source) -> Lines:
    """Slow parsers by import, or BeautifulSoup without a named fast one."""
    yield from imports_from(source, "html.parser", "html5lib")
    for call in calls(source, "bs4.BeautifulSoup"):
        parser = call.args[1] if len(call.args) > 1 else keyword(call, "features")
        if not (isinstance(parser, ast.Constant) and parser.value in PARSERS):
            yield call.lineno


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value that `call` gives for a keyword."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def pickles(source: Source) -> Lines:
    """Modules that unpack code, and the serializer that is named after one."""
    yield from imports_from(source, "pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal")
    for call in source.nodes:
        if isinstance(call, ast.keyword | ast.Assign) and mentions_pickle(call.value):
            yield call.value.lineno


def mentions_pickle(value: ast.expr) -> bool:
    """Whether a setting's value is "pickle", alone or in a list."""
    return any(isinstance(node, ast.Constant) and node.value == "pickle" for node in ast.walk(value))


def unescaped_templates(source: Source) -> Lines:
    """A Jinja environment that does not say how it escapes, or says not at all; a template made without one."""
    yield from (call.lineno for call in calls(source, "jinja2.Template"))
    for call in calls(source, "jinja2.Environment", "jinja2.sandbox.SandboxedEnvironment"):
        escaping = keyword(call, "autoescape")
        if escaping is None or (isinstance(escaping, ast.Constant) and not escaping.value):
            yield call.lineno


def canvas_and_delays(source: Source) -> Lines:
    """Celery's compositions, and messages that wait in the broker."""
    yield from imports_from(source, *CANVAS)
    yield from mentions(source, frozenset(CANVAS))
    for node in source.nodes:
        if isinstance(node, ast.keyword) and node.arg in {"eta", "countdown"}:
            yield node.value.lineno


def wall_clocks(source: Source) -> Lines:
    """The time of day, asked for or handed on."""
    return mentions(source, CLOCKS)


def printing(source: Source) -> Lines:
    """Calls of `print`."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno


def too_long(source: Source) -> Lines:
    """The first line too many."""
    if len(source.text.splitlines()) > LONGEST_FILE:
        yield LONGEST_FILE + 1


def other_tests(source: Source) -> Lines:
    """Imports from a module of tests."""
    for line, name in imports(source):
        if name.startswith("tests.") and any(part.startswith("test_") for part in name.split(".")[:-1]):
            yield line


def days_of_no_place(source: Source) -> Lines:
    """`.date()`: the day of a moment, in whatever zone the moment happens to be written."""
    for node in source.nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="date"), args=[], keywords=[]):
                yield node.lineno


RULES: Final = (
    Rule(
        "only worker.fetching opens connections",
        "one guarded way out: a second one would not know of private addresses, permissions, pace and limits",
        network,
        where=PRODUCT,
        unless={
            "worker/fetching/": "the guarded way out itself",
            "worker/cli/console.py": "it listens, and asks nobody",
        },
    ),
    Rule(
        "console takes only the steps and the wiring from worker",
        "pages and commands must do the same thing",
        console_reaches_past_the_steps,
        where=("console/",),
    ),
    Rule(
        "no response decodes itself",
        "httpx follows whatever charset the page claims: punycode keeps a core busy for minutes, zlib raises TypeError",
        guessed_decoding,
        where=("worker/",),
    ),
    Rule(
        "pages are parsed by lexbor or lxml",
        "html.parser and html5lib take quadratic time on a page made to hurt",
        quadratic_parsers,
    ),
    Rule("nothing is pickled", "unpickling runs whatever the queue or the disk holds", pickles),
    Rule(
        "every template escapes",
        "names and texts in the report are strangers' own",
        unescaped_templates,
    ),
    Rule(
        "the queue holds no compositions and no delays",
        "a chord waits for ever when a result is lost; a message delayed beyond the visibility timeout is handed out "
        "again and again: what is due is decided by the database",
        canvas_and_delays,
        where=("worker/",),
    ),
    Rule(
        "the clock comes in from the edge",
        "a night can only be replayed and tested when its time is an argument",
        wall_clocks,
        unless={"worker/wiring": "where the real clock is handed to the steps"},
    ),
    Rule(
        "a moment becomes a day in audits.days alone",
        "moments are UTC and days are the city's: at half past midnight `.date()` is yesterday; ask `Now` or `day_of`",
        days_of_no_place,
        where=PRODUCT,
        unless={
            "audits/days.py": "the one place",
            "audits/register_cells.py": "a list's cell says its own day",
            "worker/importing/": "a spreadsheet's day arrives as a moment without a zone",
        },
    ),
    Rule(
        "nothing prints",
        "standard output is for results that programs read: the command line writes them with click, and no one else",
        printing,
        where=PRODUCT,
    ),
    Rule("no file is longer than 400 lines", "one idea a file", too_long),
    Rule(
        "no test stands on another test's file",
        "what several tests need is found where nothing else stands: beside them, or in builders.py and fakes.py",
        other_tests,
        where=("tests/",),
    ),
)

TEMPLATE_SUFFIXES: Final = (".html", ".j2", ".jinja", ".xml")
UNESCAPED: Final = re.compile(r"\|\s*safe\b|\bautoescape\s+false\b")


def unescaped_lines(template: str) -> list[int]:
    """Line numbers of a template where escaping is switched off."""
    return [number for number, line in enumerate(template.splitlines(), 1) if UNESCAPED.search(line)]
