"""Where the values of keys are: the environment, or files that it names. Nothing is kept.

    KANALKOLL_KEY_<NAME>, KANALKOLL_KEY_<NAME>_FILE ─Safe.values(key)─▶ the values, at the moment of use

A message names the variable and never what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from audits.wording.said import Said, said
from config.files import told
from config.keys import DeclaredKey, Keys

PREFIX: Final = "KANALKOLL_KEY_"
IN_FILE: Final = "_FILE"
_SHORTEST: Final = 8  # whatever repeats a key is blotted out, and shorter words stand in any text


class NoValue(ValueError):
    """A key's value cannot be had, or cannot be one."""


class NoKeyFile(NoValue):
    """The file that should hold it cannot be read: whoever runs the machine mends that, and no key is lost."""


@dataclass(frozen=True, slots=True)
class Safe:
    """Where the values are: the environment, or files that it names. Nothing is kept here."""

    environ: Mapping[str, str] = field(repr=False)
    read: Callable[[Path], str] = Path.read_text

    def holds(self, key: DeclaredKey) -> bool:
        """Whether a value was given for the key and for everything that goes with it."""
        return all(self._given(variable) for variable in _variables(key))

    def lacks(self, key: DeclaredKey) -> tuple[str, ...]:
        """The variables that are still missing of a key that is partly given; () for one that is not given at all."""
        missing = tuple(variable for variable in _variables(key) if not self._given(variable))
        return missing if len(missing) < len(_variables(key)) else ()

    def values(self, key: DeclaredKey) -> tuple[str, Mapping[str, str]]:
        """The key's value, and those of its companions by header. Raises `NoValue`."""
        companions = {header: self._value(f"{_variable(key)}_{end}") for header, end in key.companions.items()}
        return self._value(_variable(key)), companions

    def known(self, keys: Keys) -> frozenset[str]:
        """Every variable that a key is read from."""
        return frozenset(variable for key in keys.values() for variable in _variables(key))

    def unknown(self, keys: Keys) -> tuple[str, ...]:
        """Variables that look like keys and belong to none."""
        known = self.known(keys)
        stated = {name.removesuffix(IN_FILE) for name in self.environ if name.startswith(PREFIX)}
        return tuple(sorted(stated - known))

    def _given(self, variable: str) -> bool:
        return bool(self.environ.get(variable) or self.environ.get(variable + IN_FILE))

    def _value(self, variable: str) -> str:
        value = (self.environ.get(variable) or self._from_file(variable)).strip()
        if len(value) < _SHORTEST:
            raise NoValue(said("key.nothing", variable=variable))
        if not value.isascii() or not value.isprintable():
            raise NoValue(said("key.odd", variable=variable))
        return value

    def _from_file(self, variable: str) -> str:
        named = self.environ.get(variable + IN_FILE, "")
        try:
            return self.read(Path(named))
        except (OSError, UnicodeDecodeError) as wrong:
            raise NoKeyFile(_unread(variable + IN_FILE, named, wrong)) from wrong


def _unread(variable: str, named: str, wrong: OSError | UnicodeDecodeError) -> Said:
    """What keeps a file from being read. What is no whole path may be the key itself, and is not shown."""
    file = named if named.startswith("/") else said("setting.what_is_there")
    what = told(wrong, file) if isinstance(wrong, OSError) else said("file.not_text", file=file)
    return said("declared.at", where=variable, what=what)


def _variable(key: DeclaredKey) -> str:
    return PREFIX + key.name.upper()


def _variables(key: DeclaredKey) -> tuple[str, ...]:
    own = _variable(key)
    return own, *(f"{own}_{end}" for end in key.companions.values())
