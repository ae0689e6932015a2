"""The tables of production, one idea a file."""

from huoku.server.production.models.components import WorkComponent
from huoku.server.production.models.operations import JobReport, WorkOperation
from huoku.server.production.models.orders import WorkOrder
from huoku.server.production.models.picks import PickLine, PickList

__all__ = ["JobReport", "PickLine", "PickList", "WorkComponent", "WorkOperation", "WorkOrder"]
