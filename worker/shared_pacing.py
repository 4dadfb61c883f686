"""The pace of all processes together, kept in Redis.

    take(host) ─one script, by the Redis server's clock─▶ go │ wait so many ms │ stopped, and why

Nothing here is a truth that may not be lost: after a Redis restart a host is at worst asked once too early.
Where Redis does not answer nobody is asked: a pace that nobody keeps is none.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Sequence
from typing import Any, Final

import redis
from redis.exceptions import RedisError

from audits.model import Transport
from config.permissions import Pace
from worker.pacing import LONGEST, NIGHT, PATIENCE, Jitter, Sleep, Stop, no_jitter, too_long, too_many

_LEASE: Final = 60_000  # ms after which a request that was never given back is taken for lost: far beyond any deadline
_SILENT: Final = Stop(Transport.UNREACHABLE, "pace_keeper", own=True)

_NOW: Final = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local function later(key, ms)
  if now + ms > tonumber(redis.call('GET', key) or '0') then redis.call('SET', key, now + ms, 'PX', ms + 1) end
end
"""
# KEYS: next turn, under way, asked tonight, stop.  ARGV: pause, at once, nightly, night, lease, token, longest wait
_TAKE: Final = f"""{_NOW}
local stop = redis.call('GET', KEYS[4])
if stop then return {{'stop', stop}} end
if tonumber(redis.call('GET', KEYS[3]) or '0') >= tonumber(ARGV[3]) then return {{'enough', 0}} end
local due = tonumber(redis.call('GET', KEYS[1]) or '0')
if due - now > tonumber(ARGV[7]) then return {{'far', due - now}} end
if due > now then return {{'wait', due - now}} end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[2]) then return {{'wait', 20}} end
redis.call('ZADD', KEYS[2], now + ARGV[5], ARGV[6])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
later(KEYS[1], tonumber(ARGV[1]))
if redis.call('INCR', KEYS[3]) == 1 then redis.call('PEXPIRE', KEYS[3], ARGV[4]) end
return {{'go', 0}}
"""
# KEYS: next turn, under way.  ARGV: pause, token
_GIVE_BACK: Final = f"""{_NOW}
redis.call('ZREM', KEYS[2], ARGV[2])
later(KEYS[1], tonumber(ARGV[1]))
"""
# KEYS: stop.  ARGV: the stop, for how long
_STOP: Final = """
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
"""


class RedisPacer:
    """For all processes that share a Redis, in any event loop. `close` it at the end of the process."""

    def __init__(
        self, url: str, sleep: Sleep, jitter: Jitter = no_jitter, patience: float = PATIENCE, night: float = NIGHT
    ) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
        self._take = self._redis.register_script(_TAKE)
        self._give_back = self._redis.register_script(_GIVE_BACK)
        self._stop = self._redis.register_script(_STOP)
        self._sleep = sleep
        self._jitter = jitter
        self._patience = patience
        self._night = night
        self._tokens: dict[str, list[str]] = {}

    async def take(self, host: str, pace: Pace) -> Stop | None:
        token, patience = secrets.token_hex(8), self._patience
        while True:
            try:
                word, more = await asyncio.to_thread(self._ask, host, pace, token, patience)
            except RedisError:
                return _SILENT
            if word == b"go":
                self._tokens.setdefault(host, []).append(token)
                return None
            if word != b"wait":
                return _stop(word, more, pace)
            await self._sleep(more / 1000)
            patience -= more / 1000

    async def give_back(self, host: str, pace: Pace) -> None:
        token = self._tokens[host].pop()
        await self._tell(self._give_back, _keys(host, "next", "under_way"), [_ms(pace.seconds), token])

    async def stop(self, host: str, stop: Stop, seconds: float = NIGHT) -> None:
        said = json.dumps([stop.transport, stop.reason])
        await self._tell(self._stop, _keys(host, "stop"), [said, _ms(seconds)])

    async def postpone(self, host: str, seconds: float) -> None:
        await self._tell(self._give_back, _keys(host, "next", "under_way"), [_ms(seconds), "nobody"])

    def close(self) -> None:
        self._redis.close()

    def _ask(self, host: str, pace: Pace, token: str, patience: float) -> tuple[bytes, Any]:
        keys = _keys(host, "next", "under_way", "asked", "stop")
        word, more = self._take(
            keys=keys,
            args=[
                _ms(pace.seconds * (1 + self._jitter())),
                pace.at_once,
                pace.nightly,
                _ms(self._night),
                _LEASE,
                token,
                max(_ms(patience), 0),
            ],
        )
        return word, more

    async def _tell(self, script: Any, keys: Sequence[str], args: Sequence[str | int]) -> None:
        """What cannot be told is lost: the lease ends by itself, and the next `take` meets the same silence."""
        try:
            await asyncio.to_thread(script, keys=keys, args=args)
        except RedisError:
            return


def _keys(host: str, *names: str) -> list[str]:
    """Braces keep the keys of one host on one node of a cluster."""
    return [f"kanalkoll:pace:{{{host}}}:{name}" for name in names]


def _ms(seconds: float) -> int:
    return round(min(seconds, LONGEST) * 1000)


def _stop(word: bytes, more: Any, pace: Pace) -> Stop:
    if word == b"enough":
        return too_many(pace.nightly)
    if word == b"far":
        return too_long(more / 1000)
    transport, reason = json.loads(more)
    return Stop(Transport(transport), reason)
