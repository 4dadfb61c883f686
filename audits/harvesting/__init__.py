"""Account links on an official page, and whose they seem to be."""

from audits.harvesting.exclusions import Effect, Exclusion, Exclusions
from audits.harvesting.harvest import harvest

__all__ = ["Effect", "Exclusion", "Exclusions", "harvest"]
