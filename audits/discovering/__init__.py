"""The walk over the city's own sites, decided: nothing here asks for a page.

plan         the sites, and how far to go
addresses    one spelling a page      traps      what there is no end of
frontier     where to go next         finding    what an answered page adds
comparing    a page's channels held against those that stood there before ─▶ seen, missed, believed gone
unlisted     what is linked and not registered
"""
