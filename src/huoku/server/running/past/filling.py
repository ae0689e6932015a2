"""A factory brought into an empty company as it stood some days ago, and lived in since."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date, timedelta

import polars as pl

from huoku.factory import Factory
from huoku.factory.inputs import TABLES
from huoku.server.planning.bringing import bring_in
from huoku.server.planning.commands.runs import AskPlan, ask_plan
from huoku.server.planning.working import work_out
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import entered
from huoku.server.running.past.days import live_through

LIVED = 14
"""Days of work that make a line that runs: kits that wait, shelves to walk, shortages to look into."""
OPENS = timedelta(hours=7)
"""When the first day begins."""


def fill(
    company: Company,
    people: Mapping[Role, Actor],
    factory: Factory,
    days: int = LIVED,
    tell: Callable[[date], None] = lambda _: None,
) -> None:
    """Bring the factory in, its days moved so that its first day was ``days`` ago; let these people, by role, work
    since; and plan it as it stands today. ``tell`` hears of each day that has passed. Raises Refused."""
    begins = clock.business_day(company, clock.now()) - timedelta(days=days)
    with clock.telling(clock.day_begins(company, begins) + OPENS) if days else nullcontext(), entered(company):
        bring_in(people[Role.OWNER], moved_to(factory, begins))
    if days:
        live_through(company, people, begins, days, tell=tell)
    with entered(company):
        asked = perform(ask_plan, AskPlan(), actor=people[Role.OWNER], key="demo:plan").result()
    work_out.func(company.pk, asked["id"])


def moved_to(factory: Factory, today: date) -> Factory:
    """The same factory with all its days moved, so that its first day is ``today``; its calendar by whole weeks, so
    that a Sunday stays a Sunday."""
    by = today - factory.settings.today
    if not by:
        return factory
    weeks = timedelta(weeks=round(by / timedelta(weeks=1)))
    changes = {
        name: factory.table(name).with_columns(
            [
                pl.col(column) + (weeks if name == "calendar" else by)
                for column, kind in factory.table(name).schema.items()
                if kind == pl.Date
            ]
        )
        for name in TABLES
        if pl.Date in factory.table(name).schema.values()
    }
    return factory.with_(today=today, **changes)
