"""From bytes to values, without an opinion.

    bytes ─charsets─▶ text ─guard─▶ html.Document ─┬▶ embedded (guarded_json)   JSON inside scripts
                                                   ├▶ markers    known signs, from dated packs
                                                   └▶ written_values   counts, links, days (written_dates)

the order        pages         in which any page is read, so that a living profile beats every word
                 answer        one that came back: whole, cut short, or two in one
more of a page   elements      attributes and single elements    outline     links, and what stands around them
                 leads         where it leads                    listed      its tables and lists
                 site          a page on a host of its own       schema_org  what it says to machines
                 ties          a name and a number that stand in one part of it
                 places        by a table of places              seroval     what servers stream into scripts
feeds            feeds         RSS, Atom, JSON Feed              blog_feeds  of all, of a part, of comments
                 sitemaps      what a site lists of itself
interfaces       activitypub   of the fediverse                  meta        of Facebook, Instagram and Threads
                 answer_fields told, empty or not told           refusals    why an interface says no
                 elements_as_json  XML as the same interface's JSON would be
posts            posts         the newest of them                ids         ids that carry their time
around           entities      character references of markup
                 archived      an archive's copy as served       bounces     a mail server's reports
                 viewed        JSON as browsers show it
                 scrub         text made fit to keep             urls        addresses taken apart
                 blanks        what stands in for a name or a number
                 languages     the languages that a text names
"""
