"""The register held against the public list, the city's own sites and Wikidata.

following   one list over time: added, removed, and when neither may be believed
"""

from audits.reconciling.following import APART, Followed, Limit, follow, notice_is_new

__all__ = ["APART", "Followed", "Limit", "follow", "notice_is_new"]
