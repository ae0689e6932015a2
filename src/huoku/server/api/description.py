"""The interface described for OpenAPI 3.1, from the same declarations that answer."""

from typing import Any

from huoku.server.api.schemas import (
    BULK,
    CHANGED,
    COUNT,
    HISTORY,
    SCHEMAS,
    TEXT,
    content,
    numbered_schema,
    request_schema,
    row_schema,
    schema_of,
    title,
)
from huoku.server.platform.command import Command
from huoku.server.platform.tables import export
from huoku.server.platform.tables.table import Column, Table


def _problems(*statuses: int) -> dict[str, Any]:
    return {str(status): {"$ref": "#/components/responses/Problem"} for status in statuses}


READING = _problems(400, 401, 403, 404, 406, 429)
CHANGING = _problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 503)


def _shared(*names: str) -> list[dict[str, str]]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


DONE = {
    "200": {"description": "Done", "content": content(CHANGED)},
    "202": {"description": "It waits for a second person's approval, or is a job", "content": content(CHANGED)},
}


def query(name: str, schema: dict[str, Any], about: str) -> dict[str, Any]:
    """A parameter of an address."""
    return {"name": name, "in": "query", "schema": schema, "description": about}


def listing(table: Table) -> dict[str, Any]:
    rows = {"type": "array", "items": row_schema(table)}
    page = schema_of(title(table.name) + "Page", {"rows": rows, "next_cursor": {"type": ["string", "null"]}})
    filters = [
        {"name": f"filter[{column.name}][{op}]", "in": "query", "schema": _filter_schema(column, op)}
        for column in table.columns
        for op in column.kind.filters
    ]
    sortable = ", ".join(column.name for column in table.columns if column.kind.sorts)
    formats = content(page) | {each: {"schema": {"type": "string", "format": "binary"}} for each in export.FORMATS}
    return {
        "operationId": f"list_{table.name}",
        "summary": f"{table.title.en} · {table.title.zh}",
        "tags": [table.name],
        "parameters": [
            *filters,
            query("sort", TEXT, f"Comma between, minus for falling: {sortable}"),
            _fields(table),
            *_expand(table),
            *_shared("limit", "cursor"),
        ],
        "responses": {"200": {"description": "A page, or a whole file", "content": formats}, **READING},
    }


def _filter_schema(column: Column, op: str) -> dict[str, Any]:
    if op == "null":
        return {"enum": ["true", "false"]}
    return TEXT if op == "in" else column.kind.schema


def _fields(table: Table) -> dict[str, Any]:
    return query("fields", TEXT, "Only these, comma between: " + ", ".join(each.name for each in table.columns))


def _expand(table: Table) -> list[dict[str, Any]]:
    about = "Rows that come along in `expanded`, comma between: " + ", ".join(table.expands)
    return [query("expand", TEXT, about)] if table.expands else []


def one(table: Table) -> dict[str, Any]:
    found = {"description": "The row, with its ETag", "content": content(row_schema(table))}
    return {
        "operationId": f"get_{table.name}",
        "summary": "One row",
        "tags": [table.name],
        "parameters": [
            _fields(table),
            *_expand(table),
            {"name": "If-None-Match", "in": "header", "schema": TEXT, "description": "304 where it has this ETag"},
        ],
        "responses": {"200": found, "304": {"description": "As it was"}, **READING},
    }


def history(table: Table) -> dict[str, Any]:
    return {
        "operationId": f"history_of_{table.name}",
        "summary": "Who changed it when and why",
        "tags": [table.name],
        "responses": {"200": {"description": "The last first", "content": content(HISTORY)}, **READING},
    }


def following(table: Table) -> dict[str, Any]:
    seconds = {"type": "integer", "minimum": 0, "maximum": 25, "default": 0}
    return {
        "operationId": f"follow_{table.name}",
        "summary": "The row now, and again whenever it changes, until it has ended: server-sent events",
        "tags": [table.name],
        "parameters": [query("wait", seconds, "So many seconds at most; then ask again")],
        "responses": {
            "200": {"description": "Events, with the row as data", "content": {"text/event-stream": {"schema": TEXT}}},
            "204": {"description": "To whoever saw the end already (`Last-Event-ID: ended`)"},
            **READING,
        },
    }


def adding(tag: str, what: Command[Any]) -> dict[str, Any]:
    one_row = request_schema(what.request)
    many = {"type": "array", "items": one_row, "maxItems": 1000}
    return {
        **_changing(tag, f"add_{tag}", what),
        "requestBody": {"required": True, "content": content({"oneOf": [one_row, many]})},
        "responses": {
            "200": {"description": "Of an array: each row's result", "content": content({"oneOf": [BULK, CHANGED]})},
            "201": {"description": "Done", "content": content(CHANGED)},
            "202": DONE["202"],
            **CHANGING,
        },
    }


def about_row(tag: str, verb: str, what: Command[Any]) -> dict[str, Any]:
    about = _changing(tag, f"{verb}_{tag}", what)
    about["parameters"] += _shared("if_match")
    schema = request_schema(what.request)
    if SCHEMAS[what.request.__name__]["properties"]:
        about["requestBody"] = {"required": True, "content": content(schema)}
    return {**about, "responses": {**DONE, **CHANGING}}


def changing_rows(tag: str, what: Command[Any]) -> dict[str, Any]:
    row = numbered_schema(what.request)
    rows = {"type": "array", "items": row, "maxItems": 1000}
    return {
        **_changing(tag, f"change_many_{tag}", what),
        "requestBody": {"required": True, "content": content(rows)},
        "responses": {
            "200": {"description": "Each row's result", "content": content(BULK)},
            "202": DONE["202"],
            **CHANGING,
        },
    }


def acting(tag: str, verb: str, what: Command[Any]) -> dict[str, Any]:
    return {
        **_changing(tag, f"{verb}_{tag}", what),
        "requestBody": {"required": True, "content": content(request_schema(what.request))},
        "responses": {**DONE, **CHANGING},
    }


def _changing(tag: str, name: str, what: Command[Any]) -> dict[str, Any]:
    said = (what.body.__doc__ or "").strip()
    return {
        "operationId": name,
        "summary": said.split(".")[0],
        "description": f"{said}\n\nRight: `{what.right}`",
        "tags": [tag],
        "parameters": _shared("key", "dry_run", "reason", "prefer"),
    }


VERIFYING: dict[str, Any] = {
    "operationId": "verify_audit_entries",
    "summary": "Have every chain and every seal worked out again; its job says what does not hold",
    "tags": ["audit_entries"],
    "parameters": _shared("key", "dry_run", "reason"),
    "responses": {"202": DONE["202"], **CHANGING},
}
ME: dict[str, Any] = {
    "operationId": "me",
    "summary": "Who asks, and what he may do",
    "tags": ["me"],
    "responses": {
        "200": {"description": "Company, user, roles, rights", "content": content({"type": "object"})},
        **READING,
    },
}
CHANGES: dict[str, Any] = {
    "operationId": "changes",
    "summary": "What happened since",
    "tags": ["changes"],
    "parameters": [query("since", TEXT, "The upto of an earlier answer; without it nothing but the place of now")],
    "responses": {
        "200": {
            "description": "Events in their order",
            "content": content(
                schema_of(
                    "Changes",
                    {
                        "events": {
                            "type": "array",
                            "items": schema_of("Event", {"kind": TEXT, "subject": TEXT, "at": TEXT}),
                        },
                        "upto": TEXT,
                        "is_all": {"type": "boolean"},
                    },
                )
            ),
        },
        **READING,
    },
}
_LAY = {name: TEXT for name in ("item", "location", "lot", "owner", "status", "quantity", "unit")}
_LAY_IDS = {f"{name}_id": COUNT for name in ("item", "location", "lot", "owner")}
STOCK_AS_OF: dict[str, Any] = {
    "operationId": "stock_as_of",
    "summary": "What lay where at a time",
    "tags": ["stock"],
    "parameters": [
        query("at", {"type": "string", "format": "date-time"}, "Now where it is left out"),
        query("by", {"enum": ["recorded", "effective"]}, "What was recorded by then, or what had happened by then"),
        query("item", TEXT, "Only this one, by its code"),
        query("location", TEXT, "Only this one, by its code"),
    ],
    "responses": {
        "200": {
            "description": "All of it, or as a file",
            "content": content(
                schema_of(
                    "StockAsOf",
                    {
                        "at": TEXT,
                        "by": TEXT,
                        "rows": {"type": "array", "items": schema_of("StockAsOfRow", _LAY | _LAY_IDS)},
                    },
                )
            )
            | {each: {"schema": {"type": "string", "format": "binary"}} for each in export.FORMATS},
        },
        **READING,
    },
}

DELIVERABLE: dict[str, Any] = {
    "operationId": "deliverable",
    "summary": "When the lines of an order could be delivered by the last plan; nothing is kept",
    "tags": ["sales_orders"],
    "responses": {
        "200": {
            "description": "For each line by itself",
            "content": content(
                schema_of(
                    "Deliverable",
                    {
                        "run": COUNT,
                        "today": TEXT,
                        "lines": {
                            "type": "array",
                            "items": schema_of(
                                "DeliverableLine",
                                {
                                    **{"seq": COUNT, "item": TEXT, "qty": TEXT, "wanted": TEXT},
                                    **{
                                        "date": {"type": ["string", "null"]},
                                        "late_days": {"type": ["integer", "null"]},
                                    },
                                },
                            ),
                        },
                    },
                )
            ),
        },
        **READING,
        **_problems(409, 422),
    },
}


def trace(name: str) -> dict[str, Any]:
    about = "Lots that went into this one" if name == "came_from" else "Lots that this one went into, and who got them"
    return {
        "operationId": f"lot_{name}",
        "summary": about,
        "tags": ["lots"],
        "responses": {"200": {"description": about, "content": content(_TRACE)}, **READING},
    }


def _objects(name: str, texts: str, numbers: str) -> dict[str, Any]:
    properties = {**dict.fromkeys(texts.split(), TEXT), **dict.fromkeys(numbers.split(), COUNT)}
    return {"type": "array", "items": schema_of(name, properties)}


_TRACE = schema_of(
    "Trace",
    {
        "lots": _objects("TraceLot", "item lot", "lot_id depth"),
        "edges": _objects("TraceEdge", "quantity document", "parent_id lot_id"),
        "crossings": _objects("TraceCrossing", "movement_id location kind quantity document effective_at", "lot_id"),
        "lying": _objects("TraceLying", "location status on_hand", "lot_id"),
    },
)
CALENDARS: dict[str, Any] = {
    "operationId": "calendars",
    "summary": "Addresses of calendars to subscribe to, signed for whoever asks",
    "tags": ["calendars"],
    "responses": {
        "200": {
            "description": "Good until the password changes",
            "content": content(
                schema_of("Calendars", {"calendars": _objects("CalendarAddress", "name title url", "")})
            ),
        },
        **READING,
    },
}


def calendar(name: str) -> dict[str, Any]:
    return {
        "operationId": f"calendar_{name.partition('.')[0]}",
        "summary": "A calendar (iCalendar), for a program that cannot sign in: its address is signed",
        "tags": ["calendars"],
        "parameters": [query("signature", TEXT, "As `/calendars` gave it")],
        "responses": {"200": {"description": "iCalendar", "content": {"text/calendar": {"schema": TEXT}}}, **READING},
    }


FILES: dict[str, Any] = {
    "operationId": "bring_file",
    "summary": "Keep a file, to be put to an item or a document by its sha256",
    "tags": ["item_files"],
    "parameters": [{**query("name", {"type": "string", "minLength": 1}, "Such as drawing.pdf"), "required": True}],
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
    "responses": {"200": {"description": "Kept", "content": content({"type": "object"})}, **CHANGING},
}


def content_of(table: str) -> dict[str, Any]:
    return {
        "operationId": f"fetch_{table}",
        "summary": "The bytes of the file",
        "tags": [table],
        "responses": {"200": {"description": "The file"}, **READING},
    }
