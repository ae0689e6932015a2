"""The tree of a bill, where an item is used, and one component replaced in all bills."""

from datetime import date, timedelta

import pytest

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def desks(company_of):
    """A desk takes a top and four legs; a leg takes 2 screws, half of them lost, of which 100 are free; the bench takes
    six screws;
    a top costs 80 at the supplier that is preferred, what the lid of the crate costs nobody knows."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "DESKS",
        build(
            today=TODAY,
            items=[
                {"item": "DESK", "lead_time_days": 3},
                {"item": "LEG", "lead_time_days": 2},
                {"item": "TOP"},
                {"item": "SCREW", "unit_cost": "0.1", "name": "螺丝"},
                {"item": "BENCH"},
                {"item": "BOLT", "unit_cost": "0.2"},
                {"item": "CRATE"},
                {"item": "LID"},
            ],
            bom=[
                {"parent": "DESK", "component": "TOP", "qty": 1},
                {"parent": "DESK", "component": "LEG", "qty": 4},
                {"parent": "LEG", "component": "SCREW", "qty": 2, "scrap_rate": 0.5},
                {"parent": "CRATE", "component": "LEG", "qty": 1},
                {"parent": "CRATE", "component": "LID", "qty": 1},
                {"parent": "BENCH", "component": "SCREW", "qty": 6},
            ],
            substitutes=[{"item": "SCREW", "substitute": "BOLT", "ratio": 1}],
            sources=[
                {"item": "TOP", "supplier": "ACME", "price": "80", "priority": 1, "lead_time_days": 5},
                {"item": "TOP", "supplier": "BEST", "price": "70", "priority": 2, "lead_time_days": 5},
            ],
            stock=[{"item": "SCREW", "qty": 100}],
        ),
    )
    with entered(owner.company):
        yield owner.company


def bill(company, code):
    from huoku.server.items.models import Item

    return f"/desk/bill/{Item.objects.of(company).get(code=code).pk}"


def cells(page, code):
    """What the row of a component says, cell by cell."""
    import re

    row = next(each for each in re.findall(r'<tr role="row" aria-level.*?</tr>', page, re.S) if f">{code}</a>" in each)
    texts = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", row, re.S)]
    return row, [" ".join(text.split()) for text in texts[1:]]


def test_the_tree_opens_level_by_level_with_quantity_stock_and_cost(desks, at_desk, django_assert_max_num_queries):
    """Four legs with three screws each at 0.10: 1.20 for one desk, twelve screws of which 100 are there."""
    planner, address = at_desk(desks, Role.PLANNER), bill(desks, "DESK")
    with django_assert_max_num_queries(20):
        page = planner.read(address)
    assert "<b>¥81.20</b>" in page
    row, told = cells(page, "LEG")
    assert told == ["4 pcs", "", "4", "01", "", "2 天", "0", "¥1.20"]
    with django_assert_max_num_queries(20):
        below = planner.read(row.split('data-below="')[1].split('"')[0].replace("&amp;", "&"))
    row, told = cells(below, "SCREW")
    assert 'aria-level="2"' in row and "aria-expanded" not in row
    assert told == ["2 pcs", "50%", "12", "", "1", "", "100", "¥0.30"]


def test_where_one_cost_is_unknown_the_sum_is_unknown_too(desks, at_desk):
    page = at_desk(desks, Role.PLANNER).read(bill(desks, "CRATE"))
    assert "<b>—</b>" in page
    assert [cells(page, code)[1][-1] for code in ("LEG", "LID")] == ["¥0.30", "—"]


def test_who_sees_no_costs_sees_none_here_and_who_may_not_edit_replaces_nothing(desks, at_desk):
    keeper = at_desk(desks, Role.STOREKEEPER)
    page = keeper.read(bill(desks, "DESK"))
    assert "LEG" in page and "料费" not in page and "¥" not in page
    assert "/replacing" not in keeper.read(bill(desks, "SCREW"))
    keeper.read(f"{bill(desks, 'SCREW')}/replacing", status=403)


def test_a_screw_is_replaced_where_the_engineer_lets_it_be(desks, at_desk, django_assert_max_num_queries):
    from huoku.server.items.models import Bom

    engineer = at_desk(desks, Role.ENGINEER)
    page = engineer.read(bill(desks, "SCREW"))
    assert '<b class="code">BENCH</b>' in page and '<b class="code">LEG</b>' in page
    day = date.today() + timedelta(days=30)
    with django_assert_max_num_queries(20):
        page = engineer.read(f"{bill(desks, 'SCREW')}/replacing?by=BOLT&ratio=1/2&day={day}")
    assert '<td class="n" data-label="BOLT"><b>3</b>' in page and '<td class="n" data-label="BOLT"><b>1</b>' in page
    leg = Bom.objects.of(desks).get(parent__code="LEG")
    engineer.press(f"replace?by=BOLT&amp;ratio=1%2F2&amp;day={day}", bom=[f"{leg.pk}.{leg.version}"])
    assert "已完成" in engineer.text
    lines = (
        Bom.objects.of(desks)
        .order_by("parent__code", "revision")
        .values_list(
            "parent__code", "revision", "valid_from", "valid_to", "lines__component__code", "lines__qty_numerator"
        )
    )
    assert [line for line in lines if line[0] in ("BENCH", "LEG")] == [
        ("BENCH", "01", None, None, "SCREW", 6),
        ("LEG", "01", None, day - timedelta(days=1), "SCREW", 2),
        ("LEG", "02", day, None, "BOLT", 1),
    ]
    later = engineer.read(f"{bill(desks, 'LEG')}?day={day}")
    assert "去掉 SCREW（原来 3）" in later and "增加 BOLT × 1.5" in later


def test_a_draft_says_what_it_changes_and_writes_nothing_before_it_is_kept(desks, at_desk):
    from huoku.server.items.models import Bom

    engineer = at_desk(desks, Role.ENGINEER)
    here = f"{bill(desks, 'LEG')}/revising"
    page = engineer.read(here)
    assert 'value="SCREW"' in page and 'value="0.5"' in page and 'name="revision" value="02"' in page
    day = date.today() + timedelta(days=9)
    draft = {
        "component": ["SCREW", "BOLT"],
        "qty": ["4", "1/3"],
        "scrap_rate": ["0.5", ""],
        "fixed_scrap": ["0", ""],
        "is_phantom": ["0", "0"],
        "operation": ["", ""],
        "valid_from": str(day),
        "revision": "2026-B",
    }
    page = engineer.press("", look="1", **draft)
    assert "SCREW：3 → 6" in page and "增加 BOLT × 0.333" in page
    assert Bom.objects.of(desks).filter(parent__code="LEG").count() == 1
    engineer.press("", look="", **{**draft, "qty": ["4", "none"]})
    assert "从这天起生效" not in engineer.text
    engineer.press("", keep="1", **draft)
    assert "已完成" in engineer.text
    old, new = Bom.objects.of(desks).filter(parent__code="LEG").order_by("pk")
    assert (old.valid_to, new.valid_from, new.revision) == (day - timedelta(days=1), day, "2026-B")
    assert list(new.lines.order_by("seq").values_list("component__code", "qty_numerator", "qty_denominator")) == [
        ("SCREW", 4, 1),
        ("BOLT", 1, 3),
    ]


def test_a_replacement_that_makes_no_sense_is_answered_with_what_would(desks, at_desk):
    engineer = at_desk(desks, Role.ENGINEER)
    for asked in ("by=GHOST", "by=SCREW", "by=BOLT&ratio=0", "by=BOLT&ratio=1e999999999", "by=BOLT&ratio=1/0"):
        assert "请填另一种物料的编码" in engineer.read(f"{bill(desks, 'SCREW')}/replacing?{asked}")


def test_an_item_of_nobody_here_and_a_level_that_is_none_are_not_found(desks, at_desk):
    engineer = at_desk(desks, Role.ENGINEER)
    engineer.read("/desk/bill/999999", status=404)
    engineer.read(f"{bill(desks, 'SCREW')}/level", status=404)
    assert "这一天没有有效的物料清单" in engineer.read(f"{bill(desks, 'SCREW')}?day=no-day")
