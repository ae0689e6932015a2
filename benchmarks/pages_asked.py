"""Which pages ``pages.py`` asks for: every address of the server, with rows that are there, the busiest first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

OWNER = "owner"
MANY = 1_000
"""Tables with so many rows are sorted and searched in every way that their lists offer."""


@dataclass(frozen=True)
class Asked:
    """One page. ``addresses`` are asked in turn, so that no answer kept from the last time is measured; ``body``: what
    a page sends that asks by a form and writes nothing."""

    name: str
    addresses: tuple[str, ...]
    login: str = OWNER
    body: dict[str, str] = field(default_factory=dict)
    is_file: bool = False
    """A whole list as a file: no page, and no mark of a page's."""
    follows: bool = False
    """What a page asks for when it is open and read: shown, and no mark of a page's."""


class World:
    """The rows that the pages are about."""

    def __init__(self, company: Any, day: Any) -> None:
        from pages_world import busiest_item

        from huoku.server.items.models import Item
        from huoku.server.planning.models import Proposal
        from huoku.server.sales.models import SalesLine, SalesOrder

        self.company, self.day = company, day
        self.item = busiest_item(company)
        self.made = Item.objects.of(company).filter(kind="make", code__startswith="F").order_by("pk").first()
        buys = Proposal.objects.of(company).filter(kind="buy", state="open").order_by("start_on", "pk")
        self.buys = list(buys.values_list("pk", flat=True)[:40])
        open_lines = SalesLine.objects.of(company).filter(order__state="confirmed").order_by("pk")
        self.lines = list(open_lines.values_list("pk", flat=True)[:40])
        self.orders = list(SalesOrder.objects.of(company).filter(state="confirmed").values_list("pk", flat=True)[:40])


def every_page(world: World, owner: Any) -> Iterator[Asked]:
    yield from _of_the_desk(world)
    yield from _of_tables(world, owner)


def _of_the_desk(world: World) -> Iterator[Asked]:
    from pages_world import ROLES

    yield Asked("Today, owner", ("/",))
    for role in ROLES:
        yield Asked(f"Today, {role}", ("/",), role)
    for sought in ("P00", "work", "F0000012", "zzzz", "SO-2", "螺栓"):
        yield Asked(f"Ctrl-K {sought!r}", (f"/search?{urlencode({'q': sought})}",))
    for view in ("week", "high", "waiting", "changed", "all"):
        yield Asked(f"purchases, {view}", (f"/desk/buying?view={view}",), "buyer")
    saved = ("/desk/buying/savings?view=all", "/desk/buying/savings?view=week")
    yield Asked("purchases, what other ways save (follows)", saved, "buyer", follows=True)
    yield Asked("purchase, opened", tuple(f"/desk/buying/{pk}" for pk in world.buys), "buyer")
    yield Asked("purchases with one open", tuple(f"/desk/buying?view=all&open={pk}" for pk in world.buys), "buyer")
    yield Asked("excess card", tuple(f"/desk/buying/{pk}/card" for pk in world.buys), "buyer")
    yield Asked("case for the boss", ("/desk/case",))
    yield Asked("order pegging", ("/desk/pegging",), "planner")
    yield Asked("order pegging, all", ("/desk/pegging?view=all",), "planner")
    yield Asked("pegging of a line", tuple(f"/desk/pegging/{pk}" for pk in world.lines), "planner")
    yield Asked("pegging opened", tuple(f"/desk/pegging/{pk}/below/of-0" for pk in world.lines), "planner")
    ways = tuple(f"/desk/pegging/{pk}/otherwise/0" for pk in world.lines)
    yield Asked("pegging other ways (follows)", ways, "planner", follows=True)
    yield Asked("item card, busiest", (f"/desk/item/{world.item}",))
    for tab in ("reservations", "supplies", "bom_lines", "substitutes", "sources", "lots", "changes"):
        yield Asked(f"item card, {tab}", (f"/desk/item/{world.item}?tab={tab}",))
    yield Asked("item card, all of it", (f"/desk/item/{world.item}?ahead=all",))
    yield Asked("item card, made", (f"/desk/item/{world.made.pk}",))
    for page in ("", "/level", "/revising", "/replacing"):
        yield Asked(f"bill{page}", (f"/desk/bill/{world.made.pk}{page}",), "engineer")
    yield Asked("bill, where used", (f"/desk/bill/{world.item}",), "engineer")
    yield from _of_masters(world)
    yield from _quotations(world)
    yield from _what_ifs(world)
    yield from _of_the_shop(world)
    yield from _others(world)


def _of_masters(world: World) -> Iterator[Asked]:
    """The busiest supplier and customer, and some of each that follow."""
    from pages_world import busiest_of

    from huoku.server.items.models import Resource
    from huoku.server.purchasing.models import PurchaseOrder
    from huoku.server.sales.models import SalesOrder

    suppliers = busiest_of(world.company, PurchaseOrder, "supplier")
    yield Asked("master, supplier", tuple(f"/desk/supplier/{pk}" for pk in suppliers))
    for tab in ("supplier_statements", "supplier_offers", "supplier_days"):
        yield Asked(f"master, supplier, {tab}", tuple(f"/desk/supplier/{pk}?tab={tab}" for pk in suppliers))
    customers = busiest_of(world.company, SalesOrder, "customer")
    yield Asked("master, customer", tuple(f"/desk/customer/{pk}" for pk in customers))
    for tab in ("shipments", "forecasts", "customer_statements"):
        yield Asked(f"master, customer, {tab}", tuple(f"/desk/customer/{pk}?tab={tab}" for pk in customers))
    resources = list(Resource.objects.of(world.company).order_by("pk").values_list("pk", flat=True)[:20])
    yield Asked("master, resource", tuple(f"/desk/resource/{pk}" for pk in resources))
    yield Asked("places", ("/desk/places", "/desk/places?open=all"))
    yield Asked("master, calendar", ("/desk/calendar", "/desk/calendar?month=2026-12"))


def _quotations(world: World) -> Iterator[Asked]:
    yield Asked("quotation, empty", ("/desk/quotation",), "sales")
    due = (world.day + timedelta(days=45)).isoformat()
    asked = [urlencode({"item": world.made.code, "qty": 10 + n, "due_on": due}) for n in range(60)]
    yield Asked("quotation, asked", tuple(f"/desk/quotation?{each}" for each in asked), "sales")
    for what in ("offered", "quantities"):
        later = tuple(f"/desk/quotation/{what}?{each}" for each in asked[::-1])
        yield Asked(f"quotation, {what} (follows)", later, "sales", follows=True)


def _what_ifs(world: World) -> Iterator[Asked]:
    yield Asked("what-if", ("/desk/what-if",), "planner")
    line = f"sales.line:{world.lines[0]}"
    yield Asked("what-if, orders", ("/desk/what-if",), "planner", {"sheet": "orders", "about": line})
    for sheet in ("stock", "terms", "capacity"):
        yield Asked(f"what-if, {sheet}", ("/desk/what-if",), "planner", {"sheet": sheet})


def _of_the_shop(world: World) -> Iterator[Asked]:
    from huoku.server.production.models import PickList, WorkOperation, WorkOrder

    for page in ("board", "kitting", "picking", "work", "schedule"):
        yield Asked(f"shop {page}", (f"/shop/{page}",), "production_lead")
    yield Asked("shop kitting, all of it (follows)", ("/shop/kitting/figures",), "production_lead", follows=True)
    for name, model, address in (
        ("kit", WorkOrder, "/shop/kitting/{}"),
        ("walk", PickList, "/shop/picking/{}"),
        ("operation", WorkOperation, "/shop/work/{}"),
        ("cards", WorkOperation, "/shop/work/cards?id={}"),
    ):
        rows = list(model.objects.of(world.company).order_by("pk").values_list("pk", flat=True)[:20])
        if rows:
            yield Asked(f"shop {name}", tuple(address.format(pk) for pk in rows), "production_lead")
        if rows and name == "kit":
            sections = tuple(f"/shop/kitting/{pk}/section" for pk in rows)
            yield Asked("shop kit of a paper (follows)", sections, "production_lead", follows=True)
    yield Asked("deliverable", tuple(f"/shop/deliverable/{pk}" for pk in world.orders), "sales")


def _others(world: World) -> Iterator[Asked]:
    from huoku.server.office.reasons import FIGURES_WITH_REASON

    yield Asked("changes, first", ("/desk/changes",))
    yield Asked("changes, since", ("/desk/changes?since=SINCE",))
    yield Asked("names of items", ("/desk/names?table=items&q=P00",))
    for figure in sorted(FIGURES_WITH_REASON):
        yield Asked(f"why {figure}", (f"/desk/why/{figure}", *_abouts(world, figure)))
    for page in ("", "company/", "people/", "tokens/", "2fa/", "2fa/recovery-codes/", "sessions/", "password/change/"):
        yield Asked(f"account {page or 'home'}", (f"/account/{page}",))


def _abouts(world: World, figure: str) -> tuple[str, ...]:
    """The figure with something it may be about, of any kind: where it is about another, the answer is that there is
    none, and ``pages.py`` leaves it out."""
    from huoku.server.production.models import WorkOrder
    from huoku.server.purchasing.models import PurchaseOrder

    first = [model.objects.of(world.company).order_by("pk").first() for model in (PurchaseOrder, WorkOrder)]
    ids = (world.item, world.buys[0], world.lines[0], world.orders[0], *(row.pk for row in first if row))
    return tuple(f"/desk/why/{figure}/{pk}" for pk in ids)


def _of_tables(world: World, owner: Any) -> Iterator[Asked]:
    from huoku.server.platform.tables.asking import question
    from huoku.server.platform.tables.showing import page
    from huoku.server.platform.tables.table import TABLES

    for name, table in TABLES.items():
        at = f"/office/{name}/"
        yield Asked(f"{name}", (at,))
        yield Asked(f"{name}, rows", (f"{at}rows?sort=-id",))
        rows = page(table, owner, question(table, owner, {"limit": "40"})).rows
        if table.rows_for(owner)[MANY - 1 : MANY].exists():
            yield from _searched(name, table, owner, rows)
        if rows:
            for what in ("", "drawer", "print"):
                yield Asked(f"{name}, a row {what}", tuple(f"{at}{row['id']}/{what}" for row in rows))
        if table.label and rows:
            yield Asked(f"{name}, labels", (f"{at}labels?id={rows[0]['id']}",))
        if table.add is not None:
            yield Asked(f"{name}, new", (f"{at}new",))
        for action, command in table.actions.items():
            if rows and "id" in command.request.model_fields:
                yield Asked(f"{name}, do {action}", (f"{at}{rows[0]['id']}/do/{action}",))
    for kind in ("xlsx", "csv", "parquet", "paper"):
        yield Asked(f"items as {kind}", (f"/office/items/?as={kind}",), is_file=True)


def _searched(name: str, table: Any, owner: Any, rows: list[dict[str, Any]]) -> Iterator[Asked]:
    """Every sort, every filter of what the first row has, a search for what no row has, and the last page."""
    at = f"/office/{name}/rows?"
    for column in table.seen_by(owner).values():
        if column.kind.sorts and not column.name.endswith("_id"):
            for way in (column.name, f"-{column.name}"):
                yield Asked(f"{name}, sorted by {way}", (at + urlencode({"sort": way}),))
        value = next((row[column.name] for row in rows if row.get(column.name) not in (None, "", {}, [])), None)
        if "contains" in column.kind.filters:
            for sought in (str(value)[:3] if value else "", "no such thing"):
                asked = {f"filter[{column.name}][contains]": sought, "sort": "-id"}
                if sought:
                    yield Asked(f"{name}, {column.name} contains {sought!r}", (at + urlencode(asked),))
        if "eq" in column.kind.filters and value is not None:
            text = json.dumps(value) if isinstance(value, bool) else str(value)
            asked = {f"filter[{column.name}][eq]": text, "sort": "-id"}
            yield Asked(f"{name}, {column.name} is", (at + urlencode(asked),))
