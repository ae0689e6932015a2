"""The figures of one order line in the pegging: how much of it is secured, its room, and what covers each need."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from django.http import Http404

from huoku.language import Sentence
from huoku.plan.explain.explanation import Source
from huoku.report import numbers
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.promises import Certainty, Part, certainty_of, parts, promise
from huoku.server.planning.rights import READ
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor

QTY_DIGITS = 6
STOCK = Sentence("现货", "stock")
NEED = Sentence("{item} × {qty}", "{item} × {qty}")
TITLES: dict[Certainty, tuple[Sentence, Sentence]] = {
    "stock": (
        Sentence("由现货供给", "From stock"),
        Sentence("计划为这个需求留的每一份现货。", "Every part of the stock that the plan keeps for this need."),
    ),
    "supply": (
        Sentence("由在途供给", "From what is on order"),
        Sentence(
            "已下单、计划留给这个需求的每一份。",
            "Every order that is placed already and that the plan keeps for this need.",
        ),
    ),
    "planned": (
        Sentence("由计划供给", "From what is planned"),
        Sentence("计划建议要下的每一张单。", "Every order that the plan proposes for it."),
    ),
}


def may_read(actor: Actor) -> bool:
    return actor.may(READ)


def _parts(actor: Actor, asked: Asked) -> tuple[str, Sequence[Part]]:
    """The demand of the line, and the tree of what feeds it. Raises Http404."""
    run = last_run(actor)
    of = promise(actor, run, asked.id) if run else None
    if run is None or of is None:
        raise Http404
    return of.told.demand, parts(plan_in_hand(run, language()), of.told.demand)


def _need(part: Part) -> str:
    return NEED.say(language(), item=part.need.item, qty=numbers.qty(part.need.qty))


@why(
    "pegging.secured",
    Sentence("已有现货或在途的料", "Materials that are on hand or on order"),
    Sentence(
        "最下层的每种料，全部有现货或在途的算一。",
        "Each material at the bottom of the tree that is on hand or on order in full counts as one.",
    ),
    may_read,
)
def secured(actor: Actor, asked: Asked) -> Reason:
    demand, told = _parts(actor, asked)
    rows = [Row(_need(part), Fraction(part.secured >= 1)) for part in told if part.is_leaf]
    return Reason(demand, sorted(rows, key=lambda row: row.amount))


@why(
    "pegging.leaves",
    Sentence("最下层的料", "Materials at the bottom of the tree"),
    Sentence("每种料算一。", "Each counts as one."),
    may_read,
)
def leaves(actor: Actor, asked: Asked) -> Reason:
    demand, told = _parts(actor, asked)
    return Reason(demand, [Row(_need(part), Fraction(1)) for part in told if part.is_leaf])


@why(
    "pegging.slack",
    Sentence("缓冲（天）", "Room (days)"),
    Sentence(
        "整棵树里最紧的那种料还能晚几天。", "By so many days the tightest material of the whole tree may come later."
    ),
    may_read,
)
def slack(actor: Actor, asked: Asked) -> Reason:
    demand, told = _parts(actor, asked)
    rows = [Row(_need(part), Fraction(part.slack_days)) for part in told if part.slack_days is not None]
    return Reason(demand, rows, is_least=True)


def _covered(kind: Certainty) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        _, found = _parts(actor, asked)
        place = asked.place("part")
        if place >= len(found):
            raise Http404
        need = found[place].need
        rows = [_source(each) for each in need.sources if certainty_of(each) == kind]
        return Reason(need.item, rows, digits=QTY_DIGITS, unit=need.unit)

    return told


def _source(each: Source) -> Row:
    """One source: its paper or lot, and the day from which it is there."""
    words = " · ".join(part for part in (each.name or STOCK.say(language()), each.supplier or "") if part)
    return Row(f"{words} · {each.available:%m-%d}", Fraction(str(each.covers)))


for _kind, (_title, _formula) in TITLES.items():
    why(f"pegging.{_kind}", _title, _formula, may_read)(_covered(_kind))
