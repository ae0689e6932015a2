"""The grid of a list: what of a table reaches it, what may be written into it, and how it was laid out."""

import csv
import json
import re
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import Path

import polars
import pytest
import python_calamine
from tests.server.api.conftest import caller_of

import huoku.server.office

SCRIPTS = Path(huoku.server.office.__file__).parent / "static/office/grid"


def get(caller, address):
    answer = caller.client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer


def post(caller, address, **what):
    return caller.client.post(address, json.dumps({"key": "key-key-key", **what}), content_type="application/json")


def check(caller, table, **what):
    answer = post(caller, f"/office/{table}/check", **what)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["rows"]


def facts(caller, table):
    page = get(caller, f"/office/{table}/").content.decode()
    return json.loads(re.search(r'<script id="grid-facts" type="application/json">(.*?)</script>', page)[1])


def column(caller, table, name):
    return next((each for each in facts(caller, table)["columns"] if each["name"] == name), None)


def item(caller, code):
    return caller.rows(f"/items?filter[code][eq]={code}")[0]


@pytest.fixture
def shop(world):
    """Three screws more, at the owner's door."""
    world.owner.client.cookies["django_language"] = "en"
    for place in (1, 2, 3):
        world.owner.added("/items", code=f"SCREW-{place}", name=f"M{place}", lead_time_days=place)
    return world.owner


def test_rows_are_filtered_sorted_and_paged_by_the_server(shop):
    address = "/office/items/rows?fields=code&filter[code][starts]=SCREW&sort=-code&limit=2"
    first = get(shop, address).json()
    assert [row["code"] for row in first["rows"]] == ["SCREW-3", "SCREW-2"] and first["total"] == 3
    second = get(shop, f"{address}&cursor={first['next']}").json()
    assert [row["code"] for row in second["rows"]] == ["SCREW-1"] and second["next"] is None and "total" not in second


def test_a_page_of_rows_takes_few_questions_however_many_rows_there_are(shop, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        get(shop, "/office/items/rows")
    with django_assert_max_num_queries(20):
        get(shop, "/office/items/")


def test_what_a_role_may_not_see_is_neither_in_the_page_nor_in_the_rows(world):
    storekeeper = caller_of(world.owner.actor.company, "storekeeper")
    page = get(storekeeper, "/office/items/").content.decode()
    assert "unit_cost" not in page and "1111.111101" not in page
    assert "1111.111101" not in get(storekeeper, "/office/items/rows").content.decode()
    assert storekeeper.client.get("/office/items/rows?fields=unit_cost").status_code == 400
    assert column(world.owner, "items", "unit_cost")["kind"] == "figure"


def test_who_may_not_read_a_table_finds_no_door_to_it(world):
    customer = caller_of(world.owner.actor.company, "customer")
    assert customer.client.get("/office/items/rows").status_code == 404
    assert post(customer, "/office/items/check", changes=[]).status_code == 404


def test_columns_that_a_role_may_not_change_are_not_to_be_filled_in(world):
    buyer = caller_of(world.owner.actor.company, "sales")
    assert column(world.owner, "items", "name")["filled_in"] == "text"
    assert column(world.owner, "items", "unit")["is_new_only"]
    assert column(buyer, "items", "name")["filled_in"] == ""
    bolt = item(world.owner, "BOLT")["id"]
    (row,) = check(buyer, "items", changes=[{"id": bolt, "texts": {"name": "other"}}])
    assert row["state"] == "fault" and row["faults"][0]["field"] == "name"


def test_a_pasted_sheet_with_headings_tells_new_changed_same_and_faulty_rows_and_keeps_nothing(shop):
    cells = [
        ["编码", "name", "lead time days", "lifecycle"],
        ["SCREW-1", "M1 long", "1", "在用"],
        ["SCREW-2", "M2", "2", "active"],
        ["SCREW-9", "M9", "1,0", ""],
        ["SCREW-3", "M3", "three", "gone"],
        ["SCREW-1", "again", "", ""],
        ["", "nameless", "", ""],
    ]
    rows = check(shop, "items", cells=cells)
    assert [row["state"] for row in rows] == ["changed", "same", "fault", "fault", "fault", "fault"]
    assert rows[0]["values"] == {"name": "M1 long"} and rows[0]["old"]["name"] == "M1"
    assert [fault["field"] for fault in rows[3]["faults"]] == ["lead_time_days", "lifecycle"]
    assert rows[3]["faults"][1]["words"].endswith("possible: active, launch, phase_out, obsolete")
    assert rows[4]["faults"][0]["words"] == "The same as row 1" and "code" in rows[5]["faults"][0]["words"]
    assert item(shop, "SCREW-1")["name"] == "M1"


def test_pasted_cells_without_headings_go_into_the_rows_below_the_place(shop):
    ids = [item(shop, code)["id"] for code in ("SCREW-1", "SCREW-2")]
    rows = check(shop, "items", cells=[["7"], ["2"], ["9"]], under=["lead_time_days", "safety_stock"], rows=ids)
    assert [row["state"] for row in rows] == ["changed", "same", "fault"]
    assert (rows[0]["id"], rows[0]["values"]) == (ids[0], {"lead_time_days": 7})


def test_a_heading_that_nobody_knows_is_named_and_the_right_ones_with_it(shop):
    answer = post(shop, "/office/items/check", cells=[["code", "name", "colour"], ["SCREW-1", "M1", "red"]])
    assert answer.status_code == 422
    assert answer.json()["refused"].startswith("There is no column “colour”; there are code, name")


def test_all_rows_are_saved_or_none_and_the_same_key_saves_once(shop):
    first, second = item(shop, "SCREW-1"), item(shop, "SCREW-2")
    rows = [
        {"id": first["id"], "version": first["version"], "values": {"name": "one"}},
        {"id": second["id"], "version": 99, "values": {"name": "two"}},
    ]
    told = post(shop, "/office/items/save", rows=rows).json()
    assert [fault["row"] for fault in told["faults"]] == [1] and item(shop, "SCREW-1")["name"] == "M1"
    rows[1]["version"] = second["version"]
    for _ in range(2):
        told = post(shop, "/office/items/save", key="another-key", rows=[*rows, {"values": {"code": "SCREW-4"}}]).json()
    assert [row["version"] for row in told["rows"][:2]] == [2, 2]
    assert (item(shop, "SCREW-1")["name"], item(shop, "SCREW-2")["name"]) == ("one", "two")
    assert len(shop.rows("/items?filter[code][eq]=SCREW-4")) == 1


def test_rows_that_were_saved_together_are_undone_together_unless_one_was_changed_since(shop):
    before = [item(shop, f"SCREW-{place}") for place in (1, 2, 3)]
    rows = [{"id": row["id"], "version": row["version"], "values": {"name": "all the same"}} for row in before]
    post(shop, "/office/items/save", rows=rows)
    assert item(shop, "SCREW-2")["name"] == "all the same"
    assert post(shop, "/office/items/undo").json() == {"undone": "office.save_rows", "steps": 3}
    assert [item(shop, row["code"])["name"] for row in before] == ["M1", "M2", "M3"]
    assert "filled in in the list" in get(shop, f"/office/items/{before[0]['id']}/").content.decode()

    again = [{**row, "version": 3} for row in rows]
    post(shop, "/office/items/save", key="another-key", rows=again)
    last = {"id": before[2]["id"], "version": 4, "values": {"name": "M3 long"}}
    post(shop, "/office/items/save", key="the-last-key", rows=[last])
    refused = post(shop, "/office/items/undo", key="another-key")
    assert refused.status_code == 409 and "changed since" in refused.json()["refused"]
    assert [item(shop, row["code"])["name"] for row in before] == ["all the same", "all the same", "M3 long"]


def test_new_rows_are_taken_out_again_where_such_rows_can_be(world):
    count = len(world.owner.rows("/forecasts?limit=100"))
    new = {"code": "F-NEW", "item": "BOLT", "due_on": "2026-12-24", "qty": "7"}
    told = post(world.owner, "/office/forecasts/save", rows=[{"values": new}]).json()
    assert "faults" not in told and len(world.owner.rows("/forecasts?limit=100")) == count + 1
    assert post(world.owner, "/office/forecasts/undo").status_code == 200
    assert len(world.owner.rows("/forecasts?limit=100")) == count
    assert facts(world.owner, "forecasts")["takes_back_new"]

    post(world.owner, "/office/items/save", key="new-item-key", rows=[{"values": {"code": "FOR-GOOD", "name": "x"}}])
    refused = post(world.owner, "/office/items/undo", key="new-item-key")
    assert refused.status_code == 409 and "not deleted" in refused.json()["refused"]
    assert not facts(world.owner, "items")["takes_back_new"]


def test_a_cell_that_breaks_a_rule_of_its_command_says_which(shop):
    screw = item(shop, "SCREW-1")["id"]
    (row,) = check(shop, "items", changes=[{"id": screw, "texts": {"safety_stock": "0.5"}}])
    assert row["faults"] == [
        {
            "field": "safety_stock",
            "words": "0.5 is not a whole number of the smallest step; 0 digits after the point are possible here.",
        }
    ]


def test_what_a_new_row_fixed_stays_and_says_what_it_is(shop):
    (row,) = check(shop, "items", cells=[["code", "unit"], ["SCREW-1", "kg"]])
    assert row["faults"] == [{"field": "unit", "words": "It stays as it was made: “pcs”"}]


def test_rows_known_by_two_codes_are_found_by_both(world):
    world.owner.client.cookies["django_language"] = "en"
    (source,) = world.owner.rows(f"/sources?filter[id][eq]={world.ids['sources']}")
    cells = [["item", "supplier", "priority"], [source["item"], source["supplier"], "2"]]
    (row,) = check(world.owner, "sources", cells=cells)
    assert (row["id"], row["state"], row["values"]) == (source["id"], "changed", {"priority": 2})


def test_the_drawer_tells_who_changed_what(shop):
    screw = item(shop, "SCREW-1")
    post(shop, "/office/items/save", rows=[{"id": screw["id"], "version": 1, "values": {"name": "M1 long"}}])
    page = get(shop, f"/office/items/{screw['id']}/drawer").content.decode()
    assert '<s class="quiet">M1</s> M1 long' in page and "</b> filled in in the list" in page


def layout(*names):
    return {"columns": [{"name": name, "width": 90} for name in names], "frozen": 2, "sort": "-code", "filters": {}}


def views(caller):
    return {(view["name"], view["team"]): view for view in facts(caller, "items")["views"]}


def test_a_view_is_its_makers_alone_or_its_teams(world):
    company = world.owner.actor.company
    buyer, other, engineer = (caller_of(company, role) for role in ("buyer", "buyer", "engineer"))
    keep = "/office/items/views/keep"
    assert post(buyer, keep, key="k1k1k1k1", name="mine", layout=layout("code")).status_code == 200
    assert (
        post(buyer, keep, key="k2k2k2k2", name="ours", team="buyer", layout=layout("code", "name")).status_code == 200
    )
    assert set(views(buyer)) == {("mine", ""), ("ours", "buyer")}
    assert set(views(other)) == {("ours", "buyer")} and views(engineer) == {}
    assert set(views(world.owner)) == {("ours", "buyer")}
    assert views(buyer)[("ours", "buyer")]["layout"] == layout("code", "name")
    assert post(buyer, keep, key="k3k3k3k3", name="theirs", team="engineer", layout=layout("code")).status_code == 422


def test_a_list_opens_with_ones_own_default_before_the_teams(world):
    buyer, other = (caller_of(world.owner.actor.company, "buyer") for _ in range(2))
    keep = "/office/items/views/keep"
    for place, (name, team) in enumerate((("team", "buyer"), ("first", ""), ("second", ""))):
        post(buyer, keep, key=f"default-{place}", name=name, team=team, is_default=True, layout=layout("code"))
    assert [name for (name, _), view in views(buyer).items() if view["is_default"]] == ["second", "team"]
    assert [name for (name, _), view in views(buyer).items() if view["is_opened"]] == ["second"]
    assert [name for (name, _), view in views(other).items() if view["is_opened"]] == ["team"]


def test_a_teams_view_is_changed_and_dropped_by_who_kept_it_alone(world):
    buyer, other = (caller_of(world.owner.actor.company, "buyer") for _ in range(2))
    keep, drop = "/office/items/views/keep", "/office/items/views/drop"
    post(buyer, keep, key="m1m1m1m1", name="ours", team="buyer", layout=layout("code"))
    view = views(other)[("ours", "buyer")]
    assert not view["is_mine"]
    assert post(other, keep, key="m2m2m2m2", name="ours", team="buyer", layout=layout("name")).status_code == 422
    assert post(other, drop, key="m3m3m3m3", id=view["id"], version=1).status_code == 422
    assert post(buyer, drop, key="m4m4m4m4", id=view["id"], version=1).json()["views"] == []


def test_a_sheet_of_another_system_is_pasted_with_its_own_words(shop):
    """货号 is the code, 物料属性 the kind, 外购 is bought; ＳＣＲＥＷ－１ is SCREW-1, no item that looks like it."""
    sheet = [
        ["货号", "品名", "物料属性"],
        ["ＳＣＲＥＷ－１", "螺丝", "外购"],
        ["ＮＵＴ－８", "螺母（黑）", "自制件"],
        ["NUT-9", "螺母", "自制"],
    ]
    told = check(shop, "items", cells=sheet)
    assert [(row["state"], row["texts"]["code"]) for row in told] == [
        *[("changed", "SCREW-1"), ("fault", "NUT-8"), ("new", "NUT-9")]
    ]
    assert told[0]["values"] == {"name": "螺丝", "kind": "buy"} and told[2]["values"]["kind"] == "make"
    assert "自制件" in told[1]["faults"][0]["words"]


def test_a_workbook_has_what_is_seen_with_the_names_that_are_seen(shop):
    shop.client.cookies["django_language"] = "zh-hans"
    asked = "fields=lifecycle,code&filter[code][starts]=SCREW&sort=code"
    book = python_calamine.load_workbook(BytesIO(get(shop, f"/office/items/?{asked}&as=xlsx").content))
    screws = [["在用", f"SCREW-{place}"] for place in (1, 2, 3)]
    assert book.get_sheet_by_index(0).to_python() == [["生命周期", "编码"], *screws]
    paper = get(shop, f"/office/items/?{asked}&as=paper").content.decode()
    assert paper.index("生命周期") < paper.index("编码") and "SCREW-3" in paper and "BOLT" not in paper


def test_a_workbook_tells_hours_and_answers_as_the_list_does(shop):
    """The company's clock and yes and no in words: eight hours lie between Shanghai and what programs are told."""
    shop.client.cookies["django_language"] = "zh-hans"
    item(shop, "SCREW-1")
    seen = get(shop, "/office/audit_entries/rows?sort=id&limit=1").json()["rows"][0]["recorded_at"]
    answer = get(shop, "/office/audit_entries/?fields=recorded_at&sort=id&as=xlsx")
    told = python_calamine.load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()[1][0]
    assert told.isoformat()[:16] == seen[:16] and seen.endswith("+08:00")
    assert "filename*=utf-8''%E5%AE%A1%E8%AE%A1" in answer["Content-Disposition"]
    asked = "/office/items/?fields=code,is_active&filter[code][eq]=SCREW-1&as=csv"
    assert get(shop, asked).content.decode("utf-8-sig").splitlines() == ["编码,在用", "SCREW-1,是"]


def test_every_state_has_its_mark_and_every_code_its_chinese_name():
    from huoku.server.documents.course import COURSES
    from huoku.server.office.choices import choices_of
    from huoku.server.office.grid.badges import BADGES
    from huoku.server.platform.tables.table import TABLES

    states = {state for course in COURSES.values() for state in course.states}
    assert states - set(BADGES) == set()
    nameless = {
        value
        for table in TABLES.values()
        for each in table.columns
        for value, words in choices_of(table, each).items()
        if words.zh.isascii() and len(value) > 1
    }
    assert nameless == set()


def test_the_scripts_say_what_is_in_both_languages_and_nothing_else():
    from huoku.server.office.grid.words import WORDS

    texts = "".join(path.read_text() for path in SCRIPTS.glob("*.js"))
    assert not re.findall(r"[一-鿿]", "".join(line for line in texts.splitlines() if not line.strip().startswith("//")))
    assert {name for name in WORDS if not re.search(rf"words\.{name}\b", texts)} - INDIRECT == set()


INDIRECT = {"new", "changed", "fault", "same", *(f"state_{state}" for state in ("new", "changed", "fault", "same"))}
"""Words that scripts look up by a state's name."""


def exported(caller, asked, kind):
    """The headings and the rows of a file, as text."""
    content = get(caller, f"/office/items/?{asked}&as={kind}").content
    if kind == "parquet":
        frame = polars.read_parquet(BytesIO(content))
        rows = [list(frame.columns), *frame.iter_rows()]
    elif kind == "csv":
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    else:
        rows = python_calamine.load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()
    return [[plain_number(each) for each in row] for row in rows]


def plain_number(value):
    try:
        return format(Decimal(str(value)).normalize(), "f")
    except InvalidOperation:
        return str(value)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "parquet"])
def test_a_file_holds_the_rows_and_columns_that_are_seen_in_the_order_that_is_seen(shop, kind):
    for code, stock in (("SCREW-1", "10"), ("SCREW-2", "9"), ("SCREW-3", "100")):
        asked = {"version": 1, "id": item(shop, code)["id"], "values": {"safety_stock": stock, "unit_cost": "1.5"}}
        assert "rows" in post(shop, "/office/items/save", key=f"stock-{code}", rows=[asked]).json()
    asked = "fields=unit_cost,code,safety_stock&filter[code][starts]=SCREW&filter[safety_stock][gte]=10"
    asked += "&sort=-safety_stock"
    seen = get(shop, f"/office/items/rows?{asked}").json()["rows"]
    heads, *rows = exported(shop, asked, kind)
    named = "unit_cost" if kind == "parquet" else "unit cost"
    assert (heads[0], len(heads)) == (named, 3)
    assert rows == [[plain_number(row[name]) for name in ("unit_cost", "code", "safety_stock")] for row in seen]
    assert rows == [["1.5", "SCREW-3", "100"], ["1.5", "SCREW-1", "10"]]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "parquet", "paper"])
def test_no_file_holds_what_its_reader_may_not_see(world, kind):
    storekeeper = caller_of(world.owner.actor.company, "storekeeper")
    storekeeper.client.cookies["django_language"] = "en"
    asked = f"/office/items/?fields=code,unit_cost&as={kind}"
    refused = storekeeper.client.get(asked)
    assert b"1111.1111" not in refused.content and (refused.status_code == 400 or kind == "paper")
    whole = get(storekeeper, f"/office/items/?as={kind}").content
    assert b"unit_cost" not in whole and b"unit cost" not in whole and b"1111.1111" not in whole
    if kind != "paper":
        assert "unit cost" in [head.replace("_", " ") for head in exported(world.owner, "sort=id", kind)[0]]


def test_a_new_paper_is_written_for_the_place_of_the_last_one(world):
    last = world.owner.rows("/work_orders?limit=1&sort=-id")[0]
    page = get(world.owner, "/office/work_orders/new").content.decode()
    for name in ("target", "work_in_progress"):
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert field and f'value="{last[name]}"' in field[0]
    assert not re.search(r'<input[^>]*name="item"[^>]*value="[^"]', page)
