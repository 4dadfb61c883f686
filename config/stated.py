"""What was set and cannot be used, said in our own words: where, what it was, and the remedy.

kanalkoll.toml, environment ─load_settings▶ Settings | BadSettings
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from audits.wording.quoting import as_written
from audits.wording.said import Said, said
from config.files import told
from config.settings import FILE, Settings
from config.toml import bad, one_a_line, told_of_toml
from config.unusable import Unusable

_PREFIX: Final = "KANALKOLL_"
_OF_OTHERS: Final = ("KANALKOLL_KEY_", "KANALKOLL_INIT_")  # told by whoever reads them
_SETTINGS: Final = tuple(name.upper() for name in Settings.model_fields)
_WANTED: Final[Mapping[object, str]] = {
    int: "whole", float: "number", float | None: "number", bool: "truth", time: "time", str: "text",
}  # fmt: skip
_NO_LIST: Final = frozenset({"tuple_type", "frozen_set_type"})
_BOUNDS: Final = frozenset({"greater_than", "greater_than_equal", "less_than_equal"})


class BadSettings(Unusable):
    """A setting cannot be used; one line for each that is wrong."""


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this folder and environment. Raises `BadSettings`."""
    if unknown := tuple(mistyped(environ)):
        raise BadSettings(one_a_line(unknown))
    try:
        return _with_files(_in_a_zone(Settings(), environ), environ)
    except ValidationError as wrong:
        raise BadSettings(one_a_line(_complaints(wrong, environ))) from wrong
    except TOMLDecodeError as wrong:
        raise BadSettings(told_of_toml(FILE.name, _text_of_the_file(), wrong)) from wrong
    except UnicodeDecodeError as wrong:
        raise BadSettings(said("file.not_text", file=FILE)) from wrong
    except OSError as wrong:
        raise BadSettings(told(wrong, FILE)) from wrong


def mistyped(environ: Mapping[str, str]) -> Iterator[Said]:
    """What is said of every variable that would be a setting if it were written right."""
    for name in sorted(name for name in environ if name.upper().startswith(_PREFIX)):
        if name.upper().removeprefix(_PREFIX) in _SETTINGS or name.upper().startswith(_OF_OTHERS):
            continue
        near = _nearest(name.upper().removeprefix(_PREFIX), _SETTINGS)
        yield said("declared.at", where=name, what=_unknown(_PREFIX + near if near else ""))


def _nearest(name: str, known: Sequence[str]) -> str:
    """The setting that is meant, "" where none is near: the first that begins with this word, else the likest."""
    begun = (each for each in known if each.startswith(f"{name}_"))
    return next(begun, "") or next(iter(difflib.get_close_matches(name, known, n=1)), "")


def _unknown(near: str) -> Said:
    return said("setting.unknown_near", near=near) if near else said("setting.unknown")


def _in_a_zone(settings: Settings, environ: Mapping[str, str]) -> Settings:
    try:
        settings.zone  # noqa: B018  # looked up when first read
    except (ZoneInfoNotFoundError, ValueError) as wrong:
        where = where_set("timezone", environ)
        raise bad(BadSettings, where, "setting.no_zone", value=settings.timezone) from wrong
    return settings


def _with_files(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """The settings, where every file and folder that they name is there."""
    for name in Settings.model_fields:
        named = getattr(settings, name)
        if isinstance(named, Path) and not named.exists():
            raise BadSettings(said("file.set", where=where_set(name, environ), file=named))
    return settings


def _complaints(wrong: ValidationError, environ: Mapping[str, str]) -> Iterator[Said]:
    for error in wrong.errors(include_url=False):
        name = str(error["loc"][0]) if error["loc"] else ""
        yield said("declared.at", where=where_set(name, environ), what=_complaint(name, error))


def where_set(name: str, environ: Mapping[str, str]) -> str:
    """The variable of a setting, where it was set: it is heeded before the file; else the file and the line."""
    variable = _PREFIX + name.upper()
    if environ.get(variable):
        return variable
    at = next(
        (
            at
            for at, line in enumerate(_text_of_the_file().splitlines(), 1)
            if re.match(rf"\s*\[?{re.escape(name)}\b", line)
        ),
        1,
    )
    return said("setting.where", file=FILE, line=at, name=name)


def _text_of_the_file() -> str:
    return FILE.read_text(encoding="utf-8-sig") if FILE.is_file() else ""


def _complaint(name: str, error: ErrorDetails) -> Said:
    """What is wrong with a setting, by what pydantic calls it: https://docs.pydantic.dev/latest/errors/validation_errors/"""
    if error["type"] == "extra_forbidden":
        return _unknown(_nearest(name, tuple(Settings.model_fields)))
    if error["type"] == "value_error":
        return said("setting.no_database")
    if error["type"] in _NO_LIST:
        return said("setting.no_list")
    facts = error.get("ctx", {})
    if error["type"] in _BOUNDS:
        return said(f"setting.{error['type']}", value=_value(error), limit=next(iter(facts.values())))
    if error["type"] == "literal_error":
        return said("setting.none_of", value=_value(error), known=str(facts["expected"]).replace(" or ", ", "))
    wanted = _WANTED.get(Settings.model_fields[name].annotation, "other")
    return said("setting.cannot_use", value=_value(error), wanted=said(f"setting.wanted.{wanted}"))


def _value(error: ErrorDetails) -> str:
    """What stood there; what may be a secret is not repeated."""
    secret = not error["loc"] or _is_secret(str(error["loc"][0]))
    return said("setting.what_is_there") if secret else as_written(error["input"])


def _is_secret(name: str) -> bool:
    return "Secret" in str(Settings.model_fields[name].annotation)
