"""What is to arrive, as the documents that order it state it."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.server.ledger import facts
from huoku.server.ledger.models import SupplyBalance
from huoku.server.ledger.naming import MOST_STEPS, ItemId, LocationId
from huoku.server.ledger.refusals import InsufficientSupply, NotOfThisSupply
from huoku.server.ledger.rights import STATE_SUPPLY
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import plain
from huoku.server.platform.naming import Steps
from huoku.server.platform.requests import Asked, DueDay
from huoku.server.platform.sql import ask

TABLE = f'"{SupplyBalance._meta.db_table}"'


class StateSupply(Asked):
    """``supply`` names the order line, such as purchasing.line:12; ``quantity`` is still to arrive."""

    supply: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    item: ItemId
    location: LocationId
    quantity: Annotated[int, Field(ge=0, le=MOST_STEPS), Steps()]
    expected_on: DueDay | None = None
    is_firm: bool = Field(default=True, description="Confirmed by whoever is to bring it.")


@command(right=STATE_SUPPLY)
def state_supply(at: At, request: StateSupply) -> dict[str, object]:
    """Enter or change what an order line will bring. Raises InsufficientSupply where more of it is promised already:
    then those promises have to be moved first; NotOfThisSupply where it brings another item; NotYourSite."""
    there = SupplyBalance.objects.of(at.company_id).filter(supply=request.supply).first()
    if there is not None:
        facts.check_site(at, there.location_id)
        if there.item_id != request.item:
            raise NotOfThisSupply(field="item", value=request.supply)
    return state(at, request)


def state(at: At, request: StateSupply) -> dict[str, object]:
    """Part of a document's step, which knows what its line brings. Raises InsufficientSupply."""
    facts.items(at.company_id, [request.item])
    facts.locations(at, [request.location])
    rows = ask(
        f"INSERT INTO {TABLE} "
        "(company_id, supply, item_id, location_id, expected_on, is_firm, quantity, reserved, version) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, 0, 0) ON CONFLICT (company_id, supply) DO UPDATE SET "
        "quantity = excluded.quantity, expected_on = excluded.expected_on, is_firm = excluded.is_firm, "
        f"location_id = excluded.location_id, version = {TABLE}.version + 1 "
        f"WHERE {TABLE}.reserved <= excluded.quantity AND {TABLE}.item_id = excluded.item_id "
        "RETURNING id, reserved",
        [
            *(at.company_id, request.supply, request.item, request.location),
            *(request.expected_on, request.is_firm, request.quantity),
        ],
    )
    if not rows:
        there = SupplyBalance.objects.of(at.company_id).get(supply=request.supply)
        raise InsufficientSupply(
            field="quantity",
            value=plain(there.reserved, there.item.decimals),
            supply=request.supply,
            free=plain(there.quantity - there.reserved, there.item.decimals),
        )
    ((id, reserved),) = rows
    at.changes.append({"what": "ledger.supplybalance", "id": id, "new": request.model_dump()})
    told = {"supply": request.supply, "item": request.item, "quantity": request.quantity}
    return {"id": id, **told, "reserved": reserved}


def state_new(at: At, stated: Sequence[StateSupply]) -> list[int]:
    """Enter what lines will bring of which nothing was known before, many at once; their ids, in this order. Unlike
    the command it asks for no right: the step of the document did."""
    facts.items(at.company_id, [each.item for each in stated])
    facts.locations(at, [each.location for each in stated])
    rows = [
        SupplyBalance(
            company_id=at.company_id,
            supply=each.supply,
            item_id=each.item,
            location_id=each.location,
            expected_on=each.expected_on,
            is_firm=each.is_firm,
            quantity=each.quantity,
        )
        for each in stated
    ]
    made = SupplyBalance.objects.bulk_create(rows, batch_size=500)
    for row, each in zip(made, stated, strict=True):
        at.changes.append({"what": "ledger.supplybalance", "id": row.pk, "new": each.model_dump()})
    return [row.pk for row in made]
