"""What the stock of an item comes to: where it falls short, how low it gets, what its plan does about it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

import polars as pl

from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.projection import movements
from huoku.report.numbers import day as said_day
from huoku.report.numbers import qty

BUY = Sentence("买 {qty}", "buy {qty}")
MAKE = Sentence("做 {qty}", "make {qty}")
CARRY = Sentence("调 {qty}", "transfer {qty}")
DOING = {"buy": BUY, "make": MAKE, "transfer": CARRY}

SHORT = Sentence(
    "{day} 起会缺 {missing}；计划 {start} {doing}，{due} 到，接得上。",
    "Short of {missing} from {day} on; the plan is to {doing} on {start}, there by {due}: in time.",
)
SHORT_LATE = Sentence(
    "{day} 起会缺 {missing}；计划 {start} {doing}，{due} 才到。",
    "Short of {missing} from {day} on; the plan is to {doing} on {start}, there by {due} only.",
)
SHORT_ALONE = Sentence(
    "{day} 起会缺 {missing}，计划里没有补货。", "Short of {missing} from {day} on, and nothing is planned."
)
LOW = Sentence(
    "{day} 剩 {level}，低于安全库存 {safety}。", "{level} are left on {day}, below the safety stock of {safety}."
)
ENOUGH = Sentence("够用：最少的一天（{day}）还剩 {level}。", "Enough: on the lowest day ({day}) {level} are left.")
JUST = Sentence("够用，{day} 正好用完。", "Enough; the last of it is used on {day}.")
STILL = Sentence("到 {last} 没有人要用，{level} 一直放着。", "Nobody needs it until {last}; {level} just lie there.")
EMPTY = Sentence("没有库存，到 {last} 也没有人要。", "There is none, and nobody needs any until {last}.")


@dataclass(frozen=True)
class Projection:
    """The stock of one item from today to the last day looked at. ``moves``: rows of ``movements``. What a page asks of
    it several times is worked out once."""

    item: str
    moves: pl.DataFrame
    orders: pl.DataFrame
    safety: float
    today: date
    last: date

    @cached_property
    def levels(self) -> pl.DataFrame:
        """What is there at the end of each day on which it changes: date, level."""
        return self.moves.group_by("date", maintain_order=True).agg(pl.col("level").last())

    @cached_property
    def unaided(self) -> pl.DataFrame:
        """The same, were nothing ordered that the plan only proposes. Falls below 0 where the proposals are needed."""
        rest = self.moves.filter(pl.col("kind") != "order").with_columns(level=pl.col("qty").cum_sum())
        return rest.group_by("date", maintain_order=True).agg(pl.col("level").last().round(6))

    @cached_property
    def needed_today(self) -> float:
        """What is taken today, as less than nothing."""
        return float(self.moves.filter(pl.col("kind") == "use", pl.col("date") == self.today)["qty"].sum())

    @cached_property
    def short(self) -> tuple[date, float] | None:
        """The first day on which it would not be enough without the proposals, and how much would be missing."""
        return next(((day, -level) for day, level in self.unaided.iter_rows() if level < 0), None)

    @cached_property
    def low(self) -> tuple[date, float] | None:
        """The first day on which less than the safety stock is left, the proposals included."""
        return next(((day, level) for day, level in self.levels.iter_rows() if level < self.safety - 1e-6), None)

    @cached_property
    def lowest(self) -> tuple[date, float] | None:
        """The first of the days of use on which least is left; None where nothing is used."""
        used = self.moves.filter(pl.col("kind").is_in(["use", "expiry"])).select("date").unique()
        days = self.levels.join(used, on="date", how="semi").sort("level", "date")
        return (days["date"][0], float(days["level"][0])) if days.height else None

    @cached_property
    def level(self) -> Literal["O", "Y", "G", "N"]:
        """O: not enough, whatever the plan does; Y: enough with its proposals, below the safety stock, or there for
        nobody; N: nothing to tell."""
        if self.short and self.orders.filter(pl.col("due") <= self.short[0]).is_empty():
            return "O"
        if self.short or self.low:
            return "Y"
        if self.lowest:
            return "G"
        return "Y" if float(self.moves["level"][-1]) > 0 else "N"

    def told(self, lang: Language) -> str:
        """The verdict in a sentence."""
        if self.short:
            return self._told_short(*self.short, lang)
        if self.low:
            day, level = self.low
            return LOW.say(lang, day=self._day(day), level=qty(level), safety=qty(self.safety))
        if not self.lowest:
            level = float(self.moves["level"][-1])
            return (STILL if level > 0 else EMPTY).say(lang, last=self._day(self.last), level=qty(level))
        day, level = self.lowest
        return (ENOUGH if level > 0 else JUST).say(lang, day=self._day(day), level=qty(level))

    def _told_short(self, day: date, missing: float, lang: Language) -> str:
        if self.orders.is_empty():
            return SHORT_ALONE.say(lang, day=self._day(day), missing=qty(missing))
        by_then = self.orders.filter(pl.col("due") <= day)
        first = self.orders.row(0, named=True)
        amount = float(by_then["qty"].sum() if by_then.height else first["qty"])
        start, due = (
            (by_then["start"].min(), by_then["due"].max()) if by_then.height else (first["start"], first["due"])
        )
        days = {name: self._day(each) for name, each in (("day", day), ("start", start), ("due", due))}  # type: ignore[arg-type]
        doing = DOING[first["kind"]].say(lang, qty=qty(amount))
        return (SHORT if by_then.height else SHORT_LATE).say(lang, missing=qty(missing), doing=doing, **days)

    def _day(self, day: date) -> str:
        return said_day(day, self.today)


def projection(
    plan: Plan, item: str, *, days: int | None = None, location: str | None = None, moves: pl.DataFrame | None = None
) -> Projection:
    """``days``: so many are looked at; else a month beyond the last change, as an empty rest of the year says nothing.
    ``moves``: where they are looked up already."""
    settings = plan.factory.settings
    own = movements(plan, [item], location) if moves is None else moves
    orders = plan.orders.filter(pl.col("item") == item)
    orders = orders if location is None else orders.filter(pl.col("location") == location)
    safety = plan.factory.items.filter(pl.col("item") == item)["safety_stock"]
    last = settings.today + timedelta(days=days) if days else _last_day(own, settings.today)
    last = min(last, settings.today + timedelta(days=settings.horizon_days))
    return Projection(
        item=item,
        moves=own.filter(pl.col("date") <= last),
        orders=orders.filter(pl.col("due") <= last).sort("due", "order"),
        safety=float(safety[0]) if safety.len() else 0.0,
        today=settings.today,
        last=last,
    )


def _last_day(moves: pl.DataFrame, today: date) -> date:
    changed = moves.filter(pl.col("date") > today)["date"].max()
    return changed + timedelta(days=30) if isinstance(changed, date) else today + timedelta(days=90)


def places_of(plan: Plan, item: str) -> list[str]:
    """Where the item is planned."""
    frames = (plan.factory.stock, plan.factory.supplies, plan.orders, plan.usage)
    found = {place for frame in frames for place in frame.filter(pl.col("item") == item)["location"].unique()}
    return sorted(found)
