"""What a plan costs, part by part: the parts add up to the total."""

from collections.abc import Mapping
from typing import Any

from huoku.language import Language, Sentence

TOTAL = Sentence(zh="总成本 {total:,.2f}：", en="Total cost {total:,.2f}:")
COSTS = {
    "purchase": Sentence(zh="采购", en="purchase"),
    "fees": Sentence(zh="订单费", en="order fees"),
    "setup": Sentence(zh="生产准备", en="set-up"),
    "transfer": Sentence(zh="调拨", en="transfer"),
    "holding": Sentence(zh="库存持有", en="holding stock"),
    "leftover": Sentence(zh="余料回收（抵减）", en="leftovers (given back)"),
    "lateness": Sentence(zh="迟交", en="lateness"),
    "lost": Sentence(zh="未交付", en="not delivered"),
}


def cost_lines(figures: Mapping[str, Any], lang: Language) -> list[str]:
    """The total, then every part that is not zero."""
    parts = [f"  {COSTS[part].say(lang)} {value:,.2f}" for part, value in figures["cost"].items() if value]
    return [TOTAL.say(lang, total=figures["total_cost"]), *parts]
