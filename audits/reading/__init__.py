"""From bytes to values, without an opinion.

bytes ─charsets─▶ text ─guard─▶ html.Document ┬▶ embedded   (JSON inside scripts)
                                              ├▶ markers    (known signs, from dated packs)
                                              └▶ fields     (counts, dates, links in words)
text ─▶ outline (links and what stands around them)
feeds (RSS, Atom, JSON Feed)   ids (posts whose id carries their time)
activitypub (what fediverse servers tell each other)   site (a page on a host of its own)   schema_org
"""
