"""The figures of what is to be bought, of one purchase and of all that a view holds; and of orders in trouble."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import polars as pl
from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.plan.store import read_table
from huoku.report import numbers
from huoku.server.documents.papers import papers
from huoku.server.look.speaking import language
from huoku.server.office.reasons import MOST, Asked, Reason, Row, why
from huoku.server.planning.files import PLAN, folder_of, names_of
from huoku.server.planning.models import Proposal
from huoku.server.planning.promises import open_lines
from huoku.server.planning.purchase_sums import View, of_view
from huoku.server.planning.purchase_views import Measure, dearest, total
from huoku.server.planning.purchases import MILLION, Purchase, purchase
from huoku.server.planning.rights import DECIDE, READ
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import minor_digits
from huoku.server.workbench.reasons.lists import in_units
from huoku.server.workbench.savings import savings
from huoku.server.workbench.views.buying import WEEK, view_asked

GOODS = Sentence("{qty} × {price}", "{qty} × {price}")
FEES = Sentence("下单费", "fees of the order")
BOUGHT, NEEDED = Sentence("建议买", "proposed"), Sentence("其中有需求的", "of which somebody needs")
FOR_ORDER = Sentence("{order} · 生产 {item}", "{order} · makes {item}")
SAFETY = Sentence("安全库存", "safety stock")
DIES = Sentence("{qty} · 用掉的可能 {odds}", "{qty} · odds of use {odds}")


def may_decide(actor: Actor) -> bool:
    return actor.may(DECIDE)


def _of_week(each: Purchase) -> str:
    row = each.proposal
    return f"{row.item.code} {row.item.name} · {row.supplier.name if row.supplier else numbers.NOTHING}"


def _price(row: Proposal) -> Fraction:
    return Fraction(row.price_millionths or 0, MILLION)


def _needed(row: Proposal) -> int:
    return min(row.needed_steps, row.qty_steps)


def _goods(row: Proposal) -> Fraction:
    return in_units(row.qty_steps, row.item.decimals) * _price(row)


def _fees(row: Proposal, currency: str) -> Fraction:
    return Fraction(row.fees_minor, 10 ** minor_digits(currency))


def _tied(row: Proposal) -> Fraction:
    return in_units(row.qty_steps - _needed(row), row.item.decimals) * _price(row)


def _of_view(measure: Measure) -> Callable[[Actor, Asked], Reason]:
    """The reason of a figure above the list: the purchases of the view that add most to it, and all others in one."""

    def told(actor: Actor, asked: Asked) -> Reason:
        view, until = _view(asked), business_day(actor.company, page_time()) + WEEK
        currency, there = actor.company.currency, f"{reverse('desk_buying')}?view={_view(asked)}"
        seen = of_view(actor, view, until)
        rows = [
            Row(_of_week(each), _measures[measure](each, currency), f"{there}&open={each.proposal.pk}")
            for each in dearest(actor, view, until, measure, MOST - 1)
        ]
        others = seen.filter(**{f"{measure}__gt": 0.0}).count() - len(rows)
        left = Fraction(getattr(total(actor, view, until), measure)) - sum((row.amount for row in rows), Fraction(0))
        further = (others, left) if others > 0 else (0, Fraction(0))
        return Reason("", rows, currency=currency, whole=there, further=further)

    return told


def _view(asked: Asked) -> View:
    """Raises Http404."""
    view = view_asked(asked.more.get("view", "week"))
    if view is None:
        raise Http404
    return view


_measures: dict[Measure, Callable[[Purchase, str], Fraction]] = {
    "amount": lambda each, currency: _goods(each.proposal) + _fees(each.proposal, currency),
    "tied": lambda each, currency: _tied(each.proposal),
    "loss": lambda each, currency: Fraction(each.proposal.loss_millionths or 0, MILLION),
}
for measure, title, formula in (
    (
        "amount",
        Sentence("建议金额", "Proposed"),
        Sentence(
            "每笔建议的数量乘单价，加下单费。",
            "Of each purchase the quantity times its price, and the fees of its order.",
        ),
    ),
    (
        "tied",
        Sentence("余料占用", "Cash in excess"),
        Sentence("每笔建议里没人要的数量乘单价。", "Of each purchase what nobody needs, times its price."),
    ),
    (
        "loss",
        Sentence("余料期望损失", "Expected loss"),
        Sentence(
            "每笔余料的占用，按以后用不掉的可能和残值估出的损失。",
            "Of each excess the money that is expected never to come back, by the odds of its use and its salvage.",
        ),
    ),
):
    why(f"purchases.{measure}", title, formula, may_decide)(_of_view(measure))  # type: ignore[arg-type]


@why(
    "purchases.rows",
    Sentence("采购建议的笔数", "Purchases"),
    Sentence("每笔建议算一。", "Each proposal counts as one."),
    may_decide,
)
def rows_of_view(actor: Actor, asked: Asked) -> Reason:
    view, until = _view(asked), business_day(actor.company, page_time()) + WEEK
    there = f"{reverse('desk_buying')}?view={view}"
    first = dearest(actor, view, until, "amount", MOST - 1)
    rows = [Row(_of_week(each), Fraction(1), f"{there}&open={each.proposal.pk}") for each in first]
    others = of_view(actor, view, until).count() - len(rows)
    return Reason("", rows, whole=there, further=(others, Fraction(others)))


@why(
    "purchases.saving",
    Sentence("换方案可省", "What other ways save"),
    Sentence(
        "余料期望损失最大的几笔：计划的做法比最便宜的办法多花的钱（不算不接单）。",
        "Of the purchases that lose most on their rest: what the plan's way costs more than the cheapest, declining "
        "the order aside.",
    ),
    may_decide,
)
def saving(actor: Actor, asked: Asked) -> Reason:
    view, until = _view(asked), business_day(actor.company, page_time()) + WEEK
    there = f"{reverse('desk_buying')}?view={view}"
    rows = [
        Row(_of_week(each.purchase), Fraction(each.saved), f"{there}&open={each.purchase.proposal.pk}")
        for each in savings(actor, view, until)
        if each.saved > 0
    ]
    return Reason("", rows, currency=actor.company.currency, whole=there)


def _purchase(actor: Actor, asked: Asked) -> Purchase:
    found = purchase(actor, asked.id)
    if found is None:
        raise Http404
    return found


def _money(actor: Actor, of: Purchase, rows: list[Row]) -> Reason:
    return Reason(of.proposal.item.code, rows, currency=actor.company.currency)


def _quantity(of: Purchase, rows: list[Row]) -> Reason:
    item = of.proposal.item
    return Reason(item.code, rows, digits=item.decimals, unit=item.unit)


@why(
    "purchase.needed",
    Sentence("净需", "Need"),
    Sentence(
        "这笔采购要供给的每个订单、工单和安全库存。", "Every order, and safety stock, that this purchase is to feed."
    ),
    may_decide,
)
def needed(actor: Actor, asked: Asked) -> Reason:
    of = _purchase(actor, asked)
    if not folder_of(of.proposal.run).is_dir():
        return _quantity(of, [Row(NEEDED.say(language()), Fraction(of.needed))])
    return _quantity(of, list(_consumers(actor, of.proposal)))


def _consumers(actor: Actor, row: Proposal) -> Iterator[Row]:
    """Who takes what of the order, as the plan has it: demands by their papers, orders by what they make."""
    folder, lang = folder_of(row.run) / PLAN, language()
    orders = dict(read_table(folder, "orders", "parquet").select("order", "item").iter_rows())
    columns = ("consumer_kind", "consumer", "qty", "date")
    taken: list[tuple[Any, ...]] = []
    for table in ("usage", "earmarks"):
        pegs = read_table(folder, table, "parquet")
        mine = pegs.filter((pl.col("source_kind") == "order") & (pl.col("source") == row.order))
        taken += mine.sort("date", "consumer").select(columns).iter_rows()
    ledger_names = names_of(row.run).demand_of
    called = papers(actor, {ledger_names[name] for _, name, _, _ in taken if name in ledger_names})
    for kind, consumer, qty, on in taken:
        steps = Fraction(round(float(qty) * 10**row.item.decimals), 10**row.item.decimals)
        paper = called.get(ledger_names.get(consumer, ""))
        if kind == "order":
            words, there = FOR_ORDER.say(lang, order=consumer, item=orders.get(consumer, "")), ""
        elif kind == "safety":
            words, there = SAFETY.say(lang), ""
        else:
            words = paper.number if paper else consumer
            there = reverse("office_row", args=(paper.table, str(paper.id))) if paper and paper.table else ""
        yield Row(f"{words} · {on:%m-%d}", steps, there)


@why(
    "purchase.excess",
    Sentence("余料", "Excess"),
    Sentence("建议买的数量减去有需求的数量。", "What is proposed less what somebody needs of it."),
    may_decide,
)
def excess(actor: Actor, asked: Asked) -> Reason:
    of = _purchase(actor, asked)
    row, lang = of.proposal, language()
    bought, used = (in_units(steps, row.item.decimals) for steps in (row.qty_steps, _needed(row)))
    return _quantity(of, [Row(BOUGHT.say(lang), bought), Row(NEEDED.say(lang), -used)])


@why(
    "purchase.amount",
    Sentence("金额", "Amount"),
    Sentence("数量乘单价，加下单费。", "The quantity times its price, and the fees of the order."),
    may_decide,
)
def amount(actor: Actor, asked: Asked) -> Reason:
    of = _purchase(actor, asked)
    row, currency = of.proposal, actor.company.currency
    rows = [Row(_times(of.bought, of.price, currency), _goods(row))]
    if row.fees_minor:
        rows.append(Row(FEES.say(language()), _fees(row, currency)))
    return _money(actor, of, rows)


@why(
    "purchase.tied",
    Sentence("占用", "Cash tied"),
    Sentence("没人要的数量乘单价。", "What nobody needs, times its price."),
    may_decide,
)
def tied(actor: Actor, asked: Asked) -> Reason:
    of = _purchase(actor, asked)
    return _money(actor, of, [Row(_times(of.excess, of.price, actor.company.currency), _tied(of.proposal))])


def _times(qty: float, price: float, currency: str) -> str:
    return GOODS.say(language(), qty=numbers.qty(qty), price=numbers.price(price, currency))


@why(
    "purchase.loss",
    Sentence("期望损失", "Expected loss"),
    Sentence(
        "每份余料的占用，按以后用不掉的可能和残值估出的损失。",
        "Of each leftover the money that is expected never to come back, by the odds of its use and its salvage.",
    ),
    may_decide,
)
def loss(actor: Actor, asked: Asked) -> Reason:
    of = _purchase(actor, asked)
    folder = folder_of(of.proposal.run) / PLAN
    if not folder.is_dir():
        return _money(actor, of, [])
    table = read_table(folder, "leftovers", "parquet").filter(pl.col("cause") == of.proposal.order)
    rows = [
        Row(DIES.say(language(), qty=numbers.qty(float(qty)), odds=numbers.share(used)), Fraction(float(lost)))
        for qty, used, lost in table.select("qty", "p_use", "expected_loss").iter_rows()
    ]
    return _money(actor, of, rows)


@why(
    "orders.late",
    Sentence("不能按期的订单行", "Order lines in trouble"),
    Sentence(
        "上次计划里晚于客户要求、或计划期内到不了的每一行算一。",
        "Each line that the last plan sees late, or never, counts as one.",
    ),
    lambda actor: actor.may(READ),
)
def late_lines(actor: Actor, asked: Asked) -> Reason:
    run = last_run(actor)
    found = [each for each in open_lines(actor, run, language()) if each.told.level != "G"] if run else []
    rows = [
        Row(
            f"{each.told.demand} · {each.told.reason}"[:90],
            Fraction(1),
            reverse("desk_pegging_of", args=(each.line_id,)),
        )
        for each in found
    ]
    return Reason("", rows, whole=reverse("desk_pegging"))
