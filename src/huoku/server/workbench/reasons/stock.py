"""The money in the stores, item by item: all of it, what nobody needs, what is dead."""

from collections.abc import Callable
from fractions import Fraction

import polars as pl
from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.look.speaking import language, named
from huoku.server.office.reasons import MOST, Asked, Reason, Row, why
from huoku.server.planning.dead_share import dead_of
from huoku.server.planning.models import PlanRun
from huoku.server.planning.rights import READ
from huoku.server.planning.sequence import last_run
from huoku.server.planning.stock_money import stock_money
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup


def may_know(actor: Actor) -> bool:
    """The plan's stock is that of all sites: whoever is limited to some is not told."""
    return actor.may(READ) and actor.sees(FieldGroup.COST) and actor.sites is None


def _of(measure: str) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        currency, run = actor.company.currency, last_run(actor)
        if run is None:
            return Reason("", [], currency=currency)
        cent = 10 ** minor_digits(currency)
        found = _measured(run, measure).select("item", (pl.col("value") * cent).round().cast(pl.Int64))
        first, left = found.head(MOST), found.slice(MOST)
        known = {item.code: item for item in rows_for(actor, Item).filter(code__in=first["item"].to_list())}
        return Reason(
            "",
            [_row(code, known.get(code), Fraction(value, cent)) for code, value in first.iter_rows()],
            currency=currency,
            whole=reverse("desk_case"),
            further=(left.height, Fraction(int(left["value"].sum()), cent)),
        )

    return told


def _measured(run: PlanRun, measure: str) -> pl.DataFrame:
    """Item and value. Raises Http404 where what is dead is not known yet."""
    if measure != "dead":
        found: pl.DataFrame = getattr(stock_money(run), measure)
        return found
    dead = dead_of(run)
    if dead is None:
        raise Http404
    return dead.items


def _row(code: str, item: Item | None, amount: Fraction) -> Row:
    if item is None:
        return Row(code, amount)
    return Row(f"{code} {named(item, language())}", amount, reverse("desk_item", args=(item.pk,)))


for _measure, _title, _formula in (
    (
        "all",
        Sentence("库存金额", "Stock value"),
        Sentence(
            "上次计划时每种物料的库存数量乘单位价值：有成本用成本，没有就用最低的采购价或用料之和。",
            "Of each item its stock at the last plan times its unit value: its cost, "
            "else its lowest price, else its materials.",
        ),
    ),
    (
        "excess",
        Sentence("余料占用资金", "Cash tied in excess"),
        Sentence(
            "上次计划满足全部需求以后，库存和已下单的还剩多少，按价值算；计划建议再买的不算在内。",
            "What the last plan leaves of stock and open orders when every need is met, at its value; "
            "what it proposes to buy is not counted.",
        ),
    ),
    (
        "dead",
        Sentence("呆滞料", "Dead stock"),
        Sentence(
            "现有库存里一年内用不上的：已知订单要用的、按过去用量（95% 把握）推算的都扣掉，剩下的按价值算。",
            "Of the stock what goes beyond all that will be used within a year, known orders and past use (its 95% "
            "quantile) taken together, at its value.",
        ),
    ),
):
    why(f"stock.{_measure}", _title, _formula, may_know)(_of(_measure))
