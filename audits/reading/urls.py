"""Addresses as pages write them, taken apart without ever raising."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit


def path(url: str | None) -> str:
    """The path as it stands there; empty where the address cannot be read."""
    try:
        return urlsplit(url or "").path
    except ValueError:
        return ""


def path_parts(url: str | None) -> tuple[str, ...]:
    """The segments of the path, decoded; none where the address cannot be read."""
    return tuple(unquote(part) for part in path(url).split("/") if part)


def query_value(url: str | None, name: str) -> str | None:
    """The first value of a query parameter, decoded."""
    try:
        values = parse_qs(urlsplit(url or "").query).get(name)
    except ValueError:
        return None
    return values[0] if values else None


def host(url: str | None) -> str:
    """The host, lower case; empty where there is none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
