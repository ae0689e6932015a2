"""What stands in the menu: pages and tables by the work that they belong to, as far as one may read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES

GROUPS: dict[str, tuple[Sentence, dict[str, str]]] = {
    "today": (
        Sentence("要办的事", "To do"),
        {
            "tasks": "clipboard-check",
            "approvals": "check",
            "shortages": "bolt",
            "proposals": "wand",
            "purchase_chases": "phone",
            "count_tasks": "scan",
        },
    ),
    "sales": (
        Sentence("销售", "Sales"),
        {
            "sales_orders": "file-text",
            "shipments": "truck-delivery",
            "customer_statements": "file-invoice",
            "customers": "users",
            "sales_rules": "adjustments",
        },
    ),
    "purchasing": (
        Sentence("采购", "Purchasing"),
        {
            "purchase_requests": "hand-stop",
            "purchase_orders": "shopping-cart",
            "supplier_statements": "file-invoice",
            "suppliers": "address-book",
            "sources": "link",
            "price_breaks": "cash",
            "supplier_offers": "file-text",
            "supplier_days": "calendar",
        },
    ),
    "production": (
        Sentence("生产", "Production"),
        {
            "work_orders": "tools",
            "pick_lists": "clipboard-list",
            "work_operations": "route",
            "job_reports": "check",
            "resources": "building-factory-2",
            "operations": "list-details",
        },
    ),
    "warehouse": (
        Sentence("仓库", "Warehouse"),
        {
            "transfers": "transfer",
            "stock": "box",
            "balances": "database",
            "lots": "barcode",
            "movements": "arrows-exchange",
            "reservations": "lock",
            "supplies": "package-import",
            "counts": "scan",
            "locations": "building-warehouse",
            "debts": "alert-triangle",
            "low_stock": "bell",
        },
    ),
    "planning": (
        Sentence("计划", "Planning"),
        {
            "plan_runs": "timeline",
            "forecasts": "chart-line",
            "planning_settings": "adjustments",
            "lanes": "truck",
            "outlets": "recycle",
        },
    ),
    "items": (
        Sentence("物料", "Items"),
        {"items": "package", "boms": "sitemap", "substitutes": "arrows-exchange", "item_units": "columns-3"},
    ),
    "company": (
        Sentence("公司", "Company"),
        {
            "sites": "building-factory-2",
            "number_ranges": "list-details",
            "examinations": "heart-rate-monitor",
            "approval_limits": "adjustments",
            "valuations": "cash",
            "period_locks": "lock",
            "audit_entries": "history",
            "jobs": "refresh",
            "schedules": "clock",
        },
    ),
}
"""By group: its title, and its tables with the drawing beside each."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page that is no table: ``view`` is the name of its address, ``right`` what it takes to see it."""

    title: Sentence
    view: str
    right: str
    icon: str = "eye"
    sees_all_sites: bool = False
    """Its page tells of the whole company."""

    @property
    def address(self) -> str:
        return reverse(self.view)

    def of(self, id: object) -> str:
        """The address of the page about one row."""
        return reverse(self.view, args=[id])

    def is_for(self, actor: Actor) -> bool:
        return actor.may(self.right) and (actor.sites is None or not self.sees_all_sites)


LINKS: dict[str, Sequence[Link]] = {}
"""By group, what rooms above this one put in front of its tables."""
AS_LAST_TIME: dict[str, tuple[str, ...]] = {}
"""Inputs of a new row that stand as in the newest one, such as the place where goods arrive: rooms above say which."""
LINE_HINTS: dict[str, str] = {}
"""By table: the name of the address that tells what a line of a new paper should know while it is written."""
OTHER_VIEWS: dict[str, Link] = {}
"""By table: a page that shows its rows in another way, such as a tree."""
PAPER_LINKS: dict[str, Sequence[Link]] = {}
"""By table, further pages about one of its rows."""


@dataclass(frozen=True, slots=True)
class Entry:
    title: Sentence
    address: str
    icon: str
    is_here: bool

    @property
    def short(self) -> Sentence:
        """What stands before the colon: the rail has little room, and the page says the rest."""
        return Sentence(self.title.zh.partition("：")[0], self.title.en.partition(":")[0])


@dataclass(frozen=True, slots=True)
class Group:
    title: Sentence
    entries: tuple[Entry, ...]

    @property
    def is_open(self) -> bool:
        return any(entry.is_here for entry in self.entries)


def menu(actor: Actor, here: str) -> Iterator[Group]:
    """The groups of which the actor may read something. ``here``: the path of the page that is shown."""
    for group, (title, tables) in GROUPS.items():
        links = [(link.title, link.address, link.icon) for link in LINKS.get(group, ()) if link.is_for(actor)]
        links += [
            (TABLES[name].title, reverse("office_list", args=(name,)), drawing)
            for name, drawing in tables.items()
            if name in TABLES and actor.may(TABLES[name].read)
        ]
        if links:
            yield Group(title, tuple(Entry(*link, is_here=here.startswith(link[1])) for link in links))
