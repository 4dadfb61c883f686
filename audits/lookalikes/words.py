"""Words by which a name is made to sound official, or to sound like the desk that asks for something.

Words of a body of its own (school, library, club, party, paper) are no such words: their neighbourliness is honest.
"""

from __future__ import annotations

from typing import Final

from audits.harvesting.words import each_of

BODY: Final = each_of(
    "stad stads staden stadens kommun kommuns kommunen kommunens kommune municipality city cityof town of the "
    "stadsledning stadshus stadshuset kommunhus kommunhuset"
)
TRUST: Final = each_of(
    "official officiell officiella officiellt offical offciell real riktig riktiga akta verified verifierad "
    "verifierat authentic sidan sida page konto kontot account profil profile kanal channel "
    "support help helpdesk hjalp hjalpen service kundservice kundtjanst kundtjansten kundcenter medborgarservice "
    "kontakt kontakta contact kontaktcenter care desk team admin administration redaktion info information "
    "bidrag bidraget utbetalning utbetalningar ersattning kompensation aterbetalning stod pengar lan faktura "
    "betalning swish bankid login logga inloggning konfirmera verifiera verify "
    "tavling tavlingar vinst vinnare vinn lotteri giveaway gava presentkort promo bonus "
    "jobb rekrytering jobs hr alert varning viktigt krisinfo akut sakerhet security "
    "se sv com org net gov eu www http https sweden sverige svenska swe en eng english "
    "nya ny new backup back reserv original the our vart den din min i och on online web webb digital "
    "chat dm bot app mobil whatsapp telegram x fb insta ig facebook instagram twitter tiktok youtube"
)
