"""What requests to the ledger name, and how it is called outside: items, places, lots, owners, reservations."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from huoku.server.platform.naming import Millionths, Names, Steps
from huoku.server.platform.requests import Id

ItemId = Annotated[Id, Names("items.Item")]
LocationId = Annotated[Id, Names("ledger.Location")]
OwnerId = Annotated[Id, Names("ledger.Owner")]
LotId = Annotated[Id, Names("ledger.Lot", within="item")]
SupplyId = Annotated[Id, Names("ledger.SupplyBalance", code="supply")]
ReservationId = Annotated[UUID, Names("ledger.Reservation", code="")]

MOST_STEPS = 10**15
"""A thousand lines of so many still add up below the largest whole number."""
Quantity = Annotated[int, Field(gt=0, le=MOST_STEPS), Steps()]
"""In the smallest steps of the line's item."""
QuantityOfReservation = Annotated[int, Field(gt=0, le=MOST_STEPS), Steps(of="reservation", way="item")]
UnitCost = Annotated[int, Field(ge=0, le=MOST_STEPS), Millionths()]
"""Of the company's currency, for one of the item's unit."""
