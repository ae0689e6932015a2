"""The rows of one order line's tree with its time line: the order, what is made for it, the parts of that."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from huoku.language import Language, Sentence
from huoku.plan.explain.readiness import Part
from huoku.report.markup import Html
from huoku.report.numbers import day, qty, share
from huoku.report.pegging_bars import Bar, bars_of, in_words
from huoku.report.pegging_lanes import CAN, DUE, Joint, Scale, head, joints, lane, scale_of, top_lane
from huoku.server.planning.pegged import WHOLE, Pegged
from huoku.server.planning.promises import Promise
from huoku.server.workbench.blocking import Verdict

FEW, MANY = 18, 60
"""A tree of so few parts is shown open; of a larger one what is not secured. Of one with so many only the chain
is on the page from the beginning, and the rest comes when it is opened."""
REST = Sentence("其余 {n} 种：全部现货", "{n} more, all in stock")
ALL = Sentence("齐", "complete")
NO_ROOM, ROOM = (
    Sentence("晚一天误一天", "each day late is lost"),
    Sentence("再晚 {n} 天就误", "{n} {n|day|days} to spare"),
)
ICONS = {"stock": "box", "supply": "truck-delivery", "buy": "shopping-cart", "make": "tools", "transfer": "truck"}


@dataclass(frozen=True, slots=True)
class GanttRow:
    """``place``: of the part in the tree, None for the order and for those that are folded into one. ``is_open``: None
    where nothing lies beneath. ``below``: what a page asks for to see that, where it is not there yet. ``is_calm``:
    nobody has to look at it. ``told``: the bars in words."""

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
    below: str = ""
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
    below: str = ""
    is_quiet: bool = True


def rows_of(promise: Promise, of: Pegged, said: Verdict, lang: Language) -> Gantt:
    """Each part below what it is for; parts that lie in stock whole stand in one row that opens."""
    told, line = promise.told, promise.line
    scale, placed = _scale(promise, of), list(_Tree(of).below(None, 1))
    bars = [_bars(of, each, lang) for each in placed]
    on = [(found, _is_on(of, each)) for each, found in zip(placed, bars, strict=True)]
    links = joints(scale, [([], told.date is not None), *on], told.date)
    first = GanttRow(
        0,
        "flag",
        told.demand,
        "",
        qty(promise.qty),
        mark=said.level,
        lane=top_lane(scale, line.due_on, told.date, line.promised_on, links[0], lang),
        told=_days(promise, of.today, lang),
        is_chain=True,
        is_open=True if placed else None,
    )
    rows = [_row(scale, of, each, found, link, lang) for each, found, link in zip(placed, bars, links[1:], strict=True)]
    if said.level == "G":  # what is tightest waits for nobody
        rows = [replace(row, mark="") for row in rows]
    return Gantt(head(scale, line.due_on, lang), [first, *rows], scale.width)


def _days(promise: Promise, today: date, lang: Language) -> str:
    """The two days of the order, in words."""
    words = [DUE.say(lang, day=day(promise.line.due_on, today))]
    return " · ".join([*words, CAN.say(lang, day=day(promise.told.date, today))] if promise.told.date else words)


def rows_below(promise: Promise, of: Pegged, below: str, lang: Language) -> list[GanttRow]:
    """What lies beneath a row, as that row asks for it. Raises LookupError for anything else."""
    kind, _, number = below.partition("-")
    place = int(number) if number.isdecimal() and len(number) < 9 else None
    if kind not in ("of", "rest") or (number and (place is None or place >= len(of.parts))):
        raise LookupError(below)
    level = 1 if place is None else len(of.parts[place].path) + 1
    placed = _Tree(of).below(place, level) if kind == "of" else _Tree(of).rest(place, level + 1)
    scale = _scale(promise, of)
    return [_row(scale, of, each, _bars(of, each, lang), [], lang) for each in placed]


def _scale(promise: Promise, of: Pegged) -> Scale:
    ends = [source.available for part in of.parts for source in part.need.sources]
    return scale_of(of.today, [promise.line.due_on, promise.told.date, promise.line.promised_on, *ends])


def _bars(of: Pegged, each: _Placed, lang: Language) -> list[Bar]:
    return [] if each.place is None else bars_of(of.parts[each.place], of.known, of.today, lang)


def _is_on(of: Pegged, each: _Placed) -> bool:
    return each.place is not None and of.chain is not None and of.chain.holds(of.parts[each.place])


class _Tree:
    """The tree from the top, those that lie in stock whole last among their like."""

    def __init__(self, of: Pegged) -> None:
        self.of, self.children = of, defaultdict[int | None, list[int]](list)
        for place, part in enumerate(of.parts):
            self.children[part.above].append(place)
        self.calm = [_is_calm(of, part) for part in of.parts]
        self.quiet = list(self.calm)
        for place in range(len(of.parts) - 1, -1, -1):  # a part is quiet where all beneath it is
            self.quiet[place] = self.calm[place] and all(self.quiet[each] for each in self.children.get(place, ()))

    def below(self, above: int | None, level: int, is_hidden: bool = False) -> Iterator[_Placed]:
        """What lies beneath a part (None: the demand)."""
        folded, is_large = self._folded(above), len(self.of.parts) > MANY
        for place in (each for each in self.children.get(above, ()) if each not in folded):
            if not self.children.get(place):
                yield _Placed(level, place, None, is_hidden, is_quiet=self.quiet[place])
                continue
            is_left = is_large and not self._is_on(place)
            is_open = not is_left and (not self.quiet[place] or len(self.of.parts) <= FEW)
            below = f"of-{place}" if is_left else ""
            yield _Placed(level, place, is_open, is_hidden, below=below, is_quiet=self.quiet[place])
            if not is_left:
                yield from self.below(place, level + 1, is_hidden or not is_open)
        if folded:
            below = "rest-" if above is None else f"rest-{above}"
            yield _Placed(level, None, False, is_hidden, len(folded), below if is_large else "")
            yield from () if is_large else self.rest(above, level + 1, True)

    def rest(self, above: int | None, level: int, is_hidden: bool = False) -> Iterator[_Placed]:
        """Those that are folded into one row."""
        return (_Placed(level, place, None, is_hidden) for place in self._folded(above))

    def _folded(self, above: int | None) -> list[int]:
        parts = self.of.parts
        mine = self.children.get(above, ())
        found = [place for place in mine if self.calm[place] and parts[place].is_leaf and parts[place].is_all_here]
        return found if len(found) > 1 else []

    def _is_on(self, place: int) -> bool:
        return self.of.chain is not None and self.of.chain.holds(self.of.parts[place])


def _is_calm(of: Pegged, part: Part) -> bool:
    if of.chain and of.chain.holds(part):
        return False
    return not part.is_leaf or of.secured(part) >= WHOLE


def _row(scale: Scale, of: Pegged, each: _Placed, bars: list[Bar], links: list[Joint], lang: Language) -> GanttRow:
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
        {str(kind): part for kind, part in covered.items()} if is_leaf or secured or covered["unsure"] else None,
        share(min(secured, 1.0) if secured < WHOLE else 1.0) if is_leaf else "",
        "R" if is_blocker and secured < WHOLE else "O" if is_blocker else "",
        lane(scale, bars, part.need.date, note, links, lang),
        " · ".join(words for words in (in_words(bars, lang, whole=True), note) if words),
        each.is_open,
        each.below,
        each.is_hidden,
        not is_chain and each.is_quiet,
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
        below=each.below,
        is_hidden=each.is_hidden,
        is_calm=True,
    )
