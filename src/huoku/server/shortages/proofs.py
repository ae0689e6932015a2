"""What the records say for each possible cause. People decide; this is what they decide by."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Sum

from huoku.language import Sentence
from huoku.server.items.models import Substitute
from huoku.server.items.recipes import recipes
from huoku.server.ledger.models import Count
from huoku.server.partners.models import Source
from huoku.server.planning.models import Forecast
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.production.models import WorkComponent
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import CANCELLED, INQUIRY
from huoku.server.shortages.models import Proof, ShortageCase

Cause = ShortageCase.Cause
BEFORE, AROUND = timedelta(days=90), timedelta(days=30)
"""So long before the day of need something can have caused it; in this window forecast and orders are compared."""

COUNTED = Sentence(
    "{place} 盘点：账面 {book}，实物 {counted}。", "{place} was counted: the book {book}, there {counted}."
)
OVER_ISSUED = Sentence("{number} 领了 {issued}，应领 {needed}。", "{number} took {issued}; it should take {needed}.")
CAME_LATE = Sentence(
    "{number} 第 {seq} 行要求 {wanted_on}，日期是 {expected_on}。",
    "{number}, line {seq}, was wanted on {wanted_on}; its day is {expected_on}.",
)
ORDERED_LATE = Sentence(
    "{number} 第 {seq} 行 {made_on} 才下单，提前期 {days} 天，{need_on} 就要。",
    "{number}, line {seq}, was ordered on {made_on} only: lead time {days} {days|day|days}, needed on {need_on}.",
)
NOT_ORDERED = Sentence(
    "没有任何在途，最短提前期 {days} 天，{need_on} 就要。",
    "Nothing is on order; the shortest lead time is {days} {days|day|days}, and it is needed on {need_on}.",
)
MORE_ORDERED = Sentence(
    "{item} 前后 30 天预测 {forecast}，订单 {ordered}。",
    "{item}: forecast {forecast} within 30 days, ordered {ordered}.",
)
BILL_CHANGED = Sentence(
    "工单按每件 {was} 备料，BOM 现在是 {is_now}。", "The order counts {was} for each piece; the bill says {is_now} now."
)
UNPREPARED = Sentence(
    "{item} 没有安全库存、没有替代料、也没有第二货源。",
    "{item} has no safety stock, no substitute and no second source.",
)


def proofs_of(at: At, case: ShortageCase) -> list[Proof]:
    """The facts by cause; not saved."""
    finders = (_counts, _over_issues, _deliveries, _orders_placed, _forecasts, _bills, _unprepared)
    return [proof for finder in finders for proof in finder(at, case)]


def _proof(case: ShortageCase, cause: Cause, words: Sentence, document: str = "", **values: object) -> Proof:
    return Proof(
        company_id=case.company_id,
        case=case,
        cause=cause,
        document=document,
        text_zh=words.say("zh", **values)[:400],
        text_en=words.say("en", **values)[:400],
    )


def _said(case: ShortageCase, steps: int) -> str:
    return f"{plain(steps, case.item.decimals)} {case.item.unit}"


def _counts(at: At, case: ShortageCase) -> Iterator[Proof]:
    rows = Count.objects.of(at.company_id).filter(
        item=case.item_id, difference__lt=0, counted_at__gte=case.order.made_at
    )
    for row in rows.exclude(state=Count.State.REJECTED).select_related("location").order_by("pk"):
        known = {"place": row.location.code, "book": _said(case, row.book), "counted": _said(case, row.counted)}
        yield _proof(case, Cause.COUNT, COUNTED, f"ledger.count:{row.pk}", **known)


def _over_issues(at: At, case: ShortageCase) -> Iterator[Proof]:
    rows = WorkComponent.objects.of(at.company_id).filter(
        item=case.item_id,
        stands_for=None,
        issued_steps__gt=F("needed_steps") + F("returned_steps"),
        order__start_on__gte=case.need_on - BEFORE,
    )
    for row in rows.select_related("order").order_by("pk"):
        issued, needed = _said(case, row.issued_steps - row.returned_steps), _said(case, row.needed_steps)
        about = {"number": row.order.number, "issued": issued, "needed": needed}
        yield _proof(case, Cause.CONSUMPTION, OVER_ISSUED, row.order.ledger_name, **about)


def _bought(at: At, case: ShortageCase) -> list[PurchaseLine]:
    rows = PurchaseLine.objects.of(at.company_id).filter(item=case.item_id, wanted_on__gte=case.need_on - BEFORE)
    return list(rows.exclude(order__state__in=("draft", "cancelled")).select_related("order").order_by("pk"))


def _deliveries(at: At, case: ShortageCase) -> Iterator[Proof]:
    for row in _bought(at, case):
        day = row.received_on if row.received_on and not row.open_steps else row.expected_on
        if day > row.wanted_on:
            about = {"number": row.order.number, "seq": row.seq, "wanted_on": row.wanted_on, "expected_on": day}
            yield _proof(case, Cause.LATE_RECEIPT, CAME_LATE, f"purchasing.line:{row.pk}", **about)


def _orders_placed(at: At, case: ShortageCase) -> Iterator[Proof]:
    sources = Source.objects.of(at.company_id).filter(item=case.item_id, supplier__is_active=True)
    lead_times = dict(sources.order_by("-lead_time_days").values_list("supplier_id", "lead_time_days"))
    rows = _bought(at, case)
    for row in rows:
        days, made_on = lead_times.get(row.order.supplier_id), row.order.made_at.date()
        if days is not None and made_on + timedelta(days=days) > case.need_on:
            about = {"number": row.order.number, "seq": row.seq, "made_on": made_on, "days": days}
            document = f"purchasing.line:{row.pk}"
            yield _proof(case, Cause.LATE_PURCHASE, ORDERED_LATE, document, need_on=case.need_on, **about)
    if not any(row.open_steps for row in rows) and lead_times:
        days = min(lead_times.values())
        if case.made_at.date() + timedelta(days=days) > case.need_on:
            yield _proof(case, Cause.LATE_PURCHASE, NOT_ORDERED, days=days, need_on=case.need_on)


def _forecasts(at: At, case: ShortageCase) -> Iterator[Proof]:
    """Of the product: what was expected around the order's day, and what was ordered."""
    product, day = case.order.item, case.order.due_on
    window = {"item": product.pk, "due_on__gte": day - AROUND, "due_on__lte": day + AROUND}
    forecast = Forecast.objects.of(at.company_id).filter(**window).aggregate(steps=Sum("qty_steps"))["steps"]
    lines = SalesLine.objects.of(at.company_id).filter(**window).exclude(order__state__in=(INQUIRY, CANCELLED))
    ordered = lines.aggregate(steps=Sum("qty_steps"))["steps"] or 0
    if forecast is not None and ordered > forecast:
        about = {"forecast": plain(forecast, product.decimals), "ordered": plain(ordered, product.decimals)}
        yield _proof(case, Cause.FORECAST, MORE_ORDERED, item=product.code, **about)


def _bills(at: At, case: ShortageCase) -> Iterator[Proof]:
    parts = recipes(at.company_id, [case.order.item_id], case.need_on).get(case.order.item_id, ())
    is_now = sum(part.per_unit for part in parts if part.component == case.item_id)
    rows = WorkComponent.objects.of(at.company_id).filter(order=case.order_id, item=case.item_id, stands_for=None)
    for row in rows.order_by("seq")[:1]:
        if str(is_now) != row.per_unit:
            document = case.order.ledger_name
            yield _proof(case, Cause.NOT_SYNCHRONISED, BILL_CHANGED, document, was=row.per_unit, is_now=is_now)


def _unprepared(at: At, case: ShortageCase) -> Iterator[Proof]:
    suppliers = Source.objects.of(at.company_id).filter(item=case.item_id).values("supplier").distinct().count()
    has_substitute = Substitute.objects.of(at.company_id).filter(item=case.item_id).exists()
    if not case.item.safety_stock_steps and not has_substitute and suppliers < 2:
        yield _proof(case, Cause.NO_PROCEDURE, UNPREPARED, item=case.item.code)
