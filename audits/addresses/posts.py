"""The post that an address names, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from audits.addresses.grammar import Grammar
from audits.addresses.matching import find
from audits.addresses.patterns import atlas_of
from audits.addresses.splitting import Target, web
from audits.model import Address, AddressKind


@dataclass(frozen=True, slots=True)
class PostRef:
    """A post, as its address names it. The id is the platform's own; many carry the time of the post.

    `author` opens with the name of who posted and "_"; "" where the address says nothing of that.
    """

    platform: str
    id: str
    owner_key: str | None
    author: str = ""


def post_reference(address: Address, grammars: tuple[Grammar, ...]) -> PostRef | None:
    """The post that an address of kind `POST` names; None where the URL holds no id that lasts."""
    if address.kind is not AddressKind.POST or not address.canonical_url or not address.platform:
        return None
    atlas = atlas_of(grammars)
    spot = web(address.canonical_url)
    match = find(spot, None, atlas) if isinstance(spot, Target) else None
    post = match.post() if match else None
    if match is None or not post:
        return None
    return PostRef(address.platform, post, address.owner_key, match.form.author.format_map(match.values))
