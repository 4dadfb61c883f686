"""Whether a text shows a word, as people read it: whatever letters, marks and endings it is written with.

    "𝐇𝐄𝐋𝐒𝐈𝐍𝐆𝐁𝐎𝐑𝐆𝐒 stad" ─folded▶ "helsingborgs stad"
    "Nässjö kommun"     ─names ▶ "nassjo"             what is left when the kind of body and its genitive are taken off
    "Hbg"               ─stands for▶ Helsingborg      its first consonant and some of the others, in their order

It is for acquitting: who writes so that people understand it is told nothing. UTS #15 (NFKD) for letters of other
looks; letters without such a form by their names in Unicode.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from unicodedata import category, name, normalize

from audits.harvesting.words import each_of

_DRAWN_AS: Final = re.compile(
    r"(?:LATIN (?:CAPITAL|SMALL) LETTER|LATIN LETTER SMALL CAPITAL|LATIN CAPITAL LETTER"
    r"|REGIONAL INDICATOR SYMBOL LETTER) (?:DOTLESS )?([A-Z])\b"
)
_NOT_DRAWN: Final = frozenset({"Cf", "Mn", "Me"})
_WORD: Final = re.compile(r"[^\W_]+")
_BEYOND_ASCII: Final = re.compile(r"[^\0-\x7f]")
_BODIES: Final = each_of(
    "stad stads staden stadens kommun kommuns kommunen kommunens kommune municipality city town county region the of "
    "landsting lansting regionen"
)
_EVERYDAY: Final = each_of(
    "stad kommun region park gata gatu trafik biblio skol gymnasi vux kultur fritid ungdom unga barn famil omsorg "
    "aldre vard halsa social stod miljo klimat natur vatten avfall energi bygg bostad fastig idrott sport simhall "
    "muse konst teater musik film scen evenemang event naring foretag turis besok jobb arbet karriar rekry "
    "integration demokrati politik nyhet info kommunik press media kontakt service medborg invan digital teknik "
    "utveck projekt framtid foren fest marknad raddning sakerhet beredskap kansli namnd forvaltning enhet avdelning "
    "verksamhet officiel vara vart livet lokal hall city town school library culture children young youth health "
    "care news official sports leisure environment work team page sida konto kanal channel skriv hander rektor"
)
_BESIDE_NAMES: Final = (*sorted(_EVERYDAY), *sorted(_BODIES), "visit", "upplev")  # words that names stand in
_ENDINGS: Final = ("ernas", "arnas", "ens", "ets", "arna", "erna", "orna", "en", "et", "na", "an", "n", "s")
_SHORTEST_STEM: Final = 4
_VOWELS: Final = frozenset("aeiouy")


@lru_cache(1024)
def folded(text: str) -> str:
    """Letters and digits in lower-case ASCII where they have such a form, words set apart by one space."""
    plain = _BEYOND_ASCII.sub(_plain, normalize("NFKD", text)).casefold()
    return " ".join(_WORD.findall(plain))


def _plain(found: re.Match[str]) -> str:
    letter = found[0]
    if category(letter) in _NOT_DRAWN:
        return ""
    drawn = _DRAWN_AS.search(name(letter, ""))
    return drawn[1] if drawn else letter


def shows_city(text: str, city: str) -> bool:
    """Whether the text names the city: in any form of its name, in one word with others, or by a usual shortening."""
    bare = _bare(city)
    words = folded(text)
    if len(bare) < _SHORTEST_STEM:
        return bool(bare) and _shows_short(words, bare)
    return bool(bare) and (bare in words.replace(" ", "") or any(_stands_for(word, bare) for word in words.split()))


def _shows_short(words: str, bare: str) -> bool:
    spelt = f" {' '.join(bare)} " in f" {words} "
    return spelt or any(_begins_with(word, bare) or _ends_with(word, bare) for word in words.split())


def _begins_with(word: str, bare: str) -> bool:
    """Alekommun, Ales museer: a short name stands in many words (`salen`, `arena`), so the rest must be one as well."""
    rest = word.removeprefix(bare)
    return rest != word and (not rest or rest[0] == "s" or rest.startswith(_BESIDE_NAMES))


def _ends_with(word: str, bare: str) -> bool:
    return word.endswith(bare) and word.startswith(_BESIDE_NAMES)


def _bare(city: str) -> str:
    """The name alone: a body is named in the genitive, its places are not."""
    said = folded(city).split()
    kept = [word for word in said if word not in _BODIES] or said
    whole = "".join(kept)
    return whole.removesuffix("s") if len(kept) < len(said) and len(whole) > _SHORTEST_STEM else whole


def _stands_for(word: str, bare: str) -> bool:
    """Hbg, Sthlm and Gbg: consonants alone, the first of the name before the others."""
    if not 3 <= len(word) <= 5 or not _VOWELS.isdisjoint(word) or word[0] != bare[0]:
        return False
    left = iter(bare)
    return all(letter in left for letter in word)


def shows_any(text: str, bodies: Iterable[str]) -> str | None:
    """The first of the units that the text shows by one of its words, in whatever form."""
    words = folded(text)
    return next((body for body in bodies if any(stem in words for stem in _stems(body))), None)


def _stems(body: str) -> Iterator[str]:
    """The whole, and each longer word of it less its ending: `Stadsbiblioteket` is Helsingborgs stadsbibliotek."""
    whole = folded(body)
    if whole:
        yield whole
    yield from (_stem(word) for word in whole.split() if len(word) >= _SHORTEST_STEM)


def _stem(word: str) -> str:
    cut = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end))
    return next((stem for stem in cut if len(stem) >= _SHORTEST_STEM), word)


_MISTAKEN: Final = {  # words and names that hold another word by chance
    "kris": re.compile(r"\bkrist(?!id)\w*"),  # Kristianstad, kristen; and not kristid
    "arkiv": re.compile(r"\b\w+arkiv\w*|\barkivets?\b"),  # Stadsarkivet; and not arkiverat
}


def shows_word(text: str, word: str) -> bool:
    """Whether a word or a phrase stands in the text, alone or as a part of a longer word; short ones stand alone."""
    words, wanted = folded(text), folded(word)
    if mistaken := _MISTAKEN.get(wanted):
        words = mistaken.sub("", words)
    if len(wanted) < _SHORTEST_STEM:
        return bool(wanted) and f" {wanted} " in f" {words} "
    return wanted in words


def is_telling(title: str) -> bool:
    """Whether a name holds a word that is no everyday word for what any city does: "Dunkers kulturhus" does."""
    words = [word for word in folded(title).split() if len(word) >= _SHORTEST_STEM and word not in _BODIES]
    return any(not any(everyday in word for everyday in _EVERYDAY) for word in words)
