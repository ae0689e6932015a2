"""Whatever is done and undone at once leaves stock, promises and papers as they were."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.server.anything import Anything
from tests.server.lamps import BEGINS, live
from tests.server.test_any_sequence import actor, carried_out

pytestmark = pytest.mark.slow
PAPERS = ("purchasing", "sales", "production", "warehouse")
CARRIED = (
    *("warehouse.send_transfer", "warehouse.receive_transfer", "warehouse.settle_difference"),
    *("purchasing.inspect", "purchasing.return_goods", "sales.take_back", "ledger.pre_empt"),
)
"""What came, went or changed hands: each of these is to be among what was undone."""
LEADING_THERE = (
    *("purchasing.receive", "sales.ship_goods", "warehouse.add_transfer", "warehouse.approve_transfer"),
    *("warehouse.send_transfer", "warehouse.receive_transfer", "purchasing.inspect", "sales.take_back"),
    "ledger.reserve",
)


@pytest.fixture
def company(db, settings, tmp_path):
    """Lamps after ten days of work: papers of every kind, in many states."""
    settings.MEDIA_ROOT = tmp_path
    return live(10)[0]


def as_it_stands(company):
    """Stock, what is kept for whom, what is to arrive; states and quantities of papers and their lines."""
    from django.apps import apps

    from huoku.server.ledger.models import Balance, Reservation, StockHead, SupplyBalance

    places = ("item", "location", "lot", "owner", "status")
    stock = {
        tuple(row): left
        for *row, left, kept in Balance.objects.of(company).values_list(*places, "on_hand", "reserved")
        if (left, kept) != (0, 0)
    }
    heads = StockHead.objects.of(company).values_list("item", "location", "on_hand", "reserved")
    kept: Counter[object] = Counter()
    for each in Reservation.objects.of(company).filter(state__in=Reservation.OPEN):
        known = each.demand, each.item_id, each.location_id, each.lot_id, each.owner_id, each.supply_id
        kept[*known, each.priority, each.need_on] += each.open_quantity
    coming = SupplyBalance.objects.of(company).exclude(quantity=0)
    papers = {}
    for model in (model for app in PAPERS for model in apps.get_app_config(app).get_models()):
        names = [field.attname for field in model._meta.concrete_fields]
        told = [name for name in names if name.endswith("_steps") or name in ("state", "expected_on", "revised_on")]
        if told and hasattr(model.objects, "of"):
            for pk, *row in model.objects.of(company).values_list("pk", *told):
                papers[model._meta.label, pk] = row
    return {
        "stock": stock,
        "heads": {row for row in heads if row[2:] != (0, 0)},
        "kept": dict(kept),
        "coming": set(coming.values_list("supply", "location", "quantity", "reserved", "expected_on", "is_firm")),
        "papers": papers,
    }


def differs(before, after):
    """What is otherwise than it was; papers that are new stay, and their lines bring nothing."""
    found = [name for name in ("stock", "heads", "kept", "coming") if before[name] != after[name]]
    papers = {what for what, row in before["papers"].items() if after["papers"].get(what) != row}
    return [*((name, before[name], after[name]) for name in found), *sorted(papers, key=str)]


def undone(company, what, who, now, chance, key):
    """A command of chance and its undoing: None where it was refused, else what differs afterwards."""
    from huoku.server.office.commands.undoing import Undo, key_of, undo
    from huoku.server.platform.command import perform
    from huoku.server.platform.refusals import Refused

    before = as_it_stands(company)
    try:
        request = what.request.model_validate(Anything(company, now, chance).request(what))
        perform(what, request, actor=who, key=key)
    except (ValidationError, Refused):
        return None
    try:
        perform(undo, Undo(key=key), actor=who, key=key_of(key), reason="撤销")
    except Refused as refusal:
        refusal.add_note(f"{what.name} {request!r}")
        raise
    return differs(before, as_it_stands(company))


def run(company, examples, steps):
    from django.db import transaction

    from huoku.server.ledger.doctor import examine
    from huoku.server.ledger.jobs import expire_reservations
    from huoku.server.office.undoing.counters import COUNTERS
    from huoku.server.platform import clock
    from huoku.server.platform.command import COMMANDS
    from huoku.server.platform.models import Membership
    from huoku.server.platform.scope import entered

    with entered(company):
        user = Membership.objects.of(company).filter(role="owner").values_list("user", flat=True).first()
        owner = actor(company, user)
    done: Counter[str] = Counter()
    names = [name for name in sorted(COUNTERS) if name.split(".")[0] in (*PAPERS, "ledger")]

    @settings(
        max_examples=examples, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(st.randoms(use_true_random=True))
    def done_and_undone(chance):
        with transaction.atomic(), entered(company):
            now = clock.day_begins(company, BEGINS + timedelta(days=10))
            for number in range(steps):
                now += timedelta(minutes=chance.randint(1, 90))
                with clock.telling(now):
                    expire_reservations()
                    for lead in chance.sample(LEADING_THERE, 3):
                        carried_out(company, COMMANDS[lead], owner, now, chance, f"lead:{number}:{lead}")
                    name = chance.choice(names if chance.random() < 0.3 else CARRIED)
                    told = undone(company, COMMANDS[name], owner, now, chance, f"any:{number}")
                    assert not told, (name, told)
                    done[name] += told is not None
            with clock.telling(now):
                expire_reservations()
                assert [str(finding) for finding in examine(company)] == []
            transaction.set_rollback(True)

    done_and_undone()
    return done


def test_what_is_done_and_undone_leaves_everything_as_it_was(company):
    done = run(company, 12, 40)
    print(done)
    assert [name for name in CARRIED if not done[name]] == []


@pytest.mark.stress
def test_it_does_so_many_times(company):
    run(company, 200, 100)
