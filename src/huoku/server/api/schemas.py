"""The named parts of the description: rows, requests, problems, parameters."""

from typing import Any

from pydantic import BaseModel

from huoku.server.api.outside import outside
from huoku.server.platform.requests import Opened
from huoku.server.platform.tables.table import Column, Table

SCHEMAS: dict[str, Any] = {}
"""The named schemas, which ``#/components/schemas/`` holds."""

JSON = "application/json"


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def content(schema: dict[str, Any], media_type: str = JSON) -> dict[str, Any]:
    return {media_type: {"schema": schema}}


def schema_of(name: str, properties: dict[str, Any], required: list[str] | None = None) -> dict[str, str]:
    SCHEMAS[name] = {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }
    return ref(name)


TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
ERROR = schema_of(
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
PROBLEM = schema_of(
    "Problem",
    {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "code": TEXT,
        "errors": {"type": "array", "items": ERROR},
    },
)
CHANGED = schema_of("Changed", {"id": {"type": "integer"}, "version": COUNT}, required=[])
SCHEMAS["Changed"]["additionalProperties"] = True
BULK = schema_of(
    "BulkResults",
    {
        "done": COUNT,
        "refused": COUNT,
        "results": {
            "type": "array",
            "items": schema_of(
                "BulkResult",
                {"row": COUNT, "status": COUNT, "answer": CHANGED, "errors": {"type": "array", "items": ERROR}},
                required=["row", "status"],
            ),
        },
    },
)
HISTORY = schema_of(
    "History",
    {
        "entries": {
            "type": "array",
            "items": schema_of(
                "HistoryEntry",
                {
                    "at": {"type": "string", "format": "date-time"},
                    "by": {"type": ["string", "null"]},
                    "id": {"type": "integer"},
                    **{name: TEXT for name in ("key", "via", "action", "reason", "request_id")},
                    "changes": {
                        "type": "array",
                        "items": schema_of(
                            "HistoryChange",
                            {
                                **{"table": TEXT, "row": {"type": "integer"}, "field": TEXT, "old": {}, "new": {}},
                                "part": {**TEXT, "description": "Of what the row is made up of, such as lines."},
                                "called": {**TEXT, "description": "Which of them."},
                            },
                            ["table", "row", "field", "old", "new"],
                        ),
                    },
                },
            ),
        }
    },
)


RESPONSES: dict[str, Any] = {
    "Problem": {"description": "Problem", "content": content(PROBLEM, "application/problem+json")}
}


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
    "prefer": {
        "name": "Prefer",
        "in": "header",
        "schema": {"type": "string", "enum": ["respond-async"]},
        "description": "respond-async: answered at once by a job, which `/jobs` tells more of.",
    },
    "limit": {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": 1000},
        "description": "Rows of a page",
    },
    "cursor": {"name": "cursor", "in": "query", "schema": TEXT, "description": "next_cursor of the page before"},
}


def row_schema(table: Table) -> dict[str, Any]:
    """A row: every field may be absent, as not everybody sees each."""
    name = title(table.name) + "Row"
    if name not in SCHEMAS:
        properties = {column.name: _column(column) for column in table.columns}
        if table.expands:
            properties["expanded"] = {"type": "object"}
        schema_of(name, properties, required=[])
    return ref(name)


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


def request_schema(command: type[BaseModel]) -> dict[str, Any]:
    """A request as it is outside, without what address and If-Match say, and without defaults where it changes what is
    there."""
    model = outside(command)
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
    return ref(own)


def numbered_schema(command: type[BaseModel]) -> dict[str, Any]:
    """A row of many that are changed: with its id, and the version that was seen."""
    name = f"{command.__name__}Row"
    request_schema(command)
    one = SCHEMAS[command.__name__]
    own = {"id": {"type": "integer", "minimum": 1}, "version": {"type": ["integer", "null"], "minimum": 1}}
    SCHEMAS[name] = {
        **one,
        "properties": {**own, **one["properties"]},
        "required": ["id", "version", *one.get("required", [])],
    }
    return ref(name)


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


def title(name: str) -> str:
    return name.title().replace("_", "")
