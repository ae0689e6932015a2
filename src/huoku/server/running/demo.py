"""The demo company: a factory brought into a fresh database, with somebody of each role, and planned."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from huoku.factory import Factory
from huoku.factory.inputs import TABLES
from huoku.server.running.founding import found
from huoku.server.running.start import start

COMPANY, OWNER = "DEMO", "boss"
PEOPLE = {
    "planner": "计划 Planner",
    "buyer": "采购 Buyer",
    "sales": "业务 Sales",
    "storekeeper": "仓管 Storekeeper",
    "production_lead": "生产 Production lead",
    "finance": "财务 Finance",
    "engineer": "工程 Engineer",
    "admin": "管理员 Administrator",
}
"""Logins, which are the roles, and names."""
OPENS = timedelta(hours=7)
"""When the first day of a past begins."""


@dataclass(frozen=True, slots=True)
class Demo:
    """``passwords`` by login, each made for this demo alone; empty where the company was there already."""

    data: Path
    passwords: dict[str, str]


def found_demo(data: Path, factory: Factory, days: int = 0, tell: Callable[[date], None] = lambda _: None) -> Demo:
    """Found a server in ``data`` with the factory, its days moved so that it is its first day ``days`` ago; let its
    people work through these days, and plan it as it stands today. ``tell`` hears of each day that has passed.

    Where ``data`` holds a server already, it is that one, as it was left. Raises UsageError, Refused.
    """
    if (data / "secret.key").exists():
        start(data)
        return Demo(data, {})
    founded = found(data, company=COMPANY, name="活库演示厂 huoku demo works", owner=OWNER, second_factor_for=())
    passwords = {OWNER: founded.password}
    from huoku.server.planning.bringing import bring_in
    from huoku.server.planning.commands.runs import AskPlan, ask_plan
    from huoku.server.planning.working import work_out
    from huoku.server.platform import clock
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.command import perform
    from huoku.server.platform.models import Company, User
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered
    from huoku.server.running import accounts
    from huoku.server.running.past import live_through

    for role, name in PEOPLE.items():
        passwords[role] = accounts.add(role, name, role, COMPANY)
    Company.objects.filter(code=COMPANY).update(is_demo=True)
    company = Company.objects.get(code=COMPANY)
    with entered(company):
        actors = {Role(role): actor_of(User.objects.get(username=login), company) for role, login in logins().items()}
    people = {role: actor for role, actor in actors.items() if actor is not None}
    today = clock.business_day(company, clock.now())
    begins = today - timedelta(days=days)
    with clock.telling(clock.day_begins(company, begins) + OPENS) if days else nullcontext():
        bring_in(people[Role.OWNER], moved_to(factory, begins))
    if days:
        live_through(company, people, begins, days, tell=tell)
    with entered(company):
        asked = perform(ask_plan, AskPlan(), actor=people[Role.OWNER], key="demo:plan").result()
    work_out.func(company.pk, asked["id"])
    return Demo(data, passwords)


def logins() -> dict[str, str]:
    """The login of each role."""
    return {"owner": OWNER, **{role: role for role in PEOPLE}}


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
