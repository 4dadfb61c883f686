"""Any pasted text → platform, kind, canonical URL and key.

cleaning ─▶ locating (splitting) ─▶ matching ─▶ identifying ─┬▶ an address with its key
                                       ▲                     └▶ mending: what a broken one may have meant
one `GRAMMAR` a platform ─ grammar ─▶ patterns

hosts       one spelling, compared label by label      shorteners   hosts that only send on
posts       the post that an address names
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
from audits.addresses.posts import post_reference
from audits.addresses.shorteners import NEUTRAL, is_shortened, leads_elsewhere
