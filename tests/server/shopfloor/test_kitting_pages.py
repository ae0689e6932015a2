"""Kitting at the desk: which orders can be built, what holds one up, and what is done about it."""

import re

from tests.server.whys import hold

MOST_QUERIES = 20


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def rows_of(lead, asked):
    """Without the keys of their forms and the address to come back to."""
    rows = re.findall(r"<tr>.*?</tr>", lead.read(f"/shop/kitting{asked}"), re.S)[1:]
    return [re.sub(r' value="[^"]*"', "", row) for row in rows]


def test_the_list_says_what_can_start_and_what_holds_the_others_up(stands, reader):
    """200 screws and 50 plates; three orders of 20 stands each take 80 and 20: of the last one 10 can be built."""
    for day in ("2026-12-01", "2026-12-02", "2026-12-03"):
        stands.plan(qty="20", start_on=day)
    text = plain(reader().read("/shop/kitting"))
    assert "3 工单 2 已齐套 67% 齐套率 3 现在可开工" in text
    last = text[text.index("WO-2026-00003") :]
    assert "20 10 pcs 0/2 SCREW 缺 40 —" in last
    lead = reader()
    assert hold(lead, "/shop/kitting?service=priority") >= {"kitting.possible", "kitting.buildable", "kit.missing"}
    third = re.search(r'/shop/kitting/(\d+)[^"]*">WO-2026-00003', lead.text)[1]
    assert hold(lead, f"/shop/kitting/{third}") == {"kit.open", "kit.buildable", "kit.complete", "kit.missing"}
    narrowed = reader().read("/shop/kitting?until=2026-12-02&only=complete")
    assert "WO-2026-00002" in narrowed and "WO-2026-00003" not in narrowed


def test_of_a_long_list_what_all_come_to_follows_and_the_rows_are_the_same(stands, reader, monkeypatch):
    """Five orders, two of a page: the third has 10 of its 20, those behind it nothing."""
    monkeypatch.setattr("huoku.server.shopfloor.views.kitting.OF_A_PAGE", 2)
    for day in range(1, 6):
        stands.plan(qty="20", start_on=f"2026-12-0{day}")
    lead = reader()
    rows = [rows_of(lead, f"?page={page}") for page in (1, 2, 3)]
    assert 'data-follows="/shop/kitting/figures?service=start"' in lead.text and "已齐套" not in plain(lead.text)
    assert [len(each) for each in rows] == [2, 2, 1]
    assert "20 10 pcs 0/2 SCREW 缺 40" in plain(rows[1][0]) and "20 0 pcs 0/2" in plain(rows[1][1])
    assert rows == [rows_of(lead, f"?page={page}&whole=1") for page in (1, 2, 3)]
    assert "5 工单 2 已齐套 40% 齐套率 3 现在可开工" in plain(lead.text)
    assert "5 工单 2 已齐套 40% 齐套率 3 现在可开工" in plain(lead.read("/shop/kitting/figures?service=start"))


def test_an_order_shows_for_whom_its_materials_are_kept_and_opens_their_papers(stands, reader):
    first, second = (stands.plan(qty="40", start_on=day) for day in ("2026-12-01", "2026-12-02"))
    lead = reader()
    lead.read(f"/shop/kitting/{first}")
    lead.press("release")
    text = lead.read(f"/shop/kitting/{second}")
    assert f'160 · <a href="/office/work_orders/{first}/">WO-2026-00001</a>' in text
    assert "SCREW 缺" in plain(lead.read("/shop/kitting")) and stands.kept(first)["SCREW", "STORAGE"] == 160
    alone = plain(lead.read(f"/shop/kitting/{second}?service=alone"))
    assert "10 pcs 现在可装" in alone  # 40 screws are free


def test_what_is_missing_and_on_its_way_for_nobody_is_requested_once(stands, reader):
    from huoku.server.ledger.commands.supplies import StateSupply, state_supply
    from huoku.server.purchasing.models import PurchaseRequest

    coming = {"supply": "purchasing.line:1", "item": stands.items["SCREW"], "location": stands.shelf}
    stands.do(state_supply, StateSupply(**coming, quantity=30, expected_on="2026-12-20"))
    id = stands.plan(qty="60")  # 240 screws and 60 plates: 40 and 10 are missing, 30 screws come late
    lead = reader()
    lead.read(f"/shop/kitting/{id}")
    assert "30 · 12-20 晚到" in plain(lead.text)
    answer = lead.client.post(
        f"/shop/kitting/{id}/request", {"key": "k", "item": ["SCREW", "PLATE"], "qty": ["10", "10"]}
    )
    assert answer.status_code == 302
    rows = PurchaseRequest.objects.of(stands.company).order_by("pk")
    told = [(row.item.code, row.qty_steps, str(row.need_on), row.demand) for row in rows]
    assert told == [(code, 10, "2026-12-01", f"production.order:{id}") for code in ("SCREW", "PLATE")]
    assert "请购缺的料" not in lead.read(f"/shop/kitting/{id}") and "已请购 10" in plain(lead.text)


def test_a_storekeeper_sees_the_kits_and_no_button_that_is_not_his(stands, reader):
    id = stands.plan(qty="60")
    keeper = reader("storekeeper")
    assert "下达并锁料" not in keeper.read("/shop/kitting")
    assert "下达并锁料" not in keeper.read(f"/shop/kitting/{id}") and "请购缺的料" in keeper.text
    assert (
        "没有这项权限"
        in keeper.client.post(f"/shop/do/work_orders/{id}/release", {"key": "k"}, follow=True).content.decode()
    )
    assert stands.order(id).state == "planned"


def test_pages_ask_few_questions_however_many_orders_there_are(stands, reader, django_assert_max_num_queries):
    ids = [stands.plan(qty="5") for _ in range(6)]
    lead = reader()
    for address in ("/shop/kitting", f"/shop/kitting/{ids[-1]}"):
        with django_assert_max_num_queries(MOST_QUERIES):
            lead.read(address)
