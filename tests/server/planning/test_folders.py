"""A company goes out as a factory folder or a workbook, and comes back as it was."""

from datetime import date

import pytest

TODAY = date(2026, 11, 2)
MINIMUM = {"moq": 500, "moq_reason": "setup"}
CASE = {
    **{"item": "BULB", "date": date(2026, 3, 2), "qty": "350.5", "outlet": "DEALER", "proceeds": 210, "value": 1050},
    **{"opened": date(2026, 1, 5), "supplier": "ACME", "bought": 500, "needed": "149.5"},
    **{"received_on": date(2025, 9, 1), "cause": "minimum", "lesson": "ask first"},
}
"""A closed case of dead stock, with the purchase that it began with."""


@pytest.fixture
def empty(db):
    """A new company without items."""
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User

    def found(code):
        return found_company(code, code, User.objects.create(username=f"owner-{code}"))

    return found


@pytest.fixture
def factory():
    """Lines of one paper of which one is left, work under way and work planned, what is kept of one lot."""
    from huoku.factory.factory import build

    return build(
        today=TODAY,
        items=[
            {"item": "LAMP", "kind": "make", "lead_time_days": 2, "price": 100},
            {"item": "BULB", "unit_cost": 3, "decimals": 3},
        ],
        bom=[{"parent": "LAMP", "component": "BULB", "qty": "1.5"}],
        sources=[{"item": "BULB", "supplier": "ACME", "lead_time_days": 5, "price": "3.000001", **MINIMUM}],
        stock=[{"item": "BULB", "qty": "4.125", "lot": "007", "received_on": TODAY}],
        supplies=[
            {"supply": "PO-2/2", "item": "BULB", "qty": 6, "due": date(2026, 11, 9), "supplier": "ACME"},
            {"supply": "WO-1", "item": "LAMP", "qty": 5, "due": date(2026, 11, 9), "kind": "make"},
            {"supply": "WO-2", "item": "LAMP", "qty": 7, "due": TODAY, "kind": "make", "status": "planned"},
            {"supply": "WO-3", "item": "LAMP", "qty": 2, "due": date(2098, 12, 31), "kind": "make"},
        ],
        demands=[
            {"demand": "SO-1/3", "item": "LAMP", "qty": 6, "due": date(2026, 11, 20), "customer": "LI"},
            {"demand": "SO-1/2", "item": "BULB", "qty": 1, "due": date(2026, 11, 20), "customer": "LI"},
            {"demand": "FC-1", "item": "LAMP", "qty": 4, "due": date(2026, 12, 20), "kind": "forecast"},
        ],
        reservations=[{"demand": "SO-1/2", "item": "BULB", "qty": "0.5", "lot": "007"}],
        operations=[{"parent": "LAMP", "seq": 10, "resource": "BENCH", "run_minutes": 6}],
        resources=[{"resource": "BENCH", "minutes_per_day": 480}, {"resource": "SPARE", "minutes_per_day": 240}],
        fixed_work=[{"supply": "WO-3", "seq": 10, "date": date(2098, 12, 1), "resource": "SPARE"}],
        outlets=[{"outlet": "DEALER", "kind": "resale", "share": "0.2"}],
        disposals=[CASE],
        history=[
            {"item": "LAMP", "date": date(2026, 10, 1), "qty": 9, "customer": "LI"},
            {"item": "LAMP", "date": date(2026, 10, 1), "qty": 2},
        ],
    )


@pytest.mark.parametrize("way", ["csv", "parquet", "xlsx"])
def test_what_is_open_comes_back_by_its_name_quantity_day_and_state(empty, factory, tmp_path, way):
    from huoku.factory.read import read
    from huoku.factory.write import write
    from huoku.factory.write_workbook import write_workbook
    from huoku.server.ledger.doctor import examine
    from huoku.server.running.folders import export_company, import_company

    company = empty("ONE")
    source, target = (tmp_path / f"{name}{'.xlsx' if way == 'xlsx' else ''}" for name in ("in", "out"))
    write_workbook(factory, source) if way == "xlsx" else write(factory, source, way)
    import_company(source, "ONE")
    written = export_company(target, "ONE", "csv" if way == "xlsx" else way)
    again = read(target, today=written.settings.today)
    assert again == written
    assert examine(company) == []
    keys = {"supplies": "supply", "demands": "demand", "reservations": "demand", "fixed_work": "supply"}
    keys |= {"sources": "item", "disposals": "item"}
    for table, key in keys.items():
        columns = {
            "supplies": ["supply", "item", "qty", "due", "kind", "status"],
            "demands": ["demand", "item", "qty", "due", "kind"],
            "reservations": ["demand", "item", "qty", "lot"],
            "fixed_work": ["supply", "seq", "date", "resource"],
            "sources": ["item", "supplier", "price", *MINIMUM],
            "disposals": list(CASE),
        }[table]
        wanted = factory.table(table).select(columns).sort(key)
        assert again.table(table).select(columns).sort(key).rows() == wanted.rows(), table


def test_a_refused_row_is_named_and_nothing_is_saved(empty, factory, tmp_path):
    from huoku.errors import DataError
    from huoku.factory.write import write
    from huoku.server.items.models import Item
    from huoku.server.platform.scope import entered
    from huoku.server.running.folders import import_company

    company = empty("ONE")
    twice = factory.with_rows(
        {"demands": [{"demand": "SO-1", "item": "LAMP", "qty": 1, "due": TODAY, "customer": "WU"}]}
    )
    write(twice, tmp_path / "in")
    with pytest.raises(DataError) as refused:
        import_company(tmp_path / "in", "ONE")
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.value) == ("demands.csv", 5, "SO-1")
    assert "SO-1" in problem.text("zh") and "demands.csv row 5" in problem.text("en")
    with entered(company):
        assert not Item.objects.of(company).exists()


def test_blank_rows_of_the_file_count_where_a_refused_row_is_named(empty, factory, tmp_path):
    from huoku.errors import DataError
    from huoku.factory.write import write
    from huoku.server.running.folders import import_company

    empty("ONE")
    twice = [{"demand": "SO-1", "item": "LAMP", "qty": 1, "due": TODAY, "customer": "WU"}]
    write(factory.with_rows({"demands": twice}), tmp_path / "in")
    file = tmp_path / "in" / "demands.csv"
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(["", header, rows[0], "", *rows[1:]]) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        import_company(tmp_path / "in", "ONE")
    assert [(each.row, each.value) for each in refused.value.problems] == [(7, "SO-1")]


def test_a_value_that_will_not_do_is_told_with_what_would_be_right_in_either_language(empty, factory, tmp_path):
    from huoku.errors import DataError
    from huoku.factory.write import write
    from huoku.server.running.folders import import_company

    empty("ONE")
    far = {"demand": "SO-9", "item": "LAMP", "qty": 1, "due": date(2150, 1, 1), "customer": "WU"}
    write(factory.with_rows({"demands": [far]}), tmp_path / "in")
    with pytest.raises(DataError) as refused:
        import_company(tmp_path / "in", "ONE")
    (problem,) = refused.value.problems
    assert (problem.file, problem.row) == ("demands.csv", 5)
    assert "应在 2000 年到 2100 年之间。" in problem.text("zh")
    assert "It should be from 2000 on and before 2100." in problem.text("en")


def test_another_currency_is_refused(empty, factory, tmp_path):
    from huoku.errors import UsageError
    from huoku.factory.write import write
    from huoku.server.running.folders import import_company

    empty("ONE")
    write(factory.with_(currency="EUR"), tmp_path / "in")
    with pytest.raises(UsageError, match="EUR"):
        import_company(tmp_path / "in", "ONE")


def test_a_new_paper_gets_no_number_that_was_brought_in(empty, factory, tmp_path):
    from huoku.server.planning.bringing import bring_in
    from huoku.server.platform import clock
    from huoku.server.platform.actor import the_system
    from huoku.server.platform.command import perform
    from huoku.server.platform.scope import entered
    from huoku.server.sales.commands.orders import EnterOrder, enter_order

    company = empty("ONE")
    actor = the_system(company)
    year = clock.business_day(company, clock.now()).year
    line = {"item": "LAMP", "qty": 1, "due_on": TODAY}
    wanted = {"demand": f"SO-{year}-00007", "item": "LAMP", "qty": 1, "due": TODAY, "customer": "WU"}
    bring_in(actor, factory.with_rows({"demands": [wanted]}))
    with entered(company):
        made = perform(enter_order, EnterOrder(customer="WU", lines=[line]), actor=actor, key="new").result()
    assert made["number"] == f"SO-{year}-00008"
