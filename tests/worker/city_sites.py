"""A small city's sites, behind a proxy that answers for them."""

from __future__ import annotations

import asyncio

from tests.fetching.webs import Heard, response

DECLARED = """
[[site]]
url = "http://almestad.example/"
[walk]
seconds = 0
[[skip]]
id = "person"
why = "behind it is somebody's own account"
words = ["logga-in"]
"""
FRONT = """<title>Almestad</title><nav><a href="/kultur">Kultur</a> <a href="/intern">Intern</a></nav>
<footer><a href="https://vimeo.com/almestad">Vimeo</a>
<a href="https://www.instagram.com/almestad/">Instagram</a></footer>
"""
PAGES = {
    "/": FRONT,
    "/kultur": f'{FRONT}<main><p>Mer finns <a href="https://www.tiktok.com/@almestadlike">här</a>.</p></main>',
}


async def answer(heard: Heard, writer: asyncio.StreamWriter) -> None:
    if heard.host != "almestad.example":
        writer.write(response(503, connection="close"))
    elif heard.target == "/robots.txt":
        writer.write(
            response(200, b"User-agent: *\nDisallow: /intern\n", content_type="text/plain", connection="close")
        )
    else:
        body = PAGES.get(heard.target)
        writer.write(response(200 if body else 404, (body or "").encode(), connection="close"))
