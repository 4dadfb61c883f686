"""LinkedIn: companies, showcases, schools and people.

    API by number (several a request) ─┐
    API by name ───────────────────────┴▶ its posts, newest first
    page        robots.txt forbids it: only with LinkedIn's permission or a recorded decision

Two keys open two sets of interfaces to whoever administers a page: Pages Data Portability, by the Digital Markets Act
(r_dma_admin_pages_content; posts once a minute), and Community Management (rw_organization_admin and
r_organization_social, whose lookup also tells of organizations that the key does not administer). Their lists want
the header `X-Restli-Protocol-Version: 2.0.0`, and all of them `LinkedIn-Version`.
Sources: learn.microsoft.com/linkedin/dma, Pages Data Portability; learn.microsoft.com/linkedin, Organization Lookup
API and Posts API.

grammar.py (addresses) · what came back: JSON ─▶ answers.py, HTML ─▶ html_page.py
"""

from __future__ import annotations

from typing import Final

from audits.asking import Interface, listed_at, offer, own_page
from audits.model import Reading, Route
from audits.platform import Platform, Subject, routed
from audits.platforms.linkedin.answers import read_enclosed, read_json, wanted_id
from audits.platforms.linkedin.grammar import GRAMMAR, fold_slug
from audits.platforms.linkedin.html_page import ORGANIZATION, read_document
from audits.replies import Reply, reader

__all__ = ["GRAMMAR", "PLATFORM"]


def _page(reply: Reply) -> Reading | None:
    return read_document(reply) or read_enclosed(reply)


read: Final = reader("linkedin", json=read_json, html=_page)
_MOST: Final = 50
_API: Final = "https://api.linkedin.com/rest"
_AUTHOR: Final = "urn%3Ali%3Aorganization%3A{name}"
_BY_NAME: Final = "?q=vanityName&vanityName={items}"
_ORGANIZATION_KINDS: Final = ("company", "school", "showcase")
_CONTENTS: Final = f"{_API}/dmaFeedContentsExternal?q=postsByAuthor&maxPaginationCount=10&author={_AUTHOR}"
_POSTS: Final = f"{_API}/posts?q=author&count=10&sortBy=CREATED&author={_AUTHOR}"
_PORTABILITY: Final = Interface(
    platform="linkedin", read=read, key="linkedin", newest=listed_at(_CONTENTS, ORGANIZATION)
)
_COMMUNITY: Final = Interface(
    platform="linkedin", read=read, key="linkedin_community", newest=listed_at(_POSTS, ORGANIZATION)
)


def _slug(subject: Subject) -> str | None:
    match (subject.key or "").split(":"):
        case ["linkedin", kind, slug] if kind in _ORGANIZATION_KINDS and not slug.isdigit():
            return slug
    return None


PLATFORM: Final = Platform(
    label="LinkedIn",
    grammar=GRAMMAR,
    read=read,
    routes=(
        _PORTABILITY.offer(Route.API_BY_ID, wanted_id, f"{_API}/dmaOrganizations?ids=List({{items}})", most=_MOST),
        _PORTABILITY.offer(Route.API_BY_HANDLE, _slug, f"{_API}/dmaOrganizations{_BY_NAME}"),
        _COMMUNITY.offer(Route.API_BY_ID, wanted_id, f"{_API}/organizationsLookup?ids=List({{items}})", most=_MOST),
        _COMMUNITY.offer(Route.API_BY_HANDLE, _slug, f"{_API}/organizations{_BY_NAME}"),
        offer(Route.PAGE, read, own_page),
    ),
    route_of=routed({"q=vanityName": Route.API_BY_HANDLE, "api.linkedin.com": Route.API_BY_ID}),
    fold=fold_slug,
    named_kinds=frozenset({*_ORGANIZATION_KINDS, "in"}),
)
