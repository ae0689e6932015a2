"""What to ask a supplier for: prices at which a minimum is as good as the best there is, and what volume reaches it."""

from huoku.buy.negotiation.indifference import Point, accepted_price, indifference
from huoku.buy.negotiation.pack import Pack, pack_of
from huoku.buy.negotiation.volume import Reached, volume

__all__ = ["Pack", "Point", "Reached", "accepted_price", "indifference", "pack_of", "volume"]
