"""Which channels an official page names. Nothing is fetched."""

from __future__ import annotations

import gzip
import sys
import zlib
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

from worker.cli.addresses import parsed
from worker.cli.showing import BadInput, as_json, print_json_lines, print_table
from worker.cli.speaking import in_language, words

# https://en.wikipedia.org/wiki/List_of_file_signatures: zip (also xlsx, docx, ods), PDF, PNG, JPEG, old Office files
_NO_PAGE: Final = (b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")


@click.command()
@click.option("--url", required=True, help="The address that was requested.")
@click.option("--final-url", help="The address that answered, after redirects.")
@click.option("--headers", default="{}", help="The response headers as a JSON object.")
@click.option("--body", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@in_language
@as_json
def harvest(url: str, final_url: str | None, headers: str, body: Path, json_out: bool) -> None:
    """Read one official page (gzip or plain): which accounts it links to, where on the page, and whether they seem to
    be its own."""
    from audits.addresses.hosts import host_of
    from audits.model import Page
    from config.exclusions import load_exclusions
    from worker.harvesting import harvest_page
    from worker.wiring import utc_now

    if urlsplit(url).scheme not in ("http", "https") or host_of(url) is None:
        raise BadInput(words("harvest.bad_url", url=url))
    page = Page(
        url=url,
        final_url=final_url,
        headers={name.lower(): str(value) for name, value in parsed(headers, "--headers").items()},
        body=_bytes(body),
        fetched_at=utc_now(),
    )
    lines = list(harvest_page(page, load_exclusions()))
    if json_out or not sys.stdout.isatty():
        print_json_lines(lines)
    else:
        print_table(url, tuple(lines[0]) if lines else (words("value.none"),), (tuple(line.values()) for line in lines))


def _bytes(body: Path) -> bytes:
    raw = body.read_bytes()
    if raw.startswith(_NO_PAGE):
        raise BadInput(words("harvest.no_page", file=body))
    try:
        return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except (OSError, EOFError, zlib.error) as error:
        raise BadInput(words("harvest.no_gzip", file=body, why=error)) from error
