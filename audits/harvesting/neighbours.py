"""Accounts named after a place by others than the body that the place is run by: its club, its paper, somebody who
lives there.

almestadsif, polisenalmestad   a body of its own, and says so
grannbykommun                  another body of the publisher's kind
anna.andersson.almestad        words of nobody's work before the place: a person, or a company

Whose such an account is, a person tells: the city may have one that is called so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from audits.harvesting.likeness import parts_of
from audits.harvesting.publisher import Publisher
from audits.harvesting.words import each_of

_OTHERS: Final = each_of(
    "polis police moderat socialdemokrat centerparti vansterparti liberalerna miljopart kristdemokrat sverigedemokrat "
    "partiet tidning posten bladet dagblad allehanda kuriren radio kyrka kyrkan forsamling pastorat rodakors "
    "raddabarnen hyresgast foretagarna handlare kopman cityforening studentkar elevkar forening klubb idrott fotboll "
    "handboll hockey innebandy simsallskap ridklubb golf scout pensionar lions rotary villaagare hemvarn vardcentral "
    "sjukhus folktandvard apotek lansstyrelse forsakringskassa arbetsformedling skatteverk koposalj loppis hundklubb "
    "friskola universitet hogskola politiet kirke kirken avis idrettslag fagforening feuerwehr partei kirche"
)  # parts of longer words
_SHORT: Final = each_of(
    "if fk bk ff ik is sk hk gk ibk ifk aik bois hf bhk fc afc sc m s c v l mp kd sd fi ssu muf cuf p4 svt sr "
    "ab hb kb ag gmbh as"
)  # alone, or joined to the place
_BODIES: Final = re.compile(r"(?:kommune?|kommuner|landsting)\Z|\A(?:region|kommunen|lansstyrelsen)(?=[a-z])")
_WORKS: Final = each_of(
    "bibl kultur skol gymnasi vux fritid ungdom unga barn omsorg vard halsa social stod miljo klimat natur park gata "
    "vatten avfall energi bygg bostad idrotts sport bad simhall muse konst teater musik scen event evenemang naring "
    "turis visit besok jobb arbet karriar rekry press info nyhet news kontakt service medborg digital utveck projekt "
    "raddning sakerhet trafik camp invest library school culture youth health works leisure official kommun stad city "
    "town upplev destination explore jobba"
)  # what a city does, and how it calls itself


def is_a_neighbours(handle: str, publisher: Publisher) -> bool:
    """Whether the handle joins the publisher's name, or that of the body above, to a word for another body."""
    return any(_is_others(beside) for rest in _rests(handle, publisher) for beside in rest)


def is_another_body(handle: str) -> bool:
    """Whether the handle says that it is a public body's."""
    return bool(_BODIES.search("".join(parts_of(handle.partition("@")[0]))))


def is_somebodys(handle: str, publisher: Publisher) -> bool:
    """Whether the handle only ends with the publisher's name, after words for nothing that a city does."""
    return any(
        before and not after.strip("0123456789") and not any(work in before for work in _WORKS)
        for before, after in _rests(handle, publisher)
    )


_FEW: Final = 3


def _rests(handle: str, publisher: Publisher) -> Iterator[tuple[str, str]]:
    """What stands before and after a name in the handle itself; the server behind it is the lender's."""
    whole = "".join(parts_of(handle.partition("@")[0]))
    for name in (*publisher.names, *publisher.above):
        place = name.whole.removesuffix("kommun").removesuffix("stad") or name.whole
        for each in {name.whole, place, place.removesuffix("s")}:
            before, found, after = whole.partition(each)
            if found and len(each) > _FEW:
                yield before, after


def _is_others(beside: str) -> bool:
    """Of what is joined to a place, the genitive's ending is no part."""
    return bool({beside, beside.removeprefix("s")} & _SHORT) or any(word in beside for word in _OTHERS)
