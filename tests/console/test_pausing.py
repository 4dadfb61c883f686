from __future__ import annotations

from starlette.testclient import TestClient

from audits.digest import Purpose, WhenWell
from tests.telling.offices import Office, body

BEA = {"by": "Bea, biblioteket"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}  # what a mail program sends whose own button was pressed
PAUSE, RESUME = {**BEA, "what": "pause"}, {**BEA, "what": "resume"}


def paused(office: Office) -> list[str]:
    return [each.recipient for each in office.letters.stored.pauses(office.clock())]


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
    visitor.post(an_office.path(Purpose.STOP), data=ONE_CLICK)
    an_office.write()
    an_office.clock.pass_hours(7 * 24)
    assert "kultur@almestad.example" not in [each["To"] for each in an_office.write()]
    an_office.clock.pass_hours(28 * 24)
    assert "kultur@almestad.example" in [each["To"] for each in an_office.write()]


def test_a_pause_is_taken_back_by_the_same_link_and_the_officer_hears_of_both(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    assert "Ångra" in visitor.post(path, data=PAUSE).text
    assert "Ångra" in visitor.get(path).text, "whoever comes back finds it"
    assert "kommer som vanligt" in visitor.post(path, data=RESUME).text
    assert an_office.letters.stored.pauses(an_office.clock()) == []
    subjects = [str(each["Subject"]) for each in an_office.write()]
    assert [("pausade" in each, "tagit tillbaka" in each) for each in subjects] == [(True, False), (False, True)]
    assert visitor.get(path).status_code == 409, "the link has done what it was for"


def test_nobody_takes_a_pause_back_by_a_link_that_paused_nothing(visitor: TestClient, an_office: Office):
    visitor.post(an_office.path(Purpose.STOP), data=PAUSE)
    an_office.clock.pass_hours(7 * 24)
    assert visitor.post(an_office.made(Purpose.STOP), data=RESUME).status_code == 422
    assert paused(an_office) == ["kultur@almestad.example"]


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
    assert "varje vecka" in visitor.post(path, data={**BEA, "what": "line"}).text
    assert an_office.letters.stored.wishes() == {"kultur@almestad.example": WhenWell.LINE}


def test_the_officer_hears_of_every_pause_and_every_end_of_one_on_the_same_day(visitor: TestClient, an_office: Office):
    path, told = an_office.path(Purpose.STOP), []
    for press in (PAUSE, RESUME, PAUSE):
        an_office.clock.pass_hours(1 / 60)
        visitor.post(path, data=press)
        told += [str(each["Subject"]) for each in an_office.write()]
    assert [("pausade" in each, "tagit tillbaka" in each) for each in told] == [
        (True, False), (False, True), (True, False),
    ], "what was told last is how it stands"  # fmt: skip


def test_a_pause_that_is_pressed_twice_is_one_and_told_once(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    for _ in range(2):
        visitor.post(path, data=ONE_CLICK)
        an_office.clock.pass_hours(1 / 60)
    assert len(an_office.write()) == 1


def test_the_way_back_is_taken_five_times_a_day_and_the_way_out_always(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    for _ in range(5):
        visitor.post(path, data=PAUSE)
        an_office.clock.pass_hours(1 / 60)
        assert visitor.post(path, data=RESUME).status_code == 200
    assert visitor.post(path, data=PAUSE).status_code == 200
    often = visitor.post(path, data=RESUME)
    assert (often.status_code, "ovanligt många svar" in often.text) == (429, True)
    assert paused(an_office) == ["kultur@almestad.example"]
    assert len(an_office.write()) == 11
    an_office.clock.pass_hours(24)
    assert visitor.post(path, data=RESUME).status_code == 200


def test_what_scans_letters_pauses_nothing_whatever_it_presses_on_the_page(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    for data in ({}, {"by": ""}, {"what": "pause"}, {"what": "silence"}, {"by": "", "what": "pause"}, {"a": "b"}):
        assert visitor.post(path, data=data).status_code == 422, data
    assert visitor.post(path, json={"what": "pause", "by": "Bea"}).status_code == 422
    assert (paused(an_office), an_office.letters.stored.wishes(), an_office.write()) == ([], {}, [])


def test_what_scans_letters_ends_no_pause_in_anybodys_name(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.STOP)
    visitor.post(path, data=PAUSE)
    an_office.write()
    for data in ({}, {"what": "resume"}, {"by": "", "what": "resume"}):
        answer = visitor.post(path, data=data)
        assert (answer.status_code, "pausade till" in answer.text) == (422, True), data
    assert (paused(an_office), an_office.write()) == (["kultur@almestad.example"], [])


def test_whoever_has_paused_need_not_write_their_name_again_to_take_it_back_at_once(
    visitor: TestClient, an_office: Office
):
    path = an_office.path(Purpose.STOP)
    assert 'value="Bea, biblioteket"' in visitor.post(path, data=PAUSE).text
    assert "Bea" not in visitor.get(path).text, "a colleague who comes later has a name of their own"


def test_a_mail_programs_one_click_may_come_as_any_kind_of_form(visitor: TestClient, an_office: Office):
    boundary = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert visitor.post(an_office.path(Purpose.STOP), content=boundary, headers=kind).status_code == 200
    assert paused(an_office) == ["kultur@almestad.example"]
