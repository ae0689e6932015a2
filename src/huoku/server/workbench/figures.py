"""What the first page says of the plan: orders in trouble, what is to be bought this week, what it leaves over."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from huoku.language import Sentence
from huoku.report import numbers
from huoku.server.look.speaking import language
from huoku.server.office.figures import Figure
from huoku.server.planning.promises import promises
from huoku.server.planning.purchases import sum_of
from huoku.server.planning.rights import DECIDE, READ
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, now

WEEK = timedelta(days=7)
LATE = Sentence("不能按期的订单行", "Order lines in trouble")
OF = Sentence("共 {n} 行 · 计划 {at}", "of {n} lines · plan of {at}")
BUY = Sentence("本周要下单", "To order this week")
ROWS = Sentence("{n} 笔 · 余料占用 {tied}", "{n} purchases · {tied} in excess")


def late_orders(actor: Actor) -> Figure | None:
    """Those that the last plan sees late, or never; with the age of that plan."""
    run = last_run(actor) if actor.may(READ) else None
    if run is None:
        return None
    found = promises(actor, run)
    late = sum(each.level != "G" for each in found)
    zone = ZoneInfo(actor.company.timezone)
    at = run.ended_at.astimezone(zone).strftime("%m-%d %H:%M") if run.ended_at else numbers.NOTHING
    more = OF.say(language(), n=len(found), at=at)
    return Figure(LATE, str(late), more, reverse("desk_pegging"), "orders.late", "O" if late else "")


def purchases_of_the_week(actor: Actor) -> Figure | None:
    """Money that is to be spent by orders of this week."""
    if not actor.may(DECIDE):
        return None
    found = sum_of(actor, business_day(actor.company, now()) + WEEK)
    currency = actor.company.currency
    more = ROWS.say(language(), n=found.rows, tied=numbers.money(found.tied, currency))
    return Figure(BUY, numbers.money(found.amount, currency), more, reverse("desk_buying"), "purchases.amount")
