"""One recorded response, read: what `kanalkoll inspect` answers.

    address, status, headers, body ─▶ Page ─▶ the platform's reader ─▶ {"transport", "existence", "facts", …}

A fact that could not be seen is absent; one that is not there is null.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from audits.absences import of_the_account
from audits.addresses import identify
from audits.model import ALIVE, UNSEEN, Activity, AddressKind, Existence, Facts, Page, PlatformId, Reading, Transport
from audits.platform import Platform, Platforms, Subject
from audits.reading.archived import as_served, original_address
from audits.reading.markers import Packs

_PLAIN = ("display_name", "handle", "description", "followers", "posts_count", "avatar_url", "website_link",
          "links", "verified", "created_at", "language", "moved_to")  # fmt: skip


def inspect_page(page: Page, platforms: Platforms, packs: Packs, platform_name: str | None = None) -> dict[str, Any]:
    """Read one page without a register. `platform_name` wins over what the address says."""
    page = as_served(page)
    platform, subject = subject_of(page.url, platforms, platform_name)
    told = of_the_account(platform.read(page, subject, packs), platform, subject.key)
    reading = _of_no_post(told, page, platform)
    return {
        "platform": platform_name or platform.name,
        "key": subject.key,
        "transport": reading.transport.value,
        "existence": reading.existence.value,
        "route": platform.route_of(page.url).value,
        "markers": [{"id": each.id, "means": each.means, "excerpt": each.excerpt} for each in reading.markers],
        "reason": reading.reason,
        "facts": facts_of(reading.facts),
    }


def _of_no_post(reading: Reading, page: Page, platform: Platform) -> Reading:
    """What is missing at the address of one post is the post."""
    about_a_post = identify(page.url, platform.name, (platform.grammar,)).kind is AddressKind.POST
    if not about_a_post or reading.transport is not Transport.OK or reading.existence in ALIVE:
        return reading
    return replace(reading, existence=Existence.UNKNOWN, reason=reading.reason or "one_post")


def subject_of(url: str, platforms: Platforms, name: str | None = None) -> tuple[Platform, Subject]:
    """The reader for an address, and whom it should be about; any other site is read as a website."""
    url = original_address(url)
    address = identify(url, name, tuple(platform.grammar for platform in platforms.values()))
    stated = platforms.get(name or "") or _answering(url, platforms) or platforms.get(address.platform or "")
    platform = stated or _called(name, platforms) or _speaking(url, platforms) or platforms["website"]
    key = address.key or address.owner_key
    return platform, Subject(platform=platform.name, key=key, url=address.canonical_url or url)


def _answering(url: str, platforms: Platforms) -> Platform | None:
    """The platform whose interface answers there; where one host answers for several, what was asked tells."""
    asked = url.partition("://")[2].lower()
    own = (each for each in platforms.values() if any(words in asked for words in each.questions))
    return next(own, None) or next((each for each in platforms.values() if asked.startswith(each.interfaces)), None)


def _speaking(url: str, platforms: Platforms) -> Platform | None:
    """The platform whose interface has this path, on whichever host."""
    path = f"/{url.partition('://')[2].partition('/')[2]}"
    return next((each for each in platforms.values() if path.startswith(each.paths)), None)


def _called(name: str | None, platforms: Platforms) -> Platform | None:
    """The platform that people also call by this name: `fediverse`, `blog`."""
    return next((each for each in platforms.values() if name in (*each.grammar.names, *each.reads_as_well)), None)


def facts_of(facts: Facts) -> dict[str, Any]:
    """The facts that could be seen, by their names in the command's contract."""
    shown = {name: _value(getattr(facts, name)) for name in _PLAIN if getattr(facts, name) is not UNSEEN}
    if facts.platform_id is not UNSEEN:
        shown["platform_id"] = facts.platform_id.value if isinstance(facts.platform_id, PlatformId) else None
        shown["id_namespace"] = facts.platform_id.namespace if isinstance(facts.platform_id, PlatformId) else None
    if facts.more_ids:
        shown["more_ids"] = [str(each) for each in facts.more_ids]
    return {**shown, **_activity(facts)}


def _activity(facts: Facts) -> dict[str, Any]:
    activity = facts.activity
    if not isinstance(activity, Activity):
        return {} if activity is UNSEEN else {"last_post_at": None, "last_post_is": None}
    return {
        "last_post_at": activity.at.isoformat().replace("+00:00", "Z") if activity.at else None,
        "last_post_is": activity.precision.value if activity.sees_newest else "at_least",
        "last_post_from": activity.source,
        **({"last_sign_at": _value(activity.stirred)} if activity.stirred else {}),
    }


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return list(value) if isinstance(value, tuple) else value
