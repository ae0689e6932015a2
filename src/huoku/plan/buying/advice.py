"""The options of one need as people read them: in units, days and money, the best first."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from huoku.buy.negotiation import Pack, Point, pack_of
from huoku.buy.options import Card, Comparison, Possible, Weighed, card, compare_options
from huoku.buy.options import Case as Need
from huoku.buy.options.option import Kind, Option
from huoku.buy.options.parts import parts_of, uses_of
from huoku.buy.terms import Ints
from huoku.factory import Factory
from huoku.factory.stage import Stage
from huoku.language import Language
from huoku.metrics.lines import Lines
from huoku.plan.buying.curves import Curve, curves_of
from huoku.plan.buying.entered import entered, entered_in
from huoku.plan.buying.found import found_in
from huoku.plan.buying.line import Line, plain_line, plain_pack
from huoku.plan.buying.side_by_side import Candidate, side_by_side
from huoku.plan.buying.wanted import Wanted, known_needs, wanted_of
from huoku.plan.buying.world import need_of
from huoku.plan.explain.naming import names_of
from huoku.plan.model.build import Case
from huoku.plan.standing import case_of
from huoku.sense.lessons import Lesson, lessons_of

if TYPE_CHECKING:
    from huoku.plan.plan import Plan


BY_PLAN: frozenset[Kind] = frozenset({"minimum", "to_break", "other_supplier", "mix"})
"""What a plan does by itself, with the item's own offers. Substitutes and later needs it has taken into account
before it buys: an option that uses them is another plan's."""


@dataclass(frozen=True, slots=True)
class Advice:
    """All options of a need by expected cost; ``best`` is the cheapest within the owner's limits.

    ``order``: the first planned purchase that is asked about, None where a quantity was named. ``card``: of buying
    under the cheapest offer's minimum, None where nobody offers the item. ``moq_reason``: why that supplier has its
    minimum, where the table says so. ``risk_limit`` and ``excess_limit``: those of the factory unless others were asked
    for; None without a limit. ``dead_warn`` and ``dead_alarm``: the parts of a purchase's money that are expected to
    die from which on the card's grade is raised, and high; they and the limit of the excess are those of
    ``company_stage`` unless the owner has set others. ``is_within_limit`` is False where no option keeps them; then the
    best breaks them least. ``pack``: for the talk with that supplier, in units. ``lessons``: cases of dead stock that
    began with a purchase like this one. ``candidates``: the item and what may stand in for it, side by side; empty
    where nothing may. ``curves``: what each quantity would cost in the end.
    """

    item: str
    item_name: str
    unit: str
    currency: str
    lang: Language
    qty: float
    today: date
    wanted: date
    order: str | None
    lines: tuple[Line, ...]
    best: Line | None
    risk_limit: float | None
    excess_limit: float | None
    company_stage: Stage
    dead_warn: float
    dead_alarm: float
    is_within_limit: bool
    card: Card | None
    moq_reason: str | None
    pack: Pack | None
    lessons: tuple[Lesson, ...]
    candidates: tuple[Candidate, ...]
    curves: tuple[Curve, ...]

    @property
    def minimum(self) -> Line | None:
        """What covers the need under the main offer's minimum; None where nobody offers the item."""
        return next((line for line in self.lines if line.kind == "minimum"), None)

    @property
    def allowance(self) -> float | None:
        """What may be paid at once on top of the minimum's unit price for the need alone: then it costs as much as the
        best way there is. None where nobody offers the item, or no price is low enough; below 0 it is already too dear.
        """
        if self.minimum is None or self.pack is None or self.pack.points[0].at_once is None:
            return None
        return (self.pack.points[0].at_once - self.minimum.unit_price) * self.qty

    @property
    def taken(self) -> Line | None:
        """What the plan does; None where a quantity was named."""
        return next((line for line in self.lines if line.taken), None)

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates, for programs."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        plain["lines"] = [plain_line(line) for line in self.lines]
        plain["best"] = None if self.best is None else plain_line(self.best)
        plain["card"] = None if self.card is None else self.card._asdict()
        plain["pack"] = None if self.pack is None else plain_pack(self.pack)
        plain["lessons"] = [lesson._asdict() for lesson in self.lessons]
        plain["candidates"] = [asdict(one) for one in self.candidates]
        plain["curves"] = [curve._asdict() for curve in self.curves]
        return plain


def advise(
    plan: "Plan",
    item: str,
    qty: float | Decimal | str | None,
    on: date | None,
    possible: dict[str, Any] | str | Path | None,
    risk_limit: float | None,
    lang: Language,
) -> Advice:
    """See ``Plan.options``."""
    case = case_of(plan)
    wanted = wanted_of(plan, case, item, qty, on, lang)
    need = need_of(case, wanted, plan.leftovers)
    settings = plan.factory.settings
    also = _with_entered(found_in(plan, case, wanted), possible, wanted, settings.today, lang)
    limit = settings.risk_limit if risk_limit is None else risk_limit
    name, unit = names_of(plan.factory, lang, [item])[item]
    bearing = settings.bearing
    compared = compare_options(need, also, limit, bearing.excess_limit)
    today = settings.today
    lines = {id(one): _line(case, need, wanted, compared, one, today) for one in compared.options}
    excess = _card(case, need, wanted, compared, Lines(bearing.dead_warn, bearing.dead_alarm))
    suppliers = plan.factory.sources.filter(pl.col("item") == item)["supplier"]
    return Advice(
        item=item,
        item_name=name,
        unit=unit,
        currency=settings.currency,
        lang=lang,
        qty=wanted.steps / wanted.per_unit,
        today=today,
        wanted=today + timedelta(days=wanted.day),
        order=wanted.orders[0] if wanted.orders else None,
        lines=tuple(lines.values()),
        best=None if compared.best is None else lines[id(compared.best)],
        risk_limit=None if limit == float("inf") else limit,
        excess_limit=None if bearing.excess_limit == 1.0 else bearing.excess_limit,
        company_stage=settings.company_stage,
        dead_warn=bearing.dead_warn,
        dead_alarm=bearing.dead_alarm,
        is_within_limit=compared.is_within_limit,
        card=excess,
        moq_reason=_moq_reason(plan.factory, item, lines.values()),
        pack=_pack(need, wanted, compared, known_needs(plan, wanted)),
        lessons=lessons_of(plan.factory, item, suppliers.to_list(), excess is not None and excess.excess > 0),
        candidates=side_by_side(plan, case, wanted, lang),
        curves=curves_of(case, need, wanted),
    )


def _with_entered(
    found: Possible, given: dict[str, Any] | str | Path | None, wanted: Wanted, today: date, lang: Language
) -> Possible:
    """What the tables know and what was entered, together."""
    if given is None:
        return found
    more = entered(given, wanted.per_unit, today, lang) if isinstance(given, dict) else None
    more = more or entered_in(Path(str(given)), wanted.per_unit, today, lang)
    return replace(found, **{one.name: getattr(found, one.name) + getattr(more, one.name) for one in fields(found)})


def _line(case: Case, need: Need, wanted: Wanted, compared: Comparison, one: Weighed, today: date) -> Line:
    option, per = one.option, wanted.per_unit
    suppliers = [case.sources.supplier[source] or "" for source, _ in option.purchases if source >= 0]
    by_plan = option.kind in BY_PLAN and (option.day or 0) <= wanted.day and len(suppliers) == len(option.purchases)
    bought = sorted(zip(suppliers, (qty for _, qty in option.purchases), strict=False))
    return Line(
        kind=option.kind,
        whom=_whom(option, suppliers),
        qty=option.qty / per,
        unit_price=option.unit_price * per,
        cash=option.cash,
        cost=one.cost,
        cvar=one.cvar,
        in_all=option.in_all / per or None,
        leftover=option.leftover / per,
        leftover_value=one.leftover_value,
        used_share=one.used_share,
        used_low=one.used_low,
        used_high=one.used_high,
        weeks=one.weeks,
        dies=one.dies,
        date=None if option.day is None else today + timedelta(days=max(option.day, wanted.day)),
        late_days=0 if option.day is None else max(0, option.day - wanted.day),
        rest=0.0 if option.calls is None else option.calls.rest / per,
        parts=parts_of(need, option),
        uses=tuple(one._replace(amount=one.amount / per) for one in uses_of(need, option)),
        break_even=compared.against_rest(need, one),
        taken=by_plan and bought == list(wanted.taken),
        by_plan=by_plan,
    )


def _whom(option: Option, suppliers: list[str]) -> str:
    """With whom it is done; each supplier of a mix with what it brings."""
    if option.kind == "mix":
        return " + ".join(name for name in (*suppliers, option.named) if name)
    return option.named or "".join(suppliers)


def _card(case: Case, need: Need, wanted: Wanted, compared: Comparison, lines: Lines) -> Card | None:
    """The card of the main offer's minimum, in units."""
    bare = next((one for one in compared.options if one.option.kind == "minimum"), None)
    if bare is None:
        return None
    per = wanted.per_unit
    moq = float(case.sources.moq[bare.option.source])
    told = card(wanted.steps, moq, bare, need.salvage, lines)
    quantities = {name: getattr(told, name) / per for name in ("need", "minimum", "bought", "excess")}
    return told._replace(**quantities)


def _moq_reason(factory: Factory, item: str, lines: Iterable[Line]) -> str | None:
    """What the supplier of the main offer has given as the reason of its minimum."""
    asked = [line.whom for line in lines if line.kind == "minimum"]
    theirs = factory.sources.filter((pl.col("item") == item) & pl.col("supplier").is_in(asked))
    reasons = theirs.sort("valid_from", nulls_last=True)["moq_reason"].drop_nulls()
    return None if reasons.is_empty() else str(reasons[0])


def _pack(need: Need, wanted: Wanted, compared: Comparison, known: Ints) -> Pack | None:
    """The pack for the talk, in units."""
    pack, per = pack_of(need, compared, known), wanted.per_unit
    if pack is None:
        return None
    each = [
        tuple(None if price is None else price * per for price in (point.at_once, point.in_calls))
        for point in pack.points
    ]
    return pack._replace(
        points=tuple(Point(point.qty / per, *prices) for point, prices in zip(pack.points, each, strict=True)),
        expected=tuple(qty / per for qty in pack.expected),
        reached=tuple(one._replace(qty=one.qty / per, price=one.price * per) for one in pack.reached),
    )
