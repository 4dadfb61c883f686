"""The lasting id of a Bluesky account: a DID, a decentralized identifier.

    DID      a DID of any method (www.w3.org/TR/did-core, section 3.1)
    AT_DID   a DID of the two methods that Bluesky's accounts have (atproto.com/specs/did)

A handle may change hands; a DID never does.
"""

from __future__ import annotations

import re
from typing import Final

from audits.model import PlatformId
from audits.reading.embedded import Json, as_text

NAMESPACE: Final = "did"  # of the ids in the register
DID: Final = r"did:[a-z0-9]{1,30}:[\w.%:-]{1,300}"
AT_DID: Final = r"did:(?:plc:[a-z2-7]{24}|web:[\w.%:-]+)"
_WITHIN: Final = re.compile(rf"(?<!\w){AT_DID}(?!\w)")


def did_id(value: Json) -> PlatformId | None:
    """The value as an account's id; None where it does not have the form of a DID."""
    text = as_text(value) or ""
    return PlatformId(NAMESPACE, text) if re.fullmatch(DID, text) else None


def id_within(*texts: str) -> PlatformId | None:
    """The first DID of a Bluesky account that stands in one of the texts, as in `at://did:plc:…/app.bsky.feed.post`."""
    found = (_WITHIN.search(text) for text in texts)
    return next((PlatformId(NAMESPACE, match[0]) for match in found if match), None)
