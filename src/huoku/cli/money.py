"""What a plan costs, part by part: the parts add up to the total."""

from collections.abc import Mapping
from typing import Any

from huoku.costs import COST_PARTS
from huoku.language import Language, Sentence

TOTAL = Sentence(zh="总成本 {total:,.2f}：", en="Total cost {total:,.2f}:")


def cost_lines(figures: Mapping[str, Any], lang: Language) -> list[str]:
    """The total, then every part that is not zero."""
    parts = [f"  {COST_PARTS[part].say(lang)} {value:,.2f}" for part, value in figures["cost"].items() if value]
    return [TOTAL.say(lang, total=figures["total_cost"]), *parts]
