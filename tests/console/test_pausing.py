from __future__ import annotations

from starlette.testclient import TestClient

from audits.digest import Purpose, WhenWell
from tests.telling.offices import Office, body

BEA = {"by": "Bea, biblioteket"}


def test_a_mail_programs_one_click_pauses_and_tells_the_officer(visitor: TestClient, an_office: Office):
    messages = an_office.write()
    [weekly] = [each for each in messages if each["To"] == "kultur@almestad.example" and "List-Unsubscribe" in each]
    url = weekly["List-Unsubscribe"].split(">")[0].strip("<")
    assert weekly["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert visitor.get(url).status_code == 200
    assert an_office.letters.stored.pauses(an_office.clock()) == [], "a mail scanner's visit pauses nothing"
    assert visitor.post(url, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    [pause] = an_office.letters.stored.pauses(an_office.clock())
    assert pause.recipient == "kultur@almestad.example"
    [notice] = an_office.write()
    assert notice["To"] == "kommunikation@almestad.example"
    assert "kultur@almestad.example" in body(notice)


def test_a_mailbox_that_rests_gets_no_letter_until_its_rest_is_over(visitor: TestClient, an_office: Office):
    visitor.post(an_office.path(Purpose.STOP))
    an_office.write()
    an_office.clock.pass_hours(7 * 24)
    assert "kultur@almestad.example" not in [each["To"] for each in an_office.write()]
    an_office.clock.pass_hours(28 * 24)
    assert "kultur@almestad.example" in [each["To"] for each in an_office.write()]


def test_a_pause_is_taken_back_by_the_same_link_and_the_officer_hears_of_both(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    assert "Ångra" in visitor.post(path, data=BEA).text
    assert "Ångra" in visitor.get(path).text, "whoever comes back finds it"
    assert "kommer som vanligt" in visitor.post(path, data={"what": "resume"}).text
    assert an_office.letters.stored.pauses(an_office.clock()) == []
    subjects = [str(each["Subject"]) for each in an_office.write()]
    assert [("pausade" in each, "tagit tillbaka" in each) for each in subjects] == [(True, False), (False, True)]
    assert visitor.get(path).status_code == 409, "the link has done what it was for"


def test_nobody_takes_a_pause_back_by_a_link_that_paused_nothing(visitor: TestClient, an_office: Office):
    assert visitor.post(an_office.path(Purpose.STOP), data={"what": "resume"}).status_code == 200
    [pause] = an_office.letters.stored.pauses(an_office.clock())
    assert pause.recipient == "kultur@almestad.example"


def test_whoever_came_to_pause_may_choose_silence_in_good_weeks_instead(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    assert "Skriv bara när det finns något" in visitor.get(path).text
    answer = visitor.post(path, data={**BEA, "what": "silence"})
    assert "bara när det finns något att säga" in answer.text
    stored = an_office.letters.stored
    assert stored.wishes() == {"kultur@almestad.example": WhenWell.SILENCE}
    assert stored.pauses(an_office.clock()) == []
    an_office.clock.pass_hours(7 * 24)
    assert "Skriv varje vecka" in visitor.get(an_office.path(Purpose.STOP)).text


def test_whoever_has_chosen_silence_can_still_pause_by_the_same_link_and_does_so_once(
    visitor: TestClient, an_office: Office
):
    path = an_office.path(Purpose.STOP)
    visitor.post(path, data={**BEA, "what": "silence"})
    for _ in range(2):
        assert "pausade till" in visitor.post(path, data={"List-Unsubscribe": "One-Click"}).text
    [pause] = an_office.letters.stored.pauses(an_office.clock())
    assert pause.recipient == "kultur@almestad.example"


def test_silence_in_good_weeks_is_taken_back_by_the_same_link(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    assert "Ångra" in visitor.post(path, data={**BEA, "what": "silence"}).text
    assert "Ångra" in visitor.get(path).text, "whoever comes back finds it"
    assert "varje vecka" in visitor.post(path, data={"what": "line"}).text
    assert an_office.letters.stored.wishes() == {"kultur@almestad.example": WhenWell.LINE}
