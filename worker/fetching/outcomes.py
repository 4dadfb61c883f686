"""Why there is no page, in words that callers can rely on.

    whatever went wrong ─▶ NoPage(failure, detail) ─▶ Page.transport and Page.reason = "failure: detail"

A detail is another name that people have words for, or a fact: a host, a number, somebody else's words quoted.

Inside this package a failure travels as an exception; it never leaves it as one.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from audits.model import Page, Transport


class Failure(StrEnum):
    """The first word of `Page.reason`."""

    # the address itself
    BAD_URL = "bad_url"
    PORT = "port"
    NOT_PUBLIC = "not_public"
    # permission
    TERMS = "terms"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    NO_KEY = "no_key"
    KEY_EXPIRED = "key_expired"
    KEY_SPENT = "key_spent"
    KEY_ELSEWHERE = "key_elsewhere"
    NO_CONTACT = "no_contact"
    # pace
    OWN_PACE = "own_pace"
    STOPPED = "stopped"
    # the way there
    DNS = "dns"
    DNS_TIMEOUT = "dns_timeout"
    CONNECT = "connect"
    CONNECT_TIMEOUT = "connect_timeout"
    PROXY = "proxy"
    CERTIFICATE = "certificate"
    TLS = "tls"
    # the answer
    RESET = "reset"
    READ_TIMEOUT = "read_timeout"
    DEADLINE = "deadline"
    PROTOCOL = "protocol"
    HEADERS = "headers"
    ENCODING = "encoding"
    CUT_SHORT = "cut_short"
    TOO_BIG = "too_big"
    NOT_ASKED_FOR = "not_asked_for"
    SERVER_ERROR = "server_error"
    # redirects
    BAD_REDIRECT = "bad_redirect"
    DOWNGRADE = "downgrade"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_HOPS = "too_many_hops"
    # what stops a host for the night
    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"
    CHALLENGE = "challenge"
    LOGIN_REDIRECT = "login_redirect"
    CONSENT_REDIRECT = "consent_redirect"
    UNFORESEEN = "unforeseen"


UNCHANGED: Final = "unchanged"  # no failure: the page kept from the last visit still holds

_TRANSPORTS: Final = MappingProxyType(
    {
        Failure.TERMS: Transport.NOT_PERMITTED,
        Failure.ROBOTS: Transport.NOT_PERMITTED,
        Failure.NO_KEY: Transport.NOT_PERMITTED,
        Failure.KEY_EXPIRED: Transport.NOT_PERMITTED,
        Failure.KEY_SPENT: Transport.NOT_PERMITTED,
        Failure.KEY_ELSEWHERE: Transport.NOT_PERMITTED,
        Failure.NO_CONTACT: Transport.NOT_PERMITTED,
        Failure.HEADERS: Transport.UNREADABLE,
        Failure.ENCODING: Transport.UNREADABLE,
        Failure.NOT_ASKED_FOR: Transport.UNREADABLE,
        Failure.TOO_BIG: Transport.OK,
        Failure.RATE_LIMITED: Transport.RATE_LIMITED,
        Failure.REFUSED: Transport.BLOCKED,
        Failure.CHALLENGE: Transport.BLOCKED,
        Failure.LOGIN_REDIRECT: Transport.WALLED,
        Failure.CONSENT_REDIRECT: Transport.CONSENT,
    }
)

_BY_NAME: Final = MappingProxyType({each.value: each for each in Failure})
_ONCE_MORE = frozenset({Failure.RESET, Failure.CONNECT_TIMEOUT, Failure.READ_TIMEOUT, Failure.DNS_TIMEOUT})


class NoPage(Exception):
    """Carries a failure to the edge of this package."""

    def __init__(self, failure: Failure, detail: str = "", transport: Transport | None = None) -> None:
        super().__init__(failure, detail)
        self.failure = failure
        self.detail = detail
        self.transport = transport or transport_of(failure)

    @property
    def reason(self) -> str:
        return worded(self.failure, self.detail)


def transport_of(failure: Failure) -> Transport:
    """Whatever is not a refusal, a wall or an unreadable answer kept us from getting there."""
    return _TRANSPORTS.get(failure, Transport.UNREACHABLE)


def worded(failure: Failure, detail: str) -> str:
    """What `audits.wording.reasons` puts in words: a name, the name of what it comes of, and last a fact."""
    return f"{failure.value}: {detail}" if detail else failure.value


def failure_of(page: Page) -> Failure | None:
    """The failure that a page's reason names, if any."""
    return _BY_NAME.get(page.reason.partition(":")[0])


def worth_a_retry(page: Page) -> bool:
    """Whether asking the same once more is decent: after a broken connection or a time-out, and nothing else."""
    return failure_of(page) in _ONCE_MORE
