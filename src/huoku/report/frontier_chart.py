"""What stock is left over at which service: one line for each policy, up and to the left is worse."""

from collections.abc import Sequence
from dataclasses import dataclass

from huoku.language import Language, Sentence
from huoku.report.drawing import Canvas, Picture, draw_legend, linear, ticks
from huoku.report.numbers import short

TITLE = Sentence("超量库存与满足率：越靠右下越好", "Excess stock against service: down and to the right is better")
SERVICE = Sentence("满足率 %", "service %")
SIZE = (1120.0, 400.0)
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
    """Draw up to five curves from the lowest service that one has to all; the first is the one that matters."""
    canvas, (width, height) = Canvas(), SIZE
    shown = list(curves)[:LINES]
    services = [at for curve in shown for at, _ in curve.points]
    step = 5 if min(services, default=0.0) >= 0.7 else 10
    lowest = int(min(services, default=0.0) * 100) // step * step
    x = linear(lowest / 100, 1.0, LEFT, width - RIGHT)
    rungs = ticks(max((excess for curve in shown for _, excess in curve.points), default=0.0), 5)
    y = linear(0.0, rungs[-1], height - BOTTOM, TOP)
    for rung in rungs:
        canvas.line(LEFT, y(rung), width - RIGHT, y(rung), "g0")
        canvas.text(LEFT - 8, y(rung) + 4, short(rung), "m", "end")
    for percent in range(lowest, 101, step):
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
