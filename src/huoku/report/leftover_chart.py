"""What is left over as a treemap: the area is the value, the tint and the words are the odds that it is used."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.naming import names_of
from huoku.report.drawing import Canvas, Picture, cut
from huoku.report.numbers import money, share

TITLE = Sentence(
    "余料：面积是价值，颜色和文字是用掉的机会", "Leftovers: the area is the value, tint and words the odds of use"
)
ODDS = Sentence("用掉 {share}", "{share} used")
REST = Sentence("其余 {count} 种", "{count} {count|other|others}")
LIKELY, UNLIKELY = 0.75, 0.25
TILES = 24
LINE = 17.0
WIDE, NARROW = (1120.0, 340.0), (358.0, 460.0)


@dataclass(frozen=True, slots=True)
class Tile:
    """One item: its value is the area, ``odds`` the value that is expected to be used, as a part of it."""

    item: str
    name: str
    value: float
    odds: float | None

    @property
    def grade(self) -> str:
        if self.odds is None:
            return "rest"
        return "high" if self.odds >= LIKELY else "low" if self.odds < UNLIKELY else "middle"


Box = tuple[float, float, float, float]
"""x, y, width, height."""


def plot_leftovers(plan: Plan, lang: Language | None = None) -> Picture:
    """What is left on the last day, by item: the dearest are drawn one by one, the rest as one tile."""
    return leftover_chart(plan, lang or plan.lang, WIDE)


def leftover_chart(plan: Plan, lang: Language, size: tuple[float, float], most: int = TILES) -> Picture:
    canvas, currency = Canvas(), plan.factory.settings.currency
    for tile, (x, y, width, height) in squarified(tiles(plan, lang, most), (0, 0, *size)):
        odds = ODDS.say(lang, share=share(tile.odds)) if tile.odds is not None else ""
        worth = money(tile.value, currency)
        tip = " · ".join(word for word in (tile.item, tile.name, worth, odds) if word)
        canvas.rect(x, y, width, height, f"t {tile.grade}", tip)
        canvas.rect(x + 2, y + 2, max(0, width - 4), max(0, height - 4), f"edge {tile.grade}")
        lines = [(tile.item, "b"), (tile.name, ""), (worth, "b"), (odds, "")]
        _write(canvas, [line for line in lines if line[0]], (x, y, width, height))
    return canvas.picture(TITLE.say(lang), *size)


def _write(canvas: Canvas, lines: list[tuple[str, str]], box: Box) -> None:
    """As many lines as fit; the name is given up first."""
    x, y, width, height = box
    room = int((height - 8) // LINE)
    if room < len(lines) and len(lines) == 4:
        del lines[1]
    first = y + 20 if height > 2 * LINE else y + height / 2 + 4
    for number, (words, cls) in enumerate(lines[: max(1, room)] if height >= LINE else []):
        canvas.text(x + 9, first + LINE * number, cut(words, width - 16), cls)


def tiles(plan: Plan, lang: Language, most: int) -> list[Tile]:
    """The dearest leftovers by item, and one tile for all the others."""
    by_item = (
        plan.leftovers.group_by("item")
        .agg(pl.col("value").sum(), used=(pl.col("value") * pl.col("p_use").fill_null(0.0)).sum())
        .filter(pl.col("value") > 0)
        .sort("value", "item", descending=[True, False])
    )
    names = names_of(plan.factory, lang, by_item["item"].head(most))
    top = [Tile(item, names[item][0], value, used / value) for item, value, used in by_item.head(most).iter_rows()]
    rest = by_item.slice(most)
    if rest.height:
        top.append(Tile(REST.say(lang, count=f"{rest.height:,}"), "", float(rest["value"].sum()), None))
    return top


def squarified(tiles: Sequence[Tile], box: Box) -> list[tuple[Tile, Box]]:
    """Lay tiles out, largest first, each as square as it can be. Source: Bruls, Huizing, van Wijk (2000)."""
    x, y, width, height = box
    left = sum(tile.value for tile in tiles)
    placed: list[tuple[Tile, Box]] = []
    remaining = list(tiles)
    while remaining:
        scale = width * height / left
        side = min(width, height)
        count, worst = 1, _worst(remaining, 1, side, scale)
        while count < len(remaining) and (wider := _worst(remaining, count + 1, side, scale)) <= worst:
            count, worst = count + 1, wider
        strip, remaining = remaining[:count], remaining[count:]
        area = sum(tile.value for tile in strip)
        thick = area * scale / side
        at = 0.0
        for tile in strip:
            long = side * tile.value / area
            placed.append((tile, (x, y + at, thick, long) if width >= height else (x + at, y, long, thick)))
            at += long
        if width >= height:
            x, width = x + thick, width - thick
        else:
            y, height = y + thick, height - thick
        left -= area
    return placed


def _worst(tiles: Sequence[Tile], count: int, side: float, scale: float) -> float:
    """The worst ratio of the sides where the first ``count`` tiles make a strip."""
    strip = [tile.value * scale for tile in tiles[:count]]
    thick = sum(strip) / side
    return max(max(thick * thick / area, area / (thick * thick)) for area in strip)
