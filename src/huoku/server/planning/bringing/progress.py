"""How far a bringing is. It is one transaction, of which nobody sees anything before its end; hence a small file."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from huoku.factory import TABLES, Factory

EVERY = 0.4
"""Seconds between two words about it."""
TOGETHER = {"stock": 500, "history": 20_000, "disposals": 1_000}
"""So many rows of a table go into one command,"""
STEPS = {"supplies": 3, "demands": 2}
"""and so many commands make one row."""


@dataclass(slots=True)
class Progress:
    """Told after each command; written now and then. ``whole``: about how many commands there will be."""

    place: Path
    whole: int
    last: float = field(default=0.0)

    def tell(self, done: int, table: str) -> None:
        now = time.monotonic()
        if now - self.last >= EVERY:
            self.last = now
            self._write({"done": done, "whole": max(self.whole, done + 1), "table": table})

    def end(self) -> None:
        self.place.unlink(missing_ok=True)

    def _write(self, said: dict[str, object]) -> None:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        draft = self.place.with_suffix(".new")
        draft.write_text(json.dumps(said), encoding="utf-8")
        draft.replace(self.place)


def place_of(company_id: int, job_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / str(company_id) / f"bringing-{job_id}.json"


def told(company_id: int, job_id: int) -> dict[str, object]:
    """What was told last; nothing before the first word."""
    try:
        said: dict[str, object] = json.loads(place_of(company_id, job_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said


def commands_for(factory: Factory) -> int:
    """About how many commands fill a company from this factory."""
    heights = {name: factory.table(name).height for name in TABLES}
    heights["bom"] = factory.bom.select("parent", "valid_from", "valid_to").unique().height
    return sum(-(-count // TOGETHER.get(name, 1)) * STEPS.get(name, 1) for name, count in heights.items())
