"""What X's interfaces answer."""

from __future__ import annotations

from typing import Any


def a_user(**status: Any) -> dict[str, Any]:
    """A user of version 1.1, with its newest post."""
    post = {"created_at": "Wed Aug 24 12:04:38 +0000 2022", "id_str": "1562410550721916929", "text": "Hej", **status}
    return {"id_str": "4711", "screen_name": "HamnstadHamn", "name": "Hamnstads hamn", "status": post}


def an_error(detail: str, value: str = "hamnstadhamn", **changes: Any) -> dict[str, Any]:
    """An error object of API v2. X gives a suspended user the type `resource-not-found` as well."""
    return {
        "value": value, "detail": detail, "resource_type": "user", "parameter": "usernames", "resource_id": value,
        "type": "https://api.twitter.com/2/problems/resource-not-found", **changes,
    }  # fmt: skip
