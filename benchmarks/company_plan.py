"""From the database to proposals, and from proposals to documents: python3 benchmarks/company_plan.py

[--items 10000] [--orders 10000] [--accept 1000]. On SQLite in a temporary folder, or on the empty database that
``HUOKU_DATABASE`` names. Four runs: the first live plan, the same again (nothing changes), 1,000 proposals accepted in
one command, and the plan after that.
"""

import argparse
import os
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--accept", type=int, default=1_000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ.setdefault("HUOKU_DATABASE", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ.setdefault("HUOKU_DATA", folder)
        measure(options)


def measure(options: argparse.Namespace) -> None:
    import company_world as world

    actor = world.begin()
    from django.db import connection

    from huoku.plan.planner import warm
    from huoku.server.planning.models import Proposal
    from huoku.server.platform import clock
    from huoku.server.platform.scope import entered

    warm()
    today = clock.business_day(actor.company, clock.now())
    with entered(actor.company):
        filling = world.Filling(actor, world.shop_of(options.items, options.orders, today))
        filling.fill()
    print(f"{connection.vendor}, {options.items:,} items, {options.orders:,} orders\n")
    print("| what | CPU s | wall s | bar | load |\n|---|---|---|---|---|")

    def plan_now() -> Any:
        from huoku.server.planning.working import work_out

        with entered(actor.company):
            run = filling.do("planning.ask_plan")["id"]
        stages(lambda: work_out.func(actor.company.pk, run))
        with entered(actor.company):
            return Proposal.objects.of(actor.company).filter(state="open").order_by("start_on", "pk")

    rows = timed("the first plan, to proposals", "<= 30 s", plan_now)
    with entered(actor.company):
        first = [{"id": pk} for pk in rows.values_list("pk", flat=True)[: options.accept]]
        print(f"| ... of {rows.count():,} proposals | | | | |")
    timed("the same again", "", plan_now)
    with entered(actor.company):
        what = f"accept {len(first):,} proposals"
        timed(what, "<= 10 s", lambda: filling.do("planning.accept_proposals", proposals=first))
    timed("the plan after that", "", plan_now)


def timed(what: str, bar: str, work: Callable[[], Any]) -> Any:
    begun, busy = time.perf_counter(), time.process_time()
    found = work()
    wall, cpu = time.perf_counter() - begun, time.process_time() - busy
    print(f"| {what} | {cpu:.1f} | {wall:.1f} | {bar} | {os.getloadavg()[0]:.0f} |", flush=True)
    return found


def stages(work: Callable[[], Any]) -> None:
    """Run a plan's job and tell the CPU seconds of its stages."""
    from huoku.server.planning import working

    told = working.Progress.tell
    marks: list[tuple[str, float]] = []

    def marking(self: Any, stage: Any) -> None:
        marks.append((stage, time.process_time()))
        told(self, stage)

    working.Progress.tell = marking  # type: ignore[method-assign]
    try:
        work()
    finally:
        working.Progress.tell = told  # type: ignore[method-assign]
    marks.append(("", time.process_time()))
    took = [f"{name} {end - begin:.1f}" for (name, begin), (_, end) in pairwise(marks)]
    print(f"| ... {', '.join(took)} | | | | |")


if __name__ == "__main__":
    main()
