"""What was set and cannot be used, said in our own words: where, what it was, and the remedy.

kanalkoll.toml, environment ─load_settings▶ Settings | BadSettings
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import time
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from audits.wording.said import said
from config.settings import Settings
from config.unusable import Unusable

_PREFIX: Final = "KANALKOLL_"
_OF_OTHERS: Final = ("KANALKOLL_KEY_", "KANALKOLL_INIT_")  # told by whoever reads them
_SETTINGS: Final = tuple(name.upper() for name in Settings.model_fields)
_FILE: Final = Path("kanalkoll.toml")
_WANTED: Final[Mapping[object, str]] = {
    int: "a whole number", float: "a number", bool: "true or false", time: "a time of day, such as 03:15",
    str: "a text in quotes",
}  # fmt: skip


class BadSettings(Unusable):
    """A setting cannot be used; one line for each that is wrong."""


def load_settings(environ: Mapping[str, str] = os.environ, file: Path = _FILE) -> Settings:
    """The settings of this folder and environment. Raises `BadSettings`."""
    if unknown := tuple(mistyped(environ)):
        raise BadSettings("\n".join(unknown))
    try:
        return _with_files(_in_a_zone(Settings(), environ, file), environ, file)
    except ValidationError as wrong:
        raise BadSettings("\n".join(_complaints(wrong, environ, file))) from wrong
    except TOMLDecodeError as wrong:
        raise BadSettings(told_of_toml(file.name, _text_of(file), wrong)) from wrong
    except UnicodeDecodeError as wrong:
        raise BadSettings(f"{file}: is no UTF-8 text; save it as UTF-8") from wrong
    except OSError as wrong:
        raise BadSettings(f"{file}: cannot be read ({wrong.strerror}); let this user read it") from wrong
    except SettingsError as wrong:
        raise BadSettings(f'{_variable_in(str(wrong))}: is no list; write it as ["…", "…"]') from wrong


def mistyped(environ: Mapping[str, str]) -> Iterator[str]:
    """What is said of every variable that would be a setting if it were written right."""
    for name in sorted(name for name in environ if name.upper().startswith(_PREFIX)):
        if name.upper().removeprefix(_PREFIX) in _SETTINGS or name.upper().startswith(_OF_OTHERS):
            continue
        near = difflib.get_close_matches(name.upper().removeprefix(_PREFIX), _SETTINGS, n=1)
        remedy = f"did you mean {_PREFIX}{near[0]}?" if near else "take it out"
        yield f"{name}: there is no such setting; {remedy}"


def _in_a_zone(settings: Settings, environ: Mapping[str, str], file: Path) -> Settings:
    try:
        settings.zone  # noqa: B018  # looked up when first read
    except (ZoneInfoNotFoundError, ValueError) as wrong:
        where = _where("timezone", environ, file)
        raise BadSettings(f"{where}: there is no zone {settings.timezone!r}; write one as Europe/Stockholm") from wrong
    return settings


def _with_files(settings: Settings, environ: Mapping[str, str], file: Path) -> Settings:
    """The settings, where every file and folder that they name is there."""
    for name in Settings.model_fields:
        named = getattr(settings, name)
        if isinstance(named, Path) and not named.exists():
            raise BadSettings(said("file.set", where=_where(name, environ, file), file=named))
    return settings


def told_of_toml(file: str, text: str, wrong: TOMLDecodeError) -> str:
    """File, line and remedy of a text that is no TOML; what ends too early is told by its last line."""
    named = re.search(r"line (\d+)", str(wrong))
    line = int(named[1]) if named else max(len(text.splitlines()), 1)
    what = str(wrong).partition(" (at ")[0]
    return f'{file}, line {line}: {what[:1].lower()}{what[1:]}; mend that line, as in language = "sv"'


def _complaints(wrong: ValidationError, environ: Mapping[str, str], file: Path) -> Iterator[str]:
    for error in wrong.errors(include_url=False):
        name = str(error["loc"][0]) if error["loc"] else ""
        yield f"{_where(name, environ, file)}: {_complaint(name, error)}"


def _where(name: str, environ: Mapping[str, str], file: Path) -> str:
    """The variable that was set, which is heeded before the file; else the file and the line."""
    variable = _PREFIX + name.upper()
    if environ.get(variable):
        return variable
    at = next(
        (at for at, line in enumerate(_text_of(file).splitlines(), 1) if re.match(rf"\s*\[?{re.escape(name)}\b", line)),
        1,
    )
    return f"{file}, line {at}, {name}"


def _text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _complaint(name: str, error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, n=1)
        return f"there is no such setting; did you mean {near[0]}?" if near else "there is no such setting; take it out"
    field = Settings.model_fields[name]
    wanted = _WANTED.get(field.annotation) if _is_of_another_kind(error) else None
    return f"{_value(error)}cannot be used; write {wanted}" if wanted else f"{_value(error)}{_plain(error)}"


def _is_of_another_kind(error: ErrorDetails) -> bool:
    return error["type"].endswith(("_parsing", "_type"))


def _value(error: ErrorDetails) -> str:
    """What stood there; what may be a secret is not repeated."""
    secret = not error["loc"] or _is_secret(str(error["loc"][0]))
    return "what is there " if secret else f"{error['input']!r} "


def _is_secret(name: str) -> bool:
    return "Secret" in str(Settings.model_fields[name].annotation)


def _plain(error: ErrorDetails) -> str:
    said = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"cannot be used: it {said}" if said.startswith("should") else said


def _variable_in(said: str) -> str:
    named = re.search(r'field "(\w+)"', said)
    return _PREFIX + named[1].upper() if named else "a setting"
