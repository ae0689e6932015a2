"""A small drawing room for charts: scales, axes and a picture that shows itself in a page or a notebook.

Colours come from the page's tokens by class, so that light, dark and print need no second drawing.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from huoku.report.markup import Html, el, join, void

Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished chart. ``svg`` stands alone; ``inline`` takes its colours from the page around it."""

    title: str
    width: float
    height: float
    body: Html = field(repr=False)

    @property
    def svg(self) -> str:
        style = Html(f"<style>{chart_style()}</style>")
        paper = void("rect", width="100%", height="100%", cls="ps")
        drawn = join([style, paper, self.body])
        return self._drawn(drawn, xmlns="http://www.w3.org/2000/svg", width=self.width, height=self.height)

    @property
    def inline(self) -> Html:
        return self._drawn(self.body)

    def _drawn(self, inner: Html, **more: object) -> Html:
        box = f"0 0 {self.width:g} {self.height:g}"
        return el(
            "svg",
            el("title", self.title),
            inner,
            viewBox=box,
            cls="ch",
            role="img",
            aria_label=self.title,
            **more,
        )

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg


@cache
def chart_style() -> str:
    """The tokens and the rules of charts, for a picture that stands alone."""
    return style("chart_tokens.css") + style("chart.css")


def style(name: str) -> str:
    """A style sheet of the reports. Those that a server's pages need too stand alone in their file."""
    return files("huoku.report").joinpath("styles", name).read_text("utf-8")


@dataclass(slots=True)
class Canvas:
    """Collects the parts of a picture. Coordinates are pixels at 100 %, y downwards."""

    parts: list[Html] = field(default_factory=list)

    def line(self, x1: float, y1: float, x2: float, y2: float, cls: str) -> None:
        self.parts.append(void("line", x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2), cls=cls))

    def rect(self, x: float, y: float, width: float, height: float, cls: str, tip: str | None = None) -> None:
        inner = el("title", tip) if tip else None
        self.parts.append(el("rect", inner, x=_n(x), y=_n(y), width=_n(width), height=_n(height), cls=cls))

    def circle(self, x: float, y: float, radius: float, cls: str, tip: str | None = None) -> None:
        inner = el("title", tip) if tip else None
        self.parts.append(el("circle", inner, cx=_n(x), cy=_n(y), r=_n(radius), cls=cls))

    def path(self, points: list[tuple[float, float]], cls: str, *, closed: bool = False) -> None:
        if points:
            way = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + ("Z" if closed else "")
            self.parts.append(void("path", d=way, cls=cls))

    def text(self, x: float, y: float, words: str, cls: str = "", anchor: str | None = None) -> None:
        self.parts.append(el("text", words, x=_n(x), y=_n(y), cls=cls or None, text_anchor=anchor))

    def add(self, part: Html) -> None:
        self.parts.append(part)

    def picture(self, title: str, width: float, height: float) -> Picture:
        return Picture(title, width, height, join(self.parts))


def draw_legend(canvas: Canvas, x: float, y: float, entries: list[tuple[str, str]]) -> None:
    """Small boxes in a row, each with what it means; ``entries``: class and words. A ring is a ring."""
    for cls, words in entries:
        if cls == "ring":
            canvas.circle(x + 7, y, 5, cls)
        else:
            canvas.rect(x, y - 5, 14, 10, cls)
        canvas.text(x + 20, y + 5, words, "m")
        x += 20 + width_of(words) + 22


def _n(value: float) -> str:
    """A coordinate with one decimal: finer nobody sees, and pages stay small."""
    return f"{value:.1f}".removesuffix(".0")


def linear(low: float, high: float, start: float, end: float) -> Scale:
    """A scale that maps ``low``..``high`` to the pixels ``start``..``end``."""
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def ticks(high: float, count: int) -> list[float]:
    """About ``count`` round figures from 0 to at least ``high``."""
    if high <= 0:
        return [0.0, 1.0]
    rough = high / count
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999)
    return [step * number for number in range(math.ceil(high / step - 1e-9) + 1)]


def month_starts(first: date, last: date) -> list[date]:
    """The first days of the months after ``first`` up to ``last``."""
    found: list[date] = []
    here = first
    while True:
        here = (here.replace(day=1) + timedelta(days=32)).replace(day=1)
        if here > last:
            return found
        found.append(here)


def width_of(words: str, size: float = 12) -> float:
    """About how wide a text is drawn: Chinese characters are square, others a little over half."""
    return sum(size if ord(letter) > 0x2E7F else size * 0.58 for letter in words)


def cut(words: str, width: float, size: float = 12) -> str:
    """The text, shortened with … to a width; empty where nothing would be left."""
    if width_of(words, size) <= width:
        return words
    kept = words
    while kept and width_of(kept + "…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if len(kept) > 1 else ""
