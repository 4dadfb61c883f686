"""What the doctor says of single settings: each that is set is held against its form, whatever else is set.

settings ─settings_answers▶ Answer … of those that nothing could be done with; nothing where all are well

What was set and is used by nobody yet would otherwise be told on the day on which it is needed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from audits.refusal import Refused
from audits.wording.reasons import quoted
from audits.wording.said import said
from config.answers import BadAnswer, is_host
from config.stated import where_set
from worker.doctor.answer import Answer

if TYPE_CHECKING:
    from config.settings import Settings

_PAGE: Final = re.compile(r"https?://[^\s/@]+(/\S*)?", re.IGNORECASE)
_OAUTH: Final = ("smtp_oauth_tenant", "smtp_oauth_client", "smtp_oauth_secret")  # of which none serves alone


def settings_answers(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[Answer]:
    """What cannot be used, by the variable or the line of the file; nothing of what is well or not set."""
    return [*_ill_formed(settings, environ), *_half_given(settings)]


def _ill_formed(settings: Settings, environ: Mapping[str, str]) -> Iterator[Answer]:
    remedy = said("doctor.mend.settings")
    for name, hold in _forms(settings).items():
        try:
            hold()
        except (Refused, RuntimeError, ValueError) as wrong:
            what = wrong.args[0] if isinstance(wrong, Refused) else said("reasons.own_words", words=quoted(str(wrong)))
            told = said("declared.at", where=where_set(name, environ), what=what)
            yield Answer(what="settings", state="wrong", told=told, remedy=remedy)


def _forms(settings: Settings) -> Mapping[str, Callable[[], object]]:
    """What each setting that is set is held against, by its name; what is called raises where it cannot be used."""
    from worker.sending.channels import apprise_post
    from worker.sending.composing import mailbox, sender_of

    notified, hosts = settings.notify_urls.get_secret_value().split(), sorted(settings.own_internal_hosts)
    forms: Mapping[str, tuple[object, Callable[[], object]]] = {
        "console_url": (settings.console_url, partial(_page, settings.console_url)),
        "accessibility_statement": (
            settings.accessibility_statement,
            partial(_page, settings.accessibility_statement),
        ),
        "officer_recipient": (settings.officer_recipient, partial(mailbox, settings.officer_recipient)),
        "mail_from": (settings.mail_from, partial(sender_of, settings.mail_from)),
        "mail_stop": (settings.mail_stop, partial(mailbox, settings.mail_stop)),
        "operators": (settings.operators, lambda: [*map(mailbox, settings.operators)]),
        "notify_urls": (notified, partial(apprise_post, notified)),
        "smtp_host": (settings.smtp_host, partial(_host, settings.smtp_host)),
        "console_host": (settings.console_host, partial(_host, settings.console_host)),
        "own_internal_hosts": (hosts, lambda: [*map(_host, hosts)]),
    }
    return {name: hold for name, (value, hold) in forms.items() if value}


def _page(text: str) -> None:
    """Raises `BadAnswer`."""
    if not _PAGE.fullmatch(text):
        raise BadAnswer(said("init.bad.page", value=text))


def _host(text: str) -> None:
    """Raises `BadAnswer`. One word is a name too: of the city's own network, or of a container."""
    if not is_host(text.removesuffix("."), at_home=True):
        raise BadAnswer(said("init.bad.host", value=text))


def _half_given(settings: Settings) -> Iterator[Answer]:
    held = [name for name in _OAUTH if _text(getattr(settings, name))]
    if held and len(held) < len(_OAUTH):
        names = ", ".join(f"KANALKOLL_{name.upper()}" for name in _OAUTH if name not in held)
        told = said("declared.at", where=f"KANALKOLL_{held[0].upper()}", what=said("doctor.key.partly"))
        yield Answer(what="settings", state="wrong", told=told, remedy=said("doctor.key.set", names=names))


def _text(value: object) -> str:
    secret = getattr(value, "get_secret_value", None)
    return str(secret() if secret else value)
