"""A factory at work, day by day, each command by a role that may: afterwards the books are as they must be."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

import pytest

BEGINS = date(2026, 1, 5)
"""A Monday."""


def lamps():
    """Lamps and lanterns in small lots; bulbs come by fifty, screws by a thousand, and a shade is made first."""
    from huoku.factory.factory import build

    used = {"LAMP": 120, "LANTERN": 60}
    return build(
        today=BEGINS,
        horizon_days=120,
        items=[
            {"item": "LAMP", "kind": "make", "lead_time_days": 2, "price": 100},
            {"item": "LANTERN", "kind": "make", "lead_time_days": 3, "price": 180},
            {"item": "SHADE", "kind": "make", "lead_time_days": 2, "unit_cost": 20},
            {"item": "BULB", "unit_cost": 3},
            {"item": "SCREW", "unit_cost": "0.1"},
            {"item": "SHEET", "unit": "m2", "unit_cost": 12, "decimals": 3, "shelf_life_days": 400},
        ],
        bom=[
            {"parent": "LAMP", "component": "SHADE", "qty": 1},
            {"parent": "LAMP", "component": "BULB", "qty": 1},
            {"parent": "LAMP", "component": "SCREW", "qty": 4, "scrap_rate": "0.02"},
            {"parent": "LANTERN", "component": "SHADE", "qty": 2},
            {"parent": "LANTERN", "component": "BULB", "qty": 2},
            {"parent": "SHADE", "component": "SHEET", "qty": "0.25"},
        ],
        sources=[
            {"item": "BULB", "supplier": "ACME", "lead_time_days": 5, "price": 3, "moq": 50, "multiple": 10},
            {"item": "SCREW", "supplier": "ACME", "lead_time_days": 3, "price": "0.1", "moq": 1000},
            {"item": "SHEET", "supplier": "ROLL", "lead_time_days": 8, "price": 12, "order_fee": 50},
        ],
        stock=[
            {"item": "BULB", "qty": 300, "lot": "B0", "received_on": date(2025, 12, 1)},
            {"item": "SCREW", "qty": 4000},
            {"item": "SHEET", "qty": 60, "lot": "S0", "received_on": date(2025, 12, 1)},
            {"item": "LAMP", "qty": 20},
        ],
        supplies=[{"supply": "PO-7", "item": "BULB", "qty": 100, "due": BEGINS + timedelta(days=4), "supplier": "ACME"}],
        demands=[
            *(
                {
                    **{"demand": f"SO-{n}", "item": ("LAMP", "LANTERN")[n % 2], "qty": (10, 25, 15, 30)[n % 4]},
                    **{"due": BEGINS + timedelta(days=5 + 3 * n), "customer": ("LI", "WU", "SUN")[n % 3]},
                }
                for n in range(8)
            ),
            {
                **{"demand": "FC-1", "item": "LAMP", "qty": 40, "due": BEGINS + timedelta(days=30)},
                **{"customer": "LI", "kind": "contract"},
            },
        ],
        history=[
            {"item": item, "date": date(2025, month, 15), "qty": qty}
            for item, qty in used.items()
            for month in range(1, 13)
        ],
    )


@pytest.fixture
def lived(db, settings, tmp_path):
    """A company of that factory that has worked for so many days, and what was done and refused."""
    from huoku.server.planning.bringing import bring_in
    from huoku.server.platform import clock
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import Membership, User
    from huoku.server.platform.roles import INSIDE, Role
    from huoku.server.platform.scope import entered
    from huoku.server.running.past import live_through

    settings.MEDIA_ROOT = tmp_path

    def live(days, factory=None):
        company = found_company("LAMPS", "灯厂", User.objects.create(username="owner"))
        actors = {}
        with entered(company):
            for role in sorted(INSIDE):
                user, _ = User.objects.get_or_create(username=role)
                if role != Role.OWNER:
                    Membership.objects.create(company=company, user=user, role=role)
                actors[Role(role)] = actor_of(user, company)
        with clock.telling(clock.day_begins(company, BEGINS) + timedelta(hours=7)):
            bring_in(actors[Role.OWNER], factory or lamps())
        return company, live_through(company, actors, BEGINS, days)

    return live


def examined(company):
    """Everything that has to hold of a company that has worked, besides what the doctor looks at."""
    from huoku.server.ledger.doctor import examine
    from huoku.server.platform.scope import entered

    assert [str(finding) for finding in examine(company)] == []
    with entered(company):
        assert_books_balance(company)
        assert_nothing_is_kept_for_what_has_ended(company)
        assert_every_open_task_has_a_paper(company)


def assert_books_balance(company):
    """What came less what went is what lies there; the value that came in is the value that went out and the stock."""
    from huoku.server.ledger.models import Balance, Movement
    from huoku.server.ledger.queries.valuation import value_stock

    stock, value, there, went = (defaultdict(Fraction) for _ in range(4))
    rows = Movement.objects.of(company).select_related("item", "from_location", "to_location")
    for row in rows.order_by("item", "effective_at", "recorded_at", "pk"):
        for place, sign in ((row.from_location, -1), (row.to_location, 1)):
            if place.is_physical:
                stock[row.item_id, row.lot_id, place.pk] += sign * row.quantity
        arrives = row.to_location.is_physical
        if arrives == row.from_location.is_physical or row.reverses_id or hasattr(row, "reversal"):
            continue
        unit = 10**row.item.decimals
        average = value[row.item_id] / there[row.item_id] if there[row.item_id] else Fraction()
        if arrives:
            cost = average if row.unit_cost is None else Fraction(row.unit_cost, unit)
            value[row.item_id] += cost * row.quantity
        else:
            went[row.item_id] += average * row.quantity
            value[row.item_id] -= average * row.quantity
        there[row.item_id] += row.quantity if arrives else -row.quantity
    lying = defaultdict(int)
    for row in Balance.objects.of(company):
        lying[row.item_id, row.lot_id, row.location_id] += row.on_hand
    assert {key: n for key, n in lying.items() if n} == {key: n for key, n in stock.items() if n}
    last = rows.order_by("-recorded_at").first().recorded_at
    for worth in value_stock(company.pk, "moving_average", last, last):
        assert worth.quantity == there[worth.item_id]
        assert abs(worth.value * 10_000 - value[worth.item_id]) <= 10_000 * (1 + len(lying)), worth


def assert_nothing_is_kept_for_what_has_ended(company):
    from huoku.server.ledger.models import Reservation, SupplyBalance

    open_ones = Reservation.objects.of(company).filter(state__in=Reservation.OPEN)
    demands = {row.demand: row for row in open_ones}
    supplies = {row.supply: row for row in SupplyBalance.objects.of(company).filter(quantity__gt=0)}
    ended = {name: paper(company, name).state for name in {*demands, *supplies}}
    assert {name: state for name, state in ended.items() if state in ENDED} == {}


ENDED = ("closed", "cancelled", "finished", "inquiry", "shipped")


def paper(company, name):
    """The order behind what the ledger calls sales.line:5, purchasing.line:3 or production.order:2."""
    from huoku.server.production.models import WorkOrder
    from huoku.server.purchasing.models import PurchaseLine
    from huoku.server.sales.models import SalesLine

    kind, _, id = name.partition(":")
    model = {"sales.line": SalesLine, "purchasing.line": PurchaseLine, "production.order": WorkOrder}[kind]
    row = model.objects.of(company).get(pk=id)
    return row if kind == "production.order" else row.order


def assert_every_open_task_has_a_paper(company):
    from django.apps import apps
    from huoku.server.documents.models import Task

    for task in Task.objects.of(company).filter(state=Task.State.OPEN):
        row = apps.get_model(task.what).objects.of(company).get(pk=task.row)
        if task.kind in ("shortage", "components_short", "urgent_request", "confirm", "lock"):
            assert row.state not in ("closed", "cancelled", "shipped"), (task.kind, row)


def test_a_month_at_work_leaves_the_books_as_they_must_be(lived):
    company, past = lived(30)
    examined(company)
    wanted = {
        *("sales.enter_order", "sales.confirm_order", "sales.ship_goods", "sales.close_order"),
        *("planning.ask_plan", "planning.accept_proposals", "purchasing.add_request", "purchasing.order_requests"),
        *("purchasing.approve", "purchasing.send", "purchasing.confirm", "purchasing.receive", "purchasing.inspect"),
        *("production.release_order", "production.make_pick_list", "production.take_line", "production.start_order"),
        *("production.report_operation", "production.finish_order", "production.close_order"),
        *("ledger.state_count", "ledger.plan_counts"),
    }
    assert wanted - set(past.done) == set()


@pytest.mark.stress
@pytest.mark.parametrize("which", ["lamps", "demo"])
def test_a_year_at_work_leaves_the_books_as_they_must_be(lived, which):
    from huoku.examples import demo
    from huoku.server.running.demo import moved_to

    company, past = lived(365, lamps() if which == "lamps" else moved_to(demo(), BEGINS))
    print(past)
    examined(company)
    assert past.done.total() > 5_000
