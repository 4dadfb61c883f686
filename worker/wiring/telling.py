"""Letters, wired: settings to a mail server, a second channel, the outbox and the pages behind the buttons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from audits.days import day_of
from audits.digest import WEEKDAYS, Addressee, Digest, Fact, Sheet, Weekly, WhenWell, week_of
from audits.digest.overview import overview_sheet
from audits.refusal import Refused
from audits.wording import Terms
from audits.wording.said import Said, said
from config.stated import BadSettings
from worker.steps.alerting import overview, write_overview, write_trouble, write_urgent
from worker.steps.posting import Sending, Sent, send_due
from worker.steps.telling import Manner, Telling, week, write_week
from worker.steps.withholding import Withheld, withhold
from worker.storage.engine import Database
from worker.storage.letters import SqlLetters
from worker.storage.tokens import new_token
from worker.wiring import Deployment
from worker.wiring.awaiting import asked_about, doubted, how_found, mass_changes
from worker.wiring.clocks import clock_doubt
from worker.wiring.forms import LETTERS, held
from worker.wiring.upkeep import lacks, signs, upkeep

if TYPE_CHECKING:
    from config.settings import Settings
    from worker.ports.telling import Post
    from worker.sending.connecting import MailServer

SEND_SECONDS: Final = 150.0  # of one slice, well within a task's time
_UNSENT: Final = "Kanalkoll <kanalkoll@kanalkoll.invalid>"  # for previews: RFC 2606 has nobody there


class BadMail(Refused):
    """Settings of mail that cannot be used; the message names the setting and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one tick wrote."""

    weekly: int = 0
    urgent: int = 0
    overview: bool = False
    trouble: bool = False

    def __bool__(self) -> bool:
        return bool(self.weekly or self.urgent or self.overview or self.trouble)


@dataclass(frozen=True, slots=True)
class Letters:
    """What a command, a task or a page calls."""

    deployment: Deployment

    @property
    def stored(self) -> SqlLetters:
        return SqlLetters(self.deployment.store.db, self.deployment.settings.zone)

    def telling(self) -> Telling:
        """What letters are written with, as of now. Raises `BadMail`."""
        from worker.sending.writing import MailWriter

        settings, deployment = self.deployment.settings, self.deployment
        return Telling(
            store=deployment.store,
            letters=self.stored,
            mailboxes=deployment.store,
            writer=MailWriter(sender=settings.mail_from or _UNSENT, stop_address=settings.mail_stop),
            routines=deployment.instruments.rulebook.routines,
            terms=self.terms,
            manner=manner(settings),
            token=new_token,
            questions=self.questions,
            asked=lambda: asked_about(deployment),
            doubted=lambda: doubted(deployment),
            mass_changes=lambda: mass_changes(deployment, settings.officer_language or settings.language),
            upkeep=lambda: upkeep(deployment, settings.officer_language or settings.language),
            signs=lambda: signs(deployment, settings.officer_language or settings.language),
            of_the_house=lambda: lacks(deployment),
        )

    def questions(self) -> Mapping[int, Sequence[date]]:
        """By when each question of attestation that waits is to be answered, by the account it is about."""
        from worker.wiring.attesting import Attesting

        waiting: dict[int, list[date]] = {}
        for asked in Attesting(self.deployment).rounds():
            for account_id, _ in asked.open:
                waiting.setdefault(account_id, []).append(asked.due_on)
        return waiting

    def discovered(self) -> list[Fact]:
        """Channels that wait for the officer's decision, each with how it was found; answered ones come first."""
        from audits.triage import CandidateState
        from worker.wiring.reconciling import Reconciling

        settings = self.deployment.settings
        language = settings.officer_language or settings.language
        found = Reconciling(self.deployment).waiting((CandidateState.OPEN, CandidateState.ASKED))
        yours = [each for each in found if each.answer or each.candidate.state is CandidateState.OPEN]
        return [
            Fact(
                label=f"{each.candidate.id}: {each.candidate.name or each.candidate.key}",
                text=how_found(each, language),
            )
            for each in sorted(yours, key=lambda each: each.answer is None)
        ]

    def terms(self, language: str) -> Terms:
        """The words of this city's letters."""
        return self.deployment.instruments.terms(language)

    def this_week(self) -> Iterator[tuple[Digest, Sheet]]:
        """This week's letters as they would be now, also to those who may not be written to yet."""
        now = self._now()
        slot = week_of(day_of(now, self.deployment.settings.zone))
        return week(self.telling(), slot, now, also_unreleased=True)

    def overview_now(self) -> Sheet:
        """The officer's overview as it would be now."""
        telling, now = self.telling(), self._now()
        own = telling.manner
        slot = week_of(day_of(now, own.zone))
        language = own.officer.language if own.officer else own.language
        view = overview(telling, self.stored, slot, now, self.discovered())
        return overview_sheet(view, self.terms(language), own.zone)

    def write_due(self) -> Written:
        """Write every letter that is due now. Without a sender's address nothing is written: nothing could be sent."""
        if not self.deployment.settings.mail_from:
            return Written()
        outbox, now = self.stored, self._now()
        urgent = write_urgent(self.telling(), now)
        telling = self.telling()  # as of now: what was told a moment ago is told
        return Written(
            urgent=urgent,
            overview=write_overview(telling, outbox, now, self.discovered),
            weekly=write_week(telling, now) or 0,
            trouble=write_trouble(telling, outbox, now),
        )

    def send(self, seconds: float = SEND_SECONDS) -> Sent:
        """Send what is due, one slice. Raises `BadMail`."""
        import time

        settings, deployment = self.deployment.settings, self.deployment
        between = 60 / settings.mail_per_minute
        sending = Sending(
            outbox=self.stored, posts=posts(settings), clock=deployment.clock, pause=lambda: time.sleep(between)
        )
        return send_due(sending, seconds)

    def withhold(self, administration: str, by: str) -> Withheld | None:
        """Write nothing to an administration, by its whole name, until it is released again, nor send what still waits
        for it, in one transaction; None where it was not released.
        """
        now, zone, behind = self._now(), self.deployment.settings.zone, self._behind()

        def work(db: Database) -> Withheld | None:
            stored = SqlLetters(db, zone)
            return withhold(stored, stored, administration, by, now, behind)

        return self.deployment.store.db.together(work)

    def _behind(self) -> Mapping[str, Collection[str]]:
        """The administrations for whose accounts each mailbox answers; the officer's is left out."""
        told, officer = self.deployment.who_is_told(), self.deployment.settings.officer_recipient
        behind: dict[str, set[str]] = {}
        for account in self.deployment.store.accounts(ids=told):
            behind.setdefault(told[account.id].recipient.casefold(), set()).add(account.administration or "")
        return {mailbox: owners for mailbox, owners in behind.items() if mailbox != officer.casefold()}

    def may_send(self) -> bool:
        """Whether this deployment has any way to send."""
        settings = self.deployment.settings
        return bool(settings.smtp_host or settings.notify_urls.get_secret_value())

    def _now(self) -> datetime:
        return self.deployment.clock()


def correspond(deployment: Deployment) -> Sent | None:
    """Write every letter that is due and send a slice of what waits, unless something speaks against the clock;
    None where there is no way to send.
    """
    letters = Letters(deployment)
    if doubted := clock_doubt(deployment.store, deployment.clock()):
        return Sent(fates={}, blocked=doubted)  # no clock that is wrong may say that a week is over
    try:
        letters.write_due()
        return letters.send() if letters.may_send() else None
    except (BadMail, BadSettings) as wrong:  # a night's work must not end for it; the doctor says so as well
        return Sent(fates={}, blocked=wrong.args[0])


def kept_back(settings: Settings) -> Said | None:
    """What in the settings keeps every letter from being written or sent, and what would mend it; None where
    nothing does, or none is meant to be.
    """
    try:
        if settings.mail_from:
            manner(settings)
            posts(settings)
    except (BadMail, BadSettings) as wrong:
        return said("terminal.up.kept_back", why=wrong.args[0])
    return None


def manner(settings: Settings) -> Manner:
    """How this deployment writes. Raises `BadMail` or `BadSettings`."""
    held(settings, LETTERS)
    officer = settings.officer_recipient
    language = settings.officer_language or settings.language
    url = settings.console_url
    if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise BadMail(said("refused.mail.console", value=url))
    return Manner(
        zone=settings.zone,
        weekly=Weekly(WEEKDAYS.index(settings.digest_weekday), settings.digest_at),
        overview=Weekly(WEEKDAYS.index(settings.overview_weekday), settings.overview_at),
        language=settings.language,
        when_well=WhenWell(settings.digest_when_well),
        officer=Addressee(address=officer, language=language) if officer else None,
        operators=tuple(Addressee(address=each, language=settings.language) for each in settings.operators),
        console_url=url,
        channels=("apprise",) if settings.notify_urls.get_secret_value() else (),
    )


def posts(settings: Settings) -> Mapping[str, Post]:
    """Every way to send, by channel. Raises `BadMail` or `BadSettings`."""
    from worker.ports.telling import MAIL
    from worker.sending.channels import CHANNEL, apprise_post
    from worker.sending.smtp import SmtpPost

    held(settings, ("notify_urls",))
    found: dict[str, Post] = {}
    if settings.smtp_host:
        found[MAIL] = SmtpPost(mail_server(settings))
    if addresses := settings.notify_urls.get_secret_value().split():
        found[CHANNEL] = apprise_post(addresses)
    return found


def mail_server(settings: Settings) -> MailServer:
    """The server as the settings name it. Raises `BadMail` or `BadSettings`."""
    from worker.sending.composing import sender_of
    from worker.sending.connecting import MailServer, Tls, is_loopback

    held(settings, ("smtp_host", "mail_from"))
    tls = Tls(settings.smtp_tls)
    if tls is Tls.LOOPBACK and not is_loopback(settings.smtp_host):
        raise BadMail(said("refused.mail.loopback"))
    if not settings.mail_from:
        raise BadMail(said("refused.mail.sender"))
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=tls,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        token=_token(settings),
        ca_file=settings.smtp_ca_file,
        sender=sender_of(settings.mail_from)[1],
    )


def _token(settings: Settings) -> Callable[[], str] | None:
    """Microsoft 365's access tokens, fetched by the one way out; None where a password is used."""
    if not settings.smtp_oauth_client:
        return None
    from worker.wiring.tokens import microsoft_token

    return microsoft_token(settings)
