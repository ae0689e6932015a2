"""What shortages hear: picks and kits that are short, supplies that come otherwise, orders that change; and who has to
answer for something alike."""

import json
from typing import Any

from huoku.server.platform import hooks
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import At, Command, perform
from huoku.server.platform.commands.approvals import OneApproval
from huoku.server.platform.events import event_key, listens
from huoku.server.platform.models import Approval, Event
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened
from huoku.server.production.models import WorkOrder
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.shortages.commands.choosing import ChooseWay, choose_way, way_of
from huoku.server.shortages.commands.combining import CombineWays, chosen_of, combine_ways
from huoku.server.shortages.commands.following import review_case
from huoku.server.shortages.commands.opening import NoteShortage, note_shortage
from huoku.server.shortages.models import ShortageCase, Way
from huoku.server.shortages.names import ORDER, REQUEST, number_in
from huoku.server.shortages.rights import APPROVE_NEAR_MATCH
from huoku.server.shortages.states import CLOSED
from huoku.server.warehouse.models import TransferLine

Source = ShortageCase.Source
ENGINEERING = "engineering"


@listens("shortages.pick", "pick_short")
def open_after_a_pick(event: Event) -> None:
    facts = json.loads(event.facts)
    _open(event, NoteShortage(order=_row(event), item=facts["item"], source=Source.PICK, place=facts["place"]))


@listens("shortages.kit", "components_short")
def open_after_a_kit(event: Event) -> None:
    for each in json.loads(event.facts)["missing"]:
        _open(event, NoteShortage(order=_row(event), item=each["item"], source=Source.KIT))


@listens("shortages.late", "supply_late", "supply_short", "promise_lost")
def open_after_a_late_supply(event: Event) -> None:
    """Work orders that were promised what comes late, or not at all, may be short of it now."""
    facts = json.loads(event.facts)
    demands = facts.get("demands") or [each["demand"] for each in facts.get("lost", ())]
    item = facts.get("item") or _item_of(event, facts)
    for demand in demands:
        if item and (order := number_in(demand, ORDER)):
            _open(event, NoteShortage(order=order, item=item, source=Source.LATE))


@listens(
    "shortages.review",
    *("way_chosen", "purchaseorder_changed", "purchaserequest_changed", "transfer_changed", "workorder_changed"),
    "reservation_pre_empted",
)
def review_what_it_touches(event: Event) -> None:
    for case in sorted(_touched(event)):
        key = f"{event_key('shortages.review', event)}:{case}"
        try:
            perform(review_case, Opened(id=case), actor=the_system(event.company), key=key)
        except Refused:
            continue  # closed meanwhile


def _touched(event: Event) -> set[int]:
    """Open cases that an event may have to do with."""
    cases = ShortageCase.objects.of(event.company_id).exclude(state=CLOSED)
    kind, _, name = event.subject.rpartition(":")
    row = int(name) if name.isdigit() else 0
    if kind == "shortages.shortagecase":
        wanted = cases.filter(pk=row)
    elif kind == "production.workorder":
        wanted = cases.filter(order=row) | cases.filter(document=f"{ORDER}{row}")
    elif kind == "ledger.reservation":
        wanted = cases.filter(order=number_in(json.loads(event.facts)["demand"], ORDER) or 0)
    elif kind == "purchasing.purchaserequest":
        wanted = cases.filter(document=f"{REQUEST}{row}")
    elif kind == "warehouse.transfer":
        lines = TransferLine.objects.of(event.company_id).filter(transfer=row)
        wanted = cases.filter(document__in=[line.ledger_name for line in lines])
    else:
        wanted = cases.filter(item__in=PurchaseLine.objects.of(event.company_id).filter(order=row).values("item"))
    return set(wanted.values_list("pk", flat=True))


def _item_of(event: Event, facts: dict[str, Any]) -> str | None:
    """What a late work order makes; what a short purchase lost."""
    if event.subject.startswith("production.workorder:"):
        orders = WorkOrder.objects.of(event.company_id).filter(pk=_row(event))
        return orders.values_list("item__code", flat=True).first()
    return next((each["item"] for each in facts.get("lost", ())), None)


def _row(event: Event) -> int:
    return int(event.subject.rpartition(":")[2])


def _open(event: Event, asked: NoteShortage) -> None:
    key = f"{event_key(f'shortages.{asked.source.value}', event)}:{asked.order}:{asked.item}"
    try:
        perform(note_shortage, asked, actor=the_system(event.company), key=key)
    except Refused:
        return  # the order or the item is gone meanwhile


def why_an_engineer(at: At, command: Command[Any], request: ChooseWay) -> str:
    """Something alike waits for an engineer."""
    return ENGINEERING if way_of(at, request.id).kind == Way.Kind.NEAR_MATCH else ""


def why_an_engineer_of_several(at: At, command: Command[Any], request: CombineWays) -> str:
    """One of them is enough."""
    return ENGINEERING if any(way.kind == Way.Kind.NEAR_MATCH for way in chosen_of(at, request)) else ""


def must_be_an_engineer(at: At, request: OneApproval) -> None:
    """Raises NotAllowed for anybody else who would approve something alike."""
    waiting = Approval.objects.of(at.company_id).filter(pk=request.id).first()
    if waiting and waiting.kind in (choose_way.name, combine_ways.name) and waiting.why == ENGINEERING:
        at.actor.must(APPROVE_NEAR_MATCH)


hooks.APPROVE.fill(choose_way.name, why_an_engineer)
hooks.APPROVE.fill(combine_ways.name, why_an_engineer_of_several)
hooks.CHECK.fill("platform.approve", must_be_an_engineer)
