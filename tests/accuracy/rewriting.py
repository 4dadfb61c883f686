"""Ways in which others rewrite a page before it is read: archives, proxies, translators, readers, scripts that keep it.

    (Page, Random, another page) ─mangler▶ Page

As in mangling.py, none of them says that anything is absent, and none empties a list.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import quopri
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any, Final

from audits.model import Page
from audits.reading.html import read_html
from tests.accuracy.mangling import Mangler, in_its_json, text_of, with_text

_SCRIPT = re.compile(r"(<script\b[^>]*>)(.*?)(</script)", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"(<body\b[^>]*>)", re.IGNORECASE)
_HEAD_ENDS = re.compile(r"</head\s*>", re.IGNORECASE)
_WORDS = re.compile(r">([^<>{}]{3,200})<")
_SAID = re.compile(r"content=\"([^\"]*\s[^\"]*)\"")
_ADDRESS = re.compile(r"(href|src|content|action)=\"(?=https?://)")
_ON_TOP: Final = (
    "\ufeff", "\x00", "1f40\r\n", ")]}'\n", "for (;;);", "<?xml version='1.0' encoding='UTF-8'?>\n", "<pre>",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: nginx\r\n\r\n",
    "<!-- saved from url=(0027)https://almestad.example/ -->\n",
    "<div id='google-cache-hdr'>This is Google's cache. It is a snapshot as it appeared on 3 Jan 2019.</div>",
    "<div id='wm-ipp-base'>Wayback Machine: 4 captures</div>", "<p>Du surfar genom stadens webbfilter.</p>",
)  # fmt: skip
_ARCHIVES: Final = (
    "https://web.archive.org/web/20190304050607/", "/web/20190304050607/", "https://archive.ph/2020.01.02-030405/",
)  # fmt: skip
_ISLANDS: Final = ("", "{}", "null", "[]", '""', '{"props":{"pageProps":{}}}', '{"__DEFAULT_SCOPE__":{}}')
_DIGITS: Final = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯")


def escaped_twice(page: Page, random: Random, _other: Page) -> Page:
    """A text within a text: the whole page, or the data of its scripts."""
    text = text_of(page)
    if random.random() < 0.5:
        return with_text(page, json.dumps(text))
    return with_text(page, _SCRIPT.sub(lambda found: found[1] + json.dumps(found[2]) + found[3], text))


def commented_out(page: Page, random: Random, _other: Page) -> Page:
    """Kept in the page, and not for reading."""
    text = text_of(page)
    part = random.choice((r"(\A.*\Z)", r"(<script\b.*?</script>)", r"(<body\b.*</body>)", r"(<meta\b[^>]*>)"))
    return with_text(page, re.sub(part, r"<!-- \1 -->", text, flags=re.DOTALL | re.IGNORECASE))


def only_for_the_scriptless(page: Page, random: Random, _other: Page) -> Page:
    """What stands in `noscript` alone, or everything put into one."""
    text = text_of(page)
    if random.random() < 0.5:
        return with_text(page, "".join(re.findall(r"<noscript.*?</noscript>", text, re.DOTALL)))
    return with_text(page, f"<noscript>{text}</noscript>")


def as_a_reader_shows_it(page: Page, random: Random, _other: Page) -> Page:
    """The words alone: as a reading mode, as Markdown, or bare."""
    document = read_html(text_of(page))
    title, words = document.title, document.text
    links = "".join(f"[{each.text}]({each.href})\n" for each in document.anchors[:100])
    return with_text(
        page,
        random.choice(
            (
                f"<html><head><title>{html.escape(title)}</title></head><body>{html.escape(words)}</body></html>",
                f"Title: {title}\n\nURL Source: {page.url}\n\nMarkdown Content:\n# {title}\n\n{words}\n{links}",
                words,
                "\n".join(f"{name}: {content}" for name, content in document.metas),
            )
        ),
    )


def below_something(page: Page, random: Random, _other: Page) -> Page:
    """What a proxy, a cache or a tool writes over the page, into it or below it."""
    text, added = text_of(page), random.choice(_ON_TOP)
    forms = (added + text, _BODY.sub(lambda found: found[1] + added, text, count=1), text + added)
    return with_text(page, random.choice(forms))


def translated_by_machine(page: Page, _random: Random, _other: Page) -> Page:
    """As a translating proxy gives it out: words in elements of its own, links by way of itself."""
    text = _WORDS.sub(r"><font style='vertical-align: inherit;'>\1</font><", text_of(page))
    return with_text(page, re.sub(r"https://(?:www\.)?(\w+)\.com/", r"https://www-\1-com.translate.goog/", text))


def archived(page: Page, random: Random, _other: Page) -> Page:
    """A copy of years ago, its links by way of the archive."""
    archive = random.choice(_ARCHIVES)
    kept = with_text(page, _ADDRESS.sub(lambda found: f'{found[1]}="{archive}', text_of(page)))
    return replace(kept, final_url=archive + page.url) if archive.startswith("https") and page.url else kept


def without_its_head(page: Page, random: Random, _other: Page) -> Page:
    """Cut after the head, or before its end."""
    parts = _HEAD_ENDS.split(text_of(page), maxsplit=1)
    return with_text(page, random.choice((parts[0], f"<html><head></head>{parts[-1]}")))


def islands_emptied(page: Page, random: Random, _other: Page) -> Page:
    """The page's data left out, the scripts that held it kept."""
    nothing = random.choice(_ISLANDS)

    def emptied(found: re.Match[str]) -> str:
        return found[1] + (nothing if random.random() < 0.7 else found[2]) + found[3]

    return with_text(page, _SCRIPT.sub(emptied, text_of(page)))


def fields_nulled(page: Page, random: Random, _other: Page) -> Page:
    """Some fields null wherever they stand."""
    keys = sorted(set(re.findall(r'"(\w{2,40})"\s*:', text_of(page))))
    lost = frozenset(random.sample(keys, min(len(keys), random.choice((1, 3, 10)))))
    return in_its_json(page, partial(_with_each, change=lambda name, value: None if name in lost else value))


def renumbered(page: Page, random: Random, _other: Page) -> Page:
    """Whole numbers as text or with a point, as other languages write them."""
    written: Callable[[int], object] = random.choice((str, float))

    def change(_name: str, value: Any) -> Any:
        return written(value) if isinstance(value, int) and not isinstance(value, bool) else value

    return in_its_json(page, partial(_with_each, change=change))


def kept_by_a_script(page: Page, random: Random, _other: Page) -> Page:
    """As tools write a response into a file of their own."""
    text = text_of(page)
    forms = (
        lambda: json.dumps({"contents": text, "status": {"http_code": 200}}),
        lambda: json.dumps({"log": {"entries": [{"response": {"status": 200, "content": {"text": text}}}]}}),
        lambda: f"callback({text});",
        lambda: f"<pre>{html.escape(text)}</pre>",
        lambda: f"MIME-Version: 1.0\nContent-Type: text/html\n\n{quopri.encodestring(text.encode()).decode('ascii')}",
        lambda: f"WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{text}",
        lambda: f"{text}\n{text}",
    )
    return with_text(page, random.choice(forms)())


def misread(page: Page, random: Random, _other: Page) -> Page:
    """Bytes taken for what they are not: encoded twice, packed still, or in letters."""
    twice, packed = page.body.decode("latin-1").encode(), gzip.compress(page.body, 1)
    return replace(page, body=random.choice((twice, packed, base64.b64encode(page.body))))


def in_other_digits(page: Page, random: Random, _other: Page) -> Page:
    """The digits of another script: in the words and descriptions, or everywhere."""
    digits, text = str.maketrans("0123456789", random.choice(_DIGITS)), text_of(page)
    if random.random() < 0.3:
        return with_text(page, text.translate(digits))
    said = _SAID.sub(lambda found: f'content="{found[1].translate(digits).replace(",", "٬")}"', text)
    return with_text(page, _WORDS.sub(lambda found: f">{found[1].translate(digits)}<", said))


def tags_spelled_otherwise(page: Page, random: Random, _other: Page) -> Page:
    """Tags in capitals, attributes in single quotes or in none."""
    text = text_of(page)
    forms = (
        lambda: re.sub(r"<(/?)(\w+)", lambda found: f"<{found[1]}{found[2].upper()}", text),
        lambda: re.sub(r"=\"([^\"\s'=<>`]+)\"", r"=\1", text),
        lambda: re.sub(r"=\"([^\"']*)\"", r"='\1'", text),
    )
    return with_text(page, random.choice(forms)())


def _with_each(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """A JSON value in which everything is changed, by the name under which it stands."""
    changed = change(name, value)
    if isinstance(changed, dict):
        return {key: _with_each(each, change, key) for key, each in changed.items()}
    return [_with_each(each, change) for each in changed] if isinstance(changed, list) else changed


REWRITING: Final[tuple[Mangler, ...]] = (
    escaped_twice, commented_out, only_for_the_scriptless, as_a_reader_shows_it, below_something, translated_by_machine,
    archived, without_its_head, islands_emptied, fields_nulled, renumbered, kept_by_a_script, misread, in_other_digits,
    tags_spelled_otherwise,
)  # fmt: skip
