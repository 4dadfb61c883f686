"""What a page says of an account in schema.org's words, written as JSON-LD or as microdata.

    ProfilePage ─▶ mainEntity (author, before 2024) ─▶ profile_entity ─▶ profile_facts, interactions

Types: https://schema.org/ProfilePage, https://schema.org/InteractionCounter.
"""

from __future__ import annotations

from collections.abc import Iterator

from audits.model import UNSEEN, Facts, Seen
from audits.reading.answer_fields import or_unseen, read_field
from audits.reading.elements import elements
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, ld_json
from audits.reading.html import Document
from audits.reading.urls import host
from audits.reading.written_values import moment

_PAGE = '[itemtype$="schema.org/ProfilePage"]'
_COUNTER = f'{_PAGE} [itemprop="mainEntity"] > [itemprop$="nteractionStatistic"]'
_ENTITY = f'{_PAGE} [itemprop="mainEntity"]'


def profile_entity(document: Document, *sites: str) -> dict[str, Json]:
    """The one whom a ProfilePage is about; empty where there is none, or where it says to live on another site."""
    entity = _in_json(document) or (_microdata(document) if "schema.org/ProfilePage" in document.source else {})
    home = host(as_text(entity.get("url")))
    return entity if not home or any(f".{site}" in f".{home}" for site in sites) else {}


def _in_json(document: Document) -> dict[str, Json]:
    for page in ld_json(document, "ProfilePage"):
        for role in ("mainEntity", "author", "about"):
            entity = as_object(page.get(role))
            if entity:
                return {"dateCreated": page.get("dateCreated"), "relatedLink": page.get("relatedLink"), **entity}
    return {}


def profile_facts(entity: dict[str, Json]) -> Facts:
    """What the entity states of itself; by which name and number it is known, each site tells in its own way."""
    return Facts(
        display_name=read_field(entity, as_text, "name", "givenName"),
        description=read_field(entity, as_text, "description"),
        followers=or_unseen(interactions(entity, "FollowAction", "SubscribeAction", "Follows")),
        posts_count=or_unseen(interactions(entity, "WriteAction", "Tweets", "Posts")),
        avatar_url=or_unseen(as_text(image_of(entity))),
        created_at=or_unseen(moment(entity.get("dateCreated"))),
    )


def interactions(entity: dict[str, Json], *names: str) -> int | None:
    """The count of the statistic with one of these types ("FollowAction") or names ("Tweets").

    What somebody does is told as an agent's: those whom it follows are no followers of its own.
    """
    done = [each for each in several(entity.get("agentInteractionStatistic")) if "FollowAction" not in _names(each)]
    for statistic in several(entity.get("interactionStatistic")) + done:
        if set(_names(statistic)) & set(names):
            return as_count(dig(statistic, "userInteractionCount"))
    return None


def image_of(entity: dict[str, Json]) -> Json:
    """The address of the entity's picture, given plainly or as an ImageObject."""
    image = next(iter(several(entity.get("image") or entity.get("logo"))), None)
    return (dig(image, "contentUrl") or dig(image, "url") or dig(image, "thumbnailUrl") or image) if image else None


def website_of(entity: dict[str, Json]) -> Seen[str]:
    """The first address elsewhere; None where an entity is described without one."""
    stated = next(iter(several(entity.get("sameAs"))), None)
    return as_text(stated) or (None if entity and not stated else UNSEEN)


def several(value: Json) -> list[Json]:
    """What may stand alone or in a list."""
    return as_list(value) or ([value] if value else [])


def _names(statistic: Json) -> Iterator[str]:
    kind = dig(statistic, "interactionType")
    for name in (kind, dig(kind, "@type"), dig(statistic, "name")):
        if isinstance(name, str):
            yield name.rsplit("/", 1)[-1]


def _microdata(document: Document) -> dict[str, Json]:
    entity: dict[str, Json] = {}
    for found in elements(document, f"{_PAGE} > [itemprop], {_ENTITY} > [itemprop]"):
        entity.setdefault(found.get("itemprop"), found.get("content") or found.get("href") or found.text)
    if not entity:
        return {}
    picture = elements(document, f'{_ENTITY} [itemprop="image"] [itemprop="contentUrl"]')
    return {
        **entity,
        "image": picture[0].get("content") if picture else entity.get("image"),
        **_statistics(document),
    }


def _statistics(document: Document) -> dict[str, Json]:
    """The counters of both kinds; what stands in the markup between one and the next is that one's."""
    kinds: dict[str, list[Json]] = {}
    counter: dict[str, Json] = {}
    for found in elements(document, f"{_COUNTER}, {_COUNTER} [itemprop]"):
        said = found.get("itemprop")
        if said.lower().endswith("interactionstatistic"):
            counter = {}
            kinds.setdefault(said, []).append(counter)
        else:
            counter[said] = found.get("content") or found.get("href") or found.text
    return dict(kinds)
