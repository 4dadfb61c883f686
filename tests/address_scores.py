"""How well addresses are understood, and how fast: `python -m tests.address_scores`.

labelled real addresses ─▶ identify ─▶ right and wrong, field by field ─▶ every miss, printed
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from audits.addresses import identify
from audits.model import Address
from audits.platforms import GRAMMARS
from tests.corpus import CORPUS

LABELLED: Final = CORPUS / "registries" / "urls-labelled.jsonl"
CONSTRUCTED: Final = CORPUS / "registries" / "urls-constructed.jsonl"
FIELDS: Final = ("platform", "kind", "key", "canonical_url", "owner_key")
MANY: Final = 100_000


@dataclass(frozen=True, slots=True)
class Score:
    """Labelled rows, and for each field those that came out otherwise."""

    rows: Sequence[dict[str, Any]]
    misses: dict[str, list[str]]

    def share(self, field: str) -> float:
        return 1 - len(self.misses[field]) / len(self.rows)


def certain_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a labelled file whose answer is not a matter of taste."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row.get("certain", True)]


def understood(row: dict[str, Any]) -> Address:
    return identify(row["raw"], row["context"], GRAMMARS)


def score(rows: Sequence[dict[str, Any]]) -> Score:
    """What identify made of the rows, held against their labels."""
    found = [(row, understood(row)) for row in rows]
    return Score(rows, {field: [_miss(row, address, field) for row, address in found
                                if getattr(address, field) != row[field]] for field in FIELDS})  # fmt: skip


def _miss(row: dict[str, Any], address: Address, field: str) -> str:
    return f"{row['raw']!r} under {row['context']!r}: {field} {getattr(address, field)!r}, labelled {row[field]!r}"


def seconds_for_many(rows: Sequence[dict[str, Any]]) -> float:
    """How long 100,000 addresses take, one after the other in one process."""
    pasted = [(row["raw"], row["context"]) for row in rows]
    began = time.perf_counter()
    for index in range(MANY):
        raw, context = pasted[index % len(pasted)]
        identify(raw, context, GRAMMARS)
    return time.perf_counter() - began


def main() -> None:
    for path in (LABELLED, CONSTRUCTED):
        told = score(certain_rows(path))
        shares = "  ".join(f"{field} {told.share(field):.2%}" for field in FIELDS)
        misses = [miss for field in FIELDS for miss in told.misses[field]]
        sys.stdout.write(f"{path.name}: {len(told.rows)} rows  {shares}\n" + "".join(f"  {miss}\n" for miss in misses))
    sys.stdout.write(f"{MANY} addresses: {seconds_for_many(certain_rows(LABELLED)):.2f} s\n")


if __name__ == "__main__":
    main()
