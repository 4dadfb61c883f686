"""Why an account could not be seen, and what would open it.

Dossier ─why_unread▶ a transport, or that there is no address ─remedies_of▶ the last parts of `remedy.…`
"""

from __future__ import annotations

from audits.model import Transport
from audits.reporting.values import Dossier

NO_ADDRESS = "no_address"
_WAIT = ("wait",)
_REMEDIES = {
    NO_ADDRESS: ("address",),
    Transport.NOT_PERMITTED: ("link", "key", "decide", "attest"),
    Transport.WALLED: ("link", "key", "attest"),
    Transport.BLOCKED: ("link", "key", "attest"),
    Transport.UNREADABLE: ("layout",),
}
REMEDIES = tuple(dict.fromkeys(name for names in (*_REMEDIES.values(), _WAIT) for name in names))


def why_unread(dossier: Dossier) -> str:
    """A `Transport`'s value, or `NO_ADDRESS`."""
    if dossier.account.address is None:
        return NO_ADDRESS
    return (dossier.observation.transport if dossier.observation else Transport.NOT_RECORDED).value


def remedies_of(why: str) -> tuple[str, ...]:
    return _REMEDIES.get(why, _WAIT)


def was_read(dossier: Dossier) -> bool:
    return dossier.observation is not None and dossier.observation.transport is Transport.OK
