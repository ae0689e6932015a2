"""The figures of one order line in the pegging: how much of it is secured, what could be built, its room, what brings
each need."""

from fractions import Fraction

from django.http import Http404

from huoku.language import Sentence
from huoku.plan.explain.explanation import Source
from huoku.report import numbers
from huoku.report.pegging_bars import CERTAINTIES, Certainty, certainty_of
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.planning.pegged import Pegged, pegged
from huoku.server.planning.promises import Promise, promise
from huoku.server.planning.rights import READ
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import FieldGroup

MILLION, QTY_DIGITS = 10**6, 6
NEED = Sentence("{item} × {qty}", "{item} × {qty}")
CALLED: dict[Certainty, Sentence] = {
    "stock": Sentence("现货", "in stock"),
    "supply": Sentence("在途，已确认", "on order, confirmed"),
    "unsure": Sentence("在途，没确认或已过期", "on order, not confirmed or overdue"),
    "planned": Sentence("只是计划", "only planned"),
}
PRODUCT = Sentence("{item} 现货", "{item} in stock")
MADE = Sentence("现有的料够做", "to be made of what is here")
MADE_UNTIL = Sentence("现有的料够做，{item} 先用完", "to be made of what is here, until {item} runs out")


def may_read(actor: Actor) -> bool:
    return actor.may(READ)


def sees_prices(actor: Actor) -> bool:
    return actor.may(READ) and actor.sees(FieldGroup.SALES_PRICE)


def _line(actor: Actor, asked: Asked) -> tuple[Promise, Pegged]:
    """The line, and what feeds it. Raises Http404."""
    run = last_run(actor)
    of = promise(actor, run, asked.id, language()) if run else None
    if run is None or of is None:
        raise Http404
    demand = of.told.demand
    return of, pegged(actor, run, (demand,), language())[demand]


@why(
    "pegging.secured",
    Sentence("已有现货或确认在途的料", "Materials that are on hand, or on order and confirmed"),
    Sentence(
        "最下层的每种料，全部有现货或确认在途的算一。只有口头、过了期、还没下单的都不算。",
        "Each material at the bottom of the tree that is on hand, or on order and confirmed, in full counts as one. "
        "What nobody has confirmed, what is overdue and what is not ordered does not count.",
    ),
    may_read,
)
def secured(actor: Actor, asked: Asked) -> Reason:
    of, told = _line(actor, asked)
    return Reason(of.told.demand, [Row(item, Fraction(is_secured)) for item, is_secured in told.leaves.items()])


@why(
    "pegging.leaves",
    Sentence("最下层的料", "Materials at the bottom of the tree"),
    Sentence("每种料算一。", "Each counts as one."),
    may_read,
)
def leaves(actor: Actor, asked: Asked) -> Reason:
    of, told = _line(actor, asked)
    return Reason(of.told.demand, [Row(item, Fraction(1)) for item in told.leaves])


@why(
    "pegging.slack",
    Sentence("缓冲（天）", "Room (days)"),
    Sentence(
        "整棵树里最紧的那种料还能晚几天。", "By so many days the tightest material of the whole tree may come later."
    ),
    may_read,
)
def slack(actor: Actor, asked: Asked) -> Reason:
    of, told = _line(actor, asked)
    rows = [
        Row(NEED.say(language(), item=part.need.item, qty=numbers.qty(part.need.qty)), Fraction(part.slack_days))
        for part in told.parts
        if part.slack_days is not None
    ]
    return Reason(of.told.demand, rows, is_least=True)


@why(
    "pegging.built",
    Sentence("现在可装", "Buildable now"),
    Sentence(
        "计划留给这张单的现货成品，加上现有的料够做的：一层一层看，每层由最先用完的料决定。",
        "What is in stock of the product for this order, and what can be made of the parts that are here for it: level "
        "by level, as many as the part that runs out first allows.",
    ),
    may_read,
)
def built(actor: Actor, asked: Asked) -> Reason:
    of, told = _line(actor, asked)
    now, lang = told.buildable, language()
    words = MADE_UNTIL.say(lang, item=now.limit.need.item) if now.limit else MADE.say(lang)
    rows = [
        Row(PRODUCT.say(lang, item=of.line.item.code), Fraction(str(now.here))),
        Row(words, Fraction(str(now.more))),
    ]
    return Reason(of.told.demand, rows, digits=of.line.item.decimals, unit=of.line.item.unit)


@why(
    "pegging.need",
    Sentence("从哪里来", "Where it comes from"),
    Sentence(
        "这张单要的数量，由这些现货、在途和计划供给。",
        "So much of it this order needs: from this stock, what is on order and what is planned.",
    ),
    may_read,
)
def need(actor: Actor, asked: Asked) -> Reason:
    _, told = _line(actor, asked)
    place = asked.place("part")
    if place >= len(told.parts):
        raise Http404
    wanted, known = told.parts[place].need, told.known
    ordered = sorted(wanted.sources, key=lambda each: CERTAINTIES.index(certainty_of(each, known, told.today)))
    rows = [_source(each, certainty_of(each, known, told.today)) for each in ordered]
    return Reason(wanted.item, rows, digits=QTY_DIGITS, unit=wanted.unit)


def _source(each: Source, kind: Certainty) -> Row:
    """One source: how sure it is, its paper or lot, and the day from which it is there."""
    words = [CALLED[kind].say(language()), each.name or "", each.supplier or "", f"{each.available:%m-%d}"]
    return Row(" · ".join(part for part in words if part), Fraction(str(each.covers)))


@why(
    "pegging.amount",
    Sentence("金额", "Amount"),
    Sentence("还没发的数量 × 单价。", "What is still to be shipped × its price."),
    sees_prices,
)
def amount(actor: Actor, asked: Asked) -> Reason:
    of, _ = _line(actor, asked)
    line = of.line
    if line.price_millionths is None:
        raise Http404
    words = NEED.say(language(), item=line.item.code, qty=numbers.qty(of.qty))
    return Reason(of.told.demand, [Row(words, open_amount(line))], currency=line.order.currency)


def open_amount(line: object) -> Fraction:
    """What is still to be shipped of a line of sales, at its price."""
    steps, digits, price = line.open_steps, line.item.decimals, line.price_millionths  # type: ignore[attr-defined]
    return Fraction(steps, 10**digits) * Fraction(price, MILLION)
