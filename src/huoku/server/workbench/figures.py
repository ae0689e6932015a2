"""What the first page says of the plan: orders in trouble, what is to be bought this week; of the stores the money in
them, what of it nobody needs, and what is dead."""

from collections.abc import Iterator, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl
from django.urls import reverse

from huoku.language import Sentence
from huoku.report import numbers
from huoku.server.look.speaking import language
from huoku.server.office.figures import Figure
from huoku.server.office.reasons import FIGURES_WITH_REASON
from huoku.server.planning.dead_share import dead_of
from huoku.server.planning.earlier import Past, past
from huoku.server.planning.promises import open_lines
from huoku.server.planning.purchase_views import of_week
from huoku.server.planning.rights import DECIDE, READ
from huoku.server.planning.sequence import last_run
from huoku.server.planning.stock_money import stock_money
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.workbench.reasons.stock import may_know

LATE = Sentence("不能按期的订单行", "Order lines in trouble")
OF = Sentence("/ {n} 行", "/ {n} {n|line|lines}")
PLAN_OF = Sentence("计划 {at}", "plan of {at}")
MORE = Sentence("晚交的需求比 {day} 多 {n}", "late demands: {n} more than {day}")
FEWER = Sentence("晚交的需求比 {day} 少 {n}", "late demands: {n} fewer than {day}")
SAME = Sentence("晚交的需求和 {day} 一样多", "late demands: as many as {day}")
HISTORY = Sentence("最近 {n} 个计划日的晚交需求数", "late demands of the last {n} {n|day|days} with a plan")
BUY = Sentence("本周要下单", "To order this week")
DEAD = Sentence("占库存 {share} · 红线 {line}", "{share} of the stock · red from {line} on")
BEFORE = Sentence("{day} 是 {share}", "{share} on {day}")
ITEMS = Sentence("{n} 种物料", "{n} {n|item|items}")
ROWS = Sentence("{n} 笔 · 余料占用 {tied}", "{n} {n|purchase|purchases} · {tied} in excess")


def late_orders(actor: Actor) -> Iterator[Figure]:
    """Those that the last plan sees late, or never; with the age of that plan."""
    run = last_run(actor) if actor.may(READ) else None
    if run is None:
        return
    lang = language()
    found, plans = open_lines(actor, run, lang), past(actor)
    late = sum(each.told.level != "G" for each in found)
    zone = ZoneInfo(actor.company.timezone)
    at = run.ended_at.astimezone(zone).strftime("%m-%d %H:%M") if run.ended_at else numbers.NOTHING
    yield Figure(
        LATE,
        str(late),
        next(_since(plans), PLAN_OF.say(lang, at=at)),
        reverse("desk_pegging"),
        "orders.late",
        "O" if late else "",
        OF.say(lang, n=len(found)),
        tuple(float(each.figures["late_demands"]) for each in reversed(plans) if "late_demands" in each.figures),
        HISTORY.say(lang, n=len(plans)),
    )


def _since(plans: Sequence[Past]) -> Iterator[str]:
    """What of the plan's demands is late against the plan of an earlier day: customers' orders and forecasts."""
    known = [each for each in plans[:2] if "late_demands" in each.figures]
    if len(known) == 2:
        new, old = (int(each.figures["late_demands"]) for each in known)
        words = SAME if new == old else FEWER if new < old else MORE
        yield words.say(language(), day=f"{known[1].today:%m-%d}", n=abs(new - old))


def purchases_of_the_week(actor: Actor) -> Iterator[Figure]:
    """Money that is to be spent by orders of this week."""
    if not actor.may(DECIDE):
        return
    week = [each.total for each in of_week(actor, business_day(actor.company, page_time()))]
    currency, amount, tied = actor.company.currency, sum(each.amount for each in week), sum(each.tied for each in week)
    more = ROWS.say(language(), n=sum(each.rows for each in week), tied=numbers.money(tied, currency))
    yield Figure(BUY, numbers.money(amount, currency), more, reverse("desk_buying"), "purchases.amount")


def money_in_stock(actor: Actor) -> Iterator[Figure]:
    """All that lies in the stores, what nobody needs; and what is dead, which is red from the line on that the owner
    has drawn."""
    run = last_run(actor) if may_know(actor) else None
    if run is None:
        return
    for measure, found in stock_money(run)._asdict().items():
        yield _figure(actor, measure, found, ITEMS.say(language(), n=found.height), "")
    dead = dead_of(run)
    if dead is not None:
        share, line = numbers.share(dead.of.share), numbers.share(dead.lines.warn)
        more = " · ".join([DEAD.say(language(), share=share, line=line), *_dead_before(actor)])
        yield _figure(actor, "dead", dead.items, more, "R" if dead.of.level in ("warn", "alarm") else "")


def _dead_before(actor: Actor) -> Iterator[str]:
    """The share at the plan of the day before, where that stock was reviewed."""
    for each in past(actor)[1:2]:
        if found := dead_of(each.run):
            yield BEFORE.say(language(), day=f"{each.today:%m-%d}", share=numbers.share(found.of.share))


def _figure(actor: Actor, measure: str, found: pl.DataFrame, more: str, level: Literal["", "R"]) -> Figure:
    reason = f"stock.{measure}"
    amount = numbers.money(float(found["value"].sum()), actor.company.currency)
    return Figure(FIGURES_WITH_REASON[reason].title, amount, more, reverse("desk_case"), reason, level)
