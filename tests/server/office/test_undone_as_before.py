"""Whatever is done and undone at once leaves stock, promises and papers as they were."""

from collections import Counter
from datetime import timedelta
from itertools import count
from random import Random

import pytest
from pydantic import ValidationError
from tests.server.anything import Anything
from tests.server.lamps import BEGINS, live
from tests.server.test_any_sequence import actor

pytestmark = pytest.mark.slow
PAPERS = ("purchasing", "sales", "production", "warehouse")
CARRIED = (
    *("warehouse.send_transfer", "warehouse.receive_transfer", "warehouse.settle_difference"),
    *("purchasing.inspect", "purchasing.return_goods", "sales.take_back", "ledger.pre_empt"),
)
"""What came, went or changed hands: each of these is to be among what was undone."""
KEPT_ANEW = ("sales.hold_order", "sales.release_hold", "sales.provide_order", "sales.stop_providing")
"""Undone, they keep what is there by then, through the bill: other stock than before, perhaps."""


@pytest.fixture
def company(db, settings, tmp_path):
    """Lamps after ten days of work: papers of every kind, in many states."""
    settings.MEDIA_ROOT = tmp_path
    return live(10)[0]


def as_it_stands(company):
    """Stock, what is kept for whom, what is to arrive; states and quantities of papers and their lines."""
    from django.apps import apps

    from huoku.server.ledger.models import Balance, Reservation, StockHead, SupplyBalance

    places = ("item", "location", "lot", "owner", "status")
    stock = {
        tuple(row): left
        for *row, left, kept in Balance.objects.of(company).values_list(*places, "on_hand", "reserved")
        if (left, kept) != (0, 0)
    }
    heads = StockHead.objects.of(company).values_list("item", "location", "on_hand", "reserved")
    kept: Counter[object] = Counter()
    for each in Reservation.objects.of(company).filter(state__in=Reservation.OPEN):
        known = each.demand, each.item_id, each.location_id, each.lot_id, each.owner_id, each.supply_id
        kept[*known, each.priority, each.need_on] += each.open_quantity
    coming = SupplyBalance.objects.of(company).exclude(quantity=0)
    papers = {}
    for model in (model for app in PAPERS for model in apps.get_app_config(app).get_models()):
        names = [field.attname for field in model._meta.concrete_fields]
        told = [name for name in names if name.endswith("_steps") or name in ("state", "expected_on", "revised_on")]
        if told and hasattr(model.objects, "of"):
            for pk, *row in model.objects.of(company).values_list("pk", *told):
                papers[model._meta.label, pk] = row
    return {
        "stock": stock,
        "heads": {row for row in heads if row[2:] != (0, 0)},
        "kept": dict(kept),
        "coming": set(coming.values_list("supply", "location", "quantity", "reserved", "expected_on", "is_firm")),
        "papers": papers,
    }


def differs(before, after):
    """What is otherwise than it was; papers that are new stay, and their lines bring nothing."""
    found = [name for name in ("stock", "heads", "kept", "coming") if before[name] != after[name]]
    papers = {what for what, row in before["papers"].items() if after["papers"].get(what) != row}
    return [*((name, before[name], after[name]) for name in found), *sorted(papers, key=str)]


class Doer:
    """The owner at work: what he does, does and undoes, and how often each was undone."""

    def __init__(self, company, owner, chance):
        self.company, self.owner, self.chance = company, owner, chance
        self.keys, self.undone = count(), Counter()

    def does(self, name, /, **fields):
        """The answer, or None where it is refused."""
        from huoku.server.platform.command import COMMANDS, perform
        from huoku.server.platform.refusals import Refused

        self.key = f"any:{next(self.keys)}"
        try:
            request = COMMANDS[name].request.model_validate(fields)
            return perform(COMMANDS[name], request, actor=self.owner, key=self.key).result()
        except (ValidationError, Refused):
            return None

    def tries(self, name, /, **fields):
        """Does it and undoes it, and everything is as it was; then does it in earnest, mostly."""
        from huoku.server.office.commands.undoing import Undo, undo
        from huoku.server.office.undoing.doing import key_of
        from huoku.server.platform.command import perform

        before = as_it_stands(self.company)
        if self.does(name, **fields) is None:
            return None
        first, another = self.key, self.does(name, **fields) if name in CARRIED else None
        for key in (self.key, first) if another is not None else (first,):  # of two the last first
            perform(undo, Undo(key=key), actor=self.owner, key=key_of(key), reason="撤销")
        told = differs(before, as_it_stands(self.company))
        assert not told, (name, fields, told)
        self.undone[name] += 1
        return self.does(name, **fields) if self.chance.random() < 0.8 else None

    def some(self, steps, decimals):
        """Some of so many, as a request names it."""
        from huoku.server.platform.exact import plain

        return plain(self.chance.choice((steps, max(1, steps // 2), max(1, steps // 3))), decimals)

    def any_of(self, model, **known):
        return self.chance.choice([*model.objects.of(self.company).filter(**known).order_by("pk")] or [None])


def something_is_carried(doer):
    """From where it lies to another store, in parts; some of it is damaged, found or lost."""
    from django.db.models import F

    from huoku.server.ledger.models import StockHead
    from huoku.server.sales.models import SalesLine
    from huoku.server.warehouse.models import TransferLine

    head = doer.any_of(StockHead, on_hand__gt=F("reserved"), location__kind="storage")
    digits, chance = head.item.decimals, doer.chance
    line = {"item": head.item.code, "qty": doer.some(head.on_hand - head.reserved, digits)}
    wanted = doer.any_of(SalesLine)
    if chance.random() < 0.5:
        line["demand"] = wanted.demand
    ends = {"origin": head.location.code, "target": "BESIDE", "start_on": BEGINS + timedelta(days=10)}
    made = doer.does("warehouse.add_transfer", lines=[line], **ends)
    if made is None or doer.does("warehouse.approve_transfer", id=made["id"]) is None:
        return
    (carried,) = TransferLine.objects.of(doer.company).filter(transfer=made["id"])
    part = {"line": carried.pk, "qty": doer.some(carried.qty_steps, digits)}
    doer.tries("warehouse.send_transfer", id=made["id"], lines=chance.choice(([part], [])))
    for step in chance.sample(("receive_transfer", "settle_difference"), 2):
        carried.refresh_from_db()
        half = doer.some(max(1, carried.under_way_steps // 2), digits)
        said = {"qty": half, "damaged": chance.choice(("0", "1"))} if step == "receive_transfer" else {"lost": half}
        if step == "settle_difference" and chance.random() < 0.5:
            said = {"found": half}
        doer.tries(f"warehouse.{step}", id=made["id"], lines=[{"line": carried.pk, **said}], reason="counted")


def something_is_bought(doer):
    """It comes, is inspected in parts, and some goes back, for others or for good."""
    from huoku.server.ledger.models import SupplyBalance
    from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt

    chance, day = doer.chance, BEGINS + timedelta(days=20)
    wanted = {"item": chance.choice(("BULB", "SCREW")), "qty": chance.choice(("60", "1000")), "wanted_on": day}
    ordered = doer.does("purchasing.add_order", supplier="ACME", location="MAIN", lines=[wanted])
    for step in ("approve", "send"):
        assert doer.does(f"purchasing.{step}", id=ordered["id"]), step
    (line,) = PurchaseLine.objects.of(doer.company).filter(order=ordered["id"])
    if chance.random() < 0.7:  # promised to somebody before it has come
        supply = SupplyBalance.objects.of(doer.company).get(supply=f"purchasing.line:{line.pk}")
        wish = {"item": line.item_id, "location": supply.location_id, "quantity": 40, "supply": supply.pk}
        assert doer.does("ledger.reserve", lines=[wish], demand="sales.line:1", priority=4)
    digits = line.item.decimals
    came = {"line": line.pk, "qty": doer.some(line.open_steps, digits), "inspect": True}
    if line.item.tracking != "none":
        came["lot"] = f"B{line.pk}"
    doer.tries("purchasing.receive", id=line.order_id, lines=[came])
    receipt = PurchaseReceipt.objects.of(doer.company).filter(line=line).order_by("-pk").first()
    if receipt is None:
        return
    for _ in range(2):
        receipt.refresh_from_db()
        said = {chance.choice(("accepted", "rejected")): doer.some(max(1, receipt.waiting_steps), digits)}
        doer.tries("purchasing.inspect", id=receipt.pk, reason="scratched", **said)
        back = {"qty": doer.some(1, digits), "status": chance.choice(("blocked", "available"))}
        day = BEGINS + timedelta(days=chance.randint(11, 40))
        doer.tries(
            "purchasing.return_goods", id=receipt.pk, reason="bent", replaced_on=chance.choice((None, day)), **back
        )


def something_is_sold(doer):
    """It leaves, and comes back in parts."""
    from huoku.server.sales.models import SalesLine, ShipmentLine

    line = doer.any_of(SalesLine, order__state__in=("confirmed", "locked"))
    if line is not None:
        wanted = {"line": line.pk, "qty": doer.some(max(1, line.open_steps), line.item.decimals), "location": "MAIN"}
        doer.tries("sales.ship_goods", id=line.order_id, lines=[wanted])
    went = doer.any_of(ShipmentLine, shipment__state__in=("sent", "part_returned"))
    if went is not None:
        back = {"shipment_line": went.pk, "qty": doer.some(went.qty_steps, went.line.item.decimals)}
        doer.tries("sales.take_back", id=went.shipment_id, location="MAIN", lines=[back], reason="too loud")


def somebody_is_more_urgent(doer):
    """He takes what is kept for another, who may get what is to arrive instead."""
    from huoku.server.ledger.models import Reservation, SupplyBalance

    loser = doer.any_of(Reservation, state__in=Reservation.OPEN, priority__gt=1)
    if loser is None:
        return
    supply = doer.any_of(SupplyBalance, item=loser.item_id, quantity__gt=0)
    steps = doer.chance.choice((None, 1, max(1, loser.open_quantity // 2)))
    fields = {"demand": "sales.line:1", "priority": 1, "reason": "hurry", "quantity": steps}
    if supply is not None and doer.chance.random() < 0.5:
        fields["from_supply"] = supply.pk
    doer.tries("ledger.pre_empt", loser=loser.pk, **fields)


def anything(doer):
    """Any command that has a counter, with a request of chance."""
    from huoku.server.office.undoing.counters import COUNTERS
    from huoku.server.platform.clock import now
    from huoku.server.platform.command import COMMANDS

    names = [name for name in sorted(COUNTERS) if name.split(".")[0] in (*PAPERS, "ledger") and name not in KEPT_ANEW]
    what = COMMANDS[doer.chance.choice(names)]
    doer.tries(what.name, **Anything(doer.company, now(), doer.chance).request(what))


SCENES = (something_is_carried, something_is_bought, something_is_sold, somebody_is_more_urgent, anything, anything)


def run(company, examples, steps):
    """How often each command was undone, in so many sequences of so many scenes."""
    from django.db import transaction

    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.jobs import expire_reservations
    from huoku.server.platform import clock
    from huoku.server.platform.models import Membership
    from huoku.server.platform.scope import entered

    with entered(company):
        user = Membership.objects.of(company).filter(role="owner").values_list("user", flat=True).first()
        owner = actor(company, user)
    undone: Counter[str] = Counter()
    for seed in range(examples):
        with transaction.atomic(), entered(company):
            doer, now = Doer(company, owner, Random(seed)), clock.day_begins(company, BEGINS + timedelta(days=10))
            with clock.telling(now):
                assert doer.does("ledger.add_location", code="BESIDE", kind="storage")
            for number in range(steps):
                now += timedelta(minutes=doer.chance.randint(1, 90))
                with clock.telling(now):
                    expire_reservations()
                    SCENES[number % len(SCENES)](doer)
            with clock.telling(now):
                expire_reservations()
                assert [str(finding) for finding in examine(company)] == []
            transaction.set_rollback(True)
        undone += doer.undone
    return undone


def test_what_is_done_and_undone_leaves_everything_as_it_was(company):
    undone = run(company, 4, 30)
    assert [name for name in CARRIED if not undone[name]] == []


@pytest.mark.stress
def test_it_does_so_many_times(company):
    run(company, 60, 120)
