"""What reported pieces have used of the materials at the work.

A piece has used a component once it is good at the last operation, or scrap at the operation that uses the component or
a later one. So what is consumed follows from what is reported, whatever the order of the reports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from huoku.server.platform.exact import plain
from huoku.server.production.components import Components, replaced
from huoku.server.production.models import WorkComponent, WorkOperation
from huoku.server.production.refusals import MaterialMissing


@dataclass(frozen=True, slots=True)
class Deduction:
    """So many steps of a component are about to be consumed."""

    component: WorkComponent
    steps: int


def pieces_through(operations: Sequence[WorkOperation], component: WorkComponent) -> int:
    """Steps of the product that have used the component."""
    scrap = sum(each.scrap_steps for each in operations if each.seq >= (component.operation or 0))
    return operations[-1].good_steps + scrap


def due(
    components: Components, operations: Sequence[WorkOperation], decimals: int, used: Mapping[int, int]
) -> dict[int, int]:
    """What is to be consumed now, in steps by the component's id; ``decimals`` are those of the product.

    ``used``: what was really used, by component, where somebody said so. A component's substitutes are used after it.
    Raises MaterialMissing where less lies at the work.
    """
    taken: dict[int, int] = {}
    for component in components:
        if component.stands_for_id:
            continue
        substitutes = components.substitutes_of(component)
        alike = (component, *substitutes)
        if any(row.pk in used for row in alike):
            taken |= {row.pk: used.get(row.pk, 0) for row in alike}
            continue
        units = Fraction(pieces_through(operations, component), 10**decimals)
        covered = sum(replaced(each, component, each.consumed_steps) for each in substitutes)
        left = max(0, component.steps_for(units) - component.consumed_steps - covered)
        taken |= _shared(component, substitutes, left)
    for component in components:
        wanted = taken.get(component.pk, 0)
        if wanted > component.in_progress_steps and not component.is_backflushed:
            raise missing(component, wanted, component.in_progress_steps)
    return {id: steps for id, steps in taken.items() if steps}


def _shared(component: WorkComponent, substitutes: Sequence[WorkComponent], steps: int) -> dict[int, int]:
    """First the component itself, then its substitutes by their ratios; what is beyond all of them is its own."""
    taken = {component.pk: steps if component.is_backflushed else min(steps, component.in_progress_steps)}
    left = steps - taken[component.pk]
    for each in substitutes:
        wanted = ceil(Fraction(left, 10**component.item.decimals) * Fraction(each.ratio) * 10**each.item.decimals)
        taken[each.pk] = min(wanted, each.in_progress_steps)
        left -= min(left, replaced(each, component, taken[each.pk]))
    taken[component.pk] += left
    return taken


def missing(component: WorkComponent, wanted: int, there: int) -> MaterialMissing:
    decimals = component.item.decimals
    return MaterialMissing(
        field="good",
        value=f"{plain(wanted, decimals)} {component.item.unit}",
        item=component.item.code,
        there=plain(there, decimals),
    )
