"""What one did just now is undone by a counter-entry; each command has one, or says why it has none."""

import re
from datetime import timedelta

import pytest
from tests.server.planning.conftest import company_of, planned
from tests.server.shopfloor.conftest import Reader
from tests.server.workbench.test_buying import orders, proposal, shop

from huoku.server.platform.roles import Role

__all__ = ["company_of", "planned", "shop"]


def test_every_command_has_a_counter_or_a_reason_why_not():
    from huoku.server.office.undoing.counters import COUNTERS
    from huoku.server.office.undoing.final import NOT_UNDONE
    from huoku.server.platform.command import COMMANDS

    ours = {name for name, what in COMMANDS.items() if what.body.__module__.startswith("huoku.")}
    assert ours - set(COUNTERS) - set(NOT_UNDONE) == set(), "neither a counter nor a reason"
    assert (set(COUNTERS) | set(NOT_UNDONE)) - ours == set(), "no such command"
    assert set(COUNTERS) & set(NOT_UNDONE) == set()
    assert all(why.zh and why.en for why in NOT_UNDONE.values())


@pytest.fixture
def bolt(items, nobody_is_too_quick):
    return items("BOLT", lead_time_days=5)[0]


@pytest.fixture
def undo(owner):
    """Undoes what the owner did under a key."""
    from huoku.server.office.commands.undoing import Undo, undo
    from huoku.server.office.undoing.doing import key_of
    from huoku.server.platform.command import perform

    return lambda key: perform(undo, Undo(key=key), actor=owner, key=key_of(key), reason="撤销")


@pytest.fixture
def say(owner):
    """Performs a command by name under a key."""
    from huoku.server.platform.command import COMMANDS, perform

    def said(key, name, **fields):
        what = COMMANDS[name]
        return perform(what, what.request(**fields), actor=owner, key=key).result()

    return said


def test_a_changed_value_is_put_back_and_the_history_shows_both_linked(company, bolt):
    from huoku.server.items.models import Item

    engineer = Reader(company, Role.ENGINEER)
    there = f"/office/items/{bolt}/"
    engineer.read(f"{there}do/change")
    engineer.press("", lead_time_days="9")
    assert Item.objects.of(company).get(pk=bolt).lead_time_days == 9
    engineer.read(there)
    engineer.press("undo")
    assert engineer.told == "已撤销。" and Item.objects.of(company).get(pk=bolt).lead_time_days == 5
    undoing, change, _ = re.findall(r'<li id="(entry-\d+)">', engineer.text)
    assert f'<a href="#{change}">撤销的是这一步' in engineer.text
    assert f'<a href="#{undoing}">已撤销' in engineer.text
    assert 'action="/desk/undo"' not in engineer.text


def removals():
    from huoku.server.office.undoing.counters import COUNTERS
    from huoku.server.office.undoing.values import entered_again
    from huoku.server.platform.tables.table import TABLES

    return {
        name: each.remove
        for name, each in TABLES.items()
        if each.remove and COUNTERS.get(each.remove.name) is entered_again
    }


def test_what_was_taken_out_is_entered_again_as_it_was(world):
    """Of each table whose rows can be taken out by themselves."""
    from huoku.server.office.commands.undoing import Undo, undo
    from huoku.server.office.undoing.doing import key_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.kept import facts
    from huoku.server.platform.tables.table import TABLES

    actor = world.owner.actor
    assert len(removals()) > 8
    for name, remove in removals().items():
        rows = TABLES[name].model.objects.of(actor.company)
        row = rows.get(pk=world.ids[name])
        before = {each: value for each, value in facts(row).items() if each != "version"}
        perform(remove, remove.request(id=row.pk, version=row.version), actor=actor, key=f"remove {name}")
        assert not rows.filter(pk=row.pk).exists()
        perform(undo, Undo(key=f"remove {name}"), actor=actor, key=key_of(f"remove {name}"), reason="撤销")
        after = facts(rows.order_by("-pk").first())
        assert {each: after[each] for each in before} == before, name


def test_the_message_after_a_press_offers_to_undo_it(company, bolt):
    engineer = Reader(company, Role.ENGINEER)
    engineer.read(f"/office/items/{bolt}/do/change")
    engineer.press("", name="Bolt M6")
    message = engineer.text[engineer.text.index('<div class="said') :]
    assert "已完成" in message and 'action="/desk/undo"' in message


def test_a_later_change_is_not_undone_with_an_earlier_one(company, bolt, say, undo):
    from huoku.server.office.commands.undoing import DoneUpon

    say("one", "items.change_item", id=bolt, version=None, lead_time_days=7)
    say("two", "items.change_item", id=bolt, version=None, lead_time_days=8)
    with pytest.raises(DoneUpon, match="changed since"):
        undo("one")
    undo("two")


def test_what_lies_ten_minutes_back_stays(company, bolt, say, undo):
    from huoku.server.office.commands.undoing import TooLate
    from huoku.server.platform import clock

    say("one", "items.change_item", id=bolt, version=None, lead_time_days=7)
    with clock.telling(clock.now() + timedelta(minutes=11)), pytest.raises(TooLate):
        undo("one")


def test_only_what_one_did_oneself_and_what_has_a_counter(company, owner, bolt, say, undo):
    from huoku.server.office.commands.undoing import CannotBeUndone
    from huoku.server.platform.refusals import NotFound

    with pytest.raises(NotFound):
        undo("nothing")
    say("said", "documents.write_comment", what="items.item", row=bolt, text="hello")
    with pytest.raises(CannotBeUndone, match="stays"):
        undo("said")


def test_stock_that_was_moved_goes_back_and_what_was_kept_is_free(company, owner, bolt, say, undo):
    from huoku.server.ledger.models import Movement, Reservation, StockHead

    place, gone = (
        say(f"place-{code}", "ledger.add_location", code=code, kind=kind)["id"]
        for code, kind in (("SHELF", "storage"), ("SUPPLIER", "supplier"))
    )
    line = {"kind": "receive", "item": bolt, "quantity": 100, "from_location": gone, "to_location": place}
    say("came", "ledger.record_movement", lines=[line])
    say("kept", "ledger.reserve", lines=[{"item": bolt, "location": place, "quantity": 40}], demand="x:1")
    undo("kept")
    assert Reservation.objects.of(company).get().state == "voided"
    undo("came")
    assert StockHead.objects.of(company).get(item=bolt).on_hand == 0
    came, back = Movement.objects.of(company).order_by("recorded_at", "seq")
    assert back.reverses_id == came.pk


def test_accepted_proposals_stand_open_again_and_their_drafts_are_cancelled(shop, at_desk_of_buyer):
    buyer, sets = at_desk_of_buyer, proposal(shop, "SET")
    buyer.read("/desk/buying?view=all")
    buyer.press("approve", id=[str(sets.pk)])
    assert [state for *_, state in orders(shop)] == ["draft"]
    buyer.press("undo")
    assert buyer.told == "已撤销。", buyer.told
    assert [state for *_, state in orders(shop)] == ["cancelled"]
    again = proposal(shop, "SET")
    assert (again.pk, again.document, again.qty_steps) == (sets.pk, "", sets.qty_steps)


@pytest.fixture
def at_desk_of_buyer(shop, nobody_is_too_quick):
    return Reader(shop, Role.BUYER)


def test_a_shipment_and_then_its_receipt_are_undone_the_last_first(company, say, undo, bolt, nobody_is_too_quick):
    """Ten bolts come and leave. The receipt cannot be undone while they are gone; then both are."""
    from huoku.server.ledger.models import StockHead
    from huoku.server.ledger.refusals import InsufficientStock
    from huoku.server.platform.clock import business_day, now
    from huoku.server.purchasing.models import PurchaseLine
    from huoku.server.sales.models import SalesLine

    day = business_day(company, now()) + timedelta(days=9)
    for kind in ("storage", "supplier", "customer"):
        say(f"place-{kind}", "ledger.add_location", code="SHELF" if kind == "storage" else kind.upper(), kind=kind)
    say("acme", "partners.add_supplier", code="ACME")
    say("li", "partners.add_customer", code="LI")
    line = {"item": "BOLT", "qty": "10", "price": "2", "wanted_on": day}
    bought = say("buy", "purchasing.add_order", supplier="ACME", location="SHELF", lines=[line])["id"]
    for step in ("approve", "send"):
        say(step, f"purchasing.{step}", id=bought)
    sold = say("sell", "sales.enter_order", customer="LI", lines=[{"item": "BOLT", "qty": "10", "due_on": day}])["id"]
    say("confirm", "sales.confirm_order", id=sold)
    wanted, ordered = (each.objects.of(company).get(item=bolt) for each in (SalesLine, PurchaseLine))
    say("came", "purchasing.receive", id=bought, lines=[{"line": ordered.pk, "qty": "10"}])
    say("left", "sales.ship_goods", id=sold, lines=[{"line": wanted.pk, "qty": "10"}])
    with pytest.raises(InsufficientStock, match="BOLT"):
        undo("came")
    undo("left")
    head = StockHead.objects.of(company).get(item=bolt)
    assert (head.on_hand, head.reserved) == (10, 10)
    undo("came")
    head.refresh_from_db()
    assert (head.on_hand, head.reserved) == (0, 0)
    ordered.refresh_from_db()
    assert (ordered.open_steps, ordered.received_on) == (10, None)


def test_what_was_released_or_picked_is_kept_again(company, bolt, say, undo):
    from huoku.server.ledger.models import Reservation, StockHead

    shelf, gone, floor = (
        say(f"place-{code}", "ledger.add_location", code=code, kind=kind)["id"]
        for code, kind in (("SHELF", "storage"), ("SUPPLIER", "supplier"), ("FLOOR", "production"))
    )
    line = {"kind": "receive", "item": bolt, "quantity": 100, "from_location": gone, "to_location": shelf}
    say("came", "ledger.record_movement", lines=[line])
    wish = {"item": bolt, "location": shelf, "quantity": 40}
    kept = say("kept", "ledger.reserve", lines=[wish], demand="x:1", priority=2)["reservations"][0]["id"]
    say("freed", "ledger.release", reservation=kept, quantity=15)
    undo("freed")
    say("taken", "ledger.post_reservation", reservation=kept, to_location=floor)
    head = StockHead.objects.of(company).get(item=bolt, location=shelf)
    assert (head.on_hand, head.reserved) == (75, 15)
    undo("taken")
    head.refresh_from_db()
    assert (head.on_hand, head.reserved) == (100, 40)
    again = Reservation.objects.of(company).filter(state__in=Reservation.OPEN).order_by("made_at", "pk")
    assert [(each.demand, each.priority, each.open_quantity) for each in again] == [("x:1", 2, 15), ("x:1", 2, 25)]


def test_an_inspection_is_undone_while_its_goods_lie_there_and_the_last_step_first(company, say, undo, bolt):
    """Ten bolts are ordered for somebody and come; three are bent. What was good has left for the floor: the inspection
    stays. Once that is undone too, they all wait again and are promised as before, and nothing was ever bent."""
    from huoku.server.ledger.models import StockHead, SupplyBalance
    from huoku.server.platform.clock import business_day, now
    from huoku.server.platform.refusals import Refused
    from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt

    day = business_day(company, now()) + timedelta(days=9)
    for kind in ("storage", "supplier", "production"):
        say(f"place-{kind}", "ledger.add_location", code=kind.upper(), kind=kind)
    say("acme", "partners.add_supplier", code="ACME")
    line = {"item": "BOLT", "qty": "10", "price": "2", "wanted_on": day}
    bought = say("buy", "purchasing.add_order", supplier="ACME", location="STORAGE", lines=[line])["id"]
    for step in ("approve", "send"):
        say(step, f"purchasing.{step}", id=bought)
    ordered = PurchaseLine.objects.of(company).get(order=bought)
    supply = SupplyBalance.objects.of(company).get()
    wish = {"item": bolt, "location": supply.location_id, "quantity": 10, "supply": supply.pk}
    say("kept", "ledger.reserve", lines=[wish], demand="x:1")
    say("came", "purchasing.receive", id=bought, lines=[{"line": ordered.pk, "qty": "10", "inspect": True}])
    receipt = PurchaseReceipt.objects.of(company).get()
    told = say("looked", "purchasing.inspect", id=receipt.pk, accepted="7", rejected="3", reason="bent")
    kept = told["reservations"][0]["id"]
    floor = StockHead._meta.get_field("location").related_model.objects.of(company).get(code="PRODUCTION").pk
    say("taken", "ledger.post_reservation", reservation=kept, quantity=2, to_location=floor)
    with pytest.raises(Refused):
        undo("looked")
    undo("taken")
    undo("looked")
    receipt.refresh_from_db()
    ordered.refresh_from_db()
    assert (receipt.waiting_steps, receipt.rejected_steps, receipt.reason) == (10, 0, "")
    assert (ordered.waiting_steps, ordered.rejected_steps) == (10, 0)
    supply.refresh_from_db()
    assert (supply.quantity, supply.reserved) == (10, 10)
    undo("came")
    ordered.refresh_from_db()
    assert (ordered.open_steps, ordered.waiting_steps) == (10, 0) and not PurchaseReceipt.objects.of(company).exists()
