"""Production as people and programs see it."""

from huoku.language import Sentence
from huoku.server.platform.tables.kinds import STEPS, TEXT, UUID_
from huoku.server.platform.tables.next_due import NEXT_ON
from huoku.server.platform.tables.table import Column, Expand, Label, declare
from huoku.server.production import reckoned
from huoku.server.production.commands import (
    ending,
    issues,
    moving,
    orders,
    picks,
    putting_back,
    reports,
    substitutes,
    taking_over,
    work,
)
from huoku.server.production.models import JobReport, PickLine, PickList, WorkComponent, WorkOperation, WorkOrder
from huoku.server.production.rights import READ

DOCUMENT = ("id", "number", "state", "site")
BY = Column("by", "made_by__username", TEXT)

declare(
    "work_orders",
    WorkOrder,
    read=READ,
    title=Sentence("生产工单", "Work orders"),
    columns=(
        *(
            *DOCUMENT[:3],
            NEXT_ON,
            "item",
            Column("to_make", "to_make", STEPS, "item__decimals"),
        ),
        *("qty", "made", Column("unit", "item__unit", TEXT, nullable=False), "start_on", "due_on", "site"),
        *(
            "priority",
            "target",
            "work_in_progress",
            "demand",
            "end_reason",
            "note",
            "attributes",
            "made_at",
            BY,
            "version",
        ),
    ),
    decimals="item__decimals",
    expands={
        "item": Expand("items", "item_id"),
        "components": Expand("work_components", "order_id", many=True),
        "operations": Expand("work_operations", "order_id", many=True),
    },
    add=orders.plan_order,
    change=orders.change_order,
    actions={
        "release": orders.release_order,
        "take_over": taking_over.take_over_order,
        "reserve": orders.reserve_order,
        "issue": issues.issue_component,
        "return": issues.return_component,
        "substitute": substitutes.issue_substitute,
        "kit": issues.kit_order,
        "start": work.start_order,
        "finish": ending.finish_order,
        "close": ending.close_order,
        "cancel": ending.cancel_order,
    },
    label=Label("number", ("item", "qty", "unit", "due_on")),
    reckoned=reckoned.orders,
    sort="next_on,-id",
    aside="due_on work_in_progress made_at",
)
declare(
    "work_components",
    WorkComponent,
    read=READ,
    title=Sentence("工单用料", "Components of work orders"),
    columns=(
        *("id", "order", "seq", "item", Column("unit", "item__unit", TEXT, nullable=False), "per_unit"),
        *("per_order", "operation", "is_backflushed", "needed", "replaced", "issued", "returned", "consumed"),
        *("stands_for", "ratio", "risk"),
    ),
    decimals="item__decimals",
    expands={"order": Expand("work_orders", "order_id"), "item": Expand("items", "item_id")},
)
declare(
    "work_operations",
    WorkOperation,
    read=READ,
    title=Sentence("工单工序", "Operations of work orders"),
    columns=(
        *(*DOCUMENT, "order", "seq", "resource", "name", "setup_minutes", "run_minutes", "good", "scrap"),
        *("minutes", "fixed_on", "started_at", "pause_cause", "pause_note", "version"),
    ),
    decimals="order__item__decimals",
    expands={
        "order": Expand("work_orders", "order_id"),
        "reports": Expand("job_reports", "operation_id", many=True),
    },
    actions={
        "start": work.start_operation,
        "pause": work.pause_operation,
        "resume": work.resume_operation,
        "report": reports.report_operation,
        "fix": moving.fix_operation,
        "unfix": moving.unfix_operation,
    },
)
declare(
    "job_reports",
    JobReport,
    read=READ,
    title=Sentence("报工记录", "Job reports"),
    columns=(
        *("id", "operation", Column("order", "operation__order__number", TEXT)),
        *(Column("resource", "operation__resource__code", TEXT), "good", "scrap", "minutes"),
        *("cause", "reported_at", Column("by", "reported_by__username", TEXT)),
    ),
    decimals="operation__order__item__decimals",
)
declare(
    "pick_lists",
    PickList,
    read=READ,
    title=Sentence("拣料单", "Pick lists"),
    columns=(*DOCUMENT, "note", "made_at", BY, "version"),
    expands={"lines": Expand("pick_lines", "pick_list_id", many=True)},
    add=picks.make_pick_list,
    actions={
        "take": picks.take_line,
        "put_back": putting_back.put_back_line,
        "cancel": picks.cancel_pick_list,
    },
)
declare(
    "pick_lines",
    PickLine,
    read=READ,
    title=Sentence("拣料单的行", "Lines of pick lists"),
    columns=(
        *("id", "pick_list", "seq", "location", "component", Column("order", "component__order__number", TEXT)),
        *(Column("item", "component__item__code", TEXT), Column("unit", "component__item__unit", TEXT)),
        *("asked", "taken", "state", "reason", Column("reservation_id", "reservation_id", UUID_, nullable=False)),
    ),
    decimals="component__item__decimals",
    expands={"pick_list": Expand("pick_lists", "pick_list_id")},
)
