"""Transfers as people and programs see them."""

from huoku.language import Sentence
from huoku.server.platform.tables.kinds import TEXT
from huoku.server.platform.tables.table import Column, Expand, Label, declare
from huoku.server.warehouse.commands import approving, arriving, drafting, ending, sending, settling
from huoku.server.warehouse.models import Transfer, TransferLine, TransferPart
from huoku.server.warehouse.rights import READ

UNIT = Column("unit", "item__unit", TEXT, nullable=False)
FIGURES = ("sent", "received", "damaged", "found", "lost")

declare(
    "transfers",
    Transfer,
    read=READ,
    title=Sentence("调拨单", "Transfers"),
    columns=(
        *("id", "number", "state", "origin", "target", "transit", "start_on", "expected_on", "priority", "site"),
        *("note", "end_reason", "attributes", "made_at", Column("by", "made_by__username", TEXT), "version"),
    ),
    expands={
        "origin": Expand("locations", "origin_id"),
        "target": Expand("locations", "target_id"),
        "lines": Expand("transfer_lines", "transfer_id", many=True),
    },
    add=drafting.add_transfer,
    change=drafting.change_transfer,
    actions={
        "ask": drafting.ask_for_transfer,
        "approve": approving.approve_transfer,
        "send": sending.send_transfer,
        "revise_arrival": approving.revise_arrival,
        "receive": arriving.receive_transfer,
        "settle": settling.settle_difference,
        "close": ending.close_transfer,
        "cancel": ending.cancel_transfer,
    },
    label=Label("number", ("origin", "target", "expected_on")),
)
declare(
    "transfer_lines",
    TransferLine,
    read=READ,
    title=Sentence("调拨单的行", "Lines of transfers"),
    columns=(
        *("id", "transfer", Column("state", "transfer__state", TEXT, nullable=False), "seq", "item", "lot", "qty"),
        *(UNIT, *FIGURES, "demand", "note", "version"),
    ),
    decimals="item__decimals",
    expands={
        "transfer": Expand("transfers", "transfer_id"),
        "item": Expand("items", "item_id"),
        "parts": Expand("transfer_parts", "line_id", many=True),
    },
)
declare(
    "transfer_parts",
    TransferPart,
    read=READ,
    title=Sentence("调拨明细：按批次和库位", "Parts of transfers, by lot and place"),
    columns=(
        *("id", Column("number", "line__transfer__number", TEXT, nullable=False), "line"),
        *(Column("item", "line__item__code", TEXT, nullable=False), "lot", "origin", "sent_on", *FIGURES),
        *("reason", "version"),
    ),
    decimals="line__item__decimals",
    expands={"line": Expand("transfer_lines", "line_id"), "lot": Expand("lots", "lot_id")},
)
