"""One's own data from files: looked at first, then all of it or nothing, and planned at once."""

import io
import json

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from tests.server.api.conftest import caller_of, company, nobody_is_too_quick

__all__ = ["company", "nobody_is_too_quick"]

ITEMS = [["物料编码", "物料名称", "物料属性", "单位成本"], ["LAMP", "台灯", "自制", ""], ["BULB", "灯泡", "外购", 3]]
BOM = [["父项编码", "子项编码", "用量"], ["LAMP", "BULB", 2]]
DEMANDS = [["需求单号", "物料编码", "数量", "交货日期", "客户"], ["SO-1", "LAMP", 10, "2098-12-01", "李氏"]]


@pytest.fixture(autouse=True)
def files(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path / "files"):
        yield


@pytest.fixture
def owner(company):
    return caller_of(company, "owner", language="zh-hans")


def workbook(**sheets):
    """A workbook with a sheet for each name, as a file that is brought."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
    return SimpleUploadedFile("我的数据.xlsx", out.getvalue())


def brings(caller, *given):
    """The files are brought and looked at by the worker; the page that tells what came of it."""
    from huoku.server.platform.jobs.long import run_waiting

    answer = caller.client.post("/start/own/files", {"file": list(given), "key": "k"})
    assert answer.status_code == 302, answer.content.decode()
    run_waiting()
    return page(caller)


def page(caller):
    answer = caller.client.get("/start/own")
    assert answer.status_code == 200
    return answer.content.decode()


def state(told):
    return told.partition('data-own="')[2].partition('"')[0]


def items_of(company):
    from huoku.server.items.models import Item
    from huoku.server.platform.scope import entered

    with entered(company):
        return Item.objects.of(company).count()


def test_what_is_good_is_told_first_and_comes_in_whole_and_is_planned(owner, company):
    from huoku.server.planning.models import PlanRun
    from huoku.server.planning.working import work_out
    from huoku.server.platform.jobs.long import run_waiting
    from huoku.server.platform.scope import entered
    from huoku.server.sales.models import SalesLine

    told = brings(owner, workbook(物料=ITEMS, 物料清单=BOM, 需求=DEMANDS))
    assert state(told) == "good" and "全部导入" in told and items_of(company) == 0
    owner.client.post("/start/own/bring", {"key": "go"})
    assert state(page(owner)) == "bringing"
    run_waiting()
    with entered(company):
        assert items_of(company) == 2 and SalesLine.objects.of(company).count() == 1
        run = PlanRun.objects.of(company).get()
    assert state(page(owner)) == "planning"
    work_out.func(company.pk, run.pk)
    with entered(company):
        assert PlanRun.objects.of(company).get().state == PlanRun.State.DONE
    assert state(page(owner)) == "done"


def test_every_fault_is_told_by_sheet_row_head_and_value_and_nothing_is_written(owner, company):
    wrong = [BOM[0], ["LAMP", "BULB", -2], ["LAMP", "NUT", 1]]
    told = brings(owner, workbook(物料=ITEMS, 物料清单=wrong))
    assert state(told) == "bad" and items_of(company) == 0
    assert "我的数据.xlsx [物料清单]" in told and "必须大于 0" in told and "“NUT”" in told
    english = caller_of(company, "owner", language="en").client.get("/start/own").content.decode()
    assert "“-2” will not do; it must be more than 0" in english and "子项编码" in english
    assert owner.client.post("/start/own/bring", {"key": "go"}).status_code == 302
    from huoku.server.platform.jobs.long import run_waiting

    run_waiting()
    assert items_of(company) == 0 and state(page(owner)) == "bad"


def test_the_same_workbook_comes_back_with_the_faults_marked(owner):
    from python_calamine import CalamineWorkbook

    told = brings(owner, workbook(物料=ITEMS, 物料清单=[BOM[0], ["LAMP", "NUT", 1]]))
    assert "/start/own/marked" in told
    answer = owner.client.get("/start/own/marked")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheet_names == ["问题", "物料", "物料清单"]
    (_, fault) = book.get_sheet_by_name("问题").to_python()
    assert fault[:4] == ["我的数据.xlsx [物料清单]", 2, "子项编码", "NUT"] and fault[5] == "必须改"


def test_what_only_a_command_refuses_is_told_in_the_look_too(owner, company):
    """The library knows nothing of how long a code may be in the records."""
    long = "X" * 81
    told = brings(owner, workbook(物料=[*ITEMS, [long, "", "外购", 1]]))
    assert state(told) == "bad" and long[:40] in told and items_of(company) == 0


def test_an_open_purchase_without_any_price_comes_in_at_nothing_and_with_one_at_that(owner, company):
    from huoku.server.platform.jobs.long import run_waiting
    from huoku.server.platform.scope import entered
    from huoku.server.purchasing.models import PurchaseLine

    bare = [["物料编码", "物料名称"], ["NUT", "螺母"], ["BOLT", "螺栓"]]
    open_ = [
        ["采购订单号", "物料编码", "未交数量", "到货日期", "供应商名称", "单价"],
        *([f"PO-{item}", item, 5, "2098-12-01", "宏达", price] for item, price in (("NUT", ""), ("BOLT", "1.25"))),
    ]
    assert state(brings(owner, workbook(物料=bare, 采购订单=open_))) == "good"
    owner.client.post("/start/own/bring", {"key": "go"})
    run_waiting()
    with entered(company):
        prices = dict(PurchaseLine.objects.of(company).values_list("item__code", "price_millionths"))
    assert prices == {"NUT": 0, "BOLT": 1_250_000}


def test_a_sheet_that_is_no_table_can_be_said_to_be_one_and_a_head_to_mean_another(owner, company):
    from huoku.server.platform.jobs.long import run_waiting

    strange = [["我们的号", "叫法"], ["LAMP", "台灯"]]
    told = brings(owner, workbook(清点=strange))
    assert state(told) == "bad" and "看不出是哪张表" in told
    owner.client.post("/start/own/again", {"key": "1", "table-0": "items"})
    run_waiting()
    told = page(owner)
    assert "我们的号" in told
    heads = json.loads(_last_answer(company))["sheets"][0]
    at = [*(head for head, _ in heads["heads"]), *heads["unused"]]
    means = {f"head-0-{at.index('我们的号')}": "item", f"head-0-{at.index('叫法')}": "name"}
    owner.client.post("/start/own/again", {"key": "2", "table-0": "items", **means})
    run_waiting()
    assert state(page(owner)) == "good"


def _last_answer(company):
    from huoku.server.platform.models import Job
    from huoku.server.platform.scope import entered

    with entered(company):
        return Job.objects.of(company).order_by("-pk").first().answer


def test_a_company_with_items_is_told_so_and_a_demo_how_to_put_it_away(owner, company):
    from huoku.server.platform.models import Company

    owner.added("/items", code="A")
    assert state(page(owner)) == "full" and "粘贴" in page(owner)
    Company.objects.filter(pk=company.pk).update(is_demo=True)
    assert "清除演示" in page(owner)


@pytest.mark.parametrize("role, may", [("owner", True), ("admin", True), ("planner", False), ("buyer", False)])
def test_owners_and_administrators_alone_bring_data_in(company, role, may):
    caller = caller_of(company, role, language="zh-hans")
    assert (caller.client.get("/start/own").status_code == 200) is may
    answer = caller.client.post("/start/own/files", {"file": [workbook(物料=ITEMS)], "key": "k"})
    assert (answer.status_code == 302) is may
    assert (caller.client.get("/start/own/template").status_code == 200) is may


@pytest.mark.parametrize("lang, sheet, head", [("zh-hans", "物料", "物料编码*"), ("en", "items", "item*")])
def test_the_template_speaks_the_reader_s_language(company, lang, sheet, head):
    from python_calamine import CalamineWorkbook

    answer = caller_of(company, "owner", language=lang).client.get("/start/own/template")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.get_sheet_by_name(sheet).to_python()[0][0] == head


def test_a_file_of_another_kind_or_none_is_refused_by_words(owner):
    answer = owner.client.post("/start/own/files", {"key": "k"}, follow=True).content.decode()
    assert "请先选文件" in answer
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n")
    answer = owner.client.post("/start/own/files", {"file": [picture], "key": "k"}, follow=True).content.decode()
    assert "不能识别 a.png" in answer and state(answer) == "new"
