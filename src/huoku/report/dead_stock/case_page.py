"""The case for the boss as one HTML page, to be read on a screen or printed."""

from huoku.language import Language
from huoku.report.dead_stock.blocks import Bars, Notes, Paper, Rows, Tile
from huoku.report.document import document
from huoku.report.drawing import Canvas, Picture, linear
from huoku.report.markup import Column, Html, el, grid, join, row

WIDTH, HEIGHT, FOOT, TOP = 540.0, 190.0, 24.0, 22.0


def case_html(paper: Paper, lang: Language) -> str:
    """The whole page as text."""
    top = el("header", el("div", el("h1", paper.title), el("p", paper.subtitle, cls="mut"), cls="title"), cls="top")
    charts = el("div", [_chart(chart) for chart in paper.charts], cls="charts two")
    parts = [_rows(part) if isinstance(part, Rows) else _notes(part) for part in paper.parts]
    main = el(
        "main",
        el("section", el("p", paper.verdict, cls="say"), cls="verdict"),
        el("section", [_tile(tile) for tile in paper.tiles], cls="kpis four"),
        el("section", charts, cls="panel"),
        parts,
    )
    return document(f"{paper.title} {paper.subtitle}", join([top, main, el("footer", el("p", paper.foot))]), lang=lang)


def _tile(tile: Tile) -> Html:
    told = ((tile.name, "k"), (tile.value, "v"), (tile.hint, "d"))
    return el("div", [el("span", words, cls=cls) for words, cls in told], cls="kpi")


def _chart(chart: Bars) -> Html:
    caption = el("figcaption", el("b", chart.title))
    return el("figure", caption, bars_picture(chart).inline, el("p", chart.remark, cls="sm mut"))


def bars_picture(chart: Bars) -> Picture:
    """Bars from left to right, each with its value above and its label below."""
    canvas, most = Canvas(), max([bar.value or 0.0 for bar in chart.bars] + [1.0])
    y, step = linear(0.0, most, HEIGHT - FOOT, TOP), WIDTH / max(1, len(chart.bars))
    for place, bar in enumerate(chart.bars):
        x, top = place * step + 5, y(bar.value or 0.0)
        canvas.rect(x, top, step - 10, HEIGHT - FOOT - top, "bad" if bar.is_bad else "p1", f"{bar.label} {bar.told}")
        canvas.text(x + step / 2 - 5, top - 6, bar.told, "", "middle")
        canvas.text(x + step / 2 - 5, HEIGHT - 6, bar.label, "m", "middle")
    canvas.line(0, HEIGHT - FOOT, WIDTH, HEIGHT - FOOT, "g1")
    return canvas.picture(chart.title, WIDTH, HEIGHT)


def _rows(part: Rows) -> Html:
    columns = [Column(title, "number" if at in part.right else "name") for at, title in enumerate(part.head)]
    remark = el("p", part.remark, cls="more") if part.remark else None
    table = grid(columns, [row(columns, cells) for cells in part.rows])
    return el("section", el("header", el("h2", part.title)), table, remark, cls="panel case")


def _notes(part: Notes) -> Html:
    lines = el("ul", [el("li", line) for line in part.lines], cls="pad sec")
    return el("section", el("header", el("h2", part.title)), lines, cls="panel")
