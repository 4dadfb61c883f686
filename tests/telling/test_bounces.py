"""Letters that come back later: only one that was sent to that very address can bounce."""

from __future__ import annotations

import json
import mailbox
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.reading.bounces import LARGEST, number_of, read_bounce
from tests.telling.letters import TUESDAY
from tests.telling.offices import Office, a_row, office
from worker.cli import main
from worker.ports.telling import LetterState
from worker.steps.alerting import overview
from worker.steps.bouncing import Told, read_bounces
from worker.wiring import utc_now

KULTUR: Final = "kultur@almestad.example"
WEEK: Final = timedelta(weeks=1)
OUT_OF_OFFICE: Final = b"""From: kultur@almestad.example
To: kanalkoll@almestad.example
Subject: Autosvar: Kanalkoll
In-Reply-To: %s
References: %s
Auto-Submitted: auto-replied
Content-Type: text/plain

Jag har semester. 5.1.1 Action: failed Final-Recipient: rfc822; kultur@almestad.example
"""


@pytest.fixture
def an_office(tmp_path: Path) -> Iterator[Office]:
    """An office whose letter of the week the mail server has taken."""
    with office(tmp_path) as opened:
        taken(opened, opened.clock())
        yield opened


@pytest.fixture
def an_office_today(tmp_path: Path) -> Iterator[Office]:
    """The same of the latest Tuesday that has passed by this machine's clock, which a command goes by."""
    with office(tmp_path) as opened:
        opened.clock.now += (utc_now() - TUESDAY) // WEEK * WEEK
        taken(opened, opened.clock())
        yield opened


def taken(opened: Office, at: datetime) -> None:
    opened.letters.write_due()
    stored = opened.letters.stored
    while letter := stored.claim(at, 60):
        stored.start(letter, at)
        stored.end(letter, LetterState.SENT, "250 taken", at)


def number(opened: Office, recipient: str = KULTUR) -> str:
    letters = opened.letters.stored
    [letter] = letters.sent_to({recipient}, opened.clock().replace(year=2000))
    return number_of(letter.message)


def a_report(
    message_id: str,
    *,
    to: str = KULTUR,
    final: str | None = None,
    action: str = "failed",
    status: str = "5.1.1",
    original: str = "text/rfc822-headers",
    kind: str = "delivery-status",
) -> bytes:
    """A notification as RFC 3464 has it."""
    return f"""From: Mail Delivery Subsystem <MAILER-DAEMON@mx.almestad.example>
To: <kanalkoll@almestad.example>
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b/b"

--b/b
Content-Type: text/plain; charset=us-ascii

This is the mail system. Your message could not be delivered.

--b/b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.almestad.example
Arrival-Date: Tue, 10 Nov 2026 08:31:00 +0100

Final-Recipient: rfc822; {final or to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.almestad.example
Diagnostic-Code: smtp; 550 {status} no such mailbox

--b/b
Content-Type: {original}

Received: by mx.almestad.example
Subject: =?utf-8?q?Kanalkoll?=
Message-ID: {message_id}
To: {to}

--b/b--
""".encode("utf-8", "replace")


def read(opened: Office, *messages: bytes) -> dict[Told, int]:
    found = read_bounces(opened.letters.stored, messages, opened.clock())
    return {told: count for told, count in found.counts.items() if count}


def states(opened: Office) -> set[LetterState]:
    return {letter.state for letter in opened.letters.stored.letters() if letter.recipient == KULTUR}


def refused(opened: Office) -> dict[str, str]:
    telling, stored = opened.letters.telling(), opened.letters.stored
    return dict(overview(telling, stored, "2026-W46", opened.clock()).bounced or {})


@pytest.mark.parametrize("original", ["text/rfc822-headers", "message/rfc822"])
def test_an_address_that_refuses_for_good_becomes_the_officers_finding(an_office: Office, original):
    assert read(an_office, a_report(number(an_office), original=original)) == {Told.BOUNCED: 1}
    assert refused(an_office) == {KULTUR: "5.1.1 smtp; 550 5.1.1 no such mailbox"}


def test_reading_the_same_report_again_changes_nothing(an_office: Office):
    report = a_report(number(an_office))
    assert read(an_office, report, report) == {Told.BOUNCED: 1, Told.KNOWN: 1}


def test_an_address_that_forwards_is_known_by_the_name_that_was_written_to(an_office: Office):
    report = a_report(number(an_office), final="bea.bengtsson@kontor.example")
    assert read(an_office, report) == {Told.BOUNCED: 1}


@pytest.mark.parametrize("written", ["kultur@ålmestad-sjö.example", "Kultur@Ålmestad-Sjö.example"])
@pytest.mark.parametrize(
    "reported",
    ["kultur@xn--lmestad-sj-05a8s.example", "kultur@XN--lmestad-sj-05a8s.example", "kultur@ålmestad-sjö.example",
     "KULTUR@ÅLMESTAD-SJÖ.EXAMPLE"],
)  # fmt: skip
def test_a_domain_with_swedish_letters_is_known_by_either_spelling(tmp_path: Path, written, reported):
    with office(tmp_path, a_row(recipient=written)) as opened:
        taken(opened, opened.clock())
        done = read(opened, a_report(number(opened, written), to=reported))
        assert (done, list(refused(opened))) == ({Told.BOUNCED: 1}, [written])


def test_a_domain_that_only_looks_alike_is_another(tmp_path: Path):
    with office(tmp_path, a_row(recipient="kultur@ålmestad.example")) as opened:
        taken(opened, opened.clock())
        assert read(opened, a_report(number(opened, "kultur@ålmestad.example"), to="kultur@almestad.example")) == {
            Told.OTHER: 1
        }


def test_what_is_refused_for_now_is_counted_and_changes_nothing(an_office: Office):
    for_now = [("delayed", "4.4.1"), ("failed", "4.4.7"), ("delayed", "5.0.0"), ("failed", "4.2.2")]
    own = number(an_office)
    told = [a_report(own, action=action, status=status) for action, status in for_now]
    assert read(an_office, *told) == {Told.SOFT: 4}
    assert states(an_office) == {LetterState.SENT}


def test_what_reports_no_refusal_changes_nothing(an_office: Office):
    own = number(an_office)
    no_headers = a_report(own, original="text/plain")
    told = [
        OUT_OF_OFFICE % (own.encode(), own.encode()),
        a_report(own, action="delivered", status="2.0.0"),
        a_report(own, action="relayed", status="2.0.0"),
        a_report(own, status="so sorry"),
        a_report(own, kind="disposition-notification"),
        no_headers,
        b"",
        b"Content-Type: multipart/report; report-type=delivery-status\n\n",
    ]
    assert read(an_office, *told) == {Told.OTHER: len(told)}
    assert states(an_office) == {LetterState.SENT}


def test_nobody_bounces_a_letter_that_they_never_had_or_one_to_another_address(an_office: Office):
    forged = [
        a_report("<weekly.2026-W46.kultur@almestad.example>"),
        a_report(number(an_office), to="bygg@almestad.example"),
        a_report(number(an_office, "kommunikation@almestad.example")),
    ]
    assert read(an_office, *forged) == {Told.OTHER: 3}
    assert refused(an_office) == {}


def test_a_letters_number_cannot_be_told_from_what_it_is_about(tmp_path: Path):
    numbers = set()
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        with office(tmp_path / folder) as opened:
            numbers |= {message["Message-ID"] for message in opened.write() if message["To"] == KULTUR}
    assert len(numbers) == 2


def test_a_report_on_a_letter_of_long_ago_tells_nothing(an_office: Office):
    report = a_report(number(an_office))
    an_office.clock.pass_hours(31 * 24)
    assert read(an_office, report) == {Told.OTHER: 1}


def test_a_letter_that_nobody_could_tell_of_has_bounced_once_its_server_says_so(an_office: Office):
    an_office.clock.pass_hours(7 * 24)
    an_office.letters.write_due()
    stored = an_office.letters.stored
    while letter := stored.claim(an_office.clock(), 60):
        stored.start(letter, an_office.clock())
        stored.end(letter, LetterState.PARKED, "broken off", an_office.clock())
    parked, *_ = stored.sent_to({KULTUR}, an_office.clock().replace(year=2000))
    assert read(an_office, a_report(number_of(parked.message))) == {Told.BOUNCED: 1}


MAILS: Final = st.one_of(
    st.binary(max_size=400),
    st.builds(
        a_report,
        st.one_of(st.just("<own>"), st.text(max_size=20)),
        to=st.one_of(st.just("bygg@almestad.example"), st.text(max_size=20)),
        action=st.sampled_from(["failed", "delayed", "", "\0"]),
        status=st.text(max_size=10),
        original=st.sampled_from(["message/rfc822", "multipart/mixed", "x", ""]),
    ),
    st.builds(lambda depth: b"Content-Type: multipart/report; boundary=a\n\n--a\n" * depth, st.integers(1, 3_000)),
)


@given(mails=st.lists(st.tuples(MAILS, st.integers(0, 2_000), st.binary(max_size=6)), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_a_stranger_sends_nothing_breaks_and_nothing_changes(an_office: Office, mails):
    own = number(an_office).encode()
    sent = [(raw[:at] + noise + raw[at:]).replace(b"<own>", own) for raw, at, noise in mails]
    found = read_bounces(an_office.letters.stored, sent, an_office.clock())
    assert sum(found.counts.values()) == len(sent)
    assert states(an_office) == {LetterState.SENT}


def test_a_message_that_is_too_large_is_not_read():
    assert read_bounce(a_report("<a@b.example>")) is not None
    assert read_bounce(a_report("<a@b.example>") + b"x" * LARGEST) is None


def an_mbox(where: Path, *messages: bytes) -> mailbox.Mailbox[Any]:
    return filled(mailbox.mbox(where), *messages)


def a_maildir(where: Path, *messages: bytes) -> mailbox.Mailbox[Any]:
    return filled(mailbox.Maildir(where), *messages)


def filled(box: mailbox.Mailbox[Any], *messages: bytes) -> mailbox.Mailbox[Any]:
    for each in messages:
        box.add(each)
    box.close()
    return box


def a_file(where: Path, *messages: bytes) -> None:
    where.write_bytes(messages[-1])


def command(opened: Office, *words: str, given: bytes = b"") -> Result:
    database = opened.deployment.settings.database_url.get_secret_value()
    return CliRunner().invoke(main, ["bounces", *words], input=given, env={"KANALKOLL_DATABASE_URL": database})


@pytest.mark.parametrize("kept_in", [a_file, an_mbox, a_maildir])
def test_a_mailbox_is_read_in_every_shape_and_left_as_it_is(an_office_today: Office, tmp_path: Path, kept_in):
    where = tmp_path / "mailbox"
    kept_in(where, OUT_OF_OFFICE % (b"<a@b>", b"<a@b>"), a_report(number(an_office_today)))
    first, second = (json.loads(command(an_office_today, "read", str(where), "--json").stdout) for _ in range(2))
    assert (first["bounced"], [each["recipient"] for each in first["letters"]]) == (1, [KULTUR])
    assert (second["bounced"], second["known"]) == (0, 1)


def test_a_mail_servers_alias_hands_one_message_over(an_office_today: Office):
    done = command(an_office_today, "read", "-", given=a_report(number(an_office_today)))
    assert done.exit_code == 0
    assert f"{KULTUR} refuses letters" in done.stderr
    holiday = command(an_office_today, "read", "-", given=OUT_OF_OFFICE % (b"<a@b>", b"<a@b>"))
    assert holiday.exit_code == 0, "an alias that fails would send a bounce of its own"


def test_what_is_no_mailbox_is_said_to_be_none(an_office_today: Office, tmp_path: Path):
    for where in (tmp_path, tmp_path / "nowhere"):
        done = command(an_office_today, "read", str(where))
        assert done.exit_code == 2
        assert str(where) in done.stderr


def test_whose_letters_come_back_can_be_asked_at_any_time(an_office_today: Office):
    before = command(an_office_today, "list")
    assert (before.exit_code, before.stdout, "No mailbox" in before.stderr) == (0, "", True)
    command(an_office_today, "read", "-", given=a_report(number(an_office_today)))
    assert KULTUR in command(an_office_today, "list").stdout
    assert json.loads(command(an_office_today, "--json").stdout)["recipient"] == KULTUR
