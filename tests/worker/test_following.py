"""What is linked is followed: registered profiles by what was seen of them, the others by a look of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from audits.discovering.comparing import compared
from audits.model import Look, Own, Source
from audits.platforms import GRAMMARS
from tests.builders import NIGHT, TODAY, a_sighting, an_observation, some_facts
from tests.fakes import GONE, DictAsker, HandClock, board, some_instruments
from tests.storage.nights import a_night, leased, registered, seen
from worker.ports.walks import NewWalk, Walk, WalkKind
from worker.steps.linked import Following, look_at_linked, profile_looks
from worker.storage import SqlStore
from worker.storage.linked import SqlLinked
from worker.storage.sightings import SqlSightings
from worker.storage.walk_store import SqlWalks

START = "https://almestad.example/"
BOARD = "https://board.example/almestad"
KEY = "board:almestad"
PROFILE = "https://social.almestad.example/@almestad"


@dataclass
class House:
    """A register, a sighting of a notice board that nobody registered, and the board's own pages."""

    store: SqlStore
    pages: dict[str, str]
    clock: HandClock

    @property
    def following(self) -> Following:
        return Following(
            store=self.store,
            sightings=SqlSightings(self.store.db),
            linked=SqlLinked(self.store.db),
            asker=DictAsker(self.pages, self.clock),
            instruments=some_instruments(),
            grammars=GRAMMARS,
            clock=self.clock,
        )

    def links(self, **changes: object) -> None:
        sighting = a_sighting(**{"url": BOARD, "platform": "board", "key": KEY, **changes})
        self.following.sightings.save_look(Source.SITE, START, compared((), [sighting], self.clock()), self.clock())

    def walk(self) -> Walk:
        walk, _ = SqlWalks(self.store.db).begin_walk(
            NewWalk(kind=WalkKind.ASKED, due_on=TODAY, plan={}, starts=()), self.clock()
        )
        return walk

    def ends(self, walk: Walk, looks: Mapping[str, Look] | None = None) -> None:
        """The walk is over, with what the profiles link to."""
        SqlWalks(self.store.db).close_walk(walk.id, self.clock(), looks or profile_looks(self.following))

    def week(self) -> None:
        """A walk that follows everything to its end, and a week that passes."""
        walk = self.walk()
        while look_at_linked(self.following, walk, 30):
            pass
        self.ends(walk)
        self.clock.pass_hours(168)


@pytest.fixture
def house(store: SqlStore) -> House:
    return House(store, {BOARD: board()}, HandClock(NIGHT))


def test_a_linked_channel_is_looked_at_once_a_walk(house: House):
    house.links()
    walk, following = house.walk(), house.following
    assert look_at_linked(following, walk, 30)
    assert not look_at_linked(following, walk, 30)
    assert isinstance(following.asker, DictAsker)
    assert following.asker.asked == [BOARD]
    watch = following.linked.watches([KEY])[KEY]
    assert (watch.name, watch.channel.pinned) == ("Almestads stad", "board 7")


@pytest.mark.parametrize(
    "changes",
    [{"own": Own.UNLIKELY}, {"key": "mastodon:konto0@social.almestad.example", "platform": "mastodon"}],
)
def test_what_is_registered_or_anothers_is_not_asked_for(house: House, changes: dict[str, object]):
    registered(house.store, 1)
    house.links(**changes)
    assert not look_at_linked(house.following, house.walk(), 30)


def test_a_freed_name_is_told_after_three_weeks_and_a_wall_never(house: House):
    house.links()
    house.week()
    for page in (GONE, "Logga in för att fortsätta", GONE, GONE):
        assert not house.following.linked.watches([KEY])[KEY].channel.is_gone
        house.pages[BOARD] = page
        house.week()
    assert house.following.linked.watches([KEY])[KEY].channel.is_gone


def test_a_name_that_changed_hands_is_told_after_three_looks_where_as_many_had_shown_whose_it_was(house: House):
    house.links()
    for _ in range(3):
        house.week()
    house.pages[BOARD] = board(number="8")
    for _ in range(3):
        assert not house.following.linked.watches([KEY])[KEY].channel.is_anothers
        house.week()
    assert house.following.linked.watches([KEY])[KEY].channel.is_anothers


def observed(house: House, **facts: object) -> None:
    """Last night the registered account was seen so."""
    (account,) = registered(house.store, 1)
    run = a_night(house.store, [account])
    profile = an_observation(account_id=account, facts=some_facts(**facts))
    house.store.record(leased(house.store, run), [replace(seen(account), observation=profile)], NIGHT)


def test_what_a_registered_profile_links_to_is_a_sighting_of_its_own(house: House):
    observed(house, links=("https://vimeo.com/almestad", PROFILE, "https://almestad.example/"), website_link=None)
    house.week()
    found = list(house.following.sightings.each_sighting(source=Source.PROFILE))
    assert [each.sighting.key for each in found if each.sighting.platform == "vimeo"] == ["vimeo:almestad"]
    assert {(each.sighting.page, each.sighting.own) for each in found} == {(PROFILE, Own.UNKNOWN)}


def test_a_profile_that_could_not_be_read_says_nothing_of_its_links(house: House):
    observed(house, links=("https://vimeo.com/almestad",))
    house.week()
    (account,) = house.store.accounts()
    run = a_night(house.store, [account.id], NIGHT + timedelta(days=1))
    blind = an_observation(account_id=account.id, facts=some_facts(website_link="https://almestad.example/x"))
    house.store.record(leased(house.store, run), [replace(seen(account.id), observation=blind)], NIGHT)
    house.week()
    kept = [each for each in house.following.sightings.each_sighting() if each.sighting.platform == "vimeo"]
    assert [each.missed for each in kept] == [0]


def test_a_walk_that_is_ended_twice_counts_one_look_at_a_profile_once(house: House):
    """Whoever dies while ending a walk leaves it open, and the next one ends it from the same observations."""
    observed(house, links=("https://vimeo.com/almestad",), website_link=None)
    house.week()
    (account,) = house.store.accounts()
    run = a_night(house.store, [account.id], NIGHT + timedelta(days=1))
    without = an_observation(account_id=account.id, facts=some_facts(links=(), website_link=None))
    house.store.record(leased(house.store, run), [replace(seen(account.id), observation=without)], NIGHT)
    walk, looks = house.walk(), profile_looks(house.following)
    house.ends(walk, looks)
    house.ends(walk, looks)
    kept = [each for each in house.following.sightings.each_sighting() if each.sighting.platform == "vimeo"]
    assert [each.missed for each in kept] == [1]
