"""A plan in a few sentences that a planner, or the owner, understands."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from huoku.language import COMMA, Language, Sentence
from huoku.plan import Plan
from huoku.report.digest import HIGH, bought, excess, late_demands, this_week
from huoku.report.numbers import day, money

NAMED = 3
UNLIKELY = 0.25

ALL_ON_TIME = Sentence("{demands:,} 个需求全部按时。", "All {demands:,} {demands|demand is|demands are} on time.")
SOME_LATE = Sentence(
    "{demands:,} 个需求里 {on_time:,} 个按时，{late}。",
    "{on_time:,} of {demands:,} {demands|demand|demands} {on_time|is|are} on time, {late}.",
)
LATE = Sentence("{count:,} 个迟交", "{count:,} late")
REFUSED = Sentence("{count:,} 个计划期内交不了", "{count:,} cannot be delivered by the last day")
BUY = Sentence(
    "7 天内要下 {count:,} 张采购单，{amount}，共 {suppliers:,} 家供应商。",
    "Purchase orders to place within 7 days: {count:,}, for {amount} (suppliers: {suppliers:,}).",
)
NOTHING_TO_BUY = Sentence("7 天内没有要下的采购单。", "There is nothing to order within 7 days.")
LEFT = Sentence(
    "期末剩 {value} 的料，其中 {dead} 多半用不掉。",
    "{value} of material is left on the last day; {dead} of it will hardly be used.",
)
COST = Sentence("总成本 {total}，其中采购 {purchase}。", "Total cost {total}, of which {purchase} for purchases.")
EXCESS = Sentence(
    "{count:,} 张采购单因为起订量或整包多买了一半以上，压住 {tied}。",
    "Purchases that leave half or more over for their MOQ or multiple: {count:,}; they tie up {tied}.",
)
WORST = Sentence("{demand} {when}，损失 {money}：{reason}", "{demand} {when}, {money} lost: {reason}")
BY_DAYS = Sentence("晚 {days} 天（{date}）", "{days} {days|day|days} late ({date})")
NEVER = Sentence("交不了", "cannot be delivered")
DOUBTS = Sentence(
    "输入数据有 {count:,} 处存疑，见 huoku check。", "Doubtful in the input: {count:,} (see huoku check)."
)


@dataclass(frozen=True, slots=True)
class Summary:
    """``verdict`` is the answer in one or two sentences; ``lines`` say what stands behind it."""

    verdict: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((self.verdict, *self.lines))


def summary(plan: Plan, lang: Language | None = None) -> Summary:
    """The plan in at most fifteen lines: the verdict, the money, the worst promises, what is left over."""
    lang = lang or plan.lang
    currency, figures = plan.factory.settings.currency, plan.figures
    purchases = bought(plan)
    week = this_week(plan, purchases)
    late = late_demands(plan)
    total, spent = money(figures["total_cost"], currency), money(figures["cost"]["purchase"], currency)
    left, dead = money(figures["leftover_value"], currency), money(dead_value(plan), currency)
    lines = [COST.say(lang, total=total, purchase=spent), LEFT.say(lang, value=left, dead=dead)]
    over = excess(plan, purchases).filter(pl.col("over_share") >= HIGH)
    if over.height:
        lines.append(EXCESS.say(lang, count=over.height, tied=money(float(over["tied"].sum()), currency)))
    lines += [_late_line(plan, row, lang) for row in late.head(NAMED).iter_rows(named=True)]
    if plan.factory.warning_count:
        lines.append(DOUBTS.say(lang, count=plan.factory.warning_count))
    return Summary(f"{delivery(plan, lang)}{' ' if lang == 'en' else ''}{to_order(week, lang, currency)}", tuple(lines))


def _late_line(plan: Plan, late: dict[str, Any], lang: Language) -> str:
    settings = plan.factory.settings
    when = NEVER.say(lang)
    if late["date"] is not None:
        when = BY_DAYS.say(lang, days=late["days"], date=day(late["date"], settings.today))
    lost = money(late["money"], settings.currency)
    return WORST.say(lang, demand=late["demand"], when=when, money=lost, reason=late["reason"] or "")


def delivery(plan: Plan, lang: Language) -> str:
    """How many demands are on time."""
    figures = plan.figures
    troubles = (
        (figures["late_demands"] - figures["not_promised"], LATE),
        (figures["not_promised"], REFUSED),
    )
    told = [sentence.say(lang, count=count) for count, sentence in troubles if count > 0]
    if not told:
        return ALL_ON_TIME.say(lang, demands=figures["demands"])
    joined = COMMA.say(lang).join(told)
    return SOME_LATE.say(lang, demands=figures["demands"], on_time=figures["on_time"], late=joined)


def to_order(week: pl.DataFrame, lang: Language, currency: str) -> str:
    """What to order within seven days."""
    if week.is_empty():
        return NOTHING_TO_BUY.say(lang)
    amount = money(float(week["amount"].sum()), currency)
    return BUY.say(lang, count=week.height, amount=amount, suppliers=week["supplier"].n_unique())


def dead_value(plan: Plan) -> float:
    """Value of the leftovers that are used with a chance below a quarter."""
    unlikely = plan.leftovers.filter(pl.col("p_use").fill_null(0.0) < UNLIKELY)
    return float(unlikely["value"].sum())
