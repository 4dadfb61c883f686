"""Templates, as everything that is shown or sent is written by them: this package's own, and the console's.

Every text is escaped, whatever the name of the file; a name that nobody gave is an error and no empty place. In a
whole page no line breaks between a number and what it counts.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from audits.reading.scrub import straight
from audits.wording.binding import bound_page


def template(name: str) -> Template:
    """One of the files in `templates/`."""
    return templates_of("worker.rendering").get_template(name)


@cache
def templates_of(package: str) -> Environment:
    """The files in the `templates/` of a package."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_straight,
    )
    environment.template_class = _Bound
    return environment


class _Bound(Template):
    """A template whose pages are bound once they are whole: only then is it known what stands in a tag."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        return bound_page(super().render(*args, **kwargs))


def _straight(value: object) -> object:
    """What strangers named an account reads as it is written; markup is made of what has been here already."""
    return straight(value) if isinstance(value, str) and not isinstance(value, Markup) else value
