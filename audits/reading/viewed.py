"""What was served, out of what stands around it: a browser's view of it, or a server's complaints before a feed.

    <html><head>…</head><body><pre>{…}</pre></body></html>                       Chromium; XML as plain text, too
    <html><head>…</head><body><div id="content"><div id="json">{…}</div></div>   Firefox
    <html>…<div id="webkit-xml-viewer-source-xml"><rss>…</rss></div>…            Chromium, of XML
    <br /><b>Warning</b>: … <?xml …                                              PHP

Recorders with a browser keep such pages.
FlareSolverr/FlareSolverr, its answers; mozilla-firefox/firefox, devtools/client/jsonview/converter-child.js;
chromium/chromium, third_party/blink/renderer/core/xml/DocumentXMLTreeViewer.js.
"""

from __future__ import annotations

import re

from audits.reading.entities import unescaped

_SHOWN = re.compile(  # a page that holds one piece of JSON or a feed, as a browser writes it, and nothing else
    r"\s*+(?:<!doctype html>\s*+)?(?:<!--[^<>]{0,500}-->\s*+)?<html\b[^<>]{0,300}>\s*+(?:<head\b[^<>]{0,300}>"
    r"(?>(?:\s*+<(?:meta|link|script)\b[^<>]{0,500}>(?:</script>)?)*)\s*+</head>\s*+)?"
    r"<body\b[^<>]{0,300}>\s*+<(?:pre\b[^<>]{0,300}|div id=\"content\"><div id=\"json\")>"
    r"\s*+(?P<shown>(?:(?:for ?\(;;\);\s*+)?[{\[]|&lt;(?:\?xml|rss|feed|rdf:RDF)\b)[^<>]*+)</(?:pre|div)>"
    r"(?>(?:\s*+</?(?:div|script|body)\b[^<>]{0,300}>)*)\s*+</html>\s*+\Z",
    re.IGNORECASE,
)
_VIEWER = "webkit-xml-viewer-source-xml"
_HEAD = 8100  # characters before it, and its own
_FEEDS_VIEW = re.compile(  # the page that shows a feed as a tree, and holds the feed itself as well
    r"\s*+<html\b.{0,8000}?<div id=\"" + _VIEWER + r"\">"
    r"(?P<feed><(?P<root>rss|feed|rdf:RDF)\b.*</(?P=root)>)\s*+</div>",
    re.IGNORECASE | re.DOTALL,
)


def as_served(text: str) -> str:
    """What the browser was given, or the feed that a server served behind its complaints; else the text itself."""
    if shown := _SHOWN.match(text):
        return unescaped(shown["shown"])
    viewed = _FEEDS_VIEW.match(text) if _VIEWER in text.lstrip()[:_HEAD] else None
    return viewed["feed"] if viewed else _without_complaints(text)


_COMPLAINTS = 8000  # as many letters as they may take
_FEED = r"<(?:rss|feed|rdf:RDF)"
_BEGINNING = re.compile(  # the declaration and the feed's first tag behind it, or a first tag that declares for itself
    rf"<\?xml[^>]{{0,200}}\?>(?:[^<]|<[!?])*+{_FEED}[\s>]|{_FEED}\s[^<>]{{0,2000}}?\b(?:version|xmlns)\b", re.IGNORECASE
)
# JSON, or the first tag of a page or of anything that is XML.
_SOMETHING_ELSE = re.compile(
    rf"\A[\s\ufeff]*+(?:[{{\[]|[\w.$]{{1,60}}\()|<(?:!doctype|html|head|body|\?xml)\b|{_FEED}\b", re.IGNORECASE
)


def _without_complaints(text: str) -> str:
    """A page that holds a feed is no feed."""
    if _SOMETHING_ELSE.match(text):  # as nearly everything begins, and searching takes longer
        return text
    begun = _BEGINNING.search(text[:_COMPLAINTS])
    before = text[: begun.start()] if begun else ""
    return text if _SOMETHING_ELSE.search(before) else text[len(before) :]
