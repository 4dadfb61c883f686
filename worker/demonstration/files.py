"""What the demo leaves in its folder beside the report.

accounts ──▶ public-list/: the city's list of its accounts in every form that is published
deployment ▶ letters/: what every administration would be written this week, and the officer's overview
"""

from __future__ import annotations

from pathlib import Path

from config.files import write
from worker.previewing import preview
from worker.wiring import Deployment
from worker.wiring.reconciling import Reconciling
from worker.wiring.telling import Letters


def leave_public_list(deployment: Deployment, folder: Path) -> Path:
    """The register as the public list, in Swedish."""
    folder.mkdir(exist_ok=True)
    for name, text in Reconciling(deployment).publication("sv").items():
        write(folder / name, text)
    return folder


def leave_letters(deployment: Deployment, folder: Path) -> Path:
    """This week's letters as files; nothing is sent."""
    preview(Letters(deployment), folder, drawn=False)
    return folder
