"""A sheet as the two parts of a mail, which say the same.

    Sheet + what each button leads to ─▶ html (tables, inline styles, no remote thing) · text

Every text is escaped by the template; only web addresses become links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import TextWrapper
from typing import Any, TypeAlias

from audits.digest import Block, Button, Entry, Fact, Sheet
from audits.wording import phrase
from audits.wording.binding import bound, unbound
from worker.rendering.links import safe_link
from worker.rendering.template import template

LinkTo: TypeAlias = Callable[[Button], str]
"""The address that a button of this letter leads to; "" where there is no console to lead to."""

WIDTH = 72


def letter_html(sheet: Sheet, link_to: LinkTo) -> str:
    """The HTML part: it holds in Outlook's engine, on a phone and in the dark, and asks nobody for anything."""
    return template("letter.html").render(sheet=sheet, link_to=link_to, safe_link=safe_link, say=_saying(sheet))


def letter_text(sheet: Sheet, link_to: LinkTo) -> str:
    """The text part: every sentence and every link of the HTML part, in the same order."""
    return "\n".join(_lines(sheet, link_to)) + "\n"


def _saying(sheet: Sheet) -> Callable[..., str]:
    def say(key: str, **facts: object) -> str:
        return phrase(key, sheet.language, **facts)

    return say


def _lines(sheet: Sheet, link_to: LinkTo) -> Iterator[str]:
    yield from (sheet.title, "=" * min(len(sheet.title), WIDTH), "", _fill(sheet.opening), "")
    for fact in sheet.glance:
        yield _fact(fact)
    for block in sheet.blocks:
        yield from _block(block, link_to)
    yield ""
    yield from _buttons(sheet.buttons, link_to, "")
    yield ""
    for sentence in sheet.closing:
        yield _fill(sentence)
    if sheet.stop:
        yield from _buttons((sheet.stop,), link_to, "")


def _block(block: Block, link_to: LinkTo) -> Iterator[str]:
    heading = f"{block.part}: {block.heading}" if block.part else block.heading
    yield from ("", "", heading.upper() if not block.part else heading, "-" * min(len(heading), WIDTH))
    if block.note:
        yield _fill(block.note)
    for entry in block.entries:
        yield ""
        yield from _entry(entry, link_to)


def _entry(entry: Entry, link_to: LinkTo) -> Iterator[str]:
    yield _fill(f"* {entry.title}" + (f" [{entry.mark}]" if entry.mark else ""), subsequent_indent="  ")
    for line in (entry.where, safe_link(entry.url)):
        if line:
            yield f"  {line}"
    for fact in entry.facts:
        yield _fact(fact, "  ")
    yield from _buttons(entry.buttons, link_to, "  ")


def _fact(fact: Fact, indent: str = "") -> str:
    told = f"{fact.label} {fact.text}" if fact.label.endswith("?") else f"{fact.label}: {fact.text}"
    return _fill(
        told, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False, break_on_hyphens=False
    )


def _fill(text: str, **how: Any) -> str:
    """Lines of a mail's width, broken where the page would break them too."""
    return unbound(TextWrapper(WIDTH, **how).fill(bound(text)))


def _buttons(buttons: tuple[Button, ...], link_to: LinkTo, indent: str) -> Iterator[str]:
    for button in buttons:
        if address := link_to(button):
            yield f"{indent}{button.label}: {address}"
