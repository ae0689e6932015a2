"""The counter of each command that can be undone: which commands, with what, put things back as they were.

A counter is a part of one undoing: all of its commands are done, or none. It names the version that was left behind, so
that nobody's later change is undone with it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from huoku.language import Sentence
from huoku.server.items.commands.calendar import Holds, stretches
from huoku.server.items.models import CalendarDay, Item, Resource
from huoku.server.ledger.models import Balance, Movement, Reservation
from huoku.server.office.models import Postponed
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import Refused, Stale
from huoku.server.platform.tables.history import as_shown, beside_of
from huoku.server.platform.tables.table import TABLES, Table
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.purchasing.models import PurchaseOrder
from huoku.server.warehouse.models import Transfer

Asked = Mapping[str, Any]
Counter = Callable[[Doing], Iterable[tuple[str, Asked]]]
"""Commands by name, each with what it is asked; a reason is added where it wants one."""


class NotAsItWas(Refused):
    code, status, is_kept = "not_as_it_was", 409, False
    words = Sentence(
        "{value} 之前的值没法原样放回，请手工修改。", "What {value} was before cannot be put back; change it by hand."
    )


def by(command: str) -> Counter:
    """Another command about the row that was made or changed, as it was left."""

    def counter(doing: Doing) -> Iterable[tuple[str, Asked]]:
        yield command, {"id": doing.answer["id"], "version": doing.answer.get("version")}

    return counter


def _call_taken_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The order that calls on the contract is cancelled: the contract has its quantity again."""
    for each in doing.changes("sales.salesorder"):
        yield "sales.cancel_order", {"id": each.id}


def _days_as_before(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The days of a calendar hold what they held. Raises Stale where somebody has changed one since."""
    left = {each["id"]: each["version"] for each in doing.answer["days"]}
    before: list[tuple[date, Holds]] = []
    resource = None
    for each in doing.changes("items.calendarday"):
        row = rows_for(doing.actor, CalendarDay).filter(pk=each.id).first()
        if each.new and (row is None or row.version != left[each.id]):
            raise Stale(field="version", value=left[each.id])
        day = row.date if row else date.fromisoformat(each.old["date"])
        resource = row.resource_id if row else each.old.get("resource_id")
        before.append((day, "as_usual" if "is_open" not in each.old else "work" if each.old["is_open"] else "rest"))
    if len(before) != len(left):
        raise NotAsItWas(field="days", value=len(left))
    code = rows_for(doing.actor, Resource).get(pk=resource).code if resource else None
    for request in stretches(before):
        yield "items.set_days", {**request.model_dump(mode="json"), "resource": code}


def _former_revision(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The new revisions go, the old ones are valid as long as before."""
    for each in doing.answer.get("boms", [doing.answer]):
        yield "items.remove_bom", {"id": each["id"], "version": each["version"]}
        yield "items.change_bom", each["ended"]


def _released(doing: Doing) -> Iterable[tuple[str, Asked]]:
    for each in doing.answer["reservations"]:
        if each["id"] is not None:
            yield "ledger.release", {"reservation": each["id"]}


def _reversed(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """Every movement by its opposite, the last one first."""
    for each in reversed(doing.answer["movements"]):
        yield "ledger.reverse_movement", {"movement": each["id"]}


def _kept_again(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What was given back or taken of reservations is kept for the same demands, as long as they lasted."""
    for each in doing.changes("ledger.reservation"):
        steps = sum(each.new.get(kind, 0) for kind in ("voided", "posted", "part_posted"))
        row = Reservation.objects.of(doing.actor.company).get(pk=each.id)
        wish = {"item": row.item_id, "location": row.location_id, "quantity": steps, "lot": row.lot_id}
        wish |= {"owner": row.owner_id, "supply": row.supply_id}
        lasts = row.expires_at and max(1, int((row.expires_at - doing.at).total_seconds()))
        asked = {"demand": row.demand, "priority": row.priority, "need_on": row.need_on, "lasts_seconds": lasts}
        yield "ledger.reserve", {"lines": [wish], **asked}


def _taken_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    yield from _reversed(doing)
    yield from _kept_again(doing)


def _carried_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """To the place where it lay, with what is kept of it."""
    moved = rows_for(doing.actor, Movement).get(pk=doing.answer["movements"][0]["id"])
    here = {"lot": moved.lot_id, "owner": moved.owner_id, "status": moved.to_status, "location": moved.to_location_id}
    for balance in rows_for(doing.actor, Balance).filter(**here).select_related("item"):
        qty = plain(moved.quantity, balance.item.decimals)
        yield "ledger.put_away", {"id": balance.pk, "to_location": moved.from_location_id, "qty": qty}


def _returned(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What was issued goes back to the place that it came from, lot by lot."""
    order = WorkOrder.objects.of(doing.actor.company).get(pk=doing.answer["id"])
    mine = {"document": order.ledger_name, "command_key": doing.key}
    for each in rows_for(doing.actor, Movement).filter(**mine).select_related("item", "lot", "from_location"):
        component = WorkComponent.objects.of(doing.actor.company).filter(order=order, item=each.item_id).first()
        if component is not None:
            yield (
                "production.return_component",
                {
                    "id": order.pk,
                    "line": component.seq,
                    "quantity": plain(each.quantity, each.item.decimals),
                    "to_location": each.from_location.code,
                    "lot": each.lot.code or None,
                },
            )


def _not_received(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """Each receipt by itself, the last one first: as it was made, or else it has gone on."""
    for pk in reversed(doing.answer["receipts"]):
        yield "purchasing.void_receipt", {"id": pk, "version": 1}


def _put_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    yield "production.put_back_line", {"id": doing.answer["id"], "line": doing.answer["line"]}


def _reopened(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What the proposals became is cancelled; they stand open again."""
    made = (
        ("purchase_orders", PurchaseOrder, "purchasing.cancel"),
        ("work_orders", WorkOrder, "production.cancel_order"),
        ("transfers", Transfer, "warehouse.cancel_transfer"),
    )
    for name, model, cancel in made:
        numbers = doing.answer.get(name, ())
        for pk in rows_for(doing.actor, model).filter(number__in=numbers).order_by("pk").values_list("pk", flat=True):
            yield cancel, {"id": pk}
    yield "planning.reopen_proposals", {"proposals": [each.id for each in doing.changes("planning.proposal")]}


def _attached(command: str) -> Counter:
    """The file that was taken away is put back: its bytes are kept for some days."""

    def counter(doing: Doing) -> Iterable[tuple[str, Asked]]:
        for each in doing.changes():
            asked = {name: each.old[name] for name in COMMANDS[command].request.model_fields if name in each.old}
            if command == "items.add_item_file":
                asked["item"] = Item.objects.of(doing.actor.company).get(pk=each.old["item_id"]).code
            yield command, asked

    return counter


def _set_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """The values from before, by the same command. Raises NotAsItWas where one of them is no field of it."""
    table = next(table for table in TABLES.values() if table.change and table.change.name == doing.name)
    for each in doing.changes(table.model._meta.label_lower):
        if each.id == doing.answer["id"]:
            yield (
                doing.name,
                {"id": each.id, "version": doing.answer["version"], **_before(doing, table, each.id, each.old)},
            )


def _before(doing: Doing, table: Table, pk: Any, old: Mapping[str, Any]) -> dict[str, Any]:
    fields = COMMANDS[doing.name].request.model_fields
    seen = {column.source: column for column in table.seen_by(doing.actor).values()}
    zone = ZoneInfo(doing.actor.company.timezone)
    beside = beside_of(table, doing.actor, pk)
    found = {}
    for source, value in old.items():
        if source == "version":
            continue
        column = seen.get(source)
        if column is None or column.name not in fields:
            raise NotAsItWas(field=source, value=source)
        found[column.name] = as_shown(column, value, old.get(column.beside, beside.get(column.beside)), zone)
    return found


def _aside_as_before(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What was put aside is back, or where it stood aside before, until the day of then; what was taken up stands aside
    again."""
    for each in doing.changes("office.postponed"):
        if each.id == doing.answer["id"] and not each.old:
            yield "office.take_up", {"id": each.id, "version": doing.answer["version"]}
        elif each.id == doing.answer["id"]:
            row = rows_for(doing.actor, Postponed).filter(pk=each.id).first()
            yield "office.postpone", {"duty": row.duty if row else each.old["duty"], "until": each.old["until"]}


COUNTERS: dict[str, Counter] = {
    # What was added is taken out again, where nothing refers to it yet.
    "items.add_bom": by("items.remove_bom"),
    "items.copy_bom": by("items.remove_bom"),
    "items.revise_bom": _former_revision,
    "items.replace_component": _former_revision,
    "items.add_substitute": by("items.remove_substitute"),
    "items.add_operation": by("items.remove_operation"),
    "items.add_calendar_day": by("items.remove_calendar_day"),
    "items.set_days": _days_as_before,
    "items.copy_year": _days_as_before,
    "items.add_item_file": by("items.remove_item_file"),
    "items.set_item_unit": by("items.retire_item_unit"),
    "partners.add_source": by("partners.remove_source"),
    "partners.add_price_break": by("partners.remove_price_break"),
    "partners.add_supplier_day": by("partners.remove_supplier_day"),
    "partners.add_offer": by("partners.remove_offer"),
    "planning.add_forecast": by("planning.remove_forecast"),
    "planning.add_lane": by("planning.remove_lane"),
    "planning.add_outlet": by("planning.remove_outlet"),
    "documents.add_attachment": by("documents.remove_attachment"),
    "purchasing.add_line": by("purchasing.remove_line"),
    # A file that was taken away is put back.
    "documents.remove_attachment": _attached("documents.add_attachment"),
    "items.remove_item_file": _attached("items.add_item_file"),
    # Papers that nobody has acted on yet.
    "purchasing.add_order": by("purchasing.cancel"),
    "purchasing.add_request": by("purchasing.withdraw_request"),
    "production.plan_order": by("production.cancel_order"),
    "production.make_pick_list": by("production.cancel_pick_list"),
    "warehouse.add_transfer": by("warehouse.cancel_transfer"),
    "sales.enter_order": by("sales.cancel_order"),
    "planning.call_off": _call_taken_back,
    "planning.keep_offer": by("sales.cancel_order"),
    # Steps that lead back.
    "sales.hold_order": by("sales.release_hold"),
    "sales.release_hold": by("sales.hold_order"),
    "sales.provide_order": by("sales.stop_providing"),
    "sales.stop_providing": by("sales.provide_order"),
    "sales.agree_lock": by("sales.unlock_order"),
    "office.postpone": _aside_as_before,
    "office.take_up": _aside_as_before,
    "production.pause_operation": by("production.resume_operation"),
    "production.fix_operation": by("production.unfix_operation"),
    # Stock.
    "ledger.record_movement": _reversed,
    "ledger.write_off": _reversed,
    "ledger.put_away": _carried_back,
    "ledger.reserve": _released,
    "ledger.release": _kept_again,
    "ledger.pick": _taken_back,
    "ledger.post_reservation": _taken_back,
    "production.issue_component": _returned,
    "production.take_line": _put_back,
    "purchasing.receive": _not_received,
    "sales.ship_goods": by("sales.void_shipment"),
    # The plan's proposals.
    "planning.accept_proposals": _reopened,
    "planning.reject_proposals": _reopened,
    # Values.
    **dict.fromkeys(
        (
            *("items.change_item", "items.change_resource", "items.change_operation", "items.change_substitute"),
            *("items.change_calendar_day", "partners.change_supplier", "partners.change_customer"),
            *("partners.change_source", "partners.change_price_break", "partners.change_supplier_day"),
            "partners.change_offer",
            *("planning.change_forecast", "ledger.change_location", "purchasing.change_request"),
            *("purchasing.change_defaults", "documents.change_number_range"),
        ),
        _set_back,
    ),
}
