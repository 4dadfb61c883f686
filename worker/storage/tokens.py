"""Names that nobody can guess: of a run asked for by hand, of a lease, of a link in a letter."""

from __future__ import annotations

import secrets


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)
