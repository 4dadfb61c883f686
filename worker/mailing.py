"""Is mail in place? Asked of the server itself, and by a test letter.

settings ─▶ connect, TLS, log in ─▶ Answer            address ─▶ one letter, now, past the outbox ─▶ Answer
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from audits.digest import Addressee, Fact, Sheet
from audits.wording import phrase
from worker.doctoring import Answer
from worker.ports.telling import Fate, Handover, Letter, LetterKind, LetterState

if TYPE_CHECKING:
    from config.settings import Settings

REMEDY = "set KANALKOLL_SMTP_HOST, KANALKOLL_SMTP_TLS and KANALKOLL_MAIL_FROM; see docs/digest.md"


def mail_answer(settings: Settings) -> list[Answer]:
    """Whether a letter could leave now, and whether any is stuck. Raises `BadMail`."""
    from worker.sending.smtp import SmtpPost
    from worker.wiring.telling import mail_server

    if not settings.smtp_host:
        return [Answer(what="mail", state="absent", told="no mail server: letters are written for previews alone")]
    server = mail_server(settings)
    with closing(SmtpPost(server)) as post:
        refused = post.greet()
    told = f"{server.host}:{server.port}, {server.tls.value}, as {server.sender}"
    answers = [Answer(what="mail", state="wrong" if refused else "well", told=refused or told,
                      remedy=REMEDY if refused else "")]  # fmt: skip
    return [*answers, *_stuck(settings)]


def _stuck(settings: Settings) -> list[Answer]:
    from worker.storage.letters import SqlLetters
    from worker.wiring import open_store

    with closing(open_store(settings)) as store:
        stuck = SqlLetters(store.db, settings.zone).letters([LetterState.PARKED, LetterState.FAILED])
    told = f"{len(stuck)} letters wait for a person: {stuck[0].answer}" if stuck else ""
    return [Answer(what="letters", state="ageing", told=told, remedy="kanalkoll digest outbox")] if stuck else []


def a_test_letter(settings: Settings, address: str) -> Answer:
    """Send one letter, now. Raises `BadMail`, or `BadAddress` where the address is none."""
    from worker.sending.smtp import SmtpPost
    from worker.sending.writing import MailWriter
    from worker.wiring import utc_now
    from worker.wiring.telling import mail_server

    server, now = mail_server(settings), utc_now()
    sheet = a_test_sheet(settings.language, server.host, server.tls.value)
    key = f"test:{now.isoformat()}:{address}"
    to = Addressee(address=address, language=settings.language)
    message = MailWriter(sender=settings.mail_from).letter(sheet, key, to, now, lambda _: "")
    letter = Letter(id=0, key=key, kind=LetterKind.NOTICE, slot="", channel="mail", recipient=address, shared=False,
                    subject=sheet.subject, state=LetterState.CLAIMED, made_at=now, due_at=now, attempts=1,
                    message=message)  # fmt: skip
    with closing(SmtpPost(server)) as post:
        handover = post.hand_over(letter, lambda: True)
    return _answer(address, handover)


def _answer(address: str, handover: Handover) -> Answer:
    if handover.fate is Fate.SENT:
        told = f"handed over for {address}: {handover.answer}"
        return Answer(what="test letter", state="well", told=told, remedy="see that it arrived, and not as spam")
    return Answer(what="test letter", state="wrong", told=f"{handover.fate.value}: {handover.answer}", remedy=REMEDY)


def a_test_sheet(language: str, host: str, tls: str) -> Sheet:
    """What a test letter says."""

    def say(key: str) -> str:
        return phrase(key, language)

    return Sheet(
        language=language,
        subject=say("test.subject"),
        title=say("test.subject"),
        opening=say("test.opening"),
        glance=(Fact(label=say("test.server"), text=host), Fact(label=say("test.tls"), text=tls)),
    )
