from __future__ import annotations

import html
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from audits.digest import Purpose
from audits.model import CaseState, Look, Source
from audits.triage import About
from audits.wording.binding import unbound
from console.app import make_app
from tests.builders import NIGHT, TODAY, a_sighting
from tests.console.serving import served
from tests.fakes import UNDECIDED, board
from tests.telling.offices import CONSOLE, GONE, TOKEN, Office, a_row, body, office, written_office
from worker.embedded import tick
from worker.storage.sightings import SqlSightings
from worker.wiring.reconciling import Reconciling

BEA = {"by": "Bea, biblioteket"}
AT_HOME = {"host": urlsplit(CONSOLE).netloc}


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    with written_office(tmp_path) as opened:
        yield opened


def state(office: Office) -> CaseState:
    [case] = office.store.cases(open_only=False)
    return case.state


def test_i_will_fix_keeps_who_said_so_and_shows_it(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.FIX)
    assert 'value="acknowledge"' in visitor.get(path).text
    answer = visitor.post(path, data={**BEA, "what": "acknowledge"})
    assert answer.status_code == 303
    [case] = an_office.store.cases()
    assert (case.state, case.by) == (CaseState.ACKNOWLEDGED, "Bea, biblioteket")
    assert "Bea, biblioteket fixar" in visitor.get(answer.headers["location"]).text


def test_it_is_fixed_already_waits_for_the_next_look(visitor: TestClient, an_office: Office):
    visitor.post(an_office.path(Purpose.FIX), data={**BEA, "what": "claim_fixed"})
    assert state(an_office) is CaseState.CLAIMED_FIXED


def test_whoever_will_fix_it_says_by_the_same_button_that_it_is_done(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.FIX)
    receipt = visitor.get(visitor.post(path, data={**BEA, "what": "acknowledge"}).headers["location"]).text
    assert "När det är gjort: öppna samma knapp i brevet igen" in receipt
    page = visitor.get(path).text
    assert ("Det är redan fixat" in page, 'value="acknowledge"' in page) == (True, False)
    assert visitor.post(path, data={"by": "Bo", "what": "acknowledge"}).status_code == 409
    an_office.clock.pass_hours(1)
    undo = visitor.post(path, data={"by": "Bo", "what": "claim_fixed"}).headers["location"]
    assert state(an_office) is CaseState.CLAIMED_FIXED
    spent = visitor.get(path)
    assert (spent.status_code, GONE in spent.text) == (409, True), "nothing more is to be said by it, and of what"
    visitor.post(undo, data=BEA)
    assert state(an_office) is CaseState.ACKNOWLEDGED
    assert "Anmärkningen är öppen igen" not in visitor.get(undo).text


def test_a_receipt_says_once_what_was_answered(visitor: TestClient, an_office: Office):
    answer = visitor.post(an_office.path(Purpose.FIX), data=BEA)
    assert visitor.get(answer.headers["location"]).text.count("Bea, biblioteket fixar det") == 1


def test_an_answer_can_be_taken_back_once(visitor: TestClient, an_office: Office):
    undo = visitor.post(an_office.path(Purpose.FIX), data=BEA).headers["location"]
    assert visitor.post(undo, data=BEA).status_code == 303
    assert state(an_office) is CaseState.CONFIRMED
    assert "Anmärkningen är öppen igen" in visitor.get(undo).text
    assert visitor.post(undo, data=BEA).status_code == 409


def test_a_button_whose_answer_was_taken_back_may_be_pressed_again(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.FIX)
    undo = visitor.post(path, data=BEA).headers["location"]
    assert visitor.post(path, data=BEA).status_code == 409
    an_office.clock.pass_hours(1)
    visitor.post(undo, data=BEA)
    assert 'value="acknowledge"' in visitor.get(path).text
    assert visitor.post(path, data={"by": "Bo", "what": "claim_fixed"}).status_code == 303
    assert state(an_office) is CaseState.CLAIMED_FIXED
    assert visitor.post(undo, data=BEA).status_code == 409, "the undo of the first answer is used up"


def test_a_button_that_many_press_at_once_answers_once(an_office: Office):
    path = an_office.path(Purpose.FIX)
    with served(make_app(an_office.deployment)) as root, ThreadPoolExecutor(6) as fingers:
        presses = [fingers.submit(httpx.post, f"{root}{path}", data=BEA, headers=AT_HOME) for _ in range(6)]
        assert sorted(each.result().status_code for each in presses) == [303, *[409] * 5]


def test_whoever_comes_second_reads_what_was_answered_and_finds_the_way_to_take_it_back(
    visitor: TestClient, an_office: Office
):
    path = an_office.path(Purpose.FIX)
    receipt = visitor.post(path, data=BEA).headers["location"]
    late = visitor.post(path, data={"by": "Bo", "what": "acknowledge"})
    assert (late.status_code, "Bea, biblioteket fixar det. Svaret kom 10 november." in unbound(late.text)) == (
        409,
        True,
    )
    for page in (visitor.get(path), late):
        assert "Bea, biblioteket fixar" in page.text
        assert f'href="{receipt}"' in page.text
    assert visitor.post(receipt, data=BEA).status_code == 303
    assert visitor.get(path).status_code == 200, "the answer is taken back, and the button as good as new"


def test_where_an_answer_can_be_taken_back_no_longer_no_way_is_shown(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.FIX)
    visitor.post(path, data=BEA)
    an_office.clock.pass_hours(15 * 24)
    assert "/undo/" not in visitor.get(path).text


def test_an_answer_that_the_page_does_not_offer_is_not_taken_for_another(visitor: TestClient, an_office: Office):
    answer = visitor.post(an_office.path(Purpose.FIX), data={**BEA, "what": "not_ours"})
    assert (answer.status_code, "Välj vad ni svarar" in answer.text) == (422, True)
    assert "Bea, biblioteket" in answer.text
    assert state(an_office) is CaseState.CONFIRMED


def test_taking_back_takes_the_latest_answer_back(visitor: TestClient, an_office: Office):
    links = an_office.links()
    undo = visitor.post(links["fix"], data=BEA).headers["location"]
    an_office.clock.pass_hours(1)
    visitor.post(links["not-ours"], data={"by": "Bo"})
    an_office.clock.pass_hours(1)
    visitor.post(undo, data=BEA)
    assert state(an_office) is CaseState.ACKNOWLEDGED, "the later answer is the one that is taken back"


def test_an_explanation_needs_who_why_and_until_when(visitor: TestClient, an_office: Office):
    path, day = an_office.path(Purpose.EXPLAIN), (TODAY + timedelta(days=60)).isoformat()
    for data, wrong in (
        ({"reason": "vilar", "until": day}, "Skriv vem du är."),
        ({**BEA, "until": day}, "Skriv en förklaring."),
        ({**BEA, "reason": "vilar"}, "Välj en dag"),
        ({**BEA, "reason": "vilar", "until": "2020-01-01"}, "Välj en dag"),
        ({**BEA, "reason": "vilar", "until": "2031-01-01"}, "Välj en dag"),
    ):
        answer = visitor.post(path, data=data)
        assert (answer.status_code, wrong in answer.text) == (422, True)
    assert state(an_office) is CaseState.CONFIRMED
    assert visitor.post(path, data={**BEA, "reason": "vilar", "until": day}).status_code == 303
    [case] = an_office.store.cases()
    assert (case.state, case.reason) == (CaseState.EXPLAINED, "vilar")


def test_the_receipt_shows_that_a_long_explanation_goes_on(visitor: TestClient, an_office: Office):
    said = {**BEA, "reason": "vilar " * 60, "until": str(TODAY + timedelta(days=30))}
    receipt = visitor.post(an_office.path(Purpose.EXPLAIN), data=said).headers["location"]
    assert "vilar vilar …" in visitor.get(receipt).text


def test_what_was_typed_is_not_lost_when_something_is_missing(visitor: TestClient, an_office: Office):
    answer = visitor.post(an_office.path(Purpose.EXPLAIN), data={**BEA, "reason": "vilar över vintern"})
    assert "vilar över vintern</textarea>" in answer.text


def test_not_ours_waits_for_the_officer(visitor: TestClient, an_office: Office):
    visitor.post(an_office.path(Purpose.NOT_OURS), data={**BEA, "reason": "Miljös"})
    assert state(an_office) is CaseState.SAID_NOT_OURS


def test_the_evidence_shows_the_words_that_decided(visitor: TestClient, an_office: Office):
    page = visitor.get(an_office.path(Purpose.EVIDENCE)).text
    assert "no such notice board" in page
    assert "Sett 3 november kl. 03.15 via öppet flöde." in unbound(page)


def test_the_evidence_shows_the_words_of_the_last_look_that_saw_it(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.EVIDENCE)
    visitor.post(an_office.made(Purpose.RECHECK), data=BEA)
    an_office.asker.pages = {GONE: UNDECIDED}
    an_office.clock.pass_hours(1 / 60)
    tick(an_office.deployment)
    page = visitor.get(path).text
    assert "no such notice board" in page, "what a later look could not see takes no proof away"


def test_the_evidence_names_the_citys_own_pages_that_still_link_there(visitor: TestClient, an_office: Office):
    page = "https://almestad.example/kontakt"
    seen = a_sighting(page=page, platform="board", key="board:almestad", url=GONE)
    SqlSightings(an_office.store.db).save_look(Source.SITE, page, Look(seen=(seen,)), NIGHT)
    shown = visitor.get(an_office.path(Purpose.EVIDENCE)).text
    assert "<dt>Länkas ännu från</dt>" in shown
    assert page in shown


def test_the_evidence_of_another_id_names_the_ids_and_no_words_that_decided_nothing(visitor: TestClient, an_office):
    path = an_office.path(Purpose.EVIDENCE)
    [case] = an_office.store.cases()
    an_office.store.save_case(replace(case, seen={"platform_id": "user:7"}), "test", NIGHT)
    page = visitor.get(path).text
    assert "Det som avgjorde" in page
    assert "ett annat id än det registrerade: 7." in page
    assert "Ord på sidan" not in page


def test_the_evidence_can_be_read_for_fourteen_days(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.EVIDENCE)
    an_office.clock.pass_hours(14 * 24 - 1)
    assert visitor.get(path).status_code == 200
    an_office.clock.pass_hours(1)
    assert visitor.get(path).status_code == 410


@pytest.mark.parametrize(
    ("pages", "told"),
    [({GONE: board()}, "Nu ser vi att det är åtgärdat"), ({GONE: "no such notice board"}, "det ser likadant ut"),
     ({GONE: UNDECIDED}, "Vi kunde inte se kontot"), ({}, "Vi kunde inte se kontot")],
)  # fmt: skip
def test_checking_again_says_what_the_look_found(visitor: TestClient, an_office: Office, pages, told):
    path = an_office.path(Purpose.RECHECK)
    assert visitor.post(path, data=BEA).status_code == 303
    assert "tittar inom någon minut" in visitor.get(path).text
    an_office.asker.pages = pages
    an_office.clock.pass_hours(1 / 60)
    tick(an_office.deployment)
    assert told in visitor.get(path).text


def test_checking_again_is_asked_for_at_most_every_ten_minutes(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.RECHECK)
    visitor.post(path, data=BEA)
    assert visitor.post(path, data=BEA).status_code == 409
    an_office.clock.pass_hours(0.2)
    assert visitor.post(path, data=BEA).status_code == 303


def test_whoever_asks_by_another_link_meanwhile_is_told_what_the_same_look_found(
    visitor: TestClient, an_office: Office
):
    visitor.post(an_office.path(Purpose.RECHECK), data=BEA)
    an_office.asker.pages = {GONE: "no such notice board"}
    an_office.clock.pass_hours(1 / 60)
    tick(an_office.deployment)
    another = an_office.made(Purpose.RECHECK)
    an_office.clock.pass_hours(1 / 60)
    assert visitor.post(another, data=BEA).status_code == 303
    assert "tittar inom någon minut" not in visitor.get(another).text


FACEBOOK = "https://www.facebook.com/almestad"
POSTED = f"{FACEBOOK}/posts/1234567890"


@pytest.fixture
def unseen(tmp_path: Path) -> Iterator[Office]:
    """An office with an account on a platform whose posts' links carry no date."""
    row = a_row(platform="facebook", raw=FACEBOOK, address=FACEBOOK, key="facebook:almestad")
    with office(tmp_path, row) as opened:
        yield opened


def test_a_pasted_link_is_kept_in_somebodys_name_and_never_as_seen(unseen: Office):
    visitor, path = TestClient(make_app(unseen.deployment), base_url=CONSOLE), unseen.made(Purpose.ATTEST)
    assert "Almestads stad" in visitor.get(path).text
    answer = visitor.post(path, data={**BEA, "link": POSTED, "on": "2026-11-09"})
    assert "inlägget är från 9 november. Det står nu ”bekräftat av Bea, biblioteket”" in unbound(answer.text)
    [said] = unseen.store.statements_of([1])[1]
    assert (said.by, said.on, said.source_url) == ("Bea, biblioteket", date(2026, 11, 9), POSTED)
    used = visitor.get(path)
    assert (used.status_code, "Bea, biblioteket svarade" in used.text) == (409, True)
    assert ("Klistra in den rätta" in used.text, "Ångra" in used.text) == (True, False)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"link": POSTED, "on": "2026-11-09"}, "Skriv vem du är."),
        (BEA, "Klistra in länken."),
        ({**BEA, "link": POSTED}, "Välj också vilken dag inlägget kom."),
        ({**BEA, "link": POSTED, "on": "i förrgår"}, "Välj också vilken dag inlägget kom."),
        ({**BEA, "link": POSTED, "on": "2027-01-01"}, "Den dagen har inte kommit än."),
        ({**BEA, "link": POSTED, "on": "0026-11-09"}, "Skriv årtalet med fyra siffror."),
        ({**BEA, "link": FACEBOOK, "on": "2026-11-09"}, "hör inte till något inlägg"),
        ({**BEA, "link": "https://www.facebook.com/konsthallen/posts/1", "on": "2026-11-09"}, "hör inte till"),
        ({**BEA, "link": "https://x.com/almestad/status/1"}, "hör inte till något inlägg"),
        ({**BEA, "link": "https://www.facebook.com/share/p/1AbcDEF/"}, "kopiera adressen som står där då"),
        ({**BEA, "link": "https://www.facebook.com/groups/1/posts/2", "on": "2026-11-09"}, "en grupp är inget konto"),
        ({**BEA, "link": "javascript:alert(1)"}, "hör inte till något inlägg"),
    ],
)
def test_what_is_no_post_of_the_account_is_not_kept_and_nothing_typed_is_lost(unseen: Office, data, told):
    visitor, path = TestClient(make_app(unseen.deployment), base_url=CONSOLE), unseen.made(Purpose.ATTEST)
    answer = visitor.post(path, data=data)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert html.escape(data.get("link", "")) in answer.text
    assert unseen.store.statements_of([1]) == {}
    assert visitor.get(path).status_code == 200, "the link is as good as before"


def test_a_changed_account_is_reported_with_its_old_and_its_new_address(visitor: TestClient, an_office: Office):
    told = {**BEA, "what": "changed", "link": GONE, "new-link": "https://board.example/almestads-stad"}
    thanks = visitor.post(an_office.path(Purpose.REPORT), data=told)
    [notice] = an_office.write()
    for place in (thanks.text, body(notice)):  # the sender sees what was sent
        assert GONE in place
        assert "https://board.example/almestads-stad" in place


def test_triage_keeps_the_old_and_the_new_address_of_a_changed_account(tmp_path: Path):
    old, new = "https://x.com/almestad_old", "https://x.com/almestad"
    with office(tmp_path, a_row(platform="x", key="x:almestad_old", raw=old, address=old)) as opened:
        visitor = TestClient(make_app(opened.deployment), base_url=CONSOLE)
        told = {**BEA, "what": "changed", "link": old, "new-link": new}
        visitor.post(opened.path(Purpose.REPORT), data=told)
        [waits] = Reconciling(opened.deployment).desk.triage.candidates()
        assert (waits.about, waits.key, waits.url, waits.account_id) == (About.CHANGED, "x:almestad_old", new, 1)


def test_two_addresses_of_an_account_that_is_not_said_to_have_changed_are_asked_about(visitor: TestClient, an_office):
    told = {**BEA, "what": "new", "link": GONE, "new-link": "https://board.example/ny", "reason": "ny adress i maj"}
    answer = visitor.post(an_office.path(Purpose.REPORT), data=told)
    assert answer.status_code == 422
    assert "Du har fyllt i två adresser" in answer.text
    assert "ny adress i maj" in answer.text, "nothing that was typed is lost"
    assert an_office.write() == []


def test_nobody_fills_the_triage_with_a_letters_button_and_no_other_mailbox_is_kept_waiting(tmp_path: Path):
    rows = [a_row(), a_row(name="Kajen", administration="Miljöförvaltningen", key="board:kajen",
                           address="https://board.example/kajen", recipient="miljo@almestad.example")]  # fmt: skip
    with office(tmp_path, *rows) as opened:
        opened.letters.stored.release("Miljöförvaltningen", "KA", NIGHT)
        visitor = TestClient(make_app(opened.deployment), base_url=CONSOLE)
        letters = {each["To"]: dict(TOKEN.findall(body(each))) for each in opened.write()}
        mine, theirs = (
            f"/report/{letters[to]['report']}" for to in ("kultur@almestad.example", "miljo@almestad.example")
        )

        def answers(path: str, number: int) -> int:
            link = f"https://x.com/konto{number}"
            return int(visitor.post(path, data={**BEA, "what": "new", "link": link}).status_code)

        taken = [answers(mine, number) for number in range(25)]
        assert taken == [200] * 20 + [429] * 5
        assert answers(theirs, 99) == 200, "editors of one city come from one address of the network"
        assert len(opened.write()) == 21
        opened.clock.pass_hours(25)
        assert answers(mine, 26) == 200


@pytest.mark.parametrize("link", ["x.com/konsthallen", "https://x.com/konsthallen"])
def test_a_link_without_its_scheme_is_taken_as_the_import_takes_it(visitor: TestClient, an_office: Office, link):
    told = {**BEA, "what": "new", "link": link}
    assert "Kommunikationsansvarig har fått" in visitor.post(an_office.path(Purpose.REPORT), data=told).text
    assert any("https://x.com/konsthallen" in body(each) for each in an_office.write())


@pytest.mark.parametrize(
    "link", ["https://", "https:///x", "http://127.0.0.1:22/", "https://x.com@evil.example/almestad"]
)
def test_a_link_that_names_no_host_or_another_than_it_shows_is_not_handed_on(
    visitor: TestClient, an_office: Office, link: str
):
    answer = visitor.post(an_office.path(Purpose.REPORT), data={**BEA, "what": "new", "link": link})
    assert (answer.status_code, an_office.write()) == (422, [])


def test_the_same_report_sent_again_is_told_once(visitor: TestClient, an_office: Office):
    path, told = an_office.path(Purpose.REPORT), {**BEA, "what": "new", "link": "https://x.com/konsthallen"}
    for _ in range(2):
        assert visitor.post(path, data=told).status_code == 200
        an_office.clock.pass_hours(0.1)
    assert len(an_office.write()) == 1


def test_the_contact_page_says_who_asks_and_where_to_object(visitor: TestClient):
    page = visitor.get("/", headers={"accept-language": "en-GB,en;q=0.9"}).text
    assert "Kanalkoll/0.1 (+https://kanalkoll.almestad.example" in page
    assert "kommunikation@almestad.example" in page
    told = ("Hur ofta", "antal följare", "profilbild", "undertexter", "Inga kommentarer", "högst trettio dagar",
            "publiceras inte")  # fmt: skip
    assert all(what in visitor.get("/").text for what in told)


def test_the_contact_page_names_the_pace_that_is_set_and_is_there_whatever_is_wrong_with_it(tmp_path: Path):
    file = tmp_path / "permissions.toml"
    for written, told in (("[pace]\nseconds = 30\n", "minst 30 sekunder"), ("[pace\n", "minst 10 sekunder")):
        file.write_text(written)
        with office(tmp_path, permissions_file=file) as opened:
            assert told in unbound(TestClient(make_app(opened.deployment), base_url=CONSOLE).get("/").text)
