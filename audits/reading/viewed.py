"""What a browser makes of JSON: a page that shows it and nothing else, as recorders with a browser keep it.

    <html><head>…</head><body><pre>{…}</pre></body></html>                       Chromium
    <html><head>…</head><body><div id="content"><div id="json">{…}</div></div>   Firefox

FlareSolverr/FlareSolverr, its answers; mozilla-firefox/firefox, devtools/client/jsonview/converter-child.js.
"""

from __future__ import annotations

import re

from audits.reading.entities import unescaped

_SHOWN = re.compile(  # a page that holds one piece of JSON, as Chromium or Firefox write it, and nothing else
    r"\s*+(?:<!doctype html>\s*+)?(?:<!--[^<>]{0,500}-->\s*+)?<html\b[^<>]{0,300}>\s*+(?:<head\b[^<>]{0,300}>"
    r"(?>(?:\s*+<(?:meta|link|script)\b[^<>]{0,500}>(?:</script>)?)*)\s*+</head>\s*+)?"
    r"<body\b[^<>]{0,300}>\s*+<(?:pre\b[^<>]{0,300}|div id=\"content\"><div id=\"json\")>"
    r"\s*+(?P<shown>(?:for ?\(;;\);\s*+)?[{\[][^<>]*+)</(?:pre|div)>"
    r"(?>(?:\s*+</?(?:div|script|body)\b[^<>]{0,300}>)*)\s*+</html>\s*+\Z",
    re.IGNORECASE,
)


def as_served(text: str) -> str:
    """What the browser was given, where the text is such a page; else the text itself."""
    found = _SHOWN.match(text)
    return unescaped(found["shown"]) if found else text
