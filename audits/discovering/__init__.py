"""The walk over the city's own sites, decided: nothing here asks for a page.

plan         the sites, and how far to go
addresses    one spelling a page      traps        what there is no end of
frontier     where to go next         finding      what an answered page adds
comparing    a page's channels held against those that stood there before ─▶ seen, missed, believed gone
reached      whether enough was read to call a link missing
ring         what the city's own profiles link to
short_links  where a short link leads, as its own host says
unlisted     what is linked and not registered
"""
