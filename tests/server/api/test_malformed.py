"""Whatever comes in the place of a request, in JSON or in a file, is done or refused, and never breaks anything."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

FEW = settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
ODD_TEXT = some.sampled_from(
    [
        *(
            "",
            " ",
            "0",
            "-1",
            "1e400",
            "NaN",
            "Infinity",
            "1,000",
            "１２",
            "０.５",
            "=1+1",
            "\ufeffA",
            "\u202egnp",
            "A\u0000",
        ),
        *("007", "1E5", "12.5000001", "9" * 30, "x" * 5_000, "' OR 1=1 --", "../../etc/passwd", "\ud83d\ude00", "²"),
    ]
)
SCALAR = some.one_of(some.none(), some.booleans(), some.integers(), some.floats(), some.text(max_size=20), ODD_TEXT)
ANYTHING = some.recursive(
    SCALAR,
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8) | ODD_TEXT, inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = some.sampled_from(
    [
        *("code", "name", "unit", "decimals", "lead_time_days", "attributes", "safety_stock", "is_active", "price"),
        *("lines", "item", "item_id", "quantity", "location", "demand", "kind", "lot", "from_location", "to_location"),
    ]
)
BODY = some.dictionaries(NAMES, ANYTHING, max_size=6)
PATHS = some.sampled_from(["/items", "/movements", "/reservations", "/counts", "/locations", "/boms", "/memberships"])


def is_answered(answer):
    """Done, or refused as a problem that says what is wrong."""
    assert answer.status_code < 500, answer.content
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json" and answer.json()["code"]


@pytest.mark.sqlite_only  # what a body may be is decided above the database
def test_any_json_is_done_or_refused(shop):
    @FEW
    @given(PATHS, BODY | some.lists(BODY, max_size=3) | ANYTHING)
    def send(path, body):
        is_answered(shop.post(f"{path}?dry_run=1", json.dumps(body)))

    send()


@pytest.mark.sqlite_only
def test_any_bytes_are_refused(shop):
    @FEW
    @given(some.sampled_from(["/items", "/movements"]), some.binary(max_size=60))
    def send(path, body):
        is_answered(shop.post(f"{path}?dry_run=1", body))

    send()


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "body",
    [
        "[" * 10_000 + "]" * 10_000,
        '{"code":' * 10_000 + "1" + "}" * 10_000,
        '{"code": "A", "lead_time_days": 1e400}',
        '{"code": "A", "lead_time_days": NaN}',
        '{"code": "A", "lead_time_days": ' + "9" * 5_000 + "}",
        '{"code": "A", "code": "B"}',
        '{"code": "\\ud800"}',
        '{"code": "A\\u0000"}',
        b'\xff\xfe{\x00"\x00',
        '{"code": "中文"}'.encode("gb18030"),
        "",
        "null",
        '"A"',
    ],
    ids=lambda body: repr(body[:30]),
)
def test_named_traps_are_refused(shop, body):
    answer = shop.post("/items?dry_run=1", body)
    is_answered(answer)
    assert 400 <= answer.status_code < 500


@pytest.mark.sqlite_only
def test_any_question_is_answered_or_refused(shop):
    fields = some.sampled_from(["code", "id", "decimals", "unit_cost", "lead_time_days", "is_active", "attributes"])
    ops = some.sampled_from(["eq", "ne", "in", "lt", "gte", "contains", "starts", "null", "x"])
    asked = some.one_of(
        some.tuples(some.builds(lambda field, op: f"filter[{field}][{op}]", fields, ops), some.text() | ODD_TEXT),
        some.tuples(some.sampled_from(["sort", "fields", "expand", "limit", "cursor", "x"]), some.text() | ODD_TEXT),
    )

    @FEW
    @given(some.lists(asked, max_size=3))
    def ask(pairs):
        question = {name: value.encode("utf-8", "replace").decode() for name, value in pairs}
        is_answered(shop.client.get(f"/api/v1/{shop.company}/items", question))

    ask()


def test_files_in_every_form_hold_what_the_pages_hold(shop):
    import csv
    import io
    from decimal import Decimal

    import polars as pl

    prices = {"unit_cost": "1234567890.123456", "safety_stock": "0.001", "lead_time_days": 7}
    shop.added("/items", code="=cmd", name="＋加号", unit="kg", attributes={"色": "红"}, **prices)
    shop.added("/items", code="007", name=' "quoted",\nand broken ')
    names = "code,name,unit,decimals,unit_cost,safety_stock,lead_time_days,attributes,is_active"
    path = f"/items?sort=code&fields={names}"
    rows = shop.rows(path)

    def as_shown(row):
        decimals = {"unit_cost", "safety_stock"}
        plain = {
            name: format(value.normalize(), "f") if name in decimals and value is not None else value
            for name, value in row.items()
        }
        return {**plain, "attributes": json.loads(plain["attributes"])}

    arrow = shop.get(path, accept="application/vnd.apache.arrow.stream")
    parquet = shop.get(path, accept="application/vnd.apache.parquet")
    for frame in (pl.read_ipc_stream(io.BytesIO(arrow.content)), pl.read_parquet(io.BytesIO(parquet.content))):
        assert [as_shown(row) for row in frame.to_dicts()] == rows
    text = shop.get(path, accept="text/csv").content.decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["code"].removeprefix("'") for row in read] == [row["code"] for row in rows]
    for shown, row in zip(rows, read, strict=True):
        assert row["name"].removeprefix("'") == shown["name"]
        assert Decimal(row["safety_stock"]) == Decimal(shown["safety_stock"])
        assert (row["unit_cost"] or None) == (shown["unit_cost"] and format(Decimal(shown["unit_cost"]), ".6f"))


@pytest.mark.sqlite_only  # what a code may be is decided above the database
@pytest.mark.parametrize("sign", ["\n", "\t", "\r", "\x00", "\x1b", "\x7f", "\x85", "\u2028"])
def test_a_code_is_one_line_of_signs_that_can_be_printed(shop, sign):
    for path in ("/items", "/suppliers", "/locations"):
        answer = shop.post(f"{path}?dry_run=1", {"code": f"A{sign}B", "kind": "buy"})
        assert answer.status_code in (400, 422) and "code" in str(answer.json()["errors"]), (path, answer.content)
    assert shop.post("/items?dry_run=1", {"code": "螺钉 M6×20 / ä"}).status_code == 200


ENDS_OF_TIME = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")


@pytest.mark.sqlite_only  # what a time may be is decided above the database
@pytest.mark.parametrize("moment", ENDS_OF_TIME)
def test_a_time_beyond_the_calendar_is_refused_by_name(shop, moment):
    for path, field, body in [
        ("/movements", "effective_at", {"lines": []}),
        ("/counts", "counted_at", {}),
        ("/period_locks", "until", {}),
        ("/valuations", "until", {}),
    ]:
        answer = shop.post(path, {**body, field: moment})
        assert answer.status_code == 422, answer.content
        (wrong,) = [each for each in answer.json()["errors"] if each["field"] == field]
        assert wrong["hint"] == "It should be from 1900 on and before 2200."


def test_no_request_takes_a_whole_number_without_bounds():
    """One that is too large for the database, or for its days, is refused at the door."""
    from huoku.server.platform.command import COMMANDS
    from huoku.server.platform.tables.table import TABLES

    def unbounded(schema, known, path="", seen=()):
        if name := schema.get("$ref", "").rpartition("/")[2]:
            if name in seen:
                return
            schema, seen = known[name], (*seen, name)
        if schema.get("type") == "integer" and not {"maximum", "exclusiveMaximum", "enum"} & set(schema):
            yield path
        for inner in (*schema.get("anyOf", ()), schema.get("items") or {}, schema.get("additionalProperties") or {}):
            if inner and isinstance(inner, dict):
                yield from unbounded(inner, known, path, seen)
        for field, inner in schema.get("properties", {}).items():
            yield from unbounded(inner, known, f"{path}.{field}", seen)

    at_the_door = {what.name for table in TABLES.values() for what in table.commands()}
    found = {}
    for name in sorted(at_the_door):
        schema = COMMANDS[name].request.model_json_schema()
        if paths := sorted(set(unbounded(schema, schema.get("$defs", {})))):
            found[name] = paths
    inside = [".lines.denominator", ".lines.numerator"]  # not called so outside: units are converted at the door
    choices = {
        "platform.add_course": [".questions.right_choices"],  # held against the choices
        "platform.take_exam": [".choices"],
    }
    assert found == {"ledger.record_movement": inside, "ledger.write_off": inside, **choices}
