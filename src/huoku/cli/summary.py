"""A plan in a few lines that a planner, or the owner, understands."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from huoku.cli.money import cost_lines
from huoku.cli.typed import command
from huoku.language import Language, Sentence

if TYPE_CHECKING:
    from huoku.plan import Plan

WORST = 5
"""So many late demands are named, and so many without a promise."""

HEADLINE = Sentence(
    zh="计划：{today} 至 {last}，金额单位 {currency}",
    en="Plan from {today} to {last}, money in {currency}",
)
KINDS = {
    "buy": Sentence(
        zh="  采购订单 {count:>8,} 张，金额 {value:,.2f}", en="  purchase orders {count:>8,}   for {value:,.2f}"
    ),
    "make": Sentence(zh="  生产订单 {count:>8,} 张", en="  make orders     {count:>8,}"),
    "transfer": Sentence(zh="  调拨单   {count:>8,} 张", en="  transfers       {count:>8,}"),
}
DEMANDS = Sentence(
    zh="  需求     {demands:>8,} 条：按时 {on_time:,}，迟交 {late:,}，没有承诺 {unpromised:,}",
    en="  demands         {demands:>8,}   on time {on_time:,}, late {late:,}, without a promise {unpromised:,}",
)
LATEST = Sentence(zh="迟交最多的需求：", en="Latest deliveries:")
LATE = Sentence(
    zh="  {demand}：迟 {days:,} 天，{date} 交 {qty:,.6g}。{reason}",
    en="  {demand}: {days:,} {days|day|days} late, {qty:,.6g} on {date}. {reason}",
)
DECIDED = Sentence(zh="省得最多的几个决定：", en="The decisions that save most:")
DECISION = Sentence(zh="  {order} {item} 省 {saved:,.2f}：{why}", en="  {order} {item} saves {saved:,.2f}: {why}")
NO_PROMISE = Sentence(zh="没有承诺的需求：", en="Demands without a promise:")
UNPROMISED = Sentence(zh="  {demand}：{reason}", en="  {demand}: {reason}")
LEFTOVERS = Sentence(zh="期末余料价值 {value:,.2f}", en="Value of the stock that is left on the last day: {value:,.2f}")
WARNINGS = Sentence(
    zh="输入数据有 {count:,} 处存疑，用 {huoku} check 查看。",
    en="Doubtful in the input: {count:,} (see {huoku} check).",
)
EXCEPTIONS = Sentence(
    zh="有 {count:,} 条预警需要处理，见 exceptions 表。",
    en="Exceptions that want attention: {count:,} (table exceptions).",
)


def summary_text(plan: "Plan", lang: Language) -> str:
    """The plan's figures, its worst promises and its money, one per line."""
    settings, figures = plan.factory.settings, plan.figures
    last = settings.today + timedelta(days=settings.horizon_days)
    lines = [HEADLINE.say(lang, today=settings.today, last=last, currency=settings.currency)]
    for kind, count in figures["orders"].items():
        if count or kind != "transfer":  # most factories are one place
            lines.append(KINDS[kind].say(lang, count=count, value=figures["cost"]["purchase"]))
    late, refused = late_promises(plan), figures["not_promised"]
    counts = {"demands": figures["demands"], "on_time": figures["on_time"], "late": len(late), "unpromised": refused}
    lines.append(DEMANDS.say(lang, **counts))
    if late:
        lines.append(LATEST.say(lang))
        lines += [LATE.say(lang, **promise) for promise in late[:WORST]]
    if refused:
        lines.append(NO_PROMISE.say(lang))
        lines += [UNPROMISED.say(lang, **told) for told in unpromised_demands(plan)]
    lines.append(LEFTOVERS.say(lang, value=figures["leftover_value"]))
    lines += cost_lines(figures, lang)
    if plan.factory.warning_count:
        lines.append(WARNINGS.say(lang, huoku=command(), count=plan.factory.warning_count))
    if plan.exceptions.height:
        lines.append(EXCEPTIONS.say(lang, count=plan.exceptions.height))
    return "\n".join(lines)


def late_promises(plan: "Plan") -> list[dict[str, Any]]:
    """One entry per demand that comes late, in whole or in part: the latest first.

    What was overdue before the plan began and is delivered on its first day counts as on time, as in the figures.
    """
    rows = plan.promises.sort(["late_days", "demand"], descending=[True, False]).iter_rows(named=True)
    late: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["late_days"] and row["date"] > plan.factory.settings.today:
            told = {"days": row["late_days"], "date": row["date"], "qty": row["qty"], "reason": row["reason"]}
            late.setdefault(row["demand"], {"demand": row["demand"], **told})
    return list(late.values())


def unpromised_demands(plan: "Plan") -> list[dict[str, Any]]:
    """The first demands without a promise, each with what the plan says about it."""
    demands = set(plan.factory.demands["demand"])
    promised = {row["demand"] for row in plan.promises.iter_rows(named=True) if row["qty"]}
    without = demands - promised
    refused = [
        {"demand": row["subject"], "reason": row["message"]}
        for row in plan.exceptions.iter_rows(named=True)
        if row["subject"] in without
    ]
    return refused[:WORST]


def best_decisions(plan: "Plan") -> list[dict[str, Any]]:
    """The order of each item that is cheapest against its best rejected alternative, with its reason."""
    orders = {row["order"]: row for row in plan.orders.iter_rows(named=True)}
    saved = [
        {"saved": row["alternative_cost"] - row["cost"], **orders[row["order"]]}
        for row in plan.decisions.iter_rows(named=True)
        if row["alternative_cost"] is not None
    ]
    best: dict[str, dict[str, Any]] = {}
    for decision in sorted(saved, key=lambda decision: (-decision["saved"], decision["order"])):
        best.setdefault(decision["item"], decision)
    return list(best.values())[:WORST]


def decisions_text(plan: "Plan", lang: Language) -> str:
    """What was decided against which alternative, where it matters most."""
    return "\n".join([DECIDED.say(lang), *(DECISION.say(lang, **decision) for decision in best_decisions(plan))])


def summary_data(plan: "Plan") -> dict[str, object]:
    """The same content for programs."""
    settings = plan.factory.settings
    return {
        "today": settings.today,
        "horizon_days": settings.horizon_days,
        "currency": settings.currency,
        "figures": plan.figures,
        "latest": late_promises(plan)[:WORST],
        "unpromised": unpromised_demands(plan),
        "warnings": plan.factory.warning_count,
        "exceptions": plan.exceptions.height,
    }


def exit_code_of(plan: "Plan") -> int:
    """1 where something is late, unpromised or doubtful, so that a script notices; else 0."""
    troubles = (
        plan.figures["late_demands"],
        plan.figures["not_promised"],
        plan.factory.warning_count,
        plan.exceptions.height,
    )
    return 1 if any(troubles) else 0
