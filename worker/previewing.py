"""Letters as files, for eyes: nothing is sent, nothing is kept, and the links in them lead nowhere.

Letters ─▶ 01-kulturforvaltningen.eml, .html, .txt, .png        00-overview: the officer's
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from audits.digest import Addressee, Button, Digest, Sheet
from worker.rendering.letters import letter_html, letter_text
from worker.rendering.picturing import picture
from worker.replacing import write_whole
from worker.steps.telling import PATHS, shown_whole

if TYPE_CHECKING:
    from worker.wiring.telling import Letters

WIDTH: Final = 760
_NAMED: Final = 3  # of the administrations that one letter is about
_NOWHERE: Final = "https://kanalkoll.invalid"  # RFC 2606: nobody is ever there


def preview(letters: Letters, folder: Path, *, drawn: bool = True) -> list[Path]:
    """Write every letter of this week to `folder`; gives the files. `drawn`: pictures too, which take seconds each.

    Raises `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = [path for name, to, sheet in _sheets(letters) for path in _written(letters, folder / name, to, sheet)]
    return [*files, *_drawn(files)] if drawn else files


def _sheets(letters: Letters) -> Iterator[tuple[str, Addressee, Sheet]]:
    telling = letters.telling()
    officer = telling.manner.officer or Addressee(address="nobody@kanalkoll.invalid", language=telling.manner.language)
    yield "00-overview", officer, letters.overview_now()
    told = list(letters.this_week())
    named = names_of([digest for digest, _ in told])
    yield from ((name, digest.recipient, sheet) for name, (digest, sheet) in zip(named, told, strict=True))


def names_of(digests: Sequence[Digest]) -> list[str]:
    """What the files of these letters are called: by the administrations that each is about; and where that tells two
    of them not apart, by the mailbox.
    """
    about = ["-".join(_plain(part.administration) for part in digest.parts[:_NAMED]) for digest in digests]
    boxes = [_plain(digest.recipient.address.partition("@")[0]) for digest in digests]
    alike = Counter(about)
    return [
        f"{number:02}-{name}-{box}" if alike[name] > 1 else f"{number:02}-{name}"
        for number, (name, box) in enumerate(zip(about, boxes, strict=True), 1)
    ]


def _plain(name: str) -> str:
    """A name as part of a file's: ASCII letters and digits."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")[:40] or "letter"


def _written(letters: Letters, stem: Path, to: Addressee, sheet: Sheet) -> Iterator[Path]:
    def link_to(button: Button) -> str:
        return f"{letters.deployment.settings.console_url or _NOWHERE}/{PATHS[button.purpose]}/preview"

    telling, now, key = letters.telling(), letters.deployment.clock(), f"preview:{stem.name}"
    sheet = shown_whole(telling, sheet, key, to, now)
    message = telling.writer.letter(sheet, key, to, now, link_to)
    parts = {
        ".eml": message,
        ".html": letter_html(sheet, link_to).encode(),
        ".txt": letter_text(sheet, link_to).encode(),
    }
    for suffix, content in parts.items():
        path = stem.with_suffix(suffix)
        write_whole(path, content)
        yield path


def _drawn(files: list[Path]) -> Iterator[Path]:
    """A picture of every letter, where there is a browser."""
    for page in (path for path in files if path.suffix == ".html"):
        drawn = page.with_suffix(".png")
        if picture(page, drawn, WIDTH):
            yield drawn
