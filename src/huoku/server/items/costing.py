"""What the material of one unit costs, from the bought parts up through all levels of the bills."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from huoku.server.items.models import Item
from huoku.server.items.recipes import recipes_below


def material_costs(company_id: int, items: Iterable[int], day: date) -> dict[int, Fraction | None]:
    """Of one unit of each item, in the company's currency: of what has a bill on ``day`` the cost of its parts, scrap
    included, else the cost that stands with the item. None where a cost below it is not known. What is lost once per
    order is left out: it depends on the lot.
    """
    wanted = set(items)
    made = recipes_below(company_id, wanted, day)
    below = {part.component for parts in made.values() for part in parts}
    bought = Item.objects.of(company_id).filter(pk__in=(wanted | below) - made.keys(), unit_cost_millionths__gte=0)
    costs: dict[int, Fraction | None] = {
        item: Fraction(millionths, 10**6) for item, millionths in bought.values_list("pk", "unit_cost_millionths")
    }

    def cost(item: int) -> Fraction | None:
        if item not in costs:
            costs[item] = None
            parts = [(part.per_unit, cost(part.component)) for part in made.get(item, ())]
            if parts and all(each is not None for _, each in parts):
                costs[item] = sum((qty * each for qty, each in parts if each is not None), Fraction(0))
        return costs[item]

    return {item: cost(item) for item in wanted}
