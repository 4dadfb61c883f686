"""No stranger's text makes a header, a recipient or a line of its own: the finished bytes are read again."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from typing import Final

import fast_mail_parser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telling.envelopes import EXPECTED, an_envelope, composed
from tests.telling.letters import TUESDAY
from worker.sending.composing import BadAddress, headers, mailbox

BREAKS: Final = ("\r\n", "\n", "\r", "\n ", "\r\n\t", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\n\n")
SMUGGLED: Final = (
    "Bcc: e@x.example",
    "To: e@x.example",
    "Content-Type: text/html",
    "\r\n<script>",
    ".\r\nMAIL FROM:<x>",
)
WORDS: Final = (
    "=?utf-8?Q?=0A?=Bcc: e@x.example", "=?utf-8?q?=0D=0ABcc:_e@x.example?=", "=?utf-8?B?DQpCY2M6IGVAeC5leGFtcGxl?=",
    "A =?utf-8?Q?=0A?=Bcc: e@x", "=?iso-8859-1?Q?=0A?=\n", "=?utf-8?Q?=00?=", "=?=?=?utf-8?Q?=0A?=?=?=", "?==?",
    "=?utf-8?Q?" + "=0A" * 60 + "?=", "x" * 3_000, "å" * 3_000, "\u202eevil", "\u200b\u200c\u2060", "\ufeffBcc: e@x",
    "\U000e0042\U000e0063", "\ud800", "a\u0300" * 900, ":" * 500, '";<>@,', "=?unknown-8bit?q?=FF?=",
)  # fmt: skip
TEXTS: Final = (*(f"Kultur{gap}{smuggled}" for gap in BREAKS for smuggled in SMUGGLED), *WORDS)
ADDRESSES: Final = (
    "a@b.example\r\nBcc: e@x.example", "a@b.example, e@x.example", "a@b.example>", "<a@b.example>", "a b@b.example",
    '"a"@b.example', "a@b", "@b.example", "a@", "", "a@b.example\0", "a@b.example\n", "å@b.example",
    "a@b..example", "a@-b.example", "a@b.example RCPT TO:<e@x.example>", "a@b.example;e@x.example", "a..a@b.example",
    "a@[127.0.0.1]", "a" * 65 + "@b.example", "a@" + "b" * 70 + ".example", "a@b.exa\u200bmple\u2028",
    "Å <a@b.example>",
)  # fmt: skip


def shortly(text: str) -> str:
    """A name that a terminal can show."""
    return ascii(text)[:40]


def names(finished: bytes) -> list[str]:
    return BytesParser(policy=policy.SMTP).parsebytes(finished).keys()


def test_there_are_enough_ways_of_trying():
    assert len(TEXTS) + len(ADDRESSES) >= 80


@pytest.mark.parametrize("text", TEXTS, ids=shortly)
def test_a_subject_makes_no_header(text):
    finished = composed(subject=text)
    assert names(finished) == EXPECTED
    assert not any(line.startswith((b"Bcc", b"To: e@")) for line in finished.split(b"\r\n"))


@pytest.mark.parametrize("text", TEXTS, ids=shortly)
def test_a_senders_name_makes_no_header(text):
    assert names(composed(sender=f"{text} <kanalkoll@almestad.example>")) == EXPECTED


@given(st.text())
def test_no_text_at_all_makes_a_header(text):
    assert names(composed(subject=text)) == EXPECTED


@pytest.mark.parametrize("address", ADDRESSES, ids=shortly)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(BadAddress):
        composed(recipient=address)


def test_a_domain_with_swedish_letters_is_written_as_servers_read_it():
    assert mailbox("kultur@älmestad.example") == f"kultur@{'älmestad.example'.encode('idna').decode()}"


def test_the_headers_are_those_of_a_letter_that_nobody_answers_by_machine():
    built = headers(an_envelope())
    assert built["Auto-Submitted"] == "auto-generated"
    assert built["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_way_out_is_never_folded_or_encoded():
    assert b"List-Unsubscribe: <https://kanalkoll.almestad.example/stop/" + b"x" * 43 + b">, <mailto:" in composed()


def test_a_letter_keeps_its_number_however_often_it_is_made():
    one, two = (headers(an_envelope(at=at))["Message-ID"] for at in (TUESDAY, TUESDAY.replace(hour=9)))
    assert one == two
    assert headers(an_envelope(key="another"))["Message-ID"] != one


def test_lines_end_as_mail_demands_and_none_is_too_long():
    finished = composed()
    assert b"\n" not in finished.replace(b"\r\n", b"")
    assert b"\r" not in finished.replace(b"\r\n", b"")
    assert max(map(len, finished.split(b"\r\n"))) <= 998


def test_a_reader_of_another_maker_reads_the_same():
    read = fast_mail_parser.parse_email(composed())
    assert read.subject == "1 ny, 2 kvarstår – Kulturförvaltningen"
    assert [part.strip() for part in (*read.text_plain, *read.text_html)] == ["Hej åäö", "<p>Hej åäö</p>"]
