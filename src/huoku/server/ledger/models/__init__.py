"""The tables of the ledger, one idea a file."""

from huoku.server.ledger.models.balances import Balance, Debt, StockHead, SupplyBalance
from huoku.server.ledger.models.counts import Count, CountTask
from huoku.server.ledger.models.lots import Lot, LotOrigin
from huoku.server.ledger.models.movements import Movement, PeriodLock
from huoku.server.ledger.models.places import Location, Owner, Status
from huoku.server.ledger.models.reservations import Reservation, ReservationEvent
from huoku.server.ledger.models.valuation import Valuation, ValuationLine

__all__ = [
    "Balance",
    "Count",
    "CountTask",
    "Debt",
    "Location",
    "Lot",
    "LotOrigin",
    "Movement",
    "Owner",
    "PeriodLock",
    "Reservation",
    "ReservationEvent",
    "Status",
    "StockHead",
    "SupplyBalance",
    "Valuation",
    "ValuationLine",
]
