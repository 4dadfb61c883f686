"""What `kanalkoll timeline` shows of an account's lines: what changed or was decided, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from audits.observing import UNADDRESSED
from tests.desk import Desk
from worker.cli import main
from worker.cli.speaking import evidence, speak, words
from worker.cli.timeline import in_one_line, turns
from worker.ports import TimelineEntry

NIGHT = datetime(2026, 11, 9, 2, tzinfo=UTC)


def line(what: str, **text: str) -> TimelineEntry:
    return TimelineEntry(at=NIGHT, what=what, text=text)


def look(identity: str = "same", transport: str = "ok") -> TimelineEntry:
    return line("observation", transport=transport, existence="present", identity=identity)


def finding(outcome: str, fingerprint: str = "2026-01-02") -> TimelineEntry:
    return line("finding", rule="inactive", outcome=outcome, fingerprint=fingerprint)


def test_a_look_that_sees_the_same_is_no_turn():
    first, other = look("first_seen"), look("different")
    assert turns([first, look(), look(), other, other]) == [first, other]


def test_a_remark_is_a_turn_once_and_again_when_it_is_mended():
    failed, mended, back = finding("failed"), finding("passed"), finding("failed")
    lines = [finding("passed"), failed, finding("failed"), finding("cannot_tell"), mended, finding("passed"), back]
    assert turns(lines) == [failed, mended, back]


def test_a_remark_on_something_else_is_a_turn():
    lines = [finding("failed", "one"), finding("failed", "two")]
    assert turns(lines) == lines


def test_another_id_is_told_without_the_name_of_its_kind_as_everywhere_else():
    taken = line("finding", rule="taken-over", outcome="failed", fingerprint="user:7", platform_id="user:7")
    with click.Context(main):
        assert in_one_line(taken, {}).endswith(", 7")
        assert in_one_line(finding("failed", "facebook:almestad"), {}).endswith(", facebook:almestad")


def test_what_people_did_is_always_a_turn():
    lines = [line("register", kind="add"), line("case", rule="inactive", act="explain", state="explained")] * 2
    assert turns(lines) == lines


def test_what_was_stated_is_told_in_its_name_and_its_link_on_demand():
    stated = line("statement", stated="latest_post", on="2026-11-03", by="KF", source_url="https://x.com/a/status/1")
    assert turns([stated]) == [stated]
    with click.Context(main):
        speak("sv")
        assert in_one_line(stated, {}) == "senaste inlägg 3 november 2026, uppgett av KF; inte sett"
        assert in_one_line(stated, {}, every=True).endswith(" https://x.com/a/status/1")


def test_a_new_account_is_told_without_the_cells_that_are_empty(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.environment["KANALKOLL_LANGUAGE"] = "sv"
    desk.answer(
        "register", "import", desk.file("register.csv", "Namn;Adress\nMuseet;https://x.com/museet\n"), "--by", "KF"
    )
    told = desk.run("timeline", "1").stdout
    assert "nytt konto, av KF" in told
    assert "row." not in told
    assert "[]" not in told


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (line("observation", transport="ok", existence="gone", doubted="True"), "timeline.doubted"),
        (line("observation", transport="not_permitted", reason=UNADDRESSED), "timeline.no_address"),
        (line("observation", transport="ok", existence="unknown"), "timeline.undecided"),
        (line("finding", rule="gone", outcome="failed", stage="held"), "timeline.held"),
    ],
)
def test_what_counts_for_nothing_says_why_instead_of_what_it_saw(entry: TimelineEntry, told: str):
    assert in_one_line(entry, {}).endswith(words(told))


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("denied on 2026-11-03", "svarat nej den 3 november 2026"),
        ("overdue since 2026-10-31", "obesvarat, sista svarsdag var 31 oktober 2026"),
        ("2026-07-01", "1 juli 2026"),
        ("gone", "finns inte"),
        ("Välkommen hit", "Välkommen hit"),
    ],
)
def test_what_a_rule_saw_is_read_in_the_terminals_language(kept: str, read: str):
    with click.Context(main).scope():
        speak("sv")
        assert evidence(kept) == read
