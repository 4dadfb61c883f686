"""What strangers may put into a name, a text or a value, to see what becomes of it wherever it is shown."""

# ruff: noqa: E501  # a text stands as it is
from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Final

from lxml import html

from audits.digest import Button
from audits.reading.scrub import one_line

_MARKUP: Final = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "</td></tr></table><h1>Hej</h1>",
    "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>", "</style><script>alert(1)</script>",
    '"><a href="https://evil.example">klicka</a>', "'><a href='https://evil.example'>klicka</a>",
    '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", "x\" style=\"position:fixed;top:0", "<!--", "-->", "<![CDATA[",
    "]]>", "<iframe src=https://evil.example>", "<form action=https://evil.example><input name=by>", "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example>", "<object data=x>",
    "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">", "<details open ontoggle=alert(1)>", "<body onload=alert(1)>",
    "&lt;script&gt;", "&#60;script&#62;", "&amp;lt;b&amp;gt;", "<b>fet</b>", "<bdi>", "</bdi><bdo dir=rtl>", "<plaintext>",
    "<marquee>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<input type=image src=x onerror=alert(1)>",
    "\x3cscript\x3ealert(1)\x3c/script\x3e", "<a href=\"javas&#99;ript:alert(1)\">x</a>", "<%= 7*7 %>", "${7*7}", "#{7*7}",
)  # fmt: skip
_TEMPLATES: Final = (
    "{{ 7*7 }}", "{{ config }}", "{% raw %}", "{%- endfor -%}", "{# anmärkning #}", "{{ ''.__class__.__mro__ }}", "{by}", "{0}",
    "{count}", "{", "}", "{}", "{by.__class__}", "%s", "%(by)s", "%n%n%n", "$by", "\\1", "\\g<0>", "`id`", "$(id)", "; rm -rf /",
    "[/]", "[link=https://evil.example]klicka[/link]", "[bold red]", ":warning:",
)  # fmt: skip
_FORMULAS: Final = tuple(
    f"{gap}{sign}{rest}"
    for gap, sign, rest in product(
        ("", " ", "\t", "\n"),
        ("=", "+", "-", "@", "＝", "＋"),
        ("cmd|' /C calc'!A0", "1+1", 'HYPERLINK("https://evil.example")'),
    )
)
_TERMINAL: Final = (
    "\x1b[2J", "\x1b[31mrött\x1b[0m", "\x1b]0;titel\x07", "\x1b]8;;https://evil.example\x1b\\klicka\x1b]8;;\x1b\\", "\x9b31m",
    "\x1bP+q544e\x1b\\", "\x1b[6n", "\x1bc", "\x07\x07\x07", "\b\b\b\bfejk", "rad\rSKRIVEN ÖVER", "\x1b[1A\x1b[2K", "\x0e\x0f",
    "\x1b]52;c;ZXZpbA==\x07", "\x00noll", "\x7f", "\x85nästa", "\x8d", "\x1b[?1049h", "\x1b[>c",
)  # fmt: skip
_LINES: Final = (
    "rad\r\nBcc: e@x.example", "rad\nX-Ny: 1", "rad\rX-Ny: 1", "\r\n\r\n<html>", "\r\n.\r\nMAIL FROM:<e@x.example>", "rad\u2028ny",
    "rad\u2029ny", "rad\x0bny", "rad\x0cny", "rad\x1eny", "=?utf-8?Q?=0A?=Bcc: e@x", "=?utf-8?b?PHNjcmlwdD4=?=", "--gräns--",
    "Content-Type: text/html", "From: chefen@almestad.example", "\n\n-- \nHälsningar", "* Att göra [Akut]", "====", "----", "> citat",
)  # fmt: skip
_UNICODE: Final = (
    "\u202egpj.exe", "\u2066\u2067\u2068\u2069", "\u200b\u200c\u200d", "\ufeffBOM", "\u00ad mjukt", "\u061c", "\u180e", "\u2060",
    "a" + "\u0300" * 200, "\U000e0041\U000e0042", "\ud800", "\udfff\ud800", "ﷺ" * 50, "𝕿𝖊𝖝𝖙", "ｆｕｌｌ", "Ａlmestad", "аlmestad",
    "Almestаd", "𒀱" * 20, "\ufff9\ufffa\ufffb", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u115f\u3164", "שלום", "مرحبا", "ا" * 300,
    "\u2800", "\ue000", "\ufdd0", "\uffff", "İıſK",
)  # fmt: skip
_ADDRESSES: Final = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)", "//evil.example", "/\\evil.example", "https://evil.example/\" onclick=\"alert(1)", "https://evil.example/'>",
    "http://user:lösen@evil.example", "https://almestad.example@evil.example", "https://almestad.example.evil.example",
    "file:///etc/passwd", "https://evil.example/\r\nX: y", "https://xn--lmestad-4wa.example", "blob:x", "mailto:e@x.example",
    "tel:112", "../../etc/passwd",
)  # fmt: skip
_LONG: Final = ("x" * 5_000, "å" * 5_000, "<b>" * 1_000, "ord " * 2_000, "=" * 500, "\n" * 500)

TEXTS: Final = tuple(dict.fromkeys(
    (*_MARKUP, *_TEMPLATES, *_FORMULAS, *_TERMINAL, *_LINES, *_UNICODE, *_ADDRESSES, *_LONG)
))  # fmt: skip
PLAIN: Final = "Almestads konsthall"


FORMULA: Final = re.compile(r"^\s*[=+\-@＝＋－＠\t\r\n]")
URL: Final = re.compile(r"https://kanalkoll\.almestad\.example/\S+")


def link_to(button: Button) -> str:
    return f"https://kanalkoll.almestad.example/{button.purpose.value}/{'x' * 43}"


SHOWN: Final = tuple(text for text in TEXTS if one_line(text))  # the rest is nothing but what cannot be seen


def skeleton(document: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements with the names of their attributes, in order: what a page is, without what it says."""
    return [(str(each.tag), tuple(map(str, each.attrib))) for each in html.document_fromstring(document).iter()]


def links(document: str) -> set[str]:
    found = html.document_fromstring(document).iter("a", "form", "img", "link")
    return {str(value) for each in found for name, value in each.attrib.items() if name in ("href", "src", "action")}


def unprintable(text: str) -> list[str]:
    """Characters that a terminal or a reader obeys, instead of showing them."""
    return [each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") and each != "\n"]
