"""From where goods were set down to where they belong: what is kept of them moves along."""

from pydantic import Field

from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.guarded import HEADS
from huoku.server.ledger.handing import free_to_move, keep_there
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import Balance, Movement, Status
from huoku.server.ledger.naming import LocationId
from huoku.server.ledger.refusals import InsufficientStock
from huoku.server.ledger.rights import MOVE
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, plain, whole
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Asked, Id


class PutAway(Asked):
    id: Id = Field(description="The balance: what lies at one place, of one lot, owner and status.")
    to_location: LocationId
    qty: Positive | None = Field(default=None, description="Empty: all of it.")


@command(right=MOVE)
def put_away(at: At, request: PutAway) -> dict[str, object]:
    """Put what lies somewhere to another place, also what waits for inspection or is blocked.

    Free stock is taken first. Beyond it, what is kept there for demands moves along and stays theirs; what is kept of
    the very lot by name stays. Raises NotFound, NotYourSite, InsufficientStock, WrongEnds, SamePlace,
    NotWholeSteps.
    """
    balance = rows_for(at.actor, Balance).select_related("item", "owner", "location").filter(pk=request.id).first()
    if balance is None:
        raise NotFound(field="id", value=request.id, what="balance")
    item, place = balance.item, (balance.item_id, balance.location_id)
    steps = balance.on_hand if request.qty is None else whole(request.qty, item.decimals, "qty")
    free_of_lot = balance.on_hand - balance.reserved
    if not 0 < steps <= free_of_lot:
        value, free = plain(steps, item.decimals), plain(free_of_lot, item.decimals)
        raise InsufficientStock(field="qty", value=value, item=item.code, location=balance.location.code, free=free)
    line = Line(
        kind=Movement.Kind.TRANSFER,
        item=balance.item_id,
        quantity=steps,
        from_location=balance.location_id,
        to_location=request.to_location,
        lot=balance.lot_id,
        owner=balance.owner_id,
        from_status=Status(balance.status),
        to_status=Status(balance.status),
    )
    beyond = 0
    if not balance.owner.code and balance.status == Status.AVAILABLE:
        on_hand, reserved = HEADS.lock(at.company_id, [place])[place]
        beyond = max(0, steps - (on_hand - reserved))
    moving = free_to_move(at, place, beyond)
    told = record_movement(at, RecordMovement(lines=[line]))
    keep_there(at, (balance.item_id, request.to_location), moving)
    return {**told, "kept_for": [demand.name for demand, _ in moving]}
