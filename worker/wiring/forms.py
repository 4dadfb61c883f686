"""What single settings must look like: held by whoever uses them, and by the doctor whatever else is set.

settings, the names of those in use ─ill_formed▶ Said … of those that nothing could be done with ─held▶ BadSettings
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from audits.refusal import Refused
from audits.wording.reasons import quoted
from audits.wording.said import Said, said
from config.answers import BadAnswer, is_host
from config.stated import BadSettings, where_set
from config.toml import one_a_line

if TYPE_CHECKING:
    from config.settings import Settings

LETTERS: Final = frozenset({"console_url", "officer_recipient", "mail_from", "mail_stop", "operators"})
PAGES: Final = frozenset({"console_url", "accessibility_statement", "console_host"})
_PAGE: Final = re.compile(r"https?://[^\s/@]+(/\S*)?", re.IGNORECASE)


def held(settings: Settings, names: Collection[str]) -> None:
    """Raises `BadSettings`, a line for each of these that is set and cannot be used."""
    if wrong := tuple(ill_formed(settings, names)):
        raise BadSettings(one_a_line(wrong))


def ill_formed(
    settings: Settings, names: Collection[str] | None = None, environ: Mapping[str, str] = os.environ
) -> Iterator[Said]:
    """What cannot be used of these, or of all, by the variable or the line of the file, each with its remedy."""
    for name, hold in _forms(settings).items():
        if names is not None and name not in names:
            continue
        try:
            hold()
        except (Refused, RuntimeError, ValueError) as wrong:
            what = wrong.args[0] if isinstance(wrong, Refused) else said("reasons.own_words", words=quoted(str(wrong)))
            yield said("declared.at", where=where_set(name, environ), what=what)


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
