"""The interface described for OpenAPI 3.1, from the same declarations that answer."""

from typing import Any

from pydantic import BaseModel

from huoku.server.platform.command import Command
from huoku.server.platform.requests import Opened
from huoku.server.platform.tables import export
from huoku.server.platform.tables.table import Column, Table

SCHEMAS: dict[str, Any] = {}
"""The named schemas, which ``#/components/schemas/`` holds."""

JSON = "application/json"


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _content(schema: dict[str, Any], media_type: str = JSON) -> dict[str, Any]:
    return {media_type: {"schema": schema}}


def _schema(name: str, properties: dict[str, Any], required: list[str] | None = None) -> dict[str, str]:
    SCHEMAS[name] = {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }
    return _ref(name)


TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
ERROR = _schema(
    "Error",
    {
        "row": {"type": ["integer", "null"], "description": "Counted from 0 in the array that came."},
        "field": TEXT,
        "code": TEXT,
        "value": TEXT,
        "hint": {"type": "string", "description": "What would be right, in the user's language."},
    },
)
SCHEMAS["Error"]["additionalProperties"] = True
PROBLEM = _schema(
    "Problem",
    {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "code": TEXT,
        "errors": {"type": "array", "items": ERROR},
    },
)
CHANGED = _schema("Changed", {"id": {"type": "integer"}, "version": COUNT}, required=[])
SCHEMAS["Changed"]["additionalProperties"] = True
BULK = _schema(
    "BulkResults",
    {
        "done": COUNT,
        "refused": COUNT,
        "results": {
            "type": "array",
            "items": _schema(
                "BulkResult",
                {"row": COUNT, "status": COUNT, "answer": CHANGED, "errors": {"type": "array", "items": ERROR}},
                required=["row", "status"],
            ),
        },
    },
)
HISTORY = _schema(
    "History",
    {
        "entries": {
            "type": "array",
            "items": _schema(
                "HistoryEntry",
                {
                    "at": {"type": "string", "format": "date-time"},
                    "by": {"type": ["string", "null"]},
                    **{name: TEXT for name in ("via", "action", "reason", "request_id")},
                    "changes": {
                        "type": "array",
                        "items": _schema("HistoryChange", {"field": TEXT, "old": {}, "new": {}}),
                    },
                },
            ),
        }
    },
)


RESPONSES: dict[str, Any] = {
    "Problem": {"description": "Problem", "content": _content(PROBLEM, "application/problem+json")}
}


def _problems(*statuses: int) -> dict[str, Any]:
    return {str(status): {"$ref": "#/components/responses/Problem"} for status in statuses}


READING = _problems(400, 401, 403, 404, 406, 429)
CHANGING = _problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 503)
PARAMETERS: dict[str, Any] = {
    "key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,  # a trial needs none
        "schema": {"type": "string", "pattern": "^[!-~]{1,64}$"},
        "description": "Required save with dry_run=1. The same for the same call sent again: it is answered as before.",
    },
    "if_match": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": r'^("[0-9]{1,9}(-[0-9a-f]+)?"|\*)$'},
        "description": "The ETag that came with the row.",
    },
    "dry_run": {
        "name": "dry_run",
        "in": "query",
        "schema": {"enum": ["0", "1"]},
        "description": "1: everything is checked and answered as it would be, and nothing is done.",
    },
    "reason": {
        "name": "reason",
        "in": "query",
        "schema": {"type": "string", "maxLength": 400},
        "description": "For the record.",
    },
    "limit": {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 1000},
        "description": "Rows of a page",
    },
    "cursor": {"name": "cursor", "in": "query", "schema": TEXT, "description": "next_cursor of the page before"},
}


def _shared(*names: str) -> list[dict[str, str]]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


DONE = {
    "200": {"description": "Done", "content": _content(CHANGED)},
    "202": {"description": "It waits for a second person's approval", "content": _content(CHANGED)},
}


def _query(name: str, schema: dict[str, Any], about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": about}


def row_schema(table: Table) -> dict[str, Any]:
    """A row: every field may be absent, as not everybody sees each."""
    name = _title(table.name) + "Row"
    if name not in SCHEMAS:
        properties = {column.name: _column(column) for column in table.columns}
        if table.expands:
            properties["expanded"] = {"type": "object"}
        _schema(name, properties, required=[])
    return _ref(name)


def _column(column: Column) -> dict[str, Any]:
    schema: dict[str, Any] = dict(column.kind.schema)
    if column.choices:
        schema["enum"] = [*column.choices, *([None] if column.nullable else [])]
    if column.nullable:
        schema["type"] = [schema["type"], "null"]
    about = [f"{column.words.en}. {column.words.zh}。"] if column.words else []
    if column.group:
        about.append(f"Seen by those who see {column.group.value.replace('_', ' ')}.")
    return {**schema, "description": " ".join(about)} if about else schema


def listing(table: Table) -> dict[str, Any]:
    rows = {"type": "array", "items": row_schema(table)}
    page = _schema(_title(table.name) + "Page", {"rows": rows, "next_cursor": {"type": ["string", "null"]}})
    filters = [
        {"name": f"filter[{column.name}][{op}]", "in": "query", "schema": _filter_schema(column, op)}
        for column in table.columns
        for op in column.kind.filters
    ]
    sortable = ", ".join(column.name for column in table.columns if column.kind.sorts)
    content = _content(page) | {each: {"schema": {"type": "string", "format": "binary"}} for each in export.FORMATS}
    return {
        "operationId": f"list_{table.name}",
        "summary": f"{table.title.en} · {table.title.zh}",
        "tags": [table.name],
        "parameters": [
            *filters,
            _query("sort", TEXT, f"Comma between, minus for falling: {sortable}"),
            _fields(table),
            *_expand(table),
            *_shared("limit", "cursor"),
        ],
        "responses": {"200": {"description": "A page, or a whole file", "content": content}, **READING},
    }


def _filter_schema(column: Column, op: str) -> dict[str, Any]:
    if op == "null":
        return {"enum": ["true", "false"]}
    return TEXT if op == "in" else column.kind.schema


def _fields(table: Table) -> dict[str, Any]:
    return _query("fields", TEXT, "Only these, comma between: " + ", ".join(each.name for each in table.columns))


def _expand(table: Table) -> list[dict[str, Any]]:
    about = "Rows that come along in `expanded`, comma between: " + ", ".join(table.expands)
    return [_query("expand", TEXT, about)] if table.expands else []


def one(table: Table) -> dict[str, Any]:
    found = {"description": "The row, with its ETag", "content": _content(row_schema(table))}
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
        "responses": {"200": {"description": "The last first", "content": _content(HISTORY)}, **READING},
    }


def adding(tag: str, what: Command[Any]) -> dict[str, Any]:
    one_row = _request(what.request)
    many = {"type": "array", "items": one_row, "maxItems": 1000}
    return {
        **_changing(tag, f"add_{tag}", what),
        "requestBody": {"required": True, "content": _content({"oneOf": [one_row, many]})},
        "responses": {
            "200": {"description": "Of an array: each row's result", "content": _content({"oneOf": [BULK, CHANGED]})},
            "201": {"description": "Done", "content": _content(CHANGED)},
            "202": DONE["202"],
            **CHANGING,
        },
    }


def about_row(tag: str, verb: str, what: Command[Any]) -> dict[str, Any]:
    about = _changing(tag, f"{verb}_{tag}", what)
    about["parameters"] += _shared("if_match")
    schema = _request(what.request)
    if SCHEMAS[what.request.__name__]["properties"]:
        about["requestBody"] = {"required": True, "content": _content(schema)}
    return {**about, "responses": {**DONE, **CHANGING}}


def acting(tag: str, verb: str, what: Command[Any]) -> dict[str, Any]:
    return {
        **_changing(tag, f"{verb}_{tag}", what),
        "requestBody": {"required": True, "content": _content(_request(what.request))},
        "responses": {**DONE, **CHANGING},
    }


def _changing(tag: str, name: str, what: Command[Any]) -> dict[str, Any]:
    said = (what.body.__doc__ or "").strip()
    return {
        "operationId": name,
        "summary": said.split(".")[0],
        "description": f"{said}\n\nRight: `{what.right}`",
        "tags": [tag],
        "parameters": _shared("key", "dry_run", "reason"),
    }


def _request(model: type[BaseModel]) -> dict[str, Any]:
    """A request, without what address and If-Match say, and without defaults where it changes what is there."""
    own = model.__name__
    schema = model.model_json_schema(ref_template=f"#/components/schemas/{own}{{model}}")
    parts = {own + name: part for name, part in schema.pop("$defs", {}).items()}
    lists = {name: parts.pop(name) for name in list(parts) if "enum" in parts[name]}
    schema, parts = _with_lists(schema, lists), _with_lists(parts, lists)
    properties = schema["properties"]
    if issubclass(model, Opened):
        properties.pop("id")
        properties.pop("version", None)
        schema["required"] = [name for name in schema.get("required", []) if name in properties]
        for each in properties.values():
            each.pop("default", None)
    for name, part in {**parts, own: schema}.items():
        if SCHEMAS.setdefault(name, part) != part:
            raise ValueError(f"there are two schemas {name}")
    return _ref(own)


def _with_lists(schema: Any, lists: dict[str, Any]) -> Any:
    """A schema with the lists of possible values in it: many enums are called Kind."""
    if isinstance(schema, list):
        return [_with_lists(each, lists) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if (name := str(schema.get("$ref", "")).rpartition("/")[2]) in lists:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return {"type": "string", "enum": lists[name]["enum"], **beside}
    return {key: _with_lists(value, lists) for key, value in schema.items()}


def _title(name: str) -> str:
    return name.title().replace("_", "")


ME: dict[str, Any] = {
    "operationId": "me",
    "summary": "Who asks, and what he may do",
    "tags": ["me"],
    "responses": {
        "200": {"description": "Company, user, roles, rights", "content": _content({"type": "object"})},
        **READING,
    },
}
CHANGES: dict[str, Any] = {
    "operationId": "changes",
    "summary": "What happened since",
    "tags": ["changes"],
    "parameters": [_query("since", TEXT, "The upto of an earlier answer; without it nothing but the place of now")],
    "responses": {
        "200": {
            "description": "Events in their order",
            "content": _content(
                _schema(
                    "Changes",
                    {
                        "events": {
                            "type": "array",
                            "items": _schema("Event", {"kind": TEXT, "subject": TEXT, "at": TEXT}),
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
FILES: dict[str, Any] = {
    "operationId": "bring_file",
    "summary": "Keep a file, to be put to an item by its sha256",
    "tags": ["item_files"],
    "parameters": [{**_query("name", {"type": "string", "minLength": 1}, "Such as drawing.pdf"), "required": True}],
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
    "responses": {"200": {"description": "Kept", "content": _content({"type": "object"})}, **CHANGING},
}
CONTENT: dict[str, Any] = {
    "operationId": "fetch_file",
    "summary": "The bytes of an item's file",
    "tags": ["item_files"],
    "responses": {"200": {"description": "The file"}, **READING},
}
