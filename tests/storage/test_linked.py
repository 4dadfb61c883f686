from datetime import timedelta

import pytest

from audits.freed import Watch
from audits.model import Existence, Transport
from audits.reconciling import LinkedChannel
from tests.builders import NIGHT
from worker.storage import SqlStore
from worker.storage.linked import SqlLinked

CHANNEL = LinkedChannel(
    key="vimeo:almestad",
    url="https://vimeo.com/almestad",
    existence=Existence.GONE,
    since=NIGHT,
    last=NIGHT + timedelta(days=7),
    looks=2,
    stated=True,
    pinned="vimeo 1",
    shown="vimeo 2",
    leads_to="almestad2",
)
WATCH = Watch(
    channel=CHANNEL,
    looked_at=NIGHT + timedelta(days=7),
    transport=Transport.OK,
    name="Almestad\0s film",
    other="vimeo 2",
    others=1,
    other_at=NIGHT,
    evidence=("vimeo.gone: Sorry, we couldn’t find that page",),
)


@pytest.fixture
def linked(store: SqlStore) -> SqlLinked:
    return SqlLinked(store.db)


def test_a_watch_comes_back_as_it_was_kept(linked: SqlLinked):
    linked.save_watch(WATCH)
    kept = linked.watches(["vimeo:almestad", "vimeo:annan"])["vimeo:almestad"]
    assert kept.channel == CHANNEL
    assert (kept.name, kept.other, kept.others, kept.other_at) == ("Almestad\ufffds film", "vimeo 2", 1, NIGHT)
    assert (kept.looked_at, kept.transport, kept.evidence) == (WATCH.looked_at, WATCH.transport, WATCH.evidence)


def test_the_latest_look_takes_the_place_of_the_one_before(linked: SqlLinked):
    linked.save_watch(WATCH)
    first = Watch(channel=LinkedChannel(key=CHANNEL.key, url=CHANNEL.url), looked_at=NIGHT, transport=Transport.WALLED)
    linked.save_watch(first)
    assert linked.watches([CHANNEL.key]) == {CHANNEL.key: first}


def test_what_was_looked_at_since_is_known(linked: SqlLinked):
    linked.save_watch(WATCH)
    assert linked.looked_since(WATCH.looked_at) == {CHANNEL.key}
    assert linked.looked_since(WATCH.looked_at + timedelta(seconds=1)) == frozenset()
