"""What stands between this machine and other people's pages, each with its remedy.

settings, environment ─network_answers▶ Answer …, as far as the settings tell; nobody is asked
hosts ─tried▶ Answer …, by asking each for its robots.txt, once
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection
from contextlib import closing
from typing import TYPE_CHECKING, Final

from audits.wording.reasons import heard
from audits.wording.said import said
from worker.doctor.answer import Answer

if TYPE_CHECKING:
    from audits.model import Page
    from config.settings import Settings
    from worker.fetching.making import Conduct
    from worker.fetching.networks import Network

_TOLD_ELSEWHERE: Final = "no_contact"  # the doctor has a question of its own for that
_UNUSED: Final = "_only_in_environment"


def network_answers(settings: Settings) -> list[Answer]:
    """What is wrong with the network's settings; nothing where they are well."""
    from worker.fetching.diagnosing import declared_obstacles
    from worker.fetching.limits import Agent
    from worker.wiring.asking import network_of

    found = declared_obstacles(network_of(settings), Agent(contact=settings.agent_contact), os.environ)
    return [
        Answer(
            what="network",
            state="ageing" if each.name.endswith(_UNUSED) else "wrong",
            told=each.told,
            remedy=said(f"doctor.network.{each.name}"),
        )
        for each in found
        if each.name != _TOLD_ELSEWHERE
    ]


def contact_answer(settings: Settings) -> Answer:
    """Whether there is an address to name in every request; without one nobody is asked."""
    from worker.fetching.limits import Agent
    from worker.fetching.outcomes import NoPage

    if not settings.live:
        return Answer(what="contact", state="absent", told=said("doctor.quiet"))
    try:
        Agent(contact=settings.agent_contact).check()
    except NoPage:
        given = settings.agent_contact
        told = said("doctor.contact.bad", given=given) if given else said("doctor.contact.none")
        return Answer(what="contact", state="wrong", told=told, remedy=said("doctor.contact.remedy"))
    if settings.agent_contact.lower().startswith("http://"):  # asks all the same: cities have it
        told = said("doctor.contact.open", given=settings.agent_contact)
        return Answer(what="contact", state="ageing", told=told, remedy=said("doctor.contact.remedy"))
    return Answer(what="contact", state="set", told=said("doctor.contact", given=settings.agent_contact))


def tried(settings: Settings, hosts: Collection[str]) -> list[Answer]:
    """What came of asking each of these hosts; without an address to name nobody is asked.

    Raises what a deployment's own declarations raise where they are wrong.
    """
    from worker.wiring import open_store
    from worker.wiring.asking import conduct_of, held_keys, network_of

    contact = contact_answer(settings)
    if contact.state in ("absent", "wrong"):
        return [contact]
    with closing(open_store(settings)) as store:
        conduct = conduct_of(settings, held_keys(settings), store)
        pages = asyncio.run(_asked(network_of(settings), conduct, hosts))
    return [_of_trial(host, page) for host, page in zip(hosts, pages, strict=True)]


async def _asked(network: Network, conduct: Conduct, hosts: Collection[str]) -> tuple[Page, ...]:
    from worker.fetching.diagnosing import try_hosts
    from worker.fetching.making import public_fetcher
    from worker.fetching.resolving import SystemResolver

    async with public_fetcher(network, conduct, SystemResolver()) as fetcher:
        return await try_hosts(fetcher, hosts)


def _of_trial(host: str, page: Page) -> Answer:
    """Wrong where the network may be to blame; only ageing where the host itself gave no page."""
    from worker.fetching.diagnosing import obstacle_of

    what, obstacle = f"host {host}", obstacle_of(page)
    if obstacle is not None:
        return Answer(what=what, state="wrong", told=heard(page.reason), remedy=said(f"doctor.network.{obstacle.name}"))
    if page.reason:
        return Answer(what=what, state="ageing", told=heard(page.reason))
    return Answer(what=what, state="well", told=said("doctor.answers"))
