"""Files as people bring them: lists out of Kingdee, Yonyou and others, kept by hand, packed, damaged or meant ill."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from huoku.factory.brought import BroughtFile, Wish, bring, marked
from huoku.factory.template import template

TODAY = date(2026, 11, 23)


def book(name, **sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        for called, rows in sheets.items():
            sheet = made.add_worksheet(called)
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
    return BroughtFile(name, out.getvalue())


def csv(name, text, encoding="utf-8-sig"):
    return BroughtFile(name, text.encode(encoding))


def brought(*files, **more):
    return bring(files, today=TODAY, **more)


def good(*files, **more):
    """The factory; fails with what is wrong."""
    found = brought(*files, **more)
    assert found.factory is not None, [problem.text("en") for problem in found.errors]
    return found.factory


def rules(found):
    return [problem.rule for problem in found.errors]


ITEMS = csv("物料.csv", "物料编码,物料名称\nLAMP,台灯\nBULB,灯泡\n")


@pytest.fixture
def kingdee():
    """Five files as Kingdee writes them: technical names above captions, a paper's number in its first row alone."""
    return (
        book(
            "物料.xlsx",
            Sheet1=[
                ["FBillHead(BD_MATERIAL)", "FNumber", "FName#2052", "FErpClsID", "FBaseUnitId", "F_A", "F_B", "F_C"],
                [
                    *(
                        "*物料(实体序号)",
                        "(物料)编码",
                        "*(物料)名称#中文(简体)",
                        "*(基本)物料属性",
                        "*(基本)基本单位#编码",
                    ),
                    *("最小订货量(自定)", "最小包装量(自定)", "固定提前期"),
                ],
                ["1", "0010", "台灯", "自制", "Pcs", "", "", 2],
                ["2", "0020", "灯泡", "外购", "Pcs", 500, 100, 7],
                ["3", "0030", "线", "委外", "米", "", "", 3],
            ],
        ),
        book(
            "物料清单.xlsx",
            Sheet1=[
                [
                    *("*单据头(序号)", "*(单据头)父项物料编码#编码", "(单据头)父项物料编码#名称"),
                    *(
                        "*(子项明细)子项物料编码#编码",
                        "(子项明细)用量:分子",
                        "(子项明细)用量:分母",
                        "(子项明细)变动损耗率%",
                    ),
                ],
                ["1", "0010", "台灯", "0020", 3, 2, 5],
                ["", "", "", "0030", 1, 3, ""],
            ],
        ),
        csv(
            "即时库存.csv",
            "物料编码,仓库名称,库存量(基本单位)\n0020,原料仓,120\n0030,线边仓,7.5\n合计,,127.5\n",
            "gb18030",
        ),
        book(
            "采购订单.xlsx",
            Sheet1=[
                ["单据编号", "供应商", "物料编码", "采购数量", "剩余收料数量", "交货日期"],
                ["PO1", "V01", "0020", 100, 40, "2026-12-01"],
                ["", "", "0030", 100, 90, "2026/12/3"],
            ],
        ),
        book(
            "生产订单.xlsx",
            Sheet1=[["单据编号", "物料编码", "数量", "计划完工时间"], ["MO1", "0010", 4, "2026-12-05"]],
        ),
        book(
            "销售订单.xlsx",
            Sheet1=[["销售订单明细"], [], ["单据编号", "行号", "客户名称", "物料编码", "数量", "要货日期"]]
            + [["SO1", line, "李氏", "0010", 10 * line, "2026-12-20"] for line in (1, 2)],
        ),
    )


def test_lists_out_of_kingdee_become_a_factory_unaided(kingdee):
    factory = good(*kingdee)
    assert factory.items.select("item", "name", "unit", "kind").rows() == [
        ("0010", "台灯", "pcs", "make"),
        ("0020", "灯泡", "pcs", "buy"),
        ("0030", "线", "米", None),
    ]
    assert factory.sources.select("item", "supplier", "moq", "multiple", "lead_time_days").rows() == [
        ("0020", "~", Decimal(500), Decimal(100), Decimal(7))
    ]
    assert factory.bom.select("parent", "component", "qty", "scrap_rate").rows() == [
        ("0010", "0020", Decimal("1.5"), Decimal("0.05")),
        ("0010", "0030", Decimal("0.333333"), Decimal(0)),
    ]
    assert factory.stock.select("item", "qty", "location", "place").rows() == [
        ("0020", Decimal(120), "MAIN", "原料仓"),
        ("0030", Decimal("7.5"), "MAIN", "线边仓"),
    ]
    assert factory.supplies.select("supply", "item", "qty", "kind", "supplier").rows() == [
        ("PO1/1", "0020", Decimal(40), "buy", "V01"),
        ("PO1/2", "0030", Decimal(90), "buy", "V01"),
        ("MO1", "0010", Decimal(4), "make", None),
    ]
    assert factory.demands.select("demand", "qty", "customer").rows() == [
        ("SO1/1", Decimal(10), "李氏"),
        ("SO1/2", Decimal(20), "李氏"),
    ]


def test_what_was_done_by_itself_is_told_of_each_sheet(kingdee):
    said = {}
    for part in brought(*kingdee).parts:
        said.setdefault(part.place, []).extend(remark.say("zh") for remark in part.remarks)
    assert "1 行合计没有读" in said["即时库存.csv"]
    assert any("委外 (1)" in words for words in said["物料.xlsx [Sheet1]"])
    assert "按生产单读（不是采购单）" in said["生产订单.xlsx [Sheet1]"]
    assert any("按上一行的算" in words for words in said["物料清单.xlsx [Sheet1]"])


@pytest.mark.parametrize(
    "heads, table",
    [
        ("存货编码,存货名称,规格型号,主计量单位,默认供应商,最低供应量,供应倍数", "items"),
        ("cinvcode,cvencode,fadvdate,fminsuppnum,fsupplybatch", "sources"),
        ("供应商编码,存货编码,提前期,最小交货量", "sources"),
        ("主件品号,元件品号,组成用量,底数", "bom"),
        ("父项物料编号,子项物料编号,分子,分母,损耗率", "bom"),
        ("采购订单号,存货编码,数量,计划到货日期,供货单位", "supplies"),
        ("销售订单号,存货编码,未发货数量,预发货日期,客户简称", "demands"),
        ("仓库,存货编码,现存数量,批号", "stock"),
        ("主件料号,替代料号,替代比例", "substitutes"),
        ("品號,品名,單位,安全存量", "items"),
        ("主件品號,元件品號,組成用量,底數", "bom"),
        ("Part Number,Description,UOM,MOQ,Supplier", "items"),
    ],
)
def test_heads_of_other_systems_say_which_table_a_nameless_sheet_is(heads, table):
    row = ",".join("1" for _ in heads.split(","))
    parts = brought(csv("Book1.csv", f"{heads}\n{row}\n")).parts
    assert [part.table for part in parts][:1] == [table]
    assert parts[0].unused == ()


def test_a_fault_is_told_by_the_file_row_and_head_where_it_stands_though_two_lists_are_one_table():
    one = csv("采购订单1.csv", "单据编号,物料编码,数量,到货日期,供应商\nPO1,BULB,5,2026-12-01,V\n")
    other = csv(
        "采购订单2.csv", "\n单号,料号,未交数量,交期,供货单位\nPO2,NUT,5,2026-12-01,V\nPO1,BULB,x,2026-12-01,V\n"
    )
    found = brought(ITEMS, one, other)
    told = [(each.file, each.row, each.column, each.value) for each in found.errors]
    assert told == [
        ("采购订单2.csv", 3, "料号", "NUT"),
        ("采购订单2.csv", 4, "未交数量", "x"),
        ("采购订单2.csv", 4, "单号", "PO1"),
    ]
    assert "第 2 行" in found.errors[2].text("zh")  # where the first one stands


def test_a_filled_template_and_lists_beside_it_are_read_together(tmp_path):
    good(BroughtFile("t.xlsx", template(tmp_path / "t.xlsx", lang="zh").read_bytes()), ITEMS)


def test_a_sheet_of_the_contract_s_own_heads_is_read_to_the_letter():
    """Nothing is filled down or numbered where nobody else's way of writing is at work."""
    bom = csv("物料清单.csv", "父项编码,子项编码,用量\nLAMP,BULB,1\n,BULB,2\n")
    assert rules(brought(ITEMS, bom)) == ["missing_cell"]


def test_what_somebody_says_of_a_sheet_comes_before_what_we_take_it_for():
    odd = csv("x.csv", "我们的号,叫法\nLAMP,台灯\n")
    assert rules(brought(odd)) == ["no_table"]
    assert (
        good(odd, wishes={"x.csv": Wish("items", {"我们的号": "item", "叫法": "name"})}).items["name"].item() == "台灯"
    )
    assert rules(brought(ITEMS, odd, wishes={"物料.csv": Wish("")})) == ["no_table"]


def test_terms_of_a_table_of_sources_come_before_those_beside_the_items():
    items = csv("物料.csv", "物料编码,物料名称,MOQ,供应商编码\nBULB,灯泡,500,V9\n")
    sources = csv("货源.csv", "物料编码,供应商,采购提前期,起订量\nBULB,V1,3,20\n")
    assert good(items, sources).sources.select("supplier", "moq").rows() == [("V1", Decimal(20))]


def test_settings_of_the_files_hold_and_the_company_s_day_and_currency_otherwise():
    plain = good(ITEMS, currency="EUR").settings
    assert (plain.today, plain.currency, plain.horizon_days) == (TODAY, "EUR", 365)
    told = good(ITEMS, BroughtFile("factory.toml", b'currency = "JPY"\nhorizon_days = 90\n'), currency="EUR").settings
    assert (told.currency, told.horizon_days) == ("JPY", 90)


def packed(names, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return out.getvalue()


class OfWindows(zipfile.ZipInfo):
    """A name in the system's own encoding, which the archive does not tell."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("cp437"), self.flag_bits


def test_an_archive_is_taken_apart_whatever_its_folders_and_encoding():
    windows = OfWindows("工厂/物料.csv".encode("gb18030").decode("cp437"))
    data = packed({windows: ITEMS.data, "__MACOSX/._x": b"junk", "工厂/说明.md": "看".encode()})
    found = brought(BroughtFile("我的工厂.zip", data))
    assert [part.place for part in found.parts] == ["物料.csv"] and found.factory is not None


def test_a_bomb_a_damaged_archive_and_one_with_too_many_files_are_refused_unopened():
    bomb = BroughtFile("a.zip", packed({"物料.csv": b"0" * (64 << 20)}))
    assert rules(brought(bomb)) == ["too_big"]
    broken = BroughtFile("a.zip", packed({"物料.csv": ITEMS.data})[:-30])
    assert rules(brought(broken)) == ["no_archive"]
    many = BroughtFile("a.zip", packed({f"{number}.csv": b"x" for number in range(101)}))
    assert rules(brought(many)) == ["too_many_files"]


def test_what_is_no_workbook_is_told_with_the_cure():
    page = BroughtFile("库存.xls", b"<html><table><tr><td>1</td></tr></table></html>")
    assert "其实是网页" in brought(page).errors[0].text("zh")
    assert rules(brought(BroughtFile("a.xls", b"\xd0\xcf\x11\xe0junk"))) == ["no_workbook"]
    assert rules(brought(BroughtFile("a.csv", b"\x00\x01\x02"))) == ["no_table"]


def test_a_code_that_excel_has_made_a_day_is_told():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("物料")
        sheet.write_row(0, 0, ["料号", "品名"])
        sheet.write_datetime(1, 0, date(2026, 3, 5), made.add_format({"num_format": "yyyy-mm-dd"}))
    assert rules(brought(BroughtFile("a.xlsx", out.getvalue()))) == ["code_is_date"]


def test_the_marked_workbook_shows_each_fault_and_comes_back_as_it_was_corrected():
    wrong = csv("物料清单.csv", "父项编码,子项编码,用量\nLAMP,NUT,1\n")
    found = brought(ITEMS, wrong, is_kept=True)
    data = marked(found, "zh")
    read = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert read.sheet_names == ["问题", "物料", "物料清单"]
    assert read.get_sheet_by_name("物料清单").to_python() == [["父项编码", "子项编码", "用量"], ["LAMP", "NUT", "1"]]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        notes = "".join(parts.read(name).decode() for name in parts.namelist() if "comments" in name)
    assert "NUT" in notes and 'ref="B2"' in notes
    again = brought(BroughtFile("改过.xlsx", data))
    assert [(each.file, each.row, each.column) for each in again.errors] == [("改过.xlsx [物料清单]", 2, "子项编码")]


def test_nothing_that_is_brought_is_ever_a_formula_in_what_comes_back():
    evil = csv("物料.csv", '料号,品名\nA,"=HYPERLINK(""http://x"",1)"\nA,b\n')
    data = marked(brought(evil, is_kept=True), "en")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name)
    assert "<f>" not in sheets and "HYPERLINK" in sheets
