"""A new name and a new holder are seen on every page that ties a name to a number: no mixture of two is feared so much.

specimen ─registered under another name, or by another number─▶ the same page, read for that account ─▶ what is told
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audits.model import Account, PlatformId
from tests.accuracy.attacking import failed_rules_of
from tests.accuracy.specimens import Specimen, read_for, specimens

SMALL: Final = 300_000  # bytes
ABRIDGED: Final = frozenset({  # by hand: without the tag or the script that bears both, so that nothing ties them
    "bluesky/profile-2023.html", "facebook/mobile-page.html", "flickr/head.html", "soundcloud/head.html",
    "vimeo/profile-links.html", "x/microdata-profile.html", "x/preview-profile.html",
})  # fmt: skip
BY_NAME: Final = frozenset({"medium", "snapchat"})  # their readers look for the registered name alone


def profiles() -> list[Specimen]:
    """Pages for people that show a living account's name and number."""
    return [each for each in specimens() if each.lives and _is_for_people(each) and _shows_both(each)]


def _is_for_people(each: Specimen) -> bool:
    return len(each.page.body) < SMALL and not each.page.body.lstrip().startswith((b"{", b"["))


def _shows_both(each: Specimen) -> bool:
    facts, named = each.reading.facts, each.platform.handle_in(each.account.key)
    return isinstance(facts.platform_id, PlatformId) and isinstance(facts.handle, str) and named is not None


def told(each: Specimen, account: Account) -> list[str]:
    then = replace(each, account=account)
    return failed_rules_of(then, read_for(then, each.page), each.page)


def test_there_are_profiles_of_most_platforms() -> None:
    assert len({each.platform.name for each in profiles() if each.name not in ABRIDGED}) > 10


def test_a_new_name_is_seen_where_it_stands_beside_the_number() -> None:
    formerly = [(each, replace(each.account, key=_before(each))) for each in profiles()]
    unseen = {each.name for each, account in formerly if told(each, account) != ["renamed"]}
    assert unseen - {each.name for each in profiles() if each.platform.name in BY_NAME} == ABRIDGED


def _before(each: Specimen) -> str:
    platform, _, name = (each.account.key or "").partition(":")
    return f"{platform}:before{name.removeprefix('@')}"


def test_a_new_holder_is_seen_where_the_name_stands_beside_a_number() -> None:
    formerly = [(each, replace(each.account, pinned=_others(each))) for each in profiles()]
    assert {each.name for each, account in formerly if told(each, account) != ["taken-over"]} == ABRIDGED


def _others(each: Specimen) -> tuple[PlatformId, ...]:
    return tuple(PlatformId(known.namespace, f"{known.value}0909") for known in each.account.pinned)
