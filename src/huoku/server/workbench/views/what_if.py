"""What if orders, stock, terms or capacity were otherwise? Days, money and leftovers side by side; kept or dropped."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huoku.costs import COST_PARTS
from huoku.errors import HuokuError
from huoku.language import Language, Sentence
from huoku.plan.compare import Comparison
from huoku.report.comparing import CHANGES, KINDS, TOTALS, surplus, verdict
from huoku.report.numbers import NOTHING
from huoku.server.look.speaking import language
from huoku.server.office.buttons import back, done
from huoku.server.office.frame import page, shown
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.commands.runs import ask_plan, make_live
from huoku.server.planning.commands.trials import drop_trial
from huoku.server.planning.models import PlanRun
from huoku.server.planning.places_seen import must_see_all_sites
from huoku.server.planning.questions import ready
from huoku.server.planning.rights import DECIDE, PLAN
from huoku.server.planning.sequence import last_run
from huoku.server.planning.trying import beside, called, headings, of_work, rows, sheets_of, tried, tried_with
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup

MOST, LAST_TRIALS = 60, 8
MOST_TRIED = 1_000
LESS_IS_BETTER = frozenset({"late_demands", "not_promised", "leftover_value", "total_cost"})
FIGURES = {
    "on_time": Sentence("按期的需求", "Demands on time"),
    "late_demands": Sentence("晚交的需求", "Late demands"),
    "not_promised": Sentence("没有承诺的", "Without a promise"),
}
IN_MONEY = {
    "leftover_value": Sentence("期末余料", "Left over"),
    "total_cost": Sentence("总成本", "Total cost"),
}


@require_http_methods(["GET", "POST"])
@page
def what_if(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Nothing is written: what is tried travels with the page until somebody keeps it."""
    actor.must(PLAN)
    must_see_all_sites(actor)
    run, lang = last_run(actor), language()
    trials = rows_for(actor, PlanRun).filter(kind=PlanRun.Kind.TRIAL).order_by("-pk")[:LAST_TRIALS]
    facts: dict[str, Any] = {"run": run, "trials": trials, "key": uuid4().hex, **_around(actor)}
    if run is None:
        return shown(request, actor, "workbench/what_if.html", facts)
    given = request.POST
    plan, work = plan_in_hand(run, lang), of_work(run)
    factory = plan.factory
    every = sheets_of(factory, work)
    sheets = {name: each for name, each in every.items() if each.sees is None or actor.sees(each.sees)}
    values = _values(given.get("values", ""))
    questions = list(ready(plan, actor.sees(FieldGroup.CUSTOMER_IDENTITY)))
    if given.get("was") in sheets:
        before = rows(factory, sheets[given["was"]], given.get("was_about", ""), values, lang, work)
        values = tried_with(values, before, given.dict())
    # After what stands in the cells: a question is asked of rows that are shown as they were.
    values |= next((dict(each.values) for each in questions if each.name == given.get("ask")), {})
    values.pop(given.get("forget", ""), None)
    chosen = given.get("sheet") or given.get("was", "")
    chosen = chosen if chosen in sheets else "orders"
    about = given.get("about", "")
    facts |= {
        "sheets": [(name, each.title) for name, each in sheets.items()],
        "sheet": chosen,
        "about": about,
        "headings": headings(sheets[chosen], lang),
        "fixed": len(sheets[chosen].shown),
        "rows": rows(factory, sheets[chosen], about, values, lang, work),
        "questions": [(each.name, each.words.say(lang, who=each.who)) for each in questions],
        "values": _chips(values, lang),
        "as_json": json.dumps(values, ensure_ascii=False),
    }
    try:
        facts |= _told(tried(run, values, lang), actor) if values else {}
    except HuokuError as fault:
        facts["fault"] = fault.say(lang)
    return shown(request, actor, "workbench/what_if.html", facts, status=422 if "fault" in facts else 200)


@require_GET
@page
def trial(request: HttpRequest, actor: Actor, run_id: int) -> HttpResponse:
    """A trial that was kept, beside the plan that it went on from."""
    actor.must(PLAN)
    must_see_all_sites(actor)
    run = rows_for(actor, PlanRun).filter(pk=run_id).select_related("went_on_from").first()
    if run is None or not run.changes:
        raise Http404
    live = run.went_on_from or last_run(actor)
    facts: dict[str, Any] = {
        "trial": run,
        "run": live,
        "values": _chips(run.changes, language()),
        "waits": run.state in (PlanRun.State.QUEUED, PlanRun.State.RUNNING),
        "key": uuid4().hex,
        **_around(actor),
    }
    if run.state == PlanRun.State.DONE and live:
        try:
            facts |= _told(beside(live, run, language()), actor)
        except HuokuError as gone:  # a database that was brought back without its files
            facts["fault"] = str(gone)
    return shown(request, actor, "workbench/trial.html", facts)


@require_POST
@page
def keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Have it worked out on the records as they stand now, as a trial with a name."""
    asked = {"name": request.POST.get("name", ""), "changes": _values(request.POST.get("values", ""))}
    told = done(request, actor, ask_plan, asked, "try") if asked["changes"] else None
    return redirect("desk_trial", told["id"]) if told else back(request, "desk_what_if")


@require_POST
@page
def live(request: HttpRequest, actor: Actor, run_id: int) -> HttpResponse:
    """Its orders become the proposals."""
    told = done(request, actor, make_live, {"id": run_id}, f"live:{run_id}")
    return redirect("desk_buying") if told else redirect("desk_trial", run_id)


@require_POST
@page
def drop(request: HttpRequest, actor: Actor, run_id: int) -> HttpResponse:
    told = done(request, actor, drop_trial, {"id": run_id}, f"drop:{run_id}")
    return redirect("desk_what_if") if told else redirect("desk_trial", run_id)


def _values(text: str) -> dict[str, str]:
    """What is tried, from the page; anything else is nothing."""
    try:
        found = json.loads(text or "{}")
    except json.JSONDecodeError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): str(value) for name, value in list(found.items())[:MOST_TRIED]}


def _chips(values: Mapping[str, object], lang: Language) -> list[tuple[str, str, object]]:
    """What is tried, each in words."""
    told = {name: NOTHING if value in (None, "") else value for name, value in sorted(values.items())}
    return [(name, *called(name, value, lang)) for name, value in told.items()]


def _around(actor: Actor) -> dict[str, Any]:
    return {
        "today": business_day(actor.company, page_time()),
        "currency": actor.company.currency,
        "sees_costs": actor.sees(FieldGroup.COST),
        "may_decide": actor.may(DECIDE),
    }


def _told(told: Comparison, actor: Actor) -> dict[str, Any]:
    """The two plans side by side, as far as the actor may see it."""
    lang, sides = language(), (told.before.figures, told.after.figures)
    sees_costs = actor.sees(FieldGroup.COST)
    figures, amounts = (
        [_row(words.say(lang), sides[0][name], sides[1][name], name in LESS_IS_BETTER) for name, words in of.items()]
        for of in (FIGURES, IN_MONEY)
    )
    money = told.money.filter(pl.col("change").abs() > 0)
    return {
        "told": told,
        "figures": figures,
        "amounts": amounts if sees_costs else [],
        "verdict": verdict(told, lang) if sees_costs else "",
        "is_worse": bool(told.worse),
        "surplus": list(surplus(told, lang)) if sees_costs else [],
        "promises": [(row, CHANGES[row["change"]].say(lang)) for row in _head(told.promises)],
        "orders": [(row, CHANGES[row["change"]].say(lang), KINDS[row["kind"]].say(lang)) for row in _head(told.orders)],
        "leftovers": _head(told.leftovers),
        "money": [
            ((COST_PARTS.get(row["part"]) or TOTALS[row["part"]]).say(lang), row) for row in money.iter_rows(named=True)
        ]
        if sees_costs
        else [],
        "unchanged": told.unchanged_orders,
    }


def _row(words: str, before: float, after: float, less_is_better: bool) -> tuple[str, float, float, float, str]:
    """A figure on both sides, by how much it differs, and G where that is better, O where it is worse."""
    more = after - before
    return words, before, after, more, "" if not round(more, 2) else "G" if (more < 0) == less_is_better else "O"


def _head(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.head(MOST).to_dicts()
