"""The figures of one purchase that the plan proposes."""

from collections.abc import Iterator
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
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.planning.files import PLAN, folder_of, names_of
from huoku.server.planning.models import Proposal
from huoku.server.planning.purchases import MILLION, Purchase, purchase
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.workbench.reasons.lists import in_units

GOODS = Sentence("{qty} × {price}", "{qty} × {price}")
FEES = Sentence("下单费", "fees of the order")
BOUGHT, NEEDED = Sentence("建议买", "proposed"), Sentence("其中有需求的", "of which somebody needs")
FOR_ORDER = Sentence("{order} · 生产 {item}", "{order} · makes {item}")
SAFETY = Sentence("安全库存", "safety stock")
DIES = Sentence("{qty} · 用掉的可能 {odds}", "{qty} · odds of use {odds}")


def may_decide(actor: Actor) -> bool:
    return actor.may(DECIDE)


def _price(row: Proposal) -> Fraction:
    return Fraction(row.price_millionths or 0, MILLION)


def _needed(row: Proposal) -> int:
    return min(row.needed_steps, row.qty_steps)


def goods(row: Proposal) -> Fraction:
    return in_units(row.qty_steps, row.item.decimals) * _price(row)


def fees(row: Proposal, currency: str) -> Fraction:
    return Fraction(row.fees_minor, 10 ** minor_digits(currency))


def tied_up(row: Proposal) -> Fraction:
    return in_units(row.qty_steps - _needed(row), row.item.decimals) * _price(row)


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
    rows = [Row(_times(of.bought, of.price, currency), goods(row))]
    if row.fees_minor:
        rows.append(Row(FEES.say(language()), fees(row, currency)))
    return _money(actor, of, rows)


@why(
    "purchase.tied",
    Sentence("占用", "Cash tied"),
    Sentence("没人要的数量乘单价。", "What nobody needs, times its price."),
    may_decide,
)
def tied(actor: Actor, asked: Asked) -> Reason:
    of = _purchase(actor, asked)
    return _money(actor, of, [Row(_times(of.excess, of.price, actor.company.currency), tied_up(of.proposal))])


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
