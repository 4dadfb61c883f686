"""Words, days and channels as letters tell them, in one language and at one moment of the city's.

Whatever a stranger wrote is put on one line and stripped of what cannot be seen before it stands in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from audits.days import Now
from audits.model import Account
from audits.reading.scrub import one_line
from audits.reporting import abridged
from audits.wording import Terms, phrase
from audits.wording.dates import clock_in_words, day_in_words, told, written_day


def in_short(text: str, limit: int) -> str:
    """A stranger's text on one line; where it has no room it ends after a whole word, with a sign that it goes on."""
    return abridged(one_line(text), limit)


@dataclass(frozen=True, slots=True)
class Voice:
    """The language of a letter and the moment it is made at: a day of another year is told with its year."""

    terms: Terms
    now: Now

    def say(self, key: str, **facts: object) -> str:
        return phrase(key, self.terms.language, **facts)

    def day(self, day: date) -> str:
        return day_in_words(day, self.terms.language, self.now.today)

    def day_of(self, at: datetime) -> str:
        """The city's day of a moment, in words."""
        return self.day(self.now.day_of(at))

    def plain(self, value: str) -> str:
        """What was seen, on one line; a day in words."""
        day = written_day(value)
        return self.day(day) if day else abridged(one_line(told(value, self.terms.language)), 120)

    def moment(self, at: datetime) -> str:
        clock = clock_in_words(at, self.terms.language, self.now.zone)
        return self.say("digest.moment", day=self.day_of(at), clock=clock)

    def last_read(self, at: datetime | None) -> str:
        """When a look last saw an account."""
        return self.say("digest.last_read", day=self.day_of(at)) if at else self.say("digest.never_read")

    def channel(self, account: Account) -> str:
        """A channel as people name it: its name in the register, and its platform."""
        return f"{in_short(account.name, 80)} ({self.terms.label(account.platform)})"
