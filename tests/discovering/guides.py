"""What a walk decides by: one site, its limits and what it never asks for."""

from __future__ import annotations

from audits.discovering.frontier import Guide
from audits.discovering.plan import Limits, Plan, Site
from audits.platforms import GRAMMARS
from config.discover import load_discovery
from config.exclusions import load_exclusions

FRONT = "https://www.almestad.example/"
DECLARED = load_discovery()
CITY = Site(
    url=FRONT,
    subdomains=True,
    except_hosts=("kartor.almestad.example",),
    except_paths=("/arkiv/",),
)
PLAN = Plan(sites=(CITY, Site(url="https://skolan.example/")), limits=Limits(depth=2))
GUIDE = Guide(
    plan=PLAN, grammars=GRAMMARS, exclusions=load_exclusions(), hygiene=DECLARED.hygiene, traps=DECLARED.traps
)
