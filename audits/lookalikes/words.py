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
BODIES: Final = each_of("stad kommun kommune region municipality city county landsting")
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
    "press presstjanst nyhetsbrev live direkt tv sms epost mejl mail kansli kontor myndighet tjanst tjanster "
    "etjanster etjanst bokning boka tidbokning parkering parkeringsbot boter avgift avgifter insamling hjalpinsamling "
    "elstod vaccin vaccination covid corona kris varningar larm ofc offic konto varning medborgare invanare "
    "chat dm bot app mobil whatsapp telegram x fb insta ig facebook instagram twitter tiktok youtube"
)
NEIGHBOURS: Final = each_of(  # begin or end the names of those who say which body they belong to, or stand beside
    "polis polisen skola skolan skolor gymnasium gymnasiet forskola friskola bibliotek museum teater kyrka forsamling "
    "forening foreningen klubb personalklubb idrottsforening if fk bk sk ff gk hk ibk ik ab hb kb bolag forbund fack "
    "facket kommunal vision elevkar studentkar kar kor orkester vanner pensionarer pro spf parti partiet moderaterna "
    "socialdemokraterna centerpartiet vansterpartiet liberalerna miljopartiet kristdemokraterna sverigedemokraterna "
    "m s c v l mp kd sd nytt tidning bladet posten radio hamn energi bostader hus vatten fotboll hockey folktandvarden "
    "p1 p2 p3 p4 p5 granskar granskaren kritik upprop namninsamling bevara svt sr pastorat "
    "handlare sjukhus vardcentral vardcentralen apotek"
)
