"""The pages behind the buttons of letters, served."""

from __future__ import annotations

from typing import Final

import click

from worker.cli.showing import BadInput, say
from worker.cli.speaking import in_language, words

_AT_ONCE: Final = 200  # connections; more are told to come back, so that a flood takes no memory


@click.command()
@click.option("--host", help="Where to listen; 127.0.0.1 unless set (KANALKOLL_CONSOLE_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="8080 unless set (KANALKOLL_CONSOLE_PORT).")
@in_language
def console(host: str | None, port: int | None) -> None:
    """Serve the pages behind the buttons of letters, behind the city's own proxy, which adds TLS."""
    import uvicorn

    from config.stated import load_settings
    from worker.sending.smtp import is_loopback

    settings = load_settings()
    at, door = host or settings.console_host, port or settings.console_port
    if not is_loopback(at) and not settings.console_url.startswith("https://"):
        raise BadInput(words("console.open", host=at))
    whom = settings.console_url or words("console.alone")
    say(words("console.serves", address=f"http://{at}:{door}", whom=whom))
    uvicorn.run(
        "console.app:serve",
        factory=True,
        host=at,
        port=door,
        server_header=False,
        limit_concurrency=_AT_ONCE,
        access_log=False,
        log_config=None,  # as every other record of ours
        log_level="warning",
    )
