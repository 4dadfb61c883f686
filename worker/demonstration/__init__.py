"""The invented city lived through, by the same steps as a real one.

stage    its deployment, wired: what differs is where the web is and what time it is
nights   its nights, from moment to moment
deeds    what its people do between two looks
sites    its own sites walked, its public list read
files    what it leaves in a folder beside the report
"""
