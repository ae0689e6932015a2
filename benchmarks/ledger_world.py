"""What ``ledger.py`` measures in: a company with items on a shelf, clients that are processes, and an old ledger."""

import os
import pickle
import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huoku.server.settings")
os.environ.setdefault("HUOKU_SECRET_KEY", "only for measuring")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from huoku.server.items.commands.items import AddItem, add_item  # noqa: E402
from huoku.server.ledger.commands.movements import RecordMovement, record_movement  # noqa: E402
from huoku.server.ledger.commands.places import AddLocation, add_location  # noqa: E402
from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve  # noqa: E402
from huoku.server.ledger.entries import FIELDS, entry_of, stream_of  # noqa: E402
from huoku.server.ledger.guarded import BALANCES, HEADS  # noqa: E402
from huoku.server.ledger.lines import Line  # noqa: E402
from huoku.server.ledger.models import Lot, Movement  # noqa: E402
from huoku.server.platform import clock  # noqa: E402
from huoku.server.platform.actor import actor_of  # noqa: E402
from huoku.server.platform.audit import lock_heads, putting_back  # noqa: E402
from huoku.server.platform.command import perform  # noqa: E402
from huoku.server.platform.commands.companies import found_company  # noqa: E402
from huoku.server.platform.ids import time_ordered  # noqa: E402
from huoku.server.platform.models import CommandRecord, User  # noqa: E402
from huoku.server.platform.refusals import Refused  # noqa: E402
from huoku.server.platform.scope import EVERY_COMPANY, entered  # noqa: E402
from huoku.server.platform.sql import ask, ask_together, inserting  # noqa: E402

STOCK = 10**9


class World:
    """A migrated database with one company, ``items`` items, and plenty of each on the shelf."""

    def __init__(self, items: int) -> None:
        call_command("migrate", verbosity=0)
        self.company = found_company("BENCH", "活库", User.objects.create(username="owner"))
        with entered(self.company):
            actor = actor_of(User.objects.get(username="owner"), self.company)
        assert actor is not None
        self.actor = actor
        self.shelf = self.do(add_location, AddLocation(code="SHELF", kind="storage"))["id"]
        self.supplier = self.do(add_location, AddLocation(code="SUPPLIER", kind="supplier"))["id"]
        self.items = [self.do(add_item, AddItem(code=f"ITEM{n}"))["id"] for n in range(items)]
        for start in range(0, items, 500):
            lines = [self.receipt(item, STOCK) for item in self.items[start : start + 500]]
            self.do(record_movement, RecordMovement(lines=lines))

    def receipt(self, item: int, quantity: int) -> Line:
        return Line(kind="receive", item=item, quantity=quantity, from_location=self.supplier, to_location=self.shelf)

    def do(self, command: Any, request: Any) -> Any:
        return perform(command, request, actor=self.actor, key=str(time_ordered(clock.now()))).result()

    def reserve(self, items: Sequence[int], dice: random.Random) -> bool:
        """One piece of each; False where it was refused."""
        lines = [Wish(item=item, location=self.shelf, quantity=1) for item in items]
        try:
            perform(reserve, Reserve(lines=lines, demand="bench"), actor=self.actor, key=f"{dice.getrandbits(120):x}")
        except Refused:
            return False
        return True


Seconds = list[float]


def clients(count: int, work: Callable[[random.Random], None], seconds: float) -> list[Seconds]:
    """``count`` processes do ``work`` again and again for a while: how long each call took, process by process."""
    connection.close()
    pipes = []
    start = time.perf_counter() + 0.2
    for number in range(count):
        reading, writing = os.pipe()
        if not os.fork():
            os.close(reading)
            taken: Seconds = []
            dice = random.Random(os.urandom(16))
            work(dice)
            time.sleep(max(0.0, start - time.perf_counter()))
            end = time.perf_counter() + seconds
            while (begun := time.perf_counter()) < end:
                work(dice)
                taken.append(time.perf_counter() - begun)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(taken, pipe)
            os._exit(0)
        os.close(writing)
        pipes.append(reading)
        del number
    found = []
    for reading in pipes:
        with os.fdopen(reading, "rb") as pipe:
            found.append(pickle.load(pipe))
        os.wait()
    return found


class Probe:
    """The raw database: one guarded update and one insert in a transaction, in tables of their own."""

    def __init__(self, items: int) -> None:
        self.items = items
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE probe_stock (id bigint PRIMARY KEY, on_hand bigint, reserved bigint)")
            cursor.execute("CREATE TABLE probe_kept (id text PRIMARY KEY, item bigint, quantity bigint)")
            for start in range(0, items, 500):
                rows = ", ".join(f"({n}, {STOCK}, 0)" for n in range(start, min(items, start + 500)))
                cursor.execute(f"INSERT INTO probe_stock VALUES {rows}")

    def reserve(self, dice: random.Random, is_hot: bool) -> None:
        item = 0 if is_hot else dice.randrange(self.items)
        update = "UPDATE probe_stock SET reserved = reserved + 1 WHERE id = %s AND reserved + 1 <= on_hand"
        insert = "INSERT INTO probe_kept VALUES (%s, %s, 1)"
        kept = f"{dice.getrandbits(120):x}"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                one = f"WITH done AS ({update} RETURNING id) INSERT INTO probe_kept SELECT %s, id, 1 FROM done"
                cursor.execute(one, [item, kept])
                return
            with transaction.atomic():
                cursor.execute(update, [item])
                cursor.execute(insert, [kept, item])


def flushes_per_second(folder: str, seconds: float = 2.0) -> float:
    """How often the disk takes a small write for good."""
    path = os.path.join(folder, "flush.probe")
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        os.pwrite(file, b"x" * 4096, 4096 * (count % 64))
        os.fdatasync(file)
        count += 1
    os.close(file)
    os.unlink(path)
    return count / seconds


def grow_old(world: World, movements: int) -> None:
    """Enter a past of so many receipts, chained and in balance as if they had come one by one."""
    with entered(EVERY_COMPANY):
        lots = dict(Lot.objects.of(world.company).values_list("item_id", "pk"))
        owner = ask("SELECT owner_id FROM ledger_movement LIMIT 1")[0][0]
    each = movements // len(world.items)
    for item in world.items:
        with transaction.atomic(), entered(world.company):
            _past(world, item, lots[item], owner, each)


def _past(world: World, item: int, lot: int, owner: int, count: int) -> None:
    now, company = clock.now(), world.company.pk
    name = stream_of(item)
    heads = lock_heads(company, [name], now)
    key = f"past-{item}"
    plain = ["receive", item, lot, owner, world.supplier, world.shelf, "available", "available", 1]
    plain += ["", "", 1, 1, None, f"purchase:{item}", "", None, key]
    rows = []
    for n in range(count):
        id, effective_at = time_ordered(now), now - timedelta(minutes=n)
        values = {"id": id, **dict(zip(FIELDS, plain, strict=True))}
        values |= {"effective_at": effective_at, "need_on": None, "reverses_id": None}
        rows.append({"company_id": company, **values, **heads[name].extend(entry_of(values))})
    record = {"company_id": company, "scope": "past", "key": key, "name": "past", "request_digest": bytes(32)}
    record |= {"status": 200, "answer": "{}", "recorded_at": now}
    for table, of in ((HEADS, "item_id"), (BALANCES, "item_id")):
        ask(f"UPDATE {table.table} SET on_hand = on_hand + %s WHERE {of} = %s RETURNING id", [count, item])
    ask_together([putting_back(heads), *inserting(Movement, rows), *inserting(CommandRecord, [record])])
