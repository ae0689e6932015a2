"""What the finders of ways see, and what they find."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.ledger.queries.coverage import Picture
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.models import Site
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.shortages.impact import late_cost, worth
from huoku.server.shortages.lacking import Lack, is_here
from huoku.server.shortages.models import Hit, ShortageCase, Way


@dataclass(slots=True)
class Look:
    """A shortage as it stands. ``missing`` steps of the item by ``need_on``."""

    at: At
    case: ShortageCase
    order: WorkOrder
    component: WorkComponent
    picture: Picture
    lack: Lack
    hits: list[Hit]
    fallback: Way | None = None
    """The cheapest way to have all of it that harms nobody; None: nobody knows one."""

    @property
    def item(self) -> Item:
        return self.case.item

    @property
    def missing(self) -> int:
        return self.case.missing_steps

    @property
    def need_on(self) -> date:
        return self.case.need_on

    @property
    def fallback_on(self) -> date | None:
        return self.fallback.ready_on if self.fallback else None

    def to_have_later(self, steps: int) -> int | None:
        """What it costs to have so much by that way after all; None: nobody knows."""
        if self.fallback is None or self.fallback.spend_minor is None:
            return None
        return -(-self.fallback.spend_minor * steps // self.missing)

    def late_on(self, day: date) -> int:
        """What it costs when the line goes on that day."""
        return late_cost(self.hits, (day - self.need_on).days)

    def free_here(self, item: int) -> dict[int, int]:
        """Free stock at the order's site by place, the fullest first."""
        free = self.picture.free.get(item, {})
        here = [place for place in free if free[place] > 0 and is_here(self.picture, self.order, place)]
        return {place: free[place] for place in sorted(here, key=lambda place: (-free[place], place))}

    def dearer(self, item: Item, steps: int, covers: int) -> int:
        """What so much of another item costs more than what it covers of this one."""
        return worth(self.at, item, steps) - worth(self.at, self.item, covers)


@dataclass(slots=True)
class Found:
    """A way: ``steps`` of ``item`` cover ``covers`` of what is missing. ``harm``: lateness of others; None: unknown.
    ``late``: what lateness of this order costs, where that does not follow from ``ready_on``."""

    kind: Way.Kind
    item: Item
    steps: int
    covers: int
    ready_on: date | None
    words: Sentence
    values: dict[str, object]
    facts: dict[str, Any] = field(default_factory=dict)
    spend: int | None = 0
    harm: int | None = 0
    late: int | None = None
    excess: int = 0
    later: int = 0
    """So much of the missing item still has to come by the fallback, for this order or for another."""
    fixed: int = 0
    """What of ``spend`` a smaller quantity costs as well, such as a fee."""
    victim: str = ""
    """The number of whom it is taken from."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A chosen way, and what was said when it was chosen."""

    look: Look
    way: Way
    reason: str
    ask_for: date | None
    """The day that a supplier is asked for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``document``: what was made, or what the order waits for now."""

    document: str = ""
    expected_on: date | None = None


def said(item: Item, steps: int) -> str:
    """A quantity as people say it: ``20 pcs SCREW``."""
    return f"{plain(steps, item.decimals)} {item.unit} {item.code}"


def units(item: Item, steps: int) -> Decimal:
    """A quantity as requests want it."""
    return Decimal(plain(steps, item.decimals))


def site_code(look: Look) -> str | None:
    """The order's site as requests name it."""
    site = look.order.site_id and Site.objects.of(look.at.company_id).get(pk=look.order.site_id)
    return site.code if site else None


def first_of(there: dict[int, int], steps: int) -> dict[int, int]:
    """``steps`` taken from what is there, in its order; less where there is less."""
    taken: dict[int, int] = {}
    for key, quantity in there.items():
        if part := min(quantity, steps):
            taken[key] = part
            steps -= part
    return taken
