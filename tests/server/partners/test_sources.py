"""Terms of suppliers: exact money, valid one at a time, breaks that belong to one source."""

from datetime import date

import pytest


@pytest.fixture
def acme(do, items):
    from huoku.server.partners.commands.partners import add_supplier

    items("BOLT")
    return do(add_supplier, code="ACME", currency="JPY")


@pytest.fixture
def source(do, acme):
    from huoku.server.partners.commands.sources import add_source

    def add(**terms):
        return do(add_source, **{"item": "BOLT", "supplier": "ACME", "lead_time_days": 7, **terms})["id"]

    return add


def test_prices_are_millionths_and_amounts_whole_minor_units_of_their_own_currency(source, company):
    from huoku.server.partners.models import Source

    cases = (("JPY", "150", 150), ("CNY", "150.05", 15005), ("KWD", "1.005", 1005))
    for day, (currency, fee, minor) in enumerate(cases, start=1):
        bounds = {"valid_from": date(2026, 1, day), "valid_to": date(2026, 1, day)}
        row = Source.objects.of(company).get(pk=source(currency=currency, order_fee=fee, price="0.000125", **bounds))
        assert (row.price_millionths, row.order_fee_minor, row.currency) == (125, minor, currency)


def test_the_supplier_s_currency_holds_where_the_terms_say_none(source, company):
    from huoku.server.partners.models import Source
    from huoku.server.platform.exact import NotWholeSteps

    assert Source.objects.of(company).get(pk=source()).currency == "JPY"
    with pytest.raises(NotWholeSteps):
        source(order_fee="1.5", valid_from=date(2030, 1, 1))


def test_terms_of_one_supplier_never_hold_on_the_same_day(source):
    from huoku.server.platform.validity import Overlaps

    source(valid_to=date(2026, 6, 30))
    with pytest.raises(Overlaps):
        source(valid_from=date(2026, 6, 30))
    source(valid_from=date(2026, 7, 1))


def test_a_break_is_named_once_and_goes_with_its_source(do, source, company):
    from huoku.server.partners.commands.sources import add_price_break, remove_source
    from huoku.server.partners.models import PriceBreak
    from huoku.server.platform.kept import Taken

    row = source(moq="50")
    for quantity in ("100", "500"):
        do(add_price_break, source_id=row, min_qty=quantity, price="1.2")
    with pytest.raises(Taken):
        do(add_price_break, source_id=row, min_qty="100", price="1.1")
    do(remove_source, id=row)
    assert not PriceBreak.objects.of(company).exists()


def test_a_supplier_s_holiday_is_named_once(do, acme):
    from huoku.server.partners.commands.partners import add_supplier_day
    from huoku.server.platform.kept import Taken

    do(add_supplier_day, supplier="ACME", date=date(2026, 10, 1), is_open=False)
    with pytest.raises(Taken):
        do(add_supplier_day, supplier="ACME", date=date(2026, 10, 1), is_open=True)


def test_a_break_is_entered_by_item_and_supplier_and_belongs_to_the_terms_that_hold_last(company, do):
    from datetime import date

    import pytest

    from huoku.server.items.commands.items import add_item
    from huoku.server.partners.commands.partners import add_supplier
    from huoku.server.partners.commands.sources import NoTerms, add_price_break, add_source
    from huoku.server.partners.models import PriceBreak

    do(add_item, code="BOLT")
    do(add_supplier, code="ACME")
    do(add_supplier, code="OTHER")
    for begins, ends in ((date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), None)):
        do(add_source, item="BOLT", supplier="ACME", lead_time_days=3, price="2", valid_from=begins, valid_to=ends)
    do(add_price_break, item="BOLT", supplier="ACME", min_qty="100", price="1.5")
    do(add_price_break, item="BOLT", supplier="ACME", min_qty="100", price="1.7", valid_from=date(2026, 1, 1))
    rows = PriceBreak.objects.of(company).order_by("price_millionths")
    assert [(row.source.valid_from.month, row.price_millionths) for row in rows] == [(7, 1_500_000), (1, 1_700_000)]
    with pytest.raises(NoTerms):
        do(add_price_break, item="BOLT", supplier="OTHER", min_qty="100", price="1")
