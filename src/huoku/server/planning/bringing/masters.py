"""Items, bills, routings, suppliers with their terms, places."""

import json
from collections import defaultdict
from datetime import date
from typing import Any

from huoku.server.items.commands import boms, items, routing
from huoku.server.items.models import Item
from huoku.server.ledger.commands.places import add_location
from huoku.server.ledger.models import Location
from huoku.server.partners.commands import partners, sources
from huoku.server.planning.bringing.hands import Hands, Row, said, values
from huoku.server.planning.commands import masters
from huoku.server.planning.reading.columns import MAIN
from huoku.server.platform.commands.companies import add_site

LOT = ("lot", "received_on", "expires_on")
"""Columns of stock that say something of lots: an item with any of them is kept by lot."""


NO_SUPPLIER = "~"
"""Whose open orders are that name no supplier."""


def bring_places(hands: Hands) -> None:
    """A site for each location that is not MAIN, with a store; and one place of each further kind that is needed."""
    told = {row["location"]: row for row in hands.rows("locations")}
    used = {
        name
        for table in ("stock", "supplies", "demands", "resources")
        for name in values(hands.factory.table(table), "location")
    }
    used |= {row[end] for row in hands.rows("lanes") for end in ("from", "to")}
    for code in sorted({*told, *used, MAIN}):
        site = None
        if code != MAIN:
            site = hands.do(add_site, code=code, name=(code in told and told[code]["site"]) or code)["id"]
        hands.ids["location", code] = hands.do(
            add_location, although_alike=True, code=code, kind=Location.Kind.STORAGE, site=site
        )["id"]
        if code != MAIN and code in told:
            about = told[code]
            known = {"plant": about["site"], "kind": about["kind"], "capacity": said(about["capacity"])}
            hands.do(masters.describe_place, site=code, **known)
    _bring_bins(hands)
    for kind in Location.Kind:
        if kind not in (Location.Kind.STORAGE, Location.Kind.LINE_SIDE):
            made = hands.do(add_location, code=f"~{kind.value}", name=str(kind.label), kind=kind)
            hands.ids["end", kind] = made["id"]


def _bring_bins(hands: Hands) -> None:
    """Warehouses that a list of stock names are places of the main site: what lies in any of them is planned as one."""
    stock = hands.factory.stock
    for code in values(stock, "place") if "place" in stock.columns else ():
        if ("location", code) not in hands.ids:
            made = hands.do(add_location, although_alike=True, code=code, kind=Location.Kind.STORAGE, site=None)
            hands.ids["place", code] = made["id"]


def bring_items(hands: Hands) -> None:
    by_lot = {row["item"] for row in hands.rows("stock") if any(row[column] is not None for column in LOT)}
    for row in hands.rows("items"):
        hands.do(
            items.add_item,
            although_alike=True,
            code=row["item"],
            name=row["name"],
            name_en=row.get("name_en"),
            spec=row.get("spec"),
            unit=row["unit"],
            decimals=row["decimals"],
            tracking=Item.Tracking.LOT if row["item"] in by_lot else Item.Tracking.NONE,
            kind=row["kind"],
            lifecycle=row["lifecycle"],
            lead_time_days=_whole(row["lead_time_days"]),
            shelf_life_days=_whole(row["shelf_life_days"]),
            attributes=json.loads(row["attributes"]) if row["attributes"] else None,
            **{
                name: said(row[name])
                for name in (
                    *("safety_stock", "lot_min", "lot_multiple", "lot_max", "unit_cost", "price", "setup_cost"),
                    "volume",
                )
            },
        )


def bring_boms(hands: Hands) -> None:
    """The lines of one parent with the same days are one revision: A, B, C by the days on which they begin."""
    bills: dict[str, dict[tuple[date | None, date | None], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in hands.rows("bom"):
        bills[row["parent"]][row["valid_from"], row["valid_to"]].append(row)
    for parent, revisions in bills.items():
        for place, ((valid_from, valid_to), rows) in enumerate(
            sorted(revisions.items(), key=lambda each: each[0][0] or date.min)
        ):
            days = {"valid_from": valid_from, "valid_to": valid_to}
            lines = [_bom_line(row) for row in rows]
            hands.do(boms.add_bom, rows, parent=parent, revision=f"{place + 1:02}", lines=lines, **days)


def _bom_line(row: Row) -> dict[str, Any]:
    return {
        "component": row["component"],
        "qty": said(row["qty"]),
        "scrap_rate": said(row["scrap_rate"]) or "0",
        "fixed_scrap": said(row["fixed_scrap"]) or "0",
        "operation": int(row["operation"]) if (row["operation"] or "").isdigit() else None,
    }


def bring_substitutes(hands: Hands) -> None:
    for row in hands.rows("substitutes"):
        given = {name: row[name] for name in ("item", "substitute", "priority", "parent", "valid_from", "valid_to")}
        hands.do(boms.add_substitute, ratio=said(row["ratio"]), **given)


def bring_partners(hands: Hands) -> None:
    unnamed = {NO_SUPPLIER} if any(row["supplier"] is None for row in hands.rows("supplies")) else set()
    suppliers = {
        *unnamed,
        *values(hands.factory.sources, "supplier"),
        *values(hands.factory.supplies, "supplier"),
        *values(hands.factory.calendar, "supplier"),
    }
    currency = hands.factory.settings.currency
    names = {**_names(hands, "supplies", "supplier"), **_names(hands, "sources", "supplier")}
    for code in sorted(suppliers):
        hands.do(partners.add_supplier, although_alike=True, code=code, name=names.get(code, code), currency=currency)
    names = _names(hands, "demands", "customer")
    for code in values(hands.factory.demands, "customer"):
        hands.do(partners.add_customer, although_alike=True, code=code, name=names.get(code, code), currency=currency)


def _names(hands: Hands, table: str, of: str) -> dict[str, str]:
    """What partners are called, where a column beside their codes says so."""
    frame, called = hands.factory.table(table), f"{of}_name"
    if called not in frame.columns:
        return {}
    return dict(frame.select(of, called).drop_nulls().unique(of, keep="first", maintain_order=True).iter_rows())


def bring_sources(hands: Hands) -> None:
    breaks: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in hands.rows("price_breaks"):
        breaks[row["item"], row["supplier"]].append({"min_qty": said(row["min_qty"]), "price": said(row["price"])})
    for row in hands.rows("sources"):
        source = hands.do(
            sources.add_source,
            **{name: row[name] for name in ("item", "supplier", "priority", "valid_from", "valid_to")},
            lead_time_days=_whole(row["lead_time_days"]),
            moq_reason=row["moq_reason"] or "",
            **{name: said(row[name]) for name in ("moq", "multiple", "price", "order_fee", "min_order_value")},
        )["id"]
        for each in breaks[row["item"], row["supplier"]]:
            hands.do(sources.add_price_break, source_id=source, **each)


def bring_routings(hands: Hands) -> None:
    for row in hands.rows("resources"):
        minutes, cost = said(row["minutes_per_day"]), said(row["cost_per_hour"])
        site = hands.site(row["location"])
        given = {"site": site, "minutes_per_day": minutes, "cost_per_hour": cost}
        names = {name: row.get(name) for name in ("name", "name_en")}
        hands.do(routing.add_resource, although_alike=True, code=row["resource"], **names, **given)
    for row in hands.rows("operations"):
        given = {name: row[name] for name in ("parent", "seq", "resource")}
        times = {name: said(row[name]) for name in ("setup_minutes", "run_minutes")}
        hands.do(routing.add_operation, name=row.get("name"), **given, **times)
    for row in hands.rows("calendar"):
        day = {"date": row["date"], "is_open": bool(row["open"])}
        if row["supplier"]:
            hands.do(partners.add_supplier_day, supplier=row["supplier"], **day)
        else:
            hands.do(routing.add_calendar_day, resource=row["resource"], **day)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
