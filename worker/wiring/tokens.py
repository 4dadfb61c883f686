"""Access tokens, wired to the one way out of the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from config.stated import load_settings

if TYPE_CHECKING:
    from config.settings import Settings
    from worker.fetching.tokens import TokenDesk


def microsoft_token(settings: Settings) -> Callable[[], str]:
    """Access tokens of Microsoft 365 for the settings' application. Raises `BadNetwork`."""
    secret = settings.smtp_oauth_secret.get_secret_value()
    return _desk(settings.smtp_oauth_tenant, settings.smtp_oauth_client, secret)


@cache
def _desk(tenant: str, client: str, secret: str) -> TokenDesk:
    """One a process, so that a token is used until it ends."""
    from worker.fetching.making import public_transports
    from worker.fetching.resolving import SystemResolver
    from worker.fetching.tokens import TokenDesk, microsoft_365
    from worker.wiring import utc_now
    from worker.wiring.asking import network_of

    transports = public_transports(network_of(load_settings()), SystemResolver())
    return TokenDesk(microsoft_365(tenant, client, secret), transports, utc_now)
