"""`public-list.toml`, read and checked: where the public list is, and how it is laid out.

text ─▶ Declaration
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from audits.listing import Declaration, Form
from audits.listing.reading import FIELDS
from config.files import read_text
from config.toml import bad, only_known, parsed
from config.unusable import Unusable

PATH: Final = Path(__file__).parent / "public-list.toml"
_KEYS: Final = frozenset({"url", "form", "within", "columns"})


class BadPublicList(Unusable):
    """The declaration cannot be used; the message says what is wrong and what would do."""


def load_public_list(path: Path = PATH) -> Declaration:
    """The declaration in a file. Raises `BadPublicList` or `BadFile`."""
    return read_public_list(read_text(path), path.name)


def read_public_list(text: str, name: str = "public-list.toml") -> Declaration:
    """The declaration, from TOML text. Raises `BadPublicList`."""
    declared = parsed(text, name, BadPublicList)
    only_known(declared, _KEYS, BadPublicList, name)
    form = _form(declared.get("form", Form.LINKS.value), name)
    return Declaration(
        url=_text(declared, "url", name),
        form=form,
        within=_text(declared, "within", name),
        columns=_columns(declared.get("columns", {}), form, name),
    )


def _form(value: Any, name: str) -> Form:
    try:
        return Form(value)
    except ValueError as error:
        raise bad(BadPublicList, name, "declared.no_choice", key="form", value=value, known=", ".join(Form)) from error


def _text(declared: dict[str, Any], key: str, name: str) -> str:
    value = declared.get(key, "")
    if not isinstance(value, str):
        raise bad(BadPublicList, name, "declared.no_text", key=key, value=value)
    return value


def _columns(value: Any, form: Form, name: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(title, str) and title for title in value.values()):
        raise bad(BadPublicList, name, "declared.columns")
    if unknown := sorted(set(value) - set(FIELDS)):
        raise bad(BadPublicList, name, "declared.unknown_column", name=unknown[0], known=", ".join(FIELDS))
    if form is not Form.LINKS and "address" not in value:
        raise bad(BadPublicList, name, "declared.needs_address", form=form.value)
    return value
