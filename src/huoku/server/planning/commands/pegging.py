"""Keeping for their demands what approved purchases will bring."""

from huoku.server.documents.wanting import still_wanted
from huoku.server.ledger.models import SupplyBalance
from huoku.server.planning.commands.proposals import keep_supply
from huoku.server.planning.models import Proposal, ProposalPeg
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.command import At, command
from huoku.server.platform.requests import Asked, Id
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.purchasing.models.orders import COUNTED_ON


class KeepPegs(Asked):
    order: Id


@command(right=DECIDE)
def keep_pegs(at: At, request: KeepPegs) -> dict[str, object]:
    """An order that came from proposals is counted on now: what it brings is kept for the demands that the plan meant,
    as far as they have not ended and nobody else was promised it meanwhile. Done once."""
    lines = PurchaseLine.objects.of(at.company_id).filter(order=request.order, order__state__in=COUNTED_ON)
    kept = 0
    for line in lines.order_by("seq"):
        name = f"purchasing.line:{line.pk}"
        pegs = ProposalPeg.objects.of(at.company_id).filter(
            proposal__document=name, proposal__state=Proposal.State.ACCEPTED, is_kept=False
        )
        waiting = list(pegs.order_by("-qty_steps", "pk"))
        supply = SupplyBalance.objects.of(at.company_id).filter(supply=name).first()
        if waiting and supply:
            wanted = still_wanted(at.company_id, [peg.demand for peg in waiting])
            served = [peg for peg in waiting if peg.demand in wanted]
            kept += keep_supply(at, name, served, supply.quantity - supply.reserved)
            ProposalPeg.objects.of(at.company_id).filter(pk__in=[peg.pk for peg in waiting]).update(is_kept=True)
    return {"kept": kept}
