"""What revisions of a bill are called, and in what they differ."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from fractions import Fraction

from huoku.server.items.models import BomLine

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
    """What happened to one component, by its code, between two revisions: units for one of the parent before and after,
    scrap included; None where it is not in the bill."""

    component: str
    before: Fraction | None
    after: Fraction | None


def differences(old: Mapping[str, Fraction], new: Mapping[str, Fraction]) -> list[Difference]:
    """By component, in the order of the lines; ``old`` and ``new`` are units of each for one of the parent."""
    return [
        Difference(component, old.get(component), new.get(component))
        for component in {**old, **new}
        if old.get(component) != new.get(component)
    ]


def quantities(company_id: int, *boms: int) -> list[dict[str, Fraction]]:
    """Of each bill: by the component's code, units for one of the parent, scrap included."""
    found: dict[int, dict[str, Fraction]] = {bom: {} for bom in boms}
    rows = BomLine.objects.of(company_id).filter(bom__in=boms).select_related("component").order_by("seq")
    for row in rows:
        qty = with_scrap(Fraction(row.qty_numerator, row.qty_denominator), Fraction(row.scrap_rate_millionths, 10**6))
        here = found[row.bom_id]
        here[row.component.code] = here.get(row.component.code, Fraction(0)) + qty
    return list(found.values())


def with_scrap(qty: Fraction, scrap_rate: Fraction) -> Fraction:
    return qty * (1 + scrap_rate)
