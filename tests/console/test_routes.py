"""Every route against everybody who may come: a route that is not in the table fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from audits.digest import Purpose
from audits.model import CaseState
from console.app import make_app
from console.guarding import HEADERS, LARGEST_FORM
from tests.telling.offices import CONSOLE, Office, a_row, written_office
from worker.steps.telling import PATHS, hash_of
from worker.storage import open_store
from worker.wiring.templates import templates_of

BEA: Final = {"by": "Bea"}
FACEBOOK: Final = "https://www.facebook.com/almestad"
EXPLAINED: Final = {**BEA, "reason": "vilar", "until": "2026-12-24"}
POST: Final = {"fix": BEA, "explain": EXPLAINED, "not-ours": BEA, "undo": BEA, "recheck": BEA,
               "stop": {**BEA, "what": "pause"},
               "report": {**BEA, "link": "https://x.com/ny", "what": "new"},
               "attest": {**BEA, "link": f"{FACEBOOK}/posts/1234567890", "on": "2026-11-09"}}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What a route answers: to a good link, and to one that has been used. `page` is the purpose's path."""

    page: str
    good_get: int = 200
    good_post: int | None = None  # None: there is no way to post
    used_get: int = 409
    used_post: int | None = 409
    data: Mapping[str, str] = field(default_factory=dict)


TABLE: Final = {
    "/fix/{token}": Row("fix", good_post=303, used_get=200, data=POST["fix"]),  # it says next that it is done
    "/explain/{token}": Row("explain", good_post=303, data=POST["explain"]),
    "/not-ours/{token}": Row("not-ours", good_post=303, data=POST["not-ours"]),
    "/undo/{token}": Row("undo", good_post=303, used_get=200, data=POST["undo"]),
    "/recheck/{token}": Row("recheck", good_post=303, used_get=200, data=POST["recheck"]),
    "/evidence/{token}": Row("evidence", used_get=200, used_post=None),
    "/letter/{token}": Row("letter", used_get=200, used_post=None),
    "/report/{token}": Row("report", good_post=200, used_get=200, used_post=200, data=POST["report"]),
    "/attest/{token}": Row("attest", good_post=200, data=POST["attest"]),
    "/stop/{token}": Row("stop", good_post=200, used_get=200, used_post=200, data=POST["stop"]),
    "/ours/{token}": Row("ours", good_post=200, data={**BEA, "what": "ours"}),
    "/round/{token}": Row("round", good_post=200, used_get=200, used_post=200, data={**BEA, "to": "Bo"}),
}
UNASKED: Final = {"attest": Purpose.ATTEST, "letter": Purpose.WHOLE, "round": Purpose.ROUND}  # not in this letter
OPEN: Final = {"/": 200, "/accessibility": 200, "/ready": 200}


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    """An office whose account is on a platform whose posts' links carry no date."""
    row = a_row(platform="facebook", raw=FACEBOOK, address=FACEBOOK, key="facebook:almestad")
    with written_office(tmp_path, row) as opened:
        yield opened


def routes(opened: Office) -> list[Route | Mount]:
    return list(within(make_app(opened.deployment).routes))


def within(found: Iterable[Any]) -> Iterator[Route | Mount]:
    """Every route, also those of routers that were included."""
    for each in found:
        if isinstance(each, Route | Mount):
            yield each
        else:
            yield from within(each.original_router.routes)


def link(opened: Office, visitor: TestClient, page: str) -> str:
    """A good path of the page."""
    links = opened.links()
    if page == "undo":
        return str(visitor.post(links["fix"], data=BEA).headers["location"])
    if page in UNASKED:
        return opened.made(UNASKED[page])
    return links[page]


def test_every_route_is_in_the_table(an_office: Office):
    known = {*TABLE, *OPEN, "/static"}
    assert {each.path for each in routes(an_office)} == known


def test_every_purpose_has_a_route():
    assert {f"/{path}/{{token}}" for path in PATHS.values()} == set(TABLE)


def test_no_route_takes_another_method_than_get_and_post(an_office: Office):
    for each in routes(an_office):
        if isinstance(each, Route):
            assert (each.methods or set()) <= {"GET", "HEAD", "POST"}, each.path


@pytest.mark.parametrize("path", sorted(TABLE))
def test_a_good_link_shows_by_get_and_acts_by_post(visitor: TestClient, an_office: Office, path):
    row = TABLE[path]
    good = link(an_office, visitor, row.page)
    before = an_office.store.cases(open_only=False)
    assert (visitor.head(good).status_code, visitor.get(good).status_code) == (row.good_get, row.good_get)
    assert an_office.store.cases(open_only=False) == before, "a GET changes nothing, nor does a mail scanner's HEAD"
    assert visitor.post(good, data=row.data).status_code == (row.good_post or 405)


BUTTONS: Final = ("", "acknowledge", "claim_fixed", "pause", "resume", "silence", "line", "ours", "new")


@pytest.mark.parametrize("path", sorted(TABLE))
def test_what_scans_letters_answers_nothing_whatever_it_presses(visitor: TestClient, an_office: Office, path):
    """Gateways follow each link, some in a browser of their own that presses what there is; none has a name."""
    if TABLE[path].page == "undo":
        return  # no letter carries its link
    good, stored = link(an_office, visitor, TABLE[path].page), an_office.letters.stored
    before = an_office.store.cases(open_only=False), stored.find(hash_of(good.rpartition("/")[2]))
    for what in BUTTONS:
        for data in ({"what": what}, {"what": what, "by": ""}, {**TABLE[path].data, "what": what, "by": " "}):
            assert visitor.post(good, data=data).status_code in (422, 405), data
    assert (an_office.store.cases(open_only=False), stored.find(hash_of(good.rpartition("/")[2]))) == before
    assert (stored.pauses(an_office.clock()), stored.wishes(), an_office.store.open_runs()) == ([], {}, ())
    assert an_office.write() == []


@pytest.mark.parametrize("path", sorted(TABLE))
def test_a_link_that_has_been_used_does_nothing_more(visitor: TestClient, an_office: Office, path):
    row = TABLE[path]
    used = link(an_office, visitor, row.page)
    visitor.post(used, data=row.data)
    before = an_office.store.cases(open_only=False)
    assert visitor.get(used).status_code == row.used_get
    assert visitor.post(used, data=row.data).status_code == (row.used_post or 405)
    assert an_office.store.cases(open_only=False) == before


WRONG: Final[Mapping[str, Callable[[str], str]]] = {
    "no token": lambda good: good.rpartition("/")[0] + "/",
    "an unknown token": lambda good: good.rpartition("/")[0] + "/" + "A" * 43,
    "half a token": lambda good: good[:-5],
    "a longer token": lambda good: good + "A",
    "a path in the token": lambda good: good.rpartition("/")[0] + "/..%2f..%2fetc%2fpasswd",
    "markup in the token": lambda good: good.rpartition("/")[0] + "/%3Cscript%3E",
}


@pytest.mark.parametrize("path", sorted(TABLE))
def test_what_is_no_link_leads_nowhere(visitor: TestClient, an_office: Office, path):
    good = link(an_office, visitor, TABLE[path].page)
    before = an_office.store.cases(open_only=False)
    for name, wrong in WRONG.items():
        get, post = visitor.get(wrong(good)), visitor.post(wrong(good), data=TABLE[path].data)
        assert get.status_code == 404, name
        assert post.status_code in (404, 405), name
        assert "script" not in get.text, name
    assert an_office.store.cases(open_only=False) == before


def test_nobody_is_sent_on_with_a_token_to_an_address_without_tls(visitor: TestClient, an_office: Office):
    for path in an_office.links().values():
        for answer in (visitor.get(f"{path}/"), visitor.post(f"{path}/", data=BEA)):
            assert (answer.status_code, answer.headers.get("location")) == (404, None)


def test_a_link_of_another_purpose_is_no_link(visitor: TestClient, an_office: Office):
    links = an_office.links()
    for purpose, good in links.items():
        for row in TABLE.values():
            if row.page != purpose:
                made = f"/{row.page}/{good.rpartition('/')[2]}"
                assert visitor.get(made).status_code == 404, (purpose, row.page)
                assert visitor.post(made, data=row.data).status_code in (404, 405), (purpose, row.page)
    assert [case.state for case in an_office.store.cases()] == [CaseState.CONFIRMED]
    assert set(links) == set(PATHS.values()) - {*UNASKED, "undo"}


@pytest.mark.parametrize("path", sorted(TABLE))
def test_a_link_whose_time_is_over_does_nothing(visitor: TestClient, an_office: Office, path):
    good = link(an_office, visitor, TABLE[path].page)
    before = an_office.store.cases(open_only=False)
    an_office.clock.pass_hours(24 * 401)
    assert visitor.get(good).status_code == 410
    assert visitor.post(good, data=TABLE[path].data).status_code in (410, 405)
    assert an_office.store.cases(open_only=False) == before


FOREIGN: Final = ("https://evil.example", "null", "https://kanalkoll.almestad.example.evil.example", "http://evil.example:80",
                  "https://evilkanalkoll.almestad.example", "https://kanalkoll.almestad.example:444")  # fmt: skip


@pytest.mark.parametrize("path", sorted(TABLE))
def test_a_form_from_another_site_is_turned_away(visitor: TestClient, an_office: Office, path):
    good = link(an_office, visitor, TABLE[path].page)
    before = an_office.store.cases(open_only=False)
    for origin in FOREIGN:
        assert visitor.post(good, data=TABLE[path].data, headers={"origin": origin}).status_code == 403, origin
    assert an_office.store.cases(open_only=False) == before


STRANGE: Final = ("evil.example", "kanalkoll.almestad.example.evil.example", "", "127.0.0.1.evil.example",
                  "localhost@evil.example")  # fmt: skip


@pytest.mark.parametrize("path", [*sorted(TABLE), *OPEN, "/static/style.css"])
def test_no_page_answers_to_another_name(visitor: TestClient, an_office: Office, path):
    good = link(an_office, visitor, TABLE[path].page) if path in TABLE else path
    for host in STRANGE:
        for method in ("GET", "POST"):
            assert visitor.request(method, good, headers={"host": host}).status_code == 421, host


def test_a_page_of_our_own_name_without_tls_is_another_site(visitor: TestClient, an_office: Office):
    """Whoever stands in the way of a reader can make one."""
    bare = CONSOLE.replace("https", "http")
    assert visitor.post(an_office.path(Purpose.FIX), data=BEA, headers={"origin": bare}).status_code == 403


def test_our_own_forms_are_taken(visitor: TestClient, an_office: Office):
    assert visitor.post(an_office.path(Purpose.FIX), data=BEA, headers={"origin": CONSOLE}).status_code == 303


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/fix/" + "A" * 43])
def test_no_other_method_is_known(visitor: TestClient, method, path):
    answer = visitor.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_a_page_that_only_shows_says_so_to_whoever_posts(visitor: TestClient, an_office: Office):
    answer = visitor.post(an_office.path(Purpose.EVIDENCE), data=BEA)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_a_form_must_say_its_length_and_keep_to_it(visitor: TestClient, an_office: Office):
    path = an_office.path(Purpose.EXPLAIN)
    long = visitor.post(path, data={**EXPLAINED, "reason": "x" * LARGEST_FORM})
    endless = visitor.post(
        path, content=iter([b"by=Bea"]), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    both = visitor.post(path, content=b"by=Bea", headers={"transfer-encoding": "chunked", "content-length": "6"})
    odd = visitor.post(path, content=b"by=Bea", headers={"content-length": b"\xb2"})
    assert (long.status_code, endless.status_code, both.status_code, odd.status_code) == (413, 411, 411, 411)
    assert [case.state for case in an_office.store.cases()] == [CaseState.CONFIRMED]


def test_a_form_that_cannot_be_read_keeps_nothing_and_is_told_as_no_dead_link(visitor: TestClient, an_office: Office):
    kinds = {"content-type": "multipart/form-data"}, {"content-type": "multipart/form-data; boundary=b"}
    good = an_office.path(Purpose.FIX)
    told = [visitor.post(good, content=b"--x\r\nby=Bea", headers=each) for each in kinds]
    assert {each.status_code for each in told} == {400}
    assert all("Så kan sidan inte användas" in each.text and "leder ingenstans" not in each.text for each in told)
    assert [case.state for case in an_office.store.cases()] == [CaseState.CONFIRMED]


@pytest.mark.parametrize("path", [*OPEN, "/static/style.css", "/nowhere", "/fix/" + "A" * 43, "/static/../app.py"])
def test_every_answer_forbids_what_no_page_needs(visitor: TestClient, path):
    headers = visitor.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "server" not in headers


def test_whoever_is_turned_off_reads_why_in_the_citys_language(visitor: TestClient, an_office: Office):
    good = an_office.path(Purpose.FIX)
    elsewhere = visitor.post(good, data={"by": "Bo"}, headers={"origin": "https://annan.example"})
    too_long = visitor.post(good, data={"by": "Bo" * LARGEST_FORM})
    assert "Öppna den med knappen i brevet" in elsewhere.text
    assert "för långt, så inget är sparat" in too_long.text
    assert all('<html lang="sv">' in each.text for each in (elsewhere, too_long))


def test_where_the_database_does_not_answer_one_line_says_so_and_whoever_wrote_may_come_back(
    an_office: Office, caplog: pytest.LogCaptureFixture
):
    path = an_office.path(Purpose.FIX)
    gone = open_store("sqlite:////nowhere/kanalkoll.sqlite3")
    visitor = TestClient(make_app(replace(an_office.deployment, store=gone)), base_url=CONSOLE)
    answer = visitor.post(path, data={"by": "Bo"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "inget är sparat" in answer.text
    [line] = [each for each in caplog.records if each.levelname == "ERROR"]
    assert (line.exc_info, "/nowhere/kanalkoll.sqlite3" in line.getMessage()) == (None, True)


def test_where_something_breaks_whoever_wrote_hears_that_nothing_is_kept(an_office: Office):
    app = make_app(an_office.deployment)
    app.state.answers = None  # whatever a page asks for breaks
    visitor = TestClient(app, base_url=CONSOLE, raise_server_exceptions=False)
    answer = visitor.post(an_office.path(Purpose.FIX), data={"by": "Bo"})
    assert (answer.status_code, "försök igen om en stund" in answer.text) == (500, True)
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_no_page_sets_a_cookie_or_runs_a_script(visitor: TestClient, an_office: Office):
    for path in an_office.links().values():
        answer = visitor.get(path)
        assert "set-cookie" not in answer.headers
        assert "<script" not in answer.text


def test_what_a_stranger_wrote_is_no_markup_and_reads_as_it_is_written_on_every_page():
    page = templates_of("console").from_string("{{ name }}")
    assert page.render(name="<b>Mu\u202eseet") == "&lt;b&gt;Museet"
