"""The gap of a shortage as a sum: what lies at the site, who has it, what is left for the order, and what it wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huoku.server.ledger.doubting import leave_out_doubted
from huoku.server.ledger.queries.coverage import Picture, read
from huoku.server.production.models import WorkComponent
from huoku.server.production.states import BEFORE_THE_END
from huoku.server.shortages.lacking import Lack, is_here, lack_of
from huoku.server.shortages.models import ShortageCase


@dataclass(frozen=True, slots=True)
class Gap:
    """In the item's steps. ``wanted``: what the order still takes; ``here``: what the book has at its site; of that
    ``others`` are kept for somebody else, ``unusable`` in doubt, expired or owed, ``kept`` for the order, ``free`` for
    nobody. ``in_time``: what is on its way for the order and comes by its day; ``missing``: what is neither."""

    wanted: int
    here: int
    others: int
    unusable: int
    kept: int
    free: int
    in_time: int
    missing: int

    @property
    def usable(self) -> int:
        return self.kept + self.free

    @property
    def at_once(self) -> int:
        """What of the missing lies here for nobody."""
        return min(self.missing, self.free)


NO_GAP = Gap(0, 0, 0, 0, 0, 0, 0, 0)


def gap_of(case: ShortageCase, today: date) -> Gap:
    """As it is now; nothing is locked or kept by looking. The order comes with the case."""
    order, item = case.order, case.item_id
    picture = read(case.company_id, [item], today)
    leave_out_doubted(case.company_id, picture.free)
    lack = lack_of(picture, order, item, _open(case))
    here, kept_here, others = _at_the_site(case, picture)
    free = sum(steps for place, steps in picture.free.get(item, {}).items() if is_here(picture, order, place))
    kept = min(lack.open, kept_here)
    missing = lack.missing(case.need_on)
    return Gap(
        wanted=lack.open,
        here=here,
        others=others,
        unusable=max(0, here - others - kept - free),
        kept=kept,
        free=free,
        in_time=_in_time(lack, case.need_on),
        missing=missing,
    )


def _open(case: ShortageCase) -> int:
    if case.order.state not in BEFORE_THE_END:
        return 0
    rows: Sequence[WorkComponent] = list(
        WorkComponent.objects.of(case.company_id).filter(order=case.order_id, item=case.item_id, stands_for=None)
    )
    return sum(row.open_steps for row in rows)


def _at_the_site(case: ShortageCase, picture: Picture) -> tuple[int, int, int]:
    """What the book has at the order's site; of it what is kept for the order, and for others."""
    book = picture.book.get(case.item_id, {})
    here = sum(steps for place, steps in book.items() if _is_here(case, picture, place))
    kept = others = 0
    for (demand, item), places in picture.kept.items():
        steps = sum(steps for place, steps in places.items() if _is_here(case, picture, place))
        if item == case.item_id and demand == case.order.ledger_name:
            kept += steps
        elif item == case.item_id:
            others += steps
    return here, kept, others


def _is_here(case: ShortageCase, picture: Picture, place: int) -> bool:
    return place in picture.sites and is_here(picture, case.order, place)


def _in_time(lack: Lack, by: date) -> int:
    coming = sum(each.quantity for each in lack.coming if each.on and each.on <= by)
    return min(lack.gap, coming)
