"""What the values of a column are called, where they are codes: states of a course, kinds, classes, roles."""

from collections.abc import Iterable, Mapping
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.course import COURSES, Course
from huoku.server.platform.tables.kinds import CHOICE
from huoku.server.platform.tables.table import Column, Table

ZH = {
    "A": "A",
    "B": "B",
    "C": "C",
    "accepted": "已接受",
    "active": "在用",
    "admin": "管理员",
    "any": "不分",
    "approved": "已批准",
    "as_usual": "照常",
    "ask_to_confirm": "请对方确认",
    "asked": "已询问",
    "auditor": "审计",
    "available": "可用",
    "blocked": "冻结",
    "buy": "采购",
    "buyer": "采购",
    "chase": "催货",
    "class": "按 ABC 类到期",
    "contract": "框架合同",
    "count": "盘点",
    "count_difference": "盘点差异",
    "customer": "客户",
    "debt": "欠账",
    "done": "已完成",
    "doubt": "账有疑点",
    "drawing": "图纸",
    "dropped": "不再需要",
    "engineer": "工程",
    "expansion": "扩张",
    "expired": "已过期",
    "failed": "失败",
    "false": "否",
    "finance": "财务",
    "forecast": "预测",
    "growth": "成长",
    "hard": "硬留",
    "inspect": "去看货",
    "issue": "发料",
    "launch": "试产",
    "line_side": "线边",
    "live": "正式",
    "lot": "按批次",
    "machine": "机台",
    "make": "自制",
    "material": "物料",
    "moving_average": "移动平均",
    "no": "不行",
    "none": "无",
    "not_found": "没找到",
    "obsolete": "停用",
    "open": "未了结",
    "ordered": "已下单",
    "other": "其他",
    "outlook": "按未来用量",
    "owner": "老板",
    "paper": "证书",
    "part_posted": "部分领用",
    "pending": "已留",
    "people": "人手",
    "phantom": "虚拟件",
    "phase_out": "逐步停用",
    "photo": "照片",
    "piece": "按件",
    "planner": "计划",
    "posted": "已领用",
    "pre_empted": "被优先占用",
    "production": "生产",
    "production_lead": "生产主管",
    "promised": "承诺",
    "put_back": "放回",
    "quality": "质量",
    "quarantine": "待检",
    "queued": "排队中",
    "receive": "收货",
    "received": "已收货",
    "recount": "复盘",
    "rejected": "已驳回",
    "remind": "提醒",
    "replaced": "已被替换",
    "rest": "休息",
    "return": "退货",
    "returned": "已退回",
    "revised": "改期",
    "running": "进行中",
    "sales": "业务",
    "scrap": "报废",
    "send": "发出",
    "serial": "按序列号",
    "ship": "发货",
    "sent": "已送达",
    "shipped": "已发货",
    "short": "缺料",
    "soft": "软留",
    "spot_check": "抽查",
    "startup": "初创",
    "stated": "已报数",
    "status": "改状态",
    "storage": "仓储",
    "storekeeper": "仓管",
    "supplier": "供应商",
    "supply": "在途供应",
    "taken": "已拣",
    "transfer": "调拨",
    "transit": "在途",
    "trial": "试算",
    "true": "是",
    "voided": "已取消",
    "wait": "等待",
    "waiting": "等待中",
    "withdrawn": "已撤回",
    "work": "上班",
    "work_in_progress": "在制",
    "yes": "可以",
}
"""The names that codes have wherever a table does not say otherwise."""


IN_BOTH = {
    "application/pdf": Sentence("PDF 文件", "PDF file"),
    "en": Sentence("英文", "English"),
    "fifo": Sentence("先进先出", "first in, first out"),
    "image/jpeg": Sentence("JPEG 图片", "JPEG picture"),
    "image/png": Sentence("PNG 图片", "PNG picture"),
    "image/vnd.dwg": Sentence("DWG 图纸", "DWG drawing"),
    "image/vnd.dxf": Sentence("DXF 图纸", "DXF drawing"),
    "image/webp": Sentence("WebP 图片", "WebP picture"),
    "model/step": Sentence("STEP 三维模型", "STEP model"),
    "zh-hans": Sentence("简体中文", "Simplified Chinese"),
    "zh-hant": Sentence("繁体中文", "Traditional Chinese"),
}
"""Where English has another name than the code."""


def choices_of(table: Table, column: Column) -> Mapping[str, Sentence]:
    """The values of a column with their names, in the order in which they are offered; none where they are no codes."""
    course = _course(table, column)
    if column.name == "state" and course:
        return course.states
    if column.kind is not CHOICE:
        return column.values or {}
    said = column.values or {}
    return {value: said.get(value) or called(value) for value in column.choices if value}


def offered(table: Table, name: str, values: Iterable[str]) -> tuple[tuple[str, Sentence], ...]:
    """What a field of one of the table's commands may say, each with its name."""
    said = table.values.get(name, {})
    return tuple((value, said.get(value) or called(value)) for value in values)


def _course(table: Table, column: Column) -> Course | None:
    """The course of the table's papers, or, for a line, of the paper that its column leads to."""
    model: Any = table.model
    for step in column.source.split("__")[:-1]:
        model = model._meta.get_field(step).related_model
    return COURSES.get(model._meta.label_lower)


def called(value: str) -> Sentence:
    """What a code is called."""
    words = value.replace("_", " ")
    return IN_BOTH.get(value) or Sentence(ZH.get(value, words), words)
