"""What one unit costs by how many are ordered at once: a line of steps for each supplier, from its minimum on."""

from collections.abc import Sequence
from dataclasses import dataclass

from huoku.language import Language, Sentence
from huoku.report.drawing import Canvas, Picture, cut, linear, ticks, width_of
from huoku.report.numbers import price, qty, short

TITLE = Sentence("{item} 的价格阶梯", "{item}: prices by quantity")
AXIS = Sentence("一次订多少（{unit}）", "ordered at once ({unit})")
LINES = ("l1", "l2", "l3", "l4", "l5")
WIDTH, HEIGHT = 640.0, 240.0


@dataclass(frozen=True, slots=True)
class Offer:
    """``steps``: from which quantity on, which price; the first from the minimum on. All in one currency."""

    name: str
    steps: tuple[tuple[float, float], ...]


def draw_prices(item: str, unit: str, offers: Sequence[Offer], currency: str, lang: Language) -> Picture:
    """At most five suppliers, the first ones."""
    shown = [offer for offer in offers if offer.steps][: len(LINES)]
    canvas, left, right, top, bottom = Canvas(), 52.0, WIDTH - 16, 34.0, HEIGHT - 42
    most = 1.25 * max(quantity for offer in shown for quantity, _ in offer.steps) or 1.0
    across = [step for step in ticks(most, 5) if step <= most]
    rows = ticks(max(each for offer in shown for _, each in offer.steps), 4)
    x, y = linear(0, most, left, right), linear(0, rows[-1], bottom, top)
    for value in rows:
        canvas.line(left, y(value), right, y(value), "g1" if value == 0 else "g0")
        canvas.text(left - 7, y(value) + 4, short(round(value, 9)), "m", "end")
    for value in across:
        canvas.text(x(value), bottom + 17, short(value), "m", "middle")
    canvas.text(right, HEIGHT - 6, AXIS.say(lang, unit=unit), "m", "end")
    legend, free_from = left, -1.0
    for offer, line in zip(shown, LINES, strict=False):
        points: list[tuple[float, float]] = []
        for quantity, each in offer.steps:
            if points:
                points.append((x(quantity), points[-1][1]))
            points.append((x(quantity), y(each)))
        canvas.path([*points, (right, points[-1][1])], line)
        for quantity, each in offer.steps:
            canvas.circle(x(quantity), y(each), 3.5, "ring", f"{offer.name} ≥ {qty(quantity)}: {price(each, currency)}")
            words = price(each, currency)
            if len(shown) == 1 and x(quantity) > free_from:
                canvas.text(x(quantity) + 6, y(each) - 7, words, "halo")
                free_from = x(quantity) + 10 + width_of(words)
        words = cut(offer.name, (right - left) / len(shown) - 34)
        canvas.line(legend, 12, legend + 18, 12, line)
        canvas.text(legend + 23, 16, words)
        legend += 36 + width_of(words)
    return canvas.picture(TITLE.say(lang, item=item), WIDTH, HEIGHT)
