"""Hand-made walls: the least that each guard's page shows, and living pages that carry the same signs.

Name of the marker ─▶ one page or more
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audits.model import Transport

HOME = "https://almestad.example/kultur"
NOTICE = "<p>" + "Biblioteket håller öppet hela sommaren och alla är välkomna. " * 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One answer of an edge: a wall in front of a site."""

    html: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    landed: str = HOME


def titled(title: str, body: str = "") -> Shown:
    return Shown(html=f"<html><head><title>{title}</title></head><body>{body}</body></html>")


def worded(*bodies: str) -> tuple[Shown, ...]:
    return tuple(Shown(html=f"<html><body><p>{body}</p></body></html>") for body in bodies)


def headed(status: int, **headers: str) -> Shown:
    return Shown(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


BLOCKED: Mapping[str, tuple[Shown, ...]] = {
    "generic.cloudflare-challenge-header": (headed(403, cf_mitigated="challenge"), headed(403, cf_mitigated="block")),
    "generic.cloudflare-challenge-title": (
        titled("Just a moment..."),
        titled("Just a moment…", "<h1>almestad.example</h1>Verifying you are human. This may take a few seconds."),
        titled("Attention Required! | Cloudflare", "<h1>One more step</h1>"),
        titled("Un instant…"),
        titled("Even geduld..."),
    ),
    "generic.cloudflare-challenge-script": (
        Shown(html="<title>Ett ögonblick</title><script>window._cf_chl_opt={cvId:'3'}</script>"),
        Shown(html='<form id="challenge-form"><input name="jschl_answer"></form>'),
        Shown(html='<form action="/cdn-cgi/l/chk_captcha" method="get"></form>'),
    ),
    "generic.cloudflare-refused": (
        Shown(html="<h1>Access denied</h1>almestad.example used Cloudflare to restrict access", status=403),
        Shown(html="<h1>Sorry, you have been blocked</h1>You are unable to access almestad.example", status=403),
    ),
    "generic.cloudflare-refused-title": (
        titled("Access denied | almestad.example used Cloudflare to restrict access", "Error 1020 Ray ID: 8d0"),
    ),
    "generic.puzzle-alone": (
        titled("almestad.example", '<div class=\'x\'></div><div class="h-captcha" data-sitekey="k"></div>'),
        titled("请点击按钮开始验证", '<div id="TencentCaptcha"></div>'),
        titled("almestad.example", '<script src="https://client-api.arkoselabs.com/v2/x/api.js"></script>'),
    ),
    "generic.guards-title": (
        titled("Loading... please wait 5 seconds"),
        titled("Attention Required!", "<h1>Sorry, you have been blocked</h1>"),
        titled("Åtkomst nekad!"),
        titled("403 - Zugriff verboten"),
    ),
    "generic.akamai-words": worded(
        'You don\'t have permission to access "http://almestad.example/" on this server. Reference #18.2d351ab8'
    ),
    "generic.unsupported-browser-words": worded(
        "This browser is no longer supported. Please switch to a supported browser to continue.",
        "Den här webbläsaren stöds inte längre.",
    ),
    "generic.anubis": (
        Shown(html='<title>Hetki</title><script id="anubis_challenge" type="application/json">{}</script>', status=401),
        Shown(html='<link rel="stylesheet" href="/.within.website/x/cmd/anubis/static/css/custom.css">'),
    ),
    "generic.anubis-footer": (
        Shown(html='<title>Oh noes!</title><footer><a href="https://github.com/TecharoHQ/anubis">Anubis</a></footer>'),
        Shown(html='<title>Hetki</title><p>…</p><footer><a href="https://anubis.techaro.lol/">Anubis</a></footer>'),
    ),
    "generic.anubis-title": (titled("Making sure you're not a bot!"), titled("Kollar så att du inte är en bot!")),
    "generic.aws-waf-header": (headed(202, x_amzn_waf_action="challenge"), headed(405, x_amzn_waf_action="captcha")),
    "generic.aws-waf-script": (Shown(html="<script>window.gokuProps = {}</script><div id=challenge-container></div>"),),
    "generic.datadome": (
        Shown(html="<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>", status=403),
        *worded("Please enable JS and disable any ad blocker"),
    ),
    "generic.datadome-header": (headed(403, x_dd_b="1"),),
    "generic.perimeterx": (
        Shown(html='<title>Stopp</title><div id="px-captcha"></div>'),
        *worded("Access has been denied because we believe you are using automation tools to browse the website"),
        Shown(html='{"appId":"PX1","jsClientSrc":"/1/init.js","blockScript":"/1/captcha.js"}'),
    ),
    "generic.denied-title": (
        titled("Access Denied", "You don't have permission to access this server. Reference #18.5"),
        titled("Access to this page has been denied"),
        titled("Pardon Our Interruption"),
        titled("Client Challenge"),
        titled("403 Forbidden", "nginx"),
        titled("DDoS-Guard"),
        titled("Vercel Security Checkpoint"),
        titled("Human Verification"),
        titled("Åtkomst nekad"),
        titled("ERROR: The request could not be satisfied", "Generated by cloudfront (CloudFront)"),
    ),
    "generic.akamai": (
        *worded("https://errors.edgesuite.net/18.5a6b7c8d.1762368730.9e0f1a2b"),
        Shown(html='<div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/sec-4-4.js"></script>'),
    ),
    "generic.imperva": (
        *worded("Request unsuccessful. Incapsula incident ID: 1-2-3"),
        Shown(html='<iframe src="/_Incapsula_Resource?CWUDNSAI=9&amp;xinfo=1"></iframe>'),
        Shown(html='<script src="/_Incapsula_Resource?SWHANEDL=1"></script>'),
    ),
    "generic.kasada": (Shown(html="<script>window.KPSDK={};KPSDK.now=Date.now</script>", status=429),),
    "generic.sucuri": (
        Shown(html="<title>Sucuri WebSite Firewall - Access Denied</title>", status=403),
        Shown(html="<script>var sucuri_cloudproxy_js='';</script>"),
    ),
    "generic.ddos-guard": (headed(403, server="ddos-guard"),),
    "generic.ddos-guard-script": (Shown(html='<script src="https://check.ddos-guard.net/check.js"></script>'),),
    "generic.vercel": (headed(429, x_vercel_mitigated="challenge"),),
    "generic.cloudfront": worded(
        "Request blocked. We can't connect to the server for this app or website at this time."
    ),
    "generic.cloudfront-header": (headed(403, x_cache="Error from cloudfront"),),
    "generic.hosting-guards": (
        Shown(html='<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">'),
        *worded("Access denied by Imunify360 bot-protection. IPs used for automation should be whitelisted"),
        *worded("The requested URL was rejected. Please consult with your administrator. Your support ID is: 7"),
        *worded("Your access to this site has been limited. Generated by Wordfence at 08:00"),
        titled("CrowdSec Ban", "CrowdSec Access Forbidden"),
        Shown(html='<script src="/.bunny-shield/assets/shield-challenge.js"></script>'),
    ),
    "generic.guards-words": (
        *worded(
            "The request is blocked. 20261103T021500Z-r1",
            "Not Acceptable! This error was generated by Mod_Security.",
            "Please wait while your request is being verified...",
            "Please solve this CAPTCHA to request unblock to the website",
            "Error 15 What happened? This request was blocked by our security service",
        ),
    ),
    "generic.imperva-interrogation": (
        Shown(html='<div id="interstitial-inprogress"></div>' + "<p>Something made us think. </p>" * 14),
        Shown(html="<script>window.reeseSkipExpirationCheck = true;</script>"),
    ),
    "generic.google-sorry": (Shown(landed="https://www.google.com/sorry/index?continue=https://almestad.example"),),
    "generic.guards-host": (Shown(landed="https://validate.perfdrive.com/almestad?ssa=1"),),
    "generic.guards-path": (
        Shown(landed="https://almestad.example/_Incapsula_Resource?SWCNGEEC=1"),
        Shown(landed="https://almestad.example/.within.website/?redir=%2F"),
    ),
    "generic.unusual-traffic": worded(
        "Our systems have detected unusual traffic from your computer network.",
        "Bekräfta att du är en människa",
        "Performing security verification This website uses a security service to protect against malicious bots.",
        "Press & Hold to confirm you are a human (and not a bot).",
    ),
    "generic.waiting-room": (Shown(landed="https://almestad.queue-it.net/?c=almestad&e=biljetter"),),
    "generic.not-in-your-region": (
        *worded("451: Unavailable due to legal reasons. Our site is unavailable in most European countries."),
        *worded("Innehållet är inte tillgängligt. Sidan är inte tillgänglig i ditt land."),
    ),
    "generic.unsupported-browser": (
        titled("Update Your Browser | Almestad"),
        titled("Uppdatera din webbläsare"),
        titled("Mettez à jour votre navigateur"),
    ),
}

CONSENT: Mapping[str, tuple[Shown, ...]] = {
    "generic.consent-host": (
        Shown(html="<title>YouTube</title>", landed="https://consent.youtube.com/m?continue=x&gl=SE"),
        Shown(landed="https://consent.google.se/ml?continue=x"),
        Shown(landed="https://guce.yahoo.com/consent?brandType=nonEu"),
    ),
    "generic.consent-path": (
        Shown(landed="https://www.tumblr.com/privacy/consent?redirect=x"),
        Shown(landed="https://almestad.example/consent/tcf/kultur"),
    ),
    "generic.consent-words": worded(
        "Vi och våra 800 partners lagrar och/eller får åtkomst till information på en enhet, såsom unika ID:n i kakor",
        "We and our partners store and/or access information on a device, such as cookies",
    ),
    "generic.consent-title": tuple(
        titled(f"{words} YouTube", "Vi använder cookies och data för att")
        for words in (
            "Before you continue to",
            "Innan du fortsätter till",
            "Bevor Sie zu",
            "Avant d'accéder à",
            "Antes de ir a",
            "Voordat je verdergaat naar",
        )
    ),
    "generic.consent-form": (Shown(html='<form action="https://consent.youtube.com/save" method="POST"></form>'),),
}

WALLED: Mapping[str, tuple[Shown, ...]] = {
    "generic.login-host": (Shown(landed="https://login.microsoftonline.com/common/oauth2/authorize?client_id=1"),),
    "generic.login-path": (
        Shown(landed="https://almestad.example/login/?returnUri=%2Fkultur"),
        Shown(landed="https://almestad.example/wp-login.php?redirect_to=x"),
        Shown(landed="https://almestad.example/users/sign_in"),
    ),
    "generic.login-title-opening": (
        titled("Log in to Almestad"),
        titled("Logga in – Intranätet"),
        titled("Sign in · Almestad"),
    ),
    "generic.login-title-ending": (
        titled("Almestad - Login", "<h1>Login to your account</h1><input type='password'>"),
        titled("Mina sidor | Logga in"),
    ),
    "generic.login-title": (titled("Logga in"), titled("Sign in"), titled("Anmelden"), titled("401 Unauthorized")),
}

UNREACHABLE: Mapping[str, tuple[Shown, ...]] = {
    "generic.cloudflare-origin-down": (titled("almestad.example | 522: Connection timed out"),),
    "generic.maintenance-title": (
        titled("Underhållsarbete pågår"),
        titled("Site under maintenance"),
        titled("503 Service Temporarily Unavailable", "nginx"),
    ),
    "generic.maintenance-words": worded(
        "Briefly unavailable for scheduled maintenance. Check back in a minute.",
        "Webbplatsen är tillfälligt stängd.",
        "Error establishing a database connection",
    ),
}

RATE_LIMITED: Mapping[str, tuple[Shown, ...]] = {
    "generic.cloudflare-rate-limited": worded("You are being rate limited. The owner has banned you temporarily."),
    "generic.too-many-requests": (titled("429 Too Many Requests", "nginx"),),
}

UNREADABLE: Mapping[str, tuple[Shown, ...]] = {
    "generic.needs-javascript": worded(
        "You need to enable JavaScript to run this app.", "Aktivera JavaScript i din webbläsare"
    ),
}

NOT_RECORDED: Mapping[str, tuple[Shown, ...]] = {
    "generic.not-archived": worded(
        "The Wayback Machine has not archived that URL.",
        "This URL has been excluded from the Wayback Machine.",
        "Page cannot be displayed due to robots.txt.",
        "Got an HTTP 302 response at crawl time Redirecting to https://almestad.example/login",
    ),
}
WALLS: Mapping[Transport, Mapping[str, tuple[Shown, ...]]] = {
    Transport.BLOCKED: BLOCKED,
    Transport.NOT_RECORDED: NOT_RECORDED,
    Transport.CONSENT: CONSENT,
    Transport.WALLED: WALLED,
    Transport.UNREACHABLE: UNREACHABLE,
    Transport.RATE_LIMITED: RATE_LIMITED,
    Transport.UNREADABLE: UNREADABLE,
}

LIVING: Mapping[str, Shown] = {
    "datadome-tag": Shown(html=f'<title>Kultur</title><script src="https://js.datadome.co/tags.js"></script>{NOTICE}'),
    "datadome-captcha-in-settings": Shown(html=f"<script>var c='https://geo.captcha-delivery.com/'</script>{NOTICE}"),
    "perimeterx-sensor": Shown(html=f"<script>window._pxAppId='PX1'</script>{NOTICE}"),
    "incapsula-sensor": Shown(
        html=f'<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>{NOTICE}'
    ),
    "cloudflare-beacon": Shown(
        html=f"<script>window.__CF$cv$params={{}};a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>{NOTICE}",
        headers={"server": "cloudflare", "cf-ray": "1-ARN"},
    ),
    "turnstile-in-a-form": Shown(html=f'<div class="cf-turnstile"></div>{NOTICE}'),
    "ddos-guard-served": Shown(html=f"<title>Kultur</title>{NOTICE}", status=200, headers={"server": "ddos-guard"}),
    "cloudfront-error-page-of-its-own": Shown(html=NOTICE, status=200, headers={"x-cache": "Error from cloudfront"}),
    "cookie-dialogue": Shown(html=f'<div id="CybotCookiebotDialog">Vi använder cookies. Godkänn alla</div>{NOTICE}'),
    "article-about-log-ins": Shown(html=f"<title>Logga in på biblioteket - så gör du</title>{NOTICE}"),
    "log-in-link": Shown(html=f'<a href="/login">Logga in</a>{NOTICE}'),
    "article-about-maintenance": Shown(
        html=f"<title>Underhåll av vägar</title><p>Webbplatsen är tillfälligt stängd{NOTICE}"
    ),
    "puzzle-in-a-contact-form": Shown(html=f'<title>Kontakt</title><div class="h-captcha"></div>{NOTICE}'),
    "article-about-robots": Shown(html=f"<title>Är du en robot?</title>Bekräfta att du är en människa{NOTICE}"),
    "path-that-speaks-of-log-ins": Shown(html=NOTICE, landed="https://almestad.example/om-oss/login/hjalp"),
    "host-that-begins-like-a-guard": Shown(html=NOTICE, landed="https://login.almestad.example/kultur"),
}
