"""Requests speak as lists do: codes, units, decimals; and nothing is rounded on the way."""

import pytest


@pytest.fixture
def store(shop):
    """The shop with a shelf, a supplier and a floor, and 12.5 kg of plate on the shelf."""
    for code, kind in (("SHELF", "storage"), ("ACME", "supplier"), ("FLOOR", "production"), ("BIN", "scrap")):
        shop.added("/locations", code=code, kind=kind)
    shop.added("/movements", lines=[moved("receive", "PLATE", "12.5", "ACME", "SHELF", unit_cost="1.2")])
    return shop


def moved(kind, item, quantity, origin, target, **more):
    return {"kind": kind, "item": item, "quantity": quantity, "from_location": origin, "to_location": target, **more}


def only(caller, path):
    (row,) = caller.rows(path)
    return row


def test_what_was_sent_by_name_is_listed_and_answered_by_name(store):
    (movement,) = store.rows("/movements")
    assert (movement["item"], movement["quantity"], movement["unit"]) == ("PLATE", "12.5", "kg")
    assert (movement["from_location"], movement["to_location"], movement["unit_cost"]) == ("ACME", "SHELF", "1.2")
    wish = {"item": "PLATE", "location": "SHELF", "quantity": "0.25"}
    (kept,) = store.added("/reservations", lines=[wish], demand="sales:1")["reservations"]
    assert (kept["item"], kept["location"], kept["asked"], kept["quantity"]) == ("PLATE", "SHELF", "0.25", "0.25")
    assert kept["item_id"] == movement["item_id"] and only(store, "/reservations")["quantity"] == "0.25"


def test_ids_do_as_well_as_codes_and_both_at_once_are_refused(store):
    item, shelf = (
        row["id"]
        for row in (*store.rows("/items?filter[code][eq]=PLATE"), *store.rows("/locations?filter[code][eq]=SHELF"))
    )
    wish = {"item_id": item, "location_id": shelf, "quantity": "1"}
    assert store.post("/reservations", {"lines": [wish], "demand": "a"}).status_code == 201
    for wrong in ({**wish, "item": "PLATE"}, {"location_id": shelf, "quantity": "1"}):
        answer = store.post("/reservations", {"lines": [wrong], "demand": "a"})
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["code"], error["row"], error["field"]) == (422, "name_or_id", 0, "item")


def test_more_decimals_than_the_smallest_step_are_refused_and_never_rounded(store):
    wish = {"item": "PLATE", "location": "SHELF", "quantity": "0.0005"}
    answer = store.post("/reservations", {"lines": [wish], "demand": "a"})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["row"], error["field"]) == (422, "not_whole_steps", 0, "quantity")
    assert "3 digits after the point" in error["hint"] and store.rows("/reservations") == []


def test_a_quantity_may_come_in_another_unit_of_the_item_or_of_measure(store):
    store.added("/item_units", item="PLATE", unit="sheet", ratio="5/2")
    store.added("/movements", lines=[moved("issue", "PLATE", "2", "SHELF", "FLOOR", unit="sheet")])
    store.added("/movements", lines=[moved("issue", "PLATE", "500", "SHELF", "FLOOR", unit="g")])
    assert only(store, "/stock")["on_hand"] == "7"
    issued = store.rows("/movements?sort=-seq&limit=2")
    assert [(row["quantity"], row["entered"], row["entered_unit"]) for row in issued] == [
        ("0.5", "500", "g"),
        ("5", "2", "sheet"),
    ]
    for unit in ("m", "box"):
        answer = store.post("/movements", {"lines": [moved("issue", "PLATE", "1", "SHELF", "FLOOR", unit=unit)]})
        assert (answer.status_code, answer.json()["code"]) == (422, "not_convertible")


def test_a_refusal_speaks_in_units_too(store):
    wish = {"item": "PLATE", "location": "SHELF", "quantity": "12.501"}
    (error,) = store.post("/reservations", {"lines": [wish], "demand": "a"}).json()["errors"]
    assert error["hint"] == "Of PLATE only 12.5 are free at SHELF; 12.501 were asked for."


def test_whatever_names_a_reservation_counts_in_its_items_unit(store):
    wish = {"item": "PLATE", "location": "SHELF", "quantity": "3"}
    (kept,) = store.added("/reservations", lines=[wish], demand="a")["reservations"]
    back = store.post("/reservations/release", {"reservation": kept["id"], "quantity": "0.5"}).json()
    taken = store.post("/reservations/post", {"reservation": kept["id"], "quantity": "1.25", "to_location": "FLOOR"})
    assert (back["released"], taken.json()["movements"][0]["quantity"]) == ("0.5", "1.25")
    assert (only(store, "/stock")["on_hand"], only(store, "/stock")["reserved"]) == ("11.25", "1.25")


def test_a_lot_is_named_by_its_code_within_its_item(shop):
    shop.added("/items", code="GLUE", unit="l", tracking="lot")
    for code, kind in (("SHELF", "storage"), ("ACME", "supplier"), ("FLOOR", "production")):
        shop.added("/locations", code=code, kind=kind)
    made = shop.added("/movements", lines=[moved("receive", "GLUE", "2", "ACME", "SHELF", lot="L1")])
    assert made["movements"][0]["lot"] == "L1"
    wish = {"item": "GLUE", "lot": "L1", "location": "SHELF", "quantity": "1.5"}
    shop.added("/reservations", lines=[wish], demand="a")
    assert only(shop, "/reservations")["lot"] == "L1"
    answer = shop.post("/reservations", {"lines": [{**wish, "lot": "L2"}], "demand": "a"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "lot")


def test_a_field_that_a_request_does_not_have_is_refused_everywhere(store):
    for path, body in (
        ("/reservations", {"lines": [], "demand": "a", "color": "red"}),
        ("/sites", {"code": "A", "name": "A", "color": "red"}),
        ("/approval_limits/set", {"kind": "a", "amount": None, "color": "red"}),
    ):
        codes = {error["code"] for error in store.post(path, body).json()["errors"]}
        assert "extra_forbidden" in codes


def test_the_same_call_sent_again_is_answered_in_the_same_bytes(store):
    body = {"lines": [moved("issue", "PLATE", "1", "SHELF", "FLOOR")]}
    first, second = (store.post("/movements", body, key="one") for _ in range(2))
    assert first.content == second.content and second["Idempotency-Replayed"] == "true"
    assert only(store, "/stock")["on_hand"] == "11.5"


def test_no_request_to_the_ledger_asks_for_a_bare_id_or_for_steps():
    from huoku.server.api.outside import outside
    from huoku.server.platform.command import COMMANDS

    plain = {"id", "seq", "priority", "lasts_seconds", "limit", "number", "round", "shard", "count"}

    def numbers(model):
        for name, field in outside(model).model_fields.items():
            if field.annotation is int and not name.endswith("_id"):
                yield name
            for part in getattr(field.annotation, "__args__", ()):
                if hasattr(part, "model_fields"):
                    yield from numbers(part)

    found = {
        name for command in COMMANDS.values() if command.name.startswith("ledger.") for name in numbers(command.request)
    }
    assert found <= plain


def test_scrap_above_a_limit_waits_and_is_shown_to_whoever_decides(store, company):
    from tests.server.api.conftest import caller_of

    keeper = caller_of(company, "storekeeper")
    limit = {"kind": "ledger.write_off", "role": "storekeeper", "amount": "1.19"}
    assert store.post("/approval_limits/set", limit).status_code == 200
    little, much = ({"lines": [moved("scrap", "PLATE", q, "SHELF", "BIN")], "reason": "rust"} for q in ("0.99", "1"))
    assert keeper.post("/movements/write_off", little).status_code == 200
    waits = keeper.post("/movements/write_off", much)
    assert (waits.status_code, waits.json()["why"], only(store, "/stock")["on_hand"]) == (202, "over_limit", "11.51")
    (line,) = only(store, "/approvals")["request"]["lines"]
    assert (line["item"], line["quantity"], line["to_location"]) == ("PLATE", "1", "BIN")
    assert keeper.post("/approvals/approve", {"id": waits.json()["approval"]}).status_code == 403
    store.post("/approval_limits/set", {"kind": "ledger.write_off", "role": "owner", "amount": "100"})
    assert store.post("/approvals/approve", {"id": waits.json()["approval"]}).status_code == 200
    assert only(store, "/stock")["on_hand"] == "10.51"


def test_scrap_among_other_movements_is_no_way_round_the_limit(store):
    store.post("/second_checks/require", {"kind": "ledger.write_off"})
    answer = store.post("/movements", {"lines": [moved("scrap", "PLATE", "1", "SHELF", "BIN")]})
    assert (answer.status_code, answer.json()["code"]) == (422, "needs_second_check")


def test_a_count_whose_difference_is_above_the_approvers_limit_waits_for_another(store, company):
    from tests.server.api.conftest import caller_of

    planner = caller_of(company, "planner")
    store.post("/approval_limits/set", {"kind": "ledger.approve_count", "role": "planner", "amount": "0.2"})
    keeper = caller_of(company, "storekeeper")
    count = keeper.added("/counts", item="PLATE", location="SHELF", counted="12.3")["id"]
    assert planner.post("/counts/approve", {"count": count}).status_code == 202
    assert only(store, "/stock")["on_hand"] == "12.5"


def test_what_nobody_can_price_is_above_every_limit(store, company):
    from tests.server.api.conftest import caller_of

    keeper = caller_of(company, "storekeeper")
    store.added("/movements", lines=[moved("receive", "BOLT-M6", "10", "ACME", "SHELF")])
    store.post("/approval_limits/set", {"kind": "ledger.write_off", "role": "storekeeper", "amount": "999999"})
    body = {"lines": [moved("scrap", "BOLT-M6", "1", "SHELF", "BIN")], "reason": "bent"}
    assert keeper.post("/movements/write_off", body).status_code == 202


def test_a_call_sent_again_is_answered_as_before_though_its_names_mean_something_else_by_now(store):
    """A scanner that was offline for days repeats what it has no answer to."""
    unit = store.added("/item_units", item="PLATE", unit="sheet", ratio="5/2")["id"]
    issue = {"lines": [moved("issue", "PLATE", "2", "SHELF", "FLOOR", unit="sheet")]}
    short = {"lines": [moved("issue", "PLATE", "9", "SHELF", "FLOOR", unit="sheet")]}
    first = [store.post("/movements", body, key=key) for key, body in (("done", issue), ("refused", short))]
    assert [answer.status_code for answer in first] == [201, 409]
    changed = store.added("/item_units", item="PLATE", unit="sheet", ratio="2")["id"]
    again = [store.post("/movements", body, key=key) for key, body in (("done", issue), ("refused", short))]
    for one in (unit, changed):
        store.send("POST", f"/item_units/{one}/retire", {}, tag="*")
    without = [store.post("/movements", body, key=key) for key, body in (("done", issue), ("refused", short))]
    for answers in (again, without):
        assert [(answer.status_code, answer.content) for answer in answers] == [
            (answer.status_code, answer.content) for answer in first
        ]
        assert answers[0]["Idempotency-Replayed"] == "true"
    assert only(store, "/stock")["on_hand"] == "7.5"
    assert store.post("/movements", issue, key="new").json()["code"] == "not_convertible"
    assert store.post("/movements", short, key="done").json()["code"] == "key_reused"


@pytest.mark.sqlite_only  # what a value may be is decided above the database
@pytest.mark.parametrize(
    ("path", "field", "value"),
    [
        *(("/reservations", "need_on", value) for value in (0, 86400, "20260101", "1700006400", "2026-02-30", True)),
        *(("/reservations", "need_on", value) for value in ("0206-11-23", "9999-12-31")),
        *(("/movements", "effective_at", value) for value in (0, 1700000000, "1700000000", "2026-11-01T00:00:60Z")),
        *(("/items", "lead_time_days", value) for value in (True, "1_0", 1.5, "１.5")),
        *(("/items", "unit_cost", value) for value in ("1_0", True, "1,000", "NaN")),
    ],
)
def test_a_value_is_taken_as_it_is_written_and_nothing_is_guessed(store, path, field, value):
    from huoku.server.platform.hints import HINTS

    lines = {
        "/reservations": {"lines": [{"item": "PLATE", "location": "SHELF", "quantity": "1"}], "demand": "a"},
        "/movements": {"lines": [moved("issue", "PLATE", "1", "SHELF", "FLOOR")]},
        "/items": {"code": "NUT"},
    }
    (error,) = store.post(f"{path}?dry_run=1", {**lines[path], field: value}).json()["errors"]
    assert error["field"] == field and error["code"] in HINTS


@pytest.mark.sqlite_only  # no database is asked
@pytest.mark.parametrize(
    ("field", "value", "cure"),
    [
        ("currency", "rmb", "Three capital letters, such as CNY or USD."),
        ("email", "call him", "An address such as name@example.com; several stand with semicolons between them."),
        ("code", "A\nB", "It stands in one line, without breaks."),
    ],
)
def test_a_text_of_another_form_is_told_what_would_be_right(store, field, value, cure):
    (error,) = store.post("/suppliers?dry_run=1", {"code": "X", field: value}).json()["errors"]
    assert (error["field"], error["hint"]) == (field, cure)


@pytest.mark.parametrize("email", ["", "li@example.com", "li@example.com; wang@example.com"])
def test_a_supplier_has_no_address_one_or_several(store, email):
    assert store.post("/suppliers?dry_run=1", {"code": "X", "email": email}).status_code < 300
