"""What the material of one unit costs, from the bought parts up through all levels of the bills."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from huoku.server.items.models import Bom, BomLine, Item
from huoku.server.partners.models import Source
from huoku.server.platform.models import Company
from huoku.server.platform.sql import ask, places
from huoku.server.platform.validity import valid_on

ITEMS, BOMS, LINES = (f'"{model._meta.db_table}"' for model in (Item, Bom, BomLine))
VALID = "(b.valid_from IS NULL OR b.valid_from <= %s) AND (b.valid_to IS NULL OR b.valid_to >= %s)"
BELOW = f"""
WITH RECURSIVE below(id) AS (
  SELECT i.id FROM {ITEMS} i WHERE i.company_id = %s AND i.id IN {{wanted}}
  UNION
  SELECT l.component_id FROM below JOIN {BOMS} b ON b.parent_id = below.id JOIN {LINES} l ON l.bom_id = b.id
  WHERE b.company_id = %s AND {VALID}
)
SELECT i.id, i.unit_cost_millionths, l.component_id, l.qty_numerator, l.qty_denominator, l.scrap_rate_millionths
FROM below JOIN {ITEMS} i ON i.id = below.id
LEFT JOIN {BOMS} b ON b.parent_id = i.id AND {VALID}
LEFT JOIN {LINES} l ON l.bom_id = b.id
"""
"""Everything that the wanted items are made from, in one statement however deep: each item with its own cost, once for
each line of its bill."""


def material_costs(company: Company, items: Iterable[int], day: date) -> dict[int, Fraction | None]:
    """Of one unit of each item, in the company's currency: of what has a bill on ``day`` the cost of its parts, scrap
    included, else the cost that stands with the item, else the price of its preferred source. None where a cost below
    it is not known. What is lost once per order is left out: it depends on the lot.
    """
    wanted = sorted(set(items))
    if not wanted:
        return {}
    parameters = [company.pk, *wanted, company.pk, *[day] * 4]
    parts: dict[int, list[tuple[int, Fraction]]] = {}
    costs: dict[int, Fraction | None] = {}
    for item, own, component, numerator, denominator, scrap in ask(
        BELOW.format(wanted=places(len(wanted), 1)), parameters
    ):
        if component is None:
            costs[item] = None if own is None else Fraction(own, 10**6)
        else:
            qty = Fraction(numerator, denominator) * (1 + Fraction(scrap, 10**6))
            parts.setdefault(item, []).append((component, qty))

    unknown = [item for item, own in costs.items() if own is None]
    costs |= _prices(company, unknown, day) if unknown else {}

    def cost(item: int) -> Fraction | None:
        if item not in costs:
            costs[item] = Fraction(0)
            for component, qty in parts[item]:
                each, sofar = cost(component), costs[item]
                costs[item] = None if each is None or sofar is None else sofar + qty * each
        return costs[item]

    return {item: cost(item) for item in wanted}


def _prices(company: Company, items: Iterable[int], day: date) -> dict[int, Fraction]:
    """What the preferred source of each takes for one unit, where that is in the company's currency."""
    sources = Source.objects.of(company).filter(valid_on(day), item__in=items, supplier__is_active=True)
    priced = sources.filter(currency=company.currency, price_millionths__isnull=False)
    rows = priced.order_by("-priority", "-supplier__code", "-pk").values_list("item", "price_millionths")
    return {
        item: Fraction(price, 10**6) for item, price in rows if price is not None
    }  # the preferred one comes last and stays
