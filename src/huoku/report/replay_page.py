"""A replay as one web page that opens without a network: the table of rules and the frontier of excess and service."""

from pathlib import Path

from huoku.language import Language, Sentence
from huoku.report.document import document
from huoku.report.frontier_chart import Curve, frontier_chart
from huoku.report.markup import Column, Html, el, grid, row
from huoku.report.replaying import REGIME, heads, remarks, rows, span
from huoku.report.whole import replaced_whole
from huoku.simulate import NAMES, Simulation

TITLE = Sentence("采购规则回放", "Buying rules replayed")
QUESTION = Sentence(
    "按别的规则采购，过去会多剩多少、少交多少？", "Bought by other rules, what would have been left, and what late?"
)
TABLE = Sentence("各规则的结果", "What each rule came to")
FRONTIER = Sentence("超量与行满足率", "Excess against lines served")
HOW = Sentence(
    "每条规则面对同样的用量和同样的期初库存；交期内无法到货的头几周不计满足率。超量是期末（现有＋在途－欠单）"
    "超出最近一年实际用量的部分；难免是事先全知也会剩下的。",
    "Every rule met the same use and opening stock. Service counts from the first week that an order can reach. Excess "
    "is the end position (on hand + on order - backlog) beyond the last year's real use; unavoidable is what even "
    "foresight would have left.",
)
LINES_SERVED = Sentence("行满足率 %", "lines served %")


def write_replay(told: Simulation, path: str | Path, lang: Language) -> Path:
    """Write the replay as one HTML page and return its path; an older file is replaced whole."""
    path = Path(path)
    with replaced_whole(path) as fresh:
        fresh.write_text(replay_html(told, lang), encoding="utf-8")
    return path


def replay_html(told: Simulation, lang: Language) -> str:
    """The whole page as text."""
    titles = [Column(title, "number" if at else "name") for at, title in enumerate(heads(lang))]
    table = grid(titles, [row(titles, cells) for cells in rows(told, lang)])
    top = el(
        "header",
        el(
            "div",
            el("h1", TITLE.say(lang)),
            el("p", QUESTION.say(lang), cls="sec"),
            el("p", span(told, lang), cls="r mut"),
            cls="title",
        ),
        cls="top",
    )
    said = [el("p", REGIME[told.may_decline].say(lang)), *(el("p", line) for line in remarks(told, lang))]
    main = el(
        "main",
        el("section", said, cls="verdict"),
        _panel(TABLE.say(lang), table, el("p", HOW.say(lang), cls="more")),
        _panel(FRONTIER.say(lang), el("div", frontier_chart(curves(told, lang), lang, service=LINES_SERVED).inline)),
    )
    return document(TITLE.say(lang), top, main, lang=lang)


def curves(told: Simulation, lang: Language) -> list[Curve]:
    """Every policy as it was swept, the weighed lots first; one without a dial as its one point."""
    drawn = []
    for name in sorted(told.results, key=lambda name: name != "weighed"):
        totals = [one.total() for one in told.swept.get(name, [told.results[name]])]
        points = [(total.line_fill, total.excess) for total in totals if total.lines]
        drawn.append(Curve(NAMES[name].say(lang), points))
    return drawn


def _panel(title: str, *inner: object) -> Html:
    return el("section", el("header", el("h2", title)), *inner, cls="panel")
