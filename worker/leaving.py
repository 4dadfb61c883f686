"""What the demo leaves in its folder beside the report.

accounts ──▶ public-list/: the city's list of its accounts in every form that is published
deployment ▶ letters/: what every administration would be written this week, and the officer's overview
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from audits.listing import publish
from audits.wording import Terms
from worker.previewing import preview
from worker.publishing import FORMS, Publication
from worker.wiring import Deployment
from worker.wiring.telling import Letters

_FRONT_PAGE: Final = "https://almestad.example/"


def leave_public_list(deployment: Deployment, terms: Terms, folder: Path) -> Path:
    """The register as the public list, as of the deployment's clock."""
    day = deployment.clock().astimezone(deployment.settings.zone).date()
    entries = publish(deployment.store.accounts(), day)
    told = Publication(entries=entries, terms=terms, url=_FRONT_PAGE, day=day)
    folder.mkdir(exist_ok=True)
    for name, form in FORMS.items():
        (folder / name).write_text(form(told), encoding="utf-8", newline="")
    return folder


def leave_letters(deployment: Deployment, folder: Path) -> Path:
    """This week's letters as files; nothing is sent."""
    preview(Letters(deployment), folder, drawn=False)
    return folder
