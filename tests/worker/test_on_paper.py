"""What is printed is dark on white, whatever the screen has."""

from pathlib import Path

import pytest

import console
import worker.rendering

STYLES = [
    Path(worker.rendering.__file__).parent / "templates" / "report.css",
    Path(console.__file__).parent / "static" / "style.css",
]


@pytest.mark.parametrize("style", STYLES, ids=lambda each: each.name)
def test_the_colours_of_a_dark_screen_are_for_screens_alone(style: Path):
    text = style.read_text()
    assert text.count("prefers-color-scheme: dark") == text.count("screen and (prefers-color-scheme: dark)") == 1
