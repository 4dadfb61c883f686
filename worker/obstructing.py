"""What stands between this machine and other people's pages, as far as the settings tell; nobody is asked.

settings, environment ─declared_obstacles▶ Answer …, each with its remedy
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from audits.wording.said import said
from worker.doctoring import Answer

if TYPE_CHECKING:
    from config.settings import Settings

_TOLD_ELSEWHERE: Final = "no_contact"  # the doctor has a question of its own for that
_UNUSED: Final = "_only_in_environment"


def network_answers(settings: Settings) -> list[Answer]:
    """What is wrong with the network's settings; nothing where they are well."""
    from worker.fetching.diagnosing import declared_obstacles
    from worker.fetching.limits import Agent
    from worker.wiring import network_of

    found = declared_obstacles(network_of(settings), Agent(contact=settings.agent_contact), os.environ)
    return [
        Answer(
            what="network",
            state="ageing" if each.name.endswith(_UNUSED) else "wrong",
            told=each.told,
            remedy=said(f"doctor.network.{each.name}"),
        )
        for each in found
        if each.name != _TOLD_ELSEWHERE
    ]
