"""The tables of planning, one idea a file."""

from huoku.server.planning.models.calls import ContractCall
from huoku.server.planning.models.runs import PlanRun, Proposal, ProposalPeg
from huoku.server.planning.models.settings import PlanningSettings
from huoku.server.planning.models.trade import Disposal, Forecast, Lane, Outlet, PastUse, PlanningPlace

__all__ = [
    "ContractCall",
    "Disposal",
    "Forecast",
    "Lane",
    "Outlet",
    "PastUse",
    "PlanRun",
    "PlanningPlace",
    "PlanningSettings",
    "Proposal",
    "ProposalPeg",
]
