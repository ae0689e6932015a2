"""A company as large as a synthetic shop, in a fresh database: what ``company_plan.py`` measures in.

Masters and confirmed orders go in as rows, many at once; stock comes by movements, as everywhere.
"""

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huoku.server.settings")
os.environ.setdefault("HUOKU_SECRET_KEY", "only for measuring")

import django

AT_ONCE = 500


def begin() -> Any:
    """Migrate; a company with its owner, who acts."""
    django.setup()
    from django.core.management import call_command

    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered

    call_command("migrate", verbosity=0)
    user = User.objects.create(username="owner")
    company = found_company("BENCH", "活库", user)
    with entered(company):
        return actor_of(user, company)


def shop_of(items: int, orders: int, today: date) -> Any:
    """``make_shop`` as a factory whose first day is ``today``."""
    from huoku.examples import write_shop
    from huoku.factory import read
    from huoku.server.running.demo import moved_to

    with TemporaryDirectory() as folder:
        return moved_to(read(write_shop(Path(folder) / "shop", items, orders=orders)), today)


class Filling:
    """A factory into an empty company."""

    def __init__(self, actor: Any, factory: Any) -> None:
        self.actor, self.factory, self.company = actor, factory, actor.company
        self.keys = iter(range(10**9))

    def do(self, name: str, **asked: Any) -> Any:
        from huoku.server.platform.command import COMMANDS, perform

        command = COMMANDS[name]
        request = command.request.model_validate(asked)
        return perform(command, request, actor=self.actor, key=f"fill:{next(self.keys)}").result()

    def rows(self, table: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.factory.table(table).to_dicts()
        return found

    def fill(self) -> None:
        self.places = {
            kind: self.do("ledger.add_location", code=code, kind=kind)["id"]
            for code, kind in (
                *(("MAIN", "storage"), ("WIP", "work_in_progress"), ("MADE", "production")),
                *(("OUT", "customer"), ("IN", "supplier")),
            )
        }
        self._items()
        self._bills()
        self._sources()
        self._stock()
        self._orders()

    def _items(self) -> None:
        from huoku.server.items.models import Item

        rows = [
            Item(
                company=self.company,
                code=row["item"],
                kind=row["kind"],
                lead_time_days=int(row["lead_time_days"] or 0),
                unit_cost_millionths=int(row["unit_cost"] * 10**6),
                lot_min_steps=int(row["lot_min"]),
                lot_multiple_steps=int(row["lot_multiple"]),
            )
            for row in self.rows("items")
        ]
        self.items = {item.code: item for item in Item.objects.bulk_create(rows, batch_size=AT_ONCE)}

    def _bills(self) -> None:
        from huoku.server.items.models import Bom, BomLine

        parents = sorted({row["parent"] for row in self.rows("bom")})
        boms = [Bom(company=self.company, parent=self.items[code], revision="01") for code in parents]
        made = dict(zip(parents, Bom.objects.bulk_create(boms, batch_size=AT_ONCE), strict=True))
        lines = [
            BomLine(
                company=self.company,
                bom=made[row["parent"]],
                seq=seq,
                component=self.items[row["component"]],
                qty_numerator=int(row["qty"]),
                scrap_rate_millionths=int(row["scrap_rate"] * 10**6),
            )
            for seq, row in enumerate(self.rows("bom"), start=1)
        ]
        BomLine.objects.bulk_create(lines, batch_size=AT_ONCE)

    def _sources(self) -> None:
        from huoku.server.partners.models import Source, Supplier

        codes = sorted({row["supplier"] for row in self.rows("sources")})
        names = [Supplier(company=self.company, code=code, name=code, currency="CNY") for code in codes]
        suppliers = dict(zip(codes, Supplier.objects.bulk_create(names, batch_size=AT_ONCE), strict=True))
        rows = [
            Source(
                company=self.company,
                item=self.items[row["item"]],
                supplier=suppliers[row["supplier"]],
                moq_steps=int(row["moq"]),
                multiple_steps=int(row["multiple"]),
                lead_time_days=int(row["lead_time_days"]),
                price_millionths=int(row["price"] * 10**6),
                order_fee_minor=int(row["order_fee"] * 100),
                min_order_value_minor=int(row["min_order_value"] * 100),
                currency="CNY",
                priority=row["priority"],
            )
            for row in self.rows("sources")
        ]
        Source.objects.bulk_create(rows, batch_size=AT_ONCE)

    def _stock(self) -> None:
        ends = {"kind": "receive", "from_location": self.places["supplier"], "to_location": self.places["storage"]}
        lines = [
            {"item": self.items[row["item"]].pk, "quantity": int(row["qty"]), **ends}
            for row in self.rows("stock")
            if row["qty"]
        ]
        for start in range(0, len(lines), AT_ONCE):
            self.do("ledger.record_movement", lines=lines[start : start + AT_ONCE])

    def _orders(self) -> None:
        from huoku.server.partners.models import Customer
        from huoku.server.platform import clock
        from huoku.server.sales.models import SalesLine, SalesOrder

        demands = self.rows("demands")
        codes = sorted({row["customer"] for row in demands})
        names = [Customer(company=self.company, code=code, name=code, currency="CNY") for code in codes]
        customers = dict(zip(codes, Customer.objects.bulk_create(names, batch_size=AT_ONCE), strict=True))
        orders = [
            SalesOrder(
                company=self.company,
                number=row["demand"],
                state="confirmed",
                customer=customers[row["customer"]],
                priority=row["priority"],
                currency="CNY",
                made_at=clock.now(),
                made_by=self.actor.user,
            )
            for row in demands
        ]
        made = SalesOrder.objects.bulk_create(orders, batch_size=AT_ONCE)
        lines = [
            SalesLine(
                company=self.company,
                order=order,
                seq=1,
                item=self.items[row["item"]],
                qty_steps=int(row["qty"]),
                due_on=row["due"],
                promised_on=row["due"],
            )
            for order, row in zip(made, demands, strict=True)
        ]
        SalesLine.objects.bulk_create(lines, batch_size=AT_ONCE)
