"""How full one resource is, day by day: a bar of what is laid on it against what it can do."""

from collections.abc import Sequence

from huoku.language import Language, Sentence
from huoku.report.drawing import Canvas, Picture
from huoku.report.load_chart import grade
from huoku.report.numbers import qty, share
from huoku.server.workbench.calendars import Day

TITLE = Sentence("{resource} 每天的负荷", "{resource}: load day by day")
TIP = Sentence("{day}：{minutes} / {capacity} 分钟", "{day}: {minutes} of {capacity} {capacity|minute|minutes}")
CAN = Sentence("能力 {minutes}", "capacity {minutes}")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760.0, 178.0, 12.0, 748.0, 34.0, 148.0
NARROW = 21.0
"""A bar that is narrower has no share above it."""


def draw_load(resource: str, days: Sequence[Day], capacity: float, lang: Language) -> Picture:
    """``capacity``: the minutes of a whole day, drawn as a line."""
    canvas = Canvas()
    highest = max(capacity, *(day.minutes or 0.0 for day in days), 1.0)
    width = (RIGHT - LEFT) / max(len(days), 1)

    def height(minutes: float) -> float:
        return (BOTTOM - TOP) * minutes / highest

    for place, day in enumerate(days):
        x, minutes, able = LEFT + width * place, day.minutes or 0.0, day.capacity or 0.0
        tip = TIP.say(lang, day=day.on.isoformat(), minutes=qty(minutes), capacity=qty(able))
        if not day.kind.is_worked:
            canvas.rect(x + 1, TOP, width - 2, BOTTOM - TOP, "shut", tip)
        bar = max(height(minutes), 1.0)
        canvas.rect(x + 1, BOTTOM - bar, width - 2, bar, grade(minutes, able) if minutes else "h0", tip)
        if minutes and width >= NARROW:
            words = share(minutes / able) if able else qty(minutes)
            canvas.text(x + width / 2, BOTTOM - bar - 5, words, "m", "middle")
        if place % 7 == 0:
            canvas.text(x + 1, HEIGHT - 12, f"{day.on:%m-%d}", "m")
            canvas.line(x, BOTTOM, x, BOTTOM + 6, "g1")
    line = BOTTOM - height(capacity)
    canvas.line(LEFT, line, RIGHT, line, "l2")
    canvas.text(RIGHT, 14, CAN.say(lang, minutes=qty(capacity)), "sf", "end")
    canvas.line(LEFT, BOTTOM, RIGHT, BOTTOM, "g1")
    return canvas.picture(TITLE.say(lang, resource=resource), WIDTH, HEIGHT)
