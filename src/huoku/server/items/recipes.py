"""What one item is made from on a day: its valid bill, with phantoms replaced by what they consist of, exactly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from huoku.server.items.models import BomLine, Item
from huoku.server.platform.validity import valid_on

MOST_PHANTOMS = 50
"""So deep may phantoms lie in each other; bills have no loops, so this is never reached."""


@dataclass(frozen=True, slots=True)
class Part:
    """One component of an item: ``per_unit`` of its units for one unit of the parent, scrap included, and ``fixed``
    once per order."""

    component: int
    decimals: int
    per_unit: Fraction
    fixed: Fraction
    operation: int | None

    def steps_for(self, units: Fraction) -> int:
        """What an order of so many units of the parent takes, in the component's smallest steps, rounded up."""
        steps: int = ceil((units * self.per_unit + self.fixed) * 10**self.decimals)
        return steps

    def within(self, outer: "Part") -> "Part":
        """This part of a phantom as a part of the phantom's parent."""
        fixed = self.per_unit * outer.fixed + self.fixed
        return Part(self.component, self.decimals, self.per_unit * outer.per_unit, fixed, outer.operation)


Recipes = dict[int, tuple[Part, ...]]


def recipes(company_id: int, parents: Iterable[int], day: date) -> Recipes:
    """The parts of each parent that has a bill valid on ``day``, in the order of its lines."""
    wanted = set(parents)
    lines: dict[int, list[tuple[Part, bool]]] = {}
    level = wanted
    for _ in range(MOST_PHANTOMS):
        found = _lines(company_id, level - lines.keys(), day)
        lines |= found
        level = {part.component for parts in found.values() for part, is_phantom in parts if is_phantom}
        if not level - lines.keys():
            break
    return {parent: tuple(_opened_up(lines, parent)) for parent in wanted if parent in lines}


def recipes_below(company_id: int, parents: Iterable[int], day: date) -> Recipes:
    """The recipes of the parents and of everything that they are made from, level by level."""
    found: Recipes = {}
    level = set(parents)
    while level:
        fresh = recipes(company_id, level, day)
        found |= fresh
        level = {part.component for parts in fresh.values() for part in parts} - found.keys()
    return found


def _opened_up(lines: dict[int, list[tuple[Part, bool]]], parent: int) -> list[Part]:
    parts: list[Part] = []
    for part, is_phantom in lines.get(parent, ()):
        if is_phantom:
            parts += [inner.within(part) for inner in _opened_up(lines, part.component)]
        else:
            parts.append(part)
    return parts


def _lines(company_id: int, parents: set[int], day: date) -> dict[int, list[tuple[Part, bool]]]:
    if not parents:
        return {}
    rows = (
        BomLine.objects.of(company_id)
        .filter(valid_on(day, "bom__"), bom__parent__in=parents)
        .order_by("bom__parent", "seq")
        .values_list(
            *("bom__parent", "component", "component__decimals", "qty_numerator", "qty_denominator"),
            *("scrap_rate_millionths", "fixed_scrap_steps", "operation", "is_phantom", "component__kind"),
        )
    )
    found: dict[int, list[tuple[Part, bool]]] = {}
    for parent, component, decimals, numerator, denominator, scrap, fixed, operation, is_phantom, kind in rows:
        per_unit = Fraction(numerator, denominator) * (1 + Fraction(scrap, 10**6))
        part = Part(component, decimals, per_unit, Fraction(fixed, 10**decimals), operation)
        found.setdefault(parent, []).append((part, is_phantom or kind == Item.Kind.PHANTOM))
    return found
