"""Everything that feeds one demand, on a time line: from which day to which, and what leaves no day to spare."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from huoku.errors import UsageError
from huoku.language import SEMICOLON, Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.explanation import Need, Source
from huoku.report.drawing import Canvas, Picture, cut, draw_legend, width_of
from huoku.report.numbers import NOTHING, day, qty
from huoku.report.time_axis import day_scale, draw_days

TITLE = Sentence("{demand} 由什么供应：{item} {name}", "What feeds {demand}: {item} {name}")
UNKNOWN = Sentence("没有需求“{demand}”", "there is no demand {demand}")
TODAY, DUE = Sentence("今天 {day}", "today {day}"), Sentence("交期 {day}", "due {day}")
PROMISE = Sentence("承诺 {day}", "promised {day}")
BUY, MAKE = Sentence("采购", "buy"), Sentence("生产", "make")
SUPPLY, TIGHT = Sentence("在途", "on order"), Sentence("没有余地（关键链）", "no day to spare: the critical chain")
FROM_STOCK = Sentence("另有 {count:,} 笔用库存", "{count:,} more needs are met from stock")
REST = Sentence("还有 {count:,} 张订单没有画出", "{count:,} more {count|order is|orders are} not drawn")
NONE = Sentence("全部由库存供应，没有订单", "everything comes from stock, there are no orders")

NOT_PLANNED = Sentence("没有为它安排任何供应", "nothing is planned for it")
ORDER_HEAD, QTY_HEAD = Sentence("订单", "order"), Sentence("整单数量", "its quantity")

ROWS = 24
WIDTH, LINE, TOP = 980.0, 23.0, 62.0
ITEM, ORDER, QTY, LEFT, RIGHT = 12.0, 262.0, 402.0, 424.0, WIDTH - 20
INDENT = 13.0


@dataclass(frozen=True, slots=True)
class Row:
    """One order or open supply; ``level`` 1 feeds the demand itself, ``above`` is the row of what it feeds first."""

    level: int
    source: Source
    above: int | None


def plot_pegging(plan: Plan, demand: str, lang: Language | None = None, most: int = ROWS) -> Picture:
    """The orders that feed one demand, through all levels, each from its start to its arrival.

    What leaves no day to spare is framed: the critical chain. ``most``: so many orders are drawn, those that leave the
    fewest days first; the picture says how many are not. Raises UsageError for an unknown demand.
    """
    lang = lang or plan.lang
    asked = plan.factory.demands.filter(pl.col("demand") == demand)
    if asked.is_empty():
        raise UsageError(UNKNOWN.say(lang, demand=demand))
    told = plan.explain(demand)
    promised = plan.promises.filter(pl.col("demand") == demand)["date"].max()
    chart = _Chart(plan, asked["due"][0], promised if isinstance(promised, date) else None, lang)
    return chart.picture(TITLE.say(lang, demand=demand, item=told.item, name=told.item_name), told.needs, most)


def rows_of(needs: tuple[Need, ...]) -> list[Row]:
    """The orders and supplies of a tree from the top, each once, where it is met first."""
    rows: list[Row] = []
    seen: set[tuple[str, str | None]] = set()

    def walk(needs: tuple[Need, ...], level: int, above: int | None) -> None:
        for source in (source for need in needs for source in need.sources):
            if source.kind == "stock" or (source.kind, source.name) in seen:
                continue
            seen.add((source.kind, source.name))
            rows.append(Row(level, source, above))
            walk(source.needs, level + 1, len(rows) - 1)

    walk(needs, 1, None)
    return rows


def kept(rows: list[Row], most: int) -> list[Row]:
    """The ``most`` rows with the fewest days to spare, each with all that it feeds, in their order."""
    chosen: set[int] = set()
    for first in sorted(range(len(rows)), key=lambda at: (rows[at].source.slack_days or 0, at)):
        chain, at = {first}, rows[first].above
        while at is not None:
            chain.add(at)
            at = rows[at].above
        if len(chosen | chain) <= most:
            chosen |= chain
    return [rows[at] for at in sorted(chosen)]


def from_stock(needs: tuple[Need, ...]) -> int:
    """How many needs of the tree are met, at least in part, from stock."""
    sources = [source for need in needs for source in need.sources]
    own = sum(source.kind == "stock" for source in sources)
    return own + sum(from_stock(source.needs) for source in sources)


class _Chart:
    """The chart while it is drawn."""

    def __init__(self, plan: Plan, due: date, promised: date | None, lang: Language):
        self.today, self.due, self.promised, self.lang = plan.factory.settings.today, due, promised, lang
        self.canvas = Canvas()

    def picture(self, title: str, needs: tuple[Need, ...], most: int) -> Picture:
        every = rows_of(needs)
        drawn = kept(every, most)
        # An order may start before today only in another's plan; then it is drawn from there.
        first = min([self.today, *(row.source.start for row in drawn if row.source.start)])
        ends = [self.due, *(row.source.available for row in drawn)] + ([self.promised] if self.promised else [])
        self.last = max(*ends, first + timedelta(days=7))
        self.x = day_scale(first, self.last, LEFT, RIGHT)
        bottom = TOP + LINE * max(1, len(drawn)) + 4
        draw_days(self.canvas, first, self.last, self.x, TOP - 4, bottom)
        self._marks(bottom)
        self.canvas.text(ORDER, TOP - 6, ORDER_HEAD.say(self.lang), "m")
        self.canvas.text(QTY, TOP - 6, QTY_HEAD.say(self.lang), "m", "end")
        for number, row in enumerate(drawn):
            self._row(TOP + LINE * number, row)
        if not drawn:
            self.canvas.text(ITEM, TOP + 15, (NONE if needs else NOT_PLANNED).say(self.lang))
        notes = [(REST, len(every) - len(drawn)), (FROM_STOCK, from_stock(needs) if drawn else 0)]
        told = [sentence.say(self.lang, count=count) for sentence, count in notes if count]
        legend = [("p1", BUY), ("p3", MAKE), ("ring", SUPPLY), ("crit", TIGHT)]
        draw_legend(self.canvas, ITEM, bottom + 38, [(cls, words.say(self.lang)) for cls, words in legend])
        self.canvas.text(RIGHT, bottom + 43, SEMICOLON.say(self.lang).join(told), "m", "end")
        self.canvas.text(ITEM, 22, cut(title, LEFT - ITEM - 12, 12), "b")
        return self.canvas.picture(title, WIDTH, bottom + 56)

    def _marks(self, bottom: float) -> None:
        """Today, the due day and the promise: a line each, their names one under the other."""
        marks = [(self.today, TODAY, "now", "hl"), (self.due, DUE, "l2", "sf")]
        if self.promised:
            marks.append((self.promised, PROMISE, "l4", "b"))
        for number, (when, words, line, cls) in enumerate(marks):
            x = self.x(max(when, self.today))
            self.canvas.line(x, 14 + 15 * number, x, bottom, line)
            told = words.say(self.lang, day=day(when, self.today))
            beside, anchor = (x - 6, "end") if x + 6 + width_of(told) > WIDTH - 4 else (x + 6, None)
            self.canvas.text(beside, 20 + 15 * number, told, f"{cls} halo", anchor)

    def _row(self, y: float, row: Row) -> None:
        source, indent = row.source, INDENT * (row.level - 1)
        tight = source.slack_days == 0
        label = f"{source.item} {source.item_name}"
        self.canvas.text(ITEM + indent, y + 15, cut(label, ORDER - ITEM - indent - 10), "b" if tight else "")
        self.canvas.text(ORDER, y + 15, cut(source.name or NOTHING, 92), "m")
        self.canvas.text(QTY, y + 15, qty(source.whole_qty), "", "end")
        end = self.x(source.available)
        tip = (
            f"{source.name} · {source.supplier or MAKE.say(self.lang)} · {source.start or NOTHING} → {source.available}"
        )
        if source.start is None:
            self.canvas.circle(end, y + 11, 5, "ring", tip)
            if tight:
                self.canvas.circle(end, y + 11, 8, "crit")
            return
        begin = self.x(source.start)
        box = (begin, y + 5, max(3.0, end - begin), 12.0)
        self.canvas.rect(*box, "p1" if source.kind == "buy" else "p3", tip)
        if tight:
            self.canvas.rect(box[0] - 2, box[1] - 2, box[2] + 4, box[3] + 4, "crit")
