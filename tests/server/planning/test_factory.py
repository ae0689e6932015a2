"""A company's records are a factory, and a factory fills a company."""

import pytest

pytestmark = pytest.mark.slow


def of(actor, today):
    from huoku.server.planning.reading.factory import factory_of
    from huoku.server.platform.scope import entered

    with entered(actor.company):
        return factory_of(actor.company, today)[0]


def test_the_demo_factory_comes_out_as_it_went_in(company_of):
    """What the records add (names of lots, places) is there the second time too: then nothing differs any more."""
    from huoku.examples import demo
    from huoku.factory.inputs import TABLES
    from huoku.server.ledger.doctor import examine

    factory = demo()
    first = company_of("ONE", factory)
    exported = of(first, factory.settings.today)
    for name in ("items", "bom", "sources", "demands", "supplies", "history", "stock"):
        assert exported.table(name).height == factory.table(name).height, name
    again = of(company_of("TWO", exported), factory.settings.today)
    for name in TABLES:
        assert again.table(name).equals(exported.table(name)), name
    assert again.settings == exported.settings
    assert examine(first.company) == []
