"""What strangers write in a name, a text about themselves or a post: words of absence, of walls, and code.

    (living Page, phrase) ─▶ the same page, saying the phrase in its texts

None of it is the platform's own word, whatever it looks like.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from audits.model import Page
from tests.accuracy.specimens import Specimen

SENTENCES: Final = (
    "This channel does not exist.",
    "This account has been terminated for violating YouTube's Community Guidelines.",
    "This account doesn’t exist. Try searching for another.",
    "Account suspended X suspends accounts which violate the X Rules",
    "Account suspended",
    "User has been suspended",
    "Sorry, this page isn't available. The link you followed may be broken, or the page may have been removed.",
    "Sidan finns inte. Sidan du letade efter existerar inte.",
    "Sidan hittades inte",
    "Kontot finns inte längre",
    "Kanalen finns inte.",
    "This account is private",
    "Kontot är privat. Följ kontot för att se bilder och videor.",
    "This account has moved to @almestad@other.example",
    "The page you are looking for isn't here.",
    "404 Not Found",
    "Page Not Found",
    "User not found.",
    "NOT_FOUND",
    "Profile not found",
    "AccountTakedown",
    "AccountDeactivated: Account is deactivated",
    "Couldn't find this account",
    "Log in to continue. You must log in to see this.",
    "Logga in för att fortsätta",
    "Sign in to view this channel",
    "Rate limit exceeded",
    "Just a moment... Verify you are human",
    "Before you continue to YouTube",
    "This domain is for sale. Buy this domain.",
    "Our new book is available for purchase in the library shop",
    "The authors have deleted this site.",
    "This site has been archived or suspended in accordance with our Terms of Service.",
    "Blog not found Sorry, the blog you were looking for does not exist.",
    "Sorry. Unless you’ve got a time machine, that content is unavailable.",
    "unknown_blog",
    "Tombstone",
)
CODE: Final = (
    '{"alerts":[{"alertRenderer":{"type":"ERROR","text":{"simpleText":"This channel does not exist."}}}]}',
    'ytInitialData={"alerts":[{"alertRenderer":{"type":"ERROR","text":{"simpleText":"This channel does not exist"}}}]}',
    '{"statusCode":10202,"userInfo":{}}',
    '{"statusCode":10221,"userInfo":{}}',
    '"webapp.user-detail":{"statusCode":10222,"userInfo":{"user":{"privateAccount":true}}}',
    '"is_private":true,"privateAccount":true,"protected":true,"suspended":true,"locked":true',
    '{"error":"AccountTakedown","message":"Account has been suspended"}',
    '{"errors":[{"code":63,"message":"User has been suspended."}]}',
    '{"errors":[{"code":50,"message":"User not found."}]}',
    '{"__typename":"UserUnavailable","reason":"Suspended"}',
    '{"type":"Tombstone","id":"https://social.almestad.example/users/almestad"}',
    '<script>window._sharedData = {"entry_data":{"ProfilePage":[{"graphql":{"user":{"is_private":true}}}]}};</script>',
    "<title>Account suspended / X</title>",
    '<meta http-equiv="refresh" content="0;url=/accounts/login/">',
    '<meta property="og:url" content="https://www.facebook.com/login/">',
    '{"stat":"fail","code":1,"message":"User not found"}',
)
PHRASES: Final = (*SENTENCES, *CODE)
_TEXT_KEYS: Final = frozenset({
    "description", "biography", "bio", "note", "summary", "signature", "text", "full_text", "caption", "content",
    "title", "name", "nickname", "displayName", "display_name", "full_name", "message", "about", "simpleText",
})  # fmt: skip
_DESCRIBED = re.compile(r"(<meta[^>]*?(?:description|og:title)\"[^>]*?content=\")([^\"]*)(\")", re.IGNORECASE)


def saying(specimen: Specimen, phrase: str) -> Page:
    """The page with the phrase in every text that a stranger could have written."""
    text = specimen.page.body.decode("utf-8", "replace")
    told = _Saying(phrase, specimen.account.key or "")
    start = text[:200].lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[")):
        changed = told.in_json(text)
    else:
        changed = told.in_feed(text) if start.startswith(("<?xml", "<rss", "<feed")) else told.in_html(text)
    return replace(specimen.page, body=changed.encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class _Saying:
    """A phrase, on its way into a page of whoever has this key; names that are addresses are left alone."""

    phrase: str
    key: str

    def in_html(self, text: str) -> str:
        shown = html.escape(self.phrase)
        text = _DESCRIBED.sub(lambda found: f"{found[1]}{shown} {found[2]}{found[3]}", text)
        text = re.sub(r"(?i)</body>", lambda found: f"<p>{shown}</p>{found[0]}", text, count=1)
        text = re.sub(r"(?i)(<body[^>]*>)", lambda found: f"{found[0]}<article>{shown}</article>", text, count=1)
        return re.sub(r"\{.{20,}\}", lambda found: self.in_json(found[0]), text)

    def in_feed(self, text: str) -> str:
        shown = html.escape(self.phrase)
        return re.sub(r"(<(description|title|summary)[^>/]*>)", lambda found: f"{found[0]}{shown} ", text)

    def in_json(self, text: str) -> str:
        try:
            return json.dumps(self._said(json.loads(text))).replace("</", "<\\/")
        except (ValueError, RecursionError):
            return text

    def _said(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._worded(key, each) for key, each in value.items()}
        return [self._said(each) for each in value] if isinstance(value, list) else value

    def _worded(self, key: str, value: Any) -> Any:
        if isinstance(value, str) and key in _TEXT_KEYS and (not value or value.lower() not in self.key.lower()):
            return f"{self.phrase} {value}".strip()
        return self._said(value)
