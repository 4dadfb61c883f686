"""Addresses that must never be dialled, and neighbours that may be.

Collected by kind after the test tables of stripe/smokescreen, arkadiyt/ssrf_filter, JordanMilne/Advocate and the
advisories on Mastodon and changedetection.io; the spellings are our own.
"""

from __future__ import annotations

from typing import Final

PUBLIC_4: Final = "93.184.216.34"
PUBLIC_6: Final = "2606:2800:220:1:248:1893:25c8:1946"

ANYONE: Final = ".".join("0" * 4)  # the unspecified address, which nobody binds here

RESERVED_4: Final = (
    ANYONE, "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.254",
    "127.0.0.1",
    "127.0.1.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1",
    "192.168.0.1", "192.168.255.255", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "254.1.2.3", "255.255.255.255",
)  # fmt: skip

RESERVED_6: Final = (
    "::", "::1", "::2", "::127.0.0.1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:100.64.0.1",
    "::ffff:169.254.169.254", "::ffff:93.184.216.34", "::ffff:7f00:1", "::ffff:0:127.0.0.1",
    "::ffff:0:93.184.216.34",
    "64:ff9b::7f00:1", "64:ff9b::169.254.169.254", "64:ff9b::93.184.216.34", "64:ff9b:1::7f00:1",
    "64:ff9b:1:fffe::10.0.0.1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1",
    "2001:5::1",
    "2001:10::1", "2001:20::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:5db8:d822::1",
    "2620:4f:8000::1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:93.184.216.34", "3fff::1", "3fff:fff::1",
    "4000::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1",
    "ff00::1", "ff02::1", "ff0e::1",
)  # fmt: skip

ODD_4: Final = (
    "0", "1", "127.1", "127.0.1", "2130706433", "017700000001", "0177.0.0.1", "0177.1", "0x7f.0.0.1", "0x7f000001",
    "0x7f.1", "127.0.0.01", "0127.0.0.1", "00000177.0.0.1", "10.1", "0xa.1", "3232235521", "0xc0a80001",
    "192.168.1",
    "2852039166", "0xa9fea9fe", "169.254.43518", "0251.0376.0251.0376", "127.0.0.1.", "4294967295",
    "256.256.256.256",
    "127.0.0.1.0", "0x", "0x7f.0x0.0x0.0x1", "1.0x",
)  # fmt: skip

# name: what it resolves to
NAMES: Final = {
    "localhost": ("127.0.0.1", "::1"),
    "localhost.": ("127.0.0.1",),
    "localhost.localdomain": ("127.0.0.1",),
    "ip6-localhost": ("::1",),
    "broadcasthost": ("255.255.255.255",),
    "metadata": ("169.254.169.254",),
    "metadata.google.internal": ("169.254.169.254",),
    "metadata.google.internal.": ("169.254.169.254",),
    "instance-data.ec2.internal": ("169.254.169.254",),
    "kubernetes.default.svc": ("10.96.0.1",),
    "intranet": ("10.1.2.3",),
    "router.lan": ("192.168.1.1",),
    "printer.local": ("169.254.7.7",),
    "host.docker.internal": ("192.168.65.2",),
    "127.0.0.1.nip.example": ("127.0.0.1",),
    "10-0-0-1.sslip.example": ("10.0.0.1",),
    "cgnat.example": ("100.64.7.7",),
    "azure.example": ("168.63.129.16",),
    "private6.example": ("fd12:3456::1",),
    "linklocal6.example": ("fe80::1",),
    "mapped.example": ("::ffff:10.0.0.1",),
    "nat64.example": ("64:ff9b::a00:1",),
    "sixtofour.example": ("2002:a00:1::",),
    "teredo.example": ("2001:0:4136:e378:8000:63bf:3fff:fdd2",),
    "multicast.example": ("224.0.0.251",),
    "unspecified.example": (ANYONE,),
    "unspecified6.example": ("::",),
    "mixed-last.example": (PUBLIC_4, "127.0.0.1"),
    "mixed-first.example": ("10.0.0.1", PUBLIC_4),
    "mixed-families.example": (PUBLIC_4, "::1"),
    "mixed-mapped.example": (PUBLIC_6, "::ffff:127.0.0.1"),
    "many.example": (*(f"93.184.216.{last}" for last in range(1, 60)), "192.168.0.7"),
    "xn--bcher-kva.example": ("10.9.9.9",),
    "under_score.example": ("172.20.0.1",),
    "ends-inside.example": ("198.18.0.7",),
    "zoned.example": ("fe80::1%lo",),
}

CONFUSING: Final = (
    "http://pub.example\\@127.0.0.1/", "http://127.0.0.1\\@pub.example/", "http:\\\\127.0.0.1\\",
    "http://127.0.0.1%2f@pub.example/",
    "http://pub.example@127.0.0.1/", "http://pub.example:80@127.0.0.1/", "http://user:pass@localhost/",
    "http://@127.0.0.1/",
    "http://127.0.0.1%00.pub.example/", "http://127.0.0.1\x00.pub.example/",
    "http://127.0.0.1\r\nHost: pub.example/",
    "http://127.0.0.1\t/", "http:// 127.0.0.1/", "http://127.0.0.1 /", " http://127.0.0.1/", "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/", "http://１２７.0.0.1/", "http://loc\u00adalhost/", "http://ⓛocalhost/", "http://LOCALHOST/",
    "http://[::1%25lo]/", "http://[fe80::1%25eth0]/", "http://[::ffff:127.0.0.1]:80/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000::1]/", "http://[::1]:443/", "http://[127.0.0.1]/", "http://[]/", "http://:123",
    "http:///127.0.0.1/", "http:/127.0.0.1/",
    "http:127.0.0.1", "//127.0.0.1/", "127.0.0.1", "", "http://", "http://a..b/", "http://.localhost/", "http://-/",
    "http://xn--localhost-/", "http://xn--/", "http://loc%61lhost/", "http://127%2e0.0.1/",
    "http://%31%32%37.0.0.1/",
    "http://" + "a" * 300 + ".example/", "http://pub.example/" + "a" * 5000, "http://\ud800.example/",
)  # fmt: skip

_PORTS = (
    0, 1, 21, 22, 23, 25, 53, 81, 110, 111, 143, 445, 587, 3306, 5432, 6379, 8000, 8080, 8443, 9200, 11211, 27017,
    65535, 65536,
)  # fmt: skip
PORTS: Final = tuple(f"http://inside-by-port.example:{port}/" for port in _PORTS)

SCHEMES: Final = (
    "file:///etc/passwd", "file:/etc/passwd", "file:etc/passwd", "source:file:///etc/passwd", "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "tftp://127.0.0.1/",
    "jar:http://127.0.0.1!/",
    "data:text/html,hej", "javascript:alert(1)", "unix:/var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
    "ws://127.0.0.1/", "view-source:http://127.0.0.1/", "netdoc:///etc/passwd", "HtTpX://127.0.0.1/",
)  # fmt: skip


def bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


BY_ADDRESS: Final = tuple(f"http://{bracketed(address)}/" for address in (*RESERVED_4, *RESERVED_6, *ODD_4))
BY_NAME: Final = tuple(f"http://{name}/" for name in NAMES)
REFUSED: Final = (*BY_ADDRESS, *BY_NAME, *CONFUSING, *PORTS, *SCHEMES)

# Just outside of what is refused, and plain public ones.
NEIGHBOURS: Final = (
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.254", "100.128.0.1", "126.255.255.255", "128.0.0.1",
    "168.63.129.15",
    "168.63.129.17", "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1", "192.88.98.1",
    "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1", "223.255.255.254", PUBLIC_4, PUBLIC_6,
    "2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2606:4700::1111",
    "2a00:1450:400f::200e",
    "3ffe:ffff::1", "2606:4700::5eff:a00:1",
)  # fmt: skip

# Targets of redirects: as harmful, and as a Location header may spell them.
REDIRECTS: Final = (
    *(f"http://{bracketed(address)}/" for address in (
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", ANYONE,
        "224.0.0.1", "255.255.255.255", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    "fe80::1", "fc00::1",
    )),
    "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://localhost/",
    "http://intranet/",
    "http://metadata.google.internal/computeMetadata/v1/", "http://mixed-last.example/",
    "http://127.0.0.1.nip.example/",
    "//127.0.0.1/", "//[::1]/", "http:\\\\127.0.0.1/", "/\\127.0.0.1/", "http://pub.example@127.0.0.1/",
    "http://pub.example\\@127.0.0.1/",
    "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "ftp://127.0.0.1/", "data:text/html,hej",
    "javascript:alert(1)",
    "http://pub.example:6379/", "http://127.0.0.1:80/", "http://[::ffff:7f00:1]/", "http://①②⑦.0.0.1/",
    "http://" + "a" * 5000 + "/",
)  # fmt: skip
