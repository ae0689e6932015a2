"""One working day after the other."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from huoku.server.ledger.commands.places import add_location
from huoku.server.ledger.jobs import expire_reservations
from huoku.server.ledger.models import Location
from huoku.server.planning.commands.masters import set_planning
from huoku.server.platform.actor import Actor
from huoku.server.platform.commands.approvals import set_limit
from huoku.server.platform.models import Company
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import entered
from huoku.server.purchasing.commands.tolerances import add_defaults
from huoku.server.running.past import books, buying, carrying, lacking, making, planning, selling, settling
from huoku.server.running.past.people import People
from huoku.server.sales.commands.departments import set_sales_rules
from huoku.server.sales.jobs import end_holds, end_locks

MAIN = "MAIN"
RACKS = ("RACK-1", "RACK-2", "RACK-3")
PLANNED_ON = (0,)
"""Mondays; what changes in between is planned on the next one."""
SEED = 20261123
MAY_SPEND = {Role.BUYER: 50_000_00, Role.OWNER: 1_000_000_00}
"""Up to what amount, in minor units, each approves an order alone."""


@dataclass(frozen=True, slots=True)
class PastDays:
    """What was done, and what was refused: by command, and by command and code."""

    done: Counter[str]
    refused: Counter[tuple[str, str]]


def live_through(
    company: Company,
    actors: Mapping[Role, Actor],
    begins: date,
    days: int,
    *,
    seed: int = SEED,
    tell: Callable[[date], None] = lambda _: None,
) -> PastDays:
    """Let the company's people work from ``begins`` on for so many days, weekends off, each as his role may.

    The company was filled on ``begins``; ``tell`` hears of each day that has passed. Whatever a command refuses is
    tried otherwise or another day. Equal seeds make equal days.
    """
    zone = ZoneInfo(company.timezone)
    people = People(company, actors, datetime.combine(begins, time(7, 30), zone), seed)
    with entered(company):
        _set_up(people)
        market = selling.market_of(people)
    month = begins.month
    for number in range(days):
        day = begins + timedelta(days=number)
        people.now = max(people.now, datetime.combine(day, time(8), zone))
        if day.weekday() < 5:
            with entered(company):
                _work(people, market, is_new_month=day.month != month)
            month = day.month
        tell(day)
    with entered(company):
        planning.hear(people)
        people.does(Role.PLANNER, set_planning, replans_by_itself=True)
    return PastDays(people.done, people.refused)


def _set_up(people: People) -> None:
    """The rules of the house: who confirms what, who approves what, and some racks."""
    big = {"big_value": "60000", "rush_days": 4, "departments": ["storekeeper", "buyer", "production_lead"]}
    people.does(Role.ADMIN, set_sales_rules, **big, hold_hours=48)
    for role, amount in MAY_SPEND.items():
        people.does(Role.ADMIN, set_limit, kind="purchasing.approve", role=role, amount_minor=amount)
    people.does(Role.BUYER, add_defaults, over_tolerance="0.05", under_tolerance="0.02")
    people.does(Role.PLANNER, set_planning, replans_by_itself=False)  # but on the days when somebody looks at it
    for code in RACKS:
        people.does(Role.ADMIN, add_location, code=code, kind=Location.Kind.STORAGE)


def _work(people: People, market: selling.Market, *, is_new_month: bool) -> None:
    people.on(_by_themselves)
    buying.receive(people)
    buying.inspect(people)
    buying.put_away(people, RACKS)
    books.count(people)
    carrying.carry(people, RACKS, MAIN)
    selling.take_inquiries(people, market)
    selling.call_off_contracts(people)
    selling.answer_customers(people)
    selling.change_minds(people)
    if people.today.weekday() in PLANNED_ON:
        planning.plan(people)
        planning.decide(people)
    else:
        planning.hear(people)
    buying.request_what_is_short(people)
    buying.order_requests(people)
    buying.send_orders(people)
    buying.chase(people)
    lacking.look_into(people)
    making.release(people)
    making.pick(people)
    making.run(people)
    making.change_course(people)
    selling.ship(people)
    selling.take_back(people)
    selling.look_after_surplus(people)
    if is_new_month:
        settling.make_statements(people)
        books.close_the_month(people)
    settling.hear_answers(people)
    people.on(_by_themselves)  # in truth they run every few minutes


def _by_themselves() -> None:
    end_holds()
    end_locks()
    expire_reservations()
