"""Any pasted text → platform, kind, canonical URL and key.

cleaning ─▶ locating (splitting) ─▶ matching ─▶ identifying
                                       ▲
one `GRAMMAR` a platform ─ grammar ─▶ patterns
"""

from audits.addresses.cleaning import visible
from audits.addresses.grammar import (
    LETTERS,
    WEB_FIELDS,
    Field,
    Form,
    Grammar,
    Host,
    Strangers,
    keep,
    lower,
    trimmed,
    without_stops,
)
from audits.addresses.hosts import ascii_host, host_of, is_own_host, named_host, registered_name
from audits.addresses.identifying import LONGEST, identify
from audits.addresses.posts import PostRef, post_reference
from audits.addresses.shorteners import NEUTRAL, is_shortened, leads_elsewhere

__all__ = [
    "LETTERS",
    "LONGEST",
    "NEUTRAL",
    "WEB_FIELDS",
    "Field",
    "Form",
    "Grammar",
    "Host",
    "PostRef",
    "Strangers",
    "ascii_host",
    "host_of",
    "identify",
    "is_own_host",
    "is_shortened",
    "keep",
    "leads_elsewhere",
    "lower",
    "named_host",
    "post_reference",
    "registered_name",
    "trimmed",
    "visible",
    "without_stops",
]
