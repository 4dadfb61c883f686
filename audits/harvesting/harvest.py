"""From one page to everything it names on any platform.

page ─┬▶ claims    <meta>, <link>, JSON-LD     ┐
      ├▶ elements  links, widgets, attributes  ├▶ mentions ─▶ spotted ─▶ channels ─▶ owned ─▶ sightings
      └▶ scripts   an app's state              ┘
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from audits.addresses import Grammar
from audits.harvesting.channels import read_channels
from audits.harvesting.claims import claims
from audits.harvesting.elements import in_elements, is_wanted
from audits.harvesting.exclusions import Effect, Exclusions
from audits.harvesting.handles import handle_of
from audits.harvesting.locating import Locator
from audits.harvesting.mentions import Mention
from audits.harvesting.owning import Account, Seen, owned
from audits.harvesting.publisher import publisher_of
from audits.harvesting.scripts import in_script
from audits.harvesting.spotting import Spotted, Spotter
from audits.model import Page, Sighting
from audits.reading.answer import Answer
from audits.reading.outline import read_outline
from audits.reading.scrub import scrub

_LONGEST_TEXT: Final = 200
_LONGEST_URL: Final = 4000


def harvest(page: Page, grammars: tuple[Grammar, ...], exclusions: Exclusions) -> tuple[Sighting, ...]:
    """Everything that the page names on a platform, one sighting for each address and kind, in order of appearance.

    An account that several addresses name has one answer to whose it is. Raises nothing on any page, and asks
    nobody: an account that is named here may be gone, or never have been.
    """
    answer = Answer(page)
    publisher = publisher_of(page.landed, answer.document)
    outline = read_outline(answer.text, lambda tag, attributes: is_wanted(tag, attributes, grammars))
    mentions = (
        *claims(answer.document, page.landed, publisher),
        *in_elements(outline, grammars),
        *_in_code(answer, grammars),
    )
    spotter = Spotter(publisher, Locator(page.landed, grammars), exclusions)
    called = " ".join((page.landed, answer.document.title, *outline.headings))
    spotted = read_channels(spotter.spotted(mentions), called, grammars)
    accounts = owned(_seen(spotted), publisher)
    return tuple(_sighting(page.landed, group, accounts) for group in _by_address(spotted))


def _in_code(answer: Answer, grammars: tuple[Grammar, ...]) -> Iterator[Mention]:
    """What stands in scripts; of a body that is JSON, in all of it."""
    texts = [script.text for script in answer.document.scripts] or [answer.text] * answer.looks_like_json
    for text in texts:
        yield from in_script(text, grammars)


def _seen(spotted: Iterable[Spotted]) -> Iterator[Seen]:
    by_key: dict[str, list[Spotted]] = {}
    for each in spotted:
        if each.account:
            by_key.setdefault(each.account, []).append(each)
    for key, group in by_key.items():
        handle = next((name for each in group if (name := handle_of(key, each.url))), "")
        excluded = (each.exclusion for each in group if each.exclusion and each.exclusion.effect is Effect.NOT_OWN)
        yield Seen(key, handle, tuple(each.mention for each in group), next(excluded, None))


def _by_address(spotted: Iterable[Spotted]) -> Iterable[Sequence[Spotted]]:
    groups: dict[tuple[str, str], list[Spotted]] = {}
    for each in spotted:
        groups.setdefault((each.url, each.kind), []).append(each)
    return groups.values()


def _sighting(page: str, group: Sequence[Spotted], accounts: Mapping[str, Account]) -> Sighting:
    first = group[0]
    sighting = Sighting(
        page=page,
        url=scrub(first.url, _LONGEST_URL),
        kind=first.kind,
        platform=first.address.platform,
        place=", ".join(dict.fromkeys(each.mention.place for each in group)),
        text=scrub(next((each.mention.text for each in group if each.mention.text), ""), _LONGEST_TEXT),
        why=first.why,
    )
    account = accounts.get(first.account or "")
    return replace(sighting, key=account.key, own=account.own, why=account.why) if account else sighting
