"""Stock, open orders, demands, what is kept, and the past."""

from collections import defaultdict
from typing import Any

from huoku.server.ledger.commands.movements import record_movement
from huoku.server.ledger.commands.reservations import reserve
from huoku.server.ledger.models import Location, Lot, Movement, Status
from huoku.server.planning.bringing.hands import Hands, Row, said
from huoku.server.planning.bringing.masters import NO_SUPPLIER
from huoku.server.planning.bringing.names import seq, split
from huoku.server.planning.bringing.prices import Prices
from huoku.server.planning.bringing.work import Needs, bring_work
from huoku.server.planning.commands import masters
from huoku.server.planning.reading.past import NO_CUSTOMER
from huoku.server.platform.clock import business_day, now
from huoku.server.platform.exact import whole
from huoku.server.production.commands.moving import fix_operation
from huoku.server.production.models import WorkOperation
from huoku.server.purchasing.commands import approving, drafting
from huoku.server.sales.commands.orders import enter_order
from huoku.server.sales.commands.promising import take_over_order
from huoku.server.sales.models import SalesLine

AT_ONCE = 500


def bring_stock(hands: Hands, item_ids: dict[str, tuple[int, int]]) -> None:
    """Opening balances: received from outside on the day that the lot came, at the item's cost. A lot without a name
    gets one."""
    today = hands.factory.settings.today
    costs = {row["item"]: row["unit_cost"] for row in hands.rows("items")}
    tracked = {row["item"] for row in hands.rows("stock") if row["lot"] or row["received_on"] or row["expires_on"]}
    lines, rows = [], []
    for place, row in enumerate(hands.rows("stock"), start=1):
        if not row["qty"]:
            continue
        item, decimals = item_ids[row["item"]]
        cost = costs[row["item"]]
        lot = {
            "lot_code": row["lot"] or f"OPEN-{place:05}",
            "received_on": row["received_on"] or today,
            "expires_on": row["expires_on"],
        }
        rows.append(row)
        lines.append(
            {
                "kind": Movement.Kind.RECEIVE,
                "item": item,
                "quantity": whole(row["qty"], decimals, "qty"),
                "from_location": hands.ids["end", Location.Kind.SUPPLIER],
                "to_location": hands.place(row["location"], row.get("place")),
                "to_status": Status(row["status"]),
                "unit_cost": None if cost is None else whole(cost, 6, "unit_cost"),
                **(lot if row["item"] in tracked else {}),
            }
        )
    for start in range(0, len(lines), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        hands.do(record_movement, rows[part], lines=lines[part], document="opening balance")


def bring_supplies(hands: Hands, needs: Needs) -> dict[str, str]:
    """Open purchases become orders that were sent to the supplier, open work becomes work orders. Returns what these
    still take as demands of the records, by name."""
    named: dict[str, str] = {}
    prices = Prices.known(hands.factory)
    papers: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in hands.rows("supplies"):
        if row["kind"] == "buy" or row["kind"] is None:
            number, _ = split(row["supply"])
            papers[number, row["supplier"] or NO_SUPPLIER, row["location"]].append(row)
        elif row["kind"] == "make":
            named |= bring_work(hands, row, needs.get(row["supply"], ()))
    for (number, supplier, location), rows in papers.items():
        order = hands.do(
            drafting.add_order,
            rows,
            number=number,
            supplier=supplier,
            location=location,
            lines=[
                {
                    **{"seq": seq(row["supply"]), "item": row["item"], "qty": said(row["qty"])},
                    **{"wanted_on": row["due"], "price": prices.of(row, supplier)},
                }
                for row in rows
            ],
        )
        hands.do(approving.approve, rows, id=order["id"], below_minimum=True)
        hands.do(approving.send, rows, id=order["id"])
    return named


def bring_fixed_work(hands: Hands) -> None:
    """Work that somebody has put on a day which is still to come."""
    company = hands.actor.company
    today = business_day(company, now())
    for row in hands.rows("fixed_work"):
        operation = WorkOperation.objects.of(company).filter(order__number=row["supply"], seq=row["seq"]).first()
        if operation and today <= row["date"] <= operation.order.due_on:
            hands.do(fix_operation, id=operation.pk, day=row["date"], resource=row["resource"])


def bring_demands(hands: Hands, needs: Needs) -> dict[str, str]:
    """Orders that were promised already; forecasts and contracts, but not what open papers still take. Returns the
    demands of the records by name."""
    of_papers = {row["demand"] for rows in needs.values() for row in rows}
    papers: dict[tuple[str, str, str | None, int], list[Row]] = defaultdict(list)
    for row in hands.rows("demands"):
        if row["kind"] in (None, "order"):
            number, _ = split(row["demand"])
            papers[number, row["customer"] or NO_CUSTOMER, hands.site(row["location"]), row["priority"]].append(row)
        elif row["demand"] not in of_papers:
            hands.do(
                masters.add_forecast,
                code=row["demand"],
                item=row["item"],
                qty=said(row["qty"]),
                due_on=row["due"],
                kind=row["kind"],
                customer=row["customer"],
                site=hands.site(row["location"]),
                priority=row["priority"],
                price=said(row["price"]),
            )
    named: dict[str, str] = {}
    for (number, customer, site, priority), rows in papers.items():
        lines = [_sales_line(row) for row in rows]
        known = {"number": number, "customer": customer, "site": site, "priority": min(max(priority, 1), 9)}
        entered = hands.do(enter_order, rows, **known, lines=lines)
        hands.do(take_over_order, rows, id=entered["id"])
        made = {line.seq: line for line in SalesLine.objects.of(hands.actor.company).filter(order=entered["id"])}
        named |= {row["demand"]: made[seq(row["demand"])].demand for row in rows}
    return named


def bring_reservations(hands: Hands, named: dict[str, str], item_ids: dict[str, tuple[int, int]]) -> None:
    for row in hands.rows("reservations"):
        item, decimals = item_ids[row["item"]]
        wish = {"item": item, "location": hands.place(row["location"]), "quantity": whole(row["qty"], decimals, "qty")}
        if row["lot"]:
            wish["lot"] = Lot.objects.of(hands.actor.company).get(item=item, code=row["lot"]).pk
        if row["demand"] in named:
            hands.do(reserve, lines=[wish], demand=named[row["demand"]])


def bring_past(hands: Hands) -> None:
    past = list(hands.rows("history"))
    used: list[dict[str, Any]] = [
        {
            **{"item": row["item"], "date": row["date"], "qty": said(row["qty"])},
            **{"site": hands.site(row["location"]), "customer": row["customer"]},
        }
        for row in past
    ]
    for start in range(0, len(used), 20_000):
        part = slice(start, start + 20_000)
        hands.do(masters.bring_past_use, past[part], rows=used[part])
    cases = list(hands.rows("disposals"))
    if cases:
        hands.do(masters.bring_disposals, cases, rows=[_closed(row) for row in cases])


def bring_ways(hands: Hands) -> None:
    """Lanes between sites, and outlets for what is left over."""
    for row in hands.rows("lanes"):
        ends = {"from_site": row["from"], "to_site": row["to"], "item": row["item"]}
        hands.do(masters.add_lane, **ends, lead_time_days=int(row["lead_time_days"]), cost=said(row["cost"]))
    for row in hands.rows("outlets"):
        shares = {name: said(row[name]) for name in ("share", "fee", "least", "most", "fade")}
        about = {"item": row["item"], "code": row["outlet"], "kind": row["kind"], "until": row["until"]}
        hands.do(masters.add_outlet, **about, **shares)


def _sales_line(row: Row) -> dict[str, Any]:
    line = {"seq": seq(row["demand"]), "item": row["item"], "qty": said(row["qty"]), "due_on": row["due"]}
    return line if row["price"] is None else {**line, "price": said(row["price"])}


def _closed(row: Row) -> dict[str, Any]:
    amounts = {name: said(row[name]) for name in ("qty", "proceeds", "value", "bought", "needed")}
    words = {name: row[name] or "" for name in ("outlet", "supplier", "cause", "lesson")}
    days = {name: row[name] for name in ("date", "opened", "received_on")}
    return {"item": row["item"], **days, **amounts, **words}
