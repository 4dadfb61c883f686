"""Mastodon and what federates with it: `user@host`, at home.

Any server's `/@user` counts, whatever its software, so one actor has one key on Mastodon, Misskey, Pixelfed and
PeerTube alike; all four answer at `/@user`. Another server's view (`/@user@home`) is turned back to the home server.
Paths that other software has to itself are read only on servers known to run it.
"""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, Strangers, lower, named_host
from audits.model import AddressKind

_SERVERS: Final = {
    "mastodon:": "mastodon.social mastodon.online mastodon.nu mastodon.world mastodonsweden.se mstdn.social mas.to "
    "mastodon.green mastodon.art fosstodon.org hachyderm.io techhub.social social.vivaldi.net chaos.social "
    "social.bund.de social.network.europa.eu ec.social-network.europa.eu social.overheid.nl snabelen.no helvede.net",
    "pixelfed:": "pixelfed.social pixelfed.de pixelfed.eu pixelfed.art pixelfed.au pixel.tchncs.de pixelfed.nu",
    "peertube:": "framatube.org tube.network.europa.eu tube.tchncs.de peertube.tv diode.zone video.blender.org "
    "peertube.social peertube.se tilvids.com video.lqdn.fr",
}


def _local(path: str) -> Form:
    return Form(path, key="{user}@{host}", url="https://{host}/@{user}")


def _remote(path: str) -> Form:
    """The form of another server's view of the account."""
    notes = ("remote-view", "seen-on:{host}")
    return Form(path, key="{user}@{home}", url="https://{home}/@{user}", notes=notes)


def _post(path: str) -> Form:
    return Form(path, AddressKind.POST, url="https://{host}/@{user}/{post}", owner="{user}@{host}")


def _remote_post(path: str) -> Form:
    """The form of a post as another server shows it: the number is that server's own."""
    return Form(path, AddressKind.POST, url="https://{host}/@{user}@{home}/{post}", owner="{user}@{home}")


GRAMMAR: Final = Grammar(
    platform="mastodon",
    names=(
        "mastodon",
        "fediverse",
        "fediversum",
        "misskey",
        "pixelfed",
        "peertube",
        "gotosocial",
        "friendica",
        "pleroma",
        "akkoma",
        "activitypub",
        "webfinger",
    ),
    strangers=Strangers.BY_FORM,
    hosts=tuple(Host(host, path=path) for path, hosts in _SERVERS.items() for host in hosts.split()),
    fields={
        "user": Field(r"[A-Za-z0-9_]+(?:[.\-]+[A-Za-z0-9_]+)*", lower),
        "home": Field(r"[^/@\s]+", named_host),
        "post": Field(r"[0-9]+"),
        "video": Field(r"[A-Za-z0-9-]{8,36}"),
    },
    forms=(
        Form("/authorize_interaction?uri={target}", follow="target", notes=("interaction",)),
        Form("/mastodon:/share/**", AddressKind.SHARE),
        Form("/mastodon:/tags/{tag}", AddressKind.HASHTAG, url="https://{host}/tags/{tag}"),
        Form("/mastodon:/search/**", AddressKind.SEARCH),
        Form(
            "/mastodon:/about|explore|public|auth|settings|home|directory|tags|api|deck|invite/**",
            AddressKind.OTHER,
            notes=("service",),
        ),
        Form(
            "/pixelfed:/p/{user}/{post}/**",
            AddressKind.POST,
            url="https://{host}/p/{user}/{post}",
            owner="{user}@{host}",
        ),
        Form(
            "/pixelfed:/about|discover|site|login|register|api|i|discover|p|stories/**",
            AddressKind.OTHER,
            notes=("service",),
        ),
        _local("/pixelfed:/{user}"),
        _remote("/peertube:/a|c|accounts|video-channels/{user}@{home}/*"),
        _local("/peertube:/a|c|accounts|video-channels/{user}/*"),
        _remote("/peertube:/api/v1/accounts|video-channels/{user}@{home}/*"),
        _local("/peertube:/api/v1/accounts|video-channels/{user}/*"),
        Form("/peertube:/w/{video}", AddressKind.POST, url="https://{host}/w/{video}", post="{video}"),
        Form("/peertube:/videos/watch/{video}", AddressKind.POST, url="https://{host}/w/{video}", post="{video}"),
        _post("/users/{user}/statuses/{post}"),
        _local("/users/{user}"),
        _local("/users/{user}/inbox|outbox|followers|following|remote_follow|updates.atom"),
        _remote_post("/web|deck/@{user}@{home}/{post}"),
        _post("/web|deck/@{user}/{post}"),
        _remote("/web|deck/@{user}@{home}/*"),
        _local("/web|deck/@{user}/*"),
        _remote_post("/@{user}@{home}/{post}/**"),
        _remote("/@{user}@{home}/*"),
        _post("/@{user}/{post}/**"),
        _local("/@{user}.rss|.json|.atom"),
        _local("/@{user}/*"),
    ),
)
