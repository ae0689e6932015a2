"""The lists in which what is to be bought is looked at, counted and added up by the database: a plan may propose more
purchases than a page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby
from typing import Any, Literal

from django.db.models import Count, Min, Q, Sum

from huoku.server.partners.models import Supplier
from huoku.server.planning.purchase_marks import Around, around
from huoku.server.planning.purchase_sums import VIEWS, OfOne, Total, View, in_order, measured, of_view, stand_of, sums
from huoku.server.planning.purchases import OfSupplier, Purchase, lines_of, open_purchases, purchases_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.once_a_page import remembered

Measure = Literal["amount", "tied", "loss"]
MEASURES: tuple[Measure, ...] = ("amount", "tied", "loss")
WEEK = timedelta(days=7)
LISTED = 100
"""So many purchases one page lists."""
AT_ONCE = 5_000
"""So many are asked for at once where all are wanted."""


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
    stand = stand_of(actor, until, lines.alarm, about)
    every = sums(stand)
    here_is = {pk: each.totals[view] for pk, each in every.items() if each.totals[view].rows}
    by_name = _by_name(every, view)
    ends, last = list(accumulate(here_is[pk].rows for pk in by_name)), start + LISTED
    here = [pk for pk, end in zip(by_name, ends, strict=True) if end > start and end - here_is[pk].rows < last]
    before = sum(here_is[pk].rows for pk in by_name[: by_name.index(here[0])]) if here else 0
    ids = in_order(stand, view, tuple(here))[start - before :][:LISTED] if here else ()
    told = {each.proposal.pk: each for each in purchases_of(actor, [*ids, also], lines)} if ids or also else {}
    groups = [
        OfSupplier(supplier.pk if supplier else None, supplier.code if supplier else "", tuple(group))
        for supplier, group in groupby((told[pk] for pk in ids if pk in told), key=lambda each: each.proposal.supplier)
    ]
    counts: dict[View, int] = {name: sum(each.totals[name].rows for each in every.values()) for name in VIEWS}
    following = last if ends and ends[-1] > last else 0
    return Listed(groups, here_is, counts, start, following, told.get(also), about)


def _by_name(every: Mapping[int | None, OfOne], view: View) -> Sequence[int | None]:
    """The suppliers of a view as it lists them: what has no source first."""
    here = (pk for pk, each in every.items() if each.totals[view].rows)
    return sorted(here, key=lambda pk: (pk is not None, every[pk].name, pk or 0))


def whole(actor: Actor, view: View, until: date) -> tuple[Sequence[Purchase], Around]:
    """All purchases of a view, in the order of its list, and what is told beside them."""
    lines, about = lines_of(actor), around(actor)
    stand = stand_of(actor, until, lines.alarm, about)
    ids = in_order(stand, view, tuple(_by_name(sums(stand), view)))
    parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return [each for part in parts for each in purchases_of(actor, part, lines)], about


def first_after(actor: Actor, until: date) -> date | None:
    """The day by which the first purchase after ``until`` is to be ordered."""
    found: date | None = open_purchases(actor).filter(start_on__gt=until).aggregate(first=Min("start_on"))["first"]
    return found


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be ordered of one supplier, of whom the names alone are known, in one figure."""

    supplier: Supplier
    rows: int
    amount: float
    first: date


@dataclass(frozen=True, slots=True)
class OfWeek:
    """What is to be ordered of one supplier, or of nobody yet, within the week: the whole, and what is due today."""

    supplier: Supplier | None
    total: Total
    due_rows: int
    due_amount: float
    first: date


def of_week(actor: Actor, today: date) -> Sequence[OfWeek]:
    """By supplier, of whom the names alone are known; one question for a page, however often it is asked."""
    return remembered(
        ("of week", actor.key_scope, actor.sites, actor.company.pk, today), lambda: _of_week(actor, today)
    )


def _of_week(actor: Actor, today: date) -> Sequence[OfWeek]:
    called = {name: f"supplier__{name}" for name in ("code", "name", "name_en")}
    rows: Any = measured(actor, today + WEEK).order_by().values("supplier_id", *called.values())
    is_due = Q(start_on__lte=today)
    sums = rows.annotate(
        **{f"in_{name}": Sum(name) for name in MEASURES},
        rows=Count("pk"),
        due_rows=Count("pk", filter=is_due),
        due_amount=Sum("amount", filter=is_due),
        first=Min("start_on"),
    )
    return [
        OfWeek(
            Supplier(pk=row["supplier_id"], **{name: row[way] for name, way in called.items()})
            if row["supplier_id"]
            else None,
            Total(row["rows"], *(float(row[f"in_{name}"] or 0.0) for name in MEASURES)),
            row["due_rows"],
            float(row["due_amount"] or 0.0),
            row["first"],
        )
        for row in sums
    ]


def due(week: Sequence[OfWeek], most: int) -> Sequence[Due]:
    """The suppliers at whom something is to be ordered by today, the longest due first."""
    found = [
        Due(each.supplier, each.due_rows, each.due_amount, each.first)
        for each in week
        if each.supplier is not None and each.due_rows
    ]
    return sorted(found, key=lambda each: (each.first, each.supplier.pk))[:most]


def dearest(actor: Actor, view: View, until: date, measure: Measure, most: int) -> Sequence[Purchase]:
    """The purchases that add most to a figure of the view."""
    found = of_view(actor, view, until).filter(**{f"{measure}__gt": 0.0})
    ids = found.order_by(f"-{measure}", "pk").values_list("pk", flat=True)[:most]
    return sorted(purchases_of(actor, list(ids)), key=lambda each: -(getattr(each, measure) or 0.0))
