"""Whole letters, byte for byte, as they were looked at and found good; a reader of another maker reads them right.

KANALTEST_GOLDEN=write writes them anew, with pictures: look at the pictures before you commit.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import fast_mail_parser
import pytest
from PIL import Image
from playwright.sync_api import Browser

from audits.digest import Addressee, Button, Sheet, remarks_of
from audits.digest.at_once import Trouble, trouble_sheet, urgent_sheet
from audits.digest.overview import Mailing, Overview, overview_sheet
from audits.model import CaseState
from audits.reporting import gather as gather_report
from tests.builders import NIGHT, an_account, as_of
from tests.telling.letters import (
    KULTUR,
    ROUTINES,
    SLOT,
    STOCKHOLM,
    TUESDAY,
    a_briefing,
    a_held,
    critical,
    full,
    said,
    terms,
    told,
    well,
)  # fmt: skip
from worker.rendering.letters import letter_html
from worker.sending.writing import MailWriter

FOLDER: Final = Path(__file__).parents[1] / "golden" / "letters"
WRITER: Final = MailWriter(
    sender="Kanalkoll Almestad <kanalkoll@almestad.example>", stop_address="stopp@almestad.example"
)
WRITES: Final = os.environ.get("KANALTEST_GOLDEN") == "write"
LOOKS: Final[tuple[tuple[int, Literal["light", "dark"]], ...]] = ((390, "light"), (390, "dark"), (1280, "light"))


def link_to(button: Button) -> str:
    key = "-".join(map(str, button.case or (button.account_id or "",)))
    return f"https://kanalkoll.almestad.example/{button.purpose.value}/{key:x<43.43}"


def an_overview() -> Sheet:
    held = [a_held(), critical(an_account(id=2, name="Konsthallen", platform="x", address="https://x.com/konsthallen"))]
    dossiers = [each.dossier for each in held]
    remarks = [remark for each in dossiers for remark in remarks_of(each, a_briefing())]
    mailings = (
        Mailing(administration="Kulturförvaltningen", accounts=2, remarks=2, released_by="KA", silent=True,
                addresses=("kultur@almestad.example",)),
        Mailing(administration="Miljöförvaltningen", accounts=3, remarks=0),
        Mailing(administration="Socialförvaltningen", accounts=4, remarks=1, addresses=("social@almestad.example",)),
    )  # fmt: skip
    coverage = gather_report(dossiers, ROUTINES, terms(), TUESDAY).coverage
    view = Overview(slot=SLOT, made_at=TUESDAY, remarks=tuple(remarks), coverage=coverage, mailings=mailings,
                    bounced={"gammal@almestad.example": "550 5.1.1 no such user"}, unnamed=(an_account(id=12),),
                    last_look=NIGHT, routes=("open",),
                    became=(CaseState.CONFIRMED, CaseState.VERIFIED_FIXED))  # fmt: skip
    return overview_sheet(view, terms(), STOCKHOLM)


def an_urgent() -> Sheet:
    account = an_account(name="Konsthallen", platform="x", address="https://x.com/konsthallen", key="x:konsthallen")
    held = critical(account)
    return urgent_sheet(next(remarks_of(held.dossier, a_briefing())), terms(), as_of())


LETTERS: Final[dict[str, Callable[[], Sheet]]] = {
    "weekly.sv": lambda: full("sv"),
    "weekly.en": lambda: full("en"),
    "well.sv": lambda: said(told(well())),
    "well.en": lambda: said(told(well()), "en"),
    "overview.sv": an_overview,
    "urgent.sv": an_urgent,
    "trouble.sv": lambda: trouble_sheet([Trouble(what="quarantined", facts={"count": 2})], terms(), as_of()),
}


def finished(name: str) -> bytes:
    to = Addressee(address=KULTUR.address, language=name.rpartition(".")[2])
    return WRITER.letter(LETTERS[name](), f"golden:{name}", to, TUESDAY, link_to)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_as_it_was_found_good(name):
    path = FOLDER / f"{name}.eml"
    if WRITES:
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_bytes(finished(name))
    assert finished(name) == path.read_bytes(), "if it is meant: KANALTEST_GOLDEN=write, and look at the pictures"


@pytest.mark.parametrize("name", LETTERS)
def test_a_reader_of_another_maker_reads_it_right(name):
    read, sheet = fast_mail_parser.parse_email((FOLDER / f"{name}.eml").read_bytes()), LETTERS[name]()
    [text], [page] = read.text_plain, read.text_html
    assert read.subject == sheet.subject
    assert page.replace("\r\n", "\n").strip() == letter_html(sheet, link_to).strip()
    flat = " ".join(text.split())
    assert [fact.text for fact in sheet.glance if " ".join(fact.text.split()) not in flat] == []
    assert dict(read.headers)["Content-Language"] == [name.rpartition(".")[2]]


def test_every_letter_has_its_pictures(request: pytest.FixtureRequest):
    if WRITES:
        draw(request.getfixturevalue("browser"))
    wanted = {f"{name}.{width}.{scheme}.png" for name in ("weekly.sv", "weekly.en") for width, scheme in LOOKS}
    assert wanted <= {path.name for path in FOLDER.glob("*.png")}


def draw(browser: Browser) -> None:
    """Every letter as a phone shows it, the weekly ones as others do too."""
    for name, sheet in LETTERS.items():
        for width, scheme in LOOKS if name.startswith("weekly") else LOOKS[:1]:
            context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
            page = context.new_page()
            page.set_content(letter_html(sheet(), link_to))
            path = FOLDER / f"{name}.{width}.{scheme}.png"
            page.screenshot(path=path, full_page=True)
            with Image.open(path) as drawn:
                small = drawn.convert("RGB").quantize(48)
            small.save(path, optimize=True)
            context.close()
