"""The rows of one order line's tree with its time line: the order, what is made for it, the parts of that."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from huoku.language import Language, Sentence
from huoku.plan.explain.readiness import Part
from huoku.report.markup import Html
from huoku.report.numbers import qty, share
from huoku.report.pegging_bars import Bar, bars_of, in_words
from huoku.report.pegging_lanes import Joint, Scale, head, joints, lane, scale_of, top_lane
from huoku.server.planning.behind import known_of
from huoku.server.planning.pegged import WHOLE, Pegged
from huoku.server.planning.promises import Promise
from huoku.server.workbench.blocking import Verdict

FEW = 18
"""A tree of so many parts is shown open; of a larger one only what is not secured."""
REST = Sentence("其余 {n} 种：全部现货", "{n} more, all in stock")
ALL = Sentence("齐", "complete")
NO_ROOM, ROOM = Sentence("晚一天误一天", "each day late is lost"), Sentence("再晚 {n} 天就误", "{n} days to spare")
ICONS = {"stock": "box", "supply": "truck-delivery", "buy": "shopping-cart", "make": "tools", "transfer": "truck"}


@dataclass(frozen=True, slots=True)
class GanttRow:
    """``place``: of the part in the tree, None for the order and for those that are folded into one. ``is_open``: None
    where nothing lies beneath. ``is_calm``: nobody has to look at it. ``told``: the bars in words."""

    level: int
    icon: str
    code: str
    name: str
    need: str
    place: int | None = None
    covered: dict[str, float] | None = None
    share: str = ""
    mark: str = ""
    lane: Html = field(default=Html(""), repr=False)
    told: str = ""
    is_open: bool | None = None
    is_hidden: bool = False
    is_calm: bool = False
    is_chain: bool = False
    is_blocker: bool = False


@dataclass(frozen=True, slots=True)
class Gantt:
    """``width``: so many pixels the time line needs at least."""

    head: Html
    rows: list[GanttRow]
    width: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part where it is shown; or, without one, those that are folded: ``count``."""

    level: int
    place: int | None
    is_open: bool | None
    is_hidden: bool
    count: int = 0


def rows_of(promise: Promise, of: Pegged, said: Verdict, lang: Language) -> Gantt:
    """Each part below what it is for; parts that lie in stock whole stand in one row that opens."""
    told, due, known = promise.told, promise.line.due_on, known_of(of.papers)
    placed = list(_placed(of))
    bars = [[] if each.place is None else bars_of(of.parts[each.place], known, of.today, lang) for each in placed]
    ends = [bar.end for found in bars for bar in found]
    scale = scale_of(of.today, [due, told.date, promise.line.promised_on, *ends])
    on = [(found, _is_on(of, each)) for each, found in zip(placed, bars, strict=True)]
    links = joints(scale, [([], told.date is not None), *on], told.date)
    first = GanttRow(
        0,
        "flag",
        told.demand,
        "",
        qty(promise.qty),
        mark=said.level,
        lane=top_lane(scale, due, told.date, promise.line.promised_on, links[0], lang),
        is_chain=True,
        is_open=True if placed else None,
    )
    rows = [
        _row(scale, of, each, found, link, lang)
        for each, found, link in zip(placed, bars, links[1:], strict=True)
    ]
    return Gantt(head(scale, due, lang), [first, *rows], scale.width)


def _is_on(of: Pegged, each: _Placed) -> bool:
    return each.place is not None and of.chain is not None and of.chain.holds(of.parts[each.place])


def _placed(of: Pegged) -> Iterator[_Placed]:
    """The tree from the top, those that lie in stock whole last among their like."""
    below: dict[int | None, list[int]] = {}
    for place, part in enumerate(of.parts):
        below.setdefault(part.above, []).append(place)
    calm = [_is_calm(of, part) for part in of.parts]
    quiet = list(calm)
    for place in range(len(of.parts) - 1, -1, -1):  # a part is quiet where all beneath it is
        quiet[place] = calm[place] and all(quiet[each] for each in below.get(place, ()))

    def walk(above: int | None, level: int, is_hidden: bool) -> Iterator[_Placed]:
        mine = below.get(above, [])
        rest = [place for place in mine if calm[place] and of.parts[place].is_leaf and of.parts[place].is_all_here]
        rest = rest if len(rest) > 1 else []
        for place in (each for each in mine if each not in rest):
            has_more = bool(below.get(place))
            is_open = not quiet[place] or len(of.parts) <= FEW
            yield _Placed(level, place, is_open if has_more else None, is_hidden)
            yield from walk(place, level + 1, is_hidden or not is_open)
        if rest:
            yield _Placed(level, None, False, is_hidden, len(rest))
            for place in rest:
                yield _Placed(level + 1, place, None, True)

    return walk(None, 1, False)


def _is_calm(of: Pegged, part: Part) -> bool:
    if of.chain and of.chain.holds(part):
        return False
    return not part.is_leaf or of.secured(part) >= WHOLE


def _row(
    scale: Scale, of: Pegged, each: _Placed, bars: list[Bar], links: list[Joint], lang: Language
) -> GanttRow:
    if each.place is None:
        return _folded(scale, of.today, each, links, lang)
    part = of.parts[each.place]
    is_chain = _is_on(of, each)
    is_blocker = is_chain and of.chain is not None and of.chain.path == part.path
    note = _note(part, lang) if is_blocker else ""
    secured, is_leaf = of.secured(part), part.is_leaf
    covered = of.covered(part)
    source = max(part.need.sources, key=lambda source: source.available, default=None)
    return GanttRow(
        each.level,
        ICONS["make" if source and source.is_work else source.kind] if source else "box",
        part.need.item,
        part.need.item_name,
        qty(part.need.qty),
        each.place,
        dict(covered) if is_leaf or secured or covered["unsure"] else None,
        share(min(secured, 1.0) if secured < WHOLE else 1.0) if is_leaf else "",
        "R" if is_blocker and secured < WHOLE else "O" if is_blocker else "",
        lane(scale, bars, part.need.date, note, links, lang),
        " · ".join(words for words in (in_words(bars, lang, whole=True), note) if words),
        each.is_open,
        each.is_hidden,
        not is_chain and secured >= WHOLE if is_leaf else not is_chain,
        is_chain,
        is_blocker,
    )


def _note(part: Part, lang: Language) -> str:
    slack = part.slack_days or 0
    return ROOM.say(lang, n=slack) if slack else NO_ROOM.say(lang)


def _folded(scale: Scale, today: date, each: _Placed, links: list[Joint], lang: Language) -> GanttRow:
    bars = [Bar("stock", None, today, ALL.say(lang))]
    return GanttRow(
        each.level,
        "dots",
        "",
        REST.say(lang, n=each.count),
        "",
        covered={"stock": 1.0, "supply": 0.0, "unsure": 0.0, "planned": 0.0},
        share="100%",
        lane=lane(scale, bars, today, "", links, lang),
        told=ALL.say(lang),
        is_open=False,
        is_hidden=each.is_hidden,
        is_calm=True,
    )
