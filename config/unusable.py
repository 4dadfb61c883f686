"""What a deployment was told and cannot use, by one name for whoever opens it."""

from __future__ import annotations


class Unusable(ValueError):
    """A declaration, a setting or a folder that cannot be used; the message says where, what it was and the remedy."""
