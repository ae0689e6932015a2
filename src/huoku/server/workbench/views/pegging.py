"""Will an order go out in time, and what blocks it: every line with its day, and the tree of what feeds one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huoku.errors import HuokuError
from huoku.language import Language, Sentence
from huoku.plan.quote.missing import Missing
from huoku.server.items.models import Item
from huoku.server.look.speaking import language
from huoku.server.office.frame import page, shown
from huoku.server.planning.models import PlanRun
from huoku.server.planning.offering import Question, delivery
from huoku.server.planning.otherwise import Outcome, outcome, ways_of
from huoku.server.planning.pegged import Pegged, pegged
from huoku.server.planning.promises import Promise, open_lines, promise, promises
from huoku.server.planning.reading.columns import place
from huoku.server.planning.rights import PLAN, QUOTE, READ
from huoku.server.planning.sequence import last_run
from huoku.server.planning.ways import Way
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.workbench.blocking import Looked, Verdict, verdict
from huoku.server.workbench.pegging_rows import rows_below, rows_of
from huoku.server.workbench.reasons.pegging import open_amount
from huoku.server.workbench.telling import to_tell

MOST = 50
"""So many lines one page lists; trouble comes first."""
VIEWS = {"trouble": Sentence("有风险", "In trouble"), "all": Sentence("全部", "All")}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: ``secured`` of ``leaves`` materials are here or confirmed."""

    promise: Promise
    verdict: Verdict
    secured: int
    leaves: int
    amount: Fraction | None

    @property
    def covered(self) -> Mapping[str, float]:
        rest = float(self.leaves - self.secured)
        return {"stock": float(self.secured), "supply": 0.0, "unsure": 0.0, "planned": rest}


@dataclass(frozen=True, slots=True)
class Tried:
    """A thing that could be done else; ``outcome``: None while it is not worked out, or cannot be (``fault``)."""

    way: Way
    outcome: Outcome | None = None
    values: str = ""
    fault: str = ""


@require_GET
@page
def every(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All open lines, from ``?from=`` on; those that are late, or never, first."""
    actor.must(READ)
    run, lang = last_run(actor), language()
    found = open_lines(actor, run, lang) if run else []
    view = "all" if request.GET.get("view") == "all" else "trouble"
    of_view = {"trouble": [each for each in found if each.told.level != "G"], "all": found}
    start = request.GET.get("from", "")
    first = min(int(start), len(of_view[view])) if start.isdecimal() and len(start) < 9 else 0
    chosen = promises(actor, of_view[view][first : first + MOST])
    facts = {
        "run": run,
        "lines": _listed(actor, run, chosen, lang) if run else [],
        "views": [(name, words, len(of_view[name])) for name, words in VIEWS.items()],
        "view": view,
        "first": first,
        "last": first + len(chosen),
        "count": len(of_view[view]),
        "before": max(0, first - MOST),
        "sees_prices": actor.sees(FieldGroup.SALES_PRICE),
        **_around(actor),
    }
    return shown(request, actor, "workbench/promises.html", facts)


def _listed(actor: Actor, run: PlanRun, chosen: Sequence[Promise], lang: Language) -> list[Listed]:
    trees = pegged(actor, run, [each.told.demand for each in chosen], lang)
    pairs = [(each, trees[each.told.demand]) for each in chosen]
    looked = Looked(actor, pairs, _full(chosen))
    return [
        Listed(each, verdict(looked, each, of, lang), sum(of.leaves.values()), len(of.leaves), _amount(actor, each))
        for each, of in pairs
    ]


def _full(chosen: Sequence[Promise]) -> dict[str, str]:
    return {each.told.demand: each.told.resource for each in chosen if each.told.resource}


def _amount(actor: Actor, of: Promise) -> Fraction | None:
    if not actor.sees(FieldGroup.SALES_PRICE) or of.line.price_millionths is None:
        return None
    return open_amount(of.line)


@require_GET
@page
def one(request: HttpRequest, actor: Actor, line_id: int) -> HttpResponse:
    """One line: will it be in time, what feeds it from when to when, how sure that is, and what to do about what blocks
    it. What else could be done follows when the page is open; with ``?whole=1`` it is there at once."""
    run, of, told = _asked(actor, line_id)
    lang = language()
    said = verdict(Looked(actor, [(of, told)], _full([of])), of, told, lang)
    rows = rows_of(of, told, said, lang)
    is_whole = "whole" in request.GET
    leaves = told.leaves
    facts = {
        "run": run,
        "promise": of,
        "verdict": said,
        "gantt": rows,
        "items": _items(actor, told),
        "secured": sum(leaves.values()),
        "leaves": len(leaves),
        "share": sum(leaves.values()) / len(leaves) if leaves else 1.0,
        "buildable": told.buildable,
        "slack": told.slack_days,
        "amount": _amount(actor, of),
        "missing": _missing(run, of) if of.told.date is None else (),
        "ways": [_tried(run, of, way) if is_whole else Tried(way) for way in _ways(actor, run, of, told)],
        "tells": to_tell(of, said) if actor.sees(FieldGroup.CUSTOMER_IDENTITY) else (),
        **_of_ways(actor),
        **_around(actor),
    }
    return shown(request, actor, "workbench/pegging.html", facts)


@require_GET
@page
def below(request: HttpRequest, actor: Actor, line_id: int, below: str) -> HttpResponse:
    """The rows beneath one that is opened, for the page that is open already."""
    _, of, told = _asked(actor, line_id)
    try:
        rows = rows_below(of, told, below, language())
    except LookupError:
        raise Http404 from None
    facts = {"rows": rows, "line": of.line, "items": _items(actor, told)}
    return shown(request, actor, "workbench/pegging_rows.html", facts)


@require_GET
@page
def otherwise(request: HttpRequest, actor: Actor, line_id: int, number: int) -> HttpResponse:
    """One of the things that could be done else, worked out, for the page that is open already."""
    run, of, told = _asked(actor, line_id)
    ways = _ways(actor, run, of, told)
    if number >= len(ways):
        raise Http404
    facts = {"way": _tried(run, of, ways[number]), "promise": of, **_of_ways(actor), **_around(actor)}
    return shown(request, actor, "workbench/otherwise.html", facts)


def _asked(actor: Actor, line_id: int) -> tuple[PlanRun, Promise, Pegged]:
    """Raises Http404."""
    actor.must(READ)
    run = last_run(actor)
    of = promise(actor, run, line_id, language()) if run else None
    if run is None or of is None:
        raise Http404
    return run, of, pegged(actor, run, (of.told.demand,), language())[of.told.demand]


def _ways(actor: Actor, run: PlanRun, of: Promise, told: Pegged) -> list[Way]:
    if not (actor.may(PLAN) or actor.may(QUOTE)):
        return []
    return [way for way in ways_of(run, of.told, told, language()) if way.sees is None or actor.sees(way.sees)]


def _tried(run: PlanRun, of: Promise, way: Way) -> Tried:
    values = json.dumps(dict(way.values), ensure_ascii=False)
    try:
        return Tried(way, outcome(run, way, of.told.demand, language()), values)
    except HuokuError as fault:  # the plan cannot be worked out so
        return Tried(way, None, values, fault.say(language()))


def _of_ways(actor: Actor) -> dict[str, Any]:
    facts = {"may_plan": actor.may(PLAN), "sees_costs": actor.sees(FieldGroup.COST)}
    return {**facts, "currency": actor.company.currency}


def _items(actor: Actor, told: Pegged) -> dict[str, int]:
    """The id of each item of the tree, by its code."""
    codes = {part.need.item for part in told.parts}
    return dict(rows_for(actor, Item).filter(code__in=codes).values_list("code", "pk"))


def _missing(run: PlanRun, of: Promise) -> Sequence[Missing]:
    """Of a line that the plan does not promise: what would have to be there."""
    line = of.line
    qty, digits = Decimal(line.open_steps).scaleb(-line.item.decimals), line.item.decimals
    site = place(line.order.site.code if line.order.site else None)
    try:
        asked = Question(line.item.code, qty, digits, max(line.due_on, run.today), site)
        return delivery(run, asked, language()).missing
    except HuokuError:
        return ()


def _around(actor: Actor) -> dict[str, Any]:
    return {
        "today": business_day(actor.company, page_time()),
        "sees_customers": actor.sees(FieldGroup.CUSTOMER_IDENTITY),
    }
