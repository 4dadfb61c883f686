"""Which channels an official page names, and whose they seem to be.

    mentions   one place where a page names an address    claims · elements (spots, widgets) · scripts ─▶ Mention
    meaning    what that address is                       locating · exclusions · kinds ─▶ Spotted (spotting, channels)
    ownership  whose account it is, from all its places   publisher · likeness (handles, words) · neighbours ─▶ owning
    harvest    all of it, for one page

Every address on a platform becomes one `Sighting`:

    profile   an account, by a link, a widget's parameter, structured data or a feed; the only kind with a key
    share     passes the page on
    post      one post or video that is linked
    embed     something of the platform's that is shown or loaded: a player, an embedded post, a script, a pixel
    other     a page of the platform, a placeholder, a short link whose target nobody has looked up

and every profile says whose it seems to be:

    likely    the site claims it, frames its pages with it, invites to follow it, or it is named like the site
    unlikely  in running text, comments, quotations, embedded posts, an author's box, a consent dialog; a vendor's;
              another organisation's or a person's in structured data
    unknown   the page does not tell; among these the body above, and the holders of offices
"""

from audits.harvesting.exclusions import Effect, Exclusion, Exclusions
from audits.harvesting.harvest import harvest
from audits.harvesting.kinds import TARGET_UNKNOWN

__all__ = ["TARGET_UNKNOWN", "Effect", "Exclusion", "Exclusions", "harvest"]
