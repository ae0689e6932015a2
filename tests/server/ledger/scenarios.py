"""What several processes do to one ledger at once. Run as a program: NAME and parameters as JSON, a JSON line out.

The program sets the scene, then splits into processes that each have their own connection, and examines what is left.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import django

Work = Callable[[int, Callable[[Any], None]], None]
"""What one process does: its number, and where it tells what it was answered."""


class Scene:
    """A company with a warehouse of ``items``, each with ``stock`` on the shelf."""

    def __init__(self, items: int, stock: int, **fields: Any) -> None:
        from tests.server.ledger.warehouse import Warehouse

        from huoku.server.platform.actor import actor_of
        from huoku.server.platform.commands.companies import found_company
        from huoku.server.platform.models import User
        from huoku.server.platform.scope import entered

        self.company = found_company("HUO", "活库电器", User.objects.create(username="owner"))
        with entered(self.company):
            actor = actor_of(User.objects.get(username="owner"), self.company)
            self.warehouse = Warehouse(self.company, actor)
            self.items = [self.warehouse.item(f"ITEM{n}", **fields) for n in range(items)]
            for item in self.items if stock else []:
                self.warehouse.receive(item, stock)
        self.actor = actor

    def send(self, command: Any, request: Any, key: str) -> str:
        """What became of it: ``done``, or the code of the refusal."""
        from huoku.server.platform.command import perform
        from huoku.server.platform.refusals import Refused

        try:
            perform(command, request, actor=self.actor, key=key)
        except Refused as refusal:
            return refusal.code
        return "done"

    def reserve(self, items: list[int], quantity: int, key: str) -> str:
        from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve

        lines = [Wish(item=item, location=self.warehouse.shelf, quantity=quantity) for item in items]
        return self.send(reserve, Reserve(lines=lines, demand=key), key)

    def move(self, item: int, quantity: int, origin: str, target: str, key: str) -> str:
        from huoku.server.ledger.commands.movements import RecordMovement, record_movement

        line = self.warehouse.line("transfer", item, quantity, origin, target)
        return self.send(record_movement, RecordMovement(lines=[line]), key)

    def left(self) -> dict[str, Any]:
        """What the tests ask for at the end: findings, and sums over all items."""
        from django.db.models import Sum

        from huoku.server.ledger.doctor import examine
        from huoku.server.ledger.models import Movement, Reservation, StockHead
        from huoku.server.platform.scope import entered

        with entered(self.company):
            heads = StockHead.objects.of(self.company)
            return {
                "findings": [str(finding) for finding in examine(self.company)],
                **heads.aggregate(on_hand=Sum("on_hand"), reserved=Sum("reserved")),
                "kept": Reservation.objects.of(self.company).aggregate(sum=Sum("quantity"))["sum"] or 0,
                "demands": list(Reservation.objects.of(self.company).values_list("demand", flat=True)),
                "keys": list(Movement.objects.of(self.company).values_list("command_key", flat=True)),
            }


@contextmanager
def split(count: int, work: Work) -> Iterator[list[tuple[int, Any]]]:
    """``count`` processes at work; within it, their pipes and ids. Each writes its answers as lines of JSON."""
    from django.db import connection

    connection.close()
    children = []
    for number in range(count):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            with os.fdopen(writing, "w") as pipe:

                def tell(answer: Any, pipe: Any = pipe) -> None:
                    pipe.write(json.dumps(answer) + "\n")
                    pipe.flush()

                try:
                    work(number, tell)
                except BaseException as fault:
                    tell({"fault": f"{type(fault).__name__}: {fault}"})
            os._exit(0)
        os.close(writing)
        children.append((child, os.fdopen(reading)))
    yield children
    for child, pipe in children:
        pipe.close()
        os.waitpid(child, 0)


def answers(count: int, work: Work) -> list[Any]:
    """All that the processes told, one process after the other."""
    with split(count, work) as children:
        return [json.loads(line) for _, pipe in children for line in pipe]


def rush(clients: int, each: int, stock: int, items: int, seed: int = 1, fault: bool = False) -> dict[str, Any]:
    """Everybody reserves single pieces of a few items until nothing is left."""
    scene = Scene(items, stock)
    if fault:
        read_then_write()

    def work(number: int, tell: Callable[[Any], None]) -> None:
        dice = random.Random(seed * 1000 + number)
        for turn in range(each):
            tell(scene.reserve([dice.choice(scene.items)], 1, f"{number}-{turn}"))

    return {"answers": answers(clients, work), **scene.left()}


def read_then_write() -> None:
    """A fault on purpose: what is free is read before the transaction, then written back; no check looks."""
    from django.db import connection

    from huoku.server.ledger import guarded
    from huoku.server.ledger.commands import reservations
    from huoku.server.platform import command
    from huoku.server.platform.scope import entered
    from huoku.server.platform.sql import ask

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA writable_schema = ON")
            cursor.execute(
                "UPDATE sqlite_master SET sql = replace(sql, '\"on_hand\" >= (\"reserved\")', '1') "
                "WHERE name = 'ledger_stockhead'"
            )
            cursor.execute("PRAGMA writable_schema = RESET")
        else:
            cursor.execute("ALTER TABLE ledger_stockhead DROP CONSTRAINT stock_head_covers")
    seen: dict[Any, Any] = {}
    honest, perform = guarded.Guarded.change, command.perform

    def look_first(what: Any, request: Any, **rest: Any) -> Any:
        if what is reservations.reserve:
            with entered(rest["actor"].company):
                for line in request.lines:
                    ((id, on_hand, reserved),) = ask(
                        "SELECT id, on_hand, reserved FROM ledger_stockhead WHERE item_id = %s AND location_id = %s",
                        [line.item, line.location],
                    )
                    seen[line.item, line.location] = (id, on_hand, reserved)
            time.sleep(0.002)
        return perform(what, request, **rest)

    def write_back(self: Any, company_id: int, changes: Any) -> Any:
        if self.has_debt and changes and set(changes) <= set(seen):
            for key, change in changes.items():
                id, on_hand, reserved = seen[key]
                if reserved + change.reserved > on_hand:
                    return [key]
                ask(
                    "UPDATE ledger_stockhead SET reserved = %s WHERE id = %s RETURNING id",
                    [reserved + change.reserved, id],
                )
            return []
        return honest(self, company_id, changes)

    command.perform = look_first
    guarded.Guarded.change = write_back  # type: ignore[method-assign]


def orders(clients: int, each: int, lines: int, items: int, stock: int, seed: int = 1) -> dict[str, Any]:
    """Orders of many lines in any order, mixed with transfers to and fro."""
    scene = Scene(items, stock)

    def work(number: int, tell: Callable[[Any], None]) -> None:
        dice = random.Random(seed * 1000 + number)
        for turn in range(each):
            key = f"{number}-{turn}"
            tell([key, scene.reserve(dice.sample(scene.items, lines), 1, key)])
            ends = dice.sample(["storage", "shelf 2"], 2)
            scene.move(dice.choice(scene.items), dice.randint(1, 3), *ends, f"m{key}")

    return {"answers": answers(clients, work), **scene.left()}


def bank(clients: int, each: int, items: int, stock: int, seed: int = 1) -> dict[str, Any]:
    """Stock goes round between places while somebody reads the total all the time."""
    scene = Scene(items, stock)
    places = ["storage", "shelf 2", "line_side", "transit"]

    def work(number: int, tell: Callable[[Any], None]) -> None:
        if number == clients:
            read(tell)
            return
        dice = random.Random(seed * 1000 + number)
        for turn in range(each):
            key = f"{number}-{turn}"
            origin, target = dice.sample(places, 2)
            tell([key, scene.move(dice.choice(scene.items), dice.randint(1, 20), origin, target, key)])
        tell("end")

    def read(tell: Callable[[Any], None]) -> None:
        from huoku.server.platform.scope import entered
        from huoku.server.platform.sql import ask

        with entered(scene.company):
            for _ in range(each):
                heads = ask("SELECT SUM(on_hand) FROM ledger_stockhead")[0][0]
                balances = ask("SELECT SUM(on_hand) FROM ledger_balance")[0][0]
                tell({"total": [int(heads), int(balances)]})
                time.sleep(0.001)

    return {"answers": answers(clients + 1, work), **scene.left()}


def killed(kills: int, seed: int = 1) -> dict[str, Any]:
    """A process is killed in the middle of its work again and again; the next one repeats what was not answered."""
    scene = Scene(2, 1)
    dice = random.Random(seed)
    acknowledged: list[str] = []
    pauses = []
    for _ in range(kills):
        start = len(acknowledged)

        def work(number: int, tell: Callable[[Any], None], start: int = start) -> None:
            from huoku.server.ledger.commands.movements import RecordMovement, record_movement

            for turn in range(start, start + 10_000):
                line = scene.warehouse.line("receive", scene.items[turn % 2], 1, "supplier", "storage")
                # What the one before was killed over, the database may not have ended yet.
                while scene.send(record_movement, RecordMovement(lines=[line]), f"turn-{turn}") == "still_running":
                    time.sleep(0.001)
                tell(f"turn-{turn}")

        begun = time.monotonic()
        with split(1, work) as ((child, pipe),):
            acknowledged.append(json.loads(pipe.readline()))
            pauses.append(time.monotonic() - begun)
            time.sleep(dice.uniform(0, 0.05))
            os.kill(child, signal.SIGKILL)
            lines = [line for line in pipe.read().split("\n") if line.endswith('"')]
            acknowledged += [json.loads(line) for line in lines]
    return {"acknowledged": acknowledged, "longest_pause": max(pauses), **scene.left()}


def shuffled(clients: int, requests: int, copies: int, stock: int, seed: int = 1) -> dict[str, Any]:
    """Each client sends every request several times, in an order of its own, under the same keys."""
    scene = Scene(1, stock)

    def work(number: int, tell: Callable[[Any], None]) -> None:
        calls = [n for n in range(requests) for _ in range(copies)]
        random.Random(seed * 1000 + number).shuffle(calls)
        for call in calls:
            while (became := scene.reserve(scene.items, 1, f"call-{call}")) == "still_running":
                time.sleep(0.001)
            tell([call, became])

    return {"answers": answers(clients, work), **scene.left()}


def stepped(seeds: list[int], stock: int = 5) -> dict[str, Any]:
    """For each seed a fresh item, and three commands on it whose statements are mixed in a drawn order."""
    from tests.server.ledger.interleaving import interleaved

    from huoku.server.platform.scope import entered

    scene = Scene(len(seeds), stock)
    house = scene.warehouse
    wrong: dict[int, Any] = {}
    for seed, item in zip(seeds, scene.items, strict=True):
        dice = random.Random(seed)
        actions: list[tuple[int, Callable[[], str]]] = []
        for number in range(dice.randint(2, 4)):
            quantity, key = dice.randint(1, 4), f"{seed}-{number}"
            if dice.random() < 0.5:
                actions.append((quantity, partial(scene.reserve, [item], quantity, key)))
            else:
                actions.append((quantity, partial(scene.move, item, quantity, "storage", "shelf 2", key)))
        became = interleaved(seed, [call for _, call in actions])
        given = sum(quantity for (quantity, _), what in zip(actions, became, strict=True) if what == "done")
        least = min(
            (quantity for (quantity, _), what in zip(actions, became, strict=True) if what != "done"), default=9
        )
        with entered(scene.company):
            free = house.free(item)
        if given + free != stock or least <= free or not set(became) <= {"done", "insufficient_stock"}:
            wrong[seed] = [str(what) for what in became]
    return {"wrong": wrong, **scene.left()}


def twins(seeds: list[int]) -> dict[str, Any]:
    """For each seed two do the same under keys of their own, their statements mixed in a drawn order: a movement
    undone twice, a movement of one id, a place of one code."""
    from tests.server.ledger.interleaving import interleaved

    from huoku.server.ledger.commands.movements import (
        RecordMovement,
        ReverseMovement,
        record_movement,
        reverse_movement,
    )
    from huoku.server.ledger.commands.places import AddLocation, add_location
    from huoku.server.ledger.models import Movement
    from huoku.server.platform.ids import time_ordered
    from huoku.server.platform.scope import entered

    scene = Scene(len(seeds), 5)
    with entered(scene.company):
        receipts = dict(Movement.objects.of(scene.company).values_list("item", "pk"))
        now = Movement.objects.of(scene.company).latest("seq").recorded_at
    became: list[list[str]] = []
    for seed, item in zip(seeds, scene.items, strict=True):
        line = scene.warehouse.line("transfer", item, 1, "storage", "shelf 2", id=time_ordered(now))
        command, request = [
            (reverse_movement, ReverseMovement(movement=receipts[item], reason="wrong pallet")),
            (record_movement, RecordMovement(lines=[line])),
            (add_location, AddLocation(code=f"NEW{seed}", kind="storage")),
        ][seed % 3]
        calls = [partial(scene.send, command, request, f"{seed}-{n}") for n in range(2)]
        became.append(sorted(str(what) for what in interleaved(seed, calls)))
    return {"became": became, **scene.left()}


def closing(seeds: list[int]) -> dict[str, Any]:
    """For each seed a receipt of now is under way while somebody closes the books up to a time behind its beginning.
    What the closed time held is read as soon as they are closed, and at the end."""
    from tests.server.ledger.interleaving import Stepper

    from huoku.server.ledger.commands.periods import LockPeriod, lock_period
    from huoku.server.ledger.queries.history import stock_at
    from huoku.server.platform import clock
    from huoku.server.platform.scope import entered

    scene = Scene(1, 50)
    became, changed = [], []
    for seed in seeds:
        receipt = Stepper(partial(scene.move, scene.items[0], 1, "storage", "shelf 2", f"in-{seed}"))
        receipt.start()
        receipt.stands.wait(1)
        for _ in range(seed):
            receipt.step()
        until = clock.now()
        closing = Stepper(partial(scene.send, lock_period, LockPeriod(until=until), f"close-{seed}"))
        closing.start()
        closing.stands.wait(1)
        held: Any = None
        while receipt.is_alive() or closing.is_alive():
            for each in (closing, receipt):  # the one who closes goes as far as it can before the other takes a step
                while each.is_alive() and each.stands.is_set():
                    each.step()
                    each.join(0.02 if each is closing else 0)
                    if each is receipt:
                        break
            if held is None and closing.outcome == "done":
                with entered(scene.company):
                    held = stock_at(scene.company.pk, until, by_effect=True)
        with entered(scene.company):
            last = stock_at(scene.company.pk, until, by_effect=True)
        changed.append(held is not None and held != last)  # None: the receipt had ended before the books were closed
        became.append([receipt.outcome, closing.outcome])
    return {"became": became, "changed": changed, **scene.left()}


def arrivals(seeds: list[int]) -> dict[str, Any]:
    """For each seed a fresh item of which ten are to arrive, five of them promised; they arrive by two receipts at
    once while somebody gives back what he was promised or is promised more, in a drawn order of statements."""
    from tests.server.ledger.interleaving import interleaved

    from huoku.server.ledger.commands.movements import RecordMovement, record_movement
    from huoku.server.ledger.commands.reservations import Release, Reserve, release, reserve
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply
    from huoku.server.ledger.models import Reservation, SupplyBalance
    from huoku.server.platform.scope import entered

    scene = Scene(len(seeds), 0)
    house, became, left = scene.warehouse, [], []
    for seed, item in zip(seeds, scene.items, strict=True):
        with entered(scene.company):
            stated = StateSupply(supply=f"order:{seed}", item=item, location=house.shelf, quantity=10)
            supply = house.do(state_supply, stated)["id"]
            kept = [
                house.do(reserve, Reserve(lines=[_of_supply(house, item, n, supply)], demand=f"so:{n}")) for n in (2, 3)
            ]
        dice = random.Random(seed)
        line = partial(house.line, "receive", item, origin="supplier", target="storage", supply=supply)
        calls = [
            partial(scene.send, record_movement, RecordMovement(lines=[line(quantity=n)]), f"{seed}-in{at}")
            for at, n in enumerate(dice.choice([(6, 4), (6, 6), (5, 5), (2, 8)]))
        ]
        given = kept[0]["reservations"][0]["id"]
        third = [
            (release, Release(reservation=given)),
            (reserve, Reserve(lines=[_of_supply(house, item, 1, supply)], demand="so:new")),
        ]
        if seed % 3:
            calls.append(partial(scene.send, *third[seed % 3 - 1], f"{seed}-other"))
        told = [str(what) for what in interleaved(seed, calls)]
        with entered(scene.company):
            there = SupplyBalance.objects.of(scene.company).get(pk=supply)
            open_now = Reservation.objects.of(scene.company).filter(item=item, state__in=Reservation.OPEN)
            left.append([there.quantity, there.reserved, sum(each.open_quantity for each in open_now)])
        became.append(told)
    return {"became": became, "left": left, **scene.left()}


def _of_supply(house: Any, item: int, quantity: int, supply: int) -> Any:
    from huoku.server.ledger.commands.reservations import Wish

    return Wish(item=item, location=house.shelf, quantity=quantity, supply=supply)


ALL = (rush, orders, bank, killed, shuffled, stepped, twins, closing, arrivals)
SCENARIOS: dict[str, Callable[..., dict[str, Any]]] = {scenario.__name__: scenario for scenario in ALL}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(SCENARIOS[sys.argv[1]](**json.loads(sys.argv[2]))))
