"""Order up to the forecast use of the lead time and z standard deviations: what most systems do."""

from dataclasses import dataclass, field

from huoku.sense.demand import Mean, Sba, Tsb
from huoku.simulate.parts import Floats
from huoku.simulate.review import Review


@dataclass(frozen=True, slots=True)
class OrderUpTo:
    """Fitted anew in each period; raised to the MOQ, then to whole packs. ``z`` = 1.645 means 95 % if use is normal."""

    z: float = 1.645
    forecast: Mean | Sba | Tsb = field(default_factory=Mean)

    def level(self, review: Review) -> Floats:
        """The position that is ordered up to: for ``lead`` + 1 periods, since an order now serves through that time."""
        use = self.forecast.fit(review.past).over(review.parts.lead + 1)
        return use.centre + self.z * use.deviation

    def orders(self, review: Review, position: Floats) -> Floats:
        return review.parts.legal(self.level(review) - position)
