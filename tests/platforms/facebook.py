"""What Facebook's Graph interface answers."""

from __future__ import annotations

from typing import Any


def a_graph_page(**changes: Any) -> dict[str, Any]:
    given = {
        "id": "770001",
        "name": "Almestads stad",
        "username": "Almestads.stad",
        "about": "Nyheter från Almestads stad.",
        "followers_count": 1045,
        "verification_status": "not_verified",
        "is_published": True,
    }
    return {**given, **changes}
