"""LinkedIn's official interfaces: organizations and their posts.

    one organization, a finder's elements, a batch's results ─▶ present
    posts by author, newest first ─▶ newest post (shares, until 2023)
    the site's own (voyager) ─▶ as organizations, where they came in a page for members as well
    404 for a number ─▶ gone, unless the address itself is unknown     401, 403 ─▶ not permitted     429 ─▶ rate limited

Sources: learn.microsoft.com/linkedin, Organization Lookup API; DMA Pages Data Portability: Organizations, Posts;
Error handling. One resource covers companies, schools and showcases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from audits.model import UNSEEN, Existence, Facts, Marker, Page, Post, Reading, Seen, Transport
from audits.platform import Subject
from audits.platforms.linkedin.html_page import ORGANIZATION
from audits.reading.answer_fields import number_id, one_asked_for, or_unseen, read_field
from audits.reading.elements import elements
from audits.reading.embedded import Json, as_count, as_list, as_object, as_text, dig, try_loads
from audits.reading.ids import linkedin_time
from audits.reading.pages import gone, left_out, present, undecided
from audits.reading.posts import latest
from audits.reading.refusals import own_words, refusal
from audits.reading.urls import path_parts, query_value
from audits.reading.written_values import moment
from audits.replies import Reply

_REFUSED: Final = {
    Transport.NOT_PERMITTED: (401, 403, 426),
    Transport.RATE_LIMITED: (429,),
    Transport.UNREACHABLE: (500, 503, 504),
}
_POST_URN: Final = ("urn:li:share:", "urn:li:ugcPost:", "urn:li:activity:")
_PEOPLE: Final = ("urn:li:person:", "urn:li:member:")
_REPOST_URN: Final = "urn:li:instantRepost:"
_ORGANIZATION_URN: Final = re.compile(r"urn:li:organization:(\d{1,20})")
_COMPANY_URN: Final = re.compile(r"urn:li:(?:fsd?_(?:normalized_)?)?company:(\d{1,20})")
_SLUGS: Final = ("vanityName", "universalName")  # since version 2, and before


def read_json(reply: Reply) -> Reading | None:
    """What an answer of these interfaces says; None where it is no such answer."""
    answer, subject, page = reply.object, reply.subject, reply.page
    return (
        _error(answer, subject, page)
        or _organization(answer, subject, page)
        or _posts(answer, page)
        or _missing(answer, subject, page)
    )


_ENCLOSED: Final = 'code[id^="bpr-guid-"]'


def read_enclosed(reply: Reply) -> Reading | None:
    """What a page for members encloses of the site's own answers: that about the organization which its address or its
    title names, and not those about others that resemble it.
    """
    shown = elements(reply.document, _ENCLOSED) if "bpr-guid-" in reply.document.source else ()
    answers = [as_object(try_loads(each.text)) for each in shown]
    found = ((node, answer) for answer in answers for node in _pointed_to(answer))
    own = next(((node, answer) for node, answer in found if _is_named(node, reply)), None)
    return _present(*own) if own else None


def _pointed_to(answer: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """The organizations that were asked for; others that they lead to come along."""
    asked = as_object(dig(answer, "data", "data")).values()
    urns = {as_text(urn) for each in asked for urn in as_list(dig(each, "*elements"))}
    included = (as_object(each) for each in as_list(answer.get("included")))
    yield from (node for node in included if "universalName" in node and as_text(node.get("entityUrn")) in urns)


def _is_named(organization: dict[str, Json], reply: Reply) -> bool:
    name, slug = as_text(organization.get("name")) or "", as_text(organization.get("universalName")) or ""
    return slug in path_parts(reply.page.landed) or (name != "" and name in reply.document.title)


def wanted_id(subject: Subject) -> str | None:
    """The number pinned in the register, or that the key is made of (`linkedin:company:123`)."""
    return subject.id_in(ORGANIZATION, "(?:.*:)?([0-9]+)")


def _error(answer: dict[str, Json], subject: Subject, page: Page) -> Reading | None:
    status = answer.get("status")
    if not isinstance(status, int) or "message" not in answer:
        return None
    words = f"{status}: {as_text(answer.get('message')) or ''}"[:200]
    asked = _organization_asked_for(page.url) if status == 404 and not _knows_no_such_address(answer) else None
    missing = asked is not None and wanted_id(subject) in (None, asked)
    return _gone(words) if missing else refusal(status, words, _REFUSED) or undecided(own_words(words))


def _organization_asked_for(url: str) -> str | None:
    """The number of the organization that an address asks for: posts, members and campaigns have numbers too."""
    match path_parts(url):
        case (*_, "organizations" | "organizationsLookup" | "dmaOrganizations" | "companies", number):
            return number if number.isdigit() else None
    return None


def _knows_no_such_address(error: Json) -> bool:
    """ "No virtual resource found" is said of every organization once an interface is moved, or not open to the key."""
    return as_text(dig(error, "code")) == "RESOURCE_NOT_FOUND" or "virtual resource" in str(dig(error, "message"))


def _gone(words: str) -> Reading:
    return gone("linkedin.api-not-found", words)


def _organization(answer: dict[str, Json], subject: Subject, page: Page) -> Reading | None:
    found = [each for each in _candidates(answer) if {"localizedName", *_SLUGS} & each.keys() and not _is_member(each)]
    some_are_meant = len(found) == 1 or wanted_id(subject) or subject.handle or query_value(page.url, "ids")
    chosen = one_asked_for(found, wanted_id(subject), subject.handle, "id", *_SLUGS) if some_are_meant else None
    return None if chosen is None else _present(chosen, answer)


def _present(organization: dict[str, Json], answer: dict[str, Json]) -> Reading:
    facts = _facts({**organization, **_following(organization, answer)})
    return present(facts, Marker("linkedin.api-organization", Existence.PRESENT, str(facts.display_name)))


def _following(organization: dict[str, Json], answer: dict[str, Json]) -> dict[str, Json]:
    """The site's own answers since 2022 count the followers in an object of its own, which the organization names."""
    urn = as_text(organization.get("*followingState"))
    named = (as_object(each) for each in as_list(answer.get("included")) if urn and dig(each, "entityUrn") == urn)
    return {"followingInfo": state} if (state := next(named, None)) else {}


def _is_member(found: dict[str, Json]) -> bool:
    """Whether it is a person: they have a vanity name too, and a number that belongs to one app."""
    return not {"localizedFirstName", "firstName"}.isdisjoint(found)


def _localized(value: Json) -> str | None:
    """A text that is given as it is, or in an object with one for each language: the preferred one, or the first."""
    by_language = as_object(dig(value, "localized"))
    preferred = f"{dig(value, 'preferredLocale', 'language')}_{dig(value, 'preferredLocale', 'country')}"
    texts = (as_text(each) for each in (by_language.get(preferred), *by_language.values()))
    return as_text(value) or next(filter(None, texts), None)


def _candidates(answer: dict[str, Json]) -> Iterator[dict[str, Json]]:
    yield answer
    lists = (as_list(answer.get(name)) for name in ("elements", "included", "values"))
    yield from (as_object(each) for listed in lists for each in listed)
    for number, each in as_object(answer.get("results")).items():
        yield {"id": number, **as_object(each)}


def _facts(organization: dict[str, Json]) -> Facts:
    urn = _COMPANY_URN.fullmatch(as_text(organization.get("entityUrn")) or "")
    number = organization.get("id") or (urn[1] if urn else None)
    counted = organization if "numFollowers" in organization else as_object(organization.get("followingInfo"))
    return Facts(
        display_name=read_field(organization, _localized, "localizedName", "name"),
        handle=read_field(organization, as_text, *_SLUGS),
        platform_id=or_unseen(number_id(ORGANIZATION, number)),
        description=read_field(organization, _localized, "localizedDescription", "description"),
        followers=read_field(counted, as_count, "numFollowers", "followerCount"),
        avatar_url=_logo(organization),
        website_link=read_field(
            organization, _localized, "localizedWebsite", "websiteUrl", "website", "companyPageUrl"
        ),
    )


def _logo(organization: dict[str, Json]) -> Seen[str]:
    logos = (dig(organization, "logoV2", shape, "downloadUrl") for shape in ("cropped", "original"))
    return next((text for logo in (*logos, organization.get("logoUrl")) if (text := as_text(logo))), UNSEEN)


def _posts(answer: dict[str, Json], page: Page) -> Reading | None:
    """Posts of one author, newest first; drafts are none, and reposts without words, where they are listed, undated."""
    given = [*as_list(answer.get("elements")), *as_object(answer.get("results")).values()]
    posts = tuple(post for each in given if (post := _post(each)))
    if not any(post.at for post in posts):
        return None
    authors = {as_text(dig(each, "author")) or as_text(dig(each, "owner")) for each in given}
    if len(authors) > 1 or any(urn and urn.startswith(_PEOPLE) for urn in authors):
        return undecided("nobodys_own")
    shares = any(as_text(dig(each, "activity")) for each in given)  # which left films and articles out
    by_number = query_value(page.url, "ids") is not None  # whose posts need not be the newest
    listed = not by_number and not shares and not _is_sorted_by_changes(page.url) and not dig(answer, "paging", "start")
    newest = latest(posts, page.fetched_at, "linkedin.api-posts", sees_newest=listed)
    author = _ORGANIZATION_URN.fullmatch(as_text(dig(given[0], "author")) or "")
    known = or_unseen(number_id(ORGANIZATION, author[1] if author else None))
    facts = Facts(platform_id=known, activity=newest, posts=posts)
    return present(facts, Marker("linkedin.api-posts", Existence.PRESENT, f"{len(posts)} posts"))


_BY_CHANGES: Final = ("posts", "ugcPosts")  # unless they are asked for by their creation


def _is_sorted_by_changes(url: str) -> bool:
    """Whether what was edited last comes first: a post of today may stand below any number of old ones."""
    return path_parts(url)[-1:] in [(name,) for name in _BY_CHANGES] and query_value(url, "sortBy") != "CREATED"


def _post(element: Json) -> Post | None:
    urn = as_text(element) or as_text(dig(element, "activity")) or as_text(dig(element, "id")) or ""
    if urn.startswith(_REPOST_URN):
        return Post(repost=True)
    if not urn:
        return Post()  # it may be the newest
    if not urn.startswith(_POST_URN) or as_text(dig(element, "lifecycleState")) not in (None, "PUBLISHED"):
        return None
    at = (
        moment(dig(element, "publishedAt"))
        or moment(dig(element, "firstPublishedAt"))
        or moment(dig(element, "created", "time"))
        or linkedin_time(urn.rsplit(":", 1)[-1])
    )
    return Post(
        url=f"https://www.linkedin.com/feed/update/{urn}/",
        at=at.replace(microsecond=0) if at else None,
        repost=dig(element, "reshareContext") is not None and not as_text(dig(element, "commentary")),
        **_media(as_object(element)),
    )


def _media(post: dict[str, Json]) -> dict[str, bool]:
    """Whether a post shows a picture or a film; one of text only has no content. Nothing of what else it may hold.

    Source: learn.microsoft.com/linkedin, Posts API: Post Schema, content types.
    """
    if "commentary" not in post or "reshareContext" in post:
        return {}
    content, kind = as_object(post.get("content")), (as_text(dig(post, "content", "media", "id")) or "")
    if "content" not in post or "multiImage" in content or kind.startswith("urn:li:image:"):
        return {"has_picture": "content" in post, "has_video": False}
    return {"has_picture": False, "has_video": True} if kind.startswith("urn:li:video:") else {}


def _missing(answer: dict[str, Json], subject: Subject, page: Page) -> Reading | None:
    """What an answer about several organizations says of the one that is not among them."""
    number = wanted_id(subject) or ""
    error = dig(answer, "errors", number)
    of_things = "api.linkedin.com/" in page.url and "rganization" not in page.url  # pictures have numbers too
    said = (dig(answer, "statuses", number), dig(error, "status"))
    if 404 in said and not of_things and not _knows_no_such_address(error):
        return _gone(f"{number}: 404")
    return left_out() if {"elements", "results"} & answer.keys() else None
