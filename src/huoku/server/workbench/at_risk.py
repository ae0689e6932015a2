"""Customers' orders that the last plan sees late, or never: each with its lines in trouble, the dearest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from huoku.server.look.speaking import language
from huoku.server.planning.promises import Open, Promise, open_lines, promises
from huoku.server.planning.sequence import last_run
from huoku.server.planning.stakes import Stake, stakes
from huoku.server.platform.actor import Actor
from huoku.server.platform.once_a_page import remembered

FIRST = 20
"""So many orders are told one by one."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """``orders``: the first ones, of each its lines in trouble, the worst first. ``count``: how many there are."""

    orders: Sequence[Sequence[Promise]] = ()
    count: int = 0
    stakes: Mapping[int, Stake] | None = None

    def stake(self, line: int) -> Stake | None:
        return (self.stakes or {}).get(line)


def at_risk(actor: Actor) -> AtRisk:
    return remembered(("at risk", actor.key_scope, actor.sites, actor.company.pk), lambda: _at_risk(actor))


def _at_risk(actor: Actor) -> AtRisk:
    run = last_run(actor)
    found = [each for each in open_lines(actor, run, language()) if each.told.level != "G"] if run else []
    if run is None or not found:
        return AtRisk()
    known = stakes(run)
    by_order = [list(lines) for _, lines in groupby(sorted(found, key=_of_order), key=lambda each: each.order_id)]

    def place(lines: Sequence[Open]) -> tuple[float, bool, int, int]:
        lost = sum(known[each.line_id].per_day for each in lines if each.line_id in known)
        return -lost, lines[0].told.date is not None, -lines[0].told.late_days, lines[0].order_id

    first = sorted(by_order, key=place)[:FIRST]
    told = promises(actor, [each for lines in first for each in lines])
    orders = [list(lines) for _, lines in groupby(told, key=lambda each: each.line.order_id)]
    return AtRisk(orders, len(by_order), known)


def _of_order(each: Open) -> tuple[int, bool, int, int]:
    """The worst line of an order first: never, then the latest."""
    return each.order_id, each.told.date is not None, -each.told.late_days, each.line_id
