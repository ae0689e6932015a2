"""What has to be called so that all kernels of planning, quotes and re-planning are compiled: see ``planner.warm``."""

import numpy as np

from huoku.buy.lot_sizing import Search
from huoku.buy.terms import Ints
from huoku.compiled import use_compiled
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.desk import desk_for
from huoku.plan.decide.service import EFFORT
from huoku.plan.model.arrays import Wants
from huoku.plan.model.build import Case
from huoku.plan.plan import Plan
from huoku.plan.planner import Clock, settle, smallest, worked_out
from huoku.plan.quote.first_pass import first_pass
from huoku.plan.quote.quote import quote_once
from huoku.plan.replan.gathering import gather, users_of, uses_of
from huoku.plan.replan.netted_again import SecondPass
from huoku.plan.replan.node_money import node_money
from huoku.plan.replan.pairing import Paired
from huoku.plan.replan.replan import disturbance_in
from huoku.plan.replan.touched import wants_of
from huoku.plan.replan.walking import Round, note


def plain_plan() -> Plan:
    """The plan of the smallest factory, made without the compiler."""
    return worked_out(smallest(), "en", False, EFFORT, Clock(lambda stage: None))


def use_second_pass() -> None:
    """Call the kernels of the second pass, compiled."""
    decided: Decided = plain_plan().kept["decided"]
    with use_compiled(True):
        settle(decided.case, decided.promised)


def use_replanning() -> None:
    """Call the kernels of the second pass and what re-planning does over again, compiled."""
    decided: Decided = plain_plan().kept["decided"]
    case, promised = decided.case, decided.promised
    model, wants = case.model, wants_of(case, promised)
    uses = uses_of(model)
    renewed = np.zeros(model.items, np.bool_)
    with use_compiled(True):
        netted = settle(case, promised)
        again = SecondPass(case, promised, wants, uses, netted, netted.receipt_left, renewed, disturbance_in(case))
        again.settle(np.arange(model.items * model.locations))
        use_family_by_family(case, wants, netted.orders, netted.order_first)


def use_family_by_family(case: Case, wants: Wants, orders: Ints, order_first: Ints) -> None:
    """Call what re-planning does where it looks at one family after the other."""
    model, flags = case.model, np.zeros(case.model.items, np.bool_)
    users = users_of(model, uses_of(model), wants, order_first)
    desk = desk_for(model, case.incoming.receipts.qty, model.items + wants.claim.size, Search())
    gather(model, wants, users, orders, desk.needs, 0, model.items)
    note(model, users, orders, Round(flags, flags.copy(), Paired(*np.zeros((2, len(orders)), np.int64))), 0, 0, 0)
    disturbance_in(case).between(orders, orders[:0])
    node_money(model.terms, model.worth, 0, orders, desk.book.left, 0, 0.0, model.horizon)


def use_first_pass() -> None:
    """Call the kernels of the first pass, compiled."""
    first_pass(smallest(), EFFORT, True)


def use_quotes() -> None:
    """Call the kernels of the first pass and of quotes, compiled."""
    quote_once(plain_plan())
