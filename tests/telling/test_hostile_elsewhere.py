"""The same hostile texts where letters are not the way: logs, exports, the public list, the terminal, other pages."""

from __future__ import annotations

import csv
import io
import json
import logging
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from python_calamine import CalamineWorkbook

from audits.column_meanings import Meaning
from audits.digest import Question, Sheet
from audits.exporting import COLUMNS, register_table
from audits.listing import Entry as Listed
from audits.reading.scrub import one_line
from audits.registering import RegisterRow
from console.about import SUPERVISION
from console.asking import Given, page
from console.attesting import Shown, Typed
from tests.builders import a_case, an_account
from tests.telling.hostile import FORMULA, PLAIN, SHOWN, TEXTS, URL, link_to, links, skeleton, unprintable
from tests.telling.letters import a_held, said, terms, told
from worker.cli.showing import BadInput, print_entries, print_table, say
from worker.exporting import register_file
from worker.logs import PlainLines
from worker.publishing import FORMS, Publication
from worker.rendering.letters import letter_html, letter_text

CLEAN: Final = tuple(text.encode("utf-8", "replace").decode() for text in TEXTS)
FORM: Final = logging.Formatter("%(levelname)s %(name)s: %(message)s")
ROOT: Final = Path(__file__).parents[2]
OBEYED: Final = ("Cc", "Cs")
BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def obeyed(text: str) -> list[str]:
    """What a terminal, or its reader's eye, would follow: controls and turned directions."""
    return [each for each in text if (unicodedata.category(each) in OBEYED and each not in "\n\t") or each in BIDI]


# --- logs


def logged(message: str, *facts: object, error: BaseException | None = None) -> list[str]:
    record = logging.LogRecord("worker.fetching", logging.ERROR, "f.py", 1, message, facts, None)
    if error is not None:
        record.exc_info = (type(error), error, error.__traceback__)
    return PlainLines(FORM).format(record).split("\n")


@pytest.mark.parametrize("where", ["handle %s", "https://x.com/%s", "title: %s of it", "%s"])
def test_a_record_is_one_line_and_what_belongs_to_it_is_indented(where):
    for text in TEXTS:
        first, *more = logged(where, text)
        assert first.startswith("ERROR worker.fetching: "), ascii(text)
        assert all(line.startswith("    ") for line in more), ascii(text)
        assert obeyed("\n".join([first, *more])) == [], ascii(text)


def test_the_words_of_an_error_begin_no_record_of_their_own():
    for text in TEXTS:
        first, *more = logged("unforeseen", error=ValueError(text))
        assert first == "ERROR worker.fetching: unforeseen"
        assert all(line.startswith("    ") for line in more), ascii(text)
        assert obeyed("\n".join(more)) == [], ascii(text)


HOSTILE: Final = "x\r\nERROR worker: falskt\n\x1b[2J\u202efdp\x85y\u2028z\x9b31m"
SETTING_UP: Final = {
    "the command line": "from click.testing import CliRunner; from worker.cli import main; "
    "CliRunner().invoke(main, ['identify'], input='')",
    "the queue": "from worker.app import app; app.log.setup('INFO', redirect_stdouts=False)",
    "the pages": "from worker.cli import main; from click.testing import CliRunner; import uvicorn; "
    "uvicorn.run = lambda *_, **given: uvicorn.Config('x:y', **{k: v for k, v in given.items() if k != 'factory'}); "
    "CliRunner().invoke(main, ['console'])",
}


@pytest.mark.parametrize("program", SETTING_UP)
def test_every_program_logs_so_whichever_library_speaks(program, tmp_path: Path):
    loggers = ("worker.fetching.fetcher", "httpx", "sqlalchemy.engine", "celery.task", "uvicorn.error", "asyncio")
    code = (
        f"{SETTING_UP[program]}\nimport logging\nfor name in {loggers!r}:\n"
        f"    logging.getLogger(name).error({HOSTILE!r})\n"
    )
    environment = {"PATH": "/usr/bin:/bin", "KANALKOLL_DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite3'}"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    lines = done.stderr.decode().removesuffix("\n").split("\n")
    assert obeyed("\n".join(lines)) == []
    assert sum("ERROR" in line and not line.startswith("    ") for line in lines) == len(loggers)
    assert "    ERROR worker: falskt" in lines
    assert not any(line.startswith("ERROR worker: falskt") for line in lines)


# --- the terminal


def test_what_a_command_says_of_strangers_is_nothing_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str]):
    for text in CLEAN:
        say(f"{text} waits")
        assert obeyed(capsys.readouterr().err) == [], ascii(text)
        assert obeyed(BadInput(f"{text} names no account").format_message()) == [], ascii(text)


def test_a_heading_reads_as_it_is_written_and_is_nothing_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str]):
    for text in CLEAN[:-6]:  # but for the very long ones
        print_table(text, ("Konto",), [("museet",)])
        print_entries(text, [("museet", ())])
        shown = capsys.readouterr().out
        assert obeyed(shown) == [], ascii(text)
        assert shown.count("museet") == 2, ascii(text)
    print_table("[/] [link=https://evil.example]:warning:", ("Konto",), [("museet",)])
    assert "[/][link=https://evil.example]:warning:" in "".join(capsys.readouterr().out.split())


# --- the register's own files


def a_strangers_row(text: str, number: int) -> RegisterRow:
    return RegisterRow(
        platform="x", name=text or "-", administration=text, unit=text, purpose=text, ref=f"r{number}",
        raw=f"https://x.com/{number}{text}", address=None, key=f"x:{number}", recipient=text,
    )  # fmt: skip


@cache
def register() -> list[dict[Meaning, str]]:
    return register_table({number: a_strangers_row(text, number) for number, text in enumerate(CLEAN, 1)})


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_registers_csv_has_no_formula_and_no_row_of_a_strangers(delimiter):
    raw = register_file("csv", register(), delimiter=delimiter).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == len(CLEAN) + 1
    assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []


def test_the_registers_workbook_has_no_formula_no_link_and_no_row_of_a_strangers():
    raw = register_file("xlsx", register())
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()) == len(CLEAN) + 1


# --- the public list


def published(form: str, texts: tuple[str, ...]) -> str:
    entries = [
        Listed(
            account_id=number,
            key=f"x:{number}",
            platform="x",
            name=text,
            url=f"https://x.com/{number}{text}",
            administration=text,
            unit=text,
            purpose=text,
        )
        for number, text in enumerate(texts)
    ]
    told_ = Publication(entries=entries, terms=terms(), url="https://almestad.example", day=date(2026, 11, 10))
    return FORMS[form](told_)


def test_the_public_lists_page_is_the_same_whatever_strangers_write():
    for text in CLEAN:
        wanted = published("accounts.html", (PLAIN if text.strip() else text,))
        assert skeleton(published("accounts.html", (text,))) == skeleton(wanted), ascii(text)


def test_the_public_lists_csv_has_no_formula_and_no_row_of_a_strangers():
    raw = published("accounts.csv", CLEAN).removeprefix("\N{BYTE ORDER MARK}")
    rows = list(csv.reader(io.StringIO(raw, newline=""), delimiter=";"))
    assert len(rows) == len(CLEAN) + 1
    assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []


def test_trust_txt_has_a_line_an_account_and_nothing_else():
    heading, *lines = published("trust.txt", CLEAN).removesuffix("\n").split("\n")
    assert heading.startswith("# ")
    at = [line.startswith(f"social=https://x.com/{number}") for number, line in enumerate(lines)]
    assert at == [True] * len(CLEAN)
    assert obeyed("\n".join(lines)) == []


@pytest.mark.parametrize("form", ["accounts.json", "accounts.jsonld"])
def test_the_lists_documents_say_what_was_written_and_end_no_script(form):
    raw = published(form, CLEAN)
    said_ = json.dumps(json.loads(raw), ensure_ascii=False)
    wanted = (json.dumps(f"https://x.com/{number}{text}", ensure_ascii=False) for number, text in enumerate(CLEAN))
    assert all(each in said_ for each in wanted)
    assert form == "accounts.json" or "<" not in raw


# --- letters that ask, and addresses that are none


def asking(text: str) -> Sheet:
    """A letter that asks about a channel, with a round to answer and an account that nobody could see."""
    blind = a_held(an_account(id=3, name=text, address=f"https://x.com/{text}"), blind=True)
    asked = Question(
        candidate=1, name=text, url=f"https://x.com/{text}", origin="linked", where=text, on=date(2026, 11, 3)
    )
    owner = {"Kulturförvaltningen": [asked]}
    return said(told(blind, asked=owner, questions={3: [date(2026, 11, 24)] * 3}))


@pytest.mark.parametrize("text", SHOWN, ids=ascii)
def test_a_letter_that_asks_is_the_same_whatever_strangers_write(text):
    sheet, wanted = asking(text), asking(PLAIN)
    assert skeleton(letter_html(sheet, link_to)) == skeleton(letter_html(wanted, link_to))
    body = letter_text(sheet, link_to)
    assert unprintable(body) == []
    assert URL.findall(body) == URL.findall(letter_text(wanted, link_to))
    assert [line[0] for line in body.splitlines() if line.startswith(("*", "-", "="))] == [
        line[0] for line in letter_text(wanted, link_to).splitlines() if line.startswith(("*", "-", "="))
    ]


def test_an_address_stays_on_its_own_line():
    for text in SHOWN:
        held = a_held(an_account(address=f"https://x.com/{text}"), a_case(account_id=1))
        body = letter_text(said(told(held)), link_to)
        assert len(body.splitlines()) == len(letter_text(said(told(a_held())), link_to).splitlines()), ascii(text)


# --- the pages that the first suite leaves out


def other_pages(text: str) -> Iterator[str]:
    sheet = asking(text)
    shown = Shown(id=1, name=one_line(text), url=one_line(f"https://x.com/{text}"), known=one_line(text),
                  asks={"ours": text}, takes_link=True, wrong="page.bad.link",
                  typed=Typed(ticked={"ours": "yes"}, post=one_line(text), on=one_line(text)))  # fmt: skip
    day = date(2026, 11, 10)
    yield rendered("letter.html", sheet=sheet)
    yield rendered("round.html", channels=[shown], by=text, to=text, wrong="", thanks=False, handed=text, today=day)
    yield rendered("round.html", channels=[], by=text, wrong="", thanks=True, handed="", today=day)
    found = {"entry": sheet.blocks[0].entries[0], "pages": ["https://x.com/sida", f"x{one_line(text)}"]}
    whose = {
        "speaks": [(one_line(text), f"x{one_line(text)}")],
        "answered": one_line(text),
        "said": Given(by=text, reason=text, what=text),
    }
    for is_since in (True, False):
        yield rendered(
            "ours.html", **found, **whose, more=2, words=("ours",), wrong="page.ours", is_since=is_since, stood="7"
        )
    yield rendered("recheck.html", entry=sheet.blocks[0].entries[0], looked="waiting", may_ask=True, wrong="")
    yield rendered("about.html", city=text, agent=text, address=text, seconds=10, others={"en": "English"})
    yield rendered("accessibility.html", city=text, address=text, statement=SUPERVISION, supervision=SUPERVISION,
                   others={"en": "English"})  # fmt: skip
    for why in ("used", "over", "unknown", "closed", "wrong_way", "elsewhere", "too_long", "not_now"):
        yield rendered("refused.html", why=why, told={"by": text, "day": text} if why == "used" else {},
                       answer=one_line(text) if why == "used" else "")  # fmt: skip
    for told_ in ("page.stop.done", "page.stop.silence.done", "page.stop.line.done", "page.attest.thanks"):
        facts = {"address": text, "day": text, "by": text}
        yield rendered("thanks.html", title="page.stop", told=told_, facts=facts)
    sent = Given(by=text, reason=text, what=text, link=text, new_link=text)
    yield rendered("thanks.html", title="button.report", told="page.report.thanks", facts={}, sent=sent, what="new")
    facts = {"address": text, "day": text}
    yield rendered("paused.html", told="page.stop.done", facts=facts, back="resume", said=Given(by=text), wrong="")
    for quiet in (True, False):
        yield rendered("stop.html", address=text, quiet=quiet, said=Given(by=text), wrong="")


def rendered(name: str, **facts: Any) -> str:
    return bytes(page(name, "sv", **facts).body).decode()


OWN: Final = frozenset({
    "", "/static/style.css", "/?language=en", "/accessibility?language=sv", "/accessibility?language=en", SUPERVISION,
})  # fmt: skip


def test_every_other_page_is_the_same_whatever_strangers_write():
    wanted = [skeleton(each) for each in other_pages(PLAIN)]
    for text in filter(one_line, CLEAN):
        assert [skeleton(each) for each in other_pages(text)] == wanted, ascii(text)
        found = {link for each in other_pages(text) for link in links(each)} - OWN
        assert all(link.startswith("https://x.com/") for link in found), ascii(text)


def test_no_page_is_left_out():
    folder = ROOT / "tests" / "telling"
    tested = "".join((folder / f"test_hostile_{name}.py").read_text() for name in ("texts", "elsewhere"))
    pages = {each.stem for each in (ROOT / "console" / "templates").glob("*.html")}
    assert {each for each in pages if f'"{each}.html"' not in tested} == {"base", "parts"}, (
        "those two are in each of them"
    )
