"""Templates, as everything that is shown or sent is written by them: this package's own, and the console's.

Every text is escaped, whatever the name of the file; a name that nobody gave is an error and no empty place.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from audits.reading.scrub import straight


def template(name: str) -> Template:
    """One of the files in `templates/`."""
    return templates_of("worker.rendering").get_template(name)


@cache
def templates_of(package: str) -> Environment:
    """The files in the `templates/` of a package."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_straight,
    )


def _straight(value: object) -> object:
    """What strangers named an account reads as it is written; markup is made of what has been here already."""
    return straight(value) if isinstance(value, str) and not isinstance(value, Markup) else value
