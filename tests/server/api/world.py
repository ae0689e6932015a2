"""Two companies with the same codes, each with a row in every table, at two sites where rows have sites.

What only some may see has values that stand nowhere else, so that any answer can be searched for them.
"""

from dataclasses import dataclass, field

from tests.server.api.conftest import Caller, caller_of
from tests.server.api.papers import buy, carry, examine, plan, produce, run_short, sell, settle

SECRETS = {
    "cost": ("1111.111101", "1111.11", "1111.111102", "1111.111103"),
    "sales_price": ("2222.222202",),
    "supplier_terms": ("3333.333303", "3333.03", "3333", "supplier-secret", "9999.7", "terms-secret"),
    "customer_identity": ("customer-secret", "顾客机密"),
}
"""By field group: how its values are shown."""


@dataclass
class World:
    owner: Caller
    ids: dict[str, int] = field(default_factory=dict)
    """A row of each table: at the site EAST where it has one."""
    west: dict[str, int] = field(default_factory=dict)
    """A row at the site WEST of each table whose rows have one."""

    def put(self, table: str, into: dict[str, int] | None = None, **body: object) -> None:
        (self.ids if into is None else into)[table] = self.owner.added(f"/{table}", **body)["id"]


def build(company) -> World:
    """A world of its own for ``company``, made through the interface by its owner."""
    from huoku.server.platform.command import perform
    from huoku.server.platform.commands.companies import AddSite, add_site

    world = World(caller_of(company, "owner"))
    for code in ("EAST", "WEST"):
        perform(add_site, AddSite(code=code, name=code), actor=world.owner.actor, key=code)
    bolt = {"unit_cost": "1111.111101", "setup_cost": "1111.11", "price": "2222.222202"}
    world.put("items", code="BOLT", **bolt)
    for code in ("NUT", "FRAME"):
        world.owner.added("/items", code=code)
    world.put("item_units", item="BOLT", unit="dozen", ratio="12")
    kept = world.owner.client.post(
        f"/api/v1/{company.code}/files?name=a.pdf", b"%PDF-1.7 " + company.code.encode(), "application/octet-stream"
    ).json()
    world.put("item_files", item="BOLT", kind="drawing", **kept)
    world.put("boms", parent="FRAME", revision="A", lines=[{"component": "BOLT", "qty": "4"}])
    world.ids["bom_lines"] = world.owner.rows("/bom_lines")[0]["id"]
    world.put("substitutes", item="BOLT", substitute="NUT")
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        press = f"PRESS-{site}"
        world.put("resources", into, code=press, site=site, minutes_per_day="480", cost_per_hour="1111.111102")
        seq = 10 if site == "EAST" else 20
        world.put("operations", into, parent="FRAME", seq=seq, resource=press, run_minutes="2")
        world.put("calendar_days", into, date="2026-10-01", is_open=False, resource=press)
    world.put("suppliers", code="ACME", contact="supplier-secret")
    world.put("supplier_days", supplier="ACME", date="2026-10-01", is_open=False)
    secret = {"price": "3333.333303", "order_fee": "3333.03", "moq": "3333"}
    world.put("sources", item="BOLT", supplier="ACME", lead_time_days=7, **secret)
    world.put("price_breaks", item="BOLT", supplier="ACME", min_qty="3333", price="3333.333303")
    offered = {"price": "3333.333303", "fee": "3333.03", "qty": "3333", "call": "3333", "cancel_fee": "3333.333303"}
    world.put("supplier_offers", item="BOLT", supplier="ACME", number="Q-7", kind="calls", lead_time_days=5, **offered)
    world.put("customers", code="RETAIL", name="顾客机密", contact="customer-secret")
    stock(world)
    sell(world)
    buy(world)
    produce(world)
    carry(world)
    settle(world)
    plan(world)
    run_short(world)
    examine(world)
    rules(world)
    for table in ("sites", "audit_entries"):
        world.ids[table] = world.owner.rows(f"/{table}?sort=id&limit=1")[0]["id"]
    world.west["sites"] = world.owner.rows("/sites?filter[code][eq]=WEST")[0]["id"]
    return world


def stock(world: World) -> None:
    """Places at both sites; at each something was received, made, kept, counted and taken on credit."""
    call = world.owner
    for kind in ("supplier", "production"):
        call.added("/locations", code=kind, kind=kind)
    call.added("/owners", code="LENDER")
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        world.put("locations", into, code=site, kind="storage", site=site)
        call.added("/locations", code=f"{site}?", kind="storage", site=site, is_unverified=True)
        received = {"kind": "receive", "item": "BOLT", "quantity": "100", "from_location": "supplier"}
        told = call.added("/movements", lines=[{**received, "to_location": site, "unit_cost": "1111.111103"}])
        into["movements"], lot = told["movements"][0]["id"], told["movements"][0]["lot_id"]
        made = {"kind": "make", "item": "FRAME", "quantity": "1", "from_location": "production", "to_location": site}
        call.added("/movements", lines=[{**made, "made_from": [{"lot_id": lot, "quantity": "4"}]}])
        taken = {"kind": "issue", "item": "BOLT", "quantity": "1", "from_location": f"{site}?"}
        call.added("/movements", lines=[{**taken, "to_location": "production"}])
        supply = {"supply": f"order-{site}", "item": "BOLT", "location": site, "quantity": "5"}
        assert call.post("/supplies/state", supply).status_code == 200
        wish = {"item": "BOLT", "location": site, "quantity": "1"}
        call.added("/reservations", lines=[wish], demand=f"order-{site}")
        call.added("/counts", item="BOLT", location=site, counted="99")
        where = f"?filter[location][in]={site},{site}?&sort=id&limit=1"
        for table in ("balances", "stock", "debts", "supplies", "reservations", "count_tasks", "counts"):
            into[table] = call.rows(f"/{table}{where}")[0]["id"]
    (last,) = call.rows("/movements?sort=-recorded_at&limit=1")
    call.added("/valuations", until=last["recorded_at"])
    call.added("/period_locks", until="2026-01-01T00:00:00+08:00")
    for table in (
        "owners",
        "lots",
        "lot_origins",
        "reservation_events",
        "valuations",
        "valuation_lines",
        "period_locks",
    ):
        world.ids[table] = call.rows(f"/{table}?sort=id")[-1]["id"]


def rules(world: World) -> None:
    """Somebody with a role at one site, his key and invitation; a limit, a second check, an exam; seals."""
    from allauth.usersessions.models import UserSession
    from django.utils import timezone

    from huoku.server.platform.jobs.schedules import enter_schedules
    from huoku.server.platform.seals import seal_all
    from huoku.server.platform.tokens import new_secret

    call, secret = world.owner, new_secret()
    keeper = caller_of(call.actor.company, "storekeeper", name=f"keeper-{call.company}")
    UserSession.objects.create(user=keeper.actor.user, ip="192.0.2.7", session_key=f"session-{call.company}")
    question = {"text": "FEFO?", "choices": ["yes", "no"], "right_choices": [0]}
    call.added("/courses", code="FEFO", title="先进先出", rights=[], questions=[question])
    assert call.post("/courses/take_exam", {"course": "FEFO", "choices": [[0]]}).status_code == 200
    key = {"prefix": secret.prefix, "digest": secret.digest.hex()}
    call.added("/tokens", name="scanner", rights=["items.read"], **key)
    call.added("/invitations", name="new", role="sales", digest=secret.digest.hex())
    call.added("/memberships", user=keeper.actor.user.username, role="engineer", sites=["EAST"])
    limit = {"kind": "ledger.approve_count", "role": "planner", "amount": "1111.11"}
    assert call.post("/approval_limits/set", limit).status_code == 200
    assert call.post("/second_checks/require", {"kind": "ledger.write_off"}).status_code == 200
    scrap = {"kind": "scrap", "item": "BOLT", "quantity": "1", "from_location": "EAST", "to_location": "scrap"}
    call.added("/locations", code="scrap", kind="scrap")
    assert call.post("/movements/write_off", {"lines": [scrap], "reason": "broken"}).status_code == 202
    robot = {
        "name": "buyers",
        "channel": "wecom",
        "address": "https://qyapi.weixin.qq.com/send?key=1",
        "roles": ["buyer"],
    }
    call.added("/notice_receivers", **robot)
    robots = call.rows("/notice_receivers")
    assert call.post(f"/notice_receivers/{robots[0]['id']}/send_test", tag="*").status_code == 200
    assert call.post("/audit_entries/verify").status_code == 202
    seal_all()
    enter_schedules(timezone.now())
    for table in (
        *("courses", "course_questions", "exams", "tokens", "invitations", "memberships", "membership_sites", "people"),
        *("approval_limits", "second_checks", "approvals", "sessions", "chains", "seals", "schedules", "jobs"),
        *("notice_receivers", "notice_deliveries"),
    ):
        world.ids[table] = call.rows(f"/{table}?sort=id")[-1]["id"]
