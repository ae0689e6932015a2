"""The past lived through again: the same use week by week, but the orders of a policy.

In each period, in this order: orders are placed on what was known the day before; what was ordered ``lead`` periods
ago arrives; backlog is served; then the period's use. All parts go at once, and all policies see the same events.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from huoku.sense.demand import Method
from huoku.simulate.episode import Episode
from huoku.simulate.parts import Floats, Parts
from huoku.simulate.review import Review


class Policy(Protocol):
    """A rule that orders."""

    def orders(self, review: Review, position: Floats) -> Floats:
        """How much of each part is ordered now, legal quantities; ``position`` is on hand + on order - backlog."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What happened under one policy; arrays of shape (parts, periods replayed).

    ``on_hand`` and ``backlog`` are those at the end of each period, ``served`` is the use that was met at once,
    ``ordered`` what was ordered in it. ``position`` (parts,) is on hand + on order - backlog at the very end.
    """

    on_hand: Floats
    backlog: Floats
    served: Floats
    ordered: Floats
    position: Floats


def replay(episode: Episode, policies: Mapping[str, Policy], method: Method) -> dict[str, Replayed]:
    """Live through the episode under each policy; ``method`` foretells for those that ask."""
    came = episode.came
    shops = {name: _Shop.opened(episode.parts, episode.opening, came.shape[1]) for name in policies}
    for now in range(came.shape[1]):
        review = Review(episode.parts, episode.use[:, : episode.first + now], episode.periods_per_year, method)
        for name, policy in policies.items():
            shop = shops[name]
            shop.order(now, policy.orders(review, shop.position))
            shop.live_through(now, came[:, now], episode.may_decline)
    return {name: shop.told() for name, shop in shops.items()}


@dataclass(slots=True)
class _Shop:
    """The stock of all parts under one policy."""

    parts: Parts
    on_hand: Floats
    backlog: Floats
    on_order: Floats
    arriving: Floats  # (parts, periods), by the period of arrival; beyond the last one in the last column
    history: dict[str, Floats]

    @classmethod
    def opened(cls, parts: Parts, opening: Floats, periods: int) -> "_Shop":
        history = {name: np.zeros((len(parts), periods)) for name in ("on_hand", "backlog", "served", "ordered")}
        nothing = np.zeros(len(parts))
        arriving = np.zeros((len(parts), periods + 1))
        return cls(parts, opening.astype(np.float64), nothing, nothing.copy(), arriving, history)

    @property
    def position(self) -> Floats:
        return self.on_hand + self.on_order - self.backlog

    def order(self, now: int, quantity: Floats) -> None:
        arrival = np.minimum(now + self.parts.lead, self.arriving.shape[1] - 1)
        self.arriving[np.arange(len(self.parts)), arrival] += quantity
        self.on_order = self.on_order + quantity
        self.history["ordered"][:, now] = quantity

    def live_through(self, now: int, use: Floats, may_decline: bool) -> None:
        arrived = self.arriving[:, now]
        there = self.on_hand + arrived - self.backlog
        served = np.clip(there, 0.0, use)
        self.on_order = self.on_order - arrived
        self.on_hand = np.maximum(there, 0.0) - served
        self.backlog = np.zeros_like(use) if may_decline else np.maximum(-there, 0.0) + use - served
        for name, amount in (("on_hand", self.on_hand), ("backlog", self.backlog), ("served", served)):
            self.history[name][:, now] = amount

    def told(self) -> Replayed:
        return Replayed(position=self.position, **self.history)
