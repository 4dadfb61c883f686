"""One answer of an edge, and the least pages there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HOME = "https://almestad.example/kultur"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One answer of an edge: a wall in front of a site."""

    html: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    landed: str = HOME


def titled(title: str, body: str = "") -> Shown:
    return Shown(html=f"<html><head><title>{title}</title></head><body>{body}</body></html>")


def worded(*bodies: str) -> tuple[Shown, ...]:
    return tuple(Shown(html=f"<html><body><p>{body}</p></body></html>") for body in bodies)


def headed(status: int, **headers: str) -> Shown:
    return Shown(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})
