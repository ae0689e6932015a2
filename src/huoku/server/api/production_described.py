"""The routes of ``production.py`` described."""

from typing import Any

from huoku.server.api.description import READING, query
from huoku.server.api.schemas import COUNT, TEXT, content, schema_of

DAY = {"type": "string", "format": "date"}
MAYBE_DAY = {"type": ["string", "null"], "format": "date"}
YES = {"type": "boolean"}


def _list(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema_of(name, properties)}


def _texts(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, TEXT)


def _get(name: str, summary: str, parameters: list[dict[str, Any]], answered: dict[str, str]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "tags": ["production"],
        "parameters": parameters,
        "responses": {"200": {"description": summary, "content": content(answered)}, **READING},
    }


_ARRIVALS = _list("KitArrival", {**_texts("supply", "quantity"), "on": MAYBE_DAY})
_LINE = {
    **{"line": COUNT, "item_id": COUNT},
    **_texts("item", "unit", "needed", "issued", "on_hand", "reserved", "elsewhere", "missing", "short"),
    "reserved_for_others": _list("KitReserved", _texts("demand", "quantity")),
    **{"arriving": _ARRIVALS, "late": _ARRIVALS},
    "substitutes": _list("KitSubstitute", _texts("item", "ratio", "free")),
}
_KIT = {
    **{"order_id": COUNT, "priority": COUNT, "is_complete": YES, "start_on": DAY, "due_on": DAY},
    **_texts("order", "item", "unit", "state", "site", "open", "buildable", "rate"),
    **{"critical": {"type": ["string", "null"]}, "complete_on": MAYBE_DAY, "lines": _list("KitLine", _LINE)},
}
KITTING = _get(
    "kitting",
    "What each open work order has, lacks and waits for, and how many can be built now",
    [
        query("service", {"enum": ["start", "finish", "priority"]}, "Who is served first: by start where left out"),
        query("orders", TEXT, "Ids, comma between: only these are served; else all open ones"),
        query("site", TEXT, "Of those served, only orders of this site"),
        query("start_from", DAY, "Of those served, only orders that start on this day or later"),
        query("start_until", DAY, "Of those served, only orders that start by this day"),
    ],
    schema_of(
        "Kitting",
        {
            **{"service": TEXT, "possible": COUNT, "buildable": COUNT, "rate": TEXT},
            "kits": _list("Kit", _KIT),
        },
    ),
)
WALK = _get(
    "walk_of_pick_list",
    "What is still to be fetched, place by place, with the lots that expire first",
    [],
    schema_of(
        "Walk",
        {
            "stops": _list(
                "WalkStop",
                {
                    **{"line": COUNT, "order_id": COUNT},
                    **_texts("location", "item", "unit", "order", "quantity"),
                    "lots": _list("WalkLot", _texts("lot", "quantity")),
                },
            )
        },
    ),
)
READY_REPORTS = _get(
    "ready_reports",
    "What can be reported now, with the figures of the plan; the most urgent first",
    [
        query("resource", TEXT, "Only at this one, by its code"),
        query("start_until", DAY, "Only of orders that start by this day"),
    ],
    schema_of(
        "ReadyReports",
        {
            "reports": _list(
                "ReadyReport",
                {
                    **{"operation_id": COUNT, "order_id": COUNT, "start_on": DAY, "due_on": DAY},
                    **_texts("operation", "name", "resource", "item", "unit", "state", "good", "minutes"),
                },
            )
        },
    ),
)
_COUNTS = {"type": "object", "additionalProperties": COUNT, "description": "By state"}
BOARD = _get(
    "production_board",
    "Orders and operations by state, what is late and paused, what lies at the work, what was reported on a day",
    [query("day", DAY, "Of the reports; today where it is left out")],
    schema_of(
        "ProductionBoard",
        {
            **{"day": DAY, "orders": _COUNTS, "late": COUNT, "late_to_start": COUNT, "operations": _COUNTS},
            "paused": _list("BoardPaused", {"operation_id": COUNT, **_texts("operation", "resource", "cause", "note")}),
            "at_work": _list("BoardAtWork", {"location": TEXT, "items": COUNT}),
            "output": _list(
                "BoardOutput", {"reports": COUNT, **_texts("resource", "unit", "good", "scrap", "minutes")}
            ),
        },
    ),
)
