"""The picture of the report in README.md, taken anew from the demo's own report.

out/report.html ─Chromium▶ docs/report.png      make picture
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURE: Final = Path(__file__).parents[1] / "docs" / "report.png"
_WIDTH, _HEIGHT, _SHARPNESS = 1100, 900, 1.5
_COLOURS: Final = 256  # enough for a page of text and a few charts, and a third of the size


def take(report: Path, picture: Path, chromium: str) -> None:
    """Take the top of a report as a picture. Raises `playwright.sync_api.Error` where there is no such browser."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        context = browser.new_context(viewport={"width": _WIDTH, "height": _HEIGHT}, device_scale_factor=_SHARPNESS)
        page = context.new_page()
        page.goto(report.resolve().as_uri())
        page.screenshot(path=picture)
        browser.close()
    with Image.open(picture) as taken:
        taken.convert("RGB").quantize(_COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]), PICTURE, sys.argv[2])
