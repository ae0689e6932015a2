"""Work and transfers that are under way go out with a company's factory folder, and come back as they were."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

TODAY = date(2026, 11, 2)
LATER = date(2026, 11, 9)
OPEN = {"kind": "contract", "priority": 0, "due": TODAY}


@pytest.fixture
def back(db, tmp_path):
    """A company filled from a factory, and what comes out of it again."""
    from huoku.server.ledger.doctor import examine
    from huoku.server.planning.bringing import bring_in
    from huoku.server.planning.reading.factory import factory_of
    from huoku.server.platform import clock
    from huoku.server.platform.actor import the_system
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered

    def through(factory, code="ONE"):
        company = found_company(code, code, User.objects.create(username=f"owner-{code}"))
        with clock.telling(clock.day_begins(company, TODAY)):
            bring_in(the_system(company), factory)
            with entered(company):
                out, _ = factory_of(company, TODAY)
        assert [str(finding) for finding in examine(company)] == []
        return out

    return through


def shop(**tables):
    from huoku.factory.factory import build

    return build(
        today=TODAY,
        items=[
            {"item": "LAMP", "kind": "make", "lead_time_days": 2},
            {"item": "BULB", "unit_cost": 3, "decimals": 1},
            {"item": "WIRE", "unit_cost": 1},
        ],
        bom=[{"parent": "LAMP", "component": "BULB", "qty": 1}, {"parent": "LAMP", "component": "WIRE", "qty": 2}],
        locations=[{"location": "EAST"}, {"location": "WEST"}],
        stock=[
            {"item": "BULB", "qty": 40, "lot": "B7", "received_on": TODAY, "location": "EAST"},
            {"item": "WIRE", "qty": 90, "location": "EAST"},
        ],
        **tables,
    )


def rows(factory, table, *columns):
    return sorted(factory.table(table).select(columns).rows(), key=str)


def test_work_under_way_still_takes_what_it_took_and_keeps_what_it_kept(back):
    """Five lamps are under way at EAST: their wire is at the work, of the bulbs 2.5 are to come, two lie ready."""
    factory = shop(
        supplies=[{"supply": "WO-1", "item": "LAMP", "qty": 5, "due": LATER, "kind": "make", "location": "EAST"}],
        demands=[{"demand": "WO-1/BULB", "item": "BULB", "qty": "2.5", "location": "EAST", **OPEN}],
        reservations=[{"demand": "WO-1/BULB", "item": "BULB", "qty": 2, "lot": "B7", "location": "EAST"}],
    )
    out = back(factory)
    assert rows(out, "supplies", "supply", "item", "qty", "due", "kind", "status") == [
        ("WO-1", "LAMP", Decimal(5), LATER, "make", "released")
    ]
    assert rows(out, "demands", "demand", "qty", "due", "location", "kind") == [
        ("WO-1/BULB", Decimal("2.5"), TODAY, "EAST", "contract")
    ]
    assert rows(out, "reservations", "demand", "qty", "lot", "location") == [("WO-1/BULB", Decimal(2), "B7", "EAST")]
    assert back(out, "TWO") == out


def test_what_is_contracted_without_a_work_order_of_its_name_stays_a_contract(back):
    out = back(shop(demands=[{"demand": "WO-9/BULB", "item": "BULB", "qty": 3, **OPEN}]))
    assert rows(out, "demands", "demand", "qty", "priority") == [("WO-9/BULB", Decimal(3), 0)]


def test_transfers_come_back_kept_under_way_and_as_drafts(back):
    """TR-1: 8 bulbs are kept, of 10 wires 4 have left. TR-2 is a draft of 5. TR-3 has left whole."""
    arrive = {"kind": "transfer", "due": LATER, "location": "WEST"}
    leave = {"location": "EAST", **OPEN}
    factory = shop(
        supplies=[
            {"supply": "TR-1", "item": "BULB", "qty": 8, **arrive},
            {"supply": "TR-1/3", "item": "WIRE", "qty": 10, **arrive},
            {"supply": "TR-2", "item": "WIRE", "qty": 5, **arrive},
            {"supply": "TR-3", "item": "BULB", "qty": 7, **arrive},
        ],
        demands=[
            {"demand": "TR-1", "item": "BULB", "qty": 8, **leave},
            {"demand": "TR-1/3", "item": "WIRE", "qty": 6, **leave},
            {"demand": "TR-2", "item": "WIRE", "qty": 5, **leave},
        ],
        reservations=[
            {"demand": "TR-1", "item": "BULB", "qty": 8, "lot": "B7", "location": "EAST"},
            {"demand": "TR-1/3", "item": "WIRE", "qty": 6, "location": "EAST"},
        ],
    )
    out = back(factory)
    for table, columns in (
        ("supplies", ("supply", "item", "qty", "due", "kind", "location")),
        ("demands", ("demand", "item", "qty", "due", "location")),
        ("reservations", ("demand", "item", "qty", "lot", "location")),
        ("stock", ("item", "qty", "location")),
    ):
        assert rows(out, table, *columns) == rows(factory, table, *columns), table
    assert back(out, "TWO") == out
    states = transfer_states()
    assert states == {"TR-1": "under_way", "TR-2": "draft", "TR-3": "under_way"}


def transfer_states():
    from huoku.server.platform.models import Company
    from huoku.server.platform.scope import entered
    from huoku.server.warehouse.models import Transfer

    company = Company.objects.get(code="ONE")
    with entered(company):
        return dict(Transfer.objects.of(company).values_list("number", "state"))


def test_what_is_under_way_within_one_place_is_still_to_arrive(back):
    """A factory of one place says where it arrives, and not from which bin it came."""
    moved = [{"supply": "TR-5", "item": "WIRE", "qty": 4, "kind": "transfer", "due": LATER, "location": "EAST"}]
    out = back(shop(supplies=moved))
    assert rows(out, "supplies", "supply", "qty", "location") == [("TR-5", Decimal(4), "EAST")]
    assert out.stock.filter(pl.col("item") == "WIRE")["qty"].to_list() == [Decimal(90)]
