"""What an order lacks of an item: what it still takes, less what is kept for it here, less what comes for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huoku.server.ledger.doubting import leave_out_doubted
from huoku.server.ledger.queries.coverage import Arrival, Picture, read
from huoku.server.platform.command import At
from huoku.server.production.components import Components
from huoku.server.production.models import WorkComponent, WorkOrder


@dataclass(frozen=True, slots=True)
class Lack:
    """In the item's steps."""

    open: int
    here: int
    """Kept for it at its site."""
    coming: tuple[Arrival, ...]
    """Kept for it of what is to arrive."""

    @property
    def gap(self) -> int:
        """What does not lie here for it."""
        return max(0, self.open - self.here)

    def missing(self, by: date) -> int:
        """What is neither here nor comes by the day."""
        in_time = sum(each.quantity for each in self.coming if each.on and each.on <= by)
        return max(0, self.gap - in_time)

    @property
    def unkept(self) -> int:
        """What nothing is kept for, late or not."""
        return max(0, self.gap - sum(each.quantity for each in self.coming))

    @property
    def complete_on(self) -> date | None:
        """The day of the last arrival; None where one has no day, or not all is kept."""
        days = [each.on for each in self.coming]
        return None if self.unkept or not all(days) else max((day for day in days if day), default=None)


def look_around(at: At, items: Iterable[int]) -> Picture:
    """Stock and supply of these items at every site, without what is in doubt."""
    picture = read(at.company_id, items, at.today)
    leave_out_doubted(at.company_id, picture.free)
    return picture


def is_here(picture: Picture, order: WorkOrder, place: int) -> bool:
    """Whether the order's people can take from the place without a transfer."""
    return order.site_id is None or picture.sites.get(place) in (None, order.site_id)


def lack_of(picture: Picture, order: WorkOrder, item: int, open_steps: int) -> Lack:
    """How the order stands with the item."""
    kept = picture.kept.get((order.ledger_name, item), {})
    here = sum(steps for place, steps in kept.items() if is_here(picture, order, place))
    return Lack(open_steps, here, tuple(picture.kept_supply.get((order.ledger_name, item), ())))


def need_day(at: At, order: WorkOrder) -> date:
    """The day on which the order wants it: its start, and never a day that is past."""
    return max(order.start_on, at.today)


def component_of(components: Components, item: int) -> WorkComponent | None:
    """The line of the order that still takes the item."""
    return next((row for row in components if row.item_id == item and not row.stands_for_id and row.open_steps), None)
