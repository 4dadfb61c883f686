"""A chapter's rows under what they have in common."""

from __future__ import annotations

from audits.reporting import Cell, Chapter
from worker.rendering.grouping import groups


def a_chapter(*rows: tuple[str, str, str, str], by: int | None = 1) -> Chapter:
    cells = tuple(tuple(Cell(text=text) for text in row) for row in rows)
    return Chapter(key="found", title="", lead="", columns=("channel", "what", "where", "next"), rows=cells, by=by)


def test_what_every_row_of_a_kind_says_is_said_once():
    first, other = groups(
        a_chapter(("a", "new", "", "look"), ("b", "old", "there", "mend"), ("c", "new", "", "look")),
    )
    assert (first.title, first.said, first.columns) == ("new", ("look",), ("channel",))
    assert [[cell.text for cell in row] for row in first.rows] == [["a"], ["c"]]
    assert (other.title, other.said, other.columns) == ("old", ("mend",), ("channel", "where"))


def test_a_link_stands_on_its_own_line():
    row = (Cell(text="a"), Cell(text="new"), Cell(text="there"), Cell(text="look", link="https://almestad.example/"))
    chapter = Chapter(key="found", title="", lead="", columns=("channel", "what", "where", "next"), rows=(row,), by=1)
    (group,) = groups(chapter)
    assert group.columns == ("channel", "where", "next")


def test_a_chapter_of_one_kind_stays_one_table():
    (group,) = groups(a_chapter(("a", "new", "", "look"), by=None))
    assert (group.title, group.columns) == ("", ("channel", "what", "where", "next"))
