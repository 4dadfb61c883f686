"""An invented city, and its little web.

    register.csv   nine administrations and their accounts       its declarations: rules.toml, keys.toml, …
    web.toml + pages/ + pictures ─read_web▶ LittleWeb ─answer(asked, at)▶ Answer ─served▶ loopback
    people.toml    what its editors state and decide, and when   MOMENTS: when the accounts are looked at

    story (the files read) ─▶ web (a value) ─▶ serving (loopback)       moments    when it is looked at
    people, ruling (which rules are turned on when)                     painting, picturing   pictures

Almestad does not exist. Every name, number and date is made up, and every page says so. What stands on the web
at a moment is a value; only `serving` opens a port, on loopback. A row in register.csv is all that a new account
needs: it is well until web.toml says otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
REGISTER: Final = FOLDER / "register.csv"
RULES: Final = FOLDER / "rules.toml"
PERMISSIONS: Final = FOLDER / "permissions.toml"
CONTROLS: Final = FOLDER / "controls.toml"
KEYS: Final = FOLDER / "keys.toml"
DISCOVER: Final = FOLDER / "discover.toml"
PUBLIC_LIST: Final = FOLDER / "public-list.toml"
PEOPLE: Final = FOLDER / "people.toml"
WEB: Final = FOLDER / "web.toml"
PAGES: Final = FOLDER / "pages"
