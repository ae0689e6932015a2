"""Goods that came, were inspected, sent back or carried, as if that had not been."""

from collections.abc import Iterable
from typing import Any

from huoku.server.office.undoing.counter import Asked
from huoku.server.office.undoing.doing import Change, Doing
from huoku.server.platform.exact import plain
from huoku.server.sales.models import ShipmentLine
from huoku.server.warehouse.commands.undoing import SUMS

RECEIPT, TRANSFER = "purchasing.purchasereceipt", "warehouse.transfer"


def not_received(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """Each receipt by itself, the last one first: as it was made, or else it has gone on."""
    for pk in reversed(doing.answer["receipts"]):
        version = doing.version_left(RECEIPT, pk, 1)
        yield "purchasing.void_receipt", {"id": pk, "version": version}


def not_inspected(doing: Doing) -> Iterable[tuple[str, Asked]]:
    yield "purchasing.void_inspection", _as_left(doing, RECEIPT)


def not_sent_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """Nothing comes instead; the day that the supplier had given before stands again."""
    asked = _as_left(doing, RECEIPT)
    for line in doing.changes("purchasing.purchaseline"):
        if "replaced_steps" in line.new:
            known = line.old if "revised_on" in line.old else line.new
            asked |= {"is_replaced": True, "revised_on": known.get("revised_on")}
    yield "purchasing.void_return", asked


def not_taken_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    came = {each.id: _more(each, "returned_steps") for each in doing.changes("sales.shipmentline")}
    rows = ShipmentLine.objects.of(doing.actor.company).filter(pk__in=list(came)).select_related("line__item")
    lines = [{"shipment_line": row.pk, "qty": plain(came[row.pk], row.line.item.decimals)} for row in rows]
    yield "sales.void_return", {**_as_left(doing, "sales.shipment"), "lines": lines}


def not_sent(doing: Doing) -> Iterable[tuple[str, Asked]]:
    parts = [each.id for each in doing.changes("warehouse.transferpart") if not each.old]
    yield "warehouse.void_sending", {**_as_left(doing, TRANSFER), "parts": parts}


def not_arrived(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """Nor found, nor lost: what the step said of each part."""
    parts: dict[Any, dict[str, int]] = {}
    for each in doing.changes("warehouse.transferpart"):
        sums = parts.setdefault(each.id, dict.fromkeys(SUMS, 0))
        for name in SUMS:
            sums[name] += _more(each, name)
    said = [{"part": part, **sums} for part, sums in parts.items()]
    yield "warehouse.void_arrival", {**_as_left(doing, TRANSFER), "parts": said}


def _as_left(doing: Doing, what: str) -> dict[str, Any]:
    """The paper as it was left, and a movement by which the step is known."""
    id, version = doing.answer["id"], doing.answer["version"]
    movements = doing.changes("ledger.movement")
    return {"id": id, "version": doing.version_left(what, id, version), "movement": next(movements).id}


def _more(change: Change, name: str) -> int:
    return int(change.new.get(name, 0)) - int(change.old.get(name, 0))
