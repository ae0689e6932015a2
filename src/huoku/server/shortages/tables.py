"""Shortages as people and programs see them."""

from huoku.language import Sentence
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import TEXT
from huoku.server.platform.tables.table import Column, Expand, declare
from huoku.server.shortages.called import CAUSES, HITS, SOURCES, STATES, STEPS, WAYS
from huoku.server.shortages.commands import choosing, closing, combining, following, opening, verifying, watching
from huoku.server.shortages.models import Hit, LowStock, Proof, ShortageCase, TrailStep, Way
from huoku.server.shortages.rights import READ

UNIT = Column("unit", "item__unit", TEXT, nullable=False)

declare(
    "shortages",
    ShortageCase,
    read=READ,
    title=Sentence("缺料单", "Shortages"),
    columns=(
        *("id", "number", "state", "site", "order", "item", "missing", UNIT, "need_on", "expected_on", "date_changes"),
        *("source", "place", "book", "physical", "verified_at", Column("verified_by", "verified_by__username", TEXT)),
        *(
            "late_per_day",
            "way",
            "document",
            "cost",
            "supply_state_zh",
            "supply_state_en",
            "solved_at",
            "cause",
            "cause_note",
            "measure",
        ),
        *("note", "made_at", Column("made_by", "made_by__username", TEXT), "version"),
    ),
    values={"source": SOURCES, "way": WAYS, "cause": CAUSES},
    hidden={FieldGroup.REMEDY: "late_per_day cost"},
    decimals="item__decimals",
    expands={
        "order": Expand("work_orders", "order_id"),
        "ways": Expand("shortage_ways", "case_id", many=True),
        "hits": Expand("shortage_hits", "case_id", many=True),
        "proofs": Expand("shortage_proofs", "case_id", many=True),
        "trail": Expand("shortage_trail", "case_id", many=True),
    },
    add=opening.open_case,
    actions={
        "verify": verifying.verify_case,
        "review": following.review_case,
        "combine": combining.combine_ways,
        "solve": closing.solve_case,
        "close": closing.close_case,
    },
)
declare(
    "shortage_ways",
    Way,
    read=READ,
    title=Sentence("缺料的办法", "Ways out of shortages"),
    columns=(
        *("id", "case", "rank", "kind", "state", "text_zh", "text_en", "item", "qty", UNIT, "is_whole"),
        *("ready_on", "excess", "spend", "late", "cost"),
    ),
    values={"kind": WAYS, "state": STATES},
    hidden={FieldGroup.REMEDY: "spend late cost", FieldGroup.SUPPLIER_TERMS: "excess"},
    decimals="item__decimals",
    expands={"case": Expand("shortages", "case_id")},
    actions={"choose": choosing.choose_way},
    paper="case",
    is_offered=lambda way: way["state"] == Way.State.OPEN,
)
declare(
    "shortage_hits",
    Hit,
    read=READ,
    title=Sentence("缺料影响到的单据", "What shortages hit"),
    columns=(
        *("id", "case", "level", "kind", "number", "document", "customer", "item", "qty", UNIT, "due_on", "slack_days"),
        *("value", "late_per_day"),
    ),
    values={"kind": HITS},
    hidden={FieldGroup.CUSTOMER_IDENTITY: "customer customer_id", FieldGroup.SALES_PRICE: "value late_per_day"},
    decimals="item__decimals",
    expands={"case": Expand("shortages", "case_id")},
)
declare(
    "shortage_proofs",
    Proof,
    read=READ,
    title=Sentence("缺料原因的凭据", "What speaks for a cause"),
    values={"cause": CAUSES},
    columns=("id", "case", "cause", "text_zh", "text_en", "document"),
    expands={"case": Expand("shortages", "case_id")},
)
declare(
    "shortage_trail",
    TrailStep,
    read=READ,
    title=Sentence("缺料的经过", "The trail of shortages"),
    values={"kind": STEPS},
    columns=("id", "case", "recorded_at", "kind", "text_zh", "text_en", "document"),
    expands={"case": Expand("shortages", "case_id")},
)
declare(
    "low_stock",
    LowStock,
    read=READ,
    title=Sentence("低于安全库存", "Below safety stock"),
    columns=("id", "item", UNIT, "safety_stock", "free", "coming", "since", "ended_at", "version"),
    decimals="item__decimals",
    expands={"item": Expand("items", "item_id")},
    actions={"watch": watching.watch_stock},
)
