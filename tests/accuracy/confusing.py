"""What a night brings between a service and its readers when two accounts, or two states of one, come together.

    (Page, Random, the other's page) ─mangler▶ Page

NEARBY bring in another account of the same platform, as suggestions, switchers, searches and mixed-up streams do.
CONFUSING bring in nobody: layouts on trial, consent, translation, portals, lists with nothing in a place. As in
mangling.py, none of them says that anything is absent, and none leaves out a list's newest entry without a trace.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from random import Random
from typing import Any, Final
from urllib.parse import urlsplit

from audits.model import Page
from tests.accuracy.degrading import each_of
from tests.accuracy.mangling import Mangler, in_its_json, seam, text_of, with_text

_HEAD: Final = re.compile(r"(<head\b[^>]*>)", re.IGNORECASE)
_BODY: Final = re.compile(r"(<body\b[^>]*>)", re.IGNORECASE)
_INNER: Final = re.compile(r"(<body\b[^>]*>)(.*)(</body)", re.DOTALL | re.IGNORECASE)
_ISLAND: Final = re.compile(r"<script\b[^>]*>[^<]*\{.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_META: Final = re.compile(r"<meta\b[^>]*(?:og:|twitter:|al:)[^>]*>", re.IGNORECASE)
_CARD: Final = re.compile(r"<a\b[^>]*href[^>]*>.*?</a\s*>", re.DOTALL | re.IGNORECASE)
_WORDS: Final = re.compile(r">([^<>{}]{2,300})<")
_TAG: Final = re.compile(r"<(/?)(h1|h2|main|article|section|header|time|nav)\b", re.IGNORECASE)
_MARKED: Final = re.compile(r"\b(class|id|data-[\w-]+|itemprop|role)=\"([^\"]*)\"", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^>]*>.*?</title\s*>", re.DOTALL | re.IGNORECASE)
_LED: Final = re.compile(r"(href|src)=\"https://([^/\"]+)")
_TONGUES: Final[tuple[Callable[[str], str], ...]] = (
    str, lambda words: " ".join(reversed(words.split())), lambda words: re.sub("[aeo]", "å", words),
)  # fmt: skip
_SUGGESTED: Final = ("suggested_users", "recommendations", "edge_related_profiles", "similar_accounts", "chaining")
_VIEWERS: Final = ("viewer", "currentUser", "logged_in_user", "account", "me", "session", "active_profile")
_CONSENTS: Final = (
    '<div id="onetrust-consent-sdk" role="dialog"><h2>We value your privacy</h2><button>Accept all</button></div>',
    '<dialog open><h1>Innan du fortsätter</h1><p>Vi använder kakor.</p><form action="/save"></form></dialog>',
    '<div class="cmp"><h1>Before you continue</h1><a href="/consent?continue=x">I agree</a></div>',
    '<iframe title="SP Consent Message" src="https://cmp.almestad.example/"></iframe>',
)  # fmt: skip
_PORTALS: Final = (
    '<title>Welcome to the guest network</title>', '<base href="https://proxy.almestad.example/">',
    '<div id="toolbar">This page was opened by way of <b>proxy.almestad.example</b></div>',
    '<meta property="og:site_name" content="Web filter"><meta property="og:title" content="Scanned by Web filter">',
    '<h1>You are browsing with data saver</h1>', "<script>window.__injected={\"name\":\"isp\",\"id\":\"1\"}</script>",
)  # fmt: skip


# --- another account of the same platform -----------------------------------------------------------------------------


def suggested_beside_it(page: Page, random: Random, other: Page) -> Page:
    """Others are recommended, in an answer before or behind the own one; on a page as cards."""
    theirs = _json_of(other)
    if theirs is not None and _json_of(page) is not None:
        beside = {random.choice(_SUGGESTED): [_somebody(theirs, random)]}
        return in_its_json(page, partial(_beside, more=beside, first=random.random() < 0.5))
    cards = f"<aside><h3>Suggested</h3>{''.join(_CARD.findall(text_of(other))[:20])}</aside>"
    return with_text(page, _BODY.sub(lambda found: found[1] + cards, text_of(page), count=1))


def suggested_in_its_place(page: Page, random: Random, other: Page) -> Page:
    """Others are recommended where the own one should be, and could not be had."""
    theirs, name = _json_of(other), random.choice(_SUGGESTED)
    own = _json_of(page)
    if theirs is not None and isinstance(own, dict):
        lost = random.choice([key for key, each in own.items() if isinstance(each, dict | list)] or [""])
        left = {key: None if key == lost else each for key, each in own.items()}
        return with_text(page, json.dumps(random.choice(({name: [theirs]}, {**left, name: [theirs]}, {lost: theirs}))))
    cards = "".join(_CARD.findall(text_of(other))[:40]) + "".join(_ISLAND.findall(text_of(other))[:3])
    return with_text(page, _INNER.sub(lambda found: f"{found[1]}<main>{cards}</main>{found[3]}", text_of(page)))


def a_switcher_on_it(page: Page, random: Random, other: Page) -> Page:
    """Whoever is thought to look: another's object first, or their scripts or their tags in the head."""
    theirs = _json_of(other)
    if theirs is not None and _json_of(page) is not None:
        beside = {random.choice(_VIEWERS): _somebody(theirs, random)}
        return in_its_json(page, partial(_beside, more=beside, first=random.random() < 0.7))
    form = random.choice((_ISLAND, _META))
    put = "".join(form.findall(text_of(other))[: random.choice((1, 3, 20))])
    where = random.choice((_HEAD, _BODY))
    return with_text(page, where.sub(lambda found: found[1] + put, text_of(page), count=1))


def found_by_a_search(page: Page, random: Random, other: Page) -> Page:
    """A list of hits: the other before the own one, behind it, or alone."""
    own, theirs = _json_of(page), _json_of(other)
    if own is None or theirs is None:
        return page
    kind = random.choice(("before", "behind", "alone"))
    answer = _inside_out(own, partial(_hits, theirs=_entries(theirs), kind=kind))
    ways = (lambda: answer, lambda: [theirs, own], lambda: {"data": [theirs, own]}, lambda: {"users": [own, theirs]})
    return with_text(page, json.dumps(random.choice(ways)()))


def _hits(_name: str, value: Any, theirs: list[Any], kind: str) -> Any:
    if not isinstance(value, list) or not value or not isinstance(value[0], dict) or not theirs:
        return value
    alike = [each for each in theirs if len(each.keys() & value[0].keys()) > len(value[0]) / 2]
    return {"before": [*alike, *value], "behind": [*value, *alike], "alone": alike or value}[kind]


def streams_mixed_up(page: Page, random: Random, other: Page) -> Page:
    """The pieces of two answers by turns."""
    size = random.choice((256, 1024, 4096, 16384))
    rest = max(len(page.body), len(other.body))
    pieces = (body[at : at + size] for at in range(0, rest, size) for body in random.sample((page.body, other.body), 2))
    return replace(page, body=b"".join(pieces))


def its_rest_of_another(page: Page, random: Random, other: Page) -> Page:
    """A transfer taken up again at the same place of another's page: whole elements, half a name is somebody else's."""
    at = random.randrange(min(len(page.body), len(other.body)) + 1)
    return replace(page, body=page.body[: seam(page, at)] + other.body[seam(other, at) :])


def one_part_of_another(page: Page, random: Random, other: Page) -> Page:
    """Objects of an answer that came from another's, wherever both have the like: some, or all but those that name."""
    own, theirs = _json_of(page), _json_of(other)
    if own is None or theirs is None:
        return page
    by_name: dict[str, Any] = {}
    _inside_out(theirs, lambda name, value: by_name.setdefault(name, value) and value)
    share = random.choice((0.1, 0.5))

    def change(name: str, value: Any) -> Any:
        like = by_name.get(name)
        is_like = bool(name) and isinstance(value, dict | list) and type(like) is type(value)
        return like if is_like and random.random() < share else value

    return with_text(page, json.dumps(_inside_out(own, change)))


def _inside_out(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """A JSON value in which everything is changed, what is inside first: what is put in stays as it is."""
    if isinstance(value, dict):
        return change(name, {key: _inside_out(each, change, key) for key, each in value.items()})
    return change(name, [_inside_out(each, change) for each in value] if isinstance(value, list) else value)


def _json_of(page: Page) -> Any:
    try:
        return json.loads(text_of(page))
    except (ValueError, RecursionError):
        return None


def _beside(value: Any, more: dict[str, Any], first: bool) -> Any:
    if isinstance(value, dict):
        return {**more, **value} if first else {**value, **more}
    return value


def _somebody(value: Any, random: Random) -> Any:
    """The whole answer, or one of the objects in it."""
    return random.choice([value, *islice(_objects(value), 6)])


def _entries(value: Any) -> list[Any]:
    lists = (each for node in _objects(value) for each in node.values() if isinstance(each, list))
    own = value if isinstance(value, list) else []
    return [one for each in chain([own], lists) for one in each if isinstance(one, dict)][:40]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of an answer, the outer before the inner."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _objects(each)


# --- nobody else ------------------------------------------------------------------------------------------------------


def with_nothing_in_places(page: Page, random: Random, _other: Page) -> Page:
    """Lists in which some entries could not be had: null, an empty object, or word of the trouble."""
    share = random.choice((0.2, 0.6, 1.0))
    nothing = random.choice((None, {}, {"error": {"message": "Timeout", "code": 29}}, {"node": None}, ""))

    def change(_name: str, value: Any) -> Any:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return [nothing if random.random() < share else each for each in value]
        return value

    return in_its_json(page, partial(each_of, change=change))


def trouble_in_a_part(page: Page, random: Random, _other: Page) -> Page:
    """Word of a trouble in the place of an object."""
    trouble = random.choice((
        {"error": {"message": "Timeout", "code": 29}}, {"errors": [{"message": "Dependency failed"}]},
        {"__typename": "Error", "message": "Internal"}, {"code": "INTERNAL", "requestId": "a1"}, {"loading": True},
    ))  # fmt: skip
    share = random.choice((0.05, 0.3))
    return in_its_json(
        page,
        partial(each_of, change=lambda n, v: trouble if n and isinstance(v, dict) and random.random() < share else v),
    )


def one_object_deeper(page: Page, random: Random, _other: Page) -> Page:
    """A layout on trial: some objects one step further in, or one step less."""
    name, share = random.choice(("result", "node", "data", "legacy", "core", "value")), random.choice((0.1, 0.5))

    def change(_name: str, value: Any) -> Any:
        if not isinstance(value, dict) or random.random() > share:
            return value
        if random.random() < 0.5:
            return {name: value}
        inner = next((each for each in value.values() if isinstance(each, dict)), None)
        return {**{key: each for key, each in value.items() if each is not inner}, **inner} if inner else value

    return in_its_json(page, partial(_inside_out, change=change))


def on_trial(page: Page, random: Random, _other: Page) -> Page:
    """Another layout for some visitors: other elements, other marks on them."""
    text = text_of(page)
    if random.random() < 0.6:
        text = _TAG.sub(lambda found: f"<{found[1]}div", text)
    if random.random() < 0.6:
        text = _MARKED.sub(lambda found: f'{found[1]}="x{sum(map(ord, found[2])) % 99991:x}"', text)
    if random.random() < 0.4:
        text = text.replace('property="og:', 'name="og:')
    return with_text(page, text)


def asked_for_consent(page: Page, random: Random, _other: Page) -> Page:
    """A question about cookies above or behind the page, or the page kept back in a template until it is answered."""
    asked = random.choice(_CONSENTS)
    ways: tuple[Callable[[re.Match[str]], str], ...] = (
        lambda found: found[1] + asked + found[2] + found[3],
        lambda found: found[1] + found[2] + asked + found[3],
        lambda found: f"{found[1]}{asked}<template>{found[2]}</template>{found[3]}",
        lambda found: f"{found[1]}{asked}<noscript>{found[2]}</noscript>{found[3]}",
        lambda found: found[1] + asked + found[3],
    )
    return with_text(page, _INNER.sub(random.choice(ways), text_of(page)))


def translated_by_a_service(page: Page, random: Random, _other: Page) -> Page:
    """As a translator serves a page: at an address of its own, its words in tags of their own and in other letters."""
    address = urlsplit(page.url)
    at = f"https://{address.netloc.replace('-', '--').replace('.', '-')}.translate.goog{address.path}?_x_tr_sl=auto"
    font = '<font style="vertical-align: inherit;">'
    way = random.choice(_TONGUES)
    text = _WORDS.sub(lambda found: f">{font}{font}{way(found[1])}</font></font><", text_of(page))
    text = _LED.sub(lambda found: f'{found[1]}="https://{found[2].replace(".", "-")}.translate.goog', text)
    return replace(with_text(page, text), final_url=random.choice((at, page.final_url)))


def through_a_portal(page: Page, random: Random, _other: Page) -> Page:
    """What a network puts in: a title, a bar, a tag, a script before those of the page."""
    put, where = random.choice(_PORTALS), random.choice((_HEAD, _BODY))
    return with_text(page, where.sub(lambda found: found[1] + put, text_of(page), count=1))


def scripts_not_filled(page: Page, random: Random, _other: Page) -> Page:
    """Scripts whose data did not come in time."""
    empty = random.choice(("{}", "null", '{"loading":true}', "[]", "undefined"))
    share = random.choice((0.5, 1.0))

    def hollowed(found: re.Match[str]) -> str:
        opening = found[0][: found[0].index(">") + 1]
        return f"{opening}{empty}</script>" if random.random() < share else found[0]

    return with_text(page, _ISLAND.sub(hollowed, text_of(page)))


def title_alone(page: Page, random: Random, _other: Page) -> Page:
    """A preview: the title, perhaps the tags of the head, and nothing else."""
    text = text_of(page)
    kept = "".join(_TITLE.findall(text)[:1]) + ("".join(_META.findall(text)) if random.random() < 0.7 else "")
    return with_text(page, f"<html><head>{kept}</head><body></body></html>") if kept else page


def posts_not_loaded(page: Page, random: Random, _other: Page) -> Page:
    """The lists of things that bear a day left out, with their keys: only who it is came."""
    gone = frozenset({*re.findall(r'"(\w+)"\s*:\s*\[', text_of(page))})
    some = frozenset(each for each in sorted(gone) if random.random() < 0.6)

    def change(_name: str, value: Any) -> Any:
        return {key: each for key, each in value.items() if key not in some} if isinstance(value, dict) else value

    return in_its_json(page, partial(each_of, change=change))


def escaped_anew(page: Page, random: Random, _other: Page) -> Page:
    """A page handed on inside an answer, or an answer inside a page."""
    text = text_of(page)
    ways = (
        lambda: json.dumps({"html": text}),
        lambda: json.dumps([{"command": "insert", "data": text}]),
        lambda: f"<html><body><textarea>{html.escape(text)}</textarea></body></html>",
        lambda: f'<html><body><div data-page="{html.escape(text)}"></div></body></html>',
        lambda: f"<script>self.__next_f.push([1,{json.dumps(text)}])</script>",
    )
    return with_text(page, random.choice(ways)())


CONFUSING: Final[tuple[Mangler, ...]] = (
    with_nothing_in_places, trouble_in_a_part, one_object_deeper, on_trial, asked_for_consent, translated_by_a_service,
    through_a_portal, scripts_not_filled, title_alone, posts_not_loaded, escaped_anew,
)  # fmt: skip
NEARBY: Final[tuple[Mangler, ...]] = (
    suggested_beside_it, suggested_in_its_place, a_switcher_on_it, found_by_a_search, streams_mixed_up,
    its_rest_of_another, one_part_of_another,
)  # fmt: skip
