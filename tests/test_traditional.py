"""Our Chinese as it is read in Taiwan: characters, everyday words, the words of the trade."""

import ast
from pathlib import Path

import pytest

from huoku.language import Sentence, kept

SOURCE = Path(__file__).resolve().parents[1] / "src" / "huoku"

SAID = {
    "呆滞料": "呆滯料",
    "订单齐套": "訂單齊套",
    "领料": "領料",
    "盘点": "盤點",
    "采购建议": "採購建議",
    "物料编码": "品號",
    "提前期（天）": "前置時間（天）",
    "安全库存": "安全存量",
    "最小批量": "最小批量",
    "质量": "品質",
    "发货": "出貨",
    "生产计划": "生產計畫",
    "框架合同": "框架合約",
    "客户对账单": "客戶對帳單",
    "库位": "儲位",
    "返工": "重工",
    "在制品": "在製品",
    "机台": "機台",
    "老板": "老闆",
    "登录": "登入",
    "打印": "列印",
    "默认": "預設",
    "搜索": "搜尋",
    "第 3 行": "第 3 列",
    "这一列": "這一欄",
    "执行和进行中": "執行和進行中",
    "请用“保存”": "請用「儲存」",
    "勾一行或几行": "勾一列或幾列",
    "J K 上下行": "J K 上下列",
    "打印标签": "列印標籤",
    "账面价值": "帳面價值",
    "磁盘是只读的": "磁碟是唯讀的",
    "扩展属性": "擴充屬性",
    "扩展名": "副檔名",
    "留在线边": "留在線邊",
    "物料代码": "物料代碼",
    "跟踪方式": "追蹤方式",
    "清除演示": "清除示範",
}


@pytest.mark.parametrize("here", SAID)
def test_taiwan_says(here):
    assert Sentence(here, "").say("zh-hant") == SAID[here]


def test_what_fills_a_sentence_stays_as_people_wrote_it():
    asks = Sentence("请采购 {item}（{state_zh}）", "Please buy {item} ({state_en})")
    assert asks.say("zh-hant", item="订书机", state_zh="缺料", state_en="short") == "請採購 订书机（缺料）"
    assert asks.say("zh", item="订书机", state_zh="缺料", state_en="short") == "请采购 订书机（缺料）"


def test_a_sentence_kept_with_its_fields_keeps_what_stands_in_quotation_marks():
    assert kept("请采购“订书机”的备件", "Buy parts", "zh-hant") == "請採購「订书机」的備件"
    assert kept("请采购", "Buy", "en") == "Buy"


def test_nobody_asks_whether_a_reader_reads_simplified_chinese():
    """``lang == "zh"`` leaves out whoever reads Traditional Chinese; what is not English is Chinese."""
    asking = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        if path.name not in ("language.py",)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare)
        and any(isinstance(each, ast.Constant) and each.value == "zh" for each in node.comparators)
    ]
    assert asking == ["server/office/views/labels.py:46"]
