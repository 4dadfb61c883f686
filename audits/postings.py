"""What posts show of themselves, one question at a time: which of them answer it, and with yes or no.

    posts ─of_each▶ tuple[Form(post, holds)], whether some of them could not be told

A post that was shared on from somebody else is not the account's own, and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from audits.model import UNSEEN, Post, Seen, Unseen

Told: TypeAlias = Seen[bool]
"""Whether it holds of a post; None where the question is not about such a post."""


@dataclass(frozen=True, slots=True)
class Form:
    """A post that answers the question."""

    post: Post
    holds: bool


def illustrated(post: Post) -> Told:
    """A picture, or a film with captions of its own."""
    if post.has_picture is True or (post.has_video is True and post.has_captions is True):
        return True
    if post.has_picture is not False or not isinstance(post.has_video, bool):
        return UNSEEN
    return UNSEEN if post.has_video and post.has_captions is UNSEEN else False


def pictured(post: Post) -> Told:
    """A picture or a film of any kind."""
    if post.has_picture is True or post.has_video is True:
        return True
    return False if post.has_picture is False and post.has_video is False else UNSEEN


def captioned(post: Post) -> Told:
    """A film with captions that somebody wrote; machine-made ones do not count."""
    if post.has_video is not True:
        return UNSEEN if post.has_video is UNSEEN else None
    return bool(post.has_captions) if post.has_captions is not UNSEEN else UNSEEN


def described(post: Post) -> Told:
    """A picture with a text for those who cannot see it."""
    if post.has_picture is not True:
        return UNSEEN if post.has_picture is UNSEEN else None
    return bool(post.has_alt_text) if post.has_alt_text is not UNSEEN else UNSEEN


QUESTIONS: dict[str, Callable[[Post], Told]] = {
    "illustrated": illustrated,
    "pictured": pictured,
    "captioned": captioned,
    "described": described,
}


def of_each(posts: Iterable[Post], question: Callable[[Post], Told]) -> tuple[tuple[Form, ...], bool]:
    """The account's own posts that answer the question, and whether there are others that might."""
    told = [(post, question(post)) for post in posts if not post.repost]
    forms = tuple(Form(post, holds) for post, holds in told if isinstance(holds, bool))
    return forms, any(isinstance(holds, Unseen) for _, holds in told)
