"""Stock as people and programs see it: places, lots, what is there, what is kept for whom, and all that happened."""

from huoku.language import Sentence
from huoku.server.ledger.commands import (
    count_plans,
    counts,
    movements,
    periods,
    picking,
    places,
    pre_empting,
    putting_away,
    reservations,
    supplies,
    valuations,
)
from huoku.server.ledger.models import (
    Balance,
    Count,
    CountTask,
    Debt,
    Location,
    Lot,
    LotOrigin,
    Movement,
    Owner,
    PeriodLock,
    Reservation,
    ReservationEvent,
    StockHead,
    SupplyBalance,
    Valuation,
    ValuationLine,
)
from huoku.server.ledger.rights import APPROVE_COUNT, READ, VALUE
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import MILLIONTHS, MINOR, STEPS, TEXT
from huoku.server.platform.tables.table import Column, Expand, Label, declare

UNIT = Column("unit", "item__unit", TEXT, nullable=False)
CURRENCY = Column("currency", "company__currency", TEXT, nullable=False)
ITEM, LOCATION = Expand("items", "item_id"), Expand("locations", "location_id")
HERE = {"item": ITEM, "location": LOCATION, "lot": Expand("lots", "lot_id")}


def quantity(name: str, item: str = "item") -> Column:
    """A column of whole steps, shown in the item's unit."""
    return Column(name, name, STEPS, f"{item}__decimals", nullable=False)


declare(
    "locations",
    Location,
    read=READ,
    title=Sentence("地点：库位、线边、在途", "Locations"),
    columns=("id", "code", "name", "kind", "site", "is_physical", "is_unverified", "is_active", "version"),
    add=places.add_location,
    change=places.change_location,
    label=Label("code", ("name", "site")),
)
declare(
    "owners",
    Owner,
    read=READ,
    title=Sentence("货主", "Whose stock it is"),
    columns=("id", "code", "name"),
    add=places.add_owner,
)
declare(
    "lots",
    Lot,
    read=READ,
    title=Sentence("批次和序列号", "Lots and serial numbers"),
    columns=("id", "item", "code", "received_on", "expires_on", "demand"),
    expands={"item": ITEM, "origins": Expand("lot_origins", "lot_id", many=True)},
    label=Label("code", ("item", "received_on", "expires_on"), item="item", lot="code"),
)
declare(
    "lot_origins",
    LotOrigin,
    read=READ,
    title=Sentence("批次从哪些批次做成", "What lots were made from"),
    columns=("id", "lot", "parent", quantity("quantity", "parent__item"), "document", "recorded_at"),
    expands={"lot": Expand("lots", "lot_id"), "parent": Expand("lots", "parent_id")},
)
declare(
    "balances",
    Balance,
    read=READ,
    title=Sentence("库存明细：按批次、库位、货主和状态", "Balances: by lot, place, owner and status"),
    columns=("id", "item", "lot", "location", "owner", "status", quantity("on_hand"), quantity("reserved"), UNIT),
    expands=HERE,
    actions={"put_away": putting_away.put_away},
)
declare(
    "stock",
    StockHead,
    read=READ,
    title=Sentence("可用库存：按物料和库位", "Available stock: ours, by item and place"),
    columns=("id", "item", "location", quantity("on_hand"), quantity("reserved"), quantity("debt"), UNIT),
    expands={"item": ITEM, "location": LOCATION},
)
declare(
    "debts",
    Debt,
    read=READ,
    title=Sentence("欠账：账上没有却已领走", "Debts: taken though the book had none"),
    columns=("id", "item", "lot", "location", "owner", "status", quantity("quantity"), UNIT, "since"),
    expands=HERE,
)
declare(
    "supplies",
    SupplyBalance,
    read=READ,
    title=Sentence("在途：还会到的数量", "What is still to arrive"),
    columns=(
        *("id", "supply", "item", "location", "expected_on", "is_firm", quantity("quantity"), quantity("reserved")),
        UNIT,
    ),
    expands={"item": ITEM, "location": LOCATION},
    actions={"state": supplies.state_supply},
)
declare(
    "movements",
    Movement,
    read=READ,
    title=Sentence("库存移动：账的每一笔", "Movements: every entry of the ledger"),
    columns=(
        *("id", "seq", "kind", "item", "lot", "owner", "from_location", "to_location", "from_status", "to_status"),
        *(quantity("quantity"), UNIT, "entered", "entered_unit"),
        *(Column("unit_cost", "unit_cost", MILLIONTHS), CURRENCY),
        *("effective_at", "recorded_at", "document", "reason", "need_on", "command_key"),
        Column("by", "actor__username", TEXT),
        "reverses",
    ),
    values={"kind": {"make": Sentence("完工入库", "made")}},
    hidden={FieldGroup.COST: "unit_cost"},
    expands={"item": ITEM, "lot": Expand("lots", "lot_id")},
    add=movements.record_movement,
    actions={"reverse": movements.reverse_movement, "pick": picking.pick, "write_off": movements.write_off},
)
declare(
    "reservations",
    Reservation,
    read=READ,
    title=Sentence("预留：为谁留了多少", "Reservations"),
    columns=(
        *("id", "kind", "item", "location", "lot", "owner", "supply", "demand", "priority", "need_on"),
        *(quantity(name) for name in ("quantity", "posted", "voided", "expired", "pre_empted")),
        *(UNIT, "state", "made_at", "expires_at"),
    ),
    expands={
        **HERE,
        "supply": Expand("supplies", "supply_id"),
        "events": Expand("reservation_events", "reservation_id", many=True),
    },
    add=reservations.reserve,
    actions={
        "release": reservations.release,
        "post": picking.post_reservation,
        "pre_empt": pre_empting.pre_empt,
        "expire": reservations.expire_due,
    },
)
declare(
    "reservation_events",
    ReservationEvent,
    read=READ,
    title=Sentence("预留的经过", "What happened to reservations"),
    columns=("id", "reservation", "kind", quantity("quantity", "reservation__item"), "recorded_at", "command_key"),
)
declare(
    "count_tasks",
    CountTask,
    read=READ,
    title=Sentence("盘点任务", "What is to be counted"),
    columns=("id", "item", "location", "cause", "due_on", "doubt", "seed", "recorded_at", "is_open"),
    expands={"item": ITEM, "location": LOCATION},
    actions={"plan": count_plans.plan_counts, "draw": count_plans.draw_spot_check},
)
declare(
    "period_locks",
    PeriodLock,
    read=READ,
    title=Sentence("关账", "Closed periods"),
    columns=("id", "until", "recorded_at", Column("by", "actor__username", TEXT)),
    add=periods.lock_period,
)
declare(
    "counts",
    Count,
    read=APPROVE_COUNT,  # who counts must not learn what the book says
    title=Sentence("盘点结果", "Counts, beside the book"),
    columns=(
        *("id", "item", "lot", "location", "owner", "status", quantity("counted"), quantity("book")),
        *(quantity("difference"), UNIT, "counted_at", "seq", "round", "state", "recorded_at"),
        *(Column("counter", "counter__username", TEXT), Column("approver", "approver__username", TEXT)),
    ),
    expands=HERE,
    add=counts.state_count,
    actions={"approve": counts.approve_count},
)
declare(
    "valuations",
    Valuation,
    read=VALUE,
    title=Sentence("库存计价", "Valuations of stock"),
    columns=(
        *("id", "method", "until", "recorded_at", Column("value", "value", MINOR, "company__currency")),
        *(Column("provision", "provision", MINOR, "company__currency"), CURRENCY),
    ),
    hidden={FieldGroup.COST: "value provision"},
    expands={"lines": Expand("valuation_lines", "valuation_id", many=True)},
    add=valuations.keep_valuation,
)
declare(
    "valuation_lines",
    ValuationLine,
    read=VALUE,
    title=Sentence("计价明细", "Items of valuations"),
    columns=(
        *("id", "valuation", "item", quantity("quantity"), UNIT),
        *(
            Column("value", "value", MINOR, "company__currency"),
            Column("provision", "provision", MINOR, "company__currency"),
        ),
    ),
    hidden={FieldGroup.COST: "value provision"},
    expands={"item": ITEM},
)
