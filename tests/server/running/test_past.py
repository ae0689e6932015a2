"""A factory at work, day by day, each command by a role that may: afterwards the books are as they must be."""

from collections import defaultdict
from fractions import Fraction

import pytest
from tests.server.lamps import BEGINS, lamps, live


@pytest.fixture
def lived(db, settings, tmp_path):
    """A company that has worked for so many days, and what was done and refused."""
    settings.MEDIA_ROOT = tmp_path
    return live


def examined(company):
    """Everything that has to hold of a company that has worked, besides what the doctor looks at."""
    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.jobs import expire_reservations
    from huoku.server.platform.scope import entered
    from huoku.server.sales.jobs import end_holds

    end_holds()  # the clock has gone on: the schedule first ends what was still held on the last day
    expire_reservations()
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
    for named in (demands, supplies):
        ended = {name: str(row) for name, row in named.items() if paper(company, name).state in ENDED}
        assert ended == {}


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


def assert_valuations_can_be_rebuilt(company):
    """Each month's valuation comes out of the movements alone as it was kept, item by item."""
    from huoku.server.ledger.models import Valuation, ValuationLine
    from huoku.server.ledger.queries.valuation import quantities_digest, value_stock

    kept = list(Valuation.objects.of(company).order_by("until"))
    assert len(kept) == len({each.until for each in kept}) >= 11
    for each in kept:
        worths = value_stock(company.pk, each.method, each.until, each.recorded_at)
        assert quantities_digest(worths) == bytes(each.digest)
        lines = ValuationLine.objects.of(company).filter(valuation=each).order_by("item_id")
        assert list(lines.values_list("item_id", "quantity", "value")) == [
            (worth.item_id, worth.quantity, worth.value) for worth in worths
        ]


def assert_every_plan_keeps_the_contract(company):
    """No plan failed; of each month the first is judged by the rules, from the files that are kept of it."""
    from huoku.judge import judge
    from huoku.server.planning.files import factory_of_run, plan_of
    from huoku.server.planning.models import PlanRun

    runs = list(PlanRun.objects.of(company).order_by("pk"))
    assert {(run.state, run.fault) for run in runs} == {("done", "")}
    first = {run.today.replace(day=1): run for run in reversed(runs)}
    assert len(first) >= 12
    for month, run in first.items():
        verdict = judge(factory_of_run(run), plan_of(run))
        assert [str(violation) for violation in verdict.violations] == [], month


def comes_back_equal(company, folder):
    """The company goes out as a factory folder; another one that is filled from it goes out alike, file by file."""
    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.models import Movement
    from huoku.server.platform import clock
    from huoku.server.platform.commands.companies import found_company
    from huoku.server.platform.models import User
    from huoku.server.platform.scope import entered
    from huoku.server.running.folders import export_company, import_company

    with entered(company):
        last = Movement.objects.of(company).order_by("-recorded_at").first().recorded_at
    again = found_company("AGAIN", "AGAIN", User.objects.get(username="owner"))
    with clock.telling(last):
        export_company(folder / "out", company.code)
        import_company(folder / "out", again.code)
        export_company(folder / "back", again.code)
    names = {file.name for file in [*(folder / "out").iterdir(), *(folder / "back").iterdir()]}
    differ = {name for name in names if content(folder / "out" / name) != content(folder / "back" / name)}
    assert differ == set()
    assert [str(finding) for finding in examine(again)] == []


def content(file):
    return file.read_bytes() if file.exists() else None


def test_a_month_at_work_leaves_the_books_as_they_must_be(lived, tmp_path):
    company, past = lived(30)
    examined(company)
    comes_back_equal(company, tmp_path)
    wanted = {
        *("sales.enter_order", "sales.confirm_order", "sales.ship_goods", "sales.close_order"),
        *("planning.ask_plan", "planning.accept_proposals", "purchasing.add_request", "purchasing.order_requests"),
        *("purchasing.approve", "purchasing.send", "purchasing.confirm", "purchasing.receive"),
        *("production.release_order", "production.make_pick_list", "production.take_line", "production.start_order"),
        *("production.report_operation", "production.finish_order", "production.close_order"),
        *("ledger.state_count", "ledger.plan_counts"),
    }
    assert wanted - set(past.done) == set()


def assert_contracts_are_ordered_shipped_and_settled(company):
    """A call of a contract is an order that says so, is shipped, and stands in the statement of its month."""
    from huoku.server.platform.scope import entered
    from huoku.server.sales.models import SalesOrder
    from huoku.server.statements.models import CustomerStatementLine

    with entered(company):
        called = SalesOrder.objects.of(company).filter(customer_reference__startswith="FC-", state="closed")
        settled = CustomerStatementLine.objects.of(company).filter(order__in=called, shipment__isnull=False)
        assert settled.exists()


EVERY_KIND = {
    *("sales.hold_order", "sales.cancel_order", "sales.change_quantity", "sales.take_back", "sales.check_off"),
    *("sales.ask_departments", "sales.answer_for_department", "sales.agree_lock", "sales.unlock_order"),
    *("purchasing.reject_request", "purchasing.revise_dates", "purchasing.return_goods", "purchasing.cancel"),
    *("production.issue_substitute", "production.put_back_line", "production.return_component"),
    *("production.pause_operation", "production.change_order", "production.cancel_order"),
    *("shortages.verify_case", "shortages.choose_way", "shortages.close_case"),
    *("warehouse.receive_transfer", "warehouse.cancel_transfer", "ledger.draw_spot_check", "ledger.approve_count"),
    "planning.call_off",
    *("ledger.write_off", "ledger.keep_valuation", "ledger.lock_period", "planning.reject_proposals"),
    *("statements.agree_customer_statement", "statements.dispute_supplier_statement"),
    *("statements.agree_supplier_statement", "statements.remake_supplier_statement"),
}
"""What a year of the demo company does besides the everyday."""


@pytest.mark.stress
@pytest.mark.parametrize("which", ["lamps", "demo"])
def test_a_year_at_work_leaves_the_books_as_they_must_be(lived, which, tmp_path):
    from huoku.examples import demo
    from huoku.server.platform.scope import entered
    from huoku.server.running.past import moved_to

    company, past = lived(365, lamps() if which == "lamps" else moved_to(demo(), BEGINS))
    print(past)
    examined(company)
    comes_back_equal(company, tmp_path)
    assert_contracts_are_ordered_shipped_and_settled(company)
    with entered(company):
        assert_valuations_can_be_rebuilt(company)
        assert_every_plan_keeps_the_contract(company)
    if which == "demo":
        assert EVERY_KIND - set(past.done) == set()
    assert past.done.total() > 5_000
