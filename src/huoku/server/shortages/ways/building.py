"""Building what can be built: a part of the order first, or another order first."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from huoku.language import Sentence
from huoku.server.ledger.models import Reservation
from huoku.server.ledger.restating import promised_of
from huoku.server.platform.command import At
from huoku.server.platform.days import days_after
from huoku.server.production.commands.orders import ChangeWorkOrder, PlanWorkOrder, change_order, plan_many
from huoku.server.production.laying import Promise
from huoku.server.production.models import WorkOperation, WorkOrder
from huoku.server.production.queries.kitting import kitting
from huoku.server.production.states import TO_BEGIN
from huoku.server.shortages.models import Way
from huoku.server.shortages.names import ORDER
from huoku.server.shortages.refusals import WayGone
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome, said, site_code, units

PART = Sentence(
    "现有的料先做 {now}，其余 {rest} 另开工单，{fallback} 开工。",
    "Build {now} with what is there; the other {rest} become an order of their own that starts on {fallback}.",
)
OTHER = Sentence(
    "先做 {number}（{quantity}，料已齐），本单 {fallback} 再开工。",
    "Build {number} first ({quantity}, its kit is complete); this one starts on {fallback}.",
)


def a_part(look: Look) -> Iterator[Found]:
    """So many kits as there are; the rest waits for the material."""
    (kit,) = kitting(look.at.actor, orders=[look.order.pk]).kits or (None,)
    now = min(kit.buildable, _enough_for(look, kit.open)) if kit else 0
    if kit is None or look.fallback_on is None or not 0 < now < kit.open:
        return
    rest = kit.open - now
    product = look.order.item
    values = {"now": said(product, now), "rest": said(product, rest), "fallback": look.fallback_on}
    late = -(-look.late_on(look.fallback_on) * rest // kit.open)
    facts = {"rest": rest, "start_on": str(look.fallback_on)}
    # The line goes on today, with a part: nothing of the item itself comes by it.
    yield Found(
        *(Way.Kind.BUILD_PART, look.item, look.missing, look.missing, look.at.today, PART, values, facts),
        late=late,
        later=look.missing,
    )


def _enough_for(look: Look, open_steps: int) -> int:
    """Steps of the product, beside what is done, that what is kept here of the item suffices for: what free stock and
    other sites have is another way."""
    row, product = look.component, look.order.item
    have = Fraction(row.needed_steps - row.open_steps + look.lack.here, 10**row.item.decimals)
    units = (have - Fraction(row.per_order)) / Fraction(row.per_unit)
    return int(units * 10**product.decimals) - (look.order.qty_steps - open_steps)


def another(look: Look) -> Iterator[Found]:
    """The most urgent released order with a complete kit that begins at the same resource."""
    if look.fallback_on is None:
        return
    begins_at = _begins_at(look, [look.order.pk]).get(look.order.pk)
    others = WorkOrder.objects.of(look.at.company_id).filter(
        site=look.order.site_id, state__in=TO_BEGIN, start_on__gt=look.at.today
    )
    ids = list(others.exclude(pk=look.order.pk).values_list("pk", flat=True))
    resources = _begins_at(look, ids)
    alike = [id for id in ids if resources.get(id) == begins_at]
    for kit in kitting(look.at.actor, "priority", alike).kits if alike else ():
        if kit.is_complete and kit.open:
            order = WorkOrder.objects.of(look.at.company_id).select_related("item").get(pk=kit.order)
            values = {"number": kit.number, "quantity": said(order.item, kit.open), "fallback": look.fallback_on}
            facts = {"order": kit.order, "start_on": str(look.fallback_on)}
            day = look.fallback_on
            yield Found(
                Way.Kind.RESEQUENCE,
                look.item,
                look.missing,
                look.missing,
                day,
                OTHER,
                values,
                facts,
                later=look.missing,
            )
            return


def _begins_at(look: Look, orders: list[int]) -> dict[int, int | None]:
    """The resource of each order's first operation that is not done."""
    rows = WorkOperation.objects.of(look.at.company_id).filter(order__in=orders).exclude(state="done")
    return dict(rows.order_by("order", "-seq").values_list("order", "resource"))


def split(doing: Doing) -> Outcome:
    """The order becomes as large as its kits; the rest is an order of its own, promised to whom the order can no longer
    give it. Raises WayGone."""
    look, way = doing.look, doing.way
    order, at = look.order, look.at
    rest, delay = way.facts["rest"], max(0, (_day(way) - look.need_on).days)
    if rest >= order.qty_steps - order.made_steps:  # made smaller since the ways were compared
        raise WayGone(field="id", value=way.pk)
    due_on = max(_day(way), days_after(order.due_on, delay))
    lost = _lost_by_making_less(at, order, rest)
    asked = PlanWorkOrder(
        item=order.item.code,
        qty=units(order.item, rest),
        start_on=_day(way),
        due_on=due_on,
        priority=order.priority,
        site=site_code(look),
        target=order.target.code,
        work_in_progress=order.work_in_progress.code,
        demand=order.demand,
        note=look.case.number,
    )
    promised = [Promise(each.demand, steps, each.need_on or due_on) for each, steps in lost]
    (made,) = plan_many(at, [asked], [promised])
    return Outcome(made.ledger_name, at.today)


def _lost_by_making_less(at: At, order: WorkOrder, rest: int) -> list[tuple[Reservation, int]]:
    """Make ``rest`` less of an order; who was promised how much of that. Who has given his share back since it was
    planned, because his own order ended or became smaller, loses nothing."""
    before = promised_of(at, order.ledger_name)
    change_order(at, ChangeWorkOrder(id=order.pk, qty=units(order.item, order.qty_steps - rest)))
    left = {row.pk: row.open_quantity for row in promised_of(at, order.ledger_name)}
    lost = [(row, row.open_quantity - left.get(row.pk, 0)) for row in before]
    return [(row, steps) for row, steps in lost if steps]


def swap(doing: Doing) -> Outcome:
    """The other order starts today, this one when its material is there."""
    look, way = doing.look, doing.way
    order, at, start_on = look.order, look.at, _day(way)
    change_order(at, ChangeWorkOrder(id=way.facts["order"], start_on=at.today))
    due_on = days_after(order.due_on, max(0, (start_on - look.need_on).days))
    change_order(at, ChangeWorkOrder(id=order.pk, start_on=start_on, due_on=max(due_on, start_on)))
    return Outcome(f"{ORDER}{way.facts['order']}", start_on)


def _day(way: Way) -> date:
    return date.fromisoformat(way.facts["start_on"])
