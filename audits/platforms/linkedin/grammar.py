"""LinkedIn: companies, showcases, schools and people, each in a space of its own.

Slugs may hold any script and may end in a full stop. A company's number and its name are not known to be the same
page without a look.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from audits.addresses import Field, Form, Grammar, Host, lower
from audits.model import AddressKind

SITE: Final = "https://www.linkedin.com"
_SLUG: Final = r"[^\x00-\x20\x7f-\xa0\s/?#<>\"@:\ufffd]+"
_URN: Final = "urn:li:{urn}:{post}"
_UPDATES: Final = ("feed/update", "embed/feed/update", "video/live")
_URN_PATH: Final = "{urn}-{post}-{code}"
_AUTHORS: Final = (("{text}", "-"), ("{text}_", ""))  # `author_words-activity-…`, or no words: `author_activity-…`
_PERSON: Final = ("person-profile-path",)


def fold_slug(slug: str) -> str:
    """A slug in one spelling: any script may come percent-encoded (`v%C3%A5rd` and `vård` are the same)."""
    return lower(unquote(slug)).rstrip("/")


def _pages(word: str, *more: str) -> tuple[Form, ...]:
    """The forms of all ways to write one kind of page."""
    key, url = f"{word}:{{slug}}", f"{SITE}/{word}/{{slug}}/"
    notes = _PERSON if word == "in" else ()
    paths = "|".join((word, *more))
    return (
        Form(f"/{paths}/{{slug}}/admin/**", key=key, url=url, notes=("admin-url",)),
        Form(f"/{paths}/{{slug}}/*", key=key, url=url, notes=notes),
        *(Form(f"/{prefix}/{word}/{{slug}}/*", key=key, url=url, notes=notes) for prefix in ("m", "mwlite")),
    )


GRAMMAR: Final = Grammar(
    platform="linkedin",
    names=("linkedin", "linkdin", "linkedincom", "li"),
    hosts=(
        Host("linkedin.com", subs="{cc} m touch mobile"),
        Host("linkedin.com", subs="*", path="service:"),
        Host("lnkd.in", path="short:"),
    ),
    fields={
        "slug": Field(_SLUG, lower),
        "text": Field(_SLUG),
        "path": Field(_SLUG.replace("/", ""), lower),
        "urn": Field(r"activity|share|ugcPost|groupPost"),
        "post": Field(r"[0-9]{10,}"),
        "code": Field(r"[A-Za-z0-9_-]+"),
    },
    forms=(
        Form("/redir/redirect|general-malware-page/**?url={target}", follow="target", notes=("link-shim",)),
        Form("/safety/go/**?url={target}", follow="target", notes=("link-shim",)),
        Form("/authwall/**?sessionRedirect={target}", follow="target", notes=("login",)),
        Form("/login|uas|checkpoint/**?session_redirect={target}", follow="target", notes=("login",)),
        Form("/sharearticle|sharing|cws|share/**", AddressKind.SHARE),
        Form("/search|vsearch/**", AddressKind.SEARCH),
        Form("/pub/dir/**", AddressKind.SEARCH),
        *(Form(f"/{at}/{_URN}/**", AddressKind.POST, url=f"{SITE}/feed/update/{_URN}/", post=_URN) for at in _UPDATES),
        *(
            Form(f"{path}/**", AddressKind.POST, url=f"{SITE}{path}", post=_URN, author=author)
            for author, dash in _AUTHORS
            for path in [f"/posts/{author}{dash}{_URN_PATH}"]
        ),
        Form("/posts/{text}/**", AddressKind.POST, url=f"{SITE}/posts/{{text}}"),
        Form("/pulse/{text}/**", AddressKind.POST, url=f"{SITE}/pulse/{{text}}"),
        Form("/feed/hashtag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/feed/hashtag/{{tag}}/"),
        Form("/feed/hashtag?keywords={tag}", AddressKind.HASHTAG, url=f"{SITE}/feed/hashtag/{{tag}}/"),
        *(
            Form(f"/{word}/unavailable/**", AddressKind.OTHER) for word in ("company", "showcase", "school", "in")
        ),  # where it leads for what is missing
        *_pages("company", "companies", "company-beta", "organization"),
        *_pages("showcase"),
        *_pages("school", "edu"),
        *_pages("in"),
        Form("/organization-guest/company/{slug}/*", key="company:{slug}", url=f"{SITE}/company/{{slug}}/"),
        Form("/pub/{path}", key="pub:{path}", url=f"{SITE}/pub/{{path}}", notes=("obsolete-pub-path", *_PERSON)),
        Form("/{slug}", AddressKind.OTHER, notes=("company-or-person",), bare="company-or-person"),
    ),
    reserved={
        "group": "groups",
        "events": "events",
        "newsletter": "newsletters",
        "person": "profile",
        "service": "jobs learning legal help login authwall checkpoint uas signup mynetwork messaging notifications "
        "posts premium sales talent ads campaignmanager products services games video",
    },
    final_stop=True,
    mends_spaces=True,
)
