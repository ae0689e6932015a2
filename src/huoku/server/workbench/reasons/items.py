"""The four figures of an item. Each is added up from other rows than the page reads it from: balances of lots, single
reservations, single supplies."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from huoku.language import Sentence
from huoku.report.numbers import qty
from huoku.sense.weekly_use import weekly_use
from huoku.server.documents.papers import papers
from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance, Reservation, Status, StockHead, SupplyBalance
from huoku.server.ledger.rights import READ
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.office.values import of_the_books
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.places_seen import places_seen
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.workbench.reasons.lists import ELSEWHERE, in_units, listed, row_of

OWED = Sentence("{place} 有欠账，不能再答应", "{place} owes stock: nothing of it is promised")
FOUR_WEEKS = Sentence("{day} 起四周：{qty}", "four weeks from {day}: {qty}")
NO_DAY = Sentence("没有日期", "no day")


def may_read(actor: Actor) -> bool:
    return actor.may(READ)


def _item(actor: Actor, asked: Asked) -> Item:
    item = rows_for(actor, Item).filter(pk=asked.id).first()
    if item is None:
        raise Http404
    return item


def _reason(actor: Actor, item: Item, rows: Iterator[Row], table: str, **filtered: str) -> Reason:
    return Reason(
        about=item.code,
        rows=list(rows),
        digits=item.decimals,
        unit=item.unit,
        whole=listed(actor, table, item=item.code, **filtered),
    )


def _with_others(
    actor: Actor, item: Item, asked: Asked, rows: "QuerySet[Any]", every: "QuerySet[Any]", column: str
) -> Iterator[Row]:
    """What lies at sites that the reader does not see, in one sum, where the figure holds it too."""
    if actor.sites is None or not asked.more.get("everywhere"):
        return
    left = sum(every.values_list(column, flat=True)) - sum(rows.values_list(column, flat=True))
    if left:
        yield Row(ELSEWHERE.say(language()), in_units(left, item.decimals))


@why(
    "item.on_hand",
    Sentence("现存", "On hand"),
    Sentence(
        "自己的、可用的料，各库位各批次相加。待检、冻结和别人寄存的不算。",
        "Our own available stock of every lot at every place. What waits for inspection, is blocked or belongs to "
        "others is not in it.",
    ),
    may_read,
)
def on_hand(actor: Actor, asked: Asked) -> Reason:
    item = _item(actor, asked)
    own = {"item": item, "status": Status.AVAILABLE, "owner__code": ""}
    found = rows_for(actor, Balance).filter(**own)
    every = Balance.objects.of(actor.company).filter(**own)

    def rows() -> Iterator[Row]:
        columns = ("pk", "location__code", "lot__code", "on_hand")
        for pk, place, lot, steps in found.exclude(on_hand=0).order_by("-on_hand", "pk").values_list(*columns):
            place = of_the_books(place, language())
            words = f"{place} · {lot}" if lot else place
            yield Row(words, in_units(steps, item.decimals), row_of(actor, "balances", pk))
        yield from _with_others(actor, item, asked, found, every, "on_hand")

    return _reason(actor, item, rows(), "balances", status=Status.AVAILABLE)


def _kept(actor: Actor, item: Item, sign: int) -> Iterator[Row]:
    """Every open reservation of stock, by the paper that it is for."""
    open_ones = rows_for(actor, Reservation).filter(item=item, state__in=Reservation.OPEN)
    found = list(open_ones.exclude(kind=Reservation.Kind.SUPPLY).order_by("need_on", "made_at", "pk"))
    called = papers(actor, {row.demand for row in found})
    for row in found:
        words = f"{called[row.demand].number} · {row.need_on:%m-%d}" if row.need_on else called[row.demand].number
        yield Row(words, sign * in_units(row.open_quantity, item.decimals), row_of(actor, "reservations", row.pk))


@why(
    "item.reserved",
    Sentence("已预留", "Reserved"),
    Sentence("为订单和工单留下、还没领走的现货相加。", "What is kept of the stock for orders and not taken yet."),
    may_read,
)
def reserved(actor: Actor, asked: Asked) -> Reason:
    item = _item(actor, asked)
    return _reason(actor, item, _kept(actor, item, 1), "reservations")


@why(
    "item.free",
    Sentence("可用", "Free"),
    Sentence(
        "各库位的现存减去已预留；有欠账的库位算 0。",
        "What lies at each place less what is kept of it; 0 where stock is owed.",
    ),
    may_read,
)
def free(actor: Actor, asked: Asked) -> Reason:
    item = _item(actor, asked)

    def rows() -> Iterator[Row]:
        heads = rows_for(actor, StockHead).filter(item=item).select_related("location").order_by("-on_hand", "pk")
        for head in heads:
            if head.on_hand or head.reserved:
                place = of_the_books(head.location.code, language())
                yield Row(place, in_units(head.on_hand, item.decimals), row_of(actor, "locations", head.location_id))
                if head.debt:
                    left = head.reserved - head.on_hand
                    yield Row(OWED.say(language(), place=place), in_units(left, item.decimals))
        yield from _kept(actor, item, -1)

    return _reason(actor, item, rows(), "stock")


@why(
    "item.coming",
    Sentence("在途", "On order"),
    Sentence(
        "已下的采购单、调拨单和工单还会到的数量相加。计划建议不算。",
        "What orders to suppliers, transfers and work orders are still to bring. Proposals are not in it.",
    ),
    may_read,
)
def coming(actor: Actor, asked: Asked) -> Reason:
    item = _item(actor, asked)
    found = rows_for(actor, SupplyBalance).filter(item=item, quantity__gt=0)
    every = SupplyBalance.objects.of(actor.company).filter(item=item, quantity__gt=0)

    def rows() -> Iterator[Row]:
        seen = list(found.order_by("expected_on", "pk"))
        called = papers(actor, {row.supply for row in seen})
        for row in seen:
            day = f"{row.expected_on:%m-%d}" if row.expected_on else NO_DAY.say(language())
            words = f"{called[row.supply].number} · {day}"
            yield Row(words, in_units(row.quantity, item.decimals), row_of(actor, "supplies", row.pk))
        yield from _with_others(actor, item, asked, found, every, "quantity")

    return _reason(actor, item, rows(), "supplies")


@why(
    "item.weekly_use",
    Sentence("周用量", "Use a week"),
    Sentence(
        "过去一年（没有一年的，从第一笔算起）每四周的领用和销售，按周数平摊后相加。",
        "What was issued and sold in each four weeks of the past year (or since the first of it), shared out over all "
        "the weeks.",
    ),
    lambda actor: actor.may(READ_PLANS),
)
def weekly(actor: Actor, asked: Asked) -> Reason:
    item, run = _item(actor, asked), last_run(actor)
    use = weekly_use(plan_in_hand(run, "zh").factory, item.code, places_seen(actor)) if run else None
    if use is None:
        raise Http404
    rows = [
        Row(FOUR_WEEKS.say(language(), day=f"{first:%Y-%m-%d}", qty=qty(amount)), Fraction(amount) / use.weeks)
        for first, amount in use.periods
    ]
    return Reason(about=item.code, rows=rows, digits=1 if use.mean < 100 else 0, unit=item.unit)
