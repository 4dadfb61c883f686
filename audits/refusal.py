"""What is refused, by one name for whoever tells it.

a decision, a file, a link that cannot be taken ─raises▶ Refused ─the command line's edge▶ told once, exit 2
"""

from __future__ import annotations


class Refused(ValueError):
    """What was asked cannot be done; the message says why and what would do."""
