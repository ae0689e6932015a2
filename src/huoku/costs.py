"""The parts of what a plan costs, in words: as ``figures["cost"]`` names them, adding up to the total."""

from collections.abc import Mapping

from huoku.language import Sentence

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
