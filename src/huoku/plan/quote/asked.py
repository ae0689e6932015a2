"""What is asked for, checked: a known item, a quantity it can be counted in, a day within the plan."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from huoku.errors import UsageError
from huoku.factory import Factory
from huoku.language import Language, Sentence
from huoku.plan.explain.naming import near_names
from huoku.plan.model.numbering import MAIN
from huoku.plan.quote.first_pass import FirstPass

UNKNOWN = Sentence("没有物料“{item}”", "there is no item {item}")
PHANTOM = Sentence(
    "“{item}”是虚拟件，不入库，不能报价", "{item} is a phantom: it is never stocked, so it cannot be quoted"
)
NO_PLACE = Sentence("没有库位“{location}”；有的是：{known}", "there is no location {location}; known: {known}")
NO_QTY = Sentence("数量“{qty}”不是大于 0 的数", "the quantity {qty} is no number above 0")
TOO_FINE = Sentence(
    "数量“{qty}”比“{item}”的最小单位（{step}）还细",
    "the quantity {qty} is finer than the smallest step of {item}, {step}",
)
TOO_MUCH = Sentence("数量“{qty}”太大", "the quantity {qty} is too large")
BEYOND = Sentence("计划只到 {last}，{date} 在它之后", "the plan ends on {last}; {date} is after it")
LOW_PRIORITY = Sentence(
    "优先级“{priority}”要是不小于 0 的整数", "the priority {priority} must be a whole number, 0 or more"
)
TAKEN_NAME = Sentence("已经有需求“{demand}”；请换一个名字", "there is a demand {demand} already; name another")

MOST_STEPS = 10**12
MOST_DECIMALS = 6


class Asked(NamedTuple):
    """One question. ``node``, ``steps`` and ``day`` are as the kernels count, ``day`` at the earliest today."""

    demand: str
    item: str
    qty: Decimal
    date: date
    location: str
    customer: str | None
    priority: int
    node: int
    steps: int
    day: int


def checked(
    state: FirstPass,
    lang: Language,
    item: str,
    qty: float | Decimal | str,
    date: date,
    *,
    location: str = MAIN,
    customer: str | None = None,
    priority: int = 5,
    demand: str = "QUOTE",
) -> Asked:
    """The question as the kernels ask it. Raises UsageError where it makes no sense."""
    numbering, factory = state.case.numbering, state.case.factory
    if item not in state.number:
        raise UsageError(UNKNOWN.say(lang, item=item) + near_names(factory.items["item"], item, lang))
    number = state.number[item]
    if numbering.is_phantom[number]:
        raise UsageError(PHANTOM.say(lang, item=item))
    if location not in numbering.locations:
        raise UsageError(NO_PLACE.say(lang, location=location, known=", ".join(numbering.locations)))
    if not isinstance(priority, int) or priority < 0:
        raise UsageError(LOW_PRIORITY.say(lang, priority=priority))
    if demand in state.demands:
        raise UsageError(TAKEN_NAME.say(lang, demand=demand))
    wanted = numbering.wanted(item, number)
    exact = number_of(qty, lang)
    return Asked(
        demand=demand,
        item=item,
        qty=exact,
        date=date,
        location=location,
        customer=customer,
        priority=priority,
        node=wanted * len(numbering.locations) + numbering.locations.index(location),
        steps=steps_of(item, exact, int(numbering.steps[number]), lang),
        day=day_of(factory, date, lang),
    )


def number_of(qty: float | Decimal | str, lang: Language) -> Decimal:
    try:
        exact = Decimal(str(round(qty, MOST_DECIMALS) if isinstance(qty, float) else qty))
    except InvalidOperation:
        exact = Decimal(0)
    if not exact.is_finite() or exact <= 0:
        raise UsageError(NO_QTY.say(lang, qty=qty))
    return exact


def steps_of(item: str, qty: Decimal, per_unit: int, lang: Language) -> int:
    steps = qty * per_unit
    if steps > MOST_STEPS:
        raise UsageError(TOO_MUCH.say(lang, qty=qty))
    if steps != int(steps):
        raise UsageError(TOO_FINE.say(lang, qty=qty, item=item, step=format(Decimal(1) / per_unit, "f")))
    return int(steps)


def day_of(factory: Factory, wanted: date, lang: Language) -> int:
    settings = factory.settings
    day = (wanted - settings.today).days
    if day > settings.horizon_days:
        last = settings.today + timedelta(days=settings.horizon_days)
        raise UsageError(BEYOND.say(lang, last=last, date=wanted))
    return max(day, 0)
