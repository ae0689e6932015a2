"""Rules that order, one in a file: those of the textbooks, and the one that weighs each lot."""

from huoku.simulate.policies.line_fill_target import LineFillTarget
from huoku.simulate.policies.lot_for_lot import LotForLot
from huoku.simulate.policies.on_backlog import OnBacklog
from huoku.simulate.policies.order_up_to import OrderUpTo
from huoku.simulate.policies.reorder_point import ReorderPoint
from huoku.simulate.policies.weighed_lots import WeighedLots

__all__ = ["LineFillTarget", "LotForLot", "OnBacklog", "OrderUpTo", "ReorderPoint", "WeighedLots"]
