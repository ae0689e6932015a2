"""The lists in which what is to be bought is looked at, counted and added up by the database: a plan may propose more
purchases than a page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from django.db.models import Case, Count, F, FloatField, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from huoku.server.partners.models import Supplier
from huoku.server.planning.models import Proposal
from huoku.server.planning.purchases import MILLION, OfSupplier, Purchase, open_purchases, purchases_of
from huoku.server.planning.reading.factory import bearing_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits

View = Literal["week", "high", "all"]
Measure = Literal["amount", "tied", "loss"]
VIEWS: tuple[View, ...] = ("week", "high", "all")
MEASURES: tuple[Measure, ...] = ("amount", "tied", "loss")
MOST_DECIMALS = 6
"""Of an item's quantities, see its constraint."""
LISTED = 200
"""So many purchases one page lists."""


@dataclass(frozen=True, slots=True)
class Total:
    """Of a view, in the company's currency; ``tied``: in what nobody needs of it."""

    rows: int = 0
    amount: float = 0.0
    tied: float = 0.0
    loss: float = 0.0


@dataclass(frozen=True, slots=True)
class Listed:
    """Part of a view: suppliers by name, of each the earliest to be ordered first. ``amounts``: of all that the view
    holds of a supplier, by its id; ``following``: where the next part begins, 0 where there is none."""

    groups: Sequence[OfSupplier]
    amounts: Mapping[int | None, float]
    start: int
    following: int

    @property
    def purchases(self) -> Sequence[Purchase]:
        return [each for group in self.groups for each in group.purchases]


def measured(actor: Actor, until: date | None = None) -> QuerySet[Proposal]:
    """The open purchases with ``amount``, ``tied`` and ``loss`` as the database reckons them."""
    powers = [When(item__decimals=digits, then=Value(10.0**digits)) for digits in range(MOST_DECIMALS + 1)]
    price = _float(Coalesce("price_millionths", 0)) / Case(*powers, output_field=FloatField()) / float(MILLION)
    fees = _float("fees_minor") / float(10 ** minor_digits(actor.company.currency))
    return open_purchases(actor, until).annotate(
        amount=_float("qty_steps") * price + fees,
        tied=_float(F("qty_steps") - F("needed_steps")) * price,
        loss=_float(Coalesce("loss_millionths", 0)) / float(MILLION),
    )


def _float(what: Any) -> Cast:
    return Cast(what, FloatField())


def of_view(actor: Actor, view: View, until: date) -> QuerySet[Proposal]:
    """The purchases of a view; ``until``: the last day of the week that is looked at."""
    return measured(actor).filter(_chosen(view, until, _alarm(actor) if view == "high" else 0.0))


def _alarm(actor: Actor) -> float:
    return bearing_of(actor.company).dead_alarm


def _chosen(view: View, until: date, alarm: float) -> Q:
    if view == "week":
        return Q(start_on__lte=until)
    # As ``Purchase.grade`` has it: what is expected to be lost is an alarming part of the money.
    is_high = Q(loss__gte=F("amount") * alarm, qty_steps__gt=F("needed_steps"), amount__gt=0.0)
    return is_high if view == "high" else Q()


def totals(actor: Actor, until: date) -> dict[View, Total]:
    """What each view holds, in one question."""
    alarm, asked = _alarm(actor), dict[str, Any]()
    for view in VIEWS:
        chosen = _chosen(view, until, alarm) or None
        asked[f"{view}_rows"] = Count("pk", filter=chosen)
        asked |= {f"{view}_{name}": Sum(name, filter=chosen) for name in MEASURES}
    sums = measured(actor).order_by().aggregate(**asked)
    return {view: _total(sums, view) for view in VIEWS}


def total(actor: Actor, view: View, until: date) -> Total:
    """What one view holds."""
    asked = {f"{view}_rows": Count("pk"), **{f"{view}_{name}": Sum(name) for name in MEASURES}}
    return _total(of_view(actor, view, until).order_by().aggregate(**asked), view)


def _total(sums: Mapping[str, Any], view: View) -> Total:
    return Total(sums[f"{view}_rows"], *(float(sums[f"{view}_{name}"] or 0.0) for name in MEASURES))


def listed(actor: Actor, view: View, until: date, start: int = 0) -> Listed:
    found = of_view(actor, view, until)
    ids = list(found.order_by("supplier__name", "start_on", "pk").values_list("pk", flat=True)[start:][: LISTED + 1])
    told = purchases_of(actor, ids[:LISTED])
    groups = [
        OfSupplier(supplier.pk if supplier else None, supplier.code if supplier else "", tuple(group))
        for supplier, group in groupby(told, key=lambda each: each.proposal.supplier)
    ]
    suppliers = {each.proposal.supplier_id for each in told}
    is_here = Q(supplier__in=suppliers - {None}) | (Q(supplier=None) if None in suppliers else Q(pk__in=[]))
    sums = found.filter(is_here).order_by().values("supplier_id").annotate(all=Sum("amount"))
    amounts = {row["supplier_id"]: float(row["all"]) for row in sums}
    return Listed(groups, amounts, start, start + LISTED if len(ids) > LISTED else 0)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be ordered of one supplier, in one figure."""

    supplier: Supplier
    rows: int
    amount: float
    first: date


def due(actor: Actor, until: date, most: int) -> Sequence[Due]:
    """The suppliers at whom something is to be ordered until a day, the longest due first."""
    rows = measured(actor, until).filter(supplier__isnull=False).order_by().values("supplier_id")
    sums = rows.annotate(rows=Count("pk"), all=Sum("amount"), first=Min("start_on")).order_by("first", "supplier_id")
    found = list(sums[:most])
    suppliers = Supplier.objects.of(actor.company).in_bulk([row["supplier_id"] for row in found])
    return [Due(suppliers[row["supplier_id"]], row["rows"], float(row["all"]), row["first"]) for row in found]


def dearest(actor: Actor, view: View, until: date, measure: Measure, most: int) -> Sequence[Purchase]:
    """The purchases that add most to a figure of the view."""
    found = of_view(actor, view, until).filter(**{f"{measure}__gt": 0.0})
    ids = found.order_by(f"-{measure}", "pk").values_list("pk", flat=True)[:most]
    return sorted(purchases_of(actor, list(ids)), key=lambda each: -(getattr(each, measure) or 0.0))
