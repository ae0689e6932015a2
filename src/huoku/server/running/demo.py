"""The demo company: a factory brought into a fresh database, with somebody of each role, and planned."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from huoku.factory import Factory
from huoku.server.running.founding import found
from huoku.server.running.start import start

COMPANY, OWNER, OWNER_NAME = "DEMO", "boss", "老板 Owner"
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


@dataclass(frozen=True, slots=True)
class Demo:
    """``passwords`` by login, each made for this demo alone; empty where the company was there already."""

    data: Path
    passwords: dict[str, str]


def found_demo(
    data: Path, factory: Factory, days: int | None = None, tell: Callable[[date], None] = lambda _: None
) -> Demo:
    """Found a server in ``data`` with the factory, its days moved so that it is its first day ``days`` ago (None: two
    weeks); let its people work through these days, and plan it as it stands today. ``tell`` hears of each day that
    has passed.

    Where ``data`` holds a server already, it is that one, as it was left. Raises UsageError, Refused.
    """
    if (data / "secret.key").exists():
        start(data)
        return Demo(data, {})
    founded = found(
        data,
        company=COMPANY,
        name="活库演示厂 huoku demo works",
        owner=OWNER,
        owner_name=OWNER_NAME,
        second_factor_for=(),
    )
    passwords = {OWNER: founded.password}
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import Company, User
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered
    from huoku.server.running import accounts
    from huoku.server.running.past import LIVED, fill

    for role, name in PEOPLE.items():
        passwords[role] = accounts.add(role, name, role, COMPANY)
    Company.objects.filter(code=COMPANY).update(is_demo=True)
    company = Company.objects.get(code=COMPANY)
    with entered(company):
        actors = {Role(role): actor_of(User.objects.get(username=login), company) for role, login in logins().items()}
    people = {role: actor for role, actor in actors.items() if actor is not None}
    fill(company, people, factory, LIVED if days is None else days, tell)
    return Demo(data, passwords)


def logins() -> dict[str, str]:
    """The login of each role."""
    return {"owner": OWNER, **{role: role for role in PEOPLE}}
