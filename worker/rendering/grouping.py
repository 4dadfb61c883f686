"""A chapter's rows under what they have in common, so that no line says again what the one above it said.

Chapter ─groups▶ Group(title, what all of its rows say, the columns that are left, rows) …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.reporting import Cell, Chapter

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of one kind; `title` is "" where the chapter is not grouped."""

    title: str
    said: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def groups(chapter: Chapter) -> Iterator[Group]:
    """The chapter's rows by its own column for that, in the order in which they first come."""
    if chapter.by is None:
        yield Group(title="", said=(), columns=chapter.columns, rows=chapter.rows)
        return
    found: dict[str, list[Row]] = {}
    for row in chapter.rows:
        found.setdefault(row[chapter.by].text, []).append(row)
    for title, rows in found.items():
        yield _group(title, rows, chapter, chapter.by)


def _group(title: str, rows: Sequence[Row], chapter: Chapter, by: int) -> Group:
    rest = [place for place in range(len(chapter.columns)) if place != by]
    several = len(rows) > 1
    alike = [
        place
        for place in rest
        if _says_the_same([row[place] for row in rows]) and (several or place == rest[-1] or not rows[0][place].text)
    ]
    left = [place for place in rest if place not in alike]
    return Group(
        title=title,
        said=tuple(rows[0][place].text for place in alike if rows[0][place].text),
        columns=tuple(chapter.columns[place] for place in left),
        rows=tuple(tuple(row[place] for place in left) for row in rows),
    )


def _says_the_same(cells: Sequence[Cell]) -> bool:
    """Whether a column may be said once above its rows; a link stands for itself."""
    return len({cell.text for cell in cells}) == 1 and not any(cell.link for cell in cells)
