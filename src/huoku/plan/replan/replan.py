"""A plan worked out again after a change: build, promise, net and tell, as far as the change reaches."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Flags, Ints
from huoku.compiled import use_compiled
from huoku.errors import UsageError
from huoku.factory import Factory
from huoku.language import Language, Sentence
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.parts import with_parts
from huoku.plan.decide.put_off import as_promised
from huoku.plan.decide.service import Promised, promise, promise_by
from huoku.plan.model.arrays import Model
from huoku.plan.model.build import Case
from huoku.plan.model.size import compiling_pays
from huoku.plan.plan import Plan
from huoku.plan.planner import Clock, plan, warm, worked_out
from huoku.plan.replan.cuts import order_cuts
from huoku.plan.replan.gathering import Uses, uses_of
from huoku.plan.replan.netted_again import SecondPass
from huoku.plan.replan.same_case import case_after
from huoku.plan.replan.served_again import FEW_CLAIMS, earlier_promises, in_the_order_before, ranks_as_before
from huoku.plan.replan.spliced import netted_after, place_after, renumber_lots
from huoku.plan.replan.steadiness import Disturbance
from huoku.plan.replan.told_again import told_again
from huoku.plan.replan.touched import claims_after, comes_otherwise, touched_nodes, wants_of
from huoku.plan.standing import decided_of
from huoku.plan.tell.ordered import last_number

OTHER = Sentence(
    "照这个计划的输入重做，单子与它不同：它由别的版本做出，或者不是 huoku 做的；请重新做计划，再在新计划上改",
    "planning this plan's input gives other orders: it was made by another version, or not by huoku; plan again, and "
    "work the change in from there",
)


def replan(
    before: Plan,
    factory: Factory,
    *,
    lang: Language | None = None,
    compiled: bool | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Plan:
    """The plan of a changed factory, worked out from the plan that stands: only what the change touches.

    What was promised keeps its day and what was ordered its supplier, quantity, date and name unless the money says
    otherwise: a change costs ``change_rate`` of what it changes, if that starts today, and less the later it starts.
    ``before`` stays as it is. What makes all items or days others (settings, a new item) is planned anew.

    Parameters
    ----------
    before : the plan that stands
    factory : the factory as it is now, such as ``before.factory.with_values({"demands.SO-1042.qty": 300})``
    lang : the language of reasons and messages; by default that of ``before``
    compiled, progress : see ``plan``

    Raises
    ------
    UsageError : where ``before`` does not carry what it was decided with and its factory gives other orders
    """
    lang = lang or before.lang
    if compiled is None:
        compiled = compiling_pays(factory)
    if compiled:
        warm(progress)
    clock = Clock(progress)
    with use_compiled(compiled):
        decided = base_of(before, compiled)
        with clock.stage("build"):
            built = case_after(decided.built, factory)
        if built is None:
            return plan(factory, lang=lang, compiled=compiled, effort=before.effort, progress=progress)
        return _again(before, decided, built, lang, clock)


def base_of(before: Plan, compiled: bool) -> Decided:
    """What a plan was decided with; where it does not carry that, found by planning its factory.

    Raises UsageError where planning gives other orders.
    """
    decided = decided_of(before)
    if decided is None:
        again = worked_out(before.factory, before.lang, compiled, before.effort, Clock(lambda stage: None))
        if not again.orders.drop("why").equals(before.orders.drop("why")):
            raise UsageError(OTHER.say(before.lang))
        before.kept.update(again.kept)
        decided = again.kept["decided"]
    return decided


class Served(NamedTuple):
    """The first pass after a change. ``built``: the case as the claims were served; ``case``: as promised, with parts.

    ``claim_after``: the number that each claim of ``Decided.built`` has now.
    """

    built: Case
    case: Case
    promised: Promised
    claim_after: Ints


def _again(before: Plan, decided: Decided, built: Case, lang: Language, clock: Clock) -> Plan:
    with clock.stage("promise"):
        claim_after = claims_after(decided.built.claiming, built.claiming)
        earlier = earlier_promises(decided, built, claim_after)
        same_days = built.model is decided.built.model and not built.numbering.rows
        like = decided.promised.cells if same_days else None
        ahead = ranks_as_before(decided, built, claim_after) if same_days else ()
        serve = in_the_order_before(earlier)
        served, _ = promise_by(built, before.effort, serve, decided.promised.spared, like, ahead)
    change = disturbance_in(built)
    steady = _settled(before, decided, as_served(built, served, claim_after), change, lang, clock)
    few = built.claiming.claims.node.size <= FEW_CLAIMS
    if not few or (steady.orders.equals(before.orders) and steady.promises.equals(before.promises)):
        return steady
    # Node by node nobody sees that an order which stays keeps those below it from being cheaper, nor what all promises
    # together could gain: among few claims it takes no time to look.
    with clock.stage("promise"):
        anew = promise(built, before.effort)
    found = [(served, steady)]
    for first, rate in ((served, 0.0), (anew, change.rate), (anew, 0.0)):
        now, costs = as_served(built, first, claim_after), change._replace(rate=rate)
        found.append((first, _settled(before, decided, now, costs, lang, clock)))

    def cost(one: tuple[Promised, Plan]) -> float:
        first, made = one
        return float(made.figures["total_cost"]) + earlier.moved(first.promises) + changed_by(decided, made, change)

    return min(found, key=cost)[1]


def as_served(built: Case, served: Promised, claim_after: Ints) -> Served:
    """See ``Served``; with lots of its own, for the second pass writes down which order each of them is."""
    case, promised = with_parts(built, served)
    made = promised.made._replace(lots=promised.made.lots.copy())
    return Served(built, as_promised(case, promised.promises), promised._replace(made=made), claim_after)


def _settled(before: Plan, decided: Decided, served: Served, change: Disturbance, lang: Language, clock: Clock) -> Plan:
    """The second pass and the tables, with changes that cost ``change``."""
    built, case, promised, claim_after = served
    with clock.stage("net"):
        wants = wants_of(case, promised)
        if case.claiming is not built.claiming or decided.case.claiming is not decided.built.claiming:
            claim_after = claims_after(decided.case.claiming, case.claiming)  # those of parts, too
        comes = comes_otherwise(decided.case, case)
        touched, renewed = touched_nodes(decided.case, decided.promised, case, promised, wants, claim_after, comes)
        left, receipt_after = what_is_left(decided, case, comes)
        again = SecondPass(case, promised, wants, _uses(before, case.model), decided.netted, left, renewed, change)
        settled = again.settle(np.flatnonzero(touched))
        if settled.unserved:
            raise AssertionError(f"{settled.unserved} needs found no source: a fault of the planner, please report it")
        places = case.model.locations
        cuts = order_cuts(decided.netted, settled, places)
        position = place_after(settled, cuts)
        renumber_lots(promised.made, position)
        netted = netted_after(decided.netted, settled, places, cuts, position, claim_after, receipt_after)
    with clock.stage("tables"):
        added = int((settled.was < 0).sum())
        given = decided.numbered
        if case.factory.supplies is not before.factory.supplies:
            given = max(given, last_number(case.factory))
        now = Decided(built, case, promised, netted, given + added, is_again=True)
        said = told_again(before, decided, now, settled, cuts, claim_after, lang)
    made = replace(said, timings=clock.seconds, effort=before.effort)
    made.kept.update(said.kept, decided=now)
    return made


def _uses(before: Plan, model: Model) -> Uses:
    """What is used where; kept with the plan that stands, for most changes leave its model as it is."""
    known: tuple[Model, Uses] | None = before.kept.get("uses")
    if known is None or known[0] is not model:
        before.kept["uses"] = known = (model, uses_of(model))
    return known[1]


def changed_by(decided: Decided, made: Plan, change: Disturbance) -> float:
    """What it costs that a plan has other orders than the one that stood."""
    now: Decided = made.kept["decided"]
    return change.between(decided.netted.orders, now.netted.orders)


def disturbance_in(case: Case) -> Disturbance:
    """What changes cost in this factory."""
    settings = case.factory.settings
    value = case.numbering.unit_value / case.numbering.steps
    return Disturbance(settings.change_rate, settings.change_days, value, case.model.earliest, case.model.locations)


def what_is_left(decided: Decided, case: Case, comes: Flags) -> tuple[Ints, Ints]:
    """By receipt: what no need took of it, as far as its node stays as it is; by old receipt: its number now.

    ``comes``: see ``comes_otherwise``.
    """
    ours, theirs = decided.case.incoming.receipts, case.incoming.receipts
    left = theirs.qty.copy()
    same = ~comes
    left[np.repeat(same, np.diff(theirs.first))] = decided.netted.receipt_left[np.repeat(same, np.diff(ours.first))]
    lower = np.repeat(theirs.first[:-1] - ours.first[:-1], np.diff(ours.first))
    return left, np.arange(ours.qty.size) + lower
