"""The walk with a phone: where, how many, what; a scan, a button, and what happens where it is not there."""

import re

import pytest

MOST_QUERIES = 20


@pytest.fixture
def walk(stands, reader):
    """An order of 20 stands: 20 plates and 80 screws lie in STORAGE. A storekeeper stands before its list."""
    stands.id = stands.plan(qty="20")
    stands.say("release_order", id=stands.id)
    keeper = reader("storekeeper")
    keeper.read("/shop/picking")
    keeper.press("", order=str(stands.id))
    return stands, keeper


def said(keeper):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", keeper.text))


def scan(keeper, code):
    fields = re.search(r'<form method="get" class="scan">(.*?)</form>', keeper.text, re.S)[1]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', fields))
    answer = keeper.client.get(keeper.address, {**hidden, "scan": code}, follow=True)
    keeper.text = answer.content.decode()
    return said(keeper)


def test_an_order_becomes_a_list_that_is_walked_line_by_line_to_its_end(walk):
    stands, keeper = walk
    assert "1 / 2" in said(keeper) and "去 STORAGE 取 20 pcs PLATE" in said(keeper)
    keeper.press("take")
    assert "取 80 pcs SCREW" in said(keeper)
    keeper.press("take")
    assert "这张单拣完了" in said(keeper)
    assert stands.order(stands.id).state == "kitted" and stands.is_well()


def test_a_scan_is_held_against_the_line_and_what_is_wrong_is_said(walk):
    _, keeper = walk
    assert "货位 ✓ 已对 物料 请扫" in scan(keeper, "STORAGE")
    assert "扫到的是 SCREW，这一行要的是 PLATE，在 STORAGE" in scan(keeper, "SCREW")
    assert "货位 ✓ 已对 物料 ✓ 已对" in scan(keeper, "HK1|PLATE|P1|20|77")
    assert "批号 ✓ P1" in said(keeper)


def test_another_lot_than_the_first_to_expire_is_taken_with_a_reason(stands, reader):
    stands.receive(stands.items["PLATE"], 30, lot_code="P2", expires_on="2027-05-01")
    stands.receive(stands.items["PLATE"], 30, lot_code="P3", expires_on="2027-06-01")
    id = stands.plan(qty="20")
    stands.say("release_order", id=id)
    keeper = reader("storekeeper")
    keeper.read("/shop/picking")
    keeper.press("", order=str(id))
    assert "批号 建议 P2" in said(keeper)
    assert "批号 P3 不是先到期的那批" in scan(keeper, "P3")
    keeper.press("take", reason="P2 压在下面")
    from huoku.server.ledger.models import Movement

    taken = Movement.objects.of(stands.company).get(kind="issue")
    assert (taken.lot.code, taken.quantity, taken.reason) == ("P3", 20, "P2 压在下面")


def test_what_is_not_there_opens_a_count_and_tells_those_who_can_help(walk):
    from huoku.server.ledger.models import CountTask

    stands, keeper = walk
    keeper.press("take", quantity="12", reason="少了")
    (count,) = CountTask.objects.of(stands.company).filter(is_open=True)
    assert (count.item.code, count.cause) == ("PLATE", "not_found")
    assert {role for kind, role in stands.tasks("pick_short")} == {"planner", "production_lead", "buyer", "storekeeper"}
    assert stands.at_work("PLATE") == 12


def test_what_was_taken_by_mistake_is_undone_by_one_button(walk):
    stands, keeper = walk
    keeper.press("take")
    keeper.press("put_back")
    assert stands.at_work("PLATE") == 0 and "1 / 2" in said(keeper) and stands.is_well()


def test_a_listed_substitute_is_taken_at_once_and_another_waits_for_an_engineer(walk):
    from huoku.server.items.commands.boms import AddSubstitute, add_substitute
    from huoku.server.platform.models import Approval

    stands, keeper = walk
    for code in ("RIVET", "NAIL"):
        stands.item(code)
        stands.receive(stands.items[code], 500)
    stands.do(add_substitute, AddSubstitute(item="SCREW", substitute="RIVET", ratio="2"))
    screws = keeper.read(f"{keeper.address}?line=2")
    assert "RIVET ×2 · STORAGE · 可用 500" in said(keeper) and 'value="160"' in screws
    keeper.press("substitute", quantity="40")
    assert stands.component(stands.id, "SCREW").replaced_steps == 20
    keeper.read(f"{keeper.address}?line=2")
    keeper.press("substitute", substitute="NAIL", quantity="10", risk="会锈")
    assert "等第二人批准" in keeper.told and Approval.objects.of(stands.company).count() == 1


def test_a_walk_asks_few_questions(walk, django_assert_max_num_queries):
    _, keeper = walk
    for address in ("/shop/picking", keeper.address):
        with django_assert_max_num_queries(MOST_QUERIES):
            keeper.read(address)


def test_a_label_of_another_item_is_refused_in_clear_words_and_a_box_counts_once(walk):
    _, keeper = walk
    assert "拿错了：这是 SCREW，这一行要 PLATE。请放回去，到 STORAGE 拿 PLATE。" in scan(keeper, "HK1|SCREW|S1|80|7-1")
    assert "物料 请扫" in said(keeper)
    assert "PLATE 没有批号 P9" in scan(keeper, "HK1|PLATE|P9|20|7-2")
    assert "物料 ✓ 已对" in scan(keeper, "HK1|PLATE|P1|10|7-3")
    assert "这一箱 PLATE（7-3）在这张拣料单上已经扫过" in scan(keeper, "HK1|PLATE|P1|10|7-3")
    assert "已经扫过" not in scan(keeper, "HK1|PLATE|P1|10|7-4")
