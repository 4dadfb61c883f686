"""What programs between a service and its readers make of an answer: gateways, converters, stores, printers, labellers.

    (Page, Random, another page) ─mangler▶ Page

As in mangling.py, none of them says that anything is absent, and none empties a list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any, Final
from unicodedata import normalize
from urllib.parse import quote, unquote

from audits.model import Page
from tests.accuracy.degrading import each_of
from tests.accuracy.mangling import Mangler, in_its_json, seam, text_of, with_text

_ENVELOPES: Final[tuple[Callable[[Any], Any], ...]] = (
    lambda value: {"data": value}, lambda value: {"response": value, "cached": True}, lambda value: [value],
    lambda value: {"status": "success", "result": value}, lambda value: {"body": json.dumps(value), "statusCode": 200},
    lambda value: {"items": [value], "total": 1}, lambda value: {"d": {"results": [value]}},
)  # fmt: skip
_FRAMES: Final = (
    "event: message\ndata: {}\n\n", "<!-- debug: 200 OK 12 ms -->{}<!-- cached 2026-11-20 -->", "1f40\n{}\n0\n",
    "--batch_a1\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n--batch_a1--\r\n",
    "<?xml version='1.0'?><response><![CDATA[{}]]></response>", '<string xmlns="http://almestad.example/">{}</string>',
    "Warning: Undefined index: user in /srv/www/api.php on line 12\n{}",
)  # fmt: skip
_LABELS: Final = (
    "Caution: This account is temporarily restricted", "There has been some unusual activity from this account.",
    "Caution: This profile may include potentially sensitive content", "Are you 18 years of age or older?",
    "This content is age-restricted", "Remembering", "This account is being reviewed",
    "Some content is not available in your region", "Government and multilateral organization account",
    "Detta innehåll är inte tillgängligt i din region", "Åldersgräns 18 år", "Den här profilen visas i begränsad form",
    "You are viewing a limited version of this page", "Some posts are hidden", "Ads on this page are paused",
)  # fmt: skip
_FLAGS: Final = (
    {"possibly_sensitive": True}, {"withheld_in_countries": ["SE"]}, {"age_restricted": True}, {"restricted": True},
    {"profile_interstitial_type": "fake_account"}, {"is_memorialized": True}, {"under_review": True}, {"limited": True},
    {"is_eligible_for_all": False}, {"region_limited": True}, {"nsfw": True}, {"warning": "account is being reviewed"},
)  # fmt: skip
_OVER_IT: Final = (
    '<div role="alert">{}</div>', '<div class="overlay"><h2>{}</h2><button>View</button></div>',
)  # fmt: skip
_HUMP: Final = re.compile(r"(?<=[a-z0-9])([A-Z])")
_UNDER: Final = re.compile(r"_+([a-z0-9])")
_SPELLINGS: Final[tuple[Callable[[str], str], ...]] = (
    lambda name: _UNDER.sub(lambda found: found[1].upper(), name),
    lambda name: _HUMP.sub(lambda found: f"_{found[1].lower()}", name),
    lambda name: name[:1].upper() + _UNDER.sub(lambda found: found[1].upper(), name)[1:],
    lambda name: name.replace("_", "-"), str.lower, str.upper, "ns:{}".format, "{} ".format,
)  # fmt: skip
_IN_ADDRESSES: Final[tuple[Callable[[str], str], ...]] = (
    unquote, partial(quote, safe=":/?&=@"), lambda url: f"{url.rstrip('/')}/",
    lambda url: url.replace("https:", "http:"),
)  # fmt: skip
_IN_WORDS: Final[tuple[Callable[[str], str], ...]] = (
    lambda words: words.replace("_", ""), lambda words: words.replace("_", " "), str.title,
    lambda words: words.replace("-", "–"), lambda words: words.replace(".", " ."),
    lambda words: words.replace("@", " at "), lambda words: re.sub(r"@(\w+)", r"\1", words),
    lambda words: re.sub(r"(\w{12})\w+", r"\1…", words),
)  # fmt: skip
_NAMES_SOMEBODY: Final = frozenset({"id", "name", "username", "rest_id", "handle", "pk", "login"})
_WORDS: Final = re.compile(r">([^<>{}]{1,300})<")
_SAID: Final = re.compile(r"content=\"([^\"]*\s[^\"]*)\"")
_LED_TO: Final = re.compile(r"(?<=[\"'])(https?://[^\"'\s<>]+)(?=[\"'])")
_BODY: Final = re.compile(r"(<body\b[^>]*>)", re.IGNORECASE)
_KEY: Final = re.compile(r'"(\w{2,40})"\s*:')
_PART: Final = re.compile(r'"(\w{2,40})"\s*:\s*[\[{]')
_JOINTS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\x1a", b"\r\n\r\n", b"\x0c")


def printed_anew(page: Page, random: Random, _other: Page) -> Page:
    """The same JSON in another print: sorted, indented, in ASCII, without white space."""
    kinds: tuple[dict[str, Any], ...] = (
        {"indent": random.choice((1, 2, 4, "\t"))}, {"sort_keys": True}, {"ensure_ascii": False, "indent": 2},
        {"separators": (",", ":")}, {"sort_keys": True, "indent": 2, "separators": (" ,", " : ")},
    )  # fmt: skip
    try:
        return with_text(page, json.dumps(json.loads(text_of(page)), **random.choice(kinds)))
    except (ValueError, RecursionError):
        return page


def enveloped(page: Page, random: Random, _other: Page) -> Page:
    """A gateway's envelope around the answer, or one taken off."""
    ways: tuple[Callable[[Any], Any], ...] = (*_ENVELOPES, partial(_unwrapped, random=random))
    return in_its_json(page, random.choice(ways))


def _unwrapped(value: Any, random: Random) -> Any:
    parts = [*value.values()] if isinstance(value, dict) else []
    inner = [each for each in parts if each and isinstance(each, dict | list)]
    return random.choice(inner) if inner else value


def framed(page: Page, random: Random, _other: Page) -> Page:
    """As streams, batches and older services put an answer between lines of their own."""
    before, behind = random.choice(_FRAMES).split("{}")
    return with_text(page, before + text_of(page) + behind)


def keys_spelled_otherwise(page: Page, random: Random, _other: Page) -> Page:
    """Names of fields in the spelling of another language."""
    return in_its_json(page, partial(_spelled, spell=random.choice(_SPELLINGS)))


def _spelled(value: Any, spell: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {spell(name): _spelled(each, spell) for name, each in value.items()}
    return [_spelled(each, spell) for each in value] if isinstance(value, list) else value


def lists_as_objects(page: Page, random: Random, _other: Page) -> Page:
    """Lists as languages without them write them: by number, or the only entry by itself; objects in lists."""
    kind = random.randrange(3)

    def change(_name: str, value: Any) -> Any:
        if kind == 0 and isinstance(value, list) and value:
            return {str(at): each for at, each in enumerate(value)}
        if kind == 1 and isinstance(value, list) and len(value) == 1:
            return value[0]
        return [value] if kind == 2 and isinstance(value, dict) and value and random.random() < 0.2 else value

    return in_its_json(page, partial(each_of, change=change))


def a_field_dropped(page: Page, random: Random, _other: Page) -> Page:
    """One or two fields missing wherever they stand: an experiment on some visitors, or what their region forbids."""
    keys = sorted({*_KEY.findall(text_of(page))})
    lost = frozenset(random.sample(keys, min(len(keys), random.choice((1, 2)))))

    def change(_name: str, value: Any) -> Any:
        return {key: each for key, each in value.items() if key not in lost} if isinstance(value, dict) else value

    return in_its_json(page, partial(each_of, change=change))


def a_part_failed(page: Page, random: Random, _other: Page) -> Page:
    """One part could not be had in time: null, and perhaps word of it beside, as in GraphQL."""
    lost = random.choice([*sorted({*_PART.findall(text_of(page))}), ""])
    trouble = random.choice(({}, {"errors": [{"message": "Internal server error", "path": ["data", lost]}]}))

    def failed(value: Any) -> Any:
        left = each_of(value, lambda name, each: None if name == lost and isinstance(each, dict | list) else each)
        return {**left, **trouble} if isinstance(left, dict) else left

    return in_its_json(page, failed)


def referenced(page: Page, random: Random, _other: Page) -> Page:
    """What came before is only pointed at: texts, or objects, that stand twice are sent once."""
    seen: dict[str, int] = {}
    kind, pointing = random.choice(((str, "${}".format), (dict, lambda at: {"$ref": str(at)})))

    def change(_name: str, value: Any) -> Any:
        if not isinstance(value, kind) or not value:
            return value
        known = len(seen)
        at = seen.setdefault(json.dumps(value), known)
        return value if at == known else pointing(at)

    return in_its_json(page, partial(each_of, change=change))


def marks_within(page: Page, random: Random, _other: Page) -> Page:
    """Byte order marks, noughts or control letters where one piece was put to the next."""
    mark, body = random.choice(_JOINTS), page.body
    for _ in range(random.randrange(1, 20)):
        at = seam(replace(page, body=body), random.randrange(len(body) + 1))
        body = body[:at] + mark + body[at:]
    return replace(page, body=body)


def garbled(page: Page, random: Random, _other: Page) -> Page:
    """A piece that was not unpacked rightly: rubbish in its place, or in that of all the rest."""
    start, rest = random.randrange(len(page.body) + 1), len(page.body)
    end = random.choice((rest, min(rest, start + random.randrange(1, 4000))))
    rubbish = bytes(random.randrange(128, 256) for _ in range(end - start))
    return replace(page, body=page.body[:start] + rubbish + page.body[end:])


def labelled(page: Page, random: Random, _other: Page) -> Page:
    """A word above a profile that is there for all that."""
    over_it, flag = random.choice(_OVER_IT).format(random.choice(_LABELS)), random.choice(_FLAGS)
    text = _BODY.sub(lambda found: found[1] + over_it, text_of(page), count=1)

    def flagged(_name: str, value: Any) -> Any:
        return {**value, **flag} if isinstance(value, dict) and _NAMES_SOMEBODY & value.keys() else value

    return in_its_json(with_text(page, text), partial(each_of, change=flagged))


def folded_to_ascii(page: Page, _random: Random, _other: Page) -> Page:
    """Letters without what they have above them."""
    return with_text(page, normalize("NFKD", text_of(page)).encode("ascii", "ignore").decode())


def addresses_written_otherwise(page: Page, random: Random, _other: Page) -> Page:
    """Addresses quoted once more or once less, with a stroke at the end, without their encryption."""
    way, share = random.choice(_IN_ADDRESSES), random.choice((0.3, 1.0))
    return with_text(
        page, _LED_TO.sub(lambda found: way(found[1]) if random.random() < share else found[1], text_of(page))
    )


def typeset(page: Page, random: Random, _other: Page) -> Page:
    """Words, perhaps also descriptions, as a typesetter or a lightweight markup leaves them: signs eaten, shortened."""
    way = random.choice(_IN_WORDS)
    text = _WORDS.sub(lambda found: f">{way(found[1])}<", text_of(page))
    described = _SAID.sub(lambda found: f'content="{way(found[1])}"', text)
    return with_text(page, random.choice((text, described)))


RESHAPING: Final[tuple[Mangler, ...]] = (
    printed_anew, enveloped, framed, keys_spelled_otherwise, lists_as_objects, a_field_dropped, a_part_failed,
    referenced, marks_within, garbled, labelled, folded_to_ascii, addresses_written_otherwise, typeset,
)  # fmt: skip
