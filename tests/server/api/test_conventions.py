"""What every program may rely on, whatever it reads or writes."""

import io
import json

import pytest


def test_a_number_is_text_and_a_time_has_its_offset(shop):
    shop.added("/suppliers", code="ACME")
    shop.added("/sources", item="PLATE", supplier="ACME", moq="12.5", lead_time_days=7, price="1.200001")
    (source,) = shop.rows("/sources")
    assert (source["moq"], source["price"], source["unit"], source["currency"]) == ("12.5", "1.200001", "kg", "CNY")
    entry = shop.get(f"/sources/{source['id']}/history").json()["entries"][0]
    assert entry["at"].endswith("+08:00")


def test_pages_follow_one_another_and_lose_nothing(call):
    for code in ("A", "B", "C", "D", "E"):
        call.added("/items", code=code, lead_time_days=len(code) if code < "C" else 9)
    seen, path = [], "/items?limit=2&sort=-lead_time_days,code&fields=code"
    cursor = ""
    while True:
        page = call.get(path + cursor).json()
        seen += [row["code"] for row in page["rows"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == ["C", "D", "E", "A", "B"]


def test_empty_values_come_last_in_both_directions_across_pages(call):
    for code, days in (("A", None), ("B", 30), ("C", None), ("D", 10)):
        call.added("/items", code=code, shelf_life_days=days)
    for sort, order in (("shelf_life_days", "DBAC"), ("-shelf_life_days", "BDAC")):
        seen, cursor = "", ""
        for _ in range(4):
            page = call.get(f"/items?limit=1&fields=code&sort={sort}{cursor}").json()
            seen += page["rows"][0]["code"]
            cursor = f"&cursor={page['next_cursor']}"
        assert seen == order


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("filter[code][starts]=P", ["PLATE"]),
        ("filter[code][contains]=la", ["PLATE"]),
        ("filter[code][in]=PLATE,FRAME", ["FRAME", "PLATE"]),
        ("filter[code][ne]=PLATE", ["BOLT-M6", "FRAME"]),
        ("filter[unit][eq]=kg&filter[kind][eq]=buy", ["PLATE"]),
        ("filter[decimals][gte]=1", ["PLATE"]),
        ("filter[shelf_life_days][null]=false", []),
        ("filter[is_active][eq]=false", []),
    ],
)
def test_a_list_holds_what_was_asked_for(shop, asked, found):
    assert [row["code"] for row in shop.rows(f"/items?sort=code&{asked}")] == found


@pytest.mark.parametrize(
    "asked",
    [
        "filter[code][like]=A",
        "filter[nothing][eq]=A",
        "filter[decimals][eq]=many",
        "filter[decimals][eq]=99999999999999999999",
        "filter[code]=A",
        "sort=attributes",
        "fields=colour",
        "expand=everything",
        "limit=0",
        "limit=1001",
        "cursor=abc",
        "cursor=WyJpZCIsIFtudWxsXV0",
        "color=red",
        "sort=code&sort=unit",
        "filter[code][eq]=%00",
    ],
)
def test_a_question_that_makes_no_sense_is_refused_and_says_what_would(shop, asked):
    answer = shop.get(f"/items?{asked}")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["field"] and error["hint"]


def test_other_rows_come_along_when_they_are_asked_for(shop):
    line = {"component": "BOLT-M6", "qty": "4"}
    shop.added("/boms", parent="FRAME", revision="A", lines=[line, {"component": "PLATE", "qty": "1/3"}])
    (bom,) = shop.rows("/boms?expand=lines,parent")
    assert [line["qty"] for line in bom["expanded"]["lines"]] == ["4", "1/3"]
    assert bom["expanded"]["parent"]["code"] == "FRAME"
    (line, _) = shop.rows("/bom_lines?expand=component&fields=qty&sort=seq")
    assert line["qty"] == "4" and line["expanded"]["component"]["code"] == "BOLT-M6"


def test_the_tag_of_a_row_stays_strong_for_those_who_take_compressed_answers(shop):
    """And one that a proxy has marked as weak, because it compresses, still says what was seen."""
    row_id = shop.rows("/items?filter[code][eq]=PLATE")[0]["id"]
    answer = shop.get(f"/items/{row_id}", **{"Accept-Encoding": "gzip"})
    assert len(answer.content) > 200  # shorter ones are not compressed anyway
    assert answer["ETag"].startswith('"')
    changed = shop.send("PATCH", f"/items/{row_id}", {"name": "plate"}, tag=f"W/{answer['ETag']}")
    assert changed.status_code == 200


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(shop):
    row_id = shop.rows("/items?filter[code][eq]=PLATE")[0]["id"]
    tag = shop.get(f"/items/{row_id}")["ETag"]
    first = shop.send("PATCH", f"/items/{row_id}", {"name": "板"}, tag=tag)
    assert (first.status_code, first.json()["version"]) == (200, 2)
    second = shop.send("PATCH", f"/items/{row_id}", {"name": "Platte"}, tag=tag)
    assert (second.status_code, second.json()["code"]) == (412, "stale")
    assert shop.get(f"/items/{row_id}?fields=name").json() == {"name": "板"}


def test_a_change_must_say_which_version_it_saw(shop):
    answer = shop.send("PATCH", "/items/1", {"name": "板"})
    assert (answer.status_code, answer.json()["code"]) == (428, "tag_missing")


def test_who_has_it_already_is_told_so_and_sent_nothing(shop):
    row_id = shop.rows("/items")[0]["id"]
    tag = shop.get(f"/items/{row_id}")["ETag"]
    again = shop.get(f"/items/{row_id}", **{"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_a_call_sent_twice_is_done_once_and_answered_byte_for_byte_alike(call):
    first, second = (call.post("/items", {"code": "NUT"}, key="key-1") for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    assert second["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    assert len(call.rows("/items")) == 1


def test_a_key_is_good_for_one_request_alone(call):
    call.post("/items", {"code": "NUT"}, key="key-1")
    other = call.post("/items", {"code": "BOLT"}, key="key-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    named_anew = call.post("/items", {"code": "NUT", "name": ""}, key="key-1")
    assert named_anew.status_code == 422


def test_no_key_no_change(call):
    for key in ("", "x" * 65, "ключ"):
        answer = call.client.post(
            f"/api/v1/{call.company}/items",
            '{"code": "NUT"}',
            content_type="application/json",
            headers={"Idempotency-Key": key.encode().decode("latin-1")} if key else {},
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")
    assert call.rows("/items") == []


def test_a_trial_says_what_would_happen_and_leaves_nothing_behind(call):
    good = call.post("/items?dry_run=1", {"code": "NUT"})
    bad = call.post("/items?dry_run=1", {"code": ""})
    assert (good.status_code, bad.status_code, call.rows("/items")) == (200, 422, [])


def test_each_row_of_an_array_is_done_or_refused_by_itself(call):
    rows = [{"code": "A"}, {"code": "A"}, {"code": "B", "lead_time_days": -1}, "C", {"code": "D"}]
    first = call.post("/items", rows, key="bulk-1")
    assert first.status_code == 200
    answer = first.json()
    assert (answer["done"], answer["refused"]) == (2, 3)
    assert [result["status"] for result in answer["results"]] == [201, 422, 422, 422, 201]
    wrong = [error for result in answer["results"] for error in result.get("errors", [])]
    assert [(error["row"], error["field"], error["code"]) for error in wrong] == [
        (1, "code", "taken"),
        (2, "lead_time_days", "greater_than_equal"),
        (3, "", "model_type"),
    ]
    assert call.post("/items", rows, key="bulk-1").content == first.content
    assert call.post("/items", rows[:1], key="bulk-1").json()["code"] == "key_reused"


def test_a_line_within_a_row_is_named_too(shop):
    bad = {
        "parent": "FRAME",
        "revision": "A",
        "lines": [{"component": code, "qty": "1"} for code in ("PLATE", "GHOST")],
    }
    (result,) = shop.post("/boms", [bad]).json()["results"]
    (error,) = result["errors"]
    assert (error["row"], error["line"], error["field"], error["value"]) == (0, 1, "component", "GHOST")


def test_a_change_that_changes_nothing_is_none(shop):
    row = shop.rows("/items?filter[code][eq]=PLATE")[0]
    same = shop.send("PATCH", f"/items/{row['id']}", {"unit_cost": None, "name": ""}, tag="*")
    assert same.json()["version"] == row["version"]


def test_an_error_is_told_in_the_language_of_whoever_reads_it(company):
    from tests.server.api.conftest import caller_of

    told = {}
    for lang in ("zh-hans", "en"):
        caller = caller_of(company, "owner", language=lang)
        told[lang] = caller.post("/items", {"code": "A", "lead_time_days": "soon", "colour": "red"}).json()
    hints = {lang: {error["field"]: error["hint"] for error in told[lang]["errors"]} for lang in told}
    assert hints["zh-hans"] == {"lead_time_days": "应为整数。", "colour": "没有这个字段。"}
    assert hints["en"] == {"lead_time_days": "A whole number is wanted.", "colour": "There is no such field."}
    assert told["en"]["errors"][0]["value"] == "soon"


@pytest.mark.parametrize(
    "body",
    [
        '{"code": "A", "price": NaN}',
        '{"code": "A", "price": Infinity}',
        '{"code": "A", "price": 1e400}',
        '{"code": "A", "decimals": 1e400}',
        '{"code": "A", "lead_time_days": ' + "9" * 5000 + "}",
        '{"code": "A", "code": "B"}',
        '{"code": "A\\u0000"}',
        '{"code": "\\ud800"}',
        '{"code": "A", "attributes": {"a": 1e400}}',
        '{"code": "A", "attributes": ' + '{"a":' * 10_000 + "1" + "}" * 10_001,
        "[" * 10_000 + "]" * 10_000,
        "",
        "null",
        "{",
        b"\xff\xfe",
    ],
)
def test_json_traps_are_refused_and_never_a_fault_of_ours(call, body):
    answer = call.post("/items", body)
    assert 400 <= answer.status_code < 500 and answer["Content-Type"] == "application/problem+json"
    assert call.rows("/items") == []


def test_every_answer_has_a_number_and_may_not_be_kept_or_framed(call):
    for answer in (call.get("/items"), call.get("/nothing"), call.client.get("/api/v2/x"), call.client.put("/api/v1/")):
        assert answer["X-Request-Id"] and answer["Cache-Control"] == "private, no-cache"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_the_number_of_a_call_and_its_reason_stand_in_the_history(call):
    added = call.post("/items?reason=新产品", {"code": "A", "price": "3.50"})
    (entry,) = call.get(f"/items/{added.json()['id']}/history").json()["entries"]
    told = (entry["reason"], entry["request_id"], entry["action"])
    assert told == ("新产品", added["X-Request-Id"], "items.add_item")
    of = {"table": "items", "row": added.json()["id"]}
    assert {**of, "field": "price", "old": None, "new": "3.5"} in entry["changes"]


def test_where_nothing_is_the_answer_is_a_problem_too(call):
    for answer in (
        call.get("/nothing"),
        call.get("/items/9999"),
        call.get("/items/9" + "0" * 30),
        call.get("/items/x"),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    deleted = call.send("DELETE", "/items")
    assert (deleted.status_code, deleted.json()["code"]) == (405, "method_not_allowed") and "GET" in deleted["Allow"]


def test_a_body_that_is_no_json_is_not_guessed_at(call):
    answer = call.client.post(f"/api/v1/{call.company}/items", {"code": "A"}, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media_type")


EVIL = '=HYPERLINK("http://x")'


@pytest.fixture
def evil(shop):
    row_id = shop.added("/items", code="EVIL", name=EVIL, name_en="  @SUM(A1)", spec="-5 °C")["id"]
    shop.send("PATCH", f"/items/{row_id}", {"safety_stock": "7", "price": "0.1"}, tag="*")
    return shop


def test_a_list_comes_as_arrow_and_parquet_with_exact_numbers(evil):
    import polars as pl

    for media_type, read in (
        ("application/vnd.apache.arrow.stream", pl.read_ipc_stream),
        ("application/vnd.apache.parquet", pl.read_parquet),
    ):
        answer = evil.get("/items?sort=code&fields=code,name,price,is_active", accept=media_type)
        assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
        rows = read(io.BytesIO(answer.content)).rows(named=True)
        assert [row["code"] for row in rows] == ["BOLT-M6", "EVIL", "FRAME", "PLATE"]
        assert (rows[1]["name"], str(rows[1]["price"]), rows[1]["is_active"]) == (EVIL, "0.100000", True)


def test_a_file_is_fetched_in_parts_and_holds_every_row_once(shop, monkeypatch):
    import polars as pl

    from huoku.server.platform.tables import export

    monkeypatch.setattr(export, "PART", 2)
    for limit, codes in (("", ["PLATE", "FRAME", "BOLT-M6"]), ("&limit=2", ["PLATE", "FRAME"])):
        answer = shop.get(f"/items?sort=-code&fields=code{limit}", accept="application/vnd.apache.parquet")
        assert pl.read_parquet(io.BytesIO(answer.content))["code"].to_list() == codes
        assert ("Link" in answer) == bool(limit)


def test_a_spreadsheet_never_takes_text_for_a_formula(evil):
    import python_calamine

    text = evil.get("/items?sort=code&fields=code,name,name_en,spec", accept="text/csv").content.decode("utf-8-sig")
    assert text.splitlines()[2] == 'EVIL,"\'=HYPERLINK(""http://x"")",\'@SUM(A1),\'-5 °C'
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = evil.get("/items?sort=code&fields=code,name,price", accept=excel)
    rows = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[2] == ["EVIL", EVIL, 0.1]
    assert b"<f>" not in answer.content


def test_a_format_that_nobody_knows_is_not_acceptable(shop):
    assert shop.get("/items", accept="image/png").status_code == 406
    assert shop.get("/items", accept="text/html,*/*;q=0.1").status_code == 200


def test_the_description_is_openapi_3_1_and_the_page_asks_no_other_host(client, db):
    from huoku.server.platform.reading import read_json

    schema = read_json(client.get("/api/v1/openapi.json").content)  # which also refuses a name that stands twice
    assert schema["openapi"].startswith("3.1")
    page = client.get("/docs")
    assert page.status_code == 200 and "default-src 'none'" in page["Content-Security-Policy"]
    assert "://" not in page.content.decode() and "<script>" not in page.content.decode()


def test_the_description_names_nothing_that_it_does_not_hold(client, db):
    schema = client.get("/api/v1/openapi.json").json()
    text = json.dumps(schema)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(schema["components"]["schemas"])


def test_whoever_calls_too_often_is_told_when_to_come_again(call, monkeypatch):
    from huoku.server.platform import doors
    from huoku.server.platform.limits import Buckets

    monkeypatch.setattr(doors, "_CALLS", Buckets(2))
    answers = [call.get("/me") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) >= 1


def test_what_a_second_person_must_approve_waits(call):
    from huoku.server.items.commands.items import add_item
    from huoku.server.platform import hooks

    rule = hooks.APPROVE.fill(add_item.name, lambda at, what, request: "key post")
    try:
        answer = call.post("/items", {"code": "A"})
    finally:
        hooks.APPROVE.empty(add_item.name, rule)
    assert answer.status_code == 202 and "Location" not in answer and call.rows("/items") == []
