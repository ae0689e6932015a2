"""A view of what to buy as a file: all its rows in the order of the list, with the columns that are seen there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from huoku.language import SEMICOLON, Sentence
from huoku.server.look.speaking import named
from huoku.server.planning.purchase_marks import Around
from huoku.server.planning.purchases import Purchase
from huoku.server.platform.tables import export
from huoku.server.workbench.purchase_rows import Reading, badges_of
from huoku.server.workbench.savings import Saving

FOR_PEOPLE = (export.XLSX, export.CSV)
TEXT, DAY, NUMBER, WHOLE = pl.String(), pl.Date(), pl.Decimal(38, 6), pl.Int64()


@dataclass(frozen=True, slots=True)
class Told:
    """One purchase, and what is told beside it. ``saving``: what other ways there are, where that was worked out."""

    of: Purchase
    about: Around
    saving: Saving | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the file: its name for programs, its words for people."""

    name: str
    words: Sentence
    kind: pl.DataType
    value: Callable[[Told], Any]


def _supplier(told: Told) -> str | None:
    supplier = told.of.proposal.supplier
    return supplier.code if supplier else None


def _supplier_name(told: Told) -> str | None:
    supplier = told.of.proposal.supplier
    return (named(supplier, told.reading.lang) or supplier.code) if supplier else None


def _marks(told: Told) -> str:
    before = told.about.changed.get(told.of.proposal.pk)
    return SEMICOLON.say(told.reading.lang).join(
        each.words for each in badges_of(told.of, before, told.about, told.reading)
    )


def _was_needed(told: Told) -> Decimal | None:
    before = told.about.changed.get(told.of.proposal.pk)
    if before is None:
        return None
    was = min(before.needed_steps, before.qty_steps) / 10**told.of.proposal.item.decimals
    return _exact(was) if was != told.of.needed else None


def _was_due(told: Told) -> date | None:
    before = told.about.changed.get(told.of.proposal.pk)
    return before.due_on if before and before.due_on != told.of.proposal.due_on else None


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else round(Decimal(repr(value)), 6)


def _if_over(told: Told, value: float | None) -> Decimal | None:
    """What is told of the excess alone, as on the page."""
    return _exact(value) if told.of.excess > 0 else None


HEADS = (
    Head("supplier", Sentence("供应商编号", "Supplier code"), TEXT, _supplier),
    Head("supplier_name", Sentence("供应商", "Supplier"), TEXT, _supplier_name),
    Head("item", Sentence("物料", "Item"), TEXT, lambda told: told.of.proposal.item.code),
    Head("item_name", Sentence("名称", "Name"), TEXT, lambda told: named(told.of.proposal.item, told.reading.lang)),
    Head("marks", Sentence("提示", "Marks"), TEXT, _marks),
    Head("unit", Sentence("单位", "Unit"), TEXT, lambda told: told.of.proposal.item.unit),
    Head("needed", Sentence("净需", "Need"), NUMBER, lambda told: _exact(told.of.needed)),
    Head("was_needed", Sentence("原净需", "Need before"), NUMBER, _was_needed),
    Head("buy", Sentence("建议", "Buy"), NUMBER, lambda told: _exact(told.of.bought)),
    Head("excess", Sentence("余料", "Excess"), NUMBER, lambda told: _exact(max(told.of.excess, 0.0))),
    Head("excess_share", Sentence("余料占比", "Share"), NUMBER, lambda told: _if_over(told, told.of.share)),
    Head("cash_tied", Sentence("占用", "Cash tied"), NUMBER, lambda told: _if_over(told, told.of.tied)),
    Head("expected_loss", Sentence("期望损失", "Expected loss"), NUMBER, lambda told: _if_over(told, told.of.loss)),
    Head("options", Sentence("方案", "Options"), WHOLE, lambda told: told.saving and told.saving.ways),
    Head("saving", Sentence("可省", "Save"), NUMBER, lambda told: told.saving and _exact(told.saving.saved)),
    Head("order_by", Sentence("下单日", "Order by"), DAY, lambda told: told.of.proposal.start_on),
    Head("need_by", Sentence("需求日", "Need by"), DAY, lambda told: told.of.proposal.due_on),
    Head("was_need_by", Sentence("原需求日", "Need by before"), DAY, _was_due),
    Head("on_hand", Sentence("现存", "On hand"), NUMBER, lambda told: _exact(told.of.on_hand)),
    Head("on_order", Sentence("在途", "On order"), NUMBER, lambda told: _exact(told.of.coming)),
    Head("moq", Sentence("起订", "MOQ"), NUMBER, lambda told: _exact(told.of.moq)),
    Head("multiple", Sentence("倍数", "Multiple"), NUMBER, lambda told: _exact(told.of.multiple)),
    Head("price", Sentence("单价", "Price"), NUMBER, lambda told: _price(told.of)),
    Head("amount", Sentence("金额", "Amount"), NUMBER, lambda told: _exact(told.of.amount)),
    Head("currency", Sentence("币种", "Currency"), TEXT, lambda told: told.reading.currency),
)


def _price(of: Purchase) -> Decimal | None:
    return None if of.proposal.price_millionths is None else _exact(of.price)


def file_of(
    purchases: Sequence[Purchase], about: Around, savings: Mapping[int, Saving], reading: Reading, media_type: str
) -> bytes:
    """``savings``: by the id of the proposal. Workbooks and CSV have words for heads, other formats names."""
    rows = [Told(each, about, savings.get(each.proposal.pk), reading) for each in purchases]
    for_people = media_type in FOR_PEOPLE
    found = pl.DataFrame(
        [
            pl.Series(
                head.words.say(reading.lang) if for_people else head.name,
                [head.value(row) for row in rows],
                head.kind,
            )
            for head in HEADS
        ]
    )
    return export.file_of(media_type, found)
