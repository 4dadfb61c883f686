"""All accounts that somebody may take for ours, as questions.

strangers × ours ─compare▶ Likeness ─┬ ours, or decided not to be asked about again ─▶ left out
                                     └ the likest of ours ─▶ one question an account, the surest first
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from audits.lookalikes.comparing import Comparer, Face, Likeness, Sign
from audits.lookalikes.mirrors import is_one_of

_ORDER = list(Sign)


def questions(
    ours: Sequence[Face],
    strangers: Iterable[Face],
    comparer: Comparer,
    decided: Collection[str] = (),
    domains: Collection[str] = (),
) -> tuple[Likeness, ...]:
    """One likeness for each stranger that has one; keys of our own, in whatever network and under our `domains`, and
    `decided` ones are not asked about.
    """
    keys = {face.key for face in ours}
    passed = keys | set(decided)
    asked = {
        stranger.key: stranger
        for stranger in strangers
        if stranger.key not in passed and not is_one_of(stranger.key, keys, domains)
    }
    found = (likest(ours, stranger, comparer) for stranger in asked.values())
    return tuple(sorted((each for each in found if each), key=_rank))


def likest(ours: Iterable[Face], stranger: Face, comparer: Comparer) -> Likeness | None:
    """The one of ours that a stranger is likest; of several, one whose own name it is like, then of its platform."""
    found = (comparer.likeness(own, stranger) for own in ours)
    return min((each for each in found if each), key=lambda each: (*_rank(each), *_closeness(each)), default=None)


def _closeness(likeness: Likeness) -> tuple[bool, bool]:
    """What tells apart accounts of ours that are as like; the city's own names are everyone's."""
    ours, theirs = likeness.ours, likeness.theirs
    return likeness.spelt[0] not in (ours.handle, ours.name), ours.platform != theirs.platform


def _rank(likeness: Likeness) -> tuple[int, int, str]:
    return _ORDER.index(likeness.signs[0]), -len(likeness.signs), likeness.theirs.key
