"""Words that several parts of a report use."""

from collections.abc import Mapping

from huoku.language import Language, Sentence

MORE = Sentence("还有 {count:,} 行，见计划的 {table} 表", "{count:,} more rows in the plan's table {table}")
NO_CUSTOMER = Sentence("未写客户", "no customer named")
HOW = Sentence("怎么算", "how")
NOT_AT_ALL = Sentence("交不了", "not at all")

COST_PARTS: Mapping[str, Sentence] = {
    "purchase": Sentence("采购", "purchases"),
    "fees": Sentence("订单费用", "order fees"),
    "setup": Sentence("生产准备", "set-up"),
    "transfer": Sentence("调拨", "transfers"),
    "holding": Sentence("库存持有", "holding stock"),
    "leftover": Sentence("余料残值（抵减）", "salvage of leftovers (given back)"),
    "lateness": Sentence("迟交", "lateness"),
    "lost": Sentence("未交付", "not delivered"),
}


def more(count: int, table: str, lang: Language) -> str | None:
    """How many rows are not shown, and where they are; None where all are shown."""
    return MORE.say(lang, count=count, table=table) if count > 0 else None
