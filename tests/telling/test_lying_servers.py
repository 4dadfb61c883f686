"""Forty servers that refuse, stall or lie: no letter arrives twice, and every one ends in a named place.

KANALTEST_MAIL_SEEDS=5 (make mail-deep) plays every script five times, each with the trouble at other letters.
"""

from __future__ import annotations

import os
import random
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
import trustme

from audits.digest import Addressee
from tests.empty import migrated
from tests.fakes import HandClock
from tests.servers.scripted_smtp import (
    Script,
    ScriptedServer,
    answers_too_early,
    asks_then,
    drips,
    drops,
    floods,
    says,
    scripted_server,
    stalls,
    stores_then,
)
from tests.telling.envelopes import an_envelope, composed
from tests.telling.letters import STOCKHOLM, TUESDAY
from worker.ports.telling import ENDED, MAIL, LetterKind, LetterState, NewLetter
from worker.sending.composing import headers
from worker.sending.connecting import MailServer, Tls
from worker.sending.smtp import SmtpPost
from worker.steps.posting import Sending, send_due
from worker.storage import open_store
from worker.storage.letters import SqlLetters

LETTERS: Final = 5
SEEDS: Final = range(int(os.environ.get("KANALTEST_MAIL_SEEDS", "1")))
S = LetterState
STARTTLS: Final = ("SIZE 20000000", "STARTTLS")

SCRIPTS: Final = (
    Script("behaves"),
    Script("421 on connect", {"connect": (says("421 busy", goes_on=False),) * 2}),
    Script("554 on connect", {"connect": (says("554 not you", goes_on=False),)}),
    Script("421 always", {"connect": (says("421 busy", goes_on=False),)}, forever=True),
    Script("drops on connect", {"connect": (drops,) * 3}),
    Script("stalls on connect", {"connect": (stalls,)}),
    Script("garbage on connect", {"connect": (says(b"\xff\xfe\x00garbage\r\n"),)}),
    Script("no line end", {"connect": (says(b"220" + b"x" * 9_000),)}),
    Script("drips on connect", {"connect": (drips,)}),
    Script("421 on EHLO", {"EHLO": (says("421 bye", goes_on=False),) * 2}),
    Script("EHLO without end", {"EHLO": (floods,)}),
    Script("450 at MAIL", {"MAIL": (says("450 wait"),) * 2}),
    Script("452 at MAIL", {"MAIL": (says("452 full"),)}),
    Script("552 at MAIL", {"MAIL": (says("552 too big"),)}),
    Script("550 at MAIL always", {"MAIL": (says("550 never"),)}, forever=True),
    Script("354 at MAIL", {"MAIL": (says("354 what?"),)}),
    Script("greylisting", {"RCPT": (says("451 4.7.1 greylisted"),) * LETTERS}),
    Script("450 twice at RCPT", {"RCPT": (says("450 no"), says("451 no"))}),
    Script("550 at RCPT", {"RCPT": (says("550 5.1.1 no such user"),)}),
    Script("553 at RCPT always", {"RCPT": (says("553 no"),)}, forever=True),
    Script("450 at RCPT always", {"RCPT": (says("450 wait"),)}, forever=True),
    Script("421 at RCPT", {"RCPT": (says("421 closing", goes_on=False),)}),
    Script("drops at RCPT", {"RCPT": (drops,) * 2}),
    Script("stalls at RCPT", {"RCPT": (stalls,)}),
    Script("not a number at RCPT", {"RCPT": (says("Two hundred and fifty"),)}),
    Script("451 at DATA", {"DATA": (says("451 later"),) * 2}),
    Script("554 at DATA", {"DATA": (says("554 no"),)}),
    Script("250 at DATA", {"DATA": (says("250 so what"),)}),
    Script("drops before 354", {"DATA": (drops,) * 2}),
    Script("drops after 354", {"DATA": (asks_then(drops),)}),
    Script("stalls after 354", {"DATA": (asks_then(stalls),)}),
    Script("answers too early", {"DATA": (answers_too_early,) * LETTERS}),
    Script("452 after the letter", {"CONTENT": (says("452 full"),) * 2}),
    Script("550 after the letter", {"CONTENT": (says("550 spam"),)}),
    Script("drops before its answer", {"CONTENT": (drops,)}),
    Script("takes it and drops", {"CONTENT": (stores_then(drops),) * 2}),
    Script("takes it and stalls", {"CONTENT": (stores_then(stalls),)}),
    Script("takes it and drips", {"CONTENT": (stores_then(drips),)}),
    Script("takes it and says nonsense", {"CONTENT": (stores_then(says("999 yes and no")),)}),
    Script("no STARTTLS", {}, extensions=()),
    Script("STARTTLS refused", {"STARTTLS": (says("454 not now"),)}, extensions=STARTTLS),
    Script("STARTTLS, then garbage", {"STARTTLS": (says(b"220 go\r\nplain words\r\n"),)}, extensions=STARTTLS),
    Script("a certificate of nobody's", {}, extensions=STARTTLS, trusted=False),
    Script("a good certificate", {}, extensions=STARTTLS),
    Script("535 always", {"AUTH": (says("535 no"),)}, forever=True, extensions=("AUTH PLAIN LOGIN",)),
    Script("454 at AUTH", {"AUTH": (says("454 later"),)}, extensions=("AUTH PLAIN LOGIN",)),
)
NEVER_SENT: Final = {"421 always", "550 at MAIL always", "553 at RCPT always", "450 at RCPT always", "no STARTTLS",
                     "a certificate of nobody's", "535 always"}  # fmt: skip
SLOW: Final = {"stalls on connect", "no line end", "drips on connect", "EHLO without end",
               "STARTTLS, then garbage", "stalls at RCPT", "stalls after 354", "takes it and stalls",
               "takes it and drips"}  # fmt: skip
ENOUGH: Final = 100.0  # seconds in which any machine answers
PATIENCE: Final = (2.0, 10.0, 50.0)  # seconds until a server stalls, and more where the machine itself was too busy
MAY_PARK: Final = {"drops after 354", "stalls after 354", "drops before its answer", "takes it and drops",
                   "takes it and stalls", "takes it and drips", "takes it and says nonsense"}  # fmt: skip


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext, Path]:
    """A certificate that the sender trusts, one that it does not, and the authority's file."""
    good, bad = trustme.CA(), trustme.CA()
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    good.cert_pem.write_to_path(str(path))
    return _served(good), _served(bad), path


def _served(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def at_the_server(server: ScriptedServer, script: Script, ca_file: Path, patience: float) -> MailServer:
    secure = "STARTTLS" in script.extensions or script.name == "no STARTTLS"
    user = "kanalkoll" if "AUTH" in " ".join(script.extensions) else ""
    return MailServer(
        host=server.host,
        port=server.port,
        tls=Tls.STARTTLS if secure else Tls.LOOPBACK,
        user=user,
        password="a made-up password",
        ca_file=ca_file if secure else None,
        sender="kanalkoll@almestad.example",
        step_seconds=patience,
        whole_seconds=2 * patience,
    )


def written(letters: SqlLetters, seed: int) -> None:
    """Five letters in the outbox, in another order for each seed."""
    names = [f"weekly:2026-W46:{number}@almestad.example" for number in range(LETTERS)]
    random.Random(seed).shuffle(names)  # noqa: S311  # an order, no secret
    new = [
        NewLetter(key=name, recipient=Addressee(address=name.rpartition(":")[2]), subject="1 ny",
                  message=composed(key=name, recipient=name.rpartition(":")[2]))
        for name in names
    ]  # fmt: skip
    letters.write(LetterKind.WEEKLY, "2026-W46", new, TUESDAY)


def number(name: str) -> bytes:
    """The Message-ID of a letter."""
    return headers(an_envelope(key=name))["Message-ID"].encode()


def test_there_are_enough_scripts():
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS) >= 40


@dataclass(frozen=True, slots=True)
class Came:
    """What came of five letters: how often the server took each, and how each ended."""

    taken: Mapping[bytes, int]
    ended: Mapping[str, LetterState]

    @property
    def sent(self) -> set[bytes]:
        return {number(name) for name, state in self.ended.items() if state is S.SENT}

    def is_what(self, script: Script) -> bool:
        """A letter is parked only where it may have arrived, and some are sent wherever any can be."""
        parks, sends = S.PARKED in self.ended.values(), bool(self.sent)
        return (parks, sends) == (script.name in MAY_PARK, script.name not in NEVER_SENT)


def sent_through(server: ScriptedServer, mail: MailServer, seed: int, database: str) -> Came:
    """Send five letters until each has ended, which takes three days at most."""
    store = open_store(database)
    letters, clock = SqlLetters(store.db, STOCKHOLM), HandClock(TUESDAY)
    written(letters, seed)
    post = SmtpPost(mail)
    sending = Sending(outbox=letters, posts={MAIL: post}, clock=clock, pause=lambda: None)
    for _ in range(40):  # four hours at most between two tries
        send_due(sending, 3_600)
        if all(letter.state in ENDED for letter in letters.letters()):
            break
        clock.now += timedelta(hours=4)
    post.close()
    ended = {letter.key: letter.state for letter in letters.letters()}
    store.close()
    return Came(server.taken, ended)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_letter_arrives_twice_and_every_one_ends_in_a_named_place(script, seed, authority, tmp_path):
    good, bad, ca_file = authority
    came = Came({}, {})
    for patience in PATIENCE if script.name in SLOW else (ENOUGH,):
        database = migrated(tmp_path / f"{patience}.sqlite3")
        with scripted_server(script, good if script.trusted else bad) as server:
            came = sent_through(server, at_the_server(server, script, ca_file, patience), seed, database)
        # only now is all taken: a server may answer first and take the letter afterwards
        assert len(came.ended) == LETTERS
        assert set(came.ended.values()) <= ENDED
        assert set(came.taken.values()) <= {1}, "never twice"
        assert came.sent <= set(came.taken), "what is called sent has been taken"
        if came.is_what(script):
            break
    assert came.is_what(script), came.ended


@pytest.mark.parametrize("was_claimed", [False, True])
def test_a_letter_that_nobody_was_there_to_send_for_two_days_is_never_sent(was_claimed: bool, tmp_path: Path):
    """Kanalkoll was stopped for a summer, or an old copy of its database is in use."""
    store = open_store(migrated(tmp_path / "letters.sqlite3"))
    letters, clock = SqlLetters(store.db, STOCKHOLM), HandClock(TUESDAY)
    written(letters, seed=0)
    assert not was_claimed or letters.claim(TUESDAY, 300)
    clock.now += timedelta(hours=49)
    with scripted_server(Script("behaves")) as server:
        post = SmtpPost(MailServer(host=server.host, port=server.port, tls=Tls.LOOPBACK, sender="k@almestad.example"))
        send_due(Sending(outbox=letters, posts={MAIL: post}, clock=clock, pause=lambda: None), 60)
    ended = {(letter.state, letter.answer) for letter in letters.letters()}
    store.close()
    assert (dict(server.taken), ended) == ({}, {(S.FAILED, "too_late")})


def test_a_password_is_never_shown_to_a_server_without_tls():
    """STARTTLS is taken out of what the server offers, as somebody between the two would."""
    with scripted_server(Script("stripped", extensions=("AUTH PLAIN",))) as server:
        settings = MailServer(host=server.host, port=server.port, user="kanalkoll", password="a made-up password",
                              sender="kanalkoll@almestad.example", step_seconds=ENOUGH)  # fmt: skip
        assert SmtpPost(settings).greet() == "no_starttls: 127.0.0.1"
        assert server.heard == ["EHLO"]


def test_without_tls_nothing_leaves_this_machine():
    settings = MailServer(host="mail.almestad.example", tls=Tls.LOOPBACK, sender="kanalkoll@almestad.example")
    assert SmtpPost(settings).greet() == "no_tls: mail.almestad.example"
