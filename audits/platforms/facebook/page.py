"""Facebook's HTML: desktop and mobile, classic pages and the New Pages Experience.

    owner.py (whose page) ─▶ facts ─┬▶ a page or one of its tabs: present
                                    └▶ a post, a video: undecided

One story is sent along with a page; the rest needs a session. It dates the page "at least as recent as"
(RSS-Bridge/rss-bridge, FacebookBridge.php). Words are not read, so that the language does not matter; but for one:
heads counted likes until 2026, and count followers since.
"""

from __future__ import annotations

import html
import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from audits.model import UNSEEN, Activity, Facts, PlatformId, Post, Reading, Seen, Unseen
from audits.platforms.facebook.ids import fold, platform_id
from audits.platforms.facebook.owner import PageOf
from audits.reading.answer import Answer
from audits.reading.answer_fields import shown_count, shown_flag
from audits.reading.embedded import Json, as_list, as_text, dig, find
from audits.reading.meta import head_picture, own_picture
from audits.reading.pages import nobodys, present, undecided
from audits.reading.posts import latest
from audits.reading.written_values import exact_counts, moment

_INSIGHT = re.compile(r"\"(\d{5,20})\":\{\"page_id\":\"?\1\b.{0,700}?\"publish_time\":(\d{9,11})", re.DOTALL)
_STORY = re.compile(r"S:_I(\d{5,20}):")
_DATED_LINK = re.compile(
    r"href=\"(?:https://www\.facebook\.com)?/([^/\"?]{1,80})/(?:posts|videos|photos)/[^\"]{0,300}\"[^>]{0,300}>\s*"
    r"<abbr[^>]{0,200}data-utime=\"(\d{9,11})\""
)
_FOLLOWERS = re.compile(r"/followers/?$|[?&]sk=followers\b")
_OF_FOLLOWERS = re.compile(
    r"^\D{0,40}\d.{0,40}\b(?:followers?|följare|følgere?|seuraaja[at]?|seguidore?s?|seguidora?s?|fylgjend\w{1,3}|volgers?|"
    r"takipçi|sledujících|подписчик\w{0,2}|читач\w{0,2}|متابع(?:ًا|ون|ين)?|دنبال[\u200c ]?کننده)$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.。]\s+")
_COUNTS = re.compile(r"\D{0,40}\d[^·]{0,80}(?:\s·\s[^·]{1,80}){0,4}")
_MARK = "show_verified_badge_on_profile"
_PICTURES = (
    "profile_picture",
    "profilePicLarge",
    "profilePicMedium",
    "profilePicSmall",
    "profile_picture_for_sticky_bar",
)
_LONGEST_HEAD = 4000
_LONGEST_NAME = 300
_CATEGORY_WORDS = 3


def read_page(answer: Answer) -> Reading | None:
    """What a page says of the one whose it is; None where that cannot be told."""
    page = PageOf(answer.document, answer.page.landed)
    if page.is_wall:
        return None
    if page.is_post:
        facts = _writer(page)
        return undecided("one_post", facts=facts) if page.owner or page.name or facts.handle else None
    if not (page.name and page.is_profile and _vouched(page)):
        return None
    shown = present(_facts(page, answer.page.fetched_at))
    return nobodys(shown) if page.head_is_anothers else shown


def _vouched(page: PageOf) -> bool:
    """Whether an id, a picture or a count speaks of a page: a title and an address of its own may be a log-in's."""
    counted = any(letter.isdigit() for letter in _head(page))
    return counted or page.owner is not None or head_picture(page.document) is not None


def _writer(page: PageOf) -> Facts:
    """The reading of a post: who wrote it. Its words, pictures and dates are not the page's."""
    return Facts(
        display_name=page.name or UNSEEN,
        handle=page.handle,
        platform_id=page.owner or UNSEEN,
        more_ids=page.delegates,
        avatar_url=_avatar(page, None),
        verified=_verified(page),
    )


def _facts(page: PageOf, now: datetime) -> Facts:
    return Facts(
        display_name=page.name,
        handle=page.handle,
        platform_id=page.owner or UNSEEN,
        more_ids=page.delegates,
        description=_description(page),
        followers=_followers(page),
        avatar_url=_avatar(page, head_picture(page.document)),
        website_link=_website(page),
        verified=_verified(page),
        activity=_activity(page, now),
    )


_CONTEXT = ("profile_social_context", "content")
_SOCIAL = (_CONTEXT, ("header_top_row", "profile_user", *_CONTEXT))


def _followers(page: PageOf) -> int | Unseen:
    """The count of followers: shown in full up to some ten thousand, and rounded beyond."""
    exact = next(
        (count for node in page.objects if (count := shown_count(node, "follower_count")) is not UNSEEN), UNSEEN
    )
    if exact is not UNSEEN:
        return exact
    shown = (part for node in page.objects for where in _SOCIAL for part in as_list(dig(node, *where)))
    texts = (text for part in shown if (text := _text_of(dig(part, "text"))) and _is_of_followers(part, text))
    counts = (exact_counts(text) for text in (*texts, *_linked_counts(page), *_counts_in_head(page)))
    return next((count[0] for count in counts if count and count[0] is not None), UNSEEN)


def _is_of_followers(part: Json, text: str) -> bool:
    """Whether a link is to the followers, by where it leads, or by its words: since 2026 some lead nowhere."""
    return "/followers" in str(dig(part, "uri")) or _OF_FOLLOWERS.search(text) is not None


def _linked_counts(page: PageOf) -> Iterator[str]:
    """As a browser shows them, where what the page was made from is no longer with it."""
    linked = page.document.anchors if "followers" in page.document.source else ()
    yield from (each.text for each in linked if _FOLLOWERS.search(each.href) and page.leads_home(each.href))


def _counts_in_head(page: PageOf) -> Iterator[str]:
    """The counts in the head of pages since 2026: "Name, Town. 216 followers · 13 talking about this · 42 were here.
    Words.".
    """
    counted = (sentence for sentence in _sentences(_head(page))[1:] if _COUNTS.fullmatch(sentence))
    parts = (part.strip() for part in next(counted, "").rstrip(".").split("·"))
    return (part for part in parts if _OF_FOLLOWERS.search(part))


def _text_of(value: Json) -> str | None:
    """The text of a value that is one, or that holds one."""
    return as_text(value) or as_text(dig(value, "text"))


def _verified(page: PageOf) -> bool | Unseen:
    marked = [node[_MARK] for node in page.objects if _MARK in node]
    if True in marked:
        return True
    for node in page.objects:
        word, flag = as_text(node.get("verification_status")), shown_flag(node, "is_verified")
        if word or flag is not UNSEEN:
            return flag if flag is not UNSEEN else word != "NOT_VERIFIED"
    return False if False in marked else _badge(page)


def _badge(page: PageOf) -> bool | Unseen:
    """Whether the mark stands beside the name on pages up to 2021; a page without it may just not show it."""
    name = html.escape(page.name or "", quote=False)[:_LONGEST_NAME]
    marked = re.escape(name) + r"</a>(?:</\w+>)*<span class=\"_56_f\b"
    return True if name and re.search(marked, page.document.source) else UNSEEN


def _avatar(page: PageOf, in_head: str | None) -> Seen[str]:
    pictures = (as_text(dig(node, name, "uri")) for name in _PICTURES for node in page.objects)
    address = in_head or next((picture for picture in pictures if picture), None)
    return own_picture(address) if address else UNSEEN


def _website(page: PageOf) -> Seen[str]:
    about = page.having("website", "blurb")
    cards = page.having("timeline_context_list_item_type")
    fields = page.having("field_type", "title")
    leading = [card for card in cards if card["timeline_context_list_item_type"] == "INTRO_CARD_WEBSITE"]
    in_fields = (_text_of(field["title"]) for field in fields if field["field_type"] == "website")
    stated = (*(as_text(node["website"]) for node in about), *map(_on_card, leading), *in_fields)
    of_no_kind = any(not as_text(card["timeline_context_list_item_type"]) for card in cards)
    may_be_there = leading or of_no_kind or any(node["website"] for node in about)  # though it cannot be read
    return next((url for url in stated if url), None if (about or cards) and not may_be_there else UNSEEN)


def _on_card(card: Json) -> str | None:
    """Where a card leads, or its words where it leads nowhere. Of several cards, the page's own comes first."""
    linked = (_behind(url) for name in ("external_url", "url") for each in find(card, name) if (url := as_text(each)))
    written = (_text_of(each) for name in ("plaintext_title", "title") for each in find(card, name))
    return next((url for url in (*linked, *(text for text in written if text and " " not in text)) if url), None)


def _behind(url: str) -> str | None:
    """The address behind Facebook's own redirector."""
    try:
        parts = urlsplit(url)
        shim = parts.path == "/l.php" and (parts.hostname or "").endswith("facebook.com")
        return parse_qs(parts.query).get("u", [None])[0] if shim else url
    except ValueError:
        return None


def _description(page: PageOf) -> Seen[str]:
    own = [dig(node, "profile_status_text", "text") for node in page.having("profile_status_text")]
    own += [node["blurb"] for node in page.having("blurb")]
    stated = next((text for each in own if (text := as_text(each))), None) or _described(page)
    at_length = (as_text(dig(node, "delegate_page", "best_description", "text")) for node in page.objects)
    return stated if stated is not UNSEEN else next((text for text in at_length if text), UNSEEN)


def _head(page: PageOf) -> str:
    return (page.document.meta("og:description", "description") or "")[:_LONGEST_HEAD]


def _sentences(head: str) -> list[str]:
    return _SENTENCE_END.split(head)


def _described(page: PageOf) -> Seen[str]:
    """The words that follow the counts in the head: the page's own, or only its category where there are few. A
    sentence that holds the name is no count, even of a page called by a number: "Join Facebook to connect with 1177".
    """
    said = _sentences(_head(page))
    counted = [at for at, part in enumerate(said) if at and _COUNTS.fullmatch(part) and (page.name or "") not in part]
    about = ". ".join(said[counted[0] + 1 :]).strip() if counted else ""
    return about if len(about.split()) > _CATEGORY_WORDS and not about.endswith(("...", "…")) else UNSEEN


def _activity(page: PageOf, now: datetime) -> Activity | Unseen:
    stories = page.having("creation_time", "id")
    times = [moment(node["creation_time"]) for node in stories if _writer_id(as_text(node["id"])) in page.ids]
    signed = page.having("creation_time", "post_id", "actors")
    times += [moment(node["creation_time"]) for node in signed if as_text(dig(node, "actors", 0, "id")) in page.ids]
    posts = [Post(at=at) for at in (*times, *own_times(page.flat, page.ids), *_linked_times(page)) if at]
    return latest(posts, now, "posts sent along with the page")


def _linked_times(page: PageOf) -> Iterator[datetime | None]:
    """When the posts were made that pages up to 2020 show, by their links below the page's own name."""
    own = fold(page.handle) if isinstance(page.handle, str) else None
    dated = _DATED_LINK.finditer(page.document.source)
    return (moment(found[2]) for found in dated if own and fold(found[1]) == own)


def _writer_id(story: str | None) -> str:
    """The id of a story's writer, which the story's id holds in base 64: `S:_I1000…:5543…`."""
    try:
        plain = b64decode(story or "", validate=True).decode("ascii")
    except ValueError:
        return ""
    found = _STORY.match(plain)
    return found[1] if found else ""


def own_times(flat: str, ids: frozenset[str]) -> Iterator[datetime]:
    """When the posts were published that a page's own statistics name. `flat` comes from `flattened`."""
    stamps = (moment(found[2]) for found in _INSIGHT.finditer(flat) if found[1] in ids)
    return (at for at in stamps if at)


def first_page_id(flat: str) -> PlatformId | None:
    """The page whose statistics come first."""
    found = _INSIGHT.search(flat)
    return platform_id(found[1]) if found else None
