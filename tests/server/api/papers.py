"""Documents for the world of the interface's tests: of each kind one at each site."""

from typing import Any


def sell(world: Any) -> None:
    """At each site an order with a requirement, confirmed by departments, shipped in part; comment, file, task."""
    call = world.owner
    call.added("/locations", code="customer", kind="customer")
    call.added("/sales_rules", big_value="1", departments=["storekeeper"])
    world.ids["sales_rules"] = call.rows("/sales_rules")[0]["id"]
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        line = {"item": "BOLT", "qty": "3", "due_on": "2099-01-01", "requirements": ["red"]}
        world.put("sales_orders", into, customer="RETAIL", site=site, customer_reference="顾客机密", lines=[line])
        order = into["sales_orders"]
        row = call.rows(f"/sales_lines?filter[order_id][eq]={order}")[0]
        into["sales_lines"] = row["id"]
        wish = call.rows(f"/sales_requirements?filter[line_id][eq]={row['id']}")[0]
        into["sales_requirements"] = wish["id"]
        yes = {"role": "storekeeper", "can_be_done": True}
        parts = [{"line": row["id"], "qty": "1"}]
        for step, body in (
            ("ask_departments", {}),
            ("answer_for_department", yes),
            ("confirm", {}),
            ("check_off", {"requirement": wish["id"]}),
            ("ship", {"lines": parts}),
        ):
            answer = call.post(f"/sales_orders/{order}/{step}", body, tag="*")
            assert answer.status_code == 200, (step, answer.content)
        into["sales_confirmations"] = call.rows(f"/sales_confirmations?filter[order_id][eq]={order}")[0]["id"]
        into["shipments"] = call.rows(f"/shipments?filter[order_id][eq]={order}")[0]["id"]
        into["shipment_lines"] = call.rows(f"/shipment_lines?filter[shipment_id][eq]={into['shipments']}")[0]["id"]
        about = {"what": "sales.salesorder", "row": order}
        world.put("comments", into, text="hello", **about)
        kept = call.client.post(
            f"/api/v1/{call.actor.company.code}/files?name=b.pdf",
            b"%PDF-1.7 offer " + site.encode() + call.actor.company.code.encode(),
            "application/octet-stream",
        ).json()
        world.put("attachments", into, **about, **kept)
        short = {"item": "NUT", "qty": "5", "due_on": "2099-01-01"}
        call.added("/sales_orders", customer="RETAIL", site=site, lines=[short])
        into["tasks"] = call.rows("/tasks?sort=-id")[0]["id"]
    world.ids["number_ranges"] = call.rows("/number_ranges")[0]["id"]


def buy(world: Any) -> None:
    """At each site a request, a draft, and an order that is late, came in part and waits for inspection."""
    call = world.owner
    world.put("purchase_defaults", over_tolerance="0.05", inspects=True)
    order = {"supplier": "ACME", "terms": "terms-secret"}
    bolts = {"item": "BOLT", "qty": "2", "wanted_on": "2026-12-01"}  # 2 x 3333.333303 + 3333.03 = 9999.70
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        world.put("purchase_requests", into, item="BOLT", qty="1", need_on="2026-12-01", site=site)
        sent = call.added("/purchase_orders", **order, location=site, lines=[bolts])["id"]
        line = into["purchase_lines"] = call.rows(f"/purchase_lines?filter[order_id][eq]={sent}")[0]["id"]
        late = {"lines": [{"line": line, "promised_on": "2026-12-24"}]}
        came = {"lines": [{"line": line, "qty": "1"}]}
        for step, body in (("approve", {}), ("send", {}), ("confirm", late), ("receive", came)):
            answer = call.post(f"/purchase_orders/{sent}/{step}", body, tag="*")
            assert answer.status_code == 200, (step, answer.content)
        into["purchase_chases"] = line
        for table in ("purchase_dates", "purchase_receipts"):
            into[table] = call.rows(f"/{table}?filter[line_id][eq]={line}")[0]["id"]
        world.put("purchase_orders", into, **order, location=site, lines=[bolts])
    world.ids["supplier_records"] = call.rows("/supplier_records")[0]["id"]


def produce(world: Any) -> None:
    """At each site an order that is picked and reported in part."""
    call = world.owner
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        work = f"WORK-{site}"
        call.added("/locations", code=work, kind="work_in_progress", site=site)
        asked = {"item": "FRAME", "qty": "2", "due_on": "2099-01-01", "target": site, "work_in_progress": work}
        world.put("work_orders", into, site=site, **asked)
        order = into["work_orders"]
        for table in ("work_components", "work_operations"):
            into[table] = call.rows(f"/{table}?filter[order_id][eq]={order}&sort=seq")[0]["id"]
        assert call.post(f"/work_orders/{order}/release", tag="*").status_code == 200
        world.put("pick_lists", into, orders=[order])
        into["pick_lines"] = call.rows(f"/pick_lines?filter[pick_list_id][eq]={into['pick_lists']}")[0]["id"]
        for address, body in (
            (f"/pick_lists/{into['pick_lists']}/take", {"line": 1, "quantity": "1", "is_more_to_come": True}),
            (f"/work_operations/{into['work_operations']}/report", {"good": "1"}),
        ):
            answer = call.post(address, body, tag="*")
            assert answer.status_code == 200, (address, answer.content)
        where = f"?filter[operation_id][eq]={into['work_operations']}"
        into["job_reports"] = call.rows(f"/job_reports{where}")[0]["id"]


def carry(world: Any) -> None:
    """At each site a transfer to another bin, of which a part is under way."""
    call = world.owner
    call.added("/locations", code="transit", kind="transit")
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        call.added("/locations", code=f"{site}-B", kind="storage", site=site)
        lines = [{"item": "BOLT", "qty": "2"}]
        world.put("transfers", into, origin=site, target=f"{site}-B", lines=lines)
        transfer = into["transfers"]
        line = into["transfer_lines"] = call.rows(f"/transfer_lines?filter[transfer_id][eq]={transfer}")[0]["id"]
        for step, body in (("approve", {}), ("send", {"lines": [{"line": line, "qty": "1"}]})):
            answer = call.post(f"/transfers/{transfer}/{step}", body, tag="*")
            assert answer.status_code == 200, (step, answer.content)
        into["transfer_parts"] = call.rows(f"/transfer_parts?filter[line_id][eq]={line}")[0]["id"]


def settle(world: Any) -> None:
    """With a customer and a supplier the months in which something of the world happened."""
    from huoku.server.platform import clock

    call = world.owner
    month = f"{clock.business_day(call.actor.company, clock.now()):%Y-%m}"
    for partner, code in (("customer", "RETAIL"), ("supplier", "ACME")):
        table = f"{partner}_statements"
        world.put(table, month=month, **{partner: code})
        for row in call.rows(f"/{partner}_statement_lines?filter[statement_id][eq]={world.ids[table]}&sort=-id"):
            orders = {"customer": "sales_orders", "supplier": "purchase_orders"}[partner]
            (order,) = call.rows(f"/{orders}?filter[id][eq]={row['order_id']}")
            into = world.west if order["site"] == "WEST" else world.ids
            into[f"{partner}_statement_lines"] = row["id"]


def plan(world: Any) -> None:
    """Masters of planning, a run, and at each site a forecast and a proposal with its demand."""
    from huoku.server.items.models import Item
    from huoku.server.planning.models import ContractCall, PlanRun, Proposal, ProposalPeg
    from huoku.server.platform.models import Site
    from huoku.server.platform.scope import entered

    call, company = world.owner, world.owner.actor.company
    world.put("planning_settings", risk_limit="1111.11")
    world.put("outlets", code="SCRAPYARD", kind="scrap", share="0.1", fee="1111.111103")
    world.put("lanes", from_site="EAST", to_site="WEST", cost="1111.111103")
    world.put("plan_runs")
    with entered(company):
        PlanRun.objects.of(company).update(state=PlanRun.State.DONE)  # before that nobody sees what it proposes
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        world.put("planning_places", into, site=site, plant=site)
        wanted = {"item": "BOLT", "qty": "5", "due_on": "2099-01-01", "price": "2222.222202"}
        world.put("forecasts", into, code=f"F-{site}", site=site, customer="RETAIL", **wanted)
        contract = {"code": f"FC-{site}", "kind": "contract", "site": site, "customer": "RETAIL", **wanted}
        called = call.added("/forecasts", **contract)["id"]
        call.post(f"/forecasts/{called}/call_off", tag="*")
        with entered(company):
            into["contract_calls"] = ContractCall.objects.of(company).get(contract=called).pk
            bolt = Item.objects.of(company).get(code="BOLT")
            proposal = Proposal.objects.create(
                company=company,
                run_id=world.ids["plan_runs"],
                order=f"PB-{site}",
                kind="buy",
                item=bolt,
                site=Site.objects.of(company).get(code=site),
                qty_steps=5,
                needed_steps=5,
                start_on="2098-12-01",
                due_on="2099-01-01",
                price_millionths=1_111_111_103,
                why_zh="5 × 1111.111103",
                why_en="5 at 1111.111103",
            )
            peg = ProposalPeg.objects.create(
                company=company, proposal=proposal, demand="sales.line:1", qty_steps=5, need_on="2099-01-01"
            )
        into["proposals"], into["proposal_pegs"] = proposal.pk, peg.pk
    assert call.rows("/proposals")


def run_short(world: Any) -> None:
    """At each site a work order that lacks bolts, with the ways out of it; an item below its safety stock."""
    call = world.owner
    for site, into in (("WEST", world.west), ("EAST", world.ids)):
        about = {"item": "FRAME", "qty": "500", "start_on": "2026-01-01", "due_on": "2099-01-01", "site": site}
        places = {"target": site, "work_in_progress": f"WORK-{site}"}
        order = call.added("/work_orders", **about, **places)["id"]
        released = call.post(f"/work_orders/{order}/release", tag="*")
        assert released.status_code == 200, released.content
        number = call.rows(f"/work_orders?filter[id][eq]={order}")[0]["number"]
        world.put("shortages", into, order=number, item="BOLT")
        mine = f"filter[case_id][eq]={into['shortages']}"
        for table in ("shortage_hits", "shortage_proofs", "shortage_trail"):
            into[table] = call.rows(f"/{table}?{mine}")[0]["id"]
        into["shortage_ways"] = call.rows(f"/shortage_ways?{mine}&filter[kind][eq]=buy")[0]["id"]
    call.added("/items", code="WASHER", safety_stock="5")
    assert call.post("/low_stock/watch", {}).status_code == 200
    world.ids["low_stock"] = call.rows("/low_stock")[0]["id"]


def examine(world: Any) -> None:
    """A night on which a balance was found to be wrong."""
    from huoku.server.alerts.commands.examining import Found, KeepExamination, keep_examination
    from huoku.server.platform.command import perform

    found = Found(rule="I2", text_zh="BOLT 不符", text_en="BOLT is off", streams="movements/1")
    perform(keep_examination, KeepExamination(found=[found]), actor=world.owner.actor, key="night")
    world.ids["examinations"] = world.owner.rows("/examinations")[0]["id"]
    world.ids["anomalies"] = world.owner.rows("/anomalies")[0]["id"]
