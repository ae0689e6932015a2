"""Buying as people and programs see it. What suppliers take is hidden from those who do not see their terms."""

from datetime import timedelta
from typing import Any

from huoku.language import Sentence
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import CHOICE, DATE, INTEGER, PART, TEXT, Kind
from huoku.server.platform.tables.next_due import NEXT, NEXT_ON
from huoku.server.platform.tables.table import Column, Expand, Label, declare
from huoku.server.purchasing import reckoned
from huoku.server.purchasing.commands import (
    approving,
    disruptions,
    drafting,
    ending,
    inspecting,
    lines,
    ordering,
    promising,
    receiving,
    requests,
    returning,
    tolerances,
    voiding,
)
from huoku.server.purchasing.models import (
    DateGiven,
    PurchaseChase,
    PurchaseDefaults,
    PurchaseLine,
    PurchaseOrder,
    PurchaseReceipt,
    PurchaseRequest,
    SupplierRecord,
)
from huoku.server.purchasing.models.chases import NEXT_ACTIONS
from huoku.server.purchasing.rights import READ


def _days(value: Any, _beside: Any, _zone: Any) -> int | None:
    return value.days if isinstance(value, timedelta) else value


DAYS = Kind("days", {"type": "integer"}, "integer", show=_days, sorts=False)
"""A span of time in whole days."""

UNIT = Column("unit", "item__unit", TEXT, nullable=False)
ITEM, ORDER = Expand("items", "item_id"), Expand("purchase_orders", "order_id")
SUPPLIER = Expand("suppliers", "supplier_id")
DOCUMENT = ("id", "number", "state", "site", "note", "attributes", "made_at", Column("by", "made_by__username", TEXT))


def of_order(name: str, source: str) -> Column:
    return Column(name, source, TEXT, nullable=False)


declare(
    "purchase_requests",
    PurchaseRequest,
    read=READ,
    title=Sentence("请购单", "Purchase requests"),
    columns=(
        *(
            *DOCUMENT[:3],
            NEXT_ON,
            "item",
            "qty",
            UNIT,
            "need_on",
            "supplier",
            "reason",
            "demand",
            "is_urgent",
            "answer",
        ),
        *(*DOCUMENT[3:], "version"),
    ),
    reckoned=reckoned.requests,
    sort="next_on,-id",
    aside="need_on",
    decimals="item__decimals",
    expands={"item": ITEM, "supplier": SUPPLIER, "lines": Expand("purchase_lines", "request_id", many=True)},
    add=requests.add_request,
    change=requests.change_request,
    actions={
        "order": ordering.order_requests,
        "reject": requests.reject_request,
        "withdraw": requests.withdraw_request,
        "reopen": requests.reopen_request,
    },
)
declare(
    "purchase_orders",
    PurchaseOrder,
    read=READ,
    title=Sentence("采购订单", "Purchase orders"),
    columns=(
        *(*DOCUMENT[:3], "supplier", *NEXT, "amount", "currency", "sent_on", "location", "rate", "payment_days"),
        *("terms", "min_order_value", "missing", "end_reason", *DOCUMENT[3:], "version"),
    ),
    reckoned=reckoned.orders,
    sort="next_on,-id",
    aside="rate payment_days terms min_order_value note made_at",
    hidden={FieldGroup.SUPPLIER_TERMS: "rate payment_days terms amount min_order_value missing"},
    currency="currency",
    expands={
        "supplier": SUPPLIER,
        "next_item": Expand("items", "next_item_id"),
        "location": Expand("locations", "location_id"),
        "lines": Expand("purchase_lines", "order_id", many=True),
    },
    add=drafting.add_order,
    change=drafting.change_order,
    actions={
        "approve": approving.approve,
        "send": approving.send,
        "confirm": promising.confirm,
        "revise_dates": promising.revise_dates,
        "receive": receiving.receive,
        "close": ending.close,
        "cancel": ending.cancel,
        "report_disruption": disruptions.report_disruption,
    },
)
declare(
    "purchase_lines",
    PurchaseLine,
    read=READ,
    title=Sentence("采购订单的行", "Lines of purchase orders"),
    columns=(
        *("id", "order", of_order("number", "order__number"), of_order("state", "order__state"), "seq", "item"),
        *(
            "qty",
            UNIT,
            Column("received_share", "received_share", PART),
            "price",
            "price_is_agreed",
            "order_fee",
            "fee_is_agreed",
            "over_tolerance",
            "under_tolerance",
        ),
        *("wanted_on", "promised_on", "revised_on", "received_on", "received", "waiting", "rejected", "returned"),
        *("replaced", "cancelled", "open", "demand", "request", "is_urgent", "note", "version"),
    ),
    hidden={FieldGroup.SUPPLIER_TERMS: "price price_is_agreed order_fee fee_is_agreed"},
    reckoned=reckoned.lines,
    aside="number price_is_agreed fee_is_agreed",
    decimals="item__decimals",
    currency="order__currency",
    expands={
        "order": ORDER,
        "item": ITEM,
        "request": Expand("purchase_requests", "request_id"),
        "dates": Expand("purchase_dates", "line_id", many=True),
        "receipts": Expand("purchase_receipts", "line_id", many=True),
    },
    add=lines.add_line,
    change=lines.change_line,
    remove=lines.remove_line,
    actions={"set_tolerance": tolerances.set_tolerance},
)
LINE = {"line": Expand("purchase_lines", "line_id")}
OF_LINE = ("id", "line", of_order("number", "line__order__number"), Column("item", "line__item__code", TEXT))
declare(
    "purchase_dates",
    DateGiven,
    read=READ,
    title=Sentence("供应商答复的交期", "Days that suppliers gave"),
    columns=(*OF_LINE, "on", "said", "why", "recorded_at", Column("by", "recorded_by__username", TEXT)),
    expands=LINE,
)
declare(
    "purchase_receipts",
    PurchaseReceipt,
    read=READ,
    title=Sentence("采购收货", "Receipts of purchased goods"),
    columns=(
        *(*OF_LINE, "lot", "location", "received_on", "delivery_note", "qty", "waiting", "rejected", "returned"),
        *(Column("unit", "line__item__unit", TEXT, nullable=False), "reason", "movement", "version"),
    ),
    decimals="line__item__decimals",
    expands={**LINE, "lot": Expand("lots", "lot_id"), "location": Expand("locations", "location_id")},
    actions={"inspect": inspecting.inspect, "return": returning.return_goods, "void": voiding.void_receipt},
    label=Label("item", ("lot", "number", "received_on"), item="item", lot="lot"),
)
declare(
    "purchase_chases",
    PurchaseChase,
    read=READ,
    title=Sentence("催货清单", "The chase list: what is on its way, and how late"),
    columns=(
        *("id", "order", of_order("number", "order__number"), of_order("state", "order__state")),
        *(of_order("supplier", "order__supplier__code"), "item", "qty", "open", "waiting", UNIT, "wanted_on"),
        *("promised_on", "revised_on", "received_on", Column("due_on", "due_on", DATE, nullable=False)),
        *(Column("days_late", "days_late", DAYS), "demand", "is_urgent"),
        Column("next_action", "next_action", CHOICE, choices=NEXT_ACTIONS, nullable=False),
    ),
    decimals="item__decimals",
    expands={"order": ORDER, "item": ITEM, "dates": Expand("purchase_dates", "line_id", many=True)},
)
declare(
    "supplier_records",
    SupplierRecord,
    read=READ,
    title=Sentence("供应商准时记录", "How punctual suppliers were"),
    columns=(
        *("id", "code", "name", Column("lines_due", "lines_due", INTEGER, nullable=False)),
        Column("lines_on_time", "lines_on_time", INTEGER, nullable=False),
        Column("lines_as_wanted", "lines_as_wanted", INTEGER, nullable=False),
        Column("days_late", "days_late", DAYS),
    ),
    expands={"orders": Expand("purchase_orders", "supplier_id", many=True, is_apart=True)},
)
declare(
    "purchase_defaults",
    PurchaseDefaults,
    read=READ,
    title=Sentence("采购默认设置：交货容差、是否检验", "Defaults of purchasing: tolerances, inspection"),
    columns=("id", "over_tolerance", "under_tolerance", "inspects", "version"),
    add=tolerances.add_defaults,
    change=tolerances.change_defaults,
)
