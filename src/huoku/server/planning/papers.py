"""The paper behind a name of the ledger, such as sales.line:5: its number, and where its page is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOrder
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.sales.models import SalesLine

Found = Iterable[tuple[int, int, str]]
"""The id in the name, the id of the paper, its number."""


@dataclass(frozen=True, slots=True)
class Paper:
    """``table`` is empty where there is no page for this reader."""

    number: str
    table: str = ""
    id: int = 0


def papers(actor: Actor, names: Iterable[str]) -> dict[str, Paper]:
    """By name of the ledger. What the actor may not see, and what is no paper, is called as the ledger calls it."""
    wanted: dict[str, dict[int, str]] = {}
    found = {name: Paper(name) for name in names}
    for name in found:
        kind, _, digits = name.partition(":")
        if kind in KINDS and digits.isdigit():
            wanted.setdefault(kind, {})[int(digits)] = name
    for kind, ids in wanted.items():
        table, asked = KINDS[kind]
        for id, paper, number in asked(actor, list(ids)):
            found[ids[id]] = Paper(number, table, paper)
    return found


def _work_orders(actor: Actor, ids: list[int]) -> Found:
    return rows_for(actor, WorkOrder).filter(pk__in=ids).values_list("pk", "pk", "number")


def _sales_lines(actor: Actor, ids: list[int]) -> Found:
    return rows_for(actor, SalesLine).filter(pk__in=ids).values_list("pk", "order", "order__number")


def _purchase_lines(actor: Actor, ids: list[int]) -> Found:
    return rows_for(actor, PurchaseLine).filter(pk__in=ids).values_list("pk", "order", "order__number")


KINDS: Mapping[str, tuple[str, Callable[[Actor, list[int]], Found]]] = {
    "production.order": ("work_orders", _work_orders),
    "sales.line": ("sales_orders", _sales_lines),
    "purchasing.line": ("purchase_orders", _purchase_lines),
}
