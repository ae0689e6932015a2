"""What other ways to buy would save, worked out for those purchases of a view on whose rest most is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huoku.plan.buying import Advice, Line
from huoku.server.look.speaking import language
from huoku.server.planning.advising import advice
from huoku.server.planning.offered import offers_of
from huoku.server.planning.purchase_sums import View
from huoku.server.planning.purchase_views import dearest
from huoku.server.planning.purchases import Purchase
from huoku.server.platform.actor import Actor

MOST = 11
"""Of so many purchases: with their sum they fill one reason."""


@dataclass(frozen=True, slots=True)
class Saving:
    """``ways``: how many options there are; ``saved``: how much less the cheapest costs than what is proposed, without
    declining the order."""

    purchase: Purchase
    ways: int
    saved: float


def savings(actor: Actor, view: View, until: date) -> Sequence[Saving]:
    """The purchases that lose most first."""
    return [found for each in dearest(actor, view, until, "loss", MOST) if (found := _saving(actor, each))]


def _saving(actor: Actor, of: Purchase) -> Saving | None:
    told = advice(of.proposal, offers_of(actor, of.proposal, language()))
    proposed = _proposed(of, told) if told else None
    if told is None or proposed is None:
        return None
    least = min(line.cost for line in told.lines if line.kind != "decline")
    return Saving(of, len(told.lines), max(0.0, proposed.cost - least))


def _proposed(of: Purchase, told: Advice) -> Line | None:
    """The option that the proposal is; where it was asked about by its quantity the plan is not named among them."""
    code = of.proposal.supplier.code if of.proposal.supplier else ""
    alike = (line for line in told.lines if line.by_plan and line.whom == code and abs(line.qty - of.bought) < 1e-9)
    return told.taken or next(alike, None)
