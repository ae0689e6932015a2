"""Kitting of many work orders at once: python3 benchmarks/kitting.py [--orders 1000] [--components 10] [--items 300]

On SQLite in a temporary file, or on the empty database that ``HUOKU_DATABASE`` names. Every order takes ``components``
of ``items`` bought parts, the common ones more often; half of the orders are released, so that what they need is kept
for them; stock covers two thirds of the need and open purchases half of the rest.
"""

import argparse
import os
import statistics
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

BAR_SECONDS = 1.0
FIRST_DAY = date(2026, 12, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--components", type=int, default=10)
    parser.add_argument("--items", type=int, default=300)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ.setdefault("HUOKU_DATABASE", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ.setdefault("HUOKU_SECRET_KEY", "only for figures")
        os.environ.setdefault("HUOKU_DATA", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huoku.server.settings")
        measure(options)


def measure(options: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    actor = founded()
    filled(actor, options)

    from huoku.server.platform.scope import entered
    from huoku.server.production.queries.kitting import kitting

    print(f"{connection.vendor}, {options.orders:,} orders of {options.components}, load {os.getloadavg()[0]:.1f}\n")
    print("| order of service | CPU s | wall s, median | bar | kits possible |\n|---|---|---|---|---|")
    with entered(actor.company):
        for service in ("start", "finish", "priority"):
            wall, cpu = [], []
            for _ in range(options.times):
                begun, busy = time.perf_counter(), time.process_time()
                found = kitting(actor, service)
                wall.append(time.perf_counter() - begun)
                cpu.append(time.process_time() - busy)
            told = f"{statistics.median(cpu):.2f} | {statistics.median(wall):.2f} | <= {BAR_SECONDS}"
            print(f"| {service} | {told} | {found.possible:,} of {len(found.kits):,} |")


def founded() -> Any:
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered

    user = User.objects.create(username="owner")
    company = found_company("BENCH", "Bench", user)
    with entered(company):
        return actor_of(user, company)


def filled(actor: Any, options: argparse.Namespace) -> None:
    """All of it through commands, as a factory would enter it."""
    from huoku.server.platform.command import COMMANDS, perform
    from huoku.server.platform.scope import entered

    keys = iter(range(10**9))

    def do(name: str, **asked: Any) -> Any:
        command = COMMANDS[name]
        request = command.request.model_validate(asked)
        return perform(command, request, actor=actor, key=f"k{next(keys)}").result()

    dice = Random(1)
    with entered(actor.company):
        places = {
            kind: do("ledger.add_location", code=kind, kind=kind)["id"]
            for kind in ("storage", "work_in_progress", "production", "supplier")
        }
        parts = {f"P{n:04}": do("items.add_item", code=f"P{n:04}")["id"] for n in range(options.items)}
        products = [f"M{n:03}" for n in range(max(1, options.orders // 10))]
        need: dict[str, int] = dict.fromkeys(parts, 0)
        bills = {}
        codes, weights = list(parts), [1 / (n + 5) for n in range(options.items)]
        for product in products:
            do("items.add_item", code=product, kind="make")
            chosen: dict[str, int] = {}
            while len(chosen) < options.components:
                chosen.setdefault(dice.choices(codes, weights)[0], dice.randint(1, 4))
            lines = [{"component": code, "qty": str(qty)} for code, qty in chosen.items()]
            do("items.add_bom", parent=product, revision="A", lines=lines)
            bills[product] = chosen
        wanted = [(dice.choice(products), dice.randint(5, 50), dice.randint(0, 60)) for _ in range(options.orders)]
        for product, qty, _ in wanted:
            for code, per_unit in bills[product].items():
                need[code] += per_unit * qty
        for code, quantity in need.items():
            there, coming = 2 * quantity // 3, quantity // 6
            ends = {"from_location": places["supplier"], "to_location": places["storage"]}
            if there:
                line = {"kind": "receive", "item": parts[code], "quantity": there, **ends}
                do("ledger.record_movement", lines=[line])
            stated = {"item": parts[code], "location": places["storage"], "quantity": coming}
            on = str(FIRST_DAY + timedelta(days=dice.randint(0, 60)))
            do("ledger.state_supply", supply=f"purchasing.line:{parts[code]}", expected_on=on, **stated)
        begun = time.perf_counter()
        for n, (product, qty, day) in enumerate(wanted):
            start = FIRST_DAY + timedelta(days=day)
            asked = {"item": product, "qty": str(qty), "start_on": str(start), "due_on": str(start + timedelta(days=5))}
            where = {"target": "storage", "work_in_progress": "work_in_progress", "priority": dice.randint(1, 5)}
            made = do("production.plan_order", **asked, **where)
            if n % 2:
                do("production.release_order", id=made["id"])
        print(f"planned, and half of them released, in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
