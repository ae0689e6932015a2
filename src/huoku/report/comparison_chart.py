"""What differs between two plans, in one picture: money by part, and the promises that move."""

from collections.abc import Iterator
from datetime import date

from huoku.costs import COST_PARTS
from huoku.language import Language, Sentence
from huoku.plan.compare import Comparison
from huoku.report.comparing import CHANGES, DAYS, TOTALS, verdict
from huoku.report.drawing import Canvas, Picture, cut, draw_legend, linear
from huoku.report.numbers import MINUS, money
from huoku.report.time_axis import day_scale, draw_days

TITLE = Sentence("两个计划的差别", "What differs between two plans")
MONEY = Sentence("金额的变化（{currency}）", "Change of the money ({currency})")
PROMISES = Sentence("变动的承诺", "Promises that move")
BEFORE, AFTER = Sentence("之前", "before"), Sentence("之后", "after")
WORSE = Sentence("变差", "worse")
SAME_MONEY, SAME_PROMISES = Sentence("没有变化", "no change"), Sentence("没有变动", "none")
REST = Sentence("还有 {count:,} 个没有画出", "{count:,} more are not drawn")

GAINS = ("sales_value", "contribution")
"""Money that is better when it is more; of every other part, less is better."""

ROWS = 16
WIDTH, LEFT, RIGHT, LINE = 760.0, 250.0, 652.0, 22.0


def plot_comparison(comparison: Comparison, lang: Language | None = None, most: int = ROWS) -> Picture:
    """The change of each part of the money as bars, and the promises that move as arrows from day to day.

    ``most``: so many promises are drawn, the worst first; the picture says how many are not.
    """
    return _Chart(comparison, lang or comparison.after.lang, most).picture()


class _Chart:
    """The picture while it is drawn, from the top down."""

    def __init__(self, told: Comparison, lang: Language, most: int):
        self.told, self.lang, self.most, self.canvas = told, lang, most, Canvas()
        self.currency = told.after.factory.settings.currency

    def picture(self) -> Picture:
        self.canvas.text(12, 22, cut(verdict(self.told, self.lang), WIDTH - 24), "b")
        bottom = self._promises(self._money(52))
        return self.canvas.picture(TITLE.say(self.lang), WIDTH, bottom)

    def _money(self, y: float) -> float:
        """The bars; returns where they end."""
        self.canvas.text(12, y, MONEY.say(self.lang, currency=self.currency), "hl")
        changes = [(part, change) for part, _, _, change in self.told.money.iter_rows() if change]
        if not changes:
            self.canvas.text(12, y + 22, SAME_MONEY.say(self.lang))
            return y + 52
        low, high = (bound(0.0, *(change for _, change in changes)) for bound in (min, max))
        # Room for the figure beside a bar on either side.
        room = 88
        x = linear(low, high, LEFT + (room if low < 0 else 8), RIGHT + 96 - (room if high > 0 else 8))
        for number, (part, change) in enumerate(changes, 1):
            at = y + LINE * number
            label = (COST_PARTS.get(part) or TOTALS[part]).say(self.lang)
            self.canvas.text(12, at + 4, cut(label, LEFT - 16), "b" if part in TOTALS else "")
            begin, end = sorted((x(0), x(change)))
            better = (change > 0) == (part in GAINS)
            self.canvas.rect(begin, at - 6, max(1.5, end - begin), 13, "good" if better else "mark")
            figure = f"{'+' if change > 0 else ''}{money(change, self.currency)}"
            beside, anchor = (end + 6, None) if change > 0 else (begin - 6, "end")
            self.canvas.text(beside, at + 4, figure, "", anchor)
        bottom = y + LINE * len(changes) + 12
        self.canvas.line(x(0), y + 10, x(0), bottom, "g1")
        return bottom + 28

    def _promises(self, y: float) -> float:
        self.canvas.text(12, y, PROMISES.say(self.lang), "hl")
        every = [
            row
            for row in self.told.promises.iter_rows(named=True)
            if row["change"] not in ("quantity", "due") or row["worse"]
        ]
        drawn = every[: self.most]
        if not drawn:
            self.canvas.text(12, y + 22, SAME_PROMISES.say(self.lang))
            return y + 40
        days = [day for row in drawn for day in _days(row)]
        top, bottom = y + 10, y + LINE * len(drawn) + 12
        if days:
            first, last = min(days), max(days)
            self.x = day_scale(first, last, LEFT + 12, RIGHT - 12)
            draw_days(self.canvas, first, last, self.x, top, bottom)
        for number, row in enumerate(drawn, 1):
            self._promise(y + LINE * number, row)
        legend = [("ring", BEFORE), ("p1", AFTER), ("bad", WORSE)]
        draw_legend(self.canvas, 12, bottom + 38, [(cls, words.say(self.lang)) for cls, words in legend])
        if len(every) > len(drawn):
            self.canvas.text(WIDTH - 12, bottom + 43, REST.say(self.lang, count=len(every) - len(drawn)), "m", "end")
        return bottom + 56

    def _promise(self, y: float, row: dict[str, object]) -> None:
        change = CHANGES[str(row["change"])].say(self.lang)
        self.canvas.text(12, y + 4, cut(f"{row['demand']} {row['item']}", LEFT - 24), "b" if row["worse"] else "")
        told = DAYS.say(self.lang, days=row["days"]).replace("-", MINUS) if row["days"] else change
        self.canvas.text(WIDTH - 12, y + 4, cut(told, WIDTH - RIGHT - 14), "rd" if row["worse"] else "", "end")
        before, after = row["before_date"], row["after_date"]
        look = "bad" if row["worse"] else "p1"
        if isinstance(before, date) and isinstance(after, date):
            self.canvas.line(self.x(before), y, self.x(after), y, "worse" if row["worse"] else "l1")
        if isinstance(before, date):
            self.canvas.circle(self.x(before), y, 5, "ring")
        if isinstance(after, date):
            self.canvas.rect(self.x(after) - 5, y - 5, 10, 10, look)


def _days(row: dict[str, object]) -> Iterator[date]:
    for side in ("before_date", "after_date"):
        day = row[side]
        if isinstance(day, date):
            yield day
