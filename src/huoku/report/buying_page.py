"""The options of a need as one page that opens without a network."""

from pathlib import Path

from huoku.language import Language, Sentence
from huoku.plan.buying import Advice
from huoku.report.buying import FIGURES, HEADS, card_text, cells, heading, pack_tables, remembered, talk, verdict
from huoku.report.document import document
from huoku.report.markup import Column, Html, el, grid, join, row
from huoku.report.side_by_side import side_by_side_table
from huoku.report.whole import replaced_whole

TITLE = Sentence("买料方案", "Ways to buy")
TABLE = Sentence("各种办法，预期成本低的在前", "All ways, the least expected cost first")


def write_options(advice: Advice, path: str | Path, lang: Language | None = None) -> Path:
    """Write the options as one HTML page and return its path; an older file is replaced whole."""
    path = Path(path)
    with replaced_whole(path) as fresh:
        fresh.write_text(options_html(advice, lang or advice.lang), encoding="utf-8")
    return path


def options_html(advice: Advice, lang: Language) -> str:
    """The whole page as text."""
    columns = [
        Column(head.say(lang), "name" if at < 2 else "number" if at in FIGURES else "text")
        for at, head in enumerate(HEADS)
    ]
    rows = [row(columns, cells(line, advice, lang)) for line in advice.lines]
    card = card_text(advice, lang)
    told = [*verdict(advice, lang), *([card] if card else []), *remembered(advice, lang), *talk(advice, lang)]
    title = el("div", el("h1", TITLE.say(lang)), el("p", heading(advice, lang), cls="sec"), cls="title")
    lines = el("ul", [el("li", line) for line in told[1:]])
    said = el("section", el("p", told[0], cls="say"), lines, cls="verdict")
    table = el("section", el("header", el("h2", TABLE.say(lang))), grid(columns, rows), cls="panel")
    pack = [_panel(above, heads, rows) for above, (heads, *rows) in pack_tables(advice, lang)]
    sheet = side_by_side_table(advice, lang)
    beside = None if sheet is None else _panel(sheet[0], sheet[1][0], sheet[1][1:], named=True)
    body = join([el("header", title, cls="top"), el("main", said, table, pack, beside)])
    return document(f"{TITLE.say(lang)} {advice.item}", body, lang=lang)


def _panel(above: str, heads: tuple[str, ...], rows: list[tuple[str, ...]], *, named: bool = False) -> Html:
    """A table under a line; ``named``: its first column is a name and no figure."""
    columns = [Column(head, "name" if named and at == 0 else "number") for at, head in enumerate(heads)]
    return el(
        "section", el("header", el("h2", above)), grid(columns, [row(columns, cells) for cells in rows]), cls="panel"
    )
