"""Compiling the kernels ahead, so that no plan, quote or re-plan need wait for it."""

import numpy as np

from huoku.buy.lot_sizing import Search
from huoku.compiled import use_compiled
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.desk import desk_for
from huoku.plan.decide.service import EFFORT
from huoku.plan.plan import Plan
from huoku.plan.planner import Clock, prepare, settle, smallest, worked_out
from huoku.plan.quote.quote import quote_once
from huoku.plan.replan.gathering import gather, users_of
from huoku.plan.replan.netted_again import SecondPass
from huoku.plan.replan.pairing import Paired, paired
from huoku.plan.replan.replan import disturbance_in
from huoku.plan.replan.touched import wants_of
from huoku.plan.replan.walking import Round, note


def warm() -> None:
    """Compile the kernels once, so that the first large plan, and the first quote on it, need not wait for it."""
    prepare()


def plain_plan() -> Plan:
    """The plan of the smallest factory, made without the compiler."""
    return worked_out(smallest(), "en", False, EFFORT, Clock(lambda stage: None))


def use_netting() -> None:
    """Call the kernels of the second pass, compiled: planning, and going through it again after a change."""
    decided: Decided = plain_plan().kept["decided"]
    case, promised = decided.case, decided.promised
    model, wants = case.model, wants_of(case, promised)
    renewed = np.zeros(model.items, np.bool_)
    with use_compiled(True):
        netted = settle(case, promised)
        again = SecondPass(case, promised, wants, netted, netted.receipt_left, renewed, disturbance_in(case))
        again.settle(np.arange(model.items * model.locations))


def use_all_but_netting() -> None:
    """Call every other kernel, compiled: the first pass, quotes, what re-planning does family by family."""
    made = plain_plan()
    quote_once(made)
    decided: Decided = made.kept["decided"]
    case, orders = decided.case, decided.netted.orders
    model, wants = case.model, wants_of(case, decided.promised)
    users = users_of(model, wants, decided.netted.order_first)
    desk = desk_for(model, case.incoming.receipts.qty, wants.claim.size, Search())
    flags = np.zeros(model.items, np.bool_)
    with use_compiled(True):
        gather(model, wants, users, orders, desk.needs, 0, model.items)
        note(model, users, orders, Round(flags, flags.copy(), Paired(*np.zeros((2, len(orders)), np.int64))), 0, 0, 0)
        paired(orders, orders)
