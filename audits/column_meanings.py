"""What a column of a register may mean, and the words that head it: in Swedish and English, and in
Norwegian, Danish, Finnish, German and French.

"Ansvarig förvaltning" ─folded▶ "ansvarig forvaltning" ─MEANING_OF▶ Meaning.ADMINISTRATION
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Meaning(StrEnum):
    """What a column of a register may mean."""

    ADMINISTRATION = "administration"
    UNIT = "unit"
    NAME = "name"
    PLATFORM = "platform"
    ADDRESS = "address"
    PLATFORM_ID = "platform_id"
    LANGUAGE = "language"
    KIND = "kind"
    STATE = "state"
    PURPOSE = "purpose"
    REGISTERED_ON = "registered_on"
    ENDS_ON = "ends_on"
    SEASON = "season"
    RECIPIENT = "recipient"
    UNIT_RECIPIENT = "unit_recipient"
    UNIT_LANGUAGE = "unit_language"
    ADMINISTRATION_RECIPIENT = "administration_recipient"
    ADMINISTRATION_LANGUAGE = "administration_language"
    REF = "ref"


_NAMES: Final[Mapping[Meaning, tuple[str, ...]]] = {
    Meaning.ADMINISTRATION: (
        "forvaltning", "forvaltningen", "ansvarig forvaltning", "namnd", "agare", "department", "agency",
        "administration", "owner", "organisation", "organization", "ministere", "departement", "chambre", "behorde",
        "amt", "category", "kategorie", "sektor", "sektorn", "service area", "avdeling", "etat", "kommunalomrade",
        "toimiala", "palvelualue", "fachbereich", "dezernat",
    ),
    Meaning.UNIT: (
        "enhet", "verksamhet", "avdelning", "skola", "forskola", "unit", "school", "division", "section", "einheit",
        "virksomhet", "skole", "barnehage", "enhed", "afdeling", "yksikko", "abteilung", "schule",
    ),
    Meaning.NAME: (
        "namn", "benamning", "kontonamn", "konto", "sidans namn", "account", "account name", "name", "nom", "titel",
        "title", "itemlabel", "navn", "kontonavn", "nimi", "tilin nimi", "bezeichnung", "kontoname",
    ),
    Meaning.PLATFORM: (
        "plattform", "kanal", "natverk", "tjanst", "platform", "network", "service", "channel", "social network",
        "reseau", "reseau social", "plateforme", "netzwerk", "socialt medium", "social media", "medium", "media",
        "some", "where", "nettverk", "netvaerk", "tjeneste", "alusta", "kanava", "soziales netzwerk",
    ),
    Meaning.ADDRESS: (
        "adress", "lank", "url", "webbadress", "adresser", "lankar", "address", "link", "links", "account url",
        "profile", "handle", "anvandarnamn", "username", "sites web", "sites", "adresse", "lien", "profil",
        "lank till kontot", "adress till kontot", "webblank", "kontots adress", "konto url", "lenke", "lenker",
        "nettadresse", "brukernavn", "brugernavn", "osoite", "linkki", "verkko osoite", "kayttajanimi", "benutzername",
    ),
    Meaning.PLATFORM_ID: ("plattforms id", "platform id", "kanal id", "channel id", "sidans id", "page id"),
    Meaning.LANGUAGE: ("sprak", "language", "langue", "sprache", "lang", "sprog", "kieli"),
    Meaning.KIND: ("typ", "kontotyp", "kind", "type", "slag", "tyyppi", "kontotype"),
    Meaning.STATE: ("status", "kontostatus", "lage", "tillstand", "state", "tila"),
    Meaning.PURPOSE: (
        "syfte", "andamal", "purpose", "beskrivning", "description", "malgrupp", "formal", "beskrivelse", "tarkoitus",
        "kuvaus", "kohderyhma", "zweck", "beschreibung", "zielgruppe",
    ),
    Meaning.REGISTERED_ON: (
        "startdatum", "registrerad", "registrerat", "date added", "added", "start date", "created at", "created",
        "opprettet", "startdato", "registrert", "registreret", "oprettet", "rekisteroity", "alkamispaiva", "erstellt",
    ),
    Meaning.ENDS_ON: (
        "slutdatum", "avslutas", "avslutades", "avslutat", "nedlagt", "end date", "ends", "date deleted", "avsluttet",
        "sluttdato", "slutdato", "paattymispaiva", "enddatum",
    ),
    Meaning.SEASON: (
        "sasong", "manader", "season", "months", "sesong", "maneder", "saeson", "kausi", "saison", "monate",
    ),
    Meaning.RECIPIENT: (
        "mottagare", "e post", "epost", "mejl", "funktionsbrevlada", "recipient", "email", "e mail", "mail",
        "ansvarig e post", "ansvarigs e post", "ansvarig epost", "ansvarig mejl", "e postadress", "kontakt e post",
        "kontaktperson e post", "e post kontaktperson", "mottaker", "ansvarlig e post", "modtager", "vastaanottaja",
        "sahkoposti", "empfanger",
    ),
    Meaning.UNIT_RECIPIENT: (
        "enhetens mottagare", "enhetens brevlada", "enhetens funktionsbrevlada", "enhetens e post", "unit recipient",
        "unit email",
    ),
    Meaning.UNIT_LANGUAGE: ("enhetens sprak", "unit language"),
    Meaning.ADMINISTRATION_RECIPIENT: (
        "forvaltningens mottagare", "forvaltningens brevlada", "forvaltningens funktionsbrevlada",
        "forvaltningens e post", "administration recipient", "department email", "administration email",
    ),
    Meaning.ADMINISTRATION_LANGUAGE: ("forvaltningens sprak", "administration language"),
    Meaning.REF: ("ref", "nr", "nummer", "id", "reference", "kontonummer", "numero"),
}  # fmt: skip
MEANING_OF: Final = {
    name: meaning for meaning, names in _NAMES.items() for name in (meaning.value.replace("_", " "), *names)
}
