"""What a company has decided, as its page tells it: each setting with what it does, what it is unless somebody says
otherwise, and who changed it last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import NOT_PROVIDED

from huoku.language import Language, Sentence
from huoku.server.office.cells import Cell
from huoku.server.office.values import in_words
from huoku.server.office.words import heading, label
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.tables import kinds
from huoku.server.platform.tables.table import Column, Table

NONE = Sentence("", "")
SETTINGS: Mapping[str, Sequence[tuple[Sentence, str]]] = {
    "planning_settings": (
        (
            Sentence("看多远，多久动一次", "How far a plan looks, and how steady it is"),
            "horizon_days frozen_days change_rate change_days replans_by_itself",
        ),
        (Sentence("占用和迟交值多少钱", "What holding and being late cost"), "holding_rate salvage_rate late_rate"),
        (Sentence("交货和替代", "Deliveries and substitutes"), "partial_shipments substitute_mixing"),
        (
            Sentence("多买多少、呆滞多少要提醒", "What may be bought beyond the need, and when stock counts as dead"),
            "future_use risk_limit excess_limit company_stage dead_warn dead_alarm",
        ),
    ),
    "sales_rules": ((NONE, "big_value rush_days departments hold_hours"),),
    "purchase_defaults": ((NONE, "over_tolerance under_tolerance inspects"),),
    "number_ranges": ((NONE, "kind year prefix digits last"),),
}
"""By table, its settings in groups, each with its title."""


DOES: Mapping[str, Sentence] = {
    "planning_settings.horizon_days": Sentence(
        "从今天起计划看多少天；更晚的需求先不管。", "So many days from today on a plan looks at; later demands wait."
    ),
    "planning_settings.frozen_days": Sentence(
        "这么多天以内的安排不再动；0 表示随时可以改。", "What is laid within so many days stays; 0: all may change."
    ),
    "planning_settings.change_rate": Sentence(
        "改动已经告诉过人的建议要值多少钱才改：按金额的比例。",
        "What is told already changes only where it is worth more than this part of its money.",
    ),
    "planning_settings.change_days": Sentence(
        "改动的代价按这么多天摊。", "So many days over which the price of a change is spread."
    ),
    "planning_settings.replans_by_itself": Sentence(
        "订单、库存、供应一有变化就重新算；不开的话每天夜里算，也可以随时手动算。",
        "Planned again as orders, stock or supply change; else each night and when somebody asks.",
    ),
    "planning_settings.holding_rate": Sentence(
        "库存放一年占它价值的多少：资金、仓库、损耗；越高越少囤货。",
        "What holding stock for a year costs, as a part of its worth; the higher, the less is held.",
    ),
    "planning_settings.salvage_rate": Sentence(
        "没有出路的余料最后能收回价值的多少。",
        "What a leftover without any way out gives back, as a part of its worth.",
    ),
    "planning_settings.late_rate": Sentence(
        "晚交一天损失货值的多少；越高越舍得花钱赶交期。",
        "What a day of lateness loses, as a part of the goods' worth; the higher, the more is spent to be in time.",
    ),
    "planning_settings.partial_shipments": Sentence(
        "料不齐时可以先交一部分。", "An order may go in parts when not all of it is there."
    ),
    "planning_settings.substitute_mixing": Sentence(
        "一个需求里原料和替代料能不能混着用。", "Whether an item and its substitutes may serve one need together."
    ),
    "planning_settings.future_use": Sentence(
        "多买的料以后用不用得上，按什么估。", "By what one judges whether what is left over will be used."
    ),
    "planning_settings.risk_limit": Sentence(
        "一笔采购可能白花的钱超过它，要复核。", "A purchase that may waste more money than this is looked at twice."
    ),
    "planning_settings.excess_limit": Sentence(
        "多买的占买的几成以上要提醒。", "From this part of a purchase on what goes beyond the need is warned of."
    ),
    "planning_settings.company_stage": Sentence(
        "企业处在什么阶段，决定多保守。", "The stage the company is in: how careful to be."
    ),
    "planning_settings.dead_warn": Sentence(
        "呆滞占库存的几成起变黄。", "From this dead share of the stock on it is yellow."
    ),
    "planning_settings.dead_alarm": Sentence(
        "呆滞占库存的几成起变红。", "From this dead share of the stock on it is red."
    ),
    "sales_rules.big_value": Sentence(
        "订单到这个金额，要相关部门先确认；不填就不按金额。",
        "From this value on departments confirm; never where empty.",
    ),
    "sales_rules.rush_days": Sentence(
        "这么多天以内就要货的订单，要相关部门先确认；0 表示不要。",
        "Orders wanted within so many days are confirmed by departments first; 0: never.",
    ),
    "sales_rules.departments": Sentence("由哪些岗位确认。", "The roles that confirm."),
    "sales_rules.hold_hours": Sentence(
        "给询价暂留的库存留多少小时，到点自动放掉。",
        "For so many hours stock is held for an inquiry; then it is free again.",
    ),
    "purchase_defaults.over_tolerance": Sentence(
        "比订的多收几成以内可以直接收。", "So much more than ordered is received without a word."
    ),
    "purchase_defaults.under_tolerance": Sentence(
        "比订的少收几成以内算交齐。", "With so much less than ordered a line counts as delivered."
    ),
    "purchase_defaults.inspects": Sentence(
        "收到的货先待检，检验合格才能用。", "What arrives is inspected before it is used."
    ),
    "number_ranges.kind": Sentence("哪种单据。", "Which kind of document."),
    "number_ranges.year": Sentence("哪一年的单号，每年从 1 重新开始。", "Of which year; each begins with 1."),
    "number_ranges.prefix": Sentence("单号开头的字母。", "What a number begins with."),
    "number_ranges.digits": Sentence("流水号至少几位，前面补零。", "So many digits at least, with noughts before."),
    "number_ranges.last": Sentence("已经用到哪个号，下一张接着它。", "The last number given; the next one follows it."),
}
"""What each of them does, in the words of whoever decides it."""


ONE_OF_A_COMPANY = frozenset({"planning_settings", "sales_rules", "purchase_defaults"})
"""Tables of one row, which is set anew by the form for a new one."""


@dataclass(frozen=True, slots=True)
class Setting:
    words: str
    value: object
    does: str
    usual: object
    changed: tuple[str, str] | None
    """When, and by whom."""


def settings_of(
    actor: Actor,
    table: Table,
    row: Mapping[str, Any],
    cells: Mapping[str, Cell],
    happened: Iterable[Mapping[str, Any]],
    lang: Language,
) -> list[tuple[str, list[Setting]]]:
    """In groups, each with its title; nothing of tables that are no settings."""
    seen, last = table.seen_by(actor), _last_changes(happened)
    groups = []
    for title, names in SETTINGS.get(table.name, ()):
        told = [
            Setting(
                heading(name, lang, table.name),
                cells[name].value if name in cells else row.get(name, ""),
                DOES[f"{table.name}.{name}"].say(lang),
                _usual(actor, table, seen[name], lang),
                last.get(label(name, lang)),
            )
            for name in names.split()
            if name in seen
        ]
        groups.append((title.say(lang) if title.zh else "", told))
    return groups


def _usual(actor: Actor, table: Table, column: Column, lang: Language) -> object:
    """What holds unless somebody says otherwise."""
    field: Any = next((each for each in table.model._meta.fields if each.attname == column.source), None)
    if field is None or field.default is NOT_PROVIDED:
        return ""
    beside = actor.company.currency if column.kind is kinds.MINOR else minor_digits(actor.company.currency)
    value = field.get_default()
    return in_words(table, column.name, column.kind.show(value, beside, ZoneInfo(actor.company.timezone)), lang)


def _last_changes(happened: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """By what was changed, when and by whom last; ``happened`` has the last first."""
    found: dict[str, tuple[str, str]] = {}
    for entry in happened:
        for change in entry["changes"]:
            found.setdefault(change["words"], (entry["at"][:10], entry["by"] or entry["via"]))
    return found
