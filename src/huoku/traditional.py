"""Our Chinese in Traditional characters, with the words that factories in Taiwan use.

OpenCC knows characters and everyday words. The trade's own words, and those that it takes for others, stand here; they
are put in first and OpenCC does the rest. This is for sentences of ours: names and notes that people gave are theirs.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

OWN_WORDS = {
    # the trade
    "安全库存": "安全存量",
    "二维码": "QR Code",
    "发货": "出貨",
    "返工": "重工",
    "合同": "合約",
    "计划": "計畫",
    "库位": "儲位",
    "批量": "批量",
    "批准": "核准",
    "提前期": "前置時間",
    "物料编码": "品號",
    "质量": "品質",
    "质检": "品檢",
    "定制": "客製",
    "审计": "稽核",
    "演示": "示範",
    "跟踪": "追蹤",
    "紧固件": "緊固件",
    # rows lie and columns stand, but the characters are the other way round
    "行号": "項次",
    "行数": "列數",
    "订单行": "訂單明細",
    "一行": "一列",
    "每行": "每列",
    "这行": "這列",
    "那行": "那列",
    "多行": "多列",
    "各行": "各列",
    "的行": "的列",
    " 行": " 列",
    "的行业": "的行業",
    "任何行。": "任何列。",
    "几行": "幾列",
    "到行，": "到列，",
    "加行": "加列",
    "发货行": "出貨列",
    "库存行": "庫存列",
    "报废行": "報廢列",
    "上下行": "上下列",
    "空行": "空列",
    "行次": "項次",
    "行满足": "列滿足",
    "该行金额": "該列金額",
    "货源行": "貨源列",
    "逐行": "逐列",
    "这些行": "這些列",
    "需求行": "需求列",
    "调拨单行": "調撥單明細",
    "列名行": "欄名列",
    "一列": "一欄",
    "的列": "的欄",
    "列名": "欄名",
    " 列": " 欄",
    " 列出": " 列出",
    # what OpenCC would take for a word of computers, or for another character
    "代码": "代碼",
    "参数": "參數",
    "只读": "唯讀",
    "同样算法": "同樣算法",
    "在线边": "在線邊",
    "扩展": "擴充",
    "扩展名": "副檔名",
    "标签": "標籤",
    "调用预留": "調用預留",
    "账面": "帳面",
    "类型": "類型",
    "权限": "權限",
    "设备": "設備",
    "审核": "審核",
    "制表符": "定位字元",
    "只能": "只能",
    "后台": "後台",
    "日历": "日曆",
    "签": "簽",
    "台": "台",
    "账": "帳",
    # quotation marks
    "“": "「",
    "”": "」",
}
"""Simplified: as it is said in Taiwan."""
_OWN = re.compile("(" + "|".join(sorted(OWN_WORDS, key=len, reverse=True)) + ")")
_QUOTED = re.compile("“([^”]*)”")


@lru_cache(maxsize=20_000)
def traditional(text: str) -> str:
    """``text`` of ours, written in Simplified characters. Wants the library OpenCC, which the extra ``server`` has."""
    convert = _converter().convert
    return "".join(OWN_WORDS.get(piece) or convert(piece) for piece in _OWN.split(text) if piece)


@lru_cache(maxsize=20_000)
def traditional_but_quoted(text: str) -> str:
    """A sentence that was filled in when it was kept: what people wrote stands in it in “quotation marks” and stays."""
    pieces = _QUOTED.split(text)
    return "".join(f"「{piece}」" if place % 2 else traditional(piece) for place, piece in enumerate(pieces))


@lru_cache(maxsize=1)
def _converter() -> "OpenCC":
    from opencc import OpenCC  # 170 ms, which only a reader of Traditional Chinese is to wait for

    return OpenCC("s2twp")
