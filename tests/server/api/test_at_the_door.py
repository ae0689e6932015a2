"""What happens before anything is asked: https, limits, and what is written down of a refusal."""

from tests.server.api.conftest import caller_of


def test_a_program_that_came_without_https_is_refused_and_told_that_its_token_is_lost(shop, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = shop.get("/items")
    assert (answer.status_code, answer.json()["code"]) == (403, "https_only") and "令牌" in answer.json()["title"]
    assert shop.client.get(f"/api/v1/{shop.company}/items", secure=True).status_code == 200


def test_whole_lists_as_files_have_a_limit_of_their_own(shop, company, monkeypatch):
    from huoku.server.platform import doors
    from huoku.server.platform.limits import Buckets

    monkeypatch.setattr(doors, "_EXPORTS", Buckets(2))
    told = [shop.get("/items", accept="text/csv").status_code for _ in range(3)]
    assert told == [200, 200, 429] and shop.get("/items").status_code == 200
    assert caller_of(company, "sales").get("/items", accept="text/csv").status_code == 200


def test_refused_input_is_in_the_log_without_its_values(shop, capture_log):
    shop.post("/items", {"code": "NUT", "lead_time_days": "secret value"})
    (line,) = [line for line in capture_log("huoku.security") if line["event"] == "refused_input"]
    assert (line["status"], line["code"], line["fields"]) == (422, "invalid", ["lead_time_days"])
    assert line["path"].endswith("/items") and "secret value" not in str(line)


def test_one_sees_and_ends_ones_own_sessions_and_an_administrator_everybodys(company):
    from allauth.usersessions.models import UserSession

    seller, admin = caller_of(company, "sales"), caller_of(company, "admin")
    own, other = (
        UserSession.objects.create(user=who.actor.user, ip="192.0.2.1", session_key=who.client.session.session_key)
        for who in (seller, admin)
    )
    assert [row["id"] for row in seller.rows("/sessions")] == [own.pk] and len(admin.rows("/sessions")) == 2
    assert seller.post("/sessions/end", {"session": other.pk}).status_code == 404
    assert admin.post("/sessions/end", {"session": own.pk}).status_code == 200
    assert seller.get("/items").status_code == 401


def test_whoever_may_decide_sees_what_waits_without_what_he_must_not_see(shop, company):
    for code, kind in (("SHELF", "storage"), ("ACME", "supplier"), ("BIN", "scrap")):
        shop.added("/locations", code=code, kind=kind)
    line = {"kind": "receive", "item": "BOLT-M6", "quantity": "9", "from_location": "ACME", "to_location": "SHELF"}
    shop.added("/movements", lines=[line])
    shop.post("/second_checks/require", {"kind": "ledger.write_off"})
    scrap = {**line, "kind": "scrap", "from_location": "SHELF", "to_location": "BIN", "unit_cost": "7.77"}
    shop.post("/movements/write_off", {"lines": [scrap], "reason": "rust"})
    seen = {role: caller_of(company, role).rows("/approvals") for role in ("storekeeper", "sales")}
    assert "unit_cost" not in seen["storekeeper"][0]["request"]["lines"][0] and seen["sales"] == []
    assert shop.rows("/approvals")[0]["request"]["lines"][0]["unit_cost"] == "7.77"
