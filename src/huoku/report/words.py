"""Words that several parts of a report use."""

from huoku.language import Language, Sentence

MORE = Sentence("还有 {count:,} 行，见计划的 {table} 表", "{count:,} more {count|row|rows} in the plan's table {table}")
NO_CUSTOMER = Sentence("未写客户", "no customer named")
HOW = Sentence("怎么算", "how")
NOT_AT_ALL = Sentence("交不了", "not at all")


def more(count: int, table: str, lang: Language) -> str | None:
    """How many rows are not shown, and where they are; None where all are shown."""
    return MORE.say(lang, count=count, table=table) if count > 0 else None
