"""What an answer says about asking further, decided from the answer alone.

    page ─▶ Heed(failure, pause): leave the host alone tonight │ wait so long before the next request

The first 429, 999, bot page, challenge or login redirect stops a host for the night. No second try with other headers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from audits.model import Page, Transport
from worker.fetching.outcomes import Failure, worded
from worker.fetching.urls import host_of

# What stops a host for the night.
STOPPING: Final = frozenset({Failure.RATE_LIMITED, Failure.REFUSED, Failure.CHALLENGE, Failure.LOGIN_REDIRECT})
STOPPING_TRANSPORTS: Final = frozenset({Transport.BLOCKED, Transport.RATE_LIMITED, Transport.WALLED})
_LONGEST: Final = 86_400.0  # seconds that a host is left alone at most

# Whole path segments; a page that was asked for under such a name itself is not a wall.
_LOGIN: Final = frozenset(
    {"login", "login.php", "signin", "sign-in", "sign_in", "servicelogin", "authwall", "uas", "log-in", "sso", "oauth"}
)
_CHALLENGE: Final = frozenset({"checkpoint", "challenge", "captcha", "sorry", ".within.website"})
_CONSENT: Final = frozenset({"consent", "cookie-consent"})
_CONSENT_HOST: Final = re.compile(r"consent\.")
_WALLS: Final = (
    (_LOGIN, Failure.LOGIN_REDIRECT),
    (_CHALLENGE, Failure.CHALLENGE),
    (_CONSENT, Failure.CONSENT_REDIRECT),
)

_REFUSING: Final = frozenset({401, 403, 503})
_BOT_HEADERS: Final = ("cf-mitigated", "x-datadome", "x-amzn-waf-action")
# Cloudflare, DataDome, Akamai and PerimeterX write these into the pages that stop programs; Anubis names its own path.
_BOT_WORDS: Final = (
    b"challenge-platform", b"cf-chl-", b"cf_chl_", b"just a moment...", b"attention required! | cloudflare",
    b"captcha-delivery.com", b"g-recaptcha", b"h-captcha", b"px-captcha", b"_incapsula_resource",
    b"errors.edgesuite.net", b".within.website", b"unusual traffic", b"are you a robot", b"bot detection",
)  # fmt: skip
_LOOKED_AT = 65_536

_RESETS: Final = ("x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset")
_REMAINING: Final = ("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining")


@dataclass(frozen=True, slots=True)
class Heed:
    """A `failure` leaves the host alone for the night, or for `pause` seconds where that is longer."""

    failure: Failure | None = None
    detail: str = ""
    pause: float = 0.0

    @property
    def reason(self) -> str:
        return worded(self.failure, self.detail) if self.failure else ""


def heed(page: Page) -> Heed:
    """What to make of an answer, whose `fetched_at` says when it came."""
    pause = patience_asked(page.headers, page.status, page.fetched_at)
    if page.status == 429:
        return Heed(Failure.RATE_LIMITED, "HTTP 429", pause)
    if page.status == 999:
        return Heed(Failure.REFUSED, "HTTP 999", pause)
    if page.status in _REFUSING and (sign := _bot_sign(page)):
        return Heed(Failure.CHALLENGE, f"HTTP {page.status}, {sign}", pause)
    return Heed(pause=pause)


def wall_ahead(start: httpx.URL, target: httpx.URL) -> Failure | None:
    """The wall that a redirect leads to, if it does: then it is not followed."""
    if _CONSENT_HOST.match(host_of(target)) and not _CONSENT_HOST.match(host_of(start)):
        return Failure.CONSENT_REDIRECT
    new = _segments(target) - _segments(start)
    return next((failure for names, failure in _WALLS if names & new), None)


def patience_asked(headers: Mapping[str, str], status: int | None, now: datetime) -> float:
    """Seconds that the host asks to be left alone: Retry-After, or a spent allowance until it is renewed."""
    asked = _seconds_until(headers.get("retry-after", ""), now) if status in {429, 503} else 0.0
    spent = any(headers.get(name, "").strip() == "0" for name in _REMAINING)
    renewed = (_seconds_until(headers.get(name, ""), now) for name in _RESETS)
    return max(asked, *renewed) if spent else asked


def _seconds_until(text: str, now: datetime) -> float:
    """Read seconds from now, seconds since 1970, an HTTP date or an ISO 8601 time: all are in use. 0 for nonsense."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", text):
        number = float(text)
        return min(max(number - now.timestamp() if number > 10**9 else number, 0.0), _LONGEST)
    moment = _moment(text)
    return min(max((moment - now).total_seconds(), 0.0), _LONGEST) if moment else 0.0


def _moment(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text[:60])
        except (ValueError, OverflowError, IndexError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _bot_sign(page: Page) -> str:
    header = next((name for name in _BOT_HEADERS if name in page.headers), "")
    folded = page.body[:_LOOKED_AT].lower()
    return header or next((word.decode() for word in _BOT_WORDS if word in folded), "")


def _segments(url: httpx.URL) -> frozenset[str]:
    path = url.raw_path.partition(b"?")[0].decode("ascii").lower()
    return frozenset(path.split("/"))
