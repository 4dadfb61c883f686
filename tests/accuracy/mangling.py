"""Ways in which a page can come damaged, and that are nobody's fault.

    (Page, Random, another page) ─mangler▶ Page

A mangler invents no words of absence and empties no list: what comes out may be unreadable, and never an accusation.
The seed chooses, so that every variant can be made again from its number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final, TypeAlias

from audits.model import Page

Mangler: TypeAlias = Callable[[Page, Random, Page], Page]

_TAG = re.compile(r"(?=<)")
_ATTRIBUTES = re.compile(r"<(\w[\w-]*)((?:\s+[\w:.-]+=\"[^\"<>]*\")+)\s*(/?)>")
_ATTRIBUTE = re.compile(r"[\w:.-]+=\"[^\"]*\"")
_STRIPPED: Final = ("script", "style", "head", "title", "noscript", "main", "header", "svg")
_TRANSLATED: Final = {
    "followers": "följare", "Followers": "Följare", "posts": "inlägg", "Posts": "Inlägg",
    "subscribers": "prenumeranter",
    "videos": "videoklipp", "Following": "Följer", "Log in": "Logga in", "Log In": "Logga in", "Sign up": "Gå med",
    "Sign in": "Logga in", "members": "medlemmar", "likes": "gillar", "photos": "foton", "About": "Om", "Home": "Hem",
    'lang="en"': 'lang="sv"', "en_US": "sv_SE", "Share": "Dela", "Continue": "Fortsätt", "Page": "Sida",
    "Account": "Konto", "Profile": "Profil", "Sorry": "Tyvärr", "this page": "den här sidan", "Error": "Fel",
}  # fmt: skip
_STATUSES: Final = (None, 200, 200, 202, 301, 302, 304, 400, 401, 403, 404, 404, 404, 406, 418, 429, 451, 500, 503, 999)
_HEADERS: Final[tuple[Mapping[str, str], ...]] = (
    {},
    {"content-type": "application/json"},
    {"content-type": "text/html; charset=utf-16"},
    {"content-type": "text/html; charset=iso-8859-1"},
    {"content-type": "application/rss+xml"},
    {"content-type": "text/plain"},
    {"server": "cloudflare", "cf-ray": "8d0"},
    {"x-robots-tag": "noindex", "set-cookie": "guest_id=v1"},
    {"location": "https://example.org/404"},
    {"retry-after": "3600"},
)


def text_of(page: Page) -> str:
    return page.body.decode("utf-8", "replace")


def with_text(page: Page, text: str) -> Page:
    return replace(page, body=text.encode("utf-8", "replace"))


def truncated(page: Page, random: Random, _other: Page) -> Page:
    """The connection broke, or the cap was met."""
    return replace(page, body=page.body[: random.randrange(len(page.body) + 1)])


def beheaded(page: Page, random: Random, _other: Page) -> Page:
    return replace(page, body=page.body[random.randrange(len(page.body) + 1) :])


def holed(page: Page, random: Random, _other: Page) -> Page:
    """A piece of the middle is missing: whole elements, for half a name is somebody else's."""
    start = random.randrange(len(page.body) + 1)
    end = min(len(page.body), start + random.randrange(1, 1 + max(1, len(page.body) // 3)))
    return replace(page, body=page.body[: seam(page, start)] + page.body[seam(page, end) :])


def seam(page: Page, at: int) -> int:
    """The next place where a tag begins; in a machine's answer, where a value ends."""
    found = page.body.find(b"," if page.body[:1] in (b"{", b"[") else b"<", at)
    return found if found >= 0 else at


def reordered(page: Page, random: Random, _other: Page) -> Page:
    """Elements in another order: a few pieces, or all of them."""
    pieces = _TAG.split(text_of(page))
    if random.random() < 0.5:
        random.shuffle(pieces)
        return with_text(page, "".join(pieces))
    for _ in range(random.randrange(1, 30)):
        first, second = random.randrange(len(pieces)), random.randrange(len(pieces))
        pieces[first], pieces[second] = pieces[second], pieces[first]
    return with_text(page, "".join(pieces))


def translated(page: Page, random: Random, _other: Page) -> Page:
    """The visitor's language is another one, here and there."""
    text = text_of(page)
    for word, other in _TRANSLATED.items():
        if random.random() < 0.6:
            text = re.sub(rf"(?<=[\s>\"]){re.escape(word)}(?=[\s<\".,:])", other, text)
    return with_text(page, text)


def stripped(page: Page, random: Random, _other: Page) -> Page:
    """Elements that something on the way took out."""
    text = text_of(page)
    for tag in random.sample(_STRIPPED, random.randrange(1, 4)):
        text = re.sub(rf"<{tag}\b.*?</{tag}\s*>", "", text, flags=re.DOTALL | re.IGNORECASE)
    if random.random() < 0.4:
        text = re.sub(r"<(?:meta|link)\b[^>]*>", "", text, flags=re.IGNORECASE)
    return with_text(page, text)


def without_tags(page: Page, random: Random, _other: Page) -> Page:
    """Opening and closing tags of one kind gone, their contents left: code becomes words."""
    tag = random.choice(("script", "style", "title", "div", "span", "head", "body", "template"))
    return with_text(page, re.sub(rf"</?{tag}\b[^>]*>", "", text_of(page), flags=re.IGNORECASE))


def attributes_shuffled(page: Page, random: Random, _other: Page) -> Page:
    def shuffled(match: re.Match[str]) -> str:
        attributes = _ATTRIBUTE.findall(match[2])
        random.shuffle(attributes)
        if random.random() < 0.1:
            attributes = [each.replace('"', "'") for each in attributes if "'" not in each]
        return f"<{match[1]} {' '.join(attributes)}{match[3]}>"

    return with_text(page, _ATTRIBUTES.sub(shuffled, text_of(page)))


def entities_mangled(page: Page, random: Random, _other: Page) -> Page:
    """Escaped once too often, or once too seldom."""
    text = text_of(page)
    match random.randrange(6):
        case 0:
            text = text.replace("&", "&amp;")
        case 1:
            text = text.replace("&quot;", '"').replace("&amp;", "&")
        case 2:
            text = text.replace('"', "&quot;")
        case 3:
            text = text.replace("\\u", "\\\\u").replace("\\/", "/")
        case 4:
            text = re.sub(r"[åäöéüÅÄÖ]", lambda found: f"&#{ord(found[0])};", text)
        case _:
            text = text.replace("<", "&lt;", random.randrange(1, 5))
    return with_text(page, text)


def restated(page: Page, random: Random, _other: Page) -> Page:
    """Another status, more headers: proxies and load balancers put in their own. What says that it is old stays."""
    status, more = random.choice(_STATUSES), random.choice(_HEADERS)
    return replace(page, status=203 if page.status == 203 else status, headers={**page.headers, **more})


def spaced_out(page: Page, random: Random, _other: Page) -> Page:
    """White space where there was none, or none where there was."""
    text = text_of(page)
    match random.randrange(4):
        case 0:
            text = text.replace(">", ">\n\t  \n").replace("<", " \n<")
        case 1:
            text = re.sub(r"\s+", " ", text)
        case 2:
            text = re.sub(r"\s+", "\u00a0 \u200b\n", text)
        case _:
            text = " \r\n\t" * random.randrange(1, 4000) + text
    return with_text(page, text)


def recoded(page: Page, random: Random, _other: Page) -> Page:
    """Bytes of another encoding, with or without a word about it."""
    encoding = random.choice(("utf-16", "utf-8-sig", "latin-1", "cp1252", "utf-32", "iso2022_jp"))
    named = {"content-type": f"text/html; charset={random.choice((encoding, 'utf-8', 'ascii'))}"}
    headers = {**page.headers, **random.choice((named, {}))}
    return replace(page, body=text_of(page).encode(encoding, "replace"), headers=headers)


def followed_by_another(page: Page, random: Random, other: Page) -> Page:
    return replace(page, body=page.body + random.choice((b"", b"\n", b"\x00", b"<hr>")) + other.body)


def inside_another(page: Page, random: Random, other: Page) -> Page:
    """Another page begins in the middle of this one."""
    at = seam(page, random.randrange(len(page.body) + 1))
    return replace(page, body=page.body[:at] + other.body + page.body[at:])


def readdressed(page: Page, random: Random, other: Page) -> Page:
    """Answered from elsewhere: another page's address, or none that is known."""
    match random.randrange(3):
        case 0:
            return replace(page, url=other.url, final_url=None)
        case 1:
            return replace(page, final_url=other.url or None)
        case _:
            return replace(page, url="", final_url=None)


def keys_lost(page: Page, random: Random, _other: Page) -> Page:
    """Fields missing from a machine's answer, or in another order; lists are left as they are."""
    return in_its_json(page, lambda value: _fewer(value, random, random.choice((0.02, 0.1, 0.3))))


def values_nulled(page: Page, random: Random, _other: Page) -> Page:
    """Plain values that came as null, or as text where there was a number."""
    return in_its_json(page, lambda value: _odder(value, random, random.choice((0.02, 0.1, 0.3))))


def in_its_json(page: Page, change: Callable[[Any], Any]) -> Page:
    """Change the page where it is JSON, else the first JSON of its scripts."""
    text = text_of(page)
    try:
        return with_text(page, json.dumps(change(json.loads(text))))
    except (ValueError, RecursionError):
        return with_text(page, re.sub(r"\{.{20,}\}", lambda found: _inner(found[0], change), text))


def _inner(text: str, change: Callable[[Any], Any]) -> str:
    try:
        return json.dumps(change(json.loads(text)))
    except (ValueError, RecursionError):
        return text


def _fewer(value: Any, random: Random, share: float) -> Any:
    if isinstance(value, dict):
        kept = [(key, _fewer(each, random, share)) for key, each in value.items() if random.random() > share]
        random.shuffle(kept)
        return dict(kept)
    return [_fewer(each, random, share) for each in value] if isinstance(value, list) else value


def _odder(value: Any, random: Random, share: float) -> Any:
    if isinstance(value, dict):
        return {key: _odder(each, random, share) for key, each in value.items()}
    if isinstance(value, list):
        return [_odder(each, random, share) for each in value]
    if random.random() > share:
        return value
    return random.choice((None, str(value), "", value, [value]))


DAMAGE: Final[tuple[Mangler, ...]] = (
    truncated, beheaded, holed, reordered, translated, stripped, without_tags, attributes_shuffled, entities_mangled,
    restated, spaced_out, recoded, readdressed, keys_lost, values_nulled,
)  # fmt: skip
MIXED: Final[tuple[Mangler, ...]] = (followed_by_another, inside_another)
"""These bring in another page, which may be a living one."""
