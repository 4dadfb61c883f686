"""Why an account could not be seen, and what would open it.

Dossier ─why_unread▶ a transport, no address, or no contact to name ─remedies_of▶ the last parts of `remedy.…`
"""

from __future__ import annotations

from audits.model import Transport
from audits.reporting.values import Dossier

NO_ADDRESS = "no_address"
NO_CONTACT = "no_contact"  # as the reason of such a look begins: the gate that is closed is our own
_WAIT = ("wait",)
_REMEDIES = {
    NO_ADDRESS: ("address",),
    NO_CONTACT: ("contact",),
    Transport.NOT_PERMITTED: ("link", "key", "decide", "attest"),
    Transport.WALLED: ("link", "key", "attest"),
    Transport.BLOCKED: ("link", "key", "attest"),
    Transport.UNREADABLE: ("layout",),
}
REMEDIES = tuple(dict.fromkeys(name for names in (*_REMEDIES.values(), _WAIT) for name in names))


def why_unread(dossier: Dossier) -> str:
    """A `Transport`'s value, `NO_ADDRESS`, or `NO_CONTACT`."""
    look = dossier.observation
    if dossier.account.address is None:
        return NO_ADDRESS
    if look is None:
        return Transport.NOT_RECORDED.value
    return NO_CONTACT if look.reason.partition(":")[0] == NO_CONTACT else look.transport.value


def remedies_of(why: str) -> tuple[str, ...]:
    return _REMEDIES.get(why, _WAIT)


def was_read(dossier: Dossier) -> bool:
    return dossier.observation is not None and dossier.observation.transport is Transport.OK
