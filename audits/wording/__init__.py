"""The words people read, in Swedish and English: facts with time and source, no adjectives about anybody.

phrase(key, language, **facts) ─▶ one sentence
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audits.wording import english, swedish

LANGUAGES: Mapping[str, Mapping[str, str]] = {"sv": swedish.PHRASES, "en": english.PHRASES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """In whose words something is written. `labels` names platforms as people do; `note` stands above everything."""

    language: str
    city: str = ""
    note: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, platform: str) -> str:
        return self.labels.get(platform, platform)


def phrase(key: str, language: str, **facts: object) -> str:
    """The sentence for `key`. A language that is not there is answered in Swedish.

    Raises `KeyError` for a sentence that nobody has written: a test holds the catalogues against each other.
    """
    return LANGUAGES.get(language, swedish.PHRASES)[key].format(**facts)
