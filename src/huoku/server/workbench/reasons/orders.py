"""The order lines that are in trouble; what hangs on a late order and what a day of it costs, line by line."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.planning.promises import open_lines, promises_of_order
from huoku.server.planning.rights import READ
from huoku.server.planning.sequence import last_run
from huoku.server.planning.stakes import Stake, stakes
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.roles import FieldGroup

WANTED = Sentence("{item} · 要 {day}", "{item} · wanted {day}")


def sees_value(actor: Actor) -> bool:
    return actor.may(READ) and actor.sees(FieldGroup.SALES_PRICE)


def sees_loss(actor: Actor) -> bool:
    return actor.may(READ) and (actor.sees(FieldGroup.COST) or actor.sees(FieldGroup.SALES_PRICE))


def _lines(actor: Actor, asked: Asked, amount: Callable[[Stake], float]) -> Reason:
    """The lines of the order that are in trouble, as Today counts them."""
    run, currency = last_run(actor), actor.company.currency
    found: Sequence[Row] = ()
    number = ""
    if run is not None:
        known, cents = stakes(run), 10 ** minor_digits(currency)
        late = [each for each in promises_of_order(actor, run, asked.id, language()) if each.line.pk in known]
        number = late[0].line.order.number if late else ""
        found = [
            Row(
                WANTED.say(language(), item=each.line.item.code, day=f"{each.line.due_on:%m-%d}"),
                Fraction(round(amount(known[each.line.pk]) * cents), cents),
                reverse("desk_pegging_of", args=(each.line.pk,)),
            )
            for each in late
        ]
    return Reason(number, found, currency=currency)


@why(
    "order.stake",
    Sentence("订单涉及的金额", "At stake of the order"),
    Sentence(
        "不能按期的每一行：上次计划时还没发的数量乘销售单价。",
        "Of each line in trouble what was not shipped yet at the last plan, times its sales price.",
    ),
    sees_value,
)
def stake(actor: Actor, asked: Asked) -> Reason:
    return _lines(actor, asked, lambda each: each.value)


@why(
    "order.late_a_day",
    Sentence("晚交一天的代价", "What a late day costs"),
    Sentence(
        "不能按期的每一行：金额乘计划参数里的迟交费率，按一天算。",
        "Of each line in trouble its value times the late rate of the planning settings, for one day.",
    ),
    sees_loss,
)
def late_a_day(actor: Actor, asked: Asked) -> Reason:
    return _lines(actor, asked, lambda each: each.per_day)


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
