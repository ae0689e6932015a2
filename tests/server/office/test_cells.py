"""What people read in a cell: figures in groups, exact numbers by their first digits, places and papers by name."""

import re

import pytest


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("1234567.5", "1,234,567.5"),
        ("-1200", "-1,200"),
        ("0", "0"),
        ("101/100", "1.01"),
        ("83333/500000", "≈0.1667"),
    ],
)
def test_figures_stand_in_groups_and_ratios_as_decimals(kept, read):
    from huoku.server.office.values import grouped

    assert grouped(kept) == read


@pytest.mark.parametrize(("language", "place"), [("zh", "在制"), ("en", "work in progress")])
def test_a_place_that_only_the_books_have_is_called_by_its_kind(language, place):
    from huoku.server.office.values import in_words
    from huoku.server.platform.tables.table import TABLES

    assert in_words(TABLES["work_orders"], "work_in_progress", "~work_in_progress", language) == place


def test_facts_that_are_kept_together_are_read_with_their_names():
    from huoku.server.office.values import in_words
    from huoku.server.platform.tables.table import TABLES

    figures = {"on_time_share": 0.9737, "total_cost": 595733.28}
    assert in_words(TABLES["plan_runs"], "figures", figures, "zh") == "按期率：97.4%，总成本：595,733.28"


def test_what_is_made_for_an_order_leads_to_that_order(world):
    page = world.owner.client.get(f"/office/work_orders/{world.ids['work_orders']}/").content.decode()
    assert not re.search(r"sales\.line:\d|purchasing\.line:\d", page)


def test_a_form_asks_first_for_what_is_needed_and_folds_away_what_hardly_anybody_fills_in(world):
    page = world.owner.client.get("/office/sales_orders/new").content.decode()
    inputs = re.findall(r'name="([a-z_]+)"', page[page.index('class="asking"') :])
    assert inputs.index("customer") < inputs.index("customer_reference") < inputs.index("attributes")
    assert page.index("<details", page.index('name="customer"')) < page.index('name="attributes"')


def test_paper_has_no_column_that_says_nothing(world):
    """What nobody filled in is a column on the page, and none on A4."""
    address = f"/office/purchase_orders/{world.ids['purchase_orders']}/"
    on_page, on_paper = (
        len(re.findall("<th scope", world.owner.client.get(address + page).content.decode())) for page in ("", "print")
    )
    assert 0 < on_paper < on_page


def test_the_step_that_leads_on_stands_last_and_many_others_behind_one_button():
    from huoku.server.office.views.papers import _arranged

    def named(*words):
        return [{"words": each, "is_main": each == "ship"} for each in words]

    few = _arranged(named("ship", "close", "cancel"))
    assert (few["main_step"], few["steps"], few["further_steps"]) == (*named("ship"), named("close", "cancel"), [])
    many = _arranged(named("check", "close", "ship", "cancel", "lock", "ask"))
    assert (many["steps"], many["further_steps"]) == (named("check", "close", "cancel"), named("lock", "ask"))


def test_a_column_is_as_wide_as_what_it_says_and_a_chinese_sign_counts_twice():
    from huoku.server.office.cells import Cell
    from huoku.server.office.grid.columns import ROOM, WIDEST, widths_of

    rows = [[Cell("A"), Cell("1"), Cell("温控器")], [Cell("A"), Cell("x" * 99), Cell("ab")]]
    first, long, chinese = (widths_of(["code", "text", "name"], rows)[each] for each in ("code", "text", "name"))
    assert (first, long, chinese) == (round(7 * 1.08) + ROOM, WIDEST, round(3 * 12.5) + ROOM)
    assert widths_of(["code"], []) == {}
