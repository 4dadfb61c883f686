"""Profile pictures through the nights: looked at once, asked about when new, approved by one click."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from audits.asking import offer, own_page
from audits.lookalikes import picture_hash
from audits.model import Facts, Outcome, Page, Probe, Reading, Transport
from audits.pictures import bits_apart, place_of
from audits.platform import Subject
from audits.reading.markers import Packs
from audits.rulebook import judge
from audits.sights import Register, sights_of
from audits.wording.said import said
from config.rules import read_rules
from tests.builders import an_account, an_observation, as_of, some_facts
from tests.empty import migrated
from tests.fakes import BOARD, HandClock, board, read_board, some_instruments
from tests.worker.nights import City
from worker.depicting import depict
from worker.ports import Asker
from worker.steps.pictures import Desk, PictureRefused, approve, look_at_pictures, withdraw
from worker.storage import SqlStore, open_store
from worker.storage.pictures import SqlPictures

RULES = read_rules(
    '[rule.picture]\ncheck = "picture_approved"\nseverity = "low"\nguarded = false\nconfirm = { looks = 1 }\n'
    "limits = { distance = 6 }\n"
)


def drawn(shape: str, size: int = 400, form: str = "PNG") -> bytes:
    """A picture of one shape, in some size and format."""
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)
    if shape == "disc":
        pen.ellipse((size // 8, size // 8, size * 5 // 8, size * 7 // 8), fill="navy")
    else:
        pen.polygon([(0, size), (size, size), (size, 0)], fill="darkgreen")
    body = BytesIO()
    picture.save(body, form)
    return body.getvalue()


def plain(size: int, form: str, quality: int, *, mode: str = "RGB") -> bytes:
    """An emblem as most are: one word in the middle of one colour."""
    picture = Image.new(mode, (800, 800), (0, 90, 150) if mode == "RGB" else (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((250, 360), "ALMESTAD", fill="white" if mode == "RGB" else "navy", font_size=64)
    body = BytesIO()
    picture.resize((size, size)).save(body, form, quality=quality)
    return body.getvalue()


def made(body: bytes) -> tuple[str, bytes]:
    read = depict(body)
    assert read is not None
    return read


def test_the_same_picture_in_another_size_and_format_is_nearly_the_same():
    assert bits_apart(made(drawn("disc"))[0], made(drawn("disc", 96, "JPEG"))[0]) <= 6


@pytest.mark.parametrize(("form", "quality"), [("JPEG", 40), ("JPEG", 95), ("WEBP", 50), ("PNG", 0)])
@pytest.mark.parametrize("size", [48, 176, 720])
def test_a_plain_emblem_stays_the_same_however_a_platform_packs_it(size, form, quality):
    assert bits_apart(made(plain(400, "JPEG", 90))[0], made(plain(size, form, quality))[0]) <= 3


def test_a_surface_of_one_colour_stays_the_same_however_a_platform_packs_it():
    body = BytesIO()
    noisy = Image.effect_noise((400, 400), 3).convert("RGB")
    noisy.save(body, "JPEG", quality=50)
    assert bits_apart(made(body.getvalue())[0], "0" * 16) <= 1


def test_a_transparent_emblem_is_the_one_that_stands_on_white_elsewhere():
    clear = plain(400, "PNG", 0, mode="RGBA")
    with Image.open(BytesIO(clear)) as emblem:
        white = Image.new("RGB", emblem.size, "white")
        white.paste(emblem, mask=emblem.getchannel("A"))
    body = BytesIO()
    white.save(body, "JPEG", quality=80)
    assert bits_apart(made(clear)[0], made(body.getvalue())[0]) <= 3


def test_another_picture_is_another():
    assert bits_apart(made(drawn("disc"))[0], made(drawn("slope"))[0]) > 6


def test_a_thumbnail_is_small_whatever_came():
    with Image.open(BytesIO(made(drawn("disc", 1_200))[1])) as small:
        assert max(small.size) <= 96


@pytest.mark.parametrize("size", [(5_000, 5_000), (1, 9_000), (9_000, 1)])
def test_a_picture_that_claims_too_many_pixels_is_not_opened(size):
    body = BytesIO()
    Image.effect_noise(size, 90).save(body, "PNG")
    assert (depict(body.getvalue()), picture_hash(body.getvalue())) == (None, None)


@given(st.binary(max_size=200), st.integers(0, 600))
def test_whatever_a_stranger_sends_is_a_picture_or_none(tail, cut):
    for body in (tail, drawn("disc", 40)[:cut] + tail, b"GIF89a" + tail, b"RIFF\0\0\0\0WEBP" + tail):
        read = depict(body)
        assert read is None or len(read[0]) == 16


def test_a_picture_is_known_again_under_another_signature():
    assert place_of("https://a.example/p/1.png?sig=1") == place_of("https://b.example/p/1.png?sig=2")


def read_with_avatar(page: Page, subject: Subject, packs: Packs) -> Reading:
    """The notice board, with a picture beside it."""
    reading = read_board(page, subject, packs)
    facts: Facts = replace(reading.facts, avatar_url=f"https://cdn.example/{subject.handle}.png?sig={page.fetched_at}")
    return replace(reading, facts=facts) if reading.transport is Transport.OK else reading


PICTURED = replace(
    BOARD,
    read=read_with_avatar,
    routes=tuple(offer(each.route, read_with_avatar, own_page) for each in BOARD.routes),
)


@dataclass
class Gallery(Asker):
    """Answers with one picture, or with a closed gate."""

    clock: HandClock
    body: bytes
    transport: Transport = Transport.OK
    asked: int = 0

    async def fetch(self, probe: Probe) -> Page:
        self.asked += 1
        return Page(url=probe.url, fetched_at=self.clock(), status=200, body=self.body, transport=self.transport)


@pytest.fixture
def city(tmp_path: Path):
    url = migrated(tmp_path / "night.sqlite3")
    store: SqlStore = open_store(url)
    city = City(store, 2)
    city.instruments = replace(some_instruments(RULES), platforms={"board": PICTURED})
    city.web = {address: board(number=str(at)) for at, address in enumerate(city.addresses)}
    city.asker.pages = city.web
    city.night()
    yield city
    store.close()


def looked(city: City, gallery: Gallery) -> int:
    return look_at_pictures(Desk(city.store, SqlPictures(city.store.db), gallery, depict, city.clock), 5)


def outcomes(city: City) -> list[Outcome]:
    city.night()
    return [finding.outcome for _, finding, _ in city.store.current_findings() if finding.rule == "picture"]


def approved(city: City, account_id: int = 1, **changes: Any) -> Any:
    given = {"sub_brand": "Staden", "by": "KA", "now": city.clock()}
    return approve(SqlPictures(city.store.db), account_id, **{**given, **changes})


def test_a_picture_is_looked_at_once_while_it_stands_where_it_stood(city: City):
    gallery = Gallery(city.clock, drawn("disc"))
    assert looked(city, gallery) == 2
    city.night()
    assert looked(city, gallery) == 0
    assert gallery.asked == 2


def test_nothing_is_asked_about_before_a_picture_is_approved_and_a_new_one_is_afterwards(city: City):
    looked(city, Gallery(city.clock, drawn("disc")))
    assert outcomes(city) == [Outcome.INAPPLICABLE] * 2
    assert approved(city).sub_brand == "Staden"
    assert outcomes(city) == [Outcome.PASSED] * 2
    withdraw(SqlPictures(city.store.db), 1, city.clock())
    approved(city, sub_brand="Museet")
    assert [kept.sub_brand for kept in SqlPictures(city.store.db).kept_pictures()] == ["Museet"] * 2


def test_an_unknown_picture_is_a_question_at_low_severity(city: City):
    looked(city, Gallery(city.clock, drawn("disc")))
    approved(city)
    pictures = SqlPictures(city.store.db)
    own = pictures.kept_pictures()[1]
    fingerprint, thumbnail = made(drawn("slope"))
    pictures.keep_picture(
        replace(own, picture=replace(own.picture, fingerprint=fingerprint), thumbnail=thumbnail, sub_brand=None)
    )
    assert outcomes(city) == [Outcome.PASSED, Outcome.FAILED]
    assert {case.severity.value for case in city.store.cases()} == {"low"}


def test_a_picture_that_may_not_be_asked_for_is_never_held_against_anybody(city: City):
    gallery = Gallery(city.clock, b"", Transport.NOT_PERMITTED)
    assert looked(city, gallery) == 0
    SqlPictures(city.store.db).approve_picture("0" * 16, "Staden", "KA", city.clock())
    assert outcomes(city) == [Outcome.CANNOT_TELL] * 2


@pytest.mark.parametrize(
    ("shows", "why"),
    [({"avatar_url": "https://cdn.example/1.png"}, "evidence.picture_waits"), ({}, "evidence.not_shown")],
)
def test_a_picture_that_is_shown_and_not_read_is_not_said_to_be_hidden_by_the_route(shows: dict[str, str], why: str):
    account, seen = an_account(), an_observation(facts=some_facts(**shows))
    finding = judge(RULES.routines["picture"], account, seen, sights_of(account, seen, Register(), as_of()), as_of())
    assert (finding.outcome, finding.why) == (Outcome.CANNOT_TELL, str(said(why)))


@pytest.mark.parametrize(("changes", "complaint"), [({"by": ""}, "who"), ({"account_id": 9}, "account 9")])
def test_an_approval_needs_a_name_and_a_picture(city: City, changes: dict[str, Any], complaint: str):
    looked(city, Gallery(city.clock, drawn("disc")))
    with pytest.raises(PictureRefused, match=complaint):
        approved(city, **changes)
