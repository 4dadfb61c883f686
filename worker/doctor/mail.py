"""Is mail in place? Asked of the server itself, and by a test letter.

settings ─▶ connect, TLS, log in ─▶ Answer            address ─▶ one letter, now, past the outbox ─▶ Answer
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Final

from audits.digest import Addressee, Fact, Sheet
from audits.wording import phrase
from audits.wording.reasons import heard
from audits.wording.said import Said, said
from worker.doctor.answer import Answer
from worker.ports.telling import Fate, Handover, Letter, LetterKind, LetterState

if TYPE_CHECKING:
    from config.settings import Settings

_REMEDIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("connection_refused", "timed_out", "dns", "reset"), "unreached"),
    **dict.fromkeys(("no_tls", "no_starttls", "starttls_refused"), "tls"),
    **dict.fromkeys(("certificate", "no_certificates"), "certificate"),
    **dict.fromkeys(("not_let_in", "no_common_log_in"), "log_in"),
}  # of what keeps a letter from a server that is named, by the reason's first word


def mail_answer(settings: Settings) -> list[Answer]:
    """Whether a letter could leave now, and whether any is stuck. Raises `BadMail`."""
    from worker.sending.smtp import SmtpPost
    from worker.wiring.telling import mail_server

    if not settings.smtp_host:
        return [Answer(what="mail", state="absent", told=said("doctor.mail.none"))]
    server = mail_server(settings)
    with closing(SmtpPost(server)) as post:
        refused = post.greet()
    told = said("doctor.mail", host=server.host, port=server.port, tls=server.tls.value, sender=server.sender)
    answers = [Answer(what="mail", state="wrong" if refused else "well", told=heard(refused) if refused else told,
                      remedy=remedy_of(refused) if refused else "")]  # fmt: skip
    return [*answers, *_stuck(settings)]


def remedy_of(reason: str) -> Said:
    """What would mend it, where the settings are all there and a server does not take what is sent to it."""
    kind = _REMEDIES.get(reason.partition(":")[0])
    return said(f"doctor.mend.mail.{kind}" if kind else "doctor.mend.mail")


def _stuck(settings: Settings) -> list[Answer]:
    from worker.storage.letters import SqlLetters
    from worker.wiring import has_database, open_store

    if not has_database(settings):
        return []
    with closing(open_store(settings)) as store:
        stuck = SqlLetters(store.db, settings.zone).letters([LetterState.PARKED, LetterState.FAILED])
    if not stuck:
        return []
    told = said("doctor.letters", count=len(stuck), answer=heard(stuck[0].answer))
    return [Answer(what="letters", state="ageing", told=told, remedy="kanalkoll digest outbox")]


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
        told = said("doctor.letter.sent", address=address, answer=heard(handover.answer))
        return Answer(what="test letter", state="well", told=told, remedy=said("doctor.letter.remedy"))
    told = said(f"doctor.letter.{handover.fate.value}", answer=heard(handover.answer))
    return Answer(what="test letter", state="wrong", told=told, remedy=remedy_of(handover.answer))


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
