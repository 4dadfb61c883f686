"""Logging in by a token, and the second channel."""

from __future__ import annotations

import base64
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import httpx
import pytest

from config.settings import Settings
from tests.fakes import HandClock
from tests.servers.scripted_smtp import Script, scripted_server
from tests.telling.letters import TUESDAY
from worker.fetching.tokens import NoToken, TokenDesk, microsoft_365
from worker.ports.telling import Fate, Letter, LetterKind, LetterState
from worker.sending.channels import ApprisePost, apprise_post
from worker.sending.connecting import MailServer, Tls
from worker.sending.smtp import SmtpPost
from worker.wiring.tokens import microsoft_token

GIVEN = {"access_token": "a-made-up-token", "expires_in": 3600}


def a_letter(**changes: Any) -> Letter:
    given = {
        "id": 1, "key": "k", "kind": LetterKind.URGENT, "slot": "s", "channel": "apprise", "recipient": "a@b.example",
        "shared": True, "subject": "Akut", "state": LetterState.CLAIMED, "made_at": TUESDAY, "due_at": TUESDAY,
        "attempts": 1, "message": b"Hej",
    }  # fmt: skip
    return Letter(**{**given, **changes})


PLAIN_POST: Final = MailServer(host="127.0.0.1", tls=Tls.LOOPBACK, sender="kanalkoll@almestad.example")


def test_a_letter_to_a_domain_with_swedish_letters_is_handed_over_by_its_ascii_name():
    with scripted_server(Script("plain")) as server:
        at_it = replace(PLAIN_POST, host=server.host, port=server.port)
        with closing(SmtpPost(at_it)) as post:
            fate = post.hand_over(a_letter(channel="mail", recipient="kultur@älmestad.example"), lambda: True).fate
    assert fate is Fate.SENT
    assert "rcpt to:<kultur@xn--lmestad-4wa.example>" in [said.casefold() for said in server.words]


@pytest.mark.parametrize("nobody", ["kultur@", "å@almestad.example", "a@almestad.example>\r\nRCPT TO:<b@elak.example"])
def test_a_letter_to_nobody_keeps_no_other_letter_back(nobody: str):
    with scripted_server(Script("plain")) as server:
        at_it = replace(PLAIN_POST, host=server.host, port=server.port)
        with closing(SmtpPost(at_it)) as post:
            assert post.hand_over(a_letter(channel="mail", recipient=nobody), lambda: True).fate is Fate.BOUNCED
    assert "RCPT" not in server.heard


def test_a_password_that_no_log_in_can_carry_is_told_and_not_shown():
    with scripted_server(Script("asks", extensions=("AUTH PLAIN",))) as server:
        wrong = SmtpPost(replace(PLAIN_POST, host=server.host, port=server.port, user="k", password="lösen")).greet()
    assert "KANALKOLL_SMTP_PASSWORD" in wrong
    assert "ö" not in wrong


def test_a_token_is_shown_as_microsoft_wants_it():
    with scripted_server(Script("xoauth2", extensions=("AUTH XOAUTH2 LOGIN",))) as server:
        mail = MailServer(host=server.host, port=server.port, tls=Tls.LOOPBACK, user="kanalkoll@almestad.example",
                          token=lambda: "a-made-up-token", sender="kanalkoll@almestad.example")  # fmt: skip
        with closing(SmtpPost(mail)) as post:
            assert post.greet() == ""
        heard = server.words
    words = base64.b64decode(next(each for each in heard if each.startswith("AUTH XOAUTH2")).split(" ")[2])
    assert words == b"user=kanalkoll@almestad.example\x01auth=Bearer a-made-up-token\x01\x01"


class Giver(httpx.AsyncBaseTransport):
    """A server of tokens that answers as it is told to, and remembers what it was asked."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer, self.asked = answer, []

    asked: list[bytes]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.content)
        return httpx.Response(200, stream=httpx.ByteStream(self.answer.content))


def a_desk(giver: Giver, clock: HandClock) -> TokenDesk:
    return TokenDesk(microsoft_365("almestad", "client", "a made-up secret"), lambda: giver, clock)


def test_a_token_is_fetched_once_and_anew_before_it_ends():
    giver, clock = Giver(httpx.Response(200, json=GIVEN)), HandClock(TUESDAY)
    desk = a_desk(giver, clock)
    assert [desk(), desk()] == ["a-made-up-token"] * 2
    assert len(giver.asked) == 1
    clock.now += timedelta(minutes=56)
    desk()
    assert len(giver.asked) == 2
    assert b"grant_type=client_credentials" in giver.asked[0]
    assert b"scope=https%3A%2F%2Foutlook.office365.com%2F.default" in giver.asked[0]


def test_a_deployment_that_names_an_application_of_microsoft_has_its_tokens():
    named = {"smtp_oauth_tenant": "almestad", "smtp_oauth_client": "client", "smtp_oauth_secret": "a made-up secret"}
    desk = microsoft_token(Settings.model_validate(named))
    assert isinstance(desk, TokenDesk)
    assert desk.credentials == microsoft_365("almestad", "client", "a made-up secret")


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"error": "invalid_client"}', b'{"access_token": 7}', b""])
def test_a_token_that_is_none_is_said_so_without_the_secret(answer):
    desk = a_desk(Giver(httpx.Response(200, content=answer)), HandClock(TUESDAY))
    with pytest.raises(NoToken) as refused:
        desk()
    assert "secret" not in str(refused.value)
    assert "secret" not in repr(desk)


class Room:
    """A second channel that says yes or no."""

    def __init__(self, *, takes: bool) -> None:
        self.takes, self.told = takes, []

    told: list[tuple[str, str, str]]

    def notify(self, *, title: str, body: str, body_format: str) -> bool:
        self.told.append((title, body, body_format))
        return self.takes


@pytest.mark.parametrize(("takes", "fate"), [(True, Fate.SENT), (False, Fate.UNKNOWN)])
def test_a_second_channel_is_told_once(takes, fate):
    room = Room(takes=takes)
    assert ApprisePost(room).hand_over(a_letter(), lambda: True).fate is fate
    assert room.told == [("Akut", "Hej", "text")]


def test_a_second_channel_whose_claim_is_over_says_nothing():
    room = Room(takes=True)
    assert ApprisePost(room).hand_over(a_letter(), lambda: False).fate is Fate.LATER
    assert room.told == []


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # a library that Apprise stands on
def test_an_address_that_apprise_does_not_know_is_refused_by_number():
    assert apprise_post(["json://127.0.0.1:9/"]) is not None
    with pytest.raises(ValueError, match="number 2"):
        apprise_post(["json://127.0.0.1:9/", "nonsense"])
