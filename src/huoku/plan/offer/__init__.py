"""What an order would leave over that nobody has given yet: known before a price is given."""

from huoku.plan.offer.offer import Offer, at_quantity, offer
from huoku.plan.offer.quantities import Point, quantities_to_ask, small_from
from huoku.plan.offer.waste import Waste

__all__ = ["Offer", "Point", "Waste", "at_quantity", "offer", "quantities_to_ask", "small_from"]
