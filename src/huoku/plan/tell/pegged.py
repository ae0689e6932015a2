"""What several tables say of the pegs; worked out when it is asked for, because few factories need all of it."""

from functools import cached_property

import numpy as np

from huoku.buy.terms import Flags, Ints
from huoku.plan.decide.columns import NODE, START
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.small import Small
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import earmarked


class Pegged:
    """The pegs of a decision. ``claim_day``: the day on which each claim is served."""

    def __init__(self, case: Case, netted: Netted, claim_day: Ints):
        self.case, self.netted = case, netted
        self.claim_day = claim_day

    @cached_property
    def _days(self) -> Ints:
        """Claims are numbered from -1 down: their days behind those of the orders make one look-up."""
        return np.concatenate((self.netted.orders[:, START], self.claim_day[::-1]))

    @cached_property
    def day(self) -> Ints:
        """By peg: the day on which its consumer uses it."""
        return self.days_of(slice(None))

    def days_of(self, which: Ints | slice) -> Ints:
        """Of these pegs: the day on which the consumer uses it."""
        consumer = self.netted.peg_consumer[which]
        if consumer.size > self.netted.orders.shape[0]:
            return self._days[consumer]
        day, of_claim = np.empty(consumer.size, np.int64), consumer < 0
        day[of_claim] = self.claim_day[-1 - consumer[of_claim]]
        day[~of_claim] = self.netted.orders[consumer[~of_claim], START]
        return day

    @cached_property
    def node(self) -> Ints:
        """By peg: the node at which its source is."""
        if self.netted.peg_wish.size:
            return source_nodes(self.case, self.netted, self.netted.peg_source)
        return np.repeat(np.arange(self.netted.peg_first.size - 1), np.diff(self.netted.peg_first))

    @cached_property
    def set_aside(self) -> Flags:
        """By peg: is it for what usage cannot name: open make orders, the rest of forecasts, safety stock?"""
        aside: Flags = np.zeros(self.netted.peg_consumer.size, np.bool_)
        aside[self.earmarks] = True
        return aside

    @cached_property
    def earmarks(self) -> Ints:
        """The pegs that are set aside."""
        marked = earmarked(self.case.claiming.table)
        if not marked.any():
            return np.zeros(0, np.int64)
        of_claim = np.flatnonzero(self.netted.peg_consumer < 0)
        return of_claim[marked[-1 - self.netted.peg_consumer[of_claim]]]

    @property
    def used(self) -> Ints | slice:
        """The pegs that are not."""
        return np.flatnonzero(~self.set_aside) if self.earmarks.size else slice(None)


def source_nodes(case: Case, netted: Netted, source: Small) -> Ints:
    """The node at which each of these sources is."""
    node = np.empty(source.size, np.int64)
    by_order = source >= 0
    node[by_order] = netted.orders[source[by_order], NODE]
    node[~by_order] = case.incoming.table["node"].to_numpy()[-1 - source[~by_order]]
    return node
