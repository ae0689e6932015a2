"""Days along a chart: round days as lines, each with its name, and never two names in one place."""

from collections.abc import Callable
from datetime import date, timedelta

from huoku.report.drawing import Canvas, linear, month_starts

DayScale = Callable[[date], float]
WEEKS_UP_TO = 91
"""A chart of at most so many days is marked week by week, a longer one month by month."""

LABEL = 46.0


def day_scale(first: date, last: date, left: float, right: float) -> DayScale:
    """Where each day stands between ``left`` and ``right``."""
    scale = linear(0, max(1, (last - first).days), left, right)
    return lambda day: scale((day - first).days)


def draw_days(
    canvas: Canvas, first: date, last: date, x: DayScale, top: float, bottom: float, lower: float = 0
) -> None:
    """Upright lines on round days from ``top`` to ``bottom``, their names under them, by ``lower`` deeper."""
    if (last - first).days <= WEEKS_UP_TO:
        marks = [first + timedelta(days=day) for day in range(0, (last - first).days + 1, 7)]
    else:
        marks = [first, *month_starts(first, last)]
    free_from = x(first) - LABEL
    for day in marks:
        canvas.line(x(day), top, x(day), bottom, "g0")
        if x(day) < free_from:
            continue
        name = f"{day:%Y-%m}" if day.month == 1 and day.day == 1 else f"{day:%m-%d}"
        canvas.text(x(day), bottom + 16 + lower, name, "m", "middle")
        free_from = x(day) + LABEL
