"""The components of one order, read together and written back together."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from huoku.server.documents.refusals import NoSuchLine
from huoku.server.ledger.handing import give_back
from huoku.server.ledger.models import Reservation
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.production.models import WorkComponent, WorkOrder

FIGURES = ("is_backflushed", "needed_steps", "replaced_steps", "issued_steps", "returned_steps", "consumed_steps")


class Components:
    """Change the rows, then ``save``. The order's row is locked by whoever reads them."""

    def __init__(self, at: At, order: WorkOrder) -> None:
        self.at, self.order = at, order
        rows = WorkComponent.objects.of(at.company_id).filter(order=order).select_related("item").order_by("seq")
        self.rows = list(rows)
        self._before = {row.pk: _figures(row) for row in self.rows}

    def __iter__(self) -> Iterator[WorkComponent]:
        return iter(self.rows)

    def of(self, seq: int) -> WorkComponent:
        """The component at this line. Raises NoSuchLine."""
        row = next((row for row in self.rows if row.seq == seq), None)
        if row is None:
            raise NoSuchLine(field="line", value=seq, number=self.order.number)
        return row

    def substitutes_of(self, component: WorkComponent) -> list[WorkComponent]:
        return [row for row in self.rows if row.stands_for_id == component.pk]

    def add(self, row: WorkComponent) -> WorkComponent:
        """A further component, at the end."""
        row.company_id, row.order = self.at.company_id, self.order
        row.seq = max((each.seq for each in self.rows), default=0) + 1
        row.save(force_insert=True)
        about = {name: getattr(row, name) for name in ("seq", "item_id", "stands_for_id", "ratio", "risk")}
        self.at.changed(row, {}, {**about, **_figures(row)})
        self._before[row.pk] = _figures(row)
        self.rows.append(row)
        return row

    def save(self) -> None:
        """Write what differs, and free what is kept for the order beyond its need."""
        for row in self.rows:
            if row.stands_for_id:
                row.needed_steps = row.issued_steps - row.returned_steps
        for row in self.rows:
            row.replaced_steps = sum(replaced(each, row, each.needed_steps) for each in self.substitutes_of(row))
        changed = [row for row in self.rows if _figures(row) != self._before[row.pk]]
        for row in changed:
            self.at.changed(row, self._before[row.pk], _figures(row))
            self._before[row.pk] = _figures(row)
        WorkComponent.objects.of(self.at.company_id).bulk_update(changed, FIGURES)
        self.free_beyond({row.item_id for row in changed})

    def free_beyond(self, items: set[int]) -> None:
        """Give back what is kept of these items beyond what is still to be issued: what is to arrive first, then
        what was kept last."""
        kept: dict[int, list[Reservation]] = defaultdict(list)
        for each in kept_for(self.at.company_id, self.order):
            kept[each.item_id].append(each)
        given = {}
        for item in items & kept.keys():
            excess = sum(each.open_quantity for each in kept[item]) - self.open_of(item)
            for each in sorted(reversed(kept[item]), key=lambda row: row.supply_id is None):
                if excess > 0:
                    given[each.pk] = min(excess, each.open_quantity)
                    excess -= given[each.pk]
        if given:
            give_back(self.at, given)

    def open_of(self, item: int) -> int:
        """What is still to be issued of an item, over all lines."""
        return sum(row.open_steps for row in self.rows if row.item_id == item and not row.stands_for_id)

    def left(self) -> list[WorkComponent]:
        """What lies at the work."""
        return [row for row in self.rows if row.in_progress_steps]

    def must_be_issued(self) -> list[WorkComponent]:
        """What is missing for the kit to be complete."""
        return [row for row in self.rows if row.open_steps and not row.is_backflushed and not row.stands_for_id]


def kept_for(company_id: int, order: WorkOrder) -> list[Reservation]:
    """The open reservations for an order."""
    rows = Reservation.objects.of(company_id).filter(demand=order.ledger_name, state__in=Reservation.OPEN)
    return list(rows.select_related("location").order_by("made_at", "id"))


def replaced(substitute: WorkComponent, component: WorkComponent, steps: int) -> int:
    """How much of the component so many steps of its substitute stand for, rounded down."""
    units = Fraction(steps, 10**substitute.item.decimals) / Fraction(substitute.ratio)
    return int(units * 10**component.item.decimals)


def named(row: WorkComponent, steps: int) -> str:
    """A quantity of a component as people say it: ``20 pcs SCREW-M4``."""
    return f"{plain(steps, row.item.decimals)} {row.item.unit} {row.item.code}"


def _figures(row: WorkComponent) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIGURES}
