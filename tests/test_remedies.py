from __future__ import annotations

from audits.model import Transport
from audits.platform import keyless
from audits.platforms import PLATFORMS
from audits.reporting import Dossier, gather
from audits.wording import Terms
from tests.builders import NIGHT, a_blind_observation, an_account
from tests.telling.letters import ROUTINES

KEYLESS = keyless(PLATFORMS)


def test_a_key_is_offered_only_where_one_opens_the_platform():
    observation = a_blind_observation(Transport.NOT_PERMITTED)
    open_by = {}
    for name in ("mastodon", "instagram"):
        dossier = Dossier(account=an_account(platform=name), observation=observation, findings=(), cases=())
        report = gather([dossier], ROUTINES, Terms(language="en", keyless=KEYLESS), NIGHT)
        assert report.coverage[0].remedies == report.sections[0].unread[0].remedies
        open_by[name] = report.coverage[0].remedies
    assert open_by == {"mastodon": ("link", "decide", "attest"), "instagram": ("link", "key", "decide", "attest")}


def test_the_fediverse_and_bluesky_have_no_key_and_the_walled_platforms_have_one():
    assert {"mastodon", "bluesky"} <= set(KEYLESS)
    assert set(KEYLESS).isdisjoint({"facebook", "instagram", "x", "linkedin", "youtube", "threads"})
