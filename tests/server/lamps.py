"""A small factory of lamps: what it is made of, its people by role, and its days of work."""

from datetime import date, timedelta

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
        supplies=[
            {"supply": "PO-7", "item": "BULB", "qty": 100, "due": BEGINS + timedelta(days=4), "supplier": "ACME"}
        ],
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


def people(company):
    """Somebody of each role, by role; the owner is there already."""
    from huoku.server.platform.actor import actor_of
    from huoku.server.platform.models import Membership, User
    from huoku.server.platform.roles import INSIDE, Role

    actors = {}
    for role in sorted(INSIDE):
        user, _ = User.objects.get_or_create(username=role)
        if role != Role.OWNER:
            Membership.objects.create(company=company, user=user, role=role)
        actors[Role(role)] = actor_of(user, company)
    return actors


def live(days, factory=None, code="LAMPS"):
    """A new company of a factory, lamps unless another is named, whose people have worked from BEGINS on for so many
    days; and what was done and refused."""
    from huoku.server.planning.bringing import bring_in
    from huoku.server.platform import clock
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered
    from huoku.server.running.past import live_through

    company = found_company(code, "灯厂", User.objects.get_or_create(username="owner")[0])
    with entered(company):
        actors = people(company)
    with clock.telling(clock.day_begins(company, BEGINS) + timedelta(hours=7)):
        bring_in(actors[Role.OWNER], factory or lamps())
    return company, live_through(company, actors, BEGINS, days)
