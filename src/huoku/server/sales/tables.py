"""Sales as people and programs see them."""

from huoku.language import Sentence
from huoku.server.platform.roles import ROLES_CALLED, FieldGroup
from huoku.server.platform.tables.kinds import MINOR, PART, TEXT
from huoku.server.platform.tables.next_due import NEXT
from huoku.server.platform.tables.table import Column, Expand, Label, declare
from huoku.server.sales import reckoned
from huoku.server.sales.commands import changing, departments, locking, orders, promising, providing, shipping, voiding
from huoku.server.sales.models import (
    Confirmation,
    Requirement,
    SalesLine,
    SalesOrder,
    SalesRules,
    Shipment,
    ShipmentLine,
)
from huoku.server.sales.rights import READ

IDENTITY = {FieldGroup.CUSTOMER_IDENTITY: "customer customer_id customer_reference"}
UNIT = Column("unit", "item__unit", TEXT, nullable=False)

declare(
    "sales_orders",
    SalesOrder,
    read=READ,
    title=Sentence("销售订单", "Sales orders"),
    columns=(
        *("id", "number", "state", "customer", *NEXT, Column("amount", "amount", MINOR, "currency"), "currency"),
        *("customer_reference", "site", "priority", "held_until"),
        *("lock_until", "lock_asked_as", "confirmed_at", "note", "attributes", "made_at"),
        *(Column("made_by", "made_by__username", TEXT), "version"),
    ),
    hidden=IDENTITY | {FieldGroup.SALES_PRICE: "amount"},
    reckoned=reckoned.orders,
    sort="next_on,-id",
    aside="lock_asked_as made_by version confirmed_at note",
    expands={
        "next_item": Expand("items", "next_item_id"),
        "lines": Expand("sales_lines", "order_id", many=True),
        "requirements": Expand("sales_requirements", "line__order_id", many=True),
        "shipments": Expand("shipments", "order_id", many=True),
        "confirmations": Expand("sales_confirmations", "order_id", many=True),
    },
    add=orders.enter_order,
    change=orders.change_order,
    actions={
        "check": promising.check_order,
        "hold": promising.hold_order,
        "release_hold": promising.release_hold,
        "provide": providing.provide_order,
        "stop_providing": providing.stop_providing,
        "ask_departments": departments.ask_departments,
        "answer_for_department": departments.answer_for_department,
        "confirm": promising.confirm_order,
        "take_over": promising.take_over_order,
        "change_quantity": changing.change_quantity,
        "ask_lock": locking.ask_lock,
        "agree_lock": locking.agree_lock,
        "unlock": locking.unlock_order,
        "check_off": shipping.check_off,
        "ship": shipping.ship_goods,
        "close": changing.close_order,
        "cancel": changing.cancel_order,
    },
)
declare(
    "sales_lines",
    SalesLine,
    read=READ,
    title=Sentence("销售订单行", "Lines of sales orders"),
    columns=(
        *("id", "order", "seq"),
        *(
            "item",
            "qty",
            UNIT,
            "shipped",
            Column("shipped_share", "shipped_share", PART),
            "price",
            Column("currency", "order__currency", TEXT, nullable=False),
        ),
        *("due_on", "promised_on", "note"),
    ),
    hidden={FieldGroup.SALES_PRICE: "price"},
    reckoned=reckoned.lines,
    decimals="item__decimals",
    currency="order__currency",
    expands={
        "item": Expand("items", "item_id"),
        "requirements": Expand("sales_requirements", "line_id", many=True),
    },
)
declare(
    "sales_requirements",
    Requirement,
    read=READ,
    title=Sentence("客户要求", "What customers asked for besides"),
    columns=("id", "line", "text", "checked_at", Column("checked_by", "checked_by__username", TEXT)),
)
declare(
    "sales_confirmations",
    Confirmation,
    read=READ,
    title=Sentence("各部门的确认", "Confirmations by departments"),
    columns=(
        *("id", "order", "role", "answer", "order_version", "note", "answered_at"),
        Column("answered_by", "answered_by__username", TEXT),
    ),
)
declare(
    "sales_rules",
    SalesRules,
    read=READ,
    title=Sentence("销售规则", "Rules of sales"),
    columns=("id", "big_value", "rush_days", "departments", "hold_hours", "version"),
    values={"departments": ROLES_CALLED},
    add=departments.set_sales_rules,
)
RECEIVER = tuple(
    Column(name, f"order__{source}", TEXT, nullable=False)
    for name, source in (
        ("customer", "customer__code"),
        ("customer_name", "customer__name"),
        ("address", "customer__address"),
        ("customer_reference", "customer_reference"),
    )
)
"""To whom a shipment goes: what its paper has to say."""

declare(
    "shipments",
    Shipment,
    read=READ,
    title=Sentence("发货单", "Shipments"),
    columns=(
        *("id", "number", "state", "order"),
        *RECEIVER,
        *("site", "shipped_on", "carrier", "tracking", "note", "made_at"),
        *(Column("made_by", "made_by__username", TEXT), "version"),
    ),
    hidden={FieldGroup.CUSTOMER_IDENTITY: "customer customer_name address customer_reference"},
    expands={
        "order": Expand("sales_orders", "order_id"),
        "lines": Expand("shipment_lines", "shipment_id", many=True),
    },
    actions={"take_back": shipping.take_back, "void": voiding.void_shipment},
    label=Label("number", ("order", "carrier", "tracking")),
)
declare(
    "shipment_lines",
    ShipmentLine,
    read=READ,
    title=Sentence("发货明细", "Lines of shipments"),
    columns=(
        *("id", "shipment", "line"),
        *(Column("item", "line__item__code", TEXT, nullable=False), Column("name", "line__item__name", TEXT), "lot"),
        *("qty", Column("unit", "line__item__unit", TEXT, nullable=False), "returned"),
    ),
    decimals="line__item__decimals",
)
