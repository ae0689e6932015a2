"""What stock is left over at which service: one line for each policy, up and to the left is worse."""

from collections.abc import Sequence
from dataclasses import dataclass

from huoku.language import Language, Sentence
from huoku.report.drawing import Canvas, Picture, draw_legend, linear, ticks
from huoku.report.numbers import short

TITLE = Sentence("超量库存与满足率：越靠右下越好", "Excess stock against service: down and to the right is better")
SERVICE = Sentence("满足率 %", "service %")
SIZE = (760.0, 380.0)
LEFT, RIGHT, TOP, BOTTOM = 64.0, 18.0, 44.0, 48.0
LINES = 5
"""So many lines can be told apart."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One policy, swept: service (0 to 1) and excess (money) of each setting. A policy without a dial is one point."""

    name: str
    points: Sequence[tuple[float, float]]


def frontier_chart(
    curves: Sequence[Curve], lang: Language, *, title: Sentence = TITLE, service: Sentence = SERVICE
) -> Picture:
    """Draw up to five curves, and what lies between the lowest and the highest service that all points have."""
    canvas, (width, height) = Canvas(), SIZE
    shown = list(curves)[:LINES]
    services = [at for curve in shown for at, _ in curve.points]
    low = max(0.0, (int(min(services, default=0.0) * 20) - 0) / 20)
    x = linear(low, 1.0, LEFT, width - RIGHT)
    rungs = ticks(max((excess for curve in shown for _, excess in curve.points), default=0.0), 5)
    y = linear(0.0, rungs[-1], height - BOTTOM, TOP)
    for rung in rungs:
        canvas.line(LEFT, y(rung), width - RIGHT, y(rung), "g0")
        canvas.text(LEFT - 8, y(rung) + 4, short(rung), "m", "end")
    for percent in range(round(low * 100), 101, 5 if low > 0.6 else 10):
        canvas.line(x(percent / 100), height - BOTTOM, x(percent / 100), height - BOTTOM + 4, "g1")
        canvas.text(x(percent / 100), height - BOTTOM + 18, str(percent), "m", "middle")
    canvas.text(width - RIGHT, height - 10, service.say(lang), "m", "end")
    for number, curve in enumerate(shown, start=1):
        way = sorted(curve.points)
        canvas.path([(x(at), y(excess)) for at, excess in way], f"l{number}")
        for at, excess in way:
            canvas.circle(x(at), y(excess), 3.5, f"p{number}", f"{curve.name}: {at:.1%}, {excess:,.0f}")
    draw_legend(canvas, LEFT, 16, [(f"p{number}", curve.name) for number, curve in enumerate(shown, start=1)])
    return canvas.picture(title.say(lang), width, height)
