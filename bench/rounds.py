"""Fetch and read: every contender in turn, round after round, its own start-up taken off.

    warm-up round (dropped) ─▶ A B C, A B C, … ─▶ gate: does it say what the pages say? ─▶ CPU-s per 1,000 pages, ratios

A contender that differs from the expected pages is told as wrong and gets no figure; one that is not installed is told
as not here. Rounds interleave, so that whatever else the machine does meets all of them alike.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.children import ROOT, Contender, Took, run
from bench.pages import HOST, address_path, expected, name_of, number_in
from bench.serving import served

OWN: Final = Path(sys.executable)
PEERS: Final = ROOT / ".cache" / "bench" / "bin" / "python"
FLOOR: Final = "floor"
CONTENDERS: Final = (
    Contender(FLOOR, "bench.contenders.floor", PEERS),
    Contender("kanalkoll", "bench.contenders.kanalkoll_read", OWN),
    Contender("kanalkoll, whole audit", "bench.contenders.kanalkoll_audit", OWN, prepare=True),
    Contender("httpx + BeautifulSoup", "bench.contenders.httpx_bs4", PEERS),
    Contender("requests-futures", "bench.contenders.requests_futures", PEERS),
    Contender("Scrapy", "bench.contenders.scrapy_spider", PEERS),
)


@dataclass(slots=True)
class Score:
    """One contender's rounds: CPU seconds per 1,000 pages without its start, memory, and why it has none."""

    cpu: list[float] = field(default_factory=list)
    start: float = 0.0
    peak: float = 0.0
    fault: str = ""


def compare(pages: int, rounds: int, hosts: int, delay: float) -> dict[str, Score]:
    """Every contender's score, in the order of `CONTENDERS`."""
    scores = {each.name: Score() for each in CONTENDERS}
    with served(hosts, delay) as port:
        urls = [f"http://127.0.0.{number % hosts + 1}:{port}{address_path(number)}" for number in range(pages)]
        for number in range(rounds + 1):
            for contender in CONTENDERS:
                if not scores[contender.name].fault:
                    play(contender, urls, scores[contender.name], counts=number > 0)
    return scores


def play(contender: Contender, urls: Sequence[str], score: Score, *, counts: bool) -> None:
    """One round of one contender: a page for its start, then all of them."""
    one, everything = run(contender, urls[:1]), run(contender, urls)
    score.fault = fault_of(contender, one, everything, urls)
    if score.fault or one is None or everything is None or not counts:
        return
    score.cpu.append((everything.cpu - one.cpu) * 1000 / (len(urls) - 1))
    score.start, score.peak = one.cpu, max(score.peak, everything.peak)


def fault_of(contender: Contender, one: Took | None, everything: Took | None, urls: Sequence[str]) -> str:
    """Why the round does not count; "" where it does."""
    if not contender.python.exists():
        return "not here: make bench installs it"
    if one is None or everything is None:
        return "failed"
    wrong = sorted(set(urls) - {page["url"] for page in everything.pages if is_right(page)})
    return f"wrong about {len(wrong)} pages, {wrong[0]} among them" if wrong else ""


def is_right(page: dict[str, Any]) -> bool:
    """Whether a line says what its page says: as links and previews, or as the facts of an account."""
    number = number_in("/@" + page["url"].rpartition("/@")[2])
    if number is None:
        return False
    if "og" not in page:
        facts = {"name": name_of(number), "handle": f"konto{number}@{HOST}"}
        return {name: page.get(name) for name in facts} == facts
    wanted = expected(number)
    return (page["title"], page["og"], tuple(page["links"])) == (wanted.title, dict(wanted.og), wanted.links)


def ratios(scores: dict[str, Score], name: str, to: str) -> list[float]:
    """Round by round, one contender's CPU to another's; none where one of them has no figure."""
    return [one / other for one, other in zip(scores[name].cpu, scores[to].cpu, strict=False)]


def lines(scores: dict[str, Score]) -> Iterator[dict[str, Any]]:
    """One line a contender, for people and programs."""
    for name, score in scores.items():
        if score.fault or not score.cpu:
            yield {"contender": name, "fault": score.fault or "no round"}
            continue
        yield {
            "contender": name,
            "cpu_s_per_1000": span(score.cpu),
            "start_up_s": round(score.start, 2),
            "peak_mb": round(score.peak),
            "to_floor": span(ratios(scores, name, FLOOR)),
        }


def span(values: Sequence[float]) -> str:
    """median [least–most]"""
    if not values:
        return "-"
    return f"{statistics.median(values):.2f} [{min(values):.2f}–{max(values):.2f}]"
