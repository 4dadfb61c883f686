"""Facebook: pages and people.

Names differ neither by case nor by full stops (Facebook Help 105399436216001). Any form that carries a number is
keyed by the number. `pfbid…` is made anew again and again, so it never identifies anything.
"""

from __future__ import annotations

from typing import Final

from audits.addresses import Field, Form, Grammar, Host, lower, trimmed, without_stops
from audits.model import AddressKind

SITE: Final = "https://www.facebook.com"
_OWNERS: Final = (("{id}", "id:{id}"), ("{label}-{id}", "id:{id}"), ("{name}", "{name}"))


def _owned(path: str, number: str = "{post}") -> tuple[Form, ...]:
    """A post below each way to write its owner; the owner's own canonical spelling comes first in the URL."""
    return tuple(
        Form(f"/{owner}/{path}/{number}/**", AddressKind.POST, url=f"{SITE}/{slug}/{path}/{number}", owner=key)
        for owner, key in _OWNERS
        for slug in [owner.replace("{label}-", "")]
    )


GRAMMAR: Final = Grammar(
    platform="facebook",
    names=("facebook", "fb", "facebok", "faceboook", "facebookcom"),
    hosts=(
        Host("facebook.com", subs="m mbasic touch web free business iphone d p x pt b-m l lm {cc} {locale}"),
        Host("fb.com", subs="m", notes=("short-host",)),
        Host("facebook.com", subs="*", path="service:"),
        Host("fb.watch", path="short:"),
        Host("fb.me", path="short:"),
        Host("m.me", path="short:"),
    ),
    fields={
        "id": Field(r"[0-9]+"),
        "name": Field(r"(?!pfbid|\.*[0-9]+\.*(?:/|\Z))\.{0,9}[A-Za-z0-9][A-Za-z0-9.]*", trimmed, without_stops),
        "label": Field(r"[^/]+(?=-[0-9]{9,}(?:/|\Z))"),
        "post": Field(r"[0-9]+"),
        "pfbid": Field(r"pfbid[A-Za-z0-9]+"),
        "group": Field(r"[A-Za-z0-9.]+", lower),
    },
    forms=(
        Form("/l.php?u={target}", follow="target", notes=("link-shim",)),
        Form("/flx/warn?u={target}", follow="target", notes=("flx",)),
        Form("/plugins/**?href={target}", follow="target", notes=("plugin-embed",)),
        Form("/login|login.php/**?next={target}", follow="target", notes=("login",)),
        Form("/oembed|oembed.json?url={target}", follow="target", notes=("oembed",)),
        Form("/share|share.php|sharer|sharer.php|dialog/**", AddressKind.SHARE),
        Form("/profile.php?id={id}", key="id:{id}", url=f"{SITE}/{{id}}"),
        Form("/profile.php?id={pfbid}", AddressKind.OTHER, notes=("pfbid",)),
        Form("/people/{title}/{pfbid}/**", AddressKind.OTHER, notes=("pfbid",)),
        Form("/people/{title}/{id}/*", key="id:{id}", url=f"{SITE}/{{id}}"),
        Form("/pages/category/{title}/{label}-{id}/*", key="id:{id}", url=f"{SITE}/{{id}}", notes=("name-id",)),
        Form("/pages/category/{title}/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
        Form("/pages/{title}/{id}/*", key="id:{id}", url=f"{SITE}/{{id}}"),
        Form("/pages/{place}/{title}/{id}/*", key="id:{id}", url=f"{SITE}/{{id}}"),
        Form("/p/{label}-{id}/*", key="id:{id}", url=f"{SITE}/{{id}}", notes=("name-id",)),
        Form("/pg/{id}/*", key="id:{id}", url=f"{SITE}/{{id}}", notes=("pg",)),
        Form("/pg/{label}-{id}/*", key="id:{id}", url=f"{SITE}/{{id}}", notes=("pg", "name-id")),
        Form("/pg/{name}/*", key="{name}", url=f"{SITE}/{{name}}", notes=("pg",)),
        Form("/watch|video.php|watchparty/**?v={post}", AddressKind.POST, url=f"{SITE}/watch/?v={{post}}"),
        Form("/video/video.php|embed?v={post}", AddressKind.POST, url=f"{SITE}/watch/?v={{post}}"),
        Form("/video/embed?video_id={post}", AddressKind.POST, url=f"{SITE}/watch/?v={{post}}"),
        Form("/reel|reels/{post}/**", AddressKind.POST, url=f"{SITE}/reel/{{post}}"),
        Form("/photo|photo.php|photos/**?fbid={post}", AddressKind.POST, url=f"{SITE}/photo/?fbid={{post}}"),
        *(
            Form(
                f"/permalink.php|story.php?story_fbid={{{post}}}&id={{id}}",
                AddressKind.POST,
                url=f"{SITE}/permalink.php?story_fbid={{{post}}}&id={{id}}",
                owner="id:{id}",
            )
            for post in ("post", "pfbid")
        ),
        Form(
            "/groups/{group}/permalink|posts/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/groups/{{group}}/posts/{{post}}",
            notes=("group-post",),
        ),
        Form(
            "/groups/{group}/permalink|posts/{title}/{post}/**",
            AddressKind.POST,
            url=f"{SITE}/groups/{{group}}/posts/{{post}}",
            notes=("group-post",),
        ),
        Form(
            "/groups/{group}/**?multi_permalinks={post}",
            AddressKind.POST,
            url=f"{SITE}/groups/{{group}}/posts/{{post}}",
            notes=("group-post",),
        ),
        Form("/hashtag/{tag}/**", AddressKind.HASHTAG, url=f"{SITE}/hashtag/{{tag}}"),
        Form("/search/**", AddressKind.SEARCH),
        Form("/id={id}/**", AddressKind.OTHER, suggest="id:{id}"),
        Form("/{pfbid}/**", AddressKind.OTHER, notes=("pfbid",)),
        Form("/{script}.php/**", AddressKind.OTHER, notes=("service",)),
        *_owned("posts"),
        *_owned("posts", "{pfbid}"),
        *_owned("posts/{title}"),
        *_owned("posts/{title}", "{pfbid}"),
        *_owned("videos"),
        *_owned("videos/{title}"),
        *_owned("photos"),
        *_owned("photos/{title}"),
        *_owned("reels"),
        Form("/{id}/*", key="id:{id}", url=f"{SITE}/{{id}}", bare="numeric-id"),
        Form("/{label}-{id}/*", key="id:{id}", url=f"{SITE}/{{id}}", notes=("name-id",), bare="name-id"),
        Form("/@{id}/*", key="id:{id}", url=f"{SITE}/{{id}}", notes=("at-in-path",)),
        Form("/@{name}/*", key="{name}", url=f"{SITE}/{{name}}", notes=("at-in-path",)),
        Form("/{name}/*", key="{name}", url=f"{SITE}/{{name}}"),
    ),
    reserved={
        "events": "events event",
        "group": "groups",
        "ads": "ads adsmanager business",
        "album": "media",
        "service": "home marketplace help me messages messenger_media t gaming games play apps checkpoint recover "
        "login policies policy privacy legal terms about careers settings notes places live bookmarks public stories "
        "saved memories fundraisers donate friends notifications directory api graphql ajax rsrc.php tr v",
    },
)
