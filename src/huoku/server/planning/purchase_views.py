"""The lists in which what is to be bought is looked at, counted and added up by the database: a plan may propose more
purchases than a page shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from typing import Any, Literal

from django.db.models import Case, Count, F, FloatField, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from huoku.server.partners.models import Supplier
from huoku.server.planning.models import Proposal
from huoku.server.planning.purchase_marks import Around, around
from huoku.server.planning.purchases import MILLION, OfSupplier, Purchase, lines_of, open_purchases, purchases_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits

View = Literal["week", "high", "waiting", "changed", "all"]
Measure = Literal["amount", "tied", "loss"]
VIEWS: tuple[View, ...] = ("week", "high", "waiting", "changed", "all")
MEASURES: tuple[Measure, ...] = ("amount", "tied", "loss")
MOST_DECIMALS = 6
"""Of an item's quantities, see its constraint."""
LISTED = 100
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
    """Part of a view: suppliers by name, of each the earliest to be ordered first. ``sums``: what the view holds of
    each supplier, by its id; ``counts``: how many purchases each view has; ``following``: where the next part begins, 0
    where there is none."""

    groups: Sequence[OfSupplier]
    sums: Mapping[int | None, Total]
    counts: Mapping[View, int]
    start: int
    following: int
    also: Purchase | None
    around: Around

    @property
    def total(self) -> Total:
        every = self.sums.values()
        return Total(
            sum(each.rows for each in every),
            *(sum(getattr(each, name) for each in every) for name in MEASURES),
        )

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
    named = _named(view, around(actor)) if view in ("waiting", "changed") else ()
    return measured(actor).filter(_chosen(view, until, lines_of(actor).alarm if view == "high" else 0.0, named))


def _named(view: View, about: Around) -> Collection[int]:
    """The purchases of a view that is known one by one."""
    return about.waiting if view == "waiting" else about.changed if view == "changed" else ()


def _may_hold(view: View, about: Around) -> bool:
    return view not in ("waiting", "changed") or bool(_named(view, about))


def _chosen(view: View, until: date, alarm: float, named: Collection[int] = ()) -> Q:
    if view == "week":
        return Q(start_on__lte=until)
    if view in ("waiting", "changed"):
        return Q(pk__in=named)
    # As ``Purchase.grade`` has it: what is expected to be lost is an alarming part of the money.
    is_high = Q(loss__gte=F("amount") * alarm, qty_steps__gt=F("needed_steps"), amount__gt=0.0)
    return is_high if view == "high" else Q()


def total(actor: Actor, view: View, until: date) -> Total:
    """What one view holds."""
    sums = (
        of_view(actor, view, until)
        .order_by()
        .aggregate(rows=Count("*"), **{f"in_{name}": Sum(name) for name in MEASURES})
    )
    return Total(sums["rows"], *(float(sums[f"in_{name}"] or 0.0) for name in MEASURES))


def listed(actor: Actor, view: View, until: date, start: int = 0, also: int = 0) -> Listed:
    """The part of a view that begins with its ``start``th purchase, and the purchase ``also``, wherever it stands.

    One question tells what every supplier has in each view; rows are asked for of those alone that the part shows.
    """
    lines, about = lines_of(actor), around(actor)
    named = _named(view, about)
    of_suppliers = _of_suppliers(actor, view, until, lines.alarm, about)
    sums = {pk: each for pk, (each, _) in of_suppliers.items() if each.rows}
    names = dict(Supplier.objects.of(actor.company).values_list("pk", "name"))
    by_name = sorted(sums, key=lambda pk: (pk is not None, names.get(pk or 0, ""), pk or 0))
    ends, last = list(accumulate(sums[pk].rows for pk in by_name)), start + LISTED
    here = [pk for pk, end in zip(by_name, ends, strict=True) if end > start and end - sums[pk].rows < last]
    before = sum(sums[pk].rows for pk in by_name[: by_name.index(here[0])]) if here else 0
    chosen = _chosen(view, until, lines.alarm, named)
    found = (measured(actor) if view == "high" else open_purchases(actor)).filter(chosen)
    ids = _in_order(found, here)[start - before :][:LISTED]
    told = {each.proposal.pk: each for each in purchases_of(actor, [*ids, also], lines)}
    groups = [
        OfSupplier(supplier.pk if supplier else None, supplier.code if supplier else "", tuple(group))
        for supplier, group in groupby((told[pk] for pk in ids if pk in told), key=lambda each: each.proposal.supplier)
    ]
    rows: dict[View, int] = {name: sum(counted[name] for _, counted in of_suppliers.values()) for name in VIEWS}
    return Listed(groups, sums, rows, start, last if ends and ends[-1] > last else 0, told.get(also), about)


def _of_suppliers(
    actor: Actor, view: View, until: date, alarm: float, about: Around
) -> dict[int | None, tuple[Total, Mapping[View, int]]]:
    """Of each supplier what it has in the view, and how many purchases in every one. The database puts rows in groups
    of one supplier, the same views and as many decimals; these are brought to units and added up here."""
    price = _float(Coalesce("price_millionths", 0))
    raw = {
        "bought": _float("qty_steps") * price,
        "too_much": _float(F("qty_steps") - F("needed_steps")) * price,
        "fees": F("fees_minor"),
        "lost": F("loss_millionths"),
    }
    parts = {name: _chosen(name, until, alarm, _named(name, about)) for name in VIEWS if name != "all"}
    views = {
        f"in_{name}": Case(When(part, then=1), default=0) for name, part in parts.items() if _may_hold(name, about)
    }
    rows: Any = measured(actor).annotate(**views).order_by().values("supplier_id", "item__decimals", *views)
    minor = float(10 ** minor_digits(actor.company.currency))
    found: dict[int | None, tuple[Total, Mapping[View, int]]] = {}
    for row in rows.annotate(rows=Count("*"), **{name: Sum(what) for name, what in raw.items()}):
        total, counted = found.get(row["supplier_id"], (Total(), dict.fromkeys(VIEWS, 0)))
        is_in = {name: name == "all" or bool(row.get(f"in_{name}")) for name in VIEWS}
        if is_in[view]:
            whole = float(MILLION) * 10.0 ** row["item__decimals"]
            total = Total(
                total.rows + row["rows"],
                total.amount + float(row["bought"] or 0.0) / whole + float(row["fees"] or 0) / minor,
                total.tied + float(row["too_much"] or 0.0) / whole,
                total.loss + float(row["lost"] or 0) / MILLION,
            )
        found[row["supplier_id"]] = (total, {name: counted[name] + row["rows"] * is_in[name] for name in VIEWS})
    return found


def _in_order(found: QuerySet[Proposal], suppliers: Sequence[int | None]) -> list[int]:
    """The ids of these suppliers' purchases, in the order of the suppliers and of the days."""
    is_theirs = Q(supplier__in=[pk for pk in suppliers if pk is not None])
    if None in suppliers:
        is_theirs |= Q(supplier=None)
    # Put in order here: asked for in the order of the days, SQLite would read all days' purchases for them.
    rows = found.filter(is_theirs).order_by().values_list("supplier_id", "start_on", "pk")
    place = {pk: at for at, pk in enumerate(suppliers)}
    return [pk for _, _, pk in sorted(rows, key=lambda row: (place[row[0]], row[1], row[2]))]


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
