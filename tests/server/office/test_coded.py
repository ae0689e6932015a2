"""Forms take what people say: a paper's own number for a demand, quantities in the item's unit, money in currency."""

import pytest
from tests.server.api.conftest import caller_of, company, nobody_is_too_quick, standing_world, world

__all__ = ["company", "nobody_is_too_quick", "standing_world", "world"]


@pytest.fixture
def said(world):
    """What a form's words become inside."""
    from huoku.server.office.coded import with_ids
    from huoku.server.platform.command import COMMANDS
    from huoku.server.platform.scope import entered

    def inside(command, **words):
        with entered(world.owner.actor.company):
            return with_ids(world.owner.actor, COMMANDS[command].request, words)

    return inside


@pytest.fixture
def line(world):
    from huoku.server.platform.scope import entered
    from huoku.server.sales.models import SalesLine

    company = world.owner.actor.company
    with entered(company):
        return SalesLine.objects.of(company).select_related("order").order_by("pk").first()


def test_a_demand_is_called_by_the_number_of_its_paper_and_line(said, line):
    called = f"{line.order.number}/{line.seq}"
    assert said("ledger.reserve", demand=f" {called} ")["demand"] == f"sales.line:{line.pk}"
    assert said("ledger.reserve", demand="sales.line:7")["demand"] == "sales.line:7"
    assert said("ledger.reserve", demand="for the fair")["demand"] == "for the fair"


def test_a_paper_of_several_lines_is_asked_which_one_and_of_one_line_it_is_that(said, line, world):
    from huoku.server.documents.papers import WhichLine
    from huoku.server.platform.scope import entered
    from huoku.server.sales.models import SalesLine

    company, number = world.owner.actor.company, line.order.number
    with entered(company):
        SalesLine.objects.of(company).filter(order=line.order).exclude(pk=line.pk).delete()
        assert said("ledger.reserve", demand=number)["demand"] == f"sales.line:{line.pk}"
        line.pk, line.seq, line._state.adding = None, line.seq + 1, True
        line.save()
    with pytest.raises(WhichLine, match=number):
        said("ledger.reserve", demand=number)


def test_quantities_are_in_the_items_unit_and_prices_in_money(said, world):
    from huoku.server.items.models import Item
    from huoku.server.platform.exact import NotWholeSteps
    from huoku.server.platform.scope import entered

    company = world.owner.actor.company
    with entered(company):
        Item.objects.create(company=company, code="OIL", unit="L", decimals=3)
    (moved,) = said("ledger.record_movement", lines=[{"item": "OIL", "quantity": "1.25", "unit_cost": "0.5"}])["lines"]
    assert (moved["quantity"], moved["unit_cost"]) == (1250, 500_000)
    with pytest.raises(NotWholeSteps):
        said("ledger.record_movement", lines=[{"item": "OIL", "quantity": "1.2345"}])
    (untouched,) = said("ledger.record_movement", lines=[{"item": "OIL", "quantity": "viel"}])["lines"]
    assert untouched["quantity"] == "viel"  # the request says what is wrong with it


def test_the_form_asks_for_decimals_where_an_item_has_them(world):
    page = caller_of(world.owner.actor.company, "owner", language="zh-hans").client.get("/office/movements/new")
    told = page.content.decode()
    at = told.index('name="lines-0-quantity"')
    assert 'inputmode="decimal"' in told[at - 120 : at]
