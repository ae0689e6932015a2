"""Reporting work at a page, the cards that lead to it, the board and the sequence of work."""

import re

import pytest

MOST_QUERIES = 20


def said(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


@pytest.fixture
def kitted(stands):
    """20 stands: everything lies at the work, the press can begin."""
    stands.id = stands.plan(qty="20")
    stands.say("release_order", id=stands.id)
    for line, quantity in ((1, "80"), (2, "20")):
        stands.say("issue_component", id=stands.id, line=line, quantity=quantity, from_location="STORAGE")
    return stands


def test_one_tap_reports_what_was_planned(kitted, reader):
    lead = reader()
    lead.read("/shop/work")
    assert "12-01 WO-2026-00001/10 STAND 可开工 20 pcs 70" in said(lead)
    lead.press("report")
    assert kitted.operation(kitted.id).state == "done"
    assert "R20" in said(lead) and "20 pcs 100" in said(lead)


def test_a_card_is_scanned_and_its_report_completed_with_scrap_and_time(kitted, reader):
    from huoku.server.production.models import JobReport

    lead, press = reader(), kitted.operation(kitted.id).pk
    cards = lead.read("/shop/work/cards")
    assert "WO-2026-00001/10" in cards and "data:image/svg+xml" in cards
    for code in ("WO-2026-00001/10", f"https://huoku.example/shop/work/{press}"):
        lead.read(f"/shop/work?scan={code}")
        assert lead.address == f"/shop/work/{press}"
    lead.press("report", good="17", scrap="2", cause="压裂", minutes="81.5")
    row = JobReport.objects.of(kitted.company).get()
    assert (row.good_steps, row.scrap_steps, row.cause, row.minutes_millionths) == (17, 2, "压裂", 81_500_000)
    assert "没有找到" in lead.read("/shop/work?scan=WO-1/10")


def test_what_stands_still_says_why_on_the_board_until_it_goes_on(kitted, reader):
    lead = reader()
    lead.read(f"/shop/work/{kitted.operation(kitted.id).pk}")
    lead.press("pause", cause="machine", note="换模")
    assert "设备停机 换模" in said(lead)
    lead.read("/shop/board")
    assert "1 已暂停" in said(lead) and "WO-2026-00001/10 R10 · 设备停机 换模" in said(lead)
    lead.read(f"/shop/work/{kitted.operation(kitted.id).pk}")
    lead.press("resume")
    lead.read("/shop/board")
    assert "0 已暂停" in said(lead) and "没有停着的工序" in said(lead)


def test_the_figures_of_the_board_open_the_rows_that_they_count(kitted, reader):
    """Besides the kitted order one is overdue; the press has reported 12 good and 1 scrap in 60 minutes today."""
    kitted.plan(qty="1", start_on="2026-01-05", due_on="2026-01-06")
    kitted.say("report_operation", id=kitted.operation(kitted.id).pk, good="12", scrap="1", cause="压裂", minutes="60")
    lead = reader()
    board = lead.read("/shop/board")
    assert "1 逾期未完工 1 该开工没开工" in said(lead) and "1 生产中" in said(lead)
    assert "R10 12 pcs 1 60 1 次报工" in said(lead) and "2 种物料 · WORK_IN_PROGRESS" in said(lead)
    opened = {
        address: lead.read(address.replace("&amp;", "&"))
        for address in re.findall(r'href="(/office/[a-z_]+/\?filter[^"]+)"', board)
    }
    counts = {address: len(re.findall(r"<tr\b", text.partition("<tbody>")[2])) for address, text in opened.items()}
    told = {address: int(number) for address, number in re.findall(r'href="([^"]+filter[^"]+)"><b>(\d+)</b>', board)}
    assert len(told) == 11 and sum(told.values()) > 5
    assert {address: counts[address] for address in told} == told
    assert kitted.is_well()


def test_a_storekeeper_reads_the_list_and_reports_nothing(kitted, reader):
    keeper = reader("storekeeper")
    assert "按计划报完" not in keeper.read("/shop/work")
    assert "按计划报完" not in keeper.read(f"/shop/work/{kitted.operation(kitted.id).pk}")


def test_the_sequence_of_work_says_that_nothing_was_planned_yet(kitted, reader):
    assert "还没有计划运算" in reader().read("/shop/schedule")


def test_pages_ask_few_questions(kitted, reader, django_assert_max_num_queries):
    for _ in range(3):
        kitted.say("release_order", id=kitted.plan(qty="2"))
    lead = reader()
    addresses = ("/shop/work", f"/shop/work/{kitted.operation(kitted.id).pk}", "/shop/work/cards", "/shop/board")
    for address in (*addresses, "/shop/schedule"):
        with django_assert_max_num_queries(MOST_QUERIES):
            lead.read(address)
