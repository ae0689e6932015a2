"""The card of one item: who it is, what is there, where, what comes, what is best done; and its rows by tab."""

import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from tests.server.whys import hold, plain

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def stocked(company_of, planned):
    """120 screws are there, 40 are needed for ten lamps, 500 more are on order; 16 went each four weeks. A kit is a
    phantom, a nut may stand in for a screw, of a bolt nothing is known."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    past = [{"item": "SCREW", "date": TODAY - timedelta(days=14 + 28 * at), "qty": 16} for at in range(4)]
    owner = company_of(
        "STOCKED",
        build(
            today=TODAY,
            items=[
                {"item": "BOLT"},
                {"item": "KIT", "kind": "phantom"},
                {"item": "LAMP", "lead_time_days": 2, "price": "20"},
                {"item": "NUT"},
                {"item": "SCREW", "unit_cost": "0.1"},
            ],
            bom=[
                {"parent": "LAMP", "component": "SCREW", "qty": 4},
                {"parent": "LAMP", "component": "KIT", "qty": 1},
                {"parent": "KIT", "component": "NUT", "qty": 1},
            ],
            substitutes=[{"item": "SCREW", "substitute": "NUT", "ratio": 2}],
            sources=[
                {"item": "SCREW", "supplier": "ACME", "lead_time_days": 5, "price": "0.1", "moq": 500},
                {"item": "NUT", "supplier": "ACME", "lead_time_days": 5, "price": "0.2", "moq": 100},
            ],
            price_breaks=[{"item": "SCREW", "supplier": "ACME", "min_qty": 2000, "price": "0.08"}],
            stock=[{"item": "SCREW", "qty": 120}],
            supplies=[
                {"supply": "PO-1", "item": "SCREW", "qty": 500, "due": TODAY + timedelta(days=4), "supplier": "ACME"}
            ],
            history=past,
            demands=[{"demand": "SO-1", "item": "LAMP", "qty": 10, "due": TODAY + timedelta(days=20)}],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


@pytest.fixture
def asks_at_most():
    """A page asks the database so often at most. PostgreSQL is besides told whose rows it may show, and asked for the
    time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    @contextmanager
    def counted(most):
        with CaptureQueriesContext(connection) as asked:
            yield
        own = [each["sql"] for each in asked if not each["sql"].startswith(("SELECT set_config", "SELECT clock_"))]
        assert len(own) <= most, "\n".join(own)

    return counted


def card(company, code="SCREW"):
    from huoku.server.items.models import Item

    return f"/desk/item/{Item.objects.of(company).get(code=code).pk}"


def head(page):
    """The buttons of the page's head."""
    return page[page.index('class="act"') : page.index('class="body two"')]


def primary(page):
    found = re.search(r'class="btn btn-primary" href="([^"]*)">([^<]*)', head(page))
    return (found[1].replace("&amp;", "&"), found[2]) if found else None


def test_the_figures_the_projection_and_its_verdict(stocked, at_desk, asks_at_most):
    planner, here = at_desk(stocked, Role.PLANNER), card(stocked)
    with asks_at_most(20):
        page = plain(planner.read(here))
    figures = page[page.index("四个数") : page.index("在哪里")]
    assert ">120 <small>" in figures and ">500<" in figures and "1 个地方" in figures
    assert '<svg viewBox="' in page and "够用：最少的一天" in page
    assert "4 ± 0 " in page and "（16 周）" in page  # 16 each four weeks
    assert hold(planner, card(stocked)) == {
        f"item.{name}" for name in ["on_hand", "reserved", "free", "coming", "weekly_use"]
    }


@pytest.mark.parametrize(
    ("tab", "seen"),
    [
        ("movements", "opening balance"),
        ("supplies", "500"),
        ("bom_lines", "LAMP"),
        ("substitutes", "可以由它代替"),
        ("sources", "≥ 2,000"),
        ("lots", "120"),
        ("changes", "tl"),
    ],
)
def test_each_tab_lists_the_rows_of_the_item(stocked, at_desk, tab, seen, asks_at_most):
    planner, here = at_desk(stocked, Role.PLANNER), card(stocked)
    with asks_at_most(20):
        page = planner.read(f"{here}?tab={tab}")
    assert seen in page[page.index('id="rows"') :]


def test_tabs_say_how_many_rows_they_have(stocked, at_desk):
    page = " ".join(at_desk(stocked, Role.PLANNER).read(card(stocked)).split())
    tabs = dict(re.findall(r'href="\?tab=(\w+)#rows"[^>]*><kbd[^>]*>\d</kbd>[^<]* <span class="quiet">(\d+)', page))
    assert tabs == {
        "movements": "1",
        "reservations": tabs["reservations"],
        "supplies": "1",
        "bom_lines": "1",
        "substitutes": "1",
        "sources": "1",
        "lots": "1",
    }


def test_the_ledger_goes_from_balance_to_balance(stocked, at_desk, do_as_owner):
    """120 are there; 30 go to the line, 5 of them come back, 7 are sold."""
    from huoku.server.items.models import Item
    from huoku.server.ledger.models import Location

    store = Location.objects.of(stocked).get(code="MAIN")
    line = Location.objects.create(company=stocked, code="LINE", kind="line_side", is_physical=True)
    customer = Location.objects.of(stocked).filter(kind="customer").first()
    item = Item.objects.of(stocked).get(code="SCREW").pk
    lot = store_lot(stocked, item)
    for kind, source, target, qty in (
        ("issue", store, line, 30),
        ("return", line, store, 5),
        ("ship", store, customer, 7),
    ):
        moved = {
            "kind": kind,
            "item": item,
            "from_location": source.pk,
            "to_location": target.pk,
            "quantity": qty,
            **lot,
        }
        do_as_owner(stocked, "ledger.record_movement", document="WO-7", lines=[moved])
    page = plain(at_desk(stocked, Role.STOREKEEPER).read(card(stocked)))
    told = re.findall(
        r'data-label="库位">(\w+).*?<b>([+−]\d+)</b></td><td[^>]*><span class="quiet">(\d+) →</span> (\d+)</td>', page
    )
    assert told == [
        ("MAIN", "−7", "95", "88"),
        ("MAIN", "+5", "90", "95"),
        ("LINE", "+30", "0", "30"),
        ("MAIN", "+120", "0", "120"),
    ]


def store_lot(company, item):
    """The code of the lot in which the opening stock came, where it has one."""
    from huoku.server.ledger.models import Lot

    code = Lot.objects.of(company).filter(item=item).values_list("code", flat=True).first()
    return {"lot_code": code} if code else {}


def test_what_is_late_is_chased_before_anything_is_ordered(stocked, at_desk):
    from huoku.server.ledger.models import SupplyBalance
    from huoku.server.platform.clock import business_day, now

    day = business_day(stocked, now()) - timedelta(days=3)
    SupplyBalance.objects.of(stocked).update(expected_on=day)
    page = at_desk(stocked, Role.BUYER).read(card(stocked))
    assert "到货过期 3 天" in page
    address, words = primary(page)
    assert words.startswith("催货") and address.startswith("/office/purchase_orders/")
    assert primary(at_desk(stocked, Role.STOREKEEPER).read(card(stocked))) is None


def test_a_count_that_waits_is_approved_by_who_may_and_says_nothing_to_others(stocked, at_desk, do_as_owner):
    from huoku.server.items.models import Item
    from huoku.server.ledger.models import Count, Location

    store = Location.objects.of(stocked).get(code="MAIN")
    item = Item.objects.of(stocked).get(code="SCREW").pk
    do_as_owner(stocked, "ledger.state_count", item=item, location=store.pk, counted=112, **store_lot(stocked, item))
    Count.objects.of(stocked).update(state=Count.State.STATED)
    page = plain(at_desk(stocked, Role.FINANCE).read(card(stocked)))
    assert primary(page) == ("/shop/counting", "批准盘点差异") and "差 −8" in page and "差异待批" in page
    keeper = plain(at_desk(stocked, Role.STOREKEEPER).read(card(stocked)))
    assert "−8" not in keeper and "差异待批" in keeper


def test_reserving_and_transferring_begin_with_the_item_filled_in(stocked, at_desk):
    planner = at_desk(stocked, Role.PLANNER)
    buttons = head(planner.read(card(stocked)))
    for word in ("reservations", "transfers"):
        address = re.search(rf'href="(/office/{word}/new[^"]*)"', buttons)[1].replace("&amp;", "&")
        form = planner.read(address)
        assert 'name="lines-0-item"' in form
        assert re.search(r'name="lines-0-item"[^>]*value="SCREW"|value="SCREW"[^>]*name="lines-0-item"', form)


def test_who_must_not_see_costs_and_terms_sees_none(stocked, at_desk):
    keeper = at_desk(stocked, Role.STOREKEEPER)
    seen = keeper.read(f"{card(stocked)}?tab=sources")
    assert "ACME" in seen
    for secret in ("0.1", "0.08", "500 /", "起订"):
        assert secret not in plain(seen)[plain(seen).index("identity") :].replace("500</", ""), secret


def test_a_phantom_one_that_ended_and_one_with_nothing_say_what_is_next(stocked, at_desk):
    from huoku.server.items.models import Item

    engineer = at_desk(stocked, Role.ENGINEER)
    phantom = engineer.read(card(stocked, "KIT"))
    assert "虚拟件，不入库" in phantom and "四个数" not in phantom and "LAMP" in phantom
    assert primary(phantom)[0].startswith("/desk/bill/")
    buyer = at_desk(stocked, Role.BUYER)
    Item.objects.of(stocked).filter(code="BOLT").update(kind="buy")
    bolt = buyer.read(card(stocked, "BOLT"))
    assert "还没有往来" in bolt and "还没有供货条件" in bolt
    assert primary(bolt)[0].startswith("/office/sources/new?item=BOLT")
    Item.objects.of(stocked).filter(code="SCREW").update(lifecycle="obsolete")
    ended = at_desk(stocked, Role.FINANCE).read(card(stocked))
    assert "停用" in ended


def test_the_one_before_and_the_one_after_are_a_key_away(stocked, at_desk):
    page = at_desk(stocked, Role.PLANNER).read(card(stocked, "LAMP"))
    assert f'href="{card(stocked, "KIT")}"' in head(page) and f'href="{card(stocked, "NUT")}"' in head(page)
    first = head(at_desk(stocked, Role.PLANNER).read(card(stocked, "BOLT")))
    assert ">[</kbd>" not in first and ">]</kbd>" in first


def test_the_search_finds_it_by_code_and_leads_to_the_card(stocked, at_desk, asks_at_most):
    keeper = at_desk(stocked, Role.STOREKEEPER)
    with asks_at_most(24):
        assert f'href="{card(stocked)}"' in keeper.read("/search?q=scr")
    assert f'href="{card(stocked)}"' in keeper.read("/search?q=ｓｃｒ")  # as an input method writes it
    assert "没有找到" in keeper.read("/search?q=no-such-thing")
