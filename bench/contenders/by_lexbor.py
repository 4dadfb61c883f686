"""What lexbor's own selectors take from a page."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborHTMLParser


def extract(url: str, body: bytes) -> dict[str, Any]:
    tree = LexborHTMLParser(body)
    title = tree.css_first("title")
    metas = [node.attributes for node in tree.css("meta[property]")]
    return {
        "url": url,
        "title": title.text() if title else "",
        "og": {a["property"]: a["content"] for a in metas if (a["property"] or "").startswith("og:")},
        "links": [node.attributes["href"] for node in tree.css("a[href]")],
    }
