"""What revisions of a bill are called, and in what they differ."""

import re
from collections.abc import Set
from dataclasses import dataclass
from fractions import Fraction

from huoku.server.items.models import BomLine, Item

LONGEST = 20


def next_revision(name: str, taken: Set[str]) -> str:
    """The name after this one that is free: A, B; 01, 02; 2026-9, 2026-10; Z, Z-2."""
    found = _after(name)
    while found in taken:
        found = _after(found)
    return found


def _after(name: str) -> str:
    if digits := re.search(r"[0-9]+$", name):
        return f"{name[: digits.start()]}{int(digits[0]) + 1:0{len(digits[0])}}"
    if re.search(r"(^|[^A-Za-z])[A-Ya-y]$", name):
        return f"{name[:-1]}{chr(ord(name[-1]) + 1)}"
    return f"{name[: LONGEST - 2]}-2"


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to one component between two revisions: units for one of the parent before and after, scrap
    included; None where it is not in the bill."""

    component: Item
    before: Fraction | None
    after: Fraction | None


def differences(company_id: int, before: int, after: int) -> list[Difference]:
    """In what the bill ``after`` differs from the bill ``before``, by component in the order of their lines."""
    found: dict[int, dict[Item, Fraction]] = {before: {}, after: {}}
    rows = BomLine.objects.of(company_id).filter(bom__in=found).select_related("component").order_by("seq")
    for row in rows:
        qty = Fraction(row.qty_numerator, row.qty_denominator) * (1 + Fraction(row.scrap_rate_millionths, 10**6))
        found[row.bom_id][row.component] = found[row.bom_id].get(row.component, Fraction(0)) + qty
    old, new = found[before], found[after]
    return [
        Difference(component, old.get(component), new.get(component))
        for component in {**old, **new}
        if old.get(component) != new.get(component)
    ]
