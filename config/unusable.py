"""What a deployment was told and cannot use, by one name for whoever opens it."""

from __future__ import annotations

from audits.refusal import Refused


class Unusable(Refused):
    """A declaration, a setting or a folder that cannot be used; the message says where, what it was and the remedy."""
