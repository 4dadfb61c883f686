"""How people who build sites call the parts of a page, and how people who write them invite to follow.

Class names, ids and itemprops come in every language and style (`site-footer`, `Footer_socialLinks__x1`, `sidfot`);
each pattern is looked for anywhere in them. Order matters in `FOREIGN`: the first that fits names the place.
"""

from __future__ import annotations

import re
from typing import Final


def each_of(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _whole(words: str) -> str:
    """Any of the words, standing alone between separators."""
    return rf"(?<![a-zåäöéü]){'(?:' + '|'.join(words.split()) + ')'}(?![a-zåäöéü])"


SOCIAL: Final = _any(
    r"social", r"sozial", r"socia(?:la|le|is)", r"follow(?!ing)", r"folg(?:e|en)?[-_]?(?:oss|os|uns)", r"folj|följ",
    _whole("some sns soc channels kanaler kanäle some-links"),
)  # fmt: skip
FOOTER: Final = _any(
    r"foot(?:er|bar)", r"sidfot|sidfod|bunntekst|fusszeile|fußzeile|colophon|rodape|rodapé", r"pie[-_]de[-_]pagina",
    r"pied[-_]de[-_]page", r"site-?info\b", r"bottom[-_]?bar", r"copyright",
)  # fmt: skip
HEADER: Final = _any(
    r"header|masthead|sidhuvud|sidhoved|kopfzeile|kopfbereich", r"top[-_]?(?:bar|nav|menu|strip)", _whole("hd branding")
)
NAVIGATION: Final = _any(
    r"navbar|navigation|off-?canvas|hamburger|mega-?menu|burger", _whole("nav menu meny menubar menü")
)
LOCAL: Final = _any(
    r"(?:entry|post|article|artikel|card|section|modal|panel|content|block|item|comment|table|accordion|author|story|"
    r"teaser|widget|box|event|hero|recipe|dialog|popup|list|group|collapse|tab)[-_]*(?:inner|top)?[-_]*"
    r"(?:header|footer|head|foot)",
    r"(?:^|[\s_-])(?:has|have|with|without|no|hide|is)[-_](?:[a-z]+[-_])?(?:header|footer|nav|menu)",
)
"""Headers and footers of a part of the page, and classes that only say that there is one."""

SIDE: Final = _any(r"sidebar|side-?bar|sidopanel|widget-area", _whole("aside rail complementary"))
CONTACT: Final = _any(r"contact|kontakt|vcard|h-card", _whole("address adress adresse"))
MAIN: Final = _any(_whole("main maincontent main-content content-main huvudinnehall huvudinnehåll"))
ARTICLE: Final = _any(
    r"article-?_?-?(?:body|content|text)", r"(?:entry|post|story|page|node|news)[-_]*(?:content|body|text)",
    r"rich-?text|wysiwyg|brodtext|brødtekst|field--name-body|et_pb_text|the-content", _whole("rte prose articlebody"),
)  # fmt: skip

EMBEDDED_POST: Final = _any(
    r"instagram-media|twitter-tweet|twitter-video|fb-post|fb-video|tiktok-embed|bluesky-embed|mastodon-embed",
    r"text-post-media|reddit-(?:embed|card)|embedded-?(?:post|tweet)|jtwt|latest-tweets|insta-?feed|instagram-?feed|sbi_",
    r"(?<![a-z])tweets(?![a-z])|(?<![a-z])tweet[-_](?:text|list|item|content|body|author|user|container|feed|box)",
    r"social[-_]?(?:feed|wall|stream|hub)|juicer|flockler|curator-feed|eapps|elfsight",
)  # fmt: skip
TIMELINE: Final = _any(
    r"twitter-(?:timeline|follow-button)|fb-page|fb-like-box|g-ytsubscribe|pinterest-follow|amp-facebook-page"
)
"""Widgets that show one account, or ask to follow it."""

FOREIGN: Final = (
    ("consent dialog", _any(
        r"cookie|consent|gdpr|onetrust|cybot|usercentrics|didomi|klaro|borlabs|iubenda|cookiebot|quantcast|trustarc",
        _whole("cmp ccm"))),
    ("comments", _any(
        r"(?:^|\s)(?:div-)?comments?(?:-?list|-body|-author|-content|-text|-area|-section|-thread|-meta|-\d+)?(?=\s|$)",
        r"commentlist|disqus_thread|kommentarer|reader-?comments|kommentarfelt|kommentarfält")),
    ("author's box", _any(_whole(
        "author authors byline bylines by-line writer writers skribent forfatter autor autoren contributor "
        "contributors journalist journalists bio biography reporter"),
        r"author[-_]?(?:bio|box|info|card|link|social|name)|byline")),
    ("staff", _any(_whole(
        "staff team-member team-members employee employees medarbetare mitarbeiter ansatt ansatte speaker speakers "
        "politiker councillor councilmember legislator testimonial testimonials person people"), r"teammember|staff")),
    ("partners", _any(_whole("sponsor sponsors partner partners annons advert advertisement annonse anzeige"))),
)  # fmt: skip
"""Parts of a page where the accounts are somebody else's."""

_ON: Final = (
    r"\s+(?:facebook|instagram|youtube|linkedin|tiktok|twitter|threads|x\b|mastodon|social|sociala|sosiale|soziale)"
)
FOLLOW_US: Final = _any(
    r"\bf[öo]lj(?:a)?\s+(?:gärna\s+)?(?:med\s+)?(?:oss|vår\w*)\b", r"\bgilla\s+oss\b",
    rf"\b(?:hittar?(?:\s+du)?\s+oss|vi\s+finns)\s+(?:också\s+|även\s+)?(?:på|i){_ON}",
    r"\bvåra\s+(?:sociala\s+)?(?:kanaler|konton|medier|sociala)\b", r"\bfølg\s+oss?\b", rf"\bfin[nd]\s+oss?\s+på{_ON}",
    r"\bseuraa\s+meitä\b", r"\bfylgdu\s+okkur\b", r"\bfollow\s+us\b", r"\b(?:connect|engage|connected)\s+with\s+us\b",
    rf"\b(?:(?:like|join|find|watch)\s+us|we\s+are\s+(?:also\s+)?)\s*on{_ON}",
    r"\bour\s+(?:official\s+)?(?:social\s+(?:media|channels)|channels|accounts)\b",
    r"\bfolg(?:e|en|t)\s+(?:sie\s+)?uns\b",
    rf"\b(?:finden|besuchen)\s+sie\s+uns\s+(?:auf|bei|in|auch\s+auf){_ON}", r"\bunsere\s+(?:social|kanäle|accounts)\b",
    r"\b(?:suivez|retrouvez)[-\s]nous\b", r"\bs[ií]g[ua]e?nos\b", r"\bseguici\b", r"\bsiga-nos\b", r"\bvolg\s+ons\b",
    r"\bnuestras\s+redes\b",
)  # fmt: skip
"""Invitations by the publisher itself: all of them say "us", "we" or "our"."""

LISTS_CHANNELS: Final = _any(
    r"soci(?:al|ala|ale)[\s_-]*(?:media|medier|medien|channels|kanaler|nätverk|natverk|networks|accounts)",
    r"sosiale[\s_-]*medi(?:er|a)", r"redes[\s_-]*sociales", r"r[eé]seaux[\s_-]*sociaux", r"reti[\s_-]*sociali",
)  # fmt: skip
"""A page so called, with many accounts on it, is a public list."""

OFFICE: Final = _any(
    r"mayor", r"governor", r"senator", r"minister(?!i)", r"president(?!i)", r"chancellor", r"b(?:u|ue)rgermeister",
    r"borgm[ae]st(?:are|er)", r"kommunalrad", r"ordforer", r"alcald", r"gobernador", r"prefeit[oa](?!s?ura)",
)  # fmt: skip
"""Names of offices that one person holds; ministries and prefectures are bodies."""
