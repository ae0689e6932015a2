"""What takes long is taken at once and done by the worker; many rows are changed in one call."""

import json

import pytest


def work():
    from huoku.server.platform.jobs.long import run_waiting

    return run_waiting()


def test_who_prefers_not_to_wait_gets_a_job_and_later_its_result(call):
    taken = call.post("/items", [{"code": "A"}, {"code": "A"}], key="k", Prefer="respond-async")
    assert (taken.status_code, taken["Preference-Applied"]) == (202, "respond-async")
    assert call.rows("/items") == [] and work() == 1
    job = call.client.get(taken["Location"]).json()
    assert (job["state"], job["status"], job["answer"]["done"], job["answer"]["refused"]) == ("done", 200, 1, 1)
    assert [row["code"] for row in call.rows("/items")] == ["A"] and work() == 0


def test_the_same_long_call_sent_again_is_the_same_job(call):
    first, second = (call.post("/items", {"code": "A"}, key="k", Prefer="respond-async") for _ in range(2))
    assert first.content == second.content and second["Idempotency-Replayed"] == "true"
    assert work() == 1 and len(call.rows("/jobs")) == 1
    assert call.post("/items", {"code": "B"}, key="k", Prefer="respond-async").status_code == 422


def test_a_job_that_died_is_done_again_and_nothing_twice(call, company):
    from datetime import timedelta

    from huoku.server.platform import clock
    from huoku.server.platform.models import Job
    from huoku.server.platform.scope import entered

    call.post("/items", [{"code": "A"}, {"code": "B"}], key="k", Prefer="respond-async")
    work()
    answer = call.rows("/jobs")[0]["answer"]
    with entered(company):
        died = {"state": "running", "leased_until": clock.now() - timedelta(seconds=1), "answer": ""}
        Job.objects.of(company).update(**died)
    assert work() == 1 and call.rows("/jobs")[0]["answer"] == answer
    assert [row["code"] for row in call.rows("/items?sort=code")] == ["A", "B"]


def test_a_job_does_no_more_than_its_sender_may_when_it_is_done(call, company):
    from tests.server.api.conftest import caller_of

    from huoku.server.platform.models import Membership
    from huoku.server.platform.scope import entered

    engineer = caller_of(company, "engineer")
    engineer.post("/items", {"code": "A"}, Prefer="respond-async")
    with entered(company):
        Membership.objects.of(company).filter(user=engineer.actor.user).update(role="sales")
    work()
    (job,) = call.rows("/jobs")
    assert (job["state"], job["status"], job["answer"]["code"]) == ("failed", 403, "not_allowed")
    assert caller_of(company, "sales").rows("/jobs") == []


def test_the_record_is_verified_by_a_job(call):
    call.added("/items", code="A")
    taken = call.post("/audit_entries/verify")
    assert taken.status_code == 202 and work() == 1
    assert call.client.get(taken["Location"]).json()["answer"] == {"findings": [], "is_whole": True}


def test_many_rows_are_changed_in_one_call_each_by_the_version_that_was_seen(shop):
    bolt, frame, plate = (row["id"] for row in shop.rows("/items?sort=code"))
    shop.send("PATCH", f"/items/{plate}", {"name": "板"}, tag="*")
    rows = [
        {"id": bolt, "version": 1, "name": "螺栓"},
        {"id": frame, "version": None, "lead_time_days": 3},
        {"id": plate, "version": 1, "name": "Platte"},
        {"id": 10**9, "version": 1, "name": ""},
        {"id": bolt, "name": "Bolt"},
    ]
    answer = shop.send("PATCH", "/items", rows, key="many").json()
    assert [(each["status"], each.get("errors", [{}])[0].get("code")) for each in answer["results"]] == [
        (200, None),
        (200, None),
        (412, "stale"),
        (404, "not_found"),
        (428, "tag_missing"),
    ]
    names = [row["name"] for row in shop.rows("/items?sort=code")]
    assert names == ["螺栓", "", "板"] and shop.send("PATCH", "/items", rows, key="many").json() == answer


def test_a_place_is_changed_by_the_version_that_was_seen_like_everything_else(call):
    place = call.added("/locations", code="SHELF", kind="storage")["id"]
    tag = call.get(f"/locations/{place}")["ETag"]
    assert call.send("PATCH", f"/locations/{place}", {"name": "货架"}, tag=tag).status_code == 200
    assert call.send("PATCH", f"/locations/{place}", {"name": "Shelf"}, tag=tag).status_code == 412
    assert call.get(f"/locations/{place}/history").json()["entries"][0]["changes"] == [
        {"table": "locations", "row": place, "field": "name", "old": "", "new": "货架"}
    ]


@pytest.fixture
def traced(call):
    """A drum of 5 l glue, of which 2 l went into a door, which was shipped."""
    call.added("/items", code="GLUE", unit="l", tracking="lot")
    call.added("/items", code="DOOR", tracking="lot")
    for code, kind in (
        *(("SHELF", "storage"), ("ACME", "supplier")),
        *(("FLOOR", "production"), ("SHOP", "customer")),
    ):
        call.added("/locations", code=code, kind=kind)

    def move(kind, item, quantity, lot, origin, target, **more):
        line = {"kind": kind, "item": item, "quantity": quantity, "lot": lot, **more}
        told = call.added("/movements", lines=[{**line, "from_location": origin, "to_location": target}])
        return told["movements"][0]["lot_id"]

    glue = move("receive", "GLUE", "5", "G1", "ACME", "SHELF")
    move("issue", "GLUE", "2", "G1", "SHELF", "FLOOR")
    door = move("make", "DOOR", "1", "D1", "FLOOR", "SHELF", made_from=[{"lot_id": glue, "quantity": "2"}])
    move("ship", "DOOR", "1", "D1", "SHELF", "SHOP")
    return call, glue, door


def test_a_lot_is_traced_both_ways(traced):
    call, glue, door = traced
    to = call.get(f"/lots/{glue}/went_to").json()
    assert [(node["item"], node["lot"], node["depth"]) for node in to["lots"]] == [("GLUE", "G1", 0), ("DOOR", "D1", 1)]
    assert [(each["location"], each["quantity"]) for each in to["crossings"]] == [
        ("FLOOR", "2"),
        ("SHOP", "1"),
    ]
    assert [(each["location"], each["on_hand"]) for each in to["lying"]] == [("SHELF", "3")]
    back = call.get(f"/lots/{door}/came_from").json()
    assert [edge["quantity"] for edge in back["edges"]] == ["2"]
    assert [(each["location"], each["quantity"]) for each in back["crossings"]] == [("ACME", "5"), ("FLOOR", "1")]
    assert call.get("/lots/999999/went_to").status_code == 404


def test_stock_is_told_as_it_was_at_a_time(traced):
    import io

    import polars as pl

    call, _, _ = traced
    received = call.rows("/movements?sort=recorded_at")[0]["recorded_at"].replace("+", "%2B")
    then = call.get(f"/stock_as_of?at={received}").json()["rows"]
    assert [(row["item"], row["lot"], row["quantity"], row["unit"]) for row in then] == [("GLUE", "G1", "5", "l")]
    now = call.get("/stock_as_of?item=GLUE&location=SHELF").json()["rows"]
    assert [row["quantity"] for row in now] == ["3"]
    parquet = call.get("/stock_as_of", accept="application/vnd.apache.parquet")
    assert pl.read_parquet(io.BytesIO(parquet.content))["quantity"].to_list() == [3]
    for wrong in ("at=yesterday", "by=feeling", "color=red"):
        assert call.get(f"/stock_as_of?{wrong}").status_code == 400


def test_a_calendar_is_read_by_its_signed_address_alone_until_the_password_changes(traced):
    from datetime import date, timedelta

    from django.test import Client

    call, _, _ = traced
    soon = (date.today() + timedelta(days=3)).isoformat()
    supply = {"supply": "order-1", "item": "GLUE", "location": "SHELF", "quantity": "2.5", "expected_on": soon}
    assert call.post("/supplies/state", supply).status_code == 200
    urls = {each["name"]: each["url"] for each in call.get("/calendars").json()["calendars"]}
    anybody = Client()
    answer = anybody.get(urls["deliveries.ics"])
    text = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "SUMMARY:Arrives: GLUE 2.5 l (order-1)\r\n" in text and f"DTSTART;VALUE=DATE:{soon.replace('-', '')}" in text
    other = urls["deliveries.ics"].replace("deliveries", "counts")
    for wrong in (other, urls["deliveries.ics"][:-1], urls["deliveries.ics"].partition("?")[0]):
        assert anybody.get(wrong).status_code == 401
    user = call.actor.user
    user.set_password("another one")
    user.save()
    assert anybody.get(urls["deliveries.ics"]).status_code == 401


def events_of(answer):
    """What a browser makes of a stream: the id and the row of each event."""
    told = [dict(line.split(": ", 1) for line in each.splitlines()) for each in text_of(answer).split("\n\n") if each]
    return [(each["id"], json.loads(each["data"])) for each in told if "data" in each]


def text_of(answer):
    return answer.getvalue().decode()


def test_a_job_is_followed_until_it_has_ended(call):
    taken = call.post("/items", {"code": "A"}, Prefer="respond-async")
    stream = iter(call.client.get(taken["Location"] + "/events?wait=5"))
    assert next(stream) == b"retry: 2000\n\n"
    assert b'"state": "waiting"' in next(stream)
    work()
    (last,) = list(stream)
    assert last.startswith(b"event: jobs\nid: ended\n") and b'"state": "done"' in last


def test_whoever_saw_the_end_is_told_not_to_ask_again(call):
    taken = call.post("/items", {"code": "A"}, Prefer="respond-async")
    work()
    where = taken["Location"] + "/events?wait=5"
    ((number, row),) = events_of(call.client.get(where))
    assert (number, row["status"], row["answer"]["id"]) == ("ended", 201, call.rows("/items")[0]["id"])
    assert call.client.get(where, headers={"Last-Event-ID": number}).status_code == 204


def test_where_all_places_are_taken_one_is_told_how_things_are_and_asks_again(call):
    taken = call.post("/items", {"code": "A"}, Prefer="respond-async")
    where = taken["Location"] + "/events?wait=25"
    streams = [iter(call.client.get(where)) for _ in range(2)]
    for stream in streams:
        next(stream)
    ((_, row),) = events_of(call.client.get(where))
    assert row["state"] == "waiting"
    work()
    for stream in streams:
        assert b'"state": "done"' in list(stream)[-1]


def test_nobody_follows_a_job_of_somebody_else_or_for_ever(call, company):
    from tests.server.api.conftest import caller_of

    taken = call.post("/items", {"code": "A"}, Prefer="respond-async")
    assert caller_of(company, "sales").client.get(taken["Location"] + "/events").status_code == 404
    assert call.client.get(taken["Location"] + "/events?wait=26").status_code == 400


def test_what_failed_is_done_again_by_whoever_sent_it_and_what_did_not_is_not(call, company):
    from tests.server.api.conftest import caller_of

    from huoku.server.platform.models import Membership
    from huoku.server.platform.scope import entered

    engineer = caller_of(company, "engineer")
    engineer.post("/items", {"code": "A"}, Prefer="respond-async")
    with entered(company):
        Membership.objects.of(company).filter(user=engineer.actor.user).update(role="sales")
    work()
    with entered(company):
        Membership.objects.of(company).filter(user=engineer.actor.user).update(role="engineer")
    (job,) = call.rows("/jobs")
    assert engineer.post("/jobs/repeat", {"id": job["id"]}).status_code == 200 and work() == 1
    assert [row["code"] for row in call.rows("/items")] == ["A"] and call.rows("/jobs")[0]["state"] == "done"
    assert engineer.post("/jobs/repeat", {"id": job["id"]}).status_code == 409


def test_nobody_repeats_what_another_sent_but_who_looks_after_the_server(call, company):
    from tests.server.api.conftest import caller_of

    call.post("/items", {"code": ""}, Prefer="respond-async")
    work()
    (job,) = call.rows("/jobs")
    assert job["state"] == "failed"
    assert caller_of(company, "engineer").post("/jobs/repeat", {"id": job["id"]}).status_code == 404
    assert caller_of(company, "admin").post("/jobs/repeat", {"id": job["id"]}).status_code == 200


def test_the_record_is_verified_by_a_button_and_says_that_it_is_whole(call, company):
    from tests.server.api.conftest import caller_of

    owner = caller_of(company, "owner", language="zh-hans")
    assert "还没有核对过" in owner.client.get("/desk/record").content.decode()
    owner.client.post("/desk/record", {"key": "k"})
    assert "正在逐条核对" in owner.client.get("/desk/record").content.decode()
    work()
    assert "完整：没有一条被改过" in owner.client.get("/desk/record").content.decode()
    assert caller_of(company, "buyer").client.get("/desk/record").status_code == 403
