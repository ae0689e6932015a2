"""Compiling the kernels ahead, so that no plan, quote or re-plan need wait for it."""

from huoku.buy.lot_sizing import Search
from huoku.compiled import use_compiled
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.desk import desk_for
from huoku.plan.decide.service import EFFORT
from huoku.plan.decide.wants import claim_needs
from huoku.plan.planner import Clock, prepare, smallest, worked_out
from huoku.plan.quote.quote import quote_once
from huoku.plan.replan.gathering import gather, users_of


def warm() -> None:
    """Compile the kernels once, so that the first large plan, and the first quote on it, need not wait for it."""
    prepare()


def use_all_but_netting() -> None:
    """Call every kernel but those of the second pass, compiled: the first pass, quotes, what re-planning gathers."""
    made = worked_out(smallest(), "en", False, EFFORT, Clock(lambda stage: None))
    quote_once(made)
    decided: Decided = made.kept["decided"]
    case, netted = decided.case, decided.netted
    wants = claim_needs(case.model, case.claiming.claims, decided.promised.promises.day)
    users = users_of(case.model, wants, netted.order_first)
    desk = desk_for(case.model, case.incoming.receipts.qty, wants.claim.size, Search())
    with use_compiled(True):
        gather(case.model, wants, users, netted.orders, desk.needs, 0, case.model.items)
