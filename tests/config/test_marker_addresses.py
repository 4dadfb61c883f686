"""No address of a wall begins an account's name: `facebook.com/login` is no sign of `facebook.com/loginhuset`."""

from __future__ import annotations

from collections.abc import Iterator

from audits.addresses import identify
from audits.model import AddressKind
from audits.platforms import GRAMMARS
from audits.reading.answer import Answer
from audits.reading.markers import MarkerRule, first_shown
from tests.platforms.shown import PACKS, made

_HOSTS = ("www.facebook.com", "www.instagram.com", "x.com", "www.tumblr.com", "vimeo.com")


def _namesakes(rule: MarkerRule) -> Iterator[str]:
    """Accounts whose address goes on where a value of the sign ends, on its own host or on those of names."""
    for value in (each for each in rule.values if not each.endswith(("/", ".", "_", "-"))):
        places = [f"{host}{value}" for host in _HOSTS] if value.startswith("/") else [value]
        for address in (f"https://{place}{more}" for place in places for more in ("huset", "-huset")):
            if identify(address, None, GRAMMARS).kind is AddressKind.PROFILE:
                yield address


def test_no_sign_in_an_address_is_seen_in_a_longer_name() -> None:
    rules = [rule for pack in PACKS.by_platform.values() for rule in pack.markers if rule.is_within_an_address]
    named = [(rule, address) for rule in rules for address in _namesakes(rule)]
    pages = [(rule, made(f'<meta property="og:url" content="{at}">', url=at)) for rule, at in named]
    assert any(rule.id == "facebook.login-page" for rule, _ in named)
    assert not [(rule.id, page.url) for rule, page in pages if first_shown([rule], page, Answer(page).document)]
