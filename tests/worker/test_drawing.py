"""What is drawn: bars that add up, nights as unbroken lines, posts and verdicts as dots where they belong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from audits.history import Answered, Glance, History, Said, Turned
from audits.model import CaseState, DriftStage, Existence, Severity, Stated, Transport
from audits.news import Night, Told, Turn
from tests.builders import NIGHT, TODAY, nights
from worker.rendering.drawing import Piece, Window, bar, columns, strip, window

DAYS = Window(start=NIGHT, end=nights(10))
READ = Glance(at=NIGHT, transport=Transport.OK, existence=Existence.PRESENT)
BLIND = replace(READ, transport=Transport.WALLED, existence=Existence.UNKNOWN)
CONFIRMED = Turned(at=nights(2), rule="gone", stage=DriftStage.CONFIRMED, severity=Severity.HIGH)


def seen(*looks: Glance) -> tuple[Glance, ...]:
    """One look a night."""
    return tuple(replace(look, at=nights(at)) for at, look in enumerate(looks))


def test_the_parts_of_a_bar_stand_side_by_side_and_empty_ones_are_left_out():
    assert bar([("a", 1), ("b", 0), ("c", 3)], 4) == [Piece("a", 1, 0.0, 25.0), Piece("c", 3, 25.0, 75.0)]


def test_a_bar_of_nothing_has_no_parts():
    assert bar([("a", 0)], 0) == []


def test_nights_that_were_read_are_one_line_and_a_blind_one_is_another():
    drawn = strip(History(looks=seen(READ, READ, BLIND, READ)), DAYS)
    assert (drawn.read, drawn.unread) == ("M0 0.5H1.9M3 0.5H3.9", "M2 0.5H2.9")


def test_a_night_on_which_nobody_looked_breaks_the_line():
    looks = (READ, replace(READ, at=nights(4)))
    assert strip(History(looks=looks), DAYS).read == "M0 0.5H0.9M4 0.5H4.9"


def test_only_what_falls_within_the_days_is_drawn():
    history = History(looks=(replace(READ, at=nights(-1)),), posts=(nights(-3), nights(1)), turned=(CONFIRMED,))
    drawn = strip(history, Window(start=NIGHT, end=nights(1)))
    assert (drawn.read, drawn.posts, drawn.marks) == ("", "M1 1.5h0", ())


def test_a_post_that_was_only_stated_is_drawn_as_such():
    said = Said(at=nights(3), what=Stated.LATEST_POST, on=TODAY, by="KF")
    drawn = strip(History(said=(said,)), Window(start=nights(-1), end=nights(5)))
    assert (drawn.posts, drawn.stated.endswith(" 1.5h0")) == ("", True)


def test_a_confirmed_verdict_is_drawn_by_how_grave_it_is_and_an_answer_beside_it():
    answered = Answered(at=nights(4), rule="gone", state=CaseState.ACKNOWLEDGED, by="KF")
    history = History(
        turned=(CONFIRMED, replace(CONFIRMED, at=nights(3), stage=DriftStage.CALMED)), answered=(answered,)
    )
    assert strip(history, DAYS).marks == (("answered", "M4 2.5h0"), ("high", "M2 2.5h0"))


def test_the_days_begin_before_the_first_look_but_no_further_back_than_allowed():
    histories = [History(looks=seen(READ))]
    assert window(histories, nights(10), timedelta(days=60), timedelta(days=14)).start == nights(-14)
    assert window(histories, nights(100), timedelta(days=60), timedelta(days=14)).start == nights(40)


def test_a_city_that_nobody_has_looked_at_has_days_all_the_same():
    assert window([], NIGHT, timedelta(days=60), timedelta(days=14)).days == 15


def test_a_night_is_a_column_as_high_as_what_was_read():
    told = Told(turn=Turn.TOLD, label="!", sentence="!")
    (column,) = columns([Night(at=NIGHT, recheck=False, accounts=8, read=6, told=(told,))])
    assert (column.read, column.told, column.held) == (75.0, 1, False)
