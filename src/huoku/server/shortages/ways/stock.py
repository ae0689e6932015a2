"""Free stock: at other places of the site, at other sites, and what lies unused at finished work."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q

from huoku.language import Sentence
from huoku.server.documents.places import place_of_kind
from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.ledger.models import Location, Lot
from huoku.server.planning.models import Lane
from huoku.server.platform.exact import minor_digits, plain
from huoku.server.platform.models import Site
from huoku.server.platform.requests import Opened
from huoku.server.production.commands.issues import ReturnComponent, return_component
from huoku.server.production.lots import lots_at_work, take_from
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.shortages.models import Way
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome, first_of, said, units
from huoku.server.warehouse.commands.drafting import AddTransfer, NewTransferLine, add_transfer, ask_for_transfer
from huoku.server.warehouse.models import TransferLine

Kind = Way.Kind
HERE = Sentence("本厂区还有没人预留的：{places}。", "Free at this site: {places}.")
LEFT = Sentence(
    "已完工的 {number} 还剩 {quantity} 没用，退库后就能用。", "{quantity} lie unused at {number}, which is finished."
)
ELSEWHERE = Sentence(
    "{site} 有 {quantity}，调拨过来要 {days} 天。", "{site} has {quantity}; a transfer takes {days} {days|day|days}."
)
NO_LANE = Sentence(
    "{site} 有 {quantity}；没有登记调拨路线，天数未知。",
    "{site} has {quantity}; how long a transfer takes is not entered.",
)


def here(look: Look) -> Iterator[Found]:
    """Other places and lots of the site."""
    taken = first_of(look.free_here(look.item.pk), look.missing)
    if taken:
        covers = sum(taken.values())
        values: dict[str, object] = {"places": _named(look, taken)}
        yield Found(Kind.STOCK, look.item, covers, covers, look.at.today, HERE, values, {"places": _keys(taken)})


def left_at_work(look: Look) -> Iterator[Found]:
    """What finished orders of the site have not used."""
    rows = WorkComponent.objects.of(look.at.company_id).filter(
        item=look.item.pk,
        order__state="finished",
        order__site=look.order.site_id,
        issued_steps__gt=F("returned_steps") + F("consumed_steps"),
    )
    for row in rows.select_related("order").order_by("order_id", "seq"):
        steps = min(row.in_progress_steps, look.missing)
        values: dict[str, object] = {"number": row.order.number, "quantity": said(look.item, steps)}
        facts = {"order": row.order_id, "line": row.seq}
        yield Found(Kind.LEFT_AT_WORK, look.item, steps, steps, look.at.today, LEFT, values, facts)


def elsewhere(look: Look) -> Iterator[Found]:
    """Other sites, one way for each."""
    if look.order.site_id is None:
        return
    by_site: dict[int, dict[int, int]] = defaultdict(dict)
    for place, steps in look.picture.free.get(look.item.pk, {}).items():
        site = look.picture.sites.get(place)
        if steps and site not in (None, look.order.site_id):
            by_site[site or 0][place] = steps
    codes = dict(Site.objects.of(look.at.company_id).filter(pk__in=by_site).values_list("pk", "code"))
    for site, there in sorted(by_site.items()):
        taken = first_of(there, look.missing)
        steps = sum(taken.values())
        lane = _lane(look, site)
        days = lane.lead_time_days if lane else None
        digits = look.item.decimals + 6 - minor_digits(look.at.actor.company.currency)
        yield Found(
            Kind.TRANSFER,
            look.item,
            steps,
            steps,
            None if days is None else look.at.today + timedelta(days=days),
            NO_LANE if days is None else ELSEWHERE,
            {"site": codes[site], "quantity": said(look.item, steps), "days": days},
            {"places": _keys(taken), "site": codes[site]},
            spend=-(-(lane.cost_millionths if lane else 0) * steps // 10**digits),
        )


def _lane(look: Look, site: int) -> Lane | None:
    lanes = Lane.objects.of(look.at.company_id).filter(from_site=site, to_site=look.order.site_id)
    rows = lanes.filter(Q(item=None) | Q(item=look.item.pk))
    return min(rows, key=lambda row: row.item_id is None, default=None)


def keep_here(doing: Doing) -> Outcome:
    """Reserve it for the order: the next pick list fetches it."""
    _keep(doing)
    return Outcome(expected_on=doing.way.ready_on)


def bring_back(doing: Doing) -> Outcome:
    """Return it to the store, lot by lot, and reserve it for the order."""
    at, look, way = doing.look.at, doing.look, doing.way
    order = WorkOrder.objects.of(at.company_id).get(pk=way.facts["order"])
    store = Location.objects.of(at.company_id).get(pk=place_of_kind(at, Location.Kind.STORAGE, look.order.site_id))
    lots = take_from(lots_at_work(at, order, [look.item.pk])[look.item.pk], way.qty_steps)
    codes = dict(Lot.objects.of(at.company_id).filter(pk__in=lots).values_list("pk", "code"))
    for lot, steps in lots.items():
        returned = ReturnComponent(
            id=order.pk,
            line=way.facts["line"],
            quantity=units(look.item, steps),
            to_location=store.code,
            lot=codes[lot] or None,
            reason=look.case.number,
        )
        return_component(at, returned)
    _reserve(doing, {store.pk: sum(lots.values())})
    return Outcome(order.ledger_name, at.today)


def send(doing: Doing) -> Outcome:
    """Reserve it there, so that nobody else takes it, and ask for the transfer that brings it to the order's store."""
    at, look, way = doing.look.at, doing.look, doing.way
    _keep(doing)
    ends = [int(next(iter(way.facts["places"]))), place_of_kind(at, Location.Kind.STORAGE, look.order.site_id)]
    codes = Location.objects.of(at.company_id).in_bulk(ends)
    line = NewTransferLine(item=look.item.code, qty=units(look.item, way.qty_steps), demand=look.order.ledger_name)
    origin, target = (codes[end].code for end in ends)
    asked = AddTransfer(origin=origin, target=target, expected_on=way.ready_on, note=look.case.number, lines=[line])
    made = add_transfer(at, asked)
    ask_for_transfer(at, Opened(id=int(str(made["id"]))))
    carried = TransferLine.objects.of(at.company_id).get(transfer=made["id"])
    return Outcome(carried.ledger_name, way.ready_on)


def _keep(doing: Doing) -> None:
    _reserve(doing, {int(place): steps for place, steps in doing.way.facts["places"].items()})


def _reserve(doing: Doing, places: dict[int, int]) -> None:
    look = doing.look
    lines = [Wish(item=look.item.pk, location=place, quantity=steps) for place, steps in places.items()]
    order = look.order
    reserve(look.at, Reserve(lines=lines, demand=order.ledger_name, priority=order.priority, need_on=order.start_on))


def _keys(taken: dict[int, int]) -> dict[str, int]:
    return {str(place): steps for place, steps in taken.items()}


def _named(look: Look, taken: dict[int, int]) -> str:
    codes = dict(Location.objects.of(look.at.company_id).filter(pk__in=taken).values_list("pk", "code"))
    return ", ".join(f"{codes[place]} {plain(steps, look.item.decimals)}" for place, steps in taken.items())
