"""Hand-made walls of the network that asks (filters, proxies, guest networks), and walls in no maker's words.

Name of the marker ─▶ one page or more
"""

from __future__ import annotations

from collections.abc import Mapping

from audits.model import Transport
from tests.reading.shown import Shown, headed, titled, worded

_BLOCKED: Mapping[str, tuple[Shown, ...]] = {
    "generic.cloudflare-code": (Shown(html="error code: 1020"), Shown(html="error code: 1010", status=403)),
    "generic.network-filter-landed": (
        Shown(html="<title>Site Blocked</title>", landed="https://block.opendns.com/main?url=1"),
        Shown(landed="http://10.0.0.9:15871/cgi-bin/blockpage.cgi?ws-session=1"),
        Shown(landed="https://10.1.1.1/UserCheck/PortalMain?IID=1"),
    ),
    "generic.network-filter-title": (
        titled("Web Filter Block Override", "The page you requested is not for you"),
        titled("Notification: Policy: URL Filtering", "This Page Cannot Be Displayed"),
        titled("Check Point UserCheck", "Page Blocked"),
        titled("Sidan är spärrad", "Kategori: Sociala medier"),
        titled("Siden er blokeret"),
        titled("Siden er blokkert"),
        titled("Pääsy estetty"),
        titled("Accès bloqué"),
    ),
    "generic.network-filter-title-inside": (
        titled("Almestads kommun: Access Denied (policy_denied)"),
        titled("Almestad | Web Filter Warning"),
        titled("ESET: Website blocked"),
    ),
    "generic.network-filter-words": worded(
        "Almestads kommun doesn't allow you to visit this site. Not allowed to browse Social Networking category.",
        "Access to the web page has been blocked in accordance with company policy. Category: social-networking",
        "Based on your organization's access policies, access to this web site has been blocked.",
        "Your request was denied because of its content categorization: Social Networking",
        "Åtkomst till webbsidan har blockerats i enlighet med kommunens policy.",
        "Sidan har blockerats av webbfiltret.",
    ),
    "generic.network-filter-frame": (
        Shown(html="<iframe src='http://10.0.0.9:8080/webadmin/deny/index.php?dpid=2'></iframe>"),
        Shown(html='<iframe src="http://10.10.34.34?type=Invalid Site"></iframe>'),
    ),
    "generic.network-filter-header": (headed(403, server="Barracuda/NGFirewall"),),
    "generic.proxy-refuses": (
        Shown(html="<title>ERROR: The requested URL could not be retrieved</title>Access Denied.", status=403),
    ),
    "generic.waiting-room-title": (titled("Virtuellt köområde", "Du är i kö."), titled("Waiting Room")),
    "generic.words-of-robots": worded(
        "Vi kontrollerar din webbläsare innan du släpps vidare.", "We see a robot in you."
    ),
    "generic.words-of-browsers": worded(
        "Du bruker en utdatert nettleser.", "Käytät vanhentunutta selainta.", "Byt till en modern webbläsare."
    ),
    "generic.words-of-refusal": worded(
        "Kommunens brandvägg har stoppat sidan.",
        "Den här sidan är inte tillåten på skolans nätverk.",
        "Verkko-osoite on estetty.",
        "Sorry, this website is not available in your area.",
    ),
}

_WALLED: Mapping[str, tuple[Shown, ...]] = {
    "generic.guest-network-landed": (
        Shown(landed="https://n12.network-auth.com/splash/a?mac=1"),
        Shown(landed="https://10.1.1.1:1003/fgtauth?0a1b"),
    ),
    "generic.guest-network-title": (titled("Captive Portal"), titled("Anslut till gästnätet", "Godkänn villkoren")),
    "generic.guest-network-source": (
        Shown(html="<body><!--<WISPAccessGatewayParam></WISPAccessGatewayParam>--></body>"),
    ),
    "generic.login-domain": (Shown(landed="https://almestad.cloudflareaccess.com/cdn-cgi/access/login/almestad"),),
    "generic.password-protected": worded("Detta innehåll är lösenordsskyddat. Ange ditt lösenord nedan."),
    "generic.words-of-guest-networks": worded("För att komma ut på internet behöver du godkänna villkoren."),
    "generic.words-of-log-ins": worded("Du måste vara inloggad för att se sidan.", "Ange användarnamn och lösenord."),
}

_CONSENT: Mapping[str, tuple[Shown, ...]] = {
    "generic.words-of-consent": worded(
        "Välj vilka kakor du godkänner.", "Hyväksy evästeet", "Cookies akzeptieren", "Vi trenger ditt samtykke."
    ),
}

_RATE_LIMITED: Mapping[str, tuple[Shown, ...]] = {
    "generic.too-many-requests-words": worded("Rate limit exceeded", "För många förfrågningar. Vänta en stund."),
    "generic.words-of-haste": worded("För många besök från din adress.", "You click too fast. Try again later."),
}

_UNREACHABLE: Mapping[str, tuple[Shown, ...]] = {
    "generic.cloudflare-origin-code": (Shown(html="error code: 1033", status=530), Shown(html="error code: 1016")),
    "generic.network-trouble": worded("Network Error (tcp_error)", "Fastly error: unknown domain: almestad.example."),
    "generic.words-of-repair": worded("Vi uppgraderar just nu. Strax tillbaka!", "Something went wrong."),
}

_UNREADABLE: Mapping[str, tuple[Shown, ...]] = {
    "generic.words-of-scripts": worded("Denne siden krever JavaScript.", "Sivusto vaatii JavaScriptin toimiakseen."),
}

NETWORK_WALLS: Mapping[Transport, Mapping[str, tuple[Shown, ...]]] = {
    Transport.BLOCKED: _BLOCKED,
    Transport.WALLED: _WALLED,
    Transport.CONSENT: _CONSENT,
    Transport.RATE_LIMITED: _RATE_LIMITED,
    Transport.UNREACHABLE: _UNREACHABLE,
    Transport.UNREADABLE: _UNREADABLE,
}
