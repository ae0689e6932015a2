"""Whatever is done in whatever order, the ledger says what a hundred lines of Python in memory say."""

import itertools
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.server.ledger.model import Kept, Model

PLACES = ("storage", "shelf 2", "line_side")
OUTSIDE = ("production",)
quantities = st.integers(1, 12)
places = st.sampled_from(PLACES)
which = st.integers(0, 3)
"""One of the item's lots, or of the reservations, counted round."""
numbers = itertools.count(1)


class Ledger(RuleBasedStateMachine):
    """Two items (one by lot), three places of which the line side is unverified, and everything that can happen."""

    warehouse: Any

    @initialize()
    def begin(self) -> None:
        warehouse = self.warehouse
        n = next(numbers)
        bolt, milk = warehouse.item(f"BOLT{n}"), warehouse.item(f"MILK{n}", tracking="lot")
        self.where = {name: warehouse.places[name] for name in (*PLACES, *OUTSIDE)}
        received = [warehouse.receive(bolt, 1)]
        for code, day in (("A", 1), ("B", 2), ("C", 3)):
            received.append(warehouse.receive(milk, 1, lot_code=code, expires_on=date(2099, 1, day)))
        lots: dict[int, list[int]] = {bolt: [], milk: []}
        self.undone: dict[str, tuple[Any, ...]] = {}
        for answer in received:
            (row,) = answer["movements"]
            lots[row["item"]].append(row["lot"])
        inside = {self.where[name] for name in PLACES}
        self.model = Model(inside, {self.where["line_side"]}, lots)
        for item, some in lots.items():
            for lot in some:
                self.model.stock[item, self.where["storage"], lot, "available"] = 1
        self.items = [bolt, milk]
        self.last: tuple[Any, Any, str, bytes] | None = None

    def do(self, command: Any, request: Any) -> Any:
        """The answer, or None where it was refused for want of stock."""
        from huoku.server.platform.command import perform
        from huoku.server.platform.refusals import Refused

        key = f"machine-{next(numbers)}"
        try:
            done = perform(command, request, actor=self.warehouse.actor, key=key)
        except Refused as refusal:
            assert refusal.code in ("insufficient_stock", "reservation_ended", "not_for_this"), refusal
            return None
        self.last = (command, request, key, done.answer)
        return done.result()

    def record(self, kind: str, item: int, lot: int, quantity: int, origin: str, target: str, **fields: Any) -> Any:
        from huoku.server.ledger.commands.movements import RecordMovement, record_movement

        line = self.warehouse.line(kind, item, quantity, origin, target, lot=lot, **fields)
        return self.do(record_movement, RecordMovement(lines=[line]))

    def moved(self, answer: Any, expected: bool, *move: Any) -> None:
        assert (answer is not None) == expected
        if answer:
            self.undone[answer["movements"][0]["id"]] = move

    @rule(of=st.integers(0, 1), lot=which, place=places, quantity=quantities)
    def receive(self, of: int, lot: int, place: str, quantity: int) -> None:
        item, lot = self.pick_lot(of, lot)
        answer = self.record("receive", item, lot, quantity, "supplier", place)
        move = (item, lot, quantity, -1, self.where[place])
        self.moved(answer, self.model.move(*move), *move)

    @rule(of=st.integers(0, 1), lot=which, origin=places, goal=places, quantity=quantities)
    def transfer(self, of: int, lot: int, origin: str, goal: str, quantity: int) -> None:
        if origin != goal:
            item, lot = self.pick_lot(of, lot)
            answer = self.record("transfer", item, lot, quantity, origin, goal)
            move = (item, lot, quantity, self.where[origin], self.where[goal])
            self.moved(answer, self.model.move(*move), *move)

    @rule(of=st.integers(0, 1), lot=which, origin=places, quantity=quantities)
    def issue(self, of: int, lot: int, origin: str, quantity: int) -> None:
        item, lot = self.pick_lot(of, lot)
        answer = self.record("issue", item, lot, quantity, origin, "production")
        move = (item, lot, quantity, self.where[origin], self.where["production"])
        self.moved(answer, self.model.move(*move), *move)

    @rule(of=st.integers(0, 1), lot=which, place=places, quantity=quantities, back=st.booleans())
    def hold(self, of: int, lot: int, place: str, quantity: int, back: bool) -> None:
        item, lot = self.pick_lot(of, lot)
        statuses = ("quarantine", "available") if back else ("available", "quarantine")
        fields = {"from_status": statuses[0], "to_status": statuses[1]}
        answer = self.record("status", item, lot, quantity, place, place, **fields)
        move = (item, lot, quantity, self.where[place], self.where[place], statuses)
        self.moved(answer, self.model.move(*move), *move)

    @rule(of=st.integers(0, 1), lot=which, place=places, quantity=quantities, hard=st.booleans(), part=st.booleans())
    def reserve(self, of: int, lot: int, place: str, quantity: int, hard: bool, part: bool) -> None:
        from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve

        item, named = self.pick_lot(of, lot)
        lot_id = named if hard else None
        wish = Wish(item=item, location=self.where[place], quantity=quantity, lot=lot_id)
        priority = 1 + quantity % 4
        answer = self.do(reserve, Reserve(lines=[wish], demand="sales:1", priority=priority, is_partial=part))
        expected = self.model.reserve(item, self.where[place], lot_id, quantity, is_partial=part)
        if answer is None:
            assert expected == 0 and not (part and not self.model.owed(item, self.where[place]))
            return
        (made,) = answer["reservations"]
        assert made["quantity"] == expected
        if expected:
            self.model.kept[made["id"]] = Kept(item, self.where[place], lot_id, expected, priority)

    @precondition(lambda self: self.model.kept)
    @rule(of=which, quantity=quantities)
    def release(self, of: int, quantity: int) -> None:
        from huoku.server.ledger.commands.reservations import Release, release

        id, kept = self.pick_reservation(of)
        answer = self.do(release, Release(reservation=UUID(id), quantity=quantity))
        assert (answer is not None) == (kept.open >= quantity)
        if answer:
            kept.open -= quantity

    @precondition(lambda self: self.model.kept)
    @rule(of=which, quantity=quantities)
    def post(self, of: int, quantity: int) -> None:
        from huoku.server.ledger.commands.picking import PostReservation, post_reservation

        id, kept = self.pick_reservation(of)
        target = self.where["production"]
        answer = self.do(post_reservation, PostReservation(reservation=UUID(id), to_location=target, quantity=quantity))
        if kept.open < quantity:
            assert answer is None
            return
        lots = [(kept.lot, quantity)] if kept.lot else self.model.first_expired(kept.item, kept.place, quantity)
        assert [(row["lot"], row["quantity"]) for row in answer["movements"]] == lots
        for row, (lot, part) in zip(answer["movements"], lots, strict=True):
            move = (kept.item, lot, part, kept.place, target)
            assert self.model.move(*move, kept=id)
            self.undone[row["id"]] = move

    @rule(of=st.integers(0, 1), place=places, quantity=quantities)
    def pick(self, of: int, place: str, quantity: int) -> None:
        from huoku.server.ledger.commands.picking import Pick, pick

        item, origin, target = self.items[of], self.where[place], self.where["production"]
        answer = self.do(pick, Pick(item=item, from_location=origin, to_location=target, quantity=quantity))
        lots = self.model.first_expired(item, origin, quantity) if self.model.free(item, origin) >= quantity else []
        assert (answer is not None) == bool(lots)
        for row, (lot, part) in zip(answer["movements"] if answer else [], lots, strict=True):
            assert self.model.move(item, lot, part, origin, target)
            self.undone[row["id"]] = (item, lot, part, origin, target)

    @precondition(lambda self: self.model.kept)
    @rule(of=which, quantity=quantities)
    def pre_empt(self, of: int, quantity: int) -> None:
        from huoku.server.ledger.commands.pre_empting import PreEmpt, pre_empt

        id, kept = self.pick_reservation(of)
        if kept.priority > 1:
            request = PreEmpt(loser=UUID(id), demand="sales:9", priority=1, reason="urgent", quantity=quantity)
            answer = self.do(pre_empt, request)
            assert (answer is not None) == (kept.open >= quantity)
            if answer:
                kept.open -= quantity
                self.model.kept[answer["reservation"]] = Kept(kept.item, kept.place, kept.lot, quantity, 1)

    @precondition(lambda self: self.undone)
    @rule(of=st.integers(0, 20))
    def reverse(self, of: int) -> None:
        from huoku.server.ledger.commands.movements import ReverseMovement, reverse_movement

        id = sorted(self.undone)[of % len(self.undone)]
        item, lot, quantity, origin, target, *statuses = self.undone[id]
        answer = self.do(reverse_movement, ReverseMovement(movement=UUID(id), reason="a mistake"))
        back = [tuple(reversed(each)) for each in statuses]
        assert (answer is not None) == self.model.move(item, lot, quantity, target, origin, *back)
        if answer:
            del self.undone[id]

    @precondition(lambda self: self.last)
    @rule()
    def send_again(self) -> None:
        from huoku.server.platform.command import perform

        assert self.last
        command, request, key, answer = self.last
        again = perform(command, request, actor=self.warehouse.actor, key=key)
        assert (again.answer, again.is_repeat) == (answer, True)

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "model"):
            return
        from huoku.server.platform.sql import ask

        model, company = self.model, self.warehouse.company.pk
        of = f"WHERE company_id = {company} AND item_id IN ({self.items[0]}, {self.items[1]})"
        for item, place, *amounts in ask(
            f"SELECT item_id, location_id, on_hand, reserved, debt FROM ledger_stockhead {of}"
        ):
            assert amounts == [model.on_hand(item, place), model.reserved(item, place), model.owed(item, place)]
        key = "item_id, location_id, lot_id, status"
        rows = ask(f"SELECT {key}, on_hand, reserved FROM ledger_balance {of}")
        assert {row[:4]: row[4] for row in rows if row[4]} == {key: n for key, n in model.stock.items() if n}
        for item, place, lot, status, _, reserved in rows:
            assert reserved == (model.kept_by_name(item, place, lot) if status == "available" else 0)
        owed = ask(f"SELECT {key}, quantity FROM ledger_debt {of} AND quantity > 0")
        assert {row[:4]: row[4] for row in owed} == {key: n for key, n in model.debts.items() if n}

    def pick_lot(self, of: int, lot: int) -> tuple[int, int]:
        lots = self.model.lots[self.items[of]]
        return self.items[of], lots[lot % len(lots)]

    def pick_reservation(self, of: int) -> tuple[str, Kept]:
        id = list(self.model.kept)[of % len(self.model.kept)]
        return id, self.model.kept[id]


def run(warehouse, runs, steps, drawn=lambda machine: machine):
    from huoku.server.ledger.commands.places import ChangeLocation, change_location
    from huoku.server.ledger.doctor import examine

    line_side = ChangeLocation(id=warehouse.places["line_side"], is_unverified=True)
    warehouse.do(change_location, line_side)
    machine = type("Machine", (Ledger,), {"warehouse": warehouse})
    sizes = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(drawn(machine), settings=sizes)
    assert examine(warehouse.company) == []


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_the_ledger_agrees_with_the_model(warehouse):
    run(warehouse, 200, 50)


@pytest.mark.slow
@pytest.mark.postgres_only
def test_the_ledger_agrees_with_the_model_on_the_other_database_too(warehouse):
    run(warehouse, 50, 50)  # a step takes six times as long there


@pytest.mark.stress
@pytest.mark.parametrize("part", range(1, 41))
def test_the_ledger_agrees_with_the_model_for_long(warehouse, part):
    run(warehouse, 500, 100, seed(part))
