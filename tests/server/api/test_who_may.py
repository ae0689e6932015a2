"""Every route for every role: in its own company, at another site, in another company, and for nobody.

The routes are those of the router. One that declares no right, or that this world holds no row for, fails.
"""

import json
import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from tests.server.api.conftest import caller_of, standing
from tests.server.api.world import SECRETS
from tests.tries import IS_STRESS

ROLES = (
    *("owner", "sales", "planner", "buyer", "storekeeper", "production_lead", "finance", "engineer", "admin"),
    *("auditor", "supplier", "customer"),
)
EVERYBODY = frozenset(ROLES)
INSIDE = set(ROLES) - {"supplier", "customer"}
OWNERS = {"owner"}
ITEMS, SUPPLIERS = OWNERS | {"engineer", "planner", "admin"}, OWNERS | {"buyer", "admin"}
PLACES, COUNTERS = OWNERS | {"admin", "planner"}, OWNERS | {"storekeeper", "production_lead", "finance", "auditor"}
KEEPERS = OWNERS | {"sales", "planner", "production_lead"}
ADMINS = OWNERS | {"admin"}
MOVERS = OWNERS | {"storekeeper", "production_lead"}
BUYERS, RECEIVERS = OWNERS | {"buyer"}, OWNERS | {"storekeeper"}
REQUESTERS = OWNERS | {"planner", "production_lead", "sales", "storekeeper", "engineer", "buyer"}
ACTORS = OWNERS | {"planner", "production_lead", "engineer"}
LOCKERS = OWNERS | {"sales", "production_lead", "planner"}
MAY = {
    **dict.fromkeys(("suppliers", "supplier_days", "sources", "price_breaks", "supplier_offers"), SUPPLIERS),
    "customers": OWNERS | {"sales", "admin"},
    "sites": OWNERS | {"admin"},
    "locations": PLACES,
    "owners": PLACES,
    "movements": MOVERS,
    "movements/pick": MOVERS,
    "movements/reverse": OWNERS | {"storekeeper", "finance"},
    "reservations": KEEPERS,
    "reservations/release": KEEPERS,
    "reservations/expire": KEEPERS,
    "reservations/post": MOVERS,
    "reservations/pre_empt": OWNERS | {"planner", "production_lead"},
    "supplies/state": OWNERS | {"buyer", "planner", "production_lead"},
    "counts": COUNTERS,
    "counts/approve": OWNERS | {"finance", "planner"},
    "count_tasks/plan": OWNERS | {"storekeeper", "finance", "planner"},
    "count_tasks/draw": OWNERS | {"storekeeper", "finance", "planner"},
    "movements/write_off": MOVERS,
    "period_locks": OWNERS | {"finance"},
    **dict.fromkeys(("people/dismiss", "people/sign_out", "memberships", "memberships/limit_sites"), ADMINS),
    **dict.fromkeys(("memberships/take", "invitations", "invitations/revoke"), ADMINS),
    **dict.fromkeys(("tokens", "tokens/revoke", "sessions/end", "courses/take_exam"), EVERYBODY),
    **dict.fromkeys(("approvals/approve", "approvals/reject", "approvals/withdraw"), INSIDE),
    **dict.fromkeys(("approval_limits/set", "second_checks/require", "courses", "courses/end"), ADMINS),
    "jobs/repeat": EVERYBODY,
    "audit_entries/verify": OWNERS | {"auditor"},
    "chains/freeze": ADMINS | {"auditor"},
    "valuations": OWNERS | {"finance"},
    **dict.fromkeys(("comments", "attachments", "tasks/finish", "files"), INSIDE),
    "number_ranges": OWNERS | {"admin"},
    "sales_rules": OWNERS | {"admin"},
    "sales_orders/take_over": OWNERS | {"admin"},
    **dict.fromkeys(("plan_runs", "plan_runs/drop"), OWNERS | {"planner", "buyer", "production_lead"}),
    "plan_runs/make_live": OWNERS | {"planner", "buyer"},
    **dict.fromkeys(
        (f"proposals/{step}" for step in ("accept", "reject", "reopen", "pull")), OWNERS | {"planner", "buyer"}
    ),
    "forecasts/call_off": OWNERS | {"sales"},
    **dict.fromkeys(("planning_settings", "forecasts", "planning_places", "lanes", "outlets"), PLACES),
    **{
        f"sales_orders{step}": OWNERS | {"sales"}
        for step in (
            *(
                "",
                "/check",
                "/hold",
                "/release_hold",
                "/provide",
                "/stop_providing",
                "/ask_departments",
                "/confirm",
                "/change_quantity",
            ),
            *("/close", "/cancel"),
        )
    },
    "sales_orders/answer_for_department": OWNERS | {"storekeeper", "buyer", "production_lead", "planner"},
    **{f"sales_orders/{step}": LOCKERS for step in ("ask_lock", "agree_lock", "unlock")},
    "sales_orders/check_off": OWNERS | {"storekeeper", "production_lead", "sales"},
    "sales_orders/ship": OWNERS | {"storekeeper"},
    **dict.fromkeys(("shipments/take_back", "shipments/void"), OWNERS | {"storekeeper"}),
    **dict.fromkeys(("purchase_requests", "purchase_requests/withdraw"), REQUESTERS),
    **dict.fromkeys((f"purchase_requests/{step}" for step in ("order", "reject", "reopen")), BUYERS),
    **dict.fromkeys(("purchase_orders", "purchase_lines", "purchase_lines/set_tolerance"), BUYERS),
    **dict.fromkeys(
        (f"purchase_orders/{step}" for step in ("approve", "send", "confirm", "revise_dates", "close", "cancel")),
        BUYERS,
    ),
    "purchase_orders/report_disruption": BUYERS,
    "purchase_orders/receive": RECEIVERS,
    **dict.fromkeys(("purchase_receipts/inspect", "purchase_receipts/return", "purchase_receipts/void"), RECEIVERS),
    "purchase_defaults": OWNERS | {"buyer", "admin"},
    **{
        f"work_orders{step}": OWNERS | {"planner", "production_lead"}
        for step in ("", "/release", "/reserve", "/cancel")
    },
    **dict.fromkeys(("work_orders/issue", "work_orders/return", "work_orders/kit"), MOVERS),
    **dict.fromkeys(("pick_lists", "pick_lists/take", "pick_lists/put_back", "pick_lists/cancel"), MOVERS),
    "work_orders/substitute": MOVERS | {"engineer"},
    **{f"work_orders/{step}": OWNERS | {"production_lead"} for step in ("start", "finish")},
    **{f"work_operations/{step}": OWNERS | {"production_lead"} for step in ("start", "pause", "resume", "report")},
    **{f"work_operations/{step}": OWNERS | {"planner", "production_lead"} for step in ("fix", "unfix")},
    "work_orders/close": OWNERS | {"production_lead", "planner", "finance"},
    "work_orders/take_over": ADMINS,
    "shortages": REQUESTERS,
    "shortages/verify": MOVERS,
    **dict.fromkeys(("shortages/review", "shortages/combine", "shortage_ways/choose", "low_stock/watch"), ACTORS),
    **dict.fromkeys(("shortages/solve", "shortages/close"), OWNERS | {"planner", "production_lead"}),
    "balances/put_away": MOVERS,
    **dict.fromkeys(("notice_receivers", "notice_receivers/confirm", "notice_deliveries/send_again"), ADMINS),
    **dict.fromkeys(("notice_receivers/keep_wish", "notice_receivers/send_test"), INSIDE),
    **{
        f"{partner}_statements{step}": OWNERS | {"finance", role}
        for partner, role in (("customer", "sales"), ("supplier", "buyer"))
        for step in ("", "/make_all", "/remake", "/send", "/agree", "/dispute")
    },
    **{
        f"transfers{step}": OWNERS | {"planner", "buyer", "sales", "production_lead", "storekeeper"}
        for step in ("", "/ask", "/cancel")
    },
    **{
        f"transfers/{step}": OWNERS | {"planner", "production_lead", "storekeeper"}
        for step in ("approve", "revise_arrival", "close")
    },
    **{f"transfers/{step}": OWNERS | {"storekeeper"} for step in ("send", "receive", "settle")},
}
"""Who may change what. What is not here is of the item master."""
READ = {
    "me": set(ROLES),
    "sites": set(ROLES),
    "number_ranges": OWNERS | {"admin"},
    **dict.fromkeys(("audit_entries", "seals"), OWNERS | {"auditor"}),
    **dict.fromkeys(("chains", "schedules"), ADMINS | {"auditor"}),
    **dict.fromkeys(("people", "memberships", "membership_sites", "invitations"), ADMINS | {"auditor"}),
    **dict.fromkeys(("approval_limits", "second_checks"), ADMINS | {"auditor", "finance"}),
    **dict.fromkeys(("tokens", "sessions", "courses", "course_questions", "exams", "jobs"), EVERYBODY),
    "counts": OWNERS | {"finance", "planner"},
    "valuations": OWNERS | {"finance"},
    "valuation_lines": OWNERS | {"finance"},
    **dict.fromkeys(("examinations", "anomalies"), ADMINS | {"auditor", "finance"}),
    "sales_orders/deliverable": OWNERS | {"planner", "sales", "production_lead"},
    **dict.fromkeys(("customer_statements", "customer_statement_lines"), OWNERS | {"sales", "finance", "auditor"}),
    **dict.fromkeys(("supplier_statements", "supplier_statement_lines"), OWNERS | {"buyer", "finance", "auditor"}),
}
"""Who may read what. All of the company's own people read what is not here."""
OWN = {
    "tokens": ADMINS,
    "jobs": ADMINS | {"auditor"},
    "sessions": ADMINS,
    "exams": ADMINS | {"auditor"},
    "approvals": MOVERS,
    **dict.fromkeys(("notice_receivers", "notice_deliveries"), ADMINS),
}
"""Tables in which others see only what is their own, or what they may decide."""
OF_THE_SERVER = {"schedules"}
"""What is no company's: which jobs this server runs by itself, and when."""
SEES = {
    "cost": {"owner", "finance", "buyer", "planner", "auditor"},
    "sales_price": {"owner", "finance", "sales", "auditor"},
    "supplier_terms": {"owner", "finance", "buyer", "planner", "auditor"},
    "customer_identity": {"owner", "finance", "sales", "planner", "auditor"},
}
READERS = ROLES if IS_STRESS else ("owner", "sales", "planner", "buyer", "storekeeper", "admin")
"""One of each sight, and the one who reads most of those who see nothing secret."""
BODIES = {
    ("POST", "proposals/pull"): {"lever": "wait"},
    ("PATCH", "calendar_days"): {"is_open": True},
    ("PATCH", "supplier_days"): {"is_open": True},
    ("POST", "calendar_days/set_days"): {"first": "2099-01-01", "holds": "rest"},
    ("POST", "calendar_days/copy_year"): {"year": 2026},
    ("PATCH", "price_breaks"): {"price": "1"},
    ("PATCH", "supplier_offers"): {"price": "1"},
    ("POST", "items/classify"): {"values": [{"item": "BOLT", "value": "1"}]},
    ("POST", "boms/copy"): {"parent": "FRAME", "revision": "C", "valid_from": "2099-01-01"},
    ("POST", "boms/revise"): {"valid_from": "2099-01-01", "lines": [{"component": "BOLT", "qty": "5"}]},
    ("POST", "boms/replace"): {
        "component": "BOLT",
        "substitute": "NUT",
        "valid_from": "2099-01-01",
        "boms": [{"id": 1}],
    },
    ("POST", "purchase_requests/reject"): {"answer": "no"},
    ("POST", "purchase_orders/revise_dates"): {"lines": [{"line": 1, "on": "2026-12-01"}]},
    ("POST", "purchase_orders/report_disruption"): {
        "suppliers": ["ACME"],
        "from_on": "2099-01-01",
        "until_on": "2099-01-02",
        "why": "none",
    },
    ("POST", "purchase_orders/receive"): {"lines": [{"line": 1, "qty": "1"}]},
    ("POST", "purchase_receipts/return"): {"qty": "1", "reason": "bent"},
    ("POST", "sales_orders/answer_for_department"): {"role": "", "can_be_done": True},
    ("POST", "sales_orders/change_quantity"): {"line": 1, "qty": "1"},
    ("POST", "sales_orders/ask_lock"): {"until": "2099-01-01"},
    ("POST", "sales_orders/check_off"): {"requirement": 1},
    ("POST", "sales_orders/ship"): {"lines": [{"line": 1, "qty": "1"}]},
    ("POST", "sales_orders/cancel"): {"reason": "none"},
    ("POST", "work_orders/issue"): {"line": 1, "quantity": "1", "from_location": "EAST"},
    ("POST", "work_orders/return"): {"line": 1, "quantity": "1", "to_location": "EAST"},
    ("POST", "work_orders/substitute"): {"line": 1, "substitute": "NUT", "quantity": "1000", "from_location": "EAST"},
    ("POST", "work_orders/cancel"): {"reason": "none"},
    ("POST", "work_operations/pause"): {"cause": "machine"},
    ("POST", "work_operations/fix"): {"day": "2098-12-01"},
    ("POST", "pick_lists/take"): {"line": 1},
    ("POST", "shortages/verify"): {"counted": "1", "place": "EAST"},
    ("POST", "shortages/combine"): {"ways": [1]},
    ("POST", "shortages/close"): {"cause": "count", "measure": "count weekly"},
    **{
        ("POST", f"{partner}_statements/{step}"): body
        for partner in ("customer", "supplier")
        for step, body in (("make_all", {"month": "2026-01"}), ("dispute", {"answer": "no"}))
    },
    ("POST", "transfers/revise_arrival"): {"expected_on": "2099-01-01"},
    ("POST", "transfers/receive"): {"lines": [{"line": 1, "qty": "1"}]},
    ("POST", "transfers/settle"): {"lines": [{"line": 1, "lost": "1"}], "reason": "none"},
    ("POST", "balances/put_away"): {"to_location": "EAST"},
    ("POST", "pick_lists/put_back"): {"line": 1, "reason": "none"},
    ("POST", "shipments/void"): {"reason": "none"},
    ("POST", "purchase_receipts/void"): {"reason": "none"},
    ("POST", "shipments/take_back"): {
        "location": "EAST",
        "reason": "none",
        "lines": [{"shipment_line": 1, "qty": "1"}],
    },
}


ROW = re.compile(r"\{(int|uuidstr):id\}")


def routes():
    """Method and path of every operation, from the router itself."""
    from huoku.server.api.urls import api

    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, path


def doors_for(role):
    """The routes that a role tries: with --stress all; else each is tried by one who may and one who may not."""
    for number, (method, path) in enumerate(routes()):
        welcome = [each for each in ROLES if may(each, method, path)]
        others = [each for each in ROLES if each not in welcome]
        if IS_STRESS or role in [some[number % len(some)] for some in (welcome, others) if some]:
            yield method, path


def may(role, method, path):
    """Who may do what, written here a second time."""
    parts = [part for part in path.split("/")[2:] if not part.startswith("{")]
    if method == "GET":
        return role in READ.get("/".join(parts), READ.get(parts[0], INSIDE))
    return role in MAY.get("/".join(parts), ITEMS)


def knock(caller, method, path, row_id, company=None):
    """Call a route as well as can be without knowing it: nothing is done."""
    where = ROW.sub(str(row_id), path.replace("{company}", company or caller.company))
    parts = path.split("/")[2:]
    body = BODIES.get((method, "/".join(part for part in parts if not ROW.match(part))), {})
    if "role" in body and not body["role"]:  # everybody answers for his own department, an owner for any
        theirs = caller.actor.roles if caller.actor else ()
        body = {**body, "role": next((role for role in theirs if role != "owner"), "storekeeper")}
    headers = {"Idempotency-Key": "knock", "If-Match": "*"}
    trial = "" if method == "GET" else "?dry_run=1"
    if parts == ["files"]:
        trial, body = "?name=a.pdf", "%PDF-1.7 again"
    content = body if isinstance(body, str) else json.dumps(body)
    kind = "application/octet-stream" if isinstance(body, str) else "application/json"
    answer = caller.client.generic(
        method, f"/api/v1{where}{trial}", "" if method == "GET" else content, content_type=kind, headers=headers
    )
    answer.getvalue()  # a file that was read to its end is closed
    return answer


@pytest.fixture(scope="module")
def standing_other(standing_world, django_db_blocker, tmp_path_factory):
    """Another company, made later: so ids of the two differ although their codes do not."""
    with standing("OTHER", django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.fixture
def other(standing_other, db):
    return standing_other


def test_every_route_declares_its_right():
    from huoku.server.api.routes import RIGHTS
    from huoku.server.platform.roles import right

    found = list(routes())
    assert set(found) == set(RIGHTS) and len(found) == len(RIGHTS) > 50
    for name in RIGHTS.values():
        assert right(name).roles


def test_each_right_is_given_to_the_roles_that_this_file_says():
    from huoku.server.api.routes import RIGHTS
    from huoku.server.platform.roles import right

    for (method, path), name in RIGHTS.items():
        assert right(name).roles == {role for role in ROLES if may(role, method, path)}, (method, path)


def test_no_other_address_leads_anywhere():
    from django.urls import get_resolver

    known = {"docs", "api/v1/", r"^api/(?P<rest>[\s\S]*)$"}
    api = [entry for entry in get_resolver().url_patterns if getattr(entry, "urlconf_name", None) is not None]
    inside = {str(each.pattern) for entry in api for each in getattr(entry, "url_patterns", ())}
    assert known <= inside


@contextmanager
def undone():
    """What the block does to the database is undone after it: a world serves one role after the other."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.sqlite_only  # what a role may do is asked above the database
def test_a_role_may_do_what_its_rights_say_and_nothing_else(world, company):
    for role in ROLES:
        with undone():
            knock_at_every_door(world, company, role)


def knock_at_every_door(world, company, role):
    from huoku.server.platform.models import Site

    caller = caller_of(company, role, site=Site.objects.of(company).get(code="EAST"))
    for method, path in doors_for(role):
        table = path.split("/")[2]
        row_id = world.ids.get(table, 0)
        assert row_id or not ROW.search(path), f"the world has no row for {path}"
        answer = knock(caller, method, path, row_id)
        not_his = bool(ROW.search(path)) and role not in OWN.get(table, ROLES) and answer.status_code == 404
        allowed = answer.status_code not in (401, 403, 404) or not_his
        assert allowed == may(role, method, path), (method, path, answer.status_code)
        assert answer.status_code < 500 and (answer.status_code != 404 or not_his), (method, path)
        if allowed and ROW.search(path) and table in world.west:
            assert knock(caller, method, path, world.west[table]).status_code == 404, (method, path)


@pytest.mark.slow
@pytest.mark.sqlite_only  # what a role may do is asked above the database
def test_what_a_role_must_not_see_stands_in_none_of_its_answers(world, company):
    for role in READERS:
        with undone():
            read_everything(world, company, role)


def read_everything(world, company, role):
    caller = caller_of(company, role)
    forms = ("application/json", "text/csv")
    seen = {group: False for group in SECRETS}
    for method, path in routes():
        if method != "GET":
            continue
        row_id = world.ids.get(path.split("/")[2], 0)
        for accept in forms:
            for expand in dict.fromkeys((expands_of(path), "")):
                where = ROW.sub(str(row_id), path.replace("{company}", company.code))
                answer = caller.client.get(f"/api/v1{where}{expand}", headers={"Accept": accept})
                text = answer.getvalue().decode("utf-8", "replace")
                for group, secrets in SECRETS.items():
                    found = any(f'"{secret}"' in text or f",{secret}" in text for secret in secrets)
                    seen[group] |= found
                    assert role in SEES[group] or not found, (path, group, text)
                if answer.status_code == 200:
                    break  # without what was expanded the answer says less
    assert seen == {group: role in SEES[group] for group in SECRETS}


def expands_of(path):
    from huoku.server.platform.tables.table import TABLES

    table = TABLES.get(path.split("/")[2])
    names = ",".join(table.expands) if table and path.count("/") < 4 else ""
    return f"?expand={names}" if names else ""


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_what_is_hidden_can_neither_be_asked_for_nor_guessed_by_filters(world, company):
    for role in ROLES:
        with undone():
            ask_for_what_is_hidden(world, company, role)


def ask_for_what_is_hidden(world, company, role):
    caller = caller_of(company, role)
    hidden = {"cost": ("items", "unit_cost"), "sales_price": ("items", "price"), "supplier_terms": ("sources", "price")}
    for group, (table, column) in hidden.items():
        if role in SEES[group] or role not in INSIDE:
            continue
        for asked in (f"fields={column}", f"sort={column}", f"filter[{column}][gt]=1"):
            assert caller.get(f"/{table}?{asked}").status_code == 400


@pytest.mark.sqlite_only  # what a role may read is asked above the database
def test_what_is_said_of_a_paper_and_put_to_it_is_for_those_who_may_read_it(world, company):
    statement = {"what": "statements.customerstatement", "row": world.ids["customer_statements"]}
    said = world.owner.added("/comments", text="3 % off for Li alone", **statement)["id"]
    bytes_of = world.owner.client.post(
        f"/api/v1/{world.owner.company}/files?name=li.pdf", b"%PDF-1.7 li", content_type="application/pdf"
    )
    kept = {name: bytes_of.json()[name] for name in ("sha256", "size_bytes", "media_type", "name")}
    put = world.owner.added("/attachments", **statement, **kept)["id"]
    keeper, seller = caller_of(company, "storekeeper"), caller_of(company, "sales")
    for path in (f"/comments/{said}", f"/attachments/{put}", f"/attachments/{put}/content"):
        answers = [caller.get(path) for caller in (keeper, seller)]
        assert [answer.status_code for answer in answers] == [404, 200], path
        for answer in answers:
            answer.getvalue()  # a file that was read to its end is closed
    for table in ("comments", "attachments"):
        assert statement["what"] not in {row["what"] for row in keeper.rows(f"/{table}")}
        assert statement["what"] in {row["what"] for row in seller.rows(f"/{table}")}


@pytest.mark.slow
def test_another_company_does_not_exist(world, other, company):
    caller, stranger = caller_of(company, "owner"), other.owner
    for method, path in routes():
        table = path.split("/")[2]
        assert knock(caller, method, path, other.ids.get(table, 1), company="OTHER").status_code == 404, (method, path)
        if ROW.search(path) and table not in OF_THE_SERVER:
            assert knock(caller, method, path, other.ids[table]).status_code == 404, (method, path)
    assert caller.client.get("/api/v1/NO-SUCH/items").status_code == 404
    assert stranger.get("/items").json()["rows"] and caller.get("/items").json()["rows"]


@pytest.mark.slow
def test_two_companies_with_the_same_codes_see_each_its_own(world, other, company):
    from huoku.server.platform.tables.table import TABLES

    caller = caller_of(company, "owner")
    for table in (each for each in TABLES.values() if each.name not in OF_THE_SERVER):
        for path in (f"/{table.name}?fields=id", f"/{table.name}?fields=id&sort=-id&limit=1000"):
            mine, theirs = ({row["id"] for row in who.rows(path)} for who in (caller, other.owner))
            assert mine and theirs and not mine & theirs
    by_id = caller.rows(f"/items?filter[id][eq]={other.ids['items']}")
    assert by_id == []
    expanded = caller.rows("/sources?expand=item,supplier,price_breaks")[0]["expanded"]
    assert expanded["item"]["code"] == "BOLT" and expanded["item"]["id"] != other.ids["items"]


@pytest.mark.slow
def test_a_request_cannot_name_a_row_of_another_company(world, other, company):
    caller = caller_of(company, "owner")
    answer = caller.post("/proposals/reject", {"proposals": [other.ids["proposals"]], "reason": "not ours"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown")


@pytest.mark.slow
@pytest.mark.sqlite_only  # who has not signed in asks no database
def test_nobody_gets_in_without_signing_in(world):
    nobody = type(world.owner)(world.owner.company, None, Client())
    for method, path in routes():
        for headers in ({}, {"Authorization": "Bearer hk_0000000000000000_" + "a" * 43}):
            nobody.client = Client(headers=headers)
            answer = knock(nobody, method, path, world.ids.get(path.split("/")[2], 1))
            assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="huoku"'), (method, path)


@pytest.mark.slow
def test_a_session_changes_nothing_without_the_token_of_its_page(world):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.owner.actor.user)
    where = f"/api/v1/{world.owner.company}/items"
    assert strict.get(where).status_code == 200
    answer = strict.post(where, '{"code":"A"}', content_type="application/json", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")


@pytest.mark.slow
def test_a_program_comes_in_by_its_token_and_may_no_more_than_it_says(world, company):
    from django.utils import timezone

    from huoku.server.platform.models import ApiToken
    from huoku.server.platform.scope import entered
    from huoku.server.platform.tokens import new_secret

    secret = new_secret()
    with entered(company):
        ApiToken.objects.create(
            company=company,
            user=world.owner.actor.user,
            name="scanner",
            prefix=secret.prefix,
            digest=secret.digest,
            rights=["items.read"],
            made_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=1),
        )
    program = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret.text}"})
    assert program.get(f"/api/v1/{company.code}/items").status_code == 200
    assert program.get(f"/api/v1/{company.code}/suppliers").status_code == 403
    headers = {"Idempotency-Key": "k"}
    added = program.post(
        f"/api/v1/{company.code}/items", {"code": "A"}, content_type="application/json", headers=headers
    )
    assert (added.status_code, added.json()["code"]) == (403, "not_allowed")
    assert program.get("/api/v1/OTHER/items").status_code == 404
