"""A page as a picture, where this machine has a Chromium: for previews, never needed to send anything.

page.html ─chromium, headless, without network─▶ a tall picture ─cropped to what is on it─▶ page.png
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image, ImageChops

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
_TALL: Final = 6000
_SECONDS: Final = 60


def browser() -> str | None:
    """The Chromium of this machine, if it has one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def picture(page: Path, target: Path, width: int, *, dark: bool = False) -> bool:
    """Draw the page, so many CSS pixels wide; False where there is no browser or it draws nothing."""
    program = browser()
    if program is None:
        return False
    with TemporaryDirectory() as profile:
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--proxy-server=127.0.0.1:9", f"--user-data-dir={profile}", f"--window-size={width},{_TALL}",
            f"--screenshot={target}", *(["--blink-settings=preferredColorScheme=0"] if dark else []),
            page.resolve().as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603  # our own page
        except (subprocess.SubprocessError, OSError):
            return False
    return target.exists() and _cropped(target)


def _cropped(path: Path) -> bool:
    """Cut the empty paper below the page."""
    with Image.open(path) as drawn:
        shown = drawn.convert("RGB")
    empty = Image.new("RGB", shown.size, shown.getpixel((0, shown.height - 1)))
    box = ImageChops.difference(shown, empty).getbbox()
    if box is None:
        return False
    shown.crop((0, 0, shown.width, min(box[3] + 24, shown.height))).save(path, optimize=True)
    return True
