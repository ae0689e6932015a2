"""Where an item comes from and where it goes, as bands whose width is the quantity."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.naming import names_of
from huoku.report.drawing import Canvas, Picture, cut
from huoku.report.markup import el
from huoku.report.numbers import qty

TITLE = Sentence("{item} {name}：从哪里来，到哪里去（{unit}）", "{item} {name}: where it comes from and goes ({unit})")
UNKNOWN = Sentence("没有物料“{item}”", "there is no item {item}")
NONE = Sentence("计划期内没有来源，也没有用处", "nothing comes and nothing is used within the plan")
SOURCES = {
    "stock": Sentence("库存", "stock"),
    "supply": Sentence("在途", "on order"),
    "order": Sentence("计划单", "planned"),
    "rest": Sentence("其余 {count:,} 个来源", "{count:,} other {count|source|sources}"),
}
USES = {
    "demand": Sentence("需求", "demand"),
    "order": Sentence("生产", "make"),
    "supply": Sentence("在制", "open make"),
    "forecast": Sentence("预测", "forecast"),
    "safety": Sentence("安全库存", "safety stock"),
    "left": Sentence("期末剩余", "left over"),
    "rest": Sentence("其余 {count:,} 个用处", "{count:,} other uses"),
}
LOT_OF_STOCK = "stock"
"""What the plan's leftovers call a stock without lots."""

NODES = 12
WIDTH, TOP, TALL = 980.0, 44.0, 320.0
LEFT, RIGHT, THICK = 300.0, 680.0, 12.0
SLOT, GAP = 19.0, 5.0

KEYS = ("source_kind", "source", "use_kind", "use")
Key = tuple[str, str]
"""Kind and name of a source or a use."""


@dataclass(frozen=True, slots=True)
class Node:
    """A source or a use with its place: ``top`` of the box, whose height is the quantity; ``middle`` for its words."""

    key: Key
    qty: float
    top: float
    middle: float


def plot_flow(plan: Plan, item: str, lang: Language | None = None, most: int = NODES) -> Picture:
    """An item's sources on the left, its uses on the right, what is left over among them.

    ``most``: so many are drawn on each side, the largest; the others are one. Raises UsageError for an unknown item.
    """
    lang = lang or plan.lang
    names = names_of(plan.factory, lang, [item])
    if item not in names:
        raise UsageError(UNKNOWN.say(lang, item=item))
    name, unit = names[item]
    title = TITLE.say(lang, item=item, name=name, unit=unit)
    canvas = Canvas()
    canvas.text(12, 22, cut(title, WIDTH - 24), "b")
    flows, counts = joined(flows_of(plan, item), most)
    if flows.is_empty():
        canvas.text(12, 52, NONE.say(lang))
        return canvas.picture(title, WIDTH, 72)
    made = dict(plan.orders.filter(kind="make").select("order", "item").iter_rows())
    scale = TALL / float(flows["qty"].sum())
    sides = [placed(flows, side, scale) for side in ("source", "use")]
    _bands(canvas, flows, sides, scale)
    for at, (nodes, words) in enumerate(zip(sides, (SOURCES, USES), strict=True)):
        for node in nodes:
            x = (LEFT, RIGHT)[at]
            canvas.rect(x - THICK * (1 - at), node.top, THICK, max(1.5, node.qty * scale), _look(node.key))
            told = (
                words[node.key[0]].say(lang, count=counts[at]),
                node.key[1],
                made.get(node.key[1], "") if at else "",
            )
            label = cut(" ".join(part for part in told if part), LEFT - 100)
            beside, anchor = (RIGHT + THICK + 8, None) if at else (LEFT - THICK - 8, "end")
            canvas.text(beside, node.middle + 4, f"{qty(node.qty)} · {label}", "", anchor)
    bottom = max(nodes[-1].middle + SLOT / 2 for nodes in sides)
    return canvas.picture(title, WIDTH, max(bottom, *(nodes[-1].top + nodes[-1].qty * scale for nodes in sides)) + 14)


def flows_of(plan: Plan, item: str) -> pl.DataFrame:
    """Columns source_kind, source, use_kind, use, qty: every quantity of the item, used or left over."""
    uses = pl.concat([plan.usage, plan.earmarks]).filter(pl.col("item") == item)
    stock = pl.col("source_kind") == "stock"
    used = uses.select(
        "source_kind",
        source=pl.when(stock).then(pl.col("lot")).otherwise("source").fill_null(""),
        use_kind="consumer_kind",
        use="consumer",
        qty="qty",
    )
    kinds = dict.fromkeys(plan.factory.supplies["supply"], "supply") | dict.fromkeys(plan.orders["order"], "order")
    left = plan.leftovers.filter(pl.col("item") == item).select(
        source_kind=pl.col("cause").replace_strict(kinds, default="stock", return_dtype=pl.String),
        source=pl.col("cause").replace({LOT_OF_STOCK: ""}).fill_null(""),
        use_kind=pl.lit("left"),
        use=pl.lit(""),
        qty="qty",
    )
    flows = pl.concat([used, left]).group_by(KEYS).agg(pl.col("qty").sum())
    return flows.filter(pl.col("qty") > 0).sort(KEYS)


def joined(flows: pl.DataFrame, most: int) -> tuple[pl.DataFrame, tuple[int, int]]:
    """The flows with the smaller sources, and the smaller uses, as one; and how many those are on each side.

    What is left over always stands by itself.
    """
    counts = []
    for side, kind in (("source", "source_kind"), ("use", "use_kind")):
        by_name = flows.filter(pl.col(kind) != "left").group_by(kind, side).agg(pl.col("qty").sum())
        ranked = by_name.sort("qty", kind, side, descending=[True, False, False])
        # One more is drawn instead of "1 other".
        rest = ranked.slice(most - 1 if ranked.height > most else ranked.height).select(kind, side, rest=pl.lit(True))
        flows = flows.join(rest, on=[kind, side], how="left").select(
            pl.when("rest").then(pl.lit("rest")).otherwise(kind).alias(kind),
            pl.when("rest").then(pl.lit("")).otherwise(side).alias(side),
            pl.exclude(kind, side, "rest"),
        )
        counts.append(rest.height)
    return flows.group_by(KEYS).agg(pl.col("qty").sum()).sort(KEYS), (counts[0], counts[1])


def placed(flows: pl.DataFrame, side: str, scale: float) -> list[Node]:
    """The nodes of one side from the top: by kind, the largest first; what is joined or left over comes last."""
    order = ["stock", "supply", "demand", "order", "forecast", "safety", "rest", "left"]
    kind = f"{side}_kind"
    totals = flows.group_by(kind, side).agg(pl.col("qty").sum())
    rows = sorted(totals.iter_rows(), key=lambda row: (order.index(row[0]), -row[2], row[1]))
    nodes, at = [], TOP
    for kind_, name, total in rows:
        tall = max(SLOT, total * scale)
        nodes.append(Node((kind_, name), total, at + (tall - total * scale) / 2, at + tall / 2))
        at += tall + GAP
    return nodes


def _look(key: Key) -> str:
    return {"left": "p2", "stock": "p3", "supply": "p4", "rest": "p5"}.get(key[0], "p1")


def _bands(canvas: Canvas, flows: pl.DataFrame, sides: Sequence[list[Node]], scale: float) -> None:
    """A band for each flow, stacked at both ends in the order of the nodes, so that they cross as little as can be."""
    rank = [{node.key: at for at, node in enumerate(nodes)} for nodes in sides]
    free = [{node.key: node.top for node in nodes} for nodes in sides]
    ends = [((kind, name), (use_kind, use), total) for kind, name, use_kind, use, total in flows.iter_rows()]
    starts: dict[tuple[Key, Key], list[float]] = {}
    for side in (0, 1):
        for flow in sorted(ends, key=lambda flow: (rank[side][flow[side]], rank[1 - side][flow[1 - side]])):
            starts.setdefault((flow[0], flow[1]), []).append(free[side][flow[side]])
            free[side][flow[side]] += flow[2] * scale
    half = (LEFT + RIGHT) / 2
    for source, use, total in ends:
        (y0, y1), tall = starts[source, use], max(1.0, total * scale)
        way = (
            f"M{LEFT:.1f} {y0:.1f}C{half:.1f} {y0:.1f} {half:.1f} {y1:.1f} {RIGHT:.1f} {y1:.1f}"
            f"V{y1 + tall:.1f}C{half:.1f} {y1 + tall:.1f} {half:.1f} {y0 + tall:.1f} {LEFT:.1f} {y0 + tall:.1f}Z"
        )
        tip = el("title", f"{source[1] or source[0]} → {use[1] or use[0]}: {qty(total)}")
        canvas.add(el("path", tip, d=way, cls="band left" if use[0] == "left" else "band"))
