"""One request in its turn: the pause, the places, the night, and hosts that are left alone."""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Awaitable, Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.model import Transport
from config.permissions import Pace
from tests.fetching.webs import RawServer, VirtualTime, a_pacer, response
from worker.pacing import NIGHT, InProcessPacer, Pacer, Stop
from worker.shared_pacing import RedisPacer

TEN = Pace(seconds=10)
WALL = Stop(Transport.BLOCKED, "challenge")


async def turns(pacer: InProcessPacer, time: VirtualTime, pace: Pace, count: int, takes: float = 0) -> list[float]:
    """When `count` requests of `takes` seconds, one after the other, got their turn."""
    at = []
    for _ in range(count):
        assert await pacer.take("a.example", pace) is None
        at.append(time.seconds)
        time.seconds += takes
        await pacer.give_back("a.example", pace)
    return at


def test_the_first_turn_is_at_once_and_the_next_after_the_pause() -> None:
    time = VirtualTime()
    assert asyncio.run(turns(a_pacer(time), time, TEN, 3)) == [0, 10, 20]


def test_the_pause_runs_from_the_end_of_a_request() -> None:
    time = VirtualTime()
    assert asyncio.run(turns(a_pacer(time), time, TEN, 3, takes=4)) == [0, 14, 28]


def test_jitter_only_lengthens_the_pause() -> None:
    time = VirtualTime()
    assert asyncio.run(turns(a_pacer(time, jitter=lambda: 0.2), time, TEN, 3)) == [0, 12, 24]


@pytest.mark.parametrize(("takes", "at"), [(1, [0, 12, 24]), (4, [0, 14, 28])])
def test_jitter_costs_nothing_where_the_answer_took_as_long(takes: float, at: list[float]) -> None:
    time = VirtualTime()
    assert asyncio.run(turns(a_pacer(time, jitter=lambda: 0.2), time, TEN, 3, takes=takes)) == at


def test_hosts_do_not_wait_for_each_other() -> None:
    time = VirtualTime()
    pacer = a_pacer(time)

    async def go() -> None:
        assert await pacer.take("a.example", TEN) is None
        assert await pacer.take("b.example", TEN) is None

    asyncio.run(go())
    assert time.seconds == 0


async def all_at_once(pacer: Pacer, host: str, pace: Pace, count: int, work: Callable[[], Awaitable[None]]) -> int:
    """Run `count` requests together; how many were under way at the most."""
    under_way = most = 0

    async def one() -> None:
        nonlocal under_way, most
        assert await pacer.take(host, pace) is None
        under_way += 1
        most = max(most, under_way)
        await work()
        under_way -= 1
        await pacer.give_back(host, pace)

    await asyncio.gather(*(one() for _ in range(count)))
    return most


@pytest.mark.parametrize("places", [1, 2, 5])
def test_no_more_are_under_way_than_there_are_places(places: int) -> None:
    pace = Pace(seconds=0, at_once=places)
    assert asyncio.run(all_at_once(a_pacer(), "a.example", pace, 20, lambda: asyncio.sleep(0.001))) == places


def test_a_turn_that_is_given_up_holds_up_nobody() -> None:
    pacer = a_pacer()
    one = Pace(seconds=0)

    async def go() -> None:
        assert await pacer.take("a.example", one) is None
        waiting = [asyncio.create_task(pacer.take("a.example", one)) for _ in range(2)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await pacer.give_back("a.example", one)
        assert await asyncio.wait_for(waiting[1], 60) is None

    asyncio.run(go())


def test_one_pacer_serves_one_event_loop_after_another() -> None:
    time = VirtualTime()
    pacer = a_pacer(time)
    assert [at for _ in range(3) for at in asyncio.run(turns(pacer, time, TEN, 1))] == [0, 10, 20]


def test_a_night_has_its_ceiling_and_the_next_begins_anew() -> None:
    time = VirtualTime()
    pacer = a_pacer(time)
    few = Pace(seconds=0, nightly=3)

    async def go() -> tuple[Stop | None, Stop | None]:
        await turns(pacer, time, few, 3)
        refused = await pacer.take("a.example", few)
        time.seconds += NIGHT
        return refused, await pacer.take("a.example", few)

    refused, next_night = asyncio.run(go())
    assert refused is not None
    assert refused.own
    assert refused.reason == "enough: 3"
    assert next_night is None


def test_a_turn_that_is_too_far_away_is_not_waited_for() -> None:
    time = VirtualTime()
    pacer = a_pacer(time, patience=60)

    async def go() -> Stop | None:
        await pacer.postpone("a.example", 3600)
        return await pacer.take("a.example", TEN)

    refused = asyncio.run(go())
    assert refused is not None
    assert refused.own
    assert time.seconds == 0


def test_a_stopped_host_is_refused_until_the_end_of_the_stop() -> None:
    time = VirtualTime()
    pacer = a_pacer(time)

    async def go() -> list[Stop | None]:
        await pacer.stop("a.example", WALL)
        at_first = await pacer.take("a.example", TEN)
        time.seconds += NIGHT - 1
        late = await pacer.take("a.example", TEN)
        time.seconds += 2
        return [at_first, late, await pacer.take("a.example", TEN)]

    assert asyncio.run(go()) == [WALL, WALL, None]


def test_a_stop_is_never_shortened() -> None:
    time = VirtualTime()
    pacer = a_pacer(time)

    async def go() -> Stop | None:
        await pacer.stop("a.example", WALL, 1000)
        await pacer.stop("a.example", Stop(Transport.RATE_LIMITED, "shorter"), 10)
        time.seconds += 500
        return await pacer.take("a.example", TEN)

    assert asyncio.run(go()) == WALL


def test_a_stop_reaches_those_who_already_wait() -> None:
    time = VirtualTime()
    pacer = a_pacer(time)

    async def go() -> Stop | None:
        await turns(pacer, time, TEN, 1)
        waiting = asyncio.create_task(pacer.take("a.example", TEN))
        await asyncio.sleep(0)
        await pacer.stop("a.example", WALL)
        return await waiting

    assert asyncio.run(go()) == WALL


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 20)), min_size=2, max_size=15))
def test_whatever_the_rhythm_the_pause_is_kept(rhythm: list[tuple[float, float]]) -> None:
    """Each request starts at least the pause after the last one ended, however late or long they are."""
    time = VirtualTime()
    pacer = a_pacer(time)

    async def go() -> list[tuple[float, float]]:
        spans = []
        for late, takes in rhythm:
            time.seconds += late
            await pacer.take("a.example", TEN)
            began = time.seconds
            time.seconds += takes
            await pacer.give_back("a.example", TEN)
            spans.append((began, time.seconds))
        return spans

    for (_, ended), (began, _) in itertools.pairwise(asyncio.run(go())):
        assert began - ended >= 10 - 1e-6


# --- across processes


CHILD = """
import asyncio, sys
from config.permissions import Pace, Permissions
from tests.fetching.webs import a_conduct, a_probe
from worker.fetching.making import loopback_fetcher
from worker.shared_pacing import RedisPacer

async def main(redis_url, port, count, pause):
    pacer = RedisPacer(redis_url, asyncio.sleep)
    conduct = a_conduct(pacer=pacer, permissions=Permissions(pace=Pace(seconds=pause)))
    async with loopback_fetcher({"pub.example": ("127.0.0.1", port)}, conduct) as fetcher:
        pages = [await fetcher.fetch(a_probe(f"http://pub.example/{n}")) for n in range(count)]
    pacer.close()
    assert {page.body for page in pages} == {b"hej"}, pages

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
"""


async def spans(redis_url: str, processes: int, each: int, pause: float) -> list[tuple[float, float]]:
    """When requests of several processes arrived and began to be answered, by the clock of the server they asked."""
    seen: list[tuple[float, float]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        arrived = asyncio.get_running_loop().time()
        answer = response(404) if b"/robots.txt" in head else response(200, b"hej")
        seen.append((arrived, asyncio.get_running_loop().time()))
        writer.write(answer)

    async with RawServer(serve) as server:
        words = [sys.executable, "-c", CHILD, redis_url, str(server.port), str(each), str(pause)]
        children = [await asyncio.create_subprocess_exec(*words) for _ in range(processes)]
        assert [await child.wait() for child in children] == [0] * processes
    return seen


@pytest.mark.servers
def test_the_pace_holds_across_processes_by_the_servers_own_clock(redis_url: str) -> None:
    """From an answer to the next arrival: a busy machine notes arrivals late, and so only ever makes that longer."""
    pause = 0.15
    seen = asyncio.run(spans(redis_url, processes=3, each=4, pause=pause))
    gaps = [arrived - answered for (_, answered), (arrived, _) in itertools.pairwise(seen)]
    assert len(seen) == 3 * (4 + 1)
    assert min(gaps) >= pause - 0.002  # Redis counts whole milliseconds


@pytest.mark.servers
def test_the_places_hold_across_pacers(redis_url: str) -> None:
    pacers = [RedisPacer(redis_url, asyncio.sleep) for _ in range(3)]
    pace = Pace(seconds=0, at_once=2)

    async def go() -> int:
        under_way = most = 0

        async def one(pacer: Pacer) -> None:
            nonlocal under_way, most
            assert await pacer.take("a.example", pace) is None
            under_way += 1
            most = max(most, under_way)
            async with asyncio.timeout(60):
                while most < pace.at_once:  # the first waits for a second, however long that one takes to come
                    await asyncio.sleep(0.001)
            await asyncio.sleep(0.01)
            under_way -= 1
            await pacer.give_back("a.example", pace)

        await asyncio.gather(*(one(pacer) for pacer in pacers for _ in range(4)))
        return most

    assert asyncio.run(go()) == 2
    close(pacers)


@pytest.mark.servers
def test_a_stop_is_known_to_all_and_never_shortened(redis_url: str) -> None:
    one, other = pacers = [RedisPacer(redis_url, asyncio.sleep) for _ in range(2)]

    async def go() -> Stop | None:
        await one.stop("a.example", WALL, 1000)
        await one.stop("a.example", Stop(Transport.RATE_LIMITED, "shorter"), 0.01)
        await asyncio.sleep(0.05)
        assert await other.take("b.example", TEN) is None
        return await other.take("a.example", TEN)

    assert asyncio.run(go()) == WALL
    close(pacers)


@pytest.mark.servers
def test_a_stop_ends(redis_url: str) -> None:
    pacer = RedisPacer(redis_url, asyncio.sleep)

    async def go() -> list[Stop | None]:
        await pacer.stop("a.example", WALL, 3_600)
        stopped = await pacer.take("a.example", TEN)
        pacer._redis.pexpire("kanalkoll:pace:{a.example}:stop", 1)  # the hour passes
        while pacer._redis.exists("kanalkoll:pace:{a.example}:stop"):
            await asyncio.sleep(0.001)
        return [stopped, await pacer.take("a.example", TEN)]

    assert asyncio.run(go()) == [WALL, None]
    close([pacer])


@pytest.mark.servers
def test_ceiling_and_patience_are_shared(redis_url: str) -> None:
    one, other = pacers = [RedisPacer(redis_url, asyncio.sleep, patience=1) for _ in range(2)]
    few = Pace(seconds=0, nightly=2)

    async def go() -> tuple[Stop | None, Stop | None]:
        for pacer in pacers:
            assert await pacer.take("a.example", few) is None
            await pacer.give_back("a.example", few)
        await other.postpone("b.example", 60)
        return await one.take("a.example", few), await one.take("b.example", TEN)

    enough, far = asyncio.run(go())
    assert enough is not None
    assert enough.reason == "enough: 2"
    assert far is not None
    assert far.own
    close(pacers)


@pytest.mark.servers
def test_a_place_that_is_never_given_back_is_free_again_for_others_once_its_lease_ends(redis_url: str) -> None:
    """Leases have their own end in Redis, so that a process that was killed holds up no host for long."""
    pacer = RedisPacer(redis_url, asyncio.sleep)
    assert asyncio.run(pacer.take("a.example", Pace(seconds=0))) is None
    left = pacer._redis.pttl("kanalkoll:pace:{a.example}:under_way")
    assert 0 < left <= 60_000
    close([pacer])


def test_where_redis_does_not_answer_nobody_is_asked() -> None:
    pacer = RedisPacer("redis://127.0.0.1:1/0", asyncio.sleep)

    async def go() -> Stop | None:
        await pacer.stop("a.example", WALL)
        return await pacer.take("a.example", TEN)

    refused = asyncio.run(go())
    assert refused is not None
    assert refused.own
    assert refused.reason == "pace_keeper"
    close([pacer])


def close(pacers: Sequence[RedisPacer]) -> None:
    for pacer in pacers:
        pacer.close()
