"""Keeping a valuation, so that later ones can be compared with it."""

from huoku.server.ledger.models import Valuation, ValuationLine
from huoku.server.ledger.queries.valuation import VERSION, quantities_digest, value_stock
from huoku.server.ledger.rights import VALUE
from huoku.server.platform.command import At, command
from huoku.server.platform.requests import Asked, Moment


class KeepValuation(Asked):
    method: Valuation.Method = Valuation.Method.MOVING_AVERAGE
    until: Moment


@command(right=VALUE)
def keep_valuation(at: At, request: KeepValuation) -> dict[str, object]:
    """Value our own stock at a time and keep the result with its digest; a later replay gives the same."""
    worths = value_stock(at.company_id, request.method, request.until, at.now)
    valuation = Valuation.objects.create(
        company_id=at.company_id,
        method=request.method,
        version=VERSION,
        until=request.until,
        recorded_at=at.now,
        value=sum(worth.value for worth in worths),
        provision=sum(worth.provision for worth in worths),
        digest=quantities_digest(worths),
    )
    for worth in worths:
        at.insert(
            ValuationLine,
            valuation_id=valuation.pk,
            item_id=worth.item_id,
            quantity=worth.quantity,
            value=worth.value,
            provision=worth.provision,
        )
    at.changed(valuation, {}, {"until": request.until, "value": valuation.value, "digest": valuation.digest})
    return {"id": valuation.pk, "value": valuation.value, "provision": valuation.provision}
