"""Why something could not be had: whatever the edge names has its words, and another's own words stand as quoted."""

from __future__ import annotations

import ast
import smtplib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worker
from audits.model import Transport
from audits.reached import OWN_NETWORK
from audits.wording import LANGUAGES, catalogue
from audits.wording.reasons import heard, in_words, quoted
from audits.wording.said import said
from config.markers import load_packs
from tests.builders import TODAY
from worker.fetching.outcomes import Failure
from worker.sending.connecting import Unsendable, why

NAMING = {"NoPage": 1, "worded": 1, "Stop": 1, "Unsendable": 0}  # from which argument on a call gives a reason


def literals(node: ast.expr) -> Iterator[str]:
    """The words that a detail begins with, whichever branch it takes."""
    if isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield from literals(node.values[0])
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value.partition(": ")[0]


def details() -> set[str]:
    """What the edges put as a reason, or behind one, where it is no fact."""
    files = [*Path(worker.__file__).parent.rglob("*.py")]
    calls = [node for path in files for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [(each.func.id, each) for each in calls if isinstance(each.func, ast.Name)]
    given = [part for name, call in named if name in NAMING for part in call.args[NAMING[name] :]]
    answers = [
        each.value for name, call in named if name == "Handover" for each in call.keywords if each.arg == "answer"
    ]
    return {word for part in (*given, *answers) for word in literals(part)}


def test_whatever_keeps_a_page_away_is_named_and_the_name_has_words():
    named = {*Failure, OWN_NETWORK, *(each for each in details() if not each.startswith("HTTP "))}
    assert len(named) > len(Failure)
    assert {each for each in named if f"reason.{each}" not in catalogue("sv")} == set()


@pytest.mark.parametrize(
    ("kept", "swedish"),
    [
        ("connect", "ingen svarar där"),
        ("dns: museet.example", "namnet går inte att slå upp: museet.example"),
        ("stopped: rate_limited: HTTP 429", "lämnas i fred till nästa natt: ber oss vänta: HTTP 429"),
        ("own_network: dns_timeout: x.com", "vårt eget nät nådde ingen: namntjänsten svarade inte i tid: x.com"),
        ('certificate: "has expired"', 'certifikatet godtas inte: "has expired"'),
        ("550 5.1.1 no such user", "servern svarade ”550 5.1.1 no such user”"),
        ("terms: https://x.com/tos", "plattformen stänger det: https://x.com/tos"),
        ("terms: key_instead: youtube", "plattformen stänger det: en nyckel är kopplad, så sidor frågas inte: youtube"),
        ("HTTP 403", "HTTP 403"),
        ("generic.cloudflare-challenge-title", "känns igen på tecknet generic.cloudflare-challenge-title"),
        ("not looked at", "inte kontrollerat"),
        ("walled", "inloggning krävs"),
        ("dns: connect here", "namnet går inte att slå upp: connect here"),
    ],
)
def test_a_reason_is_read_in_swedish(kept: str, swedish: str):
    assert in_words(kept, "sv") == swedish


def test_every_sign_of_a_wall_is_told_as_a_sign():
    packs = load_packs(TODAY)
    walls = [
        each.id for pack in packs.by_platform.values() for each in pack.markers if isinstance(each.means, Transport)
    ]
    assert len(walls) > 20
    assert [each for each in walls if in_words(each, "sv") == each] == []


def test_a_sentence_that_is_one_already_stays_it():
    sentence = said("reason.connect")
    assert heard(sentence) is sentence


@given(st.text(max_size=700) | st.lists(st.sampled_from(sorted(Failure)), max_size=90).map(": ".join))
def test_whatever_was_kept_can_be_read(kept: str):
    assert all(in_words(kept, language) or not kept for language in LANGUAGES)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "connection_refused"),
        (TimeoutError("timed out"), "timed_out"),
        (socket.gaierror(-2, "Name or service not known"), "dns"),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "reset"),
        (smtplib.SMTPServerDisconnected("half_an_answer"), "half_an_answer"),
        (smtplib.SMTPHeloError(504, b"no"), "504 no"),
        (Unsendable("no_starttls: mail.example"), "no_starttls: mail.example"),
        (ssl.SSLError(1, "wrong version number"), f"mail_fault: {quoted('wrong version number')}"),
    ],
)
def test_what_goes_wrong_on_the_way_to_a_mail_server_is_named(wrong: Exception, name: str):
    assert why(wrong) == name
    assert heard(name) != name
