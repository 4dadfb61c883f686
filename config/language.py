"""The language that a deployment has set, known before any other setting is: what is wrong with those is told in it.

    KANALKOLL_LANGUAGE ─▶ kanalkoll.toml, its line `language = "sv"` ─▶ None: nobody has set one

The file is read by that line alone, so that a file which is broken elsewhere still says in which language to complain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from audits.languages import LANGUAGES

_NAME: Final = "kanalkoll_language"
_FILE: Final = Path("kanalkoll.toml")
# The line of kanalkoll.toml that names the language.
_LINE: Final = re.compile(r"""^[\s\ufeff\ufffd]*language\s*=\s*["'](\w+)["']""", re.MULTILINE)


def language_set(environ: Mapping[str, str]) -> str | None:
    """The language that was set, of those there are; the environment is heeded before the file."""
    named = next((value for name, value in environ.items() if name.lower() == _NAME and value), None)
    stated = named or _in_the_file()
    return stated if stated in LANGUAGES else None


def _in_the_file() -> str | None:
    try:
        found = _LINE.search(_FILE.read_bytes().replace(b"\0", b"").decode("utf-8", "replace"))
    except OSError:  # nobody can read a language there; whoever reads the settings says what is wrong with the file
        return None
    return found[1] if found else None
