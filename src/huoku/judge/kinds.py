"""Rule 3, before all terms: what is only made is not bought, and what is only bought is not made."""

from collections.abc import Iterator

import polars as pl

from huoku.factory.resolve import kinds
from huoku.judge.case import Case
from huoku.judge.codes import looked_up
from huoku.judge.orders import LOTS
from huoku.judge.verdict import Finding, finding
from huoku.language import Sentence

NOT_BOUGHT = Sentence(
    zh="{subject}：{item_name} 是自制件，不能采购", en="{subject}: {item_name} is made and may not be bought"
)
NOT_MADE = Sentence(
    zh="{subject}：{item_name} 是外购件，不能生产", en="{subject}: {item_name} is bought and may not be made"
)


def wrong_kinds(case: Case) -> Iterator[Finding]:
    """Orders that the kind of their item does not allow. Phantoms, and items without a BOM, are told elsewhere."""
    allowed = kinds(case.factory)
    orders = case.orders.rename({"order": "subject"}).filter(
        pl.col("item").is_not_null(), ~looked_up(case.items["phantom"], "item")
    )
    bought, made = pl.col("kind") == "buy", pl.col("kind") == "make"
    has_bom = looked_up(case.items["has_bom"], "item")
    yield finding(LOTS, NOT_BOUGHT, orders.filter(bought & ~looked_up(allowed["is_buyable"], "item")))
    yield finding(LOTS, NOT_MADE, orders.filter(made & has_bom & ~looked_up(allowed["is_makeable"], "item")))
