"""Trees that are YouTube's, and no channel's.

    tree ─┬ navigateAction ─▶ leads to another channel; regional channels do so too
          ├ owner ──────────▶ a playlist or a video, with whom it belongs to
          └ tabs ───────────▶ YouTube's own start page

Field names: TeamNewPipe/NewPipeExtractor, YoutubePlaylistExtractor.java and YoutubeStreamExtractor.java.
"""

from __future__ import annotations

from audits.model import UNSEEN, Facts, Marker, Reading, Seen
from audits.platforms.youtube.channel_page import channel_id, handle_in, words
from audits.reading.answer_fields import or_unseen
from audits.reading.embedded import Json, as_text, dig, find
from audits.reading.pages import undecided


def read_elsewhere(tree: Json) -> Reading | None:
    """What the tree says where it is no channel's; None where it is unknown."""
    led_to = next(find(dig(tree, "onResponseReceivedActions"), "navigateAction"), None)
    target = channel_id(dig(led_to, "endpoint", "browseEndpoint", "browseId"))
    if target:
        moved = Facts(moved_to=f"https://www.youtube.com/channel/{target.value}")
        return undecided("leads_to_another", facts=moved)
    if "FEwhat_to_watch" in {as_text(each) for each in find(dig(tree, "contents"), "tabIdentifier")}:
        return undecided("start_page", Marker("youtube.start-page", "unknown"))
    owner = owner_in(tree)
    if owner or dig(tree, "metadata", "playlistMetadataRenderer"):
        return undecided("one_video", facts=owner or Facts())
    return None


def owner_in(tree: Json) -> Facts | None:
    """Whom a playlist or a video belongs to, as it says beside its title."""
    shown = next(
        (each for place in ("contents", "sidebar") for each in find(dig(tree, place), "videoOwnerRenderer")), None
    )
    line = dig(shown, "title") or dig(tree, "header", "playlistHeaderRenderer", "ownerText")
    name, target = words(line), dig(line, "runs", 0, "navigationEndpoint", "browseEndpoint")
    if name is None:
        return None
    return Facts(
        display_name=name,
        handle=or_unseen(handle_in(as_text(dig(target, "canonicalBaseUrl")))),
        platform_id=or_unseen(channel_id(dig(target, "browseId"))),
        verified=_verified(shown),
    )


def _verified(owner: Json) -> Seen[bool]:
    styles = {as_text(style) for style in find(dig(owner, "badges"), "style")}
    return True if "BADGE_STYLE_TYPE_VERIFIED" in styles else UNSEEN
