"""A company with 100,000 items and 1,000,000 movements, planned and at work: what ``pages.py`` asks the pages of.

Masters, orders of the past and the old ledger go in as rows, chained and in balance; what is open comes by commands: a
plan, of which proposals become work orders and purchase orders, and orders released, sent and kept stock for.
"""

import random
import time
from datetime import timedelta
from typing import Any

import company_world
import django
from company_world import AT_ONCE

ROLES = ("planner", "buyer", "sales", "storekeeper", "production_lead", "finance", "engineer", "admin")
BUSIEST = 50_000
"""Movements of the item that moves most; the others have fewer, the common ones more."""
LAST = "look"
"""The kind of the tasks that are entered last: with them the company is whole."""
PAST_ORDERS = 20
"""So many orders are closed for each that is open."""


class Working(company_world.Filling):
    """The filled company brought to work."""

    def bring_to_work(self, movements: int, plan_share: float = 1.0) -> None:
        dice = random.Random(7)
        for what in (self._people, self._past_orders):
            self._told(what.__name__, what)
        self._told("movements", lambda: self._movements(movements, dice))
        self._told("plan", self._plan)
        self._told("documents", lambda: self._documents(plan_share))
        self._told("plan again", self._plan)
        self._told("tasks", lambda: self._tasks(dice))

    def _told(self, what: str, work: Any) -> None:
        begun = time.perf_counter()
        work()
        print(f"  {what.strip('_').replace('_', ' ')}: {time.perf_counter() - begun:.0f} s", flush=True)

    def _people(self) -> None:
        from huoku.server.platform.models import Membership, User

        for role in ROLES:
            user = User.objects.create(username=role, name=role.title())
            Membership.objects.create(company=self.company, user=user, role=role)

    def _past_orders(self) -> None:
        """Closed long ago: they are in the lists and in no plan."""
        from huoku.server.platform import clock
        from huoku.server.sales.models import SalesLine, SalesOrder

        there = list(SalesOrder.objects.of(self.company).values_list("customer_id", flat=True))
        made = [item for item in self.items.values() if item.kind == "make"]
        count, now = PAST_ORDERS * len(there), clock.now()
        orders = SalesOrder.objects.bulk_create(
            [
                SalesOrder(
                    company=self.company,
                    number=f"OLD{n:07d}",
                    state="closed",
                    customer_id=there[n % len(there)],
                    priority=3,
                    currency="CNY",
                    made_at=now - timedelta(days=400, minutes=n),
                    made_by=self.actor.user,
                )
                for n in range(count)
            ],
            batch_size=AT_ONCE,
        )
        day = now.date() - timedelta(days=300)
        SalesLine.objects.bulk_create(
            [
                SalesLine(
                    company=self.company,
                    order=order,
                    seq=1,
                    item=made[n * 7 % len(made)],
                    qty_steps=10,
                    shipped_steps=10,
                    price_millionths=10**8,
                    due_on=day - timedelta(days=n % 300),
                )
                for n, order in enumerate(orders)
            ],
            batch_size=AT_ONCE,
        )

    def _movements(self, count: int, dice: random.Random) -> None:
        """The old ledger: an item moved ``BUSIEST`` times, and the others by chance, early ones more often."""
        from huoku.server.ledger.models import Balance, Movement

        stocked = list(Balance.objects.of(self.company).values_list("item_id", "lot_id", "owner_id", "location_id"))
        by_item = {row[0]: row for row in stocked}
        left = count - Movement.objects.of(self.company).count()
        busiest = busiest_item(self.company)
        times = {busiest: min(BUSIEST, left // 10)}
        left -= times[busiest]
        ids = [item for item in by_item if item != busiest]
        for item in dice.choices(ids, [1 / (place + 100) ** 0.7 for place in range(len(ids))], k=left):
            times[item] = times.get(item, 0) + 1
        self._past(by_item, times)

    def _past(self, by_item: dict[int, Any], times: dict[int, int]) -> None:
        from django.db import transaction

        waiting: list[tuple[int, int]] = []
        for item, count in times.items():
            waiting.append((item, count))
            if sum(each for _, each in waiting) >= 5_000:
                with transaction.atomic():
                    self._enter(by_item, waiting)
                waiting = []
        with transaction.atomic():
            self._enter(by_item, waiting)

    def _enter(self, by_item: dict[int, Any], wanted: list[tuple[int, int]]) -> None:
        """Movements of several items, each chained to what its item has already; two come in, one goes out."""
        from huoku.server.ledger.entries import stream_of
        from huoku.server.ledger.guarded import BALANCES, HEADS
        from huoku.server.ledger.models import Movement
        from huoku.server.platform import clock
        from huoku.server.platform.audit import lock_heads, putting_back
        from huoku.server.platform.models import CommandRecord
        from huoku.server.platform.sql import ask, ask_together, inserting

        now = clock.now()
        heads = lock_heads(self.company.pk, list({stream_of(item) for item, _ in wanted}), now)
        rows: list[dict[str, Any]] = []
        for item, count in wanted:
            told, gained = self._rows(by_item[item], count, heads[stream_of(item)], now)
            rows += told
            for table in (HEADS, BALANCES):
                ask(
                    f"UPDATE {table.table} SET on_hand = on_hand + %s WHERE company_id = %s AND item_id = %s "
                    "AND location_id = %s RETURNING id",
                    [gained, self.company.pk, item, by_item[item][3]],
                )
        record = {"company_id": self.company.pk, "scope": "past", "key": f"past:{wanted[0][0] if wanted else 0}"}
        record |= {"name": "past", "request_digest": bytes(32), "status": 200, "answer": "{}", "recorded_at": now}
        ask_together([putting_back(heads), *inserting(Movement, rows), *inserting(CommandRecord, [record])])

    def _rows(self, there: Any, count: int, head: Any, now: Any) -> tuple[list[dict[str, Any]], int]:
        from huoku.server.ledger.entries import FIELDS, entry_of
        from huoku.server.platform.ids import time_ordered

        item, lot, owner, shelf = there
        rows, gained = [], 0
        for n in range(count):
            comes = n % 3 != 2
            ends = (self.places["supplier"], shelf) if comes else (shelf, self.places["customer"])
            kind, document = ("receive", f"purchase:{item}") if comes else ("ship", f"sales:{item}")
            plain = [kind, item, lot, owner, *ends, "available", "available", 1, "", "", 1, 1, None, document, "", None]
            values = {"id": time_ordered(now), **dict(zip(FIELDS, [*plain, f"past:{item}"], strict=True))}
            values |= {"effective_at": now - timedelta(hours=8 * (count - n)), "need_on": None, "reverses_id": None}
            rows.append({"company_id": self.company.pk, **values, **head.extend(entry_of(values))})
            gained += 1 if comes else -1
        return rows, gained

    def _plan(self) -> None:
        from huoku.server.planning.working import work_out

        work_out.func(self.company.pk, self.do("planning.ask_plan")["id"])

    def _first(self, kind: str, count: int) -> list[int]:
        from huoku.server.planning.models import Proposal

        found = Proposal.objects.of(self.company).filter(state="open", kind=kind).order_by("start_on", "pk")
        return list(found.values_list("pk", flat=True)[:count])

    def _documents(self, share: float) -> None:
        """Work orders, half of them released; purchase orders, half of them sent."""
        from huoku.server.production.models import WorkOrder
        from huoku.server.purchasing.models import PurchaseOrder

        for kind, count in (("make", int(1_000 * share)), ("buy", int(2_000 * share))):
            first = self._first(kind, count)
            for start in range(0, len(first), AT_ONCE):
                rows = [{"id": pk} for pk in first[start : start + AT_ONCE]]
                self.do("planning.accept_proposals", proposals=rows)
        orders = list(WorkOrder.objects.of(self.company).order_by("pk").values_list("pk", flat=True))
        for pk in orders[::2]:
            self._tried("production.release_order", id=pk)
        for pk in list(PurchaseOrder.objects.of(self.company).order_by("pk").values_list("pk", flat=True))[::2]:
            self._tried("purchasing.approve", id=pk)
            self._tried("purchasing.send", id=pk)

    def _tried(self, name: str, **asked: Any) -> None:
        from huoku.server.platform.refusals import Refused

        try:
            self.do(name, **asked)
        except Refused as refused:
            self.refused = getattr(self, "refused", 0) + 1
            if self.refused <= 3:
                print(f"  {name}: {refused.say('en')}")

    def _tasks(self, dice: random.Random) -> None:
        """A few hundred for every role, about items."""
        from huoku.server.documents.models import Task
        from huoku.server.platform import clock

        now = clock.now()
        items = list(self.items.values())
        Task.objects.bulk_create(
            [
                Task(
                    company=self.company,
                    kind=LAST,
                    what="items.item",
                    row=dice.choice(items).pk,
                    role=role,
                    text_zh=f"请看一下这个物料（{n}）",
                    text_en=f"Please look at this item ({n})",
                    due_on=now.date() + timedelta(days=n % 60 - 20),
                    made_at=now,
                )
                for role in ROLES
                for n in range(300)
            ],
            batch_size=AT_ONCE,
        )


def busiest_item(company: Any) -> int:
    """The bought item with the longest ledger, see ``_movements``."""
    from huoku.server.items.models import Item
    from huoku.server.ledger.models import Balance

    stocked = Balance.objects.of(company).values("item_id")
    found: int = Item.objects.of(company).filter(kind="buy", pk__in=stocked).order_by("pk").values_list("pk")[0][0]
    return found


def busiest_of(company: Any, orders: Any, partner: str) -> list[int]:
    """The partners with the most orders of a kind, the busiest first."""
    from django.db.models import Count

    found = orders.objects.of(company).order_by().values(partner).annotate(n=Count("pk")).order_by("-n", partner)
    return [row[partner] for row in found[:20]]


def standing(items: int, orders: int, movements: int) -> Any:
    """The owner of the company in the database that ``HUOKU_DATABASE`` names, which is made where it is empty."""
    django.setup()
    from django.core.management import call_command

    from huoku.server.documents.models import Task
    from huoku.server.planning.jobs import lay_plans_down
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import Company, User
    from huoku.server.platform.scope import EVERY_COMPANY, entered

    call_command("migrate", verbosity=0)
    company = Company.objects.filter(code="BENCH").first()
    if company is None:
        return build(items, orders, movements)
    with entered(EVERY_COMPANY):
        is_whole = Task.objects.of(company).filter(kind=LAST).exists()
    if not is_whole:
        raise SystemExit("an earlier run stopped before its company was made: empty the folder of --keep")
    lay_plans_down()  # as the worker does after an upgrade
    with entered(company):
        return actor_of(User.objects.get(username="owner"), company)


def build(items: int, orders: int, movements: int) -> Any:
    """The company in the database that ``HUOKU_DATABASE`` names, which is empty; its owner."""
    actor = company_world.begin()
    from huoku.plan.planner import warm
    from huoku.server.platform import clock
    from huoku.server.platform.scope import entered

    warm()
    today = clock.business_day(actor.company, clock.now())
    begun = time.perf_counter()
    with entered(actor.company):
        working = Working(actor, company_world.shop_of(items, orders, today))
        working.fill()
        print(f"  masters, stock and orders: {time.perf_counter() - begun:.0f} s", flush=True)
        working.bring_to_work(movements)
    analyze()
    return actor


def analyze() -> None:
    """What PostgreSQL gathers by itself and the worker has SQLite gather every hour."""
    from django.db import connection

    from huoku.server.platform.jobs import statistics

    statistics.renew()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
