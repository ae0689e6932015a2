"""Two plans side by side in words: what got better or worse, then each difference with its figures."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from huoku.costs import COST_PARTS
from huoku.language import COMMA, LISTED, SEMICOLON, Language, Sentence
from huoku.plan.compare import Comparison
from huoku.plan.compare.comparison import AFTER, BEFORE, CENT, CONTRIBUTION
from huoku.report.numbers import MINUS, money, qty
from huoku.report.terminal import columns

SHOWN = 10

NOTHING = Sentence("两个计划没有差别。", "The plans do not differ.")
NO_WORSE = Sentence("没有变差。", "Nothing is worse.")
WORSE = {
    "promises": Sentence("承诺 {count:,} 个", "promises ({count:,})"),
    "exceptions": Sentence("新增预警 {count:,} 条", "new exceptions ({count:,})"),
    "contribution": Sentence("销售额减总成本少 {money}", "sales less total cost (less by {money})"),
}
IS_WORSE = Sentence("变差：{told}。", "Worse: {told}.")
DEMANDS = Sentence(
    "需求：按时 {on_time[0]:,} → {on_time[1]:,}，迟交 {late_demands[0]:,} → {late_demands[1]:,}，"
    "没有承诺 {not_promised[0]:,} → {not_promised[1]:,}",
    "Demands: on time {on_time[0]:,} → {on_time[1]:,}, late {late_demands[0]:,} → {late_demands[1]:,}, "
    "without a promise {not_promised[0]:,} → {not_promised[1]:,}",
)
SURPLUS = Sentence(
    "会多压 {value} 的余料，没有需求要：{items}{more}。", "New leftovers that nobody needs: {value} ({items}{more})."
)
MORE_ITEMS = Sentence("，另有 {count:,} 种", "; {count:,} more {count|item|items}")
NOT_NEEDED = Sentence(
    "在途 {supplies}{more} 因此用不上或用不完了：趁早取消、减量或改期。",
    "Open orders that are no longer needed, or not in full: {supplies}{more}. Cancel, cut or put them off soon.",
)
MORE_SUPPLIES = Sentence("（另有 {count:,} 单）", " and {count:,} more")
NAMED = 3
HEADS = {
    "promises": Sentence("承诺（{counts}）", "Promises ({counts})"),
    "orders": Sentence("计划订单（{counts}，不变 {same:,}）", "Planned orders ({counts}, unchanged {same:,})"),
    "exceptions": Sentence("预警（{counts}）", "Exceptions ({counts})"),
}
MONEY, LEFTOVERS = Sentence("金额", "Money"), Sentence("期末余料（{count:,} 种不同）", "Leftovers (items: {count:,})")
CHANGES = {
    "earlier": Sentence("提前", "earlier"),
    "later": Sentence("推后", "later"),
    "promised": Sentence("可以承诺了", "now promised"),
    "unpromised": Sentence("不再承诺", "no longer promised"),
    "quantity": Sentence("数量不同", "quantity"),
    "due": Sentence("交期不同", "due day"),
    "new": Sentence("新增", "new"),
    "gone": Sentence("消失", "gone"),
    "added": Sentence("增加", "added"),
    "dropped": Sentence("取消", "dropped"),
    "changed": Sentence("改变", "changed"),
}
KINDS = {"buy": Sentence("采购", "buy"), "make": Sentence("生产", "make"), "transfer": Sentence("调拨", "transfer")}
DAYS = Sentence("{days:+,} 天", "{days:+,} d")
LATE = Sentence("晚 {days:,} 天", "{days:,} d late")
IS_WORSE_HERE = Sentence("◀ 变差", "◀ worse")
TOTALS = {
    "total_cost": Sentence("总成本", "total cost"),
    "sales_value": Sentence("销售额", "sales value"),
    "contribution": CONTRIBUTION,
}
DIFFERENCE = Sentence("差", "change")
MORE = Sentence("……还有 {count:,} 行", "... {count:,} more {count|row|rows}")
Row = dict[str, Any]


def comparison_text(comparison: Comparison, lang: Language, shown: int = SHOWN) -> str:
    """Lines for a terminal; of each kind of difference ``shown`` rows, and how many more there are."""
    return "\n".join(_lines(comparison, lang, shown))


def _lines(told: Comparison, lang: Language, shown: int) -> Iterator[str]:
    frames = (told.promises, told.orders, told.leftovers, told.exceptions)
    if not any(frame.height for frame in frames) and not any(told.money["change"]):
        yield NOTHING.say(lang)
        return
    yield verdict(told, lang)
    sides = (told.before.figures, told.after.figures)
    yield DEMANDS.say(
        lang, **{name: [side[name] for side in sides] for name in ("on_time", "late_demands", "not_promised")}
    )
    yield from surplus(told, lang)
    currency = told.after.factory.settings.currency
    yield from _part(_head(told, "promises", lang), told.promises, _promise, lang, shown)
    yield f"{MONEY.say(lang)} ({currency})"
    yield from _table([_money_head(lang), *_money_rows(told, lang)], {1, 2, 3})
    yield from _part(_head(told, "orders", lang), told.orders, _order, lang, shown)
    head = LEFTOVERS.say(lang, count=told.leftovers.height)
    yield from _part(head, told.leftovers, lambda row, _: _leftover(row, currency), lang, shown)
    yield from _part(_head(told, "exceptions", lang), told.exceptions, _exception, lang, shown)


def verdict(told: Comparison, lang: Language) -> str:
    """What got worse, in one sentence."""
    currency = told.after.factory.settings.currency
    parts = [
        WORSE[name].say(lang, count=count, money=money(count, currency, cents=True))
        for name, count in told.worse.items()
    ]
    joined = SEMICOLON.say(lang).join(parts)
    return IS_WORSE.say(lang, told=joined) if parts else NO_WORSE.say(lang)


def surplus(told: Comparison, lang: Language) -> Iterator[str]:
    """The new dead money of a change: what more is left over, and which open orders it has made needless."""
    currency = told.after.factory.settings.currency
    more = told.leftovers.filter(pl.col("value") > CENT).sort("value", "item", descending=[True, False])
    if more.height:
        items = [
            f"{row['item']} {qty(row['qty'])}, {money(row['value'], currency)}"
            for row in more.head(NAMED).iter_rows(named=True)
        ]
        yield SURPLUS.say(
            lang,
            value=money(float(more["value"].sum()), currency),
            items=SEMICOLON.say(lang).join(items),
            more=_rest(MORE_ITEMS, more.height, lang),
        )
    needless = told.exceptions.filter(change="new", code="supply_not_needed")["subject"].unique().sort()
    if needless.len():
        supplies = LISTED.say(lang).join(needless.head(NAMED))
        yield NOT_NEEDED.say(lang, supplies=supplies, more=_rest(MORE_SUPPLIES, needless.len(), lang))


def _rest(sentence: Sentence, count: int, lang: Language) -> str:
    return sentence.say(lang, count=count - NAMED) if count > NAMED else ""


def _head(told: Comparison, name: str, lang: Language) -> str:
    counts = told.counts()[name]
    words = COMMA.say(lang).join(f"{CHANGES[change].say(lang)} {n:,}" for change, n in counts.items())
    return HEADS[name].say(lang, counts=words, same=told.unchanged_orders)


def _part(head: str, frame: pl.DataFrame, told: Any, lang: Language, shown: int) -> Iterator[str]:
    if frame.is_empty():
        return
    yield head
    yield from _table([told(row, lang) for row in frame.head(shown).iter_rows(named=True)], set())
    if frame.height > shown:
        yield f"  {MORE.say(lang, count=frame.height - shown)}"


def _table(rows: list[tuple[str, ...]], right: set[int]) -> list[str]:
    return [f"  {line}" for line in columns(rows, right)]


def _from_to(before: object, after: object) -> str:
    return f"{before} → {after}" if before != after else str(after)


def _promise(row: Row, lang: Language) -> tuple[str, ...]:
    late = [LATE.say(lang, days=row[f"{side}_late"] or 0) for side in ("before", "after") if row[f"{side}_date"]]
    return (
        row["demand"],
        CHANGES[row["change"]].say(lang),
        _from_to(row["before_date"] or "—", row["after_date"] or "—"),
        DAYS.say(lang, days=row["days"]) if row["days"] else "",
        _from_to(qty(row["before_qty"]), qty(row["after_qty"])),
        _from_to(late[0], late[-1]) if late else "",
        IS_WORSE_HERE.say(lang) if row["worse"] else "",
    )


def _money_head(lang: Language) -> tuple[str, ...]:
    return ("", BEFORE.say(lang), AFTER.say(lang), DIFFERENCE.say(lang))


def _money_rows(told: Comparison, lang: Language) -> Iterator[tuple[str, ...]]:
    for part, before, after, change in told.money.iter_rows():
        if before or after:
            label = (COST_PARTS.get(part) or TOTALS[part]).say(lang)
            yield label, _amount(before), _amount(after), signed(change) if change else ""


def _amount(value: float) -> str:
    return f"{value:,.2f}".replace("-", MINUS)


def signed(value: float) -> str:
    """Money with its sign and cents."""
    return f"{value:+,.2f}".replace("-", MINUS)


def _order(row: Row, lang: Language) -> tuple[str, ...]:
    return (
        row["after_order"] or row["before_order"],
        CHANGES[row["change"]].say(lang),
        KINDS[row["kind"]].say(lang),
        row["item"],
        row["supplier"] or row["from_location"] or "",
        _from_to(qty(row["before_qty"]), qty(row["after_qty"])),
        _from_to(row["before_due"] or "—", row["after_due"] or "—"),
        DAYS.say(lang, days=row["days"]) if row["days"] else "",
    )


def _leftover(row: Row, currency: str) -> tuple[str, ...]:
    values = (money(row[f"{side}_value"], currency) for side in ("before", "after"))
    return row["item"], _from_to(qty(row["before_qty"]), qty(row["after_qty"])), _from_to(*values), signed(row["value"])


def _exception(row: Row, lang: Language) -> tuple[str, ...]:
    return CHANGES[row["change"]].say(lang), row["subject"], row["message"]
