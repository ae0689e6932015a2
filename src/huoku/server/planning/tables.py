"""Planning as people and programs see it."""

from huoku.language import Sentence
from huoku.server.planning.commands import calling, levers, masters, proposals, reopening, runs, trials
from huoku.server.planning.levers import LEVERS
from huoku.server.planning.models import (
    ContractCall,
    Forecast,
    Lane,
    Outlet,
    PlanningPlace,
    PlanningSettings,
    PlanRun,
    Proposal,
    ProposalPeg,
)
from huoku.server.planning.rights import READ
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import TEXT
from huoku.server.platform.tables.table import Column, Expand, declare

UNIT = Column("unit", "item__unit", TEXT, nullable=False)
ITEM = {"item": Expand("items", "item_id")}

OUTLETS_CALLED = {
    "return": Sentence("退给供应商", "return to the supplier"),
    "transfer": Sentence("调给别的厂区", "transfer"),
    "resale": Sentence("转卖", "resale"),
    "promotion": Sentence("促销", "promotion"),
    "scrap": Sentence("报废", "scrap"),
}

declare(
    "plan_runs",
    PlanRun,
    read=READ,
    title=Sentence("计划运算", "Plan runs"),
    columns=(
        *("id", "kind", "state", "name", "changes", "today", "asked_at", Column("by", "asked_by__username", TEXT)),
        *("started_at", "ended_at", "progress", "fault", "figures", "input_digest", "output_digest", "version"),
    ),
    hidden={FieldGroup.COST: "figures changes"},
    expands={"proposals": Expand("proposals", "run_id", many=True, is_apart=True)},
    add=runs.ask_plan,
    actions={"make_live": runs.make_live, "drop": trials.drop_trial},
)
declare(
    "proposals",
    Proposal,
    read=READ,
    title=Sentence("计划建议", "Proposals"),
    columns=(
        *("id", "run", "order", "kind", "item", "supplier", "site", "from_site", "qty", "needed", UNIT, "start_on"),
        *("due_on", "price", "fees", "why_zh", "why_en", "state", "document", "reason", "decided_at"),
        *(Column("decided_by", "decided_by__username", TEXT), "version"),
    ),
    hidden={FieldGroup.COST: "price fees why_zh why_en"},
    decimals="item__decimals",
    expands={**ITEM, "pegs": Expand("proposal_pegs", "proposal_id", many=True)},
    values={"lever": {name: lever.title for name, lever in LEVERS.items()}},
    actions={
        "accept": proposals.accept_proposals,
        "reject": proposals.reject_proposals,
        "reopen": reopening.reopen_proposals,
        "pull": levers.pull_lever,
    },
)
declare(
    "proposal_pegs",
    ProposalPeg,
    read=READ,
    title=Sentence("建议对应的需求", "Demands behind proposals"),
    columns=("id", "proposal", "demand", "qty", "need_on", "is_kept"),
    decimals="proposal__item__decimals",
)
declare(
    "planning_settings",
    PlanningSettings,
    read=READ,
    title=Sentence("计划参数", "Planning settings"),
    columns=(
        *("id", "horizon_days", "holding_rate", "salvage_rate", "late_rate", "partial_shipments", "frozen_days"),
        *("change_rate", "change_days", "substitute_mixing", "future_use", "risk_limit", "excess_limit"),
        *("company_stage", "dead_warn", "dead_alarm"),
        *("replans_by_itself", "version"),
    ),
    hidden={FieldGroup.COST: "holding_rate salvage_rate late_rate risk_limit"},
    add=masters.set_planning,
)
declare(
    "forecasts",
    Forecast,
    read=READ,
    title=Sentence("预测和合同用量", "Forecasts and contracted quantities"),
    columns=(
        *("id", "code", "item", "site", "customer", "kind", "qty", UNIT, "due_on", "priority", "price", "version"),
    ),
    hidden={FieldGroup.CUSTOMER_IDENTITY: "customer customer_id", FieldGroup.SALES_PRICE: "price"},
    decimals="item__decimals",
    expands={**ITEM, "calls": Expand("contract_calls", "contract_id", many=True)},
    add=masters.add_forecast,
    change=masters.change_forecast,
    remove=masters.remove_forecast,
    actions={"call_off": calling.call_off},
)
declare(
    "contract_calls",
    ContractCall,
    read=READ,
    title=Sentence("合同要货", "Call-offs of contracts"),
    columns=("id", "contract", "order", "version"),
    expands={"order": Expand("sales_orders", "order_id")},
)
declare(
    "planning_places",
    PlanningPlace,
    read=READ,
    title=Sentence("计划地点", "Places of planning"),
    columns=("id", "site", "plant", "kind", "capacity", "version"),
    add=masters.describe_place,
)
declare(
    "lanes",
    Lane,
    read=READ,
    title=Sentence("调拨路线", "Lanes between sites"),
    columns=("id", "from_site", "to_site", "item", "lead_time_days", "cost", "version"),
    hidden={FieldGroup.COST: "cost"},
    add=masters.add_lane,
    remove=masters.remove_lane,
)
declare(
    "outlets",
    Outlet,
    read=READ,
    title=Sentence("处置渠道", "Outlets for leftovers"),
    columns=(*("id", "item", "code", "kind", "share", "fee", "until", "fade", "version"),),
    hidden={FieldGroup.COST: "share fee fade"},
    values={"kind": OUTLETS_CALLED},
    add=masters.add_outlet,
    remove=masters.remove_outlet,
)
