"""The register held against the public list, the city's own sites and Wikidata.

sightings, register, triage ─▶ Sources ─holding▶ Discrepancy … ─telling▶ groups, the one sentence
sources     all of these, read once            discrepancies   what they disagree about
wikidata    what an item says            aliases   one account under several addresses
lost        registered accounts that are gone or another's, and the pages that still link to them
following   one list over time: added, removed, and when neither may be believed
doubting    what the list would name though it is another's, gone or shut
forms       one account under addresses of several kinds, of which no look has told yet
whose       what may be answered to whoever asks whether an account is the city's
standing    which accounts stand on the public list, for the rule about it
"""

from audits.discovering.comparing import APART
from audits.reconciling.aliases import aliases_of
from audits.reconciling.discrepancies import CODES, Disagreement, Discrepancy
from audits.reconciling.doubting import Doubt, doubts, idle, is_unsaid, last_seen, together, unvouched
from audits.reconciling.following import Followed, follow, notice_is_new
from audits.reconciling.holding import reconcile
from audits.reconciling.lost import NOWHERE, Linked, confirmed, ill_linked, lost, outlived, still_linked, tells_of_links
from audits.reconciling.sources import Former, LinkedChannel, Sources
from audits.reconciling.standing import KnownList, standing_on
from audits.reconciling.telling import Group, first_sentence, grouped, pages_told, unregistered, where_told
from audits.reconciling.wikidata import NoItem, Wanted, accounts_of
