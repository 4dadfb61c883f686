"""The project's pages for people, and the commands that they show.

README.md, docs/*.md ─fences▶ Fence(language, text) ─session▶ one shell script a page: its sh blocks in order
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_FENCE: Final = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE: Final = re.compile(r"`kanalkoll ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of a page, without the indent of the list that it stands in."""

    language: str
    text: str


def fences(page: Path) -> Iterator[Fence]:
    for found in _FENCE.finditer(page.read_text(encoding="utf-8")):
        lines = (line.removeprefix(found["indent"]) for line in found["text"].splitlines())
        yield Fence(found["language"], "\n".join(lines) + "\n")


def session(page: Path) -> str:
    """Everything that the page asks its reader to type, one block after the other."""
    return "\n".join(fence.text for fence in fences(page) if fence.language == "sh")


def outside_of_sessions(page: Path) -> str:
    """The page without its sh blocks."""
    return _FENCE.sub(lambda found: "" if found["language"] == "sh" else found[0], page.read_text(encoding="utf-8"))


def named_in_passing(page: Path) -> set[tuple[str, str]]:
    """The commands that the page's sentences name: (command, the word after it or "")."""
    return set(_INLINE.findall(outside_of_sessions(page)))


def linked_files(page: Path) -> set[Path]:
    """The files of the project that the page links to or shows."""
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    return {(page.parent / link).resolve() for link in links}
