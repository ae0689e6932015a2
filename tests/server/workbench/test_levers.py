"""What somebody else has to arrange is a task with its text ready; what was answered stands on the purchase."""

from datetime import date, timedelta

import pytest

from huoku.server.platform.roles import Role

TODAY = date(2026, 11, 2)


@pytest.fixture
def shop(company_of, planned):
    """150 appliances of SO-1: the mill sells 500 sets at least, 10.00 each. 350 are too many, 3,500."""
    from huoku.factory.factory import build
    from huoku.server.platform.scope import entered

    owner = company_of(
        "SHOP",
        build(
            today=TODAY,
            horizon_days=120,
            items=[{"item": "PRODUCT", "lead_time_days": 3}, {"item": "SET", "name": "外壳"}, {"item": "BOX"}],
            bom=[{"parent": "PRODUCT", "component": "SET", "qty": 1}],
            sources=[
                {"item": "SET", "supplier": "MILL", "lead_time_days": 5, "price": 10, "moq": 500},
                {"item": "BOX", "supplier": "TRADER", "lead_time_days": 5, "price": 100},
            ],
            substitutes=[{"item": "SET", "substitute": "BOX", "ratio": 1}],
            demands=[
                {"demand": "SO-1", "item": "PRODUCT", "qty": 150, "due": TODAY + timedelta(days=12), "price": 100}
            ],
        ),
    )
    with entered(owner.company):
        planned(owner, TODAY)
        yield owner.company


@pytest.fixture
def row(shop):
    from huoku.server.planning.models import Proposal

    return Proposal.objects.of(shop).get(item__code="SET", kind="buy", state="open")


def tasks(company):
    from huoku.server.documents.models import Task

    return Task.objects.of(company).filter(kind__startswith="lever_").order_by("pk")


def pull(buyer, row, lever, note=""):
    buyer.client.post(f"/desk/buying/{row.pk}/pull", {"lever": lever, "note": note})


@pytest.mark.parametrize(
    ("lever", "role", "told"),
    [
        ("quote", "buyer", "请向 MILL 要书面报价：SET 外壳 只要 150 pcs，2026-11-11 到货"),
        ("split", "buyer", "签 500 pcs，2026-11-11 先送 150，其余 350 一年内按需叫货"),
        ("negotiate", "buyer", "要 150 pcs，要买 500，多 350"),
        ("substitute", "engineer", "可以用什么料替代？"),
        ("wait", "planner", "能不能等后面的需求一起买？"),
        ("charge", "sales", "SO-1 用的 SET 外壳，起订量使我们多买 350 pcs，占用 ¥3,500"),
    ],
)
def test_each_lever_is_a_task_of_the_right_role(shop, row, at_desk, lever, role, told):
    pull(at_desk(shop, Role.BUYER), row, lever)
    task = tasks(shop).get()
    assert (task.kind, task.role, task.what, task.row) == (f"lever_{lever}", role, "planning.proposal", row.pk)
    assert task.due_on == row.start_on and told in task.text_zh and "SET" in task.text_en


def test_the_engineer_answers_and_the_buyer_reads_it_on_the_row(shop, row, at_desk, django_assert_max_num_queries):
    buyer = at_desk(shop, Role.BUYER)
    drawer = buyer.read(f"/desk/buying/{row.pk}")
    assert "登记的替代料： BOX" in drawer
    pull(buyer, row, "substitute", note="客户只要 {白色}")
    task = tasks(shop).get()
    assert task.text_zh.endswith("客户只要 {白色}")
    assert "请工程批准替代" in buyer.read("/desk/buying?view=all")
    engineer = at_desk(shop, Role.ENGINEER)
    engineer.read(f"/office/tasks/{task.pk}/do/finish")
    engineer.press("", result="同意用 BOX，只限 PRODUCT")
    with django_assert_max_num_queries(20):
        assert "同意用 BOX，只限 PRODUCT" in buyer.read("/desk/buying?view=all")
    assert "同意用 BOX，只限 PRODUCT" in buyer.read(f"/desk/buying/{row.pk}")


def test_asked_again_the_open_task_is_replaced(shop, row, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    pull(buyer, row, "wait")
    pull(buyer, row, "wait", note="最晚下周")
    assert [task.state for task in tasks(shop)] == ["dropped", "open"]


def test_of_what_is_decided_nobody_is_asked(shop, row, at_desk):
    buyer = at_desk(shop, Role.BUYER)
    buyer.read(f"/desk/buying/{row.pk}")
    buyer.press("reject", reason="不做了")
    pull(buyer, row, "quote")
    assert not tasks(shop).exists()


def test_above_the_limit_of_excess_a_second_person_decides(shop, row, at_desk, do_as_owner):
    """The buyer may risk 3,000 of leftovers alone, the owner 10,000: 3,500 wait until the owner approves them."""
    from huoku.server.platform.models import Approval
    from huoku.server.purchasing.models import PurchaseLine

    for role, limit in (("buyer", 300_000), ("owner", 1_000_000)):
        do_as_owner(shop, "platform.set_limit", kind="planning.accept_proposals", role=role, amount_minor=limit)
    buyer = at_desk(shop, Role.BUYER)
    page = buyer.read("/desk/buying?view=all")
    assert "您一次可批余料" in page and "¥3,000" in page and "要第二人批" in page
    buyer.press("approve", id=[row.pk])
    waiting = Approval.objects.of(shop).get()
    assert (waiting.kind, waiting.amount_minor) == ("planning.accept_proposals", 350_000)
    assert not PurchaseLine.objects.of(shop).exists()
    do_as_owner(shop, "platform.approve", id=waiting.pk)
    assert [line.qty_steps for line in PurchaseLine.objects.of(shop)] == [500]


def test_within_the_limit_nobody_else_is_asked(shop, row, at_desk, do_as_owner):
    from huoku.server.purchasing.models import PurchaseLine

    do_as_owner(shop, "platform.set_limit", kind="planning.accept_proposals", role="buyer", amount_minor=350_000)
    buyer = at_desk(shop, Role.BUYER)
    assert "要第二人批" not in buyer.read("/desk/buying?view=all")
    buyer.press("approve", id=[row.pk])
    assert [line.qty_steps for line in PurchaseLine.objects.of(shop)] == [500]
