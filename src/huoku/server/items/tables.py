"""The item master as people and programs see it. Names and meanings are those of the factory folder."""

from huoku.factory import inputs
from huoku.language import Sentence
from huoku.server.items.commands import boms, calendar, copying, files, items, revising, routing
from huoku.server.items.models import (
    Bom,
    BomLine,
    CalendarDay,
    Item,
    ItemFile,
    ItemUnit,
    Operation,
    Resource,
    Substitute,
)
from huoku.server.items.rights import READ
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import RATIO, TEXT
from huoku.server.platform.tables.table import Column, Expand, Label, declare

ITEM = {"item": Expand("items", "item_id")}

declare(
    "items",
    Item,
    read=READ,
    title=Sentence("物料", "Items"),
    words={column.name: column.note for column in inputs.ITEMS.columns},
    columns=(
        *("id", "code", "name", "name_en", "spec", "kind", "unit", "decimals", "tracking", "lifecycle", "abc_class"),
        *("abc_is_entered", "lead_time_days", "shelf_life_days", "safety_stock", "lot_min", "lot_multiple", "lot_max"),
        *("unit_cost", "price", "setup_cost", Column("currency", "company__currency", TEXT, nullable=False)),
        *("volume", "attributes", "is_active", "version"),
    ),
    hidden={FieldGroup.COST: "unit_cost setup_cost", FieldGroup.SALES_PRICE: "price"},
    decimals="decimals",
    expands={
        "units": Expand("item_units", "item_id", many=True),
        "files": Expand("item_files", "item_id", many=True),
        "boms": Expand("boms", "parent_id", many=True),
        "operations": Expand("operations", "parent_id", many=True),
        "substitutes": Expand("substitutes", "item_id", many=True),
    },
    add=items.add_item,
    change=items.change_item,
    actions={"classify": items.classify_items},
    label=Label("code", ("name", "spec", "unit"), item="code"),
)
declare(
    "item_units",
    ItemUnit,
    read=READ,
    title=Sentence("换算单位", "Further units of items"),
    columns=(
        *("id", "item", "unit", "edition", Column("ratio", "numerator", RATIO, "denominator", nullable=False)),
        *("numerator", "denominator", Column("of_unit", "item__unit", TEXT, nullable=False), "is_current", "version"),
    ),
    expands=ITEM,
    add=items.set_item_unit,
    actions={"retire": items.retire_item_unit},
)
declare(
    "item_files",
    ItemFile,
    read=READ,
    title=Sentence("物料的照片、图纸和证书", "Photos, drawings and papers of items"),
    columns=("id", "item", "kind", "name", "revision", "media_type", "size_bytes", "sha256", "version"),
    expands=ITEM,
    add=files.add_item_file,
    remove=files.remove_item_file,
)
declare(
    "boms",
    Bom,
    read=READ,
    title=Sentence("BOM 版本", "Revisions of bills of material"),
    columns=("id", "parent", "revision", "valid_from", "valid_to", "note", "version"),
    words={"revision": Sentence("版本", "the bill's own name, such as A or 2026-1")},
    expands={"parent": Expand("items", "parent_id"), "lines": Expand("bom_lines", "bom_id", many=True)},
    add=boms.add_bom,
    change=boms.change_bom,
    remove=boms.remove_bom,
    actions={"copy": copying.copy_bom, "revise": revising.revise_bom, "replace": revising.replace_component},
)
declare(
    "bom_lines",
    BomLine,
    read=READ,
    title=Sentence("物料清单的子项", "Lines of bills of material"),
    words={column.name: column.note for column in inputs.BOM.columns},
    columns=(
        *("id", "bom", Column("parent", "bom__parent__code", TEXT, nullable=False)),
        *(Column("revision", "bom__revision", TEXT, nullable=False), "seq", "component"),
        *(Column("qty", "qty_numerator", RATIO, "qty_denominator", nullable=False), "qty_numerator", "qty_denominator"),
        *(
            Column("unit", "component__unit", TEXT, nullable=False),
            "scrap_rate",
            "fixed_scrap",
            "is_phantom",
            "operation",
        ),
    ),
    decimals="component__decimals",
    expands={"bom": Expand("boms", "bom_id"), "component": Expand("items", "component_id")},
)
declare(
    "substitutes",
    Substitute,
    read=READ,
    title=Sentence("替代料", "Substitutes"),
    words={column.name: column.note for column in inputs.SUBSTITUTES.columns},
    columns=(
        *("id", "item", "substitute", Column("ratio", "ratio_numerator", RATIO, "ratio_denominator", nullable=False)),
        *("ratio_numerator", "ratio_denominator", "priority", "parent", "valid_from", "valid_to", "version"),
    ),
    expands={**ITEM, "substitute": Expand("items", "substitute_id")},
    add=boms.add_substitute,
    change=boms.change_substitute,
    remove=boms.remove_substitute,
)
declare(
    "resources",
    Resource,
    read=READ,
    title=Sentence("资源：机台、班组、产线", "Resources: machines, crews, lines"),
    words={column.name: column.note for column in inputs.RESOURCES.columns},
    columns=("id", "code", "name", "name_en", "site", "minutes_per_day", "cost_per_hour", "is_active", "version"),
    hidden={FieldGroup.COST: "cost_per_hour"},
    expands={"calendar_days": Expand("calendar_days", "resource_id", many=True)},
    add=routing.add_resource,
    change=routing.change_resource,
)
declare(
    "operations",
    Operation,
    read=READ,
    title=Sentence("工序", "Operations"),
    words={column.name: column.note for column in inputs.OPERATIONS.columns},
    columns=("id", "parent", "seq", "resource", "name", "setup_minutes", "run_minutes", "version"),
    expands={"parent": Expand("items", "parent_id"), "resource": Expand("resources", "resource_id")},
    add=routing.add_operation,
    change=routing.change_operation,
    remove=routing.remove_operation,
)
declare(
    "calendar_days",
    CalendarDay,
    read=READ,
    title=Sentence("日历：开工和休息的日子", "Calendar: open and closed days"),
    words={column.name: column.note for column in inputs.CALENDAR.columns},
    columns=("id", "date", "is_open", "resource", "version"),
    expands={"resource": Expand("resources", "resource_id")},
    add=routing.add_calendar_day,
    change=routing.change_calendar_day,
    remove=routing.remove_calendar_day,
    actions={"set_days": calendar.set_days, "copy_year": calendar.copy_year},
)
