"""The walk over the city's own sites, decided: nothing here asks for a page.

compared     a page's sightings now, held against those before ─▶ seen, missed, believed gone
"""
