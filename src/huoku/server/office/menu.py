"""What stands in the menu: tables by the work that they belong to, as far as one may read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.platform.actor import Actor
from huoku.server.platform.tables.table import TABLES, Table

GROUPS: dict[str, tuple[Sentence, tuple[str, ...]]] = {
    "today": (Sentence("今日", "Today"), ("tasks", "shortages", "proposals", "purchase_chases", "count_tasks")),
    "sales": (
        Sentence("销售", "Sales"),
        ("sales_orders", "shipments", "customer_statements", "customers", "sales_rules"),
    ),
    "purchasing": (
        Sentence("采购", "Purchasing"),
        (
            "purchase_requests",
            "purchase_orders",
            "supplier_statements",
            "suppliers",
            "sources",
            "price_breaks",
            "supplier_days",
        ),
    ),
    "production": (
        Sentence("生产", "Production"),
        ("work_orders", "pick_lists", "work_operations", "job_reports", "resources", "operations", "calendar_days"),
    ),
    "warehouse": (
        Sentence("仓库", "Warehouse"),
        (
            "transfers",
            "stock",
            "balances",
            "lots",
            "movements",
            "reservations",
            "supplies",
            "counts",
            "locations",
            "debts",
            "low_stock",
        ),
    ),
    "planning": (
        Sentence("计划", "Planning"),
        ("plan_runs", "forecasts", "planning_settings", "lanes", "outlets"),
    ),
    "items": (Sentence("物料", "Items"), ("items", "boms", "substitutes", "item_units")),
    "company": (Sentence("公司", "Company"), ("sites", "number_ranges", "valuations", "period_locks", "audit_entries")),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A page that is no table: ``view`` is the name of its address, ``right`` what it takes to see it."""

    title: Sentence
    view: str
    right: str

    @property
    def address(self) -> str:
        return reverse(self.view)

    def of(self, id: object) -> str:
        """The address of the page about one row."""
        return reverse(self.view, args=[id])


LINKS: dict[str, Sequence[Link]] = {}
"""By group, what rooms above this one put in front of its tables."""
PAPER_LINKS: dict[str, Sequence[Link]] = {}
"""By table, further pages about one of its rows."""


@dataclass(frozen=True, slots=True)
class Group:
    title: Sentence
    links: tuple[Link, ...]
    tables: tuple[Table, ...]


def menu(actor: Actor) -> Iterator[Group]:
    """The groups of which the actor may read something."""
    for group, (title, names) in GROUPS.items():
        links = tuple(link for link in LINKS.get(group, ()) if actor.may(link.right))
        tables = tuple(TABLES[name] for name in names if name in TABLES and actor.may(TABLES[name].read))
        if links or tables:
            yield Group(title, links, tables)
